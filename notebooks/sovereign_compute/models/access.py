"""Public computing time: how it is shared out, and what the way to it costs beside an hour that is rented at once."""

import math
from typing import NamedTuple

import numpy as np

from .parts.constants import (
    DOLLARS_PER_THOUSAND,
    EUROS_PER_THOUSAND,
    GPUS_PER_MILLION,
    HOURS_PER_YEAR,
    ONE_PERSON,
    PERCENT,
    WORKDAYS_PER_YEAR,
)
from .parts.special import larger, nominal
from .registry import Output, model


class Allocation(NamedTuple):
    """Slices of the machine as GPUs, and the two outermost ones as GPU-hours of a year."""

    commerce: object
    innovation: object
    union: object
    ceiling: object
    project: object
    commerce_hours: object
    machine_hours: object
    times: object


@model(
    "Who gets how much of the machine",
    Output("commerce", "For commerce alone", "gpu", 0),
    Output("innovation", "For projects of innovation, at most", "gpu", 0),
    Output("union", "Given out by the Union, at most", "gpu", 0),
    Output("ceiling", "Commerce by law, at most", "gpu", 0),
    Output("project", "Your project, spread over a year", "gpu*year", 1),
    Output("commerce_hours", "GPU-hours for commerce alone", "Mgpu*hour/year", 2),
    Output("machine_hours", "GPU-hours of the whole machine", "Mgpu*hour/year", 1),
    Output("times", "Commerce, as a share of what business had before", "percent", 1),
    monotone={"gpus": "+", "innovation_share": "+", "commercial_share": "+"},
)
def allocation(
    *,
    gpus,
    union_share,
    commercial_ceiling,
    innovation_share,
    commercial_share,
    commercial_reading,
    gpu_hours_needed,
    business_gpus,
) -> Allocation:
    """Shares of shares, as GPUs (all year round) and as GPU-hours of the calendar year.

    Method: multiplication along the tree. ``commercial_reading`` says what the commercial per cent are a share of:
    0 the quarter for innovation, 1 the machine. Sources: Regulation (EU) 2021/1173, articles 17 and 18, for the
    Union's share and the legal ceiling; the other two shares are printed by the report alone. Left out: hours in which
    the machine is down or empty, which make every slice smaller alike.
    """
    innovation = gpus * innovation_share * PERCENT
    commerce = (gpus if commercial_reading else innovation) * commercial_share * PERCENT
    union = gpus * union_share * PERCENT
    return Allocation(
        commerce=commerce,
        innovation=innovation,
        union=union,
        ceiling=union * commercial_ceiling * PERCENT,
        project=gpu_hours_needed / HOURS_PER_YEAR,
        commerce_hours=commerce * HOURS_PER_YEAR / GPUS_PER_MILLION,
        machine_hours=gpus * HOURS_PER_YEAR / GPUS_PER_MILLION,
        times=commerce / business_gpus / PERCENT,
    )


class CostOfWaiting(NamedTuple):
    """Free hours after a wait beside rented ones at once: money (thousand USD unless said otherwise) and days."""

    difference: object
    once: object
    break_even: object
    worth_paying: object
    public_days: object
    days_lost: object
    delay: object
    work: object
    rent: object
    cloud_delay: object


def days_to_public_hours(cut_off_days, evaluation_days, success_rate, onboarding_days):
    """Days from being ready to the first public job: half a period and the decision, until one succeeds; then setup.

    ``success_rate`` is in percent; a refused applicant tries again at the next date.
    """
    tries = 1 / (success_rate * PERCENT)
    return (cut_off_days / 2 + evaluation_days) * tries + onboarding_days


