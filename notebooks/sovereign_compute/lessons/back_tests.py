"""Published numbers against what a model says of them, one by one: their ratio, and a chart of all ratios."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

import altair as alt

from ..display.charts import CATEGORIES, INK, WIDTH
from ..display.kinds import SHAPES
from ..inputs.wording import number

FACTOR = 2.0
"""How far a prediction from a few numbers may be off before a lesson calls it a miss."""
LINES = f"Solid: equal. Dashed: a factor of {number(FACTOR)}."
"""What the lines of the chart are."""


@dataclass(frozen=True)
class BackTest:
    """One published number, the row that it is from, and what a model says."""

    row: dict
    published: float
    predicted: float

    @property
    def ratio(self) -> float:
        """Predicted over published."""
        return self.predicted / self.published

    @property
    def near(self) -> bool:
        return 1 / FACTOR <= self.ratio <= FACTOR


def middle_factor(tests: Collection[BackTest]) -> float:
    """The middle factor, up or down, between prediction and what was published."""
    return math.exp(median(abs(math.log(test.ratio)) for test in tests))


def finding(tests: Collection[BackTest], what: str) -> str:
    """How many of these numbers the model comes near to: a headline."""
    near = sum(test.near for test in tests)
    return f"{near} of {len(tests)} published {what} lie within a factor of {number(FACTOR)}"


def chart(rows: list[dict], *, by: str, names: list[str], x: alt.X, tooltip: list, step: int, **mark) -> alt.LayerChart:
    """A point for each ratio in the line of its ``by``; a row has its ``kind`` (of ``names``), too."""
    top = alt.Legend(orient="top")
    points = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, **mark)
        .encode(
            x=x,
            y=alt.Y(f"{by}:N", sort=None, title=None),
            color=alt.Color("kind:N", title=None, legend=top, scale=alt.Scale(domain=names, range=CATEGORIES[:3])),
            shape=alt.Shape("kind:N", title=None, legend=top, scale=alt.Scale(domain=names, range=SHAPES[:3])),
            tooltip=[*tooltip, alt.Tooltip("ratio:Q", format=".2f")],
        )
    )
    ends = alt.Chart(alt.Data(values=[{"at": 1 / FACTOR}, {"at": FACTOR}]))
    band = ends.mark_rule(strokeDash=[4, 4], color=INK).encode(x="at:Q")
    equal = alt.Chart(alt.Data(values=[{"at": 1}])).mark_rule(strokeWidth=2, color=INK).encode(x="at:Q")
    return alt.layer(points, band, equal).properties(width=WIDTH, height=alt.Step(step))
