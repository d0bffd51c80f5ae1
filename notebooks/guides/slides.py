"""Make slides of lessons and of whole paths, each a file that opens offline, with the live panels of the lessons.

``uv run --frozen python notebooks/guides/slides.py [NN ...]`` writes one file per lesson to ``build/slides/``, and
``--paths`` one for each path. Arrow keys or space go on, O shows all slides, S opens the speaker's window with the
guide and a clock, P a window to print from, and ? tells all keys. Escape leads from a control back to the slides.
With ``--address https://example.org/course`` the first slide of a lesson has a code that opens its live page.
"""

import sys
from functools import partial
from pathlib import Path

import pages
import scan
from deck import path
from deck.lesson import slides
from deck.show import show


def lesson_deck(row: dict, address: str | None = None) -> str:
    """The slides of a lesson as one file."""
    controls: list[dict] = []
    found = slides(row, controls, address)
    return show(row["question"], [found], controls)


def path_deck(place: Path, address: str | None = None) -> str:
    """The slides of all lessons of a path as one file."""
    controls: list[dict] = []
    found = path.stacks(place, controls, address)
    return show(path.title(place), found, controls)


def main(words: list[str] | None = None) -> int:
    parser = pages.options(__doc__)
    path.add_option(parser, "slides")
    scan.add_option(parser)
    wanted = parser.parse_args(words)
    pages.of_class.begin(wanted.profile)
    folder = wanted.to or pages.BUILD / "slides"
    if wanted.paths is None:
        return pages.make(wanted.lessons, folder, partial(lesson_deck, address=wanted.address))
    for place in path.named(wanted.paths):
        pages.write(folder, f"{place.stem}.html", path_deck(place, wanted.address))
    print(f"{len(path.named(wanted.paths))} paths written; open them from {pages.shown(folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
