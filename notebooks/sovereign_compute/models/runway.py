"""How long the money of a young firm lasts, by the way it gets its computing.

Method: a bank account is followed month by month. People, other costs, revenue and the need for computing grow at
constant rates; each route pays for the same need in its own way.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .access import days_to_public_hours
from .ownership import annuity
from .parts.constants import (
    DAYS_PER_MONTH,
    DOLLARS_PER_THOUSAND,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    HOURS_PER_MONTH,
    HOURS_PER_THOUSAND,
    MONTHS_PER_YEAR,
    ONE_MONTH,
    PERCENT,
)
from .parts.special import larger, nominal, smaller
from .registry import Output, model

HORIZON = 60
"""Months that are followed. Money that lasts longer counts as lasting that long."""

ROUTES = {
    "cloud": "Cloud, on demand",
    "reserved": "Cloud, reserved",
    "own": "Buy a cluster on credit",
    "credits": "Credits, then cloud",
    "public": "Public hours, rent meanwhile",
    "wait": "Public hours, wait for them",
}
"""Output of ``runway`` to the name of the route."""

LENGTHENS = ("cash", "revenue", "revenue_growth", "exchange_rate")
SHORTENS = ("team", "salary", "other_costs", "team_growth", "compute_need", "compute_growth", "cloud_price")
"""What can only make the money last longer, and what can only make it last shorter."""


class Account:
    """A bank account (kEUR) and the months until it is empty."""

    def __init__(self, cash):
        self._left = cash
        self._open = nominal(cash) > nominal(0 * cash)
        self._full, self._part = 0, 0.0  # months paid in full, and the part of the month in which it runs empty

    @property
    def runway(self):
        """Months until the account is empty; those that are followed if it never is."""
        return (self._part + self._full) * ONE_MONTH

    def pay(self, bill):
        """Pay ``bill`` (kEUR) evenly over a month; a bill below zero pays in."""
        ends = self._open & (nominal(bill) > nominal(self._left))
        if isinstance(ends, np.ndarray):
            if not isinstance(self._part, np.ndarray) or self._part.shape != ends.shape:
                self._part = self._part + 0.0 * ends
                self._full = self._full + np.zeros(ends.shape, np.int8)  # bytes are quick to count
            np.divide(self._left, bill, out=self._part, where=ends)
        elif ends:
            self._part = self._left / bill
        self._open = self._open > ends  # open and not at its end
        self._full = self._full + self._open
        self._left = self._left - bill


def part_after(reached):
    """The part of a month, 0 to 1, that lies behind a date; ``reached`` is the month's end less the date, in months."""
    if isinstance(reached, np.ndarray):  # the same with one pass, in what runs most often; an array has no unit
        return np.clip(reached, 0.0, 1.0)
    return smaller(larger(reached / ONE_MONTH, 0.0 * reached / ONE_MONTH), 1.0 + 0.0 * reached / ONE_MONTH)


def waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days):
    """Months from being ready to the first public job."""
    return days_to_public_hours(cut_off_days, evaluation_days, success_rate, onboarding_days) / DAYS_PER_MONTH


def thousands(millions):
    """Million EUR as thousand EUR."""
    return millions * EUROS_PER_MILLION / EUROS_PER_THOUSAND


def month_by_month(
    team, salary, other_costs, revenue, revenue_growth, team_growth, compute_need, compute_growth
) -> Iterator[tuple]:
    """Month by month: number, what all but computing costs net of revenue (kEUR), the need (GPU-hours)."""
    people = (team * salary / MONTHS_PER_YEAR + other_costs) * ONE_MONTH
    earned, need = revenue * ONE_MONTH, compute_need * ONE_MONTH
    more = [1 + growth * PERCENT * ONE_MONTH for growth in (team_growth, revenue_growth, compute_growth)]
    for month in range(HORIZON):
        yield month, people - earned, need
        people, earned, need = people * more[0], earned * more[1], need * more[2]


class Stock:
    """Something free that is used up: credits (kEUR) or hours."""

    def __init__(self, amount):
        self._left, self._none = amount, 0 * amount

    def take(self, wanted):
        """As much of ``wanted`` as is left."""
        taken = smaller(wanted, self._left)
        # Not left - taken: an uncertain number would be traced twice in every month, a billion times in thirty.
        self._left = larger(self._left - wanted, self._none)
        return taken


