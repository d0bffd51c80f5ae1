"""Make pages that open offline on a phone, one per lesson, or one sheet of A4 per lesson.

``uv run --frozen python notebooks/guides/handouts.py [NN ...]`` writes ``build/handouts/`` with an index page, and the
panels of the lessons as files of their own, live in any browser. ``--one-page`` writes one sheet per lesson to print:
for a room without wifi, or with a dead projector.
"""

import html
import re
import sys
from pathlib import Path

import pages
from sovereign_compute import __version__
from sovereign_compute.browser.page import page as live_page
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

LIVE = "live"
"""The folder with the live panels, beside the handouts."""

SHEET = """
@page { size: A4; margin: 12mm 14mm; }
body { max-width: 182mm; padding: 0; font-size: 10.5pt; line-height: 1.35; }
h1 { font-size: 16pt; margin: 0 0 2mm; } h2 { font-size: 11.5pt; margin: 3mm 0 1mm; } p, ol { margin: 1mm 0; }
figure { margin: 2mm 0; } img { max-height: 76mm; } table { font-size: 8.5pt; } .wide { margin: 1mm 0; }
th, td { padding: 0.3mm 4mm 0.3mm 0; } .small { font-size: 8pt; } ol li { margin-bottom: 6mm; }
"""


def handout(row: dict) -> str:
    """A whole lesson as one page."""
    body = [pages.cell_html(cell) + link_to_panel(row, cell) for cell in pages.notebook(row).cells]
    body.insert(
        1,
        '<p><a href="index.html">All lessons</a></p><p class="live">This page is the lesson as it stands at the '
        "course’s values. A line like this one says what the live notebook adds.</p>",
    )
    return pages.page(row["question"], "<main>\n" + "\n".join(filter(None, body)) + "\n</main>")


def panels(row: dict) -> dict[str, str]:
    """The models whose panels a lesson shows, each with the name of the file that has it live."""
    shown = [name for cell in pages.notebook(row).cells for name in _shown(cell)]
    return {name: f"{row['notebook'][:2]}_{name}.html" for name in shown}


def _shown(cell) -> list[str]:
    return pages.PANEL.findall(cell.source) if cell.cell_type == "code" else []


def link_to_panel(row: dict, cell) -> str:
    """Where the panels of a cell can be moved, without a notebook."""
    known = panels(row) if _shown(cell) else {}
    return "".join(
        f'<p><a href="{LIVE}/{known[name]}">Move it in this browser: {html.escape(all_models()[name].title)}</a></p>'
        for name in _shown(cell)
    )


def write_panels(row: dict, folder: Path) -> None:
    """The live panels of a lesson, each as one file that needs neither a notebook nor a network."""
    moves = of_lesson(row["notebook"][:2], "moves")
    for name, file in panels(row).items():
        of_panel = moves.MOVES.get(name, ()) if moves else ()
        pages.write(folder / LIVE, file, live_page(all_models()[name].function, of_panel))


def index(rows: list[dict]) -> str:
    """The list of all handouts, by part of the course."""
    body, part = ["<main><h1>Sovereign Compute: the lessons to read</h1>"], None
    for row in rows:
        if row["part"] != part:
            body.append(f"{'</ul>' if part else ''}<h2>{html.escape(row['part'])}</h2><ul>")
            part = row["part"]
        body.append(
            f'<li><a href="{row["notebook"]}.html">{row["notebook"][:2]}: {html.escape(row["question"])}</a> '
            f"({row['minutes']} minutes with a group)</li>"
        )
    return pages.page("Sovereign Compute", "\n".join([*body, "</ul></main>"]))


def one_page(row: dict) -> str:
    """The question, the key chart, the key table and three prompts of a lesson on one sheet of A4."""
    lesson = pages.notebook(row)
    guide = (pages.GUIDES / f"{row['notebook']}.md").read_text(encoding="utf-8")
    slides = [cell for cell in lesson.cells if cell.metadata.get("slideshow", {}).get("slide_type") == "slide"]
    figure = next(cell for cell in slides if pages.kept_picture(cell.source) or pages.picture(cell))
    numbers = pages.section(guide, "Numbers at the course's values")
    table = re.search(r"^<!-- [\w:-]+ -->\n((?:\|.*\n)+)", numbers, flags=re.M)[1]
    # The first picture of that cell: a sheet has room for one.
    shown = (pages.kept_picture(figure.source) or pages.picture(figure, False)).partition("\n")[0]
    said = re.search(r'alt="([^"]*)"', shown)[1]
    # The rest of that section tells the teacher what to do.
    asked = re.search(r"“.+?[?.!]”", pages.section(guide, "Opening question"))[0]
    prompts = "".join(f"<li>{html.escape(prompt)}</li>" for prompt in pages.prompts(lesson))
    return pages.page(
        row["question"],
        f"<main><h1>{html.escape(row['question'])}</h1><p>{html.escape(asked)}</p>"
        f"{shown}<p>{said}</p><h2>Numbers at the course’s values</h2>{pages.markdown(table)}"
        f'<h2>Discuss</h2><ol>{prompts}</ol><p class="small">Sovereign Compute, lesson {row["notebook"][:2]}, version '
        f"{__version__}. Text and figures: CC BY 4.0.</p></main>",
        SHEET,
    )


def main(words: list[str] | None = None) -> int:
    parser = pages.options(__doc__)
    parser.add_argument("--one-page", action="store_true", help="one sheet of A4 per lesson, to print")
    wanted = parser.parse_args(words)
    if wanted.one_page:
        return pages.make(wanted.lessons, wanted.to or pages.BUILD / "one-page", one_page)
    folder = wanted.to or pages.BUILD / "handouts"
    failed = pages.make(wanted.lessons, folder, handout)
    if not failed:
        for row in pages.chosen(wanted.lessons):
            write_panels(row, folder)
        there = [row for row in pages.lessons() if (folder / f"{row['notebook']}.html").exists()]
        pages.write(folder, "index.html", index(there))
    return failed


if __name__ == "__main__":
    sys.exit(main())
