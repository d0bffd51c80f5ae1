// A learner's guess in the panel: in the headline, and as a mark in the chart, as display/guesses.py has them.

import { number } from "./numerals.js";
import { filled } from "./spoken.js";

// What the learner has guessed of a model, by output.
export const guesses = (kept, outputs) =>
  Object.fromEntries(Object.entries(outputs).filter(([id]) => kept[id]).map(([id, output]) => [output, kept[id]]));

export function inHeadline(kept, { guessed, within }) {
  if (!kept) return "";
  const told = Object.fromEntries(["value", "low", "high"].filter((name) => name in kept).map((name) => [name, number(kept[name])]));
  return filled(guessed, { ...told, ends: told.low === undefined ? "" : filled(within, told) });
}

// The chart with what a mark takes: `layers` has by place in the chart what comes behind its layers.
export function withMarks(spec, layers) {
  if (Array.isArray(spec)) return spec.map((part, i) => withMarks(part, layers?.[i]));
  if (!layers) return spec;
  const { added = [], ...inner } = layers;
  const found = { ...spec };
  for (const [key, more] of Object.entries(inner)) found[key] = withMarks(spec[key], more);
  if (added.length) found.layer = [...found.layer, ...added];
  return found;
}

// The rows with what was guessed by output, beside the values that are these outputs; `digits` is by output, too.
export function withGuesses(rows, inputs, guessed, { label, digits }) {
  if (!Object.keys(guessed).length || !rows.value || !rows.course) return rows;
  const known = new Map(Object.keys(guessed).map((output) =>
    [`${inputs[`scenario result ${output}`]} ${inputs[`other result ${output}`]}`, output]));
  const found = rows.value.map((value, i) => known.get(`${value} ${rows.course[i]}`));
  return {
    ...rows,
    guess: found.map((output) => (output ? guessed[output] : null)),
    guess_told: found.map((output) => (output ? filled(label, { value: number(guessed[output], Math.max(digits[output], 0)) }) : "")),
  };
}
