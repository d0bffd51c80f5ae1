"""The Green500 as charts: how the first place and the large machines moved, and why small ones stand in front."""

import altair as alt
import pandas as pd

from ...display import kinds
from ...display.charts import BLUE, GREY, ORANGE, WIDTH
from ...inputs import data
from ...inputs.wording import number
from ...models.parts.constants import KILOWATTS_PER_MEGAWATT

LARGE = 10.0
"""From how many megawatts on a machine counts as large here: the class that JUPITER is in."""
CHIP = "GH200"
NAMED = {"JUPITER Booster": "JUPITER", "JEDI": "JEDI", "KAIROS": "KAIROS", "Alps": "Alps", "ROMEO-2025": "ROMEO"}
"""The machines that the charts name, with the names they get."""


def large_machines(list_: str) -> list[dict]:
    """Machines among the fifty fastest of a list that draw at least ``LARGE`` megawatts, most efficient first."""
    drawn = LARGE * KILOWATTS_PER_MEGAWATT
    rows = [row for row in data.records("top500") if row["list"] == list_ and (row["power_kw"] or 0) >= drawn]
    return sorted(rows, key=lambda row: -row["gflops_per_watt"])


def trend() -> pd.DataFrame:
    """Efficiency by list: columns list, when (year), series, system, gflops_per_watt."""
    rows = []
    for row in data.records("green500"):
        if row["green500_rank"] == 1:
            best = large_machines(row["list"])[0]
            when = int(row["list"][:4]) + (int(row["list"][5:]) - 1) / 12
            rows.append((row["list"], when, "First place", row["system"], row["gflops_per_watt"]))
            rows.append((row["list"], when, "Best large one", best["system"], best["gflops_per_watt"]))
    return pd.DataFrame(rows, columns=["list", "when", "series", "system", "gflops_per_watt"])


def trend_chart() -> alt.LayerChart:
    """The first place of the Green500 and the most efficient large machine, list by list."""
    frame = trend()
    names = ["First place", "Best large one"]
    first, large = (frame[frame.series == name] for name in names)
    lines = kinds.lines(
        frame,
        x="when",
        y="gflops_per_watt",
        x_title="Year of the list",
        y_title="GFLOPS per watt",
        series="series",
        names=names,
        zero=False,
        points=True,
        height=220,
    )
    lines.layer[0].encoding.x.axis = alt.Axis(format="d", tickCount=5)
    gap = [100 * (a / b - 1) for a, b in zip(first.gflops_per_watt, large.gflops_per_watt, strict=True)]
    ends = [f"{number(rows.gflops_per_watt.iloc[i], 1)}" for rows in (first, large) for i in (0, -1)]
    return kinds.titled(
        lines,
        f"The winner of the Green500 is {number(gap[-1], 0)} % more efficient than the best large machine",
        f"Large means at least {number(LARGE)} MW.",
        f"From {first.list.iloc[0]} to {first.list.iloc[-1]} the first place rose from {ends[0]} to {ends[1]} GFLOPS "
        f"per watt ({first.system.iloc[-1]}), the best large machine from {ends[2]} to {ends[3]} "
        f"({large.system.iloc[-1]}). The lead of the first place went from {number(gap[0], 0)} to "
        f"{number(gap[-1], 0)} %.",
    )


def same_chip() -> pd.DataFrame:
    """Machines with JUPITER's superchip, each at its last listing, in two readings of efficiency.

    Columns: system, megawatts, listed and same_run (GFLOPS per watt), tuned. ``listed`` is what the Green500 prints.
    ``same_run`` is the speed over the power of one and the same run, the one that counts for the TOP500; where the two
    differ, the Green500 took another run, made for efficiency (``tuned``).
    """
    latest: dict[str, dict] = {}
    for row in data.records("green500"):
        if CHIP in (row["accelerator"] or "") and row["power_kw"]:
            latest[row["system"]] = row
    rows = [
        (
            system,
            row["power_kw"] / KILOWATTS_PER_MEGAWATT,
            row["gflops_per_watt"],
            1e6 * row["rmax_pflops"] / (1e3 * row["power_kw"]),
            "another run" in (row["note"] or ""),
        )
        for system, row in latest.items()
    ]
    frame = pd.DataFrame(rows, columns=["system", "megawatts", "listed", "same_run", "tuned"])
    return frame.sort_values("megawatts", ignore_index=True, kind="stable")


def size_chart() -> alt.LayerChart:
    """Efficiency against size for one superchip, as listed and in the run that counts for speed."""
    frame = same_chip()
    readings = ["run made for efficiency", "run made for speed"]
    tuned = frame[frame.tuned].assign(reading=readings[0], gflops=frame.listed)
    fast = frame.assign(reading=readings[1], gflops=frame.same_run)
    rows = pd.concat([tuned, fast])[["system", "megawatts", "reading", "gflops"]]
    top = rows.groupby("system").gflops.transform("max") == rows.gflops
    rows = rows.assign(name=[NAMED.get(s, "") if t else "" for s, t in zip(rows.system, top, strict=True)])
    across = alt.X(
        "megawatts:Q",
        title="Power in the run (MW, logarithmic)",
        scale=alt.Scale(type="log", domain=[0.02, 50]),
        axis=alt.Axis(values=[0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]),
    )
    up = alt.Y("gflops:Q", title="GFLOPS per watt", scale=alt.Scale(zero=False))
    legend = alt.Legend(orient="bottom", title=None)
    base = alt.Chart(rows)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=across,
        y=up,
        color=alt.Color("reading:N", scale=alt.Scale(domain=readings, range=[ORANGE, BLUE]), legend=legend),
        shape=alt.Shape("reading:N", scale=alt.Scale(domain=readings, range=["circle", "triangle-up"]), legend=legend),
    )
    # The two smallest lie so close that one name has to go to the left.
    left, right = (
        base.transform_filter(f"datum.name {sign} 'KAIROS'").mark_text(align=align, dx=dx, fontSize=12)
        for sign, align, dx in (("==", "right", -8), ("!=", "left", 8))
    )
    names = [text.encode(x=across, y=up, text="name:N") for text in (left, right)]
    joined = alt.Chart(frame[frame.tuned][["megawatts", "listed", "same_run"]])
    joined = joined.mark_rule(strokeWidth=1.5, color=GREY).encode(x=across, y=alt.Y("same_run:Q"), y2="listed:Q")
    jupiter = frame[frame.system == "JUPITER Booster"].iloc[0]
    ahead, still = frame[frame.listed > jupiter.listed], frame[frame.same_run > jupiter.same_run]
    return kinds.titled(
        alt.layer(joined, points, *names).properties(width=WIDTH, height=280),
        f"{len(ahead)} machines with JUPITER's chip are listed above it, {len(still)} if all had run for speed",
        f"Machines with the {CHIP}, each in its newest list. A line joins the two runs of one machine.",
        f"Of {len(frame)} machines with the same superchip, {len(ahead)} are listed as more efficient than JUPITER "
        f"({number(jupiter.listed, 1)} GFLOPS per watt), {int(ahead.tuned.sum())} of them with a run made for "
        f"efficiency. In the run made for speed {len(still)} are ahead of it.",
    )
