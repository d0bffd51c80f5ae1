// The prediction form in the browser: numbers go to the kernel, which keeps or refuses each of them.
function render({ model, el }) {
  const prefix = unique("scp");
  const rows = model.get("_setup").fields.map((field) => {
    const id = `${prefix}-${field.id}`;
    const input = element("input", { type: "number", step: "any", id, "aria-describedby": `${id}-error` });
    const error = element("span", { class: "sc-error", role: "alert", id: `${id}-error` });
    return { field, input, error, node: element("div", { class: "sc-row" },
      element("label", { for: id }, field.question),
      element("span", { class: "sc-entry" }, input, element("span", { class: "sc-unit" }, field.unit)), error) };
  });
  const notice = element("p", { role: "status" });
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(rows.map(({ field, input }) => [field.id, numberIn(input)]));
    model.send({ kind: "keep", values });
  };
  const root = element("section", { class: "sc-panel", "aria-label": "Your predictions" },
    sendOnEnter(element("form", { onsubmit: submit, novalidate: true }, ...rows.map((row) => row.node),
      element("button", { type: "submit" }, rows.length > 1 ? "Keep my predictions" : "Keep my prediction"), notice)));
  el.append(root);
  const stopTelling = tellWhenKernelIsGone(model, root);

  function show() {
    const state = model.get("_state");
    for (const { field, input, error } of rows) {
      if (field.id in state.values && !state.errors[field.id]) input.value = state.values[field.id];
      error.textContent = state.errors[field.id] ?? "";
      input.setAttribute("aria-invalid", field.id in state.errors ? "true" : "false");
    }
    notice.textContent = state.notice;
  }
  model.on("change:_state", show);
  show();
  return () => {
    model.off("change:_state", show);
    stopTelling();
  };
}

export default { render };
