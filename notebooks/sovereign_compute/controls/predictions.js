// The prediction form in the browser: numbers go to the kernel, which keeps or refuses each of them. What the course finds
// comes back with a guess that was kept; before, nothing here knows it.

import { element, unique } from "./dom.js";
import { numberField, sendOnEnter, typedIn } from "./fields.js";
import { connected } from "./kernel.js";

// Guess and finding on one line each, with their ranges; the words beside them say the same.
function revealed(found) {
  const percent = (from, to) => `left: ${from}%` + (to === undefined ? "" : `; width: ${to - from}%`);
  const line = ({ name, words, at, reach }, i) => element("div", { class: "sc-found-line" }, element("span", {}, name),
    element("span", { class: "sc-track", "aria-hidden": "true" }, ...(reach.length ? [element("span", { class: "sc-reach", style: percent(...reach) })] : []),
      element("span", { class: i ? "sc-at sc-course" : "sc-at", style: percent(at) })), element("span", {}, words));
  return [element("p", {}, element("b", {}, found.sentence)), ...found.lines.map(line), element("p", { class: "sc-source" }, found.source)];
}

function render({ model, el }) {
  const prefix = unique("scp");
  const { setup, state: first, send, mount } = connected(model);
  const rows = setup.fields.map((field) => {
    const id = `${prefix}-${field.id}`;
    const number = (name, describe) => numberField({ id: name, "aria-describedby": `${id}-error`, ...describe });
    const input = number(id, {});
    const ends = ["low", "high"].map((end) => number(`${id}-${end}`, { "aria-labelledby": `${id}-range ${id}-${end}-label ${id}-question` }));
    const [low, high] = ["from", "to"].map((word, place) => element("label", { for: ends[place].id, id: `${ends[place].id}-label` }, word));
    const error = element("span", { class: "sc-error", role: "alert", id: `${id}-error` });
    const reveal = element("div", { class: "sc-found", "aria-live": "polite" });
    return { field, input, ends, error, reveal, node: element("div", { class: "sc-row" },
      element("label", { for: id, id: `${id}-question` }, field.question),
      element("span", { class: "sc-entry" }, input, element("span", { class: "sc-unit" }, field.unit)),
      element("span", { class: "sc-entry sc-range" }, element("span", { id: `${id}-range` }, "90 % sure:"), low, ends[0], high, ends[1]), error, reveal) };
  });
  const notice = element("p", { role: "status" });
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(rows.map(({ field, input }) => [field.id, typedIn(input)]));
    const ranges = Object.fromEntries(rows.map(({ field, ends }) => [field.id, ends.map(typedIn)]));
    send({ kind: "keep", values, ranges });
  };
  const root = element("section", { class: "sc-panel", "aria-label": "Your predictions" },
    sendOnEnter(element("form", { onsubmit: submit, novalidate: true }, ...rows.map((row) => row.node),
      element("button", { type: "submit" }, rows.length > 1 ? "Keep my predictions" : "Keep my prediction"), notice)));

  function show(state) {
    for (const { field, input, ends, error, reveal } of rows) {
      if (field.id in state.values && !state.errors[field.id]) input.put(state.values[field.id]);
      if (field.id in state.ranges && !state.errors[field.id]) ends.forEach((end, place) => { end.put(state.ranges[field.id][place]); });
      error.textContent = state.errors[field.id] ?? "";
      reveal.replaceChildren(...(field.id in state.found ? revealed(state.found[field.id]) : []));
      input.setAttribute("aria-invalid", field.id in state.errors ? "true" : "false");
    }
    notice.textContent = state.notice;
  }
  // After a reload of the page, what was refused stands there again beside the reason.
  const { refused } = first;
  for (const { field, input, ends } of rows) (refused[field.id] ?? []).forEach((text, place) => [input, ...ends][place].put(text ?? ""));
  return mount(el, root, show);
}

export default { render };
