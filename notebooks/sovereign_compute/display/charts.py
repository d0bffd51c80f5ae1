"""Charts: how they look, what they must carry, and those that serve every model.

A chart of the course is drawn only with a title, titles on its quantitative axes and a description that states the
result. The description is what a screen reader says and what a test compares. Colours are Okabe and Ito's; nothing is
told by colour alone. Charts that others make are theirs: see `shown`.
"""

import hashlib
import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from importlib import import_module
from importlib.util import find_spec
from inspect import Parameter, signature
from typing import Any

import altair as alt

from ..analysis.evaluation import COURSE, Baseline, Evaluation, evaluation_of
from ..analysis.settings import standing
from ..errors import CourseError
from ..inputs.assumptions import ASSUMED, in_place, registry
from ..inputs.start import of_learner, start_values, start_words
from ..models.registry import find
from .contract import ROWS, must_agree, rows_of
from .drawing import FONT, WIDE
from .prose import Prose
from .tables import Table

BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#767676"
CATEGORIES = [BLUE, ORANGE, GREEN, "#cc79a7", "#56b4e9", GREY]
"""For up to six kinds of thing in one chart, in this order."""
PALETTE = {"own": BLUE, "cloud": ORANGE, "component": "#56b4e9", "reference": GREEN}
WIDTH = 520
TITLE = 80
"""Letters in a line of a title."""
LABELS = 220
"""Room for the labels of the rows and for the number behind the longest bar, in pixels."""
INK = "currentColor"
"""The colour of the text around a chart: dark on a light page, light on a dark one."""


class Look(alt.Config):
    """The look of the course. A chart that has it is one of the course's, and must tell what it shows."""


CONFIG = Look(
    # Letters and lines take the colour of the page: a drawing of its own colours would be a white sheet on a dark page.
    background="transparent",
    padding={"left": 0, "top": 5, "right": 5, "bottom": 5},  # at the left edge of the text above it
    font=f"{FONT}, Arial, Helvetica, sans-serif",
    axis=alt.AxisConfig(
        labelFontSize=12,
        labelSeparation=6,
        labelFlush=False,
        titleFontSize=12,
        titleFontWeight="normal",
        labelLimit=260,
        labelColor=INK,
        titleColor=INK,
        domainColor=INK,
        tickColor=INK,
        gridColor=INK,
        gridOpacity=0.15,
        domainOpacity=0.5,
        tickOpacity=0.5,
    ),
    title=alt.TitleConfig(fontSize=15, anchor="start", subtitleFontSize=12, offset=10, color=INK, subtitleColor=INK),
    legend=alt.LegendConfig(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK),
    header=alt.HeaderConfig(labelColor=INK, titleColor=INK),
    view=alt.ViewConfig(stroke=None),
    text=alt.MarkConfig(color=INK),
    rule=alt.RectConfig(color=INK),
    # The chart as a whole has its description; an empty layer would be a picture without a name.
    mark=alt.MarkConfig(aria=False),
)


def must_tell(spec: dict) -> dict:
    """Refuse a chart that does not say what it shows: title, description and titles of quantitative axes."""
    if not spec.get("title"):
        raise CourseError("a chart needs a title")
    if len(spec.get("description") or "") < 30:
        raise CourseError("a chart needs a description that states its result in a sentence")
    for view in _views(spec):
        for channel in ("x", "y"):
            used = [e[channel] for e in _encodings(view) if e.get(channel, {}).get("type") == "quantitative"]
            if used and not any(encoding.get("title") for encoding in used):
                raise CourseError(f"the {channel} axis of the chart {spec['title']!r} needs a title with its unit")
    return spec


def _views(spec: dict):
    """The single charts of a chart: each has axes of its own."""
    parts = [part for key in ("hconcat", "vconcat", "concat") for part in spec.get(key, [])]
    for part in parts:
        yield from _views(part)
    if not parts:
        yield spec


def _encodings(view: dict):
    """The encodings of a chart and of its layers, which share their axes."""
    yield view.get("encoding", {})
    for layer in view.get("layer", []):
        yield from _encodings(layer)


def specification(chart: alt.TopLevelMixin) -> dict:
    """A chart of the course as Vega-Lite, the same whatever themes and transformers of data are enabled in Altair."""
    with alt.theme.enable("default"), alt.data_transformers.enable("default"):
        # What the course draws is checked by its tests, which is three quarters of the time.
        spec = _round(chart.to_dict(validate=False, context={"pre_transform": False}))
    # Altair names data after its content; these names are to be the same on every machine, too.
    names = {name: _name(rows) for name, rows in spec.get("datasets", {}).items()}
    return _renamed(spec, names)


