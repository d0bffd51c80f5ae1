// Draws in bins, of which nobody knows how many there will be, as rows of a chart: one_rows of display/views/plain.py, and
// bin_rows, highest and stacked of display/views/training.py in the page.

import { rounded } from "./numerals.js";
import { histogram, quantile } from "./statistics.js";

// Whether all are one value, but for so much of it (`same`); an infinite one is like no other.
function alike(column, same) {
  const [first] = column, near = Number.isFinite(first) ? same * Math.abs(first) : 0;
  return column.every((x) => x === first || Math.abs(x - first) <= near);
}

const sum = (column) => column.reduce((total, x) => total + x, 0);
const finite = (...values) => (values.every(Number.isFinite) ? values : values.map(() => null));

// The middle of the draws: shares in percent and edges. One narrow bin where all of them are the same.
function middle(draws, share, { bins, same }) {
  const known = draws.filter(Number.isFinite);
  if (!known.length) return { shares: [], edges: [] };
  let ends = [(1 - share) / 2, (1 + share) / 2].map((end) => quantile(known, end));
  if (alike(ends, same)) {
    const half = Math.abs(ends[0]) / 100 || 1;
    ends = ends.map((end, i) => end + (i - 0.5) * half);
    return { shares: [100 * known.length / draws.length], edges: ends };
  }
  const step = (ends[1] - ends[0]) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? ends[1] : ends[0] + i * step));
  // What differs from an end by the last digits of rounding only lies in the picture.
  const near = same * (ends[1] - ends[0]), held = known.map((x) => ends.find((end) => Math.abs(x - end) <= near) ?? x);
  return { shares: histogram(held, edges).map((count) => 100 * count / draws.length), edges };
}

// As many of the draws as can be told apart: with a long tail, most would lie in two or three bins.
function drawn(draws, told) {
  const { drawn: parts, crowded } = told;
  for (const share of parts) {
    const found = middle(draws, share, told);
    if (sum([...found.shares].sort((a, b) => a - b).slice(-3)) < crowded) return found;
  }
  return middle(draws, parts[0], told);
}

export function oneResult(simulation, own, other, head, farText, told) {
  const columns = { item: [], part: [], start: [], end: [], share: [], top: [], note: [] };
  const add = ({ item = null, part = "told", start = null, end = null, share = null, top = null, note = null }) => {
    for (const [key, cell] of Object.entries({ item, part, start, end, share, top, note })) columns[key].push(cell);
  };
  const ends = (value) => { const [start, end] = finite(value, value); return { start, end }; };
  const draws = simulation?.columns[told.id] ?? [];
  const one = draws.length > 0 && alike(draws, told.same);
  const { shares, edges } = one || !draws.length ? { shares: [], edges: [] } : drawn(draws, told);
  shares.forEach((share, i) => add({ part: "draws", start: edges[i], end: edges[i + 1], share, top: share }));
  const notes = one ? [told.one] : [];
  const top = shares.length ? Math.max(...shares) : 100;
  add({ item: "Your scenario", part: "scenario", ...ends(own), top });
  const width = edges.at(-1) - edges[0];
  const far = edges.length > 0 && !(edges[0] - width < other && other < edges.at(-1) + width);
  if (far && Number.isFinite(other)) notes.push(`${farText}${other > own ? "right" : "left"}.`);
  add({ item: head, part: far ? "far" : "course", ...ends(other), top });
  if (shares.length) {
    for (const [item, share] of told.quantiles) add({ item, start: finite(simulation.quantile(told.id, share, true))[0] });
    const rest = rounded(100 - sum(shares));
    if (rest) notes.unshift(`${rest} ${told.outside}`);
  } else if (Number.isFinite(own)) {
    const room = Math.abs(own) / 10 || 1;
    for (const place of [own - room, own + room]) add({ part: "room", start: place, end: place, top });
  }
  add({ part: "note", note: notes.join(" ") });
  return columns;
}

// Bins that double every few, with one edge at the end of the few weeks.
export function octaves(simulation, { id, columns, few, doubling, kinds }) {
  const draws = simulation.columns[id];
  const [from, to] = [0.002, 0.998].map((share) => Math.log2(quantile(draws, share) / few) * doubling);
  const edges = [];
  for (let place = Math.floor(from); place <= Math.ceil(to); place += 1) edges.push(few * 2 ** (place / doubling));
  const shares = histogram(draws, edges).map((count) => 100 * count / draws.length);
  const cells = [shares.map(() => null), edges.slice(1).map((end) => kinds[end <= few * (1 + 1e-9) ? 0 : 1]), edges.slice(0, -1),
    edges.slice(1), shares, shares.map(() => "bin")];
  return Object.fromEntries(columns.map((key, i) => [key, cells[i]]));
}

export const highest = ({ share }) => Math.max(...share);

export const stacked = (first, then) => Object.fromEntries(Object.entries(first).map(([key, column]) => [key, [...column, ...then[key]]]));
