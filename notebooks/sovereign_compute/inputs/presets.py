"""The ready-made scenarios of ``data/presets.csv``."""

from functools import cache

from ..errors import CourseError
from . import data
from .assumptions import course_row, registry


@cache
def _rows() -> tuple[tuple[str, dict], ...]:
    """Where each row of the table stands, and the row; CourseError names a value that its assumption cannot have."""
    registry()  # a fault of that table is told with its own place
    found = []
    for line, row in enumerate(data.records("presets"), start=2):
        where = f"data/presets.csv, line {line}"
        try:
            found.append((where, {**row, "value": course_row(row["assumption"]).accept(row["value"])}))
        except CourseError as error:
            raise CourseError(f"{where}, {row['assumption']}: {error}") from None
    return tuple(found)


def presets(model: str) -> dict[str, dict]:
    """The ready-made scenarios of a model: id to label, note and changed values, in the order of the table.

    What a preset does not change has the course's value, whatever a class starts from.
    """
    found: dict[str, dict] = {}
    for _, row in _rows():
        if row["model"] == model:
            preset = found.setdefault(row["preset"], {"label": row["label"], "note": row["note"], "values": {}})
            preset["values"][row["assumption"]] = row["value"]
    return found
