// Scenario codes: inputs/share_codes.py in the page, with the same letters.

import { Refused } from "./accept.js";

const PREFIX = "SC1-";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LETTERS = BigInt(ALPHABET.length), PRIME = 1019n, HIGHEST = 512n;
const LONGEST = 1000, LONGEST_TEXT = 10000, MOST_STARTS = 20;
const HYPHENS = "\u2010\u2011\u2012\u2212\ufe63", DASHES = "\u2013\u2014";
const JOINTS = `\\-${HYPHENS}${DASHES}`;
const START = new RegExp(`SC1(?=[${JOINTS}])`, "giu");
const RUN = new RegExp(`[${JOINTS}][A-Za-z0-9_${JOINTS}\\s]*`, "yu");
const INSIDE = /[\p{L}\p{N}_]([^\p{L}\p{N}_\s&#])[A-Za-z0-9]/yu;
const WORD = /^[A-Za-z][a-z]*$/;
const BROKEN = "this scenario code is incomplete or mistyped: copy it again, from SC1- to its last letter";

class Broken extends Refused {}

function ways(n, k) {
  if (k < 0 || k > n) return 0n;
  let found = 1n;
  for (let i = 0; i < k; i += 1) found = found * BigInt(n - i) / BigInt(i + 1);
  return found;
}

// Assumption numbers with [grid size, place] as a code; so are the guesses of guess_codes.js, of another kind.
export function pack(changes, { prefix = PREFIX, prime = PRIME } = {}) {
  const numbers = [...changes.keys()].sort((a, b) => a - b), top = numbers.at(-1) ?? 0;
  let total = 0n;
  for (const number of [...numbers].reverse()) {
    const [size, place] = changes.get(number);
    total = total * BigInt(size) + BigInt(place);
  }
  if (numbers.length) {
    const rank = numbers.slice(0, -1).reduce((sum, number, i) => sum + ways(number - 1, i + 1), 0n);
    total = total * ways(top - 1, numbers.length - 1) + rank;
    total = total * BigInt(top) + BigInt(numbers.length - 1);
  }
  let value = (total * (HIGHEST + 1n) + BigInt(top) + 1n) * BigInt(prime), letters = "";
  for (; value; value /= LETTERS) letters = ALPHABET[Number(value % LETTERS)] + letters;
  return prefix + letters;
}

// The places by assumption number that a code holds, and the numbers that only a later version of the course knows.
function unpack(code, sizes) {
  const letters = code.slice(PREFIX.length);
  if (letters.length > LONGEST) {
    throw new Refused(`a scenario code has at most 1,000 letters; this one has ${code.length.toLocaleString("en-GB")}`);
  }
  let value = 0n;
  for (const letter of letters) value = value * LETTERS + BigInt(ALPHABET.indexOf(letter));
  if (value % PRIME || !(value / PRIME)) throw new Broken(BROKEN);
  let total = value / PRIME - 1n;
  const top = Number(total % (HIGHEST + 1n)), numbers = [];
  total /= HIGHEST + 1n;
  if (top) {
    let fewer = Number(total % BigInt(top));
    total /= BigInt(top);
    let rank = total % ways(top - 1, fewer);
    total /= ways(top - 1, fewer);
    numbers.push(top);
    for (let number = top - 1; number > 0; number -= 1) {
      const count = ways(number - 1, fewer);
      if (fewer && count <= rank) {
        numbers.push(number);
        rank -= count;
        fewer -= 1;
      }
    }
    numbers.reverse();
  }
  const later = numbers.filter((number) => !sizes.has(number)), known = numbers.slice(0, numbers.length - later.length);
  if (numbers.slice(known.length).join() !== later.join()) {
    throw new Refused(`this scenario code uses assumption number ${later[0]}, which this version of the course does not know; `
      + "what follows it cannot be read");
  }
  const places = new Map();
  for (const number of known) {
    const size = BigInt(sizes.get(number));
    places.set(number, Number(total % size));
    total /= size;
  }
  if (total && !later.length) throw new Broken(BROKEN);
  return { places, later };
}

// A text without what nobody sees, without the escapes of links and of Markdown.
function visible(text) {
  const links = text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) =>
    new TextDecoder().decode(Uint8Array.from(escaped.slice(1).split("%"), (byte) => parseInt(byte, 16))));
  const composed = links.replace(/[\ufb00-\ufb06\uff01-\uff5e]/g, (letter) => letter.normalize("NFKC"));
  return [...composed].filter((c) => /\s/u.test(c) || !/[\p{Cc}\p{Cf}\ufe00-\ufe0f]/u.test(c)).join("").replace(/\\(?=[-_])/g, "");
}

