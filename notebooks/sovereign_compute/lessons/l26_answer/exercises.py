"""Notebook 26, to be written: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost


def _result(v: dict, output: str) -> float:
    return float(getattr(gpu_hour_cost(**v), output))


# To be written: these four stand for yours. Each has two hints, a solution, and a usual mistake with what to say of it.
EXERCISES = (
    Exercise(
        id="26.1",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Own machine, per GPU-hour in use” at your panel, as it is set now?"
        ),
        model=gpu_hour_cost,
        units={"EUR per GPU-hour": 1.0},
        answer=lambda v: _result(v, "total"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "total"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'total'), 3)} EUR per GPU-hour.",
    ),
    Exercise(
        id="26.2",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Machine” at the course's values?"
        ),
        model=gpu_hour_cost,
        preset={},
        units={"EUR per GPU-hour": 1.0},
        answer=lambda v: _result(v, "machine"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "machine"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'machine'), 3)} EUR per GPU-hour.",
    ),
    Exercise(
        id="26.3",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Electricity” at the course's values?"
        ),
        model=gpu_hour_cost,
        preset={},
        units={"EUR per GPU-hour": 1.0},
        answer=lambda v: _result(v, "electricity"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "electricity"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'electricity'), 3)} EUR per GPU-hour.",
    ),
    Exercise(
        id="26.4",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Maintenance” at the course's values?"
        ),
        model=gpu_hour_cost,
        preset={},
        units={"EUR per GPU-hour": 1.0},
        answer=lambda v: _result(v, "maintenance"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "maintenance"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'maintenance'), 3)} EUR per GPU-hour.",
    ),
)
