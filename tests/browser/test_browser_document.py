"""A lesson's controls in one file without a kernel, in a real Chromium: accessible, narrow, printed, by keyboard."""

import gzip

import lab
import looks
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sovereign_compute.analysis.settings import complete
from sovereign_compute.browser.controls import exercises_control, predictions_control, reveal_control, work_control
from sovereign_compute.browser.page import document
from sovereign_compute.browser.panels import panel_control
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs.data import records
from sovereign_compute.lessons.l21_gpu_hour.moves import MOVES
from sovereign_compute.models.ownership import gpu_hour_cost

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

ASKED = ("gpu-hour", "break-even")
QUESTION = next(row["question"] for row in records("predictions") if row["id"] == ASKED[0])
LARGEST, LARGEST_PACKED = 1_200_000, 400_000  # bytes of a lesson's file, and of it compressed


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    controls = [
        predictions_control(*ASKED),
        panel_control(gpu_hour_cost, MOVES["gpu_hour_cost"]),
        reveal_control(*ASKED),
        exercises_control("21"),
        work_control(),
    ]
    found = tmp_path_factory.mktemp("document") / "21.html"
    found.write_text(document("What does a GPU-hour cost?", controls, "<h1>What does a GPU-hour cost?</h1>"))
    return found


@pytest.fixture
def opened(chromium, file):
    """Opens the file; afterwards it has asked for nothing, and nothing went wrong in it."""
    asked, wrong, contexts = [], [], []

    def open_it(width: int = 1200, scheme: str = "light"):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme))
        tab = contexts[-1].new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.goto(file.as_uri())
        expect(tab.locator(".sc-chart svg")).to_be_visible()
        tab.wait_for_function(lab.OPENED)
        return tab

    yield open_it
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == [] and wrong == []


def guess(tab) -> None:
    tab.get_by_role("spinbutton", name=QUESTION).fill("2,5")
    tab.get_by_role("button", name="Keep my guesses").click()
    expect(tab.locator(".sc-guess")).to_have_text("You guessed 2.5")


def test_what_stands_below_the_first_picture_waits_for_it(chromium, file):
    tab = chromium.new_page()
    tab.add_init_script("""new MutationObserver(() => {
      const drawn = Boolean(document.querySelector(".sc-chart svg path"));
      const there = (name) => document.querySelector(`[aria-label="${name}"]`);
      for (const name of ["Your predictions", "Exercise 21.1"]) globalThis[name] ??= there(name) && drawn;
    }).observe(document, { subtree: true, childList: true });""")
    tab.goto(file.as_uri())
    tab.wait_for_function(lab.OPENED)
    assert [tab.evaluate(f"globalThis['{name}']") for name in ("Your predictions", "Exercise 21.1")] == [False, True]
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_in_a_file_is_accessible(opened, scheme):
    tab = opened(scheme=scheme)
    guess(tab)
    card = tab.get_by_label("Exercise 21.1", exact=True)
    card.get_by_role("button", name="Hint").click()
    card.get_by_role("spinbutton").fill("1")
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".sc-feedback")).to_contain_text("Not yet.")
    found = Axe().run(tab)
    assert len(found.response["passes"]) > 10
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_sticks_out(opened, width):
    tab = opened(width)
    guess(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(looks.CROOKED) == []


def test_it_prints(opened):
    tab = opened()
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1200
    assert tab.evaluate(looks.CROOKED) == []
    assert len(tab.pdf(format="A4")) > 10_000


def test_by_keyboard_alone(opened):
    """From the guess to a solved exercise with keys; the mark in the panel and the answer follow at once."""
    tab = opened()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("spinbutton", name=QUESTION)).to_be_focused()
    tab.keyboard.type("2,5")
    tab.keyboard.press("Enter")
    expect(tab.locator(".sc-guess")).to_have_text("You guessed 2.5")
    expect(tab.locator(".sc-chart svg")).to_contain_text("your guess")
    expect(tab.get_by_text("You guessed 2.5 EUR. The course finds")).to_be_visible()
    tab.get_by_role("button", name="Exercise 21.2: open").press("Enter")
    tab.keyboard.press("Tab")
    card, exercise = tab.get_by_label("Exercise 21.2", exact=True), find_exercise("21.2")
    tab.keyboard.type("owls")
    tab.keyboard.press("Enter")
    expect(card.locator(".sc-feedback")).to_have_text("! No answer yet. 'owls' is not a number.")
    tab.keyboard.press("Control+A")
    tab.keyboard.type(f"{exercise.answer(complete(gpu_hour_cost)) / 1e6:.6f}")
    tab.keyboard.press("Enter")
    expect(card.locator(".sc-feedback")).to_contain_text("That is the number for your panel.")
    tab.reload()
    expect(tab.locator(".sc-guess")).to_have_text("You guessed 2.5")


def test_a_file_is_no_larger_than_it_may_be(file):
    content = file.read_bytes()
    assert len(content) < LARGEST and len(gzip.compress(content)) < LARGEST_PACKED
