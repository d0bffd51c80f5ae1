// Guess codes: inputs/guess_codes.py in the page, with the same letters. The numbers of a question are counted there.

import { pack } from "./codes.js";

// The first figures of a number above zero as one whole number, and its power of ten. An exact half goes to the even figure, as
// in Python, where toExponential goes up.
function figuresOf(x, count) {
  const [near, power] = x.toExponential(count - 1).split("e");
  const exact = x.toExponential(40), kept = Number(exact.replace(".", "").slice(0, count));
  const half = /^50*e/.test(exact.replace(".", "").slice(count));
  return half ? [kept + kept % 2, Number(exact.split("e")[1])] : [Number(near.replace(".", "")), Number(power)];
}

class Numbers {
  constructor({ below, zero, above, first }, figures) {
    Object.assign(this, { below, zero, above, first, figures, size: below + Number(zero) + above });
  }

  // The place of the number that is nearest in so many figures, from the lowest on.
  position(value) {
    const least = 10 ** (this.figures - 1), [digits, power] = value ? figuresOf(Math.abs(value), this.figures) : [0, 0];
    const place = (power - this.first) * 9 * least + digits - least;
    if (this.zero && (place < 0 || !value)) return this.below;
    if (value < 0) return this.below - 1 - Math.min(Math.max(place, 0), this.below - 1);
    return this.below + Number(this.zero) + Math.min(Math.max(place, 0), this.above - 1);
  }
}

// Guesses by the id of their question, each with `value` and perhaps `low` and `high`, as a code.
export function encoded(guesses, rows, { prefix, prime, figures }) {
  const changes = new Map();
  for (const { id, code, grid } of rows) {
    const guess = guesses[id], numbers = new Numbers(grid, figures);
    if (!guess) continue;
    changes.set(2 * code - 1, [numbers.size, numbers.position(guess.value)]);
    if (!("low" in guess)) continue;
    const [low, high] = [guess.low, guess.high].map((end) => numbers.position(end));
    changes.set(2 * code, [numbers.size ** 2, low + numbers.size * high]);
  }
  return pack(changes, { prefix, prime });
}
