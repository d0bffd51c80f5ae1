"""Notebook 21, what a GPU-hour costs: exercises."""

from ...analysis.sensitivity import tornado
from ...controls.exercises import Exercise, Mistake
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost
from ...models.parts.constants import HOURS_PER_DAY, HOURS_PER_YEAR, KILOWATTS_PER_MEGAWATT, PERCENT
from .. import reasons

REPORT = presets("gpu_hour_cost")["report"]["values"]


def _total(v: dict) -> float:
    return gpu_hour_cost(**v).total


def _gpu_hours(v: dict) -> float:
    return v["gpus"] * HOURS_PER_YEAR * v["availability"] * PERCENT * v["utilisation"] * PERCENT


def _energy(v: dict) -> float:
    """Electricity of a year in MWh."""
    return v["it_power"] * v["pue"] * HOURS_PER_YEAR


def _largest(v: dict) -> str:
    return tornado(gpu_hour_cost).label[0]


def _labels() -> list[str]:
    # In alphabetical order, so that the order says nothing about the effect.
    return sorted(tornado(gpu_hour_cost).label[:5])


EXERCISES = (
    Exercise(
        id="21.1",
        question=(
            "Take the report at its word: 500 million EUR, six years, every superchip of the Linpack run in use "
            "in every hour. What does one GPU-hour cost?"
        ),
        model=gpu_hour_cost,
        preset=REPORT,
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
            "Divide 500 million EUR by superchips × hours per year × six years.",
        ),
        solution=lambda v: (
            f"{number(v['capital_cost'])} million EUR / ({number(v['gpus'])} superchips × "
            f"{HOURS_PER_YEAR:,.0f} hours × {number(v['lifetime'])} years) = {number(_total(v), 3)} EUR per GPU-hour."
        ),
    ),
    Exercise(
        id="21.2",
        question=("Your panel, as it is set now: how many GPU-hours does the machine give out in a year?"),
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
            "Your panel, as it is set now, but the machine stands half as full as you have set. What does a GPU-hour "
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
        question="Your panel, as it is set now: from which utilisation on is owning cheaper than renting?",
        model=gpu_hour_cost,
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
        question="At the course's values: which of these moves the cost of a GPU-hour most, from its P5 to its P95?",
        model=gpu_hour_cost,
        preset={},
        kind="choice",
        options=_labels,
        answer=_largest,
        reasons=lambda v: reasons.swings(),
        hints=(
            "A wide range does not make an assumption important; a large share of the cost with a wide range does.",
            "Look at the tornado: the longest bar stands on top.",
        ),
        solution=lambda v: f"{_largest(v)}: see the first row of the tornado chart.",
    ),
)
