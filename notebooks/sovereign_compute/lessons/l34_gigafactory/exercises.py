"""Notebook 34, whether a gigafactory pays: exercises."""

import math
from collections.abc import Callable

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete
from ...controls.exercises import Exercise, Mistake
from ...display.views.gigafactory import SIZES
from ...inputs.wording import number
from ...models.gigafactory import bid_value, gigafactory_times, gigafactory_use
from ...models.gigafactory_years import gigafactory_pays
from ...models.parts.constants import PERCENT


def _pays(v: dict):
    return gigafactory_pays(**v)


def _offered(v: dict) -> float:
    """GPUs of all sites that can be busy."""
    site = v["gigafactory_chips"] * v["availability"] * PERCENT * v["utilisation"] * PERCENT
    return v["gigafactory_places"] * site


def _ratio(v: dict) -> float:
    return _offered(v) / v["demand_gpus"]


def _years(v: dict) -> float:
    """Years from today until demand fills all sites."""
    return math.log(_ratio(v)) / math.log(1 + v["demand_growth"] * PERCENT)


CHANGES: dict[str, Callable[[dict], dict]] = {
    "Rents that fall by 5 points less a year": lambda v: {"rent_fall": v["rent_fall"] - 5},
    "A quarter more demand today": lambda v: {"demand_gpus": v["demand_gpus"] * 1.25},
    "Chips and building for a tenth less": lambda v: {"gigafactory_money": v["gigafactory_money"] * 0.9},
    "Power for a quarter less": lambda v: {"electricity_price": v["electricity_price"] * 0.75},
}
CLEARLY = 0.05  # billion EUR


def _nets(v: dict) -> dict[str, float]:
    """What is left for the owners after each change alone (billion EUR)."""
    return {name: _pays({**v, **change(v)}).net for name, change in CHANGES.items()}


def _best(v: dict) -> str:
    nets = _nets(v)
    return max(nets, key=nets.get)


def _one_is_clearly_best(v: dict) -> bool:
    *_, second, first = sorted(_nets(v).values())
    return first > second + CLEARLY


def _times(v: dict):
    return gigafactory_times(**v)


def _use(v: dict):
    return gigafactory_use(**v)


def _bid(v: dict):
    return bid_value(**v)


def _sizes(v: dict) -> list[str]:
    return [SIZES[id] for id in sorted(SIZES, key=lambda id: getattr(_times(v), id))]


def _jupiter() -> str:
    """What the four readings divide by."""
    v = complete(gigafactory_times)
    return (
        f"JUPITER has {number(v['gpus'], 0)} chips with {number(v['chip_peak'], 0)} teraflop/s each. It draws "
        f"{number(v['it_power'] * v['pue'], 1)} MW and costs "
        f"{number(v['capital_cost'] + v['running_cost'] * v['lifetime'], 0)} million EUR with "
        f"{number(v['lifetime'])} years of running."
    )


def _idle_band(v: dict) -> tuple[float, float]:
    return evaluation_of(gigafactory_use, v).bands["stranded"]


def _pays_for_all(v: dict) -> float:
    """What one site must be worth to its region so that the whole contest pays for all regions (million EUR)."""
    return _bid(v).pays_from / (1 - v["displacement"] * PERCENT)


DEMAND = {
    "Contracts in which firms promise to pay for GPU-hours, used or not": "",
    "The number of GPUs that the bidders plan to install": "That is supply. Naming a number costs nothing.",
    "How many firms say in a survey that they need more computing": (
        "Nobody asked them at which price, and a wish binds nobody."
    ),
    "The share of firms that use AI": (
        "It says how many use AI, not how many GPUs they rent, nor where: most use a model of somebody else."
    ),
}
"""What might show that there is demand, each with what it cannot show; empty for the one that can."""


