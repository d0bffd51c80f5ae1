"""Verdicts on the report's claims, each decided by a function of its lesson from facts and models.

The reading that is most favourable to the speaker and still true is tried first; the verdict names the reading taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import pandas as pd

from . import data
from .errors import CourseError
from .tables import Table

WORDS = ("holds", "holds partly", "depends on the reading", "does not hold", "opinion", "not testable here")


@dataclass(frozen=True)
class Verdict:
    """A verdict on one claim: the word for it, the number found, the reading taken and the reason."""

    word: str
    found: str
    reading: str
    because: str

    def __post_init__(self):
        if self.word not in WORDS:
            raise CourseError(f"{self.word!r} is not a verdict; the words are {', '.join(WORDS)}")


JUDGES: dict[str, Callable[[], Verdict]] = {}


def judges(claim: str) -> Callable:
    """Register the function that decides a claim."""

    def register(function: Callable[[], Verdict]) -> Callable[[], Verdict]:
        JUDGES[claim] = function
        return function

    return register


def claims() -> dict[str, dict]:
    """All claims by id."""
    return {row["id"]: row for row in data.records("claims")}


def judge(claim: str) -> Callable[[], Verdict]:
    """The function that decides a claim."""
    known = claims()
    if claim not in known:
        raise CourseError(f"there is no claim {claim!r}; they run from {next(iter(known))} to {list(known)[-1]}")
    number = known[claim]["notebook"].partition("_")[0]
    try:
        import_module(f"{__package__}.lessons.lesson_{number}")
        return JUDGES[claim]
    except (ModuleNotFoundError, KeyError):
        raise CourseError(f"{claim} is not decided yet: its notebook is {known[claim]['notebook']}") from None


def verdict(claim: str) -> Verdict:
    """The verdict on one claim, computed now."""
    return judge(claim)()


def verdicts(*ids: str) -> Table:
    """Claims with who said them, the verdict, what was found and the tier of the evidence."""
    rows = []
    for id in ids:
        found, claim = verdict(id), claims()[id]
        rows.append(
            (
                id,
                claim["statement"],
                claim["speaker_role"],
                found.word,
                found.found,
                f"{found.reading}: {found.because}",
                claim["tier"],
            )
        )
    columns = ["Claim", "Statement", "Said by", "Verdict", "Found", "Reading taken, and why", "Evidence"]
    return Table(pd.DataFrame(rows, columns=columns), "Claims tested")


def fact(id: str):
    """One fact of ``data/jupiter.csv``: its value, or its text where it is none."""
    for row in data.records("jupiter"):
        if row["id"] == id:
            return row["text"] if row["value"] is None else row["value"]
    raise CourseError(f"there is no fact {id!r} in data/jupiter.csv")
