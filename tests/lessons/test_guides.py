"""The facilitator's guides: beside each lesson, with its sections, and with numbers that cannot go stale."""

import re
from pathlib import Path

import hosting
import pytest
from sovereign_compute.inputs import data
from tools import guides

MINUTES = {row["notebook"]: row["minutes"] for row in data.records("lessons")}
LESSONS = sorted(MINUTES)
SECTIONS = (
    "Aim",
    "Opening question",
    "Timetable for {} minutes",
    "Numbers at the course's values",
    "Five prompts, with the strongest argument on each side",
    "Usual misconceptions",
    "Short of time",
    "No wifi, dead projector",
    "Outcomes to check",
)


def guide(lesson: str) -> Path:
    return guides.FOLDER / f"{lesson}.md"


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_a_guide_with_all_sections(lesson):
    text = guide(lesson).read_text(encoding="utf-8")
    wanted = tuple(section.format(MINUTES[lesson]) for section in SECTIONS)
    assert tuple(re.findall(r"^## (.+)$", text, flags=re.M)) == wanted
    assert f"](../{lesson}.ipynb)" in text
    assert text.count("*For:*") == text.count("*Against:*") == 5
    timetable = text.partition("## Timetable")[2].partition("\n## ")[0]
    minutes = [int(minute) for minute in re.findall(r"^\| (\d+) \|", timetable, flags=re.M)]
    assert minutes == sorted(minutes)
    assert minutes[0] == 0
    assert minutes[-1] < MINUTES[lesson]
    emergency = text.partition("## No wifi")[2].partition("\n## ")[0]
    assert f"notebooks/guides/handouts.py --one-page {lesson[:2]}`" in emergency


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_numbers_in_a_guide_are_those_of_the_model(lesson):
    text = guide(lesson).read_text(encoding="utf-8")
    assert guides.MARKED.search(text)
    assert guides.filled(text) == text, "run tests/tools/guides.py and read the difference"


def test_the_verdicts_in_the_readme_are_those_of_the_course():
    text = (guides.ROOT / "README.md").read_text(encoding="utf-8")
    assert guides.MARKED.search(text)
    assert guides.filled(text) == text, "run tests/tools/guides.py and read the difference"


def test_how_the_verdicts_came_about_is_filled_in():
    text = (guides.ROOT / "README.md").read_text(encoding="utf-8")
    (said,) = [found[0] for found in guides.MARKED.finditer(text) if found.group(2, 3) == ("verdicts", "ways")]
    assert guides.filled(text.replace(said, said.replace("A function computes 6", "A function computes 8"))) == text
    assert "A function computes 64 " in said


def test_the_costs_in_the_hosting_page_are_those_of_the_table():
    text = (guides.FOLDER / "hosting.md").read_text(encoding="utf-8")
    assert guides.filled(text) == text
    costs = guides.MARKED.search(text)[0]
    assert guides.filled(text.replace(costs, costs.replace("| 30 |", "| 31 |"))) == text
    assert costs.count("| 30 |") and costs.count("| 300 |")


def test_a_machine_holds_what_memory_and_processors_allow():
    """16 GiB less 2 hold 40 heads of 0.35 GiB; four processors start 32 at once; the smaller number counts."""
    assert hosting.places(vcpus=4, memory=16) == 32
    assert hosting.places(vcpus=8, memory=16) == 40


def test_a_changed_number_is_found():
    text = guide("21_what_does_a_gpu_hour_cost").read_text(encoding="utf-8")
    wrong = text.replace("| 0.52 |", "| 0.53 |")
    assert wrong != text
    assert guides.filled(wrong) == text
