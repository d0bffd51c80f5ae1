// The form for the memo: what was typed goes up as text, the names of the files come down.

import { button, element, progress, unique } from "./dom.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const { setup, state: first, send, mount } = connected(model);
  const prefix = unique("scm");
  const field = (id, label, rows) => {
    const area = element("textarea", { id: `${prefix}-${id}`, rows, maxlength: setup.longest[id] });
    return { area, node: element("p", {}, element("label", { for: `${prefix}-${id}` }, label), area) };
  };
  const decision = field("decision", "Our decision, in a sentence or two", 2);
  const reasons = field("reasons", "Why, and what would change our mind", 4);
  const code = element("input", { type: "text", id: `${prefix}-code`, class: "sc-code" });
  const text = element("p", { class: "sc-feedback", role: "status" });
  const write = button("Write the memo", () => {
    text.textContent = "Writing …";
    send({ kind: "write", decision: decision.area.value, reasons: reasons.area.value, code: code.value });
  });
  const { node: working, show: showShare } = progress("Share of the memo written", () => send({ kind: "stop" }));
  const root = element("section", { class: "sc-panel", "aria-label": "Memo" }, decision.node, reasons.node,
    element("div", { class: "sc-tools" }, element("label", { for: `${prefix}-code` }, "Scenario code (empty: the panel's scenario)"), code, write),
    working, text);
  // After a reload of the page, what the memo was written from stands there again.
  const { typed } = first;
  for (const [name, field] of [["decision", decision.area], ["reasons", reasons.area], ["code", code]]) field.value = typed[name] ?? "";

  function show(state) {
    text.textContent = state.text;
    showShare(state);
    write.toggleAttribute("disabled", state.running);
  }
  return mount(el, root, show);
}

export default { render };
