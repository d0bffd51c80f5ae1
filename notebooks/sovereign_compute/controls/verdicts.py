"""Statements as cards: the learner judges first, then the card is turned and says what the course finds and why.

What a learner has judged is kept, so that it is beside the verdict on another day and in lesson 43.
"""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from ..display.verdict_looks import LOOKS, WORDS, signed
from ..errors import CourseError
from ..inputs import scenarios
from . import progress
from .widgets import CourseWidget, script, style

PAGE = 12
"""Cards that are shown at once; more come when they are asked for."""
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Answer:
    """The verdict on a statement: its word, one sentence why, and what it rests on, as heads, texts and addresses."""

    word: str
    why: str
    rests: tuple[tuple[str, str, str | None], ...] = ()


@dataclass(frozen=True)
class Statement:
    """One statement to judge; ``answer`` is computed when the card is turned and not before."""

    id: str
    text: str
    said_by: str
    answer: Callable[[], Answer]


@dataclass(frozen=True)
class Filters:
    """How many statements are narrowed down: lists to choose from, and what gives the ids that are left.

    ``lists``: for each argument of ``find`` its label and its options, the first of which leaves all in. ``find`` also
    takes ``search``, a text. ``start``: what is chosen at first, where that is not the first option.
    """

    lists: Mapping[str, tuple[str, list[str]]]
    find: Callable[..., list[str]]
    start: dict[str, str] = field(default_factory=dict)


class Verdicts(CourseWidget):
    """The statements of a lesson, or all of them with filters, each a card that is judged and then turned."""

    _esm = script("verdicts.js")
    _css = style("verdicts.css")

    def __init__(self, title: str, statements: list[Statement], filters: Filters | None = None):
        self.title, self.filters = title, filters
        self.statements = {statement.id: statement for statement in statements}
        self._find = cache(lambda id: self.statements[id].answer())  # cards are drawn anew with each move
        self._chosen = {name: options[0] for name, (_, options) in filters.lists.items()} if filters else {}
        self._chosen |= {**filters.start, "search": ""} if filters else {}
        self._turned: set[str] = set()
        self._room = PAGE
        lists = [{"id": name, "label": label, "options": options} for name, (label, options) in self._lists.items()]
        setup = {"title": title, "lists": lists, "search": bool(filters), "longest": LONGEST_SEARCH}
        setup["words"] = [{"word": word, "sign": LOOKS[word].sign} for word in WORDS]
        super().__init__(_setup=setup, _state=self._shown(""))

    @property
    def _lists(self) -> Mapping[str, tuple[str, list[str]]]:
        return self.filters.lists if self.filters else {}

    def _shown(self, notice: str, judged: dict[str, str] | None = None) -> dict:
        """What the page shows; ``judged`` counts also where it could not be written to the file."""
        known = {id: entry["word"] for id, entry in progress.kept("verdicts").items()} | (judged or {})
        mine = {id: word for id, word in known.items() if id in self.statements}
        self._turned |= set(mine)
        found = self.filters.find(**self._chosen) if self.filters else list(self.statements)
        shown = found[: self._room]
        agreed = sum(word == self._find(id).word for id, word in mine.items())
        return {
            "cards": [self._card(self.statements[id], mine.get(id, "")) for id in shown],
            "chosen": self._chosen,
            "count": _counted(len(found), len(self.statements)) if self.filters else "",
            "more": min(PAGE, len(found) - len(shown)),
            "told": _told(len(mine), agreed, len(self.statements)),
            "closed": sum(id not in self._turned for id in shown),
            "notice": notice,
        }

    def _card(self, statement: Statement, mine: str) -> dict:
        card = {"id": statement.id, "text": statement.text, "by": statement.said_by, "mine": mine, "answer": None}
        if statement.id in self._turned:
            found = self._find(statement.id)
            look = LOOKS[found.word]
            rests = [{"head": head, "text": text, "address": address} for head, text, address in found.rests]
            card["answer"] = {
                "word": found.word,
                "sign": look.sign,
                "pill": look.pill,
                "text": found.why,
                "rests": rests,
                "mine": _beside(mine, found.word),
            }
        return card

    def _answer(self, message: dict, buffers) -> dict:
        kind, judged, notice = message.get("kind"), {}, ""
        try:
            if kind == "judge":
                judged = {self._known(message.get("id")): self._word(message.get("word"))}
                entries = {id: {"word": word, "on": date.today().isoformat()} for id, word in judged.items()}
                notice = progress.kept_or_why("verdicts", entries)
            elif kind == "turn":
                self._turned.add(self._known(message.get("id")))
            elif kind == "turn all":
                self._turned |= {card["id"] for card in self._state["cards"]}
            elif kind == "more":
                self._room += PAGE
            elif kind == "narrow":
                self._narrow(message.get("chosen"))
        except CourseError as error:
            notice = str(error)
        return self._shown(notice, judged)

    def _known(self, id) -> str:
        if isinstance(id, str) and id in self.statements:
            return id
        raise CourseError(f"there is no statement {scenarios.printable(str(id))!r} among these cards")

    def _word(self, word) -> str:
        if isinstance(word, str) and word in WORDS:
            return word
        raise CourseError(f"a verdict is one of {', '.join(WORDS)}, not {scenarios.printable(str(word))!r}")

    def _narrow(self, chosen) -> None:
        known = {name: options for name, (_, options) in self._lists.items()}
        for name, value in (chosen if isinstance(chosen, dict) else {}).items():
            if value in known.get(name, ()):
                self._chosen[name] = value
            elif name == "search" and self.filters:
                self._chosen[name] = str(value)[:LONGEST_SEARCH]
        self._room = PAGE

    def __repr__(self) -> str:
        parts = []
        for statement in self.statements.values():
            found = self._find(statement.id)
            parts.append(f"{statement.id}. {statement.text} ({statement.said_by})\n  {signed(found.word)}. {found.why}")
        return "\n".join([self.title, *parts])

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        (bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"] = self._html()
        return bundle

    def _html(self) -> str:
        """The cards for a page without a kernel: the verdict is below its statement, one click away."""
        cards = []
        for statement in self.statements.values():
            found, said = self._find(statement.id), html.escape(statement.said_by)
            cards.append(
                f'<details class="sc-fold"><summary>{html.escape(statement.text)} <small>({said})</small></summary>\n'
                f"<p><b>{signed(found.word)}</b>. {html.escape(found.why)}</p>\n</details>"
            )
        return f'<div class="sc-folds">\n<p><b>{html.escape(self.title)}</b></p>\n' + "\n".join(cards) + "\n</div>"


def _counted(found: int, of: int) -> str:
    return f"{found} of {of} statements"


def _beside(mine: str, word: str) -> str:
    """What the learner judged, beside the verdict of the course; nothing where the card was only turned."""
    if not mine:
        return ""
    return f"You judged the same: {mine}." if mine == word else f"You judged: {mine}."


def _told(judged: int, agreed: int, of: int) -> str:
    """How many statements the learner has judged, and in how many the course finds the same."""
    if not judged:
        return ""
    return f"You have judged {judged} of {of}. The course agrees in {agreed or 'none'} of them."
