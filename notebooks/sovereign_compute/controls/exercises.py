"""Exercises and predictions: asked in the notebook, answered by the model with the learner's own scenario.

The answer is computed when the learner asks, from the scenario of that moment; neither the notebook file nor the page
holds it before. Tries, hints used and predictions are kept in one file in the learner's folder.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from itertools import combinations
from typing import Literal

from ..analysis.settings import complete
from ..errors import CourseError
from ..inputs import data, scenarios
from ..inputs.assumptions import ASSUMED, in_place
from ..inputs.numerals import number_in
from ..models.registry import find
from ..surroundings import RUN_ALL, of_lesson
from . import progress
from .findings import Finding, beside
from .widgets import CourseWidget, script

MISTAKE_TOLERANCE = 0.01  # closer than an answer need be: two slips must not be taken for each other

LONGEST_LIST, LONGEST_TEXT = 20, 1_000  # of an answer that is shown again: more has no exercise


@dataclass(frozen=True)
class Mistake:
    """A usual slip: what it would give with the values of the scenario, and what to say about it."""

    value: Callable[[dict], float]
    says: str


@dataclass(frozen=True)
class Exercise:
    """A question that a model answers for the learner's scenario, or for ``preset`` where it is about a given case.

    ``answer`` and the other functions take the complete input values of ``model``, and an empty dictionary where the
    question is about facts alone. What ``answer`` returns and what the
    learner gives depends on ``kind``:

    - ``number``: a number in the first of ``units``, right within ``tolerance`` (relative); ``units`` maps each unit
      offered to its factor.
    - ``choice``: one of ``options``; ``reasons`` says of each wrong one what is wrong with it.
    - ``ranking``: all of ``options`` in the right order.
    - ``range``: the learner gives a low and a high number and is right if the answer lies between them; the feedback
      compares the width with ``band``, the model's own 90 % band as (P5, P95).
    """

    id: str
    question: str
    answer: Callable[[dict], float | str | list[str]]
    solution: Callable[[dict], str]
    hints: tuple[str, str]
    model: Callable | None = None
    kind: Literal["number", "choice", "ranking", "range"] = "number"
    units: dict[str, float] = field(default_factory=dict)
    tolerance: float = 0.02
    mistakes: tuple[Mistake, ...] = ()
    options: Callable[[], list[str]] | None = None
    reasons: Callable[[dict], dict[str, str]] | None = None
    band: Callable[[dict], tuple[float, float]] | None = None
    preset: dict | None = None

    def __post_init__(self):
        if self.kind == "choice" and self.reasons is None:
            raise CourseError(f"exercise {self.id} is a choice: it needs a reason for each wrong option")

    def values(self) -> dict[str, float]:
        """The values that the question is about, now."""
        if self.model is None:
            return {}
        known = find(self.model).inputs
        return complete(self.model, scenarios.current.of(known) if self.preset is None else self.preset)

    def judge(self, given, unit: str = "") -> tuple[bool, str]:
        """Whether an answer is right, and what to say; the right answer is never said."""
        with self._ranges():
            return getattr(self, f"_judge_{self.kind}")(given, self.units.get(unit, 1.0), unit, self.values())

    def solved(self) -> str:
        """The worked solution, now."""
        with self._ranges():
            return self.solution(self.values())

    def _ranges(self):
        """The learner's own ranges where the question is about the learner's panel, and else the course's."""
        return in_place(ASSUMED if self.preset is None and self.model else {})

    def _judge_choice(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        if given not in self.options():
            raise CourseError("choose one of the answers first")
        if given == self.answer(values):
            return True, "Yes, that is it."
        return False, f"No. {self.reasons(values)[given]}"

    def _judge_ranking(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        if not isinstance(given, list) or sorted(map(str, given)) != sorted(self.options()):
            raise CourseError("give each of them a place of its own first")
        truth = self.answer(values)
        pairs = list(combinations(given, 2))
        fitting = sum(truth.index(first) < truth.index(second) for first, second in pairs)
        if fitting == len(pairs):
            return True, "Yes, that is the order."
        return False, f"Not yet: {fitting} of {len(pairs)} pairs stand in the right order."

    def _judge_range(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        low, high = (
            _as_number(end, unit) * factor
            for end in (given if isinstance(given, list) and len(given) == 2 else [None] * 2)
        )
        if low > high:
            raise CourseError("the lower number comes first")
        p5, p95 = self.band(values)
        width = (high - low) / (p95 - p5)
        wide = "narrower" if width < 0.8 else "wider" if width > 1.25 else "about as wide"
        says = f"Your range is {wide} {'as' if wide.startswith('about') else 'than'} what the model leaves open."
        right = low <= self.answer(values) <= high
        return right, f"{'Yes, it lies in your range.' if right else 'It lies outside your range.'} {says}"

    def _judge_number(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        typed = _as_number(given, unit)
        number = typed * factor
        truth = self.answer(values)
        if _near(number, truth, self.tolerance):
            return (
                True,
                "Yes, that is right for your scenario."
                if self.model and self.preset is None
                else "Yes, that is right.",
            )
        for mistake in self.mistakes:
            if _near(number, mistake.value(values), MISTAKE_TOLERANCE):
                return False, mistake.says
        for name, other in self.units.items():
            if name != unit and _near(typed * other, truth, self.tolerance):
                return False, f"The number would be right in another unit than {unit}."
        return False, missed(number, truth)


def missed(number: float, truth: float) -> str:
    """How a number misses another one, when nothing better can be said of it."""
    if number <= 0 < truth:
        return "The answer is a number above zero."
    if number * truth <= 0:
        return "Mind the sign."
    ratio = number / truth
    high = (ratio > 1) == (truth > 0)
    far = "and not by a little" if max(ratio, 1 / ratio) > 3 else "but in the right region"
    return f"Not yet: too {'high' if high else 'low'}, {far}."


def _as_number(given, unit: str = "", *limits: float) -> float:
    """What was given as a number; ``unit`` and ``limits`` are what `number_in` knows of a field."""
    if isinstance(given, str) and given.strip():
        given = number_in(given, unit, *limits)
    try:
        number = float(given)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise CourseError("type a number first")
    return number


def _written(given) -> str | list | None:
    """What was given as it can stand in its fields again."""
    if isinstance(given, list):
        return [_written(part) for part in given[:LONGEST_LIST]]
    return None if given is None else str(given)[:LONGEST_TEXT]


def _near(a: float, b: float, tolerance: float) -> bool:
    return math.isclose(a, b, rel_tol=tolerance)


def kept_or_why(section: str, entries: dict[str, dict]) -> str:
    """Keep entries in the learner's file; an empty text, or why that was not possible."""
    try:
        progress.keep(section, entries)
    except CourseError as error:
        return str(error)
    return ""


def find_exercise(id: str | float) -> Exercise:
    """An exercise by its number: ``21.3`` is the third one of notebook 21, as a text or as a number."""
    id = f"{id:04.1f}" if isinstance(id, int | float) else str(id)
    lesson = id.partition(".")[0]
    found = of_lesson(lesson, "exercises")
    if found is None:
        raise CourseError(f"there are no exercises for notebook {lesson!r}")
    known = found.EXERCISES
    for exercise in known:
        if exercise.id == id:
            return exercise
    raise CourseError(f"there is no exercise {id!r}; notebook {lesson} has {', '.join(e.id for e in known)}")


class Check(CourseWidget):
    """One exercise as a form: answer, feedback, two hints, and the solution when it is asked for."""

    _esm = script("check.js")

    def __init__(self, exercise: Exercise):
        self.exercise = exercise
        options = exercise.options() if exercise.options else []
        setup = {"id": exercise.id, "kind": exercise.kind, "question": exercise.question}
        setup |= {"units": list(exercise.units), "options": options}
        state = {"feedback": "", "right": False, "hints": [], "solution": "", "notice": "", "given": None, "unit": ""}
        super().__init__(_setup=setup, _state=state)

    def _answer(self, message: dict, buffers) -> dict:
        state, kind, id = dict(self._state), message.get("kind"), self.exercise.id
        record = dict(progress.kept("exercises").get(id, {}))
        try:
            if kind == "answer":
                state |= {"given": _written(message.get("value")), "unit": str(message.get("unit", ""))}
                right, says = self.exercise.judge(message.get("value"), message.get("unit", ""))
                record["tries"] = record.get("tries", 0) + 1
                if right:
                    record.setdefault("solved", date.today().isoformat())
                state |= {"feedback": says, "right": right}
            elif kind == "hint":
                state["hints"] = list(self.exercise.hints[: len(state["hints"]) + 1])
                record["hints"] = max(record.get("hints", 0), len(state["hints"]))
            elif kind == "solution":
                state["solution"] = self.exercise.solved()
                record["solution_seen"] = True
        except CourseError as error:
            state |= {"feedback": str(error), "right": False}
        return state | {"notice": kept_or_why("exercises", {id: record})}

    def __repr__(self) -> str:
        lines = [f"Exercise {self.exercise.id}. {self.exercise.question}"]
        lines += [f"  ( ) {option}" for option in self._setup["options"]]
        return "\n".join([*lines, f"{RUN_ALL} to answer."])


def check(id: str | float) -> Check:
    """An exercise of the course, by its number."""
    return Check(find_exercise(id))


# Predictions ------------------------------------------------------------------------------------------------------


class Predictions(CourseWidget):
    """Questions to guess before the model answers; what the course finds is computed once a guess is kept, not before.

    Beside a guess may stand a range that the learner would bet on at nine to one. Files from before there were ranges
    hold guesses alone. At the start of the course (``answered`` false) the findings are left to the lessons.
    """

    _esm = script("predictions.js")

    def __init__(self, rows: list[dict], answered: bool = True):
        self._rows, self._answered = {row["id"]: row for row in rows}, answered
        fields = [{key: row[key] for key in ("id", "question", "unit")} for row in rows]
        super().__init__(_setup={"fields": fields}, _state=self._current({}, {}, ""))

    def _current(self, given: dict, errors: dict, notice: str) -> dict:
        """What the form shows; ``given`` counts also where it could not be written to the file."""
        kept = {**progress.kept("predictions"), **given}
        kept = {id: kept[id] for id in self._rows if id in kept}
        return {
            "values": {id: entry["value"] for id, entry in kept.items()},
            "ranges": {id: [entry["low"], entry["high"]] for id, entry in kept.items() if "low" in entry},
            "found": {id: beside(self._rows[id], kept[id], answer(id)) for id in kept if self._answered},
            "errors": errors,
            "refused": {},
            "notice": notice,
        }

    def _answer(self, message: dict, buffers) -> dict:
        errors, kept = {}, {}
        ranges = message.get("ranges", {})
        for id, given in message.get("values", {}).items():
            ends = ranges.get(id) or [None, None]
            if given is None and ends == [None, None]:
                continue
            try:
                kept[id] = {**_guess(self._rows[id], given, ends), "on": date.today().isoformat()}
            except CourseError as error:
                errors[id] = str(error)
        problem = kept_or_why("predictions", kept)
        refused = {id: _written([message["values"][id], *(ranges.get(id) or [])]) for id in errors}
        return {
            **self._current(kept, errors, problem or f"Kept: {len(kept)} of {len(self._rows)}."),
            "refused": refused,
        }

    def __repr__(self) -> str:
        lines = [f"Your predictions. {RUN_ALL} to write them down."]
        return "\n".join([*lines, *(f"  {row['question']}  [{row['unit']}]" for row in self._rows.values())])


def _guess(row: dict, given, ends: list) -> dict[str, float]:
    """A guess and, if one was given, its range; CourseError says what is wrong with them."""
    if given is None:
        raise CourseError("a range needs a guess beside it: type that, too")
    if ends.count(None) == 1:
        raise CourseError("a range has two ends: type both, or leave both empty")
    names = ["value"] if None in ends else ["value", "low", "high"]
    read = (_as_number(text, row["unit"], row["minimum"], row["maximum"]) for text in (given, *ends))
    found = dict(zip(names, read, strict=False))
    for number in found.values():
        if not row["minimum"] <= number <= row["maximum"]:
            raise CourseError(
                f"{number:g} is out of range; allowed is {row['minimum']:g} to {row['maximum']:g} {row['unit']}"
            )
    if "low" in found and not (found["low"] <= found["value"] <= found["high"] and found["low"] < found["high"]):
        raise CourseError(
            f"the range {found['low']:g} to {found['high']:g} must go from a low to a high number, with your guess "
            f"{found['value']:g} in it"
        )
    return found


def answer(id: str) -> Finding:
    """What the course finds for a prediction, computed now."""
    return import_module("..lessons.answers", __package__).ANSWERS[id]()


def predict(*ids: str) -> Predictions:
    """The prediction form: the ten questions of the start, or those named, which the course then answers."""
    rows = {row["id"]: row for row in data.records("predictions")}
    unknown = [id for id in ids if id not in rows]
    if unknown:
        raise CourseError(f"there is no prediction {', '.join(unknown)}; there are {', '.join(rows)}")
    return Predictions([rows[id] for id in ids] or [row for row in rows.values() if row["at_start"]], bool(ids))
