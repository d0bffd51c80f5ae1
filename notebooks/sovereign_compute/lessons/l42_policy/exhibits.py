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
from ...display.charts import WIDTH
from ...display.contract import rows_of
from ...display.tables import Table
from ...display.views.policy import LEVER_WORDS, moved, placed, rank_chart, rank_ranges, spending
from ...display.views.policy import next_money_chart as next_money_chart
from ...display.views.portfolios import drawn, points
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
        f"Under full pressure the indicator rises to {number(last[NAMES[0]], 0)} %, the goal falls to "
        f"{number(last[NAMES[1]], 0)} %",
        "At the left no hours are steered by the indicator, at the right all of them.",
        f"With all hours under pressure the indicator is at {number(last[NAMES[0]], 0)} % and the goal at "
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
        f"“{best['item']}” is the best single lever, or number {best['high']}",
        "The whole budget in one lever. Dot: rank at the values set here. Line: nine futures of ten.",
        f"The mix has {placed(mix)}. The best lever alone is “{best['item']}”, with {placed(best)}. "
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


def _axis(goal: str) -> str:
    output = find(policy_portfolio).output(GOALS[goal][0])
    return f"{output.label}, mean ({unit_words(output.unit)})"


def _told(goal: str, value: float) -> str:
    output = find(policy_portfolio).output(GOALS[goal][0])
    return f"{output.label} {quantity(value, output.unit, output.digits)}"


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
    chart = drawn(alt.Data(values=rows_of(points(shown, x, y, line))), _axis(x), _axis(y))
    own = shown.iloc[0]
    beaten = int(((frame[x] >= frame[x].iloc[0]) & (frame[y] >= frame[y].iloc[0])).sum()) - 1
    return kinds.titled(
        chart,
        f"{number(beaten)} of {number(len(frame))} portfolios are at least as good as yours in both goals",
        f"Means of {number(portfolios.FUTURES)} futures; a part of the portfolios is drawn.",
        f"{number(int(line.sum()))} portfolios are beaten by none in both goals, {number(int(frame.front.sum()))} in "
        f"all five. The means of yours are {_told(x, own[x])} and {_told(y, own[y])}; "
        f"{number(beaten)} of the others are at least as good in both.",
    )
