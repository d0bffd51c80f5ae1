"""Notebook 25, what waiting costs: what to try in its two panels, and what one should have seen."""

import numpy as np

from ...analysis.settings import at_preset, complete, evaluate
from ...controls.moves import Move
from ...display.views.queueing import simulated
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.access import cost_of_waiting
from ...models.parts.batch import RULES
from ...models.queueing import queue_wait

FEWER, MORE = 85, 95
"""Loads (%) between which a move leads."""
SHARES = range(5, 26, 5)
"""Reserved parts (%) that a move tries in turn."""


def _case(id: str):
    """The result at a preset, and all its input values."""
    return at_preset(cost_of_waiting, id), complete(cost_of_waiting, presets("cost_of_waiting")[id]["values"])


def _thousand(money: float) -> str:
    return f"{number(abs(money), 0)} thousand USD"


def _nothing_but_the_wait() -> str:
    found, values = _case("call-88")
    side = "right" if found.difference > 0 else "wrong"
    return (
        f"Both ways cost the same at {number(found.break_even, 0)} USD a day. Below that waiting is cheaper, above it "
        f"renting. The course puts a day at {number(values['delay_value'])} USD, so here the founder is {side}, by "
        f"{_thousand(found.difference)}."
    )


def _a_longer_wait() -> str:
    call, short = _case("call-88")
    prize, long = _case("prize-223")
    return (
        f"The wait is {number(prize.public_days / call.public_days, 1)} times as long, but the prize is "
        f"{number(long['gpu_hours_needed'] / short['gpu_hours_needed'])} times as large. A day of waiting now saves "
        f"{number(prize.break_even, 0)} USD of rent instead of {number(call.break_even, 0)}. It is not the days that "
        "decide, but what each of them saves."
    )


def _the_odds() -> str:
    call, _ = _case("call-88")
    odds, values = _case("call-odds")
    return (
        f"The wait: {number(odds.public_days, 0)} days instead of {number(call.public_days, 0)}, because there is one "
        f"cut-off a year and {number(values['success_rate'])} % of proposals succeed. Nobody waits that long. A firm "
        f"that applies once and rents after a refusal pays {_thousand(odds.once)} more than one that rents at once, "
        f"instead of {_thousand(odds.difference)}."
    )


def _the_promise() -> str:
    found, _ = _case("fast-lane")
    cheaper = "waiting" if found.difference < 0 else "renting"
    return (
        f"The hours come after {number(found.public_days, 0)} days, and {cheaper} is cheaper by "
        f"{_thousand(found.difference)}. Renting would pay only if a day were worth more than "
        f"{number(found.break_even, -3)} USD. But the odds and the days until the first job are our judgement: the "
        "operators would have to publish both."
    )


def _the_cloud_waits_too() -> str:
    found, values = _case("shortage")
    return (
        f"The rented chips run only after {number(values['cloud_wait_days'])} days, so renting gains "
        f"{number(found.days_lost, 0)} days and no more. The rent has risen to {number(values['reserved_price'], 2)} "
        f"USD. Waiting is cheaper by {_thousand(found.difference)}: speed is worth paying for only where it can be "
        "bought."
    )


def _fuller() -> str:
    few, many = (evaluate(queue_wait, offered_load=load).wait for load in (FEWER, MORE))
    return (
        f"By formula the wait grows from {number(few, 1)} to {number(many, 1)} hours, {number(many / few, 1)} times as "
        f"long. Look at what is left empty: of a hundred places {100 - FEWER} were free, now it is {100 - MORE}. Near "
        "full load the curve turns upwards like a hockey stick."
    )


def _a_place_kept_free() -> str:
    _, backfill, reserved = RULES
    found = {share: simulated(complete(queue_wait, {"reserved_share": share})) for share in SHARES}

    def hours(kind: str, share: int) -> tuple[float, float]:
        return tuple(found[share][kind, rule] for rule in (backfill, reserved))

    before, after = hours("favoured users", min(SHARES))
    others, then = hours("narrow jobs", max(SHARES))
    gains = next((share for share in SHARES if np.subtract(*hours("favoured users", share)) > 0), None)
    return (
        f"With {min(SHARES)} % reserved the favoured users wait {number(after, 0)} hours, longer than the "
        f"{number(before, 0)} under backfill: one place alone cannot even out a rush. They gain "
        f"{'at none of these shares' if gains is None else f'from about {gains} % on'}. At {max(SHARES)} % they hardly "
        f"wait at all, but the narrow jobs of all others wait {number(then, 0)} hours instead of {number(others, 0)}."
    )


MOVES = {
    "cost_of_waiting": (
        Move(
            "Nothing but the wait",
            "Load *A call of 88 days, nothing but the wait* and move *Value of a day*. From which value on is the "
            "founder right?",
            _nothing_but_the_wait,
            "call-88",
        ),
        Move(
            "A longer wait",
            "Load *A prize after 223 days, nothing but the wait*. It takes longer: why does waiting win all the same?",
            _a_longer_wait,
            "prize-223",
        ),
        Move(
            "The odds count",
            "Load *The same call with its odds*. Which number has changed most? What would a sensible founder do in "
            "the meantime?",
            _the_odds,
            "call-odds",
        ),
        Move(
            "A promise kept",
            "Load *A fast lane that keeps its promise*. Who is right now? What would have to be published before you "
            "believe it?",
            _the_promise,
            "fast-lane",
        ),
        Move(
            "A queue in the cloud",
            "Load *Cloud in a shortage*. A day is worth as much as at the start: why does the cloud lose?",
            _the_cloud_waits_too,
            "shortage",
        ),
    ),
    "queue_wait": (
        Move(
            "Ten points of load",
            f"Move *Load* to {FEWER} % and then to {MORE} %. By which factor will the wait grow? Say it before you "
            "let go.",
            _fuller,
        ),
        Move(
            "A place kept free",
            "Choose *reserved share* as *Rule of the queue* and raise *Reserved part* step by step. From where on do "
            "the favoured users gain, and what do the others pay?",
            _a_place_kept_free,
        ),
    ),
}
