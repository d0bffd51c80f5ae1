"""How heavy tails, luck and a threshold look: the European values, and firms that are made up and say so."""

import altair as alt
import numpy as np
import pandas as pd

from ...display import kinds
from ...display.charts import CATEGORIES, INK, PALETTE, WIDTH
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.parts import companies, selection, tails

DRAWN = 2_000
"""Simulated firms and calls in the charts."""
STARTS = (companies.UNICORN, companies.TAIL_FROM, 3.0, 4.0)
"""Smallest values to start the estimate from, in billion USD."""


# The tail -------------------------------------------------------------------------------------------------------------


def european_tail() -> tails.Tail:
    """Hill's estimate on the European values from ``companies.TAIL_FROM`` on."""
    return tails.hill(companies.unicorns().usd, companies.TAIL_FROM)


def hill_table() -> Table:
    """Hill's estimate for several smallest values: the answer depends on where one starts to count."""
    usd = companies.unicorns().usd
    found = {least: tails.hill(usd, least) for least in STARTS}
    rows = [(least, tail.count, tail.exponent, tail.error) for least, tail in found.items()]
    columns = [Column("Counted from", number, unit="billion USD"), "Firms"]
    columns += [Column("Exponent", 2), Column("Standard error", 2)]
    low, high = (number(extreme(row[2] for row in rows), 2) for extreme in (min, max))
    caption = f"The exponent lies between {low} and {high}, depending on where one starts to count"
    return Table(rows, caption, columns)


def tail_chart() -> alt.LayerChart:
    """How many firms are worth at least so much, on two logarithmic scales, with the power law of the estimate."""
    frame, tail = companies.unicorns(), european_tail()
    rows = pd.DataFrame({"usd": frame.usd, "rank": np.arange(1, len(frame) + 1), "name": frame.company})
    start, ends = companies.TAIL_FROM, [companies.UNICORN, float(frame.usd.max())]
    rows["law"] = tail.count * (rows.usd / start) ** -tail.exponent
    line = [{"usd": v, "rank": tail.count * (v / start) ** -tail.exponent} for v in ends]
    lacking = line[0]["rank"] - tail.count
    # Room around the first and the last point, and no more: the scales would run on to the next power of ten.
    x, y = (
        {"scale": alt.Scale(type="log", nice=False, domain=[0.8, most]), "axis": alt.Axis(values=ticks)}
        for most, ticks in ((1.5 * ends[1], [1, 2, 5, 10, 20]), (1.3 * line[0]["rank"], [1, 2, 5, 10, 20]))
    )
    across = alt.X("usd:Q", title="Value, billion USD (logarithmic)", **x)
    up = alt.Y("rank:Q", title="Firms worth at least that (logarithmic)", **y)
    base = alt.Chart(rows)
    points = base.mark_point(filled=True, size=70, opacity=0.9, color=PALETTE["own"]).encode(x=across, y=up)
    # The name of a large firm stands on that side of its point where the line does not run.
    names = [
        base.transform_filter(f"datum.rank <= 5 && datum.law {side} datum.rank")
        .mark_text(align=align, dx=dx, fontSize=11)
        .encode(x=across, y=up, text="name:N")
        for side, align, dx in (("<=", "left", 8), (">", "right", -8))
    ]
    law = alt.Chart(alt.Data(values=line)).mark_line(strokeDash=[6, 4], color=INK).encode(x=across, y=up)
    read = frame.read_as.value_counts()
    one, three = (100 * tails.top_share(frame.usd, count) for count in (1, 3))
    return kinds.titled(
        alt.layer(law, points, *names).properties(width=WIDTH - 60, height=240),
        f"The three largest of {len(frame)} European firms hold {number(three, 0)} % of the value",
        [
            f"Points: firms. Dashed: a power law, estimated from {number(start)} billion USD on.",
            f"Read in headlines only: {read.get('headline', 0)} values; from memory: {read.get('memory', 0)}.",
        ],
        f"From {number(start)} billion USD on, the exponent is {number(tail.exponent, 2)} with a standard error of "
        f"{number(tail.error, 2)}. Between one and {number(start)} billion the law has {number(lacking, 0)} firms and "
        f"the list {len(frame) - tail.count}. The largest firm holds {number(one, 0)} % and the three largest "
        f"{number(three, 0)} % of the sum of {len(frame)} values.",
    )


