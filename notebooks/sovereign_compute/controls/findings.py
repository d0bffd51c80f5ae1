"""A prediction beside what the course finds: one sentence, and where guess, ranges and finding lie on one line."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..inputs.wording import counted, number

TWICE = 1.95  # from here on one speaks of times, below of per cent
FIGURES = 2  # of the ends of a range
DECADE = 10.0  # numbers that differ by more are drawn on a logarithmic line


@dataclass(frozen=True)
class Finding:
    """What the course finds, in the unit of the question: the number, its 90 % range if it has one, whence it comes.

    ``assumed`` marks an input of the models: the course bets on it and computes it nowhere.
    """

    value: float
    source: str
    ends: tuple[float, float] | None = None
    assumed: bool = False


def digits(value: float) -> int:
    """With how many decimals a finding is read."""
    return 0 if abs(value) >= 10 else 2


def beside(row: dict, kept: dict, found: Finding) -> dict:
    """A kept prediction beside the finding: a sentence, the source, and two lines to draw with places in percent."""
    ends = (kept["low"], kept["high"]) if "low" in kept else None
    unit, at = row["unit"], None if found.assumed else digits(found.value)
    lines = [
        ("You guessed", kept["value"], ends, None, lambda reach: " to ".join(map(number, reach))),
        ("The course assumes" if found.assumed else "The course finds", found.value, found.ends, at, _range),
    ]
    numbers = [x for _, value, reach, *_ in lines for x in (value, *(reach or ()))]
    spread = min(numbers) > 0 and max(numbers) / min(numbers) > DECADE
    place = _scale(numbers, math.log if spread else float)
    return {
        "sentence": _sentence(unit, kept["value"], ends, found),
        "source": f"From {found.source}, at the course's values.{' The lines are logarithmic.' if spread else ''}",
        "lines": [
            {
                "name": name,
                "words": counted(value, unit, shown) + (f" ({told(reach)})" if reach else ""),
                "at": place(value),
                "reach": [place(end) for end in reach] if reach else [],
            }
            for name, value, reach, shown, told in lines
        ],
    }


def _range(ends: tuple[float, float]) -> str:
    return " to ".join(number(end, -FIGURES) for end in ends)


def _sentence(unit: str, guess: float, ends: tuple | None, found: Finding) -> str:
    own = bool(found.ends) and found.ends[0] <= guess <= found.ends[1]
    if found.assumed:
        return (
            f"Nobody has computed this number: the course assumes {counted(found.value, unit)} and would bet on "
            f"{_range(found.ends)} {unit}. Your guess lies {'inside' if own else 'outside'} that range."
        )
    off = _off(unit, guess, found.value)
    right = off == "Right"
    told = off
    if ends:
        held = ends[0] <= found.value <= ends[1]
        told += f", {'and' if right else 'but'} your range holds it" if held else "; your range missed it"
    return f"{told}.{' The course’s own 90 % range holds your guess.' if own and not right else ''}"


def _off(unit: str, guess: float, found: float) -> str:
    """How far a guess is off: so many times, per cent or points too high or too low."""
    shown = digits(found)
    if number(guess, shown) == number(found, shown):
        return "Right"
    way = "high" if guess > found else "low"
    times = max(guess / found, found / guess) if guess > 0 and found > 0 else 0.0
    if times >= TWICE:
        return f"{number(round(times, 1 if times < DECADE else 0))} times too {way}"
    if times and unit != "%":
        return f"{number(max(1, 100 * abs(guess / found - 1)), 0)} % too {way}"
    step = "points" if unit == "%" else unit
    return f"{counted(abs(guess - found), step, -FIGURES)} too {way}"


def _scale(numbers: list[float], shape: Callable[[float], float]) -> Callable[[float], float]:
    """Where numbers lie on a line from 2 to 98 %; without a logarithm the line begins at zero."""
    ends = (min(numbers), max(numbers)) if shape is math.log else (min(*numbers, 0.0), max(*numbers, 0.0))
    low, high = map(shape, ends)
    return lambda x: round(2 + 96 * (shape(x) - low) / (high - low), 1) if high > low else 50.0
