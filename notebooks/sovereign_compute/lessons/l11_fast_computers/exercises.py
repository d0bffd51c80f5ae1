"""Notebook 11, who owns the fast computers: exercises."""

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete
from ...controls.exercises import Exercise, Mistake
from ...inputs import data
from ...inputs.wording import month, number, signed
from ...models.lists import (
    MEASURES,
    entry,
    per_gdp,
    share_of_the_list,
    times,
    vintages,
)
from .. import reasons
from ..fact_check import claims
from .exhibits import factors
from .verdicts import AT_PRINT, JUPITER, LATER, PRINTED, _europe

COUNTRIES = ("China", "Finland", "Germany", "Italy", "United States")


NOBODY = "nobody's share moves"


def _linpack(v: dict) -> float:
    return times(JUPITER, "HPC6", PRINTED, "rmax_pflops")


def _nearest_five(v: dict) -> str:
    return min(factors(), key=lambda row: abs(row["factor"] - float(claims()["C01"]["quantity"])))["reading"]


def _factor_of(reading: str) -> dict:
    return next(row for row in factors() if row["reading"] == reading)


def _half(v: dict) -> str:
    return next(measure for measure in MEASURES if round(_europe(measure)) == 50)


def _by_gdp(v: dict) -> list[str]:
    return [country for country, _ in per_gdp(vintages()[-1]) if country in COUNTRIES]


def _outside() -> float:
    """The EU's share in the performance of AI clusters, in percent."""
    rows = {row["id"]: row["share_percent"] for row in data.records("market_shares")}
    return rows["ai-cluster-performance-world-eu-2025"]


def _with_as_much_again(v: dict) -> float:
    return (share_of_the_list(**v).eu27 + _outside()) / 2


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
        question=(
            f"On the list of {AT_PRINT} JUPITER has {number(entry(PRINTED, JUPITER)['rmax_pflops'])} PFLOP/s in the "
            f"Linpack run and HPC6 {number(entry(PRINTED, 'HPC6')['rmax_pflops'])}. How many times as fast is JUPITER?"
        ),
        model=share_of_the_list,
        preset={},
        units={"times": 1.0, "%": 0.01},
        answer=_linpack,
        tolerance=0.01,
        mistakes=(
            Mistake(lambda v: 1 / _linpack(v), "Upside down: that is HPC6 over JUPITER."),
            Mistake(lambda v: _linpack(v) - 1, "That is by how much it is faster; the question asks how many times."),
            Mistake(
                lambda v: times(JUPITER, "HPC6", LATER, "rmax_pflops"),
                f"That is the factor on the list of {month(LATER)}.",
            ),
            Mistake(
                lambda v: times(JUPITER, "HPC6", PRINTED, "rpeak_pflops"),
                "That is the factor of the declared peaks; the question asks for the Linpack run.",
            ),
        ),
        hints=("“Times as fast” is a ratio of two speeds.", "Divide JUPITER's PFLOP/s by those of HPC6."),
        solution=lambda v: (
            f"{number(entry(PRINTED, JUPITER)['rmax_pflops'])} / {number(entry(PRINTED, 'HPC6')['rmax_pflops'])} = "
            f"{number(_linpack(v), 2)}. The report's five is another reading: see the chart of factors."
        ),
    ),
    Exercise(
        id="11.2",
        question=(
            "Write the headline: “Five times as powerful as HPC6”. Which reading comes nearest to it, and what does "
            "it cost you to use it?"
        ),
        model=share_of_the_list,
        preset={},
        kind="choice",
        options=lambda: sorted(row["reading"] for row in factors()),
        answer=_nearest_five,
        reasons=lambda v: reasons.readings(float(claims()["C01"]["quantity"])),
        hints=(
            "Look for the factor nearest to five in the chart of one machine's true factors.",
            "It counts the same chips as the Linpack runs did, but not what Linpack measures.",
        ),
        solution=lambda v: (
            f"{_nearest_five(v)}: {number(_factor_of(_nearest_five(v))['factor'], 2)} times. The price: it is "
            f"{_factor_of(_nearest_five(v))['kind']}, from data sheets; no run ever reached it, and it says nothing of "
            f"64-bit simulation, where {number(_linpack(v), 2)} was measured."
        ),
    ),
    Exercise(
        id="11.3",
        question=f"Write the headline: “Half of … stands in Europe”, {AT_PRINT}. Which count makes the sentence true?",
        model=share_of_the_list,
        preset={},
        kind="choice",
        options=lambda: sorted(MEASURES),
        answer=_half,
        reasons=lambda v: {m: f"Counted as {m}, Europe has {number(_europe(m), 0)} %, not half." for m in MEASURES},
        hints=(
            f"Set the list of {AT_PRINT} in the panel, by place, and go through what can be counted.",
            "Every machine weighs the same in it, the first and the tenth.",
        ),
        solution=lambda v: (
            f"{_half(v)}: {number(_europe(_half(v)), 0)} %. The price: the first machine counts as much as the tenth. "
            f"By Linpack of the same ten it is {number(_europe('Linpack of the first ten'), 0)} %, of all 500 "
            f"{number(_europe('Linpack of all 500'), 0)} %; and of Europe's five, one stands outside the EU."
        ),
    ),
    Exercise(
        id="11.4",
        question=f"Who has most listed performance per GDP in {month(vintages()[-1])}? Put the most first.",
        model=share_of_the_list,
        preset={},
        kind="ranking",
        options=lambda: sorted(COUNTRIES),
        answer=_by_gdp,
        hints=(
            "A small economy with one large machine comes out on top.",
            "A European machine, two of an energy company, a research centre; then the two giants.",
        ),
        solution=lambda v: f"{', '.join(_by_gdp(v))}: see the chart by the size of the economy.",
    ),
    Exercise(
        id="11.5",
        question=(
            f"Take the EU's {number(share_of_the_list(**complete(share_of_the_list)).eu27, 1)} % of the listed "
            f"performance of {month(vintages()[-1])}. Suppose that as much again stands outside the list, and that the "
            f"EU holds {number(_outside())} % of that. What is its share of everything?"
        ),
        model=share_of_the_list,
        preset={},
        units={"%": 1.0},
        answer=_with_as_much_again,
        mistakes=(
            Mistake(
                lambda v: share_of_the_list(**v).eu27 + _outside(),
                "You added two shares of different wholes: the whole has doubled.",
            ),
            Mistake(
                lambda v: share_of_the_list(**v).eu27 / 2,
                "The whole has doubled, but the EU has something outside the list as well.",
            ),
            Mistake(
                lambda v: share_of_the_list(**v).eu27_all,
                "That is with twice as much outside as on the list; the question says as much again.",
            ),
        ),
        hints=(
            "Think of 100 units on the list and 100 outside. How many of the 200 are the EU's?",
            "(share on the list + share outside) / 2.",
        ),
        solution=lambda v: (
            f"({number(share_of_the_list(**v).eu27, 1)} + {number(_outside())}) / 2 = "
            f"{number(_with_as_much_again(v), 1)} %."
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
            "No line, no move: counts, power, and machines in Europe only get no estimate of what is unlisted.",
        ),
        solution=lambda v: (
            f"{_moves_most(v)}: {', '.join(f'{name} {signed(move)} points' for name, move in _moves(v).items())}."
        ),
    ),
)
