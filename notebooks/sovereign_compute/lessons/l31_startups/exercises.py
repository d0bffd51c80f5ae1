"""Notebook 31, what a start-up is worth: exercises."""

import math

from ...analysis.settings import inputs
from ...analysis.simulation import simulate
from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.parts import tails
from ...models.parts.constants import MILLIONS_PER_BILLION, PERCENT
from ...models.startups import public_part
from .. import reasons
from . import exhibits


def _values(v: dict) -> tuple[float, ...]:
    """The three values of the exercise on Hill's estimator (billion USD)."""
    return v["first"], v["second"], v["third"]


def _hill(v: dict) -> float:
    return tails.hill(_values(v), 1.0).exponent


def _before(v: dict) -> float:
    """The value before the new money (billion USD)."""
    return (v["euros"] - v["raised"] / MILLIONS_PER_BILLION) * v["rate"]


def _needed(v: dict) -> float:
    """The part of public hours at which the target stays in Europe (percent)."""
    return 100 * v["target"] / public_part(**_inputs(v, public_hours_share=100)).kept


def _inputs(v: dict, **changes) -> dict:
    """The inputs of the model, without what was drawn beside them."""
    return {id: value for id, value in v.items() if id in inputs(public_part)} | changes


def _pairs() -> dict[str, float]:
    """Pairs of prints as labels, with the ratio of the first to the second."""
    return {
        f"{row.company}, {row.date}: {row.kept_as} against {row.other_as}": row.ratio
        for row in exhibits.printed_pairs().itertuples()
    }


def _slip(v: dict) -> str:
    """The pair whose values differ by a power of ten."""
    return next(label for label, ratio in _pairs().items() if abs(math.log10(ratio)) > 0.5)


def _kept_band(v: dict) -> tuple[float, float]:
    """What the model leaves open around this part of public hours."""
    near = {"public_hours_share": v["public_hours_share"]}
    low, high = simulate(public_part, near).quantile("kept", (0.05, 0.95))
    return float(low), float(high)


ALL_RANKED = "The later value of all ranked proposals, funded or not"


NOT_COMPARED = {
    "A third unicorn that has used a public machine": "One more winner. Nobody beside it went without the hours, so "
    "there is nothing to compare it with.",
    "The value of the prize in euros": "That is what the hours cost, not what they bring.",
    "What the founders of the winners say": "They know their firm with the hours. Nobody has seen it without.",
}


