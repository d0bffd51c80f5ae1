"""The report as a whole: its verdicts counted, its inner contradictions, its sources, and the learner's predictions."""

import pandas as pd

from ...controls import progress
from ...controls.findings import digits
from ...display.charts import WIDTH
from ...display.kinds import stacked, titled
from ...display.prose import Prose
from ...display.tables import Column, Table
from ...display.verdict_looks import LOOKS
from ...errors import CourseError
from ...inputs import data, scenarios
from ...inputs.units import UNITS
from ...inputs.wording import counted, number, span
from ...models.parts.calibration import interval_score, luck, stretch
from ..answers import ANSWERS
from ..fact_check import WORDS, claims, decided, verdict_counts

WAYS = {"strand": "by subject", "speaker_role": "by speaker", "tier": "by quality of the evidence"}
FEW = 3  # speakers with fewer statements are taken together
ENOUGH = 5  # ranges, from which on their width can be judged


def verdict_chart(by: str = "strand"):
    """How many statements got which verdict, by strand, speaker or tier of the evidence."""
    if by not in WAYS:
        raise CourseError(f"verdicts are counted by {', '.join(WAYS)}, not by {by!r}")
    frame = pd.DataFrame([(claims()[id][by], found.word) for id, found in decided().items()], columns=["of", "verdict"])
    sizes = frame.groupby("of").size().sort_values(ascending=False, kind="stable")
    rare = [name for name, size in sizes.items() if by == "speaker_role" and size < FEW]
    frame["of"] = frame.of.where(~frame.of.isin(rare), "others")
    counts = frame.groupby(["of", "verdict"]).size().rename("statements").reset_index()
    order = [*(name for name in sizes.index if name not in rare), *(["others"] if rare else [])]
    counts = counts.sort_values("of", key=lambda column: column.map(order.index), ignore_index=True, kind="stable")
    words, held = frame.verdict.value_counts(), frame[frame.verdict == WORDS[0]].of.value_counts()
    told = ", ".join(f"{word} {words[word]}" for word in WORDS if word in words)
    sizes = frame.of.value_counts()[order]
    groups = ", ".join(f"{name} {held.get(name, 'none')} of {size}" for name, size in sizes.items())
    columns = {"category": "of", "value": "statements", "part": "verdict"}
    look = {"colours": [LOOKS[word].colour for word in WORDS], "white": (3, 5)}
    # A digit needs little room, and a single statement counts, too.
    chart = stacked(counts, **columns, parts=list(WORDS), title="Statements", text="d", least=0.02, **look)
    return titled(
        chart.properties(width=WIDTH - 60),
        FINDINGS[by](frame.assign(of=[claims()[id][by] for id in decided()])),
        description=f"Verdicts on {len(frame)} statements: {told}. What holds, {WAYS[by]}: {groups}.",
    )


def _by_subject(frame: pd.DataFrame) -> str:
    words = frame.verdict.value_counts()
    most = words.index[0]
    return f"{words.get(WORDS[0], 0)} of {len(frame)} statements hold without reservation; {words[most]} {MANY[most]}"


def _by_speaker(frame: pd.DataFrame) -> str:
    own = frame.of == "the report"
    held, quoted = (frame[who].verdict.eq(WORDS[0]).sum() for who in (own, ~own))
    return (
        f"Of {own.sum()} statements of the report itself {held or 'none'} hold without reservation, "
        f"of {(~own).sum()} that it quotes {quoted or 'none'}"
    )


def _by_tier(frame: pd.DataFrame) -> str:
    tiers = frame.of.value_counts()
    return f"{tiers.iloc[0]} of {len(frame)} verdicts rest on {tiers.index[0]} evidence"


FINDINGS = {"strand": _by_subject, "speaker_role": _by_speaker, "tier": _by_tier}
"""What each of the charts shows, as its title."""
MANY = {
    "holds": "hold",
    "holds partly": "hold partly",
    "depends on the reading": "depend on how they are read",
    "does not hold": "do not hold",
    "opinion": "are opinions",
    "not testable here": "cannot be tested here",
}
"""What is said of many statements with one verdict."""


def verdict_table() -> Table:
    """How many statements got which verdict."""
    counts = verdict_counts()
    return Table([tuple(counts.values())], f"Verdicts on {len(claims())} statements", list(counts))


def _guesses() -> list[tuple[dict, float, dict]]:
    """The questions that the learner has guessed, what the course computes, and what the learner's file has on them."""
    kept = progress.kept("predictions")
    found = [(row, ANSWERS[row["id"]](), kept[row["id"]]) for row in data.records("predictions") if row["id"] in kept]
    return [(row, finding.value, entry) for row, finding, entry in found if not finding.assumed]


