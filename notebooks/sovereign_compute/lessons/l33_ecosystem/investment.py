"""Private investment in AI by country: two vintages of one count side by side, and other counts beside them."""

from itertools import chain

import altair as alt
import pandas as pd

from ...display import kinds
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.wording import number

VINTAGES = {"cset-owid-2025": "counted in 2025", "cset-owid-2026": "counted in 2026"}
HOME = "Germany"
UNFINISHED = "year not complete"


def vintages(country: str = HOME) -> pd.DataFrame:
    """One country in both vintages, whole years only. Columns: year, vintage, value (billion USD of 2021)."""
    rows = [
        (row["year"], VINTAGES[row["source"]], row["value"])
        for row in data.records("ai_investment")
        if row["geography"] == country and row["source"] in VINTAGES and UNFINISHED not in (row["note"] or "")
    ]
    frame = pd.DataFrame(rows, columns=["year", "vintage", "value"])
    return frame.sort_values(["vintage", "year"], ignore_index=True)


def revisions() -> pd.DataFrame:
    """What the second vintage makes of the last year of the first, in billion USD of 2021, largest country first.

    Columns: geography, year, first, second, times (second over first).
    """
    year = max(row["year"] for row in data.records("ai_investment") if row["source"] == next(iter(VINTAGES)))
    by_place: dict[str, dict] = {}
    for row in data.records("ai_investment"):
        if row["source"] in VINTAGES and row["year"] == year:
            by_place.setdefault(row["geography"], {})[VINTAGES[row["source"]]] = row["value"]
    rows = [
        (place, year, *(found[name] for name in VINTAGES.values()))
        for place, found in by_place.items()
        if len(found) == len(VINTAGES)
    ]
    frame = pd.DataFrame(rows, columns=["geography", "year", "first", "second"])
    frame["times"] = frame.second / frame["first"]
    return frame.sort_values("second", ascending=False, ignore_index=True, kind="stable")


def vintage_chart() -> alt.LayerChart:
    """Private investment in AI in Germany, by year, as two vintages of one series count it."""
    frame = vintages()
    wide = frame.pivot(index="year", columns="vintage", values="value").dropna()
    ratio = wide[VINTAGES["cset-owid-2026"]] / wide[VINTAGES["cset-owid-2025"]]
    chart = kinds.lines(
        frame,
        x="year",
        y="value",
        x_title="Year of the investment",
        y_title="Billion USD of 2021",
        series="vintage",
        names=list(VINTAGES.values()),
        points=True,
    )
    chart.layer[0].encoding.x.axis = alt.Axis(format="d", labelFlush=False, tickCount=int(frame.year.nunique()))
    far = ratio.idxmax()
    return kinds.titled(
        chart,
        f"A recount made {HOME}'s AI investment of {far} {number(ratio[far], 1)} times as large",
        "Private investment in AI, the same source one year apart. An unfinished year is left out.",
        f"For the {len(ratio)} years that both counts have, the later count of {HOME} is {number(ratio.min(), 1)} to "
        f"{number(ratio.max(), 1)} times the earlier. The largest change is that of {far}, from "
        f"{number(wide.loc[far].iloc[0], 1)} to {number(wide.loc[far].iloc[1], 1)} billion USD.",
    )


def investment_table() -> Table:
    """Private investment in AI by country in several counts: two vintages of one year, and the year after in two.

    A figure that is not established carries its tier.
    """
    year = int(revisions().year.iloc[0])
    known = {}
    for row in data.records("ai_investment"):
        if row["metric"].startswith("private investment in AI,"):
            kind = row["source"] if row["source"] in VINTAGES else row["source"].rpartition("-")[0]
            known[row["geography"], row["year"], kind] = row["value"], row["tier"]
    first, second = VINTAGES
    asked = {
        f"{year}, {VINTAGES[first]}": (year, first),
        f"{year}, {VINTAGES[second]}": (year, second),
        f"{year + 1}, {VINTAGES[second]}": (year + 1, second),
        f"{year + 1}, AI Index, nominal": (year + 1, "ai-index"),
    }
    rows = [
        (place, *chain.from_iterable(known.get((place, *when), (None, None)) for when in asked.values()))
        for place in revisions().geography
    ]

    def marked(value: float, tier: str) -> str:
        return number(value, 1) + (f" ({tier})" if tier == "unverified" else "")

    columns = ["Where", *(Column(head, marked, of=(head, f"{head}: evidence"), missing="–") for head in asked)]
    return Table(rows, "Private investment in AI, billion USD (CSET in prices of 2021)", columns)
