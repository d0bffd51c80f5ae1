"""What a class guessed: a histogram for each question and vote, the ranges, the answer behind a button.

The codes have no names, and nothing is written to disk; the page offers the guesses as a file.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..display import drawing, votes
from ..display.charts import specification
from ..display.tables import Column, Table
from ..errors import CourseError
from ..inputs import data, files
from ..inputs.wording import counted, number, sentence, span
from ..surroundings import RUN_ALL
from . import drop_box, findings, reveal
from .findings import Finding, digits
from .guess_lists import Guesses, read_guesses
from .teams import sent
from .widgets import CourseWidget, script

FIRST, SECOND = "First vote", "After the discussion"
SURE = 0.9  # of each range that learners are asked for
FIGURES = 2  # of a median and a quarter
NOTHING = {"sentence": "", "tables": [], "picture": "", "rows": [], "questions": [], "question": "", "answered": False}


def _text(given: str | Path) -> tuple[str, list[str]]:
    """A pasted text, or what a file or the files of a folder hold, and what could not be read of them."""
    if not isinstance(given, Path):
        return str(given), []
    if given.is_dir():
        codes, problems = drop_box.collected(given)
        return "\n".join(codes), problems
    try:
        return files.read(given), []
    except OSError:
        raise CourseError(f"the file {given.name!r} cannot be read: is it there?") from None
    except UnicodeDecodeError:
        raise CourseError(f"the file {given.name!r} is no text: save it as plain text") from None


def _named(vote: str, said: list[str]) -> list[str]:
    """What is said of a vote: of the second one with its name."""
    return [f"{vote}. {why}" if vote == SECOND else why for why in said]


def _by_vote(said: list[list[str]]) -> list[str]:
    """What is said of both votes."""
    return [why for vote, problems in zip((FIRST, SECOND), said, strict=True) for why in _named(vote, problems)]


def _quarters(values: list[float]) -> list[float]:
    """The first quarter of some guesses, their median and their third quarter."""
    return pd.Series(values).quantile([0.25, 0.5, 0.75]).tolist()


def _middle(values: list[float], unit: str) -> str:
    """Where the middle half of some guesses lies, and their median."""
    low, middle, high = _quarters(values)
    median = counted(middle, unit, -FIGURES)
    if low == high:
        return f"the median is {median}"
    return f"the median is {median}, and the middle half goes from {span(low, high, -FIGURES)}"


class ClassGuesses(CourseWidget):
    """Fields for the guess codes of one vote or two, the choice of a question, and what the class thinks of it.

    ``frame`` has a row for each guess; ``problems`` says what could not be read.
    """

    _esm = script("class_guesses.js")

    def __init__(self, text: str | Path = "", again: str | Path = ""):
        self._findings: dict[str, Finding] = {}
        found = [_text(given) for given in (text, again)]
        texts = [given.strip() for given, _ in found]
        setup = {"folder": drop_box.folder() is not None}
        super().__init__(_setup=setup, _state={"texts": texts, "problems": [], **NOTHING})
        self._state = self._shown(texts, "", False, _by_vote([said for _, said in found]))

    def _answer(self, message: dict, buffers) -> dict | None:
        state = self._state
        if message.get("kind") == "show":
            texts = [str(text) for text in (message.get("texts") or [])][:2]
            texts += [""] * (2 - len(texts))
            question = str(message.get("question", ""))
            return self._shown(texts, question, state["answered"] and question == state["question"])
        if message.get("kind") == "collect" and (box := drop_box.folder()) and message.get("vote") in (0, 1):
            texts, said = list(state["texts"]), [[], []]
            try:
                codes, said[message["vote"]] = drop_box.collected(box)
                texts[message["vote"]] = "\n".join(codes)
            except CourseError as error:
                said[message["vote"]] = [sentence(str(error))]
            return self._shown(texts, state["question"], False, _by_vote(said))
        if message.get("kind") == "answer" and state["question"]:
            return self._shown(state["texts"], state["question"], not state["answered"])
        return None

    def _shown(self, texts: list[str], question: str, answered: bool, said: Sequence[str] = ()) -> dict:
        """What the page shows of two votes; ``said`` is what could not be read where their texts came from."""
        self._votes, problems = self._read(texts)
        problems = [*said, *problems]
        self.problems = problems
        asked = [row for row in data.records("predictions") if self._of(row["id"])]
        state = {"texts": texts, "problems": problems, **NOTHING}
        if not asked:
            self._row = None
            return state
        counts = {row["id"]: max(map(len, self._of(row["id"]).values())) for row in asked}
        self._row = next((row for row in asked if row["id"] == question), None) or max(
            asked, key=lambda row: counts[row["id"]]
        )
        found = self._finding() if answered and self._row["id"] == question else None
        return state | {
            "questions": [[row["id"], row["question"]] for row in asked],
            "question": self._row["id"],
            "answered": found is not None,
            "sentence": self.sentence(found),
            "picture": drawing.address(specification(self.chart(found))),
            "tables": [sent(self.table())],
            "rows": self._rows(),
        }

    @staticmethod
    def _read(texts: list[str]) -> tuple[dict[str, list[Guesses]], list[str]]:
        """Who guessed what in each vote, and what could not be read."""
        people, problems = {}, []
        for name, text in zip((FIRST, SECOND), texts, strict=True):
            try:
                people[name], said = read_guesses(text)
            except CourseError as error:
                people[name], said = [], [sentence(str(error))]
            problems += _named(name, said)
        return people, problems

    def _of(self, id: str) -> dict[str, list[dict]]:
        """The guesses of a question by vote, without a vote that has none."""
        found = {name: [guesses[id] for guesses in people if id in guesses] for name, people in self._votes.items()}
        return {name: guesses for name, guesses in found.items() if guesses}

    def _finding(self) -> Finding:
        """What the course finds; computed when it is asked for."""
        id = self._row["id"]
        if id not in self._findings:
            self._findings[id] = reveal.answer(id)
        return self._findings[id]

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each guess: vote, number of the code in it, question, unit, value and the ends of the range."""
        rows = {row["id"]: row for row in data.records("predictions")}
        found = [
            (
                name,
                place,
                id,
                rows[id]["question"],
                rows[id]["unit"],
                *(guess.get(end) for end in ("value", "low", "high")),
            )
            for name, people in self._votes.items()
            for place, guesses in enumerate(people, start=1)
            for id, guess in guesses.items()
        ]
        return pd.DataFrame(found, columns=["vote", "code", "id", "question", "unit", "value", "low", "high"])

    def _rows(self) -> list[list]:
        """The same for the page, below a head: None where there is no range."""
        frame = self.frame.astype(object)
        return [list(frame), *frame.where(frame.notna(), None).to_numpy().tolist()]

    def sentence(self, found: Finding | None = None) -> str:
        """How the class guesses the chosen question, and with what the course finds how many ranges held it."""
        unit, told, medians = self._row["unit"], [], {}
        guessed = self._of(self._row["id"])
        for name, guesses in guessed.items():
            values = [guess["value"] for guess in guesses]
            people = "1 guess" if len(values) == 1 else f"{len(values)} guesses"
            medians[name] = float(pd.Series(values).median())
            told.append(f"{name}: {people}; {_middle(values, unit)}.")
        if found is None:
            return " ".join(told)
        told.append(findings.told(self._row, None, found)["sentence"])
        for name, guesses in guessed.items():
            ranges = [guess for guess in guesses if "low" in guess]
            if ranges:
                held = sum(guess["low"] <= found.value <= guess["high"] for guess in ranges)
                of = (
                    f"{held} of {len(ranges)} ranges held it"
                    if len(ranges) > 1
                    else ("The one range held it" if held else "The one range missed it")
                )
                told.append(
                    f"{name}: {of}; whoever is 90 % sure should be right {number(SURE * len(ranges), 0)} times."
                )
        if len(medians) == 2:
            off = [abs(medians[name] - found.value) for name in (FIRST, SECOND)]
            way = "nearer to" if off[1] < off[0] else "further from" if off[1] > off[0] else "no nearer to"
            told.append(f"The discussion brought the median {way} it.")
        return " ".join(told)

    def table(self) -> Table:
        """All questions that somebody guessed: how many guesses, their median and middle half, how many ranges."""
        rows = []
        for row in data.records("predictions"):
            for name, guesses in self._of(row["id"]).items():
                quarters = _quarters([guess["value"] for guess in guesses])
                ranges = sum("low" in guess for guess in guesses)
                rows.append((row["question"], name, len(guesses), *quarters, ranges, row["unit"]))
        heads = [Column(head, -FIGURES) for head in ("First quarter", "Median", "Third quarter")]
        return Table(rows, "The guesses of the class", ["Question", "Vote", "Guesses", *heads, "With a range", "Unit"])

    def chart(self, found: Finding | None = None):
        """The chosen question's histogram and ranges; with what the course finds as a line."""
        told = self.sentence(found)
        answer = (
            (found.value, f"{'assumed' if found.assumed else 'found'}: {number(found.value, digits(found.value))}")
            if found
            else None
        )
        return votes.chart(self._of(self._row["id"]), self._row["question"], self._row["unit"], told, answer)

    def __repr__(self) -> str:
        if self._row is None:
            return "\n".join([f"The guesses of a class. {RUN_ALL} and paste their codes.", *self.problems])
        head = [f"The guesses of a class. {RUN_ALL} to paste other codes.", *self.problems]
        return "\n\n".join(["\n".join(head), f"{self._row['question']} {self.sentence()}", str(self.table())])


def class_guesses(text: str | Path = "", again: str | Path = "") -> ClassGuesses:
    """The guesses of a class from their codes: a text, a file or a folder (a ``Path``). ``again`` is a second vote."""
    return ClassGuesses(text, again)
