"""Notebook 24, what a public euro in supercomputing returns: exercises and claims."""

from ..analysis.settings import evaluate
from ..analysis.simulation import simulate
from ..controls.exercises import Exercise, Mistake
from ..display.views import studies as published
from ..display.views.returns import pays_in
from ..inputs import data
from ..inputs.presets import presets
from ..inputs.wording import number
from ..models.parts.constants import MILLIONS_PER_BILLION, PERCENT
from ..models.returns import public_return
from ..models.surveys import survey_mean
from .fact_check import Verdict, fact, judges

AT_ITS_WORD = presets("public_return")["lumi-high"]["values"]
"""Everything counted is a gain, due to the machine alone, at once and without the cost of taxes."""
SHARED = {**AT_ITS_WORD, "attribution": 20, "additionality": 25}
WIDE = presets("survey_mean")["wider"]["values"]
PRINTED = evaluate(survey_mean, **WIDE).printed
FOUR = ("hllhc-bcr", "archer2-2025", "lumi-csc", "hyperion-printed-profit")


def _study(id: str) -> dict:
    return published.studies()[id]


def _low(id: str) -> float:
    return _study(id)["value_low"]


def _ratio(v: dict) -> float:
    return public_return(**v).ratio


def _even(v: dict) -> float:
    return public_return(**v).break_even


def _k_cost(_: dict) -> float:
    return published.recovered_denominator("k-2016-revenue-total", "k-2016-revenue")


def _name(id: str) -> str:
    return f"{_study(id)['study'].partition(',')[0]}: {published.span(_study(id))}"


def _by_credit(_: dict) -> list[str]:
    """The studies by the credit that they need to break even, the most demanding first."""
    return [_name(id) for id in sorted(FOUR, key=_low)]


EXERCISES = (
    Exercise(
        id="24.1",
        question=(
            f"The study on the machine K counts {number(_low('k-2016-revenue-total'))} billion USD of turnover, and "
            f"{number(_low('k-2016-revenue'))} dollars for each dollar. Which cost stands below the line?"
        ),
        model=public_return,
        preset={},
        units={"million USD": 1.0, "billion USD": 1e3, "USD": 1e-6},
        answer=_k_cost,
        mistakes=(
            Mistake(lambda v: _k_cost(v) * 1e-3, "Mind the thousand: a billion is a thousand million."),
            Mistake(
                lambda v: published.programme_cost(),
                "That is the cost of the whole programme. Divide the benefit by the printed ratio.",
            ),
            Mistake(
                lambda v: published.recovered_denominator("k-2016-savings-total", "k-2016-savings"),
                "That is the cost below the savings; the question is about turnover.",
            ),
        ),
        hints=(
            "A ratio is benefit over cost. Two of the three are known.",
            "Cost = benefit / ratio, and a billion is 1,000 million.",
        ),
        solution=lambda v: (
            f"{number(1e3 * _low('k-2016-revenue-total'))} million USD / {number(_low('k-2016-revenue'))} = "
            f"{number(_k_cost(v), 1)} million USD. The programme cost about {number(published.programme_cost(), 0)} "
            "million: another line altogether."
        ),
    ),
    Exercise(
        id="24.2",
        question="Your panel, as it is set now: which attribution × additionality does the machine need to break even?",
        model=public_return,
        units={"%": 1.0, "of one": 100.0},
        answer=_even,
        mistakes=(
            Mistake(
                lambda v: 100 / v["published_ratio"],
                "That is one over the published ratio: what is counted may be no gain, comes later, and taxes cost.",
            ),
            Mistake(lambda v: public_return(**v).credited, "That is the credit you have set, not the one it needs."),
            Mistake(lambda v: 100 * _ratio(v), "That is what comes back, in percent. Which credit would bring 100 %?"),
        ),
        hints=(
            "At break-even one euro comes back. What comes back is proportional to the credit.",
            "Your attribution × additionality, divided by the ratio in the sentence above the chart.",
        ),
        solution=lambda v: (
            f"{number(public_return(**v).cost, 0)} million EUR of cost over {number(public_return(**v).claimed, 0)} "
            f"million EUR claimed × {number(v['value_added_share'])} % gain × "
            f"{number(public_return(**v).worth_today, 3)} in today's money = {number(_even(v), 1)} %."
        ),
    ),
    Exercise(
        id="24.3",
        question=(
            f"A study claims {number(SHARED['published_ratio'])} EUR per EUR, all of it a gain, at once, and a euro of "
            f"taxes costs a euro. Attribution is {SHARED['attribution']} %, additionality {SHARED['additionality']} %. "
            "What comes back per euro?"
        ),
        model=public_return,
        preset=SHARED,
        units={"EUR": 1.0, "ct": 0.01},
        answer=_ratio,
        mistakes=(
            Mistake(
                lambda v: v["published_ratio"] * (v["attribution"] + v["additionality"]) * PERCENT,
                "You added the two shares. They are shares of shares: multiply them.",
            ),
            Mistake(
                lambda v: v["published_ratio"] * (v["attribution"] + v["additionality"]) / 2 * PERCENT,
                "You took the mean of the two shares. They are shares of shares: multiply them.",
            ),
            Mistake(
                lambda v: v["published_ratio"] * v["attribution"] * PERCENT,
                "Additionality is missing: part of it would have come anyway.",
            ),
            Mistake(
                lambda v: v["published_ratio"] * v["additionality"] * PERCENT,
                "Attribution is missing: the machine was not alone.",
            ),
        ),
        hints=(
            "First keep only what is due to the machine, and then only what would not have come anyway.",
            "Published ratio × attribution × additionality, both as parts of one.",
        ),
        solution=lambda v: (
            f"{number(v['published_ratio'])} × {number(v['attribution'] * PERCENT)} × "
            f"{number(v['additionality'] * PERCENT)} = {number(_ratio(v), 2)} EUR."
        ),
    ),
    Exercise(
        id="24.4",
        question=(
            f"A survey of successful projects prints a mean of {number(PRINTED, 0)} USD per USD. The returns are "
            f"lognormal with a spread of {number(WIDE['return_spread'])}. What does the middle "
            "one of these projects return?"
        ),
        model=survey_mean,
        preset=WIDE,
        units={"USD per USD": 1.0},
        answer=lambda v: survey_mean(**v).middle,
        mistakes=(
            Mistake(
                lambda v: survey_mean(**v).printed / 2, "Half the mean is not the middle one: count, do not halve."
            ),
            Mistake(
                lambda v: survey_mean(**v).printed / 2.718281828 ** v["return_spread"],
                "Nearly: the mean lies exp(s² / 2) above the middle one, not exp(s).",
            ),
            Mistake(
                lambda v: survey_mean(**v).printed / v["return_spread"],
                "The spread belongs to the logarithm: the mean lies exp(s² / 2) above the middle one.",
            ),
        ),
        hints=(
            "Half of the projects return less than the middle one; a few very large ones pull the mean up.",
            "Mean / exp(s² / 2), with s the spread.",
        ),
        solution=lambda v: (
            f"{number(survey_mean(**v).printed, 0)} / exp({number(v['return_spread'])}² / 2) = "
            f"{number(survey_mean(**v).printed, 0)} / {number(survey_mean(**v).exaggeration, 0)} = "
            f"{number(survey_mean(**v).middle, 1)} USD per USD."
        ),
    ),
    Exercise(
        id="24.5",
        question=(
            "Take each study at its word. Which needs the most attribution × additionality to break even? "
            "Begin with the most demanding one."
        ),
        model=public_return,
        preset={},
        kind="ranking",
        options=lambda: sorted(_name(id) for id in FOUR),
        answer=_by_credit,
        hints=(
            "The more a study claims, the less of it has to be true.",
            "The credit needed is one over the ratio.",
        ),
        solution=lambda v: (
            "; ".join(f"{_name(id)} needs {number(100 / _low(id), 1)} %" for id in sorted(FOUR, key=_low))
            + ". The smallest number asks for the most belief."
        ),
    ),
)


