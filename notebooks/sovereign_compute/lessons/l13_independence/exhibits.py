"""What lesson 13 alone shows."""

import math
from functools import partial

import altair as alt
import numpy as np

from ...analysis.evaluation import evaluation_of
from ...analysis.sensitivity import breakeven
from ...display import kinds
from ...display.tables import Column, Table, source_words
from ...display.views.belief import AXIS, after_events
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.ranges import ends
from ...inputs.units import unit_words
from ...inputs.wording import counted, listed, number, quantity
from ...models.belief import disruption_belief, interval
from ...models.exit import exit_option
from ...models.independence import STRATEGIES, hold_up, independence_value, outcomes, regrets
from ...models.parts.constants import PERCENT

WORTH, COST = "What it is worth", "What it costs"
LEGAL_BASES = ("safe-harbour-2015", "privacy-shield-2020")


NO_EVENTS = ("dpf-upheld-2025",)


SINGLE_PERSONS = ("icc-mailbox-2025", "icc-accounts-2025")


def disruption_events() -> Table:
    """The events that one may count, or refuse to count, as disruptions."""
    yes = {True: "yes", False: "no"}
    rows = [
        (r["as_of"], r["event"], r["effect"], yes[r["interruption"]], yes[r["disputed"]], source_words(r["source"]))
        for r in data.records("disruptions")
    ]
    columns = ["Date", "Event", "What it did to users in Europe", "Interruption?", "Disputed?", "Source"]
    return Table(rows, f"Which of these {len(rows)} events do you count?", columns)


def readings_of_the_list() -> dict[str, int]:
    """Five ways to count, from the strictest to the widest: name to the number of years with an event."""
    rows = {row["id"]: row for row in data.records("disruptions")}
    reported = [id for id, row in rows.items() if row["interruption"]]
    counted = {
        "None: no firm stood still": [],
        "Not those of single persons": [id for id in reported if id not in SINGLE_PERSONS],
        "Reported interruptions": reported,
        "… and lost legal bases": [*reported, *LEGAL_BASES],
        "… and every threat": [id for id in rows if id not in NO_EVENTS],
    }
    return {name: len({rows[id]["as_of"][:4] for id in ids}) for name, ids in counted.items()}


def worth_chart() -> alt.LayerChart:
    """What independence is worth in a year beside what it costs, in percent of the spending on cloud."""
    evaluation = evaluation_of(independence_value)
    result, values = evaluation.result, evaluation.values
    spending = values["cloud_spending"]
    parts = {
        (WORTH, "Insurance"): result.worth,
        (WORTH, "Price rises spared"): result.spared,
        (COST, "Premium"): spending * values["sovereign_premium"] * PERCENT,
        (COST, "Move, spread over the years"): values["switching_cost"] / values["planning_years"],
    }
    rows = [
        {"side": side, "part": part, "share": 100 * float(amount) / spending} for (side, part), amount in parts.items()
    ]
    sums = {side: sum(row["share"] for row in rows if row["side"] == side) for side in (WORTH, COST)}
    chart = kinds.stacked(
        alt.Data(values=rows),
        category="side",
        value="share",
        part="part",
        parts=[part for _, part in parts],
        title="% of the spending on cloud, a year",
        text=".1f",
        least=0.05,
    )
    return kinds.titled(
        chart,
        f"As an insurance, independence is worth {number(rows[0]['share'], 1)} % of the bill; it costs "
        f"{number(sums[COST], 1)} %",
        description=f"As an insurance, independence is worth {number(rows[0]['share'], 1)} % of the spending on cloud; "
        f"with the price rises that it spares, {number(sums[WORTH], 1)} %. The premium and the move cost "
        f"{number(sums[COST], 1)} %.",
    )


def belief_chart(**changes) -> alt.LayerChart:
    """The probability of a disruption under five readings of the same list of events."""
    values = evaluation_of(disruption_belief, changes, band=False).values
    rows = []
    for name, count in readings_of_the_list().items():
        now = {**values, "observed_events": float(count)}
        low, high = interval(*after_events(now))
        mean = float(disruption_belief(**now).mean)
        rows.append({"reading": f"{name} ({count})", "value": mean, "low": low, "high": high})
    chart = kinds.bars(
        alt.Data(values=rows), category="reading", value="value", low="low", high="high", title=AXIS, text=".1f"
    )
    return kinds.titled(
        chart,
        f"One list, {len(rows)} ways to count: from {number(min(row['value'] for row in rows), 1)} to "
        f"{number(max(row['value'] for row in rows), 1)} % a year",
        "In brackets: years with an event. Line: 90 % of the belief.",
        "The same list gives "
        + ", ".join(f"{number(row['value'], 1)} % a year to “{row['reading']}”" for row in rows)
        + ".",
    )


