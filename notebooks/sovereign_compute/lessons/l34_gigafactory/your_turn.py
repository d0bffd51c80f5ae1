"""Notebook 34, *Your turn*, to be written."""

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number


def middle_grid() -> float:
    """The solution of 34.T1, in g CO2 per kWh."""
    grids = frames.data("grid_carbon")  # cell
    return float(grids.carbon_g_per_kwh.median())


# To be written: this task stands for yours. Look first for what the data say and the lesson does not.
TASKS = (
    Task(
        id="34.T1",
        question="To be written: a question. Until then: what is the median of carbon_g_per_kwh in grids?",
        expected=middle_grid,
        finding=lambda: f"To be written: what that shows. The median is {number(middle_grid(), 0)} g CO2 per kWh.",
        hints=("A column has a method for it.", "grids.carbon_g_per_kwh.median() gives it."),
        mistakes=((lambda: frames.data("grid_carbon").carbon_g_per_kwh.mean(), "That is the mean, not the median."),),
    ),
)
