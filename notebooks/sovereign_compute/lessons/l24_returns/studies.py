"""How published returns are shown: side by side by what is counted, over what, and against the size of an economy."""

import altair as alt

from ...display import kinds
from ...display.charts import CATEGORIES, WIDTH
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import counted, number, significant, span
from ...models.parts.constants import MILLIONS_PER_BILLION

COUNTED = {
    "revenue": "turnover",
    "profit or savings": "profit or savings",
    "savings": "profit or savings",
    "market price of services": "market comparison",
    "value of end products": "market comparison",
    "spill-over": "gain to society",
    "whole service": "gain to society",
    "social welfare": "gain to society",
}
"""What is counted, as the chart says it; money moved within the public sector and jobs are left out."""
GROUPS = list(dict.fromkeys(COUNTED.values()))
PERCENT_OF = 100


def studies() -> dict[str, dict]:
    """All rows of ``data/roi_studies.csv`` by id."""
    return {row["id"]: row for row in data.records("roi_studies")}


def ratios() -> list[dict]:
    """The rows that give money per money of one currency, smallest first, with a name and what is counted."""
    found = []
    for row in studies().values():
        above, _, below = row["unit"].partition("/")
        if above == below and row["value_low"] is not None and row["benefit_kind"] in COUNTED:
            high = row["value_low"] if row["value_high"] is None else row["value_high"]
            name = f"{row['study'].partition(',')[0]}, {row['year'] or 'no year'}"
            found.append({**row, "value_high": high, "name": name, "counted": COUNTED[row["benefit_kind"]]})
    return sorted(found, key=lambda row: (row["value_high"], row["value_low"], row["id"]))


def printed(row: dict) -> str:
    """A ratio as it is printed: one number, or its two ends."""
    return span(row["value_low"], row["value_high"])


def study_table() -> Table:
    """Published ratios: what is counted, over what, for whom, who paid, which sample, against which alternative."""
    rows = [
        (
            row["study"],
            *(row["value_low"], row["value_high"]),
            row["benefit"],
            row["denominator"],
            row["scope"],
            row["paid_by"],
            row["sample"],
            row["counterfactual"],
            row["tier"],
        )
        for row in ratios()
    ]
    columns = [
        *("Study", Column("Ratio", span, of=("Low", "High")), "Counted", "Divided by", "Where"),
        *(Column(head, missing="not stated") for head in ("Paid by", "Sample", "Compared with")),
        "Evidence",
    ]
    return Table(rows, "Published returns on supercomputing, smallest first", columns)


def study_chart() -> alt.LayerChart:
    """Every published ratio on one logarithmic axis, by what is counted."""
    found = ratios()
    names = [row["name"] for row in found]
    rows = [
        {
            "item": row["name"] + (" *" if row["tier"] == "unverified" else ""),
            "low": row["value_low"],
            "high": row["value_high"],
            "counted": row["counted"],
            "first": row["counted"] == "profit or savings" and names.count(row["name"]) > 1,
            "over": row["denominator"],
            "paid": row["paid_by"] or "not stated",
        }
        for row in found
    ]
    base = alt.Chart(alt.Data(values=rows))
    item = alt.Y(
        "item:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=200, labelPadding=8)
    )
    x = alt.X(
        "high:Q",
        title="Published benefit for one unit of money (logarithmic)",
        scale=alt.Scale(type="log", nice=False, domain=[0.5, 3000]),
        axis=alt.Axis(values=[1, 10, 100, 1000], format=",~g"),
    )
    colours = alt.Scale(domain=GROUPS, range=CATEGORIES[: len(GROUPS)])
    legend = alt.Legend(orient="bottom", columns=2)
    colour = alt.Color("counted:N", title="What is counted", scale=colours, legend=legend)
    shapes = alt.Scale(domain=GROUPS, range=kinds.SHAPES[: len(GROUPS)])
    shape = alt.Shape("counted:N", title="What is counted", scale=shapes, legend=legend)
    ranges = base.mark_rule(strokeWidth=2).encode(y=item, x="low:Q", x2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=item,
        x=x,
        color=colour,
        shape=shape,
        tooltip=[alt.Tooltip("over:N", title="divided by"), alt.Tooltip("paid:N", title="paid by")],
    )
    # Profit is left of turnover in a row: its number goes to its left, so that the two never meet.
    text = alt.Text("high:Q", format=".3~g")
    right = base.transform_filter("!datum.first").mark_text(align="left", dx=9, fontSize=11)
    left = base.transform_filter("datum.first").mark_text(align="right", dx=-9, fontSize=11)
    numbers = [side.encode(y=item, x="high:Q", text=text) for side in (right, left)]
    one = kinds.reference(1, "")
    welfare = [row for row in found if row["counted"] == "gain to society"]
    turnover = [row for row in found if row["counted"] == "turnover" and row["central_tendency"] == "mean of ratios"]
    chart = alt.layer(one, ranges, points, *numbers).properties(width=WIDTH - 200, height=alt.Step(19))
    return kinds.titled(
        chart,
        f"Mean turnover per project is {number(turnover[0]['value_low'])} or more, gain to society "
        f"{number(welfare[-1]['value_high'])} or less",
        "Dashed: one unit of money back for one. A line is a range, and the number its upper end. * unverified.",
        f"{len(found)} published ratios from {number(found[0]['value_low'])} to {number(found[-1]['value_high'])}. "
        f"Those that count a gain to society end between {number(welfare[0]['value_high'])} and "
        f"{number(welfare[-1]['value_high'])}, means of turnover per project between "
        f"{number(turnover[0]['value_low'])} and {number(turnover[-1]['value_high'])}.",
    )


