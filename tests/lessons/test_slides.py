"""What slides are made of: rows that fill them, charts in large letters, minutes of a guide, lessons of a path."""

import re
import sys

import lab
import pytest
from sovereign_compute.inputs import data

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import slides
from deck import charts, guide, lesson, parts, path
from deck.parts import Slide

LESSONS = [row["notebook"] for row in data.records("lessons")]


def rows(count: int, words: str = "a reason") -> str:
    return "\n".join(["| Left out | Why |", "| --- | --- |", *(f"| {n} | {words} |" for n in range(count))])


def bars(count: int) -> dict:
    """A chart with so many rows, each of its own height."""
    values = [{"name": f"Row {n}", "value": n} for n in range(count)]
    encoding = {
        "x": {"field": "value", "type": "quantitative"},
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"labelFontSize": 10}},
    }
    layer = {"mark": "bar", "data": {"values": values}, "encoding": encoding}
    return {
        "width": 760,
        "height": {"step": 16},
        "layer": [layer],
        "title": {"text": ["Rows", "grow"], "subtitle": "x"},
    }


def test_a_table_is_on_as_many_slides_as_its_rows_fill():
    assert len(parts.tables("T", rows(6))) == 1
    long = parts.tables(
        "T", rows(20, "a reason that takes several lines, as it says so much of what was left out " * 3)
    )
    assert len(long) > 3
    assert re.findall(r"<td>(\d+)</td>", "".join(slide.body for slide in long)) == [str(n) for n in range(20)]


def test_a_chart_is_drawn_in_large_letters_and_in_two_parts_if_it_must_be():
    assert charts.finding(bars(3)) == ("Rows grow", "x")
    assert [len(charts.pictures(bars(count))) for count in (4, 20, 40)] == [1, 1, 2]
    for picture in (*charts.pictures(bars(20)), *charts.pictures(bars(40))):
        height = float(re.search(r'data-size="[\d.]+ ([\d.]+)"', picture)[1])
        assert charts.HEIGHT / height * min(map(float, re.findall(r'font-size="([\d.]+)px"', picture))) > 15.8
        assert ">Rows" not in picture


def test_each_section_has_its_minutes_and_its_row_of_the_guide():
    name = next(name for name in LESSONS if name.startswith("33"))
    places = ("Your guess", "Try it", "What would a cluster have to show?")
    found = [Slide("", where=(place,)) for place in places]
    lesson._timed(name, found)
    table = guide.timetable(name)
    minutes = {place: row.minute for row in table for place in row.where}
    assert found[1].minutes == minutes["What we found"] - minutes["Try it"]
    told = [f"Minute {row.minute} to" for row in table if row.is_at(places[2])]
    assert len(told) == 2 and all(map(str.__contains__, found[2].notes, told))


@pytest.mark.parametrize("place", path.paths(), ids=lambda place: place.stem)
def test_a_path_has_the_lessons_that_its_page_links(place):
    found = [row["notebook"] for row in path.lessons(place)]
    assert len(found) >= 3 and set(found) <= set(LESSONS)
    assert all(f"../../{name}.ipynb" in place.read_text(encoding="utf-8") for name in found)
    assert path.title(place)


def test_an_unknown_lesson_is_answered_in_words(capsys, tmp_path):
    assert slides.main(["--to", str(tmp_path), "99"]) == 1
    assert "there is no lesson 99; choose from 00, 11" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
