// The values of a learner's case, drawn from one number: controls/cases.py in the page.

import { Grid } from "./accept.js";
import { significant } from "./numerals.js";

const FIGURES = 3;
// The first 32 bits of the fractions of the square roots of the first eight primes.
const SQUARE_ROOTS = Uint32Array.from([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);

// The same of the cube roots of the first 64, in whole numbers: floating point has too few bits.
const ROUNDS = (() => {
  const found = [];
  for (let n = 2n; found.length < 64; n += 1n) if (isPrime(n)) found.push(fraction(n));
  return Uint32Array.from(found);
})();

function isPrime(n) {
  for (let d = 2n; d * d <= n; d += 1n) if (n % d === 0n) return false;
  return true;
}

function fraction(n) {
  const wanted = n << 96n;
  let low = 0n, high = 8n << 32n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** 3n <= wanted) low = middle; else high = middle;
  }
  return Number(low & 0xffffffffn);
}

// SHA-256 of a text, as bytes. The one of the browser is not there on every page, and answers later.
export function sha256(text) {
  const plain = new TextEncoder().encode(text), length = ((plain.length + 9 + 63) >> 6) << 6;
  const block = new Uint8Array(length);
  block.set(plain);
  block[plain.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(length - 4, plain.length * 8);
  const state = Uint32Array.from(SQUARE_ROOTS), words = new Uint32Array(64);
  const turned = (x, by) => (x >>> by) | (x << (32 - by));
  for (let at = 0; at < length; at += 64) {
    for (let i = 0; i < 64; i += 1) {
      const a = words[i - 15], b = words[i - 2];
      words[i] = i < 16 ? view.getUint32(at + 4 * i)
        : words[i - 16] + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + words[i - 7] + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) >>> 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
  }
  const found = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => found.setUint32(4 * i, word));
  return new Uint8Array(found.buffer);
}

// A number from 0 to below 1 that only the text decides.
const share = (text) => sha256(text).slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48;

function one({ list, grid, ends, value }, part) {
  if (list) return list[Math.floor(part * list.length)];
  const row = new Grid(grid), [first, last] = ends.map((end) => row.place(end));
  const place = first + Math.floor(part * (last - first + 1));
  const found = Math.min(Math.max(row.snap(significant(row.at(place), FIGURES)), row.at(first)), row.at(last));
  return found === value ? row.at(first !== row.place(found) ? first : last) : found;
}

// What the case of this number has for each entry of `vary`, in the exercise `id`; each turn draws anew.
export const drawn = (vary, number, id, turn) =>
  Object.fromEntries(vary.map((entry) => [entry.name, one(entry, share(`${number} ${id} ${entry.name} ${turn}`))]));
