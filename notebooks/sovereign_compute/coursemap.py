"""The lessons of the course: which there are, how long they take, what they assume."""

import re
import sys
from pathlib import Path

import pandas as pd

from . import __version__, data
from .errors import CourseError
from .models.registry import find
from .presets import start
from .prose import Prose
from .surroundings import RUN_ALL
from .tables import Link, Table

NOTEBOOKS = Path(__file__).resolve().parents[1]
ANOTHER_DAY = f"Back another day, or does a cell say “model not found”? {RUN_ALL}."
FOLLOWS = (
    "Panels, figures and exercises on your panel start from them. The text, the statements of the report, the presets, "
    "the predictions and the exercises on a given case keep the course's values."
)


def lesson(notebook: str) -> dict:
    """One row of ``data/lessons.csv``."""
    rows = {row["notebook"]: row for row in data.records("lessons")}
    if notebook not in rows:
        raise CourseError(f"there is no notebook {notebook!r}; the course has {', '.join(rows)}")
    return rows[notebook]


def status(notebook: str) -> Prose:
    """The lines under the title of a notebook: minutes, what it assumes, dates, and what to press another day."""
    row = lesson(notebook)
    as_of = max(source["accessed"] for source in data.sources().values())
    return Prose(
        f"*{row['part']} · about {row['minutes']} minutes · assumes: {row['assumes']} · data as of {as_of} · "
        f"version {__version__}*\n\n*{ANOTHER_DAY}*" + (f"\n\n{start().words} {FOLLOWS}" if start().values else "")
    )


def course_map() -> Table:
    """All notebooks in order; those that exist are links."""
    rows = []
    for row in data.records("lessons"):
        file = f"{row['notebook']}.ipynb"
        there = (NOTEBOOKS / file).exists()
        number = row["notebook"].partition("_")[0]
        question = Link(row["question"], file) if there else f"{row['question']} (not yet here)"
        rows.append((number, row["part"], question, f"{row['minutes']}", row["assumes"]))
    return Table(pd.DataFrame(rows, columns=["No.", "Part", "Question", "Minutes", "Assumes"]), "Map of the course")


def panels() -> dict[str, str]:
    """The models that lessons open a panel on: name, and a title with the number of the first lesson that does.

    Read from the notebooks; lesson 00 borrows its panel from a later one.
    """
    found: dict[str, str] = {}
    for row in data.records("lessons")[1:]:
        text = (NOTEBOOKS / f"{row['notebook']}.ipynb").read_text(encoding="utf-8")
        for name in re.findall(r"\bsc\.explore\(sc\.(\w+)", text):
            function = getattr(sys.modules[__package__], name)
            found.setdefault(name, f"{row['notebook'][:2]}: {find(function).title}")
    return found
