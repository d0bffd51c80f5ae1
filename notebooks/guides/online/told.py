"""What a page tells search engines and learning platforms of itself: a sentence, and its kind as schema.org has it."""

import re
import textwrap

import nbformat
from sovereign_compute import __version__

LONGEST = 200
COURSE = {"@type": "Course", "name": "Sovereign Compute"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NOT_SAID = re.compile(r"^(#|\||-|\*\*|\*[^*]|>|`|!|<|\d+\.|\[)")
"""How a paragraph begins that says nothing of the whole page: headings, tables, lists, folds, a line of status."""


def of_page(text: str, table: dict | None = None, course: bool = False) -> dict:
    """What a text of Markdown tells; ``table`` is the description of a data set, and the course is the first page."""
    said = _said(text)
    kind: dict = {"@type": "WebPage", "isPartOf": COURSE}
    if course:
        kind = {**COURSE, "version": __version__, "provider": {"@type": "Organization", "name": COURSE["name"]}}
    if table:
        licence = table["licenses"][0]
        kind = {"@type": "Dataset", "name": table["title"], "license": licence.get("path", licence["name"])}
    return _told(said, {**kind, "description": said})


def of_lesson(row: dict, notebook: nbformat.NotebookNode) -> dict:
    """What a lesson tells: how long it takes, what it assumes and what one can do afterwards."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    said = _said("\n\n".join(texts[1:]))
    aims = re.search(r"\*\*After [^\n]* you can\*\*\s+((?:- .+\n?)+|.+)", "\n".join(texts))
    kind = {
        "@type": ["LearningResource", "CreativeWork"],
        "name": row["question"],
        "description": said,
        "learningResourceType": "interactive lesson",
        "timeRequired": f"PT{row['minutes']}M",
        "competencyRequired": row["assumes"],
        "teaches": [_plain(aim.rstrip(",.")) for aim in re.findall(r"^(?:- )?(.+)$", aims[1], flags=re.M)],
        "isPartOf": COURSE,
        "version": __version__,
    }
    return _told(said, kind)


def _told(said: str, kind: dict) -> dict:
    common = {"@context": "https://schema.org", "inLanguage": "en", "isAccessibleForFree": True, "license": LICENCE}
    return {"description": said, "kind": {**common, **kind}}


def _said(text: str) -> str:
    """The first paragraph of a text, as one line without marks."""
    found = (block.strip() for block in text.split("\n\n"))
    return textwrap.shorten(
        _plain(next((b for b in found if b and not NOT_SAID.match(b)), "")), LONGEST, placeholder=" …"
    )


def _plain(text: str) -> str:
    return re.sub(r"[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
