// What the models compute in one operation, as functions of the course do it in Python: in_one_step of
// models/parts/special.py. Ranks and grids are those of models/framework.py and models/parts/offer.py.

import { permutations } from "./frozen.js";
import { erlangC, gammaincinv, gammaln } from "./special.js";

const DRAWS = 4096, SEED = 12, NOTHING = 1e-12, KEPT = 4;
const remembered = new Map();
let scores; // points of the services, and what of them an offer moves: browser/data.py has put them into the page

export function setScores(data) { scores = data; }

// What is computed once, by a name.
function once(name, compute) {
  if (!remembered.has(name)) remembered.set(name, compute());
  return remembered.get(name);
}

// One number for each place of an order; Float64Array.from takes many times as long.
function inOrder(order, of) {
  const found = new Float64Array(order.length);
  for (let d = 0; d < order.length; d += 1) found[d] = of(order[d]);
  return found;
}

const unit = (place) => (place + 0.5) / DRAWS;

function triangle(at, low, value, high) {
  if (!(high > low)) return value;
  const width = high - low;
  return at * width < value - low ? low + Math.sqrt(at * width * (value - low)) : high - Math.sqrt((1 - at) * width * (high - value));
}

// Points of the services within their intervals, a column for each service and objective.
const pointDraws = () => once("points", () => {
  const { points } = scores, objectives = points[0].length;
  const orders = permutations([SEED, 1], points.length * objectives, DRAWS);
  return points.map((service, i) => service.map(([low, value, high], k) =>
    inOrder(orders[i * objectives + k], (place) => triangle(unit(place), low, value, high))));
});

// Gamma variates, a column for each weight: quantiles in their order, each from the one before, put in a random order.
function weightDraws(shapes) {
  const orders = once("orders", () => permutations([SEED, 0], shapes.length, DRAWS)), quantiles = new Map();
  return shapes.map((shape, k) => {
    if (!quantiles.has(shape)) {
      const sorted = new Float64Array(DRAWS), log = gammaln(shape);
      for (let place = 0, near; place < DRAWS; place += 1) {
        near = gammaincinv(shape, unit(place), near, log);
        sorted[place] = near;
      }
      quantiles.set(shape, sorted);
    }
    const sorted = quantiles.get(shape);
    return inOrder(orders[k], (place) => sorted[place]);
  });
}

// Parameters of the Dirichlet distribution for weights in percent and the agreement about them.
function shapesOf(weights, agreement) {
  const parts = weights.map((weight) => weight * 0.01 + NOTHING);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => Number((agreement * (part / whole)).toPrecision(12)));
}

// Weighted points of each service in each draw.
function totals(weights) {
  return pointDraws().map((columns) => {
    const found = new Float64Array(DRAWS);
    columns.forEach((column, k) => { for (let d = 0; d < DRAWS; d += 1) found[d] += weights[k][d] * column[d]; });
    return found;
  });
}

// The last answers are kept, as a scenario is asked for in turn with what it is compared with: only who moves a weight waits
// for another.
function kept(compute) {
  const answers = new Map();
  return (...numbers) => {
    const key = numbers.join(), found = answers.get(key) ?? compute(shapesOf(numbers.slice(0, -1), numbers.at(-1)));
    answers.delete(key);
    answers.set(key, found); // the latest one is the last to be forgotten
    if (answers.size > KEPT) answers.delete(answers.keys().next().value);
    return found;
  };
}

// Probability that each service takes each rank, service by service; services that tie share their ranks.
function ranks(shapes) {
  const found = totals(weightDraws(shapes)), count = found.length, there = new Float64Array(count * count);
  for (let d = 0; d < DRAWS; d += 1) {
    for (let i = 0; i < count; i += 1) {
      let better = 0, equal = 0;
      for (let j = 0; j < count; j += 1) {
        if (found[j][d] > found[i][d]) better += 1;
        else if (found[j][d] === found[i][d]) equal += 1;
      }
      for (let rank = better; rank < better + equal; rank += 1) there[i * count + rank] += 1 / equal;
    }
  }
  return there.map((sum) => sum / DRAWS);
}

// Probability of the first place on the nodes of a grid: the own part of the hours, gains in technology and in supply.
function grids(shapes) {
  const { own, rented, supply, technology, room, cells } = scores, weights = weightDraws(shapes), found = totals(weights);
  const [first, second, third] = cells.map((count) => count + 1);
  const table = new Float64Array(first * second * third), ahead = new Float64Array(DRAWS), toBeat = new Float64Array(DRAWS);
  for (let d = 0; d < DRAWS; d += 1) {
    let most = -Infinity;
    found.forEach((column, i) => { if (i !== own && column[d] > most) most = column[d]; });
    toBeat[d] = most - found[rented][d];
    ahead[d] = found[own][d] - found[rented][d];
  }
  for (let j = 0; j < second; j += 1) for (let k = 0; k < third; k += 1) {
    const [people, chip] = [j / cells[1] * room[0], k / cells[2] * room[1]], turns = new Float64Array(first + 1);
    let wins = 0; // of the draws in which no hour is the programme's own
    for (let d = 0; d < DRAWS; d += 1) {
      const lead = ahead[d] + (people * weights[technology][d] + chip * weights[supply][d]);
      const comesFirst = (i) => i / cells[0] * lead > toBeat[d], before = comesFirst(0);
      // With more hours of its own a draw turns once, at most: near to where both are equal.
      let i = Math.max(0, Math.min(first, Math.ceil(toBeat[d] / lead * cells[0]) || 0));
      while (i > 0 && comesFirst(i - 1) !== before) i -= 1;
      while (i < first && comesFirst(i) === before) i += 1;
      wins += before;
      turns[i] += before ? -1 : 1;
    }
    for (let i = 0; i < first; i += 1) table[(i * second + j) * third + k] = (wins += turns[i]);
  }
  return table.map((sum) => sum / DRAWS);
}

// Each with how many entries it has: none where it gives a number.
export const steps = {
  erlang_c: { entries: 0, run: erlangC },
  ranks: { entries: 25, run: kept(ranks) },
  grids: { entries: 3645, run: kept(grids) },
};
