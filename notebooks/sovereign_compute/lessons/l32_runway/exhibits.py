"""What lesson 32 alone shows."""

import math

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...display import kinds
from ...display.tables import Column, Table, source_words
from ...display.views.next_round import LATE
from ...display.views.runway import at_work, look
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.next_round import next_round
from ...models.runway import ROUTES, runway


def _over_round(values: dict) -> tuple[np.ndarray, object]:
    walk = np.arange(6.0, 49.0)
    return walk, next_round(**{**values, "round_months": walk})


TOGETHER = "Credits first; or public hours, rent meanwhile"


def _drawn(curves: dict[str, np.ndarray], near: float) -> dict[str, str]:
    """Names of the lines to draw, by route: one line stands for credits and public hours where they run together."""
    names = {id: ROUTES[id] for id in curves}
    if np.max(np.abs(curves["credits"] - curves["public"])) <= near:
        names["credits"] = TOGETHER
        del names["public"]
    return names


def ruin_chart(**changes) -> alt.LayerChart:
    """The chance of an empty account before the round over the months until the round, by route."""
    values = evaluation_of(next_round, changes, band=False).values
    walk, found = _over_round(values)
    risk = {id: getattr(found, output) for output, of in LATE.items() for id, name in ROUTES.items() if name == of}
    drawn = _drawn(risk, near=2)
    rows = [
        {"month": float(x), "chance": float(y), "route": name}
        for id, name in drawn.items()
        for x, y in zip(walk, risk[id], strict=True)
    ]
    chart = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=2.5)
    chart = chart.encode(
        x=alt.X("month:Q", title="Months until the round is due", scale=alt.Scale(zero=False, nice=False)),
        y=alt.Y("chance:Q", title="Risk of an empty account before it (%)"),
        **look(drawn),
    )
    half = {name: _first(walk, getattr(found, id) >= 50) for id, name in LATE.items()}
    told = ", ".join(f"{name}: {'never' if at is None else f'month {number(at)}'}" for name, at in half.items())
    whose = "your date" if changes else "the course's date"
    due = kinds.reference(values["round_months"], f"{whose}: month {number(values['round_months'])}")
    return kinds.titled(
        alt.layer(chart, due).properties(width=kinds.WIDTH, height=240),
        _cliff(half[LATE["ruin"]]),
        "Each line: the risk of running out of money first, if the round is due in that month and all goes to plan.",
        f"The risk of running out of money before the round passes one half if it is due in: {told}.",
    )


def _cliff(half: float | None) -> str:
    """What the lines show, from the month in which the risk of a firm that rents passes one half."""
    if half is None:
        return "The money lasts until the round, however late it comes"
    return f"A round due in month {number(half)} or later comes too late for most firms that rent"


def _first(walk: np.ndarray, hit: np.ndarray) -> float | None:
    """The first point of a walk that is hit."""
    return float(walk[hit.argmax()]) if hit.any() else None


def day_value_chart(**changes) -> alt.LayerChart:
    """What a day of delay takes from the owners, over the months until the round, beside the value used on waiting."""
    values = evaluation_of(next_round, changes, band=False).values
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
        height=190,
    )
    line = kinds.reference(guess.value / 1000, f"{number(guess.value)} USD: the value of a day in lesson 25", axis="y")
    dearer = walk[found.day_value > guess.value]
    span = (
        f"above the {number(guess.value)} USD of lesson 25 from month {number(dearer[0])} to {number(dearer[-1])}"
        if len(dearer)
        else f"nowhere above the {number(guess.value)} USD of lesson 25"
    )
    return kinds.titled(
        alt.layer(chart, line),
        "A day is worth nothing, then everything, then nothing",
        "Expected value that the old owners lose if the round comes one day later, on plan.",
        f"A day of delay costs the owners most if the round is due in month {number(walk[peak])}: "
        f"{number(float(found.day_value[peak]), -2)} USD; it is {span}.",
    )


