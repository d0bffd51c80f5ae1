// The chart of a panel: one Vega view that is fed with rows, in the width and the colours of the page.

import { element, imported, page } from "./dom.js";

const LABELS = 220; // room for the labels of the rows and for the number behind the longest bar, in pixels, at first
const SPARE = 12; // pixels that are left for a number that grows
const SETTLED = 900; // milliseconds after the last move, from when on the axes may change
const WASTED = 0.5; // an axis of which less is in use shrinks then
const NARROW = 420; // pixels: a chart of a phone
const BRIEF = 36; // letters in one line of the title of its axis
const LINE = 95; // letters in one line under a picture
const INKED = [["axis", "gridColor"], ["axis", "labelColor"], ["axis", "titleColor"], ["title", "color"],
  ["title", "subtitleColor"], ["text", "color"], ["rule", "color"]];

// Vega as a module, loaded once for a page.
export async function loadVega(kernel) {
  if (page.vega) return page.vega;
  const text = await kernel.file("vega.min.js");
  return (page.vega ??= imported(text)); // another may have waited for it as well
}

// A view of a compiled chart. Where a page forbids making functions of texts, it has an interpreter for the expressions.
export const viewed = (vega, compiled, options) =>
  new vega.View(vega.parse(compiled, undefined, { ast: Boolean(page.interpreter) }), { ...options, expr: page.interpreter });

// Columns as they come from the kernel, row by row as Vega takes them: rows_of of display/contract.py in the page.
export const rowsOf = (columns) =>
  Object.values(columns)[0].map((_, i) => Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[i]])));

// Words in lines; `fits` says whether a line still has room.
export function wrapped(text, fits = (line) => line.length <= LINE) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// A chart whose title and subtitle break where a picture of this width ends: Vega would let them run out of it.
export function titledWithin(spec, width) {
  const pen = document.createElement("canvas").getContext("2d");
  const title = typeof spec.title === "string" ? { text: spec.title } : { ...spec.title };
  const look = { ...spec.config.title };
  for (const [part, weight, size] of [["text", "bold", look.fontSize], ["subtitle", "normal", look.subtitleFontSize]]) {
    if (!title[part]) continue;
    pen.font = `${weight} ${size}px ${spec.config.font}`;
    title[part] = [title[part]].flat().flatMap((text) => wrapped(text, (line) => pen.measureText(line).width <= width - 8));
  }
  return { ...spec, title };
}

// On a narrow page names take no more room than they need, those above columns are turned, a legend is a column, the title of
// an axis has several lines, and a part of a bar needs twice the share to have room for its number.
function slim(part) {
  for (const inner of [...(part.vconcat ?? []), ...(part.layer ?? [])]) slim(inner);
  for (const step of part.transform ?? []) {
    if (typeof step.filter === "string") step.filter = step.filter.replace(/(?<=> )0\.\d+(?= \* datum\.longest)/, (share) => 2 * share);
  }
  const { x, y, color } = part.encoding ?? {};
  if (color?.legend) color.legend.columns = 1;
  if (typeof x?.title === "string") x.title = wrapped(x.title, (line) => line.length <= BRIEF);
  if (y?.axis?.minExtent) y.axis.minExtent = 0;
  if (x?.axis?.orient === "top") Object.assign(x.axis, { labelAngle: -90, labelAlign: "left", labelBaseline: "middle" });
}

// A chart in the ink of the page, as wide as there is room; a title that stands above the panel is not said twice.
function fitted(spec, width, labels, color, said) {
  const mine = structuredClone(spec);
  if (mine.title?.subtitle && mine.title.text === said) {
    const { subtitleFontSize: fontSize } = mine.config.title;
    mine.title = { ...mine.title, text: mine.title.subtitle, subtitle: undefined, fontSize, fontWeight: "normal" };
  }
  if (width < NARROW) slim(mine);
  const found = titledWithin(mine, width);
  found.config = { ...found.config, background: "transparent" };
  found.config.axis = { ...found.config.axis, gridOpacity: 0.15 };
  for (const [part, key] of INKED) found.config[part] = { ...found.config[part], [key]: color };
  // Charts side by side in one column share the labels' width; a single chart is fitted to the width as a whole.
  for (const part of found.vconcat ?? []) part.width = width - labels;
  if (!found.vconcat) found.width = width;
  return found;
}

// Lets the axes of a compiled chart be held: what they show is what the rows need and what the signal of each axis names.
// Returns the names of these axes.
function holdable(compiled) {
  const names = [];
  for (const scale of compiled.scales ?? []) {
    const { domain } = scale;
    if (!/(^|_)[xy]$/.test(scale.name) || !["linear", "log", "sqrt", "symlog"].includes(scale.type) || !domain?.data && !domain?.fields) continue;
    const parts = domain.fields ?? [domain.field];
    const fields = parts.map((part) => (part.data || part.signal || Array.isArray(part) ? part : { data: domain.data, field: part }));
    scale.domain = { fields: [...fields, { signal: `held_${scale.name}` }] };
    names.push(scale.name);
  }
  compiled.signals = [...(compiled.signals ?? []), ...names.map((name) => ({ name: `held_${name}`, value: [] }))];
  return names;
}

