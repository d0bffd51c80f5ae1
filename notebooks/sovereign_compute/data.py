"""Reading the tables in ``data/``: one function, types from ``datapackage.json``, errors in words."""

import csv
import json
from functools import cache
from pathlib import Path

from .errors import CourseError

FOLDER = Path(__file__).resolve().parents[2] / "data"


@cache
def package(folder: Path = FOLDER) -> dict:
    """The description of all tables (a Frictionless data package)."""
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(
            f"data/{path.name} is missing: the notebooks folder needs the data folder of the course beside it"
        ) from None
    except ValueError as error:
        raise CourseError(f"data/{path.name} is not readable JSON: {error}") from None


def schema(name: str, folder: Path = FOLDER) -> dict[str, dict]:
    """The fields of one table by name (type, unit, description, constraints)."""
    for resource in package(folder)["resources"]:
        if resource["name"] == name:
            return {field["name"]: field for field in resource["schema"]["fields"]}
    names = ", ".join(resource["name"] for resource in package(folder)["resources"])
    raise CourseError(f"there is no table {name!r}; the course has {names}")


def records(name: str, folder: Path = FOLDER) -> list[dict]:
    """The rows of one table as dictionaries; an empty cell is None."""
    fields = schema(name, folder)
    path = folder / f"{name}.csv"
    if not path.exists():
        raise CourseError(f"data/{path.name} is missing; get it back from the course repository")
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != list(fields):
            raise CourseError(f"data/{path.name}: the columns must be {', '.join(fields)}")
        for line, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                raise CourseError(f"data/{path.name}, line {line}: {len(fields)} cells expected")
            rows.append({key: _cell(text, fields[key], path.name, line) for key, text in row.items()})
    return rows


def _cell(text: str, field: dict, file: str, line: int):
    if text == "":
        return None
    convert = {"number": float, "integer": int, "boolean": {"true": True, "false": False}.__getitem__}
    try:
        return convert.get(field["type"], str)(text)
    except (ValueError, KeyError):
        raise CourseError(
            f"data/{file}, line {line}: {field['name']} must be a {field['type']}, not {text!r}"
        ) from None


@cache
def _frame(name: str):
    import pandas as pd

    return pd.DataFrame.from_records(records(name), columns=list(schema(name)))


def table(name: str):
    """One table of the course as a pandas data frame (a copy: changing it changes nothing else)."""
    return _frame(name).copy()


@cache
def sources() -> dict[str, dict]:
    """All sources by id."""
    return {row["id"]: row for row in records("sources")}
