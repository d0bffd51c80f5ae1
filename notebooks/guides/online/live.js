// Puts the live panels into the places that a page has for them, each with a kernel of its own, as soon as one comes near.

const bytes = (name) => {
  const { text, base64 } = globalThis.courseFiles;
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

async function open() {
  followTheme();
  globalThis.sovereignCompute.interpreter = await interpreter();
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      panel.render({ model: new PageKernel(globalThis.coursePanels[target.dataset.panel], bytes), el: target });
    }
  }, { rootMargin: "600px" });
  for (const place of document.querySelectorAll(".sc-place")) near.observe(place);
}

open();
