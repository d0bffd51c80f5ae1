"""How the cost of leaving is shown: its parts in one bar, beside what is saved in a year."""

import math

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number, quantity
from ...models.leaving import PARTS
from .. import kinds
from ..charts import VIEWS, View

SHOWN = {"move": "The move in all", **PARTS, "saving": "Saved in a year"}


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(SHOWN)


def _chart(rows) -> alt.LayerChart:
    bars = kinds.banded(rows, title="Million EUR", text=".2f")
    return kinds.titled(bars, "What a move costs, and what it saves in a year", MARKS)


def _sentence(evaluation: Evaluation) -> str:
    result, values = evaluation.result, evaluation.values
    cost = (
        f"The move costs {number(result.move, 1)} million EUR{evaluation.band('move', 1)}, "
        f"{number(result.bill_years, 1)} times the bill of a year, and takes {number(result.time, 0)} months. "
        f"The provider’s charges for the data are {number(1000 * result.charges, 0)} thousand EUR of it."
    )
    moved = evaluation.against(f"{number(evaluation.baseline.result.move, 1)} million EUR")
    verdict = paid_back(result.break_even, values["planning_years"])
    return f"{verdict} {cost} {_bearable(result.bearable_rise, values['licence_rise'])}{moved}"


def paid_back(years: float, horizon: float) -> str:
    """When leaving pays back, against a horizon: a headline."""
    if math.isinf(years):
        return "Leaving never pays back."
    if years > horizon:
        return f"Leaving pays back after {number(years, 1)} years, too late for a plan of {number(horizon)}."
    return f"Leaving pays back after {number(years, 1)} years, within a plan of {number(horizon)}."


def _bearable(rise: float, asked: float) -> str:
    """Up to which price rise staying is cheaper, against the one that is asked for."""
    if math.isinf(rise):
        return "The plan ends before the move does, so staying is cheaper at any price."
    if rise < 0:
        return "Leaving would pay even if the provider did not raise its price."
    return (
        f"Staying is cheaper up to a price rise of {quantity(rise, 'percent', 0)}; the provider asks for "
        f"{number(asked)} %."
    )


VIEWS["cost_of_leaving"] = View(_chart, _rows, _sentence, {"item": "Part", "value": "Million EUR", **HEADS})
