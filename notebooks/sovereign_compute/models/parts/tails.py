"""Heavy tails: the exponent of a power law from a sample, who holds how much of the sum, frozen draws.

Sources: Hill (1975) for the estimator and its standard error; Newman (2005) and Clauset, Shalizi and Newman (2009) for
its use on power laws.
"""

import math
from typing import NamedTuple

import numpy as np

from ...errors import CourseError

SEED = 31


class Tail(NamedTuple):
    """Exponent of P(V > v) = (v / least) ** -exponent with its standard error, and the size of the sample."""

    exponent: float
    error: float
    count: int


def hill(values, least: float) -> Tail:
    """Hill's estimator for values (shape (n,), one unit) of at least ``least``: ``n / sum(ln(v / least))``.

    The standard error is ``exponent / sqrt(n)``, good for large samples only. CourseError if fewer than two values
    reach ``least`` or if none lies above it.
    """
    if not (math.isfinite(least) and least > 0):
        raise CourseError(f"least is {least}; it must be a number above 0")
    logs = np.log(np.asarray([value for value in values if value >= least], dtype=float) / least)
    if len(logs) < 2 or logs.sum() <= 0:
        raise CourseError(f"values: at least two must reach {least:g}, and one must lie above it")
    exponent = len(logs) / logs.sum()
    return Tail(float(exponent), float(exponent / math.sqrt(len(logs))), len(logs))


def top_share(values, count: int) -> float:
    """Part of the sum that the ``count`` largest of positive values hold, from 0 to 1."""
    ordered = np.sort(np.asarray(values, dtype=float))[::-1]
    if not 1 <= count <= len(ordered):
        raise CourseError(f"count is {count}; allowed is 1 to {len(ordered)}")
    return float(ordered[:count].sum() / ordered.sum())


def pareto(exponent: float, count: int, least: float = 1.0, seed: int = SEED) -> np.ndarray:
    """Frozen draws of a Pareto distribution above ``least``, shape (count,): the same on every call."""
    if not exponent > 0:
        raise CourseError(f"exponent is {exponent}; it must lie above 0")
    return least * (1 - np.random.default_rng(seed).random(count)) ** (-1 / exponent)


def running_mean(values) -> np.ndarray:
    """Mean of the first 1, 2, … n values, shape (n,)."""
    values = np.asarray(values, dtype=float)
    return values.cumsum() / np.arange(1, len(values) + 1)
