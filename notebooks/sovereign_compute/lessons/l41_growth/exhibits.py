"""What lesson 41 alone shows."""

import pandas as pd

from ...analysis.sensitivity import breakeven
from ...analysis.settings import complete
from ...display.tables import Column, Table
from ...inputs.assumptions import get
from ...inputs.units import unit_words
from ...inputs.wording import counted, quantity, span
from ...models.macro import ai_gain

ROADS = {
    "with_firms": ("hours_saved", "adopting_firms", "value_per_hour"),
    "task_gain": ("task_share", "cost_saving", "capital_response"),
}
"""By road, the assumptions that a learner would first want to raise."""
NAMES = {"with_firms": "Hours", "task_gain": "Tasks"}


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
        inside = "yes" if row.low <= row.at <= row.high else "no"
        ways = (row.value, unit_words(a.unit), row.at, row.low, row.high)
        rows.append((NAMES[row.road], a.label, *ways, inside))

    def needed(at: float, unit: str) -> str:
        # Near its digits but never so few that the value would round to the wrong side of a limit.
        return counted(at, unit, 1 if at < 100 else 0)

    alone = "Alone it would have to be"
    columns = ["Road", "Assumption", Column("Now", counted, of=("Now", "Unit"))]
    columns += [Column(alone, needed, of=(alone, "Unit"), missing="no value is enough")]
    columns += [Column("P5 to P95", span, of=("P5", "P95")), "Within that range?"]
    headline = quantity(complete(ai_gain, changes)["headline_gain"], "BEUR/year")
    enough = sum(row[-1] == "yes" for row in rows)
    many = {0: "No assumption", 1: "One assumption"}.get(enough, f"Some assumptions, {enough} of them,")
    verb = "reach" if enough > 1 else "reaches"
    return Table(rows, f"{many} {verb} {headline} alone within the range that we think likely", columns)
