"""Logarithm, exponential, normal distribution and gamma function for the five kinds of number that models meet.

numpy and scipy take floats and arrays. A quantity with a unit must have none left here, and pint complains otherwise;
an uncertain number is carried on by the slope, which is what linear error propagation means. A traced symbol is an
array to numpy; only what looks entries up, or repeats itself as often as a number says, asks it here.
"""

import math
from collections.abc import Callable
from functools import wraps

import numpy as np


def bare(x):
    """A number as it is; a quantity that has a unit left is refused by pint."""
    return x.to("").magnitude if hasattr(x, "magnitude") else x


def nominal(x):
    """What a number is compared by: an uncertain one without its error, any other as it is."""
    return getattr(x, "nominal_value", x)


def _applied(function, slope, x):
    x = bare(x)
    at = nominal(x)
    return function(x) if at is x else function(at) + slope(at) * (x - at)


def log(x):
    """Natural logarithm of a number, an array, a dimensionless quantity or an uncertain number above zero."""
    return _applied(np.log, lambda at: 1 / at, x)


def exp(x):
    """The exponential of a number, an array, a dimensionless quantity or an uncertain number."""
    return _applied(np.exp, np.exp, x)


def normal_cdf(x):
    """Probability that a standard normal variable is at most ``x``; kinds of number as in ``log``."""
    from scipy.special import ndtr  # scipy costs a quarter of a second: only when it is needed

    return _applied(ndtr, lambda at: math.exp(-(at**2) / 2) / math.sqrt(2 * math.pi), x)


def scaled_normal_tail(x):
    """``exp(x**2 / 2)`` times the chance that a standard normal variable exceeds ``x`` (not below 0), without overflow.

    Kinds of number as in ``log``. It is half the scaled complementary error function of ``x / sqrt(2)``.
    """
    from scipy.special import erfcx

    def tail(at):
        return erfcx(at / math.sqrt(2)) / 2

    return _applied(tail, lambda at: at * tail(at) - 1 / math.sqrt(2 * math.pi), x)


def log_gamma(x):
    """Logarithm of the gamma function of a number above zero; kinds of number as in ``log``."""
    from scipy.special import gammaln, psi

    return _applied(gammaln, psi, x)


def smaller(a, b):
    """The smaller of two numbers, element by element if one of them is an array."""
    return np.minimum(a, b) if isinstance(a, np.ndarray) or isinstance(b, np.ndarray) else min(a, b, key=nominal)


def larger(a, b):
    """The larger of two numbers, element by element if one of them is an array."""
    return np.maximum(a, b) if isinstance(a, np.ndarray) or isinstance(b, np.ndarray) else max(a, b, key=nominal)


def rounded_up(x):
    """The next whole number, for all kinds of number; an uncertain one loses its error, which rounding swallows."""
    return np.ceil(nominal(x))


def looked_up(table: np.ndarray, *choices):
    """Entries of a table by choices: whole numbers, arrays of such or symbols; a float where all are numbers."""
    for choice in choices:
        if hasattr(choice, "looked_up"):
            return choice.looked_up(table, choices)
    found = table[tuple(np.asarray(choice).astype(int) for choice in choices)]
    return found.item() if found.ndim == 0 else found


def in_one_step(*shape: int) -> Callable[[Callable], Callable]:
    """A function that is one operation for traced symbols, as it goes on in another way for other numbers.

    ``shape`` is that of the array that it returns for single numbers; none for a number.
    """

    def marked(function: Callable) -> Callable:
        @wraps(function)
        def called(*args):
            for arg in args:
                if hasattr(arg, "in_one_step"):
                    return arg.in_one_step(function, args, shape)
            return function(*args)

        return called

    return marked
