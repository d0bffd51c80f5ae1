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
HHI_POINTS = 10_000.0
"""The index of concentration of a monopoly, by convention."""
COMPOUNDING_PERIOD = 1.0
"""Interest is added once a year."""

UNITS = {
    "HOURS_PER_YEAR": "hour/year",
    "KILOWATTS_PER_MEGAWATT": "kW/MW",
    "EUROS_PER_MILLION": "EUR/MEUR",
    "EUROS_PER_THOUSAND": "EUR/kEUR",
    "PERCENT": "1/percent",
    "HHI_POINTS": "1",
    "COMPOUNDING_PERIOD": "year",
}
