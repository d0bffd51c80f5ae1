"""Notebook 13, *Your turn*: a lock-in that grows, and how much a belief from before weighs beside a short list."""

from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

QUIET = (20.0, 0.5)
"""Years believed before: the course's, and a belief that weighs next to nothing."""


def _known() -> pd.Series:
    """The course's values by id, as in the first cell."""
    return frames.data("assumptions").set_index("id").value


def _events() -> pd.DataFrame:
    """The list of events with their years, as the first cell makes it."""
    events = frames.data("disruptions")
    events["year"] = events.as_of.str[:4].astype(int)
    return events


def growing_lock_in() -> Callable:
    """The solution of 13.T1, in MEUR a year."""
    years = int(_known()["planning_years"])  # cell

    def paid(*, cloud_spending, price_rise, switching_cost, lock_in):
        above = sum(cloud_spending * ((1 + price_rise / 100) ** year - 1) for year in range(years))
        move = switching_cost * (1 + lock_in / 100) ** years
        return np.minimum(above, move) / years

    return paid


def weight_of_the_belief() -> alt.Chart:
    """The solution of 13.T2."""
    disruptions = _events()  # cell
    rows, newest = [], disruptions.year.max()
    for since in range(disruptions.year.min() + 1, newest + 1):
        counted = disruptions[disruptions.interruption & (disruptions.year >= since)].year.nunique()
        for quiet in QUIET:
            probability = 100 * (0.5 + counted) / (0.5 + quiet + newest - since + 1)
            rows.append({"since": since, "quiet": quiet, "probability": probability})
    return (
        alt.Chart(pd.DataFrame(rows), title="Twenty quiet years believed before drown what the list says")
        .mark_line(point=True)
        .encode(
            x=alt.X("since:O", title="First year counted"),
            y=alt.Y("probability", title="Probability, % per year"),
            color=alt.Color("quiet:N", title="Quiet years believed before"),
        )
    )


def _lock_in_in_words() -> str:
    paid, years = growing_lock_in(), int(_known()["planning_years"])
    course = {id: _known()[id] for id in ("cloud_spending", "price_rise", "switching_cost")}
    still = paid(**course, lock_in=0.0)
    most = paid(**course | {"switching_cost": np.inf}, lock_in=0.0)
    from_there = 100 * ((most / still) ** (1 / years) - 1)
    return (
        f"At the course's values {number(still, 2)} million EUR a year are paid as long as the cost of a move stays as "
        f"it is. If each year makes the move {number(from_there, 1)} % dearer, the limit protects no more: all rises "
        f"are paid, {number(most, 2)} million EUR a year. So a few new functions a year undo the protection, which the "
        "lesson's model takes for firm. It is an argument for getting an exit ready early."
    )


def _belief_in_words() -> str:
    found = _chances().set_index(["since", "quiet"]).probability.unstack()
    first, last = found.index[0], _events().query("interruption").year.min()
    course, little = QUIET
    return (
        f"Counted since {first}, the list gives {number(found.loc[first, course], 0)} % a year with the course's "
        f"belief, and {number(found.loc[first, little], 0)} % with next to none. Counted since {last} it is "
        f"{number(found.loc[last, course], 0)} % and {number(found.loc[last, little], 0)} %: no interruption is older. "
        f"The course's belief counts like {number(course + 0.5)} years, more than the whole list. It is this belief "
        "that keeps the number low, and that hides from which year on one counts. Has the world changed, or did those "
        "who made the list begin to look late? So few events cannot tell."
    )


# What usual mistakes give


def _paid(
    above: Callable | None = None,
    move: Callable = lambda cost, rate, years: cost * (1 + rate) ** years,
    least: Callable = np.minimum,
    spread: bool = True,
) -> Callable:
    """The function of 13.T1 with another sum of the rises, another cost of the move, or another way to combine them."""
    years = int(_known()["planning_years"])
    above = above or _rises(range(years))

    def paid(*, cloud_spending, price_rise, switching_cost, lock_in):
        sums = above(cloud_spending, price_rise / 100, years)
        return least(sums, move(switching_cost, lock_in / 100, years)) / (years if spread else 1)

    return paid


def _rises(years) -> Callable:
    return lambda spending, rate, _: sum(spending * ((1 + rate) ** year - 1) for year in years)


def _chances(count: Callable | None = None, quiet: tuple[float, ...] = QUIET, years: Callable | None = None):
    """Rows of the chart of 13.T2 where something else is counted, or another number of years."""
    events = _events()
    newest = events.year.max()
    count = count or (lambda window: window[window.interruption].year.nunique())
    years = years or (lambda since: newest - since + 1)
    return pd.DataFrame(
        {
            "since": since,
            "quiet": belief,
            "probability": 100 * (0.5 + count(events[events.year >= since])) / (0.5 + belief + years(since)),
        }
        for since in range(events.year.min() + 1, newest + 1)
        for belief in quiet
    )


