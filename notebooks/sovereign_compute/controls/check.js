// Exercises in the browser: an answer goes to the kernel, feedback comes back. Nothing here knows what is right.

import { fieldsFor } from "./answers.js";
import { button, element, say, unique } from "./dom.js";
import { sendOnEnter } from "./fields.js";
import { connected } from "./kernel.js";
import { stripOf } from "./strip.js";

const SIGNS = { true: "✓", false: "✗", null: "!" };
const WORDS = { true: "Right.", false: "Not yet.", null: "No answer yet." };
const LOOKS = { true: "sc-is-good", false: "sc-is-bad", null: "sc-is-half" };
const DONE = { solved: { sign: "✓", look: "sc-is-good", word: "solved" }, tried: { sign: "✗", look: "sc-is-bad", word: "tried" }, open: { look: "", word: "open" } };

// One exercise: its node, and what shows its state.
function cardOf(card, at, of, send) {
  const prefix = unique("scx");
  const fields = fieldsFor(card, prefix);
  const units = () => fields.node.querySelector(".sc-unit-of-answer");
  const submit = (event) => {
    event.preventDefault();
    send({ kind: "answer", id: card.id, value: fields.value(), unit: units()?.value ?? card.units[0] ?? "" });
  };
  const pill = element("span", { class: "sc-pill sc-is-good" }, "✓ solved");
  const feedback = element("div", { class: "sc-feedback", role: "status" });
  const strip = element("div", {});
  const hints = element("ol");
  const hint = button("Hint", () => send({ kind: "hint", id: card.id }));
  const solution = element("p");
  const worked = element("details", { ontoggle: () => { if (worked.open) send({ kind: "solution", id: card.id }); } },
    element("summary", {}, "Worked solution"), solution);
  const node = element("section", { class: "sc-card sc-check", "aria-label": `Exercise ${card.id}`, tabindex: "-1" },
    element("div", { class: "sc-tools sc-check-head" }, element("b", {}, `Exercise ${card.id}`),
      ...(of > 1 ? [element("span", { class: "sc-muted" }, `${at} of ${of}`)] : []),
      ...(card.case ? [element("span", { class: "sc-chip" }, `Your case ${card.case}`)] : []), pill),
    element("p", { class: "sc-question" }, card.question),
    sendOnEnter(element("form", { class: "sc-tools", onsubmit: submit, novalidate: true }, fields.node,
      element("button", { type: "submit" }, "Check"), hint, worked)),
    feedback, strip, hints);
  let said = "";

  function show(state, done) {
    const shown = JSON.stringify([state.feedback, state.right]);
    if (shown !== said) { // what has not changed is left alone, or a screen reader would say it again
      said = shown;
      feedback.className = `sc-feedback ${state.feedback ? LOOKS[state.right] : ""}`;
      feedback.replaceChildren(...(state.feedback
        ? [element("b", {}, `${SIGNS[state.right]} ${WORDS[state.right]}`), ` ${state.feedback}`] : []));
    }
    strip.replaceChildren(...(state.strip ? [stripOf(state.strip)] : []));
    pill.hidden = done !== "solved";
    hints.replaceChildren(...state.hints.map((text) => element("li", {}, text)));
    hint.textContent = ["Hint", "Second hint", "No more hints"][state.hints.length];
    hint.toggleAttribute("disabled", state.hints.length > 1);
    solution.textContent = state.solution;
  }
  // After a reload of the page the answer is there again, beside what was said of it.
  function restore({ given, unit }) {
    if (given !== null) fields.fill(given);
    if (unit && units()) units().value = unit;
  }
  return { node, show, restore };
}

// How far one is: a button for each exercise, which leads to it.
function progressOf(cards) {
  const count = element("span", { role: "status" });
  const dots = cards.map(({ id, node }) => element("button", { type: "button", class: "sc-dot",
    onclick: () => { node.scrollIntoView({ block: "nearest" }); node.focus(); } }));
  const node = element("div", { class: "sc-tools sc-check-progress" }, count, element("span", { class: "sc-dots" }, ...dots));
  const show = (done) => {
    const solved = cards.filter(({ id }) => done[id] === "solved").length;
    say(count, `${solved} of ${cards.length} solved`);
    dots.forEach((dot, i) => {
      const { sign, look, word } = DONE[done[cards[i].id]];
      dot.className = `sc-dot ${look}`;
      dot.textContent = sign ?? String(i + 1);
      dot.setAttribute("aria-label", `Exercise ${cards[i].id}: ${word}`);
      dot.title = `Exercise ${cards[i].id}: ${word}`;
    });
  };
  return { node, show };
}

function render({ model, el }) {
  const { setup, state: first, send, mount } = connected(model);
  const cards = setup.cards.map((card, i) => ({ id: card.id, ...cardOf(card, i + 1, setup.cards.length, send) }));
  const notice = element("p", { class: "sc-notice", role: "status" });
  const progress = cards.length > 1 ? progressOf(cards) : null;
  const root = progress
    ? element("section", { class: "sc-panel sc-checks", "aria-label": setup.name }, progress.node, ...cards.map(({ node }) => node), notice)
    : cards[0].node;
  if (!progress) {
    root.classList.add("sc-panel");
    root.append(notice);
  }
  function show(state) {
    for (const card of cards) card.show(state.cards[card.id], state.done[card.id]);
    progress?.show(state.done);
    say(notice, state.notice);
  }
  for (const card of cards) card.restore(first.cards[card.id]);
  return mount(el, root, show);
}

export default { render };
