"""Looking at winners only, and what it would take to measure the effect of a prize: simulated firms, frozen draws.

No firm here is real. Values are multiples of the median firm's: ``exp(spread * z)`` with z standard normal, so all
firms are equally good and differ by luck alone.
"""

import math
from typing import NamedTuple

import numpy as np

from ...errors import CourseError
from .constants import PERCENT

SEED = 31
FIRMS = 1_000
# Two-sided test at 5 %, power 80 %: the convention of trials, not of this course.
Z_TEST, Z_POWER = 1.959963984540054, 0.8416212335729143


class Survivors(NamedTuple):
    """Multiples of the median firm, shape (n,); which firms won; which had public hours, that do nothing."""

    multiples: np.ndarray
    won: np.ndarray
    hours: np.ndarray


def _normal(shape, seed: int) -> np.ndarray:
    from scipy.special import ndtri

    return ndtri(1 - np.random.default_rng(seed).random(shape))


def survivors(spread: float, winning_percent: float, firms: int = FIRMS, seed: int = SEED) -> Survivors:
    """Equally good firms after years of luck; the best ``winning_percent`` of them win (one at least).

    Every second firm was given public hours by lot, which change nothing.
    """
    if not 0 < winning_percent <= 100:
        raise CourseError(f"winning_percent is {winning_percent}; allowed is above 0 to 100 %")
    multiples = np.exp(spread * _normal(firms, seed))
    winners = max(1, round(firms * winning_percent * PERCENT))
    won = np.zeros(firms, dtype=bool)
    won[np.argsort(-multiples, kind="stable")[:winners]] = True
    hours = np.zeros(firms, dtype=bool)
    hours[np.random.default_rng(seed + 1).permutation(firms)[: firms // 2]] = True
    return Survivors(multiples, won, hours)


def ranked_call(effect_percent: float, spread: float, applicants: int, funded: int, seed: int = SEED) -> np.ndarray:
    """Multiples of the applicants of one call in the order of their rank, shape (applicants,).

    The first ``funded`` are worth ``effect_percent`` more than they would be without. The score itself says nothing
    about value, which is the most favourable case for a comparison at the threshold.
    """
    _check_call(effect_percent, applicants, funded)
    multiples = np.exp(spread * _normal(applicants, seed))
    multiples[:funded] *= 1 + effect_percent * PERCENT
    return multiples


def estimates(effect_percent: float, spread: float, funded: int, calls: int, seed: int = SEED) -> np.ndarray:
    """The effect in percent that each of many simulated calls would find, shape (calls,).

    Each compares the mean logarithm of the funded with that of as many just below the threshold.
    """
    _check_call(effect_percent, 2 * funded, funded)
    logs = spread * _normal((calls, 2, funded), seed).mean(axis=2)
    return (np.exp(math.log1p(effect_percent * PERCENT) + logs[:, 0] - logs[:, 1]) - 1) / PERCENT


def calls_needed(effect_percent: float, spread: float, funded: int) -> float:
    """Calls that must be pooled to find an effect of this size: 5 % two-sided, power 80 %; infinite for no effect.

    Two means of ``funded`` logarithms per call are compared: ``2 (z + z')**2 spread**2 / (funded ln(1 + d)**2)``.
    """
    _check_call(effect_percent, 2 * funded, funded)
    size = math.log1p(effect_percent * PERCENT)
    return math.inf if size == 0 else 2 * (Z_TEST + Z_POWER) ** 2 * spread**2 / (funded * size**2)


def _check_call(effect_percent: float, applicants: int, funded: int) -> None:
    if not effect_percent > -100:
        raise CourseError(f"effect_percent is {effect_percent}; it must lie above -100 %")
    if not 1 <= funded <= applicants / 2:
        raise CourseError(f"funded is {funded}; allowed is 1 to half of the {applicants} applicants")
