// The policy lab in the browser: weights go up, progress and the best portfolios come down.

import { button, element, labelled, progress, tableOf, unique } from "./dom.js";
import { numberField, onTyped, typedIn } from "./fields.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const { setup, send, mount } = connected(model);
  const prefix = unique("scl");
  const text = element("p", { class: "sc-feedback", role: "status" });
  const { node: working, show: showShare } = progress("Share of the portfolios tried", () => send({ kind: "stop" }));
  const start = button("Try the portfolios", () => send({ kind: "start" }));
  const fields = new Map();
  const weight = (w, i) => {
    const field = numberField({ id: `${prefix}-${i}`, min: w.min, max: w.max, step: w.step, style: "width: 4.5em" });
    fields.set(w.id, field);
    onTyped(field, () => send({ kind: "weight", id: w.id, value: typedIn(field) }));
    return labelled(w.label, field, element("span", {}, "%"));
  };
  const table = element("div", { class: "sc-table" });
  const root = element("section", { class: "sc-panel", "aria-label": "Policy lab" },
    element("div", { class: "sc-tools", role: "group", "aria-label": "Weights of the goals" }, ...setup.weights.map(weight)),
    element("div", { class: "sc-tools" }, start), working, text, table);

  function show(state) {
    text.textContent = state.text;
    // What was refused stays to be mended, and nothing is taken away from under the fingers.
    for (const [id, field] of fields) {
      field.setAttribute("aria-invalid", id === state.wrong ? "true" : "false");
      if (id !== state.wrong && !field.typing) field.put(state.weights[id]);
    }
    showShare(state);
    start.toggleAttribute("disabled", state.running);
    table.replaceChildren(...(state.rows.length ? [tableOf("Best of the portfolios tried", setup.columns, state.rows)] : []));
  }
  return mount(el, root, show);
}

export default { render };
