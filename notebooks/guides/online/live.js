// Puts the live panels into the places that a page has for them, each with a kernel of its own.

const bytes = (name) => {
  const { text, base64 } = files;
  if (name in base64) return Uint8Array.from(atob(base64[name]), (letter) => letter.charCodeAt(0));
  return new TextEncoder().encode(text[name]);
};

// Vega makes functions of the expressions of a chart; here they are read by an interpreter, as many servers forbid that.
async function interpreter() {
  const url = URL.createObjectURL(new Blob([bytes("vega-interpreter.min.js")], { type: "text/javascript" }));
  return (await import(url).finally(() => URL.revokeObjectURL(url))).expressionInterpreter;
}

// The panel follows the theme that the reader has chosen for the page.
function followTheme() {
  const root = document.documentElement;
  const follow = () => { document.body.dataset.jpThemeLight = String(root.dataset.theme !== "dark"); };
  new MutationObserver(follow).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  follow();
}

// One after the other, so that the page stays quick meanwhile; nobody has to scroll for it, and paper has them all.
async function open() {
  followTheme();
  globalThis.sovereignCompute.interpreter = await interpreter();
  for (const place of document.querySelectorAll(".sc-place")) {
    panel.render({ model: new PageKernel(JSON.parse(place.textContent), bytes), el: place });
    await new Promise((resolve) => { setTimeout(resolve); });
  }
}

open();
