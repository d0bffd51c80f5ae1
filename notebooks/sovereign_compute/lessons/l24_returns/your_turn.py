"""Notebook 24, *Your turn*: who prints the hundreds, by which method, and how soon the money would be back."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

MEANS, TOTALS = "mean of ratios", "ratio of totals"


def _ratios() -> pd.DataFrame:
    """The studies that give money per money of one currency, with their upper end, as the first cell makes them."""
    studies = frames.data("roi_studies")
    money = studies.unit.str.split("/", expand=True)
    ratios = studies[money[0] == money[1]].copy()
    ratios["ratio"] = ratios.value_high.fillna(ratios.value_low)
    return ratios


def _life() -> float:
    """Years that a machine is used."""
    return frames.data("assumptions").set_index("id").value["lifetime"]


def headlines() -> pd.Series:
    """The solution of 24.T1, in money per money."""
    ratios = _ratios()  # cell
    studies = ratios.groupby(["author", "central_tendency", "study"]).ratio.max()
    return studies.groupby(["author", "central_tendency"]).median()


def money_back() -> alt.Chart:
    """The solution of 24.T2."""
    ratios, life = _ratios(), _life()  # cell
    ratios["days"] = 365 * life / ratios.ratio
    return (
        alt.Chart(ratios, title="By the means of ratios, the money would be back within weeks")
        .mark_point()
        .encode(
            x=alt.X("days", title="Time until the money is back, days").scale(type="log"),
            y=alt.Y("author", title="Author", sort="x"),
            color=alt.Color("central_tendency", title="Method"),
        )
    )


def _houses_in_words() -> str:
    ratios, median = _ratios(), headlines()
    means, rest = (ratios[(ratios.central_tendency == MEANS) == yes] for yes in (True, False))
    houses = sorted(means.author.unique(), reverse=True)
    others = rest[(rest.central_tendency == TOTALS) & ~rest.author.isin(houses)].ratio
    return (
        f"All {len(means)} means of ratios come from {' and '.join(houses)}, which was once a part of it. Their middle "
        f"headlines are {' and '.join(number(median[house, MEANS], 0) for house in houses)}. Of the {len(rest)} other "
        f"ratios none is above {number(rest.ratio.max(), 0)}. Is it the house or the method? One case can tell: for "
        f"the machine K, {houses[0]} also divided totals. That gave at most {number(median[houses[0], TOTALS], 1)}; "
        f"the middle ratio of totals of all others is {number(others.median(), 1)}. One case is little, but it speaks "
        "for the method: whom it asks, and what it divides by."
    )


def _back_in_words() -> str:
    ratios = _ratios().set_index("id")
    days = 365 * _life() / ratios.ratio
    means, totals = (days[ratios.central_tendency == method] for method in (MEANS, TOTALS))
    return (
        f"By the means of ratios the money is back after {number(means.min(), 0)} to {number(means.max(), 0)} days, by "
        f"the ratio of LUMI after {number(days['lumi-csc'], 0)}. By ratios of totals it takes "
        f"{number(totals.median(), 0)} days in the middle, and at the collider {number(days['hllhc-bcr'] / 365, 1)} "
        "years. Whoever is paid back in a week buys a second machine in the next one. That nobody does so is evidence, "
        "too. The even spread of the benefit is ours: most studies do not say when it comes."
    )


# What usual mistakes give


def _headlines(ratios: pd.DataFrame, column: str = "ratio", first: str = "max", then: str = "median") -> pd.Series:
    studies = ratios.groupby(["author", "central_tendency", "study"])[column].agg(first)
    return studies.groupby(["author", "central_tendency"]).agg(then)


def _by_row(how: str) -> pd.Series:
    return _ratios().groupby(["author", "central_tendency"]).ratio.agg(how)


def _all_studies() -> pd.DataFrame:
    studies = frames.data("roi_studies")
    return studies.assign(ratio=studies.value_high.fillna(studies.value_low)).dropna(subset=["ratio", "author"])


def _points(ratios: pd.DataFrame, days: pd.Series) -> alt.Chart:
    """The chart of 24.T2 with other numbers."""
    frame = ratios.assign(days=days)
    return alt.Chart(frame).mark_point().encode(x="days", y="author", color="central_tendency")


def _chart(change) -> alt.Chart:
    ratios = _ratios()
    return _points(ratios, change(ratios))


EACH_ROW = "Each row counts once in it: a study that prints several ratios votes several times. Group by study first."

TASKS = (
    Task(
        id="24.T1",
        question=(
            "Who prints the large ratios, and by which method? The headline of a study is the largest ratio "
            "that it prints. Take the headline for each author and method (central_tendency), then the median "
            "over the studies. Give a Series with author and central_tendency as labels."
        ),
        expected=headlines,
        finding=_houses_in_words,
        hints=(
            "Group twice: first so that each study has one row for each method, then by author and method.",
            'ratios.groupby(["author", "central_tendency", "study"]).ratio.max() is the first step.',
        ),
        mistakes=(
            (lambda: _by_row("median"), EACH_ROW),
            (lambda: _by_row("mean"), f"That is a mean. {EACH_ROW}"),
            (lambda: _by_row("max"), "That is the largest of all studies; the median over the studies is asked for."),
            (lambda: _by_row("min"), "That is the smallest ratio of each author and method."),
            (lambda: _by_row("count"), "Those are numbers of rows; the ratios are asked for."),
            (
                lambda: _headlines(_ratios(), first="min"),
                "You took the smallest ratio of each study. It is often the profit; the headline is the largest.",
            ),
            (
                lambda: _headlines(_ratios(), first="median"),
                "You took the middle ratio of each study; the headline is the largest.",
            ),
            (
                lambda: _headlines(_ratios(), then="mean"),
                "Means over the studies: one large study pulls them up. Use median() in the second step.",
            ),
            (
                lambda: _headlines(_ratios(), then="count"),
                "Those are numbers of studies; the median of their headlines is asked for.",
            ),
            (
                lambda: _headlines(_ratios(), "value_low"),
                "That is the lower end where a study prints two; use the column ratio.",
            ),
            (
                lambda: _headlines(_ratios().dropna(subset="value_high")),
                "A study that prints only a lower bound is missing; the column ratio has it.",
            ),
            (
                lambda: _headlines(_ratios().query("tier != 'unverified'")),
                "Unverified rows are missing. What is asked here is what is printed, found again or not.",
            ),
            (
                lambda: _headlines(_ratios().query("unit == 'USD/USD'")),
                "Only ratios in USD are in it; a ratio has no currency, so all can be compared.",
            ),
            (
                lambda: _headlines(_all_studies()),
                "Totals, per cent and jobs are among them. Take the table ratios: money per money.",
            ),
        ),
    ),
    Task(
        id="24.T2",
        question=(
            "How soon would the money be back? Suppose that the benefit comes evenly over the years of use (life). "
            "Draw a point for each row of ratios: the days until one unit of money has come back along one axis, the "
            "author along the other, and the method (central_tendency) by colour. State the finding as title."
        ),
        expected=money_back,
        finding=_back_in_words,
        hints=(
            "A machine that returns as much as it cost, over its whole life, has the money back at the end of it.",
            "A ratio of two halves that time. Years times 365 are days.",
        ),
        mistakes=(
            (
                lambda: _chart(lambda ratios: 365 / ratios.ratio),
                "The years of use are missing: the benefit comes over life, not in one year.",
            ),
            (
                lambda: _chart(lambda ratios: 365 * ratios.ratio / _life()),
                "Upside down: the larger the ratio, the sooner the money is back.",
            ),
            (
                lambda: _chart(lambda ratios: _life() / ratios.ratio),
                "Those are years; days are asked for.",
            ),
            (
                lambda: _chart(lambda ratios: 12 * _life() / ratios.ratio),
                "Those are months; days are asked for.",
            ),
            (
                lambda: _chart(lambda ratios: 365 * _life() / ratios.value_low),
                "That is the lower end where a study prints two; use the column ratio.",
            ),
            (
                lambda: _chart(lambda ratios: 365 * _life() / (1 + ratios.ratio)),
                "The ratio is what comes back for one unit of money: do not add the one.",
            ),
        ),
    ),
)
