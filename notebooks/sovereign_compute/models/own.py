"""A model from a plain function that a learner wrote: what goes in, what comes out, and whether it takes arrays.

Arguments that are ids of assumptions get these; all others need a default that is a number, see ``inputs.arguments``.
The function is called once at these values to see what it returns: a number, a dict, a NamedTuple or a dataclass.

A function that works with arrays as with numbers is simulated as the models of the course are. Any other is called once
for each of fewer draws, if that is fast enough. What it prints is not shown.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import FunctionType, SimpleNamespace
from weakref import WeakKeyDictionary

import numpy as np

from ..errors import CourseError, without_the_course
from ..inputs import arguments, assumptions
from . import results, signatures
from .registry import Model
from .signatures import line_of, name_of, told
from .silence import silent

PROBES = 4  # rows on which arrays are compared with single numbers
FEWER_DRAWS = 2**10
SLOW = 0.05  # seconds for a call, from which on a function is not tried out further
LONGEST = 2.0  # seconds for the rows of one simulation
BY_ARRAYS = "with NumPy (np.where for if, np.maximum for max, np.exp for math.exp)"


class NoDraws(CourseError):
    """A function gives a result, but none for all draws of a simulation."""


@dataclass(frozen=True, eq=False)
class OwnModel(Model):
    """The model that a learner's function is.

    ``parameters`` maps the ids of its assumptions to its arguments, ``made`` are those that come from a default.
    ``kinds``: those that are whole, or yes or no. ``each``: it is called once for each draw; ``seconds``: what one call
    took; ``notes``: what a learner should know.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    made: tuple[assumptions.Assumption, ...] = ()
    kinds: Mapping[str, type] = field(default_factory=dict)
    each: bool = False
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    own = True

    @cached_property
    def name(self) -> str:
        return name_of(self.function)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        return tuple(self.parameters)

    @property
    def draws(self) -> int | None:
        return FEWER_DRAWS if self.each else None

    def id_of(self, argument: str) -> str:
        own = f"{self.name}.{argument}"
        return own if own in self.parameters else argument

    def is_old(self) -> bool:
        return newest(self.function) is not self.function or not _holds(self)

    def blame(self, error: BaseException) -> str:
        if isinstance(error, CourseError):
            return f"{error}."
        function = newest(self.function)
        if not (isinstance(error, Exception) and line_of(function, error)):
            return ""
        return f"{self.name} stopped with {told(function, error)}. The panel shows what it showed before."

    def call(self, **values):
        try:
            return self.function(**{self.parameters[id]: self._passed(id, value) for id, value in values.items()})
        except SystemExit:
            raise CourseError(f"{self.name} ends the program with exit(); {results.RETURNS} instead") from None
        except Exception as error:
            without_the_course(error)
            raise

    def run(self, **values):
        with silent():
            return self._rows(values) if any(map(np.ndim, values.values())) else self._one(values)

    def tried(self, **values):
        with silent():
            if any(map(np.ndim, values.values())):
                return self._rows(values, gaps=True)
            try:
                return self._one(values)
            except Exception:
                return SimpleNamespace(**{output.id: math.nan for output in self.outputs})

    def _rows(self, values: dict, gaps: bool = False) -> SimpleNamespace:
        """The results for each row; NoDraws if one has none, unless there may be gaps, which are NaN."""
        size = max(np.size(value) for value in values.values() if np.ndim(value))
        columns = self._one_by_one(values, size, gaps) if self.each else self._at_once(values, size)
        for id, column in () if gaps else columns.items():
            if (missing := np.isnan(column)).any():
                raise NoDraws(
                    f"{self.name} gives no number (NaN) for {id} in {100 * missing.mean():.2g} % of the draws. Keep "
                    "what it computes with within bounds, for example with np.maximum, or narrow the ranges"
                )
        return SimpleNamespace(**columns)

    def _passed(self, id: str, value):
        """A value as the function's own default is, whole, or yes or no; an array is the function's to change."""
        if id in self.kinds:
            return np.rint(value) if np.ndim(value) else self.kinds[id](round(value))
        return np.array(value) if np.ndim(value) else value

    def _one(self, values: dict) -> SimpleNamespace:
        found = {id: results.number(self.name, id, part) for id, part in self._parts(self.call(**values)).items()}
        for id, number in found.items():
            if math.isnan(number):
                raise CourseError(f"{self.name} gives no number (NaN) for {id} with these values")
        return SimpleNamespace(**found)

    def _at_once(self, values: dict, size: int) -> dict[str, np.ndarray]:
        try:
            with np.errstate(all="ignore"):
                found = self._parts(self.call(**values))
                return {id: np.broadcast_to(np.asarray(part, dtype=float), size) for id, part in found.items()}
        except Exception as error:
            raise NoDraws(f"{self.name} cannot be simulated: {told(self.function, error)}") from error

    def _one_by_one(self, values: dict, size: int, gaps: bool) -> dict[str, np.ndarray]:
        if size * self.seconds > LONGEST:
            raise NoDraws(
                f"{self.name} is slow, so it is not simulated: one call takes {self.seconds:.2g} seconds, and "
                f"{size:,} calls are needed"
            )
        columns = {id: np.broadcast_to(value, size).tolist() for id, value in values.items()}
        found = {output.id: np.full(size, math.nan) for output in self.outputs}
        for row, numbers in enumerate(zip(*columns.values(), strict=True)):
            try:
                result = self._parts(self.call(**dict(zip(columns, numbers, strict=True))))
                for id, column in found.items():
                    column[row] = result[id]
            except Exception as error:
                if not gaps:
                    what = told(self.function, error)
                    raise NoDraws(f"{self.name} gives no result for some of the draws: {what}") from error
        return found

    def _parts(self, result) -> dict:
        """What a call returned, by output; CourseError if these are others than at first."""
        found = results.parts(result)
        known = [output.id for output in self.outputs]
        if known and set(known) != set(found):
            raise CourseError(
                f"{self.name} returned {', '.join(known)} at first, and with these values {', '.join(found)}; a model "
                "returns the same results for all values. Run its cell again"
            )
        return found