def shown(chart: alt.TopLevelMixin) -> dict | tuple:
    """What a notebook stores of a chart: of one with the course's look by its rules, of any other as Altair has it.

    JupyterLab draws the type of Vega-Lite 5 with what it ships, without a network; the spec is the same. Altair's usual
    way is a page that loads its scripts from elsewhere. Who has chosen another of Altair's ways gets that one.
    """
    if isinstance(chart.config, Look):
        spec = _wide(must_tell(specification(chart)))
        look = {"actions": False, "renderer": "svg"}
        return {**_vega_lite(spec, look), "text/plain": f"Chart. {spec['description']}"}
    if alt.renderers.active != "default":
        return chart._repr_mimebundle_()
    try:
        spec = chart.to_dict(context={"pre_transform": False})
    except Exception:  # Altair says what is wrong with it
        return chart._repr_mimebundle_()
    spec = json.loads(json.dumps(spec), parse_constant=lambda _: None)  # Altair leaves what is missing in texts as NaN
    return _vega_lite(spec, alt.renderers.options.get("embed_options") or {})


def _wide(spec: dict) -> dict:
    """A chart as wide as the column of text. On a narrow page it shrinks as a whole.

    Not ``"width": "container"``: with it JupyterLab draws the chart anew for ever, as each drawing alters its own room.
    """
    if "vconcat" in spec:
        return {**spec, "vconcat": [{**part, "width": WIDE - LABELS} for part in spec["vconcat"]]}
    if not isinstance(spec.get("width"), int | float):
        return spec
    return {**spec, "width": WIDE, "autosize": {"type": "fit-x", "contains": "padding"}}


def _vega_lite(spec: dict, look: dict) -> dict:
    told = {"usermeta": {**spec.get("usermeta", {}), "embedOptions": look}} if look else {}
    spec = {**spec, "$schema": "https://vega.github.io/schema/vega-lite/v5.json", **told}
    return {"application/vnd.vegalite.v5+json": spec}


def _round(value):
    """Every number to ten significant digits: the last ones of a double differ between machines and Pythons."""
    if isinstance(value, dict):
        return {key: _round(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_round(entry) for entry in value]
    # What is that close to zero is what a difference of equal numbers has left.
    return float(f"{round(value, 12):.10g}") if isinstance(value, float) else value


def _name(rows: list) -> str:
    return f"data-{hashlib.sha256(json.dumps(rows, sort_keys=True, default=str).encode()).hexdigest()[:32]}"


def _renamed(value, names: dict[str, str]):
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(entry, names) for key, entry in value.items()}
    if isinstance(value, list):
        return [_renamed(entry, names) for entry in value]
    return names.get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True)
class View:
    """How a model is shown: a chart over rows, the rows of a reading, the result as a sentence, table headings.

    Rows whose first cell is None are drawn and not listed in the table. ``band``: whether the chart draws the 90 % band
    around values that it also shows without, so that it can be left out. ``leads``: the assumptions that a learner is
    to move first, where the model itself does not say it best.

    Chart and table name columns of the rows: see `blueprint`. ``shares``: ids of a sum and of what is paid from it.
    """

    chart: Callable[[Any], alt.TopLevelMixin]
    rows: Callable[[Evaluation], dict[str, list]]
    sentence: Callable[[Evaluation], str]
    columns: dict[str, str]
    band: bool = True
    shares: tuple[str, tuple[str, ...]] | None = None
    leads: tuple[str, ...] = ()

    def __post_init__(self):
        for part in ("chart", "rows", "sentence"):
            if not callable(getattr(self, part)):
                raise CourseError(f"a view needs a function as its {part}, not {getattr(self, part)!r}")
        heads = self.columns
        if not (isinstance(heads, dict) and heads and all(isinstance(x, str) for pair in heads.items() for x in pair)):
            raise CourseError(f"a view needs columns, the heads of its table by the keys of its rows, not {heads!r}")


VIEWS: dict[str, View] = {}
"""The views that models have of their own, by the name of the model."""

OWN, ALL = "its own", "all results"  # ids of views; that of a single result is its attribute name, without a space


def _own(function: Callable) -> View | None:
    """The view of a model from ``display/views/ownership.py``, for one of ``models/ownership.py``."""
    if find(function).own:
        return None
    name = find(function).name
    module = f"{__package__}.views.{function.__module__.rpartition('.')[2]}"
    if name not in VIEWS and find_spec(module):
        import_module(module)
    return VIEWS.get(name)


