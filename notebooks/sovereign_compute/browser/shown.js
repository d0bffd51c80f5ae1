// What a panel shows of a scenario, from what its view tells: with the learner's guesses, numbers as they are drawn and texts
// as they are read.

import { withGuesses } from "./marks.js";
import { figures } from "./numerals.js";

const cell = (value) => (typeof value === "number" && !Number.isInteger(value) ? figures(value) : value);

// `guessed` is by output, `words` how a guess is told.
export function shown({ rows, headline, sentence }, inputs, guessed, words, speech) {
  const marked = Object.entries(withGuesses(rows, inputs, guessed, words));
  return {
    rows: Object.fromEntries(marked.map(([key, column]) => [key, column.map(cell)])),
    headline: { ...headline, text: speech.spoken(headline.text) },
    sentence: speech.spoken(sentence),
  };
}
