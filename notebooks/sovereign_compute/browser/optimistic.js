// What a page shows of a move before the kernel has answered it, from a model and its views as browser/optimistic.py gives them.

import { accept, accepting, Refused } from "./accept.js";
import { Engine } from "./engine.js";
import { shown } from "./shown.js";
import { Speech } from "./spoken.js";
import { inputsOf, Told } from "./told.js";

export class Optimist {
  // `setup` is that of the panel.
  constructor(data, setup) {
    this.engine = new Engine(data.model);
    this.inputs = new Map(accepting(setup.inputs, data.accept).map((input) => [input.id, input]));
    this.guesses = data.guesses;
    this.speech = new Speech(data);
  }

  // One view of the model, for `after`.
  view(told) { return new Told(told, this.engine); }

  // The values of a state and those set since; nothing where all of these are refused, as the kernel has the words for it.
  moved({ values }, moves) {
    const found = {};
    for (const [id, value] of moves.flatMap((move) => Object.entries(move.values))) {
      try {
        found[id] = accept(this.inputs.get(id), value);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    return Object.keys(found).length ? { ...values, ...found } : null;
  }

  // A state of the kernel's after some moves, as far as they change it at once. `whole` says whether its band is in it: that
  // of a long model comes with the kernel's answer. Nothing where there is something that is no number.
  after(view, state, { band, compared, guesses }, moves) {
    const values = this.moved(state, moves);
    if (!values) return null;
    const asked = state.band || !band, drawn = asked && !this.engine.long;
    const inputs = inputsOf(this.engine, values, { ...this.engine.course, ...compared.changes }, drawn, compared.name);
    const found = shown(view.of(inputs), inputs, guesses, this.guesses, this.speech);
    if (Object.values(found.rows).some((column) => column.some(Number.isNaN))) return null;
    return { whole: drawn === asked, state: { ...state, ...found, values, headline: { ...found.headline, guess: state.headline.guess } } };
  }
}
