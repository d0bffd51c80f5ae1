"""Rows of the tables, as tests ask for them."""

from pathlib import Path

from sovereign_compute.inputs import data


def by_id(name: str, folder: Path = data.FOLDER) -> dict[str, dict]:
    return {row["id"]: row for row in data.records(name, folder)}
