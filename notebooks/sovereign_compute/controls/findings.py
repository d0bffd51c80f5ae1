"""A prediction beside what the course finds: a sentence, where the finding comes from, and both on one axis."""

import math
from dataclasses import dataclass

from ..inputs.wording import counted, number, span

TWICE = 1.95  # from here on one speaks of times, below of per cent
CLOSE = 10  # per cent that a guess may be off and still be close
CLOSE_POINTS, CLOSE_PART = 5, 0.25  # the same for a share: so many points, and no more than this part of the answer
FIGURES = 2  # of the ends of a range
MANY = 5.0  # times, from which on tenths would say more than a guess does
SPREAD = 20.0  # numbers that differ by more times than this are drawn on a logarithmic axis
WIDE_TIMES, WIDE_POINTS = 30.0, 60.0  # a range from one end to the other, from which on it could hardly miss
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
STEPS = (1, 2, 2.5, 5, 10)
PARTS = 4  # into which a linear axis is divided, or a few more
MOST_TICKS = 7


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


def beside(row: dict, kept: dict | None, found: Finding) -> dict:
    """What the course finds for a prediction, beside the guess if there is one: sentence, source and strip."""
    unit, at = row["unit"], None if found.assumed else digits(found.value)
    guess, ends = (kept["value"], (kept["low"], kept["high"]) if "low" in kept else None) if kept else (None, None)
    says = "assumes" if found.assumed else "finds"
    told = f"{counted(found.value, unit, at)}{f' (90 % range {_range(found.ends)})' if found.ends else ''}"
    if guess is None:
        sentence = f"The course {says} {told}."
        source = f"From {found.source}, at the course's values."
    else:
        sentence = _sentence(unit, guess, ends, found)
        mine = f"{counted(guess, unit)}{f' ({span(*ends)})' if ends else ''}"
        source = f"You guessed {mine}. The course {says} {told}: from {found.source}, at the course's values."
    return {
        "sentence": sentence,
        "source": source,
        "strip": strip(unit, found.value, found.ends, guess, ends, "assumed" if found.assumed else "found", at),
    }


def _range(ends: tuple[float, float]) -> str:
    return " to ".join(number(end, -FIGURES) for end in ends)


# The sentence ---------------------------------------------------------------------------------------------------------


def _sentence(unit: str, guess: float, ends: tuple | None, found: Finding) -> str:
    own = bool(found.ends) and found.ends[0] <= guess <= found.ends[1]
    if found.assumed:
        return (
            f"Nobody has computed this number: the course assumes {counted(found.value, unit)} and would bet on "
            f"{_range(found.ends)} {unit}. Your guess lies {'inside' if own else 'outside'} that range."
        )
    off, close = _off(unit, guess, found.value)
    told = f"Close: {off[0].lower()}{off[1:]}" if close else off
    right = off == "Right"
    if ends:
        mine = f"your range, {span(*ends)},"
        if not ends[0] <= found.value <= ends[1]:
            told += f"; {mine} missed it"
        elif _wide(unit, *ends):
            told += f"; {mine} held it, but it is so wide that it could hardly miss"
        else:
            told += f", {'and' if right or close else 'but'} {mine} held it"
    return f"{told}.{' The course’s own 90 % range holds your guess.' if own and not right else ''}"


def _off(unit: str, guess: float, found: float) -> tuple[str, bool]:
    """How far a guess is off, as so many times, per cent or points too high or too low; and whether that is close."""
    shown = digits(found)
    if number(guess, shown) == number(found, shown):
        return "Right", False
    high, gap = guess > found, abs(guess - found)
    if unit.startswith("of "):
        return f"{number(gap, -FIGURES)} too {'many' if high else 'few'}", False
    way = f"too {'high' if high else 'low'}"
    times = max(guess / found, found / guess) if guess > 0 and found > 0 else 0.0
    if times >= TWICE:
        return f"{_word(round(times, 1 if times < MANY else 0))} times {way}", False
    if times and unit != "%":
        percent = 100 * abs(guess / found - 1)
        return f"{number(max(1, percent), 0)} % {way}", percent <= CLOSE
    told = number(gap, -FIGURES)
    step = unit if unit != "%" else "point" if told == "1" else "points"
    return f"{told} {step} {way}", unit == "%" and gap <= min(CLOSE_POINTS, CLOSE_PART * abs(found))


def _word(times: float) -> str:
    """A number of times at the beginning of a sentence."""
    return WORDS[int(times)].capitalize() if times in range(2, len(WORDS)) else number(times)


def _wide(unit: str, low: float, high: float) -> bool:
    return high - low >= WIDE_POINTS if unit == "%" else low > 0 and high / low >= WIDE_TIMES


# The axis -------------------------------------------------------------------------------------------------------------


def strip(
    unit: str,
    found: float,
    reach: tuple[float, float] | None,
    guess: float | None = None,
    ends: tuple[float, float] | None = None,
    name: str = "found",
    shown: int | None = None,
) -> dict:
    """Finding and guess with their ranges on one axis, to draw: places in percent of its length, and its ticks.

    The axis is logarithmic where all numbers are above zero and far apart; else it begins at zero, or below.
    """
    numbers = [x for x in (found, guess, *(reach or ()), *(ends or ())) if x is not None]
    if min(numbers) > 0 and max(numbers) / min(numbers) > SPREAD:
        ticks, shape = _decades(min(numbers), max(numbers)), math.log
    else:
        ticks, shape = _steps(min(*numbers, 0.0), max(*numbers, 0.0)), float
    low, high = shape(ticks[0]), shape(ticks[-1])

    def place(x: float) -> float:
        return round(100 * (shape(x) - low) / (high - low), 1)

    text = f"{name}: {number(found, shown)}"
    marks = [{"kind": "found", "at": place(found), "text": text, "reach": _placed(place, reach)}]
    if guess is not None or ends:
        text = f"your range {span(*ends)}" if guess is None else f"your guess {number(guess)}"
        at = None if guess is None else place(guess)
        marks.append({"kind": "guess", "at": at, "text": text, "reach": _placed(place, ends)})
    return {"ticks": [{"at": place(x), "text": number(x)} for x in ticks], "unit": unit, "marks": marks}


def _placed(place, ends: tuple[float, float] | None) -> list[float]:
    return [place(end) for end in ends] if ends else []


def _steps(low: float, high: float) -> list[float]:
    """Round numbers at equal distances that hold both ends."""
    size = (high - low or 1.0) / PARTS
    scale = 10.0 ** math.floor(math.log10(size))
    step = next(scale * step for step in STEPS if scale * step >= size * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * n for n in range(first, max(last, first + 1) + 1)]


def _decades(low: float, high: float) -> list[float]:
    """Powers of ten that hold both ends, with 2 and 5 between them where that makes few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    fine = [float(f"{digit}e{power}") for power in range(first, last + 1) for digit in (1, 2, 5)]
    below, above = max(x for x in fine if x <= low), min(x for x in fine if x >= high)
    fine = [x for x in fine if below <= x <= above]
    return fine if len(fine) <= MOST_TICKS else [10.0**power for power in range(first, last + 1)]