def mean_chart() -> alt.LayerChart:
    """The mean of the first n draws of two power laws: simulated."""
    exponents = {f"α = {number(get('tail_exponent').value)}": get("tail_exponent").value, "α = 2": 2.0}
    at = np.unique(np.geomspace(1, DRAWN, 160).astype(int))
    means = {name: tails.running_mean(tails.pareto(exponent, DRAWN)) for name, exponent in exponents.items()}
    rows = pd.DataFrame(
        [{"n": int(n), "mean": float(mean[n - 1]), "series": name} for name, mean in means.items() for n in at]
    )
    heavy, thin = (float(mean[-1] / mean[DRAWN // 10 - 1]) for mean in means.values())
    drawn = kinds.lines(
        rows,
        x="n",
        y="mean",
        series="series",
        names=list(exponents),
        x_title="Simulated firms counted (logarithmic)",
        y_title="Mean, billion USD (logarithmic)",
        log_x=True,
        log_y=True,
    )
    return kinds.titled(
        drawn,
        "With a heavy tail the mean does not settle (simulated)",
        "Draws from two power laws above 1 billion USD. No firm here is real.",
        f"Simulated. From {DRAWN // 10:,} to {DRAWN:,} firms the mean changes by a factor of {number(heavy, 1)} with "
        f"the exponent of the European values and by {number(thin, 2)} with an exponent of 2.",
    )


# Luck and selection ---------------------------------------------------------------------------------------------------


def found_survivors(drawing: int = 0) -> selection.Survivors:
    """A thousand simulated firms at the course's spread and share of winners; others in each drawing."""
    spread, winning = get("quality_spread").value, get("unicorn_share").value
    return selection.survivors(spread, winning, seed=selection.SEED + drawing)


def survivors_chart(drawing: int = 0) -> alt.LayerChart:
    """A thousand equally good simulated firms by their value, the winners marked; others in each drawing."""
    found = found_survivors(drawing)
    logs = np.log10(found.multiples)
    edges = np.arange(np.floor(logs.min() * 4) / 4, logs.max() + 0.25, 0.25)
    names = {"all others": ~found.won, "winners": found.won}
    rows = []
    for name, mask in names.items():
        counts, _ = np.histogram(logs[mask], edges)
        rows += [
            {"at": float(10 ** (edges[i] + 0.125)), "firms": int(count), "kind": name}
            for i, count in enumerate(counts)
            if count
        ]
    colour = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(names), range=CATEGORIES[:2]))
    shape = alt.Shape("kind:N", legend=None, scale=alt.Scale(domain=list(names), range=["circle", "diamond"]))
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X(
            "at:Q",
            title="Value, times the median firm (logarithmic)",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(values=[10.0**power for power in range(-4, 5)], format=",~r"),
        ),
        y=alt.Y("firms:Q", title="Firms", scale=alt.Scale(domainMax=1.15 * max(row["firms"] for row in rows))),
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(color=colour, shape=shape)
    # Each of the two is named at its highest point.
    down = [alt.SortField("firms", order="descending")]
    highest = base.transform_window(place="row_number()", sort=down, groupby=["kind"]).transform_filter(
        "datum.place == 1"
    )
    beside = highest.mark_text(align="left", dx=6, dy=-12, fontSize=12).encode(text="kind:N")
    drawn = alt.layer(points, beside)
    return kinds.titled(
        drawn.properties(width=WIDTH - 30, height=190),
        f"{(found.won & found.hours).sum()} of the {found.won.sum()} winners had public hours, which did nothing "
        "(simulated)",
        f"{number(len(logs))} firms that are equally good and differ by luck alone. No firm here is real.",
        f"Simulated. Of {len(logs):,} equally good firms the {found.won.sum()} luckiest are worth "
        f"{number(float(np.median(found.multiples[found.won])), 0)} times the median firm. "
        f"{(found.won & found.hours).sum()} of them had public hours, given by lot and without any effect.",
    )


def funded_and_ranked() -> tuple[int, int]:
    """How many proposals the Large AI Grand Challenge had and how many it funded."""
    facts = {row["id"]: row["value"] for row in data.records("startup_compute")}
    return int(facts["grand-challenge-proposals"]), len(companies.prize_winners())


def threshold_chart(drawing: int = 0) -> alt.LayerChart:
    """One simulated call with the numbers of the Grand Challenge, another in each drawing: values and threshold."""
    ranked, funded = funded_and_ranked()
    effect, spread = get("funding_effect").value, get("quality_spread").value
    multiples = selection.ranked_call(effect, spread, ranked, funded, seed=selection.SEED + drawing)
    names = ["funded", "not funded"]
    rows = pd.DataFrame(
        {
            "rank": np.arange(1, ranked + 1),
            "value": multiples,
            "kind": [names[0]] * funded + [names[1]] * (ranked - funded),
        }
    )
    found = selection.estimates(effect, spread, funded, DRAWN)
    wrong = 100 * float(np.mean(found < 0))
    low, high = np.quantile(found, (0.05, 0.95))
    drawn = kinds.scatter(
        rows,
        x="rank",
        y="value",
        x_title="Rank of the proposal",
        y_title="Value, times the median (logarithmic)",
        kind="kind",
        kinds=names,
        log_y=True,
        zero=True,
        height=230,
    )
    return kinds.titled(
        alt.layer(drawn, kinds.reference(funded + 0.5, "threshold")).properties(width=WIDTH - 30),
        f"The prize adds {number(effect)} %, but {number(wrong, 0)} % of such calls would find a loss (simulated)",
        f"{ranked} proposals ranked, {funded} funded, as in the Grand Challenge. All values are made up.",
        f"Simulated with a true effect of {number(effect)} %. In {DRAWN:,} such calls the effect found lies between "
        f"{number(low, 0)} and {number(high, 0)} % nine times in ten, and {number(wrong, 0)} % of them find a loss.",
    )


def design_table() -> Table:
    """How many calls must be pooled to find an effect, at the course's spread of luck."""
    _, funded = funded_and_ranked()
    effect = get("funding_effect")
    sizes = sorted({effect.value, effect.high, 100.0, 300.0})
    rows = [(size, np.ceil(selection.calls_needed(size, get("quality_spread").value, funded))) for size in sizes]
    columns = [
        Column("Effect of a prize on the value", number, unit="%"),
        Column(f"Calls with {funded} winners each", 0),
    ]
    least = number(float(rows[0][1]))
    caption = (
        f"{least} calls would have to be pooled to see an effect of {number(rows[0][0])} % (5 % level, power 80 %)"
    )
    return Table(rows, caption, columns)
