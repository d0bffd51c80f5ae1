"""Sheets of paper: two sides of A4 for a lesson, the answer on the back alone, a file for a path, a code that reads."""

import html
import re
import shutil
import sys
from xml.etree import ElementTree

import lab
import pytest
import zxingcpp
from PIL import Image
from sovereign_compute.controls import findings, guess_lists, predictions, reveal
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import counted

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import pages
import scan
import worksheets
from deck import path, steps
from deck.charts import finding
from online import cells, live
from worksheet import axes, pdf

LESSONS = [row["notebook"][:2] for row in data.records("lessons")]
SITE = "https://example.org/course"
SIDE = re.compile(r'<section class="side (front|back)">(.*?)</section>', re.S)
TOO_MUCH = """() => [...document.querySelectorAll(".side")].map((side) =>
  Math.max(side.scrollHeight - side.clientHeight, side.scrollWidth - side.clientWidth))"""
LOWEST = """() => Math.min(...[...document.querySelectorAll(".side > figure svg")].map((one) =>
  one.getBoundingClientRect().height))"""
without_chromium = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)


@pytest.fixture(scope="module")
def made(request, tmp_path_factory):
    """The pages of all lessons, or of those that the command line names, by their numbers."""
    folder = tmp_path_factory.mktemp("worksheets")
    rows = pages.chosen(request.config.option.lesson)
    return {
        row["notebook"][:2]: pages.write(folder, f"{row['notebook']}.html", worksheets.one_lesson(row, SITE))
        for row in rows
    }


def sides(file) -> dict[str, str]:
    return dict(SIDE.findall(file.read_text(encoding="utf-8")))


def test_a_lesson_has_in_front_a_box_for_each_guess_and_on_the_back_what_was_found(made):
    assert made
    for lesson, file in made.items():
        front, back = sides(file)["front"], sides(file)["back"]
        asked = guess_lists.on_paper(lesson)
        assert front.count('class="box"') == 3 * len(asked), lesson
        assert f"paper {lesson}: 2.5 (1 to 4); 40; …" in front
        assert front.count("<svg") == 2 and back.count("<svg") == back.count("<table") == 1, lesson
        assert back.count("<li>") >= 4 and re.search(r"<ol>(.*?)</ol>", back, flags=re.S)[1].count("<li>") == 3, lesson
        notebook = pages.notebook(pages.chosen([lesson])[0])
        calls = [call for cell in notebook.cells if cell.cell_type == "code" for call in live.calls(cell.source)]
        for one in predictions.rows(next(live.asked(lesson, call) for kind, call in calls if kind == "reveal")):
            found = reveal.answer(one["id"])
            assert html.escape(counted(found.value, one["unit"], findings.drawn(found)[1])) in back, one["id"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_empty_axes_have_the_axes_of_the_chart_and_nothing_that_it_shows(lesson):
    spec = axes.main_chart(pages.notebook(pages.chosen([lesson])[0]))
    full, empty = (ElementTree.fromstring(make(spec)) for make in (axes.chart, axes.empty))

    def words(picture, role: str) -> list[str]:
        return ["".join(part.itertext()) for part in picture.iter() if role in part.get("class", "")]

    assert words(full, "role-axis-label") and words(empty, "role-axis-label") == words(full, "role-axis-label")
    assert words(empty, "role-axis-title") == words(full, "role-axis-title")
    assert words(full, "role-mark") and words(empty, "role-mark") == []
    assert finding(spec)[0] not in ElementTree.tostring(empty, encoding="unicode")
    assert empty.get("aria-label") != full.get("aria-label") == cells.unparted(spec["description"])


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_line_with_all_boxes_filled_in_is_read(lesson):
    asked = guess_lists.on_paper(lesson)
    line = "; ".join(f"{row['maximum']} ({row['minimum']} to {row['maximum']})" for row in asked)
    people, problems = guess_lists.read_guesses(f"paper {lesson}: {line}")
    assert problems == [] and list(people[0]) == [row["id"] for row in asked]


def test_a_path_has_the_sheets_of_its_lessons_in_its_order():
    place = path.named(["ninety_minutes"])[0]
    text = worksheets.one_path(place)
    found = re.findall(r"· lesson (\d\d)</p><h1>", text)
    assert found == [row["notebook"][:2] for row in path.lessons(place)] == ["00", "21", "42"]
    assert [kind for kind, _ in SIDE.findall(text)] == ["front", "back"] * 3
    assert "Code to scan" not in text and "copy the address from the board" in text


def test_a_path_has_no_sheet_of_a_lesson_that_it_leaves_out():
    left_out = re.search(
        r"^Not in these thirteen weeks: .+$", (text := steps.PATHS / "term_of_thirteen_weeks.md").read_text(), re.M
    )
    names = {row["notebook"] for row in path.lessons(text)}
    assert left_out and names.isdisjoint(steps.TO_LESSON.findall(left_out[0]))


def test_an_unknown_lesson_is_answered_in_words(tmp_path, capsys):
    assert worksheets.main(["99", "--to", str(tmp_path)]) == 1
    assert "there is no lesson 99; choose from 00, 11" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_lesson_that_asks_nothing_has_a_sheet_without_boxes(monkeypatch):
    records = data.records
    monkeypatch.setattr(data, "records", lambda name: [] if name == "predictions" else records(name))
    text = worksheets.one_lesson(pages.chosen(["21"])[0])
    assert [kind for kind, _ in SIDE.findall(text)] == ["front", "back"] and "Your sketch" in text
    assert "Your guess" not in text and "paper 21" not in text


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://a.org/?x=1",
        "https://a b.org",
        "http://[x",
        "https://a.org/" + "x" * 300,
    ],
)
def test_what_is_no_address_is_refused_with_field_value_and_what_is_allowed(wrong, capsys):
    with pytest.raises(SystemExit):
        worksheets.main(["21", "--address", wrong])
    said = capsys.readouterr().err
    assert f"argument --address: {wrong!r} is no address of a site; allowed is http:// or https://" in said


