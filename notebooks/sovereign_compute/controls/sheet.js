// A table to take away, as CSV for programs and as a workbook for spreadsheets. A table is a list of rows, the first its head.

import { zipped } from "./zip.js";

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const OFFICE = "http://schemas.openxmlformats.org";
const FORMULA = /^[=+\-@\t]/; // a spreadsheet would compute a cell that begins with one of these

// Comma and point suit every program, but not every spreadsheet: a German one takes 0.52 for a text. Without the mark at
// the beginning it would take the letters for those of its own country.
export function asCsv(table) {
  const safe = (text) => (FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""');
  const cell = (value) => (value === null ? "" : typeof value === "number" ? String(value) : `"${safe(String(value))}"`);
  return new Blob(["\ufeff", ...table.map((row) => `${row.map(cell).join(",")}\n`)], { type: "text/csv" });
}

// Numbers are numbers and texts are texts in it, whatever the language of the program that opens it; nothing is computed.
export function asWorkbook(table) {
  const escaped = (text) => text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt()};`);
  const cell = (value) => (value === null ? "<c/>" : typeof value === "number" ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(String(value))}</t></is></c>`);
  const related = (kind, target) => `<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="r" Type="${OFFICE}/officeDocument/2006/relationships/${kind}" Target="${target}"/></Relationships>`;
  const main = `xmlns="${OFFICE}/spreadsheetml/2006/main"`;
  const parts = { "/xl/workbook.xml": "sheet.main", "/xl/sheet.xml": "worksheet" };
  const types = Object.entries(parts).map(([part, kind]) => `<Override PartName="${part}" ContentType="${WORKBOOK}.${kind}+xml"/>`);
  const files = {
    "[Content_Types].xml": `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${types.join("")}</Types>`,
    "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": `<workbook ${main} xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="Table" sheetId="1" r:id="r"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": related("worksheet", "sheet.xml"),
    "xl/sheet.xml": `<worksheet ${main}><sheetData>${table.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`,
  };
  const texts = Object.entries(files).map(([name, text]) => [name, `<?xml version="1.0" encoding="UTF-8"?>\n${text}`]);
  return new Blob(zipped(Object.fromEntries(texts)), { type: `${WORKBOOK}.sheet` });
}
