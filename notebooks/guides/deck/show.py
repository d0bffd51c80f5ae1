"""One file with slides: they open from a disk, ask for nothing, and have a window for the speaker."""

import re
from collections.abc import Sequence
from pathlib import Path

from sovereign_compute.browser import page

from .lesson import mark
from .parts import Slide

FOLDER = Path(__file__).parent
POLICY = f"{page.POLICY}; frame-src 'self' file:"
"""As that of a page; the speaker's window shows the same file in two frames."""


def show(title: str, stacks: Sequence[Sequence[Slide]], controls: Sequence[dict]) -> str:
    """A file of several stacks of slides, of which one alone lies side by side; ``controls`` are those they mark."""
    ready = {mark(n): made for n, made in enumerate(page.places(controls))}
    shown = ["\n".join(_section(slide) for slide in stack) for stack in stacks]
    inside = shown[0] if len(shown) == 1 else "\n".join(f"<section>{stack}</section>" for stack in shown)
    inside = re.sub(r"<!-- control \d+ -->", lambda found: ready[found[0]], inside)
    body = f'<main><div class="reveal"><div class="slides">\n{inside}\n</div></div></main>'
    scripts = [_text("reveal.min.js"), _text("notes.min.js"), _text("deck.js")]
    return page.whole(title, body, controls, _text("reveal.min.css") + _text("deck.css"), scripts, POLICY)


def _section(slide: Slide) -> str:
    notes = f'<aside class="notes">{"".join(slide.notes)}</aside>' if slide.notes else ""
    return (
        f'<section class="{slide.kind}" data-timing="{round(60 * slide.minutes)}">'
        f'<div class="slide">{slide.body}</div>{notes}</section>'
    )


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