@pytest.mark.parametrize(
    "right", ["https://example.org/course", "https://example.org/course/", "https://example.org/course/index.html"]
)
def test_an_address_is_that_of_a_folder(right):
    assert scan.page(scan.address(right), "21_x") == "https://example.org/course/21_x.html"
    assert scan.address("http://10.42.0.1:8000") == "http://10.42.0.1:8000"


def test_without_a_browser_the_page_is_there_and_it_is_said_how_to_print_it(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert worksheets.main(["21", "--to", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert [file.suffix for file in tmp_path.iterdir()] == [".html"]
    assert "1 pages written, 0 of them as PDF" in said and "No PDF: no Chromium, Chrome or Edge was found" in said


def test_a_browser_that_fails_is_said(tmp_path):
    page = pages.write(tmp_path, "a.html", "<p>")
    assert "ended with 1" in pdf.printed(page, shutil.which("false"))


# In a browser --------------------------------------------------------------------------------------------------------


@without_chromium
def test_each_side_fits_and_is_one_page_of_a4(made, chromium):
    tab = chromium.new_page()
    tab.emulate_media(media="print")
    for lesson, file in made.items():
        tab.goto(file.as_uri())
        tab.evaluate("() => document.fonts.ready")
        assert tab.evaluate("() => [...document.fonts].every(({ status }) => status === 'loaded')")
        assert tab.evaluate(TOO_MUCH) == [0, 0], lesson
        assert tab.evaluate(LOWEST) > 60, f"the chart of lesson {lesson} is too low to read"
        paper = tab.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2, lesson
        box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
        assert [round(float(side) / 72 * 25.4) for side in box.groups()] == [210, 297]
    tab.evaluate("() => { document.querySelector('.back ul').innerHTML += '<li>More</li>'.repeat(60); }")
    assert tab.evaluate(TOO_MUCH)[1] > 0, "a side that holds too much is not found"
    tab.close()


@without_chromium
def test_a_code_leads_to_the_live_page_as_a_phone_reads_it(made, chromium, tmp_path):
    tab = chromium.new_page(device_scale_factor=2)
    for lesson, file in made.items():
        tab.goto(file.as_uri())
        picture = tmp_path / f"{lesson}.png"
        tab.locator(".front header").screenshot(path=picture)
        read = [found.text for found in zxingcpp.read_barcodes(Image.open(picture))]
        assert read == [f"{SITE}/{file.stem}.html"]
        assert tab.get_by_role("img", name=f"Code to scan: The live page, {read[0]}").count() == 1
        assert tab.locator(".scan span").inner_text() == read[0].removeprefix("https://")
    tab.close()


@without_chromium
def test_a_path_is_printed_by_the_command_as_one_pdf(tmp_path, capsys):
    assert worksheets.main(["--paths", "ninety_minutes", "--to", str(tmp_path)]) == 0
    assert "1 pages written, 1 of them as PDF" in capsys.readouterr().out
    paper = (tmp_path / "ninety_minutes.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 6


@without_chromium
def test_a_sheet_is_accessible_on_a_screen(made, chromium):
    from axe_playwright_python.sync_playwright import Axe

    tab = chromium.new_page()
    tab.goto(next(iter(made.values())).as_uri())
    found = Axe().run(tab)
    assert found.response["violations"] == [], found.generate_report()
    tab.close()
