"""The facilitator's dashboard in a real JupyterLab and Chromium: paste, compare, export; accessible and offline."""

import lab
import looks
import pytest
import sheets
from sovereign_compute.inputs.scenarios import encode

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

NOTEBOOKS = ("facilitator_dashboard",)


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
    panel = show(tab, text, "Line 2: 'nobody' has no scenario code")
    assert panel.get_by_role("columnheader", name="<b>Lynx</b>").count() == 1
    assert panel.get_by_role("columnheader", name="Hares").count() == 1
    assert panel.get_by_role("img").get_attribute("alt") == panel.get_by_role("status").inner_text()


def test_another_base_and_another_model_are_taken(tab):
    changes = {"Lynx": {"utilisation": 55, "unlisted_us": 60}, "Hares": {"lifetime": 7}}
    panel = show(tab, "\n".join(f"{name} {encode(changed)}" for name, changed in changes.items()), "(Lynx)")
    panel.get_by_label("Compared with", exact=True).select_option("Hares")
    panel.get_by_text("Who differs, and why. Compared with: Hares").wait_for()
    panel.get_by_label("Model", exact=True).select_option(label="11: Who has what share of the list")
    panel.get_by_text("Side by side: Who has what share of the list").wait_for()
    panel.get_by_label("Model", exact=True).select_option(label="21: What one GPU-hour costs")
    panel.get_by_text("Side by side: What one GPU-hour costs").wait_for()


def test_the_table_can_be_taken_away(tab, tmp_path):
    name = "=1+1 Jülich, “Süd”"
    panel = show(tab, f"{name} {encode({'utilisation': 55})}", "for every team")
    with tab.page.expect_download() as taken:
        panel.get_by_role("button", name="Export as CSV").click()
    rows = sheets.plain(taken.value.path())
    assert set(rows.team) == {f"'{name}"}  # a spreadsheet would compute it
    assert rows.set_index("id").value["utilisation"] == 55.0
    with tab.page.expect_download() as taken:
        panel.get_by_role("button", name="Export to Excel").click()
    assert taken.value.suggested_filename.startswith("teams-20") and taken.value.suggested_filename.endswith(".xlsx")
    head, *cells = sheets.workbook(taken.value.path())
    assert head == list(rows) and {row[0] for row in cells} == {name}
    assert [row[-1] for row in cells] == rows.value.tolist()


def test_another_model_is_taken_where_the_chosen_one_fits_no_code(tab):
    panel = show(tab, f"Lynx {encode({'utilisation': 55})}", "for every team")
    panel.get_by_label("Model", exact=True).select_option(label="11: Who has what share of the list")
    panel.get_by_text("so the teams are compared on “21: What one GPU-hour costs”").wait_for()
    assert panel.get_by_label("Model", exact=True).evaluate("(node) => node.selectedOptions[0].text").startswith("21: ")


def test_two_hundred_teams_fit_on_the_page(tab):
    text = "\n".join(f"Team {n}\n{encode({'utilisation': 30 + n % 60, 'lifetime': 4 + n % 9})}" for n in range(200))
    panel = show(tab, text, "Who differs, and why.")
    panel.get_by_role("cell", name="Team 199", exact=True).nth(1).wait_for(timeout=lab.LONGEST)
    assert panel.get_by_role("cell", name="Team 199", exact=True).count() == 2
    assert panel.get_by_role("img").bounding_box()["height"] < 1_000
    tallest = max(box.bounding_box()["height"] for box in panel.locator(".sc-scroll").all())
    assert tallest < 700, "a table of 200 lines scrolls in its place"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_and_straight(tab, dark):
    show(tab, "\n".join(f"Team number {n} {encode({'utilisation': 50 + n})}\nbad {n}" for n in range(9)), "bad 8")
    looks.assert_in_order(tab, dark)