@model(
    "What waiting costs, and what it saves",
    Output("difference", "Extra cost of waiting over renting", "kUSD", 0),
    Output("once", "Extra cost of applying once, then renting", "kUSD", 0),
    Output("break_even", "Value of a day at which both cost the same", "USD/day", 0),
    Output("worth_paying", "Rent that is worth paying", "USD/gpu/hour", 2),
    Output("public_days", "Days until the first public job", "day", 0),
    Output("days_lost", "Days later than in the cloud", "day", 0),
    Output("delay", "Cost of the days without a public job", "kUSD", 0),
    Output("work", "Applications and moving the software", "kUSD", 0),
    Output("rent", "Rent in the cloud", "kUSD", 0),
    Output("cloud_delay", "Cost of the days without a rented job", "kUSD", 0),
    monotone={
        "cut_off_days": "+",
        "evaluation_days": "+",
        "onboarding_days": "+",
        "success_rate": "-",
        "application_days": "+",
        "staff_cost": "+",
        "exchange_rate": "+",
        "gpu_hours_needed": "-",
        "porting_cost": "+",
        "cloud_wait_days": "-",
        "reserved_price": "-",
    },
    infinite=("break_even",),
)
def cost_of_waiting(
    *,
    gpu_hours_needed,
    delay_value,
    cut_off_days,
    evaluation_days,
    success_rate,
    onboarding_days,
    application_days,
    staff_cost,
    exchange_rate,
    porting_cost,
    cloud_wait_days,
    reserved_price,
) -> CostOfWaiting:
    """What free public hours cost through the wait for them, and rented ones through their price.

    Method: a firm that is ready at any time waits half a period for the next cut-off and then for the decision; a
    refused one tries again, so both count ``1 / success_rate`` times; after the yes it needs ``onboarding_days``. A day
    without a job costs ``delay_value``. Applications are paid work of one person; the software is moved once, and only
    to the public machine. ``break_even`` is infinite where the cloud is not faster, and 0 where renting is cheaper
    even if time is worth nothing. ``once`` is the mean of a firm that applies once and rents if it is refused: one try
    always, and the rest of what waiting costs beyond renting only where the try succeeds. After Reinertsen (2009) on
    the cost of delay. Left out: that the public job may wait again in the batch queue, that fewer hours may be granted
    than asked for, and that a free grant leaves money for people.
    """
    won = success_rate * PERCENT
    tries = 1 / won
    public_days = days_to_public_hours(cut_off_days, evaluation_days, success_rate, onboarding_days)
    days_lost = public_days - cloud_wait_days
    person_years = application_days * tries / WORKDAYS_PER_YEAR * ONE_PERSON
    applications = person_years * staff_cost * EUROS_PER_THOUSAND * exchange_rate / DOLLARS_PER_THOUSAND
    work = applications + porting_cost
    rent = reserved_price * gpu_hours_needed / DOLLARS_PER_THOUSAND
    delay = delay_value * public_days / DOLLARS_PER_THOUSAND
    cloud_delay = delay_value * cloud_wait_days / DOLLARS_PER_THOUSAND
    settling = delay_value * onboarding_days / DOLLARS_PER_THOUSAND
    one_try = (delay - settling + applications) / tries
    return CostOfWaiting(
        difference=delay + work - rent - cloud_delay,
        once=one_try - won * (rent + cloud_delay - settling - porting_cost),
        break_even=_break_even((rent - work) * DOLLARS_PER_THOUSAND, days_lost),
        worth_paying=(delay + work - cloud_delay) * DOLLARS_PER_THOUSAND / gpu_hours_needed,
        public_days=public_days,
        days_lost=days_lost,
        delay=delay,
        work=work,
        rent=rent,
        cloud_delay=cloud_delay,
    )


def _break_even(saved, days):
    """Money saved by waiting over the days it takes: at least 0, and infinite where it takes none."""
    saved, later = larger(saved, 0 * saved), nominal(days) > 0
    if isinstance(later, np.ndarray):
        return np.where(later, saved / np.where(later, days, 1.0), math.inf)
    return saved / days if later else math.inf


def call_days(*, cut_off_days, evaluation_days, success_rate, onboarding_days, applicants, seed=25):
    """Days from being ready to the first job for so many applicants, on a calendar with cut-off dates; shape (n,).

    Everybody is ready at a random moment and hands in at the next cut-off. A decision takes ``evaluation_days``, give
    or take half a period; a refused applicant hands in again at the next cut-off after it. ``success_rate`` is in
    percent. The mean is what `cost_of_waiting` computes as long as half a period is not longer than the evaluation.
    """
    rng = np.random.default_rng(seed)
    ready = rng.uniform(0, 1, applicants) * cut_off_days
    now, waiting = ready.copy(), np.ones(applicants, dtype=bool)
    while waiting.any():
        n = int(waiting.sum())
        cut_off = np.ceil(now[waiting] / cut_off_days) * cut_off_days if cut_off_days else now[waiting]
        shift = rng.uniform(-0.5, 0.5, n) * min(cut_off_days, 2 * evaluation_days)
        now[waiting] = cut_off + evaluation_days + shift
        waiting[np.flatnonzero(waiting)[rng.uniform(0, 100, n) < success_rate]] = False
    return now - ready + onboarding_days
