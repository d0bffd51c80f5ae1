"""From the range of an assumption (P5, P50, P95) to values: the five shapes, and how a range follows a moved value.

Normal and lognormal ranges may have two different halves, so that P5, P50 and P95 are met exactly. A beta
distribution lies on the hard limits and meets P5 and P95; its P50 is what it is, and a row whose own P50 is more than
2 % away from that is refused. A uniform range reaches 5 % of its mass beyond P5 and P95.
"""

from functools import cache

import numpy as np

from ..errors import CourseError
from ..inputs.assumptions import Assumption
from ..inputs.wording import number

Z95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution
BETA_TOLERANCE = 0.02
ANOTHER = "take another distribution: normal and lognormal meet any value"


def quantile(assumption: Assumption, unit: np.ndarray) -> np.ndarray:
    """Values of an assumption at the course's own setting; ``unit`` holds probabilities between 0 and 1, any shape."""
    from scipy.special import betaincinv, ndtri  # scipy costs a quarter of a second: only when draws are needed

    low, value, high = assumption.low, assumption.value, assumption.high
    if assumption.distribution == "uniform":
        return low + (unit - 0.05) / 0.9 * (high - low)
    if assumption.distribution == "beta":
        width = assumption.hard_max - assumption.hard_min
        return assumption.hard_min + width * betaincinv(*beta_shape(assumption), unit)
    z = ndtri(unit) / Z95
    if assumption.distribution == "lognormal":
        return value * np.exp(np.where(z < 0, -z * np.log(low / value), z * np.log(high / value)))
    return value + np.where(z < 0, z * (value - low), z * (high - value))


@cache
def beta_shape(assumption: Assumption) -> tuple[float, float]:
    """The two parameters of the beta distribution on the hard limits that has this P5 and P95.

    CourseError if there is none, or if its P50 is more than 2 % from the row's value.
    """
    from scipy.optimize import root
    from scipy.special import betainc, betaincinv

    start, width = assumption.hard_min, assumption.hard_max - assumption.hard_min
    low, value, high = ((x - start) / width for x in (assumption.low, assumption.value, assumption.high))
    where = f"{assumption.id}: no beta distribution from {number(start)} to {number(assumption.hard_max)}"
    if not 0 < low < high < 1:
        raise CourseError(f"{where} has its P5 or P95 on a hard limit; move low or high inside, or {ANOTHER}")

    def miss(logs):
        return betainc(*np.exp(logs), (low, high)) - (0.05, 0.95)

    # The search starts with the mean at the row's value; where that lies near one end, from between the two.
    for mean in (value, (low + high) / 2):
        size = max(mean * (1 - mean) / ((high - low) / 2 / Z95) ** 2 - 1, 0.1)
        found = root(miss, np.log([mean * size, (1 - mean) * size]), tol=1e-12)
        if np.abs(miss(found.x)).max() <= 1e-9:
            break
    else:
        ends = f"P5 {number(assumption.low)} and P95 {number(assumption.high)}"
        raise CourseError(f"{where} has {ends}; choose other ends, or {ANOTHER}")
    first, second = (float(x) for x in np.exp(found.x))
    median = start + width * float(betaincinv(first, second, 0.5))
    if abs(median - assumption.value) > BETA_TOLERANCE * abs(assumption.value):
        raise CourseError(
            f"{assumption.id}: the beta distribution with this P5 and P95 has its P50 at {number(median, 3)}, more "
            f"than 2 % from the value {number(assumption.value)}; change value, low or high, or {ANOTHER}"
        )
    return first, second


# How far a draw lies from the value is kept when the value moves: as a difference where the course's value is zero,
# as a ratio of odds for a share (so that it stays within its limits), as a ratio otherwise.


def spread(assumption: Assumption, draws):
    """Draws at the course's own setting, as differences or ratios to the course's value; numbers or arrays."""
    if assumption.distribution == "beta":
        return _odds(assumption, draws) / _odds(assumption, assumption.value)
    return draws - assumption.value if assumption.value == 0 else draws / assumption.value


def around(assumption: Assumption, value: float, spread):
    """Draws around a moved value from such differences or ratios, before the hard limits cut them."""
    if assumption.distribution == "beta":
        odds = spread * _odds(assumption, value)
        return assumption.hard_min + (assumption.hard_max - assumption.hard_min) * odds / (1 + odds)
    return spread + value if assumption.value == 0 else spread * value


def is_varied(assumption: Assumption, value: float) -> bool:
    """Whether draws around this value differ: not if it is fixed, a choice, a share at its limit, or set to zero."""
    if assumption.distribution == "beta":
        return assumption.hard_min < value < assumption.hard_max
    return assumption.varied and (value != 0 or assumption.value == 0)


def within(assumption: Assumption, values):
    """Values cut at the hard limits."""
    return np.minimum(np.maximum(values, assumption.hard_min), assumption.hard_max)


def ends(assumption: Assumption, value: float) -> tuple[float, float]:
    """P5 and P95 around a value, which keep their proportion to it; both are the value if it is not varied."""
    if not is_varied(assumption, value):
        return value, value
    moved = (around(assumption, value, spread(assumption, end)) for end in (assumption.low, assumption.high))
    low, high = (float(within(assumption, end)) for end in moved)
    return low, high


def _odds(assumption: Assumption, x):
    return (x - assumption.hard_min) / (assumption.hard_max - x)
