"""Lessons without a mouse, at 200 % zoom, without motion and in forced colours, in a real JupyterLab and Chromium."""

import forms
import lab
import looks
import nbformat
import pytest
from sovereign_compute.surroundings import of_lesson

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

WALKS = (  # a lesson, and which of its exercises is answered
    ("12_who_can_switch_you_off", "12.5"),
    ("21_what_does_a_gpu_hour_cost", "21.1"),
    ("32_how_long_does_the_money_last", "32.4"),
)
MICE = """for (const kind of ['mousedown', 'mousemove', 'pointerdown', 'wheel', 'touchstart'])
  addEventListener(kind, () => { globalThis.mice = (globalThis.mice ?? 0) + 1; }, true);"""
SEEN = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return node.contains(top) || top?.contains(node);
}"""


class Keyboard:
    """A learner who has nothing but keys."""

    def __init__(self, tab: lab.Page):
        self.tab, self.page, self.press = tab, tab.page, tab.page.keyboard.press

    @property
    def focus(self):
        return self.page.evaluate_handle("() => document.activeElement").as_element()

    def tab_to(self, selector: str, limit: int = 40) -> None:
        """Tab until what has the focus is such a thing."""
        for _ in range(limit):
            self.press("Tab")
            if self.focus.evaluate("(node, selector) => node.matches(selector)", selector):
                return
        pytest.fail(f"{limit} times Tab did not lead to {selector}, but to {self.focus}")

    def back_to_cell(self, number: int) -> None:
        """Escape leads from a control to its cell."""
        self.press("Escape")
        assert self.page.evaluate(f"() => document.activeElement === {lab.NOTEBOOK}.widgets[{number}].node")

    def go_to_cell(self, number: int) -> None:
        while (at := self.page.evaluate(f"() => {lab.NOTEBOOK}.activeCellIndex")) != number:
            self.press("ArrowUp" if at > number else "ArrowDown")


def moved(panel, keyboard: Keyboard, *keys: str) -> str:
    """Press keys, and return the scenario's code, which has changed."""
    before = panel.locator(".sc-keep .sc-code").input_value()
    for key in keys:
        keyboard.press(key)
    forms.settle(panel)
    after = panel.locator(".sc-keep .sc-code").input_value()
    assert after != before
    assert panel.locator(".sc-error:not(:empty)").count() == 0
    return after


def use_panel(keyboard: Keyboard, panel) -> None:
    """A preset, a number, a slider and a source."""
    keyboard.tab_to("select[id$=-preset]")
    moved(panel, keyboard, "End")  # the first preset may be the course's values
    assert panel.locator(".sc-notice").inner_text()
    keyboard.tab_to("[role=spinbutton]")
    most = keyboard.focus.get_attribute("aria-valuemax")
    moved(panel, keyboard, "Control+a", *most, "Enter")
    keyboard.tab_to("input[type=range]", 1)
    moved(panel, keyboard, "ArrowLeft")
    keyboard.tab_to("button.sc-chip")
    keyboard.press("Enter")
    source = panel.locator(".sc-source:not([hidden])")
    assert "Range:" in source.inner_text()
    keyboard.press("Enter")
    assert source.count() == 0


def answer_exercise(keyboard: Keyboard, form, exercise) -> None:
    """Right at once, then a hint and the solution; those above it in the cell are passed."""
    here = f"[aria-label='Exercise {exercise.id}']"
    values = forms.values_of(form, exercise)
    _, right = forms.wrong_and_right(exercise, values)
    if exercise.kind == "number":
        keyboard.tab_to(f"{here} [role=spinbutton]")
        keyboard.page.keyboard.type(forms.written(right))
        keyboard.press("Enter")
    else:
        keyboard.tab_to(f"{here} input[type=radio]")
        keyboard.press("Space")
        for _ in exercise.options():
            if keyboard.focus.get_attribute("value") == right:
                break
            keyboard.press("ArrowDown")
        keyboard.tab_to("button", 1)
        keyboard.press("Enter")
    form.get_by_role("status").filter(has_text="✓ Right.").wait_for()
    keyboard.tab_to("button[type=button]", 3)
    keyboard.press("Enter")
    form.get_by_role("listitem").filter(has_text=exercise.hints[0]).wait_for()
    keyboard.tab_to("summary", 2)
    keyboard.press("Enter")
    form.get_by_text(exercise.solution(values)).wait_for()


