"""Playing with a panel in a real JupyterLab and Chromium: what leads, what is folded, moves, axes, what stays seen."""

import forms
import lab
import looks
import pytest
from sovereign_compute.analysis.leading import leading
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.l21_gpu_hour.moves import MOVES
from sovereign_compute.models.ownership import gpu_hour_cost
from test_browser_panel import PanelOnPage, costs

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

CELLS = (
    "import sovereign_compute as sc\nfrom sovereign_compute.controls import progress\nlesson = sc.lesson(21)",
    "lesson.play(lesson.gpu_hour_cost)",
    "sc.explore(sc.lesson(42).policy_portfolio)",
    'progress.keep("predictions", {"gpu-hour": {"value": 5.0, "on": "2026-11-23"}})',
)
END = """(panel) => Math.max(
  ...[...panel.querySelector('.role-axis-label').querySelectorAll('text')].map((text) => Number(text.textContent)))"""
"""Where the first axis of a panel ends."""
TALLEST = 44  # pixels of a row whose label has one line


WRITTEN = {"play": CELLS}


@pytest.fixture(scope="module")
def tab(chromium, server):
    tab = lab.Page(chromium, server)
    tab.open("notebooks/play.ipynb")
    tab.run_all(".sc-chart svg")
    tab.wait_for_controls()
    yield tab
    tab.close_quiet()


@pytest.fixture
def panel(tab):
    """The panel of lesson 21 as it opens: its groups closed."""
    found = PanelOnPage(tab).fresh()
    found.unfold(open=False)
    return found


def shown(panel) -> list[str]:
    """The labels of the rows that are in sight."""
    return [label.inner_text() for label in panel.root.locator(".sc-row label").all() if label.is_visible()]


def labels(*ids: str) -> list[str]:
    return [inputs(gpu_hour_cost)[id].label for id in ids]


def test_a_few_controls_lead_and_the_others_are_folded(panel):
    assert shown(panel) == labels(*leading(gpu_hour_cost))
    heights = [row.bounding_box()["height"] for row in panel.root.locator(".sc-row").all() if row.is_visible()]
    assert max(heights) <= TALLEST
    groups = panel.root.locator(".sc-group > summary").all_inner_texts()
    rest = len(inputs(gpu_hour_cost)) - len(leading(gpu_hour_cost))
    assert sum(int(text.split(" · ")[1].split()[0]) for text in groups) == rest
    assert not any("changed" in text for text in groups)


def test_what_a_preset_changes_stands_on_top_and_its_group_counts_it(panel):
    panel.choose("Preset", "Half empty")
    changed = presets("gpu_hour_cost")["half-empty"]["values"]
    others = [id for id in changed if id not in leading(gpu_hour_cost)]
    assert others and shown(panel) == labels(*others, *leading(gpu_hour_cost))
    counted = [text for text in panel.root.locator(".sc-group > summary").all_inner_texts() if "changed" in text]
    assert len(counted) == len({inputs(gpu_hour_cost)[id].group for id in others})
    panel.root.get_by_role("button", name="Reset all").filter(has_text=f"({len(changed)})").wait_for()
    panel.reset()
    assert shown(panel) == labels(*leading(gpu_hour_cost))


def test_a_row_stays_where_someone_is_at_work(panel):
    panel.root.locator(".sc-group > summary", has_text="Cloud").click()
    panel.enter("Rent of a GPU-hour", 4)
    group = panel.root.locator(".sc-group", has_text="Cloud")
    assert group.get_by_role("spinbutton", name="Rent of a GPU-hour").is_visible()
    group.locator("> summary").click()
    panel.root.locator(".sc-rows[aria-label='Changed assumptions'] .sc-row").wait_for()
    assert shown(panel)[0] == "Rent of a GPU-hour"


def test_a_preset_stays_named_until_a_value_moves(panel):
    chosen = panel.root.get_by_label("Preset", exact=True).locator("option:checked")
    assert chosen.inner_text() == "The course's values"
    panel.choose("Preset", "Half empty")
    assert chosen.inner_text() == "Half empty"
    panel.enter("Years of use", 8)
    assert chosen.inner_text() == "Changed from “Half empty”"
    panel.reset()
    assert chosen.inner_text() == "The course's values"


def test_moves_are_docked_and_tell_when_they_are_asked(panel, tab):
    moves = MOVES["gpu_hour_cost"]
    dock = panel.root.get_by_role("group", name="Moves to try")
    assert dock.get_by_role("button", name="Move ").count() == len(moves)
    place = next(i for i, move in enumerate(moves) if move.preset == "half-empty")
    told = dock.locator(".sc-seen")
    dock.get_by_role("button", name=f"Move {place + 1}:").click()
    assert dock.locator("[aria-pressed=true]").first.inner_text() == str(place + 1)
    assert not told.is_visible() and moves[place].seen() not in dock.text_content()
    dock.get_by_role("button", name="Load “Half empty”").click()
    panel.settled()
    panel.shows(**presets("gpu_hour_cost")["half-empty"]["values"])
    reveal = dock.get_by_role("button", name="What you should have seen")
    reveal.click()
    told.filter(has_text=moves[place].seen()).wait_for()
    assert reveal.get_attribute("aria-expanded") == "true"
    reveal.click()
    assert not told.is_visible()
    looks.assert_accessible(tab.page)


