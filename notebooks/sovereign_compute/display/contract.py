"""What the parts of a view owe each other: every field that its chart draws or its table lists is a column of its rows.

Vega draws nothing where a field is misspelled, and says nothing.
"""

import re
from collections.abc import Iterator

from ..errors import CourseError

ROWS = "rows"
"""The name of a view's data in its chart."""

_PARTS = ("layer", "hconcat", "vconcat", "concat")
_IN_EXPRESSION = re.compile(r"\bdatum\.(\w+)|\bdatum\[['\"](.+?)['\"]\]")


def rows_of(columns: dict[str, list]) -> list[dict]:
    """The columns that a view gives, row by row as Vega takes them; `rowsOf` of chart.js does it in the page.

    >>> rows_of({"item": ["own", "cloud"], "value": [1.0, 2.0]})
    [{'item': 'own', 'value': 1.0}, {'item': 'cloud', 'value': 2.0}]
    """
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def must_agree(whose: str, columns: dict[str, list], heads: dict[str, str], spec: dict) -> None:
    """CourseError names the first field of a table or a chart (Vega-Lite) that the columns do not have, and these."""
    if len({len(column) for column in columns.values()}) != 1:
        lengths = ", ".join(f"{key} {len(column)}" for key, column in columns.items())
        raise CourseError(f"{whose}: its rows need columns of one length; they have {lengths or 'no column'}")
    tables = {name: set().union(*rows) for name, rows in spec.get("datasets", {}).items()} | {ROWS: set(columns)}
    for part, fields in (("table", heads), ("chart", _unknown(spec, tables, set()))):
        for field in fields:
            if part == "chart" or field not in columns:
                raise CourseError(f"{whose}: its {part} names {field!r}; its rows have {', '.join(columns)}")


def _unknown(spec: dict, tables: dict[str, set[str]], known: set[str]) -> Iterator[str]:
    """Fields that a chart and its parts name and that neither their data nor a transform gives."""
    if data := spec.get("data"):
        known = set().union(*data["values"]) if "values" in data else tables.get(data.get("name"), known)
    steps = spec.get("transform", [])
    known = known | set(_under(steps, "as"))
    said = [steps, spec.get("encoding", {})]
    expressions = (text for key in ("calculate", "filter", "test") for text in _under(said, key))
    computed = ("".join(found) for text in expressions for found in _IN_EXPRESSION.findall(text))
    named = dict.fromkeys([*_under(said, "field"), *_under(said, "groupby"), *computed])
    yield from (field for field in named if field and field not in known)  # a count of rows names an empty one
    for part in (part for key in _PARTS for part in spec.get(key, [])):
        yield from _unknown(part, tables, known)


def _under(thing, key: str) -> Iterator[str]:
    """The texts under a key, alone or in a list, wherever in a specification it stands."""
    if isinstance(thing, list):
        for part in thing:
            yield from _under(part, key)
    elif isinstance(thing, dict):
        for name, part in thing.items():
            if name == key and not isinstance(part, dict):
                yield from (text for text in (part if isinstance(part, list) else [part]) if isinstance(text, str))
            else:
                yield from _under(part, key)
