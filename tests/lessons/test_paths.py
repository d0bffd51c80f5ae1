"""The paths through the course: their minutes add up, and a lesson gets the time that it states or its guide offers."""

import re
from itertools import groupby

import pytest
import teaching
from sovereign_compute.inputs import data
from tools import guides

LASTS = {"ninety_minutes": 90, "half_day": 240, "one_day": 480}
STATED = {row["notebook"]: row["minutes"] for row in data.records("lessons")}
SESSION, WEEKS = 90, 13
LEFT_OUT = "Not in these thirteen weeks:"


def rows(text: str) -> list[tuple[int, int, str]]:
    """Place or minute, minutes, and the notebook that a step links to (empty for a break)."""
    return [(step.minute, step.minutes, step.lesson) for step in teaching.steps(text)]


def versions(lesson: str) -> set[int]:
    """How long a lesson may take: its stated minutes, and the shorter versions that its guide describes."""
    guide = (guides.FOLDER / f"{lesson}.md").read_text(encoding="utf-8")
    short = guide.partition("## Short of time")[2].partition("\n## ")[0]
    return {STATED[lesson], *map(int, re.findall(r"^- (\d+) minutes:", short, flags=re.M))}


def left_out(text: str) -> set[str]:
    """The lessons that a path names below its table, because its weeks are full."""
    line = re.search(rf"^{LEFT_OUT} (.+)$", text, flags=re.M)
    return set(re.findall(r"\]\(\.\./\.\./(\w+)\.ipynb\)", line[1])) if line else set()


def faults(name: str, text: str) -> list[str]:
    """What is wrong with the minutes of a path."""
    steps, found = rows(text), []
    for lesson, group in groupby(steps, key=lambda step: step[2]):
        took = sum(minutes for _, minutes, _ in group)
        if lesson in STATED and took not in versions(lesson):
            found.append(f"{lesson} gets {took} minutes; it has versions of {sorted(versions(lesson))}")
    if name in LASTS:
        clock = 0
        for start, minutes, _ in steps:
            if start != clock:
                found.append(f"a step begins at minute {start}, the one before ends at {clock}")
            clock += minutes
        if clock != LASTS[name]:
            found.append(f"the steps take {clock} minutes, not {LASTS[name]}")
    elif name.startswith("term"):
        weeks = {week: sum(m for _, m, _ in group) for week, group in groupby(steps, key=lambda step: step[0])}
        if weeks != dict.fromkeys(range(1, WEEKS + 1), SESSION):
            found.append(f"not every week has {SESSION} minutes: {weeks}")
    else:
        total = sum(minutes for _, minutes, _ in steps)
        if f"That makes {total} minutes." not in text:
            found.append(f"the steps take {total} minutes, and the page says another sum")
    printed = re.search(r"worksheets\.py --paths (.+)$", text, flags=re.M)
    if printed and printed[1] != name:
        found.append("the sheets to print are those of another path")
    if "**If the wifi fails" not in text or "**Before:**" not in text:
        found.append("what to prepare, or what to do without wifi, is missing")
    return found


PATHS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(teaching.PATHS.glob("*.md"))}


def test_the_five_paths_are_there():
    assert set(PATHS) == {*LASTS, "term_of_thirteen_weeks", "self_study"}
    for name in ("term_of_thirteen_weeks", "self_study"):
        missing = set(STATED) - {lesson for _, _, lesson in rows(PATHS[name])} - left_out(PATHS[name])
        assert not missing, f"{name}.md has no row for {', '.join(missing)}; it may name it under {LEFT_OUT!r}"


@pytest.mark.parametrize("name", PATHS)
def test_the_minutes_of_a_path_add_up(name):
    assert len(rows(PATHS[name])) > 10
    assert faults(name, PATHS[name]) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "says"),
    [
        ("ninety_minutes", "| 79 | 6 |", "| 79 | 7 |", "42_policy_lab gets 31 minutes"),
        ("half_day", "| 65 | 10 | Break", "| 65 | 11 | Break", "begins at minute 75, the one before ends at 76"),
        ("one_day", "| 475 | 5 |", "| 475 | 10 |", "take 485 minutes"),
        ("one_day", "--paths one_day", "--paths half_day", "sheets to print"),
        ("term_of_thirteen_weeks", "| 13 | 45 | All", "| 13 | 30 | All", "not every week"),
        ("self_study", "That makes ", "That makes 1", "the page says another sum"),
    ],
)
def test_a_planted_fault_is_found(name, right, wrong, says):
    assert right in PATHS[name]
    assert any(says in fault for fault in faults(name, PATHS[name].replace(right, wrong)))
