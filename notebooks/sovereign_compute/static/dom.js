// Shared by the widgets of the course: put in front of each of their scripts.

// Every widget loads a copy of its script, so what all widgets of a page share lies in the page.
const page = (globalThis.sovereignCompute ??= { widgets: 0, left: {}, names: new Set() });
const unique = (prefix) => `${prefix}${++page.widgets}`;

// Without this, whoever works by keyboard would have to go back through all controls of a panel to run the next cell.
if (!page.listens) {
  page.listens = true;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.closest(".sc-panel")?.closest(".jp-Cell")?.focus();
  });
}

const FOCUSABLE = ["a", "button", "input", "select", "summary", "textarea"];
const PATIENCE = 5000; // milliseconds without an answer, after which a learner is told
const NO_ANSWER = "The kernel has not answered yet. It may be busy: wait for the other cells. If that does not help, run this cell again (Shift+Enter).";
const RESTARTED = "The kernel was stopped or restarted: run this cell again (Shift+Enter), after the cells it needs.";

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  // JupyterLab would take arrow keys, Enter and letters for its own shortcuts.
  if (FOCUSABLE.includes(tag) || "tabindex" in attributes) node.dataset.lmSuppressShortcuts = "true";
  if (attributes.type === "number") noticeSigns(node);
  node.append(...children);
  return node;
}

// A field with its label, and what stands behind it.
const labelled = (text, field, ...more) => element("span", { class: "sc-tool" }, element("label", { for: field.id }, text), field, ...more);

function tableOf(caption, columns, rows, named = false) {
  const row = (cells, head) => element("tr", {}, ...cells.map((cell, i) => (head || (named && !i) ? element("th", { scope: head ? "col" : "row" }, cell) : element("td", {}, cell))));
  return element("table", {}, element("caption", {}, caption), ...(columns ? [element("thead", {}, row(columns, true))] : []),
    element("tbody", {}, ...rows.map((cells) => row(cells, false))));
}

// The day where the learner is: that of the clock in Greenwich is another one for hours.
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function saveAs(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Some browsers leave out what they do not know, without a word: 1,5 became 15 and −3 became 3. A comma means two things
// in Europe, so it is refused, unless the learner goes back and mends what stands there. The minus sign of a text is
// written as that of a keyboard.
function noticeSigns(field) {
  let held = 0;
  field.addEventListener("beforeinput", (event) => {
    held = field.value.length;
    if (event.data?.includes(",")) field.comma = true;
    if (event.data?.includes("−")) {
      event.preventDefault();
      document.execCommand("insertText", false, event.data.replaceAll("−", "-"));
    }
  });
  field.addEventListener("input", () => { if (field.value.length < held) field.comma = false; });
}

// What a number field holds: null if it is empty. A browser hides what it cannot read as a number; then a word goes to
// the kernel, which refuses it by name.
function numberIn(field) {
  const { comma } = field;
  field.comma = false;
  if (comma) return "…,…";
  return field.validity.badInput ? "what stands here" : field.value === "" ? null : Number(field.value);
}

// Put a widget on the page and show its state, now and whenever it changes. Returns what takes it away.
function mounted(model, el, root, show, leave = () => {}) {
  // Two panels of one model on a page are two places to go to: from the second on their names say which.
  const name = root.getAttribute("aria-label");
  let own = name;
  for (let n = 2; page.names.has(own); n += 1) own = `${name} (${n})`;
  page.names.add(own);
  root.setAttribute("aria-label", own);
  // A line for when the kernel has gone: controls would move and nothing would follow.
  // What the widget knew is left on the page, for the one that takes its place.
  const line = element("p", { class: "sc-error", role: "alert" });
  root.prepend(line);
  const tell = () => {
    line.textContent = RESTARTED;
    leave();
  };
  el.append(root);
  model.on("comm_live_update", tell);
  model.on("change:_state", show);
  show();
  return () => {
    page.names.delete(own);
    model.off("comm_live_update", tell);
    model.off("change:_state", show);
  };
}

// Number what goes to the kernel, and say so where it is not answered in time.
function asking(model, tell) {
  let seq = 0;
  let patience;
  const answered = () => { if ((model.get("_state").seq ?? 0) >= seq) clearTimeout(patience); };
  const send = (message) => {
    model.send({ ...message, seq: ++seq });
    clearTimeout(patience);
    patience = setTimeout(() => tell(NO_ANSWER), PATIENCE);
  };
  model.on("change:_state", answered);
  const stop = () => {
    model.off("change:_state", answered);
    clearTimeout(patience);
  };
  return { send, stop };
}

// JupyterLab takes Enter away from the fields of an output: the browser then neither commits a number nor sends a form.
// So what is typed counts when the field is left or the key is seen here.
function onTyped(field, send) {
  const commit = () => {
    if (!field.typing) return;
    field.typing = false;
    send();
  };
  field.addEventListener("input", () => { field.typing = true; });
  field.addEventListener("change", commit);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") commit(); });
}

function sendOnEnter(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}

