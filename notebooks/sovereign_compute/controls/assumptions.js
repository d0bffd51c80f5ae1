// The controls of a panel's assumptions: for each a slider with a number field, or a list of words. Those that decide stand
// first, the others in closed groups; what was changed is taken out of its closed group and stands on top.

import { button, element, say } from "./dom.js";
import { numberField, onTyped, typedIn } from "./fields.js";

const AFTER_A_CLICK = 250; // milliseconds until a row may leave the place where someone has just worked

// A way to write numbers takes long to make, so there is one for each count of decimals.
const ways = new Map();
function format(value, decimals) {
  if (!ways.has(decimals)) ways.set(decimals, new Intl.NumberFormat("en-GB", { maximumFractionDigits: decimals }));
  return ways.get(decimals).format(value);
}

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
  return { nodes: [select], target: select, show };
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
  const number = numberField({ id: `${id}-number`, class: "sc-field", min, max, step, stops, "aria-describedby": `${id}-error` });
  onTyped(number, () => set(typedIn(number)));
  const show = (value, wrong) => {
    // What was refused stays to be mended, and nothing is taken away from under the fingers.
    if (wrong || (number.typing && document.activeElement === number)) return;
    range.value = stops.length ? nearestStop(stops, value) : value;
    number.put(Number(value.toFixed(input.decimals)));
    speak();
  };
  // A unit may be cut where there is no room for it: then pointing at it shows all of it.
  return { nodes: [number, element("span", { class: "sc-unit", title: input.unit }, input.unit), range], target: number, show };
}

// Where a value comes from: the word for its evidence opens the rest.
function evidence(input, id) {
  const named = input.url ? element("a", { href: input.url, target: "_blank", rel: "noreferrer" }, input.source) : input.source;
  const node = element("div", { class: "sc-source", id: `${id}-source`, hidden: true },
    element("p", {}, input.question),
    element("p", {}, element("b", {}, "Range: "), input.range, ". ", input.why),
    element("p", {}, element("b", {}, "Source: "), named, `, ${input.ground}`));
  const turn = () => {
    node.hidden = !node.hidden;
    chip.setAttribute("aria-expanded", String(!node.hidden));
  };
  const chip = button(input.tier, turn, { class: `sc-chip sc-${input.tier.replaceAll(" ", "-")}`, "aria-expanded": "false",
    "aria-controls": node.id, "aria-label": `Source of ${input.label}: ${input.tier}`, title: "Question, range, reason and source" });
  return [chip, node];
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
  const reset = button("↺", back, { class: "sc-reset", title: `Back to ${input.shown}`, "aria-label": `Reset ${input.label}` });
  const node = element("div", { class: "sc-row" },
    element("label", { for: target.id }, input.label), ...nodes, reset, ...evidence(input, id), error);
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

// A group that is closed until someone looks for more: how many rows it has, and how many of them were changed.
function group(name, rows, place) {
  const box = element("div", { class: "sc-rows" });
  const moved = element("span", { class: "sc-moved" });
  const node = element("details", { class: "sc-group", ontoggle: place },
    element("summary", {}, `${name} `, element("span", { class: "sc-many" }, `· ${rows.length} more`), moved), box);
  return {
    node, box,
    show(changed) {
      const count = rows.filter(({ id }) => changed.includes(id)).length;
      say(moved, count ? ` · ${count} changed` : "");
    },
  };
}

// What is paid from a sum: one bar that all parts share, and what is left in words.
function purse(prefix) {
  const bar = element("div", { class: "sc-purse-bar", "aria-hidden": "true" });
  const left = element("p", { role: "status", id: `${prefix}-left` });
  return {
    node: element("div", { class: "sc-purse" }, left, bar),
    show({ text, over, parts }) {
      say(left, `${over ? "✗" : "✓"} ${text}`);
      left.classList.toggle("sc-error", over);
      bar.replaceChildren(...parts.map((part) => element("span", { style: `width: ${part}%` })));
    },
  };
}

// All of them. `lead` names those that stand first, in this order.
export function assumptions({ inputs, lead }, prefix, send) {
  const controls = new Map(inputs.map((input) => [input.id, control(input, `${prefix}-${input.id}`, send)]));
  const others = inputs.filter(({ id }) => !lead.includes(id));
  const onTop = element("div", { class: "sc-rows", role: "group", "aria-label": "Changed assumptions" });
  const heads = ["Also changed", "What decides most"].map((text) => element("p", { class: "sc-rows-head", hidden: true }, text));
  const sum = purse(prefix);
  const first = element("div", { class: "sc-rows" }, ...lead.map((id) => controls.get(id).node));
  let changed = [];
  others.forEach(({ id }, i) => { controls.get(id).node.place = i; });
  const groups = new Map([...new Set(others.map((input) => input.group))].map((name) =>
    [name, group(name, others.filter((input) => input.group === name), () => place())]));

  // Rows change their places only where nobody is at work: not under the focus, not out of a group that is open, unless all
  // was set at once.
  function place(atOnce = false) {
    others.forEach((input, i) => {
      const { node } = controls.get(input.id);
      const { node: fold, box } = groups.get(input.group);
      if (node.contains(document.activeElement)) return;
      const up = changed.includes(input.id) && (atOnce || !fold.open || node.parentNode === onTop);
      const to = up ? onTop : box;
      if (node.parentNode === to) return;
      to.insertBefore(node, [...to.children].find((other) => other.place > i) ?? null);
    });
    for (const head of heads) head.hidden = !onTop.children.length;
  }
  const node = element("div", { class: "sc-controls", role: "group", "aria-label": "Assumptions" },
    heads[0], onTop, heads[1], sum.node, first,
    element("div", { class: "sc-groups" }, ...[...groups.values()].map((one) => one.node)));
  node.addEventListener("focusout", () => setTimeout(place, AFTER_A_CLICK));
  function show(state, asked) {
    for (const [id, control] of controls) control.show(state.values[id], state.changed.includes(id), state.errors[id]);
    ({ changed } = state);
    sum.node.hidden = !state.shares;
    if (state.shares) sum.show(state.shares);
    for (const one of groups.values()) one.show(changed);
    place(asked !== "set" && asked !== "reset");
  }
  return { node, show };
}
