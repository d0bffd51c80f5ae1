// Fields for text that is kept with the learner's work as it is typed. What the kernel has not yet taken stays in the
// page: a widget that was run again after its kernel had gone finds it there.
import { element, page, unique } from "./dom.js";

const PAUSE = 800; // milliseconds without a key, after which what was typed is kept

// `keep` sends texts by id. With `together` the limit holds for all fields together, otherwise for each of them; the rest
// is told once something has been typed.
export function textFields({ fields, longest, together }, keep) {
  const prefix = unique("sct");
  const typed = (page.typed ??= {});
  const sent = {};
  const room = (id) => element("p", { id: `${id}-left`, class: "sc-left" });
  const shared = together && room(prefix);
  const rows = fields.map(({ id, heading, ask }) => {
    const at = `${prefix}-${id.replaceAll(".", "-")}`;
    const left = shared || room(at);
    const area = element("textarea", { id: at, rows: 2, "aria-describedby": left.id });
    const label = element("label", { for: at }, element("b", {}, `${heading}.`), ` ${ask}`);
    return { id, area, left, node: element("div", { class: "sc-text" }, label, area, ...(shared ? [] : [left])) };
  });
  const length = (others) => others.reduce((sum, { area }) => sum + area.value.length, 0);
  const count = () => rows.forEach((row) => {
    const most = together ? longest - length(rows.filter((other) => other !== row)) : longest;
    row.area.maxLength = Math.max(0, most);
    const rest = most - row.area.value.length;
    row.left.textContent = rest < longest ? `${rest.toLocaleString("en")} letters left${together ? " on the page" : ""}` : "";
  });
  const save = (row) => {
    clearTimeout(row.pause);
    if (!(row.id in typed) || sent[row.id] === typed[row.id]) return;
    sent[row.id] = typed[row.id];
    keep({ [row.id]: typed[row.id] });
  };
  for (const row of rows) {
    row.area.addEventListener("input", () => {
      typed[row.id] = row.area.value;
      count();
      clearTimeout(row.pause);
      row.pause = setTimeout(() => save(row), PAUSE);
    });
    row.area.addEventListener("change", () => save(row));
  }
  // What has been kept stands in its field, unless something newer does.
  const show = (texts) => {
    for (const { id, area } of rows) {
      if (id in typed && sent[id] === typed[id] && texts[id] !== undefined) {
        delete typed[id];
        delete sent[id];
      }
      const text = typed[id] ?? texts[id] ?? "";
      if (area !== document.activeElement && area.value !== text) area.value = text;
    }
    count();
  };
  const values = () => Object.fromEntries(rows.map(({ id, area }) => [id, area.value]));
  // Once the widget is on the page: what one before it could not keep is kept now.
  const resume = () => rows.forEach(save);
  return { nodes: [...rows.map((row) => row.node), ...(shared ? [shared] : [])], show, values, resume };
}
