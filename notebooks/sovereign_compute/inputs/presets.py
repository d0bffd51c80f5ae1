"""The ready-made scenarios of ``data/presets.csv``, and the one that a class starts from."""

from dataclasses import dataclass, field
from functools import cache

from ..errors import CourseError
from . import data
from .assumptions import ASSUMED, get, registry
from .own_assumptions import listed


@cache
def _rows() -> tuple[tuple[str, dict], ...]:
    """Where each row of the table stands, and the row; CourseError names a value that its assumption cannot have."""
    registry()  # a fault of that table is told with its own place
    found = []
    for line, row in enumerate(data.records("presets"), start=2):
        where = f"data/presets.csv, line {line}"
        try:
            found.append((where, {**row, "value": get(row["assumption"]).accept(row["value"])}))
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


@dataclass(frozen=True)
class Start:
    """What panels and figures start from: changes of the course's values and their sources, by assumption."""

    label: str = ""
    note: str = ""
    values: dict[str, float] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """How what starts from it says so; empty at the course's values."""
        return f"Class's values: {self.label}." if self.values else ""


@cache
def start() -> Start:
    """The scenario that a class starts from: the preset named in ``data/start.csv``, or the course's values.

    A preset of several models is taken as a whole. CourseError says which row is wrong.
    """
    named = [row["preset"] for row in data.records("start")]
    if len(named) > 1:
        raise CourseError(f"data/start.csv: a class starts from one preset, not from {' and '.join(named)}")
    label, note, values, sources = "", "", {}, {}
    for where, row in _rows():
        if row["preset"] in named:
            id, label, note = row["assumption"], label or row["label"], note or row["note"]
            if values.setdefault(id, row["value"]) != row["value"]:
                here, there = (get(id).told(value) for value in (row["value"], values[id]))
                raise CourseError(
                    f"{where}, {id}: {here} here, {there} in another row of the preset "
                    f"{row['preset']!r}; a class that starts from it needs one value"
                )
            sources[id] = row["source"]
    return Start(label, note, values, sources)


def start_values() -> dict[str, float]:
    """What panels and figures start from instead of the course's values: the class's, and before them the learner's."""
    return {**start().values, **{id: a.value for id, a in ASSUMED.items()}}


def start_words(ids) -> str:
    """How what starts from them says so; empty where these assumptions start from the course's values."""
    own = [a for id, a in ASSUMED.items() if id in ids]
    of_class = start().words if any(id in start().values and id not in ASSUMED for id in ids) else ""
    return " ".join(filter(None, [of_class, f"Your own assumptions: {listed(own)}." if own else ""]))
