"""Notebook 13, what independence is worth: exercises."""

import math

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import evaluate
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number, quantity
from ...models.belief import disruption_belief
from ...models.independence import STRATEGIES, hold_up, independence_value
from ...models.parts.constants import PERCENT
from .. import reasons
from .moves import cheapest

NEW_SERVICE = presets("independence_value")["new-service"]["values"]
ENDS = (
    *("disruption_probability", "disruption_duration", "disruption_loss", "loss_avoided"),
    *("price_rise", "switching_cost", "risk_aversion"),
)
"""The assumptions of exercise 13.6, one of which can turn the decision."""


def _value(v: dict):
    return independence_value(**v)


def _belief(v: dict):
    return disruption_belief(**v)


def _risen(v: dict) -> float:
    """What the price rises add up to as the mean of a year, whoever pays them, in million EUR."""
    return hold_up(v["cloud_spending"], v["price_rise"], v["planning_years"], math.inf)


def _hold_up_solved(v: dict) -> str:
    move = v["switching_cost"] / v["planning_years"]
    return (
        f"On average over {number(v['planning_years'])} years, the rises cost {number(1000 * _risen(v), 0)} thousand "
        f"EUR a year. The move, spread over the same years, costs {number(1000 * move, 0)} thousand. Nobody pays "
        f"more than the smaller of the two: {number(1000 * _value(v).hold_up, 0)} thousand EUR a year."
    )


def at_their_ends() -> dict[str, tuple[float, str]]:
    """For each of ``ENDS``: the end of its slider that is kindest to buying, and the cheapest strategy there."""
    found = {}
    for id in ENDS:
        assumption = get(id)
        results = {end: evaluate(independence_value, **{id: end}) for end in (assumption.hard_min, assumption.hard_max)}
        kindest = min(results, key=lambda end: results[end].buy - min(results[end].stay, results[end].keep))
        found[assumption.label] = kindest, cheapest(**{id: kindest})
    return found


def _turning(v: dict) -> str:
    return next(label for label, (_, first) in at_their_ends().items() if first == "buy")


def _reasons(v: dict) -> dict[str, str]:
    units = {get(id).label: get(id).unit for id in ENDS}
    return reasons.strategies(
        {label: (quantity(end, units[label]), STRATEGIES[first]) for label, (end, first) in at_their_ends().items()}
    )


def _band(v: dict) -> tuple[float, float]:
    low, high = evaluation_of(independence_value, v).bands["worth"]
    return 1000 * low, 1000 * high


