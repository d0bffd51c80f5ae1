// The kernel of exercises in a page: controls/checks.py, with the graph of its exercises in the place of Python.

import { Refused } from "./accept.js";
import { Speaking } from "./answering.js";
import { strip } from "./axis.js";
import { drawn } from "./cases.js";
import { today } from "./dates.js";
import { judged, rangeIn } from "./judge.js";
import { opened } from "./sealed.js";
import { sentence } from "./spoken.js";
import { Told } from "./told.js";

const TURNS = 200; // in which a fair case must be found
const CARD = { feedback: "", right: null, hints: [], solution: "", given: null, unit: "", strip: null };

export class ExerciseKernel extends Speaking {
  constructor(data, files, learner) {
    super(data, files, learner);
    this.told = new Told(data.told, null, (name) => learner.engines.get(name));
    this.number = data.cards.some(({ vary, pool }) => vary.length || pool.length) ? learner.case() : 0;
    this.cards = new Map(data.cards.map((card) => [card.id, { ...card, ...this.caseOf(card) }]));
    const shown = (card) => ({ id: card.id, kind: card.kind, question: this.at(card, card.parts.question), units: card.units, options: card.options, case: card.shown });
    this.state._setup = this.speech.forPage({ name: data.name, cards: [...this.cards.values()].map(shown) });
    const cards = Object.fromEntries([...this.cards.keys()].map((id) => [id, { ...CARD }]));
    this.put({ cards, done: this.done(), notice: "" }, 0);
  }

  // The numbers of a card's case, as the graph takes them, and the number of the case.
  caseOf(card) {
    const { id, vary, pool, parts } = card;
    if (pool.length) return { inputs: { place: this.number % pool.length }, shown: String(pool[this.number % pool.length]) };
    if (!vary.length) return { inputs: {}, shown: "" };
    for (let turn = 0; turn < TURNS; turn += 1) {
      const inputs = Object.fromEntries(Object.entries(drawn(vary, this.number, id, turn)).map(([name, x]) => [`value ${name}`, x]));
      if (this.told.some(inputs)(parts.fair)) return { inputs, shown: String(this.number) };
    }
    throw new Error(`exercise ${id}: none of ${TURNS} cases is fair`);
  }

  // A part of a card's graph, for its case or for the panel of its model as it is set now.
  at(card, place, more = {}) {
    const { inputs, follows } = card;
    if (!follows) return this.told.some({ ...inputs, ...more })(place);
    const values = this.learner.valuesOf(follows) ?? this.data.start[follows];
    return this.told.some({ ...Object.fromEntries(Object.entries(values).map(([id, x]) => [`value ${id}`, x])), ...more })(place);
  }

  done() {
    const kept = this.learner.kept("exercises");
    const word = ({ solved, tries } = {}) => (solved ? "solved" : tries ? "tried" : "open");
    return Object.fromEntries([...this.cards.keys()].map((id) => [id, word(kept[id])]));
  }

  answered({ kind, id = this.cards.keys().next().value, value = null, unit = "" }) {
    const card = this.cards.get(id);
    if (!card || !["answer", "hint", "solution"].includes(kind)) return undefined;
    const state = { ...this.state._state.cards[id] }, record = { ...this.learner.kept("exercises")[id] };
    try {
      if (kind === "answer") this.judge(card, value, unit, state, record);
      else if (kind === "hint") {
        state.hints = card.hints.slice(0, state.hints.length + 1).map(opened);
        record.hints = Math.max(record.hints ?? 0, state.hints.length);
      } else {
        state.solution = this.at(card, card.parts.solution);
        record.solution_seen = true;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      Object.assign(state, { feedback: sentence(error.message), right: null });
    }
    const notice = this.learner.keep("exercises", { [id]: record }) ? "" : this.data.words.notKept;
    const done = { ...this.done(), ...(state.right ? { [id]: "solved" } : {}) };
    return { cards: { ...this.state._state.cards, [id]: state }, done, notice };
  }

  judge(card, value, unit, state, record) {
    const { words } = this.data, at = (place, more) => this.at(card, place, more);
    Object.assign(state, { given: value, unit, strip: null });
    const [right, feedback] = judged(card, value, unit, words, at);
    record.tries = (record.tries ?? 0) + 1;
    if (right) record.solved ??= today();
    Object.assign(state, { feedback, right });
    if (right && card.kind === "range") state.strip = this.beside(card, value, unit, at);
  }

  // The learner's range beside that of the model, in the learner's unit.
  beside({ factors, units, parts }, given, unit, at) {
    const { words } = this.data, factor = factors[Math.max(0, units.indexOf(unit))] ?? 1;
    const value = at(parts.truth) / factor, ends = at(parts.ends).map((end) => end / factor);
    return strip(words.labels, unit, value, ends, null, rangeIn(given, unit, words.asked), "answer", Math.abs(value) >= 10 ? 0 : 2);
  }
}
