"""What lesson 11 alone shows."""

import math

import altair as alt

from ...display.charts import ORANGE
from ...display.kinds import accented, aside, bars, lines, reference, stacked, titled
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.wording import month, number
from ...models.lists import (
    MEASURES,
    REGIONS,
    SCOPES,
    SIDES,
    amounts,
    as_listed,
    entries,
    entry,
    largest_unlisted,
    list_after,
    lists_with,
    parts_of_the_largest,
    per_gdp,
    printed,
    sixteen_bit_times,
    times,
    vintages,
)
from ...models.lists import share_of_the_list as share_of_the_list
from ...models.parts.constants import PERCENT

NEWEST = -1
LEVEL = 0.1
"""Two amounts that differ by less, as a part of one, are called level."""


def factors() -> list[dict]:
    """JUPITER over HPC6 in every reading that is documented: reading, factor, whether it was measured, its price."""
    jupiter, other = "JUPITER Booster", "HPC6"
    found, then = [], printed()
    for vintage in (then, list_after(then, 1)):
        found.append((f"Linpack, list of {vintage}", times(jupiter, other, vintage, "rmax_pflops"), "measured"))
        found.append((f"64-bit peak, list of {vintage}", times(jupiter, other, vintage, "rpeak_pflops"), "declared"))
    found.append((f"Linpack per watt, {then}", times(jupiter, other, then, "gflops_per_watt"), "measured"))
    found.append(("16-bit peak, all HPC6 chips", sixteen_bit_times(installed=True), "computed"))
    found.append(("16-bit peak, chips of the runs", sixteen_bit_times(installed=False), "computed"))
    facts = {row["id"]: row["value"] for row in data.records("jupiter")}
    found.append(("8 bits against 16 bits", facts["ratio-hpc6-8bit"], "computed"))
    rows = [dict(zip(("reading", "factor", "kind"), row, strict=True)) for row in found]
    return sorted(rows, key=lambda row: row["factor"])


def factor_chart() -> alt.LayerChart:
    """How many times HPC6 JUPITER is, by reading, with the report's number as a line."""
    claimed = float(data.row("claims", "C01")["quantity"])
    rows = [{**row, "label": f"{row['reading']} ({row['kind']})"} for row in factors()]
    by_reading = {row["reading"]: row["factor"] for row in rows}
    then, later = printed(), list_after(printed(), 1)
    measured = by_reading[f"Linpack, list of {then}"]
    chart = bars(alt.Data(values=rows), category="label", value="factor", title="JUPITER over HPC6 (times)", text=".2f")
    chart.layer[0].encoding.x.axis = alt.Axis(tickCount=8, format="d")
    chart = accented(aside(chart), "reading", [f"Linpack, list of {then}"])
    return titled(
        alt.layer(chart, reference(claimed, f"the report: {number(claimed)}", colour=ORANGE)),
        f"When both are measured, JUPITER is {number(measured, 2)} times as fast as HPC6",
        "In brackets: measured in a run, declared by the owner, or computed from data sheets.",
        f"JUPITER is {number(measured, 2)} times HPC6 by Linpack in {month(then)} and "
        f"{number(by_reading[f'Linpack, list of {later}'], 2)} times in {month(later)}, "
        f"{number(sixteen_bit_times(True), 1)} to {number(sixteen_bit_times(False), 1)} times in 16-bit peak, and "
        f"{number(rows[-1]['factor'], 1)} times if 8 bits are set against 16; the report says {number(claimed)}.",
    )


def rank_table() -> Table:
    """JUPITER and Europe on the lists that have both: rank depends on the list and on the date."""
    green = {
        row["list"]: row["green500_rank"] for row in data.records("green500") if row["system"] == "JUPITER Booster"
    }
    rows = []
    for vintage in lists_with("JUPITER Booster"):
        own, first = entry(vintage, "JUPITER Booster"), entries()[vintage][:10]
        europe = [row for row in first if row["continent"] == "Europe"]
        linpack = 100 * sum(row["rmax_pflops"] for row in europe) / sum(row["rmax_pflops"] for row in first)
        rows.append(
            (
                vintage,
                own["rmax_pflops"],
                own["rank"],
                1 + sum(row["rank"] < own["rank"] for row in europe),
                green.get(vintage),
                len(europe),
                sum(row["eu27"] for row in first),
                linpack,
            )
        )
    columns = [
        "List",
        Column("PFLOP/s", 0),
        "Rank",
        "Rank in Europe",
        Column("Rank by efficiency", int, missing="–"),
    ]
    columns += [Column(f"First ten in {where}", "{} of 10".format) for where in ("Europe", "the EU")]
    columns += [Column("Europe's part of their Linpack", 0, unit="%")]
    return Table(rows, "The rank of JUPITER, and Europe's part of the first ten, list by list", columns)


