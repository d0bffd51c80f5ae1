"""Notebook 42, the policy lab: what to try in its two panels, and what one should have seen."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...inputs.wording import number, quantity
from ...models.indicator import indicator_game
from ...models.policy import policy_portfolio

MOVED = 10.0
"""Million EUR."""


def _one_machine() -> str:
    course, machine = evaluate(policy_portfolio), at_preset(policy_portfolio, "machine-only")
    return (
        f"Hours for start-ups go from {number(course.start_up_hours, 0)} to {number(machine.start_up_hours, 0)} "
        f"million a year, and start-ups served from {number(course.served, -2)} to {number(machine.served, -2)}. A "
        "start-up needs hours and help. The machine brings many hours and few people who help."
    )


def _no_machine() -> str:
    course, none = evaluate(policy_portfolio), at_preset(policy_portfolio, "start-ups-first")
    return (
        f"{number(none.carbon, -2)} thousand tonnes of CO2 instead of {number(course.carbon, -2)}, and the first job "
        f"starts after {quantity(none.days, 'day', -2)} instead of {number(course.days, -2)}. But the hours are rented "
        f"abroad: the programme comes first for sovereignty in {number(none.first_place, 0)} % of cases instead of "
        f"{number(course.first_place, 0)} %."
    )


def _ten_million() -> str:
    before = evaluate(policy_portfolio)
    after = evaluate(policy_portfolio, spend_chips=40 - MOVED, spend_access=50 + MOVED)
    return (
        f"Net value goes from {number(before.net_value, -2)} to {quantity(after.net_value, 'MEUR', -2)}. The chance of "
        f"the first place goes from {number(before.first_place, 1)} to {number(after.first_place, 1)} %. Nothing here "
        "is free, but some things cost what the model puts no price on."
    )


def _twice() -> str:
    course, twice = evaluate(policy_portfolio), at_preset(policy_portfolio, "twice")
    same = "None" if twice.net_value == course.net_value else "Hardly one"
    return (
        f"{same}. The levers ask for twice the budget, so each is cut to half, and that is the course's portfolio "
        "again. A list of wishes is not a budget."
    )


def _saves_nobody() -> str:
    course, nobody = evaluate(policy_portfolio), at_preset(policy_portfolio, "no-effect")
    return (
        f"Net value falls from {number(course.net_value, -2)} to {quantity(nobody.net_value, 'MEUR', -2)}: the levers "
        "for start-ups lose nearly all that they bring. One study would settle it: give help to start-ups that are "
        "drawn by lot, and count after five years who is alive, with help and without."
    )


def _pressure() -> str:
    found = at_preset(indicator_game, "all-steered")
    return (
        f"Start-ups with a grant rise from {number(found.grants_without, 0)} to {number(found.grants, 0)}, start-ups "
        f"saved fall from {number(found.saved_without, 0)} to {number(found.saved, 0)}. The same hours are cut into "
        "grants that are too small to help."
    )


def _fitting() -> str:
    prize = at_preset(indicator_game, "prize")
    return (
        f"A prize for a few leaves {number(prize.grants, 0)} grants and saves {quantity(prize.saved, 'company', 0)}. "
        "Pressure does no harm only if the rewarded grant is the one that start-ups need. Nobody knows that size "
        "before the programme begins."
    )


MOVES = {
    "policy_portfolio": (
        Move(
            "Everything into one machine",
            "Load *Everything into one machine*. What becomes of the hours for start-ups, and of the start-ups served? "
            "Why do they not move together?",
            _one_machine,
            "machine-only",
        ),
        Move(
            "No machine at all",
            "Load *Start-ups first*. What becomes of CO2, of the days to the first job, and of the first place for "
            "sovereignty?",
            _no_machine,
            "start-ups-first",
        ),
        Move(
            "Ten million moved",
            "Reset all. Take 10 million from *European chips* and give them to *People who help users*. Was that free?",
            _ten_million,
        ),
        Move(
            "Twice the budget",
            "Load *Everybody asks for twice as much*. Which number of the chart moves?",
            _twice,
            "twice",
        ),
        Move(
            "Help that saves nobody",
            "Load *Help that saves nobody*. Which lever would you keep now, and which study would you pay for first?",
            _saves_nobody,
            "no-effect",
        ),
    ),
    "indicator_game": (
        Move(
            "More pressure",
            "Move *Pressure of the indicator* to 100 %. What happens to the grants, and what to the start-ups saved?",
            _pressure,
        ),
        Move(
            "When pressure does no harm",
            "Load *A prize for a few*, then *Grants that fit*. When does the indicator do no harm? Could a funder know "
            "that before?",
            _fitting,
            "prize",
        ),
    ),
}
