"""The kinds of chart that the lessons use: one function each, over rows whose columns are named by the caller.

A kind knows how something looks, not what it means: title, subtitle and description come from the view. ``rows`` is a
data frame, ``alt.Data`` or, in a panel, the named data set that the kernel refills; so nothing here looks into it.
Colour never stands alone: a second sign (shape, dash or a printed word) goes with it.
"""

import altair as alt

from .charts import CATEGORIES, CONFIG, INK, PALETTE, WIDTH

SHAPES = ["circle", "triangle-up", "square", "diamond", "cross", "triangle-down"]
DASHES = [[1, 0], [6, 4], [2, 2], [10, 3, 2, 3], [4, 1], [1, 3]]


def titled(chart, title: str, subtitle: str = "", description: str | None = None):
    """The chart with its title, and with a description if it is not to be set later."""
    told = {} if description is None else {"description": description}
    heading = alt.Title(title, subtitle=subtitle) if subtitle else alt.Title(title)
    return chart.properties(title=heading, config=CONFIG, **told)


def diamond(chart: alt.Chart, size: int = 60) -> alt.Chart:
    """The mark of what a scenario is compared with, where values are points, lines or bins."""
    return chart.mark_point(shape="diamond", size=size, filled=True, fill="white", stroke="black", opacity=1)


def ghost(chart: alt.Chart, height: int, value: str = "value", course: str = "course") -> alt.Chart:
    """The mark of what a scenario is compared with, where values are bars: the outline of that bar, if it differs."""
    other = chart.transform_filter(f"datum['{value}'] != datum['{course}']")
    return other.mark_bar(height=height, filled=False, stroke=INK, strokeWidth=1.2, strokeDash=[3, 2])


def _colours(field: str, names: list[str], legend: bool, colours: list[str] = CATEGORIES) -> alt.Color:
    scale = alt.Scale(domain=names, range=colours[: len(names)])
    return alt.Color(f"{field}:N", scale=scale, title=None, **({} if legend else {"legend": None}))


def _rows(field: str, wrap: bool = False) -> alt.Y:
    lines = {"labelExpr": "split(datum.label, '\\n')", "labelBaseline": "middle"} if wrap else {}
    # A mark at zero must not cover the end of a name.
    axis = alt.Axis(ticks=False, domain=False, minExtent=130, labelPadding=8, **lines)
    return alt.Y(f"{field}:N", sort=None, title=None, axis=axis)


def beside(base: alt.Chart, *ends: str, course: str | None = None, log: bool = False) -> alt.Chart:
    """The rows with ``at``, where a number stands: at the end of its mark, or behind that of ``course`` if it is near.

    ``ends``: the columns that the mark may end with. A number behind a distant outline would be read as that one's.
    """
    own = f"max({', '.join(f'datum.{column}' for column in ends)}, 0)"
    if course is None:
        return base.transform_calculate(at=own)
    other = f"datum.{course}"
    if log:
        return base.transform_calculate(at=f"max({own}, {other})")
    found = base.transform_calculate(tip=own, far=f"max({own}, {other})").transform_joinaggregate(longest="max(far)")
    near = f"{other} > datum.tip && {other} - datum.tip < 0.13 * datum.longest"
    return found.transform_calculate(at=f"{near} ? {other} : datum.tip")


