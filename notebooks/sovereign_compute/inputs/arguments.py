"""Arguments of a learner's function that no assumption gives: a control with a range, made from the default.

A range that nobody chose is a guess, and says so. Who knows better gives the argument's name, value, range and source
to ``sc.assume``; the function then takes that.
"""

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ..errors import CourseError
from . import scenarios
from .assumptions import ARGUMENTS, Assumption
from .own_assumptions import LAST_CODE, NONE_GIVEN, Own

PART = 0.2  # how far P5 and P95 lie from a default, as a part of it
REACH = 5  # how far the control goes, in defaults
FULL = 0.2  # from here on to 1, a number may be a share of a whole, and the control ends at 1
FINEST = 10  # decimals that a grid can have
SMALLEST, LARGEST = 1e-6, 1e30
MOST = 20  # for each of them the draws have a dimension behind those of the assumptions
WHY = (
    "The default that you wrote. Range and limits are guesses: 20 % below to 20 % above it. "
    "Choose your own with sc.assume."
)


def argument(function: str, name: str, default: float, place: int) -> Assumption:
    """The control for an argument with a number, or a yes or no, as its default; ``place`` counts it from 0.

    A whole number stays one: ``years=5`` moves in steps of one, ``years=5.0`` does not. CourseError says which
    default no control can have.
    """
    if place >= MOST:
        raise CourseError(
            f"{function} has more than {MOST} arguments with a default of their own; add some by sc.assume"
        )
    today = date.today()
    whole, choice = isinstance(default, int), isinstance(default, bool)
    value = float(default)
    if not (value == 0 or SMALLEST <= abs(value) <= LARGEST):
        raise CourseError(
            f"{function}: the default of {name} is {default}; a control can have 0 and numbers from {SMALLEST:g} to "
            f"{LARGEST:g}. Write a constant inside the function, or choose another unit"
        )
    numbers = {"hard_min": 0.0, "hard_max": 1.0, "step": 1.0, "low": value, "high": value, "value": value}
    if not choice:
        numbers = _around(value, whole)
    varied = numbers["low"] < numbers["high"]
    return Own(
        **numbers,
        id=f"{function}.{name}",
        code=LAST_CODE + 1 + place,
        symbol=name,
        label=name.replace("_", " ").strip().capitalize()[:60] or name,
        question=f"The argument {name} of your function {function}.",
        unit="1",
        scale="linear",
        distribution="choice" if choice else "normal" if varied else "fixed",
        choices="no|yes" if choice else None,
        group="Your own",
        correlation_group="none",
        valid_year=today.year,
        currency_year=None,
        source=NONE_GIVEN,
        locator="the default in your function",
        accessed=today.isoformat(),
        tier="unsourced",
        why=WHY,
        reviewed=today.isoformat(),
    )


def _around(value: float, whole: bool) -> dict[str, float]:
    """Value, range, limits and grid of a number; all of them lie on the grid, whose step is a power of ten."""
    size = abs(value) or 2.0
    written = Decimal(repr(value)).normalize().as_tuple().exponent if value else 0
    power = max(min(math.floor(math.log10(size)) - 2, written), 0 if whole else -FINEST)
    step = 10.0**power

    def grid(number: float) -> float:
        return round(round(number / step) * step, max(-power, 0))

    value, half = grid(value), max(grid(PART * size), step)
    hard_max = 1.0 if FULL <= value < 1 else max(grid(REACH * size), value + half)
    hard_min = 0.0 if value > 0 else -hard_max
    low, high = max(value - half, hard_min), min(value + half, hard_max)
    return {
        "value": value,
        "low": grid(low),
        "high": grid(high),
        "hard_min": hard_min,
        "hard_max": hard_max,
        "step": step,
    }


def use(made: Iterable[Assumption]) -> None:
    """Let these be what their ids stand for."""
    for a in made:
        if a.id not in ARGUMENTS:
            scenarios.read_again()
        ARGUMENTS[a.id] = a


def replace(made: Iterable[Assumption]) -> None:
    """The same for a function that is new: a value that a learner set goes where the default was changed."""
    for a in made:
        if ARGUMENTS.get(a.id, a) != a:
            scenarios.current.pop(a.id, None)
    use(made)
