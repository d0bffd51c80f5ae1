"""What lesson 24 asks its learners to try."""

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...display.views.returns import left_over
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.returns import public_return


def _value(preset: str, id: str) -> float:
    return presets("public_return")[preset]["values"][id]


def _lumi() -> str:
    high, low = (at_preset(public_return, id).break_even for id in ("lumi-high", "lumi-low"))
    return (
        f"It pays as soon as {number(high, 1)} % of the benefit is due to the machine and would not have come without "
        f"it. At the lower end {number(low, 1)} % is needed. A small part of a large number is enough. So it is not "
        "the question whether the number is too large, but by how much."
    )


def _collider() -> str:
    word, later = at_preset(public_return, "hllhc"), at_preset(public_return, "incremental")
    return (
        f"At its word it needs {number(word.break_even, 0)} % of its benefit. With time and taxes "
        f"{left_over(later.ratio)} is left of each franc. The study counts only what society gains, and only what "
        "would not have come without the new collider. We do not know whether the study of LUMI subtracted either."
    )


def _profit() -> str:
    hyperion, lumi = at_preset(public_return, "hyperion"), evaluate(public_return)
    printed, gain = _value("hyperion", "published_ratio"), _value("hyperion", "value_added_share")
    times = printed / get("published_ratio").value
    return (
        f"{left_over(hyperion.ratio)} is left of {number(printed)}. The first step alone takes away "
        f"{number(100 - gain)} %, because only {number(gain)} % of the turnover is profit or savings. The printed "
        f"number is {number(times, 0)} times that of LUMI, and what is left is "
        f"{number(hyperion.ratio / lumi.ratio, 1)} times as much."
    )


def _two_people() -> str:
    sceptic, friend = at_preset(public_return, "sceptic").ratio, at_preset(public_return, "friend").ratio
    low, high = evaluation_of(public_return).bands["ratio"]
    return (
        f"The sceptic gets {left_over(sceptic)} and the friend {left_over(friend)}, a factor of "
        f"{number(friend / sceptic, -2)}. Each of their numbers is reasonable. To choose all of them at the same end "
        f"is not likely: nine in ten draws lie between {left_over(low)} and {left_over(high)}."
    )


def _double() -> str:
    course = evaluate(public_return)
    headline, due = (evaluate(public_return, **{id: 2 * get(id).value}) for id in ("published_ratio", "attribution"))
    return (
        f"Both double what comes back, to {left_over(headline.ratio)}. With a larger headline the machine needs a "
        f"credit of {number(headline.break_even, 1)} % instead of {number(course.break_even, 1)} %. With more "
        f"attribution it gets {number(due.credited, 1)} % instead of {number(course.credited, 1)} %. The headline is "
        "printed in a study. Attribution has to be measured, and nobody has."
    )


MOVES = {
    "public_return": (
        Move(
            "LUMI at its word",
            "Load *LUMI at its word, upper end*, then *lower end*. How much of the benefit must be true for the "
            "machine to pay?",
            _lumi,
            preset="lumi-high",
        ),
        Move(
            "The most careful study",
            "Load *HL-LHC at its word*, a collider at CERN, then *HL-LHC, at the course’s time and taxes*. What has "
            "this study already subtracted that LUMI's may not have?",
            _collider,
            preset="hllhc",
        ),
        Move(
            "Turnover or profit?",
            "Load *Hyperion’s 502, profit only*. What is left of the 502, and which step takes most? Compare that with "
            "LUMI.",
            _profit,
            preset="hyperion",
        ),
        Move(
            "A sceptic and a friend",
            "Load *A sceptic*, then *A friend of the machine*. Each of their numbers lies within its range. By which "
            "factor do they differ? Is one of them unreasonable?",
            _two_people,
            preset="sceptic",
        ),
        Move(
            "Double the headline",
            "Reset everything and double *Published return*. Put it back and double *Attribution*. What differs in the "
            "sentence? Which of the two is easier to prove?",
            _double,
        ),
    )
}
