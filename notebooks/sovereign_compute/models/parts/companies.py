"""The companies of ``data/startups.csv`` in one currency: who is European, who is worth a billion, who won a prize."""

import pandas as pd

from ...errors import CourseError
from ...inputs import data, frames

UNICORN = 1.0
"""The smallest value counted, in billion USD."""
TAIL_FROM = 2.0
"""Where the tail starts, in billion USD: small rounds make few headlines, and below this the list is thin."""


def rate(date: str | None = None) -> float:
    """Dollars for a euro on a day, or in a month, that the table of rates has; without one, on the newest day."""
    rows = [row for row in data.records("exchange_rates") if (row["base"], row["quote"]) == ("EUR", "USD")]
    found = [row for row in rows if row["as_of"].startswith(date or "")]
    if not found:
        known = ", ".join(sorted(row["as_of"] for row in rows))
        raise CourseError(f"data/exchange_rates.csv has no rate of EUR in USD of {date}; it has those of {known}")
    return max(found, key=lambda row: row["as_of"])["rate"]


def european() -> pd.DataFrame:
    """European companies with their last value in billion USD (NaN where none is known), largest first.

    Euros are converted at the newest rate, whatever the date of the value. Columns: those of ``startups``, and usd.
    """
    frame = frames.table("startups")
    frame = frame[frame.region == "European"]
    usd = frame.valuation_bn.where(frame.valuation_currency != "EUR", frame.valuation_bn * rate())
    return frame.assign(usd=usd).sort_values(["usd", "id"], ascending=[False, True], ignore_index=True)


def unicorns() -> pd.DataFrame:
    """European companies worth at least a billion USD, largest first. Columns: those of `european`."""
    frame = european()
    return frame[frame.usd >= UNICORN].reset_index(drop=True)


def prize_winners() -> pd.DataFrame:
    """The four winners of the Large AI Grand Challenge. Columns: those of `european`."""
    frame = european()
    return frame[frame.public_machine.fillna("").str.contains("prize")].reset_index(drop=True)
