"""What lesson 12 alone shows."""

import altair as alt
import numpy as np

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete, inputs
from ...display import kinds
from ...display.charts import BLUE, CONFIG, VIEWS, WIDTH
from ...display.contract import rows_of
from ...display.prose import the
from ...display.tables import Column, Table
from ...display.views.framework import PLACES, ranks_of_services
from ...display.views.layers import weights_of_layers
from ...inputs import data
from ...inputs.wording import listed, number
from ...models import framework, layers
from ...models.concentration import effective_number, market_intervals
from ...models.concentration import market_concentration as market_concentration
from ...models.framework import WEIGHTS, rank_of_services
from ...models.layers import LEAST, POINTS, independence, layer_independence
from ...models.parts.services import FULL, SHORT

NEVER = "never"
COUNTS = {1: "one winner", 2: "two winners", 3: "three winners"}


def concentration_chart() -> alt.LayerChart:
    """HHI of six markets as intervals, with the lines of the two US guidelines."""
    found = market_intervals()
    lines = {row["id"]: row["value"] for row in data.records("dependence")}
    now, then = lines["hhi-line-us-2023"], lines["hhi-line-us-2010"]
    rows = [
        {
            "market": market,
            "low": low,
            "high": high,
            "at": max(high, then),  # clear of the dashed lines
            "text": number(low, 0) if round(low) == round(high) else f"{number(low, 0)} to {number(high, 0)}",
        }
        for market, (low, high) in found.items()
    ]
    base = alt.Chart(alt.Data(values=rows))
    item = alt.Y("market:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=130))
    x = alt.X("low:Q", title="HHI (points; 10,000 is a monopoly)", scale=alt.Scale(domain=[0, 12500]))
    x = x.axis(values=[0, 2500, 5000, 7500, 10000], format=",.0f")
    span = base.mark_rule(strokeWidth=5, color=BLUE).encode(y=item, x=x, x2="high:Q")
    ends = [
        base.mark_point(filled=True, size=60, color=BLUE, opacity=1).encode(y=item, x=f"{end}:Q")
        for end in ("low", "high")
    ]
    label = base.mark_text(align="left", dx=8, fontSize=12).encode(y=item, x="at:Q", text="text:N")
    # Two lines stand close together: one name to the left of its line, one to the right.
    marks = []
    for value, year, side in ((now, "2023", "right"), (then, "2010", "left")):
        at = alt.Chart(alt.Data(values=[{"at": value, "text": f"{number(value)} ({year})"}]))
        marks.append(at.mark_rule(strokeDash=[6, 4], strokeWidth=1.5).encode(x="at:Q"))
        marks.append(
            at.mark_text(align=side, dx=-4 if side == "right" else 4, fontSize=11).encode(
                x="at:Q", y=alt.value(-7), text="text:N"
            )
        )
    between = [market for market, (low, high) in found.items() if low <= now < high]
    firm, orders = found["Cloud, Europe, by firm"], found["Cloud, Europe, by jurisdiction"]
    where = "above" if firm[0] > now else "below" if firm[1] < now else "on both sides of"
    equals = [number(effective_number(end), 1) for end in orders]
    return kinds.titled(
        alt.layer(*marks, span, *ends, label).properties(width=WIDTH - 130, height=alt.Step(28)),
        f"Counted by firm, Europe's cloud market is {where} the line; by jurisdiction it is "
        f"{'far above' if orders[0] > 2 * now else 'above' if orders[0] > now else 'around'} it",
        "Bars: from the lowest to the highest HHI that fits what is published. Dashed: high concentration by US "
        "guidelines. By jurisdiction: our own index.",
        f"The European cloud market has an HHI of {number(firm[0], 0)} to {number(firm[1], 0)} by firm and of "
        f"{number(orders[0], 0)} to {number(orders[1], 0)} by jurisdiction, as much as {equals[1]} to {equals[0]} "
        f"equal parties. What is not published decides whether it is above the line of {number(now)} in the case "
        f"“{'”, “'.join(between)}”; the line of 2010 is {number(then)}.",
    )


def places_chart() -> alt.LayerChart:
    """The chance of each place of each service at the course's values."""
    evaluation = evaluation_of(rank_of_services, band=False)
    rows = [row for row in rows_of(VIEWS["rank_of_services"].rows(evaluation)) if row["place"] in PLACES]
    chance = {(row["service"], row["place"]): row["value"] for row in rows}
    first, second = sorted(SHORT.values(), key=lambda name: -chance[name, PLACES[0]])[:2]
    last = max(SHORT.values(), key=lambda name: chance[name, PLACES[-1]])
    chart = kinds.heat_map(
        alt.Data(values=rows), x="place", y="service", value="value", title="% of the judgements", step=30
    )
    told = f"{the(first)} or {the(second)} ranks first, {the(last)} last"
    return kinds.titled(
        chart,
        f"{told[0].upper()}{told[1:]}",
        "How often each service takes each place, in % of the judgements.",
        VIEWS["rank_of_services"].sentence(evaluation),
    )


def weight_flips(**changes) -> Table:
    """For each objective: the weight at which the probable first place changes hands, if it does between 0 and 100."""
    values = complete(rank_of_services, changes)

    def leader(id: str, weight: float) -> str:
        chances = ranks_of_services({**values, id: float(weight)})
        return list(SHORT.values())[int(chances[:, 0].argmax())]

    rows = []
    for id in WEIGHTS:
        here = leader(id, values[id])
        turns = []
        for end in (0, 100):
            if (there := leader(id, end)) != here:
                same, other = values[id], end
                while abs(other - same) > 1:
                    middle = round((same + other) / 2)
                    if leader(id, middle) == here:
                        same = middle
                    else:
                        other = middle
                turns.append(f"{'below' if end == 0 else 'from'} {number(other + (end == 0))}: {there}")
        label = inputs(rank_of_services)[id].label.removesuffix(" weight")
        rows.append((label, values[id], here, "; ".join(turns) or NEVER))
    turning = sum(last != NEVER for *_, last in rows)
    columns = [
        "Objective",
        Column("Weight now", number),
        "Most often first",
        "Another is first, if this weight alone moves",
    ]
    return Table(rows, f"{turning} of {len(rows)} weights, moved alone, put another service first", columns)


def three_means_chart(**changes) -> alt.HConcatChart:
    """The same points added up in three ways; the line is what the evidence leaves open."""
    weights = weights_of_layers(complete(layer_independence, changes))
    weakest = [[max(x, LEAST) for x in POINTS[:, :, end].min(axis=1) / FULL] for end in range(3)]
    ways = {
        "weighted mean": [independence(weights, 1.0, end) for end in range(3)],
        "geometric mean": [independence(weights, 0.0, end) for end in range(3)],
        "weakest layer": weakest,
    }
    parts, best = [], {}
    for way, (low, value, high) in ways.items():
        rows = [
            {"service": name, "low": 100 * float(a), "value": 100 * float(b), "high": 100 * float(c)}
            for name, a, b, c in zip(SHORT.values(), low, value, high, strict=True)
        ]
        most = max(row["value"] for row in rows)
        best[way] = most, [row["service"] for row in rows if row["value"] > most - 0.5]
        base = alt.Chart(alt.Data(values=rows)).properties(width=125, height=alt.Step(28))
        axis = alt.Axis(ticks=False, domain=False) if not parts else None
        item = alt.Y("service:N", sort=None, title=None, axis=axis)
        scale = alt.Scale(domain=[0, 100])
        line = base.mark_rule(strokeWidth=2, color=BLUE).encode(
            y=item, x=alt.X("low:Q", title=f"{way}, %", scale=scale), x2="high:Q"
        )
        point = base.mark_point(filled=True, size=70, color=BLUE, opacity=1).encode(y=item, x="value:Q")
        label = base.mark_text(dy=-9, fontSize=11).encode(y=item, x="value:Q", text=alt.Text("value:Q", format=".1f"))
        parts.append(alt.layer(line, point, label))
    told = "; ".join(
        f"by the {way} {listed(map(the, names))}, {number(most, 1)} %" for way, (most, names) in best.items()
    )
    return alt.hconcat(
        *parts,
        title=alt.Title(
            f"The same points have {COUNTS[len({tuple(names) for _, names in best.values()})]}, depending on how one "
            "adds them up",
            subtitle="Point: the middle. Line: what the evidence leaves open.",
        ),
        description=f"The most independent: {told}.",
        spacing=14,
        config=CONFIG,
    )


def _points_map(names: list[str], points: np.ndarray, title: str, subtitle: str, description: str):
    """``names`` label the rows; ``points`` has shape (services, rows, [low, value, high])."""
    rows = [
        {
            "row": name,
            "service": service,
            "points": float(points[column, place, 1]),
            "interval": f"{number(points[column, place, 0])} to {number(points[column, place, 2])}",
        }
        for place, name in enumerate(names)
        for column, service in enumerate(SHORT.values())
    ]
    data = alt.Data(values=rows)
    grid = kinds.heat_map(data, x="service", y="row", value="points", title="Points", text=".1~f", step=38)
    # White on the dark cells, like the number above it.
    ink = alt.condition(f"datum.points > {0.6 * points[..., 1].max()}", alt.value("white"), alt.value("black"))
    interval = alt.Chart(data).mark_text(fontSize=10, dy=12)
    interval = interval.encode(
        x=alt.X("service:O", sort=None), y=alt.Y("row:N", sort=None), text="interval:N", color=ink
    )
    return kinds.titled(alt.layer(grid, interval), title, subtitle, description)


def score_chart():
    """The points of each service on the eight objectives, with their intervals."""
    objectives = data.records("framework")
    names = [f"{row['label'].partition(' and ')[0]} ({number(row['weight_percent'])})" for row in objectives]
    weights = [row["weight_percent"] for row in objectives]
    scores = framework.POINTS[:, :, 1] @ weights / sum(weights)
    (first, best), (second, next_best) = sorted(zip(SHORT.values(), scores, strict=True), key=lambda pair: -pair[1])[:2]
    weakest = names[int(framework.POINTS[:, :, 1].max(axis=0).argmin())]
    return _points_map(
        names,
        framework.POINTS,
        f"Nobody has more than {number(framework.POINTS[:, :, 1].max(axis=0).min())} of {number(FULL)} points in "
        f"{weakest.partition(' (')[0].lower()}",
        "0 none to 4 full; small: what the evidence leaves open. In brackets: the official weight.",
        f"Points and intervals of five services on eight objectives. Added up with the official weights, the middle "
        f"points give {first} {number(best, 2)} and {second} {number(next_best, 2)} of 4. Nobody is strong in "
        f"{weakest}.",
    )


def layer_map():
    """The points of each service on the eleven layers, with their intervals."""
    alike = [layer for place, layer in enumerate(layers.LAYERS) if len({*layers.POINTS[:, place, 1]}) == 1]
    apart = layers.POINTS[:, :, 1].max(axis=0) - layers.POINTS[:, :, 1].min(axis=0)
    widest = [layer for place, layer in enumerate(layers.LAYERS) if apart[place] == apart.max()]
    return _points_map(
        layers.LAYERS,
        layers.POINTS,
        f"All five are alike in {listed(alike)}; they differ most in {listed(widest)}",
        "Independence by layer, 0 none to 4 full; small: what the evidence leaves open.",
        f"Points of five services on {len(layers.LAYERS)} layers. All are alike in {', '.join(alike)}; they differ "
        f"most in {', '.join(widest)}.",
    )
