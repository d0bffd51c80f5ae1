"""Conversion constants of the models, each with its unit.

Models compute with plain numbers in the units of ``data/assumptions.csv``. Wherever two such units meet, the
conversion is one of these constants. The tests replace each of them by a quantity with the unit given in ``UNIT_OF``
and run every model once in `pint`: if a model multiplies by the wrong constant, or forgets one, its unit is wrong.
"""

HOURS_PER_YEAR = 8_760.0
KILOWATTS_PER_MEGAWATT = 1_000.0
EUROS_PER_MILLION = 1_000_000.0
EUROS_PER_THOUSAND = 1_000.0
EUROS_PER_BILLION = 1e9
PEOPLE_PER_MILLION = 1_000_000.0
GRAMS_PER_TONNE = 1_000_000.0
TONNES_PER_KILOTONNE = 1_000.0
PERCENT = 0.01
MILLIONS_PER_BILLION = 1_000.0
TERAFLOPS_PER_EXAFLOP = 1_000_000.0
CENT_PER_KILOWATT_HOUR = 0.01
"""The step of a price that the lessons ask about."""
HHI_POINTS = 10_000.0
"""The index of concentration of a monopoly, by convention."""
COMPOUNDING_PERIOD = 1.0
"""Interest is added once a year."""
SECONDS_PER_HOUR = 3_600.0
MINUTES_PER_HOUR = 60.0
HOURS_PER_DAY = 24.0
DAYS_PER_MONTH = 365 / 12
HOURS_PER_MONTH = 730.0
HOURS_PER_THOUSAND = 1_000.0
MONTHS_PER_YEAR = 12.0
ONE_MONTH = 1.0
"""Bills are paid once a month."""
ONE_QUARTER = 3.0
"""The founder game moves by quarters of a year."""
DOLLARS_PER_THOUSAND = 1_000.0
SMALLEST_NOISE = 0.1
"""With less noise than this a bank account follows its plan and a chance of ruin is a step (thousand EUR, √month)."""
SMALLEST_PART = 1.0
"""No investor pays for a smaller part of a firm (percent)."""
DAYS_PER_WEEK = 7.0
GPUS_PER_MILLION = 1_000_000.0
TERAFLOPS_PER_YOTTAFLOP = 1e12
PARAMETERS_PER_BILLION = 1e9
TOKENS_PER_TRILLION = 1e12
BYTES_PER_GIGABYTE = 1e9
GIGABITS_PER_TERABYTE = 8_000.0
TRAINING_OPERATIONS = 6e-3
"""Six operations for each parameter and token: two forward, four backward."""
ATTENTION_OPERATIONS = 12e-12
"""Twelve operations for each token, layer, unit of width and token of context, forward and backward."""
WORKDAYS_PER_YEAR = 220.0
"""A full position in Germany, after holidays and leave."""
ONE_PERSON = 1.0
"""An application is written by one person at a time."""
GPUS_PER_THOUSAND = 1_000.0
LEAST_HOURS = 1e-6
"""One GPU-hour a year: with it beside them, shares of no hours at all are zero."""
ONE_COMPANY = 1.0
"""What stands is enough for one start-up at least: a power of nothing would have no end."""
LEAST_PRICE = 1.0
"""Nothing is sold below a million: keeps a machine that costs nothing from being bought without end."""
FORWARD_OPERATIONS = 2e-3
"""Two operations for each active parameter and token, when a model is used."""
SIXTEEN_BITS = 2.0
"""The memory of a parameter at which a chip has the peak that its row gives."""
USABLE_MEMORY = 0.9
"""Part of the memory of a chip that servers of models fill by default; the rest is for passing results."""
TOKEN_OF_EACH_ANSWER = 1.0
"""A step makes one token more of every answer."""
ONE_ANSWER = 1.0
"""Nobody waits for half of an answer."""
ANSWERS_PER_THOUSAND = 1_000.0
TOKENS_PER_MILLION = 1e6
BYTES_PER_KILOBYTE = 1e3
GIGABYTES_PER_TERABYTE = 1_000.0
WATTS_PER_KILOWATT = 1_000.0
SCHEDULE = 2.5
SCHEDULE_POWER = 0.38
ONE_PERSON_MONTH = 1.0
"""A project takes 2.5 months times the 0.38th power of its person-months: basic COCOMO, small teams (Boehm 1981)."""
MOMENT = 1e-6
"""Half a minute, in years: what is left of a horizon that ends before the move does."""
ONE_PARAMETER = 1.0
ONE_TOKEN = 1.0
"""The scaling law counts parameters and tokens one by one and takes odd powers of the counts."""

