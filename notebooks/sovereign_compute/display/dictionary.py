"""Which tables the course has, and the dictionary of each: what ``data/datapackage.json`` says of its columns."""

from ..inputs import data, frames
from .tables import Column, Table

TYPES = {
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "date": "date",
    "string": "text",
}
DATES = {
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "a year, a month or a day: 2025, 2025-09, 2025-09-05",
    r"^\d{4}-(06|11)$": "June or November of a year: 2025-06",
    r"^\d{4}$": "a year",
}
"""Patterns of the schemas that are dates."""


def tables() -> Table:
    """All tables of the course, and the frames that are joined from two of them: names for ``sc.data``.

    Tables of facts come first, and those that the course itself is made of last.
    """
    rows = []
    for name in [*data.names(), *frames.JOINED]:
        frame = frames.data(name)
        about, units = frame.attrs, frame.attrs["units"]
        columns = [f"{column} ({units[column]})" if column in units else column for column in frame.columns]
        held = f"{about['title']}. {about['description']}"
        rows.append((name, held, len(frame), *(about["dates"] or (None, None)), about["licence"], ", ".join(columns)))
    rows.sort(key=lambda row: "facts" not in row[5])
    columns = [
        *("Table", "What it holds", "Rows"),
        *(Column("Oldest fact", missing="–"), Column("Newest fact", missing="–")),
        # What follows is the same for all, and would make each row twice as high; the frame has all of it.
        *(Column("Licence", lambda licence: licence.partition(";")[0]), "Columns and their units"),
    ]
    says = "sc.data(name) gives one, sc.describe(name) explains it. Single figures are facts of the sources named there"
    return Table(rows, f"Tables of the course: {says}", columns)


def describe(name: str) -> Table:
    """The dictionary of a table or of a joined frame: type, unit, meaning and allowed values of each column.

    CourseError: no such table.
    """
    frame = frames.data(name)
    rows = []
    for column, (table, original) in frame.attrs["origin"].items():
        field, keys = data.schema(table)[original], data.resource(table)["schema"].get("foreignKeys", [])
        points_to = [key["reference"]["resource"] or table for key in keys if key["fields"] == original]
        unit = frame.attrs["units"].get(column)
        rows.append((column, TYPES[field["type"]], unit, field["description"], _allowed(field, points_to), table))
    columns = ["Column", "Type", Column("Unit", missing="–"), "Meaning", Column("Allowed", missing="–")]
    columns += [] if name in data.names() else ["From"]
    about = frame.attrs
    return Table([row[: len(columns)] for row in rows], f"{name}: {about['title']}. {about['description']}", columns)


def _allowed(field: dict, points_to: list[str]) -> str | None:
    """The rules of a column in words; None if it has none."""
    rules = field.get("constraints", {})
    low, high = rules.get("minimum"), rules.get("maximum")
    said = [", ".join(map(str, rules.get("enum", [])))]
    said += [f"{low} to {high}" if None not in (low, high) else f"at least {low}" if low is not None else ""]
    said += [f"at most {high}"] if low is None and high is not None else []
    said += [DATES.get(rules["pattern"], f"matches {rules['pattern']}")] if "pattern" in rules else []
    said += [f"a row of {table}" for table in points_to]
    said += ["" if rules.get("required") else "may be missing"]
    return "; ".join(filter(None, said)) or None
