"""What lesson 31 alone shows."""

import altair as alt
import pandas as pd

from ...display import kinds
from ...display.charts import WIDTH
from ...display.tables import Table, source_words
from ...inputs import data
from ...inputs.wording import number
from ...models.parts import companies
from ...models.startups import public_part as public_part

UNKNOWN = "not published"


def _worth(row) -> str:
    if pd.isna(row.valuation_bn):
        if pd.isna(row.exit_bn):
            return "not known"
        return f"sold: {number(row.exit_bn)} bn {row.exit_currency}"
    kind = "" if row.valuation_kind == "post-money" else f" ({row.valuation_kind})"
    return f"{number(row.valuation_bn)} bn {row.valuation_currency}{kind}"


def company_table(*status: str) -> Table:
    """European companies of the table, or those of some status: winners, exits and failures alike.

    *How read* says on what a row rests: a headline alone, a text, a document, a tracker, memory. A value is after the
    new money unless its kind is said; where there is none, the date is that of the fate.
    """
    frame = companies.european()
    frame = frame[frame.status.isin(status)] if status else frame
    rows = [
        (
            row.company,
            row.country,
            row.founded[:4] if row.founded else "not known",
            row.status,
            _worth(row),
            row.valuation_date or row.exit_date or "",
            row.read_as,
            row.tier,
            row.public_machine or "",
        )
        for row in frame.itertuples()
    ]
    columns = ["Company", "Seat", "Founded", "Fate", "Last value", "As of", "How read", "Evidence", "Public machine"]
    return Table(pd.DataFrame(rows, columns=columns), f"{len(rows)} European AI companies and projects")


PRINTED = {
    "mistral-ai-2025-09-09-pre": "before the new money, not after: add it",
    "mistral-ai-2025-09-09-usd": "dollars, not euros: convert at the date",
    "mistral-ai-2026-09-08-usd": "dollars, not euros: convert at the date",
    "lovable-2026-08-12-typo": "a comma in the wrong place",
    "elevenlabs-2025-01-other": "another sum and value: a second text has the sum of ours",
}
"""Second prints of one round, and what is wrong with them."""


def printed_pairs() -> pd.DataFrame:
    """Rounds that are printed twice: company, date, the value kept, the other one, and their ratio (plain numbers)."""
    rounds = {row["id"]: row for row in data.records("funding_rounds")}
    names = data.table("startups").set_index("id").company
    rows = []
    for id, why in PRINTED.items():
        other, kept = rounds[id], rounds[rounds[id]["same_as"]]
        rows.append(
            {
                "company": names[other["company"]],
                "date": other["as_of"],
                "kept": kept["valuation_m"],
                "kept_as": f"{number(kept['valuation_m'])} million {kept['valuation_currency']}",
                "other_as": f"{number(other['valuation_m'])} million {other['valuation_currency']}",
                "ratio": kept["valuation_m"] / other["valuation_m"],
                "why": why,
            }
        )
    return pd.DataFrame(rows)


def printed_table() -> Table:
    """Pairs of printed values without the explanation, for the learner to find."""
    frame = printed_pairs()
    rows = [
        (row.company, row.date, row.kept_as, row.other_as, f"{number(row.ratio, 2)} times")
        for row in frame.itertuples()
    ]
    columns = ["Company", "Round of", "One print", "Another print", "First over second"]
    return Table(pd.DataFrame(rows, columns=columns), "One round, two values")


def silo_events() -> list[tuple[str, str, str]]:
    """Dates of Silo AI and of LUMI in order: date, what happened, source."""
    firm = data.row("startups", "silo-ai")
    opening = data.row("system_facts", "lumi-lumi-g-heat-promised")
    events = [
        (firm["founded"], "Silo AI is founded in Helsinki", firm["source"]),
        (opening["as_of"], "LUMI opens in Kajaani", opening["source"]),
        (firm["exit_date"], f"{firm['buyer']} ({firm['buyer_country']}) buys Silo AI", firm["source"]),
    ]
    for run in data.records("training_runs"):
        if run["id"] in ("poro-34b", "viking-7b"):
            events.append(
                (run["published"], f"{run['model']} is published, trained on {run['machine']}", run["source"])
            )
    return sorted(events)


