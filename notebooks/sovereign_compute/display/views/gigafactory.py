"""How gigafactories are shown: four sizes of one thing, what is offered and wanted, what a bid is worth."""

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import HEADS, MARKS, Reading, read
from ...analysis.settings import complete
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.gigafactory import gigafactory_use
from ...models.parts.constants import GPUS_PER_MILLION, KILOWATTS_PER_MEGAWATT
from .. import kinds
from ..charts import VIEWS, WIDTH, View
from ..tables import Table

SIZES = {"chips": "In chips", "money": "In money", "speed": "In 16-bit speed", "power": "In power"}
SIZED = {"chips": "chips", "money": "cost", "speed": "16-bit speed", "power": "power"}
OFFER = {
    "usable": "Offered",
    "wanted": "Wanted then, if cost is asked",
    "wanted_then": "Wanted then, at today’s price",
    "wanted_today": "Wanted today",
}
WORTH = {
    "expected": "Chance times worth",
    "region_net": "Less its cost",
    "all_bids": "Cost of all bids",
}
THOUSAND = 1_000.0


def _bars(title: str, axis: str):
    def chart(rows):
        drawn = kinds.banded(rows, title=axis, text=".0f")
        subtitle = f"Bar, number at the right: your scenario. {MARKS}"
        return kinds.titled(kinds.aside(drawn).properties(width=440), title, subtitle)

    return chart


def _size_sentence(reading: Reading) -> str:
    *told, last = (f"{number(getattr(reading.result, id), 1)} times the {SIZED[id]}" for id in SIZES)
    moved = reading.against(f"{number(reading.compared.result.chips, 1)} times the chips")
    return (
        f"Beside JUPITER, a gigafactory has {', '.join(told)} and {last}. It has "
        f"{number(reading.result.peak, 0)} EFLOP/s at peak, takes {number(reading.result.megawatts, 0)} MW and costs "
        f"{number(reading.result.money_per_chip, 0)} EUR per chip{reading.band('money_per_chip', 0)}.{moved}"
    )


def _use_sentence(reading: Reading) -> str:
    result = reading.result
    moved = reading.against(f"{number(reading.compared.result.stranded, 0)} %")
    return (
        f"Of {number(result.usable / THOUSAND, 0)} thousand GPUs offered, {number(result.stranded, 0)} %"
        f"{reading.band('stranded', 0)} stand idle when the sites open. Full sites could ask "
        f"{number(result.full_cost, 2)} EUR per GPU-hour against {number(result.market, 2)} today; at that "
        f"price {number(result.wanted / THOUSAND, 0)} thousand are wanted, enough for {number(result.sites_filled, 1)} "
        f"sites, and an hour rented then costs {number(result.rented_cost, 2)} EUR.{moved}"
    )


def _bid_sentence(reading: Reading) -> str:
    result = reading.result
    moved = reading.against(f"{number(reading.compared.result.region_net, 1)} million EUR")
    return (
        f"A bid wins with a chance of {number(result.chance, 1)} %. It is worth {number(result.region_net, 1)} million "
        f"EUR{reading.band('region_net', 1)} to its region, and pays as soon as winning is worth "
        f"{number(result.pays_from, 0)} million EUR. All bids together cost {number(result.all_bids, 0)} million "
        f"EUR.{moved}"
    )


def _size_chart(rows):
    printed = float(data.row("claims", "C38")["quantity"])
    drawn = kinds.banded(rows, title="Times JUPITER", text=".1f")
    return kinds.titled(
        alt.layer(kinds.aside(drawn), kinds.reference(printed, "")).properties(width=440, height=alt.Step(24)),
        "How large is a gigafactory?",
        [f"Bar, number at the right: your scenario. Dashed: the report's {number(printed)} times.", MARKS],
    )


VIEWS["gigafactory_times"] = View(
    _size_chart,
    lambda reading: reading.bars(SIZES),
    _size_sentence,
    {"item": "A gigafactory", "value": "Times JUPITER", **HEADS},
)
VIEWS["gigafactory_use"] = View(
    _bars("Would gigafactories be full?", "Thousand GPUs, busy all year"),
    lambda reading: reading.bars(OFFER, scale=THOUSAND),
    _use_sentence,
    {"item": "What", "value": "Thousand GPUs", **HEADS},
)
VIEWS["bid_value"] = View(
    _bars("What is a bid worth?", "Million EUR"),
    lambda reading: reading.bars(WORTH),
    _bid_sentence,
    {"item": "What", "value": "Million EUR", **HEADS},
)


