"""Scenarios side by side, and what of the difference between two is due to which assumption."""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ..errors import CourseError
from ..inputs.assumptions import get
from ..inputs.scenarios import decode, printable
from ..models.registry import find
from .settings import complete, inputs
from .simulation import CHUNK

EXACT = 10  # changed assumptions that are told apart; more are taken together by group
MOST_PLAYERS = 16
FIXED = ("kind", "id", "label", "unit", "course")


def changes_of(function: Callable, scenario: Mapping | str) -> dict[str, float]:
    """What a scenario (or its code) changes in a model; changes that concern other models are left aside."""
    changes = decode(scenario) if isinstance(scenario, str) else scenario
    known, id_of = inputs(function), find(function).id_of
    found = {get(id).id: value for id, value in ((id_of(id), value) for id, value in changes.items())}
    return {id: get(id).accept(value) for id, value in found.items() if id in known}


def compare(function: Callable, *scenarios: Mapping | str, names: list[str] | None = None):
    """Two to four scenarios of a model side by side: a data frame, changed assumptions first, then the outputs.

    Columns: kind ("assumption" or "result"), id, label, unit, course (the course's values) and one for each scenario,
    named by ``names``. Only assumptions that some scenario changes are listed.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> frame = compare(gpu_hour_cost, {}, {"utilisation": 60}, names=["full", "less"])
    >>> frame.id[0], float(frame.full[0]), float(frame.less[0])
    ('utilisation', 80.0, 60.0)
    """
    if not 2 <= len(scenarios) <= 4:
        raise CourseError(f"two to four scenarios can be compared, not {len(scenarios)}")
    names = [printable(name) for name in names or (f"scenario {place}" for place in range(1, len(scenarios) + 1))]
    if len(names) != len(scenarios) or len({*names, *FIXED}) < len(names) + len(FIXED):
        raise CourseError(f"each scenario needs a name of its own, other than {', '.join(FIXED)}")
    return beside(function, scenarios, names)


def beside(function: Callable, scenarios: Sequence[Mapping | str], names: list[str]):
    """Any number of scenarios side by side, one column each after ``course``; see ``compare``."""
    import pandas as pd

    changes = [changes_of(function, scenario) for scenario in scenarios]
    settings = [complete(function, changed) for changed in ({}, *changes)]
    results = [find(function).run(**values) for values in settings]
    rows = [
        ("assumption", id, a.label, a.unit, *(values[id] for values in settings))
        for id, a in inputs(function).items()
        if any(id in changed for changed in changes)
    ]
    rows += [
        ("result", o.id, o.label, o.unit, *(float(getattr(result, o.id)) for result in results))
        for o in find(function).outputs
    ]
    return pd.DataFrame(rows, columns=[*FIXED, *names])


def shapley(function: Callable, before: Mapping | str, after: Mapping | str, output: str | None = None):
    """What each assumption contributes to the difference that two scenarios make: a data frame, largest first.

    Columns: assumption (several ids are joined by ``+``), label, before, after, contribution (in the unit of the
    output) and share of the whole difference (NaN if there is none). The contribution is the Shapley value: the mean
    effect of moving the assumption, over all orders in which the changed ones could be moved one after the other.
    Contributions add up to the difference. Up to ten changed assumptions are told apart exactly; more are taken
    together by group, and before and after are then NaN for a group of several.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> shapley(gpu_hour_cost, {}, {"utilisation": 60, "cloud_price": 4}).assumption.tolist()
    ['utilisation', 'cloud_price']
    """
    import pandas as pd

    wanted = find(function).output(output)
    start, end = (complete(function, changes_of(function, scenario)) for scenario in (before, after))
    moved = [id for id in start if start[id] != end[id]]
    players: list[tuple[str, list[str]]] = [(get(id).label, [id]) for id in moved]
    if len(moved) > EXACT:
        groups: dict[str, list[str]] = {}
        for id in moved:
            groups.setdefault(get(id).group, []).append(id)
        players = [(get(ids[0]).label if len(ids) == 1 else group, ids) for group, ids in groups.items()]
    if len(players) > MOST_PLAYERS:
        raise CourseError(f"the scenarios differ in {len(players)} groups; up to {MOST_PLAYERS} can be told apart")
    worth = _corners(function, wanted.id, start, end, [ids for _, ids in players])
    if not np.isfinite(worth).all():
        raise CourseError(f"{wanted.label} is infinite on the way between the scenarios: it cannot be shared out")
    rows = []
    for (label, ids), contribution in zip(players, shapley_values(worth), strict=True):
        ends = (start[ids[0]], end[ids[0]]) if len(ids) == 1 else (math.nan, math.nan)
        whole = worth[-1] - worth[0]
        rows.append(("+".join(ids), label, *ends, contribution, contribution / whole if whole else math.nan))
    frame = pd.DataFrame(rows, columns=["assumption", "label", "before", "after", "contribution", "share"])
    order = frame.contribution.abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def shapley_values(worth: np.ndarray) -> list[float]:
    """Shapley values from the worth of every coalition, shape (2**k,): bit i of the index is player i.

    >>> shapley_values(np.array([0.0, 1.0, 2.0, 5.0]))
    [2.0, 3.0]
    """
    count = len(worth).bit_length() - 1
    cube = worth.reshape((2,) * count)
    if count == 0:
        return []
    size = sum(np.indices((2,) * (count - 1))) if count > 1 else np.zeros(())
    orders = np.array([math.factorial(s) * math.factorial(count - 1 - s) for s in range(count)]) / math.factorial(count)
    weight = orders[np.asarray(size, dtype=int)]
    # The first axis of the cube is the highest bit.
    return [float((weight * (cube.take(1, axis) - cube.take(0, axis))).sum()) for axis in reversed(range(count))]


def _corners(function: Callable, output: str, start: dict, end: dict, players: list[list[str]]) -> np.ndarray:
    """The output for every set of players that have moved from start to end; shape (2**players,)."""
    index = np.arange(2 ** len(players))
    bits = {id: index >> place & 1 for place, ids in enumerate(players) for id in ids}
    # A choice is one number in a call of the model, so each combination of choices is a call of its own.
    choices = [id for id in bits if get(id).choices]
    run, found = find(function).run, np.empty(len(index))
    for combination in itertools.product((0, 1), repeat=len(choices)):
        rows = index
        for id, bit in zip(choices, combination, strict=True):
            rows = rows[bits[id][rows] == bit]
        chosen = {id: (end if bit else start)[id] for id, bit in zip(choices, combination, strict=True)}
        for first in range(0, len(rows), CHUNK):
            part = rows[first : first + CHUNK]
            columns = {id: np.where(bits[id][part], end[id], start[id]) for id in bits if id not in chosen}
            found[part] = getattr(run(**{**start, **columns, **chosen}), output)
    return found
