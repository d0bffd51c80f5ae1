"""How the option to leave is shown in a negotiation: believed, certain to be believed, and what readiness costs."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

SHOWN = {
    "leverage": "As far as one is believed",
    "option": "If nobody doubted it",
    "today": "… at today’s prices",
    "waiting": "… because prices may move",
}


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(SHOWN)


def _chart(rows) -> alt.LayerChart:
    bars = kinds.banded(rows, title="Million EUR", text=".2f")
    return kinds.titled(bars, "What the option to leave is worth in a negotiation", MARKS)


def _sentence(evaluation: Evaluation) -> str:
    result, values, band = evaluation.result, evaluation.values, evaluation.band("leverage", 2)
    moved = evaluation.against(f"{number(evaluation.baseline.result.leverage, 2)} million EUR")
    ready = values["exit_readiness"] * values["renewal_years"]
    pays = "pays" if result.net > 0 else "does not pay"
    worth = _worth(result.leverage, result.discount, values["belief"])
    return (
        f"{worth} It is {number(result.leverage, 2)} million EUR{band}. If nobody "
        f"doubted it, the option would be worth {number(result.option, 2)} million. At the renewal leaving is cheaper "
        f"with a chance of {number(result.chance, 0)} %. Staying ready until then costs {number(ready, 2)} million, so "
        f"by itself it {pays}.{_exception(result.turning, values['price_uncertainty'])}{moved}"
    )


def _worth(worth: float, discount: float, belief: float) -> str:
    """What it is worth: a headline."""
    if worth <= 0:
        return "An option to leave that nobody believes in is worth nothing."
    return (
        f"To a firm that is believed with a chance of {number(belief)} % the option to leave is worth a price cut of "
        f"{number(discount, 1)} %."
    )


def _exception(turning: float, uncertainty: float) -> str:
    """The case in which a price that is less certain makes the option worth less; nothing elsewhere."""
    if uncertainty >= turning:
        return ""
    return (
        " The two prices move together here: a little more uncertainty of the provider’s price makes the option worth "
        "less, not more."
    )


VIEWS["leverage"] = View(_chart, _rows, _sentence, {"item": "Worth", "value": "Million EUR", **HEADS})
