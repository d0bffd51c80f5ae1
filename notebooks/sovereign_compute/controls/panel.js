// The live panel in the browser: native labelled controls, one number, a sentence, a chart, a table, moves to try. The kernel
// decides what is allowed and what the result is; this only shows it.

import { assumptions } from "./assumptions.js";
import { liveChart } from "./chart.js";
import { element, page, say, unique } from "./dom.js";
import { listed } from "./export.js";
import { connected, renewed } from "./kernel.js";
import { dock } from "./moves.js";
import { optimistic } from "./optimistic.js";
import { toolbar } from "./toolbar.js";

const LARGEST = 0.6; // of the height of the window: what may stay in view

// A link can carry a scenario. JupyterLab may have replaced the address meanwhile; the browser knows what was asked for,
// except that Firefox calls each file "document".
function codeFromAddress() {
  const asked = performance.getEntriesByType("navigation")[0]?.name ?? location.href;
  for (const query of [location.search, new URL(asked, location.href).search]) {
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
    if (typeof value === "string") return value ? element("th", { scope: "row" }, value) : element("td");
    return element("td", { class: "sc-number" }, value === null ? "–" : value.toLocaleString("en-GB", digits.get(unit(i))));
  };
  table.replaceChildren(
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, columns[key])))),
    element("tbody", {}, ...rows[keys[0]].map((_, i) => element("tr", {}, ...keys.map((key) => cell(rows[key][i], i))))));
}

// One large number: what comes out, instead of what, and what was guessed.
function headline() {
  const before = element("span", { class: "sc-before" });
  const value = element("strong");
  const unit = element("span", { class: "sc-number-unit" });
  const of = element("span", { class: "sc-of" });
  const guess = element("span", { class: "sc-guess" });
  return {
    node: element("p", { class: "sc-headline" }, before, element("span", {}, value, " ", unit), of, guess),
    show(told) {
      say(before, told.before && `${told.before} →`);
      say(value, told.value);
      say(unit, told.unit);
      say(of, told.text);
      say(guess, told.guess);
    },
  };
}

// Whether number and picture leave room for the controls below, where they would stay in view.
function roomy(node) {
  return new ResizeObserver(() => node.classList.toggle("sc-tall", node.offsetHeight > LARGEST * innerHeight));
}

function panel({ model, el }) {
  const kernel = connected(model, {
    early: optimistic,
    sent: () => figure.setAttribute("aria-busy", "true"),
    leave: () => { page.left[setup.title] = kernel.state.code; },
  });
  const { setup } = kernel;
  const prefix = unique("sc");
  const tools = toolbar(kernel, prefix);
  const form = assumptions(setup, prefix, kernel.send);
  const moves = dock(kernel, prefix);
  const number = headline();
  const chart = liveChart(kernel);
  const problem = element("p", { class: "sc-error", role: "alert" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const sentence = element("p", { class: "sc-sentence", "aria-live": "polite" });
  const table = element("table");
  const showTable = () => { if (numbers.open) filled(table, setup.title, kernel.get("_chart").columns, kernel.state.rows); };
  const numbers = element("details", { class: "sc-table", ontoggle: showTable }, element("summary", {}, "Show as table"), table);
  const stay = element("div", { class: "sc-stay" }, number.node, chart.node);
  const figure = element("div", { class: "sc-figure" }, stay, sentence, numbers);
  const root = element("section", { class: "sc-panel sc-live", "aria-label": setup.title },
    element("div", { class: "sc-head" }, element("p", { class: "sc-title" }, setup.title),
      ...(setup.start ? [element("p", { class: "sc-start" }, setup.start)] : []), tools.node),
    problem, notice, element("div", { class: "sc-body" }, form.node, figure), ...moves.nodes);

  function show(state) {
    chart.draw();
    say(sentence, state.sentence);
    number.show(state.headline);
    tools.show(state);
    moves.show(state);
    if (!kernel.open()) {
      form.show(state, kernel.asked);
      figure.removeAttribute("aria-busy");
    }
    say(problem, state.errors.panel ?? "");
    say(notice, state.notice);
    showTable();
  }
  const unmount = kernel.mount(el, root, show);
  chart.start();
  const room = roomy(stay);
  room.observe(stay);
  kernel.send({ kind: "open", code: codeFromAddress(), left: page.left[setup.title] });
  delete page.left[setup.title];
  return () => {
    unmount();
    room.disconnect();
    chart.stop();
  };
}

const render = renewed(panel); // what a learner assumes changes its rows

export default { render };