def predictions_scored() -> Table:
    """The guesses and ranges that the learner has kept beside what the course computes, with interval scores."""
    rows = []
    for row, found, kept in _guesses():
        guess, low, high = kept["value"], kept.get("low"), kept.get("high")
        times = guess / found if found * guess > 0 else None
        judged = (None, None)
        if low is not None:
            judged = "yes" if low <= found <= high else "no", interval_score(low, high, found) / abs(found)
        rows.append((row["question"], guess, times, found, row["unit"], low, high, *judged))
    columns = [
        "Question",
        Column("You guessed (times the finding)", _guessed, of=("You guessed", "Times the finding")),
        Column("The course finds", lambda x, unit: counted(x, unit, digits(x)), of=("The course finds", "Unit")),
        Column("Your 90 % range", span, of=("Low", "High"), missing="–"),
        Column("Held", missing="–"),
        Column("Interval score (times the finding)", 1, missing="–"),
    ]
    return Table(rows, "What you believed", columns)


def _guessed(value: float, times: float) -> str:
    return number(value) + ("" if pd.isna(times) else f" ({number(times, 1)} times)")


def calibration_in_words() -> Prose:
    """How many of the learner's ranges held the number, and how much wider or narrower they should have been."""
    scored = [(kept["low"], kept["high"], found) for _, found, kept in _guesses() if "low" in kept]
    if not scored:
        return Prose(
            "You have kept no ranges yet. That is no loss: write a range of 90 % beside a guess in lesson 00 or in any "
            "other, and run this cell again."
        )
    n, held = len(scored), sum(low <= found <= high for low, high, found in scored)
    says = f"{held} of your {n} {'range' if n == 1 else 'ranges'} held the number; calibrated ones hold nine of ten"
    if n < ENOUGH:
        return Prose(f"{says}. Fewer than {ENOUGH} are too few to say more.")
    factor = stretch([(low, high) for low, high, _ in scored], [found for *_, found in scored])
    kind = "too narrow" if factor > 1.25 else "too wide" if factor < 0.8 else "about as wide as they should be"
    return Prose(
        f"{says}, give or take luck: {luck(n)} to {n} of {n}. Your ranges were {kind}: to hold nine of ten they would "
        f"have had to be {number(factor, 1)} times as wide."
    )


def still_open() -> Table:
    """The statements that cannot be tested here, and what would have to be known to decide them."""
    rows = [
        (id, claims()[id]["statement"], found.found, found.because)
        for id, found in decided().items()
        if found.word == "not testable here"
    ]
    columns = ["Claim", "Statement", "Found", "What would have to be known"]
    return Table(rows, f"{len(rows)} statements that are open", columns)


def inner_contradictions() -> Table:
    """Statements of the report that do not fit together, or seem not to."""
    rows = [
        (pair["topic"], f"{a}: {claims()[a]['statement']}", f"{b}: {claims()[b]['statement']}", pair["settled_by"])
        for pair in data.records("contradictions")
        if pair["table_a"] == pair["table_b"] == "claims"
        for a, b in [(pair["row_a"], pair["row_b"])]
    ]
    columns = ["Topic", "One statement", "Another", "What settles it"]
    return Table(rows, "The report against itself", columns)


def source_criticism() -> Table:
    """The studies behind the ratios and the forecasts: when, who paid, what is counted, in which unit, how sure."""
    studies = [
        (
            _dated(r["study"], r["year"]),
            r["paid_by"],
            r["benefit"],
            *(r["value_low"], r["value_high"], _unit(r["unit"])),
            r["tier"],
        )
        for r in data.records("roi_studies")
        if r["value_high"] is not None and len(set(r["unit"].split("/"))) == 1 < len(r["unit"].split("/"))
    ]
    forecasts = [
        (
            _dated(r["study"], r["published"][:4]),
            r["funder"],
            r["measure"],
            *(r["low"], r["high"], _unit(r["unit"])),
            r["tier"],
        )
        for r in data.records("macro_forecasts")
        if r["high"] is not None
    ]
    columns = [
        *("Study", Column("Paid by", missing="not stated"), "What it counts"),
        *(Column("Number", _range, of=("Low", "High", "Unit")), "Evidence"),
    ]
    return Table(studies + forecasts, "Where the numbers come from", columns)


def _dated(study: str, year: str | None) -> str:
    return study if year and year in study else f"{study}, {year or 'no year stated'}"


def _unit(unit: str) -> str:
    return UNITS.get(unit, unit.replace("/", " per "))


def _range(low: float, high: float, unit: str) -> str:
    return f"{span(high if pd.isna(low) else low, high)} {unit}"


def claim_sources() -> list[str]:
    """The sources of all statements, each once."""
    return sorted({claim["source"] for claim in claims().values() if claim["source"]})


def scenario(code: str = "") -> scenarios.Scenario:
    """The scenario behind a code; without one, the scenario that the panels of this session hold."""
    return scenarios.decode(code) if code.strip() else scenarios.current
