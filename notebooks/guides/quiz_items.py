"""The exercises of a lesson as questions of a quiz, in no format yet: question, answer, what is said to slips."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sovereign_compute.controls import exercises, progress
from sovereign_compute.controls.cases import EXAMPLE
from sovereign_compute.controls.exercises import MISTAKE_TOLERANCE, Exercise

RIGHT = "That is it."
OTHER_UNIT = "The number would be right in another unit: answer in {}."


@dataclass(frozen=True)
class Item:
    """One question of a quiz: an exercise with the numbers of one case, and what is said to each answer.

    ``answer`` is a number in the first of ``units``, the right one of ``options``, or all of them in their order.
    ``slips`` are wrong numbers, each with the distance within which it is told and the sentence on it; ``reasons`` say
    the same of wrong options.
    """

    id: str
    category: str
    kind: str
    text: str
    answer: float | str | list[str]
    tolerance: float = 0.0
    units: dict[str, float] = field(default_factory=dict)
    slips: tuple[tuple[float, float, str], ...] = ()
    options: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    solution: str = ""

    @property
    def unit(self) -> str:
        """In which the number is to be given; empty for a number without one."""
        return next(iter(self.units), "")

    @property
    def asked(self) -> str:
        """The question, with the unit that its answer is to have."""
        return f"{self.text} Answer in {self.unit}." if self.unit else self.text


def item(exercise: Exercise, case: int, category: str) -> Item:
    """An exercise with the values of one case."""
    values = exercise.case(case)
    answer = exercise.answer(values)
    found = {"text": exercise.text(values), "hints": exercise.hints, "solution": exercise.solved(values)}
    if exercise.kind == "number":
        # What is asked for is a number in the first unit, which need not be that of the model.
        first = next(iter(exercise.units.values()), 1.0)
        answer = float(answer) / first
        found |= {"units": {name: factor / first for name, factor in exercise.units.items()}}
        found |= {"tolerance": exercise.tolerance * abs(answer)}
        found["slips"] = tuple(_slips(exercise, values, answer, first))
    else:
        found["options"] = tuple(exercise.options())
        if exercise.kind == "choice":
            found["reasons"] = exercise.reasons(values)
    id = f"{exercise.id} case {case}" if exercise.vary else exercise.id
    return Item(id, category, exercise.kind, answer=answer, **found)


def _slips(exercise: Exercise, values: dict, answer: float, first: float) -> Iterator[tuple[float, float, str]]:
    """Wrong numbers with what is said to them: the usual mistakes, then the right number in another unit."""
    taken = [(answer, exercise.tolerance)]
    named = [(float(mistake.value(values)) / first, mistake.says) for mistake in exercise.mistakes]
    others = [factor / first for factor in exercise.units.values() if factor != first]
    named += [(answer / factor, OTHER_UNIT.format(next(iter(exercise.units)))) for factor in others]
    for value, says in named:
        if not math.isfinite(value):
            continue
        distance = MISTAKE_TOLERANCE * abs(value)
        if all(abs(value - other) > distance + width * abs(other) for other, width in taken):
            taken.append((value, MISTAKE_TOLERANCE))
            yield value, distance, says


def left_out(exercise: Exercise) -> str:
    """Why an exercise has no place in a quiz; empty if it has."""
    if exercise.follows:
        return "is about the learner's panel"
    return "asks for a range, which has two numbers" if exercise.kind == "range" else ""


def drawn(cases: int, seed: int) -> list[int]:
    """Numbers of cases, none of them that of the printed example."""
    known = [n for n in range(progress.LOWEST_CASE, progress.HIGHEST_CASE + 1) if n != EXAMPLE]
    return random.Random(seed).sample(known, cases)


def items(row: dict, cases: list[int]) -> tuple[list[Item], dict[str, str]]:
    """The questions of a lesson, and the exercises that have no place in a quiz with the reason."""
    number = row["notebook"][:2]
    found, without = [], {}
    for exercise in exercises.of(number):
        if why := left_out(exercise):
            without[exercise.id] = why
            continue
        category = f"Sovereign Compute/Lesson {number}/{exercise.id}"
        found += [item(exercise, case, category) for case in (cases if exercise.vary else [EXAMPLE])]
    return found, without


def plain(value: float) -> str:
    """A number as all platforms read it: twelve figures, a point, no power of ten.

    >>> plain(1e-7), plain(1234567.5)
    ('0.0000001', '1234567.5')
    """
    return f"{Decimal(f'{value:.12g}'):f}"
