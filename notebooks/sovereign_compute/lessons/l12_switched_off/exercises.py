"""Notebook 12, who can switch you off: exercises."""

from bisect import bisect_left
from functools import cache
from itertools import pairwise

import numpy as np

from ...analysis.settings import complete, evaluate
from ...analysis.simulation import simulate
from ...controls.exercises import Exercise, Mistake
from ...display.views.framework import ranks_of_services
from ...inputs import data
from ...inputs.wording import listed, number
from ...models.concentration import hhi, market_concentration
from ...models.framework import WEIGHTS, rank_of_services
from ...models.layers import power_mean
from ...models.parts.constants import PERCENT
from ...models.parts.services import FULL, SHORT
from .. import reasons

MARKETS = [
    (first, second, third, 100 - first - second - third)
    for first in (36, 39, 42, 45, 48)
    for second in (22, 24, 26, 28)
    for third in (13, 14, 15, 16, 17, 18)
    if 5 <= 100 - first - second - third < third
]
"""Shares of four firms, in percent; the two smallest merge."""
PAIRS = [(strong, weak) for strong in (2.5, 3, 3.5, 4) for weak in (0.5, 1, 1.5)]
"""Points of two layers."""
ONE, TWO, THREE, TEN = "one large firm", "two larger firms", "three equal firms", "ten equal firms"


def _rise(v: dict) -> float:
    """By how many points the index rises if the last two firms merge."""
    *others, third, fourth = v["market"]
    return hhi([*others, third + fourth]) - hhi(v["market"])


def _two_layers(v: dict, exponent: float, strong: float | None = None) -> float:
    """Two layers, in points; ``strong`` is the weight of the stronger one in percent, if not that of the case."""
    part = PERCENT * (v["weight"] if strong is None else strong)
    return FULL * power_mean([points / FULL for points in v["pair"]], [part, 1 - part], exponent)


def _four_markets(v: dict) -> dict[str, float]:
    """HHI of four markets; what the named firms do not have is spread over very many."""
    return {ONE: hhi([v["largest"]]), TWO: hhi([v["each"]] * 2), THREE: hhi([100 / 3] * 3), TEN: hhi([10] * 10)}


def _by_hhi(v: dict) -> list[str]:
    found = _four_markets(v)
    return sorted(found, key=lambda market: -found[market])


@cache
def _turning(technology: float, supply: float) -> int:
    """From which legal weight on JUPITER is most often first, with these two other weights."""
    others = {"weight_technology": technology, "weight_supply": supply}

    def leads(legal: int) -> bool:
        found = evaluate(rank_of_services, **others, weight_legal=float(legal))
        return int(np.argmax(found[: len(SHORT)])) == list(SHORT).index("jupiter")

    return bisect_left(range(101), True, key=leads)


def _turns(v: dict) -> int:
    return _turning(v["weight_technology"], v["weight_supply"])


@cache
def us_first() -> dict[str, float]:
    """How often the US region comes first, in percent, if all the weight lies on one objective."""
    labels, place = [row["label"] for row in data.records("framework")], list(SHORT).index("us-region")
    return {
        label: ranks_of_services(complete(rank_of_services, {**dict.fromkeys(WEIGHTS, 0.0), id: 100.0}))[place, 0]
        for label, id in zip(labels, WEIGHTS, strict=True)
    }


def _range(v: dict) -> tuple[float, float]:
    low, high = simulate(market_concentration, v).quantile("by_firm", (0.05, 0.95))
    return low, high