def owner_table() -> Table:
    """The newest list: who owns, builds and designs the machines in the EU, three largest of each, by Linpack."""
    foundries: dict[str, set] = {}
    for chip in data.records("chips"):
        foundries.setdefault(chip["maker"], set()).add(chip["foundry_country"])
    found: dict[str, list[dict]] = {"owner": [], **{side: [] for side in list(SIDES.values())[1:]}}
    for row in data.records("top500_makers"):
        if row["list"] == vintages()[NEWEST] and row["scope"] == "EU-27" and row["dimension"] in found:
            found[row["dimension"]].append(row)
    rows = [
        (
            dimension,
            row["name"] + _seat(dimension, row, foundries),
            row["systems"],
            row["rmax_share_percent"],
        )
        for dimension, makers in found.items()
        for row in sorted(makers, key=lambda row: -row["rmax_pflops"])[:3]
    ]
    columns = ["Role", "Who", "Systems", Column("Share of Linpack", 1, unit="%")]
    return Table(rows, f"Who owns, builds and designs the machines in the EU-27, {month(vintages()[NEWEST])}", columns)


def _seat(dimension: str, maker: dict, foundries: dict[str, set]) -> str:
    """Where a firm has its seat, and for accelerators where they are made; an owner's kind has no seat."""
    if dimension == "owner" or maker["name"] == "none":
        return ""
    made = sorted(foundries.get(maker["name"], ())) if dimension == "accelerator designer" else []
    return f", {maker['control_country']}" + (f"; chips made in {', '.join(made)}" if made else "")


PARTS = ["EU-27", "United States", "China", "Japan", "none, or several"]


def makers_chart() -> alt.LayerChart:
    """Machines in the EU on the newest list, by Linpack: where they stand, who built them, whose chips they use."""
    at = NEWEST, list(MEASURES).index("Linpack of all 500")
    scope = list(SCOPES).index("EU-27")
    rows, told = [], {}
    for side, word in enumerate(SIDES):
        had = amounts()[*at, side, scope]
        told[word] = {region: 100 * had[r] / had.sum() for r, region in enumerate(REGIONS)}
        rows += [{"side": word, "region": region, "share": told[word][region]} for region in PARTS]
    built = told["who built it"]["EU-27"]
    accelerators = told["who designed its accelerators"]["United States"]
    processors = told["who designed its processors"]["United States"]
    chart = stacked(
        alt.Data(values=rows),
        category="side",
        value="share",
        part="region",
        parts=PARTS,
        title="Share of the Linpack performance in the EU-27 (%)",
        text=".0f",
    )
    chart.layer[0].encoding.x.scale = alt.Scale(domain=[0, 100])
    return titled(
        chart,
        f"EU firms built {number(built, 0)} % of what the EU hosts; {number(accelerators, 0)} % of it runs on US "
        "accelerators",
        f"All machines in the EU-27, {month(vintages()[NEWEST])}, by their Linpack.",
        f"All of this performance stands in the EU; firms of the EU built {number(built, 1)} % of it; "
        f"{number(accelerators, 1)} % runs on machines with accelerators designed in the US and "
        f"{number(processors, 1)} % on processors designed there; none on accelerators designed in the EU.",
    )


CURVES = ["EU-27", "United States", "China", "Japan"]


def reporting_chart() -> alt.LayerChart:
    """Shares of the listed Linpack performance over time: a fall can be a machine gone or a letter not sent."""
    rows = [
        {"year": _year(row["list"]), "share": row["rmax_share_percent"], "region": row["group"]}
        for row in data.records("top500_countries")
        if row["group"] in CURVES
    ]
    china = {row["list"]: row for row in data.records("top500_countries") if row["group"] == "China"}
    share = {vintage: row["rmax_share_percent"] for vintage, row in china.items()}
    back = max(vintages()[1:], key=lambda vintage: share[vintage] - share[list_after(vintage, -1)])
    high, low = max(share, key=share.get), list_after(back, -1)

    def told(vintage: str) -> str:
        return f"{number(share[vintage], 1)} % with {china[vintage]['systems']} systems in {month(vintage)}"

    chart = lines(
        alt.Data(values=rows),
        x="year",
        y="share",
        x_title="Year of the list",
        y_title="Share of the listed Linpack performance (%)",
        series="region",
        names=CURVES,
        points=True,
        height=200,
    )
    chart = titled(
        chart,
        f"A country can vanish from a list: China fell from {number(share[high], 0)} to {number(share[low], 0)} %",
        description=f"China's share of the listed performance: {told(high)}, {told(low)}, {told(back)}, when one large "
        "machine was entered.",
    )
    # Marks at whole years only, and those are no quantities: 2026, not 2,026.
    first, last = (end(row["year"] for row in rows) for end in (min, max))
    chart.layer[0].encoding.x.axis = alt.Axis(values=list(range(math.ceil(first), int(last) + 1)), format="d")
    return chart


