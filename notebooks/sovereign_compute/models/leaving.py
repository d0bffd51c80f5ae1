"""What it costs to leave a provider, when that pays back, and up to which price it is cheaper to stay.

Method: the cost of a move is the sum of its parts: work, training, two bills at a time, what a contract still asks for,
and what the provider may charge (Shapiro and Varian 1999 name the same). The time of the move follows from its work by
the rule of Boehm (1981). Then each year saves the gap between two bills, which grow with use; the sum is an annuity, so
the years to pay back are its closed form.
"""

import math
from typing import NamedTuple

import numpy as np

from .independence import hold_up
from .ownership import annuity
from .parts.constants import (
    COMPOUNDING_PERIOD,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    GIGABYTES_PER_TERABYTE,
    MOMENT,
    MONTHS_PER_YEAR,
    ONE_PERSON_MONTH,
    PERCENT,
    SCHEDULE,
    SCHEDULE_POWER,
    WORKDAYS_PER_YEAR,
)
from .parts.special import larger, log, nominal
from .registry import Output, model

PARTS = {
    "work": "Work of moving",
    "parallel": "Two bills at a time",
    "contract": "Rest of the contract",
    "training": "Training",
    "charges": "Charges of the provider",
}
"""Output of the model to the part of the cost, in the order in which they are shown."""


class Leaving(NamedTuple):
    """Cost and time of a move, and what it brings; units as in the outputs of ``cost_of_leaving``."""

    move: object
    work: object
    parallel: object
    contract: object
    training: object
    charges: object
    bill_years: object
    time: object
    saving: object
    break_even: object
    gain: object
    bearable_rise: object
    hold_up: object


def move_time(effort):
    """Months that a project takes from its work (person-months): ``2.5 E ** 0.38``, basic COCOMO for small teams."""
    return SCHEDULE * (effort / ONE_PERSON_MONTH) ** SCHEDULE_POWER


def pay_back(rate, yearly, cost):
    """Years after which ``yearly`` (per year, paid at the end of each year) has paid a ``cost`` back.

    The inverse of ``annuity``: ``-log(1 - r C / s) / log(1 + r)``, and ``C / s`` at a rate of 0. A rate below zero
    stands for payments that grow faster than interest. Infinite where the payments never do, or are none. The tests
    compare it with ``numpy_financial.nper``.
    """
    if isinstance(rate, np.ndarray) or isinstance(yearly, np.ndarray) or isinstance(cost, np.ndarray):
        rate, yearly, cost = np.broadcast_arrays(rate, yearly, cost)
        pays = (yearly > 0) & (rate * cost < yearly)
        still = np.abs(rate) < 1e-8
        safe_rate, safe_yearly = np.where(still, 0.01, rate), np.where(pays, yearly, 1.0)
        part = np.where(pays, 1 - safe_rate * cost / safe_yearly, 1.0)
        # At a rate of zero the part that the logarithm sees need not be above zero.
        years = -np.log(np.where(still, 1.0, part)) / np.log(1 + safe_rate)
        return np.where(pays, np.where(still, cost / safe_yearly, years), math.inf)
    if nominal(yearly / cost * COMPOUNDING_PERIOD) <= 0:
        return math.inf
    if abs(nominal(rate * COMPOUNDING_PERIOD)) < 1e-8:
        return cost / yearly
    part = 1 - rate * cost / yearly
    if nominal(part) <= 0:
        return math.inf
    return -log(part) / log(1 + rate * COMPOUNDING_PERIOD) * COMPOUNDING_PERIOD


def _where_left(horizon, time, value):
    """A value where the horizon is longer than the move; infinite where nothing is left of it."""
    if isinstance(value, np.ndarray) or isinstance(horizon, np.ndarray) or isinstance(time, np.ndarray):
        return np.where(horizon > time, value, math.inf)
    return value if nominal(horizon) > nominal(time) else math.inf


