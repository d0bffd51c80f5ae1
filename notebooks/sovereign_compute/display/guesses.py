"""A learner's guess as a mark in the chart of a panel: where a bar is the result that was guessed."""

import copy

from ..inputs.wording import number
from .charts import GREY

BEYOND = 1.5  # times what a chart has to show anyhow: a guess further off stands at its end, with an arrow
LABEL = "your guess {value}"
"""What stands beside the mark."""
WITHIN = (
    {"calculate": "max(datum.value, datum.course, isValid(datum.high) ? datum.high : 0)", "as": "guess_room"},
    {"joinaggregate": [{"op": "max", "field": "guess_room", "as": "guess_end"}]},
    {"calculate": f"{BEYOND} * datum.guess_end", "as": "guess_end"},
    {"filter": "isValid(datum.guess)"},
    {"calculate": "min(datum.guess, datum.guess_end)", "as": "guess_at"},
    {"calculate": "datum.guess_told + (datum.guess > datum.guess_end ? ' →' : '')", "as": "guess_told"},
)
"""How a guess finds its place in each chart of a view, or it would make the axis so long that nothing else is seen."""


def with_guesses(spec: dict) -> dict:
    """The chart of a view (Vega-Lite) with a mark for the columns that `guessed` adds to its rows.

    It stands beside each outline of what is compared with, on the same axes.
    """
    spec = copy.deepcopy(spec)
    _add(spec)
    return spec


def _add(spec: dict) -> None:
    for part in (*spec.get("vconcat", ()), *spec.get("layer", ())):
        _add(part)
    for layer in list(spec.get("layer", ())):
        across, up = (layer.get("encoding", {}).get(channel, {}) for channel in "xy")
        if layer.get("mark", {}).get("filled") is not False or up.get("type") != "nominal":
            continue
        place = {"y": up, "x": {"field": "guess_at", "type": "quantitative", "title": across.get("title")}}
        shared = {key: layer[key] for key in ("data",) if key in layer}
        shared["transform"] = [*_without_the_last(layer), *WITHIN]
        tick = {"type": "tick", "thickness": 3, "size": 22, "color": GREY, "opacity": 1}
        left = "datum.guess_at > 0.5 * datum.guess_end"
        text = {"type": "text", "dy": -12, "fontSize": 11, "fontStyle": "italic"}
        text |= {"align": {"expr": f"{left} ? 'right' : 'left'"}, "dx": {"expr": f"{left} ? -6 : 6"}}
        told = {"field": "guess_told", "type": "nominal"}
        spec["layer"] += [
            {**shared, "mark": tick, "encoding": place},
            {**shared, "mark": text, "encoding": {**place, "text": told}},
        ]


def _without_the_last(layer: dict) -> list[dict]:
    """The transforms of an outline but for the last, which leaves out the bars that are as they were."""
    return layer.get("transform", [])[:-1]


def guessed(rows: dict[str, list], evaluation, guesses: dict[str, float]) -> dict[str, list]:
    """The rows of a view with what a learner has guessed, by output, beside the values that are these outputs.

    Rows that hold other values, or the same in another unit, get no mark.
    """
    if not guesses or not {"value", "course"} <= rows.keys():
        return rows
    known = {}
    for id, guess in guesses.items():
        found, other = (float(getattr(result, id)) for result in (evaluation.result, evaluation.baseline.result))
        known[found, other] = guess, evaluation.model.output(id).digits
    columns = {"guess": [], "guess_told": []}
    for value, course in zip(rows["value"], rows["course"], strict=True):
        guess, digits = known.get((value, course), (None, 0))
        told = "" if guess is None else LABEL.format(value=number(guess, max(digits, 0)))
        for column, cell in zip(columns.values(), (guess, told), strict=True):
            column.append(cell)
    return {**rows, **columns}
