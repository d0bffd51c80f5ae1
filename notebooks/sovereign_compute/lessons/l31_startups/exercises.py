"""Notebook 31, what a start-up is worth: exercises."""

import math

from ...analysis.simulation import simulate
from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.parts import companies, tails
from ...models.parts.constants import MILLIONS_PER_BILLION, PERCENT
from ...models.startups import public_part
from .. import reasons
from . import exhibits
from .verdicts import BEFORE, SERIES_C, _billion, _in_dollars, _rate

THREE = (2.0, 4.0, 8.0)


"""Values in billion USD of the exercise on Hill's estimator."""


def _hill(v: dict) -> float:
    return tails.hill(THREE, 1.0).exponent


def _pairs() -> dict[str, float]:
    """Pairs of prints as labels, with the ratio of the first to the second."""
    return {
        f"{row.company}, {row.date}: {row.kept_as} against {row.other_as}": row.ratio
        for row in exhibits.printed_pairs().itertuples()
    }


def _slip(v: dict) -> str:
    """The pair whose values differ by a power of ten."""
    return next(label for label, ratio in _pairs().items() if abs(math.log10(ratio)) > 0.5)


def _largest() -> list[str]:
    """The five most valuable European firms, largest first, with the value as it is printed."""
    top = companies.unicorns().head(5)
    return [
        f"{row.company}, {number(row.valuation_bn)} billion {row.valuation_currency}"
        for row in top.sort_values("usd", ascending=False, kind="stable").itertuples()
    ]


def _all_public(v: dict) -> float:
    return public_part(**{**v, "public_hours_share": 100}).kept


def _kept_band(v: dict) -> tuple[float, float]:
    low, high = simulate(public_part, v).quantile("kept", (0.05, 0.95))
    return float(low), float(high)


ALL_RANKED = "The later value of all ranked proposals, funded or not"


NOT_COMPARED = {
    "A third unicorn that has used a public machine": "One more winner: it has nobody beside it who went without.",
    "The value of the prize in euros": "That is what the hours cost, not what they bring.",
    "What the founders of the winners say": "They know their firm with the hours; nobody has seen it without.",
}


