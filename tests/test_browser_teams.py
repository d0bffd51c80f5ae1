"""The facilitator's dashboard in a real JupyterLab and Chromium: paste, compare, export; accessible and offline."""

import csv

import lab
import looks
import pytest
from sovereign_compute.scenarios import encode

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)


@pytest.fixture(scope="module")
def tab(chromium, server):
    """The dashboard after Run All Cells."""
    tab = lab.Page(chromium, server)
    tab.open("notebooks/facilitator_dashboard.ipynb")
    tab.run_all(".sc-panel table")
    tab.lay_out_all()
    yield tab
    tab.close_quiet()


def show(tab, text: str, waits_for: str):
    """Paste a list with the keyboard alone and wait for what must be there then."""
    panel = tab.page.get_by_role("region", name="Teams side by side")
    area = panel.get_by_label("Teams and their scenario codes")
    area.fill(text)
    panel.get_by_role("button", name="Show side by side").press("Enter")
    panel.get_by_text(waits_for).first.wait_for()
    assert area.input_value() == text
    return panel


def test_teams_are_set_side_by_side_and_bad_lines_are_named(tab):
    text = f"<b>Lynx</b> {encode({'utilisation': 55})}\nnobody\nHares {encode({'lifetime': 7})}\n"
    panel = show(tab, text, "Line 2: 'nobody' does not end in a scenario code")
    assert panel.get_by_role("columnheader", name="<b>Lynx</b>").count() == 1
    assert panel.get_by_role("columnheader", name="Hares").count() == 1
    assert panel.get_by_role("img").get_attribute("alt") == panel.get_by_role("status").inner_text()


def test_another_base_and_another_model_are_taken(tab):
    panel = show(tab, f"Lynx {encode({'utilisation': 55})}\nHares {encode({'lifetime': 7})}", "(Lynx)")
    panel.get_by_label("Compared with", exact=True).select_option("Hares")
    panel.get_by_text("Who differs, and why. Compared with: Hares").wait_for()
    panel.get_by_label("Model", exact=True).select_option(label="25: How long a job waits in the queue")
    panel.get_by_text("Side by side: How long a job waits in the queue").wait_for()
    panel.get_by_label("Model", exact=True).select_option(label="21: What one GPU-hour costs")
    panel.get_by_text("Side by side: What one GPU-hour costs").wait_for()


def test_the_table_can_be_taken_away(tab):
    panel = show(tab, f"Lynx {encode({'utilisation': 55})}", "for every team")
    with tab.page.expect_download() as taken:
        panel.get_by_role("button", name="Export as CSV").click()
    with open(taken.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["team"] for row in rows} == {"Lynx"}
    assert next(row["value"] for row in rows if row["id"] == "utilisation") == "55.0"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_and_straight(tab, dark):
    show(tab, "\n".join(f"Team number {n} {encode({'utilisation': 50 + n})}\nbad {n}" for n in range(9)), "bad 8")
    tab.theme(dark)
    try:
        looks.assert_accessible(tab.page)
        for width in looks.WIDTHS:
            looks.assert_straight(tab.page, width)
    finally:
        tab.theme(False)
