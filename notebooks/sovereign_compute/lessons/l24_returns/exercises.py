"""Notebook 24, what a public euro in supercomputing returns: exercises."""

from ...analysis.settings import complete
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.parts.constants import PERCENT
from ...models.returns import public_return
from ...models.surveys import survey_mean

AT_ITS_WORD = presets("public_return")["lumi-high"]["values"]
"""Everything counted is a gain, due to the machine alone, at once and without the cost of taxes."""


TWICE = ("published_ratio", "attribution", "additionality", "benefit_years")
"""What exercise 24.5 doubles; one of them is no factor of what comes back."""


WORSE_END = {
    "discount_rate": "high",
    "benefit_delay": "high",
    "public_funds_cost": "high",
    "benefit_years": "high",
    "value_added_share": "low",
}
"""Which end of an assumption's range makes the machine return less, for those of exercise 24.6."""


def _ratio(v: dict) -> float:
    return public_return(**v).ratio


def _even(v: dict) -> float:
    return public_return(**v).break_even


def _below(v: dict) -> float:
    """The cost below the line, in million EUR."""
    return public_return(**v).claimed / v["published_ratio"]


def _doubled() -> dict[str, float]:
    """By which factor the return grows if one number alone is doubled, by its label."""
    course = complete(public_return)
    return {get(id).label: _ratio({**course, id: 2 * course[id]}) / _ratio(course) for id in TWICE}


def _no_factor(_: dict) -> str:
    (found,) = (label for label, factor in _doubled().items() if abs(factor - 2) > 0.01)
    return found


def _at_worse_ends(v: dict) -> dict[str, float]:
    """What a public euro returns with each assumption alone at the end of its range that is worse, by its label."""
    return {get(id).label: _ratio({**v, id: getattr(get(id), end)}) for id, end in WORSE_END.items()}


def _loses(v: dict) -> str:
    (found,) = (label for label, ratio in _at_worse_ends(v).items() if ratio < 1)
    return found


