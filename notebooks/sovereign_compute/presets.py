"""The ready-made scenarios of ``data/presets.csv``."""

from . import data


def presets(model: str) -> dict[str, dict]:
    """The ready-made scenarios of a model: id to label, note and changed values, in the order of the table."""
    found: dict[str, dict] = {}
    for row in data.records("presets"):
        if row["model"] == model:
            preset = found.setdefault(row["preset"], {"label": row["label"], "note": row["note"], "values": {}})
            preset["values"][row["assumption"]] = row["value"]
    return found
