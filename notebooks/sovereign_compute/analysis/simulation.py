"""What a model says when its assumptions are ranges: draws, quantiles, probabilities, and the error of each of them."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..errors import CourseError
from ..inputs import ranges
from ..inputs.assumptions import Assumption, get
from ..models.registry import find
from . import distributions
from .draws import check_number, group_of, tied, uniform
from .settings import complete

DRAWS = 2**14
CHUNK = 2**12  # rows per model call: small enough to stay in the processor's cache
BLOCKS = 16


@dataclass(frozen=True)
class Spread:
    """Draws of one assumption relative to its value, and whether they can leave the hard limits somewhere."""

    relative: np.ndarray
    least: float
    most: float


@lru_cache(maxsize=1_000)  # an own range that is changed again and again must not fill the memory
def _spread(assumption: Assumption, n: int, together: bool) -> Spread:
    unit = uniform(assumption, n, together)
    relative = ranges.spread(assumption, distributions.quantile(assumption, unit))
    return Spread(relative, float(relative.min()), float(relative.max()))


def _needs_cutting(assumption: Assumption, value: float, spread: Spread) -> bool:
    ends = [ranges.around(assumption, value, end) for end in (spread.least, spread.most)]
    return min(ends) < assumption.hard_min or max(ends) > assumption.hard_max


def chunks(values: dict[str, float], n: int) -> Iterator[tuple[slice, dict[str, np.ndarray | float]]]:
    """The frozen draws around these values, 4,096 rows at a time: the rows, and each input as an array or a number."""
    varied = [a for id, value in values.items() if ranges.is_varied(a := get(id), value)]
    groups = tied(varied)
    moving = []
    for assumption in varied:
        value = values[assumption.id]
        spread = _spread(assumption, n, group_of(assumption) in groups)
        moving.append((assumption, value, spread.relative, _needs_cutting(assumption, value, spread)))
    for start in range(0, n, CHUNK):
        rows = slice(start, min(start + CHUNK, n))
        part = dict(values)
        for assumption, value, relative, cut in moving:
            draws = ranges.around(assumption, value, relative[rows])
            part[assumption.id] = ranges.within(assumption, draws) if cut else draws
        yield rows, part


def draw(assumption: Assumption, value: float, n: int = DRAWS) -> np.ndarray | float:
    """Draws around ``value``: the range keeps its proportions when the value moves, within the hard limits.

    A fixed assumption, a choice, and one that a learner has set to zero, is a single number.
    """
    if not ranges.is_varied(assumption, value):
        return value
    spread = _spread(assumption, n, True)
    return ranges.within(assumption, ranges.around(assumption, value, spread.relative))


@dataclass(frozen=True)
class Simulation:
    """All draws of one scenario: output name to array of shape (n,).

    A quantile has a standard error, from 16 blocks of the draws (each a smaller Sobol' net of its own).
    """

    model: str
    draws: dict[str, np.ndarray]

    def quantile(self, output: str, q: float | Iterable[float]) -> np.ndarray | float:
        """Quantile(s) of one output; ``q`` is a number or a sequence of numbers from 0 to 1.

        >>> from sovereign_compute.models.ownership import gpu_hour_cost
        >>> low, high = simulate(gpu_hour_cost).quantile("total", (0.05, 0.95))
        >>> bool(low < high)
        True
        """
        return np.quantile(self._of(output), _checked(q))

    def error(self, output: str, q: float) -> float:
        """Standard error of a quantile."""
        _checked(q)
        blocks = self._of(output).reshape(BLOCKS, -1)
        with np.errstate(invalid="ignore"):  # between two infinite draws
            return float(np.std(np.quantile(blocks, q, axis=1), ddof=1) / math.sqrt(BLOCKS))

    def mean(self, output: str) -> float:
        """Mean of one output."""
        return float(np.mean(self._of(output)))

    def probability(self, output: str, *, above: float | None = None, below: float | None = None) -> float:
        """Share of the draws in which an output lies above a threshold, below one, or between the two.

        >>> from sovereign_compute.models.ownership import gpu_hour_cost
        >>> simulation = simulate(gpu_hour_cost)
        >>> one = simulation.probability("total", above=0.5) + simulation.probability("total", below=0.5)
        >>> round(one, 12)
        1.0
        """
        return float(np.mean(_between(self._of(output), above, below)))

    def least(self, outputs: Iterable[str]) -> dict[str, float]:
        """Share of the draws in which each of several outputs is the least; the first counts where they are alike."""
        columns = {output: self._of(output) for output in outputs}
        least = np.argmin(list(columns.values()), axis=0)
        return {output: float(np.mean(least == place)) for place, output in enumerate(columns)}

    def _of(self, output: str) -> np.ndarray:
        if output not in self.draws:
            raise CourseError(f"{self.model} has no output {output!r}; choose from {', '.join(self.draws)}")
        return self.draws[output]


def _checked(q):
    q = q if np.isscalar(q) else tuple(q)
    if not np.all((np.asarray(q) >= 0) & (np.asarray(q) <= 1)):
        raise CourseError(f"a quantile is asked for by a number from 0 to 1, not {q}")
    return q


def _between(draws: np.ndarray, above: float | None, below: float | None) -> np.ndarray:
    if above is None and below is None:
        raise CourseError("a probability needs a threshold: above=…, below=…, or both")
    above, below = -math.inf if above is None else above, math.inf if below is None else below
    return (draws > above) & (draws < below)


def simulate(function: Callable, changes: dict | None = None, n: int | None = None) -> Simulation:
    """Run a model, or a function of your own, over the ranges of its assumptions, with some of the values changed.

    ``n`` is the number of draws, a power of two from 1,024 to 131,072; without it there are 16,384, or 1,024 where a
    function of your own has to be called for each of them. Assumptions of one correlation group move together.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> len(simulate(gpu_hour_cost, {"utilisation": 60}, n=1024).draws["total"])
    1024

    >>> def my_cost(utilisation, price=4.0):
    ...     return price * 80 / utilisation
    >>> simulate(my_cost).mean("result") > 4
    True
    """
    model = find(function)
    n = model.draws or DRAWS if n is None else n
    check_number(n)
    values = complete(function, changes)
    results = {output.id: np.empty(n) for output in model.outputs}
    for rows, part in chunks(values, n):
        found = model.run(**part)
        for id, column in results.items():
            column[rows] = getattr(found, id)
    return Simulation(model.name, results)
