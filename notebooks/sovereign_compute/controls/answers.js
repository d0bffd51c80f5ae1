// What a learner fills in, by kind of exercise: the fields, how to read them, and how to fill in what was given.

import { button, element } from "./dom.js";
import { numberField, typedIn } from "./fields.js";

const entry = (id, label, ...unit) => [element("label", { for: id }, label), numberField({ id }), ...unit];
const fieldsOf = (node) => [...node.querySelectorAll("[role=spinbutton]")];
const unit = (card) => card.units.length > 1
  ? element("select", { class: "sc-unit-of-answer", "aria-label": "Unit" }, ...card.units.map((u) => element("option", { value: u }, u)))
  : element("span", {}, card.units[0] ?? "");

function number(card, prefix) {
  const node = element("span", { class: "sc-tool" }, ...entry(`${prefix}-number`, "Your answer", unit(card)));
  return { node, value: () => typedIn(fieldsOf(node)[0]), fill: (given) => fieldsOf(node)[0].put(given) };
}

function range(card, prefix) {
  const node = element("span", { class: "sc-tool" }, ...entry(`${prefix}-low`, "From"), ...entry(`${prefix}-high`, "to", unit(card)));
  return { node, value: () => fieldsOf(node).map(typedIn), fill: (given) => fieldsOf(node).forEach((field, i) => field.put(given[i] ?? "")) };
}

function choice(card, prefix) {
  const node = element("fieldset", { class: "sc-options" }, element("legend", {}, "Your answer"),
    ...card.options.map((option, i) => element("label", { class: "sc-option", for: `${prefix}-${i}` },
      element("input", { type: "radio", name: prefix, id: `${prefix}-${i}`, value: option }), element("span", {}, option))));
  const fill = (given) => { for (const radio of node.querySelectorAll("input")) radio.checked = radio.value === given; };
  return { node, value: () => node.querySelector(":checked")?.value ?? null, fill };
}

// Press them in order, the first one first; who presses one again takes it out, and those behind it move up.
function ranking(card) {
  let order = [];
  const show = () => rows.forEach(({ option, place, node }) => {
    const at = order.indexOf(option) + 1;
    place.textContent = at || "";
    node.setAttribute("aria-pressed", at ? "true" : "false");
    node.setAttribute("aria-label", at ? `${option}, place ${at}` : option);
  });
  const rows = card.options.map((option) => {
    const place = element("span", { class: "sc-place", "aria-hidden": "true" });
    const press = () => {
      order = order.includes(option) ? order.filter((other) => other !== option) : [...order, option];
      show();
    };
    const node = button("", press, { class: "sc-option" });
    node.append(place, element("span", {}, option));
    return { option, place, node };
  });
  const clear = button("Start over", () => { order = []; show(); });
  const node = element("fieldset", { class: "sc-options" },
    element("legend", {}, "Press them in order, the first one first. Press one again to take it out."),
    ...rows.map((row) => row.node), clear);
  show();
  const fill = (given) => {
    order = given.filter((option) => card.options.includes(option));
    show();
  };
  return { node, value: () => order, fill };
}

const KINDS = { number, range, choice, ranking };

export const fieldsFor = (card, prefix) => KINDS[card.kind](card, prefix);
