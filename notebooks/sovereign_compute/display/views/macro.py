"""How the two roads to a gain from AI are shown: step by step beside the headline, and what would close the gap."""

import math

import altair as alt
import pandas as pd

from ...analysis.evaluation import HEADS, MARKS, Reading
from ...analysis.sensitivity import breakeven
from ...analysis.settings import complete
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.macro import ai_gain
from ...models.registry import find
from .. import kinds
from ..charts import VIEWS, WIDTH, View
from ..tables import Table

STEPS = {
    "everybody": "Everybody saves hours",
    "with_firms": "Firms that use it do",
    "put_to_use": "They put hours to use",
    "by_then": "Firms do so by the horizon",
    "task_gain": "Task model",
}
"""The bars of the main chart below that of the headline; each name fits beside its bar."""


def _rows(reading: Reading) -> dict[str, list]:
    own, other = (scenario.values["headline_gain"] for scenario in (reading, reading.compared))
    first = ("The headline", own, own, own, other)
    return {key: [cell, *column] for cell, (key, column) in zip(first, reading.bars(STEPS).items(), strict=True)}


def _chart(rows):
    chart = kinds.banded(rows, title="Billion EUR a year", text=".0f", step=30)
    return kinds.titled(
        kinds.aside(chart).properties(width=WIDTH - 80, height=alt.Step(30)),
        "The headline, and what other calculations give",
        f"Each bar is a calculation of its own, not a part of the one above. Bar, number: your scenario. {MARKS}",
    )


def _sentence(reading: Reading) -> str:
    result, headline = reading.result, reading.values["headline_gain"]

    def told(id: str) -> str:
        return f"{number(getattr(result, id), 0)} billion EUR a year{reading.band(id, 0)}"

    course = reading.compared.result
    moved = reading.against(f"{number(course.with_firms, 0)} and {number(course.task_gain, 0)}")
    return (
        f"In the firms that use AI the saved hours are worth {told('with_firms')}, "
        f"{number(100 * result.with_firms / headline, 0)} % of the headline's {number(headline, 0)}. "
        f"The task model gives {told('task_gain')}; {_tasks(result)}.{moved}"
    )


def _tasks(result) -> str:
    """How many tasks the headline needs, where that is a number one can speak of."""
    if math.isinf(result.tasks_needed):
        return "where tasks save nothing, no number of them yields the headline"
    if result.tasks_needed_invested > 100:
        return "at this saving even all tasks would not reach the headline"
    alone = "more than all" if result.tasks_needed > 100 else f"{number(result.tasks_needed, 0)} % of all"
    return (
        f"to reach the headline, AI would have to pay off in {alone} tasks, or in "
        f"{number(result.tasks_needed_invested, 0)} % if firms also invest"
    )


VIEWS["ai_gain"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Step", "value": "Billion EUR a year", **HEADS},
)


# What would close the gap -----------------------------------------------------------------------------------------

ROADS = {
    "with_firms": ("hours_saved", "adopting_firms", "value_per_hour"),
    "task_gain": ("task_share", "cost_saving", "capital_response"),
}
"""By road, the assumptions that a learner would first want to raise."""


def gaps(**changes) -> pd.DataFrame:
    """For each assumption of the two roads: now, where it alone yields the headline (or NaN), and its 90 % range.

    Columns: road (an output of ``ai_gain``), assumption, value, at, low, high.
    """
    headline = complete(ai_gain, changes)["headline_gain"]
    rows = []
    for road, ids in ROADS.items():
        found = breakeven(ai_gain, changes, road, threshold=headline).set_index("assumption")
        rows += [(road, id, float(found.value[id]), float(found["at"][id]), get(id).low, get(id).high) for id in ids]
    return pd.DataFrame(rows, columns=["road", "assumption", "value", "at", "low", "high"])


def gap_table(**changes) -> Table:
    """What each assumption alone would have to be for its road to reach the headline."""
    rows = []
    for row in gaps(**changes).itertuples():
        a = get(row.assumption)
        never = math.isnan(row.at)
        # Near its digits but never so few that the value would round to the wrong side of a limit.
        needed = "no value is enough" if never else quantity(row.at, a.unit, 1 if row.at < 100 else 0)
        inside = "no" if never or not row.low <= row.at <= row.high else "yes"
        rows.append(
            (
                find(ai_gain).output(row.road).label,
                a.label,
                quantity(row.value, a.unit),
                needed,
                f"{number(row.low)} to {number(row.high)}",
                inside,
            )
        )
    columns = ["Road", "Assumption", "Now", "Alone it would have to be", "P5 to P95", "Within that range?"]
    headline = quantity(complete(ai_gain, changes)["headline_gain"], "BEUR/year")
    return Table(pd.DataFrame(rows, columns=columns), f"What would make it {headline}?")