// How much of a held axis is in use, of the least used one.
const used = (held, free) => Math.min(1, ...held.map(([from, to], i) => (free[i][1] - free[i][0]) / (to - from || 1)));

// How wide a drawn chart is up to the end of its parts, in its own pixels, with the room that is kept for labels; a title
// above them may be wider.
function across(svg) {
  const ends = [...svg.querySelectorAll(".role-scope")].map((part) => part.getBoundingClientRect().right);
  const { left, width } = svg.getBoundingClientRect();
  return (Math.max(...ends) - left) * Number(svg.getAttribute("width")) / width;
}

// Draws the state of a panel whenever it is told to; `stop` when the panel leaves the page.
export function liveChart(kernel) {
  const node = element("div", { class: "sc-chart" });
  let vega, view, viewOf, drawnAt, labels, stale, told, axes = [], settling, pressed = false, drawn = false, drawing = false, dirty = false;

  // While a theme is changed, or a tab is hidden, nothing has a width: then the last one holds.
  const width = () => (node.clientWidth ? Math.max(320, Math.floor(node.clientWidth)) : drawnAt ?? 520);

  async function build() {
    vega ??= await loadVega(kernel);
    await kernel.letters();
    stale = true;
    await draw();
  }

  // A page that changes its theme shows nothing that could be measured: then the room that was found before holds.
  const known = () => viewOf === kernel.get("_chart") && drawnAt === width();

  function newView() {
    labels = known() ? labels : LABELS;
    drawn = stale = false;
    viewOf = kernel.get("_chart");
    drawnAt = width();
    const spec = fitted(viewOf.spec, drawnAt, labels, getComputedStyle(node).getPropertyValue("color"), kernel.setup.title);
    const compiled = vega.compile(spec).spec;
    if (!spec.vconcat) compiled.autosize = { type: "fit-x", contains: "padding" };
    axes = holdable(compiled);
    view?.finalize();
    view = viewed(vega, compiled, { renderer: "svg", container: node, hover: false });
  }

  // Laid out anew, or a number behind a bar that has grown would stand outside of the picture; and once more, as an axis of
  // another length has other labels.
  async function laidOut() {
    await view.resize().runAsync();
    await view.resize().runAsync();
  }

  // The newest state is always drawn, and never two at once: a drag leaves nothing behind to work off.
  async function draw() {
    if (!vega) return;
    if (drawing) { dirty = true; return; }
    drawing = true;
    try {
      do {
        dirty = false;
        stale ||= viewOf !== kernel.get("_chart");
        const moving = drawn && kernel.asked === "set" && !stale;
        if (stale) newView();
        const { rows, sentence } = kernel.state, before = told;
        told = JSON.stringify(rows);
        if (!moving || told !== before) { // what the kernel only confirms is there already
          hold(moving);
          view.data("rows", rowsOf(rows));
          await laidOut();
        }
        drawn = true;
        const svg = node.querySelector("svg");
        // Nobody knows before how much room the labels take.
        const spare = viewOf.spec.vconcat && labels === LABELS ? drawnAt - SPARE - across(svg) : 0;
        if (Math.abs(spare) > SPARE) {
          labels -= spare;
          view.width(drawnAt - labels);
          await laidOut();
        }
        svg?.setAttribute("aria-label", sentence);
        svg?.setAttribute("role", "img");
      } while (dirty);
    } finally {
      drawing = false;
    }
  }

  // While values are moved, the axes stay, and grow where they must; afterwards they may shrink. All else sets them anew.
  const domains = () => axes.map((name) => view.scale(name).domain());
  const hold = (moving, at = moving && domains()) => {
    clearTimeout(settling);
    axes.forEach((name, i) => view.signal(`held_${name}`, at ? at[i] : []));
    if (moving) settling = setTimeout(settle, SETTLED);
  };
  async function settle() {
    if (pressed || drawing || !drawn || kernel.asked !== "set") {
      settling = setTimeout(settle, SETTLED);
      return;
    }
    const held = domains();
    hold(false);
    await view.runAsync();
    if (used(held, domains()) > WASTED) hold(false, held);
    await view.resize().runAsync();
  }
  const press = ({ type }) => { pressed = type === "pointerdown"; };

  const fit = () => { if (view && drawnAt !== width()) build(); };
  const resized = new ResizeObserver(fit);
  const theme = new MutationObserver(async () => { await build(); requestAnimationFrame(fit); });
  function start() {
    build();
    for (const type of ["pointerdown", "pointerup", "pointercancel"]) addEventListener(type, press, true);
    resized.observe(node);
    theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  }
  function stop() {
    resized.disconnect();
    theme.disconnect();
    clearTimeout(settling);
    for (const type of ["pointerdown", "pointerup", "pointercancel"]) removeEventListener(type, press, true);
    view?.finalize();
  }
  return { node, draw, start, stop };
}
