// A model in the page: one scenario, its draws, and what is asked of them. What it has comes from browser/data.py.

import { Draws, ends } from "./draws.js";
import { Program } from "./program.js";
import { setScores, steps } from "./steps.js";
import { histogram, leastShare, mean, probability, quantile } from "./statistics.js";

const LONG = 300; // operations from which on the band of a model takes longer than a frame
const KEPT = 6; // simulations that are kept: a scenario, the one it is compared with, and what their sentences ask for

class Simulation {
  constructor(columns) {
    this.columns = columns;
    this.known = new Map();
  }

  // What is asked twice is computed once.
  once(key, compute) {
    if (!this.known.has(key)) this.known.set(key, compute());
    return this.known.get(key);
  }

  quantile(id, share, nearest = false) {
    return this.once(`${id} ${share} ${nearest}`, () => quantile(this.columns[id], share, nearest));
  }

  mean(id) { return this.once(`${id} mean`, () => mean(this.columns[id])); }

  probability(id, above, below) { return probability(this.columns[id], above ?? undefined, below ?? undefined); }

  leastShare(ids, which) { return leastShare(ids.map((id) => this.columns[id]), which); }

  // How many of the draws lie in each bin, cut at two ends where there are such.
  histogram(id, edges, low, high) {
    const cut = (column) => (low === null || low === undefined ? column : column.map((x) => (x < low ? low : x > high ? high : x)));
    return this.once(`${id} ${edges} ${low} ${high}`, () => histogram(cut(this.columns[id]), edges));
  }
}

export class Engine {
  constructor(data) {
    this.data = data;
    this.assumptions = data.assumptions;
    if (data.scores) setScores(data.scores);
    this.program = new Program(data.program);
    this.sampler = new Draws(data.assumptions);
    // Where a class has other ranges, what is compared with still has the course's.
    this.courseSampler = new Draws(data.assumptions.map((assumption) => assumption.course ?? assumption));
    this.simulations = new Map();
  }

  // Whether its band has to follow what is shown at once.
  get long() { return this.program.operations > LONG; }

  // What a scenario's changes start from.
  get course() { return Object.fromEntries(this.assumptions.map(({ id, value, course }) => [id, (course ?? { value }).value])); }

  // The outputs of a scenario: `values` has every assumption of the model.
  result(values) { return this.program.point(values); }

  // What the models compute in one operation, as a view asks for it.
  step(name, numbers) { return steps[name].run(...numbers); }

  simulate(values, course = false) {
    const key = `${course} ${this.assumptions.map(({ id }) => values[id]).join(" ")}`;
    const sampler = course ? this.courseSampler : this.sampler;
    const found = this.simulations.get(key) ?? new Simulation(this.program.draws(values, sampler.columns(values), sampler.n));
    this.simulations.delete(key);
    this.simulations.set(key, found);
    if (this.simulations.size > KEPT) this.simulations.delete(this.simulations.keys().next().value);
    return found;
  }

  // How far an output moves if each assumption alone moves to its P5 and its P95, most first.
  tornado(values, output) {
    const moved = (id, value) => this.result({ ...values, [id]: value })[output];
    return this.assumptions.filter(({ varied }) => varied)
      .map((assumption) => ({ id: assumption.id, ends: ends(assumption, values[assumption.id]).map((end) => moved(assumption.id, end)) }))
      .sort((one, other) => Math.abs(other.ends[1] - other.ends[0]) - Math.abs(one.ends[1] - one.ends[0]));
  }
}
