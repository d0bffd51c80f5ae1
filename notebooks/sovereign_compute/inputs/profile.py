"""The profile of a class: where it starts from, which lessons it has, its names and dates, read from one TOML file.

TOML is what Python reads by itself: a teacher writes it in any editor, with comments beside the numbers, and a day is
a day in it. It lies in ``data/profile.toml``, or wherever the variable SOVEREIGN_COMPUTE_PROFILE says. Without it the
course is as it is. An entry that cannot be used is left out, and told in one sentence; all others hold.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import get_args

from ..errors import CourseError, nearest
from . import data, files
from .assumptions import registry
from .own_assumptions import LONGEST, MARKUP, OfClass, made, shown, text_in
from .wording import one_line

PLACE = data.FOLDER / "profile.toml"
VARIABLE = "SOVEREIGN_COMPUTE_PROFILE"
NAMES = {"class": 80, "course": 80, "machine": 60, "teacher": 80}
"""What a class may call itself, its course, its machine and its teacher, and how many characters that may have."""
TIERS = get_args(OfClass.model_fields["tier"].annotation)
FIRST = date(1990, 1, 1)
MOST = 40  # problems that are told one by one


@dataclass(frozen=True)
class Profile:
    """What a class has of its own; ``lessons`` are all if there are none, ``due`` is by the number of a lesson."""

    names: dict[str, str] = field(default_factory=dict)
    lessons: frozenset[int] = frozenset()
    due: dict[int, date] = field(default_factory=dict)
    assumptions: dict[str, OfClass] = field(default_factory=dict)
    sources: dict[str, dict] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How what starts from it says so; empty where it starts from the course's values."""
        if not self.assumptions:
            return ""
        whose = self.names.get("machine")
        return f"Your class starts from {f'the values of {whose}' if whose else 'other values than the course'}."

    def has(self, lesson: int) -> bool:
        """Whether the class has a lesson; the first one, with the map, belongs to every class."""
        return not self.lessons or lesson == 0 or lesson in self.lessons


_chosen: list[Profile] = []


def current() -> Profile:
    """The profile of this class; an empty one where there is none."""
    if not _chosen:
        choose(_place())
    return _chosen[0]


def choose(path: Path | None) -> None:
    """Read the profile that holds from now on; without a file there is none."""
    _chosen[:] = [read(path) if path else Profile()]
    data.OF_CLASS.clear()
    data.OF_CLASS.update(_chosen[0].sources)


