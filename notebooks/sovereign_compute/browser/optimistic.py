"""What a page computes with that answers before its kernel: `optimistic.js`, and a model and its views, traced.

A model of the course is traced once for what is assumed of it, a function of a learner's each time: what it calls may
have changed.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from ..analysis.settings import inputs
from ..controls.widgets import script as bundle
from ..inputs.assumptions import in_place
from ..inputs.own_assumptions import Own
from ..models.registry import find
from ..models.silence import silent
from .common import control
from .data import model_data, view_data
from .forks import Untraceable
from .page import REMARK
from .panels import accepted, guess_words
from .views import trace_view


@cache
def script() -> bytes:
    """The module that computes with both."""
    return REMARK.sub("", bundle("optimistic.js", Path(__file__).parent)).encode()


def model(function: Callable, own: Mapping[str, Own]) -> bytes:
    """A model with ``own`` assumptions in the place of the course's; Untraceable says why there is none."""
    found = find(function)
    if found.draws:
        raise Untraceable(f"{found.name} has fewer draws in the kernel")
    return _kept(_model, function, own)


def view(function: Callable, own: Mapping[str, Own], shown: str) -> bytes:
    """One of its views, by id; Untraceable says why there is none."""
    return _kept(_view, function, own, shown)


def _kept(made: Callable, function: Callable, own: Mapping[str, Own], *more) -> bytes:
    given = function, tuple(own.items()), *more
    if not find(function).own:
        return made(*given)
    with silent():  # as in all calls of a learner's function
        return made.__wrapped__(*given)


@lru_cache(maxsize=100)
def _model(function: Callable, own: tuple[tuple[str, Own], ...]) -> bytes:
    with in_place(dict(own)):
        accept = [accepted(a) for a in inputs(function).values()]
    return _written(
        control("panel", model=model_data(function, dict(own)), accept=accept, guesses=guess_words(find(function)))
    )


@lru_cache(maxsize=100)
def _view(function: Callable, own: tuple[tuple[str, Own], ...], shown: str) -> bytes:
    with in_place(dict(own)):
        return _written(view_data(trace_view(function, shown), find(function).name))


def _written(found: dict) -> bytes:
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