def bars(
    rows,
    *,
    category: str,
    value: str,
    title: str,
    low: str | None = None,
    high: str | None = None,
    course: str | None = None,
    text: str = ".3~g",
    label: str | None = None,
    log: bool = False,
    step: int = 24,
    wrap: bool = False,
    domain: list[float] | None = None,
) -> alt.LayerChart:
    """Horizontal bars with the number at the end, a line for the interval, an outline for what is compared with.

    ``domain``: the ends of the axis, where they are known beforehand.
    ``label``: the column with the numbers as they are printed, where one format does not suit all of them.
    ``wrap``: the categories hold line breaks.
    """
    base = alt.Chart(rows)
    item = _rows(category, wrap=wrap)
    # A logarithmic scale has no zero to start a bar from: there the value is a point.
    scale = alt.Scale(type="log") if log else alt.Scale(zero=True, **({"domain": domain} if domain else {}))
    x = alt.X(f"{value}:Q", title=title, scale=scale)
    mark = base.mark_point(filled=True, size=80, opacity=1) if log else base.mark_bar(height=step - 8)
    layers = [mark.encode(y=item, x=x, color=alt.ColorValue(PALETTE["component"]))]
    if low and high:
        layers.append(base.mark_rule(strokeWidth=2).encode(y=item, x=alt.X(f"{low}:Q"), x2=alt.X2(f"{high}:Q")))
    if course:
        other = diamond(base) if log else ghost(base, step - 3, value, course)
        layers.append(other.encode(y=item, x=alt.X(f"{course}:Q", stack=None)))
    printed = alt.Text(f"{label}:N") if label else alt.Text(f"{value}:Q", format=text)
    numbers = beside(base, *([value, high] if high else [value]), course=course, log=log)
    layers.append(numbers.mark_text(align="left", dx=8, fontSize=12).encode(y=item, x=alt.X("at:Q"), text=printed))
    return alt.layer(*layers).properties(width=WIDTH, height=alt.Step(step))


def banded(rows, *, category: str = "item", **look) -> alt.LayerChart:
    """``bars`` of the rows that `Evaluation.bars` gives: value, line from P5 to P95, outline."""
    return bars(rows, category=category, value="value", low="low", high="high", course="course", **look)


def ranked(rows, *, category: str, value: str, told: str, title: str) -> alt.LayerChart:
    """More bars than can be named: thin, in the order of the rows, with the text of ``told`` beside some of them."""
    base = alt.Chart(rows)
    item, x = (
        alt.Y(f"{category}:N", sort=None, axis=None, scale=alt.Scale(paddingOuter=1)),
        alt.X(f"{value}:Q", title=title),
    )
    lines = base.mark_bar(height=3).encode(y=item, x=x, color=alt.ColorValue(PALETTE["component"]))
    names = (
        beside(base, value)
        .mark_text(align="left", dx=6, fontSize=12)
        .encode(y=item, x=alt.X("at:Q"), text=alt.Text(f"{told}:N"))
    )
    return alt.layer(lines, names).properties(width=WIDTH, height=alt.Step(4))


COLUMN = {"align": "right", "dx": 46, "fontSize": 12}
"""Numbers in a column beside a chart: as wide whatever they are, so that a panel has room for those to come."""


def aside(chart: alt.LayerChart) -> alt.LayerChart:
    """Bars with their numbers in a column at the right edge: behind a line or an outline they would seem to be its."""
    numbers = chart.layer[-1]
    numbers.mark, numbers.encoding.x = alt.MarkDef("text", **COLUMN), alt.XValue("width")
    return chart


def stacked(
    rows,
    *,
    category: str,
    value: str,
    part: str,
    parts: list[str],
    title: str,
    text: str = ".3~g",
    step: int = 34,
    least: float = 0.07,
    colours: list[str] = CATEGORIES,
    white: tuple[int, ...] = (0, 5),
):
    """Parts of a whole, one bar per category, in the order of ``parts``; each part that has room prints its number.

    Room has what is longer than ``least`` of the longest bar. ``white``: the places of the colours on which black is
    hard to read.
    """
    base = (
        alt.Chart(rows)
        .transform_calculate(place=f"indexof({parts!r}, datum['{part}'])")
        .transform_stack(stack=value, as_=["from", "to"], groupby=[category], sort=[alt.SortField("place")])
        .transform_joinaggregate(longest="max(to)")
    )
    item = _rows(category)
    bar = base.mark_bar(height=step - 10, stroke="white", strokeWidth=1.5)
    # At the right the legend would cover a number behind the longest bar.
    look = _colours(part, parts, legend=True, colours=colours).legend(orient="top")
    bar = bar.encode(y=item, x=alt.X("from:Q", title=title), x2=alt.X2("to:Q"), color=look)
    ink = alt.condition(f"indexof({list(white)}, datum.place) >= 0", alt.value("white"), alt.value("black"))
    roomy = base.transform_filter(f"datum['{value}'] > {least} * datum.longest").transform_calculate(
        at="(datum.from + datum.to) / 2"
    )
    numbers = roomy.mark_text(fontSize=12).encode(
        y=item, x=alt.X("at:Q"), text=alt.Text(f"{value}:Q", format=text), color=ink
    )
    return alt.layer(bar, numbers).properties(width=WIDTH, height=alt.Step(step))