def silo_timeline() -> Table:
    """Silo AI and LUMI by date."""
    rows = [(date, event, source_words(source)) for date, event, source in silo_events()]
    return Table(pd.DataFrame(rows, columns=["Date", "Event", "Source"]), "Silo AI and LUMI")


HOURS = ("bloom-176b", "poro-34b", "mistral-7b", "teuken-7b")


def hours_table() -> Table:
    """Public hours of models that the report or this lesson names: what is known, and what is not."""
    rows = [
        (
            row["model"],
            row["organisation"],
            row["machine"],
            "not published" if row["chip_hours"] is None else f"{number(row['chip_hours'])} ({row['hours_kind']})",
            source_words(row["source"]),
        )
        for row in data.records("training_runs")
        if row["id"] in HOURS
    ]
    columns = ["Model", "Trained by", "Machine", "GPU-hours", "Source"]
    return Table(pd.DataFrame(rows, columns=columns), "Which hours were public?")


def first_model_table() -> Table:
    """Who says where Mistral's first model was trained."""
    rows = [
        (row["as_of"], row["item"], row["tier"], source_words(row["source"]))
        for row in sorted(data.records("startup_compute"), key=lambda row: str(row["as_of"]))
        if row["who"] == "Mistral 7B"
    ]
    return Table(pd.DataFrame(rows, columns=["Date", "What it says", "Evidence", "Source"]), "Where Mistral 7B ran")


def lead_money() -> pd.DataFrame:
    """Equity rounds of European companies by the country of the lead investor: lead, million USD, rounds.

    Second prints of a round and debt are left out; a round is counted whole for its lead, because the parts of the
    others are not published.
    """
    ours = set(companies.european().id)
    frame = data.table("funding_rounds")
    frame = frame[frame.company.isin(ours) & frame.same_as.isna()].copy()
    frame = frame.assign(equity=frame.amount_m - frame.debt_m.fillna(0))
    frame = frame[frame.equity > 0]
    frame["usd"] = frame.equity.where(frame.currency != "EUR", frame.equity * companies.rate())
    frame["lead"] = [" and ".join(sorted(lead.split("/"))) if lead else UNKNOWN for lead in frame.lead_country]
    grouped = frame.groupby("lead").usd.agg(["sum", "count"]).reset_index()
    grouped.columns = ["lead", "usd", "rounds"]
    grouped = grouped.assign(unknown=grouped.lead == UNKNOWN)
    return grouped.sort_values(["unknown", "usd"], ascending=[True, False], ignore_index=True)


def debt_table() -> Table:
    """Debt of European companies on record, oldest first; the lender is known where the whole sum was lent."""
    ours = companies.european().set_index("id")["company"]
    rows = [
        (
            ours[row["company"]],
            row["as_of"],
            f"{number(row['debt_m'])} million {row['currency']}",
            f"{row['lead_investor']}, {row['lead_country']}" if lent else UNKNOWN,
            f"{row['tier']}: {source_words(row['source'])}; {row['note']}",
        )
        for row in sorted(data.records("funding_rounds"), key=lambda row: row["as_of"])
        if row["company"] in ours and row["debt_m"] and not row["same_as"]
        for lent in [row["debt_m"] == row["amount_m"] and row["lead_investor"]]
    ]
    columns = ["Company", "Date", "Debt", "Lent by", "Evidence and note"]
    return Table(pd.DataFrame(rows, columns=columns), "Debt of European companies")


def lead_chart() -> alt.LayerChart:
    """Who led the rounds of European companies, by country."""
    frame = lead_money()
    known = frame[~frame.unknown]
    share = 100 * known[known.lead.str.contains("US")].usd.sum() / known.usd.sum()
    unknown = frame[frame.unknown].usd.sum()
    drawn = kinds.bars(
        frame.assign(usd=frame.usd / 1000)[["lead", "usd"]],
        category="lead",
        value="usd",
        title="Money raised in rounds led from there, billion USD",
        text=".2f",
        step=22,
    )
    return kinds.titled(
        drawn.properties(width=WIDTH - 60),
        "Who leads the rounds?",
        ["Country of the lead investor, or of all leads. Debt is left out.", "Some leads are from memory."],
        f"Rounds with an American lead, alone or beside others, make up {number(share, 0)} % of the "
        f"{number(known.usd.sum() / 1000, 1)} billion USD whose lead is known; for {number(unknown / 1000, 1)} billion "
        "it is not. A lead is not an owner, and shares are not published.",
    )
