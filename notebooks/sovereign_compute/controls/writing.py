"""Fields for what a learner writes: answers to the questions of a lesson, a verdict, a range, the texts of the memo.

The questions stand in the notebooks, the headings of verdict, range and memo in ``data/writing.csv``; the marking
rubric of the term path has the same ones. What is typed is kept with the learner's progress.
"""

import re
from dataclasses import dataclass
from datetime import date

from ..errors import CourseError
from ..inputs import data
from ..inputs.prompts import questions
from ..inputs.scenarios import printable
from ..surroundings import RUN_ALL, of_lesson
from . import progress
from .widgets import CourseWidget, script

PIECES = {"verdict": "Your verdict", "range": "Your range", "memo": "Memo"}
"""What has a template: the columns of ``data/writing.csv``, with the names of their forms."""
ALWAYS = {"discuss": 3, "hand in": 1}
"""Headings to their questions in every lesson or every one with a *Your turn*, for when its notebook is not at hand."""
KEPT = "Kept with your work."
ANSWER = re.compile(r"(\d\d)\.([a-z][a-z-]{0,30})\.(\d{1,2})")


@dataclass(frozen=True)
class Field:
    """A field for text: the id that its text is kept under, its heading or number, and what it asks."""

    id: str
    heading: str
    ask: str


def template(piece: str) -> list[Field]:
    """The fields of a verdict, a range or the memo."""
    return [Field(f"{piece}.{row['id']}", row["heading"], row[piece]) for row in data.records("writing")]


def answers(notebook: str, heading: str) -> list[Field]:
    """The fields for the questions under a heading of a notebook; CourseError if there are none."""
    asked = questions(notebook, heading)
    if not asked and (heading != "hand in" or of_lesson(notebook[:2], "your_turn")):
        asked = [f"Question {n}" for n in range(1, ALWAYS.get(heading, 0) + 1)]
    if not asked:
        raise CourseError(
            f"{notebook} has no numbered questions under a heading {printable(heading)!r}; 'verdict' and 'range' can "
            "be written everywhere"
        )
    slug = re.sub("[^a-z]+", "-", heading).strip("-")
    return [Field(f"{notebook[:2]}.{slug}.{n}", str(n), ask) for n, ask in enumerate(asked, start=1)]


def known(id: str) -> bool:
    """Whether this course can have kept a text under this id."""
    return ANSWER.fullmatch(id) is not None or any(id == field.id for piece in PIECES for field in template(piece))


def texts() -> dict[str, str]:
    """All that the learner has written, by id, without the fields that are empty."""
    return {id: entry["text"] for id, entry in progress.kept("texts").items() if entry.get("text", "").strip()}


def clean(text) -> str:
    """A text without what is no character on paper; CourseError if it is too long."""
    text = "".join(c for c in str(text).replace("\r\n", "\n").replace("\t", " ") if c.isprintable() or c == "\n")
    if len(text) > progress.LONGEST_TEXT:
        raise CourseError(f"a text can have {progress.LONGEST_TEXT:,} letters; this one has {len(text):,}")
    return text


def taken(state: dict, fields: list[Field], given) -> dict:
    """The state of a form after texts were typed: what it shows stays there, also where it could not be kept."""
    given = given if isinstance(given, dict) else {}
    try:
        new = {field.id: clean(given[field.id]) for field in fields if field.id in given}
        state = {**state, "texts": state["texts"] | new}
        progress.keep("texts", {id: {"text": text, "on": date.today().isoformat()} for id, text in new.items()})
    except CourseError as error:
        return {**state, "notice": f"Not kept: {error}. Copy your text before you leave the page."}
    return {**state, "notice": KEPT} if new else state


def setup(fields: list[Field], **more) -> dict:
    """What a form with these fields is set up with."""
    return {"fields": [vars(field) for field in fields], **more}


def current(fields: list[Field]) -> dict:
    """What a form with these fields shows first."""
    here = texts()
    return {"texts": {field.id: here[field.id] for field in fields if field.id in here}, "notice": ""}


class Writing(CourseWidget):
    """A form with a field for each question."""

    _esm = script("writing.js")

    def __init__(self, title: str, fields: list[Field], told: str):
        self._fields, self._told = fields, told
        super().__init__(
            _setup=setup(fields, title=title, longest=progress.LONGEST_TEXT, together=False), _state=current(fields)
        )

    def _answer(self, message: dict, buffers) -> dict | None:
        return taken(self._state, self._fields, message.get("texts")) if message.get("kind") == "keep" else None

    def __repr__(self) -> str:
        return "\n".join([f"{self._told} {RUN_ALL} to write.", *self._asked()])

    def _asked(self) -> list[str]:
        """The questions, where the notebook does not say them above."""
        return [] if ANSWER.fullmatch(self._fields[0].id) else [f"  {f.heading}. {f.ask}" for f in self._fields]


def write(notebook: str, what: str) -> Writing:
    """A form for text: for the questions under a heading of a notebook, or for ``"verdict"`` or ``"range"``.

    What is typed is kept with the learner's work. CourseError if the notebook asks nothing there.
    """
    what = " ".join(str(what).casefold().split())
    if what == "memo":
        raise CourseError("the memo has a form of its own, at the end of lesson 42: lesson.memo()")
    if what in PIECES:
        return Writing(PIECES[what], template(what), f"{PIECES[what]}, under the headings of the marking rubric.")
    fields = answers(notebook, what)
    room = f"your answers to {len(fields)} questions" if len(fields) > 1 else "your answer"
    return Writing(f"Your answers, {notebook[:2]} {what}", fields, f"Room for {room}.")