def summed(
    rows, *, category: str, value: str, part: str, parts: list[str], title: str, text: str, step: int = 34
) -> alt.LayerChart:
    """Parts of a whole with their sum (column ``total``) in bold, and an outline where the ``course`` has another."""
    bars = stacked(rows, category=category, value=value, part=part, parts=parts, title=title, text=text, step=step)
    once = alt.Chart(rows).transform_filter(f"datum.{part} == '{parts[0]}'")
    item = alt.Y(f"{category}:N", sort=None, title=None)
    total = beside(once, "total", course="course").mark_text(align="left", dx=10, fontSize=12, fontWeight="bold")
    return alt.layer(
        bars,
        ghost(once, step - 5, "total").encode(y=item, x=alt.X("course:Q", title=title, stack=None)),
        total.encode(y=item, x=alt.X("at:Q"), text=alt.Text("total:Q", format=text)),
    )


def lines(
    rows,
    *,
    x: str,
    y: str,
    x_title: str,
    y_title: str,
    series: str | None = None,
    names: list[str] | None = None,
    low: str | None = None,
    high: str | None = None,
    log_x: bool = False,
    log_y: bool = False,
    zero: bool = True,
    points: bool = False,
    apart: bool = False,
    height: int = 260,
) -> alt.LayerChart:
    """Lines over a number, with a band where ``low`` and ``high`` are given; each series is named at its end.

    ``apart`` keeps the names of two series off each other, which may end at one point.
    """
    scale = alt.Scale(type="log", nice=False) if log_x else alt.Scale(zero=False, nice=False)
    across = alt.X(f"{x}:Q", title=x_title, scale=scale)
    up = alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(type="log") if log_y else alt.Scale(zero=zero))
    base = alt.Chart(rows)
    if series:
        dash = alt.StrokeDash(f"{series}:N", scale=alt.Scale(domain=names, range=DASHES[: len(names)]), legend=None)
        look = {"color": _colours(series, names, legend=False), "strokeDash": dash}
        shade = {"color": _colours(series, names, legend=False)}
    else:
        look = shade = {"color": alt.ColorValue(PALETTE["own"])}
    layers = []
    if low and high:
        layers.append(
            base.mark_area(opacity=0.18).encode(
                x=across, y=alt.Y(f"{low}:Q", title=y_title), y2=alt.Y2(f"{high}:Q"), **shade
            )
        )
    layers.append(base.mark_line(strokeWidth=2.5, point=points).encode(x=across, y=up, **look))
    if series:
        last = base.transform_window(place="rank()", sort=[alt.SortField(x, order="descending")], groupby=[series])
        name = last.transform_filter("datum.place == 1")
        if apart:
            name = name.transform_window(order="row_number()", sort=[alt.SortField(y, order="descending")])
        shift = {"dy": alt.expr("datum.order == 1 ? -7 : 7")} if apart else {}
        name = name.mark_text(align="left", dx=6, fontSize=12, **shift)
        layers.append(name.encode(x=across, y=up, text=alt.Text(f"{series}:N")))
    return alt.layer(*layers).properties(width=WIDTH - (90 if series else 0), height=height)


def spanned(chart: alt.LayerChart, low: float, high: float, ticks: list[float]) -> alt.LayerChart:
    """Lines on a logarithmic axis that goes from low to high: a power of ten below and above would stay empty."""
    for layer in chart.layer:
        layer.encoding.y.scale = alt.Scale(type="log", nice=False, domain=[low, high])
        layer.encoding.y.axis = alt.Axis(values=ticks, format=",")
    return chart


def histogram(rows, *, start: str, end: str, share: str, title: str, height: int = 200) -> alt.Chart:
    """Outcomes in bins that were counted before."""
    look = alt.ColorValue(PALETTE["component"])
    base = alt.Chart(rows).mark_bar(stroke="white", strokeWidth=0.5)
    across = alt.X(f"{start}:Q", title=title, scale=alt.Scale(zero=False))
    up = alt.Y(f"{share}:Q", title="Share of the draws (%)")
    return base.encode(x=across, x2=alt.X2(f"{end}:Q"), y=up, y2=alt.Y2Datum(0), color=look).properties(
        width=WIDTH, height=height
    )


