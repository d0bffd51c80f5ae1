// The policy lab in the browser: weights go up, progress and the best portfolios come down.

import { liveChart } from "./chart.js";
import { button, element, labelled, progress, say, tableOf, unique } from "./dom.js";
import { numberField, onTyped, typedIn } from "./fields.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const kernel = connected(model);
  const { setup, send } = kernel;
  const map = liveChart(kernel);
  let begun = false;
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
  const sentence = element("p", { class: "sc-sentence", "aria-live": "polite" });
  const table = element("div", { class: "sc-table" });
  const root = element("section", { class: "sc-panel", "aria-label": "Policy lab" },
    element("div", { class: "sc-tools", role: "group", "aria-label": "Weights of the goals" }, ...setup.weights.map(weight)),
    element("div", { class: "sc-tools" }, start), working, text, map.node, sentence, table);

  function show(state) {
    text.textContent = state.text;
    // What was refused stays to be mended, and nothing is taken away from under the fingers.
    for (const [id, field] of fields) {
      field.setAttribute("aria-invalid", id === state.wrong ? "true" : "false");
      if (id !== state.wrong && !field.typing) field.put(state.weights[id]);
    }
    showShare(state);
    start.toggleAttribute("disabled", state.running);
    table.replaceChildren(...(state.best.length ? [tableOf("Best of the portfolios tried", setup.columns, state.best)] : []));
    say(sentence, state.sentence);
    map.node.toggleAttribute("hidden", !state.best.length);
    if (!state.best.length) return;
    if (begun) map.draw();
    else map.start();
    begun = true;
  }
  const unmount = kernel.mount(el, root, show);
  return () => {
    unmount();
    map.stop();
  };
}

export default { render };
