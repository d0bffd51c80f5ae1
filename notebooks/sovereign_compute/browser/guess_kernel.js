// The kernels of the prediction form and of the answers: controls/predictions.py and controls/reveal.py in a page.

import { general, Refused } from "./accept.js";
import { Speaking } from "./answering.js";
import { strip } from "./axis.js";
import { today } from "./dates.js";
import { encoded } from "./guess_codes.js";
import { asNumber } from "./judge.js";
import { opened } from "./sealed.js";
import { filled } from "./spoken.js";
import { Told } from "./told.js";

const NAMES = ["value", "low", "high"];

export class GuessKernel extends Speaking {
  constructor(data, files, learner) {
    super(data, files, learner);
    this.state._setup = this.speech.forPage(data.setup);
    this.put(this.current({}, {}, ""), 0);
  }

  current(given, errors, notice) {
    const all = { ...this.learner.kept("predictions"), ...given };
    const kept = this.data.rows.filter(({ id }) => all[id]).map(({ id }) => [id, all[id]]);
    this.set("_code", kept.length ? encoded(Object.fromEntries(kept), this.data.rows, this.data.code) : "");
    return {
      values: Object.fromEntries(kept.map(([id, { value }]) => [id, value])),
      ranges: Object.fromEntries(kept.filter(([, entry]) => "low" in entry).map(([id, { low, high }]) => [id, [low, high]])),
      errors, refused: {}, notice,
    };
  }

  answered({ values = {}, ranges = {} }) {
    const errors = {}, kept = {}, { rows, words } = this.data;
    for (const row of rows) {
      const { id } = row, given = values[id] ?? null, ends = ranges[id] ?? [null, null];
      if (given === null && ends.every((end) => end === null)) continue;
      try {
        kept[id] = { ...this.guess(row, given, ends), on: today() };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        errors[id] = error.message;
      }
    }
    const count = Object.keys(kept).length;
    const stays = this.learner.keep("predictions", kept);
    const notice = filled(words.kept, { kept: count, of: rows.length }) + (count ? ` ${words.comesBack}` : "");
    const refused = Object.fromEntries(Object.keys(errors).map((id) => [id, [values[id] ?? null, ...ranges[id] ?? []]]));
    return { ...this.current(kept, errors, stays ? notice : words.notKept), refused };
  }

  // A guess and, if one was given, its range.
  guess({ unit, minimum, maximum }, given, ends) {
    const { refused, asked } = this.data.words, empty = ends.filter((end) => end === null).length;
    if (given === null) throw new Refused(refused.alone);
    if (empty === 1) throw new Refused(refused.half);
    const texts = empty ? [given] : [given, ...ends];
    const found = Object.fromEntries(texts.map((text, i) => [NAMES[i], asNumber(text, unit, asked, minimum, maximum)]));
    const told = Object.fromEntries(Object.entries({ ...found, minimum, maximum }).map(([name, x]) => [name, general(x)]));
    for (const [name, x] of Object.entries(found)) {
      if (!(minimum <= x && x <= maximum)) throw new Refused(filled(refused.outside, { ...told, number: told[name], unit }));
    }
    const { value, low, high } = found;
    if ("low" in found && !(low <= value && value <= high && low < high)) throw new Refused(filled(refused.order, told));
    return found;
  }
}

export class RevealKernel extends Speaking {
  constructor(data, files, learner) {
    super(data, files, learner);
    this.told = new Told(data.told);
    this.state._setup = this.speech.forPage(data.setup);
    const kept = learner.kept("predictions");
    this.put({ found: {}, asked: [], late: data.setup.cards.some(({ id }) => kept[id]) }, 0);
    learner.ears.add((section) => { if (section === "predictions") this.put({ ...this.state._state, late: true }); });
  }

  answered({ kind, id }) {
    const asked = [...this.state._state.asked], { cards } = this.data.setup, kept = this.learner.kept("predictions");
    if (kind === "answer" && cards.some((card) => card.id === id) && !asked.includes(id)) asked.push(id);
    else if (kind !== "show") return undefined;
    const shown = cards.filter((card) => kept[card.id] || asked.includes(card.id));
    return { found: Object.fromEntries(shown.map((card) => [card.id, this.beside(card.id, kept[card.id])])), asked, late: false };
  }

  // What the course finds, beside a guess if there is one.
  beside(id, guess) {
    const { parts, strips, words } = this.data, kind = !guess ? "none" : "low" in guess ? "range" : "guess";
    const [unit, value, ends, name, shown] = opened(strips[id]);
    const told = this.told.some(guess ?? {})(parts[id][kind]);
    return { ...told, strip: strip(words.labels, unit, value, ends, guess?.value ?? null, kind === "range" ? [guess.low, guess.high] : null, name, shown) };
  }
}
