"""Notebook 31, what a start-up is worth: what to try in its panel, and what one should have seen."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.startups import public_part


def _headline() -> str:
    return (
        "Was the value due to computing, or to people and data as well? Was the computing public? And do Europeans own "
        "the firm? The preset answers each with 100 %. With the course's answers "
        f"{number(evaluate(public_part).kept, 1)} "
        "of 100 USD are left."
    )


def _all_public() -> str:
    found = at_preset(public_part, "all-public")
    return (
        f"Computing is only {number(found.computing, 0)} % of the value; the rest is due to people, data and "
        "customers. "
        f"Of these {number(found.computing, 0)} USD a part goes to owners elsewhere, so "
        f"{number(found.kept, 1)} are left. The public hours are not what limits the bar."
    )


def _sold() -> str:
    sold, usual = at_preset(public_part, "sold-abroad"), evaluate(public_part)
    return (
        f"The wages: {number(sold.european, 0)} of 100 USD, instead of {number(usual.european, 1)}. They were paid "
        "here "
        "while the firm grew, whoever owns it. Of what is due to public hours, "
        f"{number(sold.kept, 1)} stays instead of {number(usual.kept, 1)}."
    )


def _private() -> str:
    found = at_preset(public_part, "own-machine")
    return (
        "For this firm, yes: whoever won no hours owes them nothing. The model still shows "
        f"{number(found.by_effect, 0)}, "
        "because it asks another question there: what would a winner be missing without the prize? The first bars "
        "follow the hours, the bar of the prize follows the cause. They need not agree, and policy needs the second."
    )


def _effect() -> str:
    effect = get("funding_effect")
    low, high = (evaluate(public_part, funding_effect=end).by_effect for end in (effect.low, effect.high))
    return (
        f"At {quantity(effect.low, effect.unit)} the bar goes to {number(low, 0)} USD: the prize would do harm. At "
        f"{quantity(effect.high, effect.unit)} it reaches {number(high, 0)}. No published fact decides between them. "
        "The "
        "later values of all ranked proposals would, winners and losers alike."
    )


MOVES = {
    "public_part": (
        Move(
            "As the headline sounds",
            "Load this preset. Which three questions does this reading skip?",
            _headline,
            "all-european",
        ),
        Move(
            "All hours public",
            "Load *Trained on a public machine*. All computing is public now: why is the bar still so short?",
            _all_public,
            "all-public",
        ),
        Move(
            "Sold abroad",
            "Load this preset. What stays in Europe when nobody in Europe owns the firm?",
            _sold,
            "sold-abroad",
        ),
        Move(
            "No public hours",
            "Load *Trained on a private machine*. Two bars vanish. Should the bar of the prize vanish, too?",
            _private,
            "own-machine",
        ),
        Move(
            "What a prize does",
            "Move *Effect of a prize* to the lower end of its range, then to the upper one. Which published fact would "
            "tell you which is right?",
            _effect,
        ),
    ),
}
