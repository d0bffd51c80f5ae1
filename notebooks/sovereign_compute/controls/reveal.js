// What the lesson finds, in the browser: each answer beside the learner's guess. Without a guess it is asked for, and
// before that nothing here knows it.

import { button, element } from "./dom.js";
import { connected } from "./kernel.js";
import { stripOf } from "./strip.js";

function render({ model, el }) {
  const { setup, send, mount } = connected(model);
  const cards = setup.cards.map(({ id, question }) => {
    const answer = element("div", { "aria-live": "polite" });
    const ask = button("Show the answer", () => send({ kind: "answer", id }));
    const asking = element("div", { class: "sc-tools" }, ask, element("span", { class: "sc-muted" }, "You have kept no guess. Would you like to guess first?"));
    return { id, answer, asking, shown: "", node: element("div", { class: "sc-card" }, element("p", { class: "sc-question" }, question), asking, answer) };
  });
  const root = element("section", { class: "sc-panel", "aria-label": "What we found" }, ...cards.map(({ node }) => node));

  function show(state) {
    if (state.late) send({ kind: "show" });
    for (const card of cards) {
      const found = state.found[card.id];
      card.asking.hidden = found !== undefined || state.late;
      const now = JSON.stringify(found);
      if (card.shown === now) continue; // what has not changed is left alone
      card.shown = now;
      card.answer.replaceChildren(...(found
        ? [stripOf(found.strip), element("p", { class: "sc-sentence" }, found.sentence), element("p", { class: "sc-muted" }, found.source)] : []));
    }
  }
  return mount(el, root, show);
}

export default { render };
