"""What a learner's function returned, a number, a dict, a NamedTuple or a dataclass, as results with units."""

import contextlib
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import FunctionType

import numpy as np

from ..errors import CourseError
from ..inputs.units import own_unit
from . import signatures
from .registry import Output
from .signatures import bounded, name_of

MOST = 20
DIGITS = -4  # four significant figures
RETURNS = "return a number, a dict of numbers, a NamedTuple or a dataclass"
RESULT = "result"
"""The name of a number that is returned alone."""


def outputs(function: FunctionType, result) -> tuple[Output, ...]:
    """What a call returned, as outputs with their units; as a copied ``@model`` has them, where there is one."""
    found, name = parts(result), name_of(function)
    if not found:
        raise CourseError(f"{name} returns no result; {RETURNS}")
    if len(found) > MOST:
        raise CourseError(f"{name} returns {len(found)} results; a panel shows at most {MOST}")
    single = list(found) == [RESULT] and not isinstance(result, Mapping)
    named = signatures.outputs(function, list(found), single)
    said = {o.id: replace(o, unit=own_unit(o.unit)) for o in getattr(function, "outputs", ())}
    made = []
    for (id, part), (label, unit) in zip(found.items(), named, strict=True):
        value = number(name, id, part)
        if not math.isfinite(value):
            raise CourseError(f"{name} gives {value} for {id} at the values it starts from; {RETURNS}")
        made.append(said.get(id) or Output(id, label, unit, DIGITS))
    return tuple(made)


def parts(result) -> dict[str, object]:
    """What a function returned, by name."""
    if isinstance(result, Mapping):
        return {bounded(str(key)): part for key, part in result.items()}
    if hasattr(result, "_fields") and isinstance(result, tuple):
        return result._asdict()
    if is_dataclass(result) and not isinstance(result, type):
        return {part.name: getattr(result, part.name) for part in fields(result)}
    return {RESULT: result}


def number(function: str, id: str, part) -> float:
    """One result as a number; CourseError says what it is instead."""
    of = "" if id == RESULT else f" for {id}"
    if part is None:
        hint = "its last line needs return, or " if not of else ""
        raise CourseError(f"{function} returns nothing (None){of}; {hint}{RETURNS}")
    if np.size(part) == 1 and not isinstance(part, (str, bytes, complex)):
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            return float(part if np.ndim(part) == 0 else np.ravel(part)[0])
    what = f"{np.size(part)} values" if np.ndim(part) else bounded(repr(part))
    raise CourseError(f"{function} returns {what} ({type(part).__name__}){of}, which is no number; {RETURNS}")
