"""The frozen draws: the same scrambled Sobol' points for every learner, and rank correlation between assumptions.

Scrambled Sobol' points (Sobol' 1967; scrambling after Matousek 1998) fill the space far more evenly than random
numbers. So two people with the same scenario read the same digits, nothing flickers when a slider moves, and a
difference between two scenarios is not noise. Their direction numbers are stored in ``sobol_directions.npy``:
what scipy 1.17 makes for ``qmc.Sobol(512, scramble=True, rng=19)``, each row with its random shift last; of sixty
scrambles it is the one whose quantiles come nearest to a million draws in the tests.

Assumption number ``code`` has dimension ``code - 1`` of the table to itself. Assumptions of one correlation group
share a further dimension, taken from the end of the table: a Gaussian copula with one factor. An assumption that is
alone of its group in a model keeps to its own dimension: fewer dimensions are filled more evenly.
"""

import math
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np

from ..errors import CourseError
from ..inputs import data
from ..inputs.assumptions import Assumption

BITS = 30
FEWEST, MOST = 2**10, 2**17
DIRECTIONS = Path(__file__).parent / "sobol_directions.npy"


@cache
def _directions() -> np.ndarray:
    return np.load(DIRECTIONS)


def dimensions() -> int:
    """How many dimensions the stored table has."""
    return len(_directions())


def directions(dimension: int, n: int) -> list[int]:
    """The direction numbers that the first ``n`` points of one dimension need, with its random shift last."""
    *numbers, shift = _directions()[dimension].tolist()
    return [*numbers[: n.bit_length() - 1], shift]


def check_number(n: int) -> None:
    """CourseError unless ``n`` is a number of draws that the course works with."""
    if not isinstance(n, int) or n & (n - 1) or not FEWEST <= n <= MOST:
        raise CourseError(f"the number of draws must be a power of two from {FEWEST:,} to {MOST:,}, not {str(n)[:40]}")


def points(dimension: int, n: int) -> np.ndarray:
    """The first ``n`` frozen points in one dimension, strictly between 0 and 1, shape (n,).

    >>> float(points(0, 1024).mean().round(4))
    0.5
    """
    check_number(n)
    if not 0 <= dimension < dimensions():
        raise CourseError(f"draws are stored for {dimensions()} dimensions; there is no number {dimension + 1}")
    table = _directions()
    index = np.arange(n, dtype=np.uint32)
    gray = index ^ (index >> 1)
    state = np.full(n, table[dimension, BITS], dtype=np.uint32)  # the last column is the random shift
    for bit in range(n.bit_length() - 1):
        state ^= np.where(gray >> bit & 1, table[dimension, bit], np.uint32(0)).astype(np.uint32)
    return (state + 0.5) / 2**BITS


@cache
def correlations() -> dict[str, tuple[int, float]]:
    """Correlation groups: name to the group's place in ``data/correlations.csv`` and its rank correlation."""
    found = {}
    for place, row in enumerate(data.records("correlations")):
        strength = row["correlation"]
        if strength is None or not 0 <= strength < 1:
            raise CourseError(
                f"data/correlations.csv: {row['group']} has {strength}; a correlation is from 0 to below 1"
            )
        found[row["group"]] = place, strength
    return found


def group_of(assumption: Assumption) -> str | None:
    """The correlation group of an assumption, without its sign; None if it goes with no other."""
    name = assumption.correlation_group.removeprefix("-")
    if name == "none":
        return None
    if name not in correlations():
        raise CourseError(f"{assumption.id}: correlation group {name!r} is not in data/correlations.csv")
    return name


def tied(assumptions: list[Assumption]) -> set[str]:
    """The correlation groups that more than one of these assumptions belong to."""
    groups = Counter(group_of(assumption) for assumption in assumptions)
    return {group for group, members in groups.items() if group is not None and members > 1}


def mix(assumption: Assumption, own: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Uniform draws of an assumption from its own and its group's, all of shape (n,).

    Any two assumptions of the group then have its rank correlation (negative if one of them has the opposite sign).
    """
    from scipy.special import ndtr, ndtri  # scipy costs a quarter of a second: only when draws are needed

    rank_correlation = correlations()[group_of(assumption)][1]
    linear = 2 * math.sin(math.pi / 6 * rank_correlation)  # Pearson's of two normal variables, from Spearman's
    sign = -1 if assumption.correlation_group.startswith("-") else 1
    return ndtr(sign * math.sqrt(linear) * ndtri(factor) + math.sqrt(1 - linear) * ndtri(own))


def uniform(assumption: Assumption, n: int, together: bool = False) -> np.ndarray:
    """The frozen draws of one assumption as uniform numbers between 0 and 1, shape (n,).

    ``together`` ties them to the other members of its correlation group. They are then ranked, so that the range of
    each single assumption is met as exactly as without correlation.
    """
    most = dimensions() - len(correlations())
    if assumption.code > most:
        raise CourseError(
            f"{assumption.id}: code {assumption.code} is too high; draws are stored for codes up to {most}"
        )
    own = points(assumption.code - 1, n)
    group = group_of(assumption)
    if group is None or not together:
        return own
    place, _ = correlations()[group]
    ranked = np.empty(n)
    ranked[mix(assumption, own, points(dimensions() - 1 - place, n)).argsort(kind="stable")] = (np.arange(n) + 0.5) / n
    return ranked
