"""Notebook 12, who can switch you off: exercises."""

import math
from functools import cache

from ...analysis.simulation import simulate
from ...controls.exercises import Exercise, Mistake
from ...inputs import data
from ...inputs.wording import number
from ...models.concentration import cloud_shares, hhi, market_concentration, market_intervals
from ...models.framework import POINTS, WEIGHTS, rank_of_services
from ...models.layers import layer_independence, power_mean
from ...models.parts.constants import PERCENT
from ...models.parts.services import FULL
from .. import reasons

STRONG, WEAK = 4, 1


"""Points of the two layers of exercise 12.2."""


@cache
def _world() -> tuple[dict[str, float], float]:
    """Named shares of the world cloud market and the rest, in percent."""
    shares = cloud_shares("World")
    rest = shares.pop("all unnamed")
    return shares, rest


def _named_hhi(v: dict) -> float:
    return hhi(_world()[0].values())


def _two_layers(exponent: float) -> float:
    """Two layers of equal weight, in points."""
    return FULL * power_mean([STRONG / FULL, WEAK / FULL], [0.5, 0.5], exponent)


def _supply_part(v: dict) -> float:
    """The weight of supply chain as a part of all weights."""
    return v["weight_supply"] / sum(v[id] for id in WEIGHTS)


def _wander(v: dict) -> float:
    """Standard deviation of the weight of supply chain in percentage points."""
    part = _supply_part(v)
    return math.sqrt(part * (1 - part) / (v["weight_concentration"] + 1)) / PERCENT


def _objectives() -> list[str]:
    return [row["label"] for row in data.records("framework")]


def _gate_objective(v: dict) -> str:
    """The objective in which the best service has the fewest points."""
    return _objectives()[int(POINTS[:, :, 1].max(axis=0).argmin())]


def _markets(v: dict) -> list[str]:
    """Markets from the highest HHI to the lowest; one whose interval overlaps with another's is left out."""
    found = {market: ends for market, ends in market_intervals().items() if market != "Chip foundries, world"}
    return sorted(found, key=lambda market: -sum(found[market]))


