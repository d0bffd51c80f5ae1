"""Conversion constants of the models, each with its unit.

Models compute with plain numbers in the units of ``data/assumptions.csv``. Wherever two such units meet, the
conversion is one of these constants. The tests replace each of them by a quantity with the unit given in ``UNITS``
and run every model once in `pint`: if a model multiplies by the wrong constant, or forgets one, its unit is wrong.
"""

HOURS_PER_YEAR = 8_760.0
KILOWATTS_PER_MEGAWATT = 1_000.0
EUROS_PER_MILLION = 1_000_000.0
EUROS_PER_THOUSAND = 1_000.0
PERCENT = 0.01
COMPOUNDING_PERIOD = 1.0
"""Interest is added once a year."""
DOLLARS_PER_THOUSAND = 1_000.0
GPUS_PER_MILLION = 1_000_000.0
WORKDAYS_PER_YEAR = 220.0
"""A full position in Germany, after holidays and leave."""
ONE_PERSON = 1.0
"""An application is written by one person at a time."""

UNITS = {
    "HOURS_PER_YEAR": "hour/year",
    "KILOWATTS_PER_MEGAWATT": "kW/MW",
    "EUROS_PER_MILLION": "EUR/MEUR",
    "EUROS_PER_THOUSAND": "EUR/kEUR",
    "PERCENT": "1/percent",
    "COMPOUNDING_PERIOD": "year",
    "DOLLARS_PER_THOUSAND": "USD/kUSD",
    "GPUS_PER_MILLION": "gpu/Mgpu",
    "WORKDAYS_PER_YEAR": "day/year",
    "ONE_PERSON": "person",
}
