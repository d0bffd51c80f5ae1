"""Make lessons that open offline on a phone, each one file with live panels, exercises and guesses.

``uv run --frozen python notebooks/guides/handouts.py [NN ...]`` writes ``build/handouts/`` with an index page, and the
panels of the lessons also as files of their own. Sheets of paper are made by ``worksheets.py``.
"""

import html
import sys
from pathlib import Path

import pages
from online import live
from online.cells import site_notebook
from sovereign_compute.browser.page import document, whole
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


def main(words: list[str] | None = None) -> int:
    parser = pages.options(__doc__)
    wanted = parser.parse_args(words)
    pages.of_class.begin(wanted.profile)
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
