"""A stored chart as a slide has it: its finding as the title above it, and letters that are read from the last row."""

import copy
import re
from collections.abc import Callable

import altair as alt
from online.cells import drawn
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.display import drawing
from sovereign_compute.display.charts import CONFIG, specification, view_of
from sovereign_compute.display.contract import rows_of

WIDTH, HEIGHT = 1200, 500
"""Pixels that a slide of 1280 by 720 has for a picture, below a title of two lines."""
SMALLEST, LETTERS = 12, 16
"""Pixels of the smallest letter in a chart and, made larger, on such a slide; a page has smaller ones."""
TALLEST = HEIGHT * SMALLEST / LETTERS
"""Pixels of a chart's height, at most, before it is made larger."""
IN_PANEL = 295
"""Pixels of the height of a panel's chart, at most, before the panel is made larger."""
TIGHT = 13
"""Pixels of a row, at least: enough for a letter of the smallest size."""
LOWEST = 0.5
"""The part of the height of its rows that a chart keeps at least."""
NARROW = 700
"""Pixels of a chart's width, at least, before it is made larger: its labels and numbers need them."""
SIZES = ("fontSize", "labelFontSize", "titleFontSize", "subtitleFontSize")
PLAIN = {part: {"labelFontSize": SMALLEST, "titleFontSize": SMALLEST} for part in ("axis", "legend", "header")}
"""Letters of a chart that has no look of its own, as one that a learner draws."""


def finding(spec: dict) -> tuple[str, str]:
    """What a chart says in its title and below it."""
    title = spec.get("title") or ""
    title = title if isinstance(title, dict) else {"text": title}
    return _line(title.get("text")), _line(title.get("subtitle"))


def untitled(spec: dict) -> dict:
    """A chart without its title, where that stands above the picture."""
    return {key: part for key, part in spec.items() if key != "title"}


def _line(text: str | list[str] | None) -> str:
    return " ".join([text] if isinstance(text, str) else text or [])


def pictures(spec: dict) -> list[str]:
    """A chart without its title, as large as a slide has room for; one of very many rows is on several slides."""
    bare = _letters(untitled(spec))
    bare["config"] = {**PLAIN, **bare.get("config", {})}
    bare, height = lowered(bare, TALLEST)
    if height > TALLEST and (halves := _halves(bare)):
        return [picture for half in halves for picture in pictures(half)]
    if isinstance(bare.get("width"), int | float):  # as wide for its height as a slide is, so that it fills it
        bare["width"] = max(NARROW, WIDTH * height / HEIGHT)
    # Without a size of its own it takes the room there is.
    return [re.sub(r' width="([\d.]+)" height="([\d.]+)"', r' data-size="\1 \2"', drawn(bare), count=1)]


def _halves(spec: dict) -> list[dict]:
    """A chart of rows as two of half the rows, with the same axis below them; empty for another one."""
    field = next((y["field"] for y in _channels(spec, "y") if y.get("type") == "nominal" and "field" in y), None)
    values = [row for layer in spec.get("layer", []) for row in layer.get("data", {}).get("values", [])]
    rows = list(dict.fromkeys(row[field] for row in values if field in row))
    if len(rows) < 2:
        return []
    ends = [
        row[x["field"]]
        for x in (*_channels(spec, "x"), *_channels(spec, "x2"))
        for row in values
        if x.get("field") in row
    ]
    found = []
    for kept in (rows[: -(-len(rows) // 2)], rows[-(-len(rows) // 2) :]):
        half = copy.deepcopy(spec)
        for layer in half["layer"]:
            values = layer.get("data", {}).get("values", [])
            layer["data"] = {"values": [row for row in values if field not in row or row[field] in kept]}
        for x in _channels(half, "x"):
            x["scale"] = {**x.get("scale", {}), "domain": [min(ends), max(ends)]}
        found.append(half)
    return found


def _channels(spec: dict, name: str) -> list[dict]:
    """What is encoded as ``name`` in the layers of a chart."""
    return [layer["encoding"][name] for layer in spec.get("layer", []) if name in layer.get("encoding", {})]


def _letters(part):
    """The same with no letter below the smallest size."""
    if isinstance(part, dict):
        large = {key: max(part[key], SMALLEST) for key in SIZES if isinstance(part.get(key), int | float)}
        return {key: _letters(inner) for key, inner in part.items() if key not in ("data", "datasets")} | {
            **{key: part[key] for key in ("data", "datasets") if key in part},
            **large,
        }
    return [_letters(inner) for inner in part] if isinstance(part, list) else copy.copy(part)


def lowered(spec: dict, most: float) -> tuple[dict, float]:
    """A chart with less room between its rows, or above its axis, where it would be too tall; with its height."""
    part, height = _fitting(spec, most)
    found = spec if part == 1 else _lower(spec, part)
    return found, height if part == 1 else _height(found)


def lower_panel(control: dict, function: Callable) -> dict:
    """A panel whose chart is low enough for a slide, which has its controls and its moves besides."""
    shown = next(iter(control["views"]))
    view, found = view_of(function, shown), control["views"][shown]
    rows = rows_of(view.rows(evaluation_of(function)))
    chart = view.chart(alt.Data(values=rows)).properties(description="Measured", config=CONFIG)
    whole, bare = specification(chart), found["spec"]
    part = _fitting(whole, IN_PANEL)[0]
    if _height(_lower(whole, part)) > IN_PANEL:
        # What its title says stands above it on the slide: heading and sentence.
        bare, part = untitled(bare), _fitting(untitled(whole), IN_PANEL)[0]
    return {**control, "views": {**control["views"], shown: {**found, "spec": _lower(bare, part)}}}


def _fitting(spec: dict, most: float) -> tuple[float, float]:
    """The part of its height that a chart is given to be low enough, and how tall it is with all of it."""
    height = _height(spec)
    if height <= most:
        return 1, height
    least = _height(_lower(spec, LOWEST))
    return LOWEST + (1 - LOWEST) * max(0, most - least) / (height - least or 1), height


def _lower(part, factor: float):
    """The same with all heights, and the room between charts, times a factor, but no row too low for its letters."""
    if isinstance(part, list):
        return [_lower(inner, factor) for inner in part]
    if not isinstance(part, dict):
        return part
    found = {key: _lower(part[key], factor) if key in ("vconcat", "hconcat") else part[key] for key in part}
    if isinstance(part.get("spacing"), int | float):
        found["spacing"] = part["spacing"] * factor
    height = part.get("height")
    if isinstance(height, int | float):
        found["height"] = height * factor
    elif isinstance(height, dict) and "step" in height:
        found["height"] = {"step": min(height["step"], max(TIGHT, height["step"] * factor))}
    return found


def _height(spec: dict) -> float:
    return float(re.search(r' height="([\d.]+)"', drawing.svg(spec))[1])
