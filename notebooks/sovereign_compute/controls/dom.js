// What all controls put on the page is made of, and what all copies of them on one page share.

// Every control loads a copy of its script, so what all of a page share lies in the page.
export const page = (globalThis.sovereignCompute ??= { widgets: 0, left: {}, names: new Set(), files: {} });
export const unique = (prefix) => `${prefix}${++page.widgets}`;

if (!page.listens) {
  page.listens = true;
  // Without this, whoever works by keyboard would have to go back through all controls of a panel to run the next cell.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.closest(".sc-panel")?.closest(".jp-Cell")?.focus();
  });
  // Saving is for the whole notebook, wherever the focus is: here JupyterLab sees its key, before it looks who asked.
  window.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    for (let node = event.target; node?.closest?.(".sc-panel"); node = node.parentElement) {
      if (!node.dataset.lmSuppressShortcuts) continue;
      const { dataset } = node;
      delete dataset.lmSuppressShortcuts;
      setTimeout(() => { dataset.lmSuppressShortcuts = "true"; });
    }
  }, true);
}

const FOCUSABLE = ["a", "button", "input", "select", "summary", "textarea"];

export function element(tag, attributes = {}, ...children) {
  // Slides are sections, and one in another would be taken for more slides: there a region is called by its role.
  if (tag === "section" && page.slides) return element("div", { role: "region", ...attributes }, ...children);
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  // JupyterLab would take arrow keys, Enter and letters for its own shortcuts.
  if (FOCUSABLE.includes(tag) || "tabindex" in attributes) node.dataset.lmSuppressShortcuts = "true";
  node.append(...children);
  return node;
}

// A text that has not changed is left alone, or a screen reader would say it again.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export const button = (text, onclick, attributes = {}) => element("button", { type: "button", onclick, ...attributes }, text);

// A field with its label, and what stands behind it.
export const labelled = (text, field, ...more) =>
  element("span", { class: "sc-tool" }, element("label", { for: field.id }, text), field, ...more);

export function tableOf(caption, columns, rows, named = false) {
  const entry = (cell, head, first) =>
    head || (named && first) ? element("th", { scope: head ? "col" : "row" }, cell) : element("td", {}, cell);
  const row = (cells, head) => element("tr", {}, ...cells.map((cell, i) => entry(cell, head, !i)));
  return element("table", {}, element("caption", {}, caption),
    ...(columns ? [element("thead", {}, row(columns, true))] : []),
    element("tbody", {}, ...rows.map((cells) => row(cells, false))));
}

// Work of seconds: how much of it is done, and a button that stops it.
export function progress(label, stop) {
  const bar = element("progress", { max: 1, value: 0, "aria-label": label, style: "width: 100%" });
  const node = element("div", { class: "sc-tools", hidden: "" }, button("Stop", stop), bar);
  const show = ({ running, share }) => {
    bar.value = share;
    node.hidden = !running;
  };
  return { node, show };
}

// The day where the learner is: that of the clock in Greenwich is another one for hours.
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// A module from its text, of which a page has no address.
export function imported(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return import(url).finally(() => URL.revokeObjectURL(url));
}

export function saveAs(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
