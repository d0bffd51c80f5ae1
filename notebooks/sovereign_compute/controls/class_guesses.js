// The guesses of a class: the codes go up as text, what they say comes down. Nothing here knows an answer before somebody
// presses the button for it.

import { button, element, labelled, saveAs, today, unique } from "./dom.js";
import { connected } from "./kernel.js";
import { outcome } from "./outcome.js";
import { asCsv } from "./sheet.js";

const FIELDS = ["Guess codes of the class", "Codes of a second vote, after the discussion"];

function render({ model, el }) {
  const kernel = connected(model);
  const prefix = unique("scg");
  const areas = FIELDS.map((name, place) => {
    const area = element("textarea", { id: `${prefix}-${place}`, rows: 6, "aria-describedby": `${prefix}-help`, spellcheck: "false" });
    area.value = kernel.state.texts[place];
    return area;
  });
  const which = element("select", { id: `${prefix}-question`, style: "max-width: min(44em, 100%)" });
  const show = () => kernel.send({ kind: "show", texts: areas.map((area) => area.value), question: which.value });
  which.addEventListener("change", show);
  const answer = button("Show the answer", () => kernel.send({ kind: "answer" }));
  const save = button("Export as CSV", () => saveAs(`guesses-${today()}.csv`, asCsv(kernel.state.rows)));
  const project = button("Projector view", () => (projected() ? leave() : enter()));
  const found = outcome("No guess yet.", "sc-codes");
  // On a hub with a folder for the class each vote can be what lies in it now.
  const fromFolder = (vote) => (kernel.setup.folder
    ? [button(vote ? "Read the folder as the second vote" : "Read the folder of the class", () => kernel.send({ kind: "collect", vote }))] : []);
  const codes = areas.map((area, place) => element("p", {}, element("label", { for: area.id }, FIELDS[place]), area, ...fromFolder(place)));
  const root = element("section", { class: "sc-panel", "aria-label": "Guesses of the class" },
    element("div", { class: "sc-codes" }, ...codes,
      element("p", { id: `${prefix}-help` }, "Paste them as they came, each starts with GC1-. Names beside them are not kept. "
        + "A line from paper begins with “paper 00:” and has the boxes of its sheet, with semicolons between them.")),
    element("div", { class: "sc-tools" }, labelled("Question", which), element("span", { class: "sc-codes" }, button("Show the guesses", show), " ", save), answer, project),
    ...found.nodes);

  // A room sees question, picture and sentence; what is typed and listed is for whoever leads it. A browser that gives no
  // full screen shows the same over the page.
  const projected = () => root.classList.contains("sc-projected");
  function mark(on) {
    root.classList.toggle("sc-projected", on);
    project.textContent = on ? "Leave the projector view" : "Projector view";
  }
  function enter() {
    mark(true);
    root.requestFullscreen?.().catch(() => {});
  }
  function leave() {
    mark(false);
    if (document.fullscreenElement) document.exitFullscreen();
  }
  root.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) mark(false); });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !projected()) return;
    event.stopPropagation();
    leave();
  });

  function put(state) {
    if (kernel.asked === "collect") areas.forEach((area, place) => { area.value = state.texts[place]; });
    found.show(state);
    which.replaceChildren(...state.questions.map(([id, question]) => element("option", { value: id }, question)));
    which.value = state.question;
    answer.textContent = state.answered ? "Hide the answer" : "Show the answer";
    for (const control of [which, answer, save, project]) control.toggleAttribute("disabled", !state.rows.length);
  }
  return kernel.mount(el, root, put);
}

export default { render };
