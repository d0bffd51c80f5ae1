"""The lessons of the course: which there are, how long they take, what they assume."""

from .. import __version__
from ..display.prose import Prose
from ..display.tables import Column, Link, Table
from ..errors import CourseError
from ..inputs import data
from ..inputs.presets import start
from ..inputs.wording import number
from ..surroundings import RUN_ALL

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
        there = file if (data.NOTEBOOKS / file).exists() else None
        place = int(row["notebook"].partition("_")[0])
        rows.append((place, row["part"], row["question"], there, row["minutes"], row["assumes"]))

    def linked(question: str, file: str | None) -> str:
        return Link(question, file) if isinstance(file, str) else f"{question} (not yet here)"

    columns = [Column("No.", "{:02}".format), "Part", Column("Question", linked, of=("Question", "File"))]
    return Table(rows, "Map of the course", [*columns, Column("Minutes", number), "Assumes"])
