"""What lesson 34 shows of the years: demand against supply, who pays what stands idle, and how others fared."""

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete
from ...display import kinds
from ...display.charts import INK, WIDTH
from ...display.tables import Column, Table
from ...display.views.gigafactory import THOUSAND
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.gigafactory import grown
from ...models.gigafactory_years import gigafactory_pays
from ...models.parts.constants import PERCENT

PAYERS = {"idle_owners": "Owners", "idle_states": "Host state", "idle_union": "Union"}


def years(**changes) -> pd.DataFrame:
    """GPUs in demand at the price that the sites ask, from today to the end of their use.

    Columns: year (from today), wanted, low, high (thousand GPUs); ``low`` and ``high`` have growth at its P5 and P95.
    """
    values = complete(gigafactory_pays, changes)
    market = values["cloud_price"] / values["exchange_rate"]
    now = values["demand_gpus"] * (values["asking_price"] / market) ** -values["demand_elasticity"] / THOUSAND
    year = np.linspace(0, values["build_years"] + values["lifetime"], 39)
    known = get("demand_growth")
    rates = {"wanted": values["demand_growth"], "low": known.low, "high": known.high}
    return pd.DataFrame({"year": year, **{name: grown(now, rate, year) for name, rate in rates.items()}})


def _full(first: float, after: float) -> str:
    """When the sites are full: a headline."""
    if first == 0:
        return "The sites would be full on their first day"
    if np.isinf(after):
        return "Without growth the sites never fill up"
    return f"{number(first, 0)} % idle at the opening, full {number(after, 1)} years later: growth decides"


def years_chart(**changes) -> alt.LayerChart:
    """Demand over the years against what all sites offer, with the day on which they open."""
    frame, evaluation = years(**changes), evaluation_of(gigafactory_pays, changes)
    values, result = evaluation.values, evaluation.result
    offered = values["gigafactory_places"] * values["gigafactory_chips"] / THOUSAND
    usable = offered * values["availability"] * PERCENT * values["utilisation"] * PERCENT
    opens, ends = values["build_years"], float(frame.year.max())
    drawn = kinds.lines(
        frame,
        x="year",
        y="wanted",
        low="low",
        high="high",
        x_title="Years from today",
        y_title="Thousand GPUs, busy all year",
        log_y=True,
    )
    span = min(frame.low.min(), usable) * 0.8, max(frame.high.max(), usable) * 1.25
    ticks = [first * 10**power for power in range(8) for first in (1, 3)]
    supply = alt.Chart(alt.Data(values=[{"from": opens, "to": ends, "usable": round(usable, 6)}]))
    named = f"{number(values['gigafactory_places'])} sites offer {number(usable, 0)} thousand"
    low, high = (number(end, 0) for end in evaluation.bands["idle_mean"])
    return kinds.titled(
        alt.layer(
            kinds.spanned(drawn, *span, ticks),
            supply.mark_rule(strokeWidth=3, color=INK).encode(x="from:Q", x2="to:Q", y="usable:Q"),
            supply.mark_text(align="right", dx=-4, dy=15, fontSize=12).encode(
                x="to:Q", y="usable:Q", text=alt.value(named)
            ),
            kinds.reference(opens, "the sites open"),
        ).properties(width=WIDTH),
        _full(result.idle_first, result.full_after),
        "Line: demand at the price that the sites ask. Band: growth from its P5 to its P95.",
        f"{_full(result.idle_first, result.full_after)}. {number(frame.wanted.iloc[0], 0)} thousand GPUs are in demand "
        f"today. When the sites open, after {number(opens)} years, {number(result.idle_first, 0)} % of the "
        f"{number(usable, 0)} thousand on offer stand idle. Over all years of use {number(result.idle_mean, 0)} % do; "
        f"the 90 % range runs from {low} to {high} %.",
    )


def idle_bills(**changes) -> pd.DataFrame:
    """Who bears the cost of what stands idle at one site, by growth of demand, and with a state that pays for it.

    Columns: case, payer, cost (billion EUR), idle (percent of all hours).
    """
    values, known = complete(gigafactory_pays, changes), get("demand_growth")
    cases = {
        f"{number(values['demand_growth'])} % growth": {},
        f"{number(known.low)} % growth": {"demand_growth": known.low},
        "no growth": {"demand_growth": 0.0},
        "no growth, state pays": {"demand_growth": 0.0, "unsold_cover": 100.0},
    }
    rows = []
    for case, moved in cases.items():
        found = gigafactory_pays(**{**values, **moved})
        rows += [(case, name, max(getattr(found, id), 0.0), found.idle_mean) for id, name in PAYERS.items()]
    return pd.DataFrame(rows, columns=["case", "payer", "cost", "idle"])


def who_pays_chart(**changes) -> alt.LayerChart:
    """The cost of what stands idle at one site, by who bears it and by how fast demand grows."""
    frame = idle_bills(**changes)
    drawn = kinds.stacked(
        frame,
        category="case",
        value="cost",
        part="payer",
        parts=list(PAYERS.values()),
        title="Cost of what stands idle, billion EUR for one site",
        text=".1f",
    )
    sums = frame.groupby("case", sort=False).cost.sum()
    own = frame[frame.payer == PAYERS["idle_owners"]].set_index("case").cost
    part = 100 * own / sums.where(sums > 0)
    bad, promised = sums.index[2], sums.index[3]
    title = f"The owners bear {number(part[bad], 0)} % of empty halls, unless a state promises to pay for them"
    told = [
        f"{case}: {number(sums[case], 1)} billion EUR, of which the owners bear {number(own[case], 1)}"
        for case in sums.index
    ]
    return kinds.titled(
        drawn,
        title,
        f"If the host state pays for unsold hours, the part of the owners falls to {number(part[promised], 0)} %.",
        f"{title}. {'; '.join(told)}.",
    )


def full_table(**changes) -> Table:
    """How full other sites were, and by how many points the model is off for sites like these on their first day."""
    found = 100 - evaluation_of(gigafactory_pays, changes, band=False).result.idle_first
    rows = [
        (row["where"], row["item"], row["value"], found - row["value"], row["as_of"], row["tier"])
        for row in data.records("access")
        if row["topic"] == "site" and row["unit"] == "percent"
    ]
    columns = ["Where", "What", Column("%", 0), Column("Model less this, points", 0), "Date", "Evidence"]
    caption = f"How full others were; the model has {number(found, 0)} % of the gigafactories in use when they open"
    return Table(rows, caption, columns)


def build_table(**changes) -> Table:
    """How long other sites took or are to take, and how far the years assumed for gigafactories are from that."""
    assumed = complete(gigafactory_pays, changes)["build_years"]
    rows = [
        (row["where"], row["item"], row["value"], assumed - row["value"], row["tier"])
        for row in data.records("access")
        if row["topic"] == "site" and row["unit"] == "years"
    ]
    rows.sort(key=lambda row: row[2])
    columns = ["Where", "What", Column("Years", 1), Column("Assumed less this", 1), "Evidence"]
    return Table(rows, f"How long others build; {number(assumed)} years are assumed here", columns)
