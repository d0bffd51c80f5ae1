"""Notebook 24, what a public euro in supercomputing returns: exercises."""

from ...analysis.settings import evaluate
from ...controls.exercises import Exercise, Mistake
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.parts.constants import PERCENT
from ...models.returns import public_return
from ...models.surveys import survey_mean
from . import studies as published
from .verdicts import _low, _study

AT_ITS_WORD = presets("public_return")["lumi-high"]["values"]


"""Everything counted is a gain, due to the machine alone, at once and without the cost of taxes."""


SHARED = {**AT_ITS_WORD, "attribution": 20, "additionality": 25}


WIDE = presets("survey_mean")["wider"]["values"]


PRINTED = evaluate(survey_mean, **WIDE).printed


FOUR = ("hllhc-bcr", "archer2-2025", "lumi-csc", "hyperion-printed-profit")


def _ratio(v: dict) -> float:
    return public_return(**v).ratio


def _even(v: dict) -> float:
    return public_return(**v).break_even


def _k_cost(_: dict) -> float:
    return published.recovered_denominator("k-2016-revenue-total", "k-2016-revenue")


def _name(id: str) -> str:
    return f"{_study(id)['study'].partition(',')[0]}: {published.printed(_study(id))}"


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
