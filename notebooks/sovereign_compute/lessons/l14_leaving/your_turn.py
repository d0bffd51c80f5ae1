"""Notebook 14, *Your turn*: what it costs to take data out, at list price."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

AMOUNT = 400
"""TB that the task takes out in one month."""
GIGABYTES = 1000


def _prices() -> pd.DataFrame:
    return frames.data("egress_prices")


def bills_by_provider() -> pd.Series:
    """The solution of 14.T1: what 400 TB in one month cost, in USD by provider."""
    egress = _prices()  # cell
    tiers = egress.sort_values(["provider", "from_tb"])
    ends = tiers.groupby("provider").from_tb.shift(-1).fillna(400)
    usd = (ends - tiers.from_tb) * 1000 * tiers.usd_per_gb
    return usd.groupby(tiers.provider).sum()


def price_by_amount() -> alt.Chart:
    """The solution of 14.T2."""
    egress = _prices()  # cell
    return (
        alt.Chart(egress, title="Whoever takes out much pays half as much for each GB")
        .mark_line(point=True, interpolate="step-after")
        .encode(
            x=alt.X("from_tb", title="From TB a month"),
            y=alt.Y("usd_per_gb", title="USD per GB"),
            color=alt.Color("provider", title="Provider"),
            shape=alt.Shape("provider", title="Provider"),
        )
    )


def _bills_in_words() -> str:
    bills = bills_by_provider()
    least, most = bills.idxmin(), bills.idxmax()
    return (
        f"{number(AMOUNT)} TB in one month cost {number(bills[least], 0)} USD by the list of {least} and "
        f"{number(bills[most], 0)} by that of {most}. A firm that leaves for good is charged none of it if it asks. "
        "From 12 January 2027 no provider in the EU may charge it."
    )


def _lists_in_words() -> str:
    prices = _prices()
    first, last = (prices[prices.from_tb == at].usd_per_gb.mean() for at in (0, 150))
    return (
        f"The mean list price falls from {number(first, 3)} USD per GB for the first TB to {number(last, 3)} beyond "
        "150 TB a month. The marginal cost of a network falls with the amount, too; how far these prices lie above "
        "it no provider says."
    )


def _tiered(column: str = "usd_per_gb", by: str = "provider", amount: float = AMOUNT, **flaws) -> pd.Series:
    """The bill with one thing done otherwise, for the usual mistakes."""
    tiers = _prices().sort_values(["provider", "from_tb"])
    tiers = tiers[tiers.from_tb < amount]
    ends = tiers.groupby("provider").from_tb.shift(-1).fillna(amount)
    usd = (ends - tiers.from_tb) * flaws.get("gigabytes", GIGABYTES) * tiers[column]
    return usd.groupby(tiers[by]).sum() if flaws.get("sum", True) else usd.groupby(tiers[by]).max()


def _flat(how: str) -> pd.Series:
    return _prices().groupby("provider").usd_per_gb.agg(how) * AMOUNT * GIGABYTES


def _at(from_tb: int) -> pd.Series:
    prices = _prices()
    return prices[prices.from_tb == from_tb].set_index("provider").usd_per_gb * AMOUNT * GIGABYTES


TASKS = (
    Task(
        id="14.T1",
        question=(
            f"What do {AMOUNT} TB cost that a firm takes out in one month? Each price holds from its amount up to the "
            "next one. Count 1,000 GB to a TB and leave out what is free. Give a Series in USD with the providers as "
            "labels."
        ),
        expected=bills_by_provider,
        finding=_bills_in_words,
        hints=(
            "Sort by provider and from_tb. Where does each price end? groupby(...).from_tb.shift(-1) knows.",
            f"fillna({AMOUNT}) gives the last price its end. Then (end − start) × 1,000 × price, summed by provider.",
        ),
        mistakes=(
            (lambda: _at(0), "The first price holds for the first 10 TB only."),
            (lambda: _at(150), "The last price holds only beyond 150 TB; what lies below it costs more."),
            (lambda: _at(50), "That is one price for all; each amount has its own."),
            (lambda: _at(10), "That is the second price for all; each amount has its own."),
            (lambda: _flat("mean"), "The mean of the prices is no bill: most of the data lie in the last amount."),
            (lambda: _flat("median"), "The median of the prices is no bill: most of the data lie in the last amount."),
            (lambda: _tiered(gigabytes=1), "Prices are per GB and the amounts in TB: a thousand times too little."),
            (lambda: _tiered(gigabytes=1024), "Count 1,000 GB to a TB here, not 1,024."),
            (lambda: _tiered(sum=False), "That is the largest part of each bill; add the parts up."),
            (lambda: _tiered(amount=150), "The last price is missing: it holds from 150 TB to the end."),
            (lambda: _tiered() / AMOUNT / GIGABYTES, "That is the mean price per GB; the whole bill is asked for."),
            (lambda: _tiered() / 1.17, "Those are euros; the lists are in dollars, and so is the answer."),
            (lambda: _tiered() / AMOUNT, "That is the price of one TB; the whole bill is asked for."),
            (lambda: _tiered(by="observed"), "Those are the dates of the lists; group by the provider."),
        ),
    ),
    Task(
        id="14.T2",
        question=(
            "Does it become cheaper to take out more? Draw usd_per_gb over from_tb, with one colour for each provider. "
            "State the finding as title."
        ),
        expected=price_by_amount,
        finding=_lists_in_words,
        hints=(
            'A line with points: mark_line(point=True), with x="from_tb" and y="usd_per_gb".',
            'color="provider" gives each provider its colour; shape="provider" tells them apart without colour.',
        ),
        mistakes=(
            (
                lambda: alt.Chart(_prices()).mark_line().encode(x="usd_per_gb", y="from_tb", color="provider"),
                "The amount belongs along the horizontal axis, the price along the vertical one.",
            ),
            (
                lambda: (
                    alt.Chart(_prices().groupby("provider", as_index=False).mean(numeric_only=True))
                    .mark_point()
                    .encode(x="from_tb", y="usd_per_gb", color="provider")
                ),
                "Those are means; draw every price of the lists.",
            ),
        ),
    ),
)
