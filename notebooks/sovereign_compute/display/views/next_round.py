"""Whether the round comes in time, how late it may come, and what a day of delay is worth, drawn by route."""

import altair as alt
import numpy as np

from ...analysis.evaluation import COURSE, COURSE_HEAD, Reading, read
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.next_round import next_round
from ...models.runway import ROUTES
from .. import kinds
from ..charts import CATEGORIES, VIEWS, View
from .runway import look

LATE = {
    "ruin": ROUTES["cloud"],
    "ruin_credits": ROUTES["credits"],
    "ruin_public": ROUTES["public"],
    "ruin_wait": ROUTES["wait"],
}
"""Output of ``next_round`` to the name of the route."""


def _round_rows(reading: Reading) -> dict[str, list]:
    rows = {key: [] for key in ("route", "value", "draws", "course")}
    for id, name in LATE.items():
        value = float(getattr(reading.result, id))
        rows["route"].append(name)
        rows["value"].append(value)
        rows["draws"].append(reading.bands.simulation.mean(id) if reading.bands else value)
        rows["course"].append(float(getattr(reading.compared.result, id)))
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
    chart = alt.layer(bar, kinds.diamond(base).encode(y=item, x=alt.X("course:Q", title=title)), draws, label)
    return kinds.titled(
        chart.properties(width=kinds.WIDTH, height=alt.Step(30)),
        "Does the round come in time?",
        f"Bar, number at the right: your values. Diamond: {COURSE}. Upright line: mean of all draws.",
    )


def _thousand(money: float) -> str:
    return f"{number(money, 0)} thousand EUR" if money >= 0.5 else "next to nothing"


def _chance(percent: float) -> str:
    return f"{number(percent, 1)} %" if percent >= 0.05 else "less than 0.1 %"


def _round_sentence(reading: Reading) -> str:
    found, v = reading.result, reading.values
    chance = f"a chance of {_chance(found.ruin)}"
    if reading.bands:
        mean = reading.bands.simulation.mean("ruin")
        chance = f"a chance of {number(mean, 0)} % over all draws, and of {_chance(found.ruin)} if it goes to plan"
    moved = reading.against(_chance(reading.compared.result.ruin))
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


def _over_round(values: dict) -> tuple[np.ndarray, object]:
    walk = np.arange(6.0, 49.0)
    return walk, next_round(**{**values, "round_months": walk})


def ruin_chart(**changes) -> alt.LayerChart:
    """The chance of an empty account before the round over the months until the round, by route."""
    values = read(next_round, changes, band=False).values
    walk, found = _over_round(values)
    rows = [
        {"month": float(x), "chance": float(y), "route": name}
        for id, name in LATE.items()
        for x, y in zip(walk, getattr(found, id), strict=True)
    ]
    chart = alt.Chart(alt.Data(values=rows)).mark_line()
    chart = chart.encode(
        x=alt.X("month:Q", title="Months until the round is due", scale=alt.Scale(zero=False, nice=False)),
        y=alt.Y("chance:Q", title="Chance of an empty account before it (%)"),
        **look([id for id, name in ROUTES.items() if name in LATE.values()]),
    )
    half = {name: _first(walk, getattr(found, id) >= 50) for id, name in LATE.items()}
    told = ", ".join(f"{name}: {'never' if at is None else f'month {number(at)}'}" for name, at in half.items())
    due = kinds.reference(values["round_months"], "")
    whose = "your date" if changes else "the course's value"
    date = f"{whose}, {number(values['round_months'])} months"
    return kinds.titled(
        alt.layer(chart, due).properties(width=kinds.WIDTH, height=240),
        "How late may the round come?",
        ["Each line: the chance of running dry, if the round is due in that month.", f"Upright, dashed: {date}."],
        f"The chance of running dry before the round passes one half if it is due in: {told}.",
    )


def _first(walk: np.ndarray, hit: np.ndarray) -> float | None:
    """The first point of a walk that is hit."""
    return float(walk[hit.argmax()]) if hit.any() else None


def day_value_chart(**changes) -> alt.LayerChart:
    """What a day of delay takes from the owners, over the months until the round, beside the value used on waiting."""
    values = read(next_round, changes, band=False).values
    walk, found = _over_round(values)
    guess = get("delay_value")
    rows = [
        {"month": float(x), "worth": float(y) / 1000} for x, y in zip(walk, np.maximum(found.day_value, 0), strict=True)
    ]
    peak = int(np.argmax(found.day_value))
    chart = kinds.lines(
        alt.Data(values=rows),
        x="month",
        y="worth",
        x_title="Months until the round is due",
        y_title="Thousand USD a day",
        height=220,
    )
    line = kinds.reference(guess.value / 1000, f"{number(guess.value)} USD: lesson 25", axis="y")
    dearer = walk[found.day_value > guess.value]
    span = (
        f"above the {number(guess.value)} USD of lesson 25 from month {number(dearer[0])} to {number(dearer[-1])}"
        if len(dearer)
        else f"nowhere above the {number(guess.value)} USD of lesson 25"
    )
    return kinds.titled(
        alt.layer(chart, line),
        "A day is worth nothing, then everything, then nothing",
        "Expected value that the old owners lose if the round comes one day later.",
        f"A day of delay costs the owners most if the round is due in month {number(walk[peak])}: "
        f"{number(float(found.day_value[peak]), -2)} USD; it is {span}.",
    )