EXERCISES = (
    Exercise(
        id="31.1",
        question=(
            f"After its round of September 2025 Mistral was worth {number(_billion(SERIES_C))} billion EUR. A euro was "
            f"{number(_rate())} USD. How much is that in dollars?"
        ),
        units={"billion USD": 1.0, "million USD": 1 / MILLIONS_PER_BILLION},
        answer=_in_dollars,
        mistakes=(
            Mistake(
                lambda v: _billion(SERIES_C) / _rate(),
                "You divided: a euro is more than a dollar, so the number of dollars is the larger one.",
            ),
            Mistake(
                lambda v: _billion(BEFORE) * _rate(),
                "That is the number of euros, or the value before the new money in dollars: near, but not it.",
            ),
        ),
        hints=("Which is worth more, a euro or a dollar?", "Multiply the euros by the dollars for one euro."),
        solution=lambda v: (
            f"{number(_billion(SERIES_C))} billion EUR × {number(_rate())} USD per EUR = "
            f"{number(_in_dollars(v), 1)} billion USD. The rate is the one that the press used when it printed both."
        ),
    ),
    Exercise(
        id="31.2",
        question="Which of these pairs cannot be explained by another currency, another date or the new money?",
        kind="choice",
        options=lambda: sorted(_pairs()),
        answer=_slip,
        reasons=lambda v: reasons.prints(),
        hints=(
            "Divide the two numbers. A euro was between 1.05 and 1.20 dollars in these years.",
            "One ratio is a round number.",
        ),
        solution=lambda v: f"{_slip(v)}. The ratio is exactly ten: a slip of the decimal, in print.",
    ),
    Exercise(
        id="31.3",
        question="Three firms are worth 2, 4 and 8 billion, counted from 1 billion on. What is Hill's estimate?",
        units={"as a plain number": 1.0},
        answer=_hill,
        mistakes=(
            Mistake(lambda v: 1 / _hill(v), "Upside down: the number of firms over the sum of the logarithms."),
            Mistake(lambda v: _hill(v) * math.log(10), "Those were logarithms to base ten: take natural ones."),
            Mistake(lambda v: _hill(v) / len(THREE), "That is one over the sum: how many firms are there?"),
        ),
        hints=("The estimator is n / (ln 2 + ln 4 + ln 8).", "ln 2 + ln 4 + ln 8 = 6 ln 2."),
        solution=lambda v: (
            f"3 / (ln 2 + ln 4 + ln 8) = 3 / (6 × 0.693) = {number(_hill(v), 2)}. Its standard error is "
            f"{number(tails.hill(THREE, 1.0).error, 2)}: three firms say little."
        ),
    ),
    Exercise(
        id="31.4",
        question="Your panel, as it is set now: what is the median unicorn worth?",
        model=public_part,
        units={"million USD": 1.0, "billion USD": MILLIONS_PER_BILLION},
        answer=lambda v: public_part(**v).typical,
        mistakes=(
            Mistake(
                lambda v: v["smallest_value"] * 2 ** v["tail_exponent"],
                "The exponent goes under the fraction: a small exponent makes a heavy tail.",
            ),
            Mistake(lambda v: 2 * v["smallest_value"], "That would be the median at an exponent of one."),
        ),
        hints=(
            "At the median half of the firms are worth more: (v / v_min) to the power −α is one half.",
            "Solve for v: smallest value × 2 to the power 1/α.",
        ),
        solution=lambda v: (
            f"{number(v['smallest_value'])} × 2^(1/{number(v['tail_exponent'])}) = "
            f"{number(public_part(**v).typical, 0)} million USD."
        ),
    ),
    Exercise(
        id="31.5",
        question=(
            "Your panel as it is now, but all of the computing was public. How many of 100 USD of value are due "
            "to public hours and stay in Europe?"
        ),
        model=public_part,
        units={"USD": 1.0},
        tolerance=0.03,
        answer=_all_public,
        mistakes=(
            Mistake(
                lambda v: v["compute_share_of_value"],
                "That is due to public hours; a part of it goes to owners elsewhere.",
            ),
            Mistake(
                lambda v: v["compute_share_of_value"] * v["european_ownership"] * PERCENT,
                "Wages stay in Europe, too, whoever owns the firm.",
            ),
            Mistake(
                lambda v: v["compute_share_of_value"] * (v["european_ownership"] + v["wage_share"]) * PERCENT,
                "Counted twice: owners get only what is left after wages.",
            ),
            Mistake(lambda v: public_part(**v).kept, "That is with your present part of public hours."),
        ),
        hints=(
            "Computing, then the public part of it (all), then what stays.",
            "What stays: the wages, and of the rest the part of European owners.",
        ),
        solution=lambda v: (
            f"{number(v['compute_share_of_value'])} USD are due to computing, all of it public. Of these "
            f"{number(public_part(**v).european, 1)} % stay: the wages, and of the rest the part of European owners. "
            f"That is {number(_all_public(v), 1)} USD."
        ),
    ),
    Exercise(
        id="31.6",
        question="Order these firms by their last value, the largest first. Mind the currencies.",
        kind="ranking",
        options=lambda: sorted(_largest()),
        answer=lambda v: _largest(),
        hints=("Bring all values to one currency first.", "A euro is worth more than a dollar."),
        solution=lambda v: "; ".join(_largest()) + ". All but those marked otherwise in the table are headlines.",
    ),
    Exercise(
        id="31.7",
        question=(
            "At the course's values: give a range for what of 100 USD of value is due to public hours and stays in "
            "Europe, such that you would bet nine to one on it."
        ),
        model=public_part,
        preset={},
        kind="range",
        units={"USD": 1.0},
        answer=lambda v: public_part(**v).kept,
        band=_kept_band,
        hints=("Three shares are multiplied, and none of them is known well.", "The lower end is near zero."),
        solution=lambda v: "The model gives {} USD, nine times in ten between {} and {}.".format(
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
            f"{ALL_RANKED}: firms just below the threshold show what would have happened without the hours. "
            "Winners alone cannot."
        ),
    ),
)
