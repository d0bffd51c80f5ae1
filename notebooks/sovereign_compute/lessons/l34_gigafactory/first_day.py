"""What lesson 34 takes from the size of a site and from demand on its first day."""

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete
from ...display import kinds
from ...display.charts import INK, figure
from ...display.tables import Column, Table
from ...display.views.gigafactory import SIZES, THOUSAND
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.gigafactory import bid_value as bid_value
from ...models.gigafactory import gigafactory_times as gigafactory_times
from ...models.gigafactory import gigafactory_use
from ...models.parts.constants import GPUS_PER_MILLION, KILOWATTS_PER_MEGAWATT
from .. import fact_check


def size_chart(**changes) -> alt.LayerChart:
    """How many times JUPITER a gigafactory is, by chips, money, speed and power."""
    result = evaluation_of(gigafactory_times, changes, band=False).result
    found = sorted(getattr(result, id) for id in SIZES)
    chart = figure(gigafactory_times, **changes)
    chart.title.text = f"“Four times JUPITER” may mean {number(found[0], 1)} times, or {number(found[-1], 1)}"
    return chart


def demand(**changes) -> pd.DataFrame:
    """GPUs wanted over the price when the sites stand.

    Columns: price (EUR per GPU-hour), wanted, low, high (thousand GPUs). ``low`` and ``high`` take demand of today at
    its P5 and its P95; growth and elasticity are those of the scenario.
    """
    evaluation = evaluation_of(gigafactory_use, changes, band=False)
    values, market = evaluation.values, evaluation.result.market
    known = get("demand_gpus")
    price = np.geomspace(0.5, 8, 41)
    growth = evaluation.result.wanted_then / evaluation.result.wanted_today
    relative = growth * (price / market) ** -values["demand_elasticity"] / THOUSAND
    return pd.DataFrame(
        {
            "price": price,
            "wanted": values["demand_gpus"] * relative,
            "low": known.low * relative,
            "high": known.high * relative,
        }
    )


def _offers(lines: dict[str, float], last: float) -> list[alt.Chart]:
    """Dashed lines of supply, named at their right end, or at the left one where demand ends near them (``last``)."""
    rows = [
        {"at": round(at, 6), "text": f"{name} {number(at, 0)} thousand", "near": bool(0.5 < at / last < 2)}
        for name, at in lines.items()
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(y="at:Q")
    names = [
        base.transform_filter(f"datum.near == {near}")
        .mark_text(align=align, dx=dx, dy=-8, fontSize=12)
        .encode(x=alt.XValue(x), text="text:N")
        for near, align, dx, x in (("false", "right", -6, "width"), ("true", "left", 6, 0))
    ]
    return [base.mark_rule(strokeDash=[6, 4], strokeWidth=2), *names]


def demand_chart(**changes) -> alt.LayerChart:
    """Demand over price against what one site and all sites offer, with today's price and the price of a full site."""
    frame, evaluation = demand(**changes), evaluation_of(gigafactory_use, changes)
    result, places = evaluation.result, evaluation.values["gigafactory_places"]
    low, high = (number(end, 0) for end in evaluation.bands["stranded"])
    points = pd.DataFrame(
        {
            "price": [result.full_cost, result.market],
            "wanted": [result.wanted / THOUSAND, result.wanted_then / THOUSAND],
            "label": ["cost price of a full site", "today’s price"],
        }
    )
    drawn = kinds.lines(
        frame,
        x="price",
        y="wanted",
        low="low",
        high="high",
        x_title="Price (EUR per GPU-hour)",
        y_title="Thousand GPUs, busy all year",
        log_y=True,
    )
    usable = result.usable / THOUSAND
    ends = min(frame.low.min(), 0.8 * usable / places), max(frame.high.max(), 1.3 * usable)
    ticks = [first * 10**power for power in range(7) for first in (1, 2, 5)]
    base = alt.Chart(points).encode(x="price:Q", y="wanted:Q")
    marks = base.mark_point(shape="diamond", size=90, filled=True, color=INK, opacity=1)
    # Above the line and below it, and close to the point, so that neither name stands on a line of supply.
    sides = {"cost price of a full site": ("left", 10, -3), "today’s price": ("right", -6, 12)}
    names = [
        base.transform_filter(f"datum.label == '{label}'")
        .mark_text(align=align, dx=dx, dy=dy, fontSize=12)
        .encode(text="label:N")
        for label, (align, dx, dy) in sides.items()
    ]
    return kinds.titled(
        alt.layer(
            kinds.spanned(drawn, *ends, ticks),
            *_offers(
                {f"{number(places)} sites offer": usable, "one site offers": usable / places}, frame.wanted.iloc[-1]
            ),
            marks,
            *names,
        ),
        f"Full or nearly empty: {low} to {high} % of the GPUs would stand idle",
        "Line: demand when the sites open, by price. Band: today's demand from its P5 to its P95.",
        f"When the sites open, {number(result.wanted_then / THOUSAND, 0)} thousand GPUs are in demand at today's "
        f"price of {number(result.market, 2)} EUR per GPU-hour. At the {number(result.full_cost, 2)} EUR that a full "
        f"site must ask, it is {number(result.wanted / THOUSAND, 0)} thousand. One site offers "
        f"{number(usable / places, 0)} thousand, {number(places)} sites offer {number(usable, 0)} thousand.",
    )


def plans(**changes) -> pd.DataFrame:
    """What would stand idle if demand were as large as the course bets on or as others plan for.

    Columns: who, gpus (wanted at today's price when the sites stand), sites (that demand fills), idle (percent), in the
    order of the demand. Plans in megawatts are counted with the power of a chip.
    """
    values = complete(gigafactory_use, changes)
    known, now = get("demand_gpus"), gigafactory_use(**values)
    wanted = {
        "Demand today, low end (P5)": known.low,
        "Demand today, as assumed": now.wanted_today,
        "Demand today, high end (P95)": known.high,
        "Demand when the sites open, as assumed": now.wanted_then,
        "All GPUs that bidders named in 2025": fact_check.access("eoi-gpus") * GPUS_PER_MILLION,
    }
    for row in (row for row in data.records("access") if row["topic"] == "plan"):
        chips = row["value"] * KILOWATTS_PER_MEGAWATT / values["chip_power"] if row["unit"] == "MW" else row["value"]
        wanted[f"{row['where']}: {row['item']}"] = chips
    rows = []
    for who, gpus in sorted(wanted.items(), key=lambda entry: entry[1]):
        found = gigafactory_use(**{**values, "demand_gpus": gpus, "demand_growth": 0.0})
        rows.append((who, gpus, found.sites_filled, found.stranded))
    return pd.DataFrame(rows, columns=["who", "gpus", "sites", "idle"])


def plan_table(**changes) -> Table:
    """The table of ``plans`` with two significant figures."""
    rows = [(row.who, row.gpus / THOUSAND, row.sites, row.idle) for row in plans(**changes).itertuples()]
    columns = ["If this were the demand", Column("Thousand GPUs", -2), Column("Sites filled", -2), Column("Idle, %", 0)]
    return Table(rows, "How full the sites would be, by demand", columns)
