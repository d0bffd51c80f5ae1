"""The exercises of a lesson as cards: answer, feedback, two hints, the solution when it is asked for, and progress."""

from collections.abc import Sequence
from datetime import date

from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.wording import sentence
from ..surroundings import RUN_ALL
from . import cases, progress
from .exercises import Exercise, find_exercise, of, range_in
from .findings import digits, strip
from .widgets import CourseWidget, as_given, script, style

CARD = {"feedback": "", "right": None, "hints": [], "solution": "", "given": None, "unit": "", "strip": None}
"""A card at first. ``right`` is None before an answer and where what was given is none."""


class Exercises(CourseWidget):
    """Exercises one below the other; those that were solved another day are marked."""

    _css = style("exercises.css")
    _esm = script("check.js")

    def __init__(self, exercises: Sequence[Exercise], name: str):
        self.exercises = {exercise.id: exercise for exercise in exercises}
        # The case on the page is the one that is judged, also if the learner's file has another one since.
        self._number = cases.mine() if any(exercise.vary for exercise in exercises) else cases.EXAMPLE
        self._values = {id: exercise.case(self._number) for id, exercise in self.exercises.items() if exercise.vary}
        cards = [self._card(exercise) for exercise in exercises]
        super().__init__(
            _setup={"name": name, "cards": cards},
            _state={"cards": {id: dict(CARD) for id in self.exercises}, "done": self._done(), "notice": ""},
        )

    def _card(self, exercise: Exercise) -> dict:
        return {
            "id": exercise.id,
            "kind": exercise.kind,
            "question": exercise.text(self._values.get(exercise.id)),
            "units": list(exercise.units),
            "options": exercise.options() if exercise.options else [],
            "case": str(self._number) if exercise.vary else "",
        }

    def _done(self) -> dict[str, str]:
        """How far the learner is with each exercise: solved, tried, or nothing yet."""
        kept = progress.kept("exercises")
        records = {id: kept.get(id, {}) for id in self.exercises}
        return {
            id: "solved" if "solved" in record else "tried" if record.get("tries") else "open"
            for id, record in records.items()
        }

    def _answer(self, message: dict, buffers) -> dict | None:
        id = str(message.get("id", next(iter(self.exercises))))
        exercise, kind = self.exercises.get(id), message.get("kind")
        if exercise is None or kind not in ("answer", "hint", "solution"):
            return None
        card, record = dict(self._state["cards"][id]), dict(progress.kept("exercises").get(id, {}))
        values = self._values.get(id)
        try:
            if kind == "answer":
                unit = str(message.get("unit", ""))
                card |= {"given": as_given(message.get("value")), "unit": unit, "strip": None}
                right, says = exercise.judge(message.get("value"), unit, values)
                record["tries"] = record.get("tries", 0) + 1
                if right:
                    record.setdefault("solved", date.today().isoformat())
                    record |= self._answered(exercise, card)
                card |= {"feedback": says, "right": right}
                if right and exercise.kind == "range":
                    card["strip"] = self._beside(exercise, message["value"], unit, values)
            elif kind == "hint":
                card["hints"] = list(exercise.hints[: len(card["hints"]) + 1])
                record["hints"] = max(record.get("hints", 0), len(card["hints"]))
            else:
                card["solution"] = exercise.solved(values)
                record["solution_seen"] = True
        except CourseError as error:
            card |= {"feedback": sentence(str(error)), "right": None}
        notice = progress.kept_or_why("exercises", {id: record})
        done = {**self._done(), **({id: "solved"} if card["right"] else {})}  # also where it cannot be kept
        return {"cards": {**self._state["cards"], id: card}, "done": done, "notice": notice}

    def _answered(self, exercise: Exercise, card: dict) -> dict:
        """The right answer as it is kept, with what it is an answer to: whoever reads the file can judge it again."""
        kept = {"given": card["given"], "unit": card["unit"]}
        if exercise.vary:
            kept["case"] = self._number
        if exercise.follows:
            kept["scenario"] = scenarios.current.code()
        return kept

    def _beside(self, exercise: Exercise, given: list, unit: str, values: dict | None) -> dict:
        """The learner's range beside that of the model, in the learner's unit."""
        values = exercise.values() if values is None else values
        factor = exercise.units.get(unit, 1.0)
        ends, value = [end / factor for end in exercise.band(values)], exercise.answer(values) / factor
        return strip(unit, value, ends, None, range_in(given, unit), "answer", digits(value))

    def __repr__(self) -> str:
        """The exercises as text; where each learner has another case, that of one example."""
        lines = []
        for id, exercise in self.exercises.items():
            example = f" (Case {cases.EXAMPLE}; yours has other numbers.)" if exercise.vary else ""
            lines.append(f"Exercise {id}. {exercise.text(exercise.case(cases.EXAMPLE))}{example}")
            lines += [f"  ( ) {option}" for option in (exercise.options() if exercise.options else [])]
        return "\n".join([*lines, f"{RUN_ALL} to answer."])


def check(id: str | float) -> Exercises:
    """An exercise of the course, by its number."""
    exercise = find_exercise(id)
    return Exercises([exercise], f"Exercise {exercise.id}")


def of_a_lesson(lesson: str) -> Exercises:
    """All exercises of a lesson, by the two digits of its number."""
    return Exercises(of(lesson), name_of(lesson))


def name_of(lesson: str) -> str:
    """What all exercises of a lesson are called together."""
    return f"Exercises of lesson {lesson}"
