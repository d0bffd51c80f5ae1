"""Which few assumptions a learner should move first: those that move the main result most, one at a time."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from ..errors import CourseError
from ..inputs import ranges
from ..inputs.assumptions import get, placed
from ..models.registry import find
from .settings import complete, inputs

MOST, LEAST = 5, 3
"""How many assumptions lead."""
ALL = 6
"""A model with no more than these has no others that would have to stand behind."""
WORTH = 0.1
"""What has less than this share of the first one's effect leads only for want of others."""


def leading(function: Callable) -> tuple[str, ...]:
    """The ids of three to five assumptions, that with the widest effect on the main result first; of few, all of them.

    An assumption goes to its P5 and its P95 while all others stay. One that is not varied goes to its limits, and comes
    behind all that are. Where nothing can be computed, the order of the signature decides.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> leading(gpu_hour_cost)[0]
    'utilisation'
    """
    if find(function).own:  # what it calls may have changed
        return _leading.__wrapped__(function, ())
    return _leading(function, tuple(placed().items()))


@lru_cache(maxsize=100)
def _leading(function: Callable, _placed: tuple) -> tuple[str, ...]:
    known = inputs(function)
    if len(known) <= ALL:
        return tuple(known)
    values = complete(function)
    varied = {id: ends for id, a in known.items() if (ends := ranges.ends(a, values[id]))[0] != ends[1]}
    spans = _spans(function, values, varied)
    order = sorted((id for id in spans if spans[id] > 0), key=lambda id: -spans[id])
    most = sum(spans[id] >= WORTH * spans[order[0]] for id in order[:MOST])
    if most < LEAST:
        spans = _spans(function, values, {id: (a.hard_min, a.hard_max) for id, a in known.items() if id not in varied})
        order += sorted((id for id in spans if spans[id] > 0), key=lambda id: -spans[id])
        order += [id for id in known if id not in order]
        most = most or MOST  # where none is varied, the limits say little about which few would do
    return tuple(order[: max(LEAST, most)])


def _spans(function: Callable, values: dict[str, float], ends: dict[str, tuple[float, float]]) -> dict[str, float]:
    """How far each assumption moves the main result between two values: one call of the model for all of them.

    A choice between words is a single number for every model, so it has calls for itself.
    """
    words = {id for id in ends if get(id).words}
    rows = {id: pair for id, pair in ends.items() if id not in words}
    columns = {id: np.full(2 * len(rows), value) if id in rows else value for id, value in values.items()}
    for place, (id, pair) in enumerate(rows.items()):
        columns[id][2 * place : 2 * place + 2] = pair
    model = find(function)
    main = model.output().id
    try:
        with np.errstate(all="ignore"):
            found = np.broadcast_to(getattr(model.tried(**columns), main), 2 * len(rows))
            found = {id: found[2 * place : 2 * place + 2] for place, id in enumerate(rows)}
            for id in words:
                found[id] = [float(getattr(model.tried(**{**values, id: end}), main)) for end in ends[id]]
    except CourseError:  # a learner's function that gives no numbers there
        return {}
    spans = {id: abs(high - low) for id, (low, high) in found.items()}
    rounding = 1e-12 * max((abs(x) for pair in found.values() for x in pair if np.isfinite(x)), default=0.0)
    return {id: float(span) if span > rounding else 0.0 for id, span in spans.items()}
