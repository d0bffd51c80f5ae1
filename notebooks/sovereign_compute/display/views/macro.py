"""How the two roads to a gain from AI are shown: step by step beside the headline, and what would close the gap."""

import math

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import ORANGE, PALETTE, VIEWS, WIDTH, View

HEADLINE = "The headline"
STEPS = {
    "everybody": "Hours: everybody at work",
    "with_firms": "Hours: firms that use AI",
    "put_to_use": "Hours put to use",
    "by_then": "Hours put to use by then",
    "task_gain": "Task model",
}
"""The bars of the main chart below that of the headline; each name fits beside its bar."""


def _rows(evaluation: Evaluation) -> dict[str, list]:
    own, other = (scenario.values["headline_gain"] for scenario in (evaluation, evaluation.baseline))
    first = (HEADLINE, own, own, own, other)
    return {key: [cell, *column] for cell, (key, column) in zip(first, evaluation.bars(STEPS).items(), strict=True)}


def _chart(rows):
    chart = kinds.banded(rows, title="Billion EUR a year", text=".0f", step=30)
    chart.layer[0].encoding.color = alt.condition(
        f"datum.item == '{HEADLINE}'", alt.value(ORANGE), alt.value(PALETTE["component"])
    )
    return kinds.titled(
        kinds.aside(chart).properties(width=WIDTH - 80, height=alt.Step(30)),
        "The headline, and what other calculations give",
        f"Each bar is a calculation of its own, not a part of the one above. {MARKS}",
    )


def _sentence(evaluation: Evaluation) -> str:
    result, headline = evaluation.result, evaluation.values["headline_gain"]
    hours = f"{number(result.with_firms, 0)}{evaluation.band('with_firms', 0)}"
    tasks = f"{number(result.task_gain, 0)}{evaluation.band('task_gain', 0)}"
    course = evaluation.baseline.result
    moved = evaluation.against(f"{number(course.with_firms, 0)} and {number(course.task_gain, 0)}")
    return (
        f"{_reaching(result, headline)} the headline's {number(headline, 0)} billion EUR a year: saved hours in firms "
        f"that use AI give {hours}, the task model gives {tasks}. {_tasks(result)}.{moved}"
    )


def _reaching(result, headline: float) -> str:
    """Which of the two roads reach the headline."""
    hours, tasks = result.with_firms >= headline, result.task_gain >= headline
    if hours == tasks:
        return "Both calculations reach" if hours else "Neither calculation reaches"
    return f"Only the {'saved hours reach' if hours else 'task model reaches'}"


def _tasks(result) -> str:
    """How many tasks the headline needs, where that is a number one can speak of."""
    if math.isinf(result.tasks_needed):
        return "Where tasks save nothing, no number of them yields the headline"
    if result.tasks_needed_invested > 100:
        return "At this saving even all tasks would not reach the headline"
    alone = "more than all" if result.tasks_needed > 100 else f"{number(result.tasks_needed, 0)} % of all"
    return (
        f"To reach the headline, AI would have to pay off in {alone} tasks, or in "
        f"{number(result.tasks_needed_invested, 0)} % if firms also invest"
    )


VIEWS["ai_gain"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Step", "value": "Billion EUR a year", **HEADS},
    leads=("hours_saved", "adopting_firms", "hours_used", "task_share", "cost_saving"),
)
