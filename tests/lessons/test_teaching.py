"""What a lesson takes: words, sections, moves and timetables are read as they stand."""

import re

import lab
import nbformat
import pytest
import teaching
from sovereign_compute.analysis import settings
from sovereign_compute.inputs.presets import presets
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

NOTEBOOKS = sorted(path.stem for path in (lab.ROOT / "notebooks").glob("[0-9]*.ipynb"))


def cells(lesson: str) -> list:
    return nbformat.read(lab.ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4).cells


def sections(lesson: str) -> list[tuple[str, str]]:
    return [part for cell in cells(lesson) if cell.cell_type == "markdown" for part in teaching.parts(cell.source)]


def test_words_are_those_that_are_seen():
    assert teaching.words("One *GPU-hour* at $c_0$ costs 0.52 EUR, [says lesson 21](21_what.ipynb#a-b).") == 9
    assert teaching.reading("word " * 100) == 30
    assert teaching.reading("$$a = b$$") == teaching.FORMULA
    assert teaching.scanning("two words") == teaching.TABLE
    assert teaching.scanning("word " * 600) == 60
    assert teaching.scanning("word " * 6000) == teaching.LONG_TABLE


def test_a_cell_falls_into_its_sections():
    source = "Before.\n\n## First\n\ntext\n\n### A part of it\n\n1. One.\n2. Two."
    assert [title for title, _ in teaching.parts(source)] == ["", "First", "A part of it"]


def moves_of(lesson: str) -> dict:
    """The moves of a lesson, by the model whose panel they are for."""
    found = of_lesson(lesson[:2], "moves")
    return found.MOVES if found else {}


def test_each_panel_to_play_with_has_its_moves():
    for lesson in NOTEBOOKS:
        played = [
            model for cell in cells(lesson) for model in re.findall(r"lesson\.play\((?:lesson\.)?(\w+)\)", cell.source)
        ]
        assert sorted(played) == sorted(moves_of(lesson))


@pytest.mark.parametrize("lesson", [name for name in NOTEBOOKS if moves_of(name)])
def test_moves_are_few_and_tell_no_answer_before_they_are_made(lesson):
    for moves in moves_of(lesson).values():
        assert 2 <= len(moves) <= 5
        for move in moves:
            assert len(move.title.split()) <= 7 and teaching.words(move.text) <= 40
            assert move.seen() not in move.text and re.search(r"[.!?]$", move.seen())


@pytest.mark.parametrize("lesson", [name for name in NOTEBOOKS if moves_of(name)])
def test_a_move_names_what_its_panel_has(lesson):
    """Presets, controls and words of choices, as they are written there; the end of a label is enough."""
    for model, moves in moves_of(lesson).items():
        labels = [preset["label"] for preset in presets(model).values()]
        if model in all_models():
            inputs = settings.inputs(all_models()[model].function).values()
            labels += [text for a in inputs for text in (a.label, *a.words)]
        else:  # a function that the notebook writes, with assumptions that it adds
            labels += re.findall(r'label="([^"]+)"', "\n".join(cell.source for cell in cells(lesson)))
        for move in moves:
            assert not move.preset or move.preset in presets(model)
            for named in teaching.named(move.text):
                assert any(teaching.names(named, label) for label in labels), f"{named!r} is not in the panel"


@pytest.mark.parametrize("lesson", NOTEBOOKS)
def test_a_timetable_leads_to_sections_and_exercises_that_exist(lesson):
    titles = [title for title, _ in sections(lesson)]
    rows = teaching.timetable(lesson)
    assert (len(rows) >= 8) != lesson.startswith("00")
    for row in rows:
        for place in row.where:
            assert any(teaching.within(place, title) for title in titles), f"{place!r} is no section"
    checks = {exercise.id for exercise in of_lesson(lesson[:2], "exercises").EXERCISES}
    assert (teaching.in_class(rows) or set()) <= checks


def test_a_place_that_is_not_there_is_seen():
    assert teaching.within("Which statements were tested?", "Which statements of the report were tested?")
    assert not teaching.within("Which claims were tested?", "Which statements of the report were tested?")
    assert teaching.in_class([]) is None
    assert teaching.in_class([teaching.Row(35, "Exercises 21.1 and 21.4; the rest is homework", ())]) == {
        "21.1",
        "21.4",
    }
