"""How the two roads to a gain from AI are shown: step by step beside the headline, and what would close the gap."""

import math

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, WIDTH, View

STEPS = {
    "everybody": "Everybody saves hours",
    "with_firms": "Firms that use it do",
    "put_to_use": "They put hours to use",
    "by_then": "Firms do so by the horizon",
    "task_gain": "Task model",
}
"""The bars of the main chart below that of the headline; each name fits beside its bar."""


def _rows(evaluation: Evaluation) -> dict[str, list]:
    own, other = (scenario.values["headline_gain"] for scenario in (evaluation, evaluation.baseline))
    first = ("The headline", own, own, own, other)
    return {key: [cell, *column] for cell, (key, column) in zip(first, evaluation.bars(STEPS).items(), strict=True)}


def _chart(rows):
    chart = kinds.banded(rows, title="Billion EUR a year", text=".0f", step=30)
    return kinds.titled(
        kinds.aside(chart).properties(width=WIDTH - 80, height=alt.Step(30)),
        "The headline, and what other calculations give",
        f"Each bar is a calculation of its own, not a part of the one above. Bar, number: your scenario. {MARKS}",
    )


def _sentence(evaluation: Evaluation) -> str:
    result, headline = evaluation.result, evaluation.values["headline_gain"]

    def told(id: str) -> str:
        return f"{number(getattr(result, id), 0)} billion EUR a year{evaluation.band(id, 0)}"

    course = evaluation.baseline.result
    moved = evaluation.against(f"{number(course.with_firms, 0)} and {number(course.task_gain, 0)}")
    return (
        f"In the firms that use AI the saved hours are worth {told('with_firms')}, "
        f"{number(100 * result.with_firms / headline, 0)} % of the headline's {number(headline, 0)}. "
        f"The task model gives {told('task_gain')}; {_tasks(result)}.{moved}"
    )


def _tasks(result) -> str:
    """How many tasks the headline needs, where that is a number one can speak of."""
    if math.isinf(result.tasks_needed):
        return "where tasks save nothing, no number of them yields the headline"
    if result.tasks_needed_invested > 100:
        return "at this saving even all tasks would not reach the headline"
    alone = "more than all" if result.tasks_needed > 100 else f"{number(result.tasks_needed, 0)} % of all"
    return (
        f"to reach the headline, AI would have to pay off in {alone} tasks, or in "
        f"{number(result.tasks_needed_invested, 0)} % if firms also invest"
    )


VIEWS["ai_gain"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Step", "value": "Billion EUR a year", **HEADS},
)


# What would close the gap -----------------------------------------------------------------------------------------