@pytest.mark.parametrize(("lesson", "asked"), WALKS)
def test_a_lesson_needs_no_mouse(chromium, server, lesson, asked):
    """From the top to the end with Shift+Enter; on the way the first panel, and an exercise about a given case."""
    cells = nbformat.read(lab.ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4).cells
    shows = ("sc.explore(", "lesson.play(")
    panel_at = next(number for number, cell in enumerate(cells) if any(show in cell.source for show in shows))
    exercise_at = next(number for number, cell in enumerate(cells) if cell.source == "lesson.exercises()")
    exercise = next(one for one in of_lesson(lesson[:2], "exercises").EXERCISES if one.id == asked)
    tab = lab.Page(chromium, server)
    tab.page.add_init_script(MICE)
    tab.open(f"notebooks/{lesson}.ipynb")
    keyboard = Keyboard(tab)
    for number in range(len(cells)):
        tab.run_cell(number)
        if number == panel_at:
            keyboard.go_to_cell(number)
            use_panel(keyboard, tab.page.locator(".sc-panel:has(.sc-controls)").first)
        elif number == exercise_at:
            keyboard.go_to_cell(number)
            answer_exercise(keyboard, tab.page.locator(f"[aria-label='Exercise {asked}']"), exercise)
        else:
            continue
        keyboard.back_to_cell(number)
        keyboard.press("ArrowDown")
    assert tab.page.evaluate("() => globalThis.mice ?? 0") == 0
    # JupyterLab adds an empty cell after the last one; any other would come from a key taken for a shortcut.
    assert tab.page.locator(".jp-Notebook .jp-Cell").count() == len(cells) + 1
    assert tab.console == []
    tab.close()


@pytest.fixture(scope="module")
def small(chromium, server):
    """A lesson on a screen of 1280 by 800 pixels at 200 %."""
    tab = lab.Page(chromium, server, height=800, zoom=2)
    tab.open("notebooks/21_what_does_a_gpu_hour_cost.ipynb")
    tab.run_all(".sc-panel .sc-chart svg")
    tab.lay_out_all()
    yield tab
    tab.close()


@pytest.fixture
def panel(small):
    """Its panel at the course's values."""
    found = small.page.locator(".sc-panel:has(.sc-controls)")
    found.get_by_role("button", name="Reset all").press("Enter")
    forms.settle(found)
    return found


def test_a_panel_is_usable_at_200_percent(small, panel):
    """Each control can be reached and is in sight when it has the focus; the sentence wraps, and follows."""
    assert small.page.evaluate("() => [innerWidth, devicePixelRatio]") == [640, 2]
    keyboard = Keyboard(small)
    panel.get_by_label("Preset").focus()
    reached = set()
    while small.page.evaluate("() => Boolean(document.activeElement.closest('.sc-controls, .sc-tools, .sc-figure'))"):
        assert small.page.evaluate(SEEN), f"hidden: {keyboard.focus}"
        reached.add(keyboard.focus.get_attribute("id"))
        keyboard.press("Tab")
    assert {slider.get_attribute("id") for slider in panel.get_by_role("slider").all()} <= reached
    before = panel.locator(".sc-sentence").inner_text()
    panel.get_by_role("slider", name="Utilisation").focus()
    moved(panel, keyboard, "PageDown")
    sentence = panel.locator(".sc-sentence")
    assert sentence.inner_text() != before
    sentence.scroll_into_view_if_needed()
    box = sentence.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 640
    assert box["y"] >= 0 and box["y"] + box["height"] <= 400
    assert sentence.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    assert small.page.evaluate(looks.CROOKED) == []
    assert small.page.locator(".jp-WindowedPanel-outer").evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")


def test_nothing_moves_for_those_who_asked_for_stillness(small, panel):
    page = small.page
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(looks.MOVING) == []
    for style, found in (
        (".sc-row { transition: opacity 1s; }", True),
        ("@keyframes turn { to { rotate: 1turn; } } .sc-title { animation: turn 1s infinite; }", True),
        ("@media (prefers-reduced-motion: no-preference) { .sc-row { transition: opacity 1s; } }", False),
    ):
        planted = page.add_style_tag(content=style)
        assert bool(page.evaluate(looks.MOVING)) == found
        planted.evaluate("(node) => node.remove()")
    page.emulate_media(reduced_motion="no-preference")


def test_forced_colours_hide_nothing(small, panel):
    """What a colour says is also said by weight, mark or words, and the focus is seen."""
    page = small.page
    page.emulate_media(forced_colors="active")
    try:
        slider = panel.get_by_role("slider", name="Utilisation")  # it leads
        slider.focus()
        moved(panel, Keyboard(small), "ArrowRight")
        assert slider.evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"
        lines = panel.locator(".sc-row").evaluate_all("(all) => all.map((n) => getComputedStyle(n).borderLeftColor)")
        assert lines[0] not in lines[1:]
        weights = panel.locator(".sc-row label").evaluate_all("(all) => all.map((n) => getComputedStyle(n).fontWeight)")
        assert weights[0] == "600" and set(weights[1:]) == {"400"}
        looks.assert_accessible(page)
    finally:
        page.emulate_media(forced_colors="none")
