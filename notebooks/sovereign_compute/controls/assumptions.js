// The controls of a panel's assumptions: for each a slider with a number field, or a list of words.

import { button, element, say } from "./dom.js";
import { numberField, onTyped, typedIn } from "./fields.js";

const format = (value, decimals) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: 0, maximumFractionDigits: decimals });

// On a logarithmic scale the slider moves along the stops that the kernel has chosen; otherwise in the input's own unit.
function nearestStop(stops, value) {
  const distance = (stop) => Math.abs(Math.log(stop / value));
  return stops.reduce((best, stop, i) => (distance(stop) < distance(stops[best]) ? i : best), 0);
}

function choice(input, id, set) {
  const chosen = () => set(Number(select.value));
  const select = element("select", { id: `${id}-choice`, "aria-describedby": `${id}-error`, onchange: chosen },
    ...input.words.map((word, i) => element("option", { value: i }, word)));
  const show = (value) => { select.value = value; };
  return { nodes: [element("span", { class: "sc-entry" }, select)], target: select, show };
}

function entry(input, id, set) {
  const { stops } = input;
  const { min, max, step } = input;
  const slider = stops.length ? { min: 0, max: stops.length - 1, step: 1 } : { min, max, step };
  const speak = () => range.setAttribute("aria-valuetext", `${format(Number(number.value), input.decimals)} ${input.unit}`.trim());
  const moved = () => {
    number.typing = false;
    number.put(stops.length ? stops[range.value] : Number(range.value));
    speak();
    set(Number(number.value));
  };
  const range = element("input", { type: "range", id: `${id}-range`, "aria-label": input.label, ...slider, oninput: moved });
  const number = numberField({ id: `${id}-number`, min, max, step, stops, "aria-describedby": `${id}-error` });
  onTyped(number, () => set(typedIn(number)));
  const show = (value, wrong) => {
    // What was refused stays to be mended, and nothing is taken away from under the fingers.
    if (wrong || (number.typing && document.activeElement === number)) return;
    range.value = stops.length ? nearestStop(stops, value) : value;
    number.put(Number(value.toFixed(input.decimals)));
    speak();
  };
  const typed = element("span", { class: "sc-entry" }, number, element("span", { class: "sc-unit" }, input.unit));
  return { nodes: [typed, range], target: number, show };
}

// Where a value comes from, one click away.
function source(input) {
  const named = input.url ? element("a", { href: input.url, target: "_blank", rel: "noreferrer" }, input.source) : input.source;
  return element("details", { class: "sc-source" },
    element("summary", { "aria-label": `Source of ${input.label}: ${input.tier}` }, `source: ${input.tier}`),
    element("p", {}, input.question),
    element("p", {}, element("b", {}, "Range: "), input.range, ". ", input.why),
    element("p", {}, element("b", {}, "Source: "), named, `, ${input.ground}`));
}

// The row of one assumption; `show` takes its value, whether it differs from the course's, and what is wrong with it.
function control(input, id, send) {
  const error = element("span", { id: `${id}-error`, class: "sc-error", role: "alert" });
  const make = input.words.length ? choice : entry;
  const { nodes, target, show } = make(input, id, (value) => send({ kind: "set", values: { [input.id]: value } }));
  const back = () => {
    send({ kind: "reset", id: input.id });
    target.focus();
  };
  const reset = button("Reset", back, { class: "sc-reset", title: `Back to ${input.shown}`, "aria-label": `Reset ${input.label}` });
  const node = element("div", { class: "sc-row" },
    element("label", { for: target.id }, input.label), ...nodes, reset, error, source(input));
  return {
    node,
    show(value, changed, wrong = "") {
      show(value, wrong);
      target.setAttribute("aria-invalid", wrong ? "true" : "false");
      say(error, wrong);
      reset.disabled = !changed && !wrong;
      node.classList.toggle("sc-changed", changed);
    },
  };
}

// All of them, in their groups.
export function assumptions(inputs, prefix, send) {
  const controls = new Map(inputs.map((input) => [input.id, control(input, `${prefix}-${input.id}`, send)]));
  const group = (name) => element("fieldset", {}, element("legend", {}, name),
    ...inputs.filter((input) => input.group === name).map(({ id }) => controls.get(id).node));
  const node = element("div", { class: "sc-controls", role: "group", "aria-label": "Assumptions", tabindex: 0 },
    ...[...new Set(inputs.map((input) => input.group))].map(group));
  const show = ({ values, changed, errors }) => {
    for (const [id, control] of controls) control.show(values[id], changed.includes(id), errors[id]);
  };
  return { node, show };
}
