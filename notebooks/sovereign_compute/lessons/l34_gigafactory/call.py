"""What is known of the call of 2026: its dates, its places, its money by source, and the chance of a bid."""

import altair as alt
import pandas as pd

from ...analysis.settings import evaluate
from ...display import kinds
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.gigafactory import bid_value
from ...models.parts.constants import MILLIONS_PER_BILLION, PERCENT
from .. import fact_check

SOURCES = ("Union", "Host states", "Private")
BIDS = (8, 10, 12, 16)
STEPS = (
    *("eoi-count", "eoi-money", "gigafactory-law", "gigafactory-bidding-planned", "gigafactory-bids-expected"),
    *("gigafactory-union-money", "gigafactory-sites-paid", "gigafactory-call", "gigafactory-sites-call"),
    *("gigafactory-money-call", "gigafactory-public-35", "gigafactory-public-third"),
)
"""Rows of the table of access that tell how the call came about."""


def money() -> pd.DataFrame:
    """The money for all sites by source, as it was planned or reported. Columns: plan, source, money (billion EUR)."""
    fund = fact_check.fact("gigafactory-fund") / MILLIONS_PER_BILLION
    given = fact_check.access("gigafactory-union-money")
    half = fund * fact_check.access("gigafactory-public-ceiling") * PERCENT / 2
    plans = {
        "Plan of 2025": (half, fund),
        "Reported in June 2026": (given, fund),
        "Call of August 2026": (given, fact_check.access("gigafactory-money-call")),
    }
    rows = [
        (plan, source, amount)
        for plan, (public, whole) in plans.items()
        for source, amount in zip(SOURCES, (public, public, whole - 2 * public), strict=True)
    ]
    return pd.DataFrame(rows, columns=["plan", "source", "money"])


def money_chart() -> alt.LayerChart:
    """The money for gigafactories by source, in three versions of the plan."""
    frame = money()
    wide = frame.pivot(index="plan", columns="source", values="money").loc[frame.plan.unique()]
    public = 100 * (1 - wide["Private"] / wide.sum(axis=1))
    title = f"Private money has to pay for {number(100 - public.max(), 0)} to {number(100 - public.min(), 0)} %"
    drawn = kinds.stacked(
        frame,
        category="plan",
        value="money",
        part="source",
        parts=list(SOURCES),
        title="Billion EUR for all sites",
        text=".1f",
    )
    told = [
        f"{plan}: {number(row.sum(), 0)} billion EUR, {number(public[plan], 0)} % of it public"
        for plan, row in wide.iterrows()
    ]
    return kinds.titled(
        drawn,
        title,
        "For the call of August the subsidies reported in June are taken; its text was not found.",
        f"{title}. {'; '.join(told)}.",
    )


def call_table() -> Table:
    """How the call came about: what was planned, reported and opened, in the order of the dates."""
    rows = [data.row("access", id) for id in STEPS]
    plan = data.row("jupiter", "gigafactory-fund")
    rows.append({**plan, "value": plan["value"] / MILLIONS_PER_BILLION, "unit": "billion EUR"})
    rows.sort(key=lambda row: row["as_of"])
    shown = [
        (row["as_of"], row["item"], row["value"], row["unit"].replace("none", ""), row["note"] or "", row["tier"])
        for row in rows
    ]
    columns = ["Date", "What", Column("Number", number, missing="–"), "Unit", "Note", "Evidence"]
    return Table(
        shown, "From 76 expressions of interest to a call for at most seven sites; no winner was found", columns
    )


def chance_table() -> Table:
    """The chance of a bid and what it is worth, by how many compete and for how many places."""
    places = get("gigafactory_places")
    ends = (places.low, places.value, places.high)
    rows = []
    for bids in BIDS:
        found = [evaluate(bid_value, bids=bids, gigafactory_places=many) for many in ends]
        rows.append((bids, *(bid.chance for bid in found), found[1].region_net))
    heads = [Column(f"{number(many)} places, %", 0) for many in ends]
    columns = ["Bids", *heads, Column("Worth, million EUR", 0)]
    caption = (
        "The chance of a bid, before anybody knows how good it is, and its worth to the region with "
        f"{number(places.value)} places"
    )
    return Table(rows, caption, columns)
