"""How a portfolio is shown: where the money goes, what comes of it, lever by lever, and what hangs on what."""

import altair as alt
import numpy as np
import pandas as pd

from ...analysis import portfolios
from ...analysis.evaluation import BAND, COURSE, COURSE_HEAD, Evaluation
from ...analysis.settings import complete, evaluate
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.policy import LEVERS, effects, outcomes, policy_portfolio, within_budget
from ...models.registry import find
from .. import kinds
from ..charts import CONFIG, PALETTE, VIEWS, WIDTH, View

LEVER_WORDS = {
    "machine": "A machine",
    "access": "People who help users",
    "credits": "Credits for start-ups",
    "data": "Data spaces",
    "people": "Training of people",
    "chips": "European chips",
    "gigafactory": "Share of a gigafactory",
    "evaluation": "Evaluation",
}
SHOWN = (
    "captured",
    "science_hours",
    "start_up_hours",
    "industry_hours",
    "days",
    "served",
    "extra",
    "first_place",
    "carbon",
)
PLOT = WIDTH - 260  # labels on the left, numbers with units on the right
BRIEF = {"MEUR": "million EUR", "Mgpu*hour/year": "million a year", "percent": "%", "kt": "thousand tonnes"}
"""Units beside a bar, where its label says the rest."""
STEP = 5.0
"""Million EUR: one step of a lever's slider, for what the next money brings."""


def spending(values: dict) -> dict[str, float]:
    """What each lever gets within the budget, in million EUR."""
    spends = within_budget([values[f"spend_{lever}"] for lever in LEVERS], values["budget"])
    return dict(zip(LEVERS, spends, strict=True))


def _rows(evaluation: Evaluation) -> dict[str, list]:
    """Money by lever (million EUR), then outcomes in % of what is compared with, both in words."""
    rows = {key: [] for key in ("part", "item", "value", "course", "shown", "course_shown")}

    def add(*cells):
        for column, cell in zip(rows.values(), cells, strict=True):
            column.append(cell)

    course = spending(evaluation.baseline.values)
    for lever, money in spending(evaluation.values).items():
        words = [quantity(x, "MEUR", 0) for x in (money, course[lever])]
        add("money", LEVER_WORDS[lever], money, course[lever], *words)
    for id in SHOWN:
        output = evaluation.model.output(id)
        own, usual = getattr(evaluation.result, id), getattr(evaluation.baseline.result, id)
        words = [f"{number(x, output.digits)} {BRIEF.get(output.unit, '')}".strip() for x in (own, usual)]
        add("outcome", output.label, _percent(own, usual), 100.0, *words)
    return rows


def _percent(own: float, usual: float) -> float | None:
    """One outcome in percent of another; None, which is not drawn, for percent of nothing."""
    if usual == 0:
        return 100.0 if own == 0 else None
    return 100 * own / usual


def room(base: alt.Chart, share: float) -> alt.Chart:
    """An unseen layer that makes the axis longer than its longest bar by a share of it: there stand the numbers."""
    return (
        base.transform_joinaggregate(longest="max(value)", most="max(course)")
        .transform_calculate(end=f"{1 + share} * max(datum.longest, datum.most)")
        .mark_point(opacity=0)
        .encode(x="end:Q")
    )


