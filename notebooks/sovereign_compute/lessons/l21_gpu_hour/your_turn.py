"""Notebook 21, *Your turn*: what a European seat has to do with the price of a cloud."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

EU = ("FI", "FR", "IT", "NL")
"""Seats in the EU among the providers of the price list; a test compares them with the list."""


def _rate() -> float:
    """USD per EUR."""
    return frames.data("assumptions").set_index("id").value["exchange_rate"]


def _prices() -> pd.DataFrame:
    """The price list with a column in EUR, as the first cell makes it."""
    prices = frames.data("cloud_prices")
    prices["eur"] = prices.price.where(prices.currency == "EUR", prices.price / _rate()).round(2)
    return prices


def rent_by_kind() -> pd.Series:
    """The solution of 21.T1, in EUR per GPU-hour."""
    prices = _prices()  # cell
    offers = prices[prices.billing == "on-demand"]
    providers = offers.groupby(["provider", "provider_kind"]).eur.median()
    return providers.groupby("provider_kind").median()


def rent_by_seat() -> alt.Chart:
    """The solution of 21.T2."""
    prices = _prices()  # cell
    offers = prices[prices.billing == "on-demand"]
    offers = offers.assign(eu=offers.provider_country.isin(EU))
    providers = offers.groupby(["provider", "provider_kind", "eu"]).eur.median()
    rents = providers.groupby(["provider_kind", "eu"]).median().reset_index()
    return (
        alt.Chart(rents, title="It is the kind of provider, not its seat, that makes an hour expensive")
        .mark_bar()
        .encode(
            x=alt.X("eur", title="Median rent, EUR per GPU-hour"),
            y=alt.Y("provider_kind", title="Kind of provider"),
            yOffset="eu",
            color=alt.Color("eu", title="Seat in the EU"),
        )
    )


def _kinds_in_words() -> str:
    rents = rent_by_kind()
    times = rents["hyperscaler"] / rents["specialist"]
    return (
        f"For an hour on much the same chip, a hyperscaler asks {number(times, 1)} times as much as a specialist. "
        "The lesson compares JUPITER with one median rent; which cloud you take for it decides more."
    )


def _seats_in_words() -> str:
    offers = _offers("on-demand").assign(eu=lambda offers: offers.provider_country.isin(EU))
    providers = offers.groupby(["provider", "provider_kind", "eu"]).eur.median().reset_index()
    overall = providers.groupby("eu").eur.median()
    specialists = providers[providers.provider_kind == "specialist"].groupby("eu").eur.agg(["median", "size"])
    return (
        f"Over all providers, those from the EU are {number(100 * (1 - overall[True] / overall[False]), 0)} % cheaper. "
        f"Among specialists an hour costs {number(specialists['median'][True], 2)} EUR at the "
        f"{specialists['size'][True]} with a seat in the EU. At the {specialists['size'][False]} others it costs "
        f"{number(specialists['median'][False], 2)} EUR. No hyperscaler in the list has its seat in the EU, so the "
        "first comparison was one of kinds. So few providers prove nothing about the next one."
    )


# What usual mistakes give


def _offers(*billing: str) -> pd.DataFrame:
    """The offers that are paid in one of these ways."""
    prices = _prices()
    return prices[prices.billing.isin(billing)]


def _by_kind(offers: pd.DataFrame, column: str = "eur", middle: str = "median") -> pd.Series:
    providers = offers.groupby(["provider", "provider_kind"])[column].agg(middle)
    return providers.groupby("provider_kind").agg(middle)


def _by_seat(offers: pd.DataFrame, column: str = "eur") -> alt.Chart:
    """The chart of 21.T2 where each offer counts once."""
    offers = offers.assign(eu=offers.provider_country.isin(EU))
    rents = offers.groupby(["provider_kind", "eu"])[column].median().reset_index()
    return alt.Chart(rents).mark_bar().encode(x=column, y="provider_kind", yOffset="eu", color="eu")


EACH_OFFER = (
    "Every offer counts once in it, so a provider with many offers counts many times. One vote each: group by provider "
    "first."
)
TWO_CURRENCIES = "The column price mixes USD and EUR; use the column eur."

TASKS = (
    Task(
        id="21.T1",
        question=(
            "What does a GPU-hour cost on demand, by kind of provider? Take the median offer of each provider in EUR, "
            "then the median over the providers of a kind. Give a Series with the kinds (provider_kind) as labels."
        ),
        expected=rent_by_kind,
        finding=_kinds_in_words,
        hints=(
            "Filter first: billing must be on-demand. Then group twice; each time the middle one is taken.",
            'offers.groupby(["provider", "provider_kind"]).eur.median() has one value for each provider.',
        ),
        mistakes=(
            (
                lambda: _by_kind(_offers("on-demand", "spot")),
                "Spot offers are among them: they are cheap because they can be taken away. Filter by billing.",
            ),
            (lambda: _by_kind(_prices()), "All rows are in it, with spot offers and indices. Filter by billing."),
            (lambda: _by_kind(_offers("spot")), "Those are the spot offers; on-demand is asked for."),
            (lambda: _by_kind(_offers("on-demand"), "price"), TWO_CURRENCIES),
            (
                lambda: _by_kind(_offers("on-demand").assign(eur=lambda o: o.price * _rate())),
                "Upside down: an exchange rate in USD per EUR divides an amount in USD.",
            ),
            (lambda: _offers("on-demand").groupby("provider_kind").eur.median(), EACH_OFFER),
            (lambda: _offers("on-demand").groupby("provider_kind").eur.mean(), f"That is a mean. {EACH_OFFER}"),
            (
                lambda: _by_kind(_offers("on-demand"), middle="mean"),
                "Those are means; a few high prices pull them up. Use median().",
            ),
            (
                lambda: _by_kind(_offers("on-demand"), middle="min"),
                "Those are the cheapest offers; the median is asked for.",
            ),
            (
                lambda: _by_kind(_offers("on-demand").query("gpu.str.startswith('H100')")),
                "Only offers of the H100 are in it; all chips of the list are asked for.",
            ),
            (
                lambda: _by_kind(_offers("on-demand").assign(eur=lambda o: o.eur / o.gpus)),
                "The price is for one GPU already; do not divide by gpus.",
            ),
            (
                lambda: _by_kind(_offers("on-demand").query("currency == 'USD'")),
                "The offers in EUR are missing: convert the others, and keep these.",
            ),
            (
                lambda: _offers("on-demand").groupby(["provider", "provider_kind"]).eur.median().droplevel("provider"),
                "That is one value for each provider. Group once more, by provider_kind.",
            ),
        ),
    ),
    Task(
        id="21.T2",
        question=(
            "Are clouds with a seat in the EU cheaper? Compare like with like, with medians as in 21.T1. Draw bars: "
            "the rent along one axis, the kind of provider along the other. A column eu of True and False says where "
            "the seat is. Show it by colour, and side by side (yOffset or xOffset). State the finding as title."
        ),
        expected=rent_by_seat,
        finding=_seats_in_words,
        hints=(
            f"The seat is in provider_country; in the EU are {', '.join(EU)}. The method isin compares with a list.",
            'Group by ["provider", "provider_kind", "eu"], again by the last two. reset_index() makes labels columns.',
        ),
        mistakes=(
            (lambda: _by_seat(_offers("on-demand")), EACH_OFFER),
            (lambda: _by_seat(_offers("on-demand", "spot")), "Spot offers are among them; on-demand is asked for."),
            (lambda: _by_seat(_offers("on-demand"), "price"), TWO_CURRENCIES),
        ),
    ),
)
