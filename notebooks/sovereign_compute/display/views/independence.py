"""How three strategies before a disruption are shown: their cost, where the cheapest changes, and what one regrets."""

import math

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.distributions import ends
from ...analysis.evaluation import COURSE, COURSE_HEAD, Reading, read
from ...analysis.sensitivity import breakeven
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.independence import STRATEGIES, hold_up, independence_value, outcomes, regrets, surcharges
from .. import kinds
from ..charts import VIEWS, View
from ..tables import Table

PARTS = ["Paid for sure", "Price rises", "Disruptions"]
"""What a strategy pays for being prepared; its hold-up; the expected loss by disruptions with its risk premium."""

WORST = "Largest"
"""Heading of the column with the largest regret of a strategy."""


def shares(reading: Reading) -> dict[str, float]:
    """In how many of the draws each strategy is the cheapest, in percent; empty where no band was asked for."""
    if not reading.bands:
        return {}
    draws = reading.bands.simulation.draws
    cheapest = np.argmin([draws[id] for id in STRATEGIES], axis=0)
    return {id: 100 * float(np.mean(cheapest == place)) for place, id in enumerate(STRATEGIES)}


def _value_rows(reading: Reading) -> dict[str, list]:
    rows = {key: [] for key in ("strategy", "part", "value", "total", "course", "cheapest")}
    # What is paid whatever happens; all beyond it is the price of disruptions.
    sure = {"stay": 0.0, "keep": reading.values["exit_readiness"], "buy": float(reading.result.asked)}
    risen = surcharges(reading.values)
    cheapest = shares(reading)
    for id, name in STRATEGIES.items():
        total = float(getattr(reading.result, id))
        for part, value in zip(PARTS, (sure[id], risen[id], total - sure[id] - risen[id]), strict=True):
            rows["strategy"].append(name)
            rows["part"].append(part)
            rows["value"].append(float(value))
            rows["total"].append(total)
            rows["course"].append(float(getattr(reading.compared.result, id)))
            rows["cheapest"].append(round(cheapest[id], 1) if cheapest else "")
    return rows


def _value_chart(rows) -> alt.LayerChart:
    chart = kinds.summed(
        rows, category="strategy", value="value", part="part", parts=PARTS, title="Million EUR a year", text=".2f"
    )
    return kinds.titled(chart, "What each strategy costs", f"Bold: your scenario, in all. Diamond: {COURSE}.")


def _value_sentence(reading: Reading) -> str:
    result, values, band = reading.result, reading.values, reading.band("worth", 2)
    order = sorted(STRATEGIES, key=lambda id: getattr(result, id))
    first, *rest = (f"“{STRATEGIES[id]}” costs {number(getattr(result, id), 2)}" for id in order)
    often = shares(reading)
    drawn = "" if not often else f" and is the cheapest in {number(often[order[0]], 0)} % of the draws"
    moved = reading.against(number(reading.compared.result.worth, 2))
    # The risk premium is an approximation for small risks.
    large = result.one_loss > values["wealth"] / 3
    caution = " One disruption is large against the wealth: the risk premium is only a hint here." if large else ""
    return (
        f"As an insurance, independence is worth {number(result.worth, 2)} million EUR a year{band}, or "
        f"{number(result.fair_premium, 1)} % of the spending on cloud. It also spares price rises of "
        f"{number(result.spared, 2)}, and it costs {number(result.asked, 2)}.{moved} "
        f"{first} million EUR a year{drawn}; {', '.join(rest)}. {_from(result.break_even_probability)}{caution}"
    )


def _from(probability: float) -> str:
    if probability > 100:
        return "No probability of a disruption makes buying cheaper than staying."
    return f"Buying beats staying from a probability of {number(probability, int(probability < 10))} % a year on."


VIEWS["independence_value"] = View(
    _value_chart,
    _value_rows,
    _value_sentence,
    {
        "strategy": "Strategy",
        "part": "Part",
        "value": "Million EUR a year",
        "total": "In all",
        "course": f"{COURSE_HEAD}, in all",
        "cheapest": "Cheapest, % of the draws",
    },
    band=False,
)


# Hold-up ------------------------------------------------------------------------------------------------------------


def hold_up_chart(**changes) -> alt.LayerChart:
    """What is paid above the market in all, year by year, at three price rises, beside the cost of a move."""
    reading = read(independence_value, changes, band=False)
    values, rise = reading.values, get("price_rise")
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
        "What does whoever cannot leave pay?",
        "Lines: what price rises add up to. Above the dashed line leaving is cheaper.",
        f"Rises of {quantity(values[rise.id], rise.unit)} add up to {number(paid(values[rise.id], years), 1)} million "
        f"EUR in {years} years. A move costs {number(most, 1)}. Nobody pays more than the smaller of the two, "
        f"{number(reading.result.hold_up, 2)} million EUR a year.",
    )


# Where the decision flips -------------------------------------------------------------------------------------------


def flip_chart(assumption: str = "disruption_loss", **changes) -> alt.LayerChart:
    """Yearly cost of the three strategies while one assumption moves, from a third of its P5 to ten times its P95."""
    a, values = get(assumption), read(independence_value, changes, band=False).values
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
        "Where does the decision flip?",
        "The lowest line is the cheapest strategy.",
        f"{a.label}: {_segments(walk, curves, a.unit)}.",
    )


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
    for id, value in read(independence_value, changes, band=False).values.items():
        a, found = get(id), [frame.at[id, "at"] for frame in frames.values()]
        at = [quantity(x, a.unit, -3) if x == x else "never" for x in found]
        if set(at) == {"never"}:
            never.append(a.label)
        else:
            rows.append((a.label, quantity(value, a.unit), *at))
    if never:
        others = f"Each of the other {len(never)}" if len(never) > 1 else never[0]
        rows.append((others, "as it is", *["never"] * len(frames)))
    heads = [f"“{STRATEGIES[id]}” costs the same as staying at" for id in frames]
    return Table(pd.DataFrame(rows, columns=["Assumption, moved alone", "Now", *heads]), "Where the decision flips")


# Regret -------------------------------------------------------------------------------------------------------------


def regret_states(values: dict) -> dict[str, float]:
    """The futures that regret is judged in: name to months of disruption."""
    a = get("disruption_duration")
    months = {"No disruption": 0.0}
    for length in (values[a.id], ends(a, values[a.id])[1]):
        months[f"{quantity(length, a.unit)}"] = length
    return months


def regret_chart(**changes) -> alt.LayerChart:
    """What each strategy costs beyond the best one, once one knows whether and how long there was a disruption."""
    values = read(independence_value, changes, band=False).values
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
        "What will you regret?",
        f"Million EUR over {number(values['planning_years'])} years, more than with the best strategy of that future.",
        f"“{STRATEGIES[least]}” has the smallest largest regret, {number(worst[least], 1)} million EUR over "
        f"{number(values['planning_years'])} years; "
        + ", ".join(f"“{STRATEGIES[id]}” has {number(worst[id], 1)}" for id in STRATEGIES if id != least)
        + ".",
    )
