"""Notebook 13, what independence is worth: exercises."""

import math

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete
from ...controls.exercises import Exercise, Mistake
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.belief import disruption_belief
from ...models.exit import exit_option
from ...models.independence import hold_up, independence_value
from ...models.parts.constants import PERCENT

NEW_SERVICE = presets("independence_value")["new-service"]["values"]


COUNT_LAW = presets("disruption_belief")["count-law"]["values"]


SAME_CHIPS = presets("exit_option")["same-chips"]["values"]


COUNTED = complete(disruption_belief, COUNT_LAW)


FALLS, STAYS, RISES = "It falls", "It stays the same", "It rises"


def _value(v: dict):
    return independence_value(**v)


def _belief(v: dict):
    return disruption_belief(**v)


def _on_the_same_chips(v: dict) -> float:
    """The option if the two values move almost together, over the option as it is."""
    return exit_option(**{**v, **SAME_CHIPS}).option / exit_option(**v).option


def _moves(v: dict) -> str:
    ratio = _on_the_same_chips(v)
    return FALLS if ratio < 1 else RISES if ratio > 1 else STAYS


def _hold_up_solved(v: dict) -> str:
    risen = hold_up(v["cloud_spending"], v["price_rise"], v["planning_years"], math.inf)
    move = v["switching_cost"] / v["planning_years"]
    return (
        f"Rises of {number(v['price_rise'])} % a year on {number(v['cloud_spending'])} million EUR are "
        f"{number(1000 * risen, 0)} thousand EUR in the mean of {number(v['planning_years'])} years. The move costs "
        f"{number(v['switching_cost'])} million EUR, spread {number(1000 * move, 0)} thousand. Nobody pays more than "
        f"the smaller: {number(1000 * _value(v).hold_up, 0)} thousand EUR a year."
    )


