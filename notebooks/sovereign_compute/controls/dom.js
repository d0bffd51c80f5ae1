// Shared by the widgets of the course: put in front of each of their scripts.

// Every widget loads a copy of its script, so what all widgets of a page share lies in the page.
const page = (globalThis.sovereignCompute ??= { widgets: 0, left: {}, names: new Set() });
const unique = (prefix) => `${prefix}${++page.widgets}`;

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
const PATIENCE = 5000; // milliseconds without an answer, after which a learner is told
const NO_ANSWER = "The kernel has not answered yet. It may be busy: wait for the other cells. If that does not help, run this cell again (Shift+Enter).";
const RESTARTED = "The kernel was stopped or restarted. Choose Run → Run All Cells.";

function element(tag, attributes = {}, ...children) {
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

// A field for a number. A browser's own turns with the wheel, hides what it cannot read and leaves out what it does not
// know (1,5 became 15). So this one holds a text, which goes to the kernel as it is and is read there, in one place. The
// arrow keys step as in a browser's own, along `stops` where there are some; `put` shows a number.
function numberField({ min, max, step, stops = [], ...attributes }) {
  const field = element("input", { type: "text", role: "spinbutton", autocomplete: "off", spellcheck: "false",
    inputmode: min < 0 ? undefined : "decimal", "aria-valuemin": min, "aria-valuemax": max, ...attributes });
  const speak = () => {
    const plain = field.value.trim() !== "" && Number.isFinite(Number(field.value));
    for (const [name, text] of [["aria-valuenow", plain && Number(field.value)], ["aria-valuetext", !plain && field.value]])
      if (text === false || text === "") field.removeAttribute(name); else field.setAttribute(name, text);
  };
  field.put = (value) => { field.value = value; speak(); };
  field.addEventListener("input", speak);
  field.addEventListener("keydown", (event) => {
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!up || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const value = Number(field.value);
    // What only the kernel can read goes there first.
    if (Number.isFinite(value)) {
      field.put(stepped(value, up, { min, max, step, stops }));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return field;
}

// The next value up (1) or down (−1): on the grid that starts at `min`, or one more or less where there is no step.
function stepped(value, up, { min, max, step, stops }) {
  const beyond = (stop) => up * (stop - value) > 1e-9 * Math.abs(value);
  if (stops.length) return (up > 0 ? stops.find(beyond) : stops.findLast(beyond)) ?? value;
  const places = (value - (min ?? 0)) / (step ?? 1);
  const near = Math.round(places);
  const on = !step || Math.abs(places - near) < 1e-6;
  const to = (min ?? 0) + (step ?? 1) * (on ? (step ? near : places) + up : up > 0 ? Math.ceil(places) : Math.floor(places));
  return Number(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, to)).toPrecision(12));
}

// What a field holds, for the kernel to read; null if it is empty.
const typedIn = (field) => (field.value.trim() === "" ? null : field.value);

// The letters of the charts come from the kernel, once for a page, and charts look as the stored pictures do. A chart that
// measures its texts waits for them, but not for ever: without them it is drawn with the nearest that the system has.
function letters(model) {
  return (page.letters ??= new Promise((resolve) => {
    const receive = (message, faces) => {
      if (message.kind !== "faces") return;
      model.off("msg:custom", receive);
      faces.forEach((face, bold) => document.fonts.add(new FontFace("Course Sans", face, { weight: bold ? "700" : "400" })));
      resolve();
    };
    model.on("msg:custom", receive);
    model.send({ kind: "faces" });
    setTimeout(resolve, PATIENCE);
  }));
}

// The way between a widget and its kernel, for all of them: `send` numbers a message and says so where it is not answered
// in time, `open` is whether an answer is still waited for. `lost` hears that one is waited for no longer, `leave` that the
// kernel has gone. `mount` puts the widget on the page and shows its state, now and whenever it changes; it returns what
// takes the widget away.
function connected(model, { lost = () => {}, leave = () => {} } = {}) {
  // One line for what is no feedback: no answer, a fault of the course, a kernel that has gone.
  const line = element("p", { class: "sc-error", role: "alert" });
  const say = (words) => { if (line.textContent !== words) line.textContent = words; };
  const answered = () => model.get("_state").seq ?? 0;
  let seq = answered(), waited = seq, patience;
  const open = () => waited < seq && answered() < seq;
  const send = (message, ...buffers) => {
    model.send({ ...message, seq: ++seq }, undefined, buffers);
    clearTimeout(patience);
    patience = setTimeout(() => {
      say(NO_ANSWER);
      waited = seq;
      lost();
    }, PATIENCE);
  };
  // Controls would move and nothing would follow. What the widget knew is left on the page, for the one in its place.
  const gone = () => {
    clearTimeout(patience);
    say(RESTARTED);
    leave();
  };
  const mount = (el, root, show) => {
    // Two panels of one model on a page are two places to go to: from the second on their names say which.
    const name = root.getAttribute("aria-label");
    let own = name;
    for (let n = 2; page.names.has(own); n += 1) own = `${name} (${n})`;
    page.names.add(own);
    root.setAttribute("aria-label", own);
    root.prepend(line);
    const changed = () => {
      if (answered() >= seq) {
        clearTimeout(patience);
        say(model.get("_state").fault ?? "");
      }
      show();
    };
    el.append(root);
    letters(model);
    model.on("comm_live_update", gone);
    model.on("change:_state", changed);
    changed();
    return () => {
      page.names.delete(own);
      clearTimeout(patience);
      model.off("comm_live_update", gone);
      model.off("change:_state", changed);
    };
  };
  return { send, open, mount };
}

// Work of seconds: how much of it is done, and a button that stops it.
function progress(label, stop) {
  const bar = element("progress", { max: 1, value: 0, "aria-label": label, style: "width: 100%" });
  const button = element("button", { type: "button", onclick: stop }, "Stop");
  const node = element("div", { class: "sc-tools", hidden: "" }, button, bar);
  const show = ({ running, share }) => {
    bar.value = share;
    node.hidden = !running;
  };
  return { node, show };
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

