"""How any model is shown from its registration alone: all its results as bars, or the draws of one result."""

import math
import textwrap

import altair as alt
import numpy as np

from ...analysis.evaluation import COURSE, HEADS, MARKS, QUANTILES, Evaluation, ranged
from ...analysis.settings import inputs
from ...inputs.units import unit_words
from ...inputs.wording import d3_format, finite
from ...models.registry import Model, Output
from ..charts import BLUE, PALETTE, WIDTH, View
from ..kinds import banded, diamond, titled

BINS = 30
DRAWN = 0.99, 0.95, 0.90  # shares of the draws, from the middle: the rest would make the bins too wide to tell apart
HEIGHT, BELOW = 280, 62  # pixels of a picture of bins, and from its axis down to what it leaves out
SAME = 1e-12  # of a number: so much the last digits of rounding make
CROWDED = 50  # percent of the draws in the three fullest bins, from which on fewer of the draws are shown
ONE_VALUE = "Nothing that varies moves this result: all draws give it."
NO_UNIT = "as a number"
OUTSIDE = "% of the draws lie outside the picture."
NAME = 28  # letters of a result's name in one line beside its bar
STEP = 46  # pixels for a bar, whose name may take three lines


def _finite(*values: float) -> tuple[float | None, ...]:
    """The values as they can be drawn: none of them, if one is infinite."""
    return tuple(values) if all(map(math.isfinite, values)) else (None,) * len(values)


def _sentence(output: Output, evaluation: Evaluation) -> str:
    """One result of a scenario in words."""
    found, other = (getattr(result, output.id) for result in (evaluation.result, evaluation.baseline.result))
    look = {"digits": output.digits, "most": output.most}
    band = ranged(*(finite(end, **look) for end in evaluation.bands[output.id])) if evaluation.bands else ""
    moved = evaluation.against(finite(other, **look))
    return f"With the values set here, “{output.label}” is {finite(found, output.unit, **look)}{band}.{moved}"


def all_results(model: Model) -> View:
    """Every result of a model with its band, one set of bars for each unit; the main result as a sentence."""
    axes = {output.unit: unit_words(output.unit) or NO_UNIT for output in model.outputs}

    def part(rows, unit: str):
        # What is infinite has no place in the picture; the table says so.
        wanted = f"datum.unit == {axes[unit]!r} && isValid(datum.value)"
        digits = max(output.digits for output in model.outputs if output.unit == unit)
        drawn = banded(rows, category="name", title=axes[unit], text=d3_format(digits), step=STEP, wrap=True)
        # The number behind the longest line needs room, which the scale does not know of.
        ends = ", ".join(f"datum.{column}" for column in ("value", "high", "course"))
        room = alt.Chart(rows).transform_calculate(room=f"1.2 * max({ends})").mark_point(opacity=0)
        whole = alt.layer(*drawn.layer, room.encode(x=alt.X("room:Q"), y=alt.Y("name:N", sort=None)), data=rows)
        return whole.transform_filter(wanted).properties(width=WIDTH - 60, height=alt.Step(STEP))

    def chart(rows):
        parts = [part(rows, unit) for unit in axes]
        whole = parts[0] if len(parts) == 1 else alt.vconcat(*parts, spacing=16)
        return titled(whole, model.title, MARKS)

    def rows(evaluation: Evaluation) -> dict[str, list]:
        columns = {key: [] for key in ("result", "name", "unit", "value", "low", "high", "course")}
        for output in model.outputs:
            value, other = (float(getattr(x, output.id)) for x in (evaluation.result, evaluation.baseline.result))
            band = evaluation.bands[output.id] if evaluation.bands else (value, value)
            name = textwrap.fill(output.label, NAME)
            cells = (output.label, name, axes[output.unit], *_finite(value), *_finite(*band), *_finite(other))
            for column, cell in zip(columns.values(), cells, strict=True):
                column.append(cell)
        return columns

    heads = {"result": "Result", "unit": "Unit", "value": "Value", **HEADS}
    varied = any(assumption.varied for assumption in inputs(model.function).values())
    return View(chart, rows, lambda reading: _sentence(model.output(), reading), heads, band=varied)


