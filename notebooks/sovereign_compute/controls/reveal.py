"""What the course finds for the predictions of a lesson, each beside the learner's guess."""

from importlib import import_module

from ..surroundings import RUN_ALL
from . import progress
from .findings import Finding, beside
from .predictions import rows
from .widgets import CourseWidget, script, style


def answer(id: str) -> Finding:
    """What the course finds for a prediction, computed now."""
    return import_module("..lessons.answers", __package__).ANSWERS[id]()


class Reveal(CourseWidget):
    """One card for each prediction: guess and finding on one strip, or a button that shows the answer without a guess.

    It follows the prediction form. What the course finds is computed when the page asks for it, and not before.
    """

    _css = style("exercises.css")
    _esm = script("reveal.js")

    def __init__(self, asked: list[dict]):
        self._rows = {row["id"]: row for row in asked}
        self._findings: dict[str, Finding] = {}
        cards = [{key: row[key] for key in ("id", "question")} for row in asked]
        late = bool(progress.kept("predictions").keys() & self._rows.keys())
        super().__init__(_setup={"cards": cards}, _state={"found": {}, "asked": [], "late": late})
        progress.LISTENERS.add(self)

    def heard(self, section: str) -> None:
        """Have the page ask for what is shown beside new guesses."""
        if section == "predictions":
            self._state = {**self._state, "late": True}

    def _answer(self, message: dict, buffers) -> dict | None:
        kind, asked = message.get("kind"), list(self._state["asked"])
        if kind == "answer" and message.get("id") in self._rows and message["id"] not in asked:
            asked.append(message["id"])
        elif kind != "show":
            return None
        kept = progress.kept("predictions")
        found = {
            id: beside(row, kept.get(id), self._finding(id))
            for id, row in self._rows.items()
            if id in kept or id in asked
        }
        return {"found": found, "asked": asked, "late": False}

    def _finding(self, id: str) -> Finding:
        if id not in self._findings:
            self._findings[id] = answer(id)
        return self._findings[id]

    def __repr__(self) -> str:
        lines = [f"What we found, beside your guesses. {RUN_ALL} to see it."]
        return "\n".join([*lines, *(f"  {row['question']}" for row in self._rows.values())])


def reveal(*ids: str) -> Reveal:
    """What the course finds for these predictions, each beside the guess of the learner."""
    return Reveal(rows(ids))
