"""How the worth of start-ups is shown: the chain from value to public hours, the companies, the investors."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, WIDTH, View

CHAIN = {
    "computing": "Due to computing",
    "traced": "… in public hours",
    "kept": "… staying in Europe",
    "by_effect": "Due to a prize",
    "european": "All that stays here",
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
        "Where 100 dollars of a unicorn's value come from, and where they go",
        f"Bar, number at the right: your scenario. {MARKS}",
    )


def _sentence(evaluation: Evaluation) -> str:
    found = evaluation.result
    moved = evaluation.against(number(evaluation.baseline.result.kept, 1))
    prize = (
        f"A prize with the effect assumed here would account for {number(found.by_effect, 0)} of 100 USD"
        if found.by_effect >= 0
        else f"A prize with the effect assumed here would do harm, {number(-found.by_effect, 0)} USD for each 100"
    )
    return (
        f"Of 100 USD of a unicorn's value, {number(found.kept, 1)} are due to public hours and stay in Europe.{moved} "
        f"In the median unicorn, worth {number(found.typical, 0)} million USD, that is {number(found.kept_value, 0)} "
        f"million. {prize}."
    )


VIEWS["public_part"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Part", "value": "USD of 100 USD", **HEADS},
)
