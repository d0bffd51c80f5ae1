// What a learner takes away: the table as CSV or workbook and the chart as a picture, each with its scenario, its date and its
// sources.

import { loadVega, rowsOf, titledWithin, wrapped, viewed } from "./chart.js";
import { element, saveAs, today } from "./dom.js";
import { asCsv, asWorkbook } from "./sheet.js";

const PICTURE = 640; // pixels, the least that a picture is wide
const SVG = "http://www.w3.org/2000/svg";

function download(setup, ending, blob) {
  const name = setup.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  saveAs(`${name}-${today()}.${ending}`, blob);
}

function origin(setup, state) {
  const { name, code } = setup.compared;
  return {
    Model: setup.title,
    "Scenario code": state.code,
    "Compared with": name ? `Scenario “${name}”, ${code}` : setup.base[4].toUpperCase() + setup.base.slice(5),
    "Exported on": today(),
    Sources: [...new Set(setup.inputs.map((input) => input.source.split(":")[0]))].join(", "),
  };
}

function provenance(setup, state) {
  const known = origin(setup, state);
  const compared = setup.compared.name ? [`Compared with: ${known["Compared with"]}`] : [];
  return [`Scenario ${state.code}, ${known["Exported on"]}`, ...compared, `Sources: ${known.Sources}`];
}

// What a table lists of the rows: the cells that it has a head for, without the rows that are drawn only.
export const listed = (rows, keys) =>
  Object.fromEntries(keys.map((key) => [key, rows[key].filter((_, i) => rows[keys[0]][i] !== null)]));

// Where the numbers come from stands in the last columns: lines in front of the head stop every program that reads tables.
export function exportTable(setup, state, ending) {
  const keys = Object.keys(setup.columns);
  const known = origin(setup, state);
  const head = [...keys.map((key) => setup.columns[key]), ...Object.keys(known)];
  const shown = listed(state.rows, keys);
  const rows = shown[keys[0]].map((_, i) => [...keys.map((key) => shown[key][i]), ...Object.values(known)]);
  download(setup, ending, (ending === "csv" ? asCsv : asWorkbook)([head, ...rows]));
}

// Drawn anew, black on white and in its own size, whatever theme and window the learner has.
async function drawing(vega, setup, state) {
  const view = viewed(vega, vega.compile(titledWithin(setup.spec, PICTURE)).spec, { renderer: "none" });
  await view.data("rows", rowsOf(state.rows)).runAsync();
  const svg = new DOMParser().parseFromString(await view.toSVG(), "image/svg+xml").documentElement;
  view.finalize();
  const [width, height] = ["width", "height"].map((side) => Number(svg.getAttribute(side)));
  const lines = [state.sentence, ...provenance(setup, state)].flatMap((line) => wrapped(line));
  const full = { width: Math.max(width, PICTURE), height: height + 16 * lines.length + 12 };
  for (const [side, length] of Object.entries(full)) svg.setAttribute(side, length);
  svg.setAttribute("viewBox", `0 0 ${full.width} ${full.height}`);
  const paper = document.createElementNS(SVG, "rect");
  for (const [key, value] of Object.entries({ ...full, fill: "white" })) paper.setAttribute(key, value);
  svg.prepend(paper);
  lines.forEach((line, i) => {
    const text = document.createElementNS(SVG, "text");
    for (const [key, value] of Object.entries({ x: 8, y: height + 16 * (i + 1), "font-family": "sans-serif", "font-size": 12 })) text.setAttribute(key, value);
    text.textContent = line;
    svg.append(text);
  });
  return { text: new XMLSerializer().serializeToString(svg), ...full };
}

export async function exportPicture(kernel, setup, ending) {
  const { state } = kernel;
  const { text, width, height } = await drawing(await loadVega(kernel), setup, state);
  const svg = new Blob([text], { type: "image/svg+xml" });
  if (ending === "svg") return download(setup, ending, svg);
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = element("canvas", { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((png) => download(setup, ending, png), "image/png");
}
