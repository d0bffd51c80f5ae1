// Written work: a field for each question, kept as it is typed.

import { element, say } from "./dom.js";
import { connected } from "./kernel.js";
import { textFields } from "./texts.js";

function render({ model, el }) {
  const { setup, send, mount } = connected(model);
  const notice = element("p", { class: "sc-kept", role: "status" });
  const fields = textFields(setup, (texts) => {
    say(notice, "Keeping …");
    send({ kind: "keep", texts });
  });
  const root = element("section", { class: "sc-panel", "aria-label": setup.title }, ...fields.nodes, notice);
  const unmount = mount(el, root, (state) => {
    say(notice, state.notice);
    fields.show(state.texts);
  });
  fields.resume();
  return unmount;
}

export default { render };
