"""How a belief in disruptions is shown: before and after counting, and under different readings of the list."""

import altair as alt
import pandas as pd

from ...analysis.evaluation import COURSE, HEADS, Reading, read
from ...inputs import data
from ...inputs.wording import number, quantity
from ...models.belief import disruption_belief, interval, updated
from .. import kinds
from ..charts import VIEWS, View
from ..tables import Table, source_words

LEGAL_BASES = ("safe-harbour-2015", "privacy-shield-2020")
NO_EVENTS = ("dpf-upheld-2025",)
SINGLE_PERSONS = ("icc-mailbox-2025", "icc-accounts-2025")
AXIS = "Probability of a disruption (% a year)"


def _after(v: dict[str, float]) -> tuple:
    """The Beta distribution after counting, from the inputs of ``disruption_belief``."""
    return updated(v["prior_events"], v["prior_years"], v["observed_events"], v["observed_years"])


def _belief_rows(reading: Reading) -> dict[str, list]:
    before = reading.values["prior_events"], reading.values["prior_years"]
    lows, highs = zip(interval(*before), interval(*_after(reading.values)), strict=True)
    return {
        "when": ["Believed before", "After counting"],
        "value": [float(reading.result.prior), float(reading.result.mean)],
        "low": list(lows),
        "high": list(highs),
        "course": [float(reading.compared.result.prior), float(reading.compared.result.mean)],
    }


def _belief_chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, category="when", title=AXIS, text=".1f", step=30)
    return kinds.titled(chart, "How likely a disruption is", f"Line: P5 to P95 of the belief. Diamond: {COURSE}.")


def _belief_sentence(reading: Reading) -> str:
    v, result = reading.values, reading.result
    low, high = interval(*_after(v))
    moved = reading.against(f"{number(reading.compared.result.mean, 1)} %")
    counted = f"{_counted(v['observed_events'])} in {quantity(v['observed_years'], 'year')}"
    return (
        f"After counting {counted}, a disruption has a "
        f"probability of {number(result.mean, 1)} % a year (P5 to P95 of the belief: {number(low, 1)} to "
        f"{number(high, 1)}); before, it was {number(result.prior, 1)} %. At least one within "
        f"{quantity(v['planning_years'], 'year')}: {number(result.ever, 0)} %.{moved}"
    )


def _counted(events: float) -> str:
    return f"{number(events)} year{'' if events == 1 else 's'} with an event"


VIEWS["disruption_belief"] = View(
    _belief_chart, _belief_rows, _belief_sentence, {"when": "Belief", "value": "% a year", **HEADS}, band=False
)


def disruption_events() -> Table:
    """The events that one may count, or refuse to count, as disruptions."""
    yes = {True: "yes", False: "no"}
    rows = [
        (r["as_of"], r["event"], r["effect"], yes[r["interruption"]], yes[r["disputed"]], source_words(r["source"]))
        for r in data.records("disruptions")
    ]
    columns = ["Date", "Event", "What it did to users in Europe", "Interruption?", "Disputed?", "Source"]
    return Table(pd.DataFrame(rows, columns=columns), "Which of these do you count?")


def readings_of_the_list() -> dict[str, int]:
    """Five ways to count, from the strictest to the widest: name to the number of years with an event."""
    rows = {row["id"]: row for row in data.records("disruptions")}
    reported = [id for id, row in rows.items() if row["interruption"]]
    counted = {
        "None: no firm stood still": [],
        "Not those of single persons": [id for id in reported if id not in SINGLE_PERSONS],
        "Reported interruptions": reported,
        "… and lost legal bases": [*reported, *LEGAL_BASES],
        "… and every threat": [id for id in rows if id not in NO_EVENTS],
    }
    return {name: len({rows[id]["as_of"][:4] for id in ids}) for name, ids in counted.items()}


def belief_chart(**changes) -> alt.LayerChart:
    """The probability of a disruption under five readings of the same list of events."""
    values = read(disruption_belief, changes, band=False).values
    rows = []
    for name, count in readings_of_the_list().items():
        now = {**values, "observed_events": float(count)}
        low, high = interval(*_after(now))
        mean = float(disruption_belief(**now).mean)
        rows.append({"reading": f"{name} ({count})", "value": mean, "low": low, "high": high})
    chart = kinds.bars(
        alt.Data(values=rows), category="reading", value="value", low="low", high="high", title=AXIS, text=".1f"
    )
    return kinds.titled(
        chart,
        "One list, five probabilities",
        "In brackets: years with an event. Line: P5 to P95 of the belief.",
        "The same list gives "
        + ", ".join(f"{number(row['value'], 1)} % a year to “{row['reading']}”" for row in rows)
        + ".",
    )
