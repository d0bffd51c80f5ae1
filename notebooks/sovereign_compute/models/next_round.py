"""Whether the next round comes before the money of a young firm ends, and what a month of delay is worth.

Method: the planned account of ``runway`` plus a Brownian motion, whose chance to touch zero before a given month has a
closed form (first passage, Bachelier 1900).
"""

from typing import NamedTuple

import numpy as np

from .parts.constants import (
    DAYS_PER_MONTH,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    ONE_MONTH,
    PERCENT,
    SMALLEST_NOISE,
    SMALLEST_PART,
)
from .parts.special import exp, larger, nominal, normal_cdf, scaled_normal_tail, smaller
from .registry import Output, model
from .runway import HORIZON, LENGTHENS, SHORTENS, Bills, month_by_month, part_after, thousands, waiting_months

DATES = {"cloud": "round", "later": "later", "credits": "round", "public": "round", "wait": "waited"}
"""When the round comes, by route; ``later`` rents as ``cloud`` does, for one month more."""


def settled(part):
    """What part of a month's bills is paid after a part of the month: most fall due in its middle, none at its ends.

    The smooth step has no corner at the turn of a month, where a planned account would have two slopes otherwise.
    """
    squared = part * part  # numpy takes a third power many times as slowly as a product
    return part * squared * (10 - 15 * part + 6 * squared)


def ruin(cash, drift, noise, months):
    """Chance that a Brownian account touches zero within ``months``: first passage of a Brownian motion with drift.

    ``cash`` in kEUR and above zero, ``drift`` in kEUR/month, ``noise`` in kEUR/√month and above zero; as a share of 1.
    Source: Bachelier (1900); any textbook of stochastic processes. The second term is written so that it does not
    overflow where the account sinks fast.
    """
    spread = noise * months**0.5
    low, high = (-cash - drift * months) / spread, (-cash + drift * months) / spread
    # exp(-2 drift cash / noise²) equals exp((high² - low²) / 2): below 0 its factors may be huge, it is not.
    sinking = exp(-(low**2) / 2) * scaled_normal_tail(larger(-high, 0 * high))
    rising = exp(smaller(-2 * drift * cash / noise**2, 0 * high)) * normal_cdf(high)
    down = nominal(high) <= 0
    second = np.where(down, sinking, rising) if isinstance(high, np.ndarray) else sinking if down else rising
    chance = normal_cdf(low) + second
    return smaller(chance, 1.0 + 0 * chance)


class NextRound(NamedTuple):
    """Chance of running dry before the next round by route, and what a month is worth."""

    ruin: object
    ruin_credits: object
    ruin_public: object
    ruin_wait: object
    reached: object
    left: object
    stake: object
    month_value: object
    day_value: object
    month_burn: object


@model(
    "Does the next round come in time",
    Output("ruin", "Out of money before the round: renting", "percent", 1),
    Output("ruin_credits", "Out of money before the round: credits first", "percent", 1),
    Output("ruin_public", "Out of money before the round: renting until public hours come", "percent", 1),
    Output("ruin_wait", "Out of money before the round: waiting for public hours", "percent", 1),
    Output("reached", "Chance of a round in time, renting", "percent", 0),
    Output("left", "Money left at the round, as planned", "MEUR", 2),
    Output("stake", "Value of the old owners' part after the round", "MEUR", 1),
    Output("month_value", "Loss of the owners if the round comes a month later", "kEUR/month", 0),
    Output("day_value", "Loss of the owners if the round comes a day later", "USD/day", 0),
    Output("month_burn", "Spent beyond revenue in the month after", "kEUR/month", 0),
    monotone={**dict.fromkeys(LENGTHENS, "-"), **dict.fromkeys(SHORTENS, "+")},
)
def next_round(
    *,
    cash,
    team,
    salary,
    other_costs,
    revenue,
    revenue_growth,
    team_growth,
    compute_need,
    compute_growth,
    cloud_price,
    exchange_rate,
    cloud_credits,
    public_hours,
    cut_off_days,
    evaluation_days,
    success_rate,
    onboarding_days,
    round_months,
    round_size,
    round_success,
    dilution,
    cash_noise,
) -> NextRound:
    """Chance that the account touches zero before the round, and what a month of delay takes from the owners.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. The planned flows until the round are spread
    evenly over its months (the tests compare this with a simulation that keeps their order); noise comes on top as a
    Brownian motion. Who waits for public hours meets the round later by the wait, because the product is later.
    ``stake`` is what the old owners hold if the round comes: size × (1 − dilution) / dilution; nobody pays for nothing,
    so a dilution below ``SMALLEST_PART`` counts as that. ``month_value`` is the
    chance of the round times the stake times the rise of the chance of ruin by one more month. Rounds later than
    ``HORIZON`` count as that late. Left out: bridge loans, emergency cuts, bad news that moves the round itself.
    """
    rent, start = cloud_price / exchange_rate, thousands(cash)
    waiting = waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days)
    dates = {"round": round_months, "later": round_months + ONE_MONTH, "waited": round_months + waiting}
    dates = {date: smaller(at, HORIZON * ONE_MONTH + 0 * at) for date, at in dates.items()}
    monthly = Bills(rent, exchange_rate, cloud_credits, public_hours, waiting)
    planned = dict.fromkeys(DATES, start)
    for month, net, need in month_by_month(
        team, salary, other_costs, revenue, revenue_growth, team_growth, compute_need, compute_growth
    ):
        spent = {id: net + bill for id, bill in monthly.of(month, need).items()}
        spent["later"] = spent["cloud"]
        paid = {date: settled(part_after(at - month * ONE_MONTH)) for date, at in dates.items()}
        for id, date in DATES.items():
            planned[id] = planned[id] - paid[date] * spent[id]
    noise = larger(cash_noise, SMALLEST_NOISE + 0 * cash_noise)
    chance = {id: ruin(start, (planned[id] - start) / dates[date], noise, dates[date]) for id, date in DATES.items()}
    part = larger(dilution, SMALLEST_PART + 0 * dilution) * PERCENT
    stake = round_size * (1 - part) / part
    month_value = round_success * PERCENT * thousands(stake) * (chance["later"] - chance["cloud"]) / ONE_MONTH
    return NextRound(
        ruin=chance["cloud"] / PERCENT,
        ruin_credits=chance["credits"] / PERCENT,
        ruin_public=chance["public"] / PERCENT,
        ruin_wait=chance["wait"] / PERCENT,
        reached=round_success * (1 - chance["cloud"]),
        left=planned["cloud"] * EUROS_PER_THOUSAND / EUROS_PER_MILLION,
        stake=stake,
        month_value=month_value,
        day_value=month_value * EUROS_PER_THOUSAND * exchange_rate / DAYS_PER_MONTH,
        month_burn=(planned["cloud"] - planned["later"]) / ONE_MONTH,
    )
