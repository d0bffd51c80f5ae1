"""How the money of a gigafactory is shown: what comes in, what it costs, what is left for its owners."""

import math

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

MONEY = {
    "income": "Rents",
    "grants": "Public money",
    "running": "Power and upkeep",
    "building": "Building and chips",
    "net": "Left for the owners",
}


def _chart(rows):
    drawn = kinds.banded(rows, title="Billion EUR for one site, at its opening", text=".1f")
    title = "One site over its life: money in, money out, and what is left"
    return kinds.titled(kinds.aside(drawn).properties(width=440), title, f"Bars and numbers: your scenario. {MARKS}")


def left(net: float) -> str:
    """What is left for the owners of one site: a headline."""
    if net < 0:
        return f"A gigafactory costs its owners {number(-net, 1)} billion EUR more than it brings them."
    return f"A gigafactory leaves its owners {number(net, 1)} billion EUR more than they want."


def full(after: float) -> str:
    """When the sites are full, in a sentence."""
    if after == 0:
        return "They are full from the first day."
    if math.isinf(after):
        return "They never fill up."
    return f"They are full {number(after, 1)} years later."


def part(needed: float) -> str:
    """The public part of the building at which the owners break even, in a sentence."""
    if needed <= 0:
        return "The owners need no public money"
    if needed > 100:
        return "Not even a building paid by the public would let the owners break even"
    return f"The owners break even if {number(needed, 0)} % of the building is public money"


def _sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.net, 1)} billion EUR")
    return (
        f"{left(result.net)} {part(result.needed)}{evaluation.band('needed', 0)}; here it is "
        f"{number(result.public_part, 0)} %. When the sites open, {number(result.idle_first, 0)} % of their GPUs stand "
        f"idle. {full(result.full_after)} What stands idle costs {number(result.idle_cost, 2)} billion EUR for each "
        f"site{evaluation.band('idle_cost', 2)}, and the owners bear {number(result.idle_owners, 2)} of it.{moved}"
    )


VIEWS["gigafactory_pays"] = View(
    _chart,
    lambda evaluation: evaluation.bars(MONEY),
    _sentence,
    {"item": "For one site", "value": "Billion EUR", **HEADS},
)
