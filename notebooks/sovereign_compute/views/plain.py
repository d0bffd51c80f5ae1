"""How any model is shown from its registration alone: all its results as bars, or the draws of one result."""

import math
import textwrap

import altair as alt
import numpy as np

from ..charts import BLUE, PALETTE, WIDTH, View
from ..kinds import banded, diamond, titled
from ..models.registry import Model, Output
from ..readings import COURSE, HEADS, MARKS, Reading
from ..wording import number, quantity, unit_words

BINS = 30
DRAWN = 0.99  # of the draws: the rest would make the bins too wide to tell apart
ROUNDING = 1e-12  # of a number: draws that lie no further apart are one value
NO_UNIT = "as a number"
NAME = 24  # letters of a result's name in one line beside its bar
STEP = 40  # pixels for a bar, whose name may take three lines


def _finite(*values: float) -> tuple[float | None, ...]:
    """The values as they can be drawn: none of them, if one is infinite."""
    return tuple(values) if all(map(math.isfinite, values)) else (None,) * len(values)


def _told(output: Output, value: float, unit: str = "1") -> str:
    return quantity(value, unit, output.digits) if math.isfinite(value) else "no finite number"


def _sentence(output: Output, reading: Reading) -> str:
    """One result of a scenario in words."""
    found, other = (getattr(result, output.id) for result in (reading.result, reading.compared.result))
    band = ""
    if reading.bands:
        low, high = (_told(output, end) for end in reading.bands[output.id])
        band = f" (90 % range {low} to {high})"
    moved = reading.against(_told(output, other))
    return f"{output.label} with the values set here: {_told(output, found, output.unit)}{band}.{moved}"


def all_results(model: Model) -> View:
    """Every result of a model with its band, one set of bars for each unit; the main result as a sentence."""
    axes = {output.unit: unit_words(output.unit) or NO_UNIT for output in model.outputs}

    def part(rows, unit: str):
        # What is infinite has no place in the picture; the table says so.
        wanted = f"datum.unit == {axes[unit]!r} && isValid(datum.value)"
        digits = max(output.digits for output in model.outputs if output.unit == unit)
        drawn = banded(rows, category="name", title=axes[unit], text=f",.{digits}f", step=STEP, wrap=True)
        # The number behind the longest line needs room, which the scale does not know of.
        ends = ", ".join(f"datum.{column}" for column in ("value", "high", "course"))
        room = alt.Chart(rows).transform_calculate(room=f"1.2 * max({ends})").mark_point(opacity=0)
        whole = alt.layer(*drawn.layer, room.encode(x="room:Q", y=alt.Y("name:N", sort=None)), data=rows)
        return whole.transform_filter(wanted).properties(width=WIDTH - 60, height=alt.Step(STEP))

    def chart(rows):
        parts = [part(rows, unit) for unit in axes]
        whole = parts[0] if len(parts) == 1 else alt.vconcat(*parts, spacing=16)
        return titled(whole, model.title, MARKS)

    def rows(reading: Reading) -> dict[str, list]:
        columns = {key: [] for key in ("result", "name", "unit", "value", "low", "high", "course")}
        for output in model.outputs:
            value, other = (float(getattr(x, output.id)) for x in (reading.result, reading.compared.result))
            band = reading.bands[output.id] if reading.bands else (value, value)
            name = textwrap.fill(output.label, NAME)
            cells = (output.label, name, axes[output.unit], *_finite(value), *_finite(*band), *_finite(other))
            for column, cell in zip(columns.values(), cells, strict=True):
                column.append(cell)
        return columns

    heads = {"result": "Result", "unit": "Unit", "value": "Value", **HEADS}
    return View(chart, rows, lambda reading: _sentence(model.output(), reading), heads)


def one_result(output: Output) -> View:
    """The draws of one result in bins, with the scenario and what it is compared with."""

    def rows(reading: Reading) -> dict[str, list]:
        columns = {key: [] for key in ("item", "part", "start", "end", "share", "top")}

        def add(*cells):
            for column, cell in zip(columns.values(), cells, strict=True):
                column.append(cell)

        shares, edges = _bins(reading.bands.simulation.draws[output.id]) if reading.bands else ((), ())
        digits = max(output.digits, 1 - math.floor(math.log10(edges[1] - edges[0]))) if len(edges) else 0
        for start, end, share in zip(edges[:-1], edges[1:], shares, strict=True):
            item = f"Draws from {number(start, digits)} to {number(end, digits)}"
            add(item, "draws", float(start), float(end), float(share), float(share))
        for item, result, part in (
            ("Your scenario", reading.result, "scenario"),
            (reading.compared.subject, reading.compared.result, "course"),
        ):
            value = float(getattr(result, output.id))
            top = float(max(shares, default=100))  # without draws the axis has nothing else to span
            add(f"{item}: {_told(output, value, output.unit)}", part, *_finite(value), *_finite(value), None, top)
        return columns

    def chart(rows):
        base = alt.Chart(rows)
        across = alt.X("start:Q", title=output.heading, scale=alt.Scale(zero=False))
        up = alt.Y("top:Q", title="Share of the draws (%)", scale=alt.Scale(zero=True))
        drawn = base.transform_filter("datum.part == 'draws'").mark_bar(stroke="white", strokeWidth=0.5)
        drawn = drawn.encode(x=across, x2="end:Q", y=up, y2=alt.datum(0), color=alt.value(PALETTE["component"]))
        scenario = base.transform_filter("datum.part == 'scenario' && isValid(datum.start)").encode(x=across)
        room = scenario.mark_point(opacity=0).encode(y=up)
        line = scenario.mark_rule(strokeWidth=2.5, color=BLUE)
        label = scenario.mark_text(dy=-4, baseline="bottom", fontSize=13, fontWeight="bold").encode(
            y=alt.value(0), text=alt.Text("start:Q", format=f",.{output.digits}f")
        )
        other = base.transform_filter("datum.part == 'course' && isValid(datum.start)")
        layers = alt.layer(drawn, room, line, label, diamond(other, 70).encode(x=across, y=alt.datum(0)))
        return titled(
            layers.properties(width=WIDTH, height=280),
            output.heading,
            f"Bars: {number(100 * DRAWN)} % of the draws. Line: your scenario. Diamond: {COURSE}.",
        )

    heads = {"item": output.heading, "share": "Share of the draws (%)"}
    return View(chart, rows, lambda reading: _sentence(output, reading), heads)


def _bins(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares in percent and edges, of the middle of the draws; one narrow bin where all draws are the same, or
    differ as roundings do."""
    finite = draws[np.isfinite(draws)]
    if not len(finite):
        return np.array([]), np.array([])
    ends = np.quantile(finite, ((1 - DRAWN) / 2, (1 + DRAWN) / 2))
    if ends[1] - ends[0] <= ROUNDING * max(abs(ends)):
        ends = ends + np.array([-0.5, 0.5]) * (abs(ends[0]) / 100 or 1.0)
        return np.array([100 * len(finite) / len(draws)]), ends
    counts, edges = np.histogram(finite, BINS, ends)
    return 100 * counts / len(draws), edges
