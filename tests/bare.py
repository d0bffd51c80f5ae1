"""The panels of the course on a bare page of Chromium, without JupyterLab and a kernel: how their pictures come out."""

import base64
import json

from sovereign_compute import models
from sovereign_compute.controls.panel import Panel
from sovereign_compute.controls.widgets import FILES, content, for_page, style
from sovereign_compute.models.registry import all_models

EVERY = [name for name, model in all_models().items() if model.function.__module__.startswith(models.__name__)]
"""All models of the course by name, without those that tests have made."""

# A model that is the page's own: what the kernel would send is set from Python. Of what the panel sends, only the
# wish for a file is answered.
HOST = """async ([panel, files]) => {
  globalThis.heard = {};
  globalThis.held = {};
  const model = {
    get: (name) => held[name], on: (event, hear) => (heard[event] ??= []).push(hear), off() {},
    send({ kind, name }) {
      if (kind !== "file") return;
      const bytes = Uint8Array.from(atob(files[name]), (letter) => letter.charCodeAt());
      queueMicrotask(() => { for (const hear of heard["msg:custom"]) hear({ kind, name }, [bytes]); });
    },
  };
  const { render } = (await import(URL.createObjectURL(new Blob([panel], { type: "text/javascript" })))).default;
  globalThis.host = (held) => {
    globalThis.held = held;
    heard = {};
    document.body.replaceChildren(document.createElement("div"));
    render({ model, el: document.body.firstChild });
  };
}"""

# Show a state and wait until its picture is drawn: the sentence is made its own, as the picture is named by it.
SHOW = """async ([chart, state]) => {
  if (chart) held._chart = chart;
  globalThis.shown = (globalThis.shown ?? 0) + 1;
  held._state = { ...state, sentence: `${state.sentence} ${shown}` };
  for (const hear of heard["change:_state"]) hear();
  const drawn = () => document.querySelector(".sc-chart svg")?.getAttribute("aria-label") === held._state.sentence;
  for (let frames = 0; !drawn(); frames += 1) {
    if (frames > 1200) throw new Error("the picture was not drawn");
    await new Promise(requestAnimationFrame);
  }
}"""

# Texts of the picture that stick out of it, and pairs of texts that lie on each other.
FAULTS = """() => {
  const edge = document.querySelector(".sc-chart").getBoundingClientRect();
  const texts = [...document.querySelectorAll(".sc-chart svg text")].filter((text) => text.textContent.trim());
  const seen = texts.filter((text) => text.getAttribute("opacity") !== "0"); // Vega hides what has no room on an axis
  const boxes = seen.map((text) => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width);
  const out = (box) => box.right > edge.right + 1 || box.left < edge.left - 1 || box.bottom > edge.bottom + 2;
  const cut = boxes.filter(([, box]) => out(box)).map(([text]) => `cut: ${text}`);
  const shared = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
  const over = (a, b) => shared(a, b, "left", "right") > 2 && shared(a, b, "top", "bottom") > 4;
  const on = boxes.flatMap(([text, box], i) => boxes.slice(i + 1).filter(([, other]) => over(box, other))
    .map(([other]) => `on each other: ${text} | ${other}`));
  return [...cut, ...on];
}"""

# What the rows of a picture are called, from above; numbers on an axis are no names.
NAMES = """() => [...document.querySelectorAll(".sc-chart svg .role-axis-label text")].map((text) => text.textContent)
  .filter((text) => !/^[−\\d.,%kM ]*$/.test(text))"""


class Bare:
    """A page of one width that shows one panel after another."""

    def __init__(self, chromium, width: int):
        self.page = chromium.new_page(viewport={"width": width, "height": 1000})
        self.page.set_content(f"<!doctype html><style>body {{ margin: 0 }} {style()}</style><body></body>")
        files = {name: base64.b64encode(content(path)).decode() for name, path in FILES.items()}
        self.page.evaluate(HOST, [str(Panel._esm), files])

    def open(self, panel: Panel) -> None:
        """Put a panel on the page, in the place of the one before."""
        self._drawn = json.dumps(panel._chart)
        self.page.evaluate(
            "(held) => host(held)",
            {name: for_page(getattr(panel, name)) for name in ("_setup", "_state", "_chart", "_saved")},
        )
        self.show(panel)

    def show(self, panel: Panel) -> None:
        """Show what the panel says now."""
        drawn = json.dumps(panel._chart)
        self.page.evaluate(SHOW, [None if drawn == self._drawn else for_page(panel._chart), for_page(panel._state)])
        self._drawn = drawn

    def faults(self) -> list[str]:
        return self.page.evaluate(FAULTS)

    def names(self) -> list[str]:
        """What the rows of the picture are called, from above."""
        return self.page.evaluate(NAMES)
