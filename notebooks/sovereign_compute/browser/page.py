"""Pages with live panels, exercises and guesses, which open in any browser without a kernel and without a network.

The same scripts as in JupyterLab draw them. Their kernels lie in the page: `page.js` opens them, and `panels` and
`controls` give what they work with. ``page`` makes one file of one panel and ``document`` one of several controls; a
site puts ``places`` into its pages, which share ``site_script`` and ``style``.
"""

import base64
import html
import json
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from ..controls import widgets
from ..controls.moves import Move
from ..display import drawing
from .panels import panel_control

FOLDER = Path(__file__).parent
POLICY = "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src blob: data:"
"""What a file may load: nothing. Its own scripts lie in it, and Vega is handed to the browser as one of them. No text
becomes a function: the expressions of a chart are read by Vega's interpreter."""
SCRIPTS = {"panel": "panel", "exercises": "check", "predictions": "predictions", "reveal": "reveal", "work": "archive"}
"""The script of each control."""
REMARK = re.compile(r"^[ \t]*// .*\n|^[ \t]+(?=\S)", re.M)
"""What a script has for those who read its source: lines that are comments, and the space in front of the others."""
FILES = {**widgets.FILES, "vega-interpreter.min.js": FOLDER / "vega-interpreter.min.js.gz"}
"""What a page has inside by name: letters, and what draws charts."""
HEAD, FOOT = 10, 8
"""Bytes before and behind what is compressed in a file of gzip that keeps no name."""
BODY = """
body { margin: 0; padding: 12px; box-sizing: border-box; color-scheme: light dark; }
body[data-jp-theme-light="false"] { background: #12161a; color: #e6e9ec; }
.sc-embedded + .sc-embedded { margin-top: 12px; }
"""


def page(function: Callable, moves: Sequence[Move] = ()) -> str:
    """The page of a model, or of a learner's function, as HTML; Untraceable says why there is none."""
    control = panel_control(function, moves)
    return document(control["setup"]["title"], [control])


def document(title: str, controls: Sequence[dict], body: str = "") -> str:
    """One file with controls, below a text in HTML."""
    return whole(title, f"<main>{body}{''.join(places(controls))}</main>", controls)


def whole(
    title: str, body: str, controls: Sequence[dict], look: str = "", scripts: Sequence[str] = (), policy: str = POLICY
) -> str:
    """One file around a body that has the ``places`` of its controls; ``scripts`` run after that of the controls."""
    charts = any(control["control"] == "panel" for control in controls)
    files = "".join(
        f'<script type="text/plain" id="{name}">{packed(path)}</script>\n'
        for name, path in FILES.items()
        if charts or path in drawing.FACES
    )
    run = (_opening(control["control"] for control in controls), *scripts)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{html.escape(title)}</title>
<style>{BODY}{style()}{look}</style>
</head>
<body data-jp-theme-light="true">
{body}
{files}{"".join(f"<script>{chr(10)}{_inside(script)}{chr(10)}</script>{chr(10)}" for script in run)}</body>
</html>
"""


def places(controls: Sequence[dict]) -> list[str]:
    """For each control of one page what stands for it there; what two of them compute with is written once."""
    written: set[str] = set()
    found = []
    for control in controls:
        mine = {name: model for name, model in control.get("models", {}).items() if name not in written}
        written |= mine.keys()
        # Nothing in a text can end the tag that it lies in.
        known = json.dumps(
            {**control, "models": mine}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        ).replace("<", "\\u003c")
        found.append(f'<div class="sc-embedded"><script type="application/json">{known}</script></div>\n')
    return found


def site_script() -> str:
    """The script that the pages of a site share: it opens all controls, and has Vega and the letters inside."""
    files = {name: packed(path) for name, path in FILES.items()}
    return _opening(SCRIPTS, json.dumps(files, ensure_ascii=False))


def style() -> str:
    """The look of all controls."""
    return widgets.style("exercises.css")


def _opening(controls: Iterable[str], files: str = "null") -> str:
    """A script that opens the controls of a page; it is no module, so that it loads from a disk as well."""
    used = {control: SCRIPTS[control] for control in controls}
    others = ["zip", "letters", "dom", *(["chart"] if "panel" in used else [])]
    drawn = ", ".join(f"{control}: scripts.{name}" for control, name in used.items())
    made = (
        f"(() => {{\nconst kernels = () => {widgets.scripts(['page', 'beside'], FOLDER)};\n"
        f"const scripts = {widgets.scripts([*used.values(), *others])};\n"
        f"kernels().page.open({{ {drawn} }}, scripts, kernels, {files});\n}})();\n"
    )
    return REMARK.sub("", made)


@cache
def packed(path: Path) -> str:
    """A file as the page has it inside: compressed by DEFLATE, in base64."""
    found = path.read_bytes()
    if path.suffix == ".gz":
        return base64.b64encode(found[HEAD:-FOOT]).decode()
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(squeezed.compress(found) + squeezed.flush()).decode()


def _inside(script: str) -> str:
    """A script as it may stand between two tags: what would end it, or begin a comment, is written in another way."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
