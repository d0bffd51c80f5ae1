// The way between a control and its kernel, for all controls and nowhere else: whoever answers in place of a kernel needs
// only what `connected` asks of a model (get, on, off, send). Every message has a number, and the state that answers it
// bears that number as `seq` and a sentence as `fault` if something went wrong.

import { element, page, say } from "./dom.js";
import { letters } from "./letters.js";

const PATIENCE = 5000; // milliseconds without an answer, after which a learner is told
const NO_ANSWER = "The kernel has not answered yet. It may be busy: wait for the other cells. If that does not help, "
  + "run this cell again (Shift+Enter).";
const RESTARTED = "The kernel was stopped or restarted. Choose Run → Run All Cells.";

// What a control has of its kernel. `sent` hears that a message is on its way, `leave` that the kernel has gone; `early` makes
// what knows the state after some moves before the kernel does.
export function connected(model, { sent = () => {}, leave = () => {}, early = () => null } = {}) {
  // One line for what is no feedback: no answer, a fault of the course, a kernel that has gone.
  const line = element("p", { class: "sc-error", role: "alert" });
  const ears = [];
  const listen = (event, hear) => {
    model.on(event, hear);
    ears.push([event, hear]);
  };
  const answered = () => model.get("_state").seq ?? 0;
  let seq = answered(), waited = seq, asked = "", stale = false, gone = false, patience, show = () => {};
  const held = [];
  let under = [], since; // what was sent and has no answer, and when the last of it was sent
  let found = null; // the state after the moves that have no answer, where the page knows it

  // Whether an answer is still waited for.
  const open = () => waited < seq && answered() < seq;

  // One message is under way at the most; what is asked meanwhile waits, and moves of controls are merged. If no answer
  // comes, what is held is sent instead of waiting for ever.
  function send(message, ...buffers) {
    const last = held.at(-1)?.message;
    if (last?.kind === "set" && message.kind === "set") Object.assign(last.values, message.values);
    else held.push({ message, buffers });
    next();
    if (foresee()) show(found);
  }
  function next() {
    if (gone || open()) return;
    if (!held.length && stale) held.push({ message: { kind: "show" }, buffers: [] });
    if (!held.length) return;
    const { message, buffers } = held.shift();
    asked = message.kind;
    stale = false;
    sent();
    under.push({ ...message, seq: ++seq });
    since = performance.now();
    model.send(under.at(-1), undefined, buffers);
    clearTimeout(patience);
    patience = setTimeout(() => {
      say(line, NO_ANSWER);
      waited = seq;
      next();
    }, PATIENCE);
  }

  // What the moves that have no answer lead to, if there are no other messages among them.
  function foresee() {
    under = under.filter((message) => message.seq > answered());
    const waiting = [...under, ...held.map(({ message }) => message)];
    const known = !gone && waiting.length && waiting.every(({ kind }) => kind === "set");
    found = (known && ahead?.after(model.get("_state"), waiting)) || null;
    return found;
  }

  // Nothing is under way any more.
  function confirmed() {
    const state = model.get("_state"), last = under.at(-1);
    clearTimeout(patience);
    say(line, state.fault ?? "");
    if (last?.kind === "set" && Number.isFinite(state.took)) ahead?.took(performance.now() - since - state.took);
    if (found && !held.length) ahead?.confirmed(state);
  }

  // Bytes that the kernel has for the page.
  const fetched = (name) => new Promise((resolve) => {
    const receive = (message, buffers) => {
      if (message.kind !== "file" || message.name !== name) return;
      model.off("msg:custom", receive);
      resolve(buffers[0]);
    };
    model.on("msg:custom", receive);
    model.send({ kind: "file", name });
  });

  // The same once for a page, whichever of its controls asks. Nobody is told to wait for it. What does not come is asked for
  // again by the next who needs it.
  function file(name) {
    if (!page.files[name]) {
      const forget = setTimeout(() => delete page.files[name], PATIENCE);
      page.files[name] = fetched(name).finally(() => clearTimeout(forget));
    }
    return page.files[name];
  }

  const ahead = early({ get: (name) => model.get(name), file, fetched });

  // Puts the control on the page and shows its state, now and whenever it changes; returns what takes it away.
  function mount(el, root, draw) {
    // Two panels of one model on a page are two places to go to: from the second on their names say which.
    const name = root.getAttribute("aria-label");
    let own = name;
    for (let n = 2; page.names.has(own); n += 1) own = `${name} (${n})`;
    page.names.add(own);
    root.setAttribute("aria-label", own);
    root.prepend(line);
    show = draw;
    const changed = () => {
      if (answered() >= seq) confirmed();
      next();
      show(foresee() ?? model.get("_state"));
      if (!open()) ahead?.rest();
    };
    el.append(root);
    letters(file);
    listen("change:_state", changed);
    // Another control, or code, has changed what this one shows.
    listen("msg:custom", ({ kind }) => {
      if (kind !== "stale") return;
      stale = true;
      next();
    });
    // Controls would move and nothing would follow. What the control knew is left on the page, for the one in its place.
    listen("comm_live_update", () => {
      clearTimeout(patience);
      say(line, RESTARTED);
      gone = true;
      page.files = {}; // what was asked for and has not come
      page.optimist = null; // the next kernel may have another one
      if (found) {
        found = null; // nobody will confirm it
        show(model.get("_state"));
      }
      leave();
    });
    changed();
    return () => {
      page.names.delete(own);
      clearTimeout(patience);
      for (const [event, hear] of ears) model.off(event, hear);
    };
  }

  return {
    setup: model.get("_setup"),
    get: (name) => model.get(name),
    get state() { return found ?? model.get("_state"); },
    get asked() { return asked; }, // the kind of the last message that was sent
    send, open, file, mount,
    letters: () => letters(file),
    onChange: (name, hear) => listen(`change:${name}`, hear),
    onMessage: (kind, hear) => listen("msg:custom", (message, buffers) => { if (message.kind === kind) hear(buffers); }),
  };
}

// Draws a control, and draws it anew when what it is made of changes.
export function renewed(draw) {
  return (page) => {
    let leave = draw(page);
    const again = () => {
      leave();
      page.el.replaceChildren();
      leave = draw(page);
    };
    page.model.on("change:_setup", again);
    return () => {
      page.model.off("change:_setup", again);
      leave();
    };
  };
}
