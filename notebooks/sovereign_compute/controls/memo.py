"""A memo of two pages on a portfolio, in HTML and in Markdown: the same scenario, date and words give the same bytes.

What a learner writes stands under the headings of the marking rubric. Charts are pictures inside the file, so that it
can be sent as it is.
"""

import base64
import html
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from ..analysis.evaluation import evaluation_of, ranged
from ..analysis.sensitivity import tornado
from ..analysis.settings import inputs
from ..display import drawing
from ..display.charts import figure, in_words, specification
from ..display.deciding import tornado_chart
from ..display.tables import source_words
from ..display.views.policy import LEVER_WORDS, next_money_chart, spending
from ..errors import CourseError
from ..inputs import data, scenarios
from ..inputs.assumptions import ASSUMED, Assumption, course_row, in_place
from ..inputs.files import write as store
from ..inputs.own_assumptions import Own
from ..inputs.ranges import ends
from ..inputs.units import unit_words
from ..inputs.wording import number, quantity
from ..models.policy import LEVERS, policy_portfolio
from ..models.registry import find
from ..surroundings import RUN_ALL
from . import memo_numbers, writing
from .paper import Block, markdown, page
from .widgets import LongWork, script

LONGEST, LINES = 2_400, 28
"""Letters and lines of all that a learner may write, so that two pages suffice even for a text in capitals."""
FORMER = {"Decision": "claim", "Reasons": "evidence"}
"""Headings of memos from before they were those of the rubric, which still come back."""
MATTER = 8
NAMED = 10  # changes in the table; the code has them all
BEHIND = ("hours_for", "help_for")  # no outcomes: the text says which of the two is scarcer
TITLE = "How to spend the budget: a memo"
NONE = "(none written)"
FILES = ("memo.html", "memo.md")
STYLE = (
    "@page{size:A4;margin:14mm 16mm}*{overflow-wrap:break-word}"
    "body{font:9.5pt/1.3 system-ui,sans-serif;max-width:178mm;margin:auto;color:#111}"
    "h1{font-size:15pt;margin:0}h2{font-size:11pt;margin:.7em 0 .15em}p{margin:.3em 0}img{width:100%;margin:0 0 3mm}"
    "table{border-collapse:collapse;font-size:8pt;line-height:1.1}"
    "td,th{padding:.4mm 1.5mm;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}"
    # The headings of the text run in: seven of them stand on the first page.
    ".text{font-size:9pt;line-height:1.22}.text section{margin:.25em 0}"
    ".text h2,.text h2+p{display:inline;font-size:inherit}.text h2::after{content:'. '}"
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


def _fields() -> dict[str, writing.Field]:
    """The fields of a memo by their short name, the id in ``data/writing.csv``."""
    return {field.id.partition(".")[2]: field for field in writing.template("memo")}


def _clean(texts: dict[str, str]) -> dict[str, str]:
    """The texts of a learner without empty lines; CourseError if they are too long for the two pages."""
    known = {id: re.sub(r"\s*\n\s*", "\n", writing.clean(texts.get(id, "")).strip()) for id in _fields()}
    for size, most, what in (
        (sum(map(len, known.values())), LONGEST, "letters"),
        (sum(text.count("\n") + 1 for text in known.values() if text), LINES, "lines"),
    ):
        if size > most:
            raise CourseError(f"the text of a memo can have {most:,} {what} in all; this one has {size:,}")
    return known


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


def _blocks(code: str, texts: dict[str, str]) -> list[Block]:
    texts = _clean(texts)
    known = inputs(policy_portfolio)
    changes = scenarios.decode(code).of(known)
    evaluation = evaluation_of(policy_portfolio, changes)
    frame = tornado(policy_portfolio, changes)
    money = spending(evaluation.values)
    spent = [(LEVER_WORDS[lever], number(money[lever], 0)) for lever in LEVERS]
    outcome = [
        (
            o.label,
            number(getattr(evaluation.result, o.id), o.digits),
            "{} to {}".format(*(number(end, o.digits) for end in evaluation.bands[o.id])),
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
        (known[id].label, _here(known[id], evaluation.values[id]), quantity(course_row(id).value, known[id].unit))
        for id in changed[:NAMED]
    ]
    told = "" if moved else "Nothing: all values are the course's."
    if len(changed) > len(moved):
        told = f"{len(moved)} of {len(changed)} changes; the scenario code holds all values."
    sourced = [known[id] for id in dict.fromkeys([*frame.assumption.head(MATTER), *changed[:NAMED]])]
    return [
        *(Block("text", field.heading, (texts[id] or NONE,)) for id, field in _fields().items()),
        Block("text", "What the model says", (str(in_words(policy_portfolio, **changes)),)),
        Block("money", "Money, million EUR", rows=(("Lever", "Money"), *spent), unit="million EUR"),
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
            unit="million EUR",
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
    return TITLE, f"{on.isoformat()}. Scenario code: {scenarios.read(code)[1].code}"


def words(text: str) -> dict:
    """What a memo in Markdown was written from, as the arguments of ``write``; CourseError if it is no such memo."""
    found = re.match(r"# [^\n]*\n\n(\S+?)\. Scenario code: (\S+)\n\n(.*)", text, re.S)
    ids = {field.heading: id for id, field in _fields().items()} | FORMER
    parts = re.findall(r"^## ([^\n]+)\n\n(.*?)(?=\n\n## |\Z)", found[3], re.S | re.M) if found else []
    texts = {ids[heading]: typed(part) for heading, part in parts if heading in ids}
    if not texts:
        raise CourseError("this is no memo of this course")
    try:
        on = date.fromisoformat(typed(found[1]))
    except ValueError:
        raise CourseError("this is no memo of this course: it bears no date") from None
    return {"texts": texts, "code": typed(found[2]), "on": on}


def typed(part: str) -> str:
    """A part of a memo in Markdown as it was typed."""
    text = html.unescape(re.sub(r"\\([\W_])", r"\1", part))
    return "" if text == NONE else text.replace("  \n", "\n")


def steps(
    texts: dict[str, str] | None = None, code: str = "", on: date | None = None, told: list[str] | None = None
) -> Iterator[float]:
    """Write the memo to the learner's folder step by step; yields the share that is done.

    ``texts`` are by the ids of ``data/writing.csv``. Without a code the memo is about the learner's scenario, without a
    date it bears today's. Nothing is written before all of it is there. ``told`` takes up what there is to say about
    the numbers in the texts.
    """
    texts, code, on = texts or {}, code.strip() or scenarios.current.code(), on or date.today()
    own = dict(ASSUMED)
    with in_place(own):
        blocks = _blocks(code, texts)
    if told is not None:
        told += memo_numbers.told("\n".join(texts.values()), blocks)
    pictures = [picture for block in blocks for picture in block.pictures]
    for done, picture in enumerate(pictures, start=1):
        yield done / (len(pictures) + 1)
        with in_place(own):
            picture()
    title, line = _title(on, code)
    for name, text in zip(FILES, (page(blocks, title, line, STYLE), markdown(blocks, title, line)), strict=True):
        store(scenarios.MY_COURSE / name, text)


def write(texts: dict[str, str] | None = None, code: str = "", on: date | None = None) -> list[str]:
    """Write the memo at once, as ``steps`` does; the names of its two files."""
    for _ in steps(texts, code, on):
        pass
    return list(FILES)


class Memo(LongWork):
    """A form for the texts of the memo, kept as they are typed, with a button that writes it."""

    _esm = script("memo.js")

    def __init__(self):
        self._fields = _fields()
        fields = list(self._fields.values())
        state = {"text": "", "running": False, "share": 0.0, "code": "", "feedback": []}
        super().__init__(
            _setup=writing.setup(fields, longest=LONGEST, together=True), _state=state | writing.current(fields)
        )

    def _answer(self, message: dict, buffers) -> dict | None:
        kind, given = message.get("kind"), message.get("texts")
        if kind == "keep":
            return writing.taken(self._state, list(self._fields.values()), given)
        if kind == "write" and self._task is None:
            self._state = writing.taken(self._state, list(self._fields.values()), given)
            texts = {id: self._state["texts"].get(field.id, "") for id, field in self._fields.items()}
            told, code = [], str(message.get("code", ""))
            work = steps(texts, code, told=told)
            return self._begin(work, partial(_said, told), text="Writing …", code=code, feedback=[])
        if kind == "stop":
            self._stop()
        return None

    def __repr__(self) -> str:
        return f"A memo of two pages: your decision, your reasons, and what the lab found. {RUN_ALL} to write it."


def _said(told: list[str], whole: bool) -> dict:
    places = " and ".join(scenarios.place(name) for name in FILES)
    return {"text": f"Written: {places}.", "feedback": told} if whole else {"text": "Stopped: nothing was written."}


def memo() -> Memo:
    """Write down the decision, and get a memo with charts, assumptions, sources and the scenario code."""
    return Memo()
