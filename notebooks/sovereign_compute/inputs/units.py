"""The units of the course: each one's spelling for `pint` and the words that people read, in this one table.

An assumption or an output whose unit is not here is refused where it is registered. The tests build from these same
spellings the registry that proves the units of the models, and find a unit that pint cannot read or that nothing uses.
"""

from ..errors import CourseError

UNITS = {
    "EUR/Mtoken": "EUR per million tokens",
    "EUR/kanswer": "EUR per thousand answers",
    "TB/s/gpu": "TB/s per GPU",
    "USD/Mtoken": "USD per million tokens",
    "Wh/answer": "Wh per answer",
    "answer": "answers",
    "answer/gpu/hour": "answers per GPU-hour",
    "kB/token": "kB per token",
    "kEUR/day": "thousand EUR per day",
    "kEUR/year": "thousand EUR per year",
    "kanswer/day": "thousand answers per day",
    "token/answer": "tokens per answer",
    "token/s": "tokens per second",
    "token/s/gpu": "tokens per second and GPU",
    "USD/GB": "USD per GB",
    "person*day/workload": "days each",
    "workload": "workloads",
    "MEUR": "million EUR",
    "MEUR/year": "million EUR per year",
    "MEUR/MW": "million EUR per megawatt",
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
"""The plural, as it stands after a number and in the head of a column."""

COUNTED = ("EUR", "USD", "answer", "company", "flop", "gpu", "parameter", "person", "token", "workload")
"""What the spellings count that pint does not know by itself; money also has the prefix B, billion."""

SINGULAR = {"GPUs": "GPU", "people": "person", "start-ups": "start-up"} | {
    f"{word}s": word
    for word in (
        "answer",
        "byte",
        "day",
        "GPU-hour",
        "GPU-year",
        "hour",
        "minute",
        "month",
        "second",
        "token",
        "week",
        "workload",
        "year",
    )
}
"""What a unit begins with where there is one of it."""


def own_unit(said: str) -> str:
    """A unit that a learner wrote: the course's, by its spelling or its words, or another, which keeps its words."""
    text = " ".join("".join(c for c in said if c.isprintable() and c not in "\"'\\").split())[:30]
    for unit, words in UNITS.items():
        if text in (unit, words):
            return unit
    UNITS[text] = text
    return text


def unit_words(unit: str, whose: str = "a number") -> str:
    """A unit as a learner reads it; CourseError names an unknown one, whose it is and where it belongs."""
    if unit not in UNITS:
        raise CourseError(f"{whose}: the unit {unit!r} is unknown; add it to UNITS in inputs/units.py with its words")
    return UNITS[unit]
