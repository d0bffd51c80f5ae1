"""How long a lesson or a path takes: speeds of reading and thinking, sections, guided moves, timetables.

The speeds are judgement, for adults who read a second language and work in pairs. They stand here and nowhere else.
"""

import re
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "notebooks" / "guides"))
from deck.guide import Row as Row
from deck.guide import timetable as timetable
from deck.guide import within as within
from deck.steps import OPENS as OPENS
from deck.steps import PATHS as PATHS
from deck.steps import steps as steps
from deck.steps import whole as whole

WORDS_PER_MINUTE = 200  # text that is read to be understood
SCANNED_PER_MINUTE = 600  # the words of a table: rows are looked up, not read one after the other
# Seconds, each beside the reading of the words:
TABLE = 20  # to see what a table holds; a long one takes its words, up to
LONG_TABLE = 120  # after which everybody looks for single rows
FIGURE = 30  # to find the axes, the largest part and the surprise
FORMULA = 20
CODE = 3  # to run a cell; nobody studies its line
PANEL = 45  # to find one's way around a panel, and to try two controls
MOVE = 60  # to say what will happen, to do it, and to say why
PREDICTION = 20  # to think of a number
VERDICT = 15  # to judge a statement, or to draw once more
QUARTER = 20  # to read where the firm stands, and to decide
EXERCISE = 60  # to find the first answer
AGAIN = 30  # to find the next one, after a mistake and a hint
OPENING = 120  # the opening question of the guide: hands up, counts on the board
TASK = 90  # what else the guide asks of a group in a section: one question, answered aloud
DISCUSSION = 240  # one prompt
MEMO = 120  # a decision and a reason, in a sentence each; at home
# Seconds of a group:
TURN = 15  # until all have turned to the next thing
HANDS = 20  # a question, hands up, a count on the board
SAID = 12  # what one pair or one team says aloud
SEND = 30  # to find a code, copy it and send it to whoever leads or to the neighbours
PASTE = 20  # to go from the slides to the dashboard, and to put in what the class has sent
CONVINCE = 180  # neighbours with different guesses
FIND = 60  # to find something in a panel or on a page that the whole group looks for

HAVE_THEIR_TIME = ("Your guess", "Try it", "Exercises", "Discuss")  # sections whose task is counted by what is done

HEADING = re.compile(r"^#{1,3} (?P<title>.+)$", flags=re.M)


def words(text: str) -> int:
    """Words of a text as it is seen: no addresses of links, no formulas, no marks."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", " ", text, flags=re.S)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return len(re.findall(r"\w[\w'’.,:/-]*", text))


def reading(text: str) -> float:
    """Seconds to read a text, its set-off formulas included."""
    return words(text) / WORDS_PER_MINUTE * 60 + FORMULA * len(re.findall(r"\$\$.*?\$\$", text, flags=re.S))


def scanning(text: str) -> float:
    """Seconds for a table with these words."""
    return min(max(TABLE, words(text) / SCANNED_PER_MINUTE * 60), LONG_TABLE)


def parts(source: str) -> list[tuple[str, str]]:
    """A text cell as headings with what stands under them; what stands above the first has an empty heading."""
    found = list(HEADING.finditer(source))
    starts = [0, *(heading.start() for heading in found)]
    titles = ["", *(heading["title"] for heading in found)]
    texts = [source[start:end] for start, end in zip(starts, [*starts[1:], len(source)], strict=True)]
    return [(title, text) for title, text in zip(titles, texts, strict=True) if title or text.strip()]


def named(move: str) -> list[str]:
    """What a move names, set off from its text: presets, controls, words of a choice."""
    return [text.strip(" .:,") for text in re.findall(r"\*+([^*]+)\*+", move)]


def names(text: str, label: str) -> bool:
    """Whether what a move names is this label; the end of one is enough (“then *lower end*”)."""
    text, label = (words.lower().replace("’", "'") for words in (text, label))
    return label.endswith(text)


def in_class(rows: list[Row]) -> set[str] | None:
    """The exercises that a timetable does in class; None without a timetable: then all are done."""
    return set(re.findall(r"\b\d\d\.\d\b", " ".join(row.what for row in rows))) if rows else None