EXERCISES = (
    Exercise(
        id="12.1",
        question=lambda v: (
            f"Four firms share a market: {listed(f'{share} %' for share in v['market'])}. The two smallest merge. By "
            "how many points does the HHI rise?"
        ),
        vary={"market": MARKETS},
        units={"points": 1.0, "shares as parts of one": 10_000.0},
        answer=_rise,
        mistakes=(
            Mistake(
                lambda v: hhi([sum(v["market"][2:])]),
                "That is what the merged firm adds. Its two parts counted before as well: take them away.",
            ),
            Mistake(lambda v: _rise(v) / 2, "Nearly: (a + b)² is a² + 2ab + b². You took one ab only."),
            Mistake(
                lambda v: hhi(v["market"]), "That is the HHI before the merger. The question is by how much it rises."
            ),
            Mistake(
                lambda v: hhi([*v["market"][:2], sum(v["market"][2:])]),
                "That is the HHI after the merger. The question is by how much it rises.",
            ),
        ),
        hints=(
            "The HHI adds up the squares of the shares. Which squares change?",
            "Square of the sum, less the two squares that were there before.",
        ),
        solution=lambda v: (
            "({0} + {1})² − {0}² − {1}² = 2 × {0} × {1} = {2} points. ".format(*v["market"][2:], number(_rise(v), 0))
            + f"The HHI goes from {number(hhi(v['market']), 0)} to {number(hhi(v['market']) + _rise(v), 0)}."
        ),
    ),
    Exercise(
        id="12.2",
        question=lambda v: (
            f"A layer with {number(v['pair'][0])} points has {v['weight']} % of the weight, a layer with "
            f"{number(v['pair'][1])} the rest. What is their geometric mean, in points?"
        ),
        vary={"pair": PAIRS, "weight": [40, 60, 70, 75, 80]},
        units={"points": 1.0},
        answer=lambda v: _two_layers(v, 0.0),
        mistakes=(
            Mistake(
                lambda v: _two_layers(v, 1.0), "That is the weighted mean: the strong layer makes up for the weak."
            ),
            Mistake(lambda v: float(min(v["pair"])), "That is the weakest link: the strong layer counts for nothing."),
            Mistake(lambda v: _two_layers(v, -1.0), "That is the harmonic mean, an exponent of −1 in the panel."),
            Mistake(lambda v: _two_layers(v, 0.0, 50), "That is the root of the product: mind the weights."),
        ),
        hints=(
            "The geometric mean multiplies instead of adding.",
            "Raise each number of points to its weight, as a part of one, and multiply the two.",
        ),
        solution=lambda v: (
            f"{number(v['pair'][0])}^{number(v['weight'] * PERCENT, 2)} × {number(v['pair'][1])}^"
            f"{number(1 - v['weight'] * PERCENT, 2)} = {number(_two_layers(v, 0.0), 2)} points. The weighted mean "
            f"gives {number(_two_layers(v, 1.0), 2)}, the weakest link {number(min(v['pair']))}: the way of adding "
            "up moves the result as much as the facts do."
        ),
    ),
    Exercise(
        id="12.3",
        question=lambda v: (
            f"Four markets: one firm has {v['largest']} %; two firms have {v['each']} % each; three firms share "
            "everything equally, ten firms do the same. Whatever is left belongs to very many small firms. Put the "
            "most concentrated first, by HHI."
        ),
        vary={"largest": list(range(51, 71, 2)), "each": [37, 38, 39, 42, 43, 44, 46, 47, 48]},
        fair=lambda v: all(low * 1.03 < high for low, high in pairwise(sorted(_four_markets(v).values()))),
        kind="ranking",
        options=lambda: [ONE, TWO, THREE, TEN],
        answer=_by_hhi,
        hints=(
            "Squares punish size: one firm with half of a market weighs more than two with a quarter each.",
            "Square each named share and add up. Very many small firms add next to nothing.",
        ),
        solution=lambda v: (
            "; ".join(f"{market}: {number(_four_markets(v)[market], 0)}" for market in _by_hhi(v))
            + ". A count of firms says little about a market; their sizes do."
        ),
    ),
    Exercise(
        id="12.4",
        question=lambda v: (
            f"Press Reset, set “Technology weight” to {number(v['weight_technology'])} and “Supply-chain weight” to "
            f"{number(v['weight_supply'])}. Now raise “Legal weight” from 0 until JUPITER ranks first most often. At "
            "which legal weight does it take the lead?"
        ),
        model=rank_of_services,
        vary={"weight_technology": [10, 12, 16, 18, 20, 22, 25, 28], "weight_supply": [14, 17, 20, 23, 26]},
        fair=lambda v: 3 <= _turns(v) <= 60,
        units={"%": 1.0},
        tolerance=0.06,
        answer=_turns,
        mistakes=(
            Mistake(
                lambda v: 100 * _turns(v) / (_turns(v) + sum(v[id] for id in WEIGHTS if id != "weight_legal")),
                "That is its part of all weights. The slider shows the weight itself.",
            ),
        ),
        hints=(
            "Move one slider only, and watch the two longest bars.",
            "Near the turning point both bars are about as long. Go on in single steps.",
        ),
        solution=lambda v: (
            f"From {_turns(v)} on. The more technology counts, the more law it takes to put JUPITER first: nobody "
            "measured these weights, and they decide."
        ),
    ),
    Exercise(
        id="12.5",
        question=(
            "Find the one weight that turns the last into the first. Give all the weight to a single objective and "
            "set the others to 0. For which objective does the US region rank first most often?"
        ),
        model=rank_of_services,
        preset={},
        kind="choice",
        options=lambda: sorted(us_first()),
        answer=lambda v: max(us_first(), key=us_first().get),
        reasons=lambda v: reasons.first_places(us_first()),
        hints=(
            "On most objectives the US region has the fewest points of all five. On two it has not.",
            "Where does the place of the headquarters matter least?",
        ),
        solution=lambda v: (
            f"{max(us_first(), key=us_first().get)}: there the US region ranks first in "
            f"{number(max(us_first().values()), 0)} % of the judgements. A ranking without its weights says nothing."
        ),
    ),
    Exercise(
        id="12.6",
        question=lambda v: (
            f"Suppose the three US providers held {number(v['us_cloud_share'])} % of the European cloud market. "
            "Their split among each other is not published. Give a range for the HHI by firm that you are 90 % sure "
            "of."
        ),
        model=market_concentration,
        vary={"us_cloud_share": (45, 85)},
        kind="range",
        units={"points": 1.0},
        answer=lambda v: market_concentration(**v).by_firm,
        band=_range,
        hints=(
            "The HHI is lowest if the three are equal, and high if one of them leads as in the world market.",
            "Square a third of their share and take it three times. Then try a half, a third and a sixth of it.",
        ),
        solution=lambda v: (
            "The model's range is {} to {}. It is wider than the two splits alone make it, because the share itself is "
            "not certain either.".format(*(number(end, 0) for end in _range(v)))
        ),
    ),
)
