"""Notebook 11, who owns the fast computers: exercises."""

from itertools import pairwise

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import evaluate
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.wording import month, number, signed, span
from ...models.lists import (
    CHINA,
    EU,
    JAPAN,
    MEASURES,
    US,
    amounts,
    entry,
    gdp_shares,
    share_of_the_list,
    vintages,
)
from ...models.parts.constants import PERCENT
from .. import reasons
from .moves import size_for
from .verdicts import AT_PRINT, PRINTED

LISTS = list(range(len(vintages())))
REGIONS = {"the EU-27": "EU-27", "the United States": "United States", "China": "China", "Japan": "Japan"}
MACHINES = ["El Capitan", "Frontier", "Aurora", "JUPITER Booster", "HPC6", "Alps", "LUMI", "Leonardo"]
"""Machines of the list of the report whose power is known."""
READINGS = {
    "Linpack": "rmax_pflops",
    "declared peak": "rpeak_pflops",
    "electric power": "power_kw",
    "Linpack per watt": "gflops_per_watt",
}
PERFORMANCE = [place for place, (_, _, unit) in enumerate(MEASURES.values()) if unit == "PFLOP/s"]
SOME = [place for place, (depth, _, _) in enumerate(MEASURES.values()) if depth > 10]
"""Measures by their number: those to which unlisted machines are added, and those of many machines."""
COUNTS = [measure for measure in MEASURES if not measure.endswith("fifty") or measure.startswith("systems")]
"""What exercise 11.3 offers."""
NOBODY = "nobody's share moves"


def _list(v: dict) -> str:
    return month(vintages()[int(v["list_vintage"])])


def _measure(v: dict) -> str:
    return list(MEASURES)[int(v["list_measure"])]


def _times_as_much(v: dict) -> float:
    shares = share_of_the_list(**v)
    return shares.united_states / shares.eu27


def _beside(v: dict) -> dict[str, float]:
    """The first machine over the second, by reading."""
    return {name: entry(PRINTED, v["first"])[at] / entry(PRINTED, v["second"])[at] for name, at in READINGS.items()}


def _machine(system: str) -> str:
    row = entry(PRINTED, system)
    return (
        f"{number(row['rmax_pflops'], 0)} PFLOP/s in the Linpack run, a declared peak of "
        f"{number(row['rpeak_pflops'], 0)} PFLOP/s and a power of {number(row['power_kw'] / 1000, 1)} MW"
    )


def _headline(v: dict) -> str:
    return number(_beside(v)[v["reading"]], 1)


def _one_headline(v: dict) -> bool:
    """Whether the first machine is ahead by the reading, and no other reading gives the same headline."""
    factors = _beside(v)
    same = [name for name, factor in factors.items() if abs(factor - float(_headline(v))) < 0.1]
    return factors[v["reading"]] > 1.2 and same == [v["reading"]]


def shares_by_count(v: dict) -> dict[str, float]:
    """A region's share of one list, in percent, by what is counted."""
    place = dict(zip(REGIONS, (EU, US, CHINA, JAPAN), strict=True))[v["region"]]
    had = amounts()[int(v["list_vintage"]), :, 0, 0]
    found = {measure: 100 * row[place] / row.sum() for measure, row in zip(MEASURES, had, strict=True)}
    return {measure: found[measure] for measure in COUNTS}


def _kindest(v: dict) -> str:
    shares = shares_by_count(v)
    return max(shares, key=shares.get)


def _for_its_economy(v: dict) -> dict[str, float]:
    """Share of the list over the share of world GDP, by region."""
    shares = share_of_the_list(**v)
    had = dict(zip(REGIONS, (shares.eu27, shares.united_states, shares.china, shares.japan), strict=True))
    return {name: had[name] * PERCENT / gdp_shares()[region] for name, region in REGIONS.items()}


def _by_gdp(v: dict) -> list[str]:
    found = _for_its_economy(v)
    return sorted(found, key=lambda name: -found[name])


def _outside(v: dict) -> float:
    """The EU's part of what is outside the list, in percent."""
    apart, together = share_of_the_list(**v), v["unlisted_size"] * PERCENT
    return (apart.eu27_all * (1 + together) - apart.eu27) / together


def _listed(v: dict) -> float:
    """The EU's share of a list, in percent."""
    return evaluate(share_of_the_list, list_vintage=v["list_vintage"]).eu27


