"""The claims as cards: those of one lesson, or all with filters that begin with what a learner has worked on."""

from collections.abc import Callable
from functools import partial

from ..controls import progress
from ..controls.verdicts import Answer, Filters, Statement, Verdicts
from ..display.tables import source_words
from ..inputs import data
from ..inputs.wording import sentence
from .fact_check import ALL, Verdict, claims, decided, filters, narrowed, place, verdict

WORKED = "those I have worked on"
LABELS = {"lesson": "Lesson", "verdict": "Verdict", "subject": "Subject", "speaker": "Said by", "evidence": "Evidence"}


def verdicts(*ids: str) -> Verdicts:
    """Claims as cards: the learner judges first, then reads the verdict and what it rests on."""
    cards = [statement(id, partial(verdict, id)) for id in ids]
    return Verdicts("Statements of the report that this lesson tests", cards)


def fact_check() -> Verdicts:
    """All claims as cards, with filters and a search; at first those of the lessons that the learner has worked on."""
    worked, known, found = progress.worked_on(), filters(), decided()
    lists = {name: (label, list(known[name])) for name, label in LABELS.items()}
    start = {}
    if mine := {_lesson(id) for id in claims()} & worked:
        lists["lesson"][1].insert(1, WORKED)
        start = {"lesson": WORKED}

    def find(search: str = "", **chosen: str) -> list[str]:
        if only := chosen["lesson"] == WORKED:
            chosen = {**chosen, "lesson": ALL}
        return [id for id in narrowed(found, **chosen) if (not only or _lesson(id) in mine) and _holds(id, search)]

    cards = [statement(id, partial(found.get, id), lesson=True) for id in found]
    return Verdicts(f"{len(cards)} statements of the report", cards, Filters(lists, find, start))


def statement(claim: str, find: Callable[[], Verdict], lesson: bool = False) -> Statement:
    """One claim as a card: what was said, by whom, and if asked for in which lesson; ``find`` gives the verdict."""
    row = claims()[claim]

    def answer() -> Answer:
        found = find()
        rests = (
            ("Found", found.found, None),
            ("Reading taken", found.reading, None),
            ("What the wording leaves open", row["wording_open"], None),
            ("Evidence", f"{row['evidence']} ({row['tier']})", None),
            *_source(row["source"]),
            ("Decided by", place(claim), None),
        )
        return Answer(found.word, sentence(found.because), tuple(part for part in rests if part[1]))

    said_by = f"{row['speaker_role']} · lesson {_lesson(claim)}" if lesson else row["speaker_role"]
    return Statement(claim, row["statement"], said_by, answer)


def _lesson(claim: str) -> str:
    """The number of the lesson that decides a claim."""
    return claims()[claim]["notebook"].partition("_")[0]


def _holds(claim: str, search: str) -> bool:
    """Whether a claim has all words of a search in its statement, its speaker, its subject or its id."""
    row = claims()[claim]
    text = " ".join((claim, row["statement"], row["speaker_role"], row["strand"])).casefold()
    return all(word in text for word in search.casefold().split())


def _source(id: str | None) -> tuple[tuple[str, str, str | None], ...]:
    return (("Source", f"{source_words(id)}: {data.source(id)['title']}", data.source(id)["url"]),) if id else ()
