"""How the cost of an answer is shown: the three ways to get it, and when owning beats calling."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number, quantity
from .. import kinds
from ..charts import VIEWS, View

WAYS = {"owned": "GPUs of your own", "rented": "Rented GPUs", "called": "API"}


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(WAYS)


def _chart(rows) -> alt.LayerChart:
    # The ranges span factors of thirty, so the scale has to be logarithmic.
    bars = kinds.banded(rows, title="EUR per thousand answers (logarithmic)", text=".2f", log=True)
    return kinds.titled(bars, "What a thousand answers cost", MARKS.replace("Dashed outline", "Diamond"))


def _sentence(evaluation: Evaluation) -> str:
    result, values = evaluation.result, evaluation.values
    costs = (
        f"At a load of {number(values['serving_load'])} % a thousand answers cost "
        f"{number(result.owned, 2)} EUR{evaluation.band('owned', 2)}. On rented GPUs they cost "
        f"{number(result.rented, 2)} EUR, through the API {number(result.called, 2)} EUR."
    )
    moved = evaluation.against(f"{number(evaluation.baseline.result.owned, 2)} EUR on GPUs of your own")
    return f"{cheaper(result.break_even)} {costs}{_crowded(result.served, values['batch'])}{moved}"


def _crowded(served: float, batch: float) -> str:
    """What memory does to the batch that was asked for; nothing where it fits."""
    if served >= batch:
        return ""
    return f" Only {quantity(served, 'answer', 0)} of {number(batch)} at a time find room in memory."


def cheaper(break_even: float) -> str:
    """From which load on owning is cheaper than calling: a headline."""
    if break_even > 100:
        return "The API is cheaper, however busy your own GPUs are."
    return f"Your own GPUs beat the API once they are busy for {number(break_even, 0)} % of the time."


VIEWS["answer_cost"] = View(_chart, _rows, _sentence, {"item": "Way", "value": "EUR per thousand answers", **HEADS})
