// A guess and a finding with their ranges on one axis. The words beside it say the same, so nobody reads it aloud.

import { element } from "./dom.js";

// A label lies over its mark, and never beyond an end of the axis: it is moved left by as much of its width as its place.
const over = (at) => `left: ${at}%; transform: translateX(-${at}%)`;

export function stripOf({ ticks, unit, marks }) {
  const middle = ({ at, reach }) => at ?? (reach[0] + reach[1]) / 2;
  const labels = marks.map((mark) => element("div", { class: `sc-strip-label sc-is-${mark.kind}` },
    element("span", { style: over(middle(mark)) }, mark.text)));
  const drawn = marks.toReversed().flatMap(({ kind, at, reach }) => [
    ...(reach.length ? [element("span", { class: `sc-reach sc-is-${kind}`, style: `left: ${reach[0]}%; width: ${reach[1] - reach[0]}%` })] : []),
    ...(at === null ? [] : [element("span", { class: `sc-mark sc-is-${kind}`, style: `left: ${at}%` })])]);
  const scale = ticks.map(({ at, text }, i) =>
    element("span", { style: over(at) }, i < ticks.length - 1 ? text : `${text} ${unit}`));
  return element("div", { class: "sc-strip", "aria-hidden": "true" }, ...labels,
    element("div", { class: "sc-axis" }, ...drawn), element("div", { class: "sc-ticks" }, ...scale));
}
