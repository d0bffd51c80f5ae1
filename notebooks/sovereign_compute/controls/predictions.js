// The prediction form in the browser: numbers go to the kernel, which keeps or refuses each of them. Nothing here knows an
// answer; guesses come back in the panel and beside what the lesson finds.

import { button, element, unique } from "./dom.js";
import { numberField, sendOnEnter, typedIn } from "./fields.js";
import { connected } from "./kernel.js";

const SURE = "A range you are 90 % sure contains the answer:";

function render({ model, el }) {
  const prefix = unique("scp");
  const { setup, state: first, get, send, mount } = connected(model);
  const rows = setup.fields.map((field) => {
    const id = `${prefix}-${field.id}`;
    const number = (name, describe) => numberField({ id: name, "aria-describedby": `${id}-error`, ...describe });
    const input = number(id, {});
    const ends = ["low", "high"].map((end) => number(`${id}-${end}`, { "aria-labelledby": `${id}-range ${id}-${end}-label ${id}-question` }));
    const [low, high] = ["from", "to"].map((word, place) => element("label", { for: ends[place].id, id: `${ends[place].id}-label` }, word));
    const error = element("span", { class: "sc-error", role: "alert", id: `${id}-error` });
    const range = element("div", { class: "sc-tools sc-guess-range" }, element("span", { id: `${id}-range` }, SURE), low, ends[0], high, ends[1],
      element("span", { class: "sc-muted" }, "(if you like)"));
    // First the number; the range is offered once there is one.
    const offer = () => { range.hidden = [input, ...ends].every((one) => typedIn(one) === null); };
    input.addEventListener("input", offer);
    return { field, input, ends, error, offer, node: element("div", { class: "sc-card sc-guessing" },
      element("label", { for: id, id: `${id}-question`, class: "sc-question" }, field.question),
      element("div", { class: "sc-tools" }, input, element("span", {}, field.unit)), range, error) };
  });
  const notice = element("p", { role: "status" });
  // For whoever collects what a class thinks: nothing is sent by itself.
  const code = element("input", { type: "text", id: `${prefix}-code`, class: "sc-code", readonly: true, "aria-describedby": `${prefix}-code-help` });
  const copied = element("span", { role: "status" });
  const copy = button("Copy", async () => {
    code.select();
    try {
      await navigator.clipboard.writeText(code.value);
      copied.textContent = "Copied.";
    } catch { // a page that is no secure one may not write there
      copied.textContent = "Press Ctrl+C to copy it.";
    }
  });
  const coded = element("div", { class: "sc-tools" }, element("label", { for: code.id }, "Your guess code"), code, copy, copied,
    element("span", { id: `${prefix}-code-help`, class: "sc-muted" }, "It holds these guesses and ranges, and no name. Hand it in if your class collects guesses."));
  // Where a class has a folder on its hub: what is in it is there because somebody pressed a button.
  const handed = element("span", { role: "status" });
  const handIn = button("Hand in my guesses", () => send({ kind: "hand in" }));
  const takeBack = button("Take back all I handed in", () => send({ kind: "take back" }));
  const helped = element("span", { id: `${prefix}-class-help`, class: "sc-muted" }, "The class gets the code, and no name with it. "
    + "Whoever runs the hub could see which account wrote it.");
  for (const control of [handIn, takeBack]) control.setAttribute("aria-describedby", helped.id);
  const inClass = element("div", { class: "sc-tools" }, handIn, takeBack, handed, helped);
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(rows.map(({ field, input }) => [field.id, typedIn(input)]));
    const ranges = Object.fromEntries(rows.map(({ field, ends }) => [field.id, ends.map(typedIn)]));
    send({ kind: "keep", values, ranges });
  };
  const root = element("section", { class: "sc-panel", "aria-label": "Your predictions" },
    sendOnEnter(element("form", { onsubmit: submit, novalidate: true }, ...rows.map((row) => row.node),
      element("div", { class: "sc-tools sc-keep-guesses" },
        element("button", { type: "submit" }, rows.length > 1 ? "Keep my guesses" : "Keep my guess"), notice), coded, inClass)));

  function show(state) {
    for (const { field, input, ends, error, offer } of rows) {
      if (field.id in state.values && !state.errors[field.id]) input.put(state.values[field.id]);
      if (field.id in state.ranges && !state.errors[field.id]) ends.forEach((end, place) => { end.put(state.ranges[field.id][place]); });
      error.textContent = state.errors[field.id] ?? "";
      input.setAttribute("aria-invalid", field.id in state.errors ? "true" : "false");
      offer();
    }
    notice.textContent = state.notice;
    if (code.value !== get("_code")) copied.textContent = "";
    code.value = get("_code");
    coded.hidden = !code.value;
    const theirs = get("_handed") ?? {}; // a page without a kernel has no class
    inClass.hidden = !theirs.said;
    takeBack.toggleAttribute("disabled", !theirs.any);
    if (handed.textContent !== (theirs.said ?? "")) handed.textContent = theirs.said ?? "";
  }
  // After a reload of the page, what was refused is there again beside the reason.
  const { refused } = first;
  for (const { field, input, ends } of rows) (refused[field.id] ?? []).forEach((text, place) => [input, ...ends][place].put(text ?? ""));
  return mount(el, root, show);
}

export default { render };