@model(
    "What it costs to leave",
    Output("move", "Cost of the move", "MEUR", 2),
    Output("work", PARTS["work"], "MEUR", 2),
    Output("parallel", PARTS["parallel"], "MEUR", 2),
    Output("contract", PARTS["contract"], "MEUR", 2),
    Output("training", PARTS["training"], "MEUR", 2),
    Output("charges", PARTS["charges"], "MEUR", 3),
    Output("bill_years", "Cost of the move, in bills of a year", "year", 2),
    Output("time", "Time that the move takes", "month", 0),
    Output("saving", "Saved in a year, at today's use", "MEUR/year", 2),
    Output("break_even", "Years until the move has paid back", "year", 1),
    Output("gain", "Gain from leaving, over the horizon", "MEUR", 1),
    Output("bearable_rise", "Price rise up to which staying is cheaper", "percent", 0),
    Output("hold_up", "What slow rises may take from whoever stays", "MEUR/year", 2),
    monotone={
        "cloud_spending": "+",
        "alternative_saving": "-",
        "workloads": "+",
        "workload_effort": "+",
        "salary": "+",
        "people_moved": "+",
        "training_days": "+",
        "parallel_months": "+",
        "contract_left": "+",
        "committed_share": "+",
        "stored_data": "+",
        "egress_price": "+",
        "charged_share": "+",
        "exchange_rate": "-",
    },
    infinite=("break_even", "bearable_rise"),
)
def cost_of_leaving(
    *,
    cloud_spending,
    licence_rise,
    alternative_saving,
    use_growth,
    capital_rate,
    planning_years,
    price_rise,
    workloads,
    workload_effort,
    salary,
    people_moved,
    training_days,
    parallel_months,
    contract_left,
    committed_share,
    stored_data,
    egress_price,
    charged_share,
    exchange_rate,
) -> Leaving:
    """Cost of a move by its parts, its time, when it pays back, and what leaving gains over a horizon.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. The whole cost is due at once, and savings begin when the move is over, which
    is careful. ``licence_rise`` is a step that the provider has announced; from then on both bills grow with use
    (``use_growth``). ``bearable_rise`` is the step at which leaving and staying cost the same. ``hold_up`` is that of
    lesson 13, with the cost of the move from here. Leaves out: work that the move keeps from being done, mistakes, and
    what the new provider does better or worse.
    """
    day = salary / WORKDAYS_PER_YEAR * EUROS_PER_THOUSAND / EUROS_PER_MILLION
    days = workloads * workload_effort
    growth, cost_of_money = use_growth * PERCENT, capital_rate * PERCENT
    discount = alternative_saving * PERCENT

    work = days * day
    training = people_moved * training_days * day
    parallel = cloud_spending * (1 - discount) * parallel_months / MONTHS_PER_YEAR
    contract = cloud_spending * committed_share * PERCENT * contract_left / MONTHS_PER_YEAR
    listed = stored_data * GIGABYTES_PER_TERABYTE * egress_price / exchange_rate
    charges = listed * charged_share * PERCENT / EUROS_PER_MILLION
    move = work + parallel + contract + training + charges

    time = move_time(days / WORKDAYS_PER_YEAR * MONTHS_PER_YEAR)
    wait = time / MONTHS_PER_YEAR
    # Interest and growth of a year in one rate: what is saved grows, and is worth less the later it comes.
    apart = (cost_of_money - growth) / (1 + growth * COMPOUNDING_PERIOD)
    worth_then = (1 + apart * COMPOUNDING_PERIOD) ** (-wait / COMPOUNDING_PERIOD)
    years = 1 / annuity(apart, larger(planning_years - wait, MOMENT)) * worth_then
    saving = cloud_spending * (licence_rise * PERCENT + discount)
    bearable = (move / years / cloud_spending - discount) / PERCENT
    return Leaving(
        move=move,
        work=work,
        parallel=parallel,
        contract=contract,
        training=training,
        charges=charges,
        bill_years=move / cloud_spending,
        time=time,
        saving=saving,
        break_even=wait + pay_back(apart, saving * worth_then, move),
        gain=saving * years - move,
        bearable_rise=_where_left(planning_years, wait, bearable),
        hold_up=hold_up(cloud_spending, price_rise, planning_years, move),
    )