def need_chart(**changes) -> alt.LayerChart:
    """Months at work beyond renting on demand, by route, while the need for computing moves."""
    a, values = get("compute_need"), evaluation_of(runway, changes, band=False).values
    walk = np.geomspace(a.low / 2, a.high * 2, 40)
    found = runway(**{**values, "compute_need": walk})
    gain = {id: np.broadcast_to(work, walk.shape) - found.cloud for id, work in at_work(found).items() if id != "cloud"}
    drawn = _drawn(gain, near=0.15)
    rows = [
        {"need": float(x), "gain": float(y), "route": name}
        for id, name in drawn.items()
        for x, y in zip(walk, gain[id], strict=True)
    ]
    # Buying much for a small need loses so many months that the others would be one line: the chart ends below them.
    least = min(float(curve.min()) for id, curve in gain.items() if id != "own")
    below = float(gain["own"].min())
    up = alt.Scale(domain=[math.floor(min(least, 0)) - 2, math.ceil(max(float(x.max()) for x in gain.values()))])
    cut = f"“{ROUTES['own']}” falls to {number(below, 0)} months, below the chart." if below < up.domain[0] else ""
    ticks = alt.Axis(values=[1_000, 3_000, 10_000, 30_000, 100_000], format=",")
    chart = alt.Chart(alt.Data(values=rows)).mark_line(clip=True, strokeWidth=2.5)
    chart = chart.encode(
        x=alt.X(
            "need:Q", title="Computing in a month (GPU-hours)", scale=alt.Scale(type="log", nice=False), axis=ticks
        ),
        y=alt.Y("gain:Q", title="Months at work beyond renting on demand", scale=up),
        **look(drawn),
    )
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(strokeWidth=1.5).encode(y="at:Q")
    here = kinds.reference(values["compute_need"], "your need" if changes else "course's value")
    best = [max(gain, key=lambda id: gain[id][place]) for place in range(len(walk))]
    told = [f"from {quantity(float(walk[0]), a.unit, -2)} on “{ROUTES[best[0]]}”"]
    for place in range(1, len(walk)):
        if best[place] != best[place - 1]:
            told.append(f"from about {quantity(float(walk[place]), a.unit, -2)} on “{ROUTES[best[place]]}”")
    ends = ", ".join(f"{ROUTES[id]} {number(curve[-1], 1)}" for id, curve in gain.items())
    return kinds.titled(
        alt.layer(chart, zero, here).properties(width=kinds.WIDTH, height=220),
        _best_by_need(walk, best),
        ["Above the line: more months at work than if computing is rented on demand.", *filter(None, [cut])],
        f"Best beside renting on demand: {', '.join(told)}. Months gained at the largest need: {ends}.",
    )


def _best_by_need(walk: np.ndarray, best: list[str]) -> str:
    """Which way gains most for a small and for a large need, and where that changes."""
    first, last = best[0], best[-1]
    if first == last:
        return f"“{ROUTES[first]}” gains most time, whatever the need"
    turn = quantity(float(walk[best.index(last)]), get("compute_need").unit, -2)
    return f"“{ROUTES[first]}” gains most for a small need, “{ROUTES[last]}” from {turn} on"


def _at_most(most: float, least: float) -> str:
    if pd.notna(most):
        return number(most)
    return "not known" if pd.isna(least) else f"more than {number(least)}"


def route_table() -> Table:
    """The documented ways to computing: how much, after how many days, at what price."""
    rows = [
        (
            r["route"][:1].upper() + r["route"][1:],
            *(r["maximum_gpu_hours"], r["minimum_gpu_hours"]),
            r["decision_days"],
            r["cut_off_days"],
            r["price_usd"],
            r["tier"],
            source_words(r["source"]),
        )
        for r in data.records("access_routes")
    ]
    columns = [
        "Route",
        Column("GPU-hours, at most", _at_most, of=("GPU-hours, at most", "GPU-hours, more than")),
        Column("Days to the decision", number, missing="not known"),
        Column("Days between cut-offs", number, missing="not known"),
        Column("USD per GPU-hour", lambda price: number(price) if price else "free", missing="not known"),
        "Evidence",
        "Source",
    ]
    return Table(rows, f"{len(rows)} documented ways to computing, with their days", columns)
