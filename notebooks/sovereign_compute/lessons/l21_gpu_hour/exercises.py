"""Notebook 21, what a GPU-hour costs: exercises."""

from collections.abc import Callable

from ...controls.exercises import Exercise, Mistake
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost
from ...models.parts.constants import HOURS_PER_DAY, HOURS_PER_YEAR, KILOWATTS_PER_MEGAWATT, PERCENT

REPORT = presets("gpu_hour_cost")["report"]["values"]


def _total(v: dict) -> float:
    return gpu_hour_cost(**v).total


def _gpu_hours(v: dict) -> float:
    return v["gpus"] * HOURS_PER_YEAR * v["availability"] * PERCENT * v["utilisation"] * PERCENT


def _energy(v: dict) -> float:
    """Electricity of a year in MWh."""
    return v["it_power"] * v["pue"] * HOURS_PER_YEAR


CHANGES: dict[str, Callable[[dict], dict]] = {
    "electricity cheaper by 7 ct per kWh": lambda v: {"electricity_price": v["electricity_price"] - 0.07},
    "one more year of use": lambda v: {"lifetime": v["lifetime"] + 1},
    "a purchase price lower by 15 %": lambda v: {"capital_cost": v["capital_cost"] * 0.85},
    "8 points more of utilisation": lambda v: {"utilisation": v["utilisation"] + 8},
}
CLEARLY = 1.2  # times as much as the next one: the panel shows whole cents


def _savings(v: dict) -> dict[str, float]:
    """By how much each change alone lowers the cost of a GPU-hour."""
    return {name: _total(v) - _total({**v, **change(v)}) for name, change in CHANGES.items()}


def _saves_most(v: dict) -> str:
    savings = _savings(v)
    return max(savings, key=savings.get)


def _one_saves_clearly_most(v: dict) -> bool:
    *_, second, first = sorted(_savings(v).values())
    return first > CLEARLY * second


