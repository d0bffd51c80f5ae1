"""The registry: one row of ``data/assumptions.csv`` is the only definition of an assumption of the course.

A learner's own assumptions stand beside it in ``ASSUMED``. One of an id of the course changes nothing by itself: what
shows the learner's own case puts it in the place of the course's (``in_place``), and all else keeps the course's.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..errors import CourseError
from . import data
from .numerals import number_in
from .units import unit_words
from .wording import number, quantity

Number = Annotated[float, Field(allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1)]


class Assumption(BaseModel):
    """One assumption: value (P50), range (P5, P95), hard limits, distribution, source and reason.

    A scenario can hold the values of a grid. On a linear scale they lie ``step`` apart, from ``hard_min`` on. On a
    logarithmic scale ``step`` is the step of the leading digits (0.01: three significant figures), so that a range
    over many powers of ten has the same precision everywhere.

    ``code`` numbers the assumption in scenario codes and is never used again for another one; together with
    ``hard_min``, ``hard_max``, ``step`` and ``scale`` it must not change once a code may have been written down.

    A choice has whole numbers from 0 on, one for each of the words in ``choices`` (separated by ``|``), and is not
    varied in a simulation.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    id: Text
    code: Annotated[int, Field(ge=1)]
    symbol: Text
    label: Text
    question: Text
    unit: Text
    value: Number
    low: Number
    high: Number
    hard_min: Number
    hard_max: Number
    step: Annotated[float, Field(gt=0)]
    scale: Literal["linear", "log"]
    distribution: Literal["normal", "lognormal", "beta", "uniform", "fixed", "choice"]
    choices: str | None
    group: Text
    correlation_group: Text
    valid_year: int
    currency_year: int | None
    source: Text
    locator: Text
    accessed: Text
    tier: Literal["primary", "secondary", "derived", "judgement", "unverified"]
    why: Text
    reviewed: Text

    @model_validator(mode="after")
    def _consistent(self):
        if not self.hard_min <= self.low <= self.value <= self.high <= self.hard_max:
            raise ValueError("hard_min <= low <= value <= high <= hard_max does not hold")
        if not self.varied and not self.low == self.value == self.high:
            raise ValueError(f"a {self.distribution} assumption has low = value = high")
        if (self.distribution == "choice") != bool(self.choices):
            raise ValueError("choices go with the distribution choice, and only with it")
        if self.choices and (self.hard_min, self.hard_max, self.step) != (0, len(self.words) - 1, 1):
            raise ValueError("a choice has hard_min 0, step 1 and as hard_max the number of its last word")
        if (self.distribution == "lognormal" and self.low <= 0) or (self.scale == "log" and self.hard_min <= 0):
            raise ValueError("a logarithm needs a range above zero")
        if self.scale == "log" and self.step not in (1, 0.1, 0.01, 0.001, 0.0001):
            raise ValueError(
                "on a logarithmic scale, step is a step of the leading digits: 1, 0.1, 0.01, 0.001 or 0.0001"
            )
        if self.distribution == "uniform" and not math.isclose(self.value, (self.low + self.high) / 2):
            raise ValueError("a uniform assumption has its value in the middle of its range")
        if ("EUR" in self.unit or "USD" in self.unit) != (self.currency_year is not None):
            raise ValueError("currency_year goes with money, and only with money")
        for name in ("value", "low", "high", "hard_min", "hard_max"):
            if not math.isclose(
                getattr(self, name), self.snap(getattr(self, name)), rel_tol=1e-9, abs_tol=1e-6 * self.step
            ):
                raise ValueError(f"{name} does not lie on the grid of values that hard_min, step and scale make")
        return self

    @property
    def varied(self) -> bool:
        """Whether a simulation varies it."""
        return self.distribution not in ("fixed", "choice")

    @property
    def words(self) -> list[str]:
        """The words of a choice; empty for a number."""
        return self.choices.split("|") if self.choices else []

    def told(self, value: float) -> str:
        """A value as it is read: with its unit, or the word of a choice."""
        return self.words[int(value)] if self.words else quantity(value, self.unit)

    @property
    def positions(self) -> int:
        """How many values the grid from hard_min to hard_max holds."""
        return self.position(self.hard_max) + 1

    @property
    def decimals(self) -> int:
        """Decimals that show every grid value exactly."""
        if self.scale == "log":
            return max(0, _decimals(self.step) - math.floor(math.log10(self.hard_min)))
        return max(_decimals(self.step), _decimals(self.hard_min))

    def position(self, value: float) -> int:
        """Index of the nearest grid value, counted from hard_min."""
        if self.scale == "log":
            return self._digits(value) - self._digits(self.hard_min)
        return round((value - self.hard_min) / self.step)

    def at(self, position: int) -> float:
        """Grid value number ``position``, rounded so that it prints as it is written in the table."""
        if self.scale == "log":
            exponent, step = divmod(position + self._digits(self.hard_min), round(9 / self.step))
            return float(f"{1 + step * self.step:.{_decimals(self.step)}f}e{exponent}")
        return round(self.hard_min + position * self.step, self.decimals)

    def _digits(self, value: float) -> int:
        """Number of the nearest value with so many significant figures, counted from 1."""
        exponent = math.floor(math.log10(value))
        return exponent * round(9 / self.step) + round((value / 10.0**exponent - 1) / self.step)

    def snap(self, value: float) -> float:
        """The nearest value that a scenario can hold."""
        return self.at(self.position(value))

    def accept(self, value) -> float:
        """A value from a learner as a number on the grid; CourseError names label, value and range if it is none."""
        allowed = f"allowed is {number(self.hard_min)} to {quantity(self.hard_max, self.unit)}"
        if value is None or (isinstance(value, str) and not value.strip()):
            raise CourseError(f"{self.label}: the field is empty; {allowed}")
        try:
            if isinstance(value, str):
                unit = unit_words(self.unit)
                value = number_in(value, unit, self.hard_min, self.hard_max, lambda x: math.isclose(self.snap(x), x))
            result = math.nan if isinstance(value, bool) else float(value)
        except OverflowError:  # a whole number of 400 digits
            result = math.inf
        except CourseError as error:
            raise CourseError(f"{self.label}: {error}; {allowed}") from None
        except (TypeError, ValueError):
            raise CourseError(f"{self.label}: {str(value)[:40]!r} is not a number; {allowed}") from None
        if math.isnan(result):
            raise CourseError(f"{self.label}: {str(value)[:40]} is not a number one can compute with; {allowed}")
        if not self.hard_min <= result <= self.hard_max:
            shown = number(result) if abs(result) < 1e15 else f"{result:g}"
            raise CourseError(f"{self.label}: {shown} is out of range; {allowed}")
        return self.snap(result)


