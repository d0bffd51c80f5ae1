// An exercise in the browser: the answer goes to the kernel, feedback comes back. Nothing here knows what is right.

import { button, element, unique } from "./dom.js";
import { numberField, sendOnEnter, typedIn } from "./fields.js";
import { connected } from "./kernel.js";

// What the learner fills in, by kind of exercise: the fields, how to read them, and how to fill in what was given.
const entry = (id, label, ...unit) => [element("label", { for: id }, label), numberField({ id }), ...unit];
const fieldsOf = (node) => [...node.querySelectorAll("[role=spinbutton]")];
const unit = (setup) => setup.units.length > 1
  ? element("select", { class: "sc-unit-of-answer", "aria-label": "Unit" }, ...setup.units.map((u) => element("option", { value: u }, u)))
  : element("span", {}, setup.units[0] ?? "");

function number(setup, prefix) {
  const node = element("span", { class: "sc-tool" }, ...entry(`${prefix}-number`, "Your answer", unit(setup)));
  return { node, value: () => typedIn(fieldsOf(node)[0]), fill: (given) => fieldsOf(node)[0].put(given) };
}

function range(setup, prefix) {
  const node = element("span", { class: "sc-tool" }, ...entry(`${prefix}-low`, "From"), ...entry(`${prefix}-high`, "to", unit(setup)));
  return { node, value: () => fieldsOf(node).map(typedIn), fill: (given) => fieldsOf(node).forEach((field, i) => field.put(given[i] ?? "")) };
}

function choice(setup, prefix) {
  const node = element("fieldset", { class: "sc-options" }, element("legend", {}, "Your answer"),
    ...setup.options.map((option, i) => element("span", { class: "sc-tool" },
      element("input", { type: "radio", name: prefix, id: `${prefix}-${i}`, value: option }),
      element("label", { for: `${prefix}-${i}` }, option))));
  const fill = (given) => { for (const radio of node.querySelectorAll("input")) radio.checked = radio.value === given; };
  return { node, value: () => node.querySelector(":checked")?.value ?? null, fill };
}

function ranking(setup, prefix) {
  const places = setup.options.map((_, i) => String(i + 1));
  const node = element("fieldset", { class: "sc-options" }, element("legend", {}, "Place of each, 1 is first"),
    ...setup.options.map((option, i) => element("span", { class: "sc-tool" },
      element("select", { id: `${prefix}-${i}` }, element("option", { value: "" }, "–"), ...places.map((place) => element("option", { value: place }, place))),
      element("label", { for: `${prefix}-${i}` }, option))));
  // An order only if each place is given once; otherwise the kernel asks for it.
  const value = () => {
    const given = [...node.querySelectorAll("select")].map((select) => select.value);
    return places.map((place) => setup.options[given.indexOf(place)] ?? null);
  };
  const fill = (given) => given.forEach((option, i) => { if (option) node.querySelectorAll("select")[setup.options.indexOf(option)].value = places[i]; });
  return { node, value, fill };
}

function render({ model, el }) {
  const { setup, state: first, send, mount } = connected(model);
  const prefix = unique("scx");
  const fields = { number, range, choice, ranking }[setup.kind](setup, prefix);
  const submit = (event) => {
    event.preventDefault();
    send({ kind: "answer", value: fields.value(), unit: units()?.value ?? setup.units[0] ?? "" });
  };
  const units = () => fields.node.querySelector(".sc-unit-of-answer");
  const feedback = element("p", { class: "sc-feedback", role: "status" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const hints = element("ol");
  const hint = button("Hint", () => send({ kind: "hint" }));
  const solution = element("p");
  const worked = element("details", { ontoggle: () => { if (worked.open) send({ kind: "solution" }); } },
    element("summary", {}, "Worked solution"), solution);
  const root = element("section", { class: "sc-panel sc-check", "aria-label": `Exercise ${setup.id}` },
    element("p", {}, element("b", {}, `Exercise ${setup.id}. `), setup.question),
    sendOnEnter(element("form", { class: "sc-tools", onsubmit: submit, novalidate: true }, fields.node, element("button", { type: "submit" }, "Check"), hint)),
    feedback, notice, hints, worked);

  function show(state) {
    feedback.textContent = state.feedback ? `${state.right ? "✓" : "✗"} ${state.feedback}` : "";
    hints.replaceChildren(...state.hints.map((text) => element("li", {}, text)));
    hint.textContent = ["Hint", "Second hint", "No more hints"][state.hints.length];
    hint.toggleAttribute("disabled", state.hints.length > 1);
    solution.textContent = state.solution;
    notice.textContent = state.notice;
  }
  // After a reload of the page the answer stands there again, beside what was said of it.
  const { given, unit: chosen } = first;
  if (given !== null) fields.fill(given);
  if (chosen && units()) units().value = chosen;
  return mount(el, root, show);
}

export default { render };
