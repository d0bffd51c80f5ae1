// Statements as cards: the learner's verdict goes to the kernel, and the verdict of the course comes back with its reason.

import { button, element, labelled, say, unique } from "./dom.js";
import { connected } from "./kernel.js";

const PAUSE = 250; // milliseconds without a key, after which a search begins

// What a verdict rests on: each part with its head, and the source as a link.
const rests = (parts) => element("dl", { class: "sc-rests" }, ...parts.flatMap(({ head, text, address }) => [
  element("dt", {}, head),
  element("dd", {}, address ? element("a", { href: address, target: "_blank", rel: "noopener" }, text) : text)]));

function turned({ answer }) {
  const pill = element("span", { class: `sc-pill sc-is-${answer.pill}` },
    element("span", { "aria-hidden": "true" }, answer.sign), ` ${answer.word}`);
  return [element("p", { class: "sc-verdict" }, pill, ...(answer.mine ? [" ", element("span", { class: "sc-mine" }, answer.mine)] : [])),
    element("p", {}, answer.text),
    element("details", {}, element("summary", {}, "How this was decided"), rests(answer.rests))];
}

function cardOf(first, words, send) {
  const head = element("p", { id: unique("scv"), class: "sc-statement" }, first.text);
  const by = element("p", { class: "sc-said" }, first.by);
  const judge = words.map(({ word, sign }) => button("", () => send({ kind: "judge", id: first.id, word }), { class: "sc-word" }));
  judge.forEach((node, i) => node.append(element("span", { "aria-hidden": "true" }, words[i].sign), ` ${words[i].word}`));
  const buttons = element("div", { class: "sc-judge", role: "group", "aria-label": "Your verdict" },
    ...judge, button("Show the verdict", () => send({ kind: "turn", id: first.id }), { class: "sc-plain" }));
  const answer = element("div", { class: "sc-answer", tabindex: "-1", role: "group", "aria-label": "Verdict of the course" });
  const node = element("article", { class: "sc-card", "aria-labelledby": head.id }, head, by, buttons, answer);
  let drawn = "";
  const show = (card) => {
    const now = JSON.stringify(card);
    if (now === drawn) return;
    drawn = now;
    // Who pressed one of the buttons, which go, reads on at what has come in their place.
    const leaving = buttons.contains(document.activeElement);
    buttons.hidden = Boolean(card.answer);
    answer.hidden = !card.answer;
    answer.replaceChildren(...(card.answer ? turned(card) : []));
    if (card.answer && leaving) answer.focus();
  };
  return { node, show };
}

function render({ model, el }) {
  const { setup, send, mount } = connected(model);
  const prefix = unique("scv");
  const cards = new Map();
  const narrow = (chosen) => send({ kind: "narrow", chosen });
  const lists = setup.lists.map(({ id, label, options }) => {
    const select = element("select", { id: `${prefix}-${id}`, onchange: () => narrow({ [id]: select.value }) },
      ...options.map((option) => element("option", { value: option }, option)));
    return { id, select, node: labelled(label, select) };
  });
  let pause;
  const search = element("input", { id: `${prefix}-search`, type: "search", maxlength: setup.longest, autocomplete: "off" });
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => narrow({ search: search.value }), PAUSE);
  });
  const filters = element("div", { class: "sc-tools", role: "search", "aria-label": "Narrow the statements down" },
    labelled("Search", search), ...lists.map(({ node }) => node));
  filters.hidden = !setup.search;
  const told = element("p", { class: "sc-told", role: "status" });
  const count = element("p", { class: "sc-counted", role: "status" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const all = button("Show all verdicts", () => send({ kind: "turn all" }), { class: "sc-plain" });
  const list = element("div", { class: "sc-cards" });
  const more = button("", () => send({ kind: "more" }));
  const root = element("section", { class: "sc-panel sc-verdicts", "aria-label": setup.title },
    element("div", { class: "sc-verdicts-head" }, element("p", { class: "sc-title" }, setup.title), all), filters, count, told, notice, list, more);

  function show(state) {
    for (const { id, select } of lists) select.value = state.chosen[id];
    if (search !== document.activeElement) search.value = state.chosen.search ?? "";
    say(count, state.count);
    say(told, state.told);
    say(notice, state.notice);
    all.hidden = !state.closed;
    more.hidden = state.more <= 0;
    more.textContent = `Show ${state.more} more`;
    const nodes = state.cards.map((card) => {
      if (!cards.has(card.id)) cards.set(card.id, cardOf(card, setup.words, send));
      cards.get(card.id).show(card);
      return cards.get(card.id).node;
    });
    // Nodes that stay where they are keep the focus.
    if (nodes.length !== list.children.length || nodes.some((node, i) => node !== list.children[i])) list.replaceChildren(...nodes);
  }
  const leave = mount(el, root, show);
  return () => {
    clearTimeout(pause);
    leave();
  };
}

export default { render };
