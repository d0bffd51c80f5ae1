// Fields for numbers, and when what is typed into a field counts.

import { element } from "./dom.js";

// A field for a number. A browser's own turns with the wheel, hides what it cannot read and leaves out what it does not
// know (1,5 became 15). So this one holds a text, which goes to the kernel as it is and is read there, in one place. The
// arrow keys step as in a browser's own, along `stops` where there are some; `put` shows a number.
export function numberField({ min, max, step, stops = [], ...attributes }) {
  const field = element("input", { type: "text", role: "spinbutton", autocomplete: "off", spellcheck: "false",
    inputmode: min < 0 ? undefined : "decimal", "aria-valuemin": min, "aria-valuemax": max, ...attributes });
  const speak = () => {
    const plain = field.value.trim() !== "" && Number.isFinite(Number(field.value));
    for (const [name, text] of [["aria-valuenow", plain && Number(field.value)], ["aria-valuetext", !plain && field.value]])
      if (text === false || text === "") field.removeAttribute(name); else field.setAttribute(name, text);
  };
  field.put = (value) => { field.value = value; speak(); };
  field.addEventListener("input", speak);
  field.addEventListener("keydown", (event) => {
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!up || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const value = Number(field.value);
    // What only the kernel can read goes there first.
    if (Number.isFinite(value)) {
      field.put(stepped(value, up, { min, max, step, stops }));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return field;
}

// The next value up (1) or down (−1): on the grid that starts at `min`, or one more or less where there is no step.
function stepped(value, up, { min, max, step, stops }) {
  const beyond = (stop) => up * (stop - value) > 1e-9 * Math.abs(value);
  if (stops.length) return (up > 0 ? stops.find(beyond) : stops.findLast(beyond)) ?? value;
  const places = (value - (min ?? 0)) / (step ?? 1);
  const near = Math.round(places);
  const on = !step || Math.abs(places - near) < 1e-6;
  const to = (min ?? 0) + (step ?? 1) * (on ? (step ? near : places) + up : up > 0 ? Math.ceil(places) : Math.floor(places));
  return Number(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, to)).toPrecision(12));
}

// What a field holds, for the kernel to read; null if it is empty.
export const typedIn = (field) => (field.value.trim() === "" ? null : field.value);

// JupyterLab takes Enter away from the fields of an output: the browser then neither commits a number nor sends a form.
// So what is typed counts when the field is left or the key is seen here.
export function onTyped(field, send) {
  const commit = () => {
    if (!field.typing) return;
    field.typing = false;
    send();
  };
  field.addEventListener("input", () => { field.typing = true; });
  field.addEventListener("change", commit);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") commit(); });
}

export function sendOnEnter(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}
