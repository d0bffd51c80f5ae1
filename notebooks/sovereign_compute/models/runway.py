"""How long the money of a young firm lasts, by the way it gets its computing, and whether the next round comes in time.

Method: a bank account is followed month by month. People, other costs, revenue and the need for computing grow at
constant rates; each route pays for the same need in its own way. Noise comes in afterwards: the planned account plus a
Brownian motion, whose chance to touch zero before a given month has a closed form (first passage, Bachelier 1900).
"""

from typing import NamedTuple

import numpy as np

from .constants import (
    DAYS_PER_MONTH,
    DOLLARS_PER_THOUSAND,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    HOURS_PER_MONTH,
    HOURS_PER_THOUSAND,
    MONTHS_PER_YEAR,
    ONE_MONTH,
    PERCENT,
    SMALLEST_NOISE,
    SMALLEST_PART,
)
from .ownership import annuity
from .registry import Output, model
from .special import exp, larger, normal_cdf, scaled_normal_tail, smaller

HORIZON = 60
"""Months that are followed. Money that lasts longer counts as lasting that long."""

ROUTES = {
    "cloud": "Cloud, on demand",
    "reserved": "Cloud, reserved",
    "own": "Own cluster, on debt",
    "credits": "Credits, then cloud",
    "public": "Public hours, rent meanwhile",
    "wait": "Public hours, wait for them",
}
"""Output of ``runway`` to the name of the route."""


class Account:
    """A bank account (kEUR) and the months until it is empty."""

    def __init__(self, cash):
        self._left = cash
        self.runway = 0 * ONE_MONTH
        self._open = cash > 0 * cash

    def pay(self, bill):
        """Pay ``bill`` (kEUR) evenly over a month."""
        lasts = _share(self._open, self._left, bill)
        self.runway = self.runway + lasts * ONE_MONTH
        self._open = self._open & (lasts >= 1)
        self._left = self._left - bill


def _share(alive, cash, bill):
    """What part of a month is paid until the account is empty, 0 if it was empty before; bills below zero pay in."""
    if isinstance(cash, np.ndarray) or isinstance(bill, np.ndarray):
        short = bill > cash
        return np.where(alive, np.where(short, cash / np.where(short, bill, 1.0), 1.0), 0.0)
    if not alive:
        return 0.0
    return cash / bill if bill > cash else 1.0


def _part(reached):
    """The part of a month, 0 to 1, that lies behind a date; ``reached`` is the month's end less the date, in months."""
    return smaller(larger(reached / ONE_MONTH, 0.0 * reached / ONE_MONTH), 1.0 + 0.0 * reached / ONE_MONTH)


def _settled(part):
    """What part of a month's bills is paid after a part of the month: most fall due in its middle, none at its ends.

    The smooth step has no corner at the turn of a month, where a planned account would have two slopes otherwise.
    """
    return part**3 * (10 - 15 * part + 6 * part**2)


def waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days):
    """Months from being ready to the first public job: half a period and the decision, until one succeeds; then setup.

    The same expression as in the lesson on waiting, in months. Days are in days, ``success_rate`` in percent.
    """
    tries = 1 / (success_rate * PERCENT)
    return ((cut_off_days / 2 + evaluation_days) * tries + onboarding_days) / DAYS_PER_MONTH


def _kilo(millions):
    """Million EUR as thousand EUR."""
    return millions * EUROS_PER_MILLION / EUROS_PER_THOUSAND


def _months(cash_flow: dict):
    """Month by month: number, what all but computing costs net of revenue (kEUR), the need (GPU-hours)."""
    more = {id: 1 + cash_flow[f"{id}_growth"] * PERCENT * ONE_MONTH for id in ("team", "revenue", "compute")}
    people = cash_flow["team"] * cash_flow["salary"] / MONTHS_PER_YEAR + cash_flow["other_costs"]
    people, earned, need = people * ONE_MONTH, cash_flow["revenue"] * ONE_MONTH, cash_flow["compute_need"] * ONE_MONTH
    for month in range(HORIZON):
        yield month, people - earned, need
        people, earned, need = people * more["team"], earned * more["revenue"], need * more["compute"]


