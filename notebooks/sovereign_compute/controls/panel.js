// The live panel in the browser: native labelled controls, one chart, a table. The kernel decides what is allowed and what the
// result is; this only shows it.

import { assumptions } from "./assumptions.js";
import { liveChart } from "./chart.js";
import { element, page, say, unique } from "./dom.js";
import { listed } from "./export.js";
import { connected, renewed } from "./kernel.js";
import { toolbar } from "./toolbar.js";

// A link can carry a scenario. JupyterLab may have replaced the address meanwhile; the browser knows what was asked for.
function codeFromAddress() {
  const asked = performance.getEntriesByType("navigation")[0]?.name ?? location.href;
  for (const query of [location.search, new URL(asked).search]) {
    const code = new URLSearchParams(query).get("scenario");
    if (code) return code;
  }
  return "";
}

// The rows of the chart as a table. As many decimals in all rows of one unit as the largest number needs for four figures.
function filled(table, caption, columns, all) {
  const keys = Object.keys(columns);
  const rows = listed(all, keys);
  const unit = (i) => rows.unit?.[i];
  const digits = new Map();
  for (const one of new Set(rows[keys[0]].map((_, i) => unit(i)))) {
    const found = keys.flatMap((key) => rows[key].filter((_, i) => unit(i) === one)).filter(Number.isFinite);
    const decimals = Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(Math.max(...found.map(Math.abs), 1e-6)))));
    digits.set(one, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  }
  const cell = (value, i) => {
    if (typeof value === "string") return element("th", { scope: "row" }, value);
    return element("td", { class: "sc-number" }, value === null ? "–" : value.toLocaleString("en-GB", digits.get(unit(i))));
  };
  table.replaceChildren(
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, columns[key])))),
    element("tbody", {}, ...rows[keys[0]].map((_, i) => element("tr", {}, ...keys.map((key) => cell(rows[key][i], i))))));
}

function panel({ model, el }) {
  const kernel = connected(model, {
    sent: () => figure.setAttribute("aria-busy", "true"),
    leave: () => { page.left[setup.title] = kernel.state.code; },
  });
  const { setup } = kernel;
  const prefix = unique("sc");
  const tools = toolbar(kernel, prefix);
  const form = assumptions(setup.inputs, prefix, kernel.send);
  const chart = liveChart(kernel);
  const problem = element("p", { class: "sc-error", role: "alert" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const sentence = element("p", { class: "sc-sentence", "aria-live": "polite" });
  const table = element("table");
  const showTable = () => { if (numbers.open) filled(table, setup.title, kernel.get("_chart").columns, kernel.state.rows); };
  const numbers = element("details", { class: "sc-table", ontoggle: showTable }, element("summary", {}, "Show as table"), table);
  const figure = element("div", { class: "sc-figure" }, sentence, chart.node, numbers);
  const root = element("section", { class: "sc-panel", "aria-label": setup.title },
    element("p", { class: "sc-title" }, setup.title), ...(setup.start ? [element("p", {}, setup.start)] : []), tools.node, problem, notice,
    element("div", { class: "sc-body" }, form.node, figure));

  function show(state) {
    chart.draw();
    say(sentence, state.sentence);
    tools.show(state);
    if (!kernel.open()) {
      form.show(state);
      figure.removeAttribute("aria-busy");
    }
    say(problem, state.errors.panel ?? "");
    say(notice, state.notice);
    showTable();
  }
  const unmount = kernel.mount(el, root, show);
  chart.start();
  kernel.send({ kind: "open", code: codeFromAddress(), left: page.left[setup.title] });
  delete page.left[setup.title];
  return () => {
    unmount();
    chart.stop();
  };
}

const render = renewed(panel); // what a learner assumes changes its rows

export default { render };
