// The moves that a lesson suggests, docked to its panel: one at a time, with what one should have seen one click away.

import { button, element, say } from "./dom.js";

export function dock(kernel, prefix) {
  const { moves } = kernel.setup;
  const told = new Map(); // what the kernel has told of a move, by its place
  let at = 0;
  const steps = moves.map(({ title }, i) =>
    button(String(i + 1), () => turn(i), { "aria-label": `Move ${i + 1}: ${title}`, "aria-controls": `${prefix}-move` }));
  const title = element("b");
  const text = element("span");
  // Names of presets stand between asterisks, as in the notebooks.
  const marked = (told) => told.split("*").map((part, i) => (i % 2 ? element("em", {}, part) : part));
  const load = button("", () => kernel.send({ kind: "preset", id: moves[at].preset }));
  const seen = element("p", { class: "sc-seen", id: `${prefix}-seen`, role: "status", hidden: true });
  const open = button("What you should have seen", () => {
    if (open.getAttribute("aria-expanded") === "true") show(false);
    else if (told.has(at)) show(true);
    else kernel.send({ kind: "seen", move: at });
  }, { "aria-expanded": "false", "aria-controls": seen.id });
  const node = element("div", { class: "sc-moves", role: "group", "aria-label": "Moves to try" },
    element("div", { class: "sc-steps" }, ...steps),
    element("div", { class: "sc-move", id: `${prefix}-move`, "aria-live": "polite" }, element("p", {}, title, " ", text)),
    element("div", { class: "sc-move-tools" }, load, open), seen);

  function show(unfolded) {
    open.setAttribute("aria-expanded", String(unfolded));
    seen.hidden = !unfolded;
    say(seen, unfolded ? told.get(at) : "");
  }
  function turn(to) {
    at = to;
    steps.forEach((step, i) => step.setAttribute("aria-pressed", String(i === at)));
    say(title, /[.?!]$/.test(moves[at].title) ? moves[at].title : `${moves[at].title}.`);
    text.replaceChildren(...marked(moves[at].text));
    load.hidden = !moves[at].preset;
    say(load, `Load “${moves[at].label}”`);
    show(false);
    mark(kernel.state);
  }
  function mark({ preset }) {
    load.setAttribute("aria-pressed", String(preset.id === moves[at].preset));
  }
  if (moves.length) turn(0);
  return {
    nodes: moves.length ? [node] : [],
    show(state) {
      if (!moves.length) return;
      mark(state);
      if (!state.seen || told.has(state.seen.move)) return;
      told.set(state.seen.move, state.seen.text);
      if (state.seen.move === at) show(true);
    },
  };
}
