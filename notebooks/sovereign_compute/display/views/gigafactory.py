"""How gigafactories are shown: four sizes of one thing, what is offered and wanted, what a bid is worth."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs import data
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

SIZES = {"chips": "In chips", "money": "In money", "speed": "In 16-bit speed", "power": "In power"}
SIZED = {"chips": "chips", "money": "cost", "speed": "16-bit speed", "power": "power"}
OFFER = {
    "usable": "Offered",
    "wanted": "Wanted then, if cost is asked",
    "wanted_then": "Wanted then, at today’s price",
    "wanted_today": "Wanted today",
}
WORTH = {
    "expected": "Chance times worth",
    "region_net": "Less its cost",
    "all_bids": "Cost of all bids",
}
THOUSAND = 1_000.0


def _bars(title: str, axis: str):
    def chart(rows):
        drawn = kinds.banded(rows, title=axis, text=".0f")
        subtitle = f"Bar, number at the right: your scenario. {MARKS}"
        return kinds.titled(kinds.aside(drawn).properties(width=440), title, subtitle)

    return chart


def _size_sentence(evaluation: Evaluation) -> str:
    *told, last = (f"{number(getattr(evaluation.result, id), 1)} times the {SIZED[id]}" for id in SIZES)
    moved = evaluation.against(f"{number(evaluation.baseline.result.chips, 1)} times the chips")
    return (
        f"Beside JUPITER, a gigafactory has {', '.join(told)} and {last}. It has "
        f"{number(evaluation.result.peak, 0)} EFLOP/s at peak, takes {number(evaluation.result.megawatts, 0)} MW and "
        f"costs {number(evaluation.result.money_per_chip, 0)} EUR per chip"
        f"{evaluation.band('money_per_chip', 0)}.{moved}"
    )


def _use_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.stranded, 0)} %")
    return (
        f"Of {number(result.usable / THOUSAND, 0)} thousand GPUs offered, {number(result.stranded, 0)} %"
        f"{evaluation.band('stranded', 0)} stand idle when the sites open. Full sites could ask "
        f"{number(result.full_cost, 2)} EUR per GPU-hour against {number(result.market, 2)} today; at that "
        f"price {number(result.wanted / THOUSAND, 0)} thousand are wanted, enough for {number(result.sites_filled, 1)} "
        f"sites, and an hour rented then costs {number(result.rented_cost, 2)} EUR.{moved}"
    )


def _bid_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.region_net, 1)} million EUR")
    return (
        f"A bid wins with a chance of {number(result.chance, 1)} %. It is worth {number(result.region_net, 1)} million "
        f"EUR{evaluation.band('region_net', 1)} to its region, and pays as soon as winning is worth "
        f"{number(result.pays_from, 0)} million EUR. All bids together cost {number(result.all_bids, 0)} million "
        f"EUR.{moved}"
    )


def _size_chart(rows):
    printed = float(data.row("claims", "C38")["quantity"])
    drawn = kinds.banded(rows, title="Times JUPITER", text=".1f")
    return kinds.titled(
        alt.layer(kinds.aside(drawn), kinds.reference(printed, "")).properties(width=440, height=alt.Step(24)),
        "How large is a gigafactory?",
        [f"Bar, number at the right: your scenario. Dashed: the report's {number(printed)} times.", MARKS],
    )


VIEWS["gigafactory_times"] = View(
    _size_chart,
    lambda reading: reading.bars(SIZES),
    _size_sentence,
    {"item": "A gigafactory", "value": "Times JUPITER", **HEADS},
)
VIEWS["gigafactory_use"] = View(
    _bars("Would gigafactories be full?", "Thousand GPUs, busy all year"),
    lambda reading: reading.bars(OFFER, scale=THOUSAND),
    _use_sentence,
    {"item": "What", "value": "Thousand GPUs", **HEADS},
)
VIEWS["bid_value"] = View(
    _bars("What is a bid worth?", "Million EUR"),
    lambda reading: reading.bars(WORTH),
    _bid_sentence,
    {"item": "What", "value": "Million EUR", **HEADS},
)


# Demand and supply ------------------------------------------------------------------------------------------------
