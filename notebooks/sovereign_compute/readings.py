"""One scenario read once: the result, the same at the course's own values, and the 90 % band around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .assumptions import complete
from .models.registry import Model, find
from .uncertainty import simulate

BAND = (0.05, 0.95)


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
    bands: dict[str, tuple[float, float]]

    @property
    def changed(self) -> bool:
        """Whether the scenario differs from the course's values in anything that the model uses."""
        return self.result != self.course


def read(function: Callable, changes: dict | None = None, band: bool = True) -> Reading:
    """Evaluate a model for a scenario and, unless told otherwise, its 90 % band."""
    model = find(function)
    values = complete(function, changes)
    bands = {}
    if band:
        simulation = simulate(function, changes)
        for output in model.outputs:
            low, high = simulation.quantile(output.id, BAND)
            bands[output.id] = float(low), float(high)
    return Reading(model, values, function(**values), function(**complete(function)), bands)
