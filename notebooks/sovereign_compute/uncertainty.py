"""What a model says when its assumptions are ranges: frozen draws, quantiles, their error, and the tornado.

Every learner gets the same draws: scrambled Sobol' points (Sobol' 1967; scrambling after Matousek 1998) whose
direction numbers are stored in ``static/sobol_directions.npy``. So two people with the same scenario read the same
digits, nothing flickers when a slider moves, and a difference between two scenarios is not noise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .assumptions import Assumption, complete, get, inputs
from .errors import CourseError
from .models.registry import find

DRAWS = 2**14
CHUNK = 2**12  # rows per model call: small enough to stay in the processor's cache
BLOCKS = 16
BITS = 30
Z95 = 1.6448536269514722  # 95 % quantile of the standard normal distribution
DIRECTIONS = Path(__file__).parent / "static" / "sobol_directions.npy"


@cache
def _directions() -> np.ndarray:
    return np.load(DIRECTIONS)


@cache
def points(dimension: int, n: int = DRAWS) -> np.ndarray:
    """The first ``n`` frozen points in one dimension, strictly between 0 and 1, shape (n,)."""
    table = _directions()
    if not 0 <= dimension < len(table):
        raise CourseError(f"draws are stored for {len(table)} assumptions; there is none with code {dimension + 1}")
    if n & (n - 1) or not 2**10 <= n <= 2**17:
        raise CourseError(f"the number of draws must be a power of two from 1,024 to 131,072, not {n}")
    index = np.arange(n, dtype=np.uint32)
    gray = index ^ (index >> 1)
    state = np.full(n, table[dimension, BITS], dtype=np.uint32)  # the last column is the random shift
    for bit in range(n.bit_length() - 1):
        state ^= np.where(gray >> bit & 1, table[dimension, bit], np.uint32(0)).astype(np.uint32)
    return (state + 0.5) / 2**BITS


@cache
def _spread(assumption: Assumption, n: int) -> np.ndarray | None:
    """Draws of an assumption relative to its value (absolute ones if the value is 0); None if it is not varied."""
    if not assumption.varied:
        return None
    unit = points(assumption.code - 1, n)
    if assumption.distribution == "uniform":
        # P5 and P95 lie 5 % inside the ends of the range.
        draws = assumption.low + (unit - 0.05) / 0.9 * (assumption.high - assumption.low)
    else:
        from scipy.special import ndtri  # scipy costs a quarter of a second: only when draws are needed

        z = ndtri(unit) / Z95
        if assumption.distribution == "lognormal":
            below, above = np.log(assumption.low / assumption.value), np.log(assumption.high / assumption.value)
            draws = assumption.value * np.exp(np.where(z < 0, -z * below, z * above))
        else:
            below, above = assumption.value - assumption.low, assumption.high - assumption.value
            draws = assumption.value + np.where(z < 0, z * below, z * above)
    return draws if assumption.value == 0 else draws / assumption.value


def draw(assumption: Assumption, value: float, n: int = DRAWS) -> np.ndarray | float:
    """Draws around ``value``: the range keeps its proportions when the value moves, within the hard limits.

    The two halves of a normal or lognormal range may differ, so that P5, P50 and P95 are met exactly. A fixed
    assumption, and one that a learner has set to zero, is a single number.
    """
    spread = _spread(assumption, n)
    if spread is None or (value == 0 and assumption.value != 0):
        return value
    draws = spread + value if assumption.value == 0 else spread * value
    return np.clip(draws, assumption.hard_min, assumption.hard_max)


@dataclass(frozen=True)
class Simulation:
    """All draws of one scenario: output name to array of shape (n,)."""

    model: str
    draws: dict[str, np.ndarray]

    def quantile(self, output: str, q):
        """Quantile(s) of one output; ``q`` is a number or a sequence between 0 and 1."""
        return np.quantile(self.draws[output], q)

    def error(self, output: str, q: float) -> float:
        """Standard error of a quantile, from 16 blocks of the draws (each a smaller Sobol' net of its own).

        It errs on the large side, because the whole set fills the space more evenly than its blocks do.
        """
        blocks = self.draws[output].reshape(BLOCKS, -1)
        return float(np.std(np.quantile(blocks, q, axis=1), ddof=1) / np.sqrt(BLOCKS))

    def probability(self, output: str, *, above: float) -> float:
        """Share of the draws in which the output lies above a threshold."""
        return float(np.mean(self.draws[output] > above))


def simulate(function: Callable, changes: dict | None = None, n: int = DRAWS) -> Simulation:
    """Run a model over the ranges of its assumptions, with some of the values changed."""
    values = complete(function, changes)
    drawn = {id: draw(get(id), value, n) for id, value in values.items()}
    results = {output.id: np.empty(n) for output in find(function).outputs}
    for start in range(0, n, CHUNK):
        rows = slice(start, start + CHUNK)
        part = {id: x[rows] if isinstance(x, np.ndarray) else x for id, x in drawn.items()}
        for id, values in function(**part)._asdict().items():
            results[id][rows] = values
    return Simulation(function.__name__, results)


def tornado(function: Callable, changes: dict | None = None, output: str | None = None):
    """One assumption at a time, moved to its P5 and P95: a data frame, widest effect first.

    Columns: assumption id, label, low and high (the P5 and P95 values used), at_low and at_high (the output there),
    base (the output of the scenario) and span. Assumptions that do not move the output are left out.
    """
    import pandas as pd

    wanted = find(function).output(output)
    values = complete(function, changes)
    base = getattr(function(**values), wanted.id)
    rows = []
    for id, assumption in inputs(function).items():
        ends = [_quantile(assumption, values[id], q) for q in ("low", "high")]
        at = [getattr(function(**{**values, id: end}), wanted.id) for end in ends]
        if abs(at[1] - at[0]) > 1e-12 * abs(base):
            rows.append((id, assumption.label, *ends, *at, base, abs(at[1] - at[0])))
    columns = ["assumption", "label", "low", "high", "at_low", "at_high", "base", "span"]
    return pd.DataFrame(rows, columns=columns).sort_values("span", ascending=False, ignore_index=True)


def _quantile(assumption: Assumption, value: float, end: str) -> float:
    edge = getattr(assumption, end)
    moved = edge + value if assumption.value == 0 else edge * value / assumption.value
    return float(np.clip(moved, assumption.hard_min, assumption.hard_max))
