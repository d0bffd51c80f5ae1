"""Charts: how they look, what they must carry, and the chart of each model.

A chart is drawn only with a title, titles on its quantitative axes and a description that states the result. The
description is what a screen reader says and what a test compares. Colours are Okabe and Ito's; nothing is told by
colour alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import altair as alt

from . import data
from .errors import CourseError
from .models.ownership import gpu_hour_cost
from .readings import Reading, read
from .uncertainty import tornado
from .wording import number, quantity

BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#767676"
PALETTE = {"own": BLUE, "cloud": ORANGE, "component": "#56b4e9", "reference": GREEN}
WIDTH = 520

CONFIG = alt.Config(
    background="white",
    font="system-ui, sans-serif",
    axis=alt.AxisConfig(labelFontSize=12, titleFontSize=12, titleFontWeight="normal", labelLimit=260, gridColor="#e5e5e5"),
    title=alt.TitleConfig(fontSize=15, anchor="start", subtitleFontSize=12, offset=10),
    legend=alt.LegendConfig(labelFontSize=12, titleFontSize=12),
    view=alt.ViewConfig(stroke=None),
)


def must_tell(spec: dict) -> dict:
    """Refuse a chart that does not say what it shows: title, description and titles of quantitative axes."""
    if not spec.get("title"):
        raise CourseError("a chart needs a title")
    if len(spec.get("description") or "") < 30:
        raise CourseError("a chart needs a description that states its result in a sentence")
    for channel in ("x", "y"):
        used = [e[channel] for e in _encodings(spec) if e.get(channel, {}).get("type") == "quantitative"]
        if used and not any(encoding.get("title") for encoding in used):
            raise CourseError(f"the {channel} axis of the chart {spec['title']!r} needs a title with its unit")
    return spec


def _encodings(spec: dict):
    if "encoding" in spec:
        yield spec["encoding"]
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for part in spec.get(key, []):
            yield from _encodings(part)


def _show(spec: dict, **_) -> dict:
    """JupyterLab draws the type of Vega-Lite 5 with what it ships, without a network; the spec is the same."""
    must_tell(spec)
    spec = {
        **spec,
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"embedOptions": {"actions": False, "renderer": "svg"}},
    }
    return {"application/vnd.vegalite.v5+json": spec, "text/plain": f"Chart. {spec['description']}"}


def _rounded(values):
    """Chart data to ten significant digits, so that stored outputs are the same on every machine."""
    values = alt.default_data_transformer(values)
    return _round(values) if isinstance(values, dict) else values


def _round(value):
    if isinstance(value, dict):
        return {key: _round(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_round(entry) for entry in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


alt.renderers.register("sovereign_compute", _show)
alt.renderers.enable("sovereign_compute")
alt.data_transformers.register("sovereign_compute", _rounded)
alt.data_transformers.enable("sovereign_compute")


@dataclass(frozen=True)
class View:
    """How a model is shown: a chart over rows, the rows of a reading, the result as a sentence, table headings."""

    chart: Callable[[Any], alt.TopLevelMixin]
    rows: Callable[[Reading], dict[str, list]]
    sentence: Callable[[Reading], str]
    columns: dict[str, str]


VIEWS: dict[str, View] = {}


def view_of(function: Callable) -> View:
    """The view of a model function."""
    try:
        return VIEWS[function.__name__]
    except KeyError:
        raise CourseError(f"{function.__name__} has no chart yet; there is one for {', '.join(VIEWS)}") from None


def figure(function: Callable, **changes):
    """The chart of a model as a still picture, at the course's values or with some of them changed."""
    view, reading = view_of(function), read(function, changes)
    rows = view.rows(reading)
    records = [dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True)]
    return view.chart(alt.Data(values=_round(records))).properties(description=view.sentence(reading))


# What a GPU-hour costs --------------------------------------------------------------------------------------------

COMPONENTS = ("machine", "building", "electricity", "maintenance", "staff")


def _cost_rows(reading: Reading) -> dict[str, list]:
    """A waterfall: each component starts where the one before it ends; then the sum, and the cloud from zero."""
    rows = {key: [] for key in ("item", "kind", "start", "end", "value", "low", "high", "course")}
    names = {"total": "Own machine, in all", "cloud": "Cloud, rented"}
    reached = 0.0
    for id in (*COMPONENTS, "total", "cloud"):
        value, component = getattr(reading.result, id), id in COMPONENTS
        low, high = reading.bands.get(id, (value, value))
        rows["item"].append(names.get(id) or reading.model.output(id).label)
        rows["kind"].append("component" if component else "own" if id == "total" else "cloud")
        rows["start"].append(reached if component else 0.0)
        rows["end"].append(reached + value if component else value)
        rows["value"].append(value)
        rows["low"].append(low)
        rows["high"].append(high)
        rows["course"].append(getattr(reading.course, id))
        reached += value if component else 0.0
    return rows


def _cost_chart(rows) -> alt.VConcatChart:
    """Two scales: the pieces of the own machine above, the whole of it against the cloud below."""
    return alt.vconcat(
        _cost_part(rows, "datum.kind != 'cloud'", "EUR per GPU-hour in use, piece by piece"),
        _cost_part(rows, "datum.kind != 'component'", "EUR per GPU-hour, owned and rented"),
        title=alt.Title(
            "What one GPU-hour costs",
            subtitle="Line: 90 % of the draws. Diamond: the course's values. Number: your scenario.",
        ),
        spacing=16,
        config=CONFIG,
    )


