// The form for the memo: what was typed goes up as text, the names of the files come down.

function render({ model, el }) {
  const setup = model.get("_setup");
  const prefix = unique("scm");
  const field = (id, label, rows) => {
    const area = element("textarea", { id: `${prefix}-${id}`, rows, maxlength: setup.longest[id], style: "width: 100%; box-sizing: border-box; font: inherit" });
    return { area, node: element("p", {}, element("label", { for: `${prefix}-${id}` }, label), area) };
  };
  const decision = field("decision", "Our decision, in a sentence or two", 2);
  const reasons = field("reasons", "Why, and what would change our mind", 4);
  const code = element("input", { type: "text", id: `${prefix}-code`, class: "sc-code" });
  const text = element("p", { class: "sc-feedback", role: "status" });
  const write = () => {
    text.textContent = "Writing …";
    model.send({ kind: "write", decision: decision.area.value, reasons: reasons.area.value, code: code.value });
  };
  const root = element("section", { class: "sc-panel", "aria-label": "Memo" }, decision.node, reasons.node,
    element("div", { class: "sc-tools" }, element("label", { for: `${prefix}-code` }, "Scenario code (empty: the panel's scenario)"), code,
      element("button", { type: "button", onclick: write }, "Write the memo")), text);
  return mounted(model, el, root, () => { text.textContent = model.get("_state").text; });
}

export default { render };
