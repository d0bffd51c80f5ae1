"""A learner's guess as a mark in the chart of a panel: where a bar is the result that was guessed."""

import copy

from ..inputs.wording import number
from .charts import GREY

BEYOND = 1.12  # times what the axis has to show anyhow: a guess further off stands at its end, with an arrow


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
        place = {"y": up, "x": {"field": "guess", "type": "quantitative", "title": across.get("title")}}
        shared = {key: layer[key] for key in ("data",) if key in layer}
        shared["transform"] = [*_without_the_last(layer), {"filter": "isValid(datum.guess)"}]
        tick = {"type": "tick", "thickness": 3, "size": 22, "color": GREY, "opacity": 1}
        text = {
            "type": "text",
            "align": {"expr": "datum.guess_far ? 'right' : 'left'"},
            "dx": {"expr": "datum.guess_far ? -6 : 6"},
        }
        text |= {"dy": -8, "fontSize": 11, "fontStyle": "italic"}
        spec["layer"] += [
            {**shared, "mark": tick, "encoding": place},
            {**shared, "mark": text, "encoding": {**place, "text": {"field": "guess_told", "type": "nominal"}}},
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
    seen = [x for key in ("value", "high", "course") for x in rows.get(key, ()) if isinstance(x, int | float)]
    end = BEYOND * max(seen, default=0.0)
    columns = {"guess": [], "guess_far": [], "guess_told": []}
    for value, course in zip(rows["value"], rows["course"], strict=True):
        guess, digits = known.get((value, course), (None, 0))
        far = guess is not None and guess > end > 0
        told = "" if guess is None else f"your guess {number(guess, max(digits, 0))}{' →' if far else ''}"
        for column, cell in zip(columns.values(), (end if far else guess, far, told), strict=True):
            column.append(cell)
    return {**rows, **columns}
