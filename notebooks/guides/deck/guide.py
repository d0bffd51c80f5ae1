"""What a guide says of each part of its lesson: its sections, and its timetable by the minute."""

import re
from dataclasses import dataclass
from pathlib import Path

from sovereign_compute.inputs.prompts import section

GUIDES = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Row:
    """A row of a guide's timetable."""

    minute: int
    what: str
    where: tuple[str, ...]

    def is_at(self, title: str) -> bool:
        """Whether one of its places is the section of this title: a guide may leave words of a title out."""
        return any(within(place, title) for place in self.where)


def within(place: str, title: str) -> bool:
    """Whether the words of a place stand in a title, in this order."""
    there = iter(re.findall(r"\w+", title.lower()))
    return all(word in there for word in re.findall(r"\w+", place.lower()))


def timetable(lesson: str) -> list[Row]:
    """The timetable of a lesson's guide; empty without a guide."""
    rows = re.findall(r"^\| (\d+) \| (.+) \| (.+) \|$", part(lesson, "Timetable"), flags=re.M)
    return [
        Row(int(minute), what, tuple(place for place in where.split("; ") if place != "–"))
        for minute, what, where in rows
    ]


def length(lesson: str) -> int:
    """The minutes of a lesson's timetable, from its heading."""
    found = re.search(r"^## Timetable for (\d+) minutes", text(lesson), flags=re.M)
    return int(found[1]) if found else 0


def part(lesson: str, heading: str) -> str:
    """What a lesson's guide says under a heading, of which the first words are enough; empty without a guide."""
    return section(text(lesson), heading)


def text(lesson: str) -> str:
    """The guide of a lesson; empty if it has none."""
    path = GUIDES / f"{lesson}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""
