"""Which models there are and what they return: title, outputs with units, the output a panel leads with."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from ..errors import CourseError
from ..inputs.units import unit_words


@dataclass(frozen=True)
class Output:
    """One result of a model: attribute name, label, pint unit, decimals to show (below zero: significant figures)."""

    id: str
    label: str
    unit: str
    digits: int

    @property
    def heading(self) -> str:
        """The label with its unit in brackets, if it has one."""
        unit = unit_words(self.unit)
        return f"{self.label} ({unit})" if unit else self.label


@dataclass(frozen=True)
class Model:
    """A registered model function and how to speak of its results. The first output is the main one.

    ``monotone`` says for which inputs the main output can only rise ("+") or only fall ("-"); ``infinite`` names the
    outputs that are honestly infinite somewhere within the hard limits (a queue that never ends). The tests hold a
    model to both.
    """

    function: Callable
    title: str
    outputs: tuple[Output, ...]
    monotone: Mapping[str, Literal["+", "-"]] = field(default_factory=dict)
    infinite: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.function.__name__

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Assumption ids, in the order of the signature."""
        return tuple(inspect.signature(self.function).parameters)

    def output(self, id: str | None = None) -> Output:
        """One output by name; the main one if no name is given."""
        for output in self.outputs:
            if id in (None, output.id):
                return output
        raise CourseError(f"{self.name} has no output {id!r}; choose from {', '.join(o.id for o in self.outputs)}")


MODELS: dict[str, Model] = {}
"""The models that are imported so far, by name; `all_models` has every one."""


def all_models() -> dict[str, Model]:
    """Every model of the course, by name."""
    for module in iter_modules(import_module(__package__).__path__):  # importing a module registers its models
        import_module(f"{__package__}.{module.name}")
    return MODELS


def model(
    title: str,
    *outputs: Output,
    monotone: Mapping[str, Literal["+", "-"]] | None = None,
    infinite: tuple[str, ...] = (),
) -> Callable[[Callable], Callable]:
    """Register a function as a model of the course; the function itself stays as it is."""

    def register(function: Callable) -> Callable:
        for output in outputs:
            unit_words(output.unit, f"the output {output.id} of {function.__name__}")
        MODELS[function.__name__] = Model(function, title, outputs, monotone or {}, infinite)
        return function

    return register


def find(function: Callable) -> Model:
    """The registration of a model function."""
    found = MODELS.get(getattr(function, "__name__", ""))
    if found is None or found.function is not function:
        how = f"lesson.{function}" if isinstance(function, str) and function.isidentifier() else "lesson.gpu_hour_cost"
        raise CourseError(f"{function!r} is not a model of this course; write one without quotation marks, as {how}")
    return found
