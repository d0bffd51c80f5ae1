"""Exercises: what is asked, and how an answer is judged and a slip named.

The answer is computed when the learner asks, from the learner's panel of that moment or from the learner's own case;
neither the notebook file nor the page holds it before.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Literal

from ..analysis.settings import complete
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.assumptions import ASSUMED, in_place
from ..inputs.numerals import number_in
from ..inputs.start import of_class
from ..inputs.wording import number
from ..models.registry import find
from ..surroundings import of_lesson
from . import cases

MISTAKE_TOLERANCE = 0.01  # closer than an answer need be: two slips must not be taken for each other
MARGIN = 1.2  # by which a case keeps numbers further apart than they are told from one another
TURNS = 200  # in which a fair case must be found
NARROWEST, WIDEST = 0.5, 2.0  # of a range, as multiples of the width that the model leaves open
ASKED = {
    "number": "type a number first",
    "range": "the lower number comes first",
    "choice": "choose one of the answers first",
    "ranking": "give each of them a place first",
}
"""What is said of an entry that is no answer, by kind; also in a page without a kernel."""
IN_ORDER = "That is the order."
OUT_OF_ORDER = "“{second}” comes before “{first}”. In your order {right} of {pairs} pairs are the right way round."
"""What is said of a ranking."""


@dataclass(frozen=True)
class Mistake:
    """A usual slip: what it would give with the values of the question, and what to say about it."""

    value: Callable[[dict], float]
    says: str


@dataclass(frozen=True)
class Exercise:
    """A question that a model answers: for the learner's panel, for a given case, or for a case of each learner.

    Without more it is about the learner's panel as it is set; with ``preset`` it is about a given case. ``vary`` gives
    each learner another case: by assumption a tuple of two ends to draw between, or by a name of your own a list to
    draw from; all else is as in ``preset``, or the course's. ``question`` may then be a function of the values. Cases
    that are not ``fair``, as with two options that are nearly alike, are drawn again; so is a case in which a slip
    gives the right number, or two slips the same.

    ``answer`` and the other functions take the complete input values of ``model`` with what was drawn, and an empty
    dictionary where the question is about facts alone. What ``answer`` returns and what the learner gives depends on
    ``kind``:

    - ``number``: a number in the first of ``units``, right within ``tolerance`` (relative); ``units`` maps each unit
      offered to its factor.
    - ``choice``: one of ``options``; ``reasons`` says of each wrong one what is wrong with it.
    - ``ranking``: all of ``options`` in the right order.
    - ``range``: the learner gives a low and a high number and is right if the answer lies between them and the width
      is half to twice that of ``band``, the model's 90 % range as (P5, P95).
    """

    id: str
    question: str | Callable[[dict], str]
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
    vary: dict[str, cases.Between] = field(default_factory=dict)
    fair: Callable[[dict], bool] | None = None

    def __post_init__(self):
        if self.kind == "choice" and self.reasons is None:
            raise CourseError(f"exercise {self.id} is a choice: it needs a reason for each wrong option")
        known = find(self.model).inputs if self.model else ()
        for name, between in self.vary.items():
            if isinstance(between, tuple) and (len(between) != 2 or name not in known):
                raise CourseError(
                    f"exercise {self.id} varies {name}: a tuple has the two ends for an assumption of its "
                    "model; anything else is drawn from a list"
                )

    @property
    def follows(self) -> bool:
        """Whether it is about the learner's panel as it is set now."""
        return self.model is not None and self.preset is None and not self.vary

    def case(self, number: int) -> dict:
        """The values for the learner whose case has this number; without ``vary`` they are everybody's."""
        for turn in range(TURNS):
            values = self._complete(dict(self.preset or {}) | cases.drawn(self.vary, number, self.id, turn))
            if not self.vary or ((self.fair is None or self.fair(values)) and self._tells_slips(values)):
                return values
        raise CourseError(f"exercise {self.id}: none of {TURNS} cases is fair; vary more, or ask for less")

    def _tells_slips(self, values: dict) -> bool:
        """Whether the right number and what each slip gives are all told from one another."""
        slips = [mistake.value(values) for mistake in self.mistakes]
        truth = self.answer(values) if slips else 0.0
        return not any(
            _near(slip, truth, MARGIN * max(self.tolerance, MISTAKE_TOLERANCE)) for slip in slips
        ) and not any(_near(one, other, MARGIN * MISTAKE_TOLERANCE) for one, other in combinations(slips, 2))

    def _complete(self, changes: dict) -> dict:
        if self.model is None:
            return changes
        known = find(self.model).inputs
        own = {name: value for name, value in changes.items() if name not in known}
        return complete(self.model, {id: value for id, value in changes.items() if id not in own}) | own

    def values(self) -> dict:
        """The values that the question is about, now and for this learner."""
        if self.follows:
            return complete(self.model, scenarios.current.of(find(self.model).inputs))
        return self.case(cases.mine() if self.vary else cases.EXAMPLE)

    def text(self, values: dict | None = None) -> str:
        """The question, for these values or those of now."""
        return self.question if isinstance(self.question, str) else self.question(self._or_now(values))

    def judge(self, given, unit: str = "", values: dict | None = None) -> tuple[bool, str]:
        """Whether an answer is right, and what to say; the right answer is never said."""
        with self._ranges():
            return getattr(self, f"_judge_{self.kind}")(given, self.units.get(unit, 1.0), unit, self._or_now(values))

    def fits(self, given, unit: str = "", case: int | None = None, scenario: str = "") -> bool:
        """Whether an answer that was right once is that of this case, or of the panel that a scenario code sets."""
        if self.follows:
            values = complete(self.model, scenarios.decode(scenario).of(find(self.model).inputs))
        else:
            values = self.case(cases.EXAMPLE if case is None else case)
        with in_place(of_class() if self.follows else {}):
            return getattr(self, f"_judge_{self.kind}")(given, self.units.get(unit, 1.0), unit, values)[0]

    def solved(self, values: dict | None = None) -> str:
        """The worked solution, for these values or those of now."""
        with self._ranges():
            return self.solution(self._or_now(values))

    def _or_now(self, values: dict | None) -> dict:
        return self.values() if values is None else values

    def _ranges(self):
        """The ranges that the learner's panel has where the question is about it, and else the course's."""
        return in_place(ASSUMED if self.follows else {})

    def _judge_choice(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        if given not in self.options():
            raise CourseError(ASKED["choice"])
        if given == self.answer(values):
            return True, "That is it."
        return False, self.reasons(values)[given]

    def _judge_ranking(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        if not isinstance(given, list) or sorted(map(str, given)) != sorted(self.options()):
            raise CourseError(ASKED["ranking"])
        truth = self.answer(values)
        place = {option: truth.index(option) for option in given}
        wrong = [(first, second) for first, second in pairwise(given) if place[first] > place[second]]
        if not wrong:
            return True, IN_ORDER
        pairs = [place[first] < place[second] for first, second in combinations(given, 2)]
        first, second = wrong[0]
        return False, OUT_OF_ORDER.format(first=first, second=second, right=sum(pairs), pairs=len(pairs))

    def _judge_range(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        low, high = (end * factor for end in range_in(given, unit))
        p5, p95 = self.band(values)
        holds, width = low <= self.answer(values) <= high, (high - low) / (p95 - p5)
        says = "The answer lies in your range" if holds else "The answer lies outside your range"
        if NARROWEST <= width <= WIDEST:
            fits = "is about as wide as what the model leaves open."
            return holds, f"{says}, {'and it' if holds else 'although it'} {fits}"
        joined = "but" if holds else "and"
        if width > WIDEST:
            return False, (
                f"{says}, {joined} it is {number(width, -2)} times as wide as what the model leaves open: "
                f"at most {number(WIDEST)} times will do."
            )
        return False, (
            f"{says}, {joined} it is too narrow: it has {number(100 * width, 0)} % of the width that the model leaves "
            f"open, and at least {number(100 * NARROWEST)} % is asked."
        )

    def _judge_number(self, given, factor: float, unit: str, values: dict) -> tuple[bool, str]:
        typed = as_number(given, unit)
        size = typed * factor
        truth = self.answer(values)
        if _near(size, truth, self.tolerance):
            where = " for your panel" if self.follows else " for your case" if self.vary else ""
            return True, f"That is the number{where}."
        for mistake in self.mistakes:
            if _near(size, mistake.value(values), MISTAKE_TOLERANCE):
                return False, mistake.says
        for name, other in self.units.items():
            if name != unit and _near(typed * other, truth, self.tolerance):
                return False, f"The number would be right in another unit than {unit}."
        return False, missed(size, truth)


def missed(given: float, truth: float) -> str:
    """How a number misses another one, when nothing better can be said of it."""
    if given <= 0 < truth:
        return "The answer is a number above zero."
    if given * truth <= 0:
        return "Mind the sign."
    ratio = given / truth
    high = (ratio > 1) == (truth > 0)
    far = "and not by a little" if max(ratio, 1 / ratio) > 3 else "but in the right region"
    return f"Too {'high' if high else 'low'}, {far}."


def as_number(given, unit: str = "", *limits: float) -> float:
    """What was given as a number; ``unit`` and ``limits`` are what `number_in` knows of a field."""
    if isinstance(given, str) and given.strip():
        given = number_in(given, unit, *limits)
    try:
        found = float(given)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise CourseError(ASKED["number"])
    return found


def range_in(given, unit: str = "") -> tuple[float, float]:
    """What was given as the two ends of a range, in the unit in which they were typed."""
    low, high = (as_number(end, unit) for end in (given if isinstance(given, list) and len(given) == 2 else [None] * 2))
    if low > high:
        raise CourseError(ASKED["range"])
    return low, high


def _near(a: float, b: float, tolerance: float) -> bool:
    return math.isclose(a, b, rel_tol=tolerance)


def of(lesson: str) -> tuple[Exercise, ...]:
    """The exercises of a lesson, by the two digits of its number."""
    found = of_lesson(lesson, "exercises")
    if found is None:
        raise CourseError(f"there are no exercises for notebook {lesson!r}")
    return found.EXERCISES


def find_exercise(id: str | float) -> Exercise:
    """An exercise by its number: ``21.3`` is the third one of notebook 21, as a text or as a number."""
    id = f"{id:04.1f}" if isinstance(id, int | float) else str(id)
    lesson = id.partition(".")[0]
    known = of(lesson)
    for exercise in known:
        if exercise.id == id:
            return exercise
    raise CourseError(f"there is no exercise {id!r}; notebook {lesson} has {', '.join(e.id for e in known)}")