class Bills:
    """What a month's need costs (kEUR) on routes without a contract; credits and public hours are used up on the way.

    ``rent`` in EUR per GPU-hour, ``credits`` in thousand USD, ``public_hours`` in thousands, ``waiting`` in months.
    """

    def __init__(self, rent, exchange_rate, credits, public_hours, waiting):
        self._rent, self._waiting = rent, waiting
        self._credit = Stock(credits * DOLLARS_PER_THOUSAND / exchange_rate / EUROS_PER_THOUSAND)
        # Who rents meanwhile and who waits take the same hours of their grants in the same months.
        self._granted = Stock(public_hours * HOURS_PER_THOUSAND)

    def of(self, month: int, need) -> dict:
        """The bills of one month by route; months are asked for in their order. ``need`` in GPU-hours."""
        rent, bill = self._rent, need * self._rent / EUROS_PER_THOUSAND
        there = part_after((month + 1) * ONE_MONTH - self._waiting)
        free = self._granted.take(need * there) * rent / EUROS_PER_THOUSAND
        return {
            "cloud": bill,
            "credits": bill - self._credit.take(bill),
            "public": bill - free,
            "wait": bill * there - free,
        }


class Runway(NamedTuple):
    """Months that the money lasts by route; what a month burns today and what part of the spending is computing."""

    cloud: object
    reserved: object
    own: object
    credits: object
    public: object
    wait: object
    waiting: object
    working: object
    burn: object
    compute_share: object


@model(
    "How long the money lasts",
    *(Output(id, name, "month", 1, HORIZON) for id, name in ROUTES.items()),
    Output("waiting", "Wait for the first public hour", "month", 1),
    Output("working", "Months at work if it waits for public hours", "month", 1),
    Output("burn", "Spent beyond revenue, this month", "kEUR/month", 0),
    Output("compute_share", "Computing, share of this month's spending", "percent", 0),
    monotone={**dict.fromkeys(LENGTHENS, "+"), **dict.fromkeys(SHORTENS, "-")},
)
def runway(
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
    reserved_price,
    exchange_rate,
    cloud_credits,
    public_hours,
    cut_off_days,
    evaluation_days,
    success_rate,
    onboarding_days,
    cluster_gpus,
    gpu_price,
    debt_share,
    debt_rate,
    debt_years,
    delivery_days,
    chip_power,
    electricity_price,
) -> Runway:
    """Months until the account is empty, for six ways to get the same computing; at most ``HORIZON``.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. Reserved: today's need is paid for day and
    night, growth is rented on demand. Bought cluster: a part is paid with the order, the rest in equal instalments from
    delivery on; until then, and beyond its capacity, computing is rented. Public hours come once, after the wait. Who
    rents meanwhile pays for it; who waits pays for people only, and is ``waiting`` months late: ``working`` is what is
    left for work. Left out: taxes and grants, severance, resale of the cluster, its housing and staff, revenue lost by
    waiting, hours that expire, several routes at once.
    """
    rent, reserved = cloud_price / exchange_rate, reserved_price / exchange_rate
    start = thousands(cash)
    price = gpu_price * cluster_gpus * DOLLARS_PER_THOUSAND / exchange_rate / EUROS_PER_THOUSAND
    instalment = price * debt_share * PERCENT * annuity(debt_rate * PERCENT, debt_years) / MONTHS_PER_YEAR * ONE_MONTH
    power = cluster_gpus * chip_power * HOURS_PER_MONTH * electricity_price / EUROS_PER_THOUSAND * ONE_MONTH
    capacity = cluster_gpus * HOURS_PER_MONTH * ONE_MONTH
    delivery, repaid = delivery_days / DAYS_PER_MONTH, debt_years * MONTHS_PER_YEAR
    waiting = waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days)
    contract, none = compute_need * ONE_MONTH, 0 * compute_need * ONE_MONTH
    paid = contract * reserved
    monthly = Bills(rent, exchange_rate, cloud_credits, public_hours, waiting)
    accounts = {id: Account(start) for id in ROUTES}
    accounts["own"] = Account(start - price * (1 - debt_share * PERCENT))
    first = None
    for month, net, need in month_by_month(
        team, salary, other_costs, revenue, revenue_growth, team_growth, compute_need, compute_growth
    ):
        end, bills = (month + 1) * ONE_MONTH, monthly.of(month, need)
        first = net + bills["cloud"] if first is None else first
        since = end - delivery
        owned, beyond = part_after(since), larger(need - contract, none)
        bills |= {
            "reserved": (paid + beyond * rent) / EUROS_PER_THOUSAND,
            "own": bills["cloud"]
            - owned * smaller(need, capacity) * rent / EUROS_PER_THOUSAND
            + owned * power
            + (owned - part_after(since - repaid)) * instalment,
        }
        for id, account in accounts.items():
            account.pay(net + bills[id])
    months = {id: account.runway for id, account in accounts.items()}
    people = team * salary / MONTHS_PER_YEAR + other_costs
    computing = compute_need * rent / EUROS_PER_THOUSAND
    return Runway(
        **months,
        waiting=waiting,
        working=larger(months["wait"] - waiting, 0 * waiting),
        burn=first / ONE_MONTH,
        compute_share=computing / (people + computing) / PERCENT,
    )