EXERCISES = (
    Exercise(
        id="34.1",
        question=lambda v: (
            f"At the price that {number(v['gigafactory_places'])} sites ask, {number(v['demand_gpus'], 0)} GPUs are in "
            f"demand today. Demand grows by {number(v['demand_growth'])} % a year. The sites open in "
            f"{number(v['build_years'])} years, and then {number(_offered(v), 0)} of their GPUs can be busy. How many "
            "years from today until all of them are?"
        ),
        model=gigafactory_pays,
        vary={
            "demand_gpus": (20_000, 90_000),
            "demand_growth": [15, 20, 25, 30, 35, 45, 50],
            "gigafactory_places": [4, 5, 6, 7],
            "build_years": [2, 2.5, 3, 4],
        },
        fair=lambda v: _years(v) > v["build_years"] + 1,
        units={"years": 1.0},
        tolerance=0.03,
        answer=_years,
        mistakes=(
            Mistake(
                lambda v: _years(v) - v["build_years"],
                "That is counted from the opening. Demand grows while the sites are built, too: count from today.",
            ),
            Mistake(
                lambda v: (_ratio(v) - 1) / (v["demand_growth"] * PERCENT),
                "You added the same number each year. Growth in per cent multiplies.",
            ),
            Mistake(
                lambda v: _years(v) + v["build_years"],
                "You let demand stand still until the sites open. It grows from today on.",
            ),
            Mistake(
                lambda v: math.log(_ratio(v)) / (v["demand_growth"] * PERCENT),
                "Nearly: that is growth in every moment. Here it is added once a year, so divide by ln(1 + growth).",
            ),
        ),
        hints=(
            "By which factor does demand have to grow? The year of the opening does not matter for that.",
            "ln(GPUs that can be busy / demand today) / ln(1 + growth).",
        ),
        solution=lambda v: (
            f"Demand has to grow {number(_ratio(v), 2)} times. At {number(v['demand_growth'])} % a year that takes "
            f"ln {number(_ratio(v), 2)} / ln {number(1 + v['demand_growth'] * PERCENT, 2)} = {number(_years(v), 1)} "
            f"years, {number(_years(v) - v['build_years'], 1)} of them after the opening."
        ),
    ),
    Exercise(
        id="34.2",
        question=lambda v: (
            f"Rents fall by {number(v['rent_fall'])} % a year, and the sites ask {number(v['asking_price'], 2)} EUR "
            "for a GPU-hour when they open. All else is as the course has it. How much more of the building, in "
            "points, must be public money than the plan has, so that the owners break even?"
        ),
        model=gigafactory_pays,
        vary={"rent_fall": [12, 14, 16, 18, 20, 22, 24], "asking_price": (1.3, 1.9)},
        fair=lambda v: _pays(v).public_part + 5 < _pays(v).needed < 100,
        units={"points": 1.0},
        tolerance=0.03,
        answer=lambda v: _pays(v).needed - _pays(v).public_part,
        mistakes=(
            Mistake(
                lambda v: _pays(v).needed,
                "That is all that must be public. A part of it is in the plan already: take that off.",
            ),
            Mistake(
                lambda v: 100 - _pays(v).needed,
                "That is the part that private money can bear.",
            ),
        ),
        hints=(
            "Set the two sliders. What must be public is in the first lines below the chart.",
            "Public part at which owners break even, less the public part of the building.",
        ),
        solution=lambda v: (
            f"Owners break even if {number(_pays(v).needed, 0)} % of the building is public. The plan has "
            f"{number(_pays(v).public_part, 0)} %, so {number(_pays(v).needed - _pays(v).public_part, 0)} points are "
            "missing."
        ),
    ),
    Exercise(
        id="34.3",
        question=lambda v: (
            f"{number(v['gigafactory_places'])} sites open, demand grows by {number(v['demand_growth'])} % a year, and "
            f"rents fall by {number(v['rent_fall'])} %. Which change would leave most for the owners?"
        ),
        model=gigafactory_pays,
        vary={
            "gigafactory_places": [4, 5, 6, 7],
            "demand_growth": [0, 5, 10, 15, 50, 60],
            "rent_fall": [8, 12, 16, 20, 25],
        },
        fair=_one_is_clearly_best,
        kind="choice",
        options=lambda: sorted(CHANGES),
        answer=_best,
        reasons=lambda v: {
            name: f"That leaves the owners {number(net, 2)} billion EUR for one site. Another change leaves more."
            for name, net in _nets(v).items()
        },
        hints=(
            "Are the sites full or empty in this case? More customers help only where there is room.",
            "Set the case, make one change, and read what is left for the owners. Go back before the next.",
        ),
        solution=lambda v: (
            "; ".join(f"{name[0].lower() + name[1:]} {number(net, 2)}" for name, net in _nets(v).items())
            + " billion EUR. Where the halls are full, rents decide; where they are empty, customers do."
        ),
    ),
    Exercise(
        id="34.4",
        question=lambda v: (
            f"Another plan has {number(v['gigafactory_chips'])} chips with {number(v['next_chip_peak'])} teraflop/s "
            f"and {number(v['chip_power'])} kW each, for {number(v['gigafactory_money'])} billion EUR. How many times "
            "JUPITER is that? Put the four readings in order, the smallest first."
        ),
        model=gigafactory_times,
        vary={
            "gigafactory_chips": (40_000, 200_000),
            "next_chip_peak": (1_000, 5_000),
            "chip_power": (0.7, 3),
            "gigafactory_money": (1, 9),
        },
        kind="ranking",
        options=lambda: sorted(SIZES.values()),
        answer=_sizes,
        hints=(
            "Divide each of the four by the same number of JUPITER.",
            _jupiter(),
        ),
        solution=lambda v: (
            "; ".join(
                f"{SIZES[id].lower()} {number(getattr(_times(v), id), 1)} times"
                for id in sorted(SIZES, key=lambda id: getattr(_times(v), id))
            )
            + "."
        ),
    ),
    Exercise(
        id="34.5",
        question=lambda v: (
            f"Suppose {number(v['gigafactory_places'])} sites are built and demand grows by "
            f"{number(v['demand_growth'])} % a year. What share of their GPUs stands idle when they open? Give a range "
            "that you would bet on at nine to one."
        ),
        model=gigafactory_use,
        vary={"gigafactory_places": [5, 6, 7, 8, 9], "demand_growth": (5, 35)},
        kind="range",
        units={"%": 1.0},
        answer=lambda v: _use(v).stranded,
        band=_idle_band,
        hints=(
            "How many GPUs do the sites offer together, and how many will be in demand when they open?",
            "Nobody knows today's demand: a narrow range claims to know it.",
        ),
        solution=lambda v: (
            f"{number(_use(v).wanted, -3)} of {number(_use(v).usable, -3)} GPUs are in demand, so "
            f"{number(_use(v).stranded, 0)} % stand idle. The model's 90 % range runs from "
            f"{number(_idle_band(v)[0], 0)} to {number(_idle_band(v)[1], 0)} %, because today's demand is a guess."
        ),
    ),
    Exercise(
        id="34.6",
        question=lambda v: (
            f"{number(v['bids'])} regions bid for {number(v['gigafactory_places'])} places. Each bid costs "
            f"{number(v['bid_cost'])} million EUR, and {number(v['displacement'])} % of what a site brings only moved "
            "there from another region. What must a site be worth to its region so that the contest pays for all "
            "regions together?"
        ),
        model=bid_value,
        vary={
            "bids": [9, 11, 12, 14, 16, 20, 24],
            "gigafactory_places": [4, 5, 6, 7],
            "bid_cost": (2, 12),
            "displacement": (25, 75),
        },
        units={"million EUR": 1.0},
        answer=_pays_for_all,
        mistakes=(
            Mistake(
                lambda v: _bid(v).pays_from,
                "That is enough for one region. All together gain less: some of it only moved.",
            ),
            Mistake(lambda v: v["bid_cost"] * v["bids"], "That is the cost of all bids. There is more than one place."),
            Mistake(
                lambda v: _bid(v).pays_from * (1 - v["displacement"] * PERCENT),
                "Only a part of the worth is new. So the worth must be larger, not smaller: divide.",
            ),
            Mistake(
                lambda v: _bid(v).pays_from / (v["displacement"] * PERCENT),
                "You divided by the part that moved. The part that is new has to pay.",
            ),
        ),
        hints=(
            "What do all bids cost together, and how many sites share that cost?",
            "Cost of all bids / places / the part that is new.",
        ),
        solution=lambda v: (
            f"All bids cost {number(v['bids'] * v['bid_cost'], 1)} million EUR, or {number(_bid(v).pays_from, 1)} for "
            f"each site. Only {number(100 - v['displacement'])} % of its worth is new, so it must be worth "
            f"{number(_pays_for_all(v), 1)} million EUR."
        ),
    ),
    Exercise(
        id="34.7",
        question=(
            "A consortium says that its gigafactory will be full. Which of these would tell you most about whether "
            "that is true?"
        ),
        kind="choice",
        options=lambda: sorted(DEMAND),
        answer=lambda v: next(option for option, fault in DEMAND.items() if not fault),
        reasons=lambda v: DEMAND,
        hints=(
            "Which of the four costs somebody money if it turns out to be wrong?",
            "Who says what they wish for has promised nothing.",
        ),
        solution=lambda v: (
            "Contracts that have to be paid in any case. They bind a customer to a price before the first chip is "
            "bought, and lenders accept nothing less."
        ),
    ),
)