def one_result(output: Output) -> View:
    """The draws of one result in bins, with the scenario and what it is compared with."""

    def chart(rows):
        base = alt.Chart(rows)

        def only(*parts: str):
            return base.transform_filter(f"indexof({list(parts)!r}, datum.part) >= 0 && isValid(datum.start)")

        # A long number under the last tick would be cut: it ends there instead.
        axis = alt.Axis(labelFlush=24)
        across = alt.X("start:Q", title=output.heading, scale=alt.Scale(zero=False), axis=axis)
        up = alt.Y("top:Q", title="Share of the draws (%)", scale=alt.Scale(zero=True))
        drawn = only("draws").mark_bar(stroke="white", strokeWidth=0.5)
        drawn = drawn.encode(
            x=across, x2=alt.X2("end:Q"), y=up, y2=alt.Y2Datum(0), color=alt.ColorValue(PALETTE["component"])
        )
        room = only("scenario", "room").mark_point(opacity=0).encode(x=across, y=up)
        line = only("scenario").mark_rule(strokeWidth=2.5, color=BLUE).encode(x=across)
        label = only("scenario").mark_text(dy=-4, baseline="bottom", fontSize=13, fontWeight="bold")
        label = label.encode(x=across, y=alt.YValue(0), text=alt.Text("start:Q", format=d3_format(output.digits)))
        # In one line it would be wider than the picture.
        lines = r"replace(replace(datum.note, 'picture. ', 'picture.\n'), ', far to', ',\nfar to')"
        note = (
            base.transform_filter("datum.part == 'note'")
            .transform_calculate(lines=lines)
            .mark_text(align="right", dx=-4, fontSize=12, lineBreak="\n")
        )
        note = note.encode(x=alt.XValue("width"), y=alt.YValue(HEIGHT + BELOW), text=alt.Text("lines:N"))
        layers = alt.layer(
            drawn, room, line, label, note, diamond(only("course"), 70).encode(x=across, y=alt.YDatum(0))
        )
        return titled(
            layers.properties(width=WIDTH, height=HEIGHT),
            output.heading,
            f"Bars: the draws. Line: your scenario. Diamond: {COURSE}.",
        )

    heads = {"item": output.heading, "start": "Value"}
    return View(
        chart, lambda reading: one_rows(output, reading), lambda reading: _sentence(output, reading), heads, band=False
    )


def one_rows(output: Output, evaluation: Evaluation) -> dict[str, list]:
    """The draws of one result in bins, what is listed of them, and a note; a page has the same in `browser/bins.js`."""
    columns = {key: [] for key in ("item", "part", "start", "end", "share", "top", "note")}

    def add(item=None, part="told", start=None, end=None, share=None, top=None, note=None):
        for column, cell in zip(columns.values(), (item, part, start, end, share, top, note), strict=True):
            column.append(cell)

    draws = evaluation.bands.simulation.draws[output.id] if evaluation.bands else np.array([])
    one = bool(len(draws)) and alike(draws)
    shares, edges = ((), ()) if one or not len(draws) else _drawn(draws)
    for start, end, share in zip(edges[:-1], edges[1:], shares, strict=True):
        add(None, "draws", float(start), float(end), float(share), float(share))
    notes = [ONE_VALUE] if one else []
    top = float(max(shares, default=100))  # without draws the axis has nothing else to span
    own, other = (float(getattr(result, output.id)) for result in (evaluation.result, evaluation.baseline.result))
    add("Your scenario", "scenario", *_finite(own), *_finite(own), None, top)
    far = len(edges) and not edges[0] - (width := edges[-1] - edges[0]) < other < edges[-1] + width
    if far and math.isfinite(other):
        side = "right" if other > own else "left"
        notes.append(f"{evaluation.baseline.gives} {finite(other, digits=output.digits)}, far to the {side}.")
    add(evaluation.baseline.head, "far" if far else "course", *_finite(other), *_finite(other), None, top)
    if len(shares):
        for name, share in QUANTILES.items():
            end = float(np.quantile(draws, share, method="nearest"))
            add(name, "told", *_finite(end))
        if rest := round(100 - sum(shares)):
            notes.insert(0, f"{rest} {OUTSIDE}")
    elif math.isfinite(own):
        for place in (own - (abs(own) / 10 or 1), own + (abs(own) / 10 or 1)):  # an axis around the one value
            add(None, "room", place, place, None, top)
    add(None, "note", note=" ".join(notes))
    return columns


def alike(draws: np.ndarray) -> bool:
    """Whether all draws are one value, but for the last digits that rounding leaves."""
    return bool(np.all(np.isclose(draws, draws[0], rtol=SAME, atol=0)))


def _drawn(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bins of as many of the draws as can be told apart: with a long tail, most would lie in two or three bins."""
    for share in DRAWN:
        shares, edges = _bins(draws, share)
        if np.sort(shares)[-3:].sum() < CROWDED:
            return shares, edges
    return _bins(draws)


def _bins(draws: np.ndarray, drawn: float = DRAWN[0]) -> tuple[np.ndarray, np.ndarray]:
    """Shares in percent and edges, of the middle of the draws; one narrow bin where all draws are the same."""
    finite = draws[np.isfinite(draws)]
    if not len(finite):
        return np.array([]), np.array([])
    ends = np.quantile(finite, ((1 - drawn) / 2, (1 + drawn) / 2))
    if alike(ends):
        ends = ends + np.array([-0.5, 0.5]) * (abs(ends[0]) / 100 or 1.0)
        return np.array([100 * len(finite) / len(draws)]), ends
    for end in ends:  # what differs from an end by the last digits of rounding only lies in the picture
        finite = np.where(abs(finite - end) <= SAME * (ends[1] - ends[0]), end, finite)
    counts, edges = np.histogram(finite, BINS, ends)
    return 100 * counts / len(draws), edges
