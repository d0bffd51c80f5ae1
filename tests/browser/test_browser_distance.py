"""A panel in a real JupyterLab whose kernel is far away: it shows a move at once, and in the end what the kernel says."""

import distant
import forms
import lab
import pytest

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

CELLS = ("import sovereign_compute as sc", "panel = sc.explore(sc.lesson(21).gpu_hour_cost)\npanel", "panel.values")
SLIDER = "input[id$='-electricity_price-range']"
WAY = 150  # milliseconds
NEVER = 600_000
ASKED = b'"name": "view its own"'
# What stands in the sentence whenever it is another one, and whether the kernel was waited for.
FOLLOW = """() => {
  const [said, figure] = [".sc-sentence", ".sc-figure"].map((one) => document.querySelector(one));
  globalThis.followed = [];
  new MutationObserver(() => followed.push([said.textContent, figure.hasAttribute("aria-busy")]))
    .observe(said, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = lab.course(tmp_path_factory.mktemp("course"))
    lab.write(folder / "notebooks" / "far.ipynb", *CELLS)
    return folder


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


def test_a_move_is_shown_before_the_kernel_answers_and_nothing_outside_is_asked(tab, way):
    ready(tab)
    page, said = tab.page, tab.page.locator(".sc-sentence")
    before = said.inner_text()
    page.evaluate(FOLLOW)
    way.milliseconds = NEVER
    page.keyboard.press("PageUp")
    page.wait_for_function("(before) => document.querySelector('.sc-sentence').textContent !== before", arg=before)
    early = said.inner_text()
    page.wait_for_function(
        "(said) => document.querySelector('.sc-chart svg').getAttribute('aria-label') === said",
        arg=said.text_content(),
    )
    assert page.locator(".sc-figure[aria-busy]").count() == 1
    assert early != before and [busy for _, busy in page.evaluate("followed")] == [True]
