"""Notebook 25, *Your turn*: what a try at a prize is worth, and what it costs to rent until the free hours come."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.parts.constants import EUROS_PER_THOUSAND, WORKDAYS_PER_YEAR
from .exhibits import break_even_points

PRIZE, YEAR = "grand-challenge-2024", 365


def _calls() -> pd.DataFrame:
    """Calls by id, as in the first cell."""
    return frames.data("access_calls").set_index("id")


def _routes() -> pd.DataFrame:
    """Ways to computing time by id, as in the first cell."""
    return frames.data("access_routes").set_index("id")


def worth_of_a_try() -> float:
    """The solution of 25.T1, in USD."""
    calls, routes = _calls(), _routes()  # cell
    prize = calls.loc[PRIZE]
    hours = prize.gpu_hours / prize.proposals
    return hours * routes.price_usd["cloud-reserved"]


def bridging() -> Callable:
    """The solution of 25.T2, in USD."""

    def bridge(days, gpu_hours_needed, hours_a_day, reserved_price):
        hours = np.minimum(gpu_hours_needed, days * hours_a_day)
        return hours * reserved_price

    return bridge


def _cases() -> list[dict]:
    """A call of three months, a prize, a project that ends before the free hours come, and a lane without a wait."""
    rows = ((88, 50_000, 140, 2.35), (223, 2_000_000, 5_500, 2.35), (120, 5_000, 100, 2.95), (0, 20_000, 300, 1.7))
    return [dict(zip(("days", "gpu_hours_needed", "hours_a_day", "reserved_price"), row, strict=True)) for row in rows]


def _try_in_words() -> str:
    prize, work = _calls().loc[PRIZE], get("application_days").high
    cost = work / WORKDAYS_PER_YEAR * get("staff_cost").value * EUROS_PER_THOUSAND * get("exchange_rate").value
    lane = _tried(_routes().maximum_gpu_hours["fast-lane"])
    return (
        f"A proposal was worth {number(worth_of_a_try(), 0)} USD on average, although {prize.funded} of "
        f"{prize.proposals} won. Even with {number(work)} days of work it costs some {number(cost, -3)} USD. The "
        f"largest project of the fast lane saves {number(lane, 0)} USD of rent. Poor odds are no reason not to apply. "
        "But that holds for a firm that would have rented as many hours. And it is a mean: "
        f"{prize.proposals - prize.funded} firms got nothing, so nobody should wait for it."
    )


def _bridge_in_words() -> str:
    call = next(point for point in break_even_points() if "call" in point["route"])
    days, hours, price = call["days"], call["hours"], get("reserved_price").value
    each = hours / YEAR
    cost = bridging()(days, hours, each, price)
    return (
        f"Take {number(hours)} GPU-hours, used evenly over a year, and a call of {number(days)} days. To rent until "
        f"the free hours come costs {number(cost, -3)} USD; to rent them all costs {number(hours * price, -3)}. "
        f"In the lesson renting beats waiting from {number(call['usd'], 0)} USD a day on. To do both beats waiting "
        f"from {number(each * price, 0)} USD on: what a day of rent costs. How long the wait is makes no difference to "
        "that. "
        "Left out is the work to make the software run in two places."
    )


# What usual mistakes give


def _priced(hours: Callable) -> Callable:
    """A function like the solution, with other hours that are rented."""
    return lambda days, gpu_hours_needed, hours_a_day, reserved_price: (
        hours(days, gpu_hours_needed, hours_a_day) * reserved_price
    )


def _tried(hours: float, column: str = "cloud-reserved") -> float:
    return hours * _routes().price_usd[column]


TASKS = (
    Task(
        id="25.T1",
        question=(
            "What was a proposal to the Large AI Grand Challenge worth on average, won or not? Count its GPU-hours at "
            "the price of a cloud that is reserved for a year (cloud-reserved). Give one number, in USD."
        ),
        expected=worth_of_a_try,
        finding=_try_in_words,
        hints=(
            "All hours that were given out belong to all who asked: divide by the proposals.",
            "calls.loc[…] gives the row of one call; routes.price_usd[…] the price of one route.",
        ),
        mistakes=(
            (
                lambda: _tried(_calls().gpu_hours[PRIZE] / _calls().funded[PRIZE]),
                "That is what a winner got. Those who got nothing count as well.",
            ),
            (
                lambda: _tried(_calls().gpu_hours[PRIZE] / _calls().proposals[PRIZE], "cloud-on-demand"),
                "That is the price on demand; take that of a cloud reserved for a year.",
            ),
            (
                lambda: _calls().gpu_hours[PRIZE] / _calls().proposals[PRIZE],
                "Those are GPU-hours for each proposal; the price is missing.",
            ),
            (lambda: _tried(_calls().gpu_hours[PRIZE]), "That is the whole prize; divide by the proposals."),
            (
                lambda: _tried(_calls().gpu_hours[PRIZE] / (_calls().proposals - _calls().funded)[PRIZE]),
                "You divided by those who lost; divide by all proposals.",
            ),
            (
                lambda: _tried((_calls().gpu_hours * _calls().funded / _calls().proposals)[PRIZE]),
                "The odds times all hours: a winner gets only a part of them.",
            ),
            (
                lambda: _tried((_calls().gpu_hours / _calls().proposals / _calls().days)[PRIZE]),
                "That is for each day of waiting; the whole is asked for.",
            ),
        ),
    ),
    Task(
        id="25.T2",
        question=(
            "A firm can do both: rent at once, and go over to free hours when they come. Write a function that returns "
            "what the rent costs, in USD. It takes, by these names: days until the free hours come, gpu_hours_needed "
            "by the whole project, hours_a_day that it uses, and reserved_price for an hour."
        ),
        expected=bridging,
        finding=_bridge_in_words,
        cases=_cases,
        hints=(
            "How many hours are used before the free ones come? Can that be more than the project needs?",
            "np.minimum takes the smaller of two numbers, for arrays as well.",
        ),
        mistakes=(
            (
                lambda: _priced(lambda days, needed, a_day: days * a_day),
                "A short project is done before the free hours come: it never rents more than it needs.",
            ),
            (
                lambda: _priced(lambda days, needed, a_day: needed),
                "That is the rent of the whole project, as in the lesson. Rent only until the free hours come.",
            ),
            (
                lambda: _priced(lambda days, needed, a_day: np.maximum(needed, days * a_day)),
                "You took the larger of the two; the smaller one is rented.",
            ),
            (
                lambda: _priced(lambda days, needed, a_day: needed - np.minimum(needed, days * a_day)),
                "Those are the hours that are free; those before are rented.",
            ),
            (
                lambda: _priced(lambda days, needed, a_day: np.minimum(needed, 24 * days * a_day)),
                "hours_a_day are GPU-hours already: do not multiply by the hours of a day.",
            ),
            (
                lambda: (
                    lambda days, gpu_hours_needed, hours_a_day, reserved_price: np.minimum(
                        gpu_hours_needed, days * hours_a_day
                    )
                ),
                "Those are the hours that are rented; the price is missing.",
            ),
            (
                lambda: (
                    lambda days, gpu_hours_needed, hours_a_day, reserved_price: np.minimum(
                        gpu_hours_needed, days * hours_a_day * reserved_price
                    )
                ),
                "You compared money with hours: take the smaller number of hours first, then the price.",
            ),
        ),
    ),
)
