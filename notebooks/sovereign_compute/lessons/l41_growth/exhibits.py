"""What lesson 41 alone shows."""

import math

import pandas as pd

from ...analysis.sensitivity import breakeven
from ...analysis.settings import complete
from ...display.tables import Table
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.macro import ai_gain
from ...models.registry import find

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