def _place() -> Path | None:
    """Where the profile lies; a file that somebody has named has to be there."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else PLACE if PLACE.exists() else None


def read(path: Path) -> Profile:
    """What a file holds; each thing in it that cannot be used is a sentence in ``problems``."""
    import tomllib  # only a class with a profile needs it

    name = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(files.read(path))
    except CourseError as error:
        return Profile(problems=(f"{error}",))
    except OSError:
        return Profile(problems=(f"{name}: there is no such file, or it cannot be read",))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        what = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"it is not TOML: {shown(error)}"
        return Profile(problems=(f"{name}: {what}",))
    return _Reader(name).whole(content)


class _Reader:
    """Goes through what a file holds, section by section, and collects what is wrong."""

    def __init__(self, name: str):
        self.name = name
        self.problems: list[str] = []

    def whole(self, content: dict) -> Profile:
        sections = {
            "names": self._name,
            "lessons": None,
            "sources": self._source,
            "assumptions": self._assumption,
        }
        for unknown in content.keys() - sections:
            self._fault(shown_key(unknown), f"there is no such section; {nearest(unknown, sections)}")
        found = {}
        for section, take in sections.items():
            entries = content.get(section, {})
            if not isinstance(entries, dict):
                self._fault(section, f"{shown(entries)} is no section; write [{section}] and its entries below")
                entries = {}
            if take is None:
                found["lessons"], found["due"] = self._lessons(entries)
            else:
                known = found[section] = {}
                self._each(section, entries, lambda id, entry, take=take, known=known: take(id, entry, known))
                if section == "sources":
                    self.sources = known
        told = self.problems[:MOST]
        if more := len(self.problems) - len(told):
            told.append(f"{self.name}: {more} more entries cannot be used")
        return Profile(**found, problems=tuple(told))

    def _fault(self, where: str, what) -> None:
        self.problems.append(f"{self.name}, {where}: {what}")

    def _each(self, section: str, entries: dict, take: Callable) -> None:
        for id, entry in entries.items():
            try:
                take(id, entry)
            except CourseError as error:
                self._fault(f"{section}.{shown_key(id)}", error)

    # Names and lessons ------------------------------------------------------------------------------------------------

    def _name(self, id: str, given, known: dict) -> None:
        if id not in NAMES:
            raise CourseError(f"there is no such name; {nearest(id, NAMES)}")
        known[id] = _plain(given, NAMES[id])

    def _lessons(self, entries: dict) -> tuple[frozenset[int], dict[int, date]]:
        numbers = {int(row["notebook"][:2]) for row in data.records("lessons")}
        allowed = f"allowed are {', '.join(f'{number:02}' for number in sorted(numbers))}"
        chosen: set[int] = set()
        due: dict[int, date] = {}

        def number(given) -> int:
            text = str(given)
            if isinstance(given, bool) or not re.fullmatch(r"\d{1,2}", text) or int(text) not in numbers:
                raise CourseError(f"there is no lesson {shown(given)}; {allowed}")
            return int(text)

        def one(_, given) -> None:
            chosen.add(number(given))

        def day(id: str, given) -> None:
            lesson = number(id)
            if chosen and lesson and lesson not in chosen:
                raise CourseError("the class does not have this lesson; add it to lessons.shown, or leave out its day")
            due[lesson] = _day(given)

        def kind(id: str, given) -> None:
            if id == "shown" and isinstance(given, list):
                self._each("lessons.shown", {str(place): one for place, one in enumerate(given, 1)}, one)
            elif id == "due" and isinstance(given, dict):
                self._each("lessons.due", given, day)
            elif id in ("shown", "due"):
                asked = "a list as [0, 21, 22]" if id == "shown" else "a section with lines as 21 = 2026-10-14"
                raise CourseError(f"{shown(given)} cannot be used; it must be {asked}")
            else:
                raise CourseError("there is no such entry; there are due, shown")

        self._each("lessons", dict(sorted(entries.items(), reverse=True)), kind)  # what is shown first
        return frozenset(chosen), due

    # Numbers and where they are from ----------------------------------------------------------------------------------

    def _source(self, id: str, given, known: dict) -> None:
        entry = _fields(given, {"producer": True, "title": True, "published": True, "url": False})
        if id in data.sources():
            raise CourseError("data/sources.csv has a source of this id; take another one")
        most = LONGEST["source"] // 2 - 1  # so that both fit where a learner's source does
        producer, title = (_plain(entry[name], most, name, marks=True) for name in ("producer", "title"))
        published = entry["published"].isoformat() if isinstance(entry["published"], date) else str(entry["published"])
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", published):
            raise CourseError(f"published: {shown(published)} is no date; write 2025, 2025-03 or 2025-03-26, in quotes")
        url = entry.get("url")
        if url is not None and not (isinstance(url, str) and re.fullmatch(r"https?://[^\s<>\"']{1,500}", url)):
            raise CourseError(f"url: {shown(url)} is no address; it begins with https:// or http://")
        known[id] = {"id": id, "producer": producer, "title": title, "published": published, "url": url, "licence": ""}

    def _assumption(self, id: str, given, known: dict) -> None:
        if id not in registry():
            raise CourseError(f"the course has no such assumption; {nearest(id, registry())}")
        wanted = {name: True for name in ("value", "source", "date", "tier", "why")}
        entry = _fields(given, {**wanted, "low": False, "high": False, "unit": False})
        if entry["tier"] not in TIERS:
            raise CourseError(f"tier: {shown(entry['tier'])} is none; allowed are {', '.join(TIERS)}")
        listed = {**data.sources(), **self.sources}
        if not isinstance(entry["source"], str) or entry["source"] not in listed:
            raise CourseError(
                f"source: {shown(entry['source'])} is not in data/sources.csv, nor in [sources.…] of this file; "
                f"{nearest(str(entry['source']), listed)}"
            )
        day, why = _in_field("date", partial(_day, entry["date"])), text_in("why", entry["why"])
        if not why:
            raise CourseError("why: it is empty; say in a sentence why the class takes this number")
        ends = {name: entry.get(name) for name in ("low", "high", "unit")}
        own = made(id, entry["value"], **ends, source=entry["source"], why=why, beside={})
        ground = {"tier": entry["tier"], "accessed": day.isoformat(), "locator": "chosen for your class"}
        known[id] = OfClass(**{**own.model_dump(), **ground})


def _fields(given, allowed: dict[str, bool]) -> dict:
    """The entries of one thing, by name; ``allowed`` says of each whether it has to be there."""
    if not isinstance(given, dict):
        needed = ", ".join(name for name, must in allowed.items() if must)
        raise CourseError(f"{shown(given)} is not enough; it needs {needed}")
    for name in given.keys() - allowed:
        raise CourseError(f"{shown_key(name)}: there is no such entry; {nearest(name, allowed)}")
    if missing := [name for name, must in allowed.items() if must and name not in given]:
        raise CourseError(f"{', '.join(missing)} must be given, and {'is' if len(missing) == 1 else 'are'} not there")
    return given


def _in_field(name: str, take: Callable):
    try:
        return take()
    except CourseError as error:
        raise CourseError(f"{name}: {error}") from None


def _plain(given, most: int, name: str = "", marks: bool = False) -> str:
    """A text on one line, without signs that a page takes for more unless it is shown where none counts."""
    before = f"{name}: " if name else ""
    if not isinstance(given, str) or not given.strip():
        raise CourseError(f"{before}{shown(given)} is no text; allowed are 1 to {most} characters in quotes")
    text = one_line(given)
    if len(text) > most:
        raise CourseError(f"{before}{shown(text)} has {len(text):,} characters; allowed are 1 to {most}")
    if wrong := sorted(MARKUP - {"&"} & set(text)) if not marks else []:
        raise CourseError(f"{before}{shown(text)} must have no {' '.join(wrong)}; write it in words")
    return text


def _day(given) -> date:
    day = given.date() if isinstance(given, datetime) else given
    if not isinstance(day, date) or day < FIRST:
        raise CourseError(f"{shown(given)} is no day; write it as 2026-10-14, without quotes, from {FIRST} on")
    return day


def shown_key(id) -> str:
    """The name of an entry, as a sentence can hold it."""
    return str(id) if re.fullmatch(r"[\w-]{1,40}", str(id)) else shown(str(id))
