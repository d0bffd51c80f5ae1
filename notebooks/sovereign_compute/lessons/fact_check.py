"""Verdicts on the report's claims: computed by a function of the lesson, or judged in a row of ``data/verdicts.csv``.

The reading that is most favourable to the speaker and still true is tried first; the verdict names the reading taken.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from ..analysis.settings import standing
from ..display.tables import Column, Table
from ..display.verdict_looks import WORDS
from ..errors import CourseError
from ..inputs import data
from ..surroundings import of_lesson


class Undecided(CourseError):
    """A claim that neither a function nor a row decides."""


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


def judged() -> dict[str, Verdict]:
    """The verdicts that are judged in words, by claim: the rows of ``data/verdicts.csv``."""
    rows = data.records("verdicts")
    return {row["claim"]: Verdict(row["word"], row["found"], row["reading"], row["because"]) for row in rows}


def judge(claim: str) -> Callable[[], Verdict] | None:
    """The function that decides a claim; None if its row does. Both or neither is a CourseError."""
    known = claims()
    if claim not in known:
        raise CourseError(f"there is no claim {claim!r}; they run from {next(iter(known))} to {list(known)[-1]}")
    lesson = known[claim]["notebook"].partition("_")[0]
    of_lesson(lesson, "verdicts")  # its functions register themselves
    function, row = JUDGES.get(claim), claim in judged()
    if function and row:
        raise CourseError(
            f"{claim} is decided twice, by {function.__name__} in lesson {lesson} and by its row in data/verdicts.csv; "
            "take one away"
        )
    if not (function or row):
        raise Undecided(
            f"{claim} is not decided yet: lesson {lesson} has no function for it, and data/verdicts.csv no row"
        )
    return function


def verdict(claim: str) -> Verdict:
    """The verdict on one claim: computed now, or as its row says."""
    function = judge(claim)
    return function() if function else judged()[claim]


def decided() -> dict[str, Verdict]:
    """The verdicts on all claims that are decided, by claim."""
    found = {}
    for id in claims():
        with suppress(Undecided):
            found[id] = verdict(id)
    return found


def _table(found: dict[str, Verdict], caption: str) -> Table:
    rows = [
        (
            id,
            f"{claims()[id]['statement']} ({claims()[id]['speaker_role']})",
            verdict.word,
            verdict.found,
            f"{verdict.reading}: {verdict.because}",
            claims()[id]["tier"],
        )
        for id, verdict in found.items()
    ]
    columns = ["Claim", "Statement (said by)", "Verdict", "Found", "Reading taken, and why", "Evidence"]
    return Table(rows, caption, columns)


ALL = "all"
FILTERS = {"subject": "strand", "speaker": "speaker_role", "evidence": "tier", "lesson": "notebook"}


def filters() -> dict[str, list[str]]:
    """What `narrowed` can ask for: for each of its arguments the words there are."""
    found = {
        name: [ALL, *sorted({_part(row, column) for row in claims().values()})] for name, column in FILTERS.items()
    }
    return {"verdict": [ALL, *WORDS], **found}


def _part(claim: dict, column: str) -> str:
    """What a claim is narrowed down by; of a notebook its number, as its whole name is cut in a list."""
    return claim[column].partition("_")[0] if column == "notebook" else claim[column]


def narrowed(found: dict[str, Verdict], verdict: str = ALL, **wanted: str) -> dict[str, Verdict]:
    """Those of some verdicts with one word, subject, kind of speaker, tier of evidence or lesson."""
    known = filters()
    for name, word in {"verdict": verdict, **wanted}.items():
        if word not in known.get(name, []):
            raise CourseError(
                f"{name} cannot be {word!r}; it can be {', '.join(known.get(name, ['nothing: no such filter']))}"
            )
    columns = {FILTERS[name]: word for name, word in wanted.items() if word != ALL}
    return {
        id: one
        for id, one in found.items()
        if verdict in (ALL, one.word) and all(_part(claims()[id], column) == word for column, word in columns.items())
    }


def verdict_list(**wanted: str) -> Table:
    """All claims decided so far, or those that `narrowed` leaves, with what decides each of them."""
    found = narrowed(decided(), **wanted)
    table = _table(found, f"{len(found)} of {len(claims())} statements")
    # Here, where all lessons stand together, the function or the row that decides is named as well.
    decided_by = Column("Evidence; decided by", "{}; {}".format, of=("Evidence", "Decided by"))
    frame = table.frame.assign(**{"Decided by": [place(id) for id in found]})
    return Table(frame, table.caption, [*table.columns[:-1], decided_by])


def place(claim: str) -> str:
    """Where a claim is decided: the lesson and the name of the function, or the row."""
    function, lesson = judge(claim), claims()[claim]["notebook"].partition("_")[0]
    return f"lesson {lesson}, {function.__name__}" if function else f"data/verdicts.csv, {claim}"


def verdict_counts() -> dict[str, int]:
    """How many claims got which verdict; those that nothing decides yet are counted as such."""
    words = [verdict.word for verdict in decided().values()]
    counts = {word: words.count(word) for word in WORDS}
    return counts | ({"not decided yet": len(claims()) - len(words)} if len(words) < len(claims()) else {})


def verdicts_moved(scenario: dict[str, float]) -> Table:
    """The claims for which a scenario in the place of the course's values finds another number or another verdict."""
    before = decided()
    with standing(scenario):
        after = decided()
    rows = [
        (id, claims()[id]["statement"], before[id].word, after[id].word, before[id].found, after[id].found)
        for id in before
        if before[id] != after[id]
    ]
    columns = ["Claim", "Statement", "Verdict, course", "Verdict, yours", "Found, course", "Found, yours"]
    return Table(rows, "What your scenario changes", columns)


def fact(id: str):
    """One fact of ``data/jupiter.csv``: its value, or its text where it is none."""
    row = data.row("jupiter", id)
    return row["text"] if row["value"] is None else row["value"]


def access(id: str) -> float:
    """The number of one row of ``data/access.csv``."""
    return data.row("access", id)["value"]