def recovered_denominator(total: str, ratio: str) -> float:
    """The cost in million USD that a total benefit (in billion USD) and its printed ratio leave, by ids of studies."""
    known = studies()
    return MILLIONS_PER_BILLION * known[total]["value_low"] / known[ratio]["value_low"]


def programme_cost() -> float:
    """Cost of the programme of K in million USD, from its total benefit and the ratio over the whole programme."""
    known = studies()
    total = known["k-2016-revenue-total"]["value_low"] + known["k-2016-savings-total"]["value_low"]
    # Two digits: the rate between yen and dollar, and so the ratio, is rounded.
    return significant(MILLIONS_PER_BILLION * total / known["k-2016-programme"]["value_high"], 2)


def margin(series: str) -> float:
    """Profit or savings over revenue in one edition of the survey of IDC and Hyperion, in percent."""
    known = studies()
    return PERCENT_OF * known[f"{series}-profit"]["value_low"] / known[f"{series}-revenue"]["value_low"]


def implied_table() -> Table:
    """What follows from two printed numbers: the cost below a ratio, and the margin between two ratios."""
    known = studies()
    rows = []
    for name, total, ratio in (
        ("K, turnover", "k-2016-revenue-total", "k-2016-revenue"),
        ("K, savings", "k-2016-savings-total", "k-2016-savings"),
    ):
        above, below = known[total]["value_low"], known[ratio]["value_low"]
        cost = f"a cost of {number(recovered_denominator(total, ratio), 1)} million USD"
        rows.append((name, above, "billion USD", below, "", cost))
    programme = known["k-2016-programme"]
    both = known["k-2016-revenue-total"]["value_low"] + known["k-2016-savings-total"]["value_low"]
    cost = f"a cost of {number(programme_cost(), 0)} million USD"
    rows.append(("K, both, for the whole programme", both, "billion USD", programme["value_high"], "", cost))
    for name, series in (("2020", "hyperion-2020"), ("as reported", "hyperion-printed"), ("2022", "hyperion-2022")):
        profit, revenue = (known[f"{series}-{kind}"]["value_low"] for kind in ("profit", "revenue"))
        gives = f"a margin of {number(margin(series), 1)} %"
        rows.append((f"Hyperion, {name}", profit, "of profit", revenue, "of revenue", gives))
    capital, all_cost = known["archer2-2025-capital"]["value_low"], known["archer2-2025"]["value_low"]
    gives = f"{number(capital / all_cost, 1)} times the cost if the research is a cost, too"
    rows.append(("ARCHER2, two costs", capital, "by capital", all_cost, "by capital and research", gives))
    columns = [
        "Case",
        *(Column(head, counted, of=(head, f"{head}: what")) for head in ("Divide", "By")),
        "What follows",
    ]
    return Table(rows, "What two printed numbers say together", columns)


MACHINE = (
    "hllhc-bcr",
    "k-2016-programme",
    "archer2-2025",
    "lumi-csc",
    "hyperion-printed-profit",
    "hyperion-printed-revenue",
    "k-2016-revenue",
    "eu-2015-income",
)


def share_of_gdp(ratio: float) -> float:
    """Benefit in percent of a year's GDP of Germany if the machine and its operation returned this ratio."""
    cost = data.row("jupiter", "total-cost")["value"]
    return PERCENT_OF * ratio * cost / MILLIONS_PER_BILLION / get("gdp").value


def economy_chart() -> alt.LayerChart:
    """What each published ratio would mean if JUPITER returned it, against the economy of Germany."""
    known = studies()
    rows = [
        {
            "item": f"{known[id]['study'].partition(',')[0]}: {number(known[id]['value_high'])}",
            "share": (share := share_of_gdp(known[id]["value_high"])),
            "label": number(share, 1 if share >= 1 else 2),
        }
        for id in MACHINE
    ]
    reference = {row["id"]: row["value"] for row in data.records("macro_reference")}
    research = PERCENT_OF * reference["rd-germany-2023"] / get("gdp").value
    chart = kinds.bars(
        alt.Data(values=rows), category="item", value="share", label="label", title="% of a year's GDP of Germany"
    )
    largest = rows[-1]
    printed = share_of_gdp(known["hyperion-printed-revenue"]["value_high"])
    return kinds.titled(
        alt.layer(chart, kinds.reference(research, "all research and development")),
        f"If JUPITER returned what Hyperion prints, it would bring {number(printed, 1)} % of GDP",
        "Each ratio times 500 million EUR. Dashed: what all of Germany spends on research in a year.",
        f"At the ratio of Hyperion's revenue the machine would bring {number(printed, 1)} % of a year's GDP, at the "
        f"largest ratio {number(largest['share'], 1)} %; all research and development together costs "
        f"{number(research, 1)} %. At the smallest ratio it is {number(rows[0]['share'], 2)} %.",
    )