def _chart(rows) -> alt.VConcatChart:
    base = alt.Chart(rows)
    bars = kinds.bars(rows, category="item", value="value", course="course", title="Million EUR", step=21)
    # Rows of the other part would lengthen the axis, so each layer is filtered before it is measured.
    money = alt.layer(*kinds.aside(bars).layer, room(base.transform_filter("datum.part == 'money'"), 0.1), data=rows)
    money = money.properties(width=PLOT, height=alt.Step(21))
    item = alt.Y("item:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=130))
    # A row without a percentage is drawn all the same: left out, it would come last, in another order than before.
    base = base.transform_calculate(
        bar="isValid(datum.value) ? datum.value : 0",
        told="isValid(datum.value) ? datum.shown : datum.shown + ' instead of ' + datum.course_shown",
    )
    x = alt.X("bar:Q", title=f"% of the outcome with {COURSE}", axis=alt.Axis(tickCount=5))
    bar = base.mark_bar(height=13, color=PALETTE["own"]).encode(y=item, x=x)
    line = base.mark_rule(strokeDash=[6, 4], strokeWidth=1.5).encode(x="course:Q")
    # Behind the dashed line, too, or it would run through the number.
    at = "isValid(datum.value) ? max(datum.value, datum.course) : datum.course"
    label = base.transform_calculate(at=at).mark_text(align="left", dx=6, fontSize=12)
    wide = room(base.transform_filter("datum.part == 'outcome'"), 0.4)
    outcome = alt.layer(bar, line, label.encode(y=item, x="at:Q", text="told:N"), wide)
    outcome = outcome.properties(width=PLOT, height=alt.Step(21))
    return alt.vconcat(
        money.transform_filter("datum.part == 'money'"),
        outcome.transform_filter("datum.part == 'outcome'"),
        title=alt.Title(
            "Where the money goes, and what comes of it",
            subtitle=f"Bars, numbers: your scenario. Dashed: {COURSE}.",
        ),
        spacing=24,
        config=CONFIG,
    )


def scarce(result) -> str:
    """Whether start-ups lack hours or help, in a sentence."""
    less, more = sorted(["hours", "help"], key=lambda id: getattr(result, f"{id}_for"))
    one, other = (number(getattr(result, f"{id}_for"), -2) for id in (less, more))
    if one == other:
        return f"Hours and help would each be enough for about {one} start-ups."
    verb = "is" if less == "help" else "are"
    return f"{less.capitalize()} {verb} scarcer: enough for {one} start-ups, and the {more} for {other}."


def cut(values: dict) -> str:
    """By how much the levers are cut if they ask for more than there is, in a sentence before all others."""
    asked, budget = sum(values[f"spend_{lever}"] for lever in LEVERS), values["budget"]
    if asked <= budget:
        return ""
    return (
        f"The levers ask for {quantity(asked, 'MEUR', 0)}, and the budget is {number(budget, 0)}: each gets "
        f"{number(100 * budget / asked, 0)} % of its sum. "
    )


def _sentence(evaluation: Evaluation) -> str:
    result, values, band = evaluation.result, evaluation.values, evaluation.band("net_value", -2)
    chance = ""
    if evaluation.bands:
        above = evaluation.bands.simulation.probability("net_value", above=0)
        chance = f", and it pays in {number(100 * above, 0)} % of the draws"
    moved = evaluation.against(number(evaluation.baseline.result.net_value, -2))
    return (
        f"{cut(values)}The programme brings Europe {quantity(result.net_value, 'MEUR', -2)}{band} after all that it "
        f"costs society{chance}. {quantity(result.served, 'company', -2)} are served, and {number(result.extra, -2)} "
        f"of them live because of it. {scarce(result)}{moved}"
    )


VIEWS["policy_portfolio"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "What", "shown": "Value", "course_shown": COURSE_HEAD},
    band=False,
    shares=("budget", tuple(f"spend_{lever}" for lever in LEVERS)),
)


# Lever by lever -------------------------------------------------------------------------------------------------------


