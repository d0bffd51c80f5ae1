"""The steps of a path, as the table of its page has them; a lesson that is taken whole goes by its guide."""

import re
from dataclasses import dataclass

from .guide import GUIDES, Row, timetable

PATHS = GUIDES / "paths"
WALL, WHOLE, OPENS = "On the wall", "The whole lesson", "Opening question"
TABLE = re.compile(r"^\|.*\|\n\|[ :|-]+\|\n(?:\|.*\|\n?)+", re.M)
TO_LESSON = re.compile(r"\]\(\.\./\.\./(\d\d_\w+)\.ipynb\)")


@dataclass(frozen=True)
class Step:
    """A step of a path: its minute (or week, or place), its minutes, what happens, what all see, and in which lesson.

    ``places`` are the sections of a lesson that its guide names for a step of its own timetable.
    """

    minute: int
    minutes: int
    what: str
    wall: str
    lesson: str
    places: tuple[str, ...] = ()


def steps(path: str) -> list[Step]:
    """The steps of a path from the text of its page; ``wall`` is empty where the page does not name it."""
    head, _, *lines = map(_cells, TABLE.search(path)[0].splitlines())
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    return [
        Step(int(row[head[0]]), int(row[head[1]]), row[head[2]], row.get(WALL, ""), _linked(row[head[-1]]))
        for row in rows
    ]


def whole(step: Step) -> list[Step]:
    """The rows of the guide of a lesson that a path takes whole, on the clock of the path; else the step itself."""
    if not step.what.startswith(WHOLE):
        return [step]
    rows = timetable(step.lesson)
    ends = [*(row.minute for row in rows[1:]), step.minutes]
    return [
        Step(step.minute + row.minute, end - row.minute, row.what, _wall(row), step.lesson, row.where)
        for row, end in zip(rows, ends, strict=True)
    ]


def _wall(row: Row) -> str:
    """The slides that a row of a guide's timetable is about."""
    opening = [OPENS] if OPENS in row.what else []
    return "; ".join([*opening, *row.where]) or "–"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _linked(where: str) -> str:
    link = TO_LESSON.search(where)
    return link[1] if link else ""
