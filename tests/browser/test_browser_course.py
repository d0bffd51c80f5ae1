"""The first two notebooks, whole, in a real JupyterLab and Chromium: accessible, legible and offline."""

import json
import re

import forms
import lab
import looks
import pytest
from sovereign_compute.controls import cases
from sovereign_compute.controls.exercises import find_exercise

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

NOTEBOOKS = ("00_start_here", "21_what_does_a_gpu_hour_cost")


def test_every_cell_ran_without_an_error(tab):
    assert tab.cells_that_ran() > 5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_outputs_are_accessible(tab, dark):
    tab.theme(dark)
    # What is hidden at first must be accessible as well.
    opened = (
        "(open) => [...document.querySelectorAll('.sc-panel details')].slice(0, 6).forEach((d) => { d.open = open; })"
    )
    tab.page.evaluate(opened, True)
    field = tab.page.locator(".sc-controls [role=spinbutton]").last
    right = field.input_value()
    field.fill("-99")
    field.press("Enter")
    tab.page.locator(".sc-controls .sc-error", has_text="out of range").first.wait_for()
    lab.still(tab.page)
    try:
        looks.assert_accessible(tab.page)
    finally:
        tab.theme(False)
        field.fill(right)
        field.press("Enter")
        tab.page.evaluate(opened, False)


def test_chart_keeps_its_width_when_the_theme_changes(tab):
    chart = tab.page.locator(".sc-chart svg").first
    before = chart.bounding_box()["width"]
    for dark in (True, False):
        tab.theme(dark)
        assert chart.bounding_box()["width"] == before


@pytest.mark.parametrize("width", looks.WIDTHS)
def test_nothing_sticks_out_or_overlaps(tab, width):
    looks.assert_straight(tab.page, width)


def test_every_chart_says_what_it_shows(tab):
    looks.assert_told(tab.page)


def test_predictions_are_kept(tab, folder):
    form = tab.page.locator(".sc-panel[aria-label='Your predictions']")
    fields = form.get_by_role("spinbutton")
    fields.first.fill("1e9")
    form.get_by_role("button", name="Keep my guess").click()
    form.locator(".sc-error", has_text="is out of range").wait_for()
    assert fields.first.get_attribute("aria-invalid") == "true"
    label = fields.first.get_attribute("id").partition("-")[2]
    fields.first.fill("0.75" if label == "gpu-hour" else "50")
    fields.first.press("Enter")
    form.get_by_role("status").filter(has_text="Kept: 1 of").wait_for()
    # The lesson answers further down, the start of the course does not.
    found = tab.page.locator("[aria-label='What we found']")
    if label == "gpu-hour":
        found.get_by_text(re.compile(r"^44\s% too high")).wait_for()
        found.get_by_text(
            re.compile(r"You guessed 0\.75 EUR.*\. The course finds 0\.52 EUR \(90 % range 0\.42 to 0\.7\)")
        ).wait_for()
        assert found.locator(".sc-strip").first.locator(".sc-mark").count() == 2
    assert found.count() == (label == "gpu-hour")
    question = form.locator("label").first.inner_text()
    for word, number in (("from", "0.5"), ("to", "60")):
        named = f"A range you are 90 % sure contains the answer: {word} {question}"
        form.get_by_role("spinbutton", name=named).fill(number)
    form.get_by_role("button", name="Keep my guess").click()
    path = folder / "notebooks" / "my_course" / "progress.json"

    def interval():
        kept = json.loads(path.read_text())["predictions"][label]
        return "low" in kept and (kept["low"], kept["high"])

    assert lab.until(tab.page, interval, "the interval in the file") == (0.5, 60)


