"""How the worth of a fallback is shown: the loss in an outage with and without it."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

SHOWN = {"loss_unprepared": "Unprepared", "loss_prepared": "With a fallback"}


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(SHOWN)


def _chart(rows) -> alt.LayerChart:
    bars = kinds.banded(rows, title="Loss in one outage, thousand EUR", text=",.0f")
    return kinds.titled(bars, "What an outage costs", MARKS)


def _sentence(evaluation: Evaluation) -> str:
    result, values = evaluation.result, evaluation.values
    verdict = "pays" if result.net > 0 else "does not pay"
    moved = evaluation.against(f"a loss averted of {number(evaluation.baseline.result.averted, 0)} thousand EUR")
    return (
        f"At a chance of {number(values['disruption_probability'])} % a year, a fallback {verdict}. It averts "
        f"{number(result.averted, 0)} thousand EUR{evaluation.band('averted', 0)} in one outage, which is "
        f"{number(result.worth, 1)} thousand in a mean year. Keeping it ready costs "
        f"{number(values['fallback_cost'], 1)} thousand a year.{moved}"
    )


VIEWS["fallback_value"] = View(_chart, _rows, _sentence, {"item": "Case", "value": "Thousand EUR", **HEADS})