def _year(vintage: str) -> float:
    year, month = map(int, vintage.split("-"))
    return year + month / 12


def gdp_chart(countries: int = 12) -> alt.LayerChart:
    """Listed performance over GDP, for the countries that have most of it and the EU as a whole."""
    found = per_gdp(vintages()[NEWEST])
    kept = found[:countries]
    kept += [pair for pair in found if pair not in kept and pair[0] in ("EU-27", "United States", "China", "World")]
    by_name = dict(found)
    first, second = found[:2]
    beside_us = by_name["EU-27"] / by_name["United States"]
    told = (
        "the EU and the United States are level"
        if abs(beside_us - 1) < LEVEL
        else f"the EU has {number(beside_us, 1)} times as much as the United States"
    )
    chart = bars(
        alt.Data(values=[{"country": name, "ratio": ratio} for name, ratio in kept]),
        category="country",
        value="ratio",
        title="TFLOP/s per billion USD of GDP",
        text=",.0f",
        step=22,
    )
    return titled(
        accented(chart, "country", ["EU-27", "Germany"]),
        f"For the size of its economy {first[0]} has most, and {told}",
        f"Listed Linpack of {month(vintages()[NEWEST])} over GDP of 2023 at market rates.",
        f"{first[0]} has most listed performance per GDP, {number(first[1], 0)} TFLOP/s per billion USD, then "
        f"{second[0]} with {number(second[1], 0)}; the United States have {number(by_name['United States'], 0)}, the "
        f"EU-27 {number(by_name['EU-27'], 0)}, Germany {number(by_name['Germany'], 0)}, China "
        f"{number(by_name['China'], 0)}.",
    )


def beside_the_largest(superchips: float) -> str:
    """So many of JUPITER's superchips beside the largest known AI machine, when it was listed and later."""
    (then, chips), (now, computing) = (
        (month(date), number(part / PERCENT, 0)) for date, part in parts_of_the_largest(superchips).items()
    )
    return (
        f"{chips} % of the chips of the largest AI machine known in {then}, {computing} % of the computing of that of "
        f"{now}"
    )


def unlisted_chart() -> alt.LayerChart:
    """The largest known machine outside the list, at JUPITER's speed per chip, beside the first and JUPITER."""
    known = largest_unlisted()
    then, later = printed(), list_after(printed(), 1)
    first, own = entries()[then][0], entry(then, "JUPITER Booster")
    low, high = as_listed(known["value"], then), as_listed(known["value"], later)
    rows = [
        {"name": "unlisted, at JUPITER's later speed", "pflops": high},
        {"name": "unlisted, at JUPITER's first speed", "pflops": low},
        {"name": f"{first['system']}, first", "pflops": first["rmax_pflops"]},
        {"name": f"JUPITER, rank {own['rank']}", "pflops": own["rmax_pflops"]},
    ]
    whole = next(row["rmax_pflops"] for row in data.records("top500_countries") if row["list"] == then)
    times = [number(speed / first["rmax_pflops"], 1) for speed in (low, high)]
    chart = bars(
        alt.Data(values=rows),
        category="name",
        value="pflops",
        title=f"Linpack (PFLOP/s), list of {month(then)}; unlisted: estimated",
        text=",.0f",
    )
    return titled(
        accented(chart, "name", [row["name"] for row in rows[:2]]),
        f"The list cannot see a machine that may be {' to '.join(times)} times as fast as its first",
        f"An estimate: {number(known['value'])} chips, each as fast as one of JUPITER's in {month(then)} or "
        f"{month(later)}.",
        f"The largest known AI machine of {month(known['as_of'])} has {number(known['value'])} chips and is not "
        f"listed; at JUPITER's Linpack per chip it would reach {number(low, 0)} to {number(high, 0)} PFLOP/s, "
        f"{' to '.join(times)} times {first['system']}, the first of the list, and {number(100 * low / whole, 0)} % "
        "of all 500 machines together. Larger sites run today, on chips for which this sum cannot be made.",
    )
