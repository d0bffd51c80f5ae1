"""Make sheets of paper for lessons and whole paths: guesses and a sketch in front, what the course finds on the back.

``uv run --frozen python notebooks/guides/worksheets.py [NN ...]`` writes a page of two sides of A4 for each lesson into
``build/worksheets/``, and ``--paths`` one with all lessons for each path. A browser of this machine prints each as PDF.
With ``--address https://example.org/course`` each sheet has a code that leads a phone to the live page of its lesson.
"""

import base64
import sys
from pathlib import Path

import pages
import scan
from deck import path
from sovereign_compute.display import drawing
from sovereign_compute.errors import CourseError
from worksheet import pdf
from worksheet.sides import sheet

LOOK = Path(__file__).parent / "worksheet" / "sheet.css"


def one_lesson(row: dict, address: str | None = None) -> str:
    """The sheet of a lesson as a page."""
    return _page(row["question"], [row], address)


def one_path(place: Path, address: str | None = None) -> str:
    """The sheets of all lessons of a path, in its order, as one page."""
    return _page(path.title(place), path.lessons(place), address)


def _page(title: str, rows: list[dict], address: str | None) -> str:
    sides = "\n".join(sheet(row, address) for row in rows)
    return pages.page(title, f"<main>\n{sides}\n</main>", _letters() + LOOK.read_text(encoding="utf-8"))


def _letters() -> str:
    """The letters of the course inside the page, so that its lines end at the same word on every machine."""
    weights = zip(drawing.FACES, (400, 700), strict=True)
    return "".join(
        f'@font-face {{ font-family: "{drawing.FONT}"; font-weight: {weight}; '
        f"src: url(data:font/woff2;base64,{base64.b64encode(face.read_bytes()).decode()}); }}\n"
        for face, weight in weights
    )


def main(words: list[str] | None = None) -> int:
    parser = pages.options(__doc__)
    path.add_option(parser, "sheets")
    scan.add_option(parser)
    wanted = parser.parse_args(words)
    pages.of_class.begin(wanted.profile)
    folder = wanted.to or pages.BUILD / "worksheets"
    try:
        if wanted.paths is None:
            rows = pages.chosen(wanted.lessons)
            made = [pages.write(folder, f"{r['notebook']}.html", one_lesson(r, wanted.address)) for r in rows]
        else:
            places = path.named(wanted.paths)
            made = [pages.write(folder, f"{p.stem}.html", one_path(p, wanted.address)) for p in places]
    except CourseError as error:  # no such lesson
        print(error)
        return 1
    printed, why = pdf.told(made)
    print(
        f"{len(made)} pages written, {len(printed)} of them as PDF; print them on both sides from {pages.shown(folder)}"
    )
    if why:
        print(why)
    if not wanted.address:
        print("Without --address the sheets have no code to scan, but a line to copy the address to.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
