// The form for the memo: what was typed goes up as text, the names of the files come down.

import { button, element, progress, say, unique } from "./dom.js";
import { connected } from "./kernel.js";
import { textFields } from "./texts.js";

function render({ model, el }) {
  const { setup, state: first, send, mount } = connected(model);
  const prefix = unique("scm");
  const kept = element("p", { class: "sc-kept", role: "status" });
  const fields = textFields(setup, (texts) => {
    say(kept, "Keeping …");
    send({ kind: "keep", texts });
  });
  const code = element("input", { type: "text", id: `${prefix}-code`, class: "sc-code" });
  code.value = first.code; // after a reload of the page
  const text = element("p", { class: "sc-feedback", role: "status" });
  const numbers = element("ul", { "aria-label": "Numbers of your text beside the memo's" });
  const write = button("Write the memo", () => {
    say(text, "Writing …");
    send({ kind: "write", texts: fields.values(), code: code.value });
  });
  const { node: working, show: showShare } = progress("Share of the memo written", () => send({ kind: "stop" }));
  const root = element("section", { class: "sc-panel", "aria-label": "Memo" }, ...fields.nodes, kept,
    element("div", { class: "sc-tools" }, element("label", { for: `${prefix}-code` }, "Scenario code (empty: the panel's scenario)"), code, write),
    working, text, numbers);

  function show(state) {
    say(text, state.text);
    say(kept, state.notice);
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
