"""How concentration is shown: the European cloud market of a scenario, and the markets of the course side by side."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, WIDTH, View

ITEMS = {
    "by_firm": "By firm",
    "jurisdiction_least": "By jurisdiction, others in many hands",
    "jurisdiction_most": "By jurisdiction, others under US law",
}


def _market_rows(evaluation: Evaluation) -> dict[str, list]:
    return {**evaluation.bars(ITEMS), "line": [evaluation.values["concentration_line"]] * len(ITEMS)}


def _market_chart(rows) -> alt.LayerChart:
    bars = kinds.bars(
        rows, category="item", value="value", low="low", high="high", course="course", title="HHI (points)", text=",.0f"
    )
    line = alt.Chart(rows).mark_rule(strokeDash=[6, 4], strokeWidth=2).encode(x="line:Q")
    return kinds.titled(
        alt.layer(bars, line).properties(width=WIDTH, height=alt.Step(30)),
        "How concentrated is the European cloud market?",
        f"Dashed: line of high concentration. {MARKS}",
    )


def _market_sentence(evaluation: Evaluation) -> str:
    result, line, band = evaluation.result, evaluation.values["concentration_line"], evaluation.band("by_firm", 0)
    side = "above" if result.by_firm > line else "not above"
    moved = evaluation.against(f"{number(evaluation.baseline.result.by_firm, 0)} by firm")
    least, most = (number(x, 0) for x in (result.jurisdiction_least, result.jurisdiction_most))
    return (
        f"Counted by firm, the HHI is {number(result.by_firm, 0)}{band}, {side} the line of {number(line, 0)}; "
        f"{number(result.effective_firms, 1)} equal firms would give the same. Counted by the jurisdiction that can "
        f"give orders, our own index, it is {least if least == most else f'{least} to {most}'}.{moved}"
    )


VIEWS["market_concentration"] = View(
    _market_chart,
    _market_rows,
    _market_sentence,
    {"item": "Counted", "value": "HHI", **HEADS},
)
