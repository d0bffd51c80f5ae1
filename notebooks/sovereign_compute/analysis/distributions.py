"""From the range of an assumption (P5, P50, P95) to values: the five shapes.

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
