"""Notebook 12, who can switch you off: exercises and claims."""

import math
from functools import cache

from ..analysis.settings import evaluate
from ..analysis.simulation import simulate
from ..controls.exercises import Exercise, Mistake
from ..inputs import data
from ..inputs.assumptions import get
from ..inputs.data import row
from ..inputs.wording import number
from ..models.concentration import cloud_market, cloud_shares, hhi, market_concentration, market_intervals
from ..models.framework import POINTS, WEIGHTS, rank_of_services
from ..models.layers import layer_independence, power_mean
from ..models.ownership import gpu_hour_cost
from ..models.parts.constants import EUROS_PER_MILLION, PERCENT
from ..models.parts.services import FULL
from . import reasons
from .fact_check import Verdict, claims, fact, judges

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


# Claims -----------------------------------------------------------------------------------------------------------


def layers_of(service: str) -> list[dict]:
    """The layers of one service."""
    return [found for found in data.records("layers") if found["service"] == service]


def _points(service: str, *layers: str) -> float:
    return sum(found["value"] for found in layers_of(service) if found["layer"] in layers)


SECONDS_PER_DAY = 86_400
FLOP_PER_EXAFLOP = 1e18
DAYS_OF_A_LARGE_RUN = 100
"""Large runs have taken one to three months."""
TRUMPS_RETURN = "2025-01-20"
MONTH_OF_THE_HEARING = "2025-06"
"""As the report dates it."""

CHIPS = ("chip design", "foundry", "memory", "network")
ORDERS = ("operator", "data", "law")
"""Where the two meanings of dependence lie: who makes the technology, and who can give or refuse orders."""


@judges("C06")
def _processors() -> Verdict:
    claimed, count = claims()["C06"]["quantity"], fact("superchips")
    memory = {id: row("chips", id)["memory_gb"] for id in ("nvidia-gh200-96-gb", "nvidia-h200-sxm")}
    counted = round(count, -3) == float(claimed)
    same = fact("gpu-memory") == memory["nvidia-h200-sxm"]
    return Verdict(
        "holds" if counted and same else "holds partly" if counted or same else "does not hold",
        f"{number(count)} superchips, {number(fact('gpu-memory'))} GB each; an H200 has "
        f"{number(memory['nvidia-h200-sxm'])} GB",
        "the number, rounded to thousands",
        "the maker and the number fit; the product is the GH200, a processor and an accelerator in one, with less "
        "memory",
    )


@judges("C14")
def _symbol() -> Verdict:
    controls = [found["control"] for found in layers_of("jupiter")]
    return Verdict(
        "opinion",
        f"{controls.count('EU')} of {len(controls)} layers are under European control, "
        f"{controls.count('United States')} under American",
        "what the machine stands for in the eyes of the government",
        "a symbol is not measured; the layers say in which sense it could be true",
    )


@judges("C15")
def _less_dependent() -> Verdict:
    orders = _points("jupiter", *ORDERS) - _points("us-region", *ORDERS)
    chips = _points("jupiter", *CHIPS) - _points("us-region", *CHIPS)
    word = {0: "does not hold", 1: "depends on the reading", 2: "holds"}[(orders > 0) + (chips > 0)]
    return Verdict(
        word,
        f"against a US region {number(orders)} points more where orders are given (of {FULL * len(ORDERS):.0f}), "
        f"{number(chips)} more in chips and network",
        "who runs it and whose courts decide" if orders > chips else "who makes the technology",
        "for its users it takes the place of services run from the US; the technology comes from the same makers",
    )


@judges("C19")
def _without_help() -> Verdict:
    utilisation = get("model_flop_utilisation").value * PERCENT
    per_day = fact("bf16-peak") * FLOP_PER_EXAFLOP * utilisation * SECONDS_PER_DAY
    days = row("macro_reference", "gpt4-flop")["value"] / per_day
    outside = [found["layer"] for found in layers_of("jupiter") if found["control"] not in ("EU", "mixed")]
    able = days <= DAYS_OF_A_LARGE_RUN
    return Verdict(
        "does not hold" if not able else "depends on the reading" if outside else "holds",
        f"the computing of GPT-4 takes the whole machine {number(days, 0)} days; {len(outside)} of its layers come "
        "from outside",
        "nobody outside needs to be asked for computing time",
        f"deciding, running and training lie in Europe; {', '.join(outside)} do not. And public machines in Europe "
        "had trained large models before",
    )


