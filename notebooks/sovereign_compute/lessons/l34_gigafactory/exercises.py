"""Notebook 34, to be written: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.gigafactory import gigafactory_use


def _result(v: dict, output: str) -> float:
    return float(getattr(gigafactory_use(**v), output))


# To be written: these four stand for yours. Each has two hints, a solution, and a usual mistake with what to say of it.
EXERCISES = (
    Exercise(
        id="34.1",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Standing idle” at your panel, as it is set now?"
        ),
        model=gigafactory_use,
        units={"%": 1.0},
        answer=lambda v: _result(v, "stranded"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "stranded"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'stranded'), 3)} %.",
    ),
    Exercise(
        id="34.2",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Offered: GPUs that can be busy” at the course's values?"
        ),
        model=gigafactory_use,
        preset={},
        units={"GPUs": 1.0},
        answer=lambda v: _result(v, "usable"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "usable"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'usable'), 3)} GPUs.",
    ),
    Exercise(
        id="34.3",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Wanted at the price that covers cost” at the course's values?"
        ),
        model=gigafactory_use,
        preset={},
        units={"GPUs": 1.0},
        answer=lambda v: _result(v, "wanted"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "wanted"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'wanted'), 3)} GPUs.",
    ),
    Exercise(
        id="34.4",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“Wanted then at today’s price” at the course's values?"
        ),
        model=gigafactory_use,
        preset={},
        units={"GPUs": 1.0},
        answer=lambda v: _result(v, "wanted_then"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "wanted_then"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {number(_result(v, 'wanted_then'), 3)} GPUs.",
    ),
)
