// Opens the controls of a page, each with its kernel in the page. All that both need lies in the page, or in the script that
// its site shares.

import { Beside } from "./beside.js";
import { Engine } from "./engine.js";
import { ExerciseKernel } from "./exercise_kernel.js";
import { GuessKernel, RevealKernel } from "./guess_kernel.js";
import { Learner } from "./learner.js";
import { PageKernel } from "./page_kernel.js";
import { inflated } from "./unzipped.js";
import { WorkKernel } from "./work_kernel.js";

const KERNELS = { panel: PageKernel, exercises: ExerciseKernel, predictions: GuessKernel, reveal: RevealKernel, work: WorkKernel };

// The bytes of a file of the course by its name: it lies packed in the page, between tags, or in the script of a site. Each is
// unpacked once, and lies then where controls/kernel.js looks for it.
const source = ({ files }, shared) => (name) =>
  (files[name] ??= unpacked(shared?.[name] ?? document.getElementById(name).textContent));

function unpacked(packed) {
  const letters = atob(packed), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i); // Uint8Array.from takes thirty times as long
  return inflated(bytes);
}

// The theme of a site where it has one, and else that of the system.
function followTheme() {
  const root = document.documentElement, light = matchMedia("(prefers-color-scheme: light)");
  const set = () => {
    const { theme } = root.dataset;
    document.body.dataset.jpThemeLight = String(["light", "dark"].includes(theme) ? theme === "light" : light.matches);
  };
  light.addEventListener("change", set);
  new MutationObserver(set).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  set();
}

// A control that is not displayed, such as one on a later slide, is opened when it is: a page of many opens at once.
function whenDisplayed(el, show) {
  const seen = new ResizeObserver(() => {
    if (!el.offsetWidth) return;
    seen.disconnect();
    show();
  });
  seen.observe(el);
}

// `controls` are the scripts of the controls by name, beside what a page needs of the others: `zip`, `letters`, `dom` and, for
// panels, `chart`. `kernels` is the function that all kernels stand in, `shared` are the files in the script of a site.
export async function open(controls, { zip, letters, dom, chart }, kernels, shared) {
  const places = [...document.querySelectorAll(".sc-embedded")].map((el) => ({ el, data: JSON.parse(el.querySelector("script").textContent) }));
  if (!places.length) return;
  followTheme();
  const { page } = dom, file = source(page, shared), learner = new Learner(), panels = places.some(({ data }) => data.control === "panel");
  page.slides = Boolean(document.querySelector(".slides"));
  learner.beside = new Beside(kernels);
  // The charts of slides are drawn already, and a panel may come much later.
  if (page.slides || panels) letters.letters(file);
  const vega = panels && chart.loadVega({ file }); // beside what is to be done first
  if (panels) {
    // Vega makes functions of the expressions of a chart; here they are read by an interpreter, as a page forbids that.
    page.interpreter = (await dom.imported(await file("vega-interpreter.min.js"))).expressionInterpreter;
  }
  const models = Object.assign({}, ...places.map(({ data }) => data.models ?? {}));
  for (const [name, model] of Object.entries(models)) learner.engines.set(name, new Engine(model));
  const show = ({ el, data }) => controls[data.control].render({ model: new KERNELS[data.control](data, file, learner, zip.zipped), el });
  // Asked of all before one is opened: each answer after that would lay out the page again.
  for (const place of places) place.displayed = place.el.offsetWidth > 0;
  const shown = (place) => (place.displayed ? show(place) : whenDisplayed(place.el, () => show(place)));
  // What stands below the first picture is opened once that is there: nobody sees it sooner.
  const until = places.findIndex(({ data, displayed }) => displayed && data.control === "panel") + 1;
  places.slice(0, until).forEach(shown);
  if (until) await vega.then(() => new Promise((go) => { setTimeout(go); }), () => {});
  places.slice(until).forEach(shown);
}