def test_the_headline_says_what_was_before_and_what_was_guessed(panel):
    head = panel.root.locator(".sc-headline")
    assert head.locator("strong").inner_text() == costs()
    assert head.locator(".sc-guess").inner_text() == "You guessed 5"
    panel.enter("Utilisation", 40)
    assert head.locator("strong").inner_text() == costs(utilisation=40)
    assert head.locator(".sc-before").inner_text() == f"{costs()} →"
    assert "your guess 5.00" in panel.root.locator(".sc-chart svg").text_content()


def test_axes_hold_still_while_a_slider_moves_and_grow_where_they_must(panel):
    def end() -> float:
        return panel.root.evaluate(f"(panel) => ({END})(panel)")

    panel.choose("Preset", "Half empty")
    held = end()
    slider = panel.slider("Utilisation")
    slider.focus()
    for key in ("PageUp", "PageUp", "End"):
        slider.press(key)
        panel.settled()
        assert end() == held
    slider.press("Home")
    panel.settled()
    grown = end()
    assert grown > 5 * held  # one hour in a hundred is used
    slider.press("End")
    panel.settled()
    # Nobody moves any more: what of the axis is not in use goes.
    panel.page.wait_for_function(f"([panel, most]) => ({END})(panel) < most", arg=[panel.root.element_handle(), held])


def test_in_one_column_number_and_chart_stay_in_view(panel, tab):
    tab.page.set_viewport_size({"width": 800, "height": 900})
    try:
        lab.still(tab.page)
        # The last of all controls at the lower edge: what it moves is above it, all of it.
        panel.unfold()
        slider = panel.root.get_by_role("slider").last
        slider.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
        lab.still(tab.page)
        chart, number, moved, notebook = (
            found.bounding_box()
            for found in (
                panel.root.locator(".sc-chart"),
                panel.root.locator(".sc-headline strong"),
                slider,
                tab.page.locator(".jp-WindowedPanel-outer").first,
            )
        )
        head = panel.root.locator(".sc-head").bounding_box()
        assert head["y"] + head["height"] < notebook["y"]  # without staying in view they would be gone
        assert notebook["y"] - 1 <= number["y"] < chart["y"]
        assert chart["y"] + chart["height"] <= moved["y"]
    finally:
        tab.page.set_viewport_size({"width": looks.WIDTHS[0], "height": 1000})


def test_a_budget_shows_what_is_left_and_what_is_too_much(tab):
    lab_panel = PanelOnPage(tab, 1)
    lab_panel.reset()
    purse = lab_panel.root.locator(".sc-purse p")
    assert purse.inner_text().startswith("✓ Left to spend: 0 of 500")
    lab_panel.enter("A machine", 300)
    assert purse.inner_text().startswith("✗ That is 100")
    lab_panel.reset()
    forms.settle(lab_panel.root)


@pytest.mark.parametrize("width", [360, *looks.WIDTHS])
def test_nothing_sticks_out_at_any_width(panel, tab, width):
    panel.choose("Preset", "Half empty")
    panel.unfold()
    looks.assert_straight(tab.page, width)


CUT = """(panel) => [...panel.querySelectorAll('.sc-row :is(.sc-unit, .sc-chip)')]
  .filter((node) => node.scrollWidth > node.clientWidth && node.clientWidth).map((node) => node.textContent)"""
"""Units and tiers of evidence of which a part is not to be seen."""


def test_units_and_evidence_are_read_as_a_whole_on_a_phone(panel, tab):
    tab.page.set_viewport_size({"width": 360, "height": 1000})
    lab.still(tab.page)
    panel.unfold()
    cut = panel.root.evaluate(CUT)
    fault = tab.page.add_style_tag(content=".sc-panel .sc-row .sc-chip { width: 30px; overflow: hidden; }")
    planted = panel.root.evaluate(CUT)
    fault.evaluate("(node) => node.remove()")
    tab.page.set_viewport_size({"width": looks.WIDTHS[0], "height": 1000})
    assert cut == []
    assert len(planted) > 10


def test_jupyterlab_opens_with_the_room_that_a_panel_needs(chromium, server):
    """And with its files at hand as soon as someone has opened them."""
    tab = lab.Page(chromium, server)
    tab.open("notebooks/play.ipynb", route="lab/tree")
    files = tab.page.locator(".jp-FileBrowser").first
    assert not files.is_visible()
    tab.page.locator(".jp-SideBar .lm-TabBar-tab[data-id=filebrowser]").click()
    files.wait_for()
    tab.close()
