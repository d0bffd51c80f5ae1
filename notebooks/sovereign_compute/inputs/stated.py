"""Numbers that a running text states, each with how exactly it says so; what only looks like one is passed over.

“3.4 billion EUR” is a number with a unit; the year 2026, a date, a list number, “GPT-5” and “lesson 42” are none.
"""

import math
import re
from dataclasses import dataclass
from itertools import zip_longest

from .numerals import SIGNS, readings
from .units import SINGULAR
from .wording import MONTHS

SCALES = {
    **dict.fromkeys(("thousand", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "mn", "mio", "m"), 1e6),
    **dict.fromkeys(("billion", "billions", "bn"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 1e12),
}
UNITS = {
    **{word.casefold(): one for many, one in SINGULAR.items() for word in (many, one)},
    **dict.fromkeys(("gpu-hour", "gpu-hours"), "hour"),  # most texts leave the GPU out
    **dict.fromkeys(("startup", "startups"), "start-up"),
    **dict.fromkeys(("%", "percent", "per cent"), "%"),
    **dict.fromkeys(("eur", "€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("usd", "$", "us$", "dollar", "dollars"), "USD"),
}
SMALL = 12  # up to here a number without a unit only counts things: “3 reasons”
YEARS = (1900, 2100)
SURE = 2  # digits that zeros at the end count for: 500 is good to 5, “about 500” to 50

_MONTH = "|".join(rf"{month}|{month[:3]}\b\.?" for month in MONTHS)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMED = r"(?:lesson|notebook|exercise|section|chapter|page|figure|chart|table|question|step|article|week)s?|no\."
_PLACE = r"\d+(?:\.\d+)*"
_NO_NUMBER = re.compile(
    "|".join(
        (
            r"https?://\S+",
            r"\d{4}-\d\d(?:-\d\d)?(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)|\d{1,2}:\d\d|\d+/\d+",
            rf"{_DAY}\.? (?:of )?(?:{_MONTH})(?:,? \d{{4}}(?!-\d))?|(?:{_MONTH}) {_DAY}\b(?:,? \d{{4}}(?!-\d))?",
            rf"\b(?:{_NAMED}) {_PLACE}(?:(?:, | and | to |-){_PLACE})*",
            r"^[ \t]*\(?\d{1,2}[.)](?=\s)|\(\d{1,2}\)|\[\d+\]",  # numbers of a list
            r"(?<![\d.,])\d+(?:\.\d+){2,}(?!\d)(?<!\.\d{3})",  # 1.2.3, but not 1.234.567
            r"\b90 ?(?:%|percent|per cent) (?:range|band|interval|sure|certain|confiden)",
            r"\b(?!(?:EUR|USD)\d)[^\W\d_](?=[\w-]*\d)\w*(?:-\w+)*",  # GPT-5, P95
            r"(?<![.,\d])\d+(?!(?:k|m|mn|mio|bn|tn|eur|usd)\b)[^\W\d_]\w*",  # 3rd, 2030s
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_SPELLED = sorted((unit for unit in UNITS if unit[-1].isalpha()), reverse=True)
_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<about>(?:about|around|roughly|some|nearly|almost|over|under|circa|ca\.|~|≈|approximately"
    r"|more than|less than|up to|at least|at most) ?)?"
    r"(?P<before>US\$ ?|[€$] ?|EUR ?|USD ?)?(?P<sign>[-+](?=\d))?"
    r"(?P<body>\d{1,3}(?P<gap>[.,' ])\d{3}(?!\d)(?:(?P=gap)\d{3}(?!\d))*(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?:[ -]?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?"
    rf"(?:[ -]?(?P<unit>[%€$]|US\$|(?:{'|'.join(_SPELLED)})\b))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r" ?(?:-|to) ?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:\d\S*) and ", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=\D)|\n")


@dataclass(frozen=True)
class Stated:
    """A number of a text: as it was written, what it can mean, and in which sentence.

    ``readings`` are pairs of value and slack: the number stands for all between value − slack and value + slack.
    ``scale`` is the factor of its word (1e6 for “million”), already in the values; 1 where there is none. ``unit`` is
    “%”, “EUR”, “USD”, what is counted in the singular, or empty.
    """

    words: str
    readings: tuple[tuple[float, float], ...]
    scale: float
    unit: str
    sentence: str


def stated(text: str, every: bool = False) -> list[Stated]:
    """The numbers that a text states, in order; see the module for what is passed over.

    With ``every`` also those that could count things or name a year: in a table they do neither.

    >>> [(n.words, n.readings[-1][0]) for n in stated("In 2026 about 500 million EUR, not 3.4 bn, for 12 % of GPT-5.")]
    [('500 million EUR', 500000000.0), ('3.4 bn', 3400000000.0), ('12 %', 12.0)]
    """
    plain = re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]", " ", text).translate(SIGNS)
    masked = _NO_NUMBER.sub(lambda found: "x" * len(found[0]), plain)
    found = list(_NUMBER.finditer(masked))
    numbers = []
    for number, after in zip_longest(found, found[1:]):
        scale, unit, words = _scale(number), _unit(number), number
        # “300 to 500 million EUR”: what stands behind the second number is meant for both.
        if after and not scale and not unit and _ends_of_a_range(masked, number, after):
            scale, unit, words = _scale(after), _unit(after), after
        behind = text[words.end("body") : words.end()]
        one = _one(number, behind, scale or 1.0, unit, _sentence_at(plain, number.start()))
        if one and (every or scale or unit or not _counts_or_dates(number["body"])):
            numbers.append(one)
    return numbers


def _ends_of_a_range(text: str, first: re.Match, second: re.Match) -> bool:
    begins = text.rfind(" ", 0, max(first.start() - 1, 0)) + 1  # the word before the first
    return bool(
        _RANGE.fullmatch(text[first.end() : second.start()]) or _BETWEEN.fullmatch(text[begins : second.start()])
    )


def _scale(found: re.Match) -> float | None:
    return SCALES[found["scale"].casefold()] if found["scale"] else None


def _unit(found: re.Match) -> str:
    unit = (found["unit"] or found["before"] or "").strip().casefold()
    return UNITS[unit] if unit else ""


def _one(found: re.Match, behind: str, scale: float, unit: str, sentence: str) -> Stated | None:
    body, sign = found["body"], -1.0 if (found["sign"] or "").startswith("-") else 1.0
    meant = readings(body)
    if not meant:
        return None
    values = tuple((sign * float(m) * scale, _slack(m, bool(found["about"])) * scale) for m in meant)
    words = f"{found['before'] or ''}{'−' if sign < 0 else ''}{body}{behind}"
    return Stated(" ".join(words.split()), values, scale, unit, sentence)


def _counts_or_dates(body: str) -> bool:
    return body.isdigit() and (int(body) <= SMALL or (len(body) == 4 and YEARS[0] <= int(body) <= YEARS[1]))


def _slack(reading: str, about: bool) -> float:
    """Half a unit of the last digit that counts."""
    whole, _, decimals = reading.partition(".")
    if decimals or not float(whole):
        return 0.5 * 10.0 ** -len(decimals)
    digits = len(whole.rstrip("0")) if about else max(len(whole.rstrip("0")), min(SURE, len(whole)))
    return 0.5 * 10.0 ** (len(whole) - digits)


def _sentence_at(text: str, at: int) -> str:
    """The sentence of a text in which a place lies."""
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= at), default=0)
    return text[start : min((end for end in ends if end > at), default=len(text))]


def overlap(one: Stated, other: Stated) -> bool:
    """Whether two numbers can be the same one: in some reading, with the unit that both name, within their digits.

    A number without a scale and a unit is compared with what the other shows, too: 500 in a column of millions.
    """
    if one.unit and other.unit and one.unit != other.unit:
        return False
    bare = one.scale == 1 and not one.unit
    factors = {1.0, other.scale} if bare else {1.0}
    return any(
        abs(a * factor - b) <= (slack * factor + room) * (1 + 1e-9)
        for factor in factors
        for a, slack in one.readings
        for b, room in other.readings
    )


def ratio(one: Stated, other: Stated) -> float:
    """How many times larger the larger of two numbers is, in the reading that brings them nearest."""
    factors = {1.0, other.scale} if one.scale == 1 and not one.unit else {1.0}
    pairs = [(abs(a * f), abs(b)) for f in factors for a, _ in one.readings for b, _ in other.readings]
    return min((max(a / b, b / a) for a, b in pairs if a and b), default=math.inf)