const stripped = (text) => text.replace(new RegExp(`^[${JOINTS}]+|[${JOINTS}]+$`, "gu"), "");

// The letters that a run from the hyphen of SC1- on can stand for, each with how much of the run it takes.
function* readingsOf(run, around) {
  const plain = [...run].map((c) => (HYPHENS.includes(c) ? "-" : c)).join("");
  let pieces = [...plain.matchAll(/\S+/gu)];
  const lone = pieces.slice(0, -1).findIndex((piece, place) => place && !stripped(piece[0]));
  if (lone > 0) pieces = pieces.slice(0, lone);
  const first = stripped(pieces[0][0]) ? 1 : 2;
  const word = pieces.findIndex((piece, place) => place >= first && WORD.test(piece[0]));
  for (const count of new Set([first, word > 0 ? word : pieces.length, pieces.length])) {
    const whole = pieces.slice(0, count).map((piece) => piece[0]).join("");
    const last = pieces[Math.min(count, pieces.length) - 1];
    for (const en of ["-", "--"]) for (const em of ["-", "--"]) {
      const letters = whole.replaceAll(DASHES[0], en).replaceAll(DASHES[1], em).slice(1), end = "_".repeat(around);
      for (const shown of new Set([letters, around && letters.endsWith(end) ? letters.slice(0, -around) : letters]))
        yield [shown, last.index + last[0].length];
    }
  }
}

// The one code in a text, whatever stands around it; `sizes` has the grid size of every assumption by its number.
export function find(given, sizes) {
  if (given.length > LONGEST_TEXT) {
    throw new Refused(`a text with a scenario code has at most 10,000 letters; this one has ${given.length.toLocaleString("en-GB")}`);
  }
  const text = visible(given), starts = [...text.matchAll(START)];
  if (!starts.length) {
    throw new Refused(`a scenario code starts with ${PREFIX}; this text has none: '${text.trim().slice(0, 8)}'`);
  }
  if (starts.length > MOST_STARTS) throw new Refused(`this text has more than ${MOST_STARTS} scenario codes: paste one alone`);
  const held = new Map(), refusals = [];
  let ended = 0;
  for (const start of starts) {
    RUN.lastIndex = start.index + start[0].length;
    const run = RUN.exec(text)[0], before = text.slice(0, start.index);
    ended = RUN.lastIndex;
    for (const [letters] of readingsOf(run, before.length - before.replace(/_+$/, "").length)) {
      const code = `${PREFIX}${letters.replace(/^A+/, "")}`;
      if (held.has(code)) continue;
      try {
        held.set(code, { code, ...unpack(code, sizes) });
      } catch (error) {
        if (error instanceof Broken) refusals.push(error);
        else if (error instanceof Refused) held.set(code, error);
        else throw error;
      }
    }
  }
  if (held.size > 1) throw new Refused("this text holds two scenario codes, or one that can be read in two ways: paste one alone");
  for (const found of held.values()) {
    if (found instanceof Error) throw found;
    return found;
  }
  INSIDE.lastIndex = ended - 1;
  const inside = INSIDE.exec(text);
  if (inside) throw new Refused(`a scenario code has letters, digits, - and _ only, not '${inside[1]}'`);
  throw refusals[0];
}
