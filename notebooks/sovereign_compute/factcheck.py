"""Verdicts on the report's claims, each computed from facts and models, with the evidence beside it.

A verdict is one of: holds, partly, ambiguous (it depends on a reading that the wording leaves open), contradicted,
opinion. The reading most favourable to the speaker that is still true is tried first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from . import data
from .assumptions import evaluate
from .errors import CourseError
from .explore import presets
from .models.ownership import gpu_hour_cost
from .tables import Table
from .wording import number

WORDS = ("holds", "partly", "ambiguous", "contradicted", "opinion")


@dataclass(frozen=True)
class Verdict:
    """A verdict on one claim and the computed reason for it."""

    word: str
    because: str


JUDGES: dict[str, Callable[[], Verdict]] = {}


def judges(claim: str):
    """Register the function that decides a claim."""

    def register(function: Callable[[], Verdict]):
        JUDGES[claim] = function
        return function

    return register


def verdict(claim: str) -> Verdict:
    """The verdict on one claim."""
    if claim not in JUDGES:
        raise CourseError(f"{claim} is not decided yet; decided are {', '.join(sorted(JUDGES))}")
    found = JUDGES[claim]()
    if found.word not in WORDS:
        raise CourseError(f"{claim}: {found.word!r} is not a verdict; the words are {', '.join(WORDS)}")
    return found


def verdicts(*claims: str) -> Table:
    """Claims with who said them, the verdict and its reason."""
    known = {row["id"]: row for row in data.records("claims")}
    rows = []
    for id in claims:
        found = verdict(id)
        rows.append((id, known[id]["statement"], known[id]["speaker_role"], found.word, found.because))
    return Table(pd.DataFrame(rows, columns=["Claim", "Statement", "Said by", "Verdict", "Because"]), "Claims tested")


def fact(id: str) -> float:
    """The value of one row of ``data/jupiter.csv``."""
    for row in data.records("jupiter"):
        if row["id"] == id:
            return row["value"]
    raise CourseError(f"there is no fact {id!r} in data/jupiter.csv")
