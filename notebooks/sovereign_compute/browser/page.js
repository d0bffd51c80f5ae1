// Opens a page that has its panel, its kernel and all that both need inside itself.

import { PageKernel } from "./page_kernel.js";

const text = (id) => document.getElementById(id).textContent;

// A file of the course that lies in the page, as bytes; fonts as base64, scripts as they are.
function file(name) {
  const place = document.getElementById(name);
  if (place.dataset.form === "base64") return Uint8Array.from(atob(place.textContent.trim()), (letter) => letter.charCodeAt(0));
  return new TextEncoder().encode(place.textContent);
}

export function open(panel) {
  const light = matchMedia("(prefers-color-scheme: light)");
  const theme = () => { document.body.dataset.jpThemeLight = String(light.matches); };
  light.addEventListener("change", theme);
  theme();
  panel.render({ model: new PageKernel(JSON.parse(text("data")), file), el: document.querySelector("main") });
}
