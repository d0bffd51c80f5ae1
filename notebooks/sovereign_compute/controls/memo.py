"""A memo of two pages on a portfolio, in HTML and in Markdown: the same scenario, date and words give the same bytes.

What a learner typed is text and nothing else: it is escaped in both forms. Charts are pictures inside the file, so that
it can be sent as it is.
"""

import base64
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from ..analysis.distributions import ends
from ..analysis.evaluation import ranged, read
from ..analysis.sensitivity import tornado
from ..analysis.settings import inputs
from ..display import drawing
from ..display.charts import figure, in_words, specification, tornado_chart
from ..display.tables import source_words
from ..display.views.policy import LEVER_WORDS, next_money_chart, spending
from ..errors import CourseError
from ..inputs import data, scenarios
from ..inputs.assumptions import ASSUMED, Assumption, baseline, in_place
from ..inputs.files import write as store
from ..inputs.own_assumptions import Own
from ..inputs.units import unit_words
from ..inputs.wording import number, quantity
from ..models.policy import LEVERS, policy_portfolio
from ..models.registry import find
from ..surroundings import RUN_ALL
from .widgets import LongWork, script

LONGEST = {"decision": 400, "reasons": 1_000}
"""Characters of what a learner may write, so that two pages suffice even if all of them are wide."""
LINES = 12
MATTER = 8
NAMED = 10  # changes in the table; the code has them all
BEHIND = ("hours_for", "help_for")  # no outcomes: the text says which of the two is scarcer
NONE = "(none written)"
FILES = ("memo.html", "memo.md")
STYLE = (
    "@page{size:A4;margin:14mm 16mm}*{overflow-wrap:break-word}"
    "body{font:9.5pt/1.3 system-ui,sans-serif;max-width:178mm;margin:auto;color:#111}"
    "h1{font-size:15pt;margin:0}h2{font-size:11pt;margin:.7em 0 .15em}p{margin:.3em 0}img{width:100%;margin:0 0 3mm}"
    "table{border-collapse:collapse;font-size:8pt;line-height:1.1}"
    "td,th{padding:.4mm 1.5mm;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}"
    ".outcomes td+td{white-space:nowrap}tr,img{break-inside:avoid}h2{break-after:avoid}"
    # The first page is text and numbers, the second charts with what they rest on.
    ".money{float:left;width:52mm}.outcomes,.ground{display:flow-root}.outcomes{margin-left:56mm}"
    ".charts{clear:both;float:left;width:100mm;margin-top:4mm}"
    ".ground{margin-left:103mm}.sources{clear:both}.sources li{font-size:7pt;line-height:1.25}"
    ".sources ul{columns:2;margin:0;padding-left:4mm}"
    "@media print{.outcomes{break-after:page}.charts{margin-top:0}}"
    "@media screen and (max-width:720px){.money,.charts{float:none;width:auto}.outcomes,.ground{margin-left:0}"
    ".sources ul{columns:1}}"
)


@dataclass(frozen=True)
class Block:
    """One part of a memo: heading, paragraphs, table rows (the first is the head), pictures, points with addresses.

    A picture is drawn when it is asked for, once: in base64, with its description.

    ``place`` is where it stands on the pages: the class of ``STYLE``.
    """

    place: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[Callable, ...] = ()
    points: tuple[tuple[str, str], ...] = ()


def _clean(field: str, text: str) -> str:
    """Text of a learner without what is no character on paper; CourseError if it is too long."""
    text = "".join(c for c in str(text).replace("\r\n", "\n") if c.isprintable() or c == "\n").strip()
    text = re.sub(r"\s*\n\s*", "\n", text)
    for size, most, what in ((len(text), LONGEST[field], "characters"), (text.count("\n") + 1, LINES, "lines")):
        if size > most:
            raise CourseError(f"the {field} of the memo must have at most {most:,} {what}; this text has {size:,}")
    return text


def _sources(named: list[Assumption]) -> list[tuple[str, str]]:
    """The sources of some assumptions, each once, cited in full; the learner's own come first, with reasons."""
    own = [a for a in named if isinstance(a, Own)]
    points = [(f"{a.label}, {a.tier}: {data.cited(a.source)}. Reason: {a.why}", a.source) for a in own]
    used = sorted({a.source for a in named} - {a.source for a in own}, key=lambda id: (source_words(id), id))
    points += [(f"{source_words(id)}: {data.source(id)['title']}.", id) for id in used]
    return [(text, data.source(id)["url"] or "") for text, id in points]


