// What a learner types or moves, taken for a value of the grid or refused in words: accept of inputs/assumptions.py and
// inputs/numerals.py in the page.

import { fixed, number, rounded } from "./numerals.js";

export class Refused extends Error {}

const POINT = "write a point before decimals and nothing between thousands";
const LONGEST = 100, SHOWN = 40;
const NUMBER = /^([+-]?) ?([0-9.,'_ ]*[0-9.,])(?:e([+-]?[0-9]{1,9}))?(?: ?([^\p{Nd} ].*))?$/iu;
const DECIMAL = /^(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)$/;
const GROUPED = /^([1-9][0-9]{0,2}(?:([.,'_ ])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]*))?$/;
const SIGNS = { "−": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "－": "-", "’": "'", "‘": "'", "ʼ": "'",
  "．": ".", "，": ",", "％": "%", "＋": "+" };
const ZEROS = /\p{Nd}/u;

// A digit of any script as that of a keyboard: the digits of a script follow one another from its zero on.
function digit(letter) {
  let back = 0;
  const code = letter.codePointAt(0);
  while (back < 10 && ZEROS.test(String.fromCodePoint(code - back - 1))) back += 1;
  return String(back % 10);
}

function plainText(text) {
  const seen = [...text].filter((letter) => !/\p{Cf}/u.test(letter))
    .map((letter) => (ZEROS.test(letter) && letter > "9" ? digit(letter) : SIGNS[letter] ?? letter));
  return seen.join("").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
}

// What digits with signs between them can mean: with decimals, and with thousands apart.
function readings(body) {
  const found = DECIMAL.test(body) ? [body.replace(",", ".")] : [];
  const grouped = GROUPED.exec(body);
  if (grouped) {
    const [, whole, sign, rest] = grouped, bare = whole.replaceAll(sign, "");
    found.push(rest ? `${bare}.${rest}` : bare);
  }
  return found;
}

// A text between quotation marks, as Python shows it.
export function quoted(text) {
  const shown = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  return text.includes("'") && !text.includes('"') ? `"${shown}"` : `'${shown.replaceAll("'", "\\'")}'`;
}

// The number that a text means: number_in of inputs/numerals.py.
export function numberIn(text, unit = "", low = -Infinity, high = Infinity, holds = () => false) {
  const plain = plainText(text), shown = quoted([...text.trim()].slice(0, SHOWN).join(""));
  const [, sign = "", body = "", power, behind] = (plain.length <= LONGEST && NUMBER.exec(plain)) || [];
  const found = readings(body);
  if (!found.length) throw new Refused(`${shown} is not a number${/[0-9][.,]|[.,][0-9]/.test(plain) ? `: ${POINT}` : ""}`);
  if (behind && !(unit && (behind === unit.toLowerCase() || (behind === "%" && unit.startsWith("%")))))
    throw new Refused(`${shown} is not a number: write the number alone${unit ? `, in ${unit}` : ""}`);
  const values = found.map((reading) => Number(`${sign}${reading}e${power ?? 0}`));
  if (values.length === 1 || power !== undefined) return values[0]; // nobody parts thousands before a power of ten
  const allowed = values.filter((value) => low <= value && value <= high);
  for (const left of [allowed, allowed.filter(holds)]) if (left.length === 1) return left[0];
  const [small, large] = found;
  const first = Number.isInteger(values[0]) ? general(values[0]) : `${sign}${small}0`;
  throw new Refused(`${shown} can be read in two ways: write ${first} or ${sign}${large}`);
}

// A number as Python's :g writes it, with six figures.
export function general(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (value === 0) return "0";
  const [mantissa, power] = value.toExponential(5).split("e");
  if (Number(power) < -4 || Number(power) >= 6) {
    const bare = mantissa.replace(/0+$/, "").replace(/\.$/, "");
    return `${bare}e${Number(power) < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const text = value.toPrecision(6);
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

// The grid of values that an assumption can have: what has a place on it, and which place.
export class Grid {
  constructor({ min, max, step, decimals, log, digits }) {
    Object.assign(this, { min, max, step, decimals, log, digits });
    this.perPower = Math.round(9 / step);
  }

  count(value) {
    const exponent = Number(value.toExponential().split("e")[1]);
    return exponent * this.perPower + rounded((value / Number(`1e${exponent}`) - 1) / this.step);
  }

  place(value) { return this.log ? this.count(value) - this.count(this.min) : rounded((value - this.min) / this.step); }

  at(place) {
    if (!this.log) return rounded(this.min + place * this.step, this.decimals);
    const number = place + this.count(this.min), exponent = Math.floor(number / this.perPower);
    return Number(`${fixed(1 + (number - exponent * this.perPower) * this.step, this.digits)}e${exponent}`);
  }

  get places() { return this.place(this.max) + 1; }

  snap(value) { return this.at(this.place(value)); }
}

// The inputs of a panel, each with what it accepts.
export const accepting = (inputs, accept) => inputs.map((input, i) => ({ ...input, ...accept[i], grid: new Grid(accept[i].grid) }));

const isClose = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

// A value from a learner as one of the grid; Refused names label, value and what is allowed.
export function accept(assumption, value) {
  const { label, unit, allowed, grid } = assumption;
  const refuse = (why) => { throw new Refused(`${label}: ${why}; ${allowed}`); };
  if (value === null || value === undefined || (typeof value === "string" && !value.trim())) refuse("the field is empty");
  let found = value;
  if (typeof value === "string") {
    try {
      found = numberIn(value, unit, grid.min, grid.max, (x) => isClose(grid.snap(x), x));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refuse(error.message);
    }
  }
  if (typeof found !== "number") refuse(`${quoted(String(found).slice(0, SHOWN))} is not a number`);
  if (Number.isNaN(found)) refuse("nan is not a number one can compute with");
  if (!(found >= grid.min && found <= grid.max)) refuse(`${Math.abs(found) < 1e15 ? number(found) : general(found)} is out of range`);
  return grid.snap(found);
}
