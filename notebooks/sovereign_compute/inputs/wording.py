"""How numbers and units are written and spoken, once for prose, tables, charts and panels."""

import math
import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
UNIT_WORDS = {
    "MEUR": "million EUR",
    "MEUR/year": "million EUR per year",
    "EUR/kWh": "EUR per kWh",
    "EUR/gpu/hour": "EUR per GPU-hour",
    "USD/gpu/hour": "USD per GPU-hour",
    "USD/EUR": "USD per EUR",
    "kEUR/person/year": "thousand EUR per person and year",
    "percent": "%",
    "percent/year": "% per year",
    "person": "people (full time)",
    "gpu": "GPUs",
    "year": "years",
    "MW": "MW",
    "MWh/year": "MWh per year",
    "kt/year": "thousand tonnes of CO2 per year",
    "1/year": "per year",
    "BEUR": "billion EUR",
    "BEUR/year": "billion EUR per year",
    "EUR/EUR": "EUR per EUR",
    "EUR/MWh": "EUR per MWh",
    "EUR/gpu": "EUR per GPU",
    "EUR/hour": "EUR per hour",
    "Eflop/s": "EFLOP/s",
    "EUR/t": "EUR per tonne",
    "GB/gpu": "GB per GPU",
    "Gbit/s": "Gbit/s",
    "Gparameter": "billion parameters",
    "MEUR/company": "million EUR per start-up",
    "MEUR/month": "million EUR per month",
    "MUSD": "million USD",
    "Mgpu*hour": "million GPU-hours",
    "Mgpu*hour/year": "million GPU-hours per year",
    "Mperson": "million people",
    "TB": "TB",
    "Tflop/s/gpu": "TFLOP/s per GPU",
    "Ttoken": "trillion tokens",
    "USD/USD": "USD per USD",
    "USD/day": "USD per day",
    "Yflop": "× 10²⁴ FLOP",
    "byte/parameter": "bytes per parameter",
    "company": "start-ups",
    "day": "days",
    "day/company": "days per start-up",
    "g/kWh": "g CO2 per kWh",
    "gpu*hour": "GPU-hours",
    "gpu*year": "GPU-years",
    "gpu*hour/month": "GPU-hours per month",
    "hour": "hours",
    "hour/person/year": "hours per person and year",
    "kEUR": "thousand EUR",
    "kEUR/month": "thousand EUR per month",
    "kEUR/month**0.5": "thousand EUR per √month",
    "kEUR/person": "thousand EUR per person",
    "kUSD": "thousand USD",
    "kt": "thousand tonnes of CO2",
    "kUSD/gpu": "thousand USD per GPU",
    "kW/gpu": "kW per GPU",
    "kgpu*hour": "thousand GPU-hours",
    "kgpu*hour/company": "thousand GPU-hours per start-up",
    "minute": "minutes",
    "month": "months",
    "percent/month": "% per month",
    "percent/year**0.5": "% per √year",
    "person/year": "people per year",
    "s": "seconds",
    "t/gpu": "tonnes per GPU",
    "token": "tokens",
    "token/parameter": "tokens per parameter",
    "week": "weeks",
    "1": "",
}


SINGULAR = {"GPUs": "GPU", "people": "person", "start-ups": "start-up"} | {
    f"{word}s": word
    for word in ("day", "GPU-hour", "GPU-year", "hour", "minute", "month", "second", "token", "week", "year")
}
"""What a unit begins with where there is one of it."""


def unit_words(unit: str) -> str:
    """A pint unit as a learner reads it."""
    return UNIT_WORDS.get(unit, unit)


def number(value: float, digits: int | None = None) -> str:
    """A number with thousands separators; without ``digits`` as many decimals as it takes, at most six.

    With ``digits`` below zero it has so many significant figures.
    """
    if digits is not None and digits < 0:
        return number(significant(value, -digits))
    size = abs(value)
    text = f"{size:,.6f}".rstrip("0").rstrip(".") if digits is None else f"{size:,.{digits}f}"
    return f"−{text}" if value < 0 and float(text.replace(",", "")) else text


def d3_format(digits: int) -> str:
    """The same for a chart: what d3 writes a number with."""
    return f",.{digits}f" if digits >= 0 else f",.{-digits}r"


def month(date: str) -> str:
    """The month of a date or of a list in words.

    >>> month("2025-06"), month("2025-11-17")
    ('June 2025', 'November 2025')
    """
    return f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def signed(value: float, digits: int = 1) -> str:
    """A difference as a number with its sign, also if it is positive."""
    text = number(value, digits)
    return f"+{text}" if value > 0 and float(text.replace(",", "")) else text


def quantity(value: float, unit: str, digits: int | None = None) -> str:
    """A number with its unit in words."""
    text, (first, *rest) = number(value, digits), unit_words(unit).split(" ")
    return " ".join([text, SINGULAR.get(first, first) if text in ("1", "−1") else first, *rest]).strip()


def finite(value: float, unit: str = "1", digits: int | None = None) -> str:
    """A number with its unit in words, also where a model finds no number."""
    return quantity(value, unit, digits) if math.isfinite(value) else "no finite number"


_UNITS = {words.split(" ")[0] for words in UNIT_WORDS.values()} | set(SINGULAR.values()) | {"points", "times"}
_PARTED = re.compile(
    rf"(?<=\d) (?=(?:{'|'.join(sorted(map(re.escape, _UNITS - {''})))})(?!\w))"
    r"|(?<=\b(?:million|billion)) (?=EUR|USD)|(?<=\b(?:thousand|trillion)) (?=EUR|USD)"
)


def unparted(text: str) -> str:
    """A text as it is shown: no line ends between a number and its unit."""
    return _PARTED.sub("\N{NO-BREAK SPACE}", text)


def significant(value: float, figures: int) -> float:
    """``value`` rounded to so many significant figures."""
    return (
        value
        if value == 0 or not math.isfinite(value)
        else round(value, figures - 1 - math.floor(math.log10(abs(value))))
    )