def _here(a: Assumption, value: float) -> str:
    """A value that was set, with its range where that is the learner's own, too."""
    low, high = ends(a, value)
    return f"{quantity(value, a.unit)}{ranged(number(low), number(high)) if isinstance(a, Own) else ''}"


def _blocks(code: str, decision: str, reasons: str) -> list[Block]:
    decision, reasons = _clean("decision", decision), _clean("reasons", reasons)
    known = inputs(policy_portfolio)
    changes = scenarios.decode(code).of(known)
    reading = read(policy_portfolio, changes)
    frame = tornado(policy_portfolio, changes)
    money = spending(reading.values)
    spent = [(LEVER_WORDS[lever], number(money[lever], 0)) for lever in LEVERS]
    outcome = [
        (
            o.label,
            number(getattr(reading.result, o.id), o.digits),
            "{} to {}".format(*(number(end, o.digits) for end in reading.bands[o.id])),
            unit_words(o.unit),
        )
        for o in find(policy_portfolio).outputs
        if o.id not in BEHIND
    ]
    wanted = find(policy_portfolio).output()
    matter = [
        (row.label, number(row.at_low, wanted.digits), number(row.at_high, wanted.digits), known[row.assumption].tier)
        for row in frame.head(MATTER).itertuples()
    ]
    changed = sorted(id for id, a in known.items() if id in changes or isinstance(a, Own))
    moved = [
        (known[id].label, _here(known[id], reading.values[id]), quantity(baseline(id).value, known[id].unit))
        for id in changed[:NAMED]
    ]
    told = "" if moved else "Nothing: all values are the course's."
    if len(changed) > len(moved):
        told = f"{len(moved)} of {len(changed)} changes; the scenario code holds all values."
    sourced = [known[id] for id in dict.fromkeys([*frame.assumption.head(MATTER), *changed[:NAMED]])]
    return [
        Block("text", "Decision", (decision or NONE,)),
        Block("text", "Reasons", (reasons or NONE,)),
        Block("text", "What the model says", (str(in_words(policy_portfolio, **changes)),)),
        Block("money", "Money, million EUR", rows=(("Lever", "Money"), *spent)),
        Block("outcomes", "Outcomes", rows=(("Outcome", "Value", "90 % range", "Unit"), *outcome)),
        Block(
            "charts",
            "Charts",
            pictures=(
                cache(lambda: _png(figure(policy_portfolio, **changes))),
                cache(lambda: _png(next_money_chart(**changes))),
                cache(lambda: _png(tornado_chart(policy_portfolio, most=MATTER, **changes))),
            ),
        ),
        Block(
            "ground",
            "Assumptions that matter",
            (f"{wanted.label}, million EUR, with each assumption alone at its P5 and at its P95.",),
            rows=(("Assumption", "At P5", "At P95", "Evidence"), *matter),
        ),
        Block(
            "ground",
            "What was changed",
            (told,) if told else (),
            rows=(("Assumption", "Here", "Course's value"), *moved) if moved else (),
        ),
        Block("sources", "Sources", points=tuple(_sources(sourced))),
    ]


def _png(chart) -> tuple[str, str]:
    """A chart as a picture in base64, and its description."""
    spec = specification(chart)
    return base64.b64encode(drawing.png(spec, scale=2)).decode(), spec["description"]


def _title(on: date, code: str) -> tuple[str, str]:
    return "How to spend the budget: a memo", f"{on.isoformat()}. Scenario code: {scenarios.read(code)[1].code}"


def _html(blocks: list[Block], title: str, line: str) -> str:
    parts = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>\n<h1>{html.escape(title)}</h1>\n<p>{html.escape(line)}</p>"
    ]
    for place, together in groupby(blocks, key=lambda block: block.place):
        parts += [f'<div class="{place}">', *(line for block in together for line in _lines(block)), "</div>"]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _lines(block: Block) -> list[str]:
    """One part of the memo in HTML."""
    parts = [f"<h2>{html.escape(block.heading)}</h2>"]
    parts += [f"<p>{html.escape(text).replace(chr(10), '<br>')}</p>" for text in block.paragraphs]
    if block.rows:
        head, *body = block.rows
        cells = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
        lines = "\n".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
        parts.append(f"<table><thead><tr>{cells}</tr></thead><tbody>\n{lines}\n</tbody></table>")
    for draw in block.pictures:
        picture, told = draw()
        parts.append(f'<img alt="{html.escape(told)}" src="data:image/png;base64,{picture}">')
    if block.points:
        lines = "\n".join(f"<li>{html.escape(f'{text} {address}')}</li>" for text, address in block.points)
        parts.append(f"<ul>\n{lines}\n</ul>")
    return parts


