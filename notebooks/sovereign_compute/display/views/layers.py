"""How independence by layer is shown: the dial of the mean, three settings of it side by side."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Reading
from ...analysis.settings import complete
from ...inputs.wording import number
from ...models.layers import LEAST, POINTS, independence, layer_independence
from ...models.parts.services import FULL, SHORT
from .. import kinds
from ..charts import BLUE, CONFIG, VIEWS, View
from .services import the


def _weights(values: dict) -> list[float]:
    return [value for id, value in values.items() if id != "substitution_exponent"]


def _ends(values: dict) -> list[list[float]]:
    """Low, middle and high of each service in percent."""
    low, middle, high = (independence(_weights(values), values["substitution_exponent"], end) for end in range(3))
    return [[100 * float(x) for x in ends] for ends in zip(low, middle, high, strict=True)]


def _layer_rows(reading: Reading) -> dict[str, list]:
    low, value, high = zip(*_ends(reading.values), strict=True)
    return {
        "service": list(SHORT.values()),
        "value": list(value),
        "low": list(low),
        "high": list(high),
        "course": [float(x) for x in reading.compared.result],
    }


def _layer_chart(rows) -> alt.LayerChart:
    return kinds.titled(
        kinds.banded(rows, category="service", title="% of full independence", text=".0f"),
        "How independent is each service, layer by layer?",
        f"Line: what the evidence leaves open. Diamond: {COURSE}. Number: your scenario.",
    )


def _way(exponent: float) -> str:
    named = {1.0: "the weighted mean", 0.0: "the geometric mean"}
    return named.get(exponent, f"an exponent of {number(exponent)}")


def _layer_sentence(reading: Reading) -> str:
    ends = dict(zip(SHORT.values(), _ends(reading.values), strict=True))
    order = sorted(ends, key=lambda name: -ends[name][1])
    first, last = order[0], order[-1]
    near = [name for name in order[1:] if ends[name][2] >= ends[first][0]]
    before = dict(zip(SHORT.values(), reading.compared.result, strict=True))
    moved = f" {reading.compared.within} {the(first)} has {number(before[first], 0)} %." if reading.differs else ""
    told = {name: f"{number(v, 0)} % ({number(low, 0)} to {number(high, 0)})" for name, (low, v, high) in ends.items()}
    return (
        f"With {_way(reading.values['substitution_exponent'])}, {the(first)} has {told[first]} of full independence "
        f"and {the(last)} {told[last]}. What the evidence leaves open of {the(first)} overlaps with that of "
        f"{'all others' if len(near) == len(order) - 1 else f'{len(near)} of {len(order) - 1} others'}.{moved}"
    )


VIEWS["layer_independence"] = View(
    _layer_chart,
    _layer_rows,
    _layer_sentence,
    {
        "service": "Service",
        "value": "% of full independence",
        "low": "Least",
        "high": "Most",
        "course": COURSE_HEAD,
    },
    band=False,
)


def three_means_chart(**changes) -> alt.HConcatChart:
    """The same points added up in three ways; the line is what the evidence leaves open."""
    weights = _weights(complete(layer_independence, changes))
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
        f"by the {way} {', '.join(map(the, names[:-1]))}{' and ' if names[1:] else ''}{the(names[-1])}, "
        f"{number(most, 1)} %"
        for way, (most, names) in best.items()
    )
    return alt.hconcat(
        *parts,
        title=alt.Title(
            "The same points, added up in three ways",
            subtitle="% of full independence. Point: middle. Line: what the evidence leaves open.",
        ),
        description=f"The most independent: {told}.",
        spacing=14,
        config=CONFIG,
    )