def _size(v: dict) -> float:
    return size_for(v["share"], list_vintage=v["list_vintage"])


def _moves(v: dict) -> dict[str, float]:
    """By how many points unlisted machines move a share."""
    result = share_of_the_list(**v)
    regions = {"the EU-27": "eu27", "the United States": "united_states", "China": "china"}
    return {name: getattr(result, f"{id}_all") - getattr(result, id) for name, id in regions.items()}


def _moves_most(v: dict) -> str:
    moves = _moves(v)
    most = max(moves, key=lambda name: abs(moves[name]))
    return most if abs(moves[most]) > 1e-9 else NOBODY


EXERCISES = (
    Exercise(
        id="11.1",
        question=lambda v: (
            f"Set the list of {_list(v)} and the measure “{_measure(v)}” in the panel, by where the machines stand. "
            "How many times as much as the EU do the United States have?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS, "list_measure": PERFORMANCE},
        units={"times": 1.0, "%": PERCENT},
        answer=_times_as_much,
        mistakes=(
            Mistake(lambda v: 1 / _times_as_much(v), "Upside down: that is the EU over the United States."),
            Mistake(
                lambda v: _times_as_much(v) - 1, "That is by how much they have more. The question is: how many times?"
            ),
            Mistake(
                lambda v: share_of_the_list(**v).united_states - share_of_the_list(**v).eu27,
                "That is the difference in percentage points. “Times” asks for a ratio.",
            ),
            Mistake(
                lambda v: share_of_the_list(**v).united_states_all / share_of_the_list(**v).eu27_all,
                "That counts unlisted machines too. Take the bars, not the lines.",
            ),
        ),
        hints=(
            "“Times” is a ratio of two numbers of the chart.",
            "Divide the share of the United States by that of the EU-27.",
        ),
        solution=lambda v: (
            f"{number(share_of_the_list(**v).united_states, 1)} % / {number(share_of_the_list(**v).eu27, 1)} % = "
            f"{number(_times_as_much(v), 2)} times. In other words, {number(100 * (_times_as_much(v) - 1), 0)} % "
            "more."
        ),
    ),
    Exercise(
        id="11.2",
        question=lambda v: (
            f"On the list of {AT_PRINT} {v['first']} has {_machine(v['first'])}. {v['second']} has "
            f"{_machine(v['second'])}. Write the headline “{v['first']} is {_headline(v)} times as strong as "
            f"{v['second']}”. Which number do you use?"
        ),
        vary={"first": MACHINES, "second": MACHINES, "reading": list(READINGS)[:3]},
        fair=_one_headline,
        kind="choice",
        options=lambda: list(READINGS),
        answer=lambda v: v["reading"],
        reasons=lambda v: reasons.readings(_beside(v), float(_headline(v))),
        hints=(
            "Divide each number of the one machine by the same number of the other.",
            "For Linpack per watt, divide the two Linpack results by the two powers first.",
        ),
        solution=lambda v: (
            f"{v['reading'][0].upper()}{v['reading'][1:]}: {number(_beside(v)[v['reading']], 2)} times. By Linpack, "
            f"the only number that was measured by one rule, it is {number(_beside(v)['Linpack'], 2)} times. The "
            "price of a headline is what it does not say."
        ),
    ),
    Exercise(
        id="11.3",
        question=lambda v: (
            f"You write for a paper that loves {v['region']}. Take the list of {_list(v)} and machines in the whole "
            f"world, by where they stand. Which measure gives {v['region']} the largest share?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS, "region": list(REGIONS)},
        fair=lambda v: sorted(shares_by_count(v).values())[-2] < max(shares_by_count(v).values()) - 1,
        kind="choice",
        options=lambda: list(COUNTS),
        answer=_kindest,
        reasons=lambda v: reasons.shares_by_count(v["region"], shares_by_count(v)),
        hints=(
            "Set the list, then go through the measures and watch one bar.",
            "Which measures count a small machine as much as the largest, and whom does that help?",
        ),
        solution=lambda v: (
            f"{_kindest(v)[0].upper()}{_kindest(v)[1:]}: {number(max(shares_by_count(v).values()), 0)} %. By the "
            f"least kind measure it is {number(min(shares_by_count(v).values()), 0)} %. Both are true."
        ),
    ),
    Exercise(
        id="11.4",
        question=lambda v: (
            f"Who had most for the size of its economy on the list of {_list(v)}? Take “{_measure(v)}”, by where "
            "they stand, over the share of world GDP. Put the highest first."
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS, "list_measure": SOME},
        fair=lambda v: all(low * 1.03 < high for low, high in pairwise(sorted(_for_its_economy(v).values()))),
        kind="ranking",
        options=lambda: sorted(REGIONS),
        answer=_by_gdp,
        hints=(
            "The table below the chart has a column for this.",
            "Open “Show as table” and compare the column “Over its share of world GDP”.",
        ),
        solution=lambda v: (
            "; ".join(f"{name} {number(_for_its_economy(v)[name], 2)}" for name in _by_gdp(v))
            + ". Above 1, a region has more of the list than of the world economy."
        ),
    ),
    Exercise(
        id="11.5",
        question=lambda v: (
            f"On the list of {_list(v)} the EU has {number(share_of_the_list(**v).eu27, 1)} % of the performance. "
            f"Suppose that {number(v['unlisted_size'])} % as much again is outside the list, and that the EU has "
            f"{number(_outside(v), 0)} % of that. What is its share of everything?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS, "unlisted_size": [50, 150, 300, 400, 500]},
        units={"%": 1.0},
        answer=lambda v: share_of_the_list(**v).eu27_all,
        mistakes=(
            Mistake(
                lambda v: share_of_the_list(**v).eu27 + _outside(v),
                "You added two shares of different wholes.",
            ),
            Mistake(
                lambda v: share_of_the_list(**v).eu27 / (1 + v["unlisted_size"] * PERCENT),
                "The whole has grown, but the EU has something outside the list as well.",
            ),
            Mistake(
                lambda v: (share_of_the_list(**v).eu27 + _outside(v)) / 2,
                "That is the middle of both shares, as if there were as much outside as on the list.",
            ),
        ),
        hints=(
            "Think of 100 units on the list. How many are outside, and how many of all of them are in the EU?",
            "(EU's units on the list + EU's units outside) / all units, on the list and outside.",
        ),
        solution=lambda v: (
            f"Of 100 units on the list the EU has {number(share_of_the_list(**v).eu27, 1)}, of the "
            f"{number(v['unlisted_size'])} outside {number(v['unlisted_size'] * _outside(v) * PERCENT, 1)}. Together "
            f"that is {number(share_of_the_list(**v).eu27_all, 1)} % of {number(100 + v['unlisted_size'])} units."
        ),
    ),
    Exercise(
        id="11.6",
        question="Your panel, as it is set now: whose share moves most, in points, when unlisted machines are counted?",
        model=share_of_the_list,
        kind="choice",
        options=lambda: sorted([*_moves(evaluation_of(share_of_the_list, band=False).values), NOBODY]),
        answer=_moves_most,
        reasons=lambda v: reasons.moves(_moves(v), NOBODY),
        hints=(
            "Compare the end of each bar with the dot on its line.",
            "No line, no move: we estimate unlisted machines for the whole world and for performance only.",
        ),
        solution=lambda v: (
            f"{_moves_most(v)}: {', '.join(f'{name} {signed(move)} points' for name, move in _moves(v).items())}."
        ),
    ),
    Exercise(
        id="11.7",
        question=lambda v: (
            f"Make the sentence true with your sliders: “On the list of {_list(v)}, with unlisted machines, the EU "
            f"has less than {v['share']} % of the Linpack of all 500.” From which “Performance outside the list” on "
            "is it true?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS, "share": [8, 9, 11, 12]},
        units={"% of the list": 1.0, "times the list": 100.0},
        tolerance=0.06,
        answer=lambda v: _size(v),
        mistakes=(
            Mistake(
                lambda v: 100 * (_listed(v) / v["share"] - 1),
                "You took it that the EU has nothing outside the list. It has a little.",
            ),
            Mistake(
                lambda v: 100 + _size(v),
                "That is everything, on the list and outside. The slider counts only what is outside.",
            ),
        ),
        hints=(
            "Set the list, then raise the slider until the dot of the EU-27 crosses that line.",
            "At which size is (EU's units on the list + EU's units outside) that part of all units?",
        ),
        solution=lambda v: (
            f"From about {number(size_for(v['share'], list_vintage=v['list_vintage']), 0)} % on. As listed, the EU has "
            f"{number(_listed(v), 1)} %. Our range for the performance outside the list is "
            f"{span(get('unlisted_size').low, get('unlisted_size').high)} %."
        ),
    ),
)
