"""Every lesson once through in a real JupyterLab and Chromium: run it, move two controls, answer an exercise, look."""

import forms
import lab
import looks
import pytest
from sovereign_compute.controls.exercises import find_exercise

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

# Notebooks 00 and 21 have tests of their own.
LESSONS = (lab.ROOT / "notebooks").glob("[0-9]*.ipynb")
NOTEBOOKS = sorted(path.stem for path in LESSONS if path.stem[:2] not in ("00", "21"))


# What a panel says: its code, which an assumption of a learner's own does not change, and its sentence.
SAID = """(panel) => panel.querySelector('.sc-keep .sc-code').value + panel.querySelector('.sc-sentence').innerText"""


def test_every_cell_ran_without_an_error(tab):
    assert tab.cells_that_ran() > 10


def test_two_controls_move_the_result(tab):
    panel = tab.page.locator(".sc-panel:has(.sc-controls)").first
    if panel.count() == 0:
        assert tab.name.startswith("43"), "only the fact-check has no panel of its own"
        return
    panel.evaluate("(panel) => { for (const group of panel.querySelectorAll('.sc-group')) group.open = true; }")
    said = [panel.evaluate(SAID)]
    for place in range(2):
        slider = panel.get_by_role("slider").nth(place)
        slider.press("ArrowLeft" if slider.evaluate("(node) => node.value === node.max") else "ArrowRight")
        tab.page.wait_for_function(
            f"""([panel, before]) => !panel.querySelector('.sc-figure[aria-busy]')
            && ({SAID})(panel) !== before""",
            arg=[panel.element_handle(), said[-1]],
        )
        said.append(panel.evaluate(SAID))
    assert len(set(said)) == 3
    assert panel.locator(".sc-chart svg").get_attribute("aria-label") == panel.locator(".sc-sentence").inner_text()
    panel.get_by_role("button", name="Reset all").click()
    tab.page.wait_for_function(f"([panel, first]) => ({SAID})(panel) === first", arg=[panel.element_handle(), said[0]])


def test_an_exercise_answers_right_and_wrong(tab):
    exercise = find_exercise(f"{tab.name[:2]}.1")
    form = tab.page.locator(f"[aria-label='Exercise {exercise.id}']")
    values = forms.values_of(form, exercise)
    assert exercise.solution(values) not in form.inner_html()
    said = [forms.give(form, exercise, answer, values) for answer in forms.wrong_and_right(exercise, values)]
    assert said[0] != said[1]


def test_it_is_accessible_and_straight(tab):
    """In the theme that the lesson before has left, and then in the other one."""
    # What is hidden at first must be accessible as well.
    tab.page.evaluate(
        "() => [...document.querySelectorAll('.sc-panel details')].slice(0, 6).forEach((d) => { d.open = true; })"
    )
    looks.assert_accessible(tab.page)
    tab.theme(dark=tab.page.locator("body[data-jp-theme-light=true]").count() == 1)
    looks.assert_accessible(tab.page)
    looks.assert_told(tab.page)
    for width in looks.WIDTHS:
        looks.assert_straight(tab.page, width)
