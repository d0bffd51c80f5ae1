"""One scenario read once: the result, the same for what it is compared with, and the 90 % band around it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from ..inputs.assumptions import ASSUMED, course_row, in_place, placed, registry
from ..inputs.wording import number
from ..models.own import NoDraws
from ..models.registry import Model, find
from .settings import complete
from .simulation import Simulation, simulate

BAND = (0.05, 0.95)
QUANTILES = {"P5 of the draws": 0.05, "P50 of the draws": 0.50, "P95 of the draws": 0.95}
"""What a table lists of the draws that a chart shows in bins."""

COURSE = "the course's values"
"""What titles and subtitles call the scenario that is compared with; `Baseline.named` puts another in its place."""
COURSE_HEAD = "Course's value"
"""The same as the head of a column."""
START, START_HEAD = "the default values", "Default value"
"""What these are called where a learner's function has arguments that the course has no value for."""
HEADS = {"low": "P5", "high": "P95", "course": COURSE_HEAD}
"""The heads of what `Evaluation.bars` gives beside the names and their values."""
MARKS = f"Line: 90 % of the draws. Dashed outline: {COURSE}."
"""What the marks of such bars are."""


def ranged(low: str, high: str) -> str:
    """The 90 % range in brackets (after a space), from its ends in words; empty where both read the same."""
    return "" if low == high else f" (90 % range {low} to {high})"


class Bands(Mapping):
    """P5 and P95 by output: the simulation runs when the first is asked for, and nothing is sorted for the others.

    The ranges are those that hold where the bands are made.
    """

    def __init__(self, function: Callable, changes: dict | None):
        self._function = function
        self._changes = dict(changes or {})
        self.placed = placed()
        self._outputs = [output.id for output in find(function).outputs]
        self._found: dict[str, tuple[float, float]] = {}

    @cached_property
    def simulation(self) -> Simulation:
        """The draws behind the bands."""
        with in_place(self.placed):
            return simulate(self._function, self._changes)

    def __getitem__(self, output: str) -> tuple[float, float]:
        if output not in self._outputs:
            raise KeyError(output)
        if output not in self._found:
            with np.errstate(invalid="ignore"):  # between two infinite draws
                low, high = self.simulation.quantile(output, BAND)
            self._found[output] = float(low), float(high)
        return self._found[output]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outputs)

    def __len__(self) -> int:
        return len(self._outputs)


@dataclass(frozen=True, eq=False)
class Baseline:
    """What a scenario is compared with: the course's values, which have no name, or another scenario under its name.

    ``changes`` are those of the model's assumptions, ``values`` all of them; ``result`` and ``bands`` are as in a
    `Evaluation`. ``made_up``: some of the values are defaults of a learner's function.
    """

    name: str
    changes: dict[str, float]
    values: dict[str, float]
    result: Any
    bands: Bands
    made_up: bool = False

    @property
    def words(self) -> str:
        """How a subtitle calls it."""
        return f"the scenario “{self.name}”" if self.name else START if self.made_up else COURSE

    @property
    def head(self) -> str:
        """How the head of a column calls it."""
        return f"Scenario “{self.name}”" if self.name else START_HEAD if self.made_up else COURSE_HEAD

    @property
    def subject(self) -> str:
        """How the beginning of a sentence calls it."""
        return f"T{self.words[1:]}"

    @property
    def gives(self) -> str:
        """The beginning of a sentence about what comes out."""
        return f"{self.subject} {'gives' if self.name else 'give'}"

    @property
    def within(self) -> str:
        """The beginning of a sentence about how things are there."""
        return f"In {self.words}" if self.name else f"At {self.words}"

    def named(self, written: str) -> str:
        """A title, subtitle or head that was written for the course's values, for this scenario."""
        return written.replace(COURSE, self.words).replace(COURSE_HEAD, self.head)


@dataclass(frozen=True)
class Evaluation:
    """What a chart or a sentence needs to know about a scenario.

    ``result`` is what the model returns for the scenario and ``baseline`` holds the same for another one, the course's
    values unless a learner has chosen; ``bands`` maps an output to its P5 and P95, and is empty where no band was asked
    for, or where there is none; then ``note`` says why.
    """

    model: Model
    values: dict[str, float]
    result: Any
    baseline: Baseline
    bands: Mapping[str, tuple[float, float]]
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether another result comes out than where the scenario is compared with."""
        return self.result != self.baseline.result

    def band(self, output: str, digits: int) -> str:
        """The 90 % range of an output in brackets (after a space); empty where no band was asked for."""
        if not self.bands:
            return ""
        return ranged(*(number(end, digits) for end in self.bands[output]))

    def bars(self, names: Mapping[str, str], item: str = "item", scale: float = 1.0) -> dict[str, list]:
        """Rows of a bar chart, one for each output named: its name, value, P5, P95 and what it is compared with.

        All numbers are divided by ``scale``. Where no band was asked for, P5 and P95 are the value.
        """
        rows = {key: [] for key in (item, "value", "low", "high", "course")}
        for output, name in names.items():
            value, other = (float(getattr(result, output)) for result in (self.result, self.baseline.result))
            numbers = (value, *self.bands.get(output, (value, value)), other)
            for column, cell in zip(rows.values(), (name, *(x / scale for x in numbers)), strict=True):
                column.append(cell)
        return rows

    def against(self, told: str) -> str:
        """A sentence (after a space) on what the compared scenario gives; empty where that is the same."""
        return f" {self.baseline.gives} {told}." if self.differs else ""


def baseline_of(function: Callable, name: str, changes: dict) -> Baseline:
    """A scenario to be compared with, evaluated once; what it does not change stands as in the registry."""
    values = {id: changes.get(id, course_row(id).value) for id in find(function).inputs}
    model = find(function)
    return Baseline(name, dict(changes), values, model.run(**values), Bands(function, values), bool(model.made))


def course_values(function: Callable) -> Baseline:
    """The course's own values of a model, as what a scenario is compared with."""
    if find(function).own:  # what it calls may have changed
        return _course_values.__wrapped__(function, ())
    return _course_values(function, tuple(ASSUMED.get(id) for id in find(function).inputs if id not in registry()))


@lru_cache(maxsize=100)
def _course_values(function: Callable, added: tuple) -> Baseline:
    with in_place({}):
        return baseline_of(function, "", {})


def evaluation_of(
    function: Callable, changes: dict | None = None, band: bool = True, baseline: Baseline | None = None
) -> Evaluation:
    """Evaluate a model for a scenario and, unless told otherwise, its 90 % band; compared with the course's values."""
    values, model = complete(function, changes), find(function)
    result = model.run(**values)
    bands, note = Bands(function, values) if band else {}, ""
    if band and model.own:
        try:
            bands.simulation  # noqa: B018
        except NoDraws as error:
            bands, note = {}, f"There is no 90 % band. {error}."
    return Evaluation(model, values, result, baseline or course_values(function), bands, note)
