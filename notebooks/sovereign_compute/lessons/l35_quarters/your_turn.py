"""Notebook 35, *Your turn*: many games of the best policy, and what decides among them."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs.wording import number
from .rounds import games


def part_of_the_answer() -> float:
    """The solution of 35.T1, in per cent."""
    played = games()  # cell
    means = played.groupby("round").result.transform("mean")
    return float(100 * means.var() / played.result.var())


def result_by_product() -> alt.Chart:
    """The solution of 35.T2."""
    played = games()  # cell
    return (
        alt.Chart(played, title="Firms that got a yes build more, because they can pay for it")
        .mark_point()
        .encode(
            x=alt.X("product", title="Product in the end, months of work"),
            y=alt.Y("result", title="What the founders hold, million EUR"),
            color=alt.Color("round", title="Round"),
            shape=alt.Shape("round", title="Round"),
        )
    )


def _part_in_words() -> str:
    played = games()
    spread = played.groupby("round").result.std()
    return (
        f"One answer explains {number(part_of_the_answer(), 0)} % of the variance. All other luck of three years, with "
        f"prices, customers, work and committees, leaves a standard deviation of {number(spread['refused'], 0)} "
        f"million EUR among those who heard no, and of {number(spread['closed'], 0)} among those who heard yes."
    )


def _products_in_words() -> str:
    middle = games().groupby("round")["product"].median()
    return (
        f"After a yes the median firm has {number(middle['closed'], 0)} months of work in the end, after a no "
        f"{number(middle['refused'], 0)}. The decisions follow the same policy; the money does not allow the same."
    )


def _explained(by: pd.Series) -> float:
    played = games()
    return float(100 * played.groupby(by).result.transform("mean").var() / played.result.var())


def _chart_of(frame: pd.DataFrame, across: str = "product", up: str = "result") -> alt.Chart:
    return alt.Chart(frame).mark_point().encode(x=across, y=up, color="round")


TASKS = (
    Task(
        id="35.T1",
        question=(
            "All these games follow the same policy, so luck alone makes them differ. What part of the variance of "
            "result is explained by round, the answer of the investor? Replace each result by the mean of its group, "
            "and divide the variance of these by the variance of result. Give a number in per cent."
        ),
        expected=part_of_the_answer,
        finding=_part_in_words,
        hints=(
            "groupby, then transform, gives every row the mean of its group.",
            'played.groupby("round").result.transform("mean") has these means; .var() is the variance of a column.',
        ),
        mistakes=(
            (
                lambda: 100 * games().groupby("round").result.transform("mean").std() / games().result.std(),
                "That is the ratio of standard deviations. Variance is asked for.",
            ),
            (
                lambda: 100 - part_of_the_answer(),
                "That is what the answer leaves unexplained.",
            ),
            (
                lambda: 100 * games().groupby("round").result.mean().var() / games().result.var(),
                "There each group counts once, however many games it has. Give every game the mean of its group.",
            ),
            (
                lambda: _explained(games().money > 0),
                "You grouped by whether the firm is alive. Group by round.",
            ),
            (lambda: _explained(games().team), "You grouped by team. Group by round."),
        ),
    ),
    Task(
        id="35.T2",
        question=(
            "What do firms look like after a yes and after a no? Draw a point for each game: product along x, result "
            "along y, round by colour and shape. State the finding as title."
        ),
        expected=result_by_product,
        finding=_products_in_words,
        hints=(
            "Every row of played is a point; nothing has to be computed.",
            'alt.Chart(played).mark_point().encode(x="product", y="result", …) and the colour is a column, too.',
        ),
        mistakes=(
            (
                lambda: _chart_of(games().query("round == 'closed'")),
                "Only firms with a yes are in it; the others are asked for as well.",
            ),
            (lambda: _chart_of(games().query("money > 0")), "Firms that went under are missing."),
            (lambda: _chart_of(games(), across="money"), "Along x is the money; product is asked for."),
        ),
    ),
)
