"""The report as a whole: its verdicts counted, its inner contradictions, its sources, and the learner's predictions."""

import pandas as pd

from . import data, learner, scenarios
from .charts import WIDTH
from .errors import CourseError
from .factcheck import WORDS, claims, decided, verdict_counts
from .kinds import stacked, titled
from .lessons.answers import ANSWERS
from .tables import Table
from .wording import number, quantity

WAYS = {"strand": "by subject", "speaker_role": "by speaker", "tier": "by quality of the evidence"}
FEW = 3  # speakers with fewer statements are taken together


def verdict_chart(by: str = "strand"):
    """How many statements got which verdict, by strand, speaker or tier of the evidence."""
    if by not in WAYS:
        raise CourseError(f"verdicts are counted by {', '.join(WAYS)}, not by {by!r}")
    frame = pd.DataFrame([(claims()[id][by], found.word) for id, found in decided().items()], columns=["of", "verdict"])
    sizes = frame.groupby("of").size().sort_values(ascending=False)
    rare = [name for name, size in sizes.items() if by == "speaker_role" and size < FEW]
    frame["of"] = frame.of.where(~frame.of.isin(rare), "others")
    counts = frame.groupby(["of", "verdict"]).size().rename("statements").reset_index()
    order = [*(name for name in sizes.index if name not in rare), *(["others"] if rare else [])]
    counts = counts.sort_values("of", key=lambda column: column.map(order.index), ignore_index=True)
    words = frame.verdict.value_counts()
    told = ", ".join(f"{words[word]} {word}" for word in WORDS if word in words)
    chart = stacked(
        counts, category="of", value="statements", part="verdict", parts=list(WORDS), title="Statements", text="d"
    )
    return titled(
        chart.properties(width=WIDTH - 60),
        f"Verdicts {WAYS[by]}",
        description=f"Of {len(frame)} statements decided so far: {told}. Largest group: {order[0]}, {sizes.iloc[0]}.",
    )


def verdict_table() -> Table:
    """How many statements got which verdict."""
    counts = verdict_counts()
    return Table(pd.DataFrame([counts.values()], columns=list(counts)), f"Verdicts on {len(claims())} statements")


def predictions_scored() -> Table:
    """The learner's guesses from the start beside what the course computes."""
    rows = []
    for row in data.records("predictions"):
        kept = learner.kept("predictions").get(row["id"])
        if row["at_start"]:
            found = float(ANSWERS[row["id"]]())
            guess = kept["value"] if kept else None
            ratio = f"{number(guess / found, 1)} times" if kept and found * guess > 0 else "–"
            rows.append(
                (
                    row["question"],
                    number(guess) if kept else "none kept",
                    quantity(found, row["unit"], _digits(found)),
                    ratio,
                )
            )
    columns = ["Question", "You guessed", "The course finds", "Guess over finding"]
    return Table(pd.DataFrame(rows, columns=columns), "What you believed")


def _digits(value: float) -> int:
    return 0 if abs(value) >= 10 else 2


def inner_contradictions() -> Table:
    """Statements of the report that do not fit together, or seem not to."""
    rows = [
        (pair["topic"], f"{a}: {claims()[a]['statement']}", f"{b}: {claims()[b]['statement']}", pair["settled_by"])
        for pair in data.records("contradictions")
        if pair["table_a"] == pair["table_b"] == "claims"
        for a, b in [(pair["row_a"], pair["row_b"])]
    ]
    columns = ["Topic", "One statement", "Another", "What settles it"]
    return Table(pd.DataFrame(rows, columns=columns), "The report against itself")


def source_criticism() -> Table:
    """The studies behind the ratios and the forecasts: who paid, what is counted, in which unit, when, how sure."""
    studies = [
        (
            r["study"],
            r["paid_by"],
            r["benefit"],
            _range(r["value_low"], r["value_high"]),
            r["unit"],
            r["year"],
            r["tier"],
        )
        for r in data.records("roi_studies")
        if r["value_high"] is not None and len(set(r["unit"].split("/"))) == 1 < len(r["unit"].split("/"))
    ]
    forecasts = [
        (r["study"], r["funder"], r["measure"], _range(r["low"], r["high"]), r["unit"], r["published"][:4], r["tier"])
        for r in data.records("macro_forecasts")
        if r["high"] is not None
    ]
    columns = ["Study", "Paid by", "What is counted", "Number", "Unit", "Year", "Evidence"]
    return Table(pd.DataFrame(studies + forecasts, columns=columns).fillna("not stated"), "Where the numbers come from")


def _range(low: float | None, high: float) -> str:
    return number(high) if low in (None, high) else f"{number(low)} to {number(high)}"


def claim_sources() -> list[str]:
    """The sources of all statements, each once."""
    return sorted({claim["source"] for claim in claims().values() if claim["source"]})


def scenario(code: str = "") -> scenarios.Scenario:
    """The scenario behind a code; without one, the scenario that the panels of this session hold."""
    return scenarios.decode(code) if code.strip() else scenarios.current
