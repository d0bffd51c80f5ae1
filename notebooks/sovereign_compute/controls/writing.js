// Written work: a field for each question, kept as it is typed.

function render({ model, el }) {
  const setup = model.get("_setup");
  const { send, mount } = connected(model);
  const notice = element("p", { class: "sc-kept", role: "status" });
  const fields = textFields(setup, (texts) => {
    notice.textContent = "Keeping …";
    send({ kind: "keep", texts });
  });
  const root = element("section", { class: "sc-panel", "aria-label": setup.title }, ...fields.nodes, notice);
  const unmount = mount(el, root, () => {
    const state = model.get("_state");
    notice.textContent = state.notice;
    fields.show(state.texts);
  });
  fields.resume();
  return unmount;
}

export default { render };
