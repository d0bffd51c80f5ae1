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
    return element("span", { class: "sc-tool" }, element("label", { for: `${prefix}-${i}` }, w.label), field, element("span", {}, "%"));
  };
  const table = element("div", { class: "sc-table" });
  const root = element("section", { class: "sc-panel", "aria-label": "Policy lab" },
    element("div", { class: "sc-tools", role: "group", "aria-label": "Weights of the goals" }, ...setup.weights.map(weight)),
    element("div", { class: "sc-tools" }, start, stop), bar, text, table);
  el.append(root);
  const stopTelling = tellWhenKernelIsGone(model, root);

  function show() {
    const state = model.get("_state");
    text.textContent = state.text;
    bar.value = state.share;
    start.toggleAttribute("disabled", state.running);
    stop.toggleAttribute("disabled", !state.running);
    if (!state.rows.length) { table.replaceChildren(); return; }
    const row = (cells, tag) => element("tr", {}, ...cells.map((cell) => element(tag, tag === "th" ? { scope: "col" } : {}, cell)));
    table.replaceChildren(element("table", {}, element("caption", {}, "Best of the portfolios tried"),
      element("thead", {}, row(setup.columns, "th")), element("tbody", {}, ...state.rows.map((cells) => row(cells, "td")))));
  }
  model.on("change:_state", show);
  show();
  return () => {
    model.off("change:_state", show);
    stopTelling();
  };
}

export default { render };
