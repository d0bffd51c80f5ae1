"""Conversion constants of the models, each with its unit.

Models compute with plain numbers in the units of ``data/assumptions.csv``. Wherever two such units meet, the
conversion is one of these constants. The tests replace each of them by a quantity with the unit given in ``UNITS``
and run every model once in `pint`: if a model multiplies by the wrong constant, or forgets one, its unit is wrong.
"""

HOURS_PER_YEAR = 8_760.0
KILOWATTS_PER_MEGAWATT = 1_000.0
EUROS_PER_MILLION = 1_000_000.0
EUROS_PER_THOUSAND = 1_000.0
GRAMS_PER_TONNE = 1_000_000.0
TONNES_PER_KILOTONNE = 1_000.0
PERCENT = 0.01
MILLIONS_PER_BILLION = 1_000.0
TERAFLOPS_PER_EXAFLOP = 1_000_000.0
CENT_PER_KILOWATT_HOUR = 0.01
"""The step of a price that the lessons ask about."""
COMPOUNDING_PERIOD = 1.0
"""Interest is added once a year."""

UNITS = {
    "HOURS_PER_YEAR": "hour/year",
    "KILOWATTS_PER_MEGAWATT": "kW/MW",
    "EUROS_PER_MILLION": "EUR/MEUR",
    "EUROS_PER_THOUSAND": "EUR/kEUR",
    "GRAMS_PER_TONNE": "g/t",
    "TONNES_PER_KILOTONNE": "t/kt",
    "PERCENT": "1/percent",
    "MILLIONS_PER_BILLION": "MEUR/BEUR",
    "TERAFLOPS_PER_EXAFLOP": "Tflop/Eflop",
    "CENT_PER_KILOWATT_HOUR": "EUR/kWh",
    "COMPOUNDING_PERIOD": "year",
}
