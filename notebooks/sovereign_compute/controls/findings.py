"""A prediction beside what the course finds: a sentence, where the finding comes from, and both on one axis."""

import math
from dataclasses import dataclass

from ..display.guesses import LABEL
from ..inputs.wording import capital, counted, number, span

TWICE = 1.95  # from here on one speaks of times, below of per cent
CLOSE = 10  # per cent that a guess may be off and still be close
CLOSE_POINTS, CLOSE_PART = 5, 0.25  # the same for a share: so many points, and no more than this part of the answer
FIGURES = 2  # of the ends of a range
MANY = 5.0  # times, from which on tenths would say more than a guess does
SPREAD = 20.0  # numbers that differ by more times than this are drawn on a logarithmic axis
WIDE_TIMES, WIDE_POINTS = 30.0, 60.0  # a range from one end to the other, from which on it could hardly miss
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
AT_START = tuple(map(capital, WORDS))
LABELS = {"found": "{name}: {value}", "guess": LABEL, "range": "your range {ends}"}
"""What stands beside a mark of the strip; also in a page without a kernel."""
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
    guess, ends = _kept(kept)
    return {**told(row, kept, found), "strip": strip(row["unit"], found.value, found.ends, guess, ends, *drawn(found))}


def _kept(kept: dict | None) -> tuple:
    """A guess and its range, of which there may be neither."""
    return (kept["value"], (kept["low"], kept["high"]) if "low" in kept else None) if kept else (None, None)


def drawn(found: Finding) -> tuple[str, int | None]:
    """What a finding is called on the strip, and with how many decimals it stands there."""
    return ("assumed", None) if found.assumed else ("found", digits(found.value))


def told(row: dict, kept: dict | None, found: Finding) -> dict[str, str]:
    """The sentence about a guess and a finding, and where the finding comes from."""
    unit, (_, at), (guess, ends) = row["unit"], drawn(found), _kept(kept)
    says = "assumes" if found.assumed else "finds"
    value = f"{counted(found.value, unit, at)}{f' (90 % range {_range(found.ends)})' if found.ends else ''}"
    if guess is None:
        return {
            "sentence": f"The course {says} {value}.",
            "source": f"From {found.source}, at the course's values.",
        }
    mine = f"{counted(guess, unit)}{f' ({span(*ends)})' if ends else ''}"
    source = f"You guessed {mine}. The course {says} {value}: from {found.source}, at the course's values."
    return {"sentence": _sentence(unit, guess, ends, found), "source": source}


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
    close, right = _close(unit, guess, found.value), _right(guess, found.value)
    told = f"Close: {_off(unit, guess, found.value, WORDS)}" if close else _off(unit, guess, found.value, AT_START)
    if ends:
        mine = f"your range, {span(*ends)},"
        if not ends[0] <= found.value <= ends[1]:
            told += f"; {mine} missed it"
        elif _wide(unit, *ends):
            told += f"; {mine} held it, but it is so wide that it could hardly miss"
        else:
            told += f", {'and' if right or close else 'but'} {mine} held it"
    return f"{told}.{' The course’s own 90 % range holds your guess.' if own and not right else ''}"


def _right(guess: float, found: float) -> bool:
    """Whether a guess is the finding, as far as that is read."""
    return number(guess, digits(found)) == number(found, digits(found))


def _times(guess: float, found: float) -> float:
    """How many times one is the other, at least once; zero where that means nothing."""
    return max(guess / found, found / guess) if guess > 0 and found > 0 else 0.0


def _close(unit: str, guess: float, found: float) -> bool:
    """Whether a guess that is not right is close."""
    if _right(guess, found) or unit.startswith("of ") or _times(guess, found) >= TWICE:
        return False
    if _times(guess, found) and unit != "%":
        return 100 * abs(guess / found - 1) <= CLOSE
    return unit == "%" and abs(guess - found) <= min(CLOSE_POINTS, CLOSE_PART * abs(found))


def _off(unit: str, guess: float, found: float, words: tuple[str, ...]) -> str:
    """How far a guess is off, as so many times, per cent or points too high or too low; numbers of times in words."""
    if _right(guess, found):
        return "Right"
    high, gap = guess > found, abs(guess - found)
    if unit.startswith("of "):
        return f"{number(gap, -FIGURES)} too {'many' if high else 'few'}"
    way = f"too {'high' if high else 'low'}"
    times = _times(guess, found)
    if times >= TWICE:
        return f"{_word(round(times, 1 if times < MANY else 0), words)} times {way}"
    if times and unit != "%":
        return f"{number(max(1, 100 * abs(guess / found - 1)), 0)} % {way}"
    told = number(gap, -FIGURES)
    step = unit if unit != "%" else "point" if told == "1" else "points"
    return f"{told} {step} {way}"


def _word(times: float, words: tuple[str, ...]) -> str:
    """A number of times, as a word where it is a small whole number."""
    return next((words[whole] for whole in range(2, len(words)) if times == whole), None) or number(times)


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

    text = LABELS["found"].format(name=name, value=number(found, shown))
    marks = [{"kind": "found", "at": place(found), "text": text, "reach": _placed(place, reach)}]
    if guess is not None or ends:
        kind, mine = ("range", {"ends": span(*ends)}) if guess is None else ("guess", {"value": number(guess)})
        text = LABELS[kind].format(**mine)
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