def test_exercise_answers_a_wrong_and_a_right_try(tab, folder):
    """A usual mistake is named, hints come one by one, and the answer is nowhere before it is asked for."""
    id = "00.1" if tab.name.startswith("00") else "21.1"
    exercise = find_exercise(id)
    form = tab.page.locator(f"[aria-label='Exercise {id}']")
    values = forms.values_of(form, exercise)
    truth = exercise.answer(values)
    solution = exercise.solution(values)
    before = form.inner_html()
    assert solution not in before and not any(hint in before for hint in exercise.hints)
    assert not any(mistake.says in before for mistake in exercise.mistakes)
    field, status = form.get_by_label("Your answer"), form.get_by_role("status")

    mistake = exercise.mistakes[0]
    field.fill(forms.written(mistake.value(values)))
    field.press("Enter")
    status.filter(has_text=mistake.says).wait_for()
    assert solution not in form.inner_html()
    for number, label in enumerate(("Hint", "Second hint")):
        form.get_by_role("button", name=label, exact=True).click()
        form.get_by_role("listitem").filter(has_text=exercise.hints[number]).wait_for()
    assert form.get_by_role("button", name="No more hints").is_disabled()
    field.fill(forms.written(truth))
    form.get_by_role("button", name="Check").click()
    status.filter(has_text="✓ Right.").wait_for()
    assert solution not in form.inner_html()
    form.get_by_text("Worked solution").click()
    form.get_by_text(solution).wait_for()
    kept = json.loads((folder / "notebooks" / "my_course" / "progress.json").read_text())["exercises"][id]
    assert kept["tries"] == 2 and kept["hints"] == 2 and kept["solved"]


def test_work_is_downloaded_in_one_click_and_put_back(tab, folder):
    form = tab.page.locator(".sc-panel[aria-label='Your work']")
    if not tab.name.startswith("00"):
        assert form.count() == 0, "the buttons stand in the first notebook"
        return
    mine = folder / "notebooks" / "my_course" / "progress.json"
    before = mine.read_text() if mine.exists() else None
    mine.parent.mkdir(exist_ok=True)
    tried = {"exercises": {"21.2": {"tries": 1}}, "predictions": {"gpu-hour": {"value": 2.5, "on": "2026-01-02"}}}
    mine.write_text(json.dumps(tried))
    with tab.page.expect_download() as waiting:
        form.get_by_role("button", name="Download everything I have made").press("Enter")
    download = waiting.value.path()
    assert re.fullmatch(r"my-course-\d{4}-\d\d-\d\d\.zip", waiting.value.suggested_filename)
    form.get_by_role("status").filter(has_text="Downloaded: progress.json").wait_for()
    kept = json.loads(mine.read_text())
    mine.unlink()
    field = form.get_by_label("Put back what I downloaded")
    field.set_input_files(files=[{"name": "x.zip", "mimeType": "application/zip", "buffer": b"PK<script>"}])
    form.get_by_role("status").filter(has_text="This is not a download of this course").wait_for()
    field.set_input_files(download)
    form.get_by_role("status").filter(has_text="Put back: 1 of your exercises, 1 of your predictions").wait_for()
    assert json.loads(mine.read_text()) == kept
    if before:
        mine.write_text(before)


def test_saved_notebook_holds_no_answer(tab, folder):
    """JupyterLab stores the text of a widget, never its state."""
    tab.save()
    text = (folder / "notebooks" / f"{tab.name}.ipynb").read_text(encoding="utf-8")
    exercise = find_exercise("00.1" if tab.name.startswith("00") else "21.1")
    assert exercise.text(exercise.case(cases.EXAMPLE))[:40] in text
    assert exercise.hints[1] not in text and exercise.solution(exercise.case(cases.EXAMPLE)) not in text


def test_a_word_opens_its_entry_in_the_glossary(chromium, server):
    tab = lab.Page(chromium, server)
    try:
        tab.open("notebooks/21_what_does_a_gpu_hour_cost.ipynb", route="lab/workspaces/words/tree")
        tab.page.locator(".jp-MarkdownOutput a[href*='#pue']").click()
        tab.page.wait_for_selector(".jp-MarkdownViewer h2")
        tab.page.wait_for_function(
            """() => {
              const page = document.querySelector('.jp-MarkdownViewer').getBoundingClientRect();
              const entries = [...document.querySelectorAll('.jp-MarkdownViewer h2')];
              const top = entries.find((h) => h.textContent.startsWith('PUE')).getBoundingClientRect().top;
              return page.top - 5 <= top && top < page.top + page.height / 2;
            }"""
        )
        assert tab.outside == []
    finally:
        tab.close()
