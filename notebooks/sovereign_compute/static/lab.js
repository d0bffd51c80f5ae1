// The policy lab in the browser: weights go up, progress and the best portfolios come down.

function render({ model, el }) {
  const setup = model.get("_setup");
  const prefix = unique("scl");
  const text = element("p", { class: "sc-feedback", role: "status" });
  const bar = element("progress", { max: 1, value: 0, "aria-label": "Share of the portfolios tried", style: "width: 100%" });
  const start = element("button", { type: "button", onclick: () => model.send({ kind: "start" }) }, "Try the portfolios");
  const stop = element("button", { type: "button", onclick: () => model.send({ kind: "stop" }) }, "Stop");
  const weight = (w, i) => {
    const field = element("input", { type: "number", id: `${prefix}-${i}`, min: w.min, max: w.max, step: w.step, value: w.value, style: "width: 4.5em" });
    onTyped(field, () => model.send({ kind: "weight", id: w.id, value: numberIn(field) }));
    return labelled(w.label, field, element("span", {}, "%"));
  };
  const table = element("div", { class: "sc-table" });
  const root = element("section", { class: "sc-panel", "aria-label": "Policy lab" },
    element("div", { class: "sc-tools", role: "group", "aria-label": "Weights of the goals" }, ...setup.weights.map(weight)),
    element("div", { class: "sc-tools" }, start, stop), bar, text, table);

  function show() {
    const state = model.get("_state");
    text.textContent = state.text;
    bar.value = state.share;
    start.toggleAttribute("disabled", state.running);
    stop.toggleAttribute("disabled", !state.running);
    table.replaceChildren(...(state.rows.length ? [tableOf("Best of the portfolios tried", setup.columns, state.rows)] : []));
  }
  return mounted(model, el, root, show);
}

export default { render };
