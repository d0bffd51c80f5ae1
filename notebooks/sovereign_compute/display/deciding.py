"""Charts of what decides: which assumption moves a result most, and what of a difference is due to which."""

from collections.abc import Callable

import altair as alt

from ..analysis.comparison import shapley
from ..analysis.sensitivity import tornado
from ..errors import CourseError
from ..inputs.wording import number, quantity
from ..models.registry import find
from .charts import BLUE, CONFIG, GREY, ORANGE, PALETTE, WIDTH

HARDLY = 0.1
"""Of the largest effect: an assumption that moves the result by less matters hardly at all."""


def tornado_chart(function: Callable, output: str | None = None, most: int | None = None, **changes) -> alt.LayerChart:
    """Which assumption matters: the output when each one alone moves to its P5 and its P95.

    ``function`` is a model or any function of your own, as for ``explore``; ``output`` is one of its results by name.
    ``most`` leaves out all but so many of the largest.
    """
    frame = tornado(function, changes, output).iloc[:most]
    wanted = find(function).output(output)
    if frame.empty:
        raise CourseError(f"{find(function).name} has no assumption with a range, so there is nothing to compare")
    first = frame.iloc[0]
    base = alt.Chart(frame)
    row = alt.Y("label:N", sort=None, title=None)
    bars = base.mark_bar(height=14, color=PALETTE["component"]).encode(
        y=row,
        x=alt.X("at_low:Q", title=wanted.heading, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=8)),
        x2="at_high:Q",
    )
    low = base.mark_point(shape="circle", filled=True, color=BLUE, size=50, opacity=1).encode(y=row, x="at_low:Q")
    high = base.mark_point(shape="diamond", filled=True, color=ORANGE, size=60, opacity=1).encode(y=row, x="at_high:Q")
    rule = alt.Chart(alt.Data(values=[{"base": float(first.base)}])).mark_rule().encode(x="base:Q")
    return alt.layer(bars, rule, low, high).properties(
        width=WIDTH,
        height=alt.Step(22),
        title=alt.Title(
            what_matters(frame),
            subtitle="Circle: the assumption at the low end of its range. Diamond: at the high end.",
        ),
        description=(
            f"{first.label} matters most: moving it alone from P5 to P95 moves the result from "
            f"{number(first.at_low, wanted.digits)} to {quantity(first.at_high, wanted.unit, wanted.digits)}. "
            f"In order of effect: {', '.join(frame.label)}."
        ),
        config=CONFIG,
    )


def attribution_chart(function: Callable, before, after, output: str | None = None) -> alt.LayerChart:
    """What of the difference between two scenarios, or their codes, is due to which assumption (Shapley values)."""
    frame = shapley(function, before, after, output)
    wanted = find(function).output(output)
    whole = frame.contribution.sum()
    frame = frame.assign(sign=["raises" if value > 0 else "lowers" for value in frame.contribution])
    # Raising is neither good nor bad: no colour that means one of them elsewhere.
    signs = alt.Scale(domain=["raises", "lowers"], range=[PALETTE["component"], GREY])
    row = alt.Y("label:N", sort=None, title=None)
    bars = alt.Chart(frame[["label", "contribution", "sign"]]).encode(
        y=row, x=alt.X("contribution:Q", title=f"Change: {wanted.heading}", axis=alt.Axis(tickCount=8))
    )
    # The number of a falling bar stands on the other side of zero, where nothing covers it.
    numbers = bars.transform_calculate(at="max(datum.contribution, 0)").mark_text(align="left", dx=5, fontSize=12)
    numbers = numbers.encode(x="at:Q", text=alt.Text("contribution:Q", format="+.3~g"))
    drawn = bars.mark_bar(height=14).encode(color=alt.Color("sign:N", scale=signs, title=None))
    told = "; ".join(f"{r.label} {number(r.contribution, wanted.digits)}" for r in frame.head(3).itertuples())
    return alt.layer(drawn, numbers).properties(
        width=WIDTH,
        height=alt.Step(22),
        title=alt.Title(
            f"{frame.label.iloc[0]} makes most of the difference" if whole else "The two scenarios come to the same",
            subtitle="The parts add up to the whole difference.",
        ),
        description=(
            f"{wanted.label} changes by {quantity(whole, wanted.unit, wanted.digits)} from the first scenario to the "
            f"second. Largest contributions: {told or 'none, the scenarios are the same'}."
        ),
        config=CONFIG,
    )


def what_matters(frame) -> str:
    """The finding of a tornado, whose largest bar comes first.

    >>> import pandas as pd
    >>> rows = {"label": ["Utilisation", "Years of use", "PUE"], "at_low": [9, 5, 1.0], "at_high": [1, 1, 1.1]}
    >>> what_matters(pd.DataFrame(rows))
    'Utilisation matters most, PUE hardly at all'
    >>> what_matters(pd.DataFrame(rows).iloc[:2])
    'Utilisation matters most, then years of use'
    """
    swing, labels = (frame.at_high - frame.at_low).abs(), list(frame.label)
    matters = f"{labels[0]} {'matter' if _are_many(labels[0]) else 'matters'}"
    if len(labels) == 1:
        return f"{matters}: nothing else varies"
    if swing.iloc[-1] < HARDLY * swing.iloc[0]:
        return f"{matters} most, {_within(labels[-1])} hardly at all"
    return f"{matters} most, then {_within(labels[1])}"


def _are_many(label: str) -> bool:
    """Whether a label is a plural: “Years of use”, but not “Value of services”."""
    named = label.partition(" of ")[0].split()
    return any((word.endswith("s") and not word.endswith("ss")) or word == "People" for word in named)


def _within(label: str) -> str:
    """A label within a sentence: its first word keeps its capital only if it is a short form."""
    return label if label[1:2].isupper() or not label[1:2].isalpha() else f"{label[0].lower()}{label[1:]}"
