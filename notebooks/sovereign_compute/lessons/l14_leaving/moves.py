"""Notebook 14, what it costs to leave: what to try in its two panels."""

import math

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...inputs.wording import number
from ...models.leaving import PARTS, cost_of_leaving
from ...models.leverage import leverage

SHORT_PLAN = 4.0
"""Years of a plan that ends soon, in a move."""


def _law() -> str:
    before, after = (at_preset(cost_of_leaving, id) for id in ("before-2024", "after-january-2027"))
    return (
        f"The charge falls from {number(1000 * before.charges, 0)} thousand EUR to nothing, and the cost of the move "
        f"from {number(before.move, 2)} to {number(after.move, 2)} million. The law ends the smallest part. Work, two "
        "bills at a time and the contract are untouched."
    )


def _licence() -> str:
    found = at_preset(cost_of_leaving, "threefold-licence")
    return (
        f"Leaving pays back after {number(found.break_even, 1)} years, of which the move itself takes "
        f"{number(found.time / 12, 1)}. Up to a rise of {number(found.bearable_rise, 0)} % it would have been cheaper "
        "to stay. Whoever asks for more loses the customer, unless the customer has no time to move."
    )


def _platform() -> str:
    found, course = at_preset(cost_of_leaving, "deep-platform"), evaluate(cost_of_leaving)
    return (
        f"The move costs {number(found.move, 1)} million EUR instead of {number(course.move, 1)} and takes "
        f"{number(found.time, 0)} months. Staying is cheaper {_bearable(found.bearable_rise)}. Nobody forced this: "
        "each convenient service was one more reason to stay."
    )


def _contract() -> str:
    found, course = at_preset(cost_of_leaving, "contract-end"), evaluate(cost_of_leaving)
    largest = max(PARTS, key=lambda part: getattr(found, part))
    return (
        f"The move now costs {number(found.move, 1)} million EUR instead of {number(course.move, 1)}, and pays back "
        f"after {number(found.break_even, 1)} years instead of {number(course.break_even, 1)}. The largest part left "
        f"is “{PARTS[largest]}”. Planning saves more than any law did."
    )


def _plan() -> str:
    found, course = evaluate(cost_of_leaving, planning_years=SHORT_PLAN), evaluate(cost_of_leaving)
    return (
        f"With a plan of {number(SHORT_PLAN)} years staying is cheaper {_bearable(found.bearable_rise)}, with one of "
        f"eight years {_bearable(course.bearable_rise)}. Being locked in is rational for whoever plans for a short "
        "time, and a provider knows for how long its customers plan."
    )


def _bearable(rise: float) -> str:
    return "at any price" if math.isinf(rise) else f"up to a price rise of {number(rise, 0)} %"


def _nobody() -> str:
    course, nobody = evaluate(leverage), at_preset(leverage, "nobody-believes")
    return (
        f"The option is worth {number(nobody.leverage, 0)} in the negotiation instead of {number(course.leverage, 2)} "
        f"million EUR. The firm could still leave, and would then save the same. But a provider that does not believe "
        "it makes no offer first."
    )


def _rehearsed() -> str:
    course, ready = evaluate(leverage), at_preset(leverage, "rehearsed")
    return (
        f"The option is now worth {number(ready.leverage, 2)} million EUR instead of {number(course.leverage, 2)}. "
        f"After the cost of staying ready {number(ready.net, 2)} million are left. A rehearsal pays twice: the move "
        "is cheaper, and the provider believes in it."
    )


def _stormy() -> str:
    course, stormy = evaluate(leverage), at_preset(leverage, "stormy-prices")
    return (
        f"The option rises from {number(course.leverage, 2)} to {number(stormy.leverage, 2)} million EUR. A price that "
        "may fall does no harm to whoever stays, and one that may rise is escaped by whoever can leave."
    )


def _together() -> str:
    found = at_preset(leverage, "same-licences")
    calm = at_preset(leverage, "same-licences", price_uncertainty=0)
    return (
        f"Here the option is worth {number(found.leverage, 2)} million EUR, and {number(calm.leverage, 2)} if the "
        f"provider’s price stood still. Up to an uncertainty of {number(found.turning, 0)} % more of it is worth less: "
        "the price then moves with the others, and the gap moves less. An exit to the same licences is no exit."
    )


MOVES = {
    "cost_of_leaving": (
        Move(
            "12 January 2027",
            "Load this preset. Then set *Part of it that is charged* to 0, as the law has it from that day. How much "
            "cheaper is the move?",
            _law,
            "before-2024",
        ),
        Move(
            "A licence at three times the price",
            "Load this preset. When has leaving paid back? Up to which rise would the firm have stayed?",
            _licence,
            "threefold-licence",
        ),
        Move(
            "Built on one provider’s services",
            "Load this preset. Which part has grown most? Who decided that?",
            _platform,
            "deep-platform",
        ),
        Move(
            "At the end of the contract",
            "Load this preset. Which two parts shrink, and which is now the largest?",
            _contract,
            "contract-end",
        ),
        Move(
            "A plan of four years",
            f"Reset. Set *Horizon* to {number(SHORT_PLAN)}. Up to which price rise is staying cheaper now?",
            _plan,
        ),
    ),
    "leverage": (
        Move(
            "Nobody believes it",
            "Load this preset. What has the firm lost, though it can still leave?",
            _nobody,
            "nobody-believes",
        ),
        Move(
            "A move that was rehearsed",
            "Load this preset. Two numbers have changed beside the cost. Which matters more?",
            _rehearsed,
            "rehearsed",
        ),
        Move(
            "Prices nobody can foresee",
            "Load this preset. Why is the option worth more, though the price may also fall?",
            _stormy,
            "stormy-prices",
        ),
        Move(
            "The same licences",
            "Load this preset. Set *Uncertainty of the provider’s price* to 0, then back to 10. Which way does the "
            "worth go?",
            _together,
            "same-licences",
        ),
    ),
}
