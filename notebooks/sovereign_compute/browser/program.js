// A model as a list of operations over blocks of draws: each operation is one tight loop, whatever the model. What belongs
// where, browser/program.py has laid down.

import { rounded } from "./numerals.js";
import { betainc, betaincinv, erfcx, gammaln, ndtr, ndtri } from "./special.js";
import { steps } from "./steps.js";

export const BLOCK = 1024;
const TAKEN = 3, WRITTEN = TAKEN + 1, WIDTH = TAKEN + 2; // numbers for an operation: as it comes, and as it is carried out

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

// Which number an operation takes: from zero on by its place, below by how far back it is.
export const taken = (arg, here) => (arg < 0 ? here + arg : arg);

// The operations with the place of each number. What is computed for each draw leaves its place to another as soon as nobody
// needs it any more: an operation reads before it writes.
function laid({ constants, inputs, operations, once, drawn, outputs }) {
  const first = constants.length + inputs.length, fixed = first + once.length / WRITTEN, code = [...once, ...drawn];
  const takes = Array.from({ length: code.length / WRITTEN }, (_, i) => {
    const [name, , numbers] = operations[code[i * WRITTEN]];
    if (name === "step") return numbers;
    return code.slice(i * WRITTEN + 1, (i + 1) * WRITTEN).map((arg) => taken(arg, first + i));
  });
  const place = Array.from({ length: first + takes.length }, (_, number) => number), last = new Map(), free = [];
  takes.forEach((args, i) => { for (const arg of args) last.set(arg, i); });
  for (const number of Object.values(outputs)) last.delete(number); // kept
  let places = fixed;
  const coded = takes.flatMap((args, i) => {
    const from = args.map((arg) => place[arg]), number = first + i;
    if (number >= fixed) {
      for (const arg of new Set(args)) if (arg >= fixed && last.get(arg) === i) free.push(place[arg]);
      place[number] = free.pop() ?? places++;
    }
    return [code[i * WRITTEN], place[number], ...Array.from({ length: TAKEN }, (_, k) => from[k] ?? 0)];
  });
  // What is the same for all draws and is needed for each of them; inputs have a column of their own.
  const needed = new Set([...takes.slice(fixed - first).flat(), ...Object.values(outputs)]);
  const shared = [...needed].filter((number) => number < constants.length || (number >= first && number < fixed));
  const cut = (fixed - first) * WIDTH;
  return { place, places, shared, once: coded.slice(0, cut), drawn: coded.slice(cut) };
}

export class Program {
  constructor(data) {
    const { constants, inputs, outputs, operations } = data, { place, places, shared, once, drawn } = laid(data);
    Object.assign(this, { inputs, shared, once, drawn });
    this.first = constants.length; // the place of the first input
    this.outputs = Object.entries(outputs).map(([id, number]) => [id, place[number]]);
    const tables = Object.fromEntries(Object.entries(data.tables).map(([name, cells]) => [name, Float64Array.from(cells, plain)]));
    const sizes = new Array(places).fill(1);
    for (let at = 0; at < once.length; at += WIDTH) {
      const [name, which] = operations[once[at]];
      if (name === "step") sizes[once[at + 1]] = steps[which].entries || 1;
    }
    const single = sizes.map((size) => new Float64Array(size));
    constants.forEach((value, at) => { single[at][0] = plain(value); });
    this.slots = { single, many: [] };
    this.kernels = operations.map(([name, more, numbers = []]) => kernel([name, more, numbers.map((number) => place[number])], tables, this.slots));
  }

  // How many operations are carried out for each draw.
  get operations() { return this.drawn.length / WIDTH; }

  // Room for blocks, only where draws are asked for.
  blocks() {
    const { single, many } = this.slots;
    if (!many.length) {
      for (let at = 0; at < this.drawn.length; at += WIDTH) many[this.drawn[at + 1]] ??= new Float64Array(BLOCK);
      for (const at of this.shared) many[at] = single[at].length > 1 ? single[at] : new Float64Array(BLOCK).fill(single[at][0]);
      this.inputs.forEach((_, i) => { many[this.first + i] ??= new Float64Array(BLOCK); });
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
    this.inputs.forEach((id, i) => { single[this.first + i][0] = values[id]; });
    this.run(this.once, "single", 1);
  }

  // The outputs for one scenario.
  point(values) {
    this.set(values);
    this.run(this.drawn, "single", 1);
    return Object.fromEntries(this.outputs.map(([id, at]) => [id, this.slots.single[at][0]]));
  }

  // The outputs over draws, columns of numbers by output; `columns` are the inputs that differ from draw to draw.
  draws(values, columns, n) {
    this.set(values);
    const many = this.blocks(), { single } = this.slots, { inputs, outputs, shared } = this;
    for (const at of shared) if (single[at].length === 1) many[at].fill(single[at][0]);
    inputs.forEach((id, i) => { if (!columns[id]) many[this.first + i].fill(values[id]); });
    const found = Object.fromEntries(outputs.map(([id]) => [id, new Float64Array(n)]));
    for (let start = 0; start < n; start += BLOCK) {
      inputs.forEach((id, i) => { if (columns[id]) many[this.first + i].set(columns[id].subarray(start, start + BLOCK)); });
      this.run(this.drawn, "many", BLOCK);
      for (const [id, at] of outputs) found[id].set(many[at], start);
    }
    return found;
  }
}