def heat_map(
    rows,
    *,
    x: str,
    y: str,
    value: str,
    title: str,
    course: str | None = None,
    text: str = ".0f",
    x_title: str | None = None,
    step: int = 34,
):
    """Numbers in a grid, shaded; each cell prints its number, so the shade only guides the eye.

    ``course`` is what they are compared with: printed in brackets, where it reads differently.
    """
    base = alt.Chart(rows)
    across = alt.X(
        f"{x}:O", sort=None, title=x_title, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)
    )
    down = _rows(y)
    cells = base.mark_rect(stroke="white").encode(
        x=across, y=down, color=alt.Color(f"{value}:Q", title=title, scale=alt.Scale(scheme="blues"), legend=None)
    )
    dark = alt.condition(f"datum['{value}'] > 0.6 * datum.largest", alt.value("white"), alt.value("black"))
    numbers = base.transform_joinaggregate(largest=f"max({value})").mark_text(fontSize=12)
    if course:
        own, other = (f"format(datum['{column}'], '{text}')" for column in (value, course))
        numbers = numbers.transform_calculate(shown=f"{own} == {other} ? {own} : {own} + ' (' + {other} + ')'")
    shown = alt.Text("shown:N") if course else alt.Text(f"{value}:Q", format=text)
    numbers = numbers.encode(x=across, y=down, text=shown, color=dark)
    return alt.layer(cells, numbers).properties(width=WIDTH - 130, height=alt.Step(step))


def scatter(
    rows,
    *,
    x: str,
    y: str,
    x_title: str,
    y_title: str,
    kind: str | None = None,
    kinds: list[str] | None = None,
    label: str | None = None,
    log_x: bool = False,
    log_y: bool = False,
    zero: bool = False,
    height: int = 320,
) -> alt.LayerChart:
    """Points by two numbers; ``kind`` gives them colour and shape, and ``label`` prints a name beside each."""
    across = alt.X(f"{x}:Q", title=x_title, scale=alt.Scale(type="log") if log_x else alt.Scale(zero=zero))
    up = alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(type="log") if log_y else alt.Scale(zero=zero))
    look = {"color": alt.ColorValue(PALETTE["own"])}
    if kind:
        above = alt.Legend(orient="top")
        shapes = alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])
        shape = alt.Shape(f"{kind}:N", title=None, legend=above, scale=shapes)
        look = {"color": _colours(kind, kinds, legend=True).legend(above), "shape": shape}
    base = alt.Chart(rows)
    layers = [base.mark_point(filled=True, size=70, opacity=0.9).encode(x=across, y=up, **look)]
    if label:
        layers.append(
            base.mark_text(align="left", dx=8, fontSize=11).encode(x=across, y=up, text=alt.Text(f"{label}:N"))
        )
    return alt.layer(*layers).properties(width=WIDTH, height=height)


def reference(value: float, text: str, *, axis: str = "x", colour: str | None = None) -> alt.LayerChart:
    """A dashed line at a fixed number with its name, to be layered over another chart."""
    data = alt.Chart(alt.Data(values=[{"at": value, "text": text}]))
    line = data.mark_rule(strokeDash=[6, 4], strokeWidth=2, **({"color": colour} if colour else {}))
    if axis == "x":
        name = data.mark_text(align="left", dx=5, fontSize=12).encode(
            x=alt.X("at:Q"), y=alt.YValue(8), text=alt.Text("text:N")
        )
        return alt.layer(line.encode(x=alt.X("at:Q")), name)
    name = data.mark_text(align="left", dy=-7, fontSize=12).encode(
        y=alt.Y("at:Q"), x=alt.XValue(5), text=alt.Text("text:N")
    )
    return alt.layer(line.encode(y=alt.Y("at:Q")), name)


def accented(chart: alt.LayerChart, field: str, names: list[str]) -> alt.LayerChart:
    """Bars in grey but for those that the chart is about; the name beside a bar says which it is."""
    chosen = alt.FieldOneOfPredicate(field=field, oneOf=names)
    chart.layer[0].encoding.color = alt.condition(chosen, alt.value(PALETTE["own"]), alt.value("#b0b0b0"))
    return chart
