// The facilitator's dashboard: the list of teams goes up as text, what differs comes down. All of it is shown as text.

import { button, element, labelled, progress, saveAs, tableOf, today, unique } from "./dom.js";
import { connected } from "./kernel.js";
import { asCsv, asWorkbook } from "./sheet.js";

function render({ model, el }) {
  const kernel = connected(model);
  const { setup } = kernel;
  const prefix = unique("sct");
  const area = element("textarea", { id: `${prefix}-teams`, rows: 8, "aria-describedby": `${prefix}-help`, spellcheck: "false" });
  area.value = kernel.state.text;
  const chooser = (id, options) => element("select", { id: `${prefix}-${id}` }, ...options.map(([value, label]) => element("option", { value }, label)));
  const which = chooser("model", setup.models);
  which.style.maxWidth = "min(32em, 100%)"; // titles of models are long, and tell them apart at their ends
  const base = chooser("base", [[setup.course, setup.course]]);
  const text = element("p", { class: "sc-sentence", role: "status" });
  const list = element("ul");
  const problems = element("div", { role: "alert" }, list);
  const tables = element("div");
  const { node: working, show: showShare } = progress("Share of the teams compared", () => kernel.send({ kind: "stop" }));
  const picture = element("img", { alt: "", style: "max-width: 100%; background: white" });
  const take = (name, ending, write) => button(name, () => saveAs(`teams-${today()}.${ending}`, write(kernel.state.rows)));
  const saves = [take("Export to Excel", "xlsx", asWorkbook), take("Export as CSV", "csv", asCsv)];
  const send = () => {
    text.textContent = "Comparing …";
    kernel.send({ kind: "compare", text: area.value, model: which.value, base: base.value });
  };
  const start = button("Show side by side", send);
  which.addEventListener("change", send);
  base.addEventListener("change", send);
  const root = element("section", { class: "sc-panel", "aria-label": "Teams side by side" },
    element("p", {}, element("label", { for: area.id }, "Teams and their scenario codes"), area),
    element("p", { id: `${prefix}-help` }, "For each team its name and its code, which starts with SC1-, on one line or on two."),
    element("div", { class: "sc-tools" }, labelled("Model", which), labelled("Compared with", base), start, ...saves),
    working, problems, text, picture, tables);

  // Many teams are wider than the page: the table scrolls, also with the keyboard.
  const drawn = ({ caption, columns, rows }) => element("div", { class: "sc-table sc-scroll", tabindex: "0", role: "region", "aria-label": caption },
    tableOf(caption, columns, rows));

  function show(state) {
    showShare(state);
    for (const control of [which, base, start]) control.toggleAttribute("disabled", state.running);
    if (state.running) return; // what was there stays until there is more to show
    text.textContent = state.sentence || "No team yet.";
    list.replaceChildren(...state.problems.map((said) => element("li", {}, said)));
    problems.hidden = !state.problems.length;
    base.replaceChildren(...[setup.course, ...state.teams].map((name) => element("option", { value: name }, name)));
    base.value = state.base;
    which.value = state.model;
    picture.hidden = !state.picture;
    if (state.picture) picture.src = state.picture;
    picture.alt = state.sentence;
    for (const save of saves) save.toggleAttribute("disabled", !state.rows.length);
    tables.replaceChildren(...state.tables.map(drawn));
  }
  return kernel.mount(el, root, show);
}

export default { render };
