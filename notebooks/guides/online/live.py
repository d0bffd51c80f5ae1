"""The live controls of the site: which of them a cell shows, and what all of them share."""

import base64
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pages
from sovereign_compute.browser import page as live_page
from sovereign_compute.browser.forks import Untraceable
from sovereign_compute.controls import widgets
from sovereign_compute.display import drawing
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

FOLDER = Path(__file__).parent
SCRIPT = "course.js"
"""The file that each page with a control loads."""


def controls_of(number: str, kind: str, cell) -> list:
    """The controls of a cell of a lesson that live without a kernel."""
    if kind not in ("explore", "play"):
        return []
    moves = of_lesson(number, "moves").MOVES if kind == "play" else {}
    found = [(all_models()[name].function, tuple(moves.get(name, ()))) for name in pages.PANEL.findall(cell.source)]
    return [control for control in found if _lives(*control)]


@cache
def _lives(function: Callable, moves: tuple) -> bool:
    try:
        live_page.page_data(function, moves)
    except Untraceable:
        return False
    return True


def places(controls: list) -> list[str]:
    """For each control of a page the HTML where it will be, with what it computes with."""
    found = []
    for function, moves in controls:
        known = json.dumps(
            live_page.page_data(function, moves), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        known = known.replace("<", "\\u003c")
        found.append(f'<div class="sc-place"><script type="application/json">{known}</script></div>')
    return found


def script() -> str:
    """One script with all that the controls share: it opens from the disk as well, where no module would."""
    vega = {name: path.read_text(encoding="utf-8") for name, path in _vega().items()}
    fonts = {face.name: base64.b64encode(face.read_bytes()).decode() for face in drawing.FACES}
    files = json.dumps({"text": vega, "base64": fonts}, ensure_ascii=False)
    panel = widgets.script("panel.js").replace("export default", "return")
    kernel = widgets.script("page_kernel.js", live_page.FOLDER).replace("export class", "class")
    shown = (FOLDER / "live.js").read_text(encoding="utf-8")
    return f"(() => {{\nconst files = {files};\nconst panel = (() => {{\n{panel}\n}})();\n{kernel}\n{shown}\n}})();\n"


def _vega() -> dict[str, Path]:
    interpreter = live_page.FOLDER / "vega-interpreter.min.js"
    return {"vega.min.js": widgets.FILES["vega.min.js"], interpreter.name: interpreter}


def style() -> str:
    """The look of all controls."""
    return widgets.style()
