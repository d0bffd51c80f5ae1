"""The slides of a path: all its lessons in their order, one below the other, with the minutes of the path."""

import argparse
import html
import re
from pathlib import Path

import pages
import scan

from . import lesson
from .parts import Slide, markdown
from .steps import PATHS, steps

TOLD = re.compile(r"^(?!#|\||`|\*\*)\S.*$", re.M)
"""What of a path is said in a sentence: no heading, table or command."""


def paths() -> list[Path]:
    """The paths of the course, each a page of its own."""
    return sorted(PATHS.glob("*.md"))


def add_option(parser: argparse.ArgumentParser, what: str) -> None:
    """The option that asks for whole paths: those that are named, or all; None where it is not given."""
    names = [place.stem for place in paths()]
    said = f"one file for each path, with the {what} of its lessons: {', '.join(names)}; all if none is named"
    parser.add_argument("--paths", nargs="*", choices=names, metavar="PATH", help=said)


def named(names: list[str]) -> list[Path]:
    """The paths of these names; all if there is none."""
    return [place for place in paths() if not names or place.stem in names]


def title(path: Path) -> str:
    """How a path is called."""
    return re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), flags=re.M)[1]


def lessons(path: Path) -> list[dict]:
    """The rows of a path's lessons that the class has, in the order in which its timetable takes them."""
    rows = {row["notebook"]: row for row in pages.lessons()}
    names = dict.fromkeys(step.lesson for step in steps(path.read_text(encoding="utf-8")))
    return [rows[name] for name in names if name in rows]


def stacks(path: Path, controls: list[dict], address: str | None = None) -> list[list[Slide]]:
    """The slides of a path: a first one, then a stack for each lesson; ``address`` is where the class has its site."""
    text, found = path.read_text(encoding="utf-8"), []
    for row in lessons(path):
        slides = lesson.slides(row, controls, address)
        slides[0].notes.insert(0, _minutes(text, row["notebook"]))
        found.append(slides)
    listed = "".join(f"<li>{html.escape(row['question'])}</li>" for row in lessons(path))
    said = f'<div class="told">{markdown(TOLD.search(text)[0])}</div>'
    shown = scan.code(scan.page(address), "All lessons, live") if address else ""
    first = Slide(
        f"<h1>{html.escape(title(path))}</h1>{said}{shown}", "first", notes=[f"<ol>{listed}</ol>", markdown(text)]
    )
    return [[first], *found]


def _minutes(text: str, name: str) -> str:
    """The rows of a path's timetable that are about a lesson."""
    head = re.search(r"^\|.*\|\n\| ?-.*\|$", text, flags=re.M)
    rows = [line for line in text.splitlines() if line.startswith("|") and f"/{name}.ipynb" in line]
    return markdown("\n".join([head[0], *rows]))