def rank_ranges(values: dict, ways: dict[str, list[float]]) -> pd.DataFrame:
    """Ways to spend (million EUR by lever) by the value that Europe captures, the best first.

    Columns: item, value (million EUR), place; low and high, between which the place lies in nine futures of ten; first,
    the share of the futures in percent in which it brings most. What brings the same has the same place.
    """
    future, returns = portfolios.futures_of(values, portfolios.FUTURES)
    drawn = {
        item: np.broadcast_to(
            outcomes(future, effects(spends, future, returns), sum(spends)).captured, (len(future.tries),)
        )
        for item, spends in ways.items()
    }
    ranks = pd.DataFrame(drawn).rank(axis=1, ascending=False, method="min")
    course = {
        item: float(policy_portfolio(**{**values, "budget": sum(spends), **_spent(spends)}).captured)
        for item, spends in ways.items()
    }
    frame = pd.DataFrame({"item": list(ways), "value": list(course.values())})
    frame["place"] = frame.value.rank(ascending=False, method="min").astype(int)
    low, high = (ranks.quantile(end, interpolation="nearest").astype(int) for end in BAND)
    frame["low"], frame["high"] = low.to_numpy(), high.to_numpy()
    frame["first"] = 100 * (ranks == 1).mean().to_numpy()
    return frame.sort_values("place", kind="stable", ignore_index=True)


def _spent(spends) -> dict[str, float]:
    return {f"spend_{lever}": float(money) for lever, money in zip(LEVERS, spends, strict=True)}


def next_money(**changes) -> pd.DataFrame:
    """A little more money in one lever after the other, beside the scenario; ranked by `rank_ranges`.

    Columns: those of `rank_ranges`.
    """
    values = complete(policy_portfolio, changes)
    spends = spending(values)
    more = {LEVER_WORDS[lever]: [spends[other] + STEP * (other == lever) for other in LEVERS] for lever in LEVERS}
    return rank_ranges(values, more)


def placed(row) -> str:
    """The rank of one row in words, with its range."""
    between = f"between {row.low} and {row.high}" if row.low < row.high else f"at {row.low}"
    return f"rank {row.place} at the values set here and {between} in nine futures of ten"


def rank_chart(frame: pd.DataFrame, title: str, subtitle: str, description: str) -> alt.LayerChart:
    told = [f"first in {number(share, 0)} %" for share in frame["first"]]
    base = alt.Chart(alt.Data(values=frame.drop(columns="value").assign(told=told).to_dict("records")))
    item = alt.Y("item:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=130))
    axis = alt.Axis(values=list(range(1, len(frame) + 1)), format="d")
    x = alt.X("place:Q", title="Rank (1 brings most)", axis=axis, scale=alt.Scale(domain=[0.5, len(frame) + 0.5]))
    line = base.mark_rule(strokeWidth=2).encode(y=item, x=alt.X("low:Q"), x2="high:Q")
    dot = base.mark_point(filled=True, size=80, opacity=1, color=PALETTE["component"]).encode(y=item, x=x)
    text = base.mark_text(align="left", dx=8, fontSize=12).encode(y=item, x=alt.XValue("width"), text="told:N")
    chart = alt.layer(line, dot, text).properties(width=PLOT, height=alt.Step(24))
    return kinds.titled(chart, title, subtitle, description)


def next_money_chart(**changes) -> alt.LayerChart:
    """Where a little more money brings Europe most, starting from the portfolio of the scenario."""
    frame = next_money(**changes)
    first, second = frame.iloc[0], frame.iloc[1]
    return rank_chart(
        frame,
        f"The next euro brings most in “{first['item']}”, in {number(first['first'], 0)} % of the futures",
        f"Each lever alone gets {number(STEP)} million EUR more. Dot: rank at the values set here. Line: nine futures "
        "of ten.",
        f"The next euro brings most in “{first['item']}”, with {placed(first)}. “{second['item']}” comes next, with "
        f"{placed(second)}.",
    )


# What hangs on what ---------------------------------------------------------------------------------------------------


def moved(id: str) -> list[str]:
    """Outputs of the portfolio that change when an assumption moves from its P5 to its P95."""
    assumption = get(id)
    low, high = (evaluate(policy_portfolio, **{id: end}) for end in (assumption.low, assumption.high))
    return [o.id for o in find(policy_portfolio).outputs if getattr(low, o.id) != getattr(high, o.id)]
