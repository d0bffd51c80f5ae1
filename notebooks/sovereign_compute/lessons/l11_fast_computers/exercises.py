"""Notebook 11, who owns the fast computers: exercises."""

from ...analysis.evaluation import evaluation_of
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.wording import month, number, signed, span
from ...models.lists import EU, MEASURES, OTHER_EUROPE, amounts, entry, gdp_shares, share_of_the_list, vintages
from ...models.parts.constants import PERCENT
from .. import reasons
from .moves import TENTH, size_for
from .verdicts import AT_PRINT, JUPITER, PRINTED

LISTS = list(range(len(vintages())))
REGIONS = {"the EU-27": "EU-27", "the United States": "United States", "China": "China", "Japan": "Japan"}
RIVALS = ["El Capitan", "Frontier", "Aurora"]
"""The three machines that are before JUPITER on the list of the report."""
READINGS = {
    "Linpack": "rmax_pflops",
    "declared peak": "rpeak_pflops",
    "electric power": "power_kw",
    "Linpack per watt": "gflops_per_watt",
}
COUNTS = [measure for measure in MEASURES if not measure.endswith("fifty") or measure.startswith("systems")]
"""What exercise 11.3 offers."""
NOBODY = "nobody's share moves"


def _list(v: dict) -> str:
    return month(vintages()[int(v["list_vintage"])])


def _times_as_much(v: dict) -> float:
    shares = share_of_the_list(**v)
    return shares.united_states / shares.eu27


def _beside_jupiter(rival: str) -> dict[str, float]:
    """A machine over JUPITER, by reading."""
    return {name: entry(PRINTED, rival)[at] / entry(PRINTED, JUPITER)[at] for name, at in READINGS.items()}


def _machine(system: str) -> str:
    row = entry(PRINTED, system)
    return (
        f"{number(row['rmax_pflops'], 0)} PFLOP/s in the Linpack run, a declared peak of "
        f"{number(row['rpeak_pflops'], 0)} PFLOP/s and a power of {number(row['power_kw'] / 1000, 1)} MW"
    )


def _headline(v: dict) -> str:
    return number(_beside_jupiter(v["rival"])[v["reading"]], 1)


def europe_by_measure(v: dict) -> dict[str, float]:
    """Europe's share of one list, in percent, by what is counted."""
    had = amounts()[int(v["list_vintage"]), :, 0, 0]
    return {
        measure: 100 * (row[EU] + row[OTHER_EUROPE]) / row.sum() for measure, row in zip(MEASURES, had, strict=True)
    }


def _kindest(v: dict) -> str:
    shares = {measure: europe_by_measure(v)[measure] for measure in COUNTS}
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
            f"Set the list of {_list(v)} in the panel and look at the Linpack of all 500, by where the machines stand. "
            "How many times the EU's performance do the United States have?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS},
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
            f"On the list of {AT_PRINT} {v['rival']} has {_machine(v['rival'])}. JUPITER has "
            f"{_machine('JUPITER Booster')}. Write the headline “{v['rival']} is {_headline(v)} times as strong as "
            "JUPITER”. Which number do you use?"
        ),
        vary={"rival": RIVALS, "reading": list(READINGS)[:3]},
        kind="choice",
        options=lambda: list(READINGS),
        answer=lambda v: v["reading"],
        reasons=lambda v: reasons.readings(_beside_jupiter(v["rival"]), float(_headline(v))),
        hints=(
            "Divide each number of the one machine by the same number of the other.",
            "For Linpack per watt, divide the two Linpack results by the two powers first.",
        ),
        solution=lambda v: (
            f"{v['reading'][0].upper()}{v['reading'][1:]}: {number(_beside_jupiter(v['rival'])[v['reading']], 2)} "
            "times. By Linpack, the only number that was measured by one rule, it is "
            f"{number(_beside_jupiter(v['rival'])['Linpack'], 2)} times. The price of a headline is what it does not "
            "say."
        ),
    ),
    Exercise(
        id="11.3",
        question=lambda v: (
            f"You write for a paper that loves Europe. Take the list of {_list(v)} and machines in the whole world. "
            "Which measure gives Europe, inside and outside the EU, the largest share?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS},
        kind="choice",
        options=lambda: list(COUNTS),
        answer=_kindest,
        reasons=lambda v: reasons.shares_of_europe(europe_by_measure(v)),
        hints=(
            "Set the list, then go through the measures and add up the two European bars.",
            "Which measures count a small machine as much as the largest?",
        ),
        solution=lambda v: (
            f"{_kindest(v)[0].upper()}{_kindest(v)[1:]}: {number(max(europe_by_measure(v).values()), 0)} %. The price: "
            "a count gives the last machine as much weight as the first. By Linpack of the first ten it is "
            f"{number(europe_by_measure(v)['Linpack of the first ten'], 0)} %."
        ),
    ),
    Exercise(
        id="11.4",
        question=lambda v: (
            f"Who had most computing for the size of its economy on the list of {_list(v)}? Take the Linpack of all "
            "500, by where it stands, over the share of world GDP. Put the highest first."
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS},
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
            f"Make the sentence true with your sliders: “On the list of {_list(v)}, with unlisted machines, the EU has "
            f"less than a tenth of the Linpack of all 500.” From which “Performance outside the list” on is it true?"
        ),
        model=share_of_the_list,
        vary={"list_vintage": LISTS},
        units={"% of the list": 1.0, "times the list": 100.0},
        tolerance=0.06,
        answer=lambda v: size_for(TENTH, list_vintage=v["list_vintage"]),
        mistakes=(
            Mistake(
                lambda v: 100 * (share_of_the_list(**v).eu27 / TENTH - 1),
                "You took it that the EU has nothing outside the list. It has a little.",
            ),
            Mistake(
                lambda v: 100 + size_for(TENTH, list_vintage=v["list_vintage"]),
                "That is everything, on the list and outside. The slider counts only what is outside.",
            ),
        ),
        hints=(
            "Set the list, then raise the slider until the dot of the EU-27 crosses 10 %.",
            "At which size is (EU's units on the list + EU's units outside) a tenth of all units?",
        ),
        solution=lambda v: (
            f"From about {number(size_for(TENTH, list_vintage=v['list_vintage']), 0)} % on. As listed, the EU has "
            f"{number(share_of_the_list(**v).eu27, 1)} %. Our range for the performance outside the list is "
            f"{span(get('unlisted_size').low, get('unlisted_size').high)} %."
        ),
    ),
)
