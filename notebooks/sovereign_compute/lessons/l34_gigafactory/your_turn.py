"""Notebook 34, *Your turn*: how much stands idle in a year, and what decides it."""

from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.settings import evaluate
from ...controls.tasks import Task
from ...inputs.wording import number
from ...models.gigafactory import gigafactory_use

RATES = (0, 20, 40)


def idle_in_a_year() -> Callable:
    """The solution of 34.T1, in per cent."""
    import numpy as np

    def idle(years, demand, growth, offered):
        wanted = demand * (1 + growth / 100) ** years
        return 100 * np.maximum(0, 1 - wanted / offered)

    return idle


def idle_over_years() -> alt.Chart:
    """The solution of 34.T2."""
    import pandas as pd

    rows = [
        (year, growth, max(0, 100 - 100 * 60_000 * (1 + growth / 100) ** year / 420_000))
        for growth in (0, 20, 40)
        for year in range(4, 11)
    ]
    frame = pd.DataFrame(rows, columns=["year", "growth", "idle"])
    return (
        alt.Chart(frame, title="At 40 % growth all are rented after six years, at 20 % not after ten")
        .mark_line(point=True)
        .encode(
            x=alt.X("year", title="Years from today"),
            y=alt.Y("idle", title="Idle, %"),
            color=alt.Color("growth:N", title="Growth, % a year"),
            strokeDash=alt.StrokeDash("growth:N", title="Growth, % a year"),
        )
    )


def _cases() -> list[dict]:
    found = evaluate(gigafactory_use)
    usual = {"demand": found.wanted_today, "offered": found.usable}
    return [
        *({"years": years, "growth": growth, **usual} for years in (0, 3, 6) for growth in (0, 15, 40)),
        {"years": 5, "growth": -10, **usual},
        {"years": 20, "growth": 30, **usual},
        {"years": 2.5, "growth": 25, "demand": 100_000, "offered": 300_000},
    ]


def _idle_in_words() -> str:
    idle, found = idle_in_a_year(), evaluate(gigafactory_use)
    year = idle(3.5, found.wanted_today, 40, found.usable)
    return (
        f"At 40 % growth and today’s price {number(year, 0)} % of the GPUs stand idle after three and a half years. "
        f"The lesson has {number(found.stranded, 0)} %: its sites ask less than a cloud and so find more customers."
    )


def _frame(rates=RATES, years=range(4, 11), today: int = 0, how: Callable | None = None) -> pd.DataFrame:
    idle = how or idle_in_a_year()
    rows = [(year, rate, idle(year - today, 60_000, rate, 420_000)) for rate in rates for year in years]
    return pd.DataFrame(rows, columns=["year", "growth", "idle"])


def _years_in_words() -> str:
    frame = _frame().set_index(["year", "growth"]).idle
    return (
        f"When the sites open, {number(frame[4, 0], 0)}, {number(frame[4, 20], 0)} or {number(frame[4, 40], 0)} % "
        f"stand idle; after ten years {number(frame[10, 0], 0)}, {number(frame[10, 20], 0)} or "
        f"{number(frame[10, 40], 0)} %. Nobody has measured the growth of the GPUs that industry rents, so the three "
        "lines are three opinions."
    )


def _chart_of(frame: pd.DataFrame) -> alt.Chart:
    """The chart of 34.T2 with other rows."""
    return alt.Chart(frame).mark_line().encode(x="year", y="idle", color="growth:N")


def _other(form: Callable) -> Callable:
    """A function with the arguments of 34.T1 that computes something else."""

    def given(years, demand, growth, offered):
        return form(years, demand, growth / 100, offered)

    return given


def _busy(years, demand, growth, offered):
    return np.minimum(1, demand * (1 + growth) ** years / offered)


TASKS = (
    Task(
        id="34.T1",
        question=(
            "How much stands idle in a year? Write a function of years (from today), demand (GPUs today), growth (per "
            "cent a year) and offered (GPUs). It gives the part of the GPUs offered, in per cent, that nobody rents so "
            "many years from now."
        ),
        expected=idle_in_a_year,
        finding=_idle_in_words,
        hints=(
            "First compute how many GPUs are in demand then. Growth in per cent multiplies each year.",
            "Where more are in demand than on offer, nothing stands idle: np.maximum(0, …) keeps the part from "
            "falling below zero.",
        ),
        cases=_cases,
        mistakes=(
            (
                lambda: _other(lambda y, d, g, o: 100 * (1 - d * (1 + g) ** y / o)),
                "Less than nothing cannot stand idle: where demand is larger than supply, give zero.",
            ),
            (
                lambda: _other(lambda y, d, g, o: 100 * np.maximum(0, 1 - d * (1 + g * y) / o)),
                "You added the same number each year. Growth multiplies.",
            ),
            (
                lambda: _other(lambda y, d, g, o: 100 * _busy(y, d, g, o)),
                "That is the part that is rented; the idle part is asked for.",
            ),
            (
                lambda: _other(lambda y, d, g, o: 1 - _busy(y, d, g, o)),
                "That is a part of one; give per cent.",
            ),
            (
                lambda: _other(lambda y, d, g, o: o * (1 - _busy(y, d, g, o))),
                "Those are GPUs; give their part of all that are offered, in per cent.",
            ),
            (
                lambda: _other(lambda y, d, g, o: 100 * np.maximum(0, 1 - d / o)),
                "That is today; let demand grow.",
            ),
        ),
    ),
    Task(
        id="34.T2",
        question=(
            "What decides? With your function, compute the idle part of 420,000 GPUs for 60,000 in demand today: for "
            "each of the years 4 to 10 from today and for growth of 0, 20 and 40 %. Draw lines: year along the "
            "horizontal axis, idle along the vertical one, growth by colour. State the finding as title."
        ),
        expected=idle_over_years,
        finding=_years_in_words,
        hints=(
            "Make a DataFrame with the columns year, growth and idle: one row for each pair of year and growth.",
            "range(4, 11) counts from 4 to 10; two loops in one list give all pairs.",
        ),
        mistakes=(
            (
                lambda: _chart_of(_frame(years=range(4, 10))),
                "The last year is missing: range stops before its second number.",
            ),
            (
                lambda: _chart_of(_frame(today=4)),
                "You let demand grow only from the fourth year on. It grows from today.",
            ),
            (
                lambda: _chart_of(_frame(how=_other(lambda y, d, g, o: 100 * _busy(y, d, g, o)))),
                "Those are the GPUs in use; idle is asked for.",
            ),
        ),
    ),
)