def views_of(function: Callable) -> dict[str, str]:
    """The ways to show a model, id to label, the usual one first: its own, all results, each result for itself."""
    own = {OWN: "As in the lesson"} if _own(function) else {}
    return {**own, ALL: "All results", **{output.id: output.label for output in find(function).outputs}}


def view_of(function: Callable, shown: str = OWN) -> View:
    """One of the ways to show a model. A model without a view of its own is shown with all its results."""
    own, model = _own(function), find(function)
    if own and shown == OWN:
        return own
    plain = import_module(f"{__package__}.views.plain")
    return plain.all_results(model) if shown in (OWN, ALL) else plain.one_result(model.output(shown))


def blueprint(function: Callable, shown: str) -> dict:
    """The chart of a view without its rows, as Vega-Lite; CourseError if its chart or its table has none to draw.

    Built and held against the rows once, so that no move pays for it.
    """
    return _blueprint(function, shown, find(function).outputs)


@lru_cache(maxsize=1_000)
def _blueprint(function: Callable, shown: str, outputs: tuple) -> dict:
    view = view_of(function, shown)
    spec = specification(view.chart(alt.NamedData(ROWS)).properties(config=CONFIG))
    must_agree(
        f"{find(function).name}, view {shown!r}", view.rows(evaluation_of(function, band=False)), view.columns, spec
    )
    return spec


def figure(function: Callable, **changes):
    """The chart of a model as a still picture, at the course's values or with some of them changed.

    Its title is the finding: the first sentence of what the model says. A function of your own, as for ``explore``, is
    shown with all its results.

    >>> def my_cost(utilisation, price=4.0):
    ...     return price * 80 / utilisation
    >>> figure(my_cost, price=5).title.text
    ['With the values set here, “My cost” is 5']
    """
    blueprint(function, OWN)
    view, reading = view_of(function), evaluation_of(function, changes)
    records, said = rows_of(view.rows(reading)), view.sentence(reading)
    chart = view.chart(alt.Data(values=records))
    title = chart.title.to_dict() if isinstance(chart.title, alt.Title) else {}
    title = {**named(title, reading.baseline), "text": textwrap.wrap(finding(said), TITLE, break_on_hyphens=False)}
    return chart.properties(description=said, config=CONFIG, title=alt.Title(**title))


def finding(said: str) -> str:
    """The first sentence of what a model says, as a title: without its full stop and the ranges in brackets.

    >>> finding("An hour costs 0.52 EUR (90 % range 0.42 to 0.70). A cloud charges more.")
    'An hour costs 0.52 EUR'
    """
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z“])", said, maxsplit=1)[0]
    return re.sub(r"\s*\([^()]*range[^()]*\)", "", first).removesuffix(".")


def named(spec, compared: Baseline):
    """A chart that was written for the course's values, with the name of another scenario in its texts."""
    if compared.words == COURSE:
        return spec
    if isinstance(spec, dict):
        return {key: named(part, compared) for key, part in spec.items()}
    if isinstance(spec, list):
        return [named(part, compared) for part in spec]
    return compared.named(spec) if isinstance(spec, str) else spec


def in_words(function: Callable, **changes) -> Prose:
    """The result of a model in a sentence, at the course's values or with some of them changed."""
    return Prose(view_of(function).sentence(evaluation_of(function, changes)))


def from_start(show: Callable) -> Callable:
    """What a lesson calls to show something, so that it starts from the learner's own assumptions.

    Without a scenario it shows what the class starts from; given some changes, the course's values with those, as
    everywhere. Only what takes ``**changes`` is meant.
    """
    takes_changes = any(p.kind is Parameter.VAR_KEYWORD for p in signature(show).parameters.values())
    if not (takes_changes and start_values()):
        return show

    @wraps(show)
    def shown(*args, **given):
        own = of_learner() if not given.keys().isdisjoint(registry()) else ASSUMED
        with in_place(own), standing({id: a.value for id, a in own.items()}) as used:
            found = show(*args, **given)
        return _says_so(found, start_words(used)) if used else found

    return shown


def _says_so(found, words: str):
    """A chart, a table or a sentence with a line that it starts from other values than the course's."""
    if isinstance(found, Prose):
        return Prose(f"{found.text} {words}")
    if isinstance(found, Table):
        return Table(found.frame, f"{found.caption}. {words}", found.columns)
    title = found.title.to_dict() if isinstance(found.title, alt.Title) else {"text": found.title}
    above = title.pop("subtitle", [])
    lines = [*([above] if isinstance(above, str) else above), words]
    return found.properties(title=alt.Title(**title, subtitle=lines), description=f"{found.description} {words}")
