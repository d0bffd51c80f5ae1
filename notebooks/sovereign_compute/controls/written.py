"""All that a learner has written, as one page to hand in, in HTML and in Markdown.

Answers, verdict, range and memo as they are kept; own assumptions as they are in the notebook whose button is pressed.
"""

import re
from datetime import date
from itertools import groupby

from ..errors import CourseError
from ..inputs import data, scenarios
from . import writing
from .assume import my_assumptions
from .paper import Block, markdown, page

TITLE = "My written work"
STYLE = (
    "*{overflow-wrap:break-word}body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:auto;padding:1rem;"
    "color:#111;background:#fff}h1,h2,h3{line-height:1.25}h3{font-size:1rem;margin-bottom:0}"
    "table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #ccc;text-align:left}"
)


def blocks() -> list[Block]:
    """What was written, in the order of the course; CourseError if there is nothing yet."""
    texts = writing.texts()
    lessons = {row["notebook"][:2]: row for row in data.records("lessons")}
    found: list[Block] = []
    answered = sorted(
        (id for id in texts if writing.ANSWER.fullmatch(id)), key=lambda id: (*id.split(".")[:2], int(id.split(".")[2]))
    )
    for number, ids in groupby(answered, key=lambda id: id[:2]):
        if number in lessons:
            found.append(_head(f"Lesson {number}: {lessons[number]['question']}"))
            found += [_part(_question(lessons[number]["notebook"], id), texts[id]) for id in ids]
    for piece, name in writing.PIECES.items():
        parts = [_part(field.heading, texts[field.id]) for field in writing.template(piece) if field.id in texts]
        found += [_head(name), *parts] if parts else []
    found += _assumed()
    if not found:
        raise CourseError("you have written nothing yet: type into the fields under Discuss, or into the memo's")
    return found


NUMBERS = ("Assumption", "Yours", "P5 to P95", "The course's", "Its P5 to P95", "Unit")
"""The columns of `my_assumptions` that have room beside one another on a page."""


def _assumed() -> list[Block]:
    """Own assumptions: the numbers as a table, and below it on what each one rests."""
    table = my_assumptions()
    if not len(table):
        return []
    shown = table.shown
    grounds = shown[["Assumption", "Id", "Evidence", "Source", "Why"]].itertuples(index=False, name=None)
    points = [(f"{label} ({id}), {tier}. Source: {source}. Why: {why}", "") for label, id, tier, source, why in grounds]
    rows = (NUMBERS, *shown[[*NUMBERS]].itertuples(index=False, name=None))
    return [Block("work", table.caption, rows=rows, points=tuple(points))]


def _head(heading: str) -> Block:
    return Block("work", heading)


def _part(heading: str, text: str) -> Block:
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return Block("work", heading, tuple(re.split(r"\n{2,}", lines)), level=3)


def _question(notebook: str, id: str) -> str:
    """The question that a text answers, with its number; the id alone if the notebook no longer asks it."""
    _, heading, place = id.split(".")
    try:
        field = writing.answers(notebook, heading.replace("-", " "))[int(place) - 1]
    except (CourseError, IndexError):
        return id
    return f"{field.heading}. {field.ask}"


def _line(on: date) -> str:
    return f"{on.isoformat()}. Scenario code: {scenarios.current.code()}"


def as_html(on: date | None = None) -> str:
    """One file without scripts, to send or print."""
    return page(blocks(), TITLE, _line(on or date.today()), STYLE)


def as_markdown(on: date | None = None) -> str:
    """The same in Markdown."""
    return markdown(blocks(), TITLE, _line(on or date.today()))
