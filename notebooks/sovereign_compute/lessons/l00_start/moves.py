"""What lesson 00 asks its learners to try in their first panel."""

from ...analysis.settings import evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost


def _every_hour() -> str:
    usual, every = evaluate(gpu_hour_cost).total, evaluate(gpu_hour_cost, utilisation=100).total
    return (
        f"The hour becomes cheaper: {number(every, 2)} instead of {number(usual, 2)} EUR. The bill stays the same, and "
        "more hours share it. The dashed bars show where you started."
    )


def _source() -> str:
    price = get("electricity_price")
    return (
        f"{number(price.value)} EUR per kWh comes from a {price.tier} source, and the course is 90 % sure that the "
        f"price lies between {number(price.low)} and {number(price.high)}. {price.why}"
    )


def _share() -> str:
    return (
        "The code holds everything that you changed. Whoever pastes it into the same place sees your panel. "
        "*Reset all* brings back the course's values."
    )


MOVES = {
    "gpu_hour_cost": (
        Move(
            "Move something",
            "Drag *Utilisation* to 100 %, or click it and press the arrow keys. Does the hour become cheaper?",
            _every_hour,
        ),
        Move(
            "Ask where a number comes from",
            "Open the mark beside *Electricity price*. Who says so, and how sure is the course?",
            _source,
        ),
        Move(
            "Share what you have set",
            "Open the part that saves and shares, and copy the code. What is in it?",
            _share,
        ),
    )
}
