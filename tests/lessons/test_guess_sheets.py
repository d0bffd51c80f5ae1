"""Sheets for guesses on paper: each question has its boxes, one side of A4 holds them, and what is typed in is read."""

import re
import sys

import lab
import pytest
from sovereign_compute.controls import guess_lists
from sovereign_compute.inputs import data

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import handouts

LESSONS = [row["notebook"][:2] for row in data.records("lessons")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guesses")
    assert handouts.main(["--guesses", "--to", str(folder)]) == 0
    return {path.name[:2]: path for path in sorted(folder.glob("*.html"))}


def test_each_lesson_has_a_sheet_with_three_boxes_for_a_question(made):
    assert list(made) == LESSONS
    for lesson, path in made.items():
        text = path.read_text(encoding="utf-8")
        assert text.count('class="box"') == 3 * len(guess_lists.on_paper(lesson)), lesson
        assert f"paper {lesson}: 2.5 (1 to 4); 40; …" in text


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_line_with_all_boxes_filled_in_is_read(lesson):
    asked = guess_lists.on_paper(lesson)
    line = "; ".join(f"{row['maximum']} ({row['minimum']} to {row['maximum']})" for row in asked)
    people, problems = guess_lists.read_guesses(f"paper {lesson}: {line}")
    assert problems == [] and list(people[0]) == [row["id"] for row in asked]


def test_a_lesson_that_asks_nothing_is_said(monkeypatch, tmp_path, capsys):
    rows = {"lessons": data.records("lessons"), "predictions": []}
    monkeypatch.setattr(data, "records", rows.get)
    assert handouts.main(["--guesses", "21", "--to", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "there is no sheet of guesses for lesson 21\n"


@pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)
def test_a_sheet_is_one_page_of_a4(made, chromium):
    tab = chromium.new_page()
    for lesson, path in made.items():
        tab.goto(path.as_uri())
        assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) == 1, lesson
    tab.close()
