"""How a search among portfolios is shown: on two maps, and as a table of the best."""

import pandas as pd

from ...analysis.portfolios import GOALS
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.policy import LEVERS
from .policy import LEVER_WORDS


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
