// What a view shows of a scenario, from its graph: browser/views.py has traced it. Only what is needed is computed, and
// once.

import { highest, octaves, oneResult, stacked } from "./bins.js";
import { number, rounded, signed } from "./numerals.js";
import { plain, power, taken } from "./program.js";
import { opened } from "./sealed.js";
import { betainc, betaincinv, erfcx, gammaln, ndtr, ndtri } from "./special.js";

const yes = (test) => (test ? 1 : 0);

const NUMBERS = {
  add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, pow: power, neg: (a) => -a,
  square: (a) => a * a, reciprocal: (a) => 1 / a, min: Math.min, max: Math.max, exp: Math.exp, log: Math.log,
  sqrt: Math.sqrt, abs: Math.abs, trunc: Math.trunc, floor: Math.floor, ceil: Math.ceil, expm1: Math.expm1,
  log1p: Math.log1p, log10: Math.log10, log2: Math.log2, sin: Math.sin, cos: Math.cos, tan: Math.tan, tanh: Math.tanh,
  arctan: Math.atan, lt: (a, b) => yes(a < b), le: (a, b) => yes(a <= b), gt: (a, b) => yes(a > b), ge: (a, b) => yes(a >= b),
  eq: (a, b) => yes(a === b), ne: (a, b) => yes(a !== b), same: (a, b) => yes(a === b), and: (a, b) => yes(a && b),
  or: (a, b) => yes(a || b), not: (a) => yes(!a), isfinite: (a) => yes(Number.isFinite(a)), isnan: (a) => yes(Number.isNaN(a)),
  isinf: (a) => yes(Math.abs(a) === Infinity), ndtr, ndtri, erfcx, gammaln,
  betainc: (a, b, x) => betainc(a, b, x), betaincinv: (a, b, p) => betaincinv(a, b, p),
  entry: (place, column) => column[place],
};

// What is asked of the draws around some values.
const OF_DRAWS = {
  quantile: (simulation, [id, share, nearest]) => simulation.quantile(id, share, nearest),
  mean: (simulation, [id]) => simulation.mean(id),
  probability: (simulation, [id, above, below]) => simulation.probability(id, above, below),
  least: (simulation, [ids, which]) => simulation.leastShare(ids, which),
};

// The place in a row of the one that comes so many-th in order; of those that are alike, the first comes first.
const ranked = (keys, rank) => keys.map((key, place) => ({ key, place })).sort((a, b) => a.key - b.key || a.place - b.place)[rank].place;

// A node that has what it takes by place.
const placed = (node, here) =>
  (Array.isArray(node?.[1]) ? [node[0], node[1].map((arg) => taken(arg, here)), ...node.slice(2)] : node);

export class Told {
  // `engineOf` gives the engine of a model, where a graph computes with several.
  constructor({ nodes, parts = {}, tables }, engine, engineOf = () => engine) {
    Object.assign(this, { nodes: nodes.map(placed), parts, engine, engineOf });
    this.tables = Object.fromEntries(Object.entries(tables).map(([name, cells]) => [name, cells.map(plain)]));
  }

  // Rows, sentence and headline, from the numbers and names that a scenario has.
  of(inputs) {
    const at = this.some(inputs);
    return Object.fromEntries(Object.entries(this.parts).map(([part, place]) => [part, at(place)]));
  }

  // What gives the number or text of any node.
  some(inputs) {
    const known = new Array(this.nodes.length);
    const at = (place) => {
      if (known[place] === undefined) known[place] = this.compute(this.nodes[place], at, inputs);
      return known[place];
    };
    return at;
  }

  // An output of a model. Graphs ask for several of one result, one after the other.
  result([model, output], values) {
    const { last } = this;
    if (!(last?.model === model && last.values.every((x, i) => Object.is(x, values[i])))) {
      const engine = this.engineOf(model);
      this.last = { model, values, result: engine.result(byId(engine, values)) };
    }
    return this.last.result[output];
  }

  compute(node, at, inputs) {
    if (!Array.isArray(node)) return node;
    const [op, args, value] = node;
    switch (op) {
      case "input": case "name": case "values": return inputs[value];
      case "constant": return plain(value);
      case "sealed": return opened(args);
      case "result": return this.result(value, args.map(at));
      case "where": return at(args[at(args[0]) ? 1 : 2]);
      case "pick": return at(args[1 + at(args[0])]);
      case "ranked": return ranked(args.map(at), value);
      case "gather": return this.tables[value][at(args[0])];
      case "step": return this.engine.step(value, args.map(at));
      case "round": return rounded(at(args[0]), value);
      case "list": return args.map(at);
      case "dict": return Object.fromEntries(value.map((key, i) => [key, at(args[i])]));
      case "join": return args.map(at).join("");
      case "number": return number(at(args[0]), value);
      case "signed": return signed(at(args[0]), value);
      case "strip": return at(args[0]).trim();
      case "behind": { const [text, first] = args.map(at); return text.startsWith(first) ? text.slice(first.length) : text; }
      case "from": return at(args[0]).slice(value);
      case "without": { const text = at(args[0]); return text.endsWith(value) ? text.slice(0, -value.length) : text; }
      case "draws": case "course draws": {
        const engine = this.engineOf(value);
        const values = this.nodes[args[0]]?.[0] === "values" ? at(args[0]) : byId(engine, args.map(at));
        return engine.simulate(values, op === "course draws");
      }
      case "one result": {
        const [asked, draws, ...rest] = args;
        return oneResult(at(asked) ? at(draws) : null, ...rest.map(at), value);
      }
      case "octaves": return octaves(at(args[0]), value);
      case "highest": return highest(at(args[0]));
      case "stacked": return stacked(...args.map(at));
      case "bin": {
        const [id, edges, low, high, place] = value;
        return at(args[0]).histogram(id, this.tables[edges], low, high)[place];
      }
      default: return op in OF_DRAWS ? OF_DRAWS[op](at(args[0]), value) : NUMBERS[op](...args.map(at));
    }
  }
}

const byId = (engine, values) => Object.fromEntries(engine.assumptions.map(({ id }, i) => [id, values[i]]));

// The names under which a view knows a scenario and what it is compared with.
export function inputsOf(engine, values, other, band, name) {
  const inputs = { band: band ? 1 : 0, name, scenario: values, other };
  for (const [whose, own] of [["scenario", values], ["other", other]]) {
    for (const [id, value] of Object.entries(own)) inputs[`${whose} ${id}`] = value;
    for (const [id, value] of Object.entries(engine.result(own))) inputs[`${whose} result ${id}`] = value;
  }
  return inputs;
}
