// The founder game in the browser: decisions go up; where the firm is, its curves and, after the end, what luck did come down.

import { liveChart } from "./chart.js";
import { button, element, labelled, say, tableOf, unique } from "./dom.js";
import { exportPicture } from "./export.js";
import { numberField } from "./fields.js";
import { connected } from "./kernel.js";

const table = (caption, names, rows) =>
  element("div", { class: "sc-table sc-scroll", tabindex: "0", role: "group", "aria-label": caption }, tableOf(caption, names, rows, true));

// A set of choices, each with options of which one is taken. Options are made anew only where they are others: who chooses
// by key keeps the focus.
function choiceSet(prefix, changed = () => {}) {
  const node = element("div", { class: "sc-choices" });
  let known = "";
  const option = (id) => ([value, name, detail], i) => {
    const field = element("input", { type: "radio", id: `${prefix}-${id}-${value}`, name: `${prefix}-${id}`, value, checked: !i, onchange: () => changed() });
    return element("label", { class: "sc-choice", for: field.id }, field,
      element("span", {}, name, element("span", { class: "sc-unit" }, detail ? ` ${detail}` : "")));
  };
  function show(key, choices) {
    if (known === (known = JSON.stringify([key, choices]))) return;
    node.replaceChildren(...choices.map(({ id, label, options }) => element("fieldset", { "data-id": id },
      element("legend", {}, label), ...options.map(option(id)))));
  }
  const sets = () => [...node.children];
  const taken = () => Object.fromEntries(sets().map((set) => [set.dataset.id, set.querySelector("input:checked").value]));
  const take = (given) => {
    for (const set of sets()) {
      for (const field of set.querySelectorAll("input")) field.checked = field.value === given[set.dataset.id];
    }
  };
  return { node, show, taken, take };
}

// The quarters in a row: how far one is; after the end a button for each, which says what its decision cost.
function trackOf(quarters, send) {
  const node = element("ol", { class: "sc-track", "aria-label": "Quarters" });
  const step = (i, now) => element("li", { class: i < now ? "sc-done" : i === now ? "sc-now" : "", "aria-current": i === now && "step" }, String(i + 1));
  const judged = (asked) => ([quarter, lost]) => {
    const word = lost ? `the decision cost ${lost} million EUR` : "the best decision";
    const ask = button("", () => send({ kind: "what if", quarter }),
      { "aria-label": `Quarter ${quarter}: ${word}`, "aria-pressed": String(asked === Number(quarter)), title: `Quarter ${quarter}: ${word}` });
    ask.append(element("b", {}, quarter), element("span", {}, lost ? `−${lost}` : "✓"));
    return element("li", { class: lost ? "sc-cost" : "sc-right" }, ask);
  };
  let known = "";
  function show({ track, played, other, number }) {
    if (known === (known = JSON.stringify([number, track, played]))) {
      node.querySelectorAll("button").forEach((ask, i) => ask.setAttribute("aria-pressed", String(other?.quarter === i + 1)));
      return;
    }
    node.replaceChildren(...(track.length ? track.map(judged(other?.quarter)) : Array.from({ length: quarters }, (_, i) => step(i, played))));
  }
  return { node, show };
}

// What another decision would have brought.
function otherDecision(prefix, follows, send) {
  const title = element("p", { class: "sc-title" }), had = element("p"), text = element("p", { class: "sc-feedback", role: "status" });
  let now = null;
  const ask = () => send({ kind: "what if", quarter: now.quarter, ...choices.taken() });
  const choices = choiceSet(prefix, ask);
  const best = button("Take the best decision", () => {
    choices.take({ ...choices.taken(), ...now.best });
    ask();
  });
  const node = element("div", { class: "sc-other", role: "group", "aria-label": "What if?" }, title, had, choices.node, best, text);
  function show(other) {
    node.hidden = !other;
    now = other;
    if (!other) {
      choices.show("", []);
      return;
    }
    say(title, other.title);
    say(had, other.had);
    choices.show(other.quarter, [...other.choices, { id: "then", label: "Afterwards", options: follows.map(([id, words]) => [id, words, ""]) }]);
    choices.take({ ...other.given, then: other.then });
    best.hidden = JSON.stringify(other.best) === JSON.stringify(other.yours);
    say(text, other.text);
  }
  return { node, show };
}

