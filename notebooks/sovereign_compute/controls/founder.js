// The founder game in the browser: three choices and a button go up; where the firm stands comes down.

import { button, element, labelled, tableOf, unique } from "./dom.js";
import { numberField } from "./fields.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const { setup, send, mount } = connected(model);
  const prefix = unique("scf");
  const table = (caption, names, rows) => element("div", { class: "sc-table" }, tableOf(caption, names, rows, true));

  const title = element("p", { class: "sc-title" });
  const says = element("p", { class: "sc-feedback", role: "status" });
  const error = element("p", { class: "sc-error", role: "alert" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const facts = element("div");
  const fields = element("div", { class: "sc-tools" });
  const decide = button("Decide", () => {
    send({ kind: "decide", ...Object.fromEntries([...fields.querySelectorAll("select")].map((select) => [select.name, select.value])) });
  });
  const verdict = element("div", { tabindex: "-1", role: "group", "aria-label": "Result" });
  const history = element("div");
  const past = element("details", {}, element("summary", {}, "Quarters so far"), history);
  const terms = element("div");
  const rules = element("details", {}, element("summary", {}, "What a quarter costs and brings"), terms);
  const field = numberField({ id: `${prefix}-number`, min: 1, max: setup.most, step: 1, style: "width: 5em" });
  const begin = () => send({ kind: "new", number: field.value });
  const fresh = element("div", { class: "sc-tools" },
    labelled("Number of the game", field), button("New game", begin));
  const root = element("section", { class: "sc-panel sc-founder", "aria-label": "Founder game" }, title, facts, fields, decide, says, error, verdict, past, rules, fresh, notice);

  const choice = ({ id, label, options }) => labelled(label,
    element("select", { id: `${prefix}-${id}`, name: id }, ...options.map(([value, text]) => element("option", { value }, text))));

  // Two bars for each quarter on one scale, to the left of the middle for a loss; the numbers stand in the table.
  function chart({ bars, told }) {
    const most = Math.max(1, ...bars.flatMap(([, lost, luck]) => [Math.abs(lost), Math.abs(luck)]));
    const bar = (kind, value) => {
      const width = 50 * Math.abs(value) / most;
      return element("div", { class: `sc-bar sc-${kind}`, hidden: !value, style: `width: ${width}%; margin-left: ${value < 0 ? 50 - width : 50}%` });
    };
    const rows = bars.map(([quarter, lost, luck]) => element("div", { class: "sc-bars" },
      element("span", {}, quarter), element("div", {}, bar("lost", lost), bar("luck", luck))));
    return element("div", { class: "sc-bar-chart", role: "img", "aria-label": told },
      element("p", {}, element("b", {}, "What decisions cost and what luck brought, by quarter")),
      element("p", { class: "sc-key" }, element("span", { class: "sc-bar sc-lost" }), "decision (lost)", element("span", { class: "sc-bar sc-luck" }), "luck; left of the middle: against you"),
      ...rows, element("p", {}, `The longest bar is ${most.toFixed(1)} million EUR.`));
  }

  function show(state) {
    error.textContent = state.error;
    notice.textContent = state.notice;
    if (state.error) return;
    // A button that is pressed by key keeps the focus: only what belongs to the quarter is made anew.
    title.textContent = state.title;
    says.textContent = state.says;
    field.put(state.number);
    facts.replaceChildren(table("Where you stand", null, state.facts));
    fields.replaceChildren(...state.choices.map(choice));
    const over = !state.choices.length, leaving = over && document.activeElement === decide;
    decide.hidden = over;
    past.hidden = !state.history.length;
    history.replaceChildren(table("Quarters so far", ["Quarter", "You decided", "What happened"], state.history));
    terms.replaceChildren(table("In this game", ["What", "How much", "Evidence, and P5 to P95"], state.terms));
    const v = state.verdict;
    verdict.replaceChildren(...(v ? [element("p", {}, element("b", {}, v.text)), element("p", {}, v.worst), chart(v),
      table("Decision and luck by quarter, million EUR", ["Quarter", "You decided", "Best decision", "Lost by the decision", "Luck"], v.rows),
      element("p", {}, "To compare: ", element("b", {}, v.line))] : []));
    // The button that was pressed is gone: who plays by key goes on at the result.
    if (leaving) verdict.focus();
  }
  return mount(el, root, show);
}

export default { render };
