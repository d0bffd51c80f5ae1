"""How the worth of start-ups is shown: the chain from value to public hours, the companies, the investors."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, WIDTH, View

CHAIN = {
    "computing": "Due to computing",
    "traced": "… on public hours",
    "kept": "… staying in Europe",
    "by_effect": "Due to a prize",
    "european": "All that stays",
}
"""The outputs of the main chart with names that fit beside a bar."""


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(CHAIN)


def _chart(rows) -> alt.LayerChart:
    drawn = kinds.banded(rows, title="USD of 100 USD of value", text=".1f")
    # The whole stays in sight, so that a bar means the same in every scenario.
    whole = alt.Chart(alt.Data(values=[{"at": 100}])).mark_point(opacity=0).encode(x="at:Q")
    return kinds.titled(
        alt.layer(kinds.aside(drawn), whole).properties(width=WIDTH - 60),
        "Of 100 dollars of a unicorn's value",
        f"Bar, number at the right: your scenario. {MARKS}",
    )


def _sentence(evaluation: Evaluation) -> str:
    found, band = evaluation.result, evaluation.band("kept", 1)
    moved = evaluation.against(number(evaluation.baseline.result.kept, 1))
    return (
        f"Of 100 USD of value, {number(found.traced, 1)} are due to public hours, and {number(found.kept, 1)} of these "
        f"stay in Europe{band}: {number(found.kept_value, 0)} million of the {number(found.typical, 0)} million USD of "
        f"a median unicorn. Asked as a cause, a prize would explain {number(found.by_effect, 0)} of 100.{moved}"
    )


VIEWS["public_part"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Part", "value": "USD of 100 USD", **HEADS},
)


# Companies ------------------------------------------------------------------------------------------------------------


# Counterfactual and owners --------------------------------------------------------------------------------------------