EXERCISES = (
    Exercise(
        id="21.1",
        question=lambda v: (
            f"Count as the report does. A machine costs {number(v['capital_cost'])} million EUR, everything included, "
            f"and runs for {number(v['lifetime'])} years. Each of its {number(v['gpus'])} superchips is in use in "
            "every hour. What does one GPU-hour cost?"
        ),
        model=gpu_hour_cost,
        preset=REPORT,
        vary={"capital_cost": (150, 900), "lifetime": (3, 10), "gpus": (4_000, 60_000)},
        units={"EUR per GPU-hour": 1.0, "ct per GPU-hour": 0.01},
        answer=_total,
        mistakes=(
            Mistake(lambda v: _total(v) * HOURS_PER_DAY, "That is the price of a GPU-day: a day has 24 hours."),
            Mistake(
                lambda v: _total(v) * v["lifetime"],
                "You divided by the hours of one year; the money lasts for all years.",
            ),
            Mistake(
                lambda v: _total({**v, "utilisation": 80}),
                "That is the cost at 80 % utilisation; the question asks for full use.",
            ),
            Mistake(lambda v: 1 / _total(v), "Upside down: euros over GPU-hours, not GPU-hours over euros."),
        ),
        hints=(
            f"How many hours has a year of 365 days? ({HOURS_PER_YEAR:,.0f})",
            "Divide the price by superchips × hours per year × years.",
        ),
        solution=lambda v: (
            f"{number(v['capital_cost'])} million EUR / ({number(v['gpus'])} superchips × "
            f"{HOURS_PER_YEAR:,.0f} hours × {number(v['lifetime'])} years) = {number(_total(v), 3)} EUR per GPU-hour."
        ),
    ),
    Exercise(
        id="21.2",
        question="Your panel, as it is set now: how many GPU-hours does the machine give out in a year?",
        model=gpu_hour_cost,
        units={"million GPU-hours": 1e6, "GPU-hours": 1.0},
        answer=_gpu_hours,
        mistakes=(
            Mistake(lambda v: _gpu_hours(v) / HOURS_PER_DAY, "Those are GPU-days; the question asks for GPU-hours."),
            Mistake(
                lambda v: v["gpus"] * HOURS_PER_YEAR,
                "That is every hour of the year in full use: mind availability and utilisation.",
            ),
            Mistake(
                lambda v: v["gpus"] * HOURS_PER_YEAR * v["utilisation"] * PERCENT,
                "Availability is missing: the machine is not up all year.",
            ),
            Mistake(
                lambda v: v["gpus"] * HOURS_PER_YEAR * v["availability"] * PERCENT,
                "Utilisation is missing: not every hour that is up is given out.",
            ),
        ),
        hints=(
            "Start from GPUs × hours in a year. Two assumptions of the group “Use” make it smaller.",
            "GPUs × 8,760 × availability × utilisation, both as shares of one.",
        ),
        solution=lambda v: (
            f"{number(v['gpus'])} × {HOURS_PER_YEAR:,.0f} × {number(v['availability'])} % × "
            f"{number(v['utilisation'])} % = {number(_gpu_hours(v) / 1e6, 1)} million GPU-hours."
        ),
    ),
    Exercise(
        id="21.3",
        question="Your panel, as it is set now: how much electricity does the machine take a year, cooling included?",
        model=gpu_hour_cost,
        units={"MWh": 1.0, "GWh": 1000.0, "kWh": 1 / KILOWATTS_PER_MEGAWATT},
        answer=_energy,
        mistakes=(
            Mistake(
                lambda v: v["it_power"] * HOURS_PER_YEAR,
                "PUE is missing: cooling and losses come on top of the computers.",
            ),
            Mistake(
                lambda v: v["it_power"] * v["pue"],
                "That is a power in MW. Energy is power times hours.",
            ),
            Mistake(lambda v: v["it_power"], "That is the power of the computers in MW. Energy is power times hours."),
            Mistake(
                lambda v: _energy(v) * v["utilisation"] * PERCENT,
                "In this model the mean power holds all year round; utilisation does not reduce it again.",
            ),
            Mistake(
                lambda v: _energy(v) / v["pue"] ** 2, "PUE multiplies the power of the computers; you divided by it."
            ),
        ),
        hints=(
            "Energy = power × time. Which assumption says how much comes on top of the computers themselves?",
            "IT power × PUE × 8,760 hours.",
        ),
        solution=lambda v: (
            f"{number(v['it_power'])} MW × {number(v['pue'])} × {HOURS_PER_YEAR:,.0f} h = {number(_energy(v), 0)} MWh."
        ),
    ),
    Exercise(
        id="21.4",
        question=(
            "Your panel, as it is set now, but only half as many hours are used as you have set. What does a GPU-hour "
            "in use cost then?"
        ),
        model=gpu_hour_cost,
        units={"EUR per GPU-hour": 1.0, "ct per GPU-hour": 0.01},
        answer=lambda v: _total(v) * 2,
        mistakes=(
            Mistake(_total, "That is the cost at your present utilisation."),
            Mistake(lambda v: _total(v) / 2, "The other way round: the same money, shared by fewer hours."),
            Mistake(
                lambda v: _total(v) * 1.5, "Half the hours is not half as much again: who pays for the empty half?"
            ),
        ),
        hints=(
            "Which part of the yearly cost becomes smaller in this model when fewer hours are used?",
            "None does. So the same yearly cost is divided by half the hours.",
        ),
        solution=lambda v: (
            f"All costs of the model are fixed, so half the hours cost twice as much each: "
            f"2 × {number(_total(v), 3)} = {number(2 * _total(v), 3)} EUR. "
            f"(Try it: set utilisation to {number(v['utilisation'] / 2)} %.)"
        ),
    ),
    Exercise(
        id="21.5",
        question=lambda v: (
            f"A university buys a machine of {number(v['gpus'])} GPUs for {number(v['capital_cost'])} million EUR. Its "
            f"computers draw {number(v['it_power'])} MW on average. To rent such a GPU for an hour costs "
            f"{number(v['cloud_price'], 2)} USD. All else is as the course assumes. From which utilisation on is "
            "owning cheaper than renting?"
        ),
        model=gpu_hour_cost,
        vary={"gpus": (5_000, 12_000), "capital_cost": (60, 140), "it_power": (3, 7), "cloud_price": (2, 5)},
        units={"%": 1.0},
        tolerance=0.04,
        answer=lambda v: gpu_hour_cost(**v).break_even_utilisation,
        mistakes=(
            Mistake(
                lambda v: gpu_hour_cost(**v).break_even_utilisation / v["exchange_rate"],
                "The cloud price is in dollars, the cost in euros: convert first.",
            ),
            Mistake(
                lambda v: gpu_hour_cost(**v).break_even_utilisation * v["availability"] * PERCENT,
                "You counted all hours of the year: the machine can only be used while it is up.",
            ),
            Mistake(
                lambda v: 100 * _total(v) / gpu_hour_cost(**v).cloud,
                "Nearly: that compares costs at your utilisation. Multiply by the utilisation you have set.",
            ),
        ),
        hints=(
            "At break-even one GPU-hour in use costs as much as the rented one, in euros.",
            "Cost is inversely proportional to utilisation: your utilisation × own cost / cloud price in EUR.",
        ),
        solution=lambda v: (
            f"{number(v['utilisation'])} % × {number(_total(v), 3)} EUR / {number(gpu_hour_cost(**v).cloud, 3)} EUR = "
            f"{number(gpu_hour_cost(**v).break_even_utilisation, 1)} %."
        ),
    ),
    Exercise(
        id="21.6",
        question=lambda v: (
            f"A machine like JUPITER cost {number(v['capital_cost'])} million EUR. It is used for "
            f"{number(v['lifetime'])} years at {number(v['utilisation'])} % utilisation and pays "
            f"{number(v['electricity_price'])} EUR per kWh. All else is as the course assumes. Which of these changes, "
            "made alone, lowers the cost of a GPU-hour most?"
        ),
        model=gpu_hour_cost,
        vary={
            "lifetime": (3, 9),
            "utilisation": (40, 90),
            "capital_cost": (150, 800),
            "electricity_price": (0.1, 0.4),
        },
        fair=_one_saves_clearly_most,
        kind="choice",
        options=lambda: sorted(CHANGES),
        answer=_saves_most,
        reasons=lambda v: {
            name: f"It saves {number(100 * saving, 1)} ct of the {number(100 * _total(v), 1)} ct that an hour costs. "
            "Another change saves more."
            for name, saving in _savings(v).items()
        },
        hints=(
            "Set the four numbers in the panel, then make one change after the other and read the cost of the hour.",
            "A change counts for much where its part of the cost is large. Only utilisation touches all parts at once.",
        ),
        solution=lambda v: (
            "; ".join(
                f"{name}: {number(100 * saving, 1)} ct"
                for name, saving in sorted(_savings(v).items(), key=lambda one: -one[1])
            )
            + "."
        ),
    ),
)
