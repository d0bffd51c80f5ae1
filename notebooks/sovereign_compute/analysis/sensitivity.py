"""Which assumption matters: one at a time (tornado), all at once (Sobol'), until the decision turns (break-even)."""

import math
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np

from ..errors import CourseError
from ..inputs import ranges
from ..inputs.assumptions import Assumption, get
from ..models.registry import find
from . import distributions
from .draws import check_number, correlations, dimensions, group_of, mix, points
from .settings import complete, inputs
from .simulation import CHUNK

SOBOL_DRAWS = 2**12
RESAMPLES = 100
NORMAL_975 = 1.959963984540054  # 97.5 % quantile of the standard normal distribution
SCAN = 257  # values looked at between one hard limit and the other
ZOOM = 65  # values looked at within one step of the scan, four times over


def tornado(function: Callable, changes: dict | None = None, output: str | None = None):
    """One assumption at a time, moved to its P5 and P95: a data frame, widest effect first.

    ``function`` is a model or any function of your own, as for ``explore``.

    Columns: assumption id, label, low and high (the P5 and P95 values used), at_low and at_high (the output there),
    base (the output of the scenario) and span. Assumptions that do not move the output are left out.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> tornado(gpu_hour_cost).span.is_monotonic_decreasing
    True

    >>> def my_cost(utilisation, price=4.0):
    ...     return price * 80 / utilisation
    >>> tornado(my_cost).assumption.tolist()
    ['my_cost.price', 'utilisation']
    """
    import pandas as pd

    model = find(function)
    wanted = model.output(output)
    values = complete(function, changes)
    base = getattr(model.run(**values), wanted.id)
    rows = []
    for id, assumption in inputs(function).items():
        low, high = ranges.ends(assumption, values[id])
        if low == high:
            continue
        at = [getattr(model.run(**{**values, id: end}), wanted.id) for end in (low, high)]
        if abs(at[1] - at[0]) > 1e-12 * abs(base):
            rows.append((id, assumption.label, low, high, *at, base, abs(at[1] - at[0])))
    columns = ["assumption", "label", "low", "high", "at_low", "at_high", "base", "span"]
    return pd.DataFrame(rows, columns=columns).sort_values("span", ascending=False, ignore_index=True, kind="stable")


# Sobol' indices -------------------------------------------------------------------------------------------------------


@cache
def _weights(n: int) -> np.ndarray:
    """How often each draw is in each resample, over ``n``; shape (n, RESAMPLES). Frozen, like the draws."""
    counts = np.random.default_rng(1967).multinomial(n, np.full(n, 1 / n), RESAMPLES)
    return np.ascontiguousarray(counts.T / n)