@judges("C20")
def _dependence_shrinks() -> Verdict:
    market = row("dependence", "europe-cloud-market")["value"] * 1e3
    machine = evaluate(gpu_hour_cost)
    hours = machine.yearly_cost * EUROS_PER_MILLION / machine.total
    worth = hours * machine.cloud / EUROS_PER_MILLION
    share = 100 * worth / market
    industry = share * fact("industry-quota") * PERCENT
    before = row("market_shares", "cloud-infrastructure-europe-all-european-providers-2022")["share_percent"]
    now = cloud_market("Europe")["all European providers"]
    # Shares are published in whole percents: less than half of one cannot be seen.
    return Verdict(
        "holds" if industry >= 0.5 else "depends on the reading" if share > 0 else "does not hold",
        f"all its GPU-hours are worth {number(share, 1)} % of the European cloud market, those open to industry at "
        f"most {number(industry, 2)} %",
        "for those who get time on it",
        f"in the market it cannot be seen: European providers had {number(before)} % in 2022 and "
        f"{number(now['share_percent'])} % in {now['as_of'][:4]}; hours are counted at the rent of lesson 21",
    )


@judges("C29")
def _left_with_clouds() -> Verdict:
    three = cloud_shares("Europe")["Amazon, Microsoft and Google"]
    without = row("dependence", "no-us-provider")["value"]
    return Verdict(
        "holds" if three > 50 else "holds partly" if three > 33 else "does not hold",
        f"the three largest US providers hold {number(three)} % of the European market",
        "share of revenue from cloud infrastructure",
        f"one survey, paid by a vendor, found {number(without)} % of firms without any US provider; shares of "
        "computing for AI alone are not published, and own machines are not counted",
    )


@judges("C30")
def _american_law() -> Verdict:
    cases = [
        found for found in data.records("law_matrix") if found["law"] == "CLOUD Act" and found["data_location"] == "EU"
    ]
    reach = [found["reach"] for found in cases]
    within = sum(word in ("reaches", "likely") for word in reach)
    upheld = row("law_facts", "latombe")["as_of"]
    return Verdict(
        "holds" if within == len(cases) else "holds partly" if within else "does not hold",
        f"of {len(cases)} arrangements with the data in the EU the CLOUD Act reaches {within}; it meets ciphertext in "
        f"{reach.count('limited')}, is disputed in {reach.count('disputed')} and unlikely in {reach.count('unlikely')}",
        "legal power over providers under US jurisdiction that hold the keys",
        f"the place of the server does not protect, seat and keys do. An order needs legal process, and the EU court "
        f"let the transfer framework stand on {upheld}",
    )


@judges("C31")
def _risk_visible() -> Verdict:
    since = TRUMPS_RETURN
    events = [found for found in data.records("disruptions") if found["as_of"] >= since[:7]]
    cuts = [found for found in events if found["interruption"] and found["as_of"] >= since]
    disputed = [found for found in cuts if found["disputed"]]
    rethink = row("dependence", "bitkom-rethink")["value"]
    happened = len(cuts) > len(disputed)
    return Verdict(
        "holds" if happened else "depends on the reading" if rethink or cuts else "does not hold",
        f"{len(cuts) - len(disputed)} interruptions that nobody disputes and {len(disputed)} disputed since {since}; "
        f"{number(rethink)} % of cloud users rethink because of US policy",
        "services were cut off" if happened else "visible to those who were asked",
        "that a risk is seen is not that it grew: the chip quotas for EU states came from the government before; and "
        "no firm in Europe is known to have stood still",
    )


@judges("C32")
def _under_oath() -> Verdict:
    hearing = row("law_facts", "senate-hearing")
    there = hearing["as_of"].startswith(MONTH_OF_THE_HEARING) and "oath" in (hearing["note"] or "")
    less = "never happened" in hearing["content"]
    return Verdict(
        "does not hold" if not there else "holds partly" if less else "holds",
        f"hearing of {hearing['as_of']}, {hearing['note']}",
        "that access cannot be ruled out",
        "date, oath and person fit; what was said is that nothing can be guaranteed, and that no such handover had "
        "ever taken place",
    )


@judges("C80")
def _at_stake() -> Verdict:
    return Verdict(
        "opinion",
        "three goals, none with a unit",
        "what the government holds to be at stake",
        "the goals may conflict: the cheapest computing is not the most independent, and nobody says how much of one "
        "to give for another",
    )
