"""What lesson 35 alone shows: what the best policy gets and does, and what simple rules can expect."""

import altair as alt
import pandas as pd

from ...controls import founder_game as founder_game_of
from ...controls.founder_game import founder_game as founder_game
from ...display import kinds
from ...display.charts import BLUE, GREEN, ORANGE, WIDTH
from ...display.tables import Column, Table
from ...inputs.wording import number
from ...models.founder import Decision, Game, Place, State
from ...models.founder import founder_quarter as founder_quarter
from ...models.parts.founder_policy import RULES, Outlook, alive, best_policy, first_of_best, options
from . import rounds
from .rounds import games as games

BIN = 5
"""Width of a bar of results (MEUR)."""
ASKED = {"closed": "The investor says yes", "refused": "The investor says no", "open": "Nobody was asked"}
COLOURS = {"closed": BLUE, "refused": ORANGE, "open": GREEN}


def luck_chart(**changes) -> alt.LayerChart:
    """What the founders hold after many games of the best policy, by the answer of the investor."""
    game = Game(rounds.game_values(changes))
    played = rounds.table_of_games(game)
    played["bin"] = BIN * (played.result // BIN)
    counted = played.groupby(["bin", "round"]).size().rename("games").reset_index()
    top = counted.groupby("bin").games.cumsum()
    counted = counted.assign(top=top, base=top - counted.games)
    rows = [
        {
            **{"from": float(row.bin), "to": float(row.bin + BIN), "base": int(row.base), "top": int(row.top)},
            "answer": ASKED[row.round],
        }
        for row in counted.itertuples()
    ]
    there = [round for round in ASKED if round in set(played["round"])]
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("from:Q", title="What the founders hold after twelve quarters, million EUR"),
            x2="to:Q",
            y=alt.Y("top:Q", title=f"Games of {number(len(played))}", scale=alt.Scale(zero=True)),
            y2="base:Q",
            color=alt.Color(
                "answer:N",
                scale=alt.Scale(domain=[ASKED[r] for r in there], range=[COLOURS[r] for r in there]),
                legend=alt.Legend(orient="top", title=None, columns=1, labelLimit=0),
            ),
        )
    )
    groups = played.groupby("round").result
    means, shares = groups.mean(), 100 * groups.size() / len(played)
    marks = [
        {"at": float(means[r]), "said": f"{number(shares[r], 0)} %: {number(means[r], 0)} in the mean"} for r in there
    ]
    names = (
        alt.Chart(alt.Data(values=marks))
        .mark_text(dy=-8, fontSize=12)
        .encode(x="at:Q", y=alt.value(0), text="said:N")
        .properties(width=WIDTH, height=230)
    )
    told = "; ".join(f"{ASKED[r]}: {mark['said']}" for r, mark in zip(there, marks, strict=True))
    return kinds.titled(
        alt.layer(bars, names).properties(width=WIDTH, height=230),
        _one_answer(means, float(played.result.std())),
        "The best policy in all games, from the first to the last number.",
        f"Of {number(len(played))} games of the best policy, in million EUR: {told}.",
    )


def _one_answer(means: pd.Series, spread: float) -> str:
    """What the results have in common."""
    if {"closed", "refused"} <= set(means.index) and means["closed"] - means["refused"] > spread:
        return "The same perfect decisions end far apart, and one answer decides"
    return "The same perfect decisions end apart, and no single answer decides"


def founder_rules(**changes) -> Table:
    """What the best policy and simple rules expect for the founders, and how often the firm is alive in the end.

    Both are computed exactly, over all that can happen, for the learner's scenario with changes.
    """
    game = Game(rounds.game_values(changes))
    best = founder_game_of.outlook(game)
    policies = [("The best policy", best, best_policy(best))]
    policies += [(rule.name, Outlook(game, rule), rule) for rule in RULES]
    rows = [
        (name, expected.of(0, game.first), 100 * Outlook(game, policy, alive).of(0, game.first))
        for name, expected, policy in policies
    ]
    columns = [
        "Policy",
        Column("Expected for the founders, million EUR", 1),
        Column("Alive after twelve quarters, %", 0),
    ]
    return Table(rows, "What simple rules can expect of this game, and what the best policy can", columns)


# What the best policy does --------------------------------------------------------------------------------------------

DOES = {"raise": ("R", ORANGE), "grow": ("+", BLUE), "shrink": ("−", GREEN), "keep": ("", "#d0d7de")}
NAMES = {
    "raise": "R: asks an investor",
    "grow": "+: lets the team grow",
    "shrink": "−: lets people go",
    "keep": "blank: keeps its team, and does not ask",
}
STRIDE = 2
"""Of so many steps of money one is drawn."""


def _does(decision: Decision) -> str:
    return "raise" if decision.raising else {1: "grow", -1: "shrink", 0: "keep"}[decision.people]


def policy_chart(quarter: int = 4, **changes) -> alt.LayerChart:
    """What the best policy decides at the start of a quarter, over money and product, with the team of the start."""
    game = Game(rounds.game_values(changes))
    best, top = founder_game_of.outlook(game), min(game.top, 2 * game.first.money + 2)
    rows = []
    for work in best.work(quarter - 1):
        for money in range(1, top, STRIDE):
            decision = first_of_best(options(best, quarter - 1, State(Place(), 0, int(work), money), 0))
            rows.append(
                {
                    "money": float(game.account(money)),
                    "product": float(game.work_months(work)),
                    "does": NAMES[_does(decision)],
                    "sign": DOES[_does(decision)][0],
                }
            )
    there = [name for name in DOES if NAMES[name] in {row["does"] for row in rows}]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("money:O", title="Money in the bank, million EUR", axis=alt.Axis(format=".1f", labelOverlap=True)),
        y=alt.Y("product:O", title="Product, months of work", sort="descending", axis=alt.Axis(format=".0f")),
    )
    scale = alt.Scale(domain=[NAMES[n] for n in there], range=[DOES[n][1] for n in there])
    squares = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color("does:N", scale=scale, legend=alt.Legend(orient="top", title=None, columns=1, labelLimit=0))
    )
    signs = base.mark_text(fontSize=11, fontWeight="bold", color="white").encode(text="sign:N")
    asks = [row["money"] for row in rows if row["does"] == NAMES["raise"]]
    grows = [row["money"] for row in rows if row["does"] == NAMES["grow"]]
    return kinds.titled(
        alt.layer(squares, signs).properties(width=WIDTH, height=220),
        _when(asks, grows),
        f"What the best policy decides in quarter {quarter}, with the team of the start and at the usual rent.",
        f"In quarter {quarter} the best policy {_least(asks, 'asks an investor', most=True)} and "
        f"{_least(grows, 'lets the team grow', most=False)}.",
    )


def _when(asks: list[float], grows: list[float]) -> str:
    if asks and grows and max(asks) < min(grows):
        return (
            f"With {number(max(asks), 1)} million or less the best policy asks an investor; with more it waits or grows"
        )
    return "What the best policy does depends on money more than on the product"


def _least(money: list[float], does: str, most: bool) -> str:
    if not money:
        return f"nowhere {does}"
    return f"{does} {'up to' if most else 'from'} {number(max(money) if most else min(money), 1)} million EUR"
