"""The questions that a notebook asks in its text: the numbered lines under one of its headings.

They stand in the notebook alone; whatever repeats them, a form, a sheet or a slide, reads them there.
"""

import json
import re

from . import data

LONGEST = 400  # letters of a question; a notebook that was edited may hold anything


def section(text: str, heading: str) -> str:
    """What stands in a Markdown text under a heading of the second or third level, up to the next one as high.

    Empty if there is no such heading. How the heading is written, large or small, does not matter.
    """
    found = re.search(rf"^(##|###) {re.escape(heading)}[^\n]*\n", text + "\n", flags=re.M | re.I)
    if not found:
        return ""
    rest = text[found.end() :]
    return re.split(rf"^#{{1,{len(found[1])}}} ", rest, maxsplit=1, flags=re.M)[0].strip()


def numbered(text: str) -> list[str]:
    """The numbered lines of a Markdown text."""
    return re.findall(r"^\d{1,2}\. (.+)$", text, flags=re.M)


def questions(notebook: str, heading: str) -> list[str]:
    """The questions under a heading of a notebook, as plain text; empty if it has none or cannot be read."""
    try:
        cells = json.loads((data.NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [_plain(question)[:LONGEST] for question in numbered(section(text, heading))]


def _plain(markdown: str) -> str:
    """A line of Markdown without its links and marks."""
    return re.sub(r"[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)).strip()
