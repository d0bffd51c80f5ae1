"""One scenario read once: the result, the same at the course's own values, and the 90 % band around it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from .assumptions import complete, inputs
from .models.registry import Model, find
from .uncertainty import Simulation, simulate

BAND = (0.05, 0.95)


class Bands(Mapping):
    """P5 and P95 by output: the simulation runs when the first is asked for, and nothing is sorted for the others."""

    def __init__(self, function: Callable, changes: dict | None):
        self._function = function
        self._changes = dict(changes or {})
        self._outputs = [output.id for output in find(function).outputs]
        self._found: dict[str, tuple[float, float]] = {}

    @cached_property
    def simulation(self) -> Simulation:
        """The draws behind the bands."""
        return simulate(self._function, self._changes)

    def __getitem__(self, output: str) -> tuple[float, float]:
        if output not in self._outputs:
            raise KeyError(output)
        if output not in self._found:
            low, high = self.simulation.quantile(output, BAND)
            self._found[output] = float(low), float(high)
        return self._found[output]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outputs)

    def __len__(self) -> int:
        return len(self._outputs)


@dataclass(frozen=True)
class Reading:
    """What a chart or a sentence needs to know about a scenario.

    ``result`` and ``course`` are what the model returns for the scenario and for the course's values; ``bands`` maps
    an output to its P5 and P95, and is empty where no band was asked for.
    """

    model: Model
    values: dict[str, float]
    result: Any
    course: Any
    bands: Mapping[str, tuple[float, float]]

    @property
    def changed(self) -> bool:
        """Whether the scenario differs from the course's values in anything that the model uses."""
        return self.result != self.course


@cache
def _at_course_values(function: Callable):
    return function(**{id: assumption.value for id, assumption in inputs(function).items()})


def read(function: Callable, changes: dict | None = None, band: bool = True) -> Reading:
    """Evaluate a model for a scenario and, unless told otherwise, its 90 % band."""
    values = complete(function, changes)
    bands = Bands(function, changes) if band else {}
    return Reading(find(function), values, function(**values), _at_course_values(function), bands)
