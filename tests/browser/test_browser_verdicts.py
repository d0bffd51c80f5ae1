"""Verdict cards, folds and “Draw again” in a real JupyterLab and Chromium, by key, in both themes."""

import lab
import looks
import pytest

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

NOTEBOOKS = ("cards",)


CELLS = (
    "import sovereign_compute as sc",
    "lesson = sc.lesson(43); lesson.fact_check()",
    "sc.lesson(21).behind(sc.lesson(21).gpu_hour_cost)",
    "sc.lesson(31).draw_again(sc.lesson(31).survivors_chart)",
)
WRITTEN = {"cards": CELLS}


def cards(tab):
    return tab.page.locator(".sc-verdicts")


def test_a_card_is_judged_by_key_and_the_focus_goes_to_the_verdict(tab):
    first = cards(tab).locator("article").first
    first.get_by_role("button", name="does not hold").focus()
    tab.page.keyboard.press("Enter")
    answer = first.get_by_role("group", name="Verdict of the course")
    answer.locator(".sc-pill").wait_for()
    assert answer.evaluate("(node) => node === document.activeElement")
    assert "You judged: does not hold." in answer.inner_text()
    cards(tab).get_by_text("You have judged 1 of 88.").wait_for()
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    first.get_by_text("Reading taken").wait_for()


def test_a_search_leaves_what_it_names_and_keeps_the_focus(tab):
    search = cards(tab).get_by_role("searchbox", name="Search")
    search.press_sequentially("silo lumi")
    cards(tab).get_by_text("2 of 88 statements").wait_for()
    assert search.evaluate("(node) => node === document.activeElement")
    search.fill("")
    cards(tab).get_by_text("88 of 88 statements").wait_for()
    cards(tab).get_by_role("button", name="Show 12 more").press("Enter")
    tab.page.wait_for_function("() => document.querySelectorAll('.sc-verdicts article').length === 24")


def test_what_is_simulated_is_drawn_again_in_its_place(tab):
    drawing = "() => document.querySelector('.vega-embed svg')?.innerHTML"
    before = tab.page.evaluate(drawing)
    tab.page.get_by_role("button", name="Draw again").press("Enter")
    tab.page.get_by_text("Drawing 2. Simulated.").wait_for()
    tab.page.wait_for_function(f"(before) => (({drawing})() ?? before) !== before", arg=before)
    assert tab.page.locator(".vega-embed svg").count() == 1


def test_cards_and_folds_are_accessible_and_straight_in_both_themes(tab):
    tab.page.evaluate("() => document.querySelectorAll('.sc-fold').forEach((fold) => { fold.open = true; })")
    cards(tab).get_by_role("button", name="Show all verdicts").click()
    tab.page.wait_for_function("() => document.querySelectorAll('.sc-verdicts .sc-pill').length >= 12")
    looks.assert_good_in_both_themes(tab)
