"""The live panels of the site: what they all share lies once beside the pages, what one panel computes with in a file.

All of it is loaded by classic scripts, which a browser accepts from a folder on the disk as well.
"""

import base64
import json
from functools import cache
from pathlib import Path

from sovereign_compute.browser import page as live_page
from sovereign_compute.browser.forks import Untraceable
from sovereign_compute.controls import widgets
from sovereign_compute.display import drawing
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

FOLDER = Path(__file__).parent
SHARED, ENGINE = "course-files.js", "course-panels.js"
"""Files in ``_static`` that each page with a panel loads: Vega and the letters, and the panel with its kernel."""


@cache
def can_live(name: str) -> bool:
    """Whether the panel of a model moves without a kernel."""
    try:
        _data("", name)
    except Untraceable:
        return False
    return True


def file_name(number: str, name: str) -> str:
    """What a panel of a lesson is called in ``_static``."""
    return f"panel-{number}-{name}"


@cache
def _data(number: str, name: str) -> dict:
    moves = of_lesson(number, "moves") if number else None
    return live_page.page_data(all_models()[name].function, moves.MOVES.get(name, ()) if moves else ())


def panel_script(place: str) -> str:
    """The file of one panel."""
    _, number, name = place.split("-", 2)
    return f"(globalThis.coursePanels ??= {{}})[{_text(place)}] = {_json(_data(number, name))};\n"


def shared_scripts() -> dict[str, str]:
    """The files that all pages with a panel load, by name."""
    vega = {path.name: path.read_text(encoding="utf-8") for path in (widgets.FILES["vega.min.js"], live_page.FOLDER / "vega-interpreter.min.js")}
    fonts = {face.name: base64.b64encode(face.read_bytes()).decode() for face in drawing.FACES}
    panel = widgets.script("panel.js").replace("export default", "return")
    kernel = widgets.script("page_kernel.js", live_page.FOLDER)
    shown = (FOLDER / "live.js").read_text(encoding="utf-8")
    engine = f"(() => {{\nconst panel = (() => {{\n{panel}\n}})();\n{kernel.replace('export class', 'class')}\n{shown}\n}})();\n"
    return {
        SHARED: f"globalThis.courseFiles = {_json({'text': vega, 'base64': fonts})};\n",
        ENGINE: engine,
    }


def _json(known) -> str:
    return json.dumps(known, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
