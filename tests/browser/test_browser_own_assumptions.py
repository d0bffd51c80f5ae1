"""What a learner assumes in a cell, in a panel that is open on the page."""

import os

import forms
import lab
import pytest
from sovereign_compute.inputs.assumptions import registry

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

CELLS = (
    "import sovereign_compute as sc",
    "sc.explore(sc.lesson(24).public_return)",
    'sc.assume("attribution", 30, low=10, high=60, source="<b>A study</b>", why="People get half of the credit.")',
    "sc.my_assumptions()",
    'sc.forget("attribution")',
)


WRITTEN = {"own": CELLS}


@pytest.fixture
def tab(chromium, server):
    tab = lab.Page(chromium, server)
    tab.open("notebooks/own.ipynb")
    tab.run_again(0)
    tab.run_again(1)
    yield tab
    tab.close_quiet()


def test_an_open_panel_takes_over_what_is_assumed_and_gives_it_back(tab):
    root = tab.page.locator(".sc-panel")
    row = root.locator(".sc-row").filter(has=tab.page.get_by_text("Attribution", exact=True))
    field = root.get_by_role("spinbutton", name="Attribution", exact=True)
    forms.settle(root)
    course = root.locator(".sc-sentence").inner_text()
    tab.run_again(2)
    chip = row.get_by_role("button", name="Source of Attribution: your own")
    chip.wait_for()
    forms.settle(root)
    assert root.count() == 1
    assert field.input_value() == "30"
    assert root.locator(".sc-sentence").inner_text() != course
    assert root.get_by_text("Your own assumptions: Attribution. The course's values are a preset.").count() == 1
    assert row.locator(".sc-reset").is_disabled()
    chip.click()
    facts = row.locator(".sc-source").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "10 to 60 % (P5 to P95)" in facts
    assert "<b>A study</b>, assumed by you; evidence: your own." in facts
    if folder := os.environ.get("OWN_PICTURES"):
        root.screenshot(path=f"{folder}/own.png")
    # It moves as any other control, and goes back to what is assumed.
    field.fill("45")
    field.press("Enter")
    forms.settle(root)
    row.get_by_role("button", name="Reset Attribution").click()
    forms.settle(root)
    assert field.input_value() == "30"
    root.get_by_text("Save, load, share").click()
    forms.settle(root)
    assert "The code does not hold your range and source of Attribution." in root.locator(".sc-keep").inner_text()
    root.get_by_label("Save as").fill("Ours")
    root.get_by_label("Save as").press("Enter")
    forms.settle(root)
    tab.run_again(3)
    listed = tab.page.locator(".jp-Cell").nth(3).locator("table")
    assert listed.locator("td").first.inner_text() == "attribution"
    assert listed.locator("b").count() == 0
    tab.run_again(4)
    row.get_by_role("button", name=f"Source of Attribution: {registry()['attribution'].tier}").wait_for()
    forms.settle(root)
    assert root.locator(".sc-sentence").inner_text() == course
    # Another day: the saved scenario brings it back.
    root.get_by_text("Save, load, share").click()
    forms.settle(root)
    root.get_by_label("Saved", exact=True).select_option(label="Ours")
    chip.wait_for()
    forms.settle(root)
    assert field.input_value() == "30"
