"""What lesson 35 asks its learners to try in its panel."""

from ...analysis.settings import at_preset, complete, evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.founder import founder_quarter
from ...models.parts.constants import ONE_QUARTER


def _no_revenue() -> str:
    course, found = evaluate(founder_quarter), at_preset(founder_quarter, "no-revenue")
    return (
        f"The firm now loses {number(found.burn, 0)} thousand EUR in a quarter instead of {number(course.burn, 0)}. "
        f"The account of the game moves in steps, so its {number(get('cash').value, 1)} million EUR are gone after "
        f"{number(get('cash').value * 1000 / found.burn, 0)} quarters if nothing changes. A game has twelve."
    )


def _cheap_people() -> str:
    step = get("team_step")
    course, half = evaluate(founder_quarter), evaluate(founder_quarter, team_step=step.low)
    return (
        f"At {number(step.low)} % one step costs {number(half.hire, 0)} thousand EUR a quarter instead of "
        f"{number(course.hire, 0)}. Those who leave cost {number(half.leaving, 0)} thousand at once, about as much as "
        "they would have for two months: a decision that is taken back is paid twice."
    )


def _two_steps() -> str:
    late = evaluate(founder_quarter, evaluation_days=get("evaluation_days").high)
    course = evaluate(founder_quarter)
    return (
        f"The chance falls from {number(course.hours_chance, 0)} to {number(late.hours_chance, 0)} % in a quarter. "
        "Twelve quarters are few: who applies late meets the end of the game before the end of the grant."
    )


def _sells_itself() -> str:
    values, found = complete(founder_quarter), evaluate(founder_quarter, unpriced_part=100)
    quarter = ONE_QUARTER / values["round_months"]
    return (
        f"The planned product now counts {number(found.unpriced, 1)} million EUR with or without an investor. A round "
        f"then brings {number(values['round_size'])} million of money, and takes {number(values['dilution'])} % of all "
        f"that is there. A firm that can pay its people would do without. A quarter’s work is worth "
        f"{number(quarter * found.priced, 1)} million either way."
    )


MOVES = {
    "founder_quarter": (
        Move(
            "A firm without customers",
            "Load *No revenue yet*. For how many quarters does the money of the start last now?",
            _no_revenue,
            "no-revenue",
        ),
        Move(
            "Small steps",
            "Set *Step of the team* to the low end of its range. What does it cost to grow, and to take that back?",
            _cheap_people,
        ),
        Move(
            "A slow committee",
            "Set *Days of evaluation* to the high end of its range. What becomes of the chance of public hours?",
            _two_steps,
        ),
        Move(
            "A product that sells itself",
            "Set *Value without an investor* to 100 %. Would you still ask for a round in the game?",
            _sells_itself,
        ),
    )
}
