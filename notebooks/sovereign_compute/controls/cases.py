"""The values of a learner's case of an exercise: drawn from one number, from which anybody can compute them again."""

import random
from collections.abc import Mapping, Sequence
from hashlib import sha256

from ..inputs.assumptions import course_row
from ..inputs.wording import significant
from . import progress

EXAMPLE = 2025
"""The number of the cases in the stored text of a notebook, which is the same for everybody."""
FIGURES = 3  # significant figures of a value that is drawn: enough to differ, few enough to type

Between = tuple[float, float] | Sequence
_mine: dict[str, int] = {}  # by the learner's file: what could not be written into it holds for the session


def mine() -> int:
    """The number of this learner's cases: drawn once, and kept in the learner's file where that can be written."""
    kept = progress.kept("cases").get("exercises", {}).get("number")
    if kept is not None:
        return kept
    new = random.SystemRandom().randint(progress.LOWEST_CASE, progress.HIGHEST_CASE)
    number = _mine.setdefault(str(progress.path()), new)
    progress.kept_or_why("cases", {"exercises": {"number": number}})  # each answer says if nothing can be kept
    return number


def drawn(vary: Mapping[str, Between], number: int, id: str, turn: int = 0) -> dict:
    """What the case of this number has for each entry of ``vary``, in the exercise ``id``.

    A pair of numbers in a tuple are the ends between which an assumption is drawn, on its grid and with three
    significant figures; it is never the course's value, whose answer may be in print. Of a list, one is drawn. Each
    ``turn`` draws anew.

    >>> vary = {"utilisation": (30, 70), "firm": ["small", "large"]}
    >>> drawn(vary, 4711, "21.1") == drawn(vary, 4711, "21.1") != drawn(vary, 4712, "21.1")
    True
    """
    return {name: _one(name, between, _share(f"{number} {id} {name} {turn}")) for name, between in vary.items()}


def _share(text: str) -> float:
    """A number from 0 to below 1 that only the text decides, on any machine and with any version of Python."""
    return int.from_bytes(sha256(text.encode()).digest()[:6], "big") / 2**48


def _one(name: str, between: Between, share: float):
    if not isinstance(between, tuple):
        return between[int(share * len(between))]
    row = course_row(name)
    first, last = map(row.position, between)
    place = first + int(share * (last - first + 1))
    value = min(max(row.snap(significant(row.at(place), FIGURES)), row.at(first)), row.at(last))
    if value == row.value:
        value = row.at(first if first != row.position(value) else last)
    return value
