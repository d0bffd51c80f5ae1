"""The slides that texts, charts and statements become; ``lesson.py`` says which of them a lesson has."""

import html
import re
from dataclasses import dataclass, field
from itertools import groupby

import pages
from sovereign_compute.controls.verdicts import Statement
from sovereign_compute.display.verdict_looks import LOOKS

from . import charts

LINES = 17
"""Lines of a table that a slide has room for, and ``COLUMN`` the letters in one line of all its columns together."""
COLUMN = 88
BETWEEN = 0.6
"""Lines between two rows."""
ELSEWHERE = re.compile(r'<a href="(?!https?:)[^"]*">(.*?)</a>', re.S)
FORMULA = re.compile(r"\$\$.+?\$\$", re.S)
TABLE = re.compile(r"^\|.*\|\n\|[ :|-]+\|\n(?:\|.*\|\n?)+", re.M)


@dataclass
class Slide:
    """One slide: HTML, a class that says what it holds, its section of the lesson, and what the speaker reads."""

    body: str
    kind: str = "text"
    where: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    minutes: float = 0


def headed(title: str, body: str, kind: str = "text", **more) -> Slide:
    """A slide below a title."""
    return Slide(f"<h2>{html.escape(title)}</h2>{body}", kind, **more)


def markdown(text: str) -> str:
    """Markdown as HTML without links to other files of the course, which do not lie beside the slides."""
    return ELSEWHERE.sub(r"\1", pages.markdown(re.sub(r"<!--.*?-->\n?", "", text, flags=re.S)))


def chart(spec: dict, heading: str, **more) -> list[Slide]:
    """A chart below its finding; one of very many rows on several slides."""
    title, below = charts.finding(spec)
    said = f'<p class="told">{html.escape(below)}</p>' if below else ""
    return [
        headed(title or heading, f'{said}<figure class="chart">{picture}</figure>', "figure", **more)
        for picture in charts.pictures(spec)
    ]


def formulas(title: str, text: str, **more) -> list[Slide]:
    """What is set off in a text as a formula; the speaker has the text around it."""
    found = FORMULA.findall(text)
    said = FORMULA.sub("", re.sub(r"^#+ .*\n", "", TABLE.sub("", text), flags=re.M))
    return [headed(title, markdown("\n\n".join(found)), "formula", notes=[markdown(said)], **more)] if found else []


def tables(title: str, text: str, **more) -> list[Slide]:
    """The tables in a text; one with more rows than fit is on several slides."""
    found = []
    for table in TABLE.findall(text):
        head, rule, *rows = table.splitlines()
        for group in _filling(rows):
            found.append(headed(title, markdown("\n".join([head, rule, *group])), "table", **more))
    return found


def _filling(rows: list[str]) -> list[list[str]]:
    """Rows in groups that fill a slide each, about as many in each."""

    def lines(row: str) -> float:
        return -(-len(re.sub(r"\]\([^)]*\)", "", row)) // COLUMN) + BETWEEN

    slides = -(-sum(map(lines, rows)) // LINES)
    most, place, at = sum(map(lines, rows)) / slides, [], 0.0
    for row in rows:
        place.append(min(int((at + lines(row) / 2) / most), int(slides) - 1))
        at += lines(row)
    return [[row for _, row in group] for _, group in groupby(zip(place, rows, strict=True), key=lambda pair: pair[0])]


def prompts(questions: list[str], **more) -> Slide:
    """The questions of a discussion."""
    return headed(
        "Discuss", f"<ol>{''.join(f'<li>{markdown(text)}</li>' for text in questions)}</ol>", "prompts", **more
    )


def statement(title: str, one: Statement, place: str, **more) -> Slide:
    """A statement to judge; the verdict comes with the next key."""
    answer = one.answer()
    look = LOOKS[answer.word]
    pill = (
        f'<span class="sc-pill sc-is-{look.pill}"><span aria-hidden="true">{look.sign}</span> '
        f"{html.escape(answer.word)}</span>"
    )
    rests = "".join(f"<dt>{html.escape(head)}</dt><dd>{html.escape(text)}</dd>" for head, text, _ in answer.rests)
    return headed(
        title,
        f'<blockquote>{html.escape(one.text)}</blockquote><p class="told">{html.escape(one.said_by)} · {place}</p>'
        f'<div class="fragment"><p>{pill}</p><p>{html.escape(answer.why)}</p></div>',
        "statement",
        notes=[f"<p><b>{html.escape(answer.word)}.</b> {html.escape(answer.why)}</p><dl>{rests}</dl>"],
        **more,
    )
