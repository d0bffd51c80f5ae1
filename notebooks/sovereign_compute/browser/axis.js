// A finding and a guess on one axis: strip of controls/findings.py in the page.

import { number, rounded } from "./numerals.js";
import { filled } from "./spoken.js";

const SPREAD = 20, STEPS = [1, 2, 2.5, 5, 10], PARTS = 4, MOST_TICKS = 7;

// Round numbers at equal distances that hold both ends.
function steps(low, high) {
  const size = (high - low || 1) / PARTS, scale = 10 ** Math.floor(Math.log10(size));
  const step = STEPS.map((one) => scale * one).find((one) => one >= size * (1 - 1e-9));
  const first = Math.floor(low / step + 1e-9), last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, i) => step * (first + i));
}

// Powers of ten that hold both ends, with 2 and 5 between them where that makes few.
function decades(low, high) {
  const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const fine = powers.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  const below = Math.max(...fine.filter((x) => x <= low)), above = Math.min(...fine.filter((x) => x >= high));
  const found = fine.filter((x) => below <= x && x <= above);
  return found.length <= MOST_TICKS ? found : powers.map((power) => Number(`1e${power}`));
}

const span = (low, high) => (low === high ? number(low) : `${number(low)} to ${number(high)}`);

// Places in percent of the length of the axis, and its ticks; `labels` are what stands beside the marks.
export function strip(labels, unit, found, reach, guess, ends, name, shown) {
  const numbers = [found, guess, ...reach ?? [], ...ends ?? []].filter((x) => x !== null);
  const low = Math.min(...numbers), high = Math.max(...numbers), apart = low > 0 && high / low > SPREAD;
  const ticks = apart ? decades(low, high) : steps(Math.min(low, 0), Math.max(high, 0)), shape = apart ? Math.log : (x) => x;
  const [first, last] = [shape(ticks[0]), shape(ticks.at(-1))];
  const place = (x) => rounded((100 * (shape(x) - first)) / (last - first), 1);
  const placed = (two) => (two ? two.map(place) : []);
  const marks = [{ kind: "found", at: place(found), text: filled(labels.found, { name, value: number(found, shown) }), reach: placed(reach) }];
  if (guess !== null || ends) {
    const text = guess === null ? filled(labels.range, { ends: span(...ends) }) : filled(labels.guess, { value: number(guess) });
    marks.push({ kind: "guess", at: guess === null ? null : place(guess), text, reach: placed(ends) });
  }
  return { ticks: ticks.map((x) => ({ at: place(x), text: number(x) })), unit, marks };
}