# Demand and supply ------------------------------------------------------------------------------------------------


def demand(**changes) -> pd.DataFrame:
    """GPUs wanted over the price when the sites stand.

    Columns: price (EUR per GPU-hour), wanted, low, high (thousand GPUs). ``low`` and ``high`` take demand of today at
    its P5 and its P95; growth and elasticity are those of the scenario.
    """
    reading = read(gigafactory_use, changes, band=False)
    values, market = reading.values, reading.result.market
    known = get("demand_gpus")
    price = np.geomspace(0.5, 8, 41)
    growth = reading.result.wanted_then / reading.result.wanted_today
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
        .encode(x=alt.value(x), text="text:N")
        for near, align, dx, x in (("false", "right", -6, WIDTH), ("true", "left", 6, 0))
    ]
    return [base.mark_rule(strokeDash=[6, 4], strokeWidth=2), *names]


def demand_chart(**changes) -> alt.LayerChart:
    """Demand over price against what one site and all sites offer, with today's price and the price of a full site."""
    frame, result = demand(**changes), read(gigafactory_use, changes, band=False).result
    values = read(gigafactory_use, changes, band=False).values
    places = values["gigafactory_places"]
    points = pd.DataFrame(
        {
            "price": [result.full_cost, result.market],
            "wanted": [result.wanted / THOUSAND, result.wanted_then / THOUSAND],
            "label": ["price of a full site", "today’s price"],
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
    ends = [min(frame.low.min(), 0.8 * usable / places), max(frame.high.max(), 1.3 * usable)]
    # From the lowest to the highest of band and lines, with few ticks: a power of ten above and below would stay empty.
    for layer in drawn.layer:
        layer.encoding.y.scale = alt.Scale(type="log", nice=False, domain=ends)
        layer.encoding.y.axis = alt.Axis(values=[f * 10**power for power in range(7) for f in (1, 2, 5)], format=",")
    base = alt.Chart(points).encode(x="price:Q", y="wanted:Q")
    marks = base.mark_point(shape="diamond", size=90, filled=True, color="black", opacity=1)
    # Above the line and below it, and close to the point, so that neither name stands on a line of supply.
    sides = {"price of a full site": ("left", 10, -3), "today’s price": ("right", -6, 12)}
    names = [
        base.transform_filter(f"datum.label == '{label}'")
        .mark_text(align=align, dx=dx, dy=dy, fontSize=12)
        .encode(text="label:N")
        for label, (align, dx, dy) in sides.items()
    ]
    return kinds.titled(
        alt.layer(
            drawn,
            *_offers(
                {f"{number(places)} sites offer": usable, "one site offers": usable / places}, frame.wanted.iloc[-1]
            ),
            marks,
            *names,
        ),
        "Who rents all that?",
        "Line: demand over price when the sites open. Band: demand of today from its P5 to its P95.",
        f"When the sites open, {number(result.wanted_then / THOUSAND, 0)} thousand GPUs are wanted at today's "
        f"{number(result.market, 2)} EUR per GPU-hour, at the {number(result.full_cost, 2)} EUR of a full site "
        f"{number(result.wanted / THOUSAND, 0)} thousand; one site offers {number(usable / places, 0)} "
        f"thousand and {number(places)} sites {number(usable, 0)} thousand.",
    )


def plans(**changes) -> pd.DataFrame:
    """What would stand idle if as many GPUs were wanted as the course bets on or as others plan for.

    Columns: who, gpus (wanted at today's price when the sites stand), sites (that demand fills), idle (percent), in the
    order of the demand. Plans in megawatts are counted with the power of a chip.
    """
    values = complete(gigafactory_use, changes)
    known, now = get("demand_gpus"), gigafactory_use(**values)
    wanted = {
        "Demand today, P5": known.low,
        "Demand today, as the scenario has it": now.wanted_today,
        "Demand today, P95": known.high,
        "Demand when the sites open": now.wanted_then,
        "All interest of 2025": data.row("access", "eoi-gpus")["value"] * GPUS_PER_MILLION,
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
    rows = [
        (row.who, number(row.gpus / THOUSAND, -2), number(row.sites, -2), number(row.idle, 0))
        for row in plans(**changes).itertuples()
    ]
    columns = ["If demand were", "Thousand GPUs", "Sites filled", "Idle, %"]
    return Table(pd.DataFrame(rows, columns=columns), "How full, by how much is wanted")