EXERCISES = (
    Exercise(
        id="24.1",
        question=lambda v: (
            f"A study counts {number(public_return(**v).claimed, 0)} million EUR of benefit in all, and prints "
            f"{number(v['published_ratio'])} EUR for each euro. By which cost did it divide?"
        ),
        model=public_return,
        vary={"published_ratio": (3, 60), "capital_cost": (50, 500), "running_cost": (10, 60)},
        units={"million EUR": 1.0, "billion EUR": 1e3, "EUR": 1e-6},
        answer=_below,
        mistakes=(
            Mistake(
                lambda v: public_return(**v).claimed * v["published_ratio"],
                "You multiplied. A ratio is benefit divided by cost.",
            ),
            Mistake(
                lambda v: v["published_ratio"] / public_return(**v).claimed,
                "Upside down: the cost is the benefit divided by the ratio.",
            ),
        ),
        hints=(
            "A ratio is benefit divided by cost. You know two of the three.",
            "Cost = benefit / ratio.",
        ),
        solution=lambda v: (
            f"{number(public_return(**v).claimed, 0)} million EUR / {number(v['published_ratio'])} = "
            f"{number(_below(v), 0)} million EUR. Now ask what that is: in this case the purchase alone costs "
            f"{number(v['capital_cost'])} million, and the rest is the running cost of {number(v['lifetime'])} years."
        ),
    ),
    Exercise(
        id="24.2",
        question=lambda v: (
            f"A study claims {number(v['published_ratio'])} EUR for each euro, all at once. Of that "
            f"{number(v['value_added_share'])} % is a gain to society. A euro of taxes costs "
            f"{number(1 + v['public_funds_cost'] * PERCENT)} EUR. Which attribution × additionality does the machine "
            "need to break even?"
        ),
        model=public_return,
        preset=AT_ITS_WORD,
        vary={"published_ratio": (4, 60), "value_added_share": (30, 60), "public_funds_cost": (10, 50)},
        units={"%": 1.0, "of one": 100.0},
        answer=_even,
        mistakes=(
            Mistake(
                lambda v: 100 / v["published_ratio"],
                "That is one divided by the ratio: not all of it is a gain, and taxes cost more than the euro.",
            ),
            Mistake(
                lambda v: _even({**v, "public_funds_cost": 0}),
                "The cost of taxes is missing: more than one euro must come back.",
            ),
            Mistake(
                lambda v: _even({**v, "value_added_share": 100}),
                "You took all that is counted as a gain.",
            ),
        ),
        hints=(
            "At break-even as much comes back as a euro of taxes costs. How much of the claim is a gain at all?",
            "Cost of a euro, divided by ratio × part that is a gain.",
        ),
        solution=lambda v: (
            f"{number(1 + v['public_funds_cost'] * PERCENT)} / ({number(v['published_ratio'])} × "
            f"{number(v['value_added_share'])} %) = {number(_even(v), 1)} %."
        ),
    ),
    Exercise(
        id="24.3",
        question=lambda v: (
            f"A study claims {number(v['published_ratio'])} EUR for each euro, all of it a gain and at once, and a "
            f"euro of taxes costs a euro. Attribution is {number(v['attribution'])} %, additionality "
            f"{number(v['additionality'])} %. What comes back for a euro?"
        ),
        model=public_return,
        preset=AT_ITS_WORD,
        vary={"published_ratio": (8, 60), "attribution": (8, 40), "additionality": (50, 80)},
        units={"EUR": 1.0, "ct": 0.01},
        answer=_ratio,
        mistakes=(
            Mistake(
                lambda v: v["published_ratio"] * (v["attribution"] + v["additionality"]) * PERCENT,
                "You added the two shares. They are shares of shares: multiply them.",
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
            "Published return × attribution × additionality, both as parts of one.",
        ),
        solution=lambda v: (
            f"{number(v['published_ratio'])} × {number(v['attribution'])} % × {number(v['additionality'])} % = "
            f"{number(_ratio(v), 2)} EUR."
        ),
    ),
    Exercise(
        id="24.4",
        question=lambda v: (
            f"A survey of successful projects prints a mean of {number(survey_mean(**v).printed, -3)} USD per USD. The "
            f"returns are lognormal with a spread of {number(v['return_spread'])}. What does the median project return?"
        ),
        model=survey_mean,
        vary={"median_return": (4, 40), "return_spread": (2.2, 3)},
        units={"USD per USD": 1.0},
        answer=lambda v: survey_mean(**v).middle,
        mistakes=(
            Mistake(lambda v: survey_mean(**v).printed / 2, "Half the mean is not the median: count, do not halve."),
            Mistake(
                lambda v: survey_mean(**v).printed / 2.718281828 ** v["return_spread"],
                "Nearly: the mean is exp(s² / 2) times the median, not exp(s) times.",
            ),
            Mistake(
                lambda v: survey_mean(**v).printed / v["return_spread"],
                "The spread belongs to the logarithm: the mean is exp(s² / 2) times the median.",
            ),
        ),
        hints=(
            "Half of the projects return less than the median. A few very large ones pull the mean up.",
            "Mean / exp(s² / 2), where s is the spread.",
        ),
        solution=lambda v: (
            f"{number(survey_mean(**v).printed, -3)} / exp({number(v['return_spread'])}² / 2) = "
            f"{number(survey_mean(**v).printed, -3)} / {number(survey_mean(**v).exaggeration, 1)} = "
            f"{number(survey_mean(**v).middle, 1)} USD per USD."
        ),
    ),
    Exercise(
        id="24.5",
        question="Double one number and leave all others. Which one does not double what comes back?",
        model=public_return,
        preset={},
        kind="choice",
        options=lambda: sorted(_doubled()),
        answer=_no_factor,
        reasons=lambda v: {
            label: f"{label} is a factor: twice as much of it brings back {number(factor, 1)} times as much."
            for label, factor in _doubled().items()
        },
        hints=(
            "Which of them multiply the return, and which only says when it comes?",
            "The total of the benefit is fixed. What happens to its value today if it comes over more years?",
        ),
        solution=lambda v: (
            f"{_no_factor(v)}: the same benefit then comes later, and what comes back is "
            f"{number(_doubled()[_no_factor(v)], 2)} times as much."
        ),
    ),
    Exercise(
        id="24.6",
        question=lambda v: (
            f"In your case attribution is {number(v['attribution'])} % and all else is as in the course. A public "
            "euro then returns more than it costs. Which assumption, moved alone to the worse end of its 90 % range, "
            "turns that around? Try it in the panel."
        ),
        model=public_return,
        vary={"attribution": (19.5, 24.5)},
        kind="choice",
        options=lambda: sorted(get(id).label for id in WORSE_END),
        answer=_loses,
        reasons=lambda v: {
            label: f"“{label}” at its worse end still leaves {number(ratio, 2)} EUR for a euro."
            for label, ratio in _at_worse_ends(v).items()
        },
        hints=(
            "The range of each assumption opens at the mark of its evidence.",
            "The return is not far above one. Whose worse end takes away more than a fifth?",
        ),
        solution=lambda v: (
            f"{number(_ratio(v), 2)} EUR come back in your case. With each at its worse end: "
            + "; ".join(f"{label} {number(ratio, 2)}" for label, ratio in _at_worse_ends(v).items())
            + ". Attribution or additionality would do it, too."
        ),
    ),
)