EXERCISES = (
    Exercise(
        id="31.1",
        question=lambda v: (
            f"A firm raises {number(v['raised'])} million EUR. The press prints its value after the new money: "
            f"{number(v['euros'])} billion EUR. A euro is {number(v['rate'])} USD. What was the firm worth before the "
            "new money, in dollars?"
        ),
        vary={
            "euros": [3.2, 4.5, 6.0, 8.4, 11.5],
            "raised": [600, 750, 900, 1_100],
            "rate": [1.06, 1.09, 1.12, 1.15, 1.18],
        },
        units={"billion USD": 1.0, "million USD": 1 / MILLIONS_PER_BILLION},
        answer=_before,
        mistakes=(
            Mistake(
                lambda v: (v["euros"] - v["raised"] / MILLIONS_PER_BILLION) / v["rate"],
                "You divided. A euro is more than a dollar, so the number of dollars is the larger one.",
            ),
            Mistake(
                lambda v: v["euros"] * v["rate"],
                "That is the value after the new money. Before it, the firm did not have that money.",
            ),
            Mistake(
                lambda v: v["euros"] - v["raised"] / MILLIONS_PER_BILLION,
                "That is in euros. The question is about dollars.",
            ),
            Mistake(
                lambda v: (v["euros"] + v["raised"] / MILLIONS_PER_BILLION) * v["rate"],
                "You added the new money; the printed value contains it already.",
            ),
        ),
        hints=(
            "Which is larger, the value before or after the money? And which is worth more, a euro or a dollar?",
            "Subtract the new money in euros, then multiply by the dollars for one euro.",
        ),
        solution=lambda v: (
            f"({number(v['euros'])} − {number(v['raised'] / MILLIONS_PER_BILLION)}) billion EUR × {number(v['rate'])} "
            f"USD per EUR = {number(_before(v), 2)} billion USD."
        ),
    ),
    Exercise(
        id="31.2",
        question=(
            "In the table of printed values, which pair cannot be explained by another currency, another date or the "
            "new money?"
        ),
        kind="choice",
        options=lambda: sorted(_pairs()),
        answer=_slip,
        reasons=lambda v: reasons.prints(),
        hints=(
            "Divide the two numbers. A euro was between 1.05 and 1.20 dollars in these years.",
            "One ratio is a round number.",
        ),
        solution=lambda v: f"{_slip(v)}. The ratio is exactly ten: somebody misplaced the decimal point.",
    ),
    Exercise(
        id="31.3",
        question=lambda v: (
            f"Three firms are worth {', '.join(number(x) for x in _values(v)[:2])} and {number(v['third'])} billion, "
            "and firms count from 1 billion on. Which exponent does Hill's estimator give?"
        ),
        vary={"first": [1.5, 2.0, 2.5, 3.0], "second": [4.0, 5.0, 6.0, 7.0], "third": [9.0, 12.0, 16.0, 20.0]},
        units={"as a plain number": 1.0},
        answer=_hill,
        mistakes=(
            Mistake(lambda v: 1 / _hill(v), "Upside down: divide the number of firms by the sum of the logarithms."),
            Mistake(lambda v: _hill(v) * math.log(10), "Those were logarithms to base ten. Take natural ones."),
            Mistake(lambda v: _hill(v) / 3, "That is one over the sum. How many firms are there?"),
        ),
        hints=(
            "The estimator is the number of firms over the sum of ln(value / smallest value).",
            "Three over the sum of three natural logarithms.",
        ),
        solution=lambda v: (
            f"3 / ({' + '.join(f'ln {number(x)}' for x in _values(v))}) = {number(_hill(v), 2)}. Its standard error is "
            f"{number(tails.hill(_values(v), 1.0).error, 2)}: three firms say little."
        ),
    ),
    Exercise(
        id="31.5",
        question=lambda v: (
            f"A firm trained on public machines alone. {number(v['compute_share_of_value'])} % of its value are due to "
            f"computing. {number(v['wage_share'])} % of the value go to staff in Europe as wages, and Europeans own "
            f"{number(v['european_ownership'])} % of the firm. How many of 100 USD are due to public hours and stay in "
            "Europe?"
        ),
        model=public_part,
        preset={"public_hours_share": 100},
        vary={"compute_share_of_value": (15, 45), "wage_share": (25, 55), "european_ownership": (25, 75)},
        units={"USD": 1.0},
        answer=lambda v: public_part(**v).kept,
        mistakes=(
            Mistake(
                lambda v: v["compute_share_of_value"],
                "That is due to public hours. A part of it goes to owners elsewhere.",
            ),
            Mistake(
                lambda v: v["compute_share_of_value"] * v["european_ownership"] * PERCENT,
                "You left out the wages. They stay in Europe whoever owns the firm.",
            ),
            Mistake(
                lambda v: v["compute_share_of_value"] * (v["european_ownership"] + v["wage_share"]) * PERCENT,
                "You counted a part twice: owners get only what is left after wages.",
            ),
        ),
        hints=(
            "How many USD are due to computing, and which part of them stays?",
            "The wages stay, and of the rest the part of the European owners.",
        ),
        solution=lambda v: (
            f"{number(v['compute_share_of_value'])} USD are due to computing, and all of it was public. Of these "
            f"{number(public_part(**v).european, 1)} % stay: the wages, and of the rest the part of the European "
            f"owners. That is {number(public_part(**v).kept, 1)} USD."
        ),
    ),
    Exercise(
        id="31.7",
        question=lambda v: (
            f"A newspaper puts the public part of the computing at {number(v['public_hours_share'])} %, without a "
            "source. How many of 100 USD of value are due to public hours and stay in Europe? Give a range that you "
            "would bet on "
            "at nine to one."
        ),
        model=public_part,
        vary={"public_hours_share": (20, 80)},
        kind="range",
        units={"USD": 1.0},
        answer=lambda v: public_part(**v).kept,
        band=_kept_band,
        hints=(
            "Three shares are multiplied, and nobody knows any of them well.",
            "Set *Part of public hours* in your panel. How far apart are the ends of the line?",
        ),
        solution=lambda v: "The model gives {} USD, and nine times in ten between {} and {}.".format(
            *(number(x, 1) for x in (public_part(**v).kept, *_kept_band(v)))
        ),
    ),
    Exercise(
        id="31.8",
        question="Which of these would say most about what public hours are worth to a start-up?",
        kind="choice",
        options=lambda: sorted([ALL_RANKED, *NOT_COMPARED]),
        answer=lambda v: ALL_RANKED,
        reasons=lambda v: NOT_COMPARED,
        hints=("With what would you compare a winner?", "With a firm just as good that got nothing."),
        solution=lambda v: (
            f"{ALL_RANKED}. Firms just below the threshold show what would have happened without the hours. Winners "
            "alone cannot."
        ),
    ),
    Exercise(
        id="31.9",
        question=lambda v: (
            f"A minister wants to say: “Of 100 USD, {number(v['target'])} are due to our machine and stay in Europe.” "
            "At the course's values for all else, what part of the computing must have been public?"
        ),
        model=public_part,
        vary={"target": [3, 4, 5, 6, 7, 8, 9]},
        units={"%": 1.0},
        answer=_needed,
        mistakes=(
            Mistake(
                lambda v: 100 * v["target"] / public_part(**_inputs(v)).computing,
                "That many are due to public hours then. But a part of them does not stay in Europe.",
            ),
        ),
        hints=(
            "Move *Part of public hours* in your panel until the bar “… staying in Europe” reaches the number.",
            "Target / (part of computing × part that stays).",
        ),
        solution=lambda v: (
            f"{number(v['target'])} / ({number(public_part(**_inputs(v)).computing * PERCENT)} × "
            f"{number(public_part(**_inputs(v)).european * PERCENT)}) = {number(_needed(v), 0)} %. Nobody has "
            "published "
            "that part, so nobody can say the sentence."
        ),
    ),
)