class _Stock:
    """Something free that is used up: credits (kEUR) or hours."""

    def __init__(self, amount):
        self._left = amount

    def take(self, wanted):
        """As much of ``wanted`` as is left."""
        taken = smaller(wanted, self._left)
        # Not left - taken: an uncertain number would be traced twice in every month, a billion times in thirty.
        self._left = larger(self._left - wanted, 0 * self._left)
        return taken


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
    *(Output(id, name, "month", 1) for id, name in ROUTES.items()),
    Output("waiting", "Wait for the first public hour", "month", 1),
    Output("working", "Public hours, wait: months at work", "month", 1),
    Output("burn", "Spent beyond revenue, this month", "kEUR/month", 0),
    Output("compute_share", "Computing, share of this month's spending", "percent", 0),
    monotone={
        "cash": "+",
        "team": "-",
        "salary": "-",
        "other_costs": "-",
        "revenue": "+",
        "revenue_growth": "+",
        "team_growth": "-",
        "compute_need": "-",
        "compute_growth": "-",
        "cloud_price": "-",
        "exchange_rate": "+",
    },
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
    night, growth is rented on demand. Own cluster: a part is paid with the order, the rest in equal instalments from
    delivery on; until then, and beyond its capacity, computing is rented. Public hours come once, after the wait. Who
    rents meanwhile pays for it; who waits pays for people only, and is ``waiting`` months late: ``working`` is what is
    left for work. Left out: taxes and grants, severance, resale of the cluster, its housing and staff, revenue lost by
    waiting, hours that expire, several routes at once.
    """
    rent, reserved = cloud_price / exchange_rate, reserved_price / exchange_rate
    start = _kilo(cash)
    price = gpu_price * cluster_gpus * DOLLARS_PER_THOUSAND / exchange_rate / EUROS_PER_THOUSAND
    instalment = price * debt_share * PERCENT * annuity(debt_rate * PERCENT, debt_years) / MONTHS_PER_YEAR
    power = cluster_gpus * chip_power * HOURS_PER_MONTH * electricity_price / EUROS_PER_THOUSAND
    capacity = cluster_gpus * HOURS_PER_MONTH * ONE_MONTH
    delivery, repaid = delivery_days / DAYS_PER_MONTH, debt_years * MONTHS_PER_YEAR
    waiting = waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days)
    contract = compute_need * ONE_MONTH
    credit = _Stock(cloud_credits * DOLLARS_PER_THOUSAND / exchange_rate / EUROS_PER_THOUSAND)
    # A grant in thousands of GPU-hours, for those who rent meanwhile and for those who wait.
    granted, saved = (_Stock(public_hours * HOURS_PER_THOUSAND) for _ in range(2))
    accounts = {id: Account(start) for id in ROUTES}
    accounts["own"] = Account(start - price * (1 - debt_share * PERCENT))
    flow = {
        "team": team,
        "salary": salary,
        "other_costs": other_costs,
        "revenue": revenue,
        "revenue_growth": revenue_growth,
        "team_growth": team_growth,
        "compute_need": compute_need,
        "compute_growth": compute_growth,
    }
    first = None
    for month, net, need in _months(flow):
        end = (month + 1) * ONE_MONTH
        bill = need * rent / EUROS_PER_THOUSAND
        first = net + bill if first is None else first
        there, owned = _part(end - waiting), _part(end - delivery)
        beyond = larger(need - contract, 0 * need)
        bills = {
            "cloud": bill,
            "reserved": (contract * reserved + beyond * rent) / EUROS_PER_THOUSAND,
            "own": bill
            - owned * smaller(need, capacity) * rent / EUROS_PER_THOUSAND
            + owned * power * ONE_MONTH
            + (owned - _part(end - delivery - repaid)) * instalment * ONE_MONTH,
            "credits": bill - credit.take(bill),
            "public": bill - granted.take(need * there) * rent / EUROS_PER_THOUSAND,
            "wait": bill * there - saved.take(need * there) * rent / EUROS_PER_THOUSAND,
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
    second = np.where(high <= 0, sinking, rising) if isinstance(high, np.ndarray) else sinking if high <= 0 else rising
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
    Output("ruin", "Dry before the round: cloud", "percent", 1),
    Output("ruin_credits", "Dry before the round: credits, then cloud", "percent", 1),
    Output("ruin_public", "Dry before the round: public hours, rent meanwhile", "percent", 1),
    Output("ruin_wait", "Dry before the round: public hours, wait for them", "percent", 1),
    Output("reached", "Chance of a round in time: cloud", "percent", 0),
    Output("left", "Money left at the round, as planned", "MEUR", 2),
    Output("stake", "Part of the old owners after the round", "MEUR", 1),
    Output("month_value", "Chance lost if the round comes a month later", "kEUR/month", 0),
    Output("day_value", "The same, for a day", "USD/day", 0),
    Output("month_burn", "Spent beyond revenue in the month after", "kEUR/month", 0),
    monotone={
        "cash": "-",
        "team": "+",
        "salary": "+",
        "other_costs": "+",
        "revenue": "-",
        "revenue_growth": "-",
        "team_growth": "+",
        "compute_need": "+",
        "compute_growth": "+",
        "cloud_price": "+",
        "exchange_rate": "-",
    },
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
    rent, start = cloud_price / exchange_rate, _kilo(cash)
    waiting = waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days)
    due = {"cloud": round_months, "later": round_months + ONE_MONTH, "credits": round_months, "public": round_months}
    due["wait"] = round_months + waiting
    due = {id: smaller(at, HORIZON * ONE_MONTH + 0 * at) for id, at in due.items()}
    credit = _Stock(cloud_credits * DOLLARS_PER_THOUSAND / exchange_rate / EUROS_PER_THOUSAND)
    granted, saved = (_Stock(public_hours * HOURS_PER_THOUSAND) for _ in range(2))
    planned = dict.fromkeys(due, start)
    flow = {
        "team": team,
        "salary": salary,
        "other_costs": other_costs,
        "revenue": revenue,
        "revenue_growth": revenue_growth,
        "team_growth": team_growth,
        "compute_need": compute_need,
        "compute_growth": compute_growth,
    }
    for month, net, need in _months(flow):
        bill, there = need * rent / EUROS_PER_THOUSAND, _part((month + 1) * ONE_MONTH - waiting)
        bills = {
            "cloud": bill,
            "later": bill,
            "credits": bill - credit.take(bill),
            "public": bill - granted.take(need * there) * rent / EUROS_PER_THOUSAND,
            "wait": bill * there - saved.take(need * there) * rent / EUROS_PER_THOUSAND,
        }
        for id, at in due.items():
            planned[id] = planned[id] - _settled(_part(at - month * ONE_MONTH)) * (net + bills[id])
    noise = larger(cash_noise, SMALLEST_NOISE + 0 * cash_noise)
    chance = {id: ruin(start, (planned[id] - start) / at, noise, at) for id, at in due.items()}
    part = larger(dilution, SMALLEST_PART + 0 * dilution) * PERCENT
    stake = round_size * (1 - part) / part
    month_value = round_success * PERCENT * _kilo(stake) * (chance["later"] - chance["cloud"]) / ONE_MONTH
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


def account_paths(values: dict, *, runs: int, steps: int = 30, seed: int = 32):
    """Simulated accounts on demand until the round: those that touch zero, as an array of shape (runs,) of bool.

    ``values`` are the inputs of ``next_round`` as numbers. The flows keep their order, month by month, which the closed
    form does not; noise moves in ``steps`` steps a month, and between two steps the chance to have touched zero is that
    of a Brownian bridge, so that no crossing is missed.
    """
    rng = np.random.default_rng(seed)
    flow = {id: values[id] for id in ("team", "salary", "other_costs", "revenue", "compute_need")}
    flow |= {f"{id}_growth": values[f"{id}_growth"] for id in ("team", "revenue", "compute")}
    rent = values["cloud_price"] / values["exchange_rate"] / EUROS_PER_THOUSAND
    account, alive = np.full(runs, _kilo(values["cash"])), np.ones(runs)
    dt, noise = 1 / steps, max(values["cash_noise"], SMALLEST_NOISE)
    for month, net, need in _months(flow):
        for step in range(steps):
            length = min(dt, values["round_months"] - month - step * dt)
            if length <= 1e-9:
                return rng.uniform(size=runs) > alive
            after = account - (net + need * rent) * length + rng.normal(size=runs) * noise * length**0.5
            touched = np.exp(-2 * np.maximum(account, 0) * np.maximum(after, 0) / (noise**2 * length))
            account, alive = after, alive * (1 - touched)
    return rng.uniform(size=runs) > alive