def exit_chart(**changes) -> alt.LayerChart:
    """The worth of the exit over the correlation of the two services, for a calm, a usual and a stormy world."""
    values = evaluation_of(exit_option, changes, band=False).values
    a, b = get("value_correlation"), get("foreign_volatility")
    walk = np.linspace(a.hard_min, a.hard_max, 39)
    worlds = {f"{name} ({number(at)} %)": at for name, at in (("calm", b.low), ("usual", b.value), ("stormy", b.high))}
    curves = {
        name: exit_option(**{**values, a.id: walk, b.id: volatility}).option for name, volatility in worlds.items()
    }
    rows = [
        {"correlation": float(x), "option": float(y), "world": name}
        for name, curve in curves.items()
        for x, y in zip(walk, curve, strict=True)
    ]
    cost = exit_option(**values).readiness
    chart = kinds.lines(
        alt.Data(values=rows),
        x="correlation",
        y="option",
        x_title="Correlation of the two values (1: they fall together)",
        y_title="Worth of the right to move (million EUR)",
        series="world",
        names=list(worlds),
    )
    # At the right end the lower two lie so close that their names would meet.
    lowest, _, highest = sorted(worlds, key=lambda name: curves[name][-1])
    chart.layer[-1].mark.dy = alt.expr(f"datum.world == {lowest!r} ? 5 : datum.world == {highest!r} ? 0 : -5")
    calm, usual, stormy = curves.values()
    middle = len(walk) // 2
    return kinds.titled(
        alt.layer(chart, kinds.reference(cost, f"readiness costs {number(cost, 1)}", axis="y")),
        f"Onto the same chips, an exit loses {number(100 * (1 - usual[-1] / usual[middle]), 0)} % of its worth",
        f"One line each for how much the foreign value changes in a year ({b.label.lower()}).",
        f"At usual uncertainty the right to move is worth {quantity(usual[0], 'MEUR', 2)} at a correlation of "
        f"{number(walk[0], 2)} and {quantity(usual[-1], 'MEUR', 2)} at {number(walk[-1], 2)}; keeping it costs "
        f"{quantity(cost, 'MEUR', 1)}. At a correlation of {number(walk[middle], 2)} it is worth "
        f"{number(calm[middle], 2)} in the calm world and {number(stormy[middle], 2)} in the stormy one.",
    )


WORST = "Largest"
"""Heading of the column with the largest regret of a strategy."""


def hold_up_chart(**changes) -> alt.LayerChart:
    """What is paid above the market in all, year by year, at three price rises, beside the cost of a move."""
    evaluation = evaluation_of(independence_value, changes, band=False)
    values, rise = evaluation.values, get("price_rise")
    most, years = values["switching_cost"], int(values["planning_years"])

    def paid(rate: float, until: int) -> float:
        return until * float(hold_up(values["cloud_spending"], rate, until, math.inf))

    rates = sorted({values[rise.id], *ends(rise, values[rise.id])})
    names = [quantity(rate, rise.unit, -2) for rate in rates]
    rows = [
        {"year": year, "sum": paid(rate, year), "rise": name}
        for rate, name in zip(rates, names, strict=True)
        for year in range(1, years + 1)
    ]
    chart = kinds.lines(
        alt.Data(values=rows),
        x="year",
        y="sum",
        x_title="Year",
        y_title="Million EUR above the market, in all",
        series="rise",
        names=names,
    )
    return kinds.titled(
        alt.layer(chart, kinds.reference(most, "cost of a move", axis="y")),
        f"Price rises cost at most what it costs to leave: {number(most, 1)} million EUR",
        "Lines: what price rises add up to. Above the dashed line it is cheaper to leave.",
        f"Rises of {quantity(values[rise.id], rise.unit)} add up to {number(paid(values[rise.id], years), 1)} million "
        f"EUR in {years} years. A move costs {number(most, 1)}. Nobody pays more than the smaller of the two, "
        f"{number(evaluation.result.hold_up, 2)} million EUR a year.",
    )


def flip_chart(assumption: str = "disruption_loss", **changes) -> alt.LayerChart:
    """Yearly cost of the three strategies while one assumption moves, from a third of its P5 to ten times its P95."""
    a, values = get(assumption), evaluation_of(independence_value, changes, band=False).values
    start, end = max(a.hard_min, a.low / 3), min(a.hard_max, 10 * a.high)
    walk = np.geomspace(start, end, 60) if a.scale == "log" else np.linspace(start, end, 60)
    found = independence_value(**{**values, assumption: walk})
    curves = {id: np.broadcast_to(getattr(found, id), walk.shape) for id in STRATEGIES}
    rows = [
        {"at": float(x), "cost": float(y), "strategy": STRATEGIES[id]}
        for id, curve in curves.items()
        for x, y in zip(walk, curve, strict=True)
    ]
    label = f"{a.label} ({quantity(0, a.unit).removeprefix('0 ')})"
    chart = kinds.lines(
        alt.Data(values=rows),
        x="at",
        y="cost",
        x_title=label,
        y_title="Million EUR a year",
        series="strategy",
        names=list(STRATEGIES.values()),
        log_x=a.scale == "log",
    )
    here = kinds.reference(values[assumption], "your value" if changes else "course's value")
    return kinds.titled(
        alt.layer(chart, here),
        f"{a.label} decides between {listed(_winners(curves))}",
        "The lowest line is the cheapest strategy.",
        f"{a.label}: {_segments(walk, curves, a.unit)}.",
    )


