"""How the range of an assumption follows a value that is moved.

How far a draw lies from the value is kept: as a difference where the course's value is zero, as a ratio of odds for a
share (so that it stays within its limits), as a ratio otherwise.
"""

import numpy as np

from .assumptions import Assumption


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
