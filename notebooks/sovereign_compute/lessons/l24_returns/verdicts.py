"""Notebook 24, what a public euro in supercomputing returns: what decides its claims."""

from ...analysis.simulation import simulate
from ...display.views.returns import pays_in
from ...inputs import data
from ...inputs.wording import number
from ...models.parts.constants import MILLIONS_PER_BILLION
from ...models.returns import public_return
from ..fact_check import Verdict, fact, judges
from . import studies as published


def _study(id: str) -> dict:
    return published.studies()[id]


def _low(id: str) -> float:
    return _study(id)["value_low"]


# Claims -----------------------------------------------------------------------------------------------------------


@judges("C21")
def _push_for_growth() -> Verdict:
    return Verdict(
        "opinion",
        f"in the course's model the machine returns more than it costs in {pays_in(simulate(public_return))}",
        "a hope for the years to come",
        "to see a push, one must compare with what would have happened without the machine, and nobody has done that",
    )


@judges("C25")
def _part_of_the_gap() -> Verdict:
    research = _reference("rd-germany-2023")
    share = 100 * fact("total-cost") / fact("operation-years") / MILLIONS_PER_BILLION / research
    return Verdict(
        "opinion",
        f"a year of the machine costs {number(share, 2)} % of what Germany spends on research and development",
        "an aim",
        "the speaker names no gap, no size and no year; a small sum in the right place can still do much",
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
        f"machine, and we could read {len(found_out)} of their ratios at the source",
        "firms use such machines and report turnover",
        "the studies show that firms use the machines, but not that the machine caused a return; operators, funders or "
        "a consultant of the makers paid for them",
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
        f"it pays if {number(low, 1)} to {number(high, 1)} % of the benefit is due to LUMI and would not have come "
        f"anyway; other studies that count a gain to society print {published.printed(other[0])} to "
        f"{published.printed(other[-1])}",
        "benefit to society, divided by what was invested",
        "we did not find the study; one would have to know what it counts, by which cost it divides, and what it "
        "compares with"
        if unknown
        else "the ratio counts the whole benefit; the question is how much of it the machine caused",
    )


@judges("C53")
def _lumi_set_firms_in_motion() -> Verdict:
    runs = [row for row in data.records("training_runs") if "LUMI" in (row["machine"] or "")]
    companies = [row["company"] for row in data.records("startups")]
    firms = sorted({name for row in runs for name in companies if name in row["organisation"]})
    return Verdict(
        "holds partly" if firms else "not testable here",
        f"{len(runs)} published models were trained on LUMI; the start-ups of our list among their makers are: "
        f"{', '.join(firms) or 'none'}",
        "some firms worked there",
        "we know cases of use, but not whether these firms would have started elsewhere, nor how many never started",
    )


def _against_programme(total: str, ratio: str, counted: str) -> Verdict:
    """A ratio of K: over what projects say they spent, and over what the programme cost."""
    below, programme = published.recovered_denominator(total, ratio), published.programme_cost()
    over_all = MILLIONS_PER_BILLION * _low(total) / programme
    return Verdict(
        "holds" if below >= programme / 2 else "depends on the reading",
        f"{number(_low(total))} billion USD divided by {number(_low(ratio))} gives a cost of {number(below, 1)} "
        f"million USD; divided by the {number(programme, 0)} million of the programme, the ratio is "
        f"{number(over_all, 1)}",
        f"{counted} for each dollar that the projects say they spent",
        "a dollar that a project spent is not a dollar that the machine cost; and the study does not compare with a "
        "world without it",
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
        f"the study reports {number(past, 1)} billion USD, and expects {number(hoped, 1)} of a machine not yet built",
        "the reported and the expected sum together",
        "the sum mixes turnover and savings, and half of it had not happened when the study was made",
    )


@judges("C57")
def _hyperion_revenue() -> Verdict:
    return _in_the_series(
        "revenue", "the survey asks successful projects; its mean is not that of all money spent on HPC"
    )


@judges("C58")
def _hyperion_profit() -> Verdict:
    margin = published.margin("hyperion-printed")
    return _in_the_series(
        "profit",
        f"it is {number(margin, 0)} % of the revenue figure: one finding told twice, and only successes were asked",
    )


def _in_the_series(kind: str, because: str) -> Verdict:
    """A figure of the survey that was not found itself: whether the editions before and after enclose it."""
    printed = _low(f"hyperion-printed-{kind}")
    ends = [_low(f"hyperion-{year}-{kind}") for year in (2020, 2022)]
    enclosed = min(ends) <= printed <= max(ends)
    return Verdict(
        "depends on the reading" if enclosed else "not testable here",
        f"we did not find {number(printed)} itself; the same survey has {number(ends[0])} in 2020 and "
        f"{number(ends[1])} in 2022",
        "the mean of the projects in the survey",
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
        f"alike in {' and '.join(alike) or 'neither'}, if numbers that differ by less than a factor of 1.5 are alike",
        "the same analysts made both with the same method, so a likeness would confirm nothing",
    )


@judges("C84")
def _effect_stayed_small() -> Verdict:
    ratio = _study("lumi-csc")["value_high"]
    share = published.share_of_gdp(ratio)
    return Verdict(
        "not testable here",
        f"at LUMI's upper ratio JUPITER would bring {number(share, 2)} % of one year's GDP; to bring 1 %, each euro "
        f"would have to return {number(ratio / share, 0)}",
        "small for a whole economy, where no machine could have a large effect",
        "compared with its cost the effect may still be small or large; one would have to measure with and without the "
        "machine, and say what small means",
    )


def _reference(id: str) -> float:
    return data.row("macro_reference", id)["value"]