_MODELS: WeakKeyDictionary[FunctionType, OwnModel] = WeakKeyDictionary()


def model_of(function: FunctionType) -> OwnModel:
    """The model that a function is. It is looked at once, and again when ``sc.assume`` has given an argument.

    Errors of the first call are the function's own; CourseError says what keeps a function from being a model.
    """
    found = _MODELS.get(function)
    if found is None or not _holds(found):
        found = _MODELS[function] = _look_at(function)
        arguments.replace(found.made)
    arguments.use(found.made)
    return found


def look_again(function: Callable) -> None:
    """Forget what a function returned: what it calls may have changed."""
    if isinstance(function, FunctionType):
        _MODELS.pop(function, None)


def newest(function: Callable) -> Callable:
    """What the name of a learner's function stands for now: the function, or the one that was defined in its place."""
    if not isinstance(function, FunctionType) or "<" in function.__qualname__:
        return function
    found = function.__globals__.get(function.__name__)
    same = isinstance(found, FunctionType) and found.__globals__ is function.__globals__
    return found if same and found.__qualname__ == function.__qualname__ else function


def _holds(model: OwnModel) -> bool:
    """Whether arguments still come from where they came from: assumptions may have been added or forgotten."""
    made = {a.id for a in model.made}
    return all(assumptions.is_known(name) == (id not in made) for id, name in model.parameters.items())


def _look_at(function: FunctionType) -> OwnModel:
    signature = signatures.read(function)
    draft = OwnModel(
        function,
        signatures.title(function),
        (),
        parameters=signature.parameters,
        made=signature.made,
        kinds=signature.kinds,
    )
    made = {a.id: a for a in signature.made}
    given = [made.get(id) or assumptions.get(id) for id in draft.inputs]
    values = {a.id: a.value for a in given}
    with silent():
        result, seconds = _timed(draft, values)
    model = replace(draft, outputs=results.outputs(function, result), seconds=seconds, notes=signature.notes)
    if seconds > SLOW:
        return replace(model, each=True)
    if (why := _no_arrays(model, given)) is None:
        return model
    note = (
        f"{model.name} is called for one draw at a time, and for {FEWER_DRAWS:,} draws only, {why}. "
        f"Written {BY_ARRAYS}, it is faster and has more draws."
    )
    return replace(model, each=True, notes=(*model.notes, note))


def _timed(model: OwnModel, values: dict) -> tuple[object, float]:
    """What a call returns, and the seconds that it takes: the least of three, unless these are long."""
    taken = []
    while not taken or (len(taken) < 3 and sum(taken) < 2 * SLOW):
        start = time.perf_counter()
        result = model.call(**values)
        taken.append(time.perf_counter() - start)
    return result, min(taken)


def _no_arrays(model: OwnModel, given: list[assumptions.Assumption]) -> str | None:
    """Why a function does not give for arrays what it gives for their numbers; None where it does."""
    rows = {}
    for place, a in enumerate(given):
        at = (np.arange(PROBES) + place) % PROBES / (PROBES - 1)
        rows[a.id] = a.low + (a.high - a.low) * at if a.varied else a.value
    if not any(map(np.ndim, rows.values())):
        return None
    try:
        found = model.run(**rows)
    except NoDraws as error:
        if error.__cause__ is None:  # no number for some of the values, with arrays or without
            return None
        return f"because {line_of(model.function, error.__cause__) or 'it'} does not take arrays"
    for row in range(PROBES):
        try:
            one = model.run(**{id: float(column[row]) if np.ndim(column) else column for id, column in rows.items()})
        except Exception:
            return "because it fails for some values"
        for output in model.outputs:
            pair = getattr(found, output.id)[row], getattr(one, output.id)
            if not math.isclose(*pair, rel_tol=1e-9, abs_tol=1e-12):
                return f"because arrays give another {output.label} than single numbers"
    return None
