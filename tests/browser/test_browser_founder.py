"""The founder game in a real JupyterLab and Chromium: twelve quarters by key, the verdict, another decision."""

import re

import lab
import looks
import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

NOTEBOOKS = ("game",)


WRITTEN = {"game": ("import sovereign_compute as sc", "sc.lesson(35).founder_game()")}


def begin(tab, number: int) -> None:
    before = tab.page.query_selector(".sc-founder .sc-choices input")
    tab.page.locator(".sc-founder").get_by_label("Number of the game").fill(str(number))
    tab.page.get_by_role("button", name="New game").click()
    title(tab, f"Game {number}: quarter 1 of 12")
    if before:  # the title may be that of the game before, the choices are new
        tab.page.wait_for_function("(choice) => !choice.isConnected", arg=before)


@pytest.fixture
def over(tab):
    """The first game, played without a change of mind."""
    begin(tab, 1)
    for quarter in range(1, 13):
        tab.page.get_by_role("button", name="Decide").press("Enter")
        title(tab, f"quarter {quarter + 1} of 12" if quarter < 12 else "it is over")
    return tab


def title(tab, text: str) -> None:
    """Wait until the game says where it is."""
    tab.page.locator(".sc-founder .sc-head .sc-title", has_text=text).wait_for()


def spoken(words: str) -> re.Pattern:
    """Words as a page has them, where a number is not parted from its unit."""
    return re.compile(words.replace(" ", r"\s"))


def curves(tab, words: str):
    """The chart, once it tells this."""
    chart = tab.page.locator(".sc-founder svg[role=img]")
    expect(chart).to_have_attribute("aria-label", spoken(words))
    return chart


def test_twelve_quarters_by_key_end_in_a_verdict(tab):
    press, game = tab.page.keyboard.press, tab.page.locator(".sc-founder")
    begin(tab, 1)
    curves(tab, "^Chart. After 0 quarters your firm has 4.0 million EUR")
    looks.assert_accessible(tab.page)
    expect(game.get_by_role("listitem").filter(has_text="Money")).to_contain_text("4.0 million EUR")
    expect(game.locator("[aria-current=step]")).to_have_text("1")
    game.get_by_role("radio", name="Rent on demand").focus()
    press("ArrowDown")  # rent, and apply
    press("Tab")
    press("ArrowDown")  # grow
    for key in ("Tab", "Tab", "Enter"):
        press(key)
    title(tab, "quarter 2 of 12")
    curves(tab, "^Chart. After 1 quarter ")
    for quarter in range(2, 13):
        for key in ("Shift+Tab", "ArrowDown", "Tab", "Enter") if quarter == 5 else ("Enter",):
            press(key)
        title(tab, f"quarter {quarter + 1} of 12" if quarter < 12 else "it is over")
    assert game.get_by_role("group", name="Result").evaluate("(node) => node === document.activeElement")
    result = game.inner_text()
    assert "Your founders hold " in result
    assert "Decisions that cost most, in million EUR: quarter " in result
    assert "To compare: Game 1, SC1-" in result
    curves(tab, "The best policy, same luck: .* Your founders hold ")
    game.get_by_text("Quarters so far").first.click()
    played = game.get_by_role("table", name="Quarters so far").locator("tbody tr").all_inner_texts()
    assert len(played) == 12
    assert "Rent, and apply for public hours, grow" in played[0]
    assert ", raise" in played[4]


def test_another_decision_is_tried_by_key_and_drawn(over):
    press, game = over.page.keyboard.press, over.page.locator(".sc-founder")
    group = game.get_by_role("group", name="What if?")
    assert not group.is_visible()
    third = game.get_by_role("button", name="Quarter 3:")
    third.press("Enter")
    said = group.get_by_role("status")
    expect(said).to_have_text("That is what you decided. Choose something else, and see.")
    assert third.get_attribute("aria-pressed") == "true"
    group.get_by_role("radio", name="Keep the team").focus()
    press("ArrowDown")  # grow
    expect(said).to_contain_text(spoken("million EUR instead of"))
    grow = group.get_by_role("radio", name="Grow to")
    assert grow.is_checked() and grow.evaluate("(node) => node === document.activeElement")
    curves(over, "With the other decision: ")
    before = said.inner_text()
    group.get_by_role("radio", name="The best policy goes on").check()
    expect(said).not_to_have_text(before)
    group.get_by_role("button", name="Take the best decision").click()
    expect(said).to_contain_text(spoken("million EUR more than yours, with the best policy after both"))
    looks.assert_good_in_both_themes(over)


def test_the_verdict_is_accessible_and_straight_in_both_themes_and_on_a_phone(over):
    tab = over
    tab.page.evaluate("() => document.querySelectorAll('.sc-founder details').forEach((part) => { part.open = true; })")
    looks.assert_good_in_both_themes(tab)
    looks.assert_straight(tab.page, 320)


def test_the_curves_are_taken_away_as_a_picture(over):
    with over.page.expect_download() as taken:
        over.page.get_by_role("button", name="Save as picture").click()
    assert taken.value.suggested_filename.startswith("founder-game-")
    size = Image.open(taken.value.path()).size
    assert size[0] >= 1280 and size[1] > 1000


def test_the_game_is_there_again_and_a_new_one_begins(over):
    tab = over
    tab.run_all()
    title(tab, "Game 1: it is over")
    game = tab.page.locator(".sc-founder")
    game.get_by_label("Number of the game").fill("0")
    game.get_by_role("button", name="New game").click()
    game.get_by_role("alert").filter(has_text="allowed is a whole number from 1 to 999").wait_for()
    game.get_by_label("Number of the game").fill("3")
    game.get_by_role("button", name="New game").press("Enter")
    title(tab, "Game 3: quarter 1 of 12")
    assert game.get_by_role("group", name="Result").inner_text() == ""
    assert not game.get_by_role("group", name="What if?").is_visible()
