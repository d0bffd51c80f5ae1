"""How gigafactories are shown: four sizes of one thing, what is offered and wanted, what a bid is worth."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs import data
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

SIZES = {"chips": "In chips", "money": "In money", "speed": "In 16-bit speed", "power": "In power"}
OFFER = {
    "usable": "On offer",
    "wanted": "Demand then, at cost price",
    "wanted_then": "Demand then, at today’s price",
    "wanted_today": "Demand today",
}
WORTH = {
    "expected": "Chance times prize",
    "region_net": "Less the cost of the bid",
    "all_bids": "Cost of all bids",
}
THOUSAND = 1_000.0


def _bars(title: str, axis: str):
    def chart(rows):
        drawn = kinds.banded(rows, title=axis, text=".0f")
        subtitle = f"Bars and numbers: your scenario. {MARKS}"
        return kinds.titled(kinds.aside(drawn).properties(width=440), title, subtitle)

    return chart


def _size_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.chips, 1)} times the chips")
    return (
        f"A gigafactory has {number(result.chips, 1)} times as many chips as JUPITER and costs "
        f"{number(result.money, 1)} times as much. At 16 bits it is {number(result.speed, 1)} times as fast, and it "
        f"draws {number(result.power, 1)} times the power: {number(result.megawatts, 0)} MW. Each chip costs "
        f"{number(result.money_per_chip, 0)} EUR{evaluation.band('money_per_chip', 0)}.{moved}"
    )


def _use_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.stranded, 0)} %")
    return (
        f"When the sites open, {number(result.stranded, 0)} % of their GPUs{evaluation.band('stranded', 0)} find no "
        f"customer: {number(result.usable / THOUSAND, 0)} thousand are on offer, "
        f"{number(result.wanted / THOUSAND, 0)} thousand are in demand. Full sites could rent out a GPU-hour for "
        f"{number(result.full_cost, 2)} EUR; a cloud asks {number(result.market, 2)} today. Spread over the hours that "
        f"are rented, it costs {number(result.rented_cost, 2)} EUR.{moved}"
    )


def _bid_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.region_net, 1)} million EUR")
    return (
        f"A bid wins with a chance of {number(result.chance, 1)} % and is worth {number(result.region_net, 1)} million "
        f"EUR{evaluation.band('region_net', 1)} to its region. It pays as soon as winning is worth more than "
        f"{number(result.pays_from, 0)} million EUR. All bids together cost {number(result.all_bids, 0)} million "
        f"EUR.{moved}"
    )


def _size_chart(rows):
    printed = float(data.row("claims", "C38")["quantity"])
    drawn = kinds.banded(rows, title="Times JUPITER", text=".1f")
    return kinds.titled(
        alt.layer(kinds.aside(drawn), kinds.reference(printed, "")).properties(width=440, height=alt.Step(24)),
        "How many times JUPITER a gigafactory is",
        [f"Bars and numbers: your scenario. Dashed: the report's {number(printed)} times.", MARKS],
    )


VIEWS["gigafactory_times"] = View(
    _size_chart,
    lambda reading: reading.bars(SIZES),
    _size_sentence,
    {"item": "A gigafactory", "value": "Times JUPITER", **HEADS},
)
VIEWS["gigafactory_use"] = View(
    _bars("GPUs on offer and in demand", "Thousand GPUs, busy all year"),
    lambda reading: reading.bars(OFFER, scale=THOUSAND),
    _use_sentence,
    {"item": "What", "value": "Thousand GPUs", **HEADS},
)
VIEWS["bid_value"] = View(
    _bars("What a bid is worth to its region", "Million EUR"),
    lambda reading: reading.bars(WORTH),
    _bid_sentence,
    {"item": "What", "value": "Million EUR", **HEADS},
)
