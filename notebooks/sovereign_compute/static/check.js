// An exercise in the browser: the answer goes to the kernel, feedback comes back. Nothing here knows what is right.
function render({ model, el }) {
  const setup = model.get("_setup");
  const prefix = unique("scx");
  let seq = 0;
  let patience;
  const send = (message) => {
    model.send({ ...message, seq: ++seq });
    clearTimeout(patience);
    patience = setTimeout(() => { feedback.textContent = NO_ANSWER; }, PATIENCE);
  };
  const answer = setup.options.length
    ? element("fieldset", { class: "sc-options" }, element("legend", {}, "Your answer"),
        ...setup.options.map((option, i) => element("span", { class: "sc-tool" },
          element("input", { type: "radio", name: prefix, id: `${prefix}-${i}`, value: option }),
          element("label", { for: `${prefix}-${i}` }, option))))
    : element("span", { class: "sc-tool" },
        element("label", { for: `${prefix}-number` }, "Your answer"),
        element("input", { type: "number", step: "any", id: `${prefix}-number` }),
        setup.units.length > 1
          ? element("select", { id: `${prefix}-unit`, "aria-label": "Unit" }, ...setup.units.map((u) => element("option", { value: u }, u)))
          : element("span", {}, setup.units[0]));
  const submit = (event) => {
    event.preventDefault();
    const number = answer.querySelector("input[type=number]");
    const value = number ? (number.value === "" ? null : Number(number.value)) : answer.querySelector(":checked")?.value ?? null;
    send({ kind: "answer", value, unit: answer.querySelector("select")?.value ?? setup.units[0] ?? "" });
  };
  const feedback = element("p", { class: "sc-feedback", role: "status" });
  const hints = element("ol", { class: "sc-hints" });
  const hint = element("button", { type: "button", onclick: () => send({ kind: "hint" }) }, "Hint");
  const solution = element("p");
  const worked = element("details", { ontoggle: () => { if (worked.open) send({ kind: "solution" }); } },
    element("summary", {}, "Worked solution"), solution);
  const root = element("section", { class: "sc-panel sc-check", "aria-label": `Exercise ${setup.id}` },
    element("p", {}, element("b", {}, `Exercise ${setup.id}. `), setup.question),
    sendOnEnter(element("form", { class: "sc-tools", onsubmit: submit, novalidate: true }, answer, element("button", { type: "submit" }, "Check"), hint)),
    feedback, hints, worked);
  el.append(root);
  const stopTelling = tellWhenKernelIsGone(model, root);

  function show() {
    const state = model.get("_state");
    if ((state.seq ?? 0) >= seq) clearTimeout(patience);
    feedback.textContent = state.feedback ? `${state.right ? "✓" : "✗"} ${state.feedback}` : "";
    feedback.classList.toggle("sc-right", state.right);
    hints.replaceChildren(...state.hints.map((text) => element("li", {}, text)));
    hint.textContent = ["Hint", "Second hint", "No more hints"][state.hints.length];
    hint.toggleAttribute("disabled", state.hints.length > 1);
    solution.textContent = state.solution;
  }
  model.on("change:_state", show);
  show();
  return () => {
    model.off("change:_state", show);
    stopTelling();
    clearTimeout(patience);
  };
}

export default { render };
