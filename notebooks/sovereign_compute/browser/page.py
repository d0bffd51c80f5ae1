"""One file with the live panel of a model: it opens in any browser, without a kernel and without a network.

The same script as in JupyterLab draws the panel. Its kernel is `page_kernel.js`, which has the model and its views as
`trace` and `views` found them.
"""

import base64
import html
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from ..analysis.evaluation import COURSE, COURSE_HEAD
from ..controls import widgets
from ..controls.moves import Move
from ..controls.panel import Panel
from ..display import charts, drawing
from ..display.charts import OWN, blueprint, view_of, views_of
from ..inputs import share_codes, wording
from ..inputs.assumptions import Assumption, registry
from ..inputs.presets import start_values
from ..inputs.units import unit_words
from ..inputs.wording import number, quantity
from .data import model_data, view_data
from .forks import Untraceable
from .views import trace_view

FOLDER = Path(__file__).parent
POLICY = "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src blob: data:"
"""What the page may load: nothing. Its own scripts lie in it, and Vega is handed to the browser as one of them. No text
becomes a function: the expressions of a chart are read by Vega's interpreter."""
NOT_HERE = "The picture of the lesson is not part of this page: it is computed in the notebook."


def page(function: Callable, moves: Sequence[Move] = ()) -> str:
    """The page of a model, or of a learner's function, as HTML; Untraceable says why there is none."""
    data = page_data(function, moves)
    panel = widgets.script("panel.js").replace("export default", "return")
    script = f"{widgets.script('page.js', FOLDER)}\nopen((() => {{\n{panel}\n}})());"
    fonts = "".join(_file(face, base64.b64encode(face.read_bytes()).decode(), "base64") for face in drawing.FACES)
    vega = (widgets.FILES["vega.min.js"], FOLDER / "vega-interpreter.min.js")
    scripts = "".join(_file(path, path.read_text(encoding="utf-8"), "text") for path in vega)
    # Nothing in a text can end the tag that it lies in.
    known = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{html.escape(data["setup"]["title"])}</title>
<style>
body {{ margin: 0; padding: 12px; box-sizing: border-box; color-scheme: light dark; }}
body[data-jp-theme-light="false"] {{ background: #12161a; }}
{widgets.CourseWidget._css}
</style>
</head>
<body data-jp-theme-light="true">
<main></main>
<script type="application/json" id="data">{known}</script>
{fonts}{scripts}<script type="module">
{_inside(script)}
</script>
</body>
</html>
"""


def _file(path: Path, content: str, form: str) -> str:
    return f'<script type="text/plain" id="{path.name}" data-form="{form}">{_inside(content)}</script>\n'


def _inside(script: str) -> str:
    """A script as it may stand between two tags: what would end it, or begin a comment, is written in another way."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def page_data(function: Callable, moves: Sequence[Move] = ()) -> dict:
    """What the kernel in the page works with, as JSON has it."""
    panel = Panel(function, moves=moves)
    known = panel._inputs
    views, left_out = _views(function)
    setup = widgets.for_page(panel._describe())
    setup["views"] = [view for view in setup["views"] if view["id"] in views]
    if OWN in left_out:
        setup["start"] = " ".join(filter(None, [setup["start"], NOT_HERE]))
    start = start_values()
    return {
        "setup": setup,
        "model": model_data(function),
        "views": views,
        "presets": panel._presets,
        "start": {id: start[id] for id in known if id in start},
        "band": panel._first_band,
        "fault": Panel._fault,
        "seen": [move.seen() for move in moves],
        "words": {"course": COURSE, "head": COURSE_HEAD},
        "units": wording.first_words(),
        "sentences": sorted(widgets.SPOKEN),
        "accept": [accepted(a) for a in known.values()],
        **codes(),
    }


def _views(function: Callable) -> tuple[dict[str, dict], dict[str, str]]:
    """The views that are traced, the usual one first, and why the others are not; Untraceable if none is."""
    found, why = {}, {}
    for shown in views_of(function):
        try:
            told = view_data(trace_view(function, shown), charts.find(function).name)
        except Untraceable as error:
            why[shown] = str(error)
            continue
        view = view_of(function, shown)
        description = view.sentence(charts.evaluation_of(function, band=False))
        spec = charts.must_tell({**blueprint(function, shown), "description": description})
        found[shown] = {"told": told, "band": view.band, "columns": view.columns, "spec": widgets.for_page(spec)}
    if not found:
        raise Untraceable("; ".join(why.values()))
    return found, why


def accepted(a: Assumption) -> dict:
    """What a value of an assumption has to be, and what is said where it is not."""
    grid = {"min": a.hard_min, "max": a.hard_max, "step": a.step, "decimals": a.decimals, "log": a.scale == "log"}
    return {
        "code": a.code,
        "unit": unit_words(a.unit),
        "allowed": f"allowed is {number(a.hard_min)} to {quantity(a.hard_max, a.unit)}",
        "grid": {**grid, "digits": len(f"{a.step:.10f}".rstrip("0").partition(".")[2])},
    }


def codes() -> dict:
    """What share codes hold: the size of each grid by number, and what goes on under a second number."""
    continued = {str(second): list(parts) for second, parts in share_codes.CONTINUED.items()}
    known = {a.code: a for a in registry().values()}
    grown = [known[own] for own, *_ in continued.values() if own in known]
    sizes = {str(code): a.positions for code, a in known.items()}
    for second, (own, first, size) in continued.items():
        sizes |= {str(own): first, second: size}
    return {
        "sizes": sizes,
        "continued": continued,
        "grown": {str(a.code): {"places": a.positions, "label": a.label} for a in grown},
    }
