"""How a search among portfolios is shown: as points on a map, and as a table of the best."""

import altair as alt
import pandas as pd

from ...analysis import portfolios
from ...analysis.portfolios import GOALS
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.policy import LEVERS
from .. import kinds
from ..charts import INK, ORANGE, PALETTE, WIDTH
from ..tables import Column, Table
from .policy import LEVER_WORDS

DRAWN = 400
"""Portfolios drawn as dots: as many as an eye takes in and a notebook can hold."""
TYPES = ["tried", "beaten by none", "best score", "yours"]


def points(frame: pd.DataFrame, x: str, y: str, line: pd.Series) -> dict[str, list]:
    """Some of the portfolios, all of the line, the best and the learner's own, the last on top; three decimals.

    Columns: x, y, kind (one of ``TYPES``).
    """
    every = max(1, len(frame) // DRAWN)
    kind = pd.Series("", index=frame.index)
    kind.iloc[8::every] = TYPES[0]
    kind[line] = TYPES[1]
    kind[frame.score.idxmax()] = TYPES[2]
    kind.iloc[0] = TYPES[3]
    chosen = frame.assign(kind=kind)[kind != ""]
    chosen = chosen.sort_values("kind", key=lambda kinds: kinds.map(TYPES.index), kind="stable")
    at = {axis: [round(float(value), 3) for value in chosen[goal]] for axis, goal in (("x", x), ("y", y))}
    return {**at, "kind": chosen.kind.tolist()}


def drawn(rows, x_title: str, y_title: str) -> alt.LayerChart:
    """Portfolios as points, over the rows of `points`."""
    base = alt.Chart(rows)
    across = alt.X("x:Q", title=x_title, scale=alt.Scale(zero=False))
    up = alt.Y("y:Q", title=y_title, scale=alt.Scale(zero=False))
    look = {
        "color": alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=TYPES, range=["#b5b5b5", PALETTE["own"], INK, ORANGE]),
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


def robustness() -> dict:
    """The map of the lab without its rows, as a specification: mean score against regret."""
    chart = drawn(alt.NamedData("rows"), "Mean score (points)", "Regret in the worst future of twenty (points)")
    return kinds.titled(
        chart,
        "Good on average, and seldom regretted",
        "To the right is better on average, further down is safer. Weights: those above.",
    ).to_dict()


def robust(frame: pd.DataFrame) -> tuple[dict[str, list], str]:
    """The rows of `robustness` for what a search found, and what they say."""
    line = pd.Series(portfolios.front(frame[["score", "regret"]].to_numpy() * [1, -1]), index=frame.index)
    own, first = frame.iloc[0], frame.loc[frame.score.idxmax()]
    said = (
        f"Your portfolio scores {number(own.score, 0)} points with a regret of {number(own.regret, 0)}. The best one "
        f"scores {number(first.score, 0)} with a regret of {number(first.regret, 0)}, and comes within "
        f"{number(portfolios.GOOD_ENOUGH, 0)} points of the best in {number(100 * first.robust, 0)} % of the futures."
    )
    return points(frame, "score", "regret", line), said


def _described(row: pd.Series) -> str:
    parts = [(row[lever], LEVER_WORDS[lever]) for lever in LEVERS if row[lever] >= 0.005]
    return ", ".join(f"{name} {number(100 * share, 0)} %" for share, name in sorted(parts, key=lambda p: -p[0]))


def best(frame: pd.DataFrame) -> Table:
    """The learner's own portfolio, and the best ones by mean score, regret, and each goal."""
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
    rows = [
        (
            name,
            _described(frame.loc[row]),
            frame.score[row],
            frame.regret[row],
            frame.taxpayer[row],
            100 * frame.positive[row],
            frame.independence[row],
        )
        for name, row in chosen
    ]
    return Table(rows, "The best portfolio depends on the goal", COLUMNS)


def _paying(net: float, share: float) -> str:
    return f"{number(net, -2)} ({number(share, 0)} %)"


COLUMNS = [
    "Portfolio",
    "Shares of the budget",
    Column("Mean score", 0),
    Column("Regret", 0),
    Column(
        "Mean net value, million EUR (pays in % of futures)", _paying, of=("Mean net value, million EUR", "Pays, %")
    ),
    Column("Comes first in sovereignty, %", 0),
]
HEADS = [column.head if isinstance(column, Column) else column for column in COLUMNS]
