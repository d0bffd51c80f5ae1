"""How concentration is shown: the European cloud market of a scenario, and the markets of the course side by side."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Reading
from ...inputs import data
from ...inputs.wording import number
from ...models.concentration import effective_number, market_intervals
from .. import kinds
from ..charts import BLUE, VIEWS, WIDTH, View

ITEMS = {
    "by_firm": "By firm",
    "jurisdiction_least": "By jurisdiction, others many",
    "jurisdiction_most": "By jurisdiction, others US",
}


def _market_rows(reading: Reading) -> dict[str, list]:
    return {**reading.bars(ITEMS), "line": [reading.values["concentration_line"]] * len(ITEMS)}


def _market_chart(rows) -> alt.LayerChart:
    bars = kinds.bars(
        rows, category="item", value="value", low="low", high="high", course="course", title="HHI (points)", text=",.0f"
    )
    line = alt.Chart(rows).mark_rule(strokeDash=[6, 4], strokeWidth=2).encode(x="line:Q")
    return kinds.titled(
        alt.layer(bars, line).properties(width=WIDTH, height=alt.Step(30)),
        "How concentrated is the European cloud market?",
        f"Dashed: line of high concentration. {MARKS}",
    )


def _market_sentence(reading: Reading) -> str:
    result, line, band = reading.result, reading.values["concentration_line"], reading.band("by_firm", 0)
    side = "above" if result.by_firm > line else "not above"
    moved = reading.against(f"{number(reading.compared.result.by_firm, 0)} by firm")
    least, most = (number(x, 0) for x in (result.jurisdiction_least, result.jurisdiction_most))
    return (
        f"By firm the HHI is {number(result.by_firm, 0)}{band}, {side} the line of {number(line, 0)}, as with "
        f"{number(result.effective_firms, 1)} equal firms. By the jurisdiction that can give orders, our own index, "
        f"it is {least if least == most else f'{least} to {most}'}.{moved}"
    )


VIEWS["market_concentration"] = View(
    _market_chart,
    _market_rows,
    _market_sentence,
    {"item": "Counted", "value": "HHI", **HEADS},
)


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
    equals = [number(effective_number(end), 1) for end in orders]
    return kinds.titled(
        alt.layer(*marks, span, *ends, label).properties(width=WIDTH - 130, height=alt.Step(28)),
        "Concentration as far as the published shares tell",
        "Bar: from the lowest to the highest HHI that fits. Dashed: high concentration of firms by US guidelines. "
        "By jurisdiction: our own index.",
        f"The European cloud market has an HHI of {number(firm[0], 0)} to {number(firm[1], 0)} by firm and of "
        f"{number(orders[0], 0)} to {number(orders[1], 0)} by jurisdiction, as much as {equals[1]} to {equals[0]} "
        f"equal parties. What is not published decides whether it is above the line of {number(now)} in the case "
        f"“{'”, “'.join(between)}”; the line of 2010 is {number(then)}.",
    )
