"""Guesses and their ranges as a short code without a name: what a class hands in, and nobody is known by.

A guess is one of the numbers with three figures that its question takes, and so is each end of its range. The guess is
a place on a grid, both ends together are one on another, so that ``share_codes`` writes and reads them as it does a
scenario: a code of a later version of the course, with questions that are new, can be read here as far as it goes.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ..errors import CourseError
from . import data, share_codes
from .share_codes import Found

GUESSES = share_codes.Kind("GC1-", "guess code", "question", 262_139)
"""Its prime is larger than that of scenarios: among hundreds of codes a mistyped one must not pass for another."""
FIGURES = 3  # of a guess, and of the ends of its range
DECADES = 4  # below the largest number, where a question takes zero as well: what is smaller is zero
MANTISSAS = 9 * 10 ** (FIGURES - 1)  # numbers of so many figures between two powers of ten


class Grid(NamedTuple):
    """The numbers of three figures between two limits: ``below`` and ``above`` zero, from the decade ``first`` on."""

    below: int
    zero: bool
    above: int
    first: int

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return self.below + self.zero + self.above

    def position(self, value: float) -> int:
        """The place of the number that is nearest in three figures, from the lowest on."""
        # The rounding of a text is that of decimals, and never ends between two figures.
        digits, _, power = f"{abs(value):.{FIGURES - 1}e}".partition("e")
        place = (int(power) - self.first) * MANTISSAS + round(float(digits) * 10 ** (FIGURES - 1)) - MANTISSAS // 9
        if self.zero and (place < 0 or not value):
            return self.below
        if value < 0:
            return self.below - 1 - min(max(place, 0), self.below - 1)
        return self.below + self.zero + min(max(place, 0), self.above - 1)

    def at(self, position: int) -> float:
        """The number at a place."""
        place = position - self.below - self.zero
        if self.zero and place == -1:
            return 0.0
        sign, place = ("-", self.below - 1 - position) if place < 0 else ("", place)
        power, digits = divmod(place, MANTISSAS)
        return float(f"{sign}{digits + MANTISSAS // 9}e{power + self.first - FIGURES + 1}")


@cache
def grid(low: float, high: float) -> Grid:
    """The grid of a question whose guesses lie between two limits. It never changes: codes rest on it.

    >>> [grid(0.01, 1000).at(place) for place in (0, 1, 900)]
    [0.01, 0.0101, 0.1]
    """
    tops = [math.floor(math.log10(abs(end))) if end else None for end in (low, high)]
    zero = low <= 0 <= high
    first = max(top for top in tops if top is not None) - DECADES if zero else min(tops)
    counts = [
        (top - first + 1) * MANTISSAS if there else 0 for top, there in zip(tops, (low < 0, high > 0), strict=True)
    ]
    return Grid(counts[0], zero, counts[1], first)


def _rows() -> dict[int, tuple[dict, Grid]]:
    """Questions with their grids, by the number of the question."""
    return {row["code"]: (row, grid(row["minimum"], row["maximum"])) for row in data.records("predictions")}


def _numbers(code: int) -> tuple[int, int]:
    """Under which numbers the guess of a question stands in a code, and its range."""
    return 2 * code - 1, 2 * code


def encode(guesses: Mapping[str, Mapping]) -> str:
    """Guesses by the id of their question, each with ``value`` and perhaps ``low`` and ``high``, as a code.

    >>> decode(encode({"gpu-hour": {"value": 2.5, "low": 1, "high": 4}}))
    {'gpu-hour': {'value': 2.5, 'low': 1.0, 'high': 4.0}}
    """
    changes = {}
    for code, (row, numbers) in _rows().items():
        if guess := guesses.get(row["id"]):
            own, range_ = _numbers(code)
            changes[own] = (numbers.size, numbers.position(guess["value"]))
            if "low" in guess:
                low, high = (numbers.position(guess[end]) for end in ("low", "high"))
                changes[range_] = (numbers.size**2, low + numbers.size * high)
    return share_codes.pack(changes, GUESSES)


def read(text: str) -> tuple[dict[str, dict[str, float]], Found]:
    """The guesses whose code stands in a text, by question, and how it was found; CourseError if there is none.

    Questions of a later version of the course are left out: ``found.later`` has their numbers.
    """
    sizes, rows = {}, _rows()
    for code, (_, numbers) in rows.items():
        sizes |= zip(_numbers(code), (numbers.size, numbers.size**2), strict=True)
    found = share_codes.find(text, sizes, GUESSES)
    guesses = {}
    for code, (row, numbers) in rows.items():
        own, ends = map(found.positions.get, _numbers(code))
        if own is None:
            continue  # nobody has a range without a guess
        guess = {"value": numbers.at(own)}
        if ends is not None:
            high, low = divmod(ends, numbers.size)
            guess |= {"low": numbers.at(low), "high": numbers.at(high)}
        _check(row, guess)
        guesses[row["id"]] = guess
    return guesses, found


def _check(row: Mapping, guess: Mapping[str, float]) -> None:
    """CourseError if the form of a question would not take a guess: whoever made the code did so by other means."""
    low, high = guess.get("low", guess["value"]), guess.get("high", guess["value"])
    if not row["minimum"] <= low <= guess["value"] <= high <= row["maximum"]:
        raise CourseError(f"this guess code holds what no form takes as an answer to “{row['question']}”")


def decode(text: str) -> dict[str, dict[str, float]]:
    """The guesses behind a code; see ``read``."""
    return read(text)[0]
