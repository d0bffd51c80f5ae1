// Opens a page that has its panel, its kernel and all that both need inside itself.

import { PageKernel } from "./page_kernel.js";

const text = (id) => document.getElementById(id).textContent;

// A file of the course that lies in the page, as bytes; fonts as base64, scripts as they are.
function file(name) {
  const place = document.getElementById(name);
  if (place.dataset.form === "base64") return Uint8Array.from(atob(place.textContent.trim()), (letter) => letter.charCodeAt(0));
  return new TextEncoder().encode(place.textContent);
}

// Vega makes functions of the expressions of a chart; here they are read by an interpreter, as the page forbids that.
async function interpreter() {
  const url = URL.createObjectURL(new Blob([text("vega-interpreter.min.js")], { type: "text/javascript" }));
  return (await import(url).finally(() => URL.revokeObjectURL(url))).expressionInterpreter;
}

export async function open(panel) {
  const light = matchMedia("(prefers-color-scheme: light)");
  const theme = () => { document.body.dataset.jpThemeLight = String(light.matches); };
  light.addEventListener("change", theme);
  theme();
  globalThis.sovereignCompute.interpreter = await interpreter();
  panel.render({ model: new PageKernel(JSON.parse(text("data")), file), el: document.querySelector("main") });
}
