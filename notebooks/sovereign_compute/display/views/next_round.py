"""Whether the round comes in time, how late it may come, and what a day of delay is worth, drawn by route."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number
from ...models.runway import ROUTES
from .. import kinds
from ..charts import CATEGORIES, VIEWS, View

LATE = {
    "ruin": ROUTES["cloud"],
    "ruin_credits": ROUTES["credits"],
    "ruin_public": ROUTES["public"],
    "ruin_wait": ROUTES["wait"],
}
"""Output of ``next_round`` to the name of the route."""


def _round_rows(evaluation: Evaluation) -> dict[str, list]:
    rows = {key: [] for key in ("route", "value", "draws", "course")}
    for id, name in LATE.items():
        value = float(getattr(evaluation.result, id))
        rows["route"].append(name)
        rows["value"].append(value)
        rows["draws"].append(evaluation.bands.simulation.mean(id) if evaluation.bands else value)
        rows["course"].append(float(getattr(evaluation.baseline.result, id)))
    return rows


def _round_chart(rows) -> alt.LayerChart:
    title = "Risk of an empty account before the round (%)"
    item = alt.Y(
        "route:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=130, labelPadding=10)
    )
    x = alt.X("value:Q", title=title, scale=alt.Scale(domain=[0, 100]))
    base = alt.Chart(rows)
    bar = base.mark_bar(height=14, color=CATEGORIES[4]).encode(y=item, x=x)
    draws = base.mark_tick(thickness=3, size=20, color=CATEGORIES[1]).encode(y=item, x=alt.X("draws:Q", title=title))
    label = base.mark_text(**kinds.COLUMN)
    label = label.encode(y=item, x=alt.value("width"), text=alt.Text("value:Q", format=".1f"))
    chart = alt.layer(
        bar, kinds.ghost(base, 22).encode(y=item, x=alt.X("course:Q", title=title, stack=None)), draws, label
    )
    return kinds.titled(
        chart.properties(width=kinds.WIDTH, height=alt.Step(30)),
        "Does the round come in time?",
        f"Bar and number: on plan. Upright line: mean of all draws. Dashed outline: {COURSE}.",
    )


def _thousand(money: float) -> str:
    return f"{number(money, 0)} thousand EUR" if money >= 0.5 else "next to nothing"


def _chance(percent: float) -> str:
    return f"{number(percent, 1)} %" if percent >= 0.05 else "less than 0.1 %"


def _round_sentence(evaluation: Evaluation) -> str:
    found, v = evaluation.result, evaluation.values
    moved = evaluation.against(_chance(evaluation.baseline.result.ruin))
    if evaluation.bands:
        mean = evaluation.bands.simulation.mean("ruin")
        risk = f"Across all draws, {number(mean, 0)} % of the firms that rent run out of money before the round"
        risk += f" in month {number(v['round_months'])}; on plan the risk is {_chance(found.ruin)}."
    else:
        risk = f"On plan, the risk of running out of money before the round in month {number(v['round_months'])} is "
        risk += f"{_chance(found.ruin)} for a firm that rents."
    return (
        f"{risk}{moved} For a firm that waits for public hours it is {_chance(found.ruin_wait)}. If the round came a "
        f"month later, the owners would lose {_thousand(found.month_value)} of expected value."
    )


VIEWS["next_round"] = View(
    _round_chart,
    _round_rows,
    _round_sentence,
    {
        "route": "Route",
        "value": "Risk on plan, %",
        "draws": "Mean of the draws, %",
        "course": f"{COURSE_HEAD}, %",
    },
    band=False,
)
