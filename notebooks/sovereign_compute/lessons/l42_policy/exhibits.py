"""What lesson 42 alone shows."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from ...analysis import portfolios
from ...analysis.portfolios import GOALS
from ...analysis.settings import complete
from ...controls.memo import memo as memo
from ...controls.portfolio_lab import portfolio_lab as portfolio_lab
from ...display import kinds
from ...display.charts import INK, ORANGE, PALETTE, WIDTH
from ...display.tables import Table
from ...display.views.policy import LEVER_WORDS, moved, placed, rank_chart, rank_ranges, spending
from ...display.views.policy import next_money_chart as next_money_chart
from ...display.views.portfolios import best
from ...errors import CourseError
from ...inputs import scenarios
from ...inputs.assumptions import get
from ...inputs.units import unit_words
from ...inputs.wording import number, quantity
from ...models.indicator import indicator_game
from ...models.policy import LEVERS, policy_portfolio
from ...models.registry import all_models, find

NAMES = ["indicator: start-ups with a grant", "goal: start-ups saved"]


def _curve(values: dict) -> list[dict]:
    """Indicator and goal over the pressure, each in percent of its value without pressure."""
    rows = []
    for pressure in range(0, 101, 5):
        found = indicator_game(**{**values, "kpi_pressure": float(pressure)})
        rows.append({"pressure": pressure, "series": NAMES[0], "index": _share(found.grants, found.grants_without)})
        rows.append({"pressure": pressure, "series": NAMES[1], "index": _share(found.saved, found.saved_without)})
    return rows


def _share(now: float, without: float) -> float:
    return 100 * now / without if without else 100.0


def indicator_chart(**changes) -> alt.LayerChart:
    """Indicator and goal as the pressure rises."""
    rows = _curve(complete(indicator_game, changes))
    chart = kinds.lines(
        alt.Data(values=rows),
        x="pressure",
        y="index",
        x_title="Hours steered by the indicator (%)",
        y_title="% of the value without pressure",
        series="series",
        names=NAMES,
        log_y=True,
    ).properties(width=WIDTH - 190)
    last = {row["series"]: row["index"] for row in rows[-2:]}
    return kinds.titled(
        chart,
        "The indicator rises, the goal falls",
        "All hours under pressure at the right, none at the left.",
        f"With all hours under pressure the indicator stands at {number(last[NAMES[0]], 0)} % and the goal at "
        f"{number(last[NAMES[1]], 0)} % of what they are without.",
    )


MIX = "The mix"


def alone(**changes) -> pd.DataFrame:
    """The mix of the scenario and its whole budget in one lever after the other, ranked by value.

    Columns: those of `rank_ranges`.
    """
    values = complete(policy_portfolio, changes)
    ways = {LEVER_WORDS[lever]: [values["budget"] * (other == lever) for other in LEVERS] for lever in LEVERS}
    return rank_ranges(values, {MIX: list(spending(values).values()), **ways})


def alone_chart(**changes) -> alt.LayerChart:
    """The whole budget in one lever, beside the mix: which brings Europe more, and how sure that is."""
    frame = alone(**changes)
    mix, best = frame[frame["item"] == MIX].iloc[0], frame[frame["item"] != MIX].iloc[0]
    return rank_chart(
        frame,
        "The whole budget in one lever",
        "Dot: rank at the values set here. Line: nine futures of ten. Right: how often it brings most.",
        f"The mix has {placed(mix)}. Of the levers alone the best is “{best['item']}”, with {placed(best)}. "
        f"“{LEVER_WORDS['chips']}” bring no euros, because what a chip earns has no price here, and "
        f"“{LEVER_WORDS['evaluation']}” alone has nothing to improve.",
    )


def chain_table(*ids: str) -> Table:
    """Assumptions that the portfolio shares with other models of the course, and the outcomes that they move."""
    model = find(policy_portfolio)
    rows = []
    for id in ids:
        others = [m.title for m in all_models().values() if id in m.inputs and m is not model]
        labels = [model.output(output).label for output in moved(id)]
        still = [o.label for o in model.outputs if o.label not in labels]
        rows.append((get(id).label, "; ".join(sorted(others)) or "nothing else", ", ".join(still) or "nothing"))
    columns = ["Assumption", "Also goes into", "Does not move"]
    return Table(rows, "One assumption, many models", columns)


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


def best_portfolios(**changes) -> Table:
    """The best portfolios by score, regret and each goal, beside the learner's own."""
    frame = _now(changes)
    return best(frame)
