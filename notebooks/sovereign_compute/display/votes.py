"""The guesses of a class as a chart: a histogram for each vote, its ranges, the answer when it is asked for."""

import math
from collections.abc import Sequence

import altair as alt

from . import kinds
from .charts import GREY, PALETTE, WIDTH

SPREAD = 20.0  # guesses above zero that differ by more times than this lie on a logarithmic axis
BARS = 12  # about so many in a histogram
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
FINE, COARSE = (1, 1.5, 2, 3, 5, 7), (1, 2, 5)  # ends of bars between two powers of ten
MOST_TICKS = 9
ROOM = 1.25  # above the longest bar, for the name of the answer
# Pixels: of a histogram, of the line of a range (many of them lie closer), of all ranges, of two votes, of the axis.
HEIGHT, RANGE, TALLEST, BESIDE, EDGE = 130, 3, 160, 330, 34


def edges(numbers: Sequence[float]) -> tuple[list[float], bool]:
    """Where the bars of a histogram begin and end, so that they hold all numbers; whether their axis is logarithmic.

    >>> edges([1, 4, 9])
    ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0], False)
    """
    low, high = min(numbers), max(numbers)
    if low > 0 and high / low > SPREAD:
        first, last = math.floor(math.log10(low)), math.floor(math.log10(high)) + 1
        parts = FINE if last - first <= len(STEPS) // 2 else COARSE if last - first <= BARS else (1,)
        fine = [float(f"{part}e{power}") for power in range(first, last + 1) for part in parts]
        below, above = max(x for x in fine if x <= low), min(x for x in fine if x > high)
        return [x for x in fine if below <= x <= above], True
    size = (high - low or abs(high) or 1.0) / BARS
    scale = 10.0 ** math.floor(math.log10(size))
    step = next(scale * step for step in STEPS if scale * step >= size * (1 - 1e-9))
    first, last = math.floor(low / step), math.floor(high / step) + 1
    bounds = [round(step * n, 12) for n in range(first - 1, last + 2)]
    # Division and product may part in the last figure: what holds the numbers is looked up.
    below, above = max(x for x in bounds if x <= low), min(x for x in bounds if x > high)
    return [x for x in bounds if below <= x <= above], False


def chart(
    votes: dict[str, list[dict[str, float]]],
    question: str,
    unit: str,
    told: str,
    answer: tuple[float, str] | None = None,
) -> alt.HConcatChart:
    """Guesses of one question by the name of the vote, two votes side by side on like axes.

    ``answer`` is the number with its words. With it a range that holds the number is drawn full, one
    that misses it dashed.
    """
    numbers = [number for vote in votes.values() for guess in vote for number in guess.values()]
    bounds, log = edges([*numbers, *([answer[0]] if answer else [])])
    scale = alt.Scale(type="log" if log else "linear", domain=[bounds[0], bounds[-1]], nice=False)
    ticks = {"values": _ticks(bounds), "format": "~r"} if log else {"tickCount": 6, "format": ",~r"}
    across = alt.X("from:Q", title=unit, scale=scale, axis=alt.Axis(**ticks))
    counted = {name: _counts([guess["value"] for guess in vote], bounds) for name, vote in votes.items()}
    most = ROOM * max(max(counts) for counts in counted.values())
    width = WIDTH if len(votes) == 1 else BESIDE
    columns = []
    for colour, (name, vote) in zip((PALETTE["own"], PALETTE["cloud"]), votes.items(), strict=False):
        parts = [_bars(bounds, counted[name], most, across, colour, answer).properties(title=_named(name))]
        if ranges := sorted((guess["low"], guess["high"]) for guess in vote if "low" in guess):
            parts.append(_ranges(ranges, across, colour, answer).properties(title=_named(f"{name}: the ranges")))
        columns.append(alt.vconcat(*(part.properties(width=width) for part in parts), spacing=12))
    return kinds.titled(alt.hconcat(*columns, spacing=30), question, "", told)


def _named(text: str) -> alt.Title:
    return alt.Title(text, fontSize=13, frame="group", offset=6)


def _ticks(bounds: list[float]) -> list[float]:
    """Of the ends of bars on a logarithmic axis those that are named."""
    few = [x for x in bounds if f"{x:e}"[0] in "125" and f"{x:.1e}"[2] == "0"]
    return few if len(few) <= MOST_TICKS else [x for x in bounds if f"{x:.1e}".startswith("1.0")]


def _counts(values: list[float], bounds: list[float]) -> list[int]:
    counts = [0] * (len(bounds) - 1)
    for value in values:
        counts[sum(value >= bound for bound in bounds[1:-1])] += 1
    return counts


def _bars(bounds, counts, most, across, colour, answer) -> alt.LayerChart:
    rows = [
        {"from": start, "to": end, "guesses": n} for start, end, n in zip(bounds, bounds[1:], counts, strict=False) if n
    ]
    axis = alt.Axis(tickMinStep=1, tickCount=4, format="d", minExtent=EDGE, maxExtent=EDGE)
    up = alt.Y("guesses:Q", title="Guesses", axis=axis, scale=alt.Scale(domain=[0, most], nice=False))
    bars = alt.Chart(alt.Data(values=rows)).mark_bar(stroke="white", strokeWidth=1, color=colour)
    bars = bars.encode(x=across, x2="to:Q", y=up, y2=alt.datum(0))
    return _with_answer([bars], answer, True).properties(height=HEIGHT)


def _ranges(ranges, across, colour, answer) -> alt.LayerChart:
    rows = [
        {"from": low, "to": high, "place": n, "held": answer is None or low <= answer[0] <= high}
        for n, (low, high) in enumerate(ranges)
    ]
    step = min(2.0 * RANGE, TALLEST / len(rows))
    blank = alt.Axis(labels=False, ticks=False, domain=False, grid=False, minExtent=EDGE, maxExtent=EDGE)
    down = alt.Y("place:Q", title=None, axis=blank, scale=alt.Scale(domain=[len(rows), -1], nice=False))
    base, thick = alt.Chart(alt.Data(values=rows)), min(RANGE, 0.7 * step)
    held = base.transform_filter("datum.held").mark_rule(strokeWidth=thick, color=colour)
    missed = base.transform_filter("!datum.held").mark_rule(strokeWidth=thick, color=GREY, strokeDash=[4, 3])
    layers = [layer.encode(x=across, x2="to:Q", y=down) for layer in (held, missed)]
    return _with_answer(layers, answer, False).properties(height=max(step * (len(rows) + 1), 24))


def _with_answer(layers: list, answer, named: bool) -> alt.LayerChart:
    if answer:
        layers = [*layers, kinds.reference(answer[0], answer[1] if named else "")]
    return alt.layer(*layers)
