"""Make slides of lessons and of whole paths, each a file that opens offline, with the live panels of the lessons.

``uv run --frozen python notebooks/guides/slides.py [NN ...]`` writes one file per lesson to ``build/slides/``, and
``--paths`` one for each path. Arrow keys or space go on, O shows all slides, S opens the speaker's window with the
guide and a clock, P a window to print from, and ? tells all keys. Escape leads from a control back to the slides.
"""

import sys
from pathlib import Path

import pages
from deck import path
from deck.lesson import slides
from deck.show import show


def lesson_deck(row: dict) -> str:
    """The slides of a lesson as one file."""
    controls: list[dict] = []
    found = slides(row, controls)
    return show(row["question"], [found], controls)


def path_deck(place: Path) -> str:
    """The slides of all lessons of a path as one file."""
    controls: list[dict] = []
    found = path.stacks(place, controls)
    return show(path.title(place), found, controls)


def main(words: list[str] | None = None) -> int:
    parser = pages.options(__doc__)
    parser.add_argument("--paths", action="store_true", help="one file for each path, with all its lessons")
    wanted = parser.parse_args(words)
    pages.of_class.begin(wanted.profile)
    folder = wanted.to or pages.BUILD / "slides"
    if not wanted.paths:
        return pages.make(wanted.lessons, folder, lesson_deck)
    for place in path.paths():
        pages.write(folder, f"{place.stem}.html", path_deck(place))
    print(f"{len(path.paths())} paths written; open them from {pages.shown(folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
