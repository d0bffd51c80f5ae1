"""The facilitator's guides: beside each lesson, with its sections, and with numbers that cannot go stale."""

import re
from pathlib import Path

import altair as alt
import hosting
import pandas as pd
import pytest
import sovereign_compute as sc
from sovereign_compute.inputs import data, scenarios
from tools import guides, turns

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
    assert f"notebooks/guides/worksheets.py {lesson[:2]}`" in emergency


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


# Which Python is practised where --------------------------------------------------------------------------------------


PYTHON = (guides.FOLDER / "python.md").read_text(encoding="utf-8")
KNOWN = {skill: known for library in turns.SKILLS.values() for skill, known in library.items()}


def test_the_page_on_python_has_the_skills_of_the_lessons_as_they_are():
    assert guides.filled(PYTHON) == PYTHON, "run tests/tools/guides.py and read the difference"
    tables = [found[3] for found in guides.MARKED.finditer(PYTHON)]
    assert sorted(tables) == sorted(turns.PAGES)
    planted = PYTHON.replace("21.T1, a Series", "21.T1, a number")
    assert planted != PYTHON and guides.filled(planted) == PYTHON


@pytest.mark.parametrize("skill", KNOWN)
def test_a_skill_is_found_by_how_it_looks(skill):
    looks, pattern = KNOWN[skill]
    assert all(re.search(pattern, part, flags=re.M) for part in re.split(r"(?<=\)), ", looks))


@pytest.mark.parametrize(
    ("skill", "code"),
    [
        ("Join two tables", '", ".join(names)'),
        ("Take the rows that fit", "measured.loc[2020:]"),
        ("Groups by two labels", 'rents.groupby("country")'),
        ("A panel for a function of one's own", "sc.explore(lesson.gpu_hour_cost)"),
        ("Make a new column", 'x = rents["eur"]'),
    ],
)
def test_what_only_looks_like_a_skill_is_none(skill, code):
    assert not re.search(KNOWN[skill][1], code, flags=re.M)


def test_a_task_is_known_by_what_is_given_as_its_answer():
    frame = pd.DataFrame({"a": [1]})
    given = [1.5, frame.a, frame, alt.Chart(frame).mark_bar(), lambda: 1]
    assert [turns.kind(answer) for answer in given] == ["a number", "a Series", "a DataFrame", "a chart", "a function"]


def test_the_task_of_the_page_on_python_checks(tmp_path, monkeypatch):
    module, cell = re.findall(r"```python\n(.+?)```", PYTHON, flags=re.S)
    (tmp_path / "my_tasks.py").write_text(module, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(scenarios, "MY_COURSE", tmp_path / "my_course")
    known = {"sc": sc}
    exec(cell, known)
    task = known["task"]
    assert sc.check(task).right is None and task.question in repr(sc.check(task))
    assert sc.check(task, 12).right is False
    assert sc.check(task, task.mistakes[0][0]()).says.startswith("That is how many there are.")
    right = sc.check(task, task.expected())
    assert right.right and task.finding() in right.says
    assert not (tmp_path / "my_course").exists()
