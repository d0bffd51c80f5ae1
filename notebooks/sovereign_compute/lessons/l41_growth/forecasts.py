"""The forecasts side by side: in print, and on one basis where there is one."""

import altair as alt
import pandas as pd

from ...analysis.settings import complete
from ...display import kinds
from ...display.charts import CATEGORIES, WIDTH
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.wording import number, span
from ...models.macro import ai_gain
from ...models.parts.constants import PERCENT

COUNTED = {
    "GDP": "GDP, output, value added",
    "output": "GDP, output, value added",
    "value added": "GDP, output, value added",
    "productivity": "productivity",
    "value": "value, gains of users included",
}
"""What the studies count, put into three groups."""
PAID = {"own": "paid by itself", "none": "no sponsor", "not stated": "payer not stated"}
SUPERSEDED = ("acemoglu-tfp-draft",)
"""Drafts whose final version is in the table."""
BILLIONS_PER_TRILLION = 1_000
BELOW = alt.Legend(orient="bottom", labelLimit=300)


def forecasts(**changes) -> pd.DataFrame:
    """All forecasts on one basis: percent of the economy after the horizon of the scenario.

    Columns: those of ``macro_forecasts``, with low and high in percent of the economy; name (author and what is meant),
    counted, form (level, growth or flow) and printed (the number as it stands in the study). Money is put over
    GDP (of Germany; of the world in 2023), growth is compounded over the horizon. That is the course's conversion, not
    the studies': it makes sizes comparable, not claims.
    """
    values = complete(ai_gain, changes)
    world = next(row["gdp_busd"] for row in data.records("gdp") if row["country"] == "World")
    rows = []
    for row in data.records("macro_forecasts"):
        form, measure = row["measure"].split(", ")
        scale = {
            "billion EUR": lambda x: x / values["gdp"] / PERCENT,
            "trillion USD/year": lambda x: x * BILLIONS_PER_TRILLION / world / PERCENT,
            "percent": lambda x: x,
            "percent/year": lambda x: ((1 + x * PERCENT) ** values["forecast_years"] - 1) / PERCENT,
        }[row["unit"]]
        name = f"{row['author'].split(',')[0].removeprefix('Daron ')}, {measure}"
        rows.append({**row, "name": name, "counted": COUNTED[measure], "form": form, "printed": _printed(row)})
        rows[-1] |= {"low": scale(row["low"]), "high": scale(row["high"])}
    return pd.DataFrame(rows)


def _printed(row: dict) -> str:
    return f"{span(row['low'], row['high'])} {row['unit'].replace('percent', '%').replace('/', ' per ')}"


def forecast_chart(**changes) -> alt.LayerChart:
    """Each forecast as a range, in percent of the economy after the horizon, largest first."""
    frame = forecasts(**changes)
    frame = frame[~frame.id.isin(SUPERSEDED)].sort_values("high", ascending=False, ignore_index=True, kind="stable")
    frame = frame.assign(paid=[PAID.get(funder, f"paid by {funder}") for funder in frame.funder])
    frame = frame[["name", "counted", "low", "high", "paid"]]
    groups = list(dict.fromkeys(COUNTED.values()))
    colour = alt.Color(
        "counted:N", title=None, legend=BELOW, scale=alt.Scale(domain=groups, range=CATEGORIES[: len(groups)])
    )
    shape = alt.Shape(
        "counted:N", title=None, legend=BELOW, scale=alt.Scale(domain=groups, range=kinds.SHAPES[: len(groups)])
    )
    base = alt.Chart(frame)
    row = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=150))
    scale = alt.Scale(type="log", domain=[0.3, 100], nice=False)
    x = alt.X(
        "low:Q",
        title="% of the economy after the horizon",
        scale=scale,
        axis=alt.Axis(values=[0.5, 1, 2, 5, 10, 20, 50]),
    )
    span = base.mark_rule(strokeWidth=3).encode(y=row, x=x, x2="high:Q", color=colour)
    points = [
        base.mark_point(filled=True, size=80, opacity=1).encode(y=row, x=f"{end}:Q", color=colour, shape=shape)
        for end in ("low", "high")
    ]
    paid = base.mark_text(align="left", dx=9, fontSize=11)
    paid = paid.encode(y=row, x="high:Q", text="paid:N")
    years = number(complete(ai_gain, changes)["forecast_years"])
    first, last = frame.iloc[0], frame.sort_values("low", kind="stable").iloc[0]
    chart = alt.layer(span, *points, paid).properties(width=WIDTH - 60, height=alt.Step(30))
    return kinds.titled(
        chart,
        f"{len(frame)} answers to one question, from {number(last.low, 1)} to {number(first.high, 0)} % of the economy",
        f"Logarithmic scale. The course compounds growth over {years} years and divides money by GDP.",
        f"{len(frame)} forecasts of what AI adds, in per cent of the economy: from {number(last.low, 2)} % "
        f"({last['name']}) to {number(first.high, 0)} % ({first['name']}). Growth is compounded over {years} years, "
        "money divided by GDP.",
    )


def forecast_table(**changes) -> Table:
    """What is counted, by when, on which condition, who paid."""
    rows = [
        (
            f"{row.author}, {row.published}{', draft' if row.id in SUPERSEDED else ''}: {row.geography}",
            row.funder,
            row.measure.split(", ")[1],
            row.form,
            row.horizon,
            row.printed,
            *(row.low, row.high),
            row.condition,
        )
        # In the order of the chart.
        for row in forecasts(**changes).sort_values("high", ascending=False, kind="stable").itertuples()
    ]
    columns = ["Study", "Paid by", "Counts", "Form", "Horizon", "In print"]
    columns += [Column("% of the economy", 1, of=("Low, %", "High, %"))]
    columns += [Column("Condition, remarks", missing="not stated")]
    return Table(rows, "Forecasts of what AI adds", columns)
