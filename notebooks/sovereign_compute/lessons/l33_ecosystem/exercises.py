"""Notebook 33, what must stand beside the machine: exercises."""

from ...analysis.evaluation import evaluation_of
from ...analysis.sensitivity import breakeven
from ...analysis.settings import complete
from ...controls.exercises import Exercise, Mistake
from ...display.views.gigafactory import SIZES
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ecosystem import ecosystem_output
from ...models.gigafactory import bid_value, gigafactory_times, gigafactory_use
from ...models.parts.constants import PERCENT
from .verdicts import _output

GROWN = {"Computing": "compute_factor", "People": "people_factor", "Data": "data_factor"}
DOUBLE = 2.0


def _times(v: dict):
    return gigafactory_times(**v)


def _use(v: dict):
    return gigafactory_use(**v)


def _bid(v: dict):
    return bid_value(**v)


def _people_instead(v: dict) -> float:
    """How many times the people, alone, give as much output as the computing of the case alone."""
    weight, exponent = v["elasticity_compute"] / v["elasticity_people"], 1 - 1 / v["substitution"]
    return (1 + weight * (v["compute_factor"] ** exponent - 1)) ** (1 / exponent)


def _people_evenly(v: dict) -> float:
    """The same if substitution were 1."""
    return v["compute_factor"] ** (v["elasticity_compute"] / v["elasticity_people"])


def _substitution_for(v: dict, output: float) -> float:
    """At which substitution the computing of the case, alone, gives this output."""
    found = breakeven(ecosystem_output, v, "alone", threshold=output).set_index("assumption")
    return float(found["at"]["substitution"])


def _doublings(v: dict) -> dict[str, float]:
    """Output if one of the three doubles from where the case has it, all else as it is."""
    return {name: _output({**v, id: 2 * v[id]}).output for name, id in GROWN.items()}


def _best_doubling(v: dict) -> str:
    found = _doublings(v)
    return max(found, key=found.get)


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


EVIDENCE = {
    "New firms in the same years near a place that applied for a machine and got none": "",
    "How many of the firms use the machine every week": (
        "Firms that use the machine may have come for other reasons, and would be there without it."
    ),
    "How much the firms say that the machine matters to them": (
        "Nobody who hopes for free computing says that it does not matter."
    ),
    "New firms near the site in the five years before": (
        "A rise after the opening may be a rise everywhere: AI firms were founded in all places in these years."
    ),
}
"""What might show that firms settle near a machine, each with what it cannot show; empty for the one that can."""


EXERCISES = (
    Exercise(
        id="33.1",
        question=lambda v: (
            f"A region buys {number(v['compute_factor'])} times the computing and changes nothing else. Another region "
            "wants the same output with more people instead, and no more computing. How many times the people does it "
            "need? Weights and substitution are the course's."
        ),
        model=ecosystem_output,
        vary={"compute_factor": [3, 4, 6, 7, 8, 9, 12]},
        units={"times": 1.0},
        tolerance=0.03,
        answer=_people_instead,
        mistakes=(
            Mistake(
                lambda v: v["compute_factor"],
                "That would be right if people and computing had the same weight and nothing were scarce.",
            ),
            Mistake(lambda v: _output(v).alone, "That is the output that both regions reach, not the people needed."),
            Mistake(_people_evenly, "That is right for a substitution of 1. The course's value is lower."),
        ),
        hints=(
            "First find the output of the first region in the panel. Then set computing to 1 and move people.",
            "Data stay at 1 in both regions. So α_K (k^ρ − 1) = α_H (h^ρ − 1), with ρ = 1 − 1/σ.",
        ),
        solution=lambda v: (
            f"{number(v['compute_factor'])} times the computing gives {number(_output(v).alone, 2)} times the output. "
            f"{number(_people_instead(v), 2)} times the people give as much. People weigh more, and they run into the "
            "ceiling later."
        ),
    ),
    Exercise(
        id="33.2",
        question=lambda v: (
            f"“{number(v['compute_factor'])} times the computing will double what we produce, even with the people and "
            "the data of today.” Which substitution would make this true, at the course's weights?"
        ),
        model=ecosystem_output,
        vary={"compute_factor": [7, 8, 9, 10, 11, 12]},
        units={"": 1.0},
        tolerance=0.05,
        answer=lambda v: _substitution_for(v, DOUBLE),
        mistakes=(
            Mistake(
                lambda v: v["substitution"],
                "That is the course's value. With it output stays below its ceiling, and the ceiling is below two.",
            ),
            Mistake(
                lambda v: 1.0,
                "At 1 the gain is the computing to the power of its weight. That is not enough here.",
            ),
        ),
        hints=(
            "Set computing as in the statement and people and data to 1. Then move one slider only.",
            "It lies above 1, where there is no ceiling.",
        ),
        solution=lambda v: (
            f"About {number(_substitution_for(v, DOUBLE), 2)}. We are 90 % sure that substitution lies between "
            f"{number(get('substitution').low)} and {number(get('substitution').high)}: compare."
        ),
    ),
    Exercise(
        id="33.3",
        question=lambda v: (
            f"A region has {number(v['compute_factor'])} times the computing of today, {number(v['people_factor'])} "
            f"times the people and {number(v['data_factor'])} times the data. Now it can double one of them. Which one "
            "raises output most?"
        ),
        model=ecosystem_output,
        vary={"compute_factor": (2, 6), "people_factor": (1.2, 4), "data_factor": (1.2, 4)},
        kind="choice",
        options=lambda: list(GROWN),
        answer=_best_doubling,
        reasons=lambda v: {
            name: f"{name} doubled alone give{'s' if name == 'Computing' else ''} {number(output, 2)} times today's "
            "output. Another doubling gives more."
            for name, output in _doublings(v).items()
        },
        hints=(
            "Two things count: which is scarce, and which has the largest weight.",
            "Set the panel to the case. Double one of the three, note the output, and go back before the next.",
        ),
        solution=lambda v: (
            "Output rises to {} times today's if computing doubles, to {} if people double and to {} if data double. "
            "So the answer is {}, by weights that are our judgement.".format(
                *(number(output, 2) for output in _doublings(v).values()), _best_doubling(v).lower()
            )
        ),
    ),
    Exercise(
        id="33.4",
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
        id="33.5",
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
        id="33.6",
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
        id="33.7",
        question=(
            "A minister shows that twelve AI firms were founded within ten kilometres of the machine since it opened. "
            "Which other number would tell you most about whether the machine brought them?"
        ),
        kind="choice",
        options=lambda: sorted(EVIDENCE),
        answer=lambda v: next(option for option, fault in EVIDENCE.items() if not fault),
        reasons=lambda v: EVIDENCE,
        hints=(
            "What would have happened there without the machine?",
            "You cannot see that. Which of the numbers comes nearest to it?",
        ),
        solution=lambda v: (
            "New firms near a place that wanted a machine and got none. It resembles the site in all but the machine, "
            "so it shows what would have happened anyway."
        ),
    ),
)
