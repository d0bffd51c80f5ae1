"""What a learner's function says of itself: its name, title, arguments and units, and in which line it failed.

A unit stands in brackets behind a name: in the key of a dict, ``{"Bill (MEUR)": …}``; in a line of the docstring that
begins with the name of a result, ``bill (MEUR)``; for a single number in the first line of the docstring.
"""

import difflib
import inspect
import re
import traceback
from types import FunctionType
from typing import NamedTuple

from ..errors import CourseError
from ..inputs import arguments, assumptions
from ..inputs.scenarios import printable
from ..inputs.units import own_unit

MOST_ARGUMENTS = 40
LONGEST = 120  # letters of a message of Python's


class Signature(NamedTuple):
    """The arguments of a function: assumption id to argument, those made from defaults, their types, notes."""

    parameters: dict[str, str]
    made: tuple[assumptions.Assumption, ...]
    kinds: dict[str, type]
    notes: tuple[str, ...]


def bounded(text: str) -> str:
    """A text of a learner's as a name: one line of at most 60 letters."""
    return printable(text) or "(no name)"


def name_of(function: FunctionType) -> str:
    """The name of a function in sentences and in ids of its arguments."""
    return "your_function" if function.__name__ == "<lambda>" else bounded(function.__name__)


def words(name: str) -> str:
    """A name as a label: ``market_share`` is Market share."""
    text = bounded(name.replace("_", " "))
    return text[0].upper() + text[1:]


def title(function: FunctionType) -> str:
    """That of a copied ``@model``, or the first line of the docstring without a unit, or the name in words."""
    if given := getattr(function, "title", ""):
        return printable(given)
    return printable(_parted(_first_line(function))[0]) or words(name_of(function))


def read(function: FunctionType) -> Signature:
    """Where a function's arguments come from; CourseError says which of them come from nowhere."""
    name = name_of(function)
    for is_one, kind in (
        (inspect.iscoroutinefunction, "is async: write def without async"),
        (inspect.isasyncgenfunction, "is async: write def without async"),
        (inspect.isgeneratorfunction, "is a generator: write return instead of yield"),
    ):
        if is_one(function):
            raise CourseError(f"{name} {kind}, and return numbers")
    parameters, made, kinds, notes = {}, [], {}, []
    known = inspect.signature(function).parameters.values()
    if not known or len(known) > MOST_ARGUMENTS:
        raise CourseError(f"{name} has {len(known)} arguments; a model has 1 to {MOST_ARGUMENTS}, one for each control")
    for parameter in known:
        argument, default = parameter.name, parameter.default
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            stars = "*" if parameter.kind is parameter.VAR_POSITIONAL else "**"
            raise CourseError(f"{name} takes {stars}{argument}: name each argument, so that each can have its control")
        if parameter.kind is parameter.POSITIONAL_ONLY:
            raise CourseError(f"{name} takes {argument} without its name: leave out the / among its arguments")
        if assumptions.is_known(argument):
            parameters[argument] = argument
            value = assumptions.get(argument).value
            if isinstance(default, (int, float)) and default != value:
                told = assumptions.get(argument).told(value)
                unused = f"Your default {default} is not used"
                notes.append(f"The argument {argument} is an assumption and starts from its value, {told}. {unused}.")
        elif default is parameter.empty:
            raise CourseError(_from_nowhere(name, argument))
        elif isinstance(default, (int, float)):
            found = arguments.argument(name, argument, default, len(made))
            parameters[found.id] = argument
            made.append(found)
            if isinstance(default, int):
                kinds[found.id] = type(default)
        else:
            notes.append(f"The argument {argument} stays {bounded(repr(default))}: only a number has a control.")
    if not parameters:
        raise CourseError(f"{name} has no argument with a number as its default, so there is nothing to move")
    return Signature(parameters, tuple(made), kinds, tuple(notes))


def _from_nowhere(function: str, argument: str) -> str:
    near = difflib.get_close_matches(argument, assumptions.ids(), n=3)
    like = f" Near to it are {', '.join(near)}." if near else ""
    return (
        f"{function} needs {argument}, which is no assumption.{like} Give it a default, as in {argument}=5.0, or "
        f'add it with sc.assume("{argument}", …)'
    )


def outputs(function: FunctionType, results: list[str], single: bool) -> list[tuple[str, str]]:
    """Label and unit of each result; see the module for where a unit stands."""
    text = inspect.getdoc(function) or ""
    found = []
    for id in results:
        if single:
            label, unit = words(name_of(function)), _parted(_first_line(function))[1]
        else:
            label, unit = _parted(id)
            said = re.search(rf"^\s*{re.escape(id)}\s*\(([^()]+)\)", text, re.MULTILINE)
            label, unit = words(label), unit or (said[1] if said else "")
        found.append((label, own_unit(unit)))
    return found


def _first_line(function: FunctionType) -> str:
    return (inspect.getdoc(function) or "").strip().partition("\n")[0].rstrip(". ")


def _parted(text: str) -> tuple[str, str]:
    """A name and the unit in brackets behind it."""
    found = re.fullmatch(r"(.*\S)\s*\(([^()]+)\)", text)
    return (found[1], found[2]) if found else (text, "")


def told(function: FunctionType, error: BaseException) -> str:
    """An error as a sentence: its type, its message, and the line of the function where it happened."""
    message = " ".join(str(error)[:LONGEST].split())
    line = line_of(function, error)
    return type(error).__name__ + (f" in {line}" if line else "") + (f": {message}" if message else "")


def line_of(function: FunctionType, error: BaseException) -> str:
    """The last line of the function's cell or file that an error went through; empty if it went through none."""
    frames = traceback.extract_tb(error.__traceback__)
    at = [frame for frame in frames if frame.filename == function.__code__.co_filename]
    if not at:
        return ""
    return f"line {at[-1].lineno}" + (f" ({bounded(at[-1].line)})" if at[-1].line else "")
