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
    title = "Chance of an empty account before the round (%)"
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
        f"Bar, number at the right: your values. Dashed outline: {COURSE}. Upright line: mean of all draws.",
    )


def _thousand(money: float) -> str:
    return f"{number(money, 0)} thousand EUR" if money >= 0.5 else "next to nothing"


def _chance(percent: float) -> str:
    return f"{number(percent, 1)} %" if percent >= 0.05 else "less than 0.1 %"


def _round_sentence(evaluation: Evaluation) -> str:
    found, v = evaluation.result, evaluation.values
    chance = f"a chance of {_chance(found.ruin)}"
    if evaluation.bands:
        mean = evaluation.bands.simulation.mean("ruin")
        chance = f"a chance of {number(mean, 0)} % over all draws, and of {_chance(found.ruin)} if it goes to plan"
    moved = evaluation.against(_chance(evaluation.baseline.result.ruin))
    return (
        f"A round is due in {number(v['round_months'])} months. Rented on demand, the account is empty before it with "
        f"{chance}.{moved} Who waits for public hours comes later by the wait and, on plan, "
        f"runs dry with a chance of {_chance(found.ruin_wait)}. If the round came a month later, the owners would "
        f"lose {_thousand(found.month_value)} of expected value, and the firm would "
        f"{'spend' if found.month_burn >= 0 else 'earn'} {_thousand(abs(found.month_burn))} of cash."
    )


VIEWS["next_round"] = View(
    _round_chart,
    _round_rows,
    _round_sentence,
    {
        "route": "Route",
        "value": "Chance, % (your values)",
        "draws": "Mean of the draws, %",
        "course": f"{COURSE_HEAD}, %",
    },
    band=False,
)
