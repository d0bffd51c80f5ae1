"""Which models there are and what they return: title, outputs with units, the output a panel leads with."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import CourseError


@dataclass(frozen=True)
class Output:
    """One result of a model: attribute name, label, pint unit, decimals to show."""

    id: str
    label: str
    unit: str
    digits: int


@dataclass(frozen=True)
class Model:
    """A registered model function and how to speak of its results. The first output is the main one."""

    function: Callable
    title: str
    outputs: tuple[Output, ...]

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
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


def model(title: str, *outputs: Output) -> Callable[[Callable], Callable]:
    """Register a function as a model of the course; the function itself stays as it is."""

    def register(function: Callable) -> Callable:
        MODELS[function.__name__] = Model(function, title, outputs)
        return function

    return register


def find(function: Callable) -> Model:
    """The registration of a model function."""
    found = MODELS.get(getattr(function, "__name__", ""))
    if found is None or found.function is not function:
        raise CourseError(f"{function!r} is not a model of this course; models are {', '.join(MODELS) or 'none yet'}")
    return found
