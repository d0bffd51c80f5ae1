// The form for the memo: what was typed goes up as text, the names of the files come down.

function render({ model, el }) {
  const setup = model.get("_setup");
  const prefix = unique("scm");
  const { send, mount } = connected(model);
  const kept = element("p", { class: "sc-kept", role: "status" });
  const fields = textFields(setup, (texts) => {
    kept.textContent = "Keeping …";
    send({ kind: "keep", texts });
  });
  const code = element("input", { type: "text", id: `${prefix}-code`, class: "sc-code" });
  const text = element("p", { class: "sc-feedback", role: "status" });
  const numbers = element("ul", { "aria-label": "Numbers of your text beside the memo's" });
  const write = element("button", { type: "button", onclick: () => {
    text.textContent = "Writing …";
    send({ kind: "write", texts: fields.values(), code: code.value });
  } }, "Write the memo");
  const { node: working, show: showShare } = progress("Share of the memo written", () => send({ kind: "stop" }));
  const root = element("section", { class: "sc-panel", "aria-label": "Memo" }, ...fields.nodes, kept,
    element("div", { class: "sc-tools" }, element("label", { for: `${prefix}-code` }, "Scenario code (empty: the panel's scenario)"), code, write),
    working, text, numbers);
  code.value = model.get("_state").code;  // after a reload of the page

  function show() {
    const state = model.get("_state");
    text.textContent = state.text;
    kept.textContent = state.notice;
    numbers.replaceChildren(...state.feedback.map((told) => element("li", {}, told)));
    numbers.hidden = !state.feedback.length;
    fields.show(state.texts);
    showShare(state);
    write.toggleAttribute("disabled", state.running);
  }
  const unmount = mount(el, root, show);
  fields.resume();
  return unmount;
}

export default { render };
