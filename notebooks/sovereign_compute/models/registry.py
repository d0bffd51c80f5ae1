"""Which models there are and what they return: title, outputs with units, the output a panel leads with."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType
from typing import Literal

from ..errors import CourseError
from ..inputs.units import unit_words


@dataclass(frozen=True)
class Output:
    """One result of a model: attribute name, label, pint unit, decimals to show (below zero: significant figures).

    ``most`` is where a model stops looking: a result that reaches it is so much, or more.
    """

    id: str
    label: str
    unit: str
    digits: int
    most: float | None = None

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
    model to both. ``untraced`` says why the model cannot be traced for a page without a kernel; empty where it can.
    """

    function: Callable
    title: str
    outputs: tuple[Output, ...]
    monotone: Mapping[str, Literal["+", "-"]] = field(default_factory=dict)
    infinite: tuple[str, ...] = ()
    untraced: str = ""

    own = False
    """Whether a learner wrote it, see ``own.OwnModel``."""
    draws = None
    """How many draws it is simulated with, where nobody says; None: as many as the simulation's own."""
    made = ()
    """The assumptions that are no more than defaults of its function."""
    notes = ()
    """What its panel says of it."""

    @property
    def name(self) -> str:
        return self.function.__name__

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Assumption ids, in the order of the signature."""
        return tuple(inspect.signature(self.function).parameters)

    def id_of(self, argument: str) -> str:
        """The id of the assumption that an argument of the function gets."""
        return argument

    def call(self, **values):
        """What the function returns for values by assumption id."""
        return self.function(**values)

    def is_old(self) -> bool:
        """Whether a learner has defined its function anew, or what gives its arguments."""
        return False

    def blame(self, error: BaseException) -> str:
        """What went wrong in a learner's function, in a sentence; empty where that is not what was raised."""
        return ""

    @property
    def run(self) -> Callable:
        """The same with the outputs as attributes; values are numbers, or arrays of shape (n,)."""
        return self.function

    @property
    def tried(self) -> Callable:
        """The same for a search that goes to the hard limits: NaN where a learner's function gives no number."""
        return self.function

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
    untraced: str = "",
) -> Callable[[Callable], Callable]:
    """Register a function as a model of the course; the function itself stays as it is.

    A learner who copies one into a notebook copies this line as well. There the function is the learner's, whatever its
    name, see ``own``; title, labels, units and decimals are taken over.
    """

    def register(function: Callable) -> Callable:
        if function.__module__ == "__main__":
            function.title, function.outputs = title, outputs
            return function
        for output in outputs:
            unit_words(output.unit, f"the output {output.id} of {function.__name__}")
        MODELS[function.__name__] = Model(function, title, outputs, monotone or {}, infinite, untraced)
        return function

    return register


def find(function: Callable) -> Model:
    """The registration of a model function, or the model that a function of a learner's is."""
    found = MODELS.get(getattr(function, "__name__", ""))
    if found is None or found.function is not function:
        if isinstance(function, FunctionType):
            return import_module(f"{__package__}.own").model_of(function)
        if callable(function):
            what = "a class" if isinstance(function, type) else "not written with def"
            called = str(getattr(function, "__name__", type(function).__name__))[:60]
            raise CourseError(f"{called} is {what}; a model is a function written with def that returns its numbers")
        how = f"lesson.{function}" if isinstance(function, str) and function.isidentifier() else "lesson.gpu_hour_cost"
        raise CourseError(
            f"{repr(function)[:60]} is not a model of this course; write one without quotation marks, as {how}"
        )
    return found
