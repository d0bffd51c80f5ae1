"""The learner's own file: tries, hints, predictions, texts, verdicts and the number of the cases, in one JSON file.

It can be read and deleted.
"""

import json
import re
import weakref
from collections.abc import Callable
from pathlib import Path

from ..display.tables import Column, Table
from ..display.verdict_looks import WORDS
from ..errors import CourseError
from ..inputs import data, scenarios
from ..inputs.files import LARGEST_FILE, put_aside, read, write

MOST = 1e15  # no try, hint or guess is larger
MOST_PARTS = 20  # of an answer
LONGEST_TEXT = 5_000  # letters of what is written in one field
LOWEST_CASE, HIGHEST_CASE = 1000, 9999  # four digits: easily read out and written down


def _count(value) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _number(value) -> bool:
    return type(value) in (int, float) and abs(value) <= MOST  # false for what is no number


def _day(value) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is not None


def _text(value) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _case(value) -> bool:
    return type(value) is int and LOWEST_CASE <= value <= HIGHEST_CASE


def _given(value) -> bool:
    """An answer as the page sends it: a number, a text, or a list of them."""
    if isinstance(value, list):
        return len(value) <= MOST_PARTS and all(_number(part) or _text(part) for part in value)
    return _number(value) or _text(value)


FIELDS: dict[str, dict[str, Callable]] = {
    "cases": {"number": _case},
    "exercises": {
        **{"tries": _count, "hints": _count, "solved": _day, "solution_seen": lambda seen: type(seen) is bool},
        # The last right answer, in which unit, and to what: the learner's case, or the panel as a scenario code.
        **{"given": _given, "unit": _text, "case": _case, "scenario": _text},
    },
    "predictions": {"value": _number, "low": _number, "high": _number, "on": _day},
    "texts": {"text": _text, "on": _day},
    "verdicts": {"word": lambda word: word in WORDS, "on": _day},
    "games": {},
}
"""What the fields of an entry may hold; a game is played again move by move, and checks its own. A file that people can
open is a file that people edit."""

MOVED = {"exercises": {"32.2": "35.1", "33.4": "34.4", "33.5": "34.5", "33.6": "34.6"}}
"""Entries that went to another lesson, by section: what was kept under the old id is read under the new one, and the
old id is not given out again."""

LISTENERS = weakref.WeakSet()
"""What shows something that is kept: has ``heard``, which is told the section in which something was kept."""


def path() -> Path:
    """Where the file is; it need not exist."""
    return scenarios.MY_COURSE / "progress.json"


def kept(section: str) -> dict:
    """What has been kept of a section of ``FIELDS``, by id; nothing if the file is missing or damaged.

    Entries that the course cannot have written are left out.
    """
    found = renamed(section, (_read() or {}).get(section, {}))
    return {id: entry for id, entry in found.items() if sound(section, entry)}


def renamed(section: str, entries: dict) -> dict:
    """Entries by the ids of today; where one is there under its old id and its new one, the new one counts."""
    moved = MOVED.get(section, {})
    return {moved.get(id, id): entry for id, entry in entries.items() if moved.get(id) not in entries}


def keep(section: str, entries: dict[str, dict]) -> None:
    """Keep entries by id beside the others; CourseError says why if the file cannot be written.

    A damaged file is put aside as ``progress.json.broken`` first, so nothing in it is lost.
    """
    everything = _read()
    if everything is None:
        put_aside(path())
    everything = everything or {}
    everything = _as_text({**everything, section: everything.get(section, {}) | entries}) + "\n"
    if len(everything) > LARGEST_FILE:  # it could not be read again
        raise CourseError(f"{path().name} would have more than {LARGEST_FILE:,} characters: shorten some of your texts")
    write(path(), everything)
    for listener in list(LISTENERS):
        listener.heard(section)


def kept_or_why(section: str, entries: dict[str, dict]) -> str:
    """Keep entries; an empty text, or why that was not possible."""
    try:
        keep(section, entries)
    except CourseError as error:
        return str(error)
    return ""


def _as_text(everything: dict) -> str:
    return json.dumps(everything, indent=2, ensure_ascii=False)


def sound(section: str, entry) -> bool:
    """Whether the course can have written this entry of a section."""
    if not isinstance(entry, dict):
        return False
    if section == "verdicts" and "word" not in entry:
        return False
    if section == "predictions" and ("value" not in entry or ("low" in entry) != ("high" in entry)):
        return False
    return all(fits(entry[name]) for name, fits in FIELDS[section].items() if name in entry)


def _read() -> dict | None:
    """The whole file; None if it is damaged or cannot be read."""
    try:
        found = json.loads(read(path()))
        again = _as_text(found)  # what is nested too deep to be written and read again counts as damaged
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, CourseError, ValueError, RecursionError):
        return None
    if len(again) > LARGEST_FILE or not isinstance(found, dict):
        return None
    return found if all(isinstance(found.get(section, {}), dict) for section in FIELDS) else None


def worked_on() -> set[str]:
    """The numbers of the lessons in which the learner has tried an exercise, written, judged, or guessed.

    A guess of the questions that lesson 00 asks counts for no other lesson: it was made before any.
    """
    lessons = {id.partition(".")[0] for section in ("exercises", "texts") for id in kept(section)}
    asked = {row["id"]: row["notebook"] for row in data.records("predictions") if not row["at_start"]}
    said = {row["id"]: row["notebook"] for row in data.records("claims")}
    notebooks = [asked.get(id) for id in kept("predictions")] + [said.get(id) for id in kept("verdicts")]
    lessons |= {name.partition("_")[0] for name in notebooks if name}
    return lessons & {row["notebook"].partition("_")[0] for row in data.records("lessons")}


def progress() -> Table:
    """What the learner has tried and solved so far; deleting the folder ``my_course`` forgets it."""
    rows = [
        (scenarios.printable(id), record.get("tries", 0), record.get("hints", 0), record.get("solved"))
        for id, record in sorted(kept("exercises").items())
    ]
    return Table(rows, "Your progress", ["Exercise", "Tries", "Hints", Column("Solved on", missing="not yet")])
