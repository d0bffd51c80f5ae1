"""The values that a model is called with: the course's, a learner's changes, or a scenario in the course's place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from ..errors import CourseError
from ..inputs.assumptions import Assumption, course_row, get, in_place, placed
from ..inputs.presets import presets
from ..inputs.start import of_learner
from ..models.registry import find


def inputs(function: Callable) -> dict[str, Assumption]:
    """The assumptions of a model, in the order of its signature.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> next(iter(inputs(gpu_hour_cost)))
    'capital_cost'
    """
    return {id: get(id) for id in find(function).inputs}


_standing: ContextVar[tuple[dict[str, float], set[str]]] = ContextVar("standing")


@contextmanager
def standing(scenario: dict[str, float]) -> Iterator[set[str]]:
    """Put a scenario in the place of the course's values, for the time of a ``with``; yields which of them are used.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> with standing({"utilisation": 60}):
    ...     complete(gpu_hour_cost)["utilisation"]
    60.0
    """
    used: set[str] = set()
    before = _standing.set((dict(scenario), used))
    try:
        yield used
    finally:
        _standing.reset(before)


def complete(function: Callable, changes: dict | None = None) -> dict[str, float]:
    """Every input of a model: the changed values, checked, and for the rest those of ``standing`` or the registry.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> complete(gpu_hour_cost, {"utilisation": 60})["utilisation"]
    60.0
    """
    known, id_of = inputs(function), find(function).id_of
    changes = {id_of(id): value for id, value in (changes or {}).items()}
    unknown = [id for id in changes if id not in known]
    if unknown:
        raise CourseError(f"{find(function).name} has no assumption {', '.join(unknown)}; it uses {', '.join(known)}")
    base, used = _standing.get(({}, set()))
    used |= {id for id in known if id in base and (id not in changes or id in placed())}
    return {id: a.accept(changes.get(id, base.get(id, course_row(id).value))) for id, a in known.items()}


def with_own(function: Callable) -> Callable:
    """What a learner calls to compute something, so that it starts from the learner's own assumptions.

    Not from the class's: what it gives is a number, which could not say so, and the tasks compare it with the course's.
    """
    if not (own := of_learner()):
        return function

    @wraps(function)
    def computed(*args, **given):
        with in_place(own), standing({id: a.value for id, a in own.items()}):
            return function(*args, **given)

    return computed


def evaluate(function: Callable, **changes):
    """Run a model, or a function of your own, at the registry's values, with some of them changed.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> evaluate(gpu_hour_cost, utilisation=60).total > evaluate(gpu_hour_cost).total
    True
    """
    return find(function).call(**complete(function, changes))


def at_preset(function: Callable, preset: str, **changes):
    """Run a model at one of its presets, with some of its values changed.

    >>> from sovereign_compute.models.ownership import gpu_hour_cost
    >>> at_preset(gpu_hour_cost, "half-empty").total > evaluate(gpu_hour_cost).total
    True
    """
    return evaluate(function, **{**presets(find(function).name)[preset]["values"], **changes})