EXERCISES = (
    Exercise(
        id="12.1",
        question=(
            f"World cloud market: {', '.join(f'{firm} {number(share)} %' for firm, share in _world()[0].items())}. The "
            f"other {number(_world()[1])} % are spread over very many firms. What is the HHI?"
        ),
        model=market_concentration,
        preset={},
        units={"points": 1.0, "shares as parts of one": 10_000.0},
        answer=_named_hhi,
        tolerance=0.005,
        mistakes=(
            Mistake(lambda v: sum(_world()[0].values()), "That is the sum of the shares. Square each of them first."),
            Mistake(lambda v: sum(_world()[0].values()) ** 2, "You squared the sum; the index adds up squares."),
            Mistake(
                lambda v: _named_hhi(v) + hhi([_world()[1]]),
                "You counted the rest as one firm. Spread over very many, its squares are next to nothing.",
            ),
            Mistake(
                lambda v: hhi([*_world()[0].values()][:3]),
                "You stopped after the first three; go on to the last named firm.",
            ),
        ),
        hints=(
            "Square each share in percent and add up. What is the square of a very small number?",
            " + ".join(f"{number(share)}²" for share in _world()[0].values()) + "; the rest adds nothing.",
        ),
        solution=lambda v: (
            f"{' + '.join(number(share**2) for share in _world()[0].values())} = {number(_named_hhi(v), 0)}. If the "
            f"rest is in firms as large as a firm without a name can be, it is "
            f"{number(market_intervals()['Cloud, world, by firm'][1], 0)}."
        ),
    ),
    Exercise(
        id="12.2",
        question=(
            f"Two layers of equal weight have {STRONG} points and {WEAK}. What is their geometric mean, in points?"
        ),
        model=layer_independence,
        preset={},
        units={"points": 1.0},
        answer=lambda v: _two_layers(0.0),
        mistakes=(
            Mistake(lambda v: _two_layers(1.0), "That is the weighted mean: the strong layer makes up for the weak."),
            Mistake(lambda v: float(WEAK), "That is the weakest link: the strong layer counts for nothing."),
            Mistake(lambda v: _two_layers(-1.0), "That is the harmonic mean, an exponent of −1 on the dial."),
            Mistake(lambda v: float(STRONG * WEAK), "That is the product. Two layers of equal weight: take its root."),
        ),
        hints=(
            "The geometric mean multiplies instead of adding.",
            "Each layer is raised to its weight, one half, and the two are multiplied: √4 × √1.",
        ),
        solution=lambda v: (
            f"√4 × √1 = {number(_two_layers(0.0))} points. The mean gives {number(_two_layers(1.0))}, the weakest link "
            f"{WEAK}: the way of adding up moves the result as much as the facts do."
        ),
    ),
    Exercise(
        id="12.3",
        question="Which of these markets is the most concentrated by HHI, which the least? Start with the highest.",
        model=market_concentration,
        preset={},
        kind="ranking",
        options=lambda: sorted(_markets({})),
        answer=_markets,
        hints=(
            "A market with one firm has 10,000 points; one firm with share s has at least s².",
            "One share is enough to start: of EUV machines one firm makes all, of AI chips nine in ten. By "
            "jurisdiction the European cloud has hardly more than two parties.",
        ),
        solution=lambda v: (
            " > ".join(
                f"{market} ({number(low, 0)}{'' if round(low) == round(high) else ' to ' + number(high, 0)})"
                for market, (low, high) in ((m, market_intervals()[m]) for m in _markets(v))
            )
            + ". Where intervals overlap, their middles are compared. The first of them is a European firm."
        ),
    ),
    Exercise(
        id="12.4",
        question=(
            "Your panel of ranks, as it is set now: by how many percentage points does the weight of supply chain "
            "wander (standard deviation)?"
        ),
        model=rank_of_services,
        units={"percentage points": 1.0, "parts of one": 100.0},
        answer=_wander,
        mistakes=(
            Mistake(
                lambda v: _supply_part(v) * (1 - _supply_part(v)) / (v["weight_concentration"] + 1),
                "That is the variance. Take its root.",
            ),
            Mistake(
                lambda v: 100 * math.sqrt(_supply_part(v) * (1 - _supply_part(v))),
                "The agreement is missing: divide by it, plus one, under the root.",
            ),
            Mistake(
                lambda v: 100 * math.sqrt(_supply_part(v) / (v["weight_concentration"] + 1)),
                "Nearly: under the root stands w (1 − w), not w alone.",
            ),
        ),
        hints=(
            "First the weight as a part w of all weights; then the Dirichlet distribution with agreement c.",
            "√(w (1 − w) / (c + 1)), times 100.",
        ),
        solution=lambda v: (
            f"w = {number(_supply_part(v), 3)} and c = {number(v['weight_concentration'])}: 100 × "
            f"√({number(_supply_part(v), 3)} × {number(1 - _supply_part(v), 3)} / "
            f"{number(v['weight_concentration'] + 1)}) = {number(_wander(v), 1)} percentage points."
        ),
    ),
    Exercise(
        id="12.5",
        question="Which objective keeps even the best service from a higher level?",
        model=rank_of_services,
        preset={},
        kind="choice",
        options=lambda: sorted(_objectives()),
        answer=_gate_objective,
        reasons=lambda v: reasons.best_points(_objectives()),
        hints=(
            "A gate asks for the level in every objective, so the worst one decides.",
            "Look for the row of the points that is pale in all five columns.",
        ),
        solution=lambda v: (
            f"{_gate_objective(v)}: nobody has more than {number(POINTS[:, :, 1].max(axis=0).min())} there. "
            "Chips and factories are the same for all."
        ),
    ),
    Exercise(
        id="12.6",
        question=(
            "European cloud market by firm: give a range for the HHI that you would bet on at nine to one, with what "
            "is published and what is not."
        ),
        model=market_concentration,
        preset={},
        kind="range",
        units={"points": 1.0},
        answer=lambda v: market_concentration(**v).by_firm,
        band=lambda v: tuple(simulate(market_concentration, v).quantile("by_firm", (0.05, 0.95))),
        hints=(
            "Equal shares of the 70 % give the lowest value, the split of the world market a high one.",
            "Square a third of the 70 % and take it three times: nearly the low end. Then try a half, a third and a "
            "sixth.",
        ),
        solution=lambda v: (
            "The model's range is {} to {}. It reaches beyond the published interval because the 70 % are uncertain "
            "too.".format(*(number(x, 0) for x in simulate(market_concentration, v).quantile("by_firm", (0.05, 0.95))))
        ),
    ),
)
