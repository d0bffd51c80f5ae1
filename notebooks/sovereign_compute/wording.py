"""How numbers and units are written and spoken, once for prose, tables, charts and panels."""

import math

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
    "1": "",
}


def unit_words(unit: str) -> str:
    """A pint unit as a learner reads it."""
    return UNIT_WORDS.get(unit, unit)


def number(value: float, digits: int | None = None) -> str:
    """A number with thousands separators; without ``digits`` as many decimals as it takes, at most six."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".") if digits is None else f"{value:,.{digits}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def quantity(value: float, unit: str, digits: int | None = None) -> str:
    """A number with its unit in words."""
    return f"{number(value, digits)} {unit_words(unit)}".strip()


def significant(value: float, figures: int) -> float:
    """``value`` rounded to so many significant figures."""
    return value if value == 0 else round(value, figures - 1 - math.floor(math.log10(abs(value))))
