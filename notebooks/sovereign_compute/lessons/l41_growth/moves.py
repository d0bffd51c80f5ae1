"""Notebook 41, what AI adds to the economy: what to try in its panel, and what one should have seen."""

from ...analysis.settings import at_preset, complete
from ...controls.moves import Move
from ...display.views.macro import STEPS
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.macro import ai_gain
from ...models.parts.constants import WORKDAYS_PER_YEAR

HEADLINE = get("headline_gain").value
SOON, LATE = 5, 20
"""Years."""


def _billions(value: float) -> str:
    return f"{number(value, 0)} billion EUR a year"


def _as_heard() -> str:
    everybody = at_preset(ai_gain, "everybody").everybody
    return (
        f"Not quite: the hours of everybody at work are worth {_billions(everybody)}, and the headline says "
        f"{number(HEADLINE, 0)}. So the study must count something besides saved hours. The reports that we read do "
        "not say what."
    )


def _the_condition() -> str:
    found = at_preset(ai_gain, "condition")
    return (
        f"“{STEPS['with_firms']}” is the bar that falls, from {number(found.everybody, 0)} to "
        f"{_billions(found.with_firms)}. The study says: if half of all firms use AI. The headline says “could”, and "
        "nothing else is left of the condition."
    )


def _hours_a_day() -> str:
    hours = complete(ai_gain, presets("ai_gain")["what-it-takes"]["values"])["hours_saved"]
    return (
        f"{number(hours)} hours a year: that is {number(hours / WORKDAYS_PER_YEAR, 1)} hours on each of "
        f"{number(WORKDAYS_PER_YEAR)} working days. And it is the average of all workers in these firms, whether they "
        "sit at a computer or drive a bus."
    )


def _two_numbers() -> str:
    published, hopeful = (at_preset(ai_gain, name).task_gain for name in ("productivity", "many-tasks"))
    before, after = (complete(ai_gain, presets("ai_gain")[name]["values"]) for name in ("productivity", "many-tasks"))
    return (
        f"From {number(published, 0)} to {_billions(hopeful)}. The share of tasks rises from "
        f"{number(before['task_share'])} to {number(after['task_share'])} %, the saving on each from "
        f"{number(before['cost_saving'])} to {number(after['cost_saving'])} %, and firms invest as well. The share is "
        "one author's estimate; the savings come from a few experiments."
    )


def _the_date() -> str:
    soon, late = (at_preset(ai_gain, "slow", forecast_years=float(years)).by_then for years in (SOON, LATE))
    return (
        f"Only “{STEPS['by_then']}” moves, from {number(soon, 0)} to {_billions(late)}. All other bars are potentials "
        "without a date. So is the headline."
    )


MOVES = {
    "ai_gain": (
        Move(
            "As the headline is heard",
            "Load *As the headline is heard*: everybody at work saves the hours. Do they reach the headline? What else "
            "may the study have counted?",
            _as_heard,
            "everybody",
        ),
        Move(
            "A condition comes back",
            "Load *With the study's condition*. Which bar falls, and by which factor? Which word of the headline "
            "carried that condition?",
            _the_condition,
            "condition",
        ),
        Move(
            "What it would take",
            "Load *What it would take*. How many hours must each of these workers save on a working day? Do you know "
            "anybody who saves as many?",
            _hours_a_day,
            "what-it-takes",
        ),
        Move(
            "Two numbers for one road",
            "Load *Productivity alone*, then *An optimist's tasks*: the task model now passes the headline. Which two "
            "numbers had to change, and how well is each known?",
            _two_numbers,
            "productivity",
        ),
        Move(
            "The date",
            "Load *Slow adoption*. Set *Horizon of the forecast* to 5 years, then to 20. Which bar moves, and why do "
            "the others not know the date?",
            _the_date,
            "slow",
        ),
    ),
}