def _winners(curves: dict[str, np.ndarray]) -> list[str]:
    """The strategies that are the cheapest somewhere, in the order in which they are."""
    cheapest = np.array(list(curves.values())).argmin(axis=0)
    names = list(STRATEGIES.values())
    return [f"“{names[place]}”" for place in dict.fromkeys(cheapest.tolist())]


def _segments(walk: np.ndarray, curves: dict[str, np.ndarray], unit: str) -> str:
    """Which strategy is the cheapest from where on, in words."""
    costs, names = np.array(list(curves.values())), list(STRATEGIES.values())
    cheapest = costs.argmin(axis=0)
    said = [f"from {quantity(walk[0], unit, -2)} “{names[cheapest[0]]}” is the cheapest strategy"]
    for place in np.flatnonzero(np.diff(cheapest)):
        before, after = cheapest[place], cheapest[place + 1]
        lead = costs[after, place : place + 2] - costs[before, place : place + 2]
        at = walk[place] + (walk[place + 1] - walk[place]) * lead[0] / (lead[0] - lead[1])
        said.append(f"from about {quantity(at, unit, -2)} “{names[after]}”")
    return ", ".join(said)


def flip_table(**changes) -> Table:
    """How far an assumption alone must move until another strategy costs as much as staying; the others in one row."""
    frames = {
        id: breakeven(independence_value, changes, "stay", against=id).set_index("assumption")
        for id in STRATEGIES
        if id != "stay"
    }
    rows, never = [], []
    for id, value in evaluation_of(independence_value, changes, band=False).values.items():
        a, found = get(id), [frame.at[id, "at"] for frame in frames.values()]
        if all(map(math.isnan, found)):
            never.append(a.label)
        else:
            rows.append((a.label, value, unit_words(a.unit), *found))
    if never:
        others = f"Each of the other {len(never)}" if len(never) > 1 else never[0]
        rows.append((others, math.nan, "", *[math.nan] * len(frames)))
    columns = ["Assumption, moved alone", Column("Now", counted, of=("Now", "Unit"), missing="as it is")]
    for id in frames:
        head = f"“{STRATEGIES[id]}” costs the same as staying at"
        columns.append(Column(head, partial(counted, digits=-3), of=(head, "Unit"), missing="never"))
    return Table(rows, "From which value on another strategy wins, one assumption at a time", columns)


def regret_states(values: dict) -> dict[str, float]:
    """The futures that regret is judged in: name to months of disruption."""
    a = get("disruption_duration")
    months = {"No disruption": 0.0}
    for length in (values[a.id], ends(a, values[a.id])[1]):
        months[f"{quantity(length, a.unit)}"] = length
    return months


def regret_chart(**changes) -> alt.LayerChart:
    """What each strategy costs beyond the best one, once one knows whether and how long there was a disruption."""
    values = evaluation_of(independence_value, changes, band=False).values
    states = regret_states(values)
    found = regrets({state: outcomes(values, months) for state, months in states.items()})
    worst = {id: max(of[id] for of in found.values()) for id in STRATEGIES}
    rows = [
        {"strategy": name, "state": state, "regret": of[id]}
        for id, name in STRATEGIES.items()
        for state, of in [*found.items(), (WORST, worst)]
    ]
    chart = kinds.heat_map(
        alt.Data(values=rows),
        x="state",
        y="strategy",
        value="regret",
        title="Million EUR",
        text=".1f",
        x_title="Length of the one disruption; the largest regret of each strategy",
    )
    least = min(worst, key=worst.get)
    return kinds.titled(
        chart,
        f"“{STRATEGIES[least]}” is never regretted by more than {number(worst[least], 1)} million EUR",
        f"Million EUR over {number(values['planning_years'])} years beyond the best strategy for that future.",
        f"“{STRATEGIES[least]}” has the smallest largest regret, {number(worst[least], 1)} million EUR over "
        f"{number(values['planning_years'])} years; "
        + ", ".join(f"“{STRATEGIES[id]}” has {number(worst[id], 1)}" for id in STRATEGIES if id != least)
        + ".",
    )
