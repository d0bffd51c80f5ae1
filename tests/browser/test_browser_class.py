"""The guesses of a class in a real JupyterLab and Chromium: paste, choose, answer, projector; accessible, offline."""

import lab
import looks
import pytest
import sheets
from classes import guesses_of
from sovereign_compute.inputs.guess_codes import encode

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

NOTEBOOKS = ("facilitator_dashboard",)
FIRST, AGAIN = "Guess codes of the class", "Codes of a second vote, after the discussion"


def paste(tab, first: str, again: str = ""):
    """Paste both votes with the keyboard alone, and wait until they are shown."""
    panel = tab.page.get_by_role("region", name="Guesses of the class", exact=True)
    panel.get_by_label(FIRST, exact=True).fill(first)
    panel.get_by_label(AGAIN, exact=True).fill(again)
    panel.get_by_role("button", name="Show the guesses").press("Enter")
    panel.get_by_text(f"First vote: {len(first.splitlines())} guess").first.wait_for()
    return panel


def project(tab, panel) -> None:
    """Turn to the projector view, and wait until the panel has the whole screen."""
    panel.get_by_role("button", name="Projector view").press("Enter")
    panel.get_by_role("button", name="Leave the projector view").wait_for()
    tab.page.wait_for_function("(panel) => document.fullscreenElement === panel", arg=panel.element_handle())


def test_two_votes_are_shown_and_the_answer_when_it_is_asked_for(tab):
    codes = [
        encode({"gpu-hour": {"value": v, "low": v / 2, "high": v * 2}, "break-even": {"value": 40}}) for v in (1, 4, 9)
    ]
    panel = paste(tab, "\n".join(codes), codes[0])
    panel.get_by_label("Question", exact=True).select_option(label="What does one GPU-hour on JUPITER cost its owners?")
    panel.get_by_text("the median is 4 EUR").wait_for()
    assert panel.get_by_text("The course finds").count() == 0
    panel.get_by_role("button", name="Show the answer").press("Enter")
    panel.get_by_text("1 of 3 ranges held it").wait_for()
    assert panel.get_by_role("img").get_attribute("alt") == panel.get_by_role("status").inner_text()
    panel.get_by_label("Question", exact=True).select_option(index=1)
    panel.get_by_text("the median is 40 %").first.wait_for()
    assert panel.get_by_text("The course finds").count() == 0


def test_a_bad_code_is_named_and_its_neighbours_name_is_not(tab):
    text, _, faults = guesses_of(20)
    panel = tab.page.get_by_role("region", name="Guesses of the class", exact=True)
    panel.get_by_label(FIRST, exact=True).fill(text)
    panel.get_by_role("button", name="Show the guesses").click()
    panel.get_by_text("this guess code is incomplete or mistyped").wait_for()
    said = panel.get_by_role("alert").all_inner_texts()
    assert len([line for text in said for line in text.splitlines() if line.startswith("Line ")]) == faults
    assert not any("Anna" in line or "script" in line for line in said)


def test_the_projector_view_leaves_question_picture_and_sentence(tab):
    panel = paste(tab, encode({"gpu-hour": {"value": 2.5, "low": 1, "high": 4}}))
    tab.page.set_viewport_size({"width": 1920, "height": 1080})
    project(tab, panel)
    assert not panel.get_by_label(FIRST, exact=True).is_visible() and not panel.get_by_role("table").is_visible()
    picture, status = panel.get_by_role("img").bounding_box(), panel.get_by_role("status")
    assert picture["width"] >= 1_500 and picture["y"] + picture["height"] <= 1_080
    assert status.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= 22
    panel.get_by_role("button", name="Show the answer").press("Enter")
    panel.get_by_text("The one range missed it").wait_for()
    looks.assert_accessible(tab.page)
    tab.page.keyboard.press("Escape")
    panel.get_by_label(FIRST, exact=True).wait_for()


def test_the_picture_of_two_votes_leaves_room_for_what_is_said_of_them(tab):
    guesses = [{"break-even": {"value": v, "low": v / 2, "high": v + 9}} for v in range(9, 90, 3)]
    panel = paste(tab, *("\n".join(map(encode, vote)) for vote in (guesses, guesses[::2])))
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    panel.get_by_role("button", name="Show the answer").click()
    panel.get_by_role("button", name="Hide the answer").wait_for()
    project(tab, panel)
    box = panel.get_by_role("img").bounding_box()
    assert box["height"] >= 0.4 * 720 - 1 and box["y"] + box["height"] <= 720
    tab.page.keyboard.press("Escape")
    panel.get_by_label(FIRST, exact=True).wait_for()


def test_the_guesses_can_be_taken_away(tab):
    panel = paste(tab, encode({"gpu-hour": {"value": 2.5, "low": 1, "high": 4}}))
    with tab.page.expect_download() as taken:
        panel.get_by_role("button", name="Export as CSV").click()
    rows = sheets.plain(taken.value.path())
    assert rows[["id", "value", "low", "high"]].to_numpy().tolist() == [["gpu-hour", 2.5, 1, 4]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_and_straight(tab, dark):
    panel = paste(tab, encode({"gpu-hour": {"value": 2.5, "low": 1, "high": 4}}), encode({"gpu-hour": {"value": 1}}))
    panel.scroll_into_view_if_needed()
    looks.assert_in_order(tab, dark)
