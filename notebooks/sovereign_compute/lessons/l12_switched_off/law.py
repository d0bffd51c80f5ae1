"""The law as tables: which law reaches which arrangement, and what courts, laws and witnesses said."""

import pandas as pd

from ...display.tables import Table, source_words
from ...inputs import data

CASE = {
    "provider_seat": "Seat of the provider",
    "operator": "Run by",
    "data_location": "Data in",
    "key_holder": "Keys with",
}


def law_matrix() -> Table:
    """Ten arrangements of seat, operator, place and keys, and what each of four laws does there, as we read it."""
    cells: dict[tuple, dict[str, str]] = {}
    for row in data.records("law_matrix"):
        cells.setdefault(tuple(row[key] for key in CASE), {})[row["law"]] = row["reach"]
    frame = pd.DataFrame([dict(zip(CASE.values(), case, strict=True)) | laws for case, laws in cells.items()])
    laws = frame.shape[1] - len(CASE)
    return Table(
        frame,
        f"Can an order reach the data? {len(frame)} arrangements under {laws} laws (our reading, not legal advice)",
    )


def law_events() -> Table:
    """What was enacted, decided, said and denied, in order of date, with the mark of its evidence."""
    rows = [
        (row["as_of"], row["subject"], row["kind"], row["content"], row["tier"], source_words(row["source"]))
        for row in sorted(data.records("law_facts"), key=lambda row: row["as_of"])
    ]
    columns = ["Date", "Subject", "Kind", "What", "Evidence", "Source"]
    return Table(rows, "What laws, courts and witnesses said", columns)
