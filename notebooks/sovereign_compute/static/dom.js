// Shared by the widgets of the course: put in front of each of their scripts.

// Every widget loads a copy of its script, so what all widgets of a page share lies in the page.
const page = (globalThis.sovereignCompute ??= { widgets: 0, left: {} });
const unique = (prefix) => `${prefix}${++page.widgets}`;

// Without this, whoever works by keyboard would have to go back through all controls of a panel to run the next cell.
if (!page.listens) {
  page.listens = true;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.closest(".sc-panel")?.closest(".jp-Cell")?.focus();
  });
}

const FOCUSABLE = ["a", "button", "input", "select", "summary"];
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
  if (attributes.type === "number") noticeCommas(node);
  node.append(...children);
  return node;
}

// Some browsers leave out a comma without a word: 1,5 became 15. A comma means two things in Europe, so it is refused,
// unless the learner goes back and mends what stands there.
function noticeCommas(field) {
  let held = 0;
  field.addEventListener("beforeinput", (event) => {
    held = field.value.length;
    if (event.data?.includes(",")) field.comma = true;
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

// Put a line above a widget whose kernel has gone: its controls would move and nothing would follow.
// What it knew is left on the page, for the one that takes its place.
function tellWhenKernelIsGone(model, root, leave = () => {}) {
  const line = element("p", { class: "sc-error", role: "alert" });
  root.prepend(line);
  const tell = () => {
    line.textContent = RESTARTED;
    leave();
  };
  model.on("comm_live_update", tell);
  return () => model.off("comm_live_update", tell);
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

