"""What lesson 51 asks its learners to try in the panel of its worked example."""

from ...controls.moves import Move
from ...inputs.wording import number
from . import exhibits

CLAIMED = exhibits.claim()["share_percent"]
YEAR = exhibits.claim()["year"]
OTHERS = (0.5, 2.0, 3.5)
"""Growth of everybody else in the example: its low end, what one would bet on, its high end, in % a year."""


def _like_2024() -> str:
    share = exhibits.share(10, OTHERS[1], YEAR)
    return f"Yes: the share is {number(share, 0)} %, above {number(CLAIMED)} %."


def _alike() -> str:
    share = exhibits.share(OTHERS[1], OTHERS[1], YEAR)
    return f"It stays at {number(share, 0)} %, the share of the newest data. If both sides grow alike, no share moves."


def _others() -> str:
    low, _, high = (exhibits.share(7, growth, YEAR) for growth in OTHERS)
    return (
        f"By {number(low - high, 0)} points, from {number(low, 0)} to {number(high, 0)} %. The growth of data centres "
        "moves it about three times as far."
    )


def _line() -> str:
    needed = exhibits.growth_needed(CLAIMED, OTHERS[1], YEAR)
    return (
        f"At {number(needed, 1)} % a year. That is more than repeating each year what 2024 added, and less than "
        "growing on by the same percentage."
    )


MOVES = {
    "share_in_2031": (
        Move("As in 2024", "Set *Growth of data centres* to 10 %, as in 2024. Is the claim true then?", _like_2024),
        Move(
            "Everybody grows alike",
            "Set it to 2 %, the same as *Growth of everybody else*. Which share do you get, and why?",
            _alike,
        ),
        Move(
            "The other side of the fraction",
            "Reset. Set *Growth of everybody else* to its low end, then to its high end. How far does the share move?",
            _others,
        ),
        Move(
            "The line of the claim",
            "Find the growth of data centres at which the share is exactly 30 %. Which anchors lie around it?",
            _line,
        ),
        Move(
            "A range of your own",
            "Change a `low` and a `high` above, run that cell, and come back. What happens to the 90 % range?",
            lambda: "It follows. If you move only the middle, the whole range moves with it.",
        ),
    )
}