// What came out and how it came about: expected, and what luck and decisions made of it.
function resultOf(v, line) {
  const part = ([words, value, kind]) => element("span", { class: `sc-part sc-of-${kind || "start"}` }, element("b", {}, value), ` ${words}`);
  return [
    element("p", { class: "sc-headline" }, element("strong", {}, v.got), element("span", { class: "sc-of" }, "million EUR for your founders")),
    element("p", { class: "sc-parts", "aria-hidden": "true" }, ...v.parts.map(part)),
    element("p", {}, v.text), element("p", {}, v.worst),
    element("p", {}, "To compare: ", element("b", {}, line)),
  ];
}

function render({ model, el }) {
  const kernel = connected(model);
  const { setup, send, mount } = kernel;
  const prefix = unique("scf");
  const curves = liveChart(kernel);
  let begun = false;

  const title = element("p", { class: "sc-title" });
  const field = numberField({ id: `${prefix}-number`, min: 1, max: setup.most, step: 1, style: "width: 5em" });
  const fresh = element("div", { class: "sc-tools" }, labelled("Number of the game", field),
    button("New game", () => send({ kind: "new", number: field.value })));
  const track = trackOf(setup.quarters, send);
  const hint = element("p", { class: "sc-start" }, "Choose a quarter above, and see what another decision would have brought.");
  const facts = element("ul", { class: "sc-facts", "aria-label": "Where you stand" });
  const choices = choiceSet(prefix);
  const decide = button("Decide", () => send({ kind: "decide", ...choices.taken() }), { class: "sc-decide" });
  const says = element("p", { class: "sc-feedback", role: "status" });
  const error = element("p", { class: "sc-error", role: "alert" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const verdict = element("div", { tabindex: "-1", role: "group", "aria-label": "Result" });
  const picture = button("Save as picture", () => exportPicture(kernel, { ...setup, spec: kernel.get("_chart").spec }, "png"), { class: "sc-keep-picture" });
  const other = otherDecision(`${prefix}-other`, setup.follows, send);
  const fold = (summary) => {
    const inner = element("div");
    return { inner, node: element("details", {}, element("summary", {}, summary), inner) };
  };
  const past = fold("Quarters so far"), parts = fold("Decision and luck by quarter"), terms = fold("What a quarter costs and brings");
  const root = element("section", { class: "sc-panel sc-live sc-founder", "aria-label": "Founder game" },
    element("div", { class: "sc-head" }, element("div", { class: "sc-tools" }, title, fresh), track.node, hint),
    element("div", { class: "sc-body" },
      element("div", { class: "sc-desk" }, says, error, verdict, other.node, choices.node, decide),
      element("div", { class: "sc-figure" }, facts, curves.node, picture)),
    element("div", { class: "sc-below" }, notice, past.node, parts.node, terms.node));

  function show(state) {
    error.textContent = state.error;
    notice.textContent = state.notice;
    if (state.error) return;
    const over = !state.choices.length, leaving = over && document.activeElement === decide;
    title.textContent = state.title;
    say(says, state.text);
    field.put(state.number);
    track.show(state);
    hint.hidden = !over;
    facts.replaceChildren(...state.facts.map(([label, value, more]) => element("li", {}, element("span", { class: "sc-unit" }, label),
      element("b", {}, value), element("span", { class: "sc-unit" }, more))));
    // A button that is pressed by key keeps the focus: only what belongs to the quarter is made anew.
    choices.show([state.begun, state.played], state.choices);
    decide.hidden = over;
    const v = state.verdict;
    verdict.replaceChildren(...(v ? resultOf(v, v.line) : []));
    other.show(state.other);
    picture.hidden = !over;
    past.node.hidden = !state.history.length;
    past.inner.replaceChildren(table("Quarters so far", ["Quarter", "You decided", "What happened"], state.history));
    parts.node.hidden = !v;
    parts.inner.replaceChildren(...(v ? [table("Decision and luck by quarter, million EUR", ["Quarter", "You decided", "Best decision", "Lost by the decision", "Luck"], v.rows)] : []));
    terms.inner.replaceChildren(table("In this game", ["What", "How much", "Evidence, and P5 to P95"], state.terms));
    if (begun) curves.draw();
    else curves.start();
    begun = true;
    // The button that was pressed is gone: who plays by key goes on at the result.
    if (leaving) verdict.focus();
  }
  const unmount = mount(el, root, show);
  return () => {
    unmount();
    curves.stop();
  };
}

export default { render };
