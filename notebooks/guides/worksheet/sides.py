"""The two sides of a lesson's sheet: what one guesses and sketches in front, what the course finds on the back."""

import html
import re

import pages
import scan
from deck import guide
from deck.charts import finding
from online import live
from sovereign_compute import __version__
from sovereign_compute.controls import findings, guess_lists, predictions, reveal
from sovereign_compute.errors import CourseError

from . import axes

HEADS = ("Question", "Your guess", "from", "to", "Unit")
TABLE = re.compile(r"^<!-- [\w:-]+ -->\n((?:\|.*\n)+)", re.M)


def sheet(row: dict, address: str | None) -> str:
    """Both sides of a lesson's sheet; ``address`` is where the site of the class is, if it has one."""
    lesson = pages.notebook(row)
    spec = axes.main_chart(lesson)
    return f"{_front(row, spec, address)}\n{_back(row, lesson, spec)}"


def _front(row: dict, spec: dict, address: str | None) -> str:
    number, asked = row["notebook"][:2], _questions(row)
    typed = (
        f"For whoever types it in, one line for a sheet, semicolons between the questions and nothing for an empty "
        f"box: <code>paper {number}: 2.5 (1 to 4); 40; …</code>"
    )
    return (
        f'<section class="side front"><header><div>{_place(row)}<h1>{html.escape(row["question"])}</h1>'
        f'<p class="asked">{html.escape(_opening(row))}</p></div>{_way(row, address)}</header>'
        f"{_boxes(asked) if asked else ''}"
        f"<h2>Your sketch</h2><p>Draw what you expect, then turn the sheet over.</p><figure>{axes.empty(spec)}</figure>"
        '<h2>Your reason</h2><p class="reason">One sentence: what makes you expect this?</p>'
        f'<p class="small last">{typed if asked else ""}</p></section>'
    )


def _questions(row: dict) -> list[dict]:
    """What a lesson asks to guess, in the order of its boxes; a lesson may ask nothing."""
    try:
        return guess_lists.on_paper(row["notebook"][:2])
    except CourseError:
        return []


def _boxes(asked: list[dict]) -> str:
    """A line with three boxes for each question."""
    box = '<td class="box"></td>'
    lines = "".join(
        f"<tr><td>{n}. {html.escape(one['question'])}</td>{box * 3}<td>{html.escape(one['unit'])}</td></tr>"
        for n, one in enumerate(asked, start=1)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    return (
        "<h2>Your guess</h2><p>Write no name. Beside each guess you may write a range that you are 90 % sure contains "
        f'the answer.</p><table class="boxes"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
    )


def _back(row: dict, lesson, spec: dict) -> str:
    title, below = finding(spec)
    legend = f'<p class="small">{html.escape(below)}</p>' if below else ""
    prompts = "".join(f"<li>{pages.markdown(prompt)}</li>" for prompt in pages.prompts(lesson))
    numbers = TABLE.search(guide.part(row["notebook"], "Numbers at the course's values"))[1]
    return (
        f'<section class="side back">{_place(row)}<h2 class="found">{html.escape(title)}</h2>{legend}'
        f"<figure>{axes.chart(spec)}</figure><p>{html.escape(spec['description'])}</p>"
        f"{_answers(lesson, row)}"
        f"<h2>Numbers at the course’s values</h2>{pages.markdown(numbers)}<h2>Discuss</h2><ol>{prompts}</ol>"
        f'<p class="small last">Sovereign Compute, version {__version__}. Text and figures: CC BY 4.0.</p></section>'
    )


def _place(row: dict) -> str:
    return f'<p class="small">{html.escape(row["part"])} · lesson {row["notebook"][:2]}</p>'


def _opening(row: dict) -> str:
    """What the guide has a teacher ask; the rest of that section tells the teacher what to do."""
    return re.search(r"“.+?[?.!]”", guide.part(row["notebook"], "Opening question"))[0]


def _way(row: dict, address: str | None) -> str:
    """How one comes from the paper to the live page: by a code, or by what the teacher writes on the board."""
    if address:
        return scan.code(scan.page(address, row["notebook"]), "The live page")
    return '<p class="scan small">The live page (copy the address from the board):</p>'


def _answers(lesson, row: dict) -> str:
    """What the course finds for the questions that come back in this lesson; others come back in theirs."""
    calls = [call for cell in lesson.cells if cell.cell_type == "code" for call in live.calls(cell.source)]
    ids = next((live.asked(row["notebook"][:2], call) for kind, call in calls if kind == "reveal"), ())
    if not ids:
        return ""
    told = [(one, findings.told(one, None, reveal.answer(one["id"]))) for one in predictions.rows(ids)]
    lines = [
        f"<li>{html.escape(one['question'])} <b>{html.escape(said['sentence'])}</b> {html.escape(said['source'])}</li>"
        for one, said in told
    ]
    more = len(_questions(row)) > len(told)
    listed = "".join([*lines, f"<li>{html.escape(predictions.AT_START)}</li>" * more])
    return f"<h2>Your guesses</h2><ul>{listed}</ul>"
