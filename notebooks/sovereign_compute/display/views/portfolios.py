"""How a search among portfolios is shown: on two maps, and as a table of the best."""

import pandas as pd

from ...analysis.portfolios import GOALS
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.policy import LEVERS
from ..tables import Column, Table
from .policy import LEVER_WORDS


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
    return Table(rows, "What would you have to give up?", COLUMNS)


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
