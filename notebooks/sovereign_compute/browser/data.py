"""What the page needs to know of a model: its operations, its assumptions and their direction numbers."""

from collections.abc import Callable

from scipy.special import betaln

from ..analysis import distributions, draws
from ..analysis.settings import inputs
from ..inputs.assumptions import Assumption
from .program import program
from .trace import Traced, trace


def model_data(function: Callable, traced: Traced | None = None) -> dict:
    """A model as `engine.js` takes it; Untraceable says why there is none."""
    known = inputs(function)
    varied = {id for id, a in known.items() if a.varied}
    return {
        "assumptions": [_assumption(a) for a in known.values()],
        "program": program(traced or trace(function), varied),
    }


def _assumption(a: Assumption) -> dict:
    told = {
        "id": a.id,
        "distribution": a.distribution,
        "varied": a.varied,
        "value": a.value,
        "low": a.low,
        "high": a.high,
        "min": a.hard_min,
        "max": a.hard_max,
    }
    if not a.varied:
        return told
    told["directions"] = draws.directions(a.code - 1)
    if a.distribution == "beta":
        first, second = distributions.beta_shape(a)
        told["shape"] = {"a": first, "b": second, "log": float(betaln(first, second))}
    if (name := draws.group_of(a)) is not None:
        place, strength = draws.correlations()[name]
        told["group"] = {
            "name": name,
            "strength": strength,
            "negative": a.correlation_group.startswith("-"),
            "directions": draws.directions(draws.dimensions() - 1 - place),
        }
    return told
