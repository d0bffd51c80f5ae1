"""What lesson 51 alone shows, for its guide: which share which growth leads to."""

from ...display.tables import Column, Table
from ...inputs import data

CLAIM = "irish-times-2026"
"""The row of ``data/irish_data_centres.csv`` with the claim of the worked example."""


def measured() -> dict[int, tuple[float, float]]:
    """Electricity of data centres and of everybody else by year, in GWh, where both are known."""
    rows = [row for row in data.records("irish_data_centres") if row["kind"] == "measured" and row["total_gwh"]]
    return {row["year"]: (row["data_centres_gwh"], row["total_gwh"] - row["data_centres_gwh"]) for row in rows}


def part(centres: float, rest: float) -> float:
    """Share of data centres in all, in %."""
    return 100 * centres / (centres + rest)


def share(growth: float, others: float, year: int) -> float:
    """Share of data centres in the metered electricity of a year, in %; growth since the newest data in % a year."""
    first, (centres, rest) = max(measured().items())
    centres *= (1 + growth / 100) ** (year - first)
    rest *= (1 + others / 100) ** (year - first)
    return part(centres, rest)


def growth_needed(percent: float, others: float, year: int) -> float:
    """Yearly growth of data centres, in %, that leads to a share in a year: `share` the other way round."""
    first, (centres, rest) = max(measured().items())
    rest *= (1 + others / 100) ** (year - first)
    return yearly(centres, percent / (100 - percent) * rest, year - first)


def yearly(before: float, after: float, years: int) -> float:
    """Growth in % that makes one number out of another when it is the same each year."""
    return 100 * ((after / before) ** (1 / years) - 1)


def claim() -> dict:
    """The claim of the worked example: a row of ``data/irish_data_centres.csv``."""
    return data.row("irish_data_centres", CLAIM)


def share_table() -> Table:
    """Shares in the year of the claim, by growth of data centres and of everybody else."""
    year, rests = claim()["year"], (0.0, 2.0, 4.0)
    rows = [(growth, *(share(growth, rest, year) for rest in rests)) for growth in (0.0, 4.0, 7.0, 10.0, 13.0)]
    columns = [Column("Growth of data centres, % a year", 0)]
    columns += [Column(f"Share in % if everybody else grows {rest:.0f} %", 1) for rest in rests]
    return Table(rows, f"Share of data centres in {year}", columns)
