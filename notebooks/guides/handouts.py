"""Make pages that open offline on a phone, one per lesson, or one sheet of A4 per lesson.

``uv run --frozen python notebooks/guides/handouts.py [NN ...]`` writes ``build/handouts/`` with an index page, and the
panels of the lessons as files of their own, live in any browser. ``--one-page`` writes one sheet per lesson to print:
for a room without wifi, or with a dead projector. ``--guesses`` writes a sheet with boxes for the guesses of a lesson.
"""

import html
import re
import sys
from pathlib import Path

import pages
from sovereign_compute import __version__
from sovereign_compute.browser.page import page as live_page
from sovereign_compute.controls import guess_lists
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import profile
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

BOXES = """
.boxes { width: 100%; font-size: 11pt; } .boxes td { height: 13mm; vertical-align: middle; }
.box { border: 1px solid; min-width: 22mm; }
"""


def handout(row: dict) -> str:
    """A whole lesson as one page."""
    body = [pages.cell_html(cell) + link_to_panel(row, cell) for cell in pages.notebook(row).cells]
    whose = "your class’s" if profile.current().words else "the course’s"
    body.insert(
        1,
        '<p><a href="index.html">All lessons</a></p><p class="live">This page is the lesson as it stands at '
        f"{whose} values. A line like this one says what the live notebook adds.</p>",
    )
    return pages.page(row["question"], "<main>\n" + "\n".join(filter(None, body)) + "\n</main>")


def panels(cell) -> list[str]:
    """The models of the course whose panels a cell shows, by name."""
    return pages.PANEL.findall(cell.source) if cell.cell_type == "code" else []


def live_file(row: dict, name: str) -> str:
    """The file with the live panel of a model in a lesson."""
    return f"{row['notebook'][:2]}_{name}.html"


def link_to_panel(row: dict, cell) -> str:
    """Where the panels of a cell can be moved, without a notebook."""
    return "".join(
        f'<p><a href="{LIVE}/{live_file(row, name)}">Move it in this browser: '
        f"{html.escape(all_models()[name].title)}</a></p>"
        for name in panels(cell)
    )


def write_panels(row: dict, folder: Path) -> None:
    """The live panels of a lesson, each as one file that needs neither a notebook nor a network."""
    moves = of_lesson(row["notebook"][:2], "moves")
    for name in dict.fromkeys(name for cell in pages.notebook(row).cells for name in panels(cell)):
        of_panel = moves.MOVES.get(name, ()) if moves else ()
        pages.write(folder / LIVE, live_file(row, name), live_page(all_models()[name].function, of_panel))


def guess_sheet(row: dict) -> str:
    """The questions of a lesson to guess on paper, each with three boxes, and how the lines are typed in."""
    lesson, asked = row["notebook"][:2], guess_lists.on_paper(row["notebook"][:2])
    box = '<td class="box"></td>'
    lines = "".join(
        f"<tr><td>{n}. {html.escape(question['question'])}</td>{box * 3}<td>{html.escape(question['unit'])}</td></tr>"
        for n, question in enumerate(asked, start=1)
    )
    heads = ("Question", "Your guess", "from", "to", "Unit")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return pages.page(
        f"Guesses: {row['question']}",
        f"<main><h1>Your guesses. {html.escape(row['question'])}</h1><p>Write no name. Beside each guess you may "
        "write a range that you are 90 % sure contains the answer.</p>"
        f'<table class="boxes"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
        f'<p class="small">For whoever types it in, one line for a sheet, semicolons between the questions and nothing '
        f"for an empty box: <code>paper {lesson}: 2.5 (1 to 4); 40; …</code> Sovereign Compute, version {__version__}, "
        "CC BY 4.0.</p></main>",
        SHEET + BOXES,
    )


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
    figure = next(cell for cell in slides if pages.first_picture(cell))
    numbers = pages.section(guide, "Numbers at the course's values")
    table = re.search(r"^<!-- [\w:-]+ -->\n((?:\|.*\n)+)", numbers, flags=re.M)[1]
    shown = pages.first_picture(figure)
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
    parser.add_argument("--guesses", action="store_true", help="one sheet of A4 per lesson, with boxes for the guesses")
    wanted = parser.parse_args(words)
    pages.of_class.begin(wanted.profile)
    if wanted.guesses:
        try:
            return pages.make(wanted.lessons, wanted.to or pages.BUILD / "guesses", guess_sheet)
        except CourseError as error:  # a lesson that asks nothing
            print(error)
            return 1
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
