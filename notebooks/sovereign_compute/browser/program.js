// A model as a list of operations over blocks of draws: each operation is one tight loop, whatever the model. What belongs
// where, browser/program.py has laid down.

import { rounded } from "./numerals.js";
import { betainc, betaincinv, erfcx, gammaln, ndtr, ndtri } from "./special.js";
import { steps } from "./steps.js";

export const BLOCK = 1024;
const WIDTH = 5;

const unary = (f) => (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = f(a[i]); };
const ternary = (f) => (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = f(a[i], b[i], c[i]); };

// What is used most is written out, so that each is a loop of its own to the engine of the browser.
const KERNELS = {
  add: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] + b[i]; },
  sub: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] - b[i]; },
  mul: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] * b[i]; },
  div: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] / b[i]; },
  neg: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = -a[i]; },
  square: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] * a[i]; },
  reciprocal: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = 1 / a[i]; },
  pow: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = power(a[i], b[i]); },
  min: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) { const x = a[i], y = b[i]; out[i] = x <= y || x !== x ? x : y; } },
  max: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) { const x = a[i], y = b[i]; out[i] = x >= y || x !== x ? x : y; } },
  lt: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] < b[i] ? 1 : 0; },
  le: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] <= b[i] ? 1 : 0; },
  gt: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] > b[i] ? 1 : 0; },
  ge: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] >= b[i] ? 1 : 0; },
  eq: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] === b[i] ? 1 : 0; },
  ne: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] !== b[i] ? 1 : 0; },
  and: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] * b[i]; },
  or: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] || b[i] ? 1 : 0; },
  not: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] ? 0 : 1; },
  where: (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = a[i] ? b[i] : c[i]; },
  exp: unary(Math.exp), log: unary(Math.log), sqrt: unary(Math.sqrt), abs: unary(Math.abs), trunc: unary(Math.trunc),
  floor: unary(Math.floor), ceil: unary(Math.ceil), expm1: unary(Math.expm1), log1p: unary(Math.log1p),
  log10: unary(Math.log10), log2: unary(Math.log2), sin: unary(Math.sin), cos: unary(Math.cos), tan: unary(Math.tan),
  tanh: unary(Math.tanh), arctan: unary(Math.atan),
  isfinite: unary((x) => (Number.isFinite(x) ? 1 : 0)), isnan: unary((x) => (x !== x ? 1 : 0)),
  isinf: unary((x) => (Math.abs(x) === Infinity ? 1 : 0)),
  ndtr: unary(ndtr), ndtri: unary(ndtri), erfcx: unary(erfcx), gammaln: unary(gammaln),
  betainc: ternary((a, b, x) => betainc(a, b, x)), betaincinv: ternary((a, b, p) => betaincinv(a, b, p)),
};

// A power as numpy has it: one to any power is one.
export const power = (x, y) => (x === 1 ? 1 : x ** y);

// What an operation needs besides numbers, it is given once.
function kernel([name, more, places], tables, slots) {
  if (name === "gather") {
    const table = tables[more];
    return (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = table[a[i]]; };
  }
  if (name === "entry") return (out, a, b, c, n) => { for (let i = 0; i < n; i += 1) out[i] = b[a[i]]; };
  if (name === "round") return unary((x) => rounded(x, more));
  if (name === "step") return stepped(steps[more], places, slots);
  return KERNELS[name];
}

// One of the functions that browser/steps.js has: an array for single numbers, or a number for each row.
function stepped(step, places, slots) {
  return (out, a, b, c, n, lane) => {
    const taken = places.map((place) => slots[lane][place]);
    if (step.entries) out.set(step.run(...taken.map((column) => column[0])));
    else for (let i = 0; i < n; i += 1) out[i] = step.run(...taken.map((column) => column[i]));
  };
}

export const plain = (x) => (typeof x === "string" ? Number(x) : x);

export class Program {
  constructor(data) {
    this.data = data;
    this.first = data.constants.length; // the place of the first input
    const tables = Object.fromEntries(Object.entries(data.tables).map(([name, cells]) => [name, Float64Array.from(cells, plain)]));
    const sizes = new Array(data.places).fill(1);
    for (let at = 0; at < data.once.length; at += WIDTH) {
      const [name, which] = data.operations[data.once[at]];
      if (name === "step") sizes[data.once[at + 1]] = steps[which].entries || 1;
    }
    const single = sizes.map((size) => new Float64Array(size));
    data.constants.forEach((value, place) => { single[place][0] = plain(value); });
    this.slots = { single, many: [] };
    this.kernels = data.operations.map((operation) => kernel(operation, tables, this.slots));
  }

  // How many operations are carried out for each draw.
  get operations() { return this.data.drawn.length / WIDTH; }

  // Room for blocks, only where draws are asked for.
  blocks() {
    const { single, many } = this.slots;
    if (!many.length) {
      const { drawn, shared, inputs } = this.data;
      for (let at = 0; at < drawn.length; at += WIDTH) many[drawn[at + 1]] ??= new Float64Array(BLOCK);
      for (const place of shared) many[place] = single[place].length > 1 ? single[place] : new Float64Array(BLOCK).fill(single[place][0]);
      inputs.forEach((_, i) => { many[this.first + i] ??= new Float64Array(BLOCK); });
      many[0] ??= single[0];
    }
    return many;
  }

  run(code, lane, n) {
    const { kernels } = this, slots = this.slots[lane];
    for (let at = 0; at < code.length; at += WIDTH) {
      kernels[code[at]](slots[code[at + 1]], slots[code[at + 2]], slots[code[at + 3]], slots[code[at + 4]], n, lane);
    }
  }

  set(values) {
    const { single } = this.slots;
    this.data.inputs.forEach((id, i) => { single[this.first + i][0] = values[id]; });
    this.run(this.data.once, "single", 1);
  }

  // The outputs for one scenario.
  point(values) {
    this.set(values);
    this.run(this.data.drawn, "single", 1);
    return Object.fromEntries(Object.entries(this.data.outputs).map(([id, place]) => [id, this.slots.single[place][0]]));
  }

  // The outputs over draws, columns of numbers by output; `columns` are the inputs that differ from draw to draw.
  draws(values, columns, n) {
    this.set(values);
    const many = this.blocks(), { single } = this.slots, { inputs, outputs, shared } = this.data;
    for (const place of shared) if (single[place].length === 1) many[place].fill(single[place][0]);
    inputs.forEach((id, i) => { if (!columns[id]) many[this.first + i].fill(values[id]); });
    const found = Object.fromEntries(Object.keys(outputs).map((id) => [id, new Float64Array(n)]));
    for (let start = 0; start < n; start += BLOCK) {
      inputs.forEach((id, i) => { if (columns[id]) many[this.first + i].set(columns[id].subarray(start, start + BLOCK)); });
      this.run(this.data.drawn, "many", BLOCK);
      for (const id of Object.keys(outputs)) found[id].set(many[outputs[id]], start);
    }
    return found;
  }
}
