"""A function of a learner beside the one that was asked for: both are called with the same values and compared.

The learner's own code may raise, print, loop or return anything. Each is answered by a sentence; where it raises, with
the line of the learner's code.
"""

import inspect
import sys
import traceback
from collections.abc import Callable

import numpy as np

from ..errors import CourseError
from ..inputs.wording import number
from ..models.silence import silent
from .task_tables import factor, near, single, what

MOST_STEPS = 1_000_000
"""Lines of Python that a call may run: more than any answer needs, and less than two seconds."""


class TooLong(BaseException):
    """A call ran MOST_STEPS lines. It is no Exception, so that no ``except Exception`` of a learner swallows it."""


def judge(task, given, expected: Callable) -> tuple[bool, str]:
    """A function beside the right one: for each of the task's cases, and for all of them as arrays."""
    if not inspect.isroutine(given):
        raise CourseError(
            f"{what(given)} came, and a function is asked for: give its name without brackets, as in "
            f'sc.check("{task.id}", my_function)'
        )
    cases = task.cases()
    _must_take(given, cases[0])
    found = np.array([_number(given, case) for case in cases])
    truth = np.array([float(expected(**case)) for case in cases])
    alike = near(found, truth, task.tolerance)
    if not alike.all():
        for value, says in task.mistakes:
            if near(found, [float(value()(**case)) for case in cases], task.tolerance).all():
                return False, says
        if says := factor(found, truth, task.tolerance):
            return False, says
        at = np.flatnonzero(~alike)[0]
        way = "high" if found[at] > truth[at] else "low"
        gives = f"With {_told(cases[at])} it gives {number(found[at], -3)}: too {way}."
        return False, f"{alike.sum()} of {len(cases)} cases are right. {gives}"
    return _with_arrays(task, given, cases, truth)


def _with_arrays(task, given, cases: list[dict], truth: np.ndarray) -> tuple[bool, str]:
    arrays = {name: np.array([case[name] for case in cases], float) for name in cases[0]}
    way_out = "Use NumPy for what differs from value to value: np.where in place of if, np.maximum in place of max."
    try:
        found = np.asarray(_called(given, arrays), float)
    except (CourseError, TypeError, ValueError) as error:
        told = str(error)
        return False, f"Right for single numbers; for arrays it fails. {way_out} {told[:1].upper()}{told[1:]}"
    if found.shape != truth.shape or not near(found, truth, task.tolerance).all():
        return False, f"Right for single numbers; for arrays it gives other results. {way_out}"
    return True, "Yes, that is right, for numbers and for arrays."


def _must_take(given: Callable, case: dict) -> None:
    try:
        inspect.signature(given).bind(**case)
    except TypeError as error:
        raise CourseError(f"your function must take {', '.join(case)} by these names; {error}") from None
    except ValueError:
        return  # some built-in functions tell no signature; the call will show


def _number(given: Callable, case: dict) -> float:
    found = _called(given, case)
    if found is None:
        raise CourseError("your function returns nothing: does it end with return?")
    try:
        return single(found)
    except CourseError as error:
        raise CourseError(f"with {_told(case)}, your function returns something else: {error}") from None


def _called(given: Callable, case: dict):
    """What the function returns; CourseError tells what it raised and where, or that it does not end."""
    steps, before = 0, sys.gettrace()

    def count(frame, event, argument):
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise TooLong
        return count

    try:
        with silent():
            sys.settrace(count)
            try:
                return given(**case)
            finally:
                sys.settrace(before)
    except TooLong:
        raise CourseError(f"with {_told(case)}, your function does not come to an end: look at its loop") from None
    except (Exception, SystemExit) as error:
        told = f"{type(error).__name__}: {str(error)[:200]}{_place(error, given)}"
        raise CourseError(f"with {_told(case)}, your function stopped with {told}") from None


def _place(error: BaseException, given: Callable) -> str:
    """The last line of the learner's cell that ran before something was raised."""
    file = getattr(getattr(given, "__code__", None), "co_filename", None)
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f" (line {lines[-1].lineno}: {lines[-1].line})" if lines and lines[-1].line else ""


def _told(case: dict) -> str:
    def one(value) -> str:
        return number(float(value)) if np.ndim(value) == 0 else f"{len(value)} values"

    return ", ".join(f"{name} = {one(value)}" for name, value in list(case.items())[:4])
