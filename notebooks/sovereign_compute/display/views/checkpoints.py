"""How failures are shown: the time that counts, over the time between checkpoints."""

import altair as alt
import numpy as np

from ...analysis.evaluation import COURSE, Evaluation
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.checkpoints import checkpoint_goodput
from ...models.parts.constants import MINUTES_PER_HOUR
from .. import kinds
from ..charts import BLUE, GREY, ORANGE, PALETTE, VIEWS, WIDTH, View

CHOSEN, BEST, COMPARED = "as saved now", "best", "compared"

PLACES = {
    CHOSEN: {"align": "left", "dx": 10, "dy": -10},
    BEST: {"align": "left", "dx": 10, "dy": 14},
    COMPARED: {"align": "right", "dx": -10, "dy": 14},
}
"""Where the name of a point stands beside it: the points may be nearly one."""


def _rows(evaluation: Evaluation) -> dict[str, list]:
    """The curve over the interval, the two points on it, and what is compared with, where that is another point."""
    interval = get("checkpoint_interval")
    curve = np.geomspace(interval.hard_min, 24.0, 60)
    places = [*curve, evaluation.values["checkpoint_interval"], evaluation.result.best_interval]
    share = [checkpoint_goodput(**{**evaluation.values, "checkpoint_interval": float(t)}).goodput for t in places]
    rows = {
        "item": [""] * len(curve) + [CHOSEN, BEST],
        "hours": [float(t) for t in places],
        "share": [float(s) for s in share],
    }
    if evaluation.differs:
        rows["item"].append(COMPARED)
        rows["hours"].append(evaluation.baseline.values["checkpoint_interval"])
        rows["share"].append(float(evaluation.baseline.result.goodput))
    return rows


def _chart(rows) -> alt.LayerChart:
    base = alt.Chart(rows)
    ticks = alt.Axis(values=[0.01, 0.1, 1, 10, 100], format="~g")
    x = alt.X("hours:Q", title="Hours between checkpoints", scale=alt.Scale(type="log", nice=False), axis=ticks)
    y = alt.Y("share:Q", title="Time that counts (%)", scale=alt.Scale(domain=[0, 100]))
    line = base.transform_filter("datum.item == ''").mark_line(strokeWidth=3, color=PALETTE["own"]).encode(x=x, y=y)
    marks = base.transform_filter("datum.item != ''")
    marked = [BEST, CHOSEN, COMPARED]
    shapes = alt.Scale(domain=marked, range=["diamond", "circle", "square"])
    look = {
        "color": alt.Color("item:N", legend=None, scale=alt.Scale(domain=marked, range=[BLUE, ORANGE, GREY])),
        "shape": alt.Shape("item:N", legend=None, scale=shapes),
    }
    points = marks.mark_point(filled=True, size=130, opacity=1).encode(x=x, y=y, **look)
    names = [
        base.transform_filter(f"datum.item == {item!r}")
        .transform_calculate(text="datum.item + ': ' + format(datum.share, '.0f') + ' %'")
        .mark_text(fontSize=12, **place)
        .encode(x=x, y=y, text="text:N")
        for item, place in PLACES.items()
    ]
    return kinds.titled(
        alt.layer(line, points, *names).properties(width=WIDTH, height=230),
        "How often should a run save its state?",
        [
            "If it saves too often, saving takes all the time. If it saves too rarely, each failure costs hours.",
            f"Compared: {COURSE}, where they differ.",
        ],
    )


def _interval(hours: float) -> str:
    """How often, after the word *every*."""
    minutes = hours * MINUTES_PER_HOUR
    if hours >= 1:
        told = quantity(round(hours, 1), "hour")
    else:
        told = quantity(round(minutes, 0 if minutes >= 1 else 2), "minute")
    return told.removeprefix("1 ")


def _sentence(evaluation: Evaluation) -> str:
    v, result = evaluation.values, evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.goodput, 0)} %")
    return (
        f"If the run is saved every {_interval(v['checkpoint_interval'])}, {number(result.goodput, 0)} % of the time "
        f"counts. Saved every {_interval(result.best_interval)}, {number(result.best_goodput, 0)} % would. Something "
        f"breaks every {_interval(result.between_failures)}.{moved}"
    )


VIEWS["checkpoint_goodput"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Mark", "hours": "Hours between checkpoints", "share": "Time that counts (%)"},
    band=False,
)
