"""Notebook 00, how the course works: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost

HALF_EMPTY = {"utilisation": 40}


def _total(values: dict) -> float:
    return gpu_hour_cost(**values).total


EXERCISES = (
    Exercise(
        id="00.1",
        question=(
            "Reset the panel, then set utilisation to 40 %: half of the course's value. "
            "What does a GPU-hour in use cost then?"
        ),
        model=gpu_hour_cost,
        preset=HALF_EMPTY,
        units={"EUR per GPU-hour": 1.0, "ct per GPU-hour": 0.01},
        answer=_total,
        mistakes=(
            Mistake(lambda v: _total(v) / 2, "That is the cost at the course's utilisation, 80 %. Now set it to 40 %."),
            Mistake(lambda v: _total(v) / 4, "The other way round: the same money, shared by fewer hours."),
        ),
        hints=(
            "The sentence above the chart says it.",
            "Find “Utilisation” in the group “Use”, type 40 and press Enter.",
        ),
        solution=lambda v: (
            f"{number(_total(v), 2)} EUR per GPU-hour: twice the cost at 80 %, because the same yearly cost "
            "is shared by half as many hours."
        ),
    ),
)
