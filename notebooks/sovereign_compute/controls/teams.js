// The facilitator's dashboard: the list of teams goes up as text, what differs comes down. All of it is shown as text.

import { button, element, labelled, progress, saveAs, today, unique } from "./dom.js";
import { connected } from "./kernel.js";
import { outcome } from "./outcome.js";
import { asCsv, asWorkbook } from "./sheet.js";

function render({ model, el }) {
  const kernel = connected(model);
  const { setup } = kernel;
  const prefix = unique("sct");
  const area = element("textarea", { id: `${prefix}-teams`, rows: 8, "aria-describedby": `${prefix}-help`, spellcheck: "false" });
  area.value = kernel.state.text;
  const chooser = (id, options) => element("select", { id: `${prefix}-${id}` }, ...options.map(([value, label]) => element("option", { value }, label)));
  const which = chooser("model", setup.models);
  which.style.maxWidth = "min(32em, 100%)"; // titles of models are long, and tell them apart at their ends
  const base = chooser("base", [[setup.course, setup.course]]);
  const found = outcome("No team yet.");
  const { node: working, show: showShare } = progress("Share of the teams compared", () => kernel.send({ kind: "stop" }));
  const take = (name, ending, write) => button(name, () => saveAs(`teams-${today()}.${ending}`, write(kernel.state.rows)));
  const saves = [take("Export to Excel", "xlsx", asWorkbook), take("Export as CSV", "csv", asCsv)];
  const send = () => {
    found.text.textContent = "Comparing …";
    kernel.send({ kind: "compare", text: area.value, model: which.value, base: base.value });
  };
  const start = button("Show side by side", send);
  which.addEventListener("change", send);
  base.addEventListener("change", send);
  const root = element("section", { class: "sc-panel", "aria-label": "Teams side by side" },
    element("p", {}, element("label", { for: area.id }, "Teams and their scenario codes"), area),
    element("p", { id: `${prefix}-help` }, "For each team its name and its code, which starts with SC1-, on one line or on two."),
    element("div", { class: "sc-tools" }, labelled("Model", which), labelled("Compared with", base), start, ...saves),
    working, ...found.nodes);

  function show(state) {
    showShare(state);
    for (const control of [which, base, start]) control.toggleAttribute("disabled", state.running);
    if (state.running) return; // what was there stays until there is more to show
    found.show(state);
    base.replaceChildren(...[setup.course, ...state.teams].map((name) => element("option", { value: name }, name)));
    base.value = state.base;
    which.value = state.model;
    for (const save of saves) save.toggleAttribute("disabled", !state.rows.length);
  }
  return kernel.mount(el, root, show);
}

export default { render };
