"""A class's folder in a real JupyterLab and Chromium: handed in, taken back and read with keys; accessible."""

import lab
import looks
import pytest
from playwright.sync_api import expect
from sovereign_compute.controls.drop_box import VARIABLE
from sovereign_compute.controls.predictions import HANDED

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

NOTEBOOKS = ("class",)
QUESTION = "What does one GPU-hour on JUPITER cost its owners?"


WRITTEN = {"class": ("import sovereign_compute as sc\n\nsc.lesson(21).predictions('gpu-hour')", "sc.class_guesses()")}


@pytest.fixture(scope="module")
def folder(folder):
    (folder / "handed-in").mkdir()
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with lab.jupyter(folder, **{VARIABLE: str(folder / "handed-in")}) as address:
        yield address


@pytest.fixture
def form(tab):
    """The form with guesses that are kept and not handed in."""
    found = tab.page.get_by_role("region", name="Your predictions")
    found.get_by_role("spinbutton", name=QUESTION, exact=True).fill("2.5")
    tab.page.keyboard.press("Enter")
    expect(found.get_by_role("button", name="Hand in my guesses")).to_be_visible()
    return found


def test_guesses_are_handed_in_read_and_taken_back_with_keys(tab, folder, form):
    back, dashboard = (
        form.get_by_role("button", name="Take back all I handed in"),
        tab.page.get_by_role("region", name="Guesses of the class", exact=True),
    )
    expect(back).to_be_disabled()
    assert list((folder / "handed-in").iterdir()) == []
    form.get_by_role("button", name="Hand in my guesses").press("Enter")
    expect(form.get_by_text(HANDED["in"])).to_be_visible()
    assert len(list((folder / "handed-in").iterdir())) == 1
    dashboard.get_by_role("button", name="Read the folder of the class").press("Enter")
    expect(dashboard.get_by_text("First vote: 1 guess; the median is 2.5 EUR.").first).to_be_visible()
    expect(dashboard.get_by_label("Guess codes of the class")).to_have_value(
        form.get_by_label("Your guess code").input_value()
    )
    form.get_by_role("spinbutton", name=QUESTION, exact=True).fill("3")
    tab.page.keyboard.press("Enter")
    expect(form.get_by_text(HANDED["other"])).to_be_visible()
    form.get_by_role("button", name="Hand in my guesses").press("Enter")
    expect(form.get_by_text(HANDED["in"])).to_be_visible()
    dashboard.get_by_role("button", name="Read the folder as the second vote").press("Enter")
    expect(dashboard.get_by_text("After the discussion: 1 guess; the median is 3 EUR.").first).to_be_visible()
    back.press("Enter")
    expect(form.get_by_text(HANDED["not"])).to_be_visible()
    assert list((folder / "handed-in").iterdir()) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_and_straight(tab, form, dark):
    form.scroll_into_view_if_needed()
    looks.assert_in_order(tab, dark)
