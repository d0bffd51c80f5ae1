"""A panel in a real JupyterLab whose kernel is far away: it shows moves at once, and at last what it says."""

import json

import distant
import forms
import lab
import pytest

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

CELLS = (
    "import sovereign_compute as sc",
    "panel = sc.explore(sc.lesson(21).gpu_hour_cost)\npanel",
    "print(panel._state['sentence'])",
)
SLIDER = "input[id$='-electricity_price-range']"
WAY = 150  # milliseconds
NEVER = 600_000
# Messages of panels are heard in a thread of their own, so a cell that runs would not keep this one from answering.
ASLEEP = "import time; panel._answer = lambda *_: time.sleep(600); print('asleep')"
ASKED = b'"name": "view its own"'
DRAWN = """() => document.querySelector('.sc-chart svg').getAttribute('aria-label')
  === document.querySelector('.sc-sentence').textContent"""
# What stands in the sentence whenever it is another one, and whether the kernel was waited for.
FOLLOW = """() => {
  const [said, figure] = [".sc-sentence", ".sc-figure"].map((one) => document.querySelector(one));
  globalThis.followed = [];
  new MutationObserver(() => followed.push([said.textContent, figure.hasAttribute("aria-busy")]))
    .observe(said, { childList: true, characterData: true, subtree: true });
}"""


WRITTEN = {"far": CELLS}


@pytest.fixture
def way(server):
    with distant.line(server, WAY) as found:
        yield found


@pytest.fixture
def tab(chromium, way):
    tab = lab.Page(chromium, way.address)
    tab.open("notebooks/far.ipynb")
    tab.run_all(".sc-panel .sc-chart svg")
    yield tab
    tab.close_quiet()


def ready(tab) -> None:
    """Press keys until the page has found out how far away its kernel is, and has what it answers with."""
    panel = tab.page.locator(".sc-panel")
    forms.settle(panel)
    tab.page.focus(SLIDER)
    for key in ("ArrowRight", "ArrowLeft") * 2:
        tab.page.keyboard.press(key)
        forms.settle(panel)
    lab.until(tab.page, lambda: handed_over(tab), "the view that the page asks for")
    lab.still(tab.page)


def handed_over(tab) -> bool:
    return any(ASKED in frame for frame in tab.received)


def kernel_says(tab) -> str:
    """The sentence of the panel in its kernel, which a cell asks for."""
    tab.run_again(2)
    return tab.page.locator(".jp-Cell").nth(2).locator(".jp-OutputArea-output").inner_text().strip()


def same(text: str) -> str:
    return text.replace("\xa0", " ")


def test_a_move_is_shown_before_the_kernel_has_heard_of_it_and_a_drag_ends_with_what_it_says(tab, way):
    ready(tab)
    page, panel, said = tab.page, tab.page.locator(".sc-panel"), tab.page.locator(".sc-sentence")
    before = said.inner_text()
    page.evaluate(FOLLOW)
    way.milliseconds = NEVER
    page.keyboard.press("PageUp")
    page.wait_for_function("(before) => document.querySelector('.sc-sentence').textContent !== before", arg=before)
    page.wait_for_function(DRAWN)
    assert panel.locator(".sc-figure[aria-busy]").count() == 1
    way.milliseconds = WAY
    forms.settle(panel)
    assert [busy for _, busy in page.evaluate("followed")] == [True]
    assert same(said.inner_text()) == kernel_says(tab)

    page.evaluate("() => { followed.length = 0; }")
    box = page.locator(SLIDER).bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 3, y)
    page.mouse.down()
    for step in range(1, 31):
        page.mouse.move(box["x"] + box["width"] / 3 + 2 * step, y)
    page.mouse.up()
    forms.settle(panel)
    followed = page.evaluate("followed")
    assert len(followed) > 3 and all(busy for _, busy in followed)  # all of it before an answer, and nothing after
    assert len({sentence for sentence, _ in followed}) == len(followed)  # none comes back
    assert same(said.inner_text()) == kernel_says(tab)
    assert len(tab.page.evaluate("sovereignCompute.ways")) == 5


def test_a_busy_kernel_that_is_restarted_confirms_nothing_and_the_next_one_is_asked_anew(tab, way):
    ready(tab)
    page, panel, said = tab.page, tab.page.locator(".sc-panel"), tab.page.locator(".sc-sentence")
    before = said.inner_text()
    tab.page.evaluate(f"""() => {{
      {lab.NOTEBOOK}.widgets[2].model.sharedModel.setSource({json.dumps(ASLEEP)});
      {lab.NOTEBOOK}.activeCellIndex = 2;
    }}""")
    tab.command("notebook:run-cell")
    page.locator(".jp-OutputArea-output", has_text="asleep").wait_for()
    page.focus(SLIDER)
    page.keyboard.press("PageUp")
    page.wait_for_function("(before) => document.querySelector('.sc-sentence').textContent !== before", arg=before)
    tab.command("kernelmenu:restart")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    panel.locator("> .sc-error", has_text="stopped or restarted").wait_for()
    assert said.inner_text() == before
    page.evaluate(f"() => {{ {lab.NOTEBOOK}.widgets[2].model.sharedModel.setSource('') }}")
    tab.wait_for_kernel()
    tab.received.clear()
    tab.run_all(".sc-panel .sc-chart svg")
    lab.until(page, lambda: handed_over(tab), "the view, which a page that knows the way asks for at once")
    forms.settle(panel)
    page.focus(SLIDER)
    way.milliseconds = NEVER
    page.keyboard.press("PageUp")
    page.wait_for_function("(before) => document.querySelector('.sc-sentence').textContent !== before", arg=before)
    way.milliseconds = WAY
    forms.settle(panel)