def _plain(text: str) -> str:
    """Text that Markdown shows as it was typed."""
    text = re.sub(r"([\\`*_\[\]#!|~$])", r"\\\1", html.escape(text, quote=False))
    # At the start of a line more signs have a meaning: lists, headings under a line, numbered points.
    text = re.sub(r"^(\s*)([-+=])", r"\1\\\2", text, flags=re.M)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", text, flags=re.M).replace("\n", "  \n")


def words(text: str) -> dict:
    """What a memo in Markdown was written from, as the arguments of ``write``; CourseError if it is no such memo."""
    found = re.match(
        r"# [^\n]*\n\n(\S+?)\. Scenario code: (\S+)\n\n## Decision\n\n(.*?)\n\n## Reasons\n\n(.*?)\n\n## ", text, re.S
    )
    if not found:
        raise CourseError("this is no memo of this course")
    on, code, decision, reasons = (html.unescape(re.sub(r"\\([\W_])", r"\1", part)) for part in found.groups())
    try:
        on = date.fromisoformat(on)
    except ValueError:
        raise CourseError("this is no memo of this course: it bears no date") from None
    typed = {"decision": decision, "reasons": reasons}
    return {**{name: "" if t == NONE else t.replace("  \n", "\n") for name, t in typed.items()}, "code": code, "on": on}


def _markdown(blocks: list[Block], title: str, line: str) -> str:
    parts = [f"# {title}", _plain(line)]
    for block in blocks:
        parts.append(f"## {block.heading}")
        parts += [_plain(text) for text in block.paragraphs]
        if block.rows:
            head, *body = block.rows
            table = [head, ("---",) * len(head), *(tuple(map(_plain, row)) for row in body)]
            parts.append("\n".join("| " + " | ".join(row) + " |" for row in table))
        for draw in block.pictures:
            picture, told = draw()
            parts.append(f"![{_plain(told)}](data:image/png;base64,{picture})")
        if block.points:
            parts.append("\n".join(f"- {_plain(text)} {address}" for text, address in block.points))
    return "\n\n".join(parts) + "\n"


def writing(decision: str = "", reasons: str = "", code: str = "", on: date | None = None) -> Iterator[float]:
    """Write the memo to the learner's folder step by step; yields the share that is done.

    Without a code it is about the learner's scenario, without a date it bears today's. Nothing is written before all of
    it is there.
    """
    code, on = code.strip() or scenarios.current.code(), on or date.today()
    own = dict(ASSUMED)
    with in_place(own):
        blocks = _blocks(code, decision, reasons)
    pictures = [picture for block in blocks for picture in block.pictures]
    for done, picture in enumerate(pictures, start=1):
        yield done / (len(pictures) + 1)
        with in_place(own):
            picture()
    files = (_html(blocks, *_title(on, code)), _markdown(blocks, *_title(on, code)))
    for name, text in zip(FILES, files, strict=True):
        store(scenarios.MY_COURSE / name, text)


def write(decision: str = "", reasons: str = "", code: str = "", on: date | None = None) -> list[str]:
    """Write the memo at once, as ``writing`` does; the names of its two files."""
    for _ in writing(decision, reasons, code, on):
        pass
    return list(FILES)


def _said(whole: bool) -> dict:
    places = " and ".join(f"notebooks/{scenarios.MY_COURSE.name}/{name}" for name in FILES)
    return {"text": f"Written: {places}." if whole else "Stopped: nothing was written."}


class Memo(LongWork):
    """A form for the decision and its reasons, with a button that writes the memo."""

    _esm = script("memo.js")

    def __init__(self):
        super().__init__(_setup={"longest": LONGEST}, _state={"text": "", "running": False, "share": 0.0, "typed": {}})

    def _answer(self, message: dict, buffers) -> dict | None:
        kind = message.get("kind")
        if kind == "write" and self._task is None:
            typed = {name: str(message.get(name, "")) for name in ("decision", "reasons", "code")}
            return self._begin(writing(**typed), _said, text="Writing …", typed=typed)
        if kind == "stop":
            self._stop()
        return None

    def __repr__(self) -> str:
        return f"A memo of two pages: your decision, your reasons, and what the lab found. {RUN_ALL} to write it."


def memo() -> Memo:
    """Write down the decision, and get a memo with charts, assumptions, sources and the scenario code."""
    return Memo()
