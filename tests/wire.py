"""A panel in a page of its own, and its kernel in the test: what one says the other hears when the test has it told."""

import base64
import json

from sovereign_compute.controls.panel import Panel
from sovereign_compute.controls.widgets import for_page

# The time that the page measures is the test's. What is sent is kept until it is taken.
MODEL = """async ([text, held]) => {
  globalThis.now = 0;
  performance.now = () => globalThis.now;
  const { default: { render } } = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  const heard = {}, sent = [];
  const tell = (event, ...said) => { for (const hear of [...heard[event] ?? []]) hear(...said); };
  const model = {
    get: (key) => held[key],
    send: (message) => { sent.push(message); },
    on: (event, hear) => { (heard[event] ??= []).push(hear); },
    off: (event, hear) => { heard[event] = heard[event].filter((one) => one !== hear); },
  };
  globalThis.wire = {
    tell, said: [],
    taken: () => sent.splice(0),
    put: (changed) => {
      Object.assign(held, changed);
      for (const name of Object.keys(changed)) tell(`change:${name}`);
    },
    hand: (message, bytes) => tell("msg:custom", message, [Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))]),
  };
  const el = document.createElement("div");
  document.body.append(el);
  render({ model, el });
  new MutationObserver(() => wire.said.push(document.querySelector(".sc-sentence").textContent))
    .observe(document.querySelector(".sc-sentence"), { childList: true, characterData: true, subtree: true });
}"""
SHOWN = """() => ({
  sentence: document.querySelector(".sc-sentence").textContent,
  headline: document.querySelector(".sc-headline").textContent,
  table: document.querySelector(".sc-table table").textContent,
  busy: document.querySelector(".sc-figure").hasAttribute("aria-busy"),
})"""
MOVE = """([id, value]) => {
  const field = document.querySelector(`[id$='-${id}-number'], [id$='-${id}-choice']`);
  field.value = value;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}"""


class Wire:
    """``waiting`` are messages that the kernel has not had, ``files`` the names of what it was asked for."""

    def __init__(self, tab, panel: Panel):
        self.tab, self.panel = tab, panel
        self.waiting: list[dict] = []
        self.files: list[str] = []
        self._sent: list[tuple] = []
        panel.send = lambda content, buffers=(): self._sent.append((content, buffers))
        self._told = self._state()
        tab.evaluate(MODEL, [panel._esm, self._told])
        tab.evaluate("() => { document.querySelector('.sc-table').open = true; }")
        self.answer()
        tab.wait_for_selector(".sc-chart svg")

    def _state(self) -> dict:
        told = {name: getattr(self.panel, name) for name in ("_setup", "_state", "_chart")}
        return {**for_page(json.loads(json.dumps(told))), "_saved": self.panel._saved}

    def move(self, id: str, value) -> None:
        """Set a control; the kernel hears nothing yet."""
        self.tab.evaluate(MOVE, [id, str(value)])

    def shown(self) -> dict:
        """Texts as a reader has them, and whether the kernel is waited for."""
        found = self.tab.evaluate(SHOWN)
        return {part: text.replace("\xa0", " ") if isinstance(text, str) else text for part, text in found.items()}

    def answer(self, way: float = 0, most: int = 100) -> int:
        """The kernel has and answers what the page sends, at most so many messages, each after so many milliseconds.

        Returns how many there were.
        """
        answered = 0
        while answered < most and self._next():
            message = self.waiting.pop(0)
            self.panel._receive(self.panel, message, [])
            self.tab.evaluate("(passed) => { now += passed; }", way + self.panel._state.get("took", 0))
            self._deliver()
            answered += 1
        return answered

    def _next(self) -> bool:
        """Whether a message waits, after all files have been handed over."""
        while True:
            taken = self.tab.evaluate("() => wire.taken()")
            self.waiting += [message for message in taken if message["kind"] != "file"]
            asked = [message for message in taken if message["kind"] == "file"]
            if not asked:
                return bool(self.waiting)
            for message in asked:
                self.files.append(message["name"])
                self.panel._receive(self.panel, message, [])
            self._deliver()

    def _deliver(self) -> None:
        now = self._state()
        changed = {name: value for name, value in now.items() if value != self._told[name]}
        self._told = now
        # What changes together is there together, and messages come in their order.
        self.tab.evaluate("(changed) => wire.put(changed)", changed)
        sent, self._sent[:] = list(self._sent), []
        for content, buffers in sent:
            packed = base64.b64encode(buffers[0]).decode() if buffers else ""
            self.tab.evaluate("([message, bytes]) => wire.hand(message, bytes)", [content, packed])
