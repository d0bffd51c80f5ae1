"""Make lessons that open offline on a phone, each one file with live panels, exercises and guesses, or sheets of A4.

``uv run --frozen python notebooks/guides/handouts.py [NN ...]`` writes ``build/handouts/`` with an index page, and the
panels of the lessons also as files of their own. ``--one-page`` writes one sheet per lesson to print:
for a room without wifi, or with a dead projector. ``--guesses`` writes a sheet with boxes for the guesses of a lesson.
"""

import html
import re
import sys
from pathlib import Path

import pages
from online import live
from online.cells import site_notebook
from sovereign_compute import __version__
from sovereign_compute.browser.page import document, whole
from sovereign_compute.controls import guess_lists
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import profile

LIVE = "live"
"""The folder with the live panels, beside the handouts."""

LOOK = """
body { max-width: 62rem; padding: 0 1rem 3rem; margin: 0 auto; }
main > :is(p, ul, ol, h1, h2, h3) { max-width: 46rem; }
pre { padding: 0.6rem 0.8rem; background: #8881; border-radius: 4px; font-size: 0.85rem; }
.sc-embedded { margin: 1rem 0; }
:root:has(> [data-jp-theme-light="false"]) { color: #e6e9ec; background: #12161a; --jp-content-link-color: #8ab4f8; }
[data-jp-theme-light="false"] :is(a, .sc-panel a, .sc-card a) { color: #8ab4f8; }
"""
"""A lesson's page beside what all pages have: room for its panels, and the dark."""

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
    """A whole lesson as one page: its text and charts, and its panels, exercises and guesses, live."""
    lesson, controls = site_notebook(row)
    first, *rest = map(cell_html, lesson.cells)
    whose = "your class’s" if profile.current().words else "the course’s"
    about = (
        '<p><a href="index.html">All lessons</a></p><p class="live">This page is the whole lesson, with charts at '
        f"{whose} values. What you do in it is kept in your browser. A line like this one says what only the notebook "
        "adds.</p>"
    )
    body = "\n".join(filter(None, [first, about, *rest]))
    look = pages.STYLE + (pages.GUIDES / "online" / "lesson.css").read_text(encoding="utf-8") + LOOK
    return whole(row["question"], f"<main>\n{body}\n</main>", controls, look, [pages.PRINTING])


def cell_html(cell) -> str:
    """A cell of a lesson as the site has it, as HTML: its text, or what it shows below the code that is to be read."""
    if cell.cell_type == "markdown":
        return pages.markdown(cell.source)
    code = "" if "remove-input" in cell.metadata.get("tags", []) else _listing(cell.source, "Code")
    return "\n".join(filter(None, [code, *map(_output, cell.outputs)]))


def _output(output) -> str:
    ((kind, text),) = output.data.items()
    if kind == "text/html":
        return text
    return pages.markdown(text) if kind == "text/markdown" else _listing(text, "Output")


def _listing(text: str, name: str) -> str:
    return f'<pre tabindex="0" role="group" aria-label="{name}">{html.escape(text)}</pre>'


def panels(row: dict) -> dict[str, dict]:
    """The live panels of a lesson by the names of their models, as a page takes them."""
    cells = (cell for cell in pages.notebook(row).cells if cell.cell_type == "code")
    shown = (call for cell in cells for call in live.calls(cell.source) if call[0] in ("explore", "play"))
    found = (live.control(row["notebook"][:2], *call) for call in shown)
    return {panel["name"]: panel for panel in found if panel}


def live_file(row: dict, name: str) -> str:
    """The file with the live panel of a model in a lesson."""
    return f"{row['notebook'][:2]}_{name}.html"


def write_panels(row: dict, folder: Path) -> None:
    """The live panels of a lesson, each as one file that needs neither a notebook nor a network."""
    for name, panel in panels(row).items():
        pages.write(folder / LIVE, live_file(row, name), document(panel["setup"]["title"], [panel]))


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
            f"({row['minutes']} minutes with a group){_alone(row)}</li>"
        )
    return pages.page("Sovereign Compute", "\n".join([*body, "</ul></main>"]))


def _alone(row: dict) -> str:
    """Where the panels of a lesson are without the lesson."""
    found = [
        f'<a href="{LIVE}/{live_file(row, name)}">{html.escape(panel["setup"]["title"])}</a>'
        for name, panel in panels(row).items()
    ]
    return f". A panel alone: {', '.join(found)}" if found else ""


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