EXERCISES = (
    Exercise(
        id="13.1",
        question=(
            "Your panel, as it is set now: what does the sovereign service save in expected losses in a year, for "
            "somebody who does not mind risk?"
        ),
        model=independence_value,
        units={"thousand EUR a year": 1.0, "million EUR a year": 1000.0},
        answer=lambda v: _value(v).avoided * 1000,
        mistakes=(
            Mistake(
                lambda v: _value(v).avoided * 1000 / (v["loss_avoided"] * PERCENT),
                "That is the whole expected loss: the sovereign service avoids only a share of it.",
            ),
            Mistake(
                lambda v: _value(v).avoided * 1000 / v["disruption_duration"],
                "You took one month; a disruption lasts longer or shorter than that.",
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
            "Probability × months × loss per month × share avoided, both percentages as shares of one.",
        ),
        solution=lambda v: (
            f"{number(v['disruption_probability'])} % × {number(v['disruption_duration'])} months × "
            f"{number(v['disruption_loss'])} million EUR × {number(v['loss_avoided'])} % = "
            f"{number(_value(v).avoided * 1000, 1)} thousand EUR a year."
        ),
    ),
    Exercise(
        id="13.2",
        question=(
            "Your panel, as it is set now: how likely is at least one disruption within the horizon, if years are "
            "independent of each other?"
        ),
        model=independence_value,
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
            "1 − (1 − p)ⁿ with p in shares of one and n years.",
        ),
        solution=lambda v: (
            f"1 − (1 − {number(v['disruption_probability'] * PERCENT)})^{number(v['planning_years'])} = "
            f"{number(_value(v).ever, 1)} %."
        ),
    ),
    Exercise(
        id="13.3",
        question=(
            "A buyer who does not mind risk and has nothing to move (preset “A new service, nothing to move”): from "
            "which probability of a disruption in a year on is the sovereign service worth its premium?"
        ),
        model=independence_value,
        preset=NEW_SERVICE,
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
                "You compared with the loss of one month; a disruption lasts longer or shorter than that.",
            ),
            Mistake(
                lambda v: v["sovereign_premium"],
                "That is the premium. A probability of that size would do if one disruption cost a year's spending.",
            ),
        ),
        hints=(
            "At break-even the premium of a year equals the expected loss avoided in a year.",
            "Premium × spending / (share avoided × months × loss per month).",
        ),
        solution=lambda v: (
            f"{number(v['sovereign_premium'])} % × {number(v['cloud_spending'])} million EUR / "
            f"({number(v['loss_avoided'])} % × {number(_value(v).one_loss, 1)} million EUR) = "
            f"{number(_value(v).break_even_probability, 0)} % a year. The course's value is "
            f"{number(v['disruption_probability'])} %."
        ),
    ),
    Exercise(
        id="13.4",
        question=(
            "You count the years with a reported interruption and those in which a legal basis was lost: "
            f"{number(COUNTED['observed_events'])} years with an event in {number(COUNTED['observed_years'])}. Before, "
            f"you believed in {number(COUNTED['prior_events'])} of an event for {number(COUNTED['prior_years'])} quiet "
            "years. What probability do you hold now?"
        ),
        model=disruption_belief,
        preset=COUNT_LAW,
        units={"% a year": 1.0},
        answer=lambda v: _belief(v).mean,
        mistakes=(
            Mistake(
                lambda v: v["observed_events"] / v["observed_years"] / PERCENT,
                "That is the bare frequency: your belief before counts too.",
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
        question=(
            "Your panel, as it is set now: the supplier raises its price above the market every year. What does that "
            "cost whoever stays, in a year?"
        ),
        model=independence_value,
        units={"thousand EUR a year": 1.0, "million EUR a year": 1000.0},
        tolerance=0.02,
        answer=lambda v: 1000 * _value(v).hold_up,
        mistakes=(
            Mistake(
                lambda v: 1000 * hold_up(v["cloud_spending"], v["price_rise"], v["planning_years"], math.inf),
                "That is what the rises add up to. At some point leaving is cheaper: what limits them?",
            ),
            Mistake(
                lambda v: 1000 * _value(v).hold_up * v["planning_years"],
                "That is the sum over the horizon: spread it over the years.",
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
            "The smaller of two: the mean of the yearly rises of the bill, and the cost of the move over the years.",
        ),
        solution=_hold_up_solved,
    ),
    Exercise(
        id="13.6",
        question=(
            "At the course's values: the European service turns out to run on the same chips, so that both values rise "
            "and fall together. What happens to the worth of the right to move?"
        ),
        model=exit_option,
        preset={},
        kind="choice",
        options=lambda: [RISES, STAYS, FALLS],
        answer=_moves,
        reasons=lambda v: {
            RISES: "The right to change is worth more when one value can fall alone. Here they fall together.",
            STAYS: "How often one is better than the other decides the worth, and that has just changed.",
            FALLS: "It falls when the two values part less often than before. Look which way that goes here.",
        },
        hints=(
            "When is it worth something to be able to change: if one value can fall while the other stands, or if not?",
            "Follow one line of the chart “An exit onto the same chips is worth less” to the right.",
        ),
        solution=lambda v: (
            f"{_moves(v)}, to {number(100 * _on_the_same_chips(v), 0)} % of what it was: whatever makes you want to "
            "leave hits the place you would go to as well."
        ),
    ),
    Exercise(
        id="13.7",
        question=(
            "At the course's values: between which two numbers lies what independence is worth in a year, as an "
            "insurance? Give a range that you would bet on at nine to one."
        ),
        model=independence_value,
        preset={},
        kind="range",
        units={"thousand EUR a year": 1.0, "million EUR a year": 1000.0},
        answer=lambda v: 1000 * _value(v).worth,
        band=lambda v: tuple(1000 * end for end in evaluation_of(independence_value).bands["worth"]),
        hints=(
            "The single value stands in the sentence below the first chart. How much of it do you trust?",
            "Three of the assumptions behind it reach from a fifth of their value to four times it.",
        ),
        solution=lambda v: (
            f"The model gives {number(1000 * _value(v).worth, 0)} thousand EUR a year, and leaves open "
            "{} to {}.".format(*(number(1000 * end, 0) for end in evaluation_of(independence_value).bands["worth"]))
        ),
    ),
)
