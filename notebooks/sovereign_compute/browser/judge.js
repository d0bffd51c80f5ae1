// How an answer is judged: the graph of controls/exercises.py says it; what is no answer is refused here, as there.

import { numberIn, Refused } from "./accept.js";
import { filled } from "./spoken.js";

// What was typed as a number: as_number of controls/exercises.py.
export function asNumber(given, unit, asked, ...limits) {
  const found = typeof given === "string" && given.trim() ? numberIn(given, unit, ...limits) : given;
  if (!Number.isFinite(found)) throw new Refused(asked.number);
  return found;
}

export function rangeIn(given, unit, asked) {
  const [low, high] = (Array.isArray(given) && given.length === 2 ? given : [null, null]).map((end) => asNumber(end, unit, asked));
  if (low > high) throw new Refused(asked.range);
  return [low, high];
}

function ranking(card, given, truth, { asked, inOrder, outOfOrder }) {
  const sorted = (list) => [...list].map(String).sort().join("\n");
  if (!Array.isArray(given) || sorted(given) !== sorted(card.options)) throw new Refused(asked.ranking);
  const place = (option) => truth.indexOf(option);
  const wrong = given.findIndex((option, i) => i + 1 < given.length && place(option) > place(given[i + 1]));
  if (wrong < 0) return [true, inOrder];
  const pairs = given.flatMap((first, i) => given.slice(i + 1).map((second) => place(first) < place(second)));
  return [false, filled(outOfOrder, { first: given[wrong], second: given[wrong + 1], right: pairs.filter(Boolean).length, pairs: pairs.length })];
}

// Whether an answer is right, and what to say. `at` computes a part of the graph for the case and for what was given.
export function judged(card, given, unit, words, at) {
  const which = Math.max(0, card.units.indexOf(unit)), { parts } = card;
  const said = (place, more) => {
    const [right, says] = at(place, more);
    return [Boolean(right), says];
  };
  switch (card.kind) {
    case "ranking": return ranking(card, given, at(parts.truth), words);
    case "choice":
      if (!card.options.includes(given)) throw new Refused(words.asked.choice);
      return said(parts.judge[card.options.indexOf(given)]);
    case "range": {
      const [low, high] = rangeIn(given, unit, words.asked);
      return said(parts.judge[which], { "given low": low, "given high": high });
    }
    default: return said(parts.judge[which], { given: asNumber(given, unit, words.asked) });
  }
}