def _resampled(columns: np.ndarray) -> np.ndarray:
    """The mean of each row of ``columns``, shape (rows, n), in each resample; shape (RESAMPLES, rows).

    The product is made of many small ones. For a large one numpy starts threads, and where a container may use less
    than whole processors these wait for each other: 0.5 ms then become 100.
    """
    rows, n = columns.shape
    piece = 2 ** int(math.log2(min(n, max(1, 250_000 // (rows * RESAMPLES)))))
    parts = columns.reshape(rows, n // piece, piece).transpose(1, 0, 2)
    return (parts @ _weights(n).reshape(n // piece, piece, RESAMPLES)).sum(axis=0).T


@lru_cache(maxsize=1_000)
def _relative(assumption: Assumption, dimension: int, factor: int | None, n: int) -> np.ndarray:
    unit = points(dimension, n)
    if factor is not None:
        unit = mix(assumption, unit, points(factor, n))
    return ranges.spread(assumption, distributions.quantile(assumption, unit))


def _blocks(values: dict[str, float]) -> list[list[Assumption]]:
    """What is varied together: each assumption alone, but those of a correlation group as one."""
    blocks: dict[str, list[Assumption]] = {}
    for id, value in values.items():
        assumption = get(id)
        if ranges.is_varied(assumption, value):
            group = group_of(assumption)
            alone = group is None or correlations()[group][1] == 0
            blocks.setdefault(id if alone else f"group {group}", []).append(assumption)
    return list(blocks.values())


def sample(function: Callable, changes: dict | None = None, n: int = SOBOL_DRAWS):
    """Two independent sets of frozen draws for the pick-and-freeze method, and the blocks that are exchanged.

    Returns (blocks, first, second): lists of assumptions, and two dictionaries of arrays of shape (n,) by id.
    """
    check_number(n)
    values = complete(function, changes)
    blocks = _blocks(values)
    # Each block of several has one dimension more, for the factor that ties it together.
    width = sum(len(block) + (len(block) > 1) for block in blocks)
    if 2 * width > dimensions():
        raise CourseError(f"{find(function).name} varies {width} quantities; draws are stored for {dimensions() // 2}")
    sets = ({}, {})
    for side, drawn in enumerate(sets):
        dimension = side * width
        for block in blocks:
            factor = None
            if len(block) > 1:
                factor, dimension = dimension, dimension + 1
            for assumption in block:
                relative = _relative(assumption, dimension, factor, n)
                around = ranges.around(assumption, values[assumption.id], relative)
                drawn[assumption.id] = ranges.within(assumption, around)
                dimension += 1
    return blocks, *sets


def picked(function: Callable, values: dict, blocks, first: dict, second: dict, output: str) -> np.ndarray:
    """The output on the first draws, on the second, and on the first with each block from the second in turn.

    Shape (2 + number of blocks, n).
    """
    run, n = find(function).run, len(next(iter(first.values())))
    found = np.empty((2 + len(blocks), n))
    for start in range(0, n, CHUNK):
        rows = slice(start, start + CHUNK)
        one = {**values, **{id: x[rows] for id, x in first.items()}}
        two = {**values, **{id: x[rows] for id, x in second.items()}}
        found[0, rows] = getattr(run(**one), output)
        found[1, rows] = getattr(run(**two), output)
        for place, block in enumerate(blocks, start=2):
            mixed = {**one, **{a.id: two[a.id] for a in block}}
            found[place, rows] = getattr(run(**mixed), output)
    return found


def indices(found: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """First-order and total indices with the half-widths of their 95 % intervals, each of shape (blocks,).

    ``found`` is what ``picked`` returns. First order after Saltelli and others (2010), total after Jansen (1999). The
    interval is 1.96 standard deviations over 100 bootstrap resamples; a resample is a set of weights on the draws, so
    that all of them together are products of matrices.
    """
    centred = found - found[:2].mean()
    first, second, mixed = centred[0], centred[1], centred[2:]
    products = np.concatenate([second * (mixed - first), 0.5 * (mixed - first) ** 2, centred[:2], centred[:2] ** 2])
    count = len(mixed)
    columns = np.vstack([products.mean(axis=1), _resampled(products)])
    variance = columns[:, -2:].mean(axis=1) - columns[:, -4:-2].mean(axis=1) ** 2
    shares = columns[:, : 2 * count] / variance[:, None]
    half = NORMAL_975 * shares[1:].std(axis=0, ddof=1)
    return shares[0, :count], shares[0, count:], half[:count], half[count:]


def sobol(function: Callable, changes: dict | None = None, output: str | None = None, n: int = SOBOL_DRAWS):
    """Share of the output's variance that each assumption explains: a data frame, largest total share first.

    ``first`` is what the assumption explains alone, ``total`` what it explains alone and together with others; each
    has the ends of its 95 % interval beside it (``first_low`` …). An index is never negative: one that cannot be told
    from zero says so in ``says``. Assumptions of one correlation group are one row, because their effects cannot be
    separated; ``says`` names that too. Assumptions that do not move the output are left out. ``assumption`` holds
    the ids of the row, joined by ``+``.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> frame = sobol(gpu_hour_cost)
    >>> bool((frame["first"] >= 0).all() and frame.total.is_monotonic_decreasing)
    True
    """
    import pandas as pd

    wanted = find(function).output(output)
    blocks, first, second = sample(function, changes, n)
    rows = []
    if blocks:
        found = picked(function, complete(function, changes), blocks, first, second, wanted.id)
        if not np.isfinite(found).all():
            raise CourseError(f"{wanted.label} is infinite for some of the draws: its variance cannot be shared out")
        moving = [place for place in range(len(blocks)) if (found[2 + place] != found[0]).any()]
        found = found[[0, 1, *(2 + place for place in moving)]]
        if moving:
            for place, *of in zip(moving, *indices(found), strict=True):
                rows.append(_row(blocks[place], *map(float, of)))
    columns = ["assumption", "label", "first", "first_low", "first_high", "total", "total_low", "total_high", "says"]
    return pd.DataFrame(rows, columns=columns).sort_values("total", ascending=False, ignore_index=True, kind="stable")


def _row(block: list[Assumption], first: float, total: float, first_half: float, total_half: float) -> tuple:
    says = []
    if len(block) > 1:
        says.append(f"correlated ({group_of(block[0])}): one block")
    if total - total_half <= 0:
        says.append("not distinguishable from zero")
    elif first - first_half <= 0:
        says.append("first order not distinguishable from zero")
    numbers = [max(0.0, x) for x in (first, first - first_half, first + first_half)]
    numbers += [max(0.0, x) for x in (total, total - total_half, total + total_half)]
    return "+".join(a.id for a in block), ", ".join(a.label for a in block), *numbers, "; ".join(says)


# Break-even -----------------------------------------------------------------------------------------------------------


def breakeven(
    function: Callable,
    changes: dict | None = None,
    output: str | None = None,
    *,
    threshold: float | None = None,
    against: str | None = None,
):
    """The smallest move of each assumption that takes an output across a threshold, or across another output.

    A data frame, smallest move first: assumption, label, value (now), at (where the two are equal), set_to (the first
    value beyond that a scenario can hold, where the decision has turned), moves (the distance to ``at`` as a multiple
    of the distance to P5 or P95 on that side: up to 1 is within the 90 % range; NaN for one that is not varied) and
    says. An assumption that cannot turn the decision says "never within its bounds" and has NaN.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> breakeven(gpu_hour_cost, against="cloud").assumption[0]
    'cloud_price'
    """
    import pandas as pd

    model = find(function)
    if (threshold is None) == (against is None):
        raise CourseError("breakeven needs a threshold or another output: threshold=… or against=…")
    if threshold is not None and not math.isfinite(threshold):
        raise CourseError(f"the threshold must be a number, not {threshold}")
    one, other = model.output(output), None if against is None else model.output(against)
    if other and one.unit != other.unit:
        raise CourseError(f"{one.label} and {other.label} have different units, so neither can overtake the other")
    values = complete(function, changes)

    def margin(id: str, at):
        found = model.tried(**{**values, id: at})
        return np.subtract(getattr(found, one.id), threshold if other is None else getattr(found, other.id))

    now = float(margin(next(iter(values)), next(iter(values.values()))))
    rows = [_crossing(get(id), value, lambda at, id=id: margin(id, at), now) for id, value in values.items()]
    frame = pd.DataFrame(rows, columns=["assumption", "label", "value", "at", "set_to", "moves", "says"])
    order = frame.moves.fillna(math.inf).where(frame["at"].notna(), math.nan)
    return frame.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _crossing(a: Assumption, value: float, margin: Callable, now: float) -> tuple:
    """One row of the break-even table."""
    here = a.position(value)
    if a.choices:
        turned = [p for p in range(a.positions) if p != here and _opposite(float(margin(a.at(p))), now)]
        if not turned:
            return a.id, a.label, value, math.nan, math.nan, math.nan, "never within its bounds"
        word = min(turned, key=lambda p: abs(p - here))
        return a.id, a.label, value, float(word), float(word), math.nan, f"with {a.words[word]}"
    last = a.positions - 1
    best = None
    for edge in {0, last} - {here}:
        steps = sorted(set(np.linspace(here, edge, SCAN).round().astype(int).tolist()), reverse=edge < here)
        across = _bracket(np.array([a.at(p) for p in steps]), margin, now)
        if across is None:
            continue
        found = _zoom(*across, margin, now)
        distance = abs(math.log(found / value)) if a.scale == "log" else abs(found - value)
        if best is None or distance < best[0]:
            best = distance, found, 1 if edge > here else -1
    if best is None:
        return a.id, a.label, value, math.nan, math.nan, math.nan, "never within its bounds"
    _, found, direction = best
    return a.id, a.label, value, found, _beyond(a, found, direction, margin, now), _moves(a, value, found), ""


def _opposite(margin, now: float):
    """Whether the decision has turned: the sign differs. From exactly equal, any difference counts."""
    return np.sign(margin) * np.sign(now) < 0 if now else np.sign(margin) != 0


def _bracket(walk: np.ndarray, margin: Callable, now: float) -> tuple[float, float] | None:
    """The first two neighbours on a walk from the value outwards between which the decision turns."""
    turned = _opposite(np.broadcast_to(margin(walk), walk.shape), now)
    if not turned.any():
        return None
    place = int(turned.argmax())
    return float(walk[max(place - 1, 0)]), float(walk[place])


def _zoom(near: float, far: float, margin: Callable, now: float) -> float:
    """Where between two values the decision turns, to 1 part in 10 million of their distance."""
    for _ in range(4):
        walk = np.linspace(near, far, ZOOM)
        found = _bracket(walk, margin, now)
        if found is None:
            break
        near, far = found
    return far


def _beyond(a: Assumption, found: float, direction: int, margin: Callable, now: float) -> float:
    """The first grid value from a crossing outwards at which the decision has turned."""
    start = a.position(found)
    for position in (start - direction, start, start + direction):
        if 0 <= position < a.positions and (a.at(position) - found) * direction >= 0:
            at = a.at(position)
            if _opposite(float(margin(at)), now):
                return at
    return math.nan


def _moves(a: Assumption, value: float, found: float) -> float:
    low, high = ranges.ends(a, value)
    reach = high - value if found > value else value - low
    return abs(found - value) / reach if reach > 0 else math.nan