def _cost_part(rows, which: str, title: str) -> alt.LayerChart:
    base = alt.Chart(rows).transform_filter(which)
    item = alt.Y("item:N", sort=None, title=None, axis=alt.Axis(labelPadding=8, ticks=False, domain=False, minExtent=130))
    kinds = alt.Scale(
        domain=["component", "own", "cloud"], range=[PALETTE[kind] for kind in ("component", "own", "cloud")]
    )
    bars = base.mark_bar(height=16).encode(
        y=item, x=alt.X("start:Q", title=title), x2="end:Q", color=alt.Color("kind:N", legend=None, scale=kinds)
    )
    sums = base.transform_filter("datum.kind != 'component'")
    band = sums.mark_rule(strokeWidth=2).encode(y=item, x="low:Q", x2="high:Q")
    course = sums.mark_point(shape="diamond", size=60, filled=True, fill="white", stroke="black", opacity=1).encode(
        y=item, x="course:Q"
    )
    label = (
        base.transform_calculate(at="datum.kind == 'component' ? datum.end : max(datum.end, datum.high, datum.course)")
        .mark_text(align="left", dx=10, fontSize=12)
        .encode(y=item, x="at:Q", text=alt.Text("value:Q", format=".3f"))
    )
    return alt.layer(bars, band, course, label).properties(width=WIDTH, height=alt.Step(24))


def _cost_sentence(reading: Reading) -> str:
    result, course, bands = reading.result, reading.course, reading.bands
    band = "" if not bands else f" (90 % range {number(bands['total'][0], 2)} to {number(bands['total'][1], 2)})"
    even = result.break_even_utilisation
    versus = (
        f"Owning is cheaper than renting as soon as more than {number(even, 0)} % of the hours are used."
        if even <= 100
        else "Renting is cheaper, however well the machine is used."
    )
    moved = f" The course's values give {number(course.total, 2)}." if reading.changed else ""
    return (
        f"One GPU-hour in use costs {number(result.total, 2)} EUR{band}; the cloud asks {number(result.cloud, 2)} EUR. "
        f"{versus}{moved}"
    )


VIEWS["gpu_hour_cost"] = View(
    _cost_chart,
    _cost_rows,
    _cost_sentence,
    {"item": "Part", "value": "EUR per GPU-hour in use", "low": "P5", "high": "P95", "course": "Course's value"},
)


# Other charts of the lessons --------------------------------------------------------------------------------------


def cloud_chart(**changes) -> alt.LayerChart:
    """Dated cloud prices in EUR against the own machine: one row per offer, cheapest first."""
    from .tables import offers

    reading = read(gpu_hour_cost, changes)
    frame = offers(reading.values["exchange_rate"])
    own = reading.result.total
    dearest, cheapest = frame.iloc[-1], frame.iloc[0]
    points = (
        alt.Chart(frame)
        .mark_point(size=70, filled=True, opacity=1)
        .encode(
            y=alt.Y("offer:N", sort=None, title=None),
            x=alt.X("eur:Q", title="EUR per GPU-hour at the course's exchange rate", scale=alt.Scale(zero=True)),
            color=alt.Color(
                "billing:N",
                title="Paid",
                scale=alt.Scale(domain=["on-demand", "spot", "index"], range=[BLUE, ORANGE, GREEN]),
            ),
            shape=alt.Shape(
                "billing:N",
                title="Paid",
                scale=alt.Scale(domain=["on-demand", "spot", "index"], range=["circle", "triangle-up", "square"]),
            ),
        )
    )
    line = alt.Chart(alt.Data(values=[{"own": own}])).mark_rule(strokeDash=[6, 4], strokeWidth=2).encode(x="own:Q")
    return alt.layer(points, line).properties(
        width=WIDTH,
        height=alt.Step(17),
        title=alt.Title("The same hour, rented", subtitle="Dashed line: the own machine at the course's values."),
        description=(
            f"{len(frame)} dated offers from {number(cheapest.eur, 2)} EUR ({cheapest.offer}) to "
            f"{number(dearest.eur, 2)} EUR ({dearest.offer}) per GPU-hour; the own machine costs {number(own, 2)} EUR."
        ),
        config=CONFIG,
    )


def tornado_chart(function: Callable, output: str | None = None, **changes) -> alt.LayerChart:
    """Which assumption matters: the output when each one alone moves to its P5 and its P95."""
    frame = tornado(function, changes, output)
    wanted = read(function, changes, band=False).model.output(output)
    frame["row"] = frame["label"]
    first = frame.iloc[0]
    base = alt.Chart(frame)
    row = alt.Y("row:N", sort=None, title=None)
    bars = base.mark_bar(height=14, color=PALETTE["component"]).encode(
        y=row, x=alt.X("at_low:Q", title=_axis(wanted), scale=alt.Scale(zero=False)), x2="at_high:Q"
    )
    low = base.mark_point(shape="circle", filled=True, color=BLUE, size=50, opacity=1).encode(y=row, x="at_low:Q")
    high = base.mark_point(shape="diamond", filled=True, color=ORANGE, size=60, opacity=1).encode(y=row, x="at_high:Q")
    rule = alt.Chart(alt.Data(values=[{"base": float(first.base)}])).mark_rule().encode(x="base:Q")
    return alt.layer(bars, rule, low, high).properties(
        width=WIDTH,
        height=alt.Step(22),
        title=alt.Title(
            "Which assumption matters most?",
            subtitle="Circle: the assumption at its P5. Diamond: at its P95. Vertical line: all others as they are.",
        ),
        description=(
            f"{first.label} matters most: moving it alone from P5 to P95 moves the result from "
            f"{number(first.at_low, wanted.digits)} to {quantity(first.at_high, wanted.unit, wanted.digits)}. "
            f"In order of effect: {', '.join(frame.label)}."
        ),
        config=CONFIG,
    )


def _axis(output) -> str:
    from .wording import unit_words

    return f"{output.label} ({unit_words(output.unit)})"
