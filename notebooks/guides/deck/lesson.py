"""The slides of a lesson: what its notebook shows and its guide projects, in the order of the notebook.

A control that lives without a kernel is on its slide as it is in a page; ``controls`` gathers what all of a file have.
"""

import html
import re

import pages
import scan
from online import live
from sovereign_compute.controls.verdicts import Statement
from sovereign_compute.lessons.course import Lesson, row_of
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

from . import guide
from .charts import lower_panel
from .parts import Slide, chart, formulas, headed, markdown, prompts, statement, tables

KINDS = {"play": "panel", "explore": "panel", "predictions": "form", "reveal": "answers", "exercises": "form"}
"""What a slide holds that shows a control."""
SILENT = ("write", "memo", "my_work", "interact")
"""Controls that a room does nothing with."""
CARDS = re.compile(r"\blesson\.(verdicts|fact_check)\(\)")
HEADING = re.compile(r"^(#{2,3}) (.+)$", re.M)
BESIDE = {
    "panel": "Usual misconceptions",
    "answers": "Numbers at the course's values",
    "prompts": "Five prompts",
}
"""The section of a guide that the speaker has beside a slide."""


def slides(row: dict, controls: list[dict], address: str | None = None) -> list[Slide]:
    """All slides of a lesson, each with what its guide says of it and the minutes of its timetable.

    The first has a code that leads to the lesson's live page, where ``address`` says where the site of the class is.
    """
    found = _Lesson(row, controls).slides()
    if address:
        found[0].body += scan.code(scan.page(address, row["notebook"]), "The live page")
    _timed(row["notebook"], found)
    return found


def mark(place: int) -> str:
    """What is written where a control will be."""
    return f"<!-- control {place} -->"


class _Lesson:
    """A lesson while its slides are gathered, cell by cell."""

    def __init__(self, row: dict, controls: list[dict]):
        self.row, self.controls = row, controls
        self.name, self.number = row["notebook"], row["notebook"][:2]
        self.cells = pages.notebook(row)
        self.rows = guide.timetable(self.name)
        self.where: tuple[str, ...] = ()
        self.text = ""
        self.found: list[Slide] = []

    def slides(self) -> list[Slide]:
        self._first()
        for cell in self.cells.cells[1:]:
            if cell.cell_type == "markdown":
                self._markdown(cell.source)
            elif self._projected(cell):
                self._code(cell)
        return self.found

    def _first(self) -> None:
        story = next(cell.source for cell in self.cells.cells[1:] if cell.cell_type == "markdown")
        row = self.row
        place = f"{row['part']} · lesson {self.number} · about {row['minutes']} minutes"
        said = [guide.part(self.name, "Aim"), HEADING.split(story)[0], guide.part(self.name, "Timetable")]
        title = f'<h1>{html.escape(row["question"])}</h1><p class="told">{html.escape(place)}</p>'
        self.found.append(Slide(title, "first", notes=list(map(markdown, said))))
        asked = guide.part(self.name, "Opening question")
        quoted = "".join(f"<p>{html.escape(text)}</p>" for text in re.findall(r"“[^”]+[?.!]”", asked))
        self.found.append(
            Slide(f'<h2 class="sc-unseen">Opening question</h2>{quoted}', "opening", notes=[markdown(asked)])
        )

    def _projected(self, cell) -> bool:
        """Whether a guide leads a room here, or the notebook marks the cell for a slide."""
        return pages.is_slide(cell) or any(row.is_at(title) for row in self.rows for title in self.where)

    def _markdown(self, source: str) -> None:
        for level, title in HEADING.findall(source):
            self.where = (title,) if level == "##" else (*self.where[:1], title)
        self.text = source
        if not self.where or not any(row.is_at(title) for row in self.rows for title in self.where):
            return
        if self.where[0] == "Discuss":
            self.found.append(prompts(pages.prompts(self.cells), where=self.where))
            return
        self.found += formulas(self.where[-1], source, where=self.where)
        self.found += tables(self.where[-1], source, where=self.where)

    def _code(self, cell) -> None:
        if cards := CARDS.search(cell.source):
            self._statements(cards[1])
            return
        waiting = live.calls(cell.source)
        for output in cell.outputs:
            content = output.get("data", {})
            if waiting and set(content) == {"text/plain"}:
                self._control(cell, *waiting.pop(0))
            elif pages.CHART in content:
                self.found += chart(content[pages.CHART], self.where[-1], where=self.where)

    def _control(self, cell, kind: str, call) -> None:
        if kind in SILENT:
            return
        found = live.control(self.number, kind, call)
        if found is None:
            self._told(pages.LIVE[kind], pages.panel(cell)[1] if kind in ("play", "explore") else "")
            return
        shown = KINDS[kind]
        if shown == "panel":
            found = lower_panel(found, all_models()[found["name"]].function)
        self.controls.append(found)
        seen = ' class="sc-unseen"' if shown == "panel" else ""
        body = f'<h2{seen}>{html.escape(self.where[-1])}</h2><div class="live">{mark(len(self.controls) - 1)}</div>'
        self.found.append(Slide(body, shown, self.where, self._moves(call) if shown == "panel" else []))

    def _moves(self, call) -> list[str]:
        """The moves of a panel with what one should see, for the speaker alone."""
        known = of_lesson(self.number, "moves")
        moves = known.MOVES.get(call.args[0].attr, ()) if known and call.func.attr == "play" else ()
        listed = "".join(
            f"<li>{markdown(str(move))}<p><b>Seen:</b> {html.escape(move.seen())}</p></li>" for move in moves
        )
        return [f"<ol>{listed}</ol>"] if listed else []

    def _told(self, said: str, more: str = "") -> None:
        """What the notebook alone can do, in words."""
        lines = HEADING.sub("", self.text).strip().split("\n\n")
        task = next((markdown(text) for text in lines if text and not text.startswith(("|", "$"))), "")
        self.found.append(
            headed(self.where[-1], f'{task}{more}<p class="told">{said}</p>', "elsewhere", where=self.where)
        )

    def _statements(self, name: str) -> None:
        cards = list(getattr(Lesson(row_of(int(self.number))), name)().statements.values())
        shown = cards if name == "verdicts" else _one_of_each(cards)
        for place, card in enumerate(shown, start=1):
            self.found.append(statement(self.where[-1], card, f"{card.id} · {place} of {len(shown)}", where=self.where))


def _one_of_each(cards: list[Statement]) -> list[Statement]:
    """The first statement with each word of a verdict, where there are more than a room can judge."""
    return list({card.answer().word: card for card in reversed(cards)}.values())[::-1]


def _timed(name: str, found: list[Slide]) -> None:
    """Give each slide the row of the timetable that it belongs to, its minutes, and the guide's section beside it."""
    rows = guide.timetable(name)
    ends = [*(row.minute for row in rows), guide.length(name)][1:]
    for row, end in reversed(list(zip(rows, ends, strict=True))):  # what comes first is put on top last
        mine = [slide for slide in found if any(map(row.is_at, slide.where))]
        mine = mine or (found[1:2] if row.minute == 0 else [])
        for slide in mine:
            slide.minutes += (end - row.minute) / len(mine)
            slide.notes.insert(0, f"<p><b>Minute {row.minute} to {end}.</b> {html.escape(row.what)}</p>")
    beside = dict(BESIDE)
    for slide in found:
        if heading := beside.pop(slide.kind, None):
            slide.notes.append(f"<h3>{heading}</h3>{markdown(guide.part(name, heading))}")