UNIT_OF = {
    "HOURS_PER_YEAR": "hour/year",
    "KILOWATTS_PER_MEGAWATT": "kW/MW",
    "EUROS_PER_MILLION": "EUR/MEUR",
    "EUROS_PER_THOUSAND": "EUR/kEUR",
    "EUROS_PER_BILLION": "EUR/BEUR",
    "PEOPLE_PER_MILLION": "person/Mperson",
    "GRAMS_PER_TONNE": "g/t",
    "TONNES_PER_KILOTONNE": "t/kt",
    "PERCENT": "1/percent",
    "MILLIONS_PER_BILLION": "MEUR/BEUR",
    "TERAFLOPS_PER_EXAFLOP": "Tflop/Eflop",
    "CENT_PER_KILOWATT_HOUR": "EUR/kWh",
    "HHI_POINTS": "1",
    "COMPOUNDING_PERIOD": "year",
    "SECONDS_PER_HOUR": "s/hour",
    "MINUTES_PER_HOUR": "minute/hour",
    "HOURS_PER_DAY": "hour/day",
    "DAYS_PER_MONTH": "day/month",
    "HOURS_PER_MONTH": "hour/month",
    "HOURS_PER_THOUSAND": "gpu*hour/kgpu/hour",
    "MONTHS_PER_YEAR": "month/year",
    "ONE_MONTH": "month",
    "ONE_QUARTER": "month",
    "DOLLARS_PER_THOUSAND": "USD/kUSD",
    "SMALLEST_NOISE": "kEUR/month**0.5",
    "SMALLEST_PART": "percent",
    "DAYS_PER_WEEK": "day/week",
    "GPUS_PER_MILLION": "gpu/Mgpu",
    "TERAFLOPS_PER_YOTTAFLOP": "Tflop/Yflop",
    "PARAMETERS_PER_BILLION": "parameter/Gparameter",
    "TOKENS_PER_TRILLION": "token/Ttoken",
    "BYTES_PER_GIGABYTE": "byte/GB",
    "GIGABITS_PER_TERABYTE": "Gbit/TB",
    "TRAINING_OPERATIONS": "Yflop/Gparameter/Ttoken",
    "ATTENTION_OPERATIONS": "Yflop/token/Ttoken",
    "WORKDAYS_PER_YEAR": "day/year",
    "ONE_PERSON": "person",
    "GPUS_PER_THOUSAND": "gpu/kgpu",
    "LEAST_HOURS": "Mgpu*hour/year",
    "ONE_COMPANY": "company",
    "LEAST_PRICE": "MEUR",
    "FORWARD_OPERATIONS": "Tflop/Gparameter/token",
    "SIXTEEN_BITS": "byte/parameter",
    "USABLE_MEMORY": "1",
    "TOKEN_OF_EACH_ANSWER": "token/answer",
    "ONE_ANSWER": "answer",
    "ANSWERS_PER_THOUSAND": "answer/kanswer",
    "TOKENS_PER_MILLION": "token/Mtoken",
    "BYTES_PER_KILOBYTE": "byte/kB",
    "GIGABYTES_PER_TERABYTE": "GB/TB",
    "WATTS_PER_KILOWATT": "W/kW",
    "SCHEDULE": "month",
    "SCHEDULE_POWER": "1",
    "ONE_PERSON_MONTH": "person*month",
    "MOMENT": "year",
    "ONE_PARAMETER": "parameter",
    "ONE_TOKEN": "token",
}