@cache
def _decimals(value: float) -> int:
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])


@cache
def registry(folder: Path = data.FOLDER) -> dict[str, Assumption]:
    """All assumptions by id, checked."""
    found: dict[str, Assumption] = {}
    sources = {row["id"] for row in data.records("sources", folder)}
    for line, row in enumerate(data.records("assumptions", folder), start=2):
        where = f"data/assumptions.csv, line {line} ({row['id']})"
        try:
            assumption = Assumption.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "row"
            raise CourseError(f"{where}: {field}: {first['msg']}") from None
        if assumption.source not in sources:
            raise CourseError(f"{where}: source {assumption.source!r} is not in data/sources.csv")
        if assumption.id in found:
            raise CourseError(f"{where}: an assumption of this id stands above; one quantity has one row")
        if other := next((a.id for a in found.values() if a.code == assumption.code), ""):
            raise CourseError(f"{where}: {assumption.code} is the code of {other}; take the next number that is free")
        unit_words(assumption.unit, where)
        found[assumption.id] = assumption
    return found


ARGUMENTS: dict[str, Assumption] = {}
"""Arguments of a learner's functions that have their default instead, by ``function.argument``; see ``arguments``."""

ASSUMED: dict[str, Assumption] = {}
"""What the learner of this session assumes, by id; see ``own_assumptions.made``."""

_placed: ContextVar[Mapping[str, Assumption]] = ContextVar("placed", default=MappingProxyType({}))


@contextmanager
def in_place(own: Mapping[str, Assumption]) -> Iterator[None]:
    """Put assumptions in the place of the course's, for the time of a ``with``: their ranges and sources hold there.

    Their values do not: a scenario has those.
    """
    before = _placed.set(dict(own))
    try:
        yield
    finally:
        _placed.reset(before)


def placed() -> Mapping[str, Assumption]:
    """What stands in the place of the course's assumptions now."""
    return _placed.get()


def course_row(id: str) -> Assumption:
    """The course's assumption of this id, or one that the learner has added: what a scenario's changes start from."""
    found = registry().get(id) or _placed.get().get(id) or ASSUMED.get(id) or ARGUMENTS.get(id)
    if found is None:
        raise CourseError(f"there is no assumption {id!r}; see data/assumptions.csv, or add it with sc.assume")
    return found


def get(id: str) -> Assumption:
    """One assumption by id: the one that stands in the course's place now, or the course's, or an added one.

    >>> get("electricity_price").unit
    'EUR/kWh'
    """
    return _placed.get().get(id) or course_row(id)


def ids() -> list[str]:
    """The ids of all assumptions that a function can name as its arguments."""
    return [*registry(), *ASSUMED]


def is_known(id: str) -> bool:
    """Whether there is an assumption of this id."""
    return id in registry() or id in ASSUMED