EXERCISES = (
    Exercise(
        id="13.1",
        question=lambda v: (
            f"A disruption comes with {number(v['disruption_probability'])} % a year, lasts "
            f"{quantity(v['disruption_duration'], 'month')} and costs {number(v['disruption_loss'])} million EUR a "
            f"month. A sovereign service avoids {number(v['loss_avoided'])} % of that. What does it save on average "
            "in a year?"
        ),
        model=independence_value,
        vary={
            "disruption_probability": [1, 1.5, 3, 4, 5],
            "disruption_duration": [1.5, 2, 4, 6],
            "disruption_loss": [2, 4, 8, 10],
            "loss_avoided": [40, 50, 75, 80],
        },
        units={"thousand EUR a year": 1.0, "million EUR a year": 1000.0},
        answer=lambda v: _value(v).avoided * 1000,
        mistakes=(
            Mistake(
                lambda v: _value(v).avoided * 1000 / (v["loss_avoided"] * PERCENT),
                "That is the whole expected loss: the sovereign service avoids only a part of it.",
            ),
            Mistake(
                lambda v: _value(v).avoided * 1000 / v["disruption_duration"],
                "You took one month; a disruption lasts longer than that.",
            ),
            Mistake(
                lambda v: _value(v).avoided * 1000 / PERCENT,
                "A probability of 2 % is 0.02: you multiplied by the number of per cent.",
            ),
            Mistake(
                lambda v: _value(v).avoided * 1000 / (v["disruption_probability"] * PERCENT),
                "That is what one disruption would cost less; it does not come every year.",
            ),
        ),
        hints=(
            "What does one disruption cost? How much of that is avoided, and how often does it come?",
            "Probability × months × loss per month × share avoided, both percentages as parts of one.",
        ),
        solution=lambda v: (
            f"{number(v['disruption_probability'])} % × {number(v['disruption_duration'])} months × "
            f"{number(v['disruption_loss'])} million EUR × {number(v['loss_avoided'])} % = "
            f"{number(_value(v).avoided * 1000, 1)} thousand EUR a year."
        ),
    ),
    Exercise(
        id="13.2",
        question=lambda v: (
            f"A disruption comes with {number(v['disruption_probability'])} % a year, and one year tells nothing "
            f"about the next. How likely is at least one within {number(v['planning_years'])} years?"
        ),
        model=independence_value,
        vary={"disruption_probability": [3, 4, 5, 6, 8], "planning_years": [5, 6, 10, 12, 15]},
        units={"%": 1.0},
        tolerance=0.015,
        answer=lambda v: _value(v).ever,
        mistakes=(
            Mistake(
                lambda v: v["disruption_probability"] * v["planning_years"],
                "Probabilities of several years cannot be added: with enough years you would pass 100 %.",
            ),
            Mistake(lambda v: 100 - _value(v).ever, "That is the chance that nothing happens: the other way round."),
            Mistake(lambda v: v["disruption_probability"], "That is the probability in one year."),
        ),
        hints=(
            "How likely is it that one year stays quiet? And all of them?",
            "1 − (1 − p)ⁿ with p as a part of one and n years.",
        ),
        solution=lambda v: (
            f"1 − (1 − {number(v['disruption_probability'] * PERCENT)})^{number(v['planning_years'])} = "
            f"{number(_value(v).ever, 1)} %."
        ),
    ),
    Exercise(
        id="13.3",
        question=lambda v: (
            "A buyer who does not mind risk and has nothing to move (preset “A new service, nothing to move”). The "
            f"premium is {number(v['sovereign_premium'])} %, a disruption lasts "
            f"{quantity(v['disruption_duration'], 'month')}. From which probability of a disruption on is the "
            "sovereign service worth its premium?"
        ),
        model=independence_value,
        preset=NEW_SERVICE,
        vary={"sovereign_premium": [6, 8, 9, 10, 12, 14, 16, 18], "disruption_duration": [4, 5, 6, 7, 8, 9]},
        units={"% a year": 1.0},
        answer=lambda v: _value(v).break_even_probability,
        mistakes=(
            Mistake(
                lambda v: v["cloud_spending"] * v["sovereign_premium"] / _value(v).one_loss,
                "You let it avoid the whole loss: mind the share avoided.",
            ),
            Mistake(
                lambda v: (
                    v["cloud_spending"] * v["sovereign_premium"] / (v["disruption_loss"] * v["loss_avoided"] * PERCENT)
                ),
                "You compared with the loss of one month; a disruption lasts longer than that.",
            ),
            Mistake(
                lambda v: v["sovereign_premium"],
                "That is the premium. A probability of that size would do if one disruption cost a year's spending.",
            ),
        ),
        hints=(
            "At break-even the premium of a year equals the expected loss avoided in a year.",
            "Premium × spending / (share avoided × months × loss per month), with the values of the preset.",
        ),
        solution=lambda v: (
            f"{number(v['sovereign_premium'])} % × {number(v['cloud_spending'])} million EUR / "
            f"({number(v['loss_avoided'])} % × {number(_value(v).one_loss, 1)} million EUR) = "
            f"{number(_value(v).break_even_probability, 1)} % a year. Our estimate of the probability is "
            f"{number(get('disruption_probability').value)} %."
        ),
    ),
    Exercise(
        id="13.4",
        question=lambda v: (
            f"Before you look at the list, your belief is worth {number(v['prior_events'])} of an event in "
            f"{number(v['prior_years'])} quiet years. Then you count {number(v['observed_events'])} years with an "
            f"event in {number(v['observed_years'])}. What probability do you hold now?"
        ),
        model=disruption_belief,
        vary={"prior_years": [8, 10, 12, 15, 25, 30, 35, 40, 50], "observed_events": [1, 2, 3, 4, 5]},
        units={"% a year": 1.0},
        answer=lambda v: _belief(v).mean,
        mistakes=(
            Mistake(
                lambda v: v["observed_events"] / v["observed_years"] / PERCENT,
                "That is the bare frequency: your belief from before counts too.",
            ),
            Mistake(
                lambda v: _belief({**v, "prior_events": 0.0}).mean,
                "The half event that you believed in before is missing above the line and below it.",
            ),
            Mistake(lambda v: _belief(v).prior, "That is what you believed before you counted."),
        ),
        hints=(
            "Add your imagined events to the counted ones, and your imagined years to the counted ones.",
            "(Events before + events counted) / (events before + quiet years before + years counted).",
        ),
        solution=lambda v: (
            f"({number(v['prior_events'])} + {number(v['observed_events'])}) / ({number(v['prior_events'])} + "
            f"{number(v['prior_years'])} + {number(v['observed_years'])}) = {number(_belief(v).mean, 1)} % a year."
        ),
    ),
    Exercise(
        id="13.5",
        question=lambda v: (
            f"A firm spends {number(v['cloud_spending'])} million EUR a year and cannot leave for less than "
            f"{number(v['switching_cost'])} million. Its supplier raises the price by {number(v['price_rise'])} % a "
            f"year above the market. What does that cost on average in a year, over {number(v['planning_years'])} "
            "years?"
        ),
        model=independence_value,
        vary={"price_rise": [1.5, 2, 2.5, 3.5, 4, 5, 7, 9], "switching_cost": [3, 5, 7, 9, 11, 14]},
        units={"thousand EUR a year": 1.0, "million EUR a year": 1000.0},
        tolerance=0.02,
        answer=lambda v: 1000 * _value(v).hold_up,
        mistakes=(
            Mistake(
                lambda v: 1000 * max(_risen(v), v["switching_cost"] / v["planning_years"]),
                "There are two sums, and that is the larger. Who would still pay it, with the smaller one at hand?",
            ),
            Mistake(
                lambda v: 1000 * _value(v).hold_up * v["planning_years"],
                "That is the sum over all years: spread it over them.",
            ),
            Mistake(
                lambda v: 1000 * v["cloud_spending"] * v["price_rise"] * PERCENT,
                "That is one rise of one year. The next year starts from the higher price.",
            ),
            Mistake(
                lambda v: 1000 * _value(v).spared,
                "That is the part which the sovereign service spares; whoever stays pays the whole.",
            ),
        ),
        hints=(
            "How much above the market is the price in the first year, the second, the last? And who would still pay?",
            "The smaller of two: the mean of the yearly surcharges, and the cost of the move over the years. The first "
            "year has no surcharge yet.",
        ),
        solution=_hold_up_solved,
    ),
    Exercise(
        id="13.6",
        question=(
            "Find the one assumption that turns the decision. Press Reset, then move one slider alone to either "
            "end. Which of these makes “Buy now” the cheapest strategy?"
        ),
        model=independence_value,
        preset={},
        kind="choice",
        options=lambda: list(at_their_ends()),
        answer=_turning,
        reasons=_reasons,
        hints=(
            "An exit covers one long disruption nearly as well as independence does. What does it not cover?",
            "Whoever keeps an exit pays for the move each time it happens.",
        ),
        solution=lambda v: (
            f"{_turning(v)}, at "
            f"{quantity(get('disruption_probability').hard_max, get('disruption_probability').unit)}. If disruptions "
            "come again and again, one is better off outside before the first. Long or expensive ones alone do not "
            "do it, because an exit limits their cost."
        ),
    ),
    Exercise(
        id="13.7",
        question=lambda v: (
            f"The firm of this lesson, but a disruption comes with {number(v['disruption_probability'])} % a year "
            f"and costs {number(v['disruption_loss'])} million EUR a month. Between which two numbers lies what "
            "independence is worth to it in a year, as an insurance? Give a range that you are 90 % sure of, before "
            "you look at the panel."
        ),
        model=independence_value,
        vary={"disruption_probability": [1, 1.5, 3, 3.5, 4, 5, 6], "disruption_loss": [3, 4, 7, 8, 9, 10]},
        kind="range",
        units={"thousand EUR a year": 1.0, "million EUR a year": 1000.0},
        answer=lambda v: 1000 * _value(v).worth,
        band=_band,
        hints=(
            "At our best estimate of 2 % the panel gives a worth and its range. How do they move with the probability?",
            "Three of the assumptions behind it reach from a fifth of their value to four times it.",
        ),
        solution=lambda v: (
            f"The model gives {number(1000 * _value(v).worth, 0)} thousand EUR a year, and leaves open "
            "{} to {}.".format(*(number(end, 0) for end in _band(v)))
        ),
    ),
)
