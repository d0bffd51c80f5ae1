"""Published migrations against what the model of lesson 14 says of them: cost, time, and years to pay back."""

from dataclasses import dataclass
from functools import cache, partial

import altair as alt

from ...analysis.settings import complete
from ...display import kinds
from ...display.tables import Column, Table, source_words
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number, signed
from ...models.leaving import cost_of_leaving, move_time, pay_back
from ...models.parts.constants import (
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    MONTHS_PER_YEAR,
    PERCENT,
    WORKDAYS_PER_YEAR,
)
from .. import back_tests
from ..back_tests import middle_factor

COST, TIME = "cost", "time"


@dataclass(frozen=True)
class Test(back_tests.BackTest):
    """One published number of a migration and what the model says: MEUR or months."""

    what: str
    basis: str


def rows() -> list[dict]:
    """The published migrations, in the order of the table."""
    return data.records("migrations")


def in_euros(row: dict, amount: float) -> float:
    """Millions of the row's currency in million EUR."""
    return amount / data.row("exchange_rates", row["rate"])["rate"] if row["rate"] else amount


def effort(row: dict) -> float:
    """Person-months of a move: from its workloads, or from its cost where these were not published."""
    if row["workloads"]:
        return row["workloads"] * get("workload_effort").value / WORKDAYS_PER_YEAR * MONTHS_PER_YEAR
    year = get("salary").value * EUROS_PER_THOUSAND / EUROS_PER_MILLION
    return in_euros(row, row["cost"]) / year * MONTHS_PER_YEAR


def _cost(row: dict) -> float:
    """Work and training of a move by the model, at the course's values but for the count (MEUR)."""
    people = 0.0 if row["kind"] == "servers" else float(row["workloads"])
    changes = {"workloads": float(row["workloads"]), "people_moved": people}
    found = cost_of_leaving(**{**complete(cost_of_leaving), **changes})
    return found.work + found.training


def _tests_of(row: dict) -> list[Test]:
    found = []
    if row["cost"] and row["workloads"]:
        found.append(Test(row, in_euros(row, row["cost"]), _cost(row), COST, "workloads"))
    if row["months"] and (row["workloads"] or (row["kind"] == "business software" and row["covers"] != "damage alone")):
        basis = "workloads" if row["workloads"] else "its cost"
        found.append(Test(row, row["months"], move_time(effort(row)), TIME, basis))
    return found


@cache
def tests() -> tuple[Test, ...]:
    """Every published cost and time that the model can be held against, with the prediction."""
    return tuple(test for row in rows() for test in _tests_of(row))


def of(what: str) -> tuple[Test, ...]:
    return tuple(test for test in tests() if test.what == what)


def plans() -> list[tuple[dict, str, float]]:
    """What became of a plan over the plan, for each migration that published both: row, quantity, times as much."""
    found = []
    for row in rows():
        if row["cost"] and row["cost_planned"]:
            found.append((row, COST, row["cost"] / row["cost_planned"]))
        if row["months"] and row["months_planned"]:
            found.append((row, TIME, row["months"] / row["months_planned"]))
    return found


def paid_back(row: dict) -> float:
    """Years in which a published saving pays a published cost back, at the course's cost of money."""
    return float(pay_back(get("capital_rate").value * PERCENT, row["saving"], row["cost"]))


def migrations_chart() -> alt.LayerChart:
    """Every published cost and time: predicted over published, by migration."""
    names = ["cost, work and training", "cost, licences or a part too", "time"]

    def kind(test: Test) -> str:
        if test.what == TIME:
            return names[2]
        return names[0] if test.row["covers"] == "work and training" else names[1]

    points = [{"who": t.row["who"], "ratio": t.ratio, "kind": kind(t), "how": t.row["outcome"]} for t in tests()]
    ticks = alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 4, 8], format="~g")
    drawn = back_tests.chart(
        points,
        by="who",
        names=names,
        x=alt.X("ratio:Q", title="Predicted over published (times)", scale=alt.Scale(type="log"), axis=ticks),
        tooltip=["who:N", "how:N"],
        step=26,
        size=80,
        opacity=0.9,
    )
    low, high = (choose(tests(), key=lambda test: test.ratio) for choose in (min, max))
    title = back_tests.finding(tests(), "costs and times")
    return kinds.titled(
        drawn,
        title,
        back_tests.LINES,
        f"{title}. The middle factor is {number(middle_factor(of(COST)), 1)} for costs and "
        f"{number(middle_factor(of(TIME)), 1)} for times. The largest misses are {low.row['who']}, {low.what}: "
        f"{number(low.ratio, 2)} times what was published, and {high.row['who']}, {high.what}: "
        f"{number(high.ratio, 1)} times.",
    )


def migrations_table() -> Table:
    """Every published number with the prediction and its error."""
    units = {COST: "million EUR", TIME: "months"}
    shown = [
        (
            test.row["who"],
            f"{test.row['left']} → {test.row['taken']}",
            test.row["outcome"],
            f"{test.what}, {units[test.what]}",
            test.published,
            test.predicted,
            100 * (test.ratio - 1),
            test.row["covers"] if test.what == COST else f"from {test.basis}",
            source_words(test.row["source"]),
        )
        for test in tests()
    ]
    columns = [
        *("Who", "From what to what", "Outcome", "Number"),
        *(Column("Published", 1), Column("Predicted", 1)),
        *(Column("Error", partial(signed, digits=0), unit="%"), "What is in it", "Source"),
    ]
    return Table(shown, "Published migrations and what the model says of them", columns)


def plans_table() -> Table:
    """What plans became, and in how many years a published saving paid a published cost back."""
    shown = [
        (row["who"], row["outcome"], f"{what} over plan", times, source_words(row["source"]))
        for row, what, times in plans()
    ]
    shown += [
        (row["who"], row["outcome"], "years to pay back", paid_back(row), source_words(row["source"]))
        for row in rows()
        if row["cost"] and row["saving"]
    ]
    columns = ["Who", "Outcome", "Number", Column("Times, or years", 1), "Source"]
    return Table(shown, "What became of plans, and how soon a saving paid for a move", columns)


def all_migrations() -> Table:
    """The whole list: who moved, how it ended, and what is known of it."""
    shown = [
        (r["who"], f"{r['left']} → {r['taken']}", r["outcome"], r["started"], r["ended"] or "–", r["tier"], r["note"])
        for r in rows()
    ]
    columns = ["Who", "From what to what", "Outcome", "Begun", "Ended", "Evidence", "What to know"]
    return Table(shown, f"{len(shown)} migrations that somebody put a number to", columns)
