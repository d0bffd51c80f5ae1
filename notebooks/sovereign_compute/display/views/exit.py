"""How the right to leave is shown: what it is worth and costs, and how that falls when both services fall together."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

SHOWN = {"option": "The right to move", "independent": "… if both moved independently", "readiness": "Readiness costs"}


def _exit_rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(SHOWN)


def _exit_chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, title="Million EUR", text=".2f")
    return kinds.titled(chart, "What an exit kept open is worth", MARKS)


def _exit_sentence(evaluation: Evaluation) -> str:
    result, years, band = evaluation.result, evaluation.values["option_years"], evaluation.band("option", 1)
    moved = evaluation.against(number(evaluation.baseline.result.option, 2))
    pays = "pays" if result.option > result.readiness else "does not pay"
    return (
        f"The right to move within {number(years)} years is worth {number(result.option, 2)} million EUR{band}. "
        f"Keeping it costs {number(result.readiness, 2)}, so by itself it {pays}. If the two values moved "
        f"independently, it would be worth {number(result.independent, 2)}.{moved}"
    )


VIEWS["exit_option"] = View(
    _exit_chart,
    _exit_rows,
    _exit_sentence,
    {"item": "What", "value": "Million EUR", **HEADS},
)