# Claims -----------------------------------------------------------------------------------------------------------


@judges("C21")
def _push_for_growth() -> Verdict:
    return Verdict(
        "opinion",
        f"the course's model returns more than it costs in {pays_in(simulate(public_return))}",
        "a hope for the years to come",
        "a push shows against what would have happened without it; nobody has compared the two for such a machine",
    )


@judges("C25")
def _part_of_the_gap() -> Verdict:
    research = _reference("rd-germany-2023")
    share = 100 * fact("total-cost") / fact("operation-years") / MILLIONS_PER_BILLION / research
    return Verdict(
        "opinion",
        f"a year of the machine costs {number(share, 2)} % of what Germany spends on research and development",
        "an aim",
        "no gap, size or year is named; what little money can do in a well chosen place is not settled by its share",
    )


@judges("C51")
def _more_than_tools_of_research() -> Verdict:
    cases = [_study(id) for id in ("lumi-csc", "k-2016-revenue", "hyperion-printed-revenue")]
    compared = [row for row in cases if not (row["counterfactual"] or "none").startswith(("none", "not known"))]
    found_out = [row for row in cases if row["tier"] in ("primary", "secondary")]
    all_shown = len(compared) == len(found_out) == len(cases)
    return Verdict(
        "holds" if all_shown else "holds partly",
        f"{len(cases)} studies name use outside research; {len(compared)} of them compare with a world without the "
        f"machine, {len(found_out)} of their ratios could be read at the source",
        "firms use such machines and report turnover",
        "use by firms is shown, a return caused by the machine is not; operators, funders or a consultant of the "
        "makers had the studies made",
    )


@judges("C52")
def _lumi_returns_25_to_37() -> Verdict:
    row = _study("lumi-csc")
    low, high = 100 / row["value_high"], 100 / row["value_low"]
    unknown = row["tier"] == "unverified"
    other = [
        r for r in published.ratios() if r["counted"] == "gain to society" and r["tier"] in ("primary", "secondary")
    ]
    return Verdict(
        "not testable here" if unknown else "depends on the reading",
        f"it pays if {number(low, 1)} to {number(high, 1)} % of the benefit is due to LUMI and additional; verified "
        f"studies that count a gain to society print {published.span(other[0])} to {published.span(other[-1])}",
        "benefit to society, over what was invested",
        "the study was not found: one would have to know what it counts, over which cost, and compared with what"
        if unknown
        else "the ratio counts the whole benefit; how much of it the machine caused decides",
    )


