"""How a quarter of the founder game is shown: bars of what it costs and earns."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number, quantity
from .. import kinds
from ..charts import VIEWS, View

SHOWN = {
    "burn": "Spent beyond revenue, renting",
    "rent": "Computing on demand",
    "dear": "The same in an expensive quarter",
    "reserved": "Computing with a contract",
    "hire": "Team, one step more",
    "leaving": "Pay for those who leave",
    "noise": "Swing of the account by luck",
}


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(SHOWN)


def _chart(rows) -> alt.LayerChart:
    bars = kinds.banded(rows, title="Thousand EUR in a quarter", text=",.0f")
    return kinds.titled(bars, "What a quarter of this firm costs", MARKS)


def _loses(burn: float, rent: float) -> str:
    """What goes out in a quarter, and how much of it for computing."""
    if burn <= 0:
        return "This firm earns what it spends."
    if rent >= burn:
        return "Without computing this firm would earn what it spends."
    return f"Of what this firm loses in a quarter, {number(100 * rent / burn, 0)} % is rent for computing."


def _sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.burn, 0)} thousand EUR beyond its revenue")
    return (
        f"{_loses(result.burn, result.rent)} It spends {quantity(result.burn, 'kEUR', 0)}{evaluation.band('burn', 0)} "
        f"beyond its revenue, {number(result.rent, 0)} of it on rent; a contract for a year costs "
        f"{number(result.reserved, 0)}. A larger team costs {number(result.hire, 0)} more. Public hours are granted "
        f"with {number(result.hours_chance, 0)} % in each quarter.{moved}"
    )


VIEWS["founder_quarter"] = View(
    _chart, _rows, _sentence, {"item": "Item", "value": "Thousand EUR in a quarter", **HEADS}
)
