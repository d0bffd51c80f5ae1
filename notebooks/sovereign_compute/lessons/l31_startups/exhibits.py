"""What lesson 31 alone shows."""

import altair as alt
import pandas as pd

from ...display import kinds
from ...display.charts import WIDTH
from ...display.tables import Column, Table, source_words
from ...inputs import data, frames
from ...inputs.wording import number
from ...models.parts import companies
from ...models.startups import public_part as public_part

UNKNOWN = "not published"


def _or_nothing(text: str) -> str:
    return text if pd.notna(text) else ""


SOLD = "price of the exit"


def _worth(billions: float, currency: str, kind: str) -> str:
    text = f"{number(billions)} bn {currency}"
    return f"sold: {text}" if kind == SOLD else text if kind == "post-money" else f"{text} ({kind})"


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
            *(row.founded, row.status),
            *(
                (row.exit_bn, row.exit_currency, SOLD)
                if pd.isna(row.valuation_bn)
                else (row.valuation_bn, row.valuation_currency, row.valuation_kind)
            ),
            row.valuation_date if pd.notna(row.valuation_date) else row.exit_date,
            row.read_as,
            row.tier,
            row.public_machine,
        )
        for row in frame.assign(founded=frame.founded.str[:4].astype("float64")).itertuples()
    ]
    columns = [
        *("Company", "Seat", Column("Founded", "{:.0f}".format, missing="not known"), "Fate"),
        Column("Last value", _worth, of=("Last value, billion", "Currency", "Kind"), missing="not known"),
        *(Column("As of", _or_nothing), "How read", "Evidence", Column("Public machine", _or_nothing)),
    ]
    caption = f"{len(rows)} European AI companies and projects: winners, exits and failures"
    return Table(rows, caption, columns)


PRINTED = {
    "mistral-ai-2025-09-09-pre": "before the new money, not after: add it",
    "mistral-ai-2025-09-09-usd": "dollars, not euros: convert at the date",
    "mistral-ai-2026-09-08-usd": "dollars, not euros: convert at the date",
    "lovable-2026-08-12-typo": "a comma in the wrong place",
    "elevenlabs-2025-01-other": "another sum and value: a second text has the sum of ours",
}
"""Second prints of one round, and what is wrong with them."""


def printed_pairs() -> pd.DataFrame:
    """Rounds that are printed twice, in plain numbers and in words.

    Columns: company, date, kept and other (million), kept_currency, other_currency, kept_as and other_as (the same in
    words), ratio (kept over other, whatever the currencies), why.
    """
    rounds = {row["id"]: row for row in data.records("funding_rounds")}
    names = frames.table("startups").set_index("id").company
    rows = []
    for id, why in PRINTED.items():
        other, kept = rounds[id], rounds[rounds[id]["same_as"]]
        rows.append(
            {
                "company": names[other["company"]],
                "date": other["as_of"],
                "kept": kept["valuation_m"],
                "kept_currency": kept["valuation_currency"],
                "other": other["valuation_m"],
                "other_currency": other["valuation_currency"],
                "kept_as": f"{number(kept['valuation_m'])} million {kept['valuation_currency']}",
                "other_as": f"{number(other['valuation_m'])} million {other['valuation_currency']}",
                "ratio": kept["valuation_m"] / other["valuation_m"],
                "why": why,
            }
        )
    return pd.DataFrame(rows)


def printed_table() -> Table:
    """Pairs of printed values without the explanation, for the learner to find."""
    prints = printed_pairs()[["company", "date", "kept", "kept_currency", "other", "other_currency", "ratio"]]
    columns = [
        *("Company", "Round of"),
        Column("One print", _millions, of=("One print, million", "Currency of one")),
        Column("Another print", _millions, of=("Another print, million", "Currency of another")),
        Column("First over second", 2, unit="times"),
    ]
    caption = f"{len(prints)} pairs of printed values, each pair for one round: what is wrong?"
    return Table(list(prints.itertuples(index=False, name=None)), caption, columns)


def _millions(amount: float, currency: str) -> str:
    return f"{number(amount)} million {currency}"


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
    return Table(rows, "Silo AI and LUMI: was the machine there when the firm grew?", ["Date", "Event", "Source"])


HOURS = ("bloom-176b", "poro-34b", "mistral-7b", "teuken-7b")


def hours_table() -> Table:
    """Public hours of models that the report or this lesson names: what is known, and what is not."""
    rows = [
        (
            row["model"],
            row["organisation"],
            row["machine"],
            *(row["chip_hours"], row["hours_kind"]),
            source_words(row["source"]),
        )
        for row in data.records("training_runs")
        if row["id"] in HOURS
    ]
    hours = Column(
        "GPU-hours", lambda hours, kind: f"{number(hours)} ({kind})", of=("GPU-hours", "Kind"), missing=UNKNOWN
    )
    columns = ["Model", "Trained by", "Machine", hours, "Source"]
    unknown = " and ".join(row[0] for row in rows if row[3] is None)
    return Table(rows, f"Which hours were public? Those of {unknown} were never published", columns)


def first_model_table() -> Table:
    """Who says where Mistral's first model was trained."""
    rows = [
        (row["as_of"], row["item"], row["tier"], source_words(row["source"]))
        for row in sorted(data.records("startup_compute"), key=lambda row: str(row["as_of"]))
        if row["who"] == "Mistral 7B"
    ]
    return Table(
        rows, "Where Mistral’s first model was trained: who says what", ["Date", "What it says", "Evidence", "Source"]
    )


def lead_money() -> pd.DataFrame:
    """Equity rounds of European companies by the country of the lead investor.

    Columns: lead (country, or several), usd (million), rounds (number), unknown (whether the lead is not published).
    Second prints of a round and debt are left out; a round is counted whole for its lead, because the parts of the
    others are not published.
    """
    ours = set(companies.european().id)
    frame = frames.table("funding_rounds")
    frame = frame[frame.company.isin(ours) & frame.same_as.isna()].copy()
    frame = frame.assign(equity=frame.amount_m - frame.debt_m.fillna(0))
    frame = frame[frame.equity > 0]
    frame["usd"] = frame.equity.where(frame.currency != "EUR", frame.equity * companies.rate())
    frame["lead"] = [" and ".join(sorted(lead.split("/"))) for lead in frame.lead_country.fillna(UNKNOWN)]
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
            *(row["debt_m"], row["currency"]),
            f"{row['lead_investor']}, {row['lead_country']}" if lent else UNKNOWN,
            f"{row['tier']}: {source_words(row['source'])}; {row['note']}",
        )
        for row in sorted(data.records("funding_rounds"), key=lambda row: row["as_of"])
        if row["company"] in ours and row["debt_m"] and not row["same_as"]
        for lent in [row["debt_m"] == row["amount_m"] and row["lead_investor"]]
    ]
    debt = Column("Debt", _millions, of=("Debt, million", "Currency"))
    columns = ["Company", "Date", debt, "Lent by", "Evidence and note"]
    return Table(rows, "Debt of European companies: lenders are paid before the owners", columns)


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
        f"American investors lead rounds with {number(share, 0)} % of the money whose lead is known",
        "Country of the lead investor, or of all leads, some of them from memory. Debt is left out.",
        f"Rounds with an American lead, alone or beside others, make up {number(share, 0)} % of the "
        f"{number(known.usd.sum() / 1000, 1)} billion USD whose lead is known; for {number(unknown / 1000, 1)} billion "
        "it is not. A lead is not an owner, and shares are not published.",
    )
