"""How a search among portfolios is shown: on two maps, and as a table of the best."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from ...analysis import portfolios
from ...analysis.portfolios import GOALS
from ...errors import CourseError
from ...inputs import scenarios
from ...inputs.assumptions import get
from ...inputs.units import unit_words
from ...inputs.wording import number, quantity
from ...models.policy import LEVERS, policy_portfolio
from ...models.registry import find
from .. import kinds
from ..charts import ORANGE, PALETTE, WIDTH
from ..tables import Table
from .policy import LEVER_WORDS

DRAWN = 400
"""Portfolios drawn as dots: as many as an eye takes in and a notebook can hold."""
TYPES = ["tried", "beaten by none", "best score", "yours"]


def _axis(goal: str) -> str:
    output = find(policy_portfolio).output(GOALS[goal][0])
    return f"{output.label}, mean ({unit_words(output.unit)})"


def _told(goal: str, value: float) -> str:
    output = find(policy_portfolio).output(GOALS[goal][0])
    return f"{output.label} {quantity(value, output.unit, output.digits)}"


def _points(frame: pd.DataFrame, x: str, y: str, line: pd.Series) -> list[dict]:
    """Some of the portfolios, all of the line, the best and the learner's own; numbers to three decimals."""
    every = max(1, len(frame) // DRAWN)
    kind = pd.Series("", index=frame.index)
    kind.iloc[8::every] = TYPES[0]
    kind[line] = TYPES[1]
    kind[frame.score.idxmax()] = TYPES[2]
    kind.iloc[0] = TYPES[3]
    chosen = frame[kind != ""]
    return [
        {"x": round(float(a), 3), "y": round(float(b), 3), "kind": k}
        for a, b, k in zip(chosen[x], chosen[y], kind[chosen.index], strict=True)
    ]


def _map(points: list[dict], x_title: str, y_title: str) -> alt.LayerChart:
    points = sorted(points, key=lambda point: TYPES.index(point["kind"]))
    base = alt.Chart(alt.Data(values=points))
    across = alt.X("x:Q", title=x_title, scale=alt.Scale(zero=False))
    up = alt.Y("y:Q", title=y_title, scale=alt.Scale(zero=False))
    look = {
        "color": alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=TYPES, range=["#b5b5b5", PALETTE["own"], "black", ORANGE]),
            legend=alt.Legend(orient="top"),
        ),
        "shape": alt.Shape(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=TYPES, range=["circle", "triangle-up", "square", "diamond"]),
        ),
        "size": alt.Size("kind:N", scale=alt.Scale(domain=TYPES, range=[18, 55, 130, 150]), legend=None),
    }
    return alt.layer(base.mark_point(filled=True, opacity=0.85).encode(x=across, y=up, **look)).properties(
        width=WIDTH - 60, height=300
    )


def _now(changes: Mapping[str, float]) -> pd.DataFrame:
    return portfolios.found({**scenarios.current, **changes})


def portfolio_map(x: str = "climate", y: str = "taxpayer", **changes) -> alt.LayerChart:
    """Portfolios by the means of two goals, with those that no other beats in both; the scenario is the learner's."""
    for goal in (x, y):
        if goal not in GOALS:
            raise CourseError(f"there is no goal {goal!r}; choose from {', '.join(GOALS)}")
    frame = _now(changes)
    line = pd.Series(portfolios.front(frame[[x, y]].to_numpy()), index=frame.index)
    shown = frame.assign(**{goal: frame[goal] * GOALS[goal][1] for goal in {x, y}})
    chart = _map(_points(shown, x, y, line), _axis(x), _axis(y))
    own = shown.iloc[0]
    beaten = int(((frame[x] >= frame[x].iloc[0]) & (frame[y] >= frame[y].iloc[0])).sum()) - 1
    return kinds.titled(
        chart,
        "Portfolios by two goals",
        f"{number(len(frame))} portfolios in {number(portfolios.FUTURES)} futures; a part of them is drawn.",
        f"{number(int(line.sum()))} portfolios are beaten by none in both goals, {number(int(frame.front.sum()))} in "
        f"all five. Means of yours: {_told(x, own[x])}, {_told(y, own[y])}; "
        f"{number(beaten)} of the others are at least as good in both.",
    )


def robustness_map(**changes) -> alt.LayerChart:
    """Portfolios by mean score and by regret: good on average, and seldom far behind."""
    frame = _now(changes)
    line = pd.Series(portfolios.front(frame[["score", "regret"]].to_numpy() * [1, -1]), index=frame.index)
    chart = _map(
        _points(frame, "score", "regret", line), "Mean score (points)", "Regret in the worst future of twenty (points)"
    )
    own, best = frame.iloc[0], frame.loc[frame.score.idxmax()]
    return kinds.titled(
        chart,
        "Good on average, and seldom regretted",
        "To the right is better on average, further down is safer. Weights: those of the lab.",
        f"Yours scores {number(own.score, 0)} points with a regret of {number(own.regret, 0)}; the best scores "
        f"{number(best.score, 0)} with a regret of {number(best.regret, 0)} and is within "
        f"{number(portfolios.GOOD_ENOUGH, 0)} points of the best in {number(100 * best.robust, 0)} % of the futures.",
    )


def _described(row: pd.Series) -> str:
    parts = [(row[lever], LEVER_WORDS[lever]) for lever in LEVERS if row[lever] >= 0.005]
    return ", ".join(f"{name} {number(100 * share, 0)} %" for share, name in sorted(parts, key=lambda p: -p[0]))


def best_rows(frame: pd.DataFrame) -> list[tuple]:
    chosen = [
        ("Yours", 0),
        ("Highest mean score", frame.score.idxmax()),
        ("Least regret", frame.regret.idxmin()),
        ("Most often good enough", frame.robust.idxmax()),
        *(
            (f"Best for: {get(f'stakeholder_{goal}').label.removeprefix('Weight: ')}", frame[goal].idxmax())
            for goal in GOALS
        ),
    ]
    return [
        (
            name,
            _described(frame.loc[row]),
            number(frame.score[row], 0),
            number(frame.regret[row], 0),
            f"{number(frame.taxpayer[row], -2)} ({number(100 * frame.positive[row], 0)} %)",
            number(frame.independence[row], 0),
        )
        for name, row in chosen
    ]


COLUMNS = [
    "Portfolio",
    "Shares of the budget",
    "Mean score",
    "Regret",
    "Mean net value, million EUR (pays in % of futures)",
    "Comes first in sovereignty, %",
]


def best_portfolios(**changes) -> Table:
    """The best portfolios by score, regret and each goal, beside the learner's own."""
    frame = _now(changes)
    return Table(pd.DataFrame(best_rows(frame), columns=COLUMNS), "What would you have to give up?")