@judges("C53")
def _lumi_set_firms_in_motion() -> Verdict:
    runs = [row for row in data.records("training_runs") if "LUMI" in (row["machine"] or "")]
    companies = [row["company"] for row in data.records("startups")]
    firms = sorted({name for row in runs for name in companies if name in row["organisation"]})
    return Verdict(
        "holds partly" if firms else "not testable here",
        f"{len(runs)} published models were trained on LUMI; start-ups of our list among their makers: "
        f"{', '.join(firms) or 'none'}",
        "some firms did their work there",
        "named cases show use; that they would not have started elsewhere, and how many did not start, is not known",
    )


def _against_programme(total: str, ratio: str, counted: str) -> Verdict:
    """A ratio of K: over what projects say they spent, and over what the programme cost."""
    below, programme = published.recovered_denominator(total, ratio), published.programme_cost()
    over_all = MILLIONS_PER_BILLION * _low(total) / programme
    return Verdict(
        "holds" if below >= programme / 2 else "depends on the reading",
        f"{number(_low(total))} billion USD over {number(_low(ratio))} leave a cost of {number(below, 1)} million USD; "
        f"over the {number(programme, 0)} million of the programme it is {number(over_all, 1)}",
        f"{counted} per dollar that the projects state as their spending",
        "the dollar below the line is not a dollar put into the machine; no comparison with a world without it",
    )


@judges("C54")
def _k_turnover() -> Verdict:
    return _against_programme("k-2016-revenue-total", "k-2016-revenue", "turnover")


@judges("C55")
def _k_savings() -> Verdict:
    return _against_programme("k-2016-savings-total", "k-2016-savings", "modelled savings")


@judges("C56")
def _nineteen_billion() -> Verdict:
    past = _low("k-2016-revenue-total") + _low("k-2016-savings-total")
    hoped, claimed = _low("post-k-2016"), _low("k-2016-both")
    return Verdict(
        "holds" if past >= claimed else "holds partly" if past + hoped >= claimed else "does not hold",
        f"{number(past, 1)} billion USD had been reported, {number(hoped, 1)} were expected of a machine not yet built",
        "reported and expected added up",
        "turnover and savings in one sum; half of it had not happened when the study was made",
    )


@judges("C57")
def _hyperion_revenue() -> Verdict:
    return _in_the_series("revenue", "successful projects were asked: a mean of these, not of all dollars spent on HPC")


@judges("C58")
def _hyperion_profit() -> Verdict:
    margin = published.margin("hyperion-printed")
    return _in_the_series(
        "profit", f"it is {number(margin, 0)} % of the revenue figure: one finding told twice, with the same selection"
    )


def _in_the_series(kind: str, because: str) -> Verdict:
    """A figure of the survey that was not found itself: whether the editions before and after enclose it."""
    printed = _low(f"hyperion-printed-{kind}")
    ends = [_low(f"hyperion-{year}-{kind}") for year in (2020, 2022)]
    enclosed = min(ends) <= printed <= max(ends)
    return Verdict(
        "depends on the reading" if enclosed else "not testable here",
        f"{number(printed)} itself was not found; the same survey has {number(ends[0])} in 2020 and {number(ends[1])} "
        "in 2022",
        "the mean over the projects in the survey",
        because,
    )


@judges("C59")
def _hyperion_like_idc() -> Verdict:
    factors = {
        "turnover": _low("k-2016-revenue") / _low("hyperion-printed-revenue"),
        "savings or profit": _low("k-2016-savings") / _low("hyperion-printed-profit"),
    }
    alike = [name for name, factor in factors.items() if 2 / 3 <= factor <= 3 / 2]
    return Verdict(
        "holds" if len(alike) == len(factors) else "holds partly" if alike else "does not hold",
        "they differ in " + ", ".join(f"{name} by a factor of {number(factor, 1)}" for name, factor in factors.items()),
        f"alike in {' and '.join(alike) or 'neither'}, if a factor of 1.5 counts as alike",
        "one group of analysts made both, with one method: likeness would not be a second witness",
    )


@judges("C84")
def _effect_stayed_small() -> Verdict:
    ratio = _study("lumi-csc")["value_high"]
    share = published.share_of_gdp(ratio)
    return Verdict(
        "not testable here",
        f"at LUMI's upper ratio JUPITER would bring {number(share, 2)} % of one year's GDP; for 1 % each euro would "
        f"have to return {number(ratio / share, 0)}",
        "small beside an economy, where no machine could be anything else",
        "beside what it cost an effect may be small or large; it would have to be measured with and without the "
        "machine, and small would have to be given a size",
    )


def _reference(id: str) -> float:
    return data.row("macro_reference", id)["value"]
