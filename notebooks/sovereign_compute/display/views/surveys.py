"""How a survey of successes is shown: what it prints against what all projects have, and how far it jumps."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars({id: evaluation.model.output(id).label for id in ("printed", "everyone", "middle")})


def _chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, title="USD per USD")
    return kinds.titled(chart, "What a survey of successes prints", MARKS)


def _sentence(evaluation: Evaluation) -> str:
    result, band = evaluation.result, evaluation.band("printed", 0)
    share = evaluation.values["success_share"]
    rest = "nothing comes back from those that fail" if share < 100 else "no project fails"
    moved = evaluation.against(number(evaluation.baseline.result.printed, 0))
    return (
        f"A survey of successes prints {number(result.printed, 0)} USD per USD{band}, though the middle success "
        f"returns {number(result.middle)}; over all projects the mean is {number(result.everyone, 0)}, "
        f"as {rest}.{moved}"
    )


VIEWS["survey_mean"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "What", "value": "USD per USD", **HEADS},
)
