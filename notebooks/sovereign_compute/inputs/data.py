"""Reading the tables in ``data/``: types and rules from ``datapackage.json``, errors in words."""

import csv
import json
import math
import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from ..errors import CourseError, nearest

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = PACKAGE / "data"
"""Where an installed package has the tables. The course has them beside the notebooks, and no such folder."""
FOLDER = INSIDE if INSIDE.exists() else PACKAGE.parents[1] / "data"
NOTEBOOKS = Path.cwd() if INSIDE.exists() else PACKAGE.parent
"""The learner's own files lie here, and links to lessons start here: the folder of the notebooks, or with an installed
package the one that the learner works in."""
SHOWN = 60  # characters of a name in a sentence


@cache
def package(folder: Path = FOLDER) -> dict:
    """The description of all tables (a Frictionless data package)."""
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(
            f"data/{path.name} is missing: the notebooks folder needs the data folder of the course beside it, and an "
            "installed package has it inside"
        ) from None
    except ValueError as error:
        raise CourseError(f"data/{path.name} is not readable JSON: {error}") from None


def names(folder: Path = FOLDER) -> list[str]:
    """The names of all tables, in the order of the package."""
    return [resource["name"] for resource in package(folder)["resources"]]


def resource(name: str, folder: Path = FOLDER) -> dict:
    """The description of one table; a CourseError that names the nearest ones if there is no such table."""
    for entry in package(folder)["resources"]:
        if entry["name"] == name:
            return entry
    raise unknown(name, names(folder))


def unknown(name: str, known: list[str]) -> CourseError:
    """What to say of a table that is not there."""
    return CourseError(f"there is no table {str(name)[:SHOWN]!r} (sc.tables() lists all); {nearest(name, known)}")


def schema(name: str, folder: Path = FOLDER) -> dict[str, dict]:
    """The fields of one table by name (type, unit, description, constraints)."""
    return {field["name"]: field for field in resource(name, folder)["schema"]["fields"]}


def records(name: str, folder: Path = FOLDER) -> list[dict]:
    """The rows of one table as dictionaries, checked against every rule of its schema; an empty cell is None.

    Raises a CourseError that names file, line, column, value and the rule it breaks.
    """
    return [dict(row) for row in _checked(name, folder)]


def row(name: str, id: str) -> dict:
    """One row of a table by its id."""
    for found in records(name):
        if found["id"] == id:
            return found
    raise CourseError(f"there is no row {id!r} in data/{name}.csv")


@cache
def _checked(name: str, folder: Path) -> tuple[dict, ...]:
    fields = schema(name, folder)
    converters = {key: _converter(field) for key, field in fields.items()}
    rows = []
    for line, row in _lines(name, folder):
        checked = {}
        for key, convert in converters.items():
            try:
                checked[key] = convert(row[key])
            except ValueError as broken:
                raise _error(name, line, key, row[key], str(broken)) from None
        rows.append(checked)
    _check_unique(name, folder, rows)
    _check_references(name, folder, rows)
    return tuple(rows)


def _lines(name: str, folder: Path):
    """Line number and raw cells of each row."""
    fields = list(schema(name, folder))
    path = folder / resource(name, folder)["path"]
    if not path.exists():
        raise CourseError(f"data/{path.name} is missing; get it back from the course repository")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if reader.fieldnames != fields:
                raise CourseError(f"data/{path.name}: the columns must be {', '.join(fields)}")
            for line, row in enumerate(reader, start=2):
                if None in row or None in row.values():
                    raise CourseError(f"data/{path.name}, line {line}: {len(fields)} cells expected")
                yield line, row
    except UnicodeDecodeError:
        raise CourseError(f"data/{path.name} is not UTF-8 text; get it back from the course repository") from None
    except csv.Error as error:
        raise CourseError(f"data/{path.name}, line {reader.line_num}: not readable as CSV ({error})") from None


def _error(name: str, line: int, column: str, value, rule: str) -> CourseError:
    return CourseError(f"data/{name}.csv, line {line}, {column}: {value!r} {rule}")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError
    return value


def _day(text: str) -> str:
    # A date stays a text, as those known to the month only must: both kinds sort as they are.
    return date.fromisoformat(text).isoformat()


CONVERT: dict[str, Callable] = {
    "number": _finite,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": _day,
    "string": str,
}
KIND = {
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "date": "a day as 2026-11-23",
    "string": "a text",
}


def _converter(field: dict) -> Callable:
    """From the text of a cell to its value; ValueError says the rule of the field that the text breaks."""
    rules = field.get("constraints", {})
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    return partial(_convert, CONVERT[field["type"]], KIND[field["type"]], rules, pattern)


def _convert(convert: Callable, kind: str, rules: dict, pattern: re.Pattern | None, text: str):
    if text == "":
        if rules.get("required"):
            raise ValueError("is empty, but must be given")
        return None
    try:
        value = convert(text)
    except (ValueError, KeyError):
        raise ValueError(f"must be {kind}") from None
    if "enum" in rules and value not in rules["enum"]:
        raise ValueError(f"must be one of {', '.join(map(str, rules['enum']))}")
    if pattern and not pattern.fullmatch(text):
        raise ValueError(f"must match the pattern {pattern.pattern}")
    if "minimum" in rules and value < rules["minimum"]:
        raise ValueError(f"is below the minimum {rules['minimum']}")
    if "maximum" in rules and value > rules["maximum"]:
        raise ValueError(f"is above the maximum {rules['maximum']}")
    return value


def _check_unique(name: str, folder: Path, rows: list[dict]) -> None:
    single = [key for key, field in schema(name, folder).items() if field.get("constraints", {}).get("unique")]
    primary = resource(name, folder)["schema"].get("primaryKey", [])
    primary = [primary] if isinstance(primary, str) else primary
    for keys in [[key] for key in single] + ([primary] if primary and primary not in [[key] for key in single] else []):
        seen: dict[tuple, int] = {}
        for line, row in enumerate(rows, start=2):
            value = tuple(row[key] for key in keys)
            if value in seen and None not in value:
                shown = value[0] if len(value) == 1 else value
                raise _error(
                    name, line, ", ".join(keys), shown, f"stands in line {seen[value]} already; must be unique"
                )
            seen[value] = line


def _check_references(name: str, folder: Path, rows: list[dict]) -> None:
    for key in resource(name, folder)["schema"].get("foreignKeys", []):
        column, target, field = key["fields"], key["reference"]["resource"] or name, key["reference"]["fields"]
        known = _values(target, field, folder)
        for line, row in enumerate(rows, start=2):
            if row[column] is not None and row[column] not in known:
                raise _error(name, line, column, row[column], f"is not in data/{target}.csv")


@cache
def _values(name: str, column: str, folder: Path) -> frozenset[str]:
    """All values of a text column, unchecked: two tables may point at each other."""
    return frozenset(row[column] for _, row in _lines(name, folder))


@cache
def sources() -> dict[str, dict]:
    """All sources by id."""
    return {row["id"]: row for row in records("sources")}


OF_CLASS: dict[str, dict] = {}
"""The sources of the class's profile, by id."""


def source(named: str) -> dict:
    """A source by id; what a learner names instead of one is text, and has no more to it."""
    unlisted = {"producer": named, "title": "", "published": None, "url": None, "licence": ""}
    return sources().get(named) or OF_CLASS.get(named, unlisted)


def cited(named: str) -> str:
    """A source in full: producer, and title if it has one."""
    found = source(named)
    return ": ".join(filter(None, (found["producer"], found["title"])))