def _lines(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows).mark_line().encode(x="since:O", y="probability", color="quiet:N")


CASES = [
    {"cloud_spending": 10.0, "price_rise": 2.8, "switching_cost": 6.0, "lock_in": 0.0},
    {"cloud_spending": 10.0, "price_rise": 2.8, "switching_cost": 6.0, "lock_in": 3.0},
    {"cloud_spending": 10.0, "price_rise": 2.8, "switching_cost": 6.0, "lock_in": 12.0},
    {"cloud_spending": 40.0, "price_rise": 0.5, "switching_cost": 20.0, "lock_in": 5.0},
    {"cloud_spending": 2.0, "price_rise": 30.0, "switching_cost": 3.0, "lock_in": 8.0},
]
"""Cases in which the move limits what is paid, and cases in which the rises do."""

TASKS = (
    Task(
        id="13.T1",
        question=(
            "In the lesson the cost of a move stays as it is. Let it grow. Write a function with the arguments "
            "cloud_spending, price_rise, switching_cost and lock_in: per cent by which a year makes the move dearer. "
            "It returns what is paid above the market, in million EUR a year. That is the sum of the rises over the "
            "years of the plan (years), at most the cost of a move at their end, spread over these years."
        ),
        expected=growing_lock_in,
        finding=_lock_in_in_words,
        hints=(
            "In the first year nothing has risen yet. In the second the price is higher by one rise, in the third by "
            "two, one upon the other.",
            "After so many years a move costs switching_cost * (1 + lock_in / 100) ** years; np.minimum takes the "
            "smaller of two.",
        ),
        cases=lambda: CASES,
        mistakes=(
            (lambda: _paid(move=lambda cost, rate, years: cost), "The cost of the move does not grow: use lock_in."),
            (
                lambda: _paid(move=lambda cost, rate, years: cost * (1 + rate * years)),
                "The move grows by the same amount each year; per cent come one upon the other: (1 + …) ** years.",
            ),
            (
                lambda: _paid(move=lambda cost, rate, years: cost * (1 + rate) ** (years - 1)),
                "The cost of the move grows a year too little: it counts at the end of the last year.",
            ),
            (lambda: _paid(spread=False), "That is paid in all; divide by the years."),
            (
                lambda: _paid(_rises(range(1, int(_known()["planning_years"]) + 1))),
                "The first year counts no rise yet.",
            ),
            (
                lambda: _paid(lambda spending, rate, years: spending * rate * years * (years - 1) / 2),
                "The price rises by the same amount each year; per cent come one upon the other.",
            ),
            (
                lambda: _paid(lambda spending, rate, years: spending * ((1 + rate) ** (years - 1) - 1)),
                "That is the rise of the last year alone; add up all years.",
            ),
            (lambda: _paid(least=np.maximum), "That is the larger of the two: nobody pays more than a move costs."),
            (lambda: _paid(least=lambda above, move: above), "The limit is missing: at most the cost of a move."),
            (lambda: _paid(least=lambda above, move: move), "The limit is always paid; the rises may come to less."),
        ),
    ),
    Task(
        id="13.T2",
        question=(
            "What decides the probability of a disruption: the list, or the belief from before? For each first year "
            "from the one after the first event on, count the years with a reported interruption (interruption) from "
            "there to the newest. Add half an event, and divide by all years: those counted, that half, and the quiet "
            "years believed before. Take twenty quiet years, as the course does, and half of one. Draw lines: the "
            "first year along one axis, per cent a year along the other, the quiet years by colour. State the finding "
            "as title."
        ),
        expected=weight_of_the_belief,
        finding=_belief_in_words,
        hints=(
            "Two loops, one in the other, fill a list with dictionaries: since, quiet, probability. Give it to "
            "pd.DataFrame.",
            "nunique() counts years with an event; two events of one year count once.",
        ),
        mistakes=(
            (
                lambda: _lines(_chances(lambda window: int(window.interruption.sum()))),
                "Each event counts once in it; two of one year are one year with an event. Use nunique().",
            ),
            (
                lambda: _lines(_chances(lambda window: window.year.nunique())),
                "All events of the list are in it; only reported interruptions are asked for.",
            ),
            (
                lambda: _lines(_chances(years=lambda since: _events().year.max() - since)),
                "A year is missing: both the first and the newest one count.",
            ),
            (
                lambda: _lines(_chances(years=lambda since: _events().year.max() - _events().year.min())),
                "The years counted are the same in every row: they begin with the first year.",
            ),
            (lambda: _lines(_chances(quiet=QUIET[:1])), "The belief of half a quiet year is missing."),
        ),
    ),
)
