// The frozen draws of the course, made in the page from their direction numbers: analysis/draws.py and distributions.py in
// the page. Every page has the same draws as every kernel.

import { betaincinv, ndtr, ndtri } from "./special.js";

export const DRAWS = 2 ** 14;
const BITS = 30;
const Z95 = 1.6448536269514722;

// The first points in one dimension; `row` has its direction numbers, with the random shift last. From one point to the next,
// in the order of Gray's code, a single bit turns.
export function points(row, n) {
  const found = new Float64Array(n);
  let state = row.at(-1);
  for (let index = 0; index < n; index += 1) {
    if (index) state ^= row[31 - Math.clz32(index & -index)];
    found[index] = (state + 0.5) / 2 ** BITS;
  }
  return found;
}

// The places of numbers from 0 to 1 in their order. They lie about evenly, so each is near to where it belongs when they are
// put into as many bins: then neighbours change places.
function ordered(values) {
  const n = values.length, next = new Uint32Array(n + 1), order = new Uint32Array(n);
  const bin = (x) => Math.min(n - 1, Math.floor(x * n));
  for (const x of values) next[bin(x) + 1] += 1;
  for (let i = 0; i < n; i += 1) next[i + 1] += next[i];
  values.forEach((x, i) => { order[next[bin(x)]++] = i; });
  for (let rank = 1; rank < n; rank += 1) {
    const place = order[rank], x = values[place];
    let to = rank;
    for (; to && values[order[to - 1]] > x; to -= 1) order[to] = order[to - 1];
    order[to] = place;
  }
  return order;
}

// Uniform draws of an assumption; `tied` where others of its correlation group are varied, too.
function uniform(assumption, tied, n) {
  const own = points(assumption.directions, n);
  if (!tied) return own;
  const { strength, negative, directions } = assumption.group;
  const linear = 2 * Math.sin(Math.PI / 6 * strength), shared = points(directions, n);
  const [weight, rest] = [(negative ? -1 : 1) * Math.sqrt(linear), Math.sqrt(1 - linear)];
  const mixed = shared.map((point, i) => ndtr(weight * ndtri(point) + rest * ndtri(own[i])));
  const ranked = new Float64Array(n);
  ordered(mixed).forEach((place, rank) => { ranked[place] = (rank + 0.5) / n; });
  return ranked;
}

function quantiles({ distribution, low, value, high, min, max, shape }, unit) {
  if (distribution === "uniform") return unit.map((u) => low + (u - 0.05) / 0.9 * (high - low));
  if (distribution === "beta") {
    const found = new Float64Array(unit.length);
    let near; // one after the other in their order, each is near to the one before
    for (const place of ordered(unit)) {
      near = betaincinv(shape.a, shape.b, unit[place], near, shape.log);
      found[place] = min + (max - min) * near;
    }
    return found;
  }
  const z = unit.map((u) => ndtri(u) / Z95);
  if (distribution === "lognormal") {
    const [below, above] = [Math.log(low / value), Math.log(high / value)];
    return z.map((at) => value * Math.exp(at < 0 ? -at * below : at * above));
  }
  return z.map((at) => value + (at < 0 ? at * (value - low) : at * (high - value)));
}

const odds = ({ min, max }, x) => (x - min) / (max - x);

// How far the draws lie from the course's value, as differences, ratios, or ratios of odds.
function spread(assumption, tied, n) {
  const draws = quantiles(assumption, uniform(assumption, tied, n)), { value, distribution } = assumption;
  if (distribution === "beta") return draws.map((x) => odds(assumption, x) / odds(assumption, value));
  return value === 0 ? draws.map((x) => x - value) : draws.map((x) => x / value);
}

export function isVaried({ distribution, varied, value: course, min, max }, value) {
  if (distribution === "beta") return min < value && value < max;
  return varied && (value !== 0 || course === 0);
}

function around(assumption, value, relative) {
  const { min, max, value: course } = assumption;
  if (assumption.distribution === "beta") {
    const moved = relative * odds(assumption, value);
    return min + (max - min) * moved / (1 + moved);
  }
  return course === 0 ? relative + value : relative * value;
}

const within = ({ min, max }, x) => (x < min ? min : x > max ? max : x);

// P5 and P95 around a value, which keep their proportion to it.
export function ends(assumption, value) {
  if (!isVaried(assumption, value)) return [value, value];
  const { low, high, value: course, distribution } = assumption;
  const relative = (x) => (distribution === "beta" ? odds(assumption, x) / odds(assumption, course)
    : course === 0 ? x - course : x / course);
  return [low, high].map((end) => within(assumption, around(assumption, value, relative(end))));
}

// The draws of all assumptions of a model around any values.
export class Draws {
  constructor(assumptions, n = DRAWS) {
    this.assumptions = assumptions;
    this.n = n;
    this.spreads = new Map();
  }

  spread(assumption, tied) {
    const key = `${assumption.id} ${tied}`;
    if (!this.spreads.has(key)) this.spreads.set(key, spread(assumption, tied, this.n));
    return this.spreads.get(key);
  }

  // A column of numbers for each assumption that is varied around these values.
  columns(values) {
    const varied = this.assumptions.filter((a) => isVaried(a, values[a.id]));
    const members = new Map();
    for (const { group } of varied) if (group) members.set(group.name, (members.get(group.name) ?? 0) + 1);
    const columns = {};
    for (const assumption of varied) {
      const relative = this.spread(assumption, Boolean(assumption.group && members.get(assumption.group.name) > 1));
      columns[assumption.id] = moved(assumption, values[assumption.id], relative);
    }
    return columns;
  }
}

// The draws around a value, cut at the hard limits.
function moved(assumption, value, relative) {
  const found = new Float64Array(relative.length), { min, max } = assumption;
  if (assumption.distribution === "beta") {
    const own = odds(assumption, value), width = max - min;
    for (let i = 0; i < found.length; i += 1) {
      const at = relative[i] * own;
      found[i] = min + width * at / (1 + at);
    }
  } else if (assumption.value === 0) for (let i = 0; i < found.length; i += 1) found[i] = relative[i] + value;
  else for (let i = 0; i < found.length; i += 1) found[i] = relative[i] * value;
  for (let i = 0; i < found.length; i += 1) {
    if (found[i] < min) found[i] = min;
    else if (found[i] > max) found[i] = max;
  }
  return found;
}
