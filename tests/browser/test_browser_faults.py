"""What goes wrong in a class, in a real JupyterLab and Chromium: scripts as names, dead kernels, two tabs."""

import json
import os
import signal
from urllib.parse import quote

import lab
import pytest
from sovereign_compute.inputs import scenarios

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

CHART = ".sc-chart svg"
SCRIPT = '<img src=x onerror="window.stung = true">'
BLOCK = "<script>window.stung = true</script>"
EVERYTHING = (
    "import sovereign_compute as sc",
    "sc.explore(sc.lesson(21).gpu_hour_cost)",
    'sc.check("21.1")',
    "sc.lesson(21).predictions()",
    "sc.progress()",
    f"sc.side_by_side(sc.lesson(21).gpu_hour_cost, {{}}, {{'pue': 1.5}}, names=['ours', {SCRIPT!r}])",
    "sc.lesson(42).memo()",
    f"sc.lesson(43).scenario({('SC1-' + SCRIPT)!r})",  # the last: JupyterLab stops there
)
PANEL = ("import os\nimport sovereign_compute as sc\nprint(os.getpid())", "sc.explore(sc.lesson(21).gpu_hour_cost)")
THEIRS = (
    "import altair as alt\nimport sovereign_compute as sc",
    "sc.explore(sc.lesson(21).gpu_hour_cost)",
    "alt.Chart(sc.data('cloud_prices')).mark_point().encode(x='observed_to:T', y='price:Q', color='provider:N')",
)


WRITTEN = {"everything": EVERYTHING, "killed": PANEL, "tabs": PANEL, "theirs": THEIRS}


@pytest.fixture(scope="module")
def folder(folder):
    own = folder / "notebooks" / "my_course"
    own.mkdir()
    entry = {"value": SCRIPT, "unit": BLOCK, "label": SCRIPT}
    content = {"name": SCRIPT, "notes": BLOCK, "changes": {SCRIPT: entry, "pue": {"value": 1.5}, "lifetime": entry}}
    (own / "scenario-evil.json").write_text(json.dumps(content), encoding="utf-8")
    tried = {
        "exercises": {SCRIPT: {"tries": 1}, "21.1": {"tries": SCRIPT}},
        "predictions": {"gpu-hour": {"value": BLOCK}},
    }
    (own / "progress.json").write_text(json.dumps(tried), encoding="utf-8")
    return folder


def settled(panel) -> None:
    panel.page.wait_for_function(
        """(panel) => !panel.querySelector('.sc-figure[aria-busy]') && panel.querySelector('.sc-chart svg')
        ?.getAttribute('aria-label') === panel.querySelector('.sc-sentence').textContent""",
        arg=panel.element_handle(),
        timeout=30_000,
    )


def enter(panel, label: str, text: str) -> None:
    field = panel.get_by_role("spinbutton", name=label, exact=True)
    field.fill(text)
    field.press("Enter")
    settled(panel)


def panel_of(tab):
    found = tab.page.locator(".sc-panel:has(.sc-controls)")
    settled(found)
    return found


def assert_untouched(page) -> None:
    # A picture that does not exist takes a moment to fail: this one was asked for after all of the others.
    page.evaluate("() => new Promise((fails) => { Object.assign(new Image(), { onerror: fails, src: 'y' }); })")
    assert page.evaluate("() => [window.stung, document.querySelectorAll('img[src=x]').length]") == [None, 0]


# Scripts ------------------------------------------------------------------------------------------------------------


def test_text_from_elsewhere_runs_no_script(chromium, server, folder):
    tab = lab.Page(chromium, server)
    page = tab.page
    tab.open("notebooks/everything.ipynb", query=f"scenario={quote(SCRIPT)}")
    tab.run_all(CHART)
    panel = panel_of(tab)
    problem = panel.locator("> .sc-error").filter(has_text="a scenario code starts with SC1-")
    problem.wait_for()
    assert "'<img src'" in problem.text_content()
    page.locator(".jp-RenderedHTMLCommon caption", has_text="Your progress").wait_for()
    assert page.locator("td", has_text=SCRIPT).count() == 1  # the exercise of that name
    assert page.locator("th", has_text=SCRIPT).count() == 1  # the scenario of that name
    page.locator(".jp-RenderedText", has_text="Not possible: this scenario code is incomplete").wait_for()
    assert_untouched(page)

    panel.get_by_text("Save, load, share").click()
    settled(panel)
    panel.get_by_label("Saved").select_option(label=SCRIPT)
    panel.locator("> .sc-notice").filter(has_text=SCRIPT[:20]).wait_for()
    settled(panel)
    assert "Left out" in panel.locator("> .sc-notice").text_content()
    for label, text in (("Code (", SCRIPT), ("Save as", BLOCK), ("Code (", "SC1-" + BLOCK)):
        panel.get_by_label(label).fill(text)
        panel.get_by_label(label).press("Enter")
        settled(panel)
        assert_untouched(page)
    assert panel.get_by_label("Saved").locator("option", has_text=BLOCK).count() == 1

    memo = page.locator(".sc-panel[aria-label=Memo]")
    memo.get_by_label("Claim").fill(SCRIPT + BLOCK)
    memo.get_by_label("Other side").fill(f"[x](javascript:window.stung=true) {SCRIPT}\n{BLOCK}")
    memo.get_by_role("button", name="Write the memo").click()
    memo.get_by_role("status").filter(has_text="Written:").wait_for(timeout=60_000)
    assert_untouched(page)
    assert tab.outside == []
    page.goto("about:blank")
    page.set_content((folder / "notebooks" / "my_course" / "memo.html").read_text(encoding="utf-8"))
    assert SCRIPT in page.locator("body").inner_text()
    assert_untouched(page)
    page.goto(f"{server}/doc/workspaces/memo/tree/notebooks/my_course/memo.md?reset")
    page.locator(".jp-RenderedMarkdown h1", has_text="a memo").wait_for(timeout=60_000)
    assert SCRIPT in page.locator(".jp-RenderedMarkdown").inner_text()
    assert page.locator(".jp-RenderedMarkdown a[href^=javascript]").count() == 0
    assert_untouched(page)
    tab.close()


# A chart that is not the course's -----------------------------------------------------------------------------------


def test_a_chart_of_a_learner_is_drawn_without_a_network(chromium, server, folder):
    (folder / "elsewhere").mkdir()
    (folder / "notebooks" / "theirs.ipynb").rename(folder / "elsewhere" / "theirs.ipynb")  # finds the course there, too
    tab = lab.Page(chromium, server)
    tab.open("elsewhere/theirs.ipynb")
    tab.run_all(CHART)
    chart = tab.page.locator(".jp-Cell").nth(2).locator(".vega-embed :is(svg, canvas)").first
    chart.wait_for()
    chart.scroll_into_view_if_needed()
    assert chart.bounding_box()["width"] > 200
    assert tab.outside == tab.console == []
    tab.close()


# A kernel that dies -------------------------------------------------------------------------------------------------


def test_a_killed_kernel_is_told_and_the_scenario_comes_back(chromium, server):
    tab = lab.Page(chromium, server)
    tab.open("notebooks/killed.ipynb")
    tab.run_all(CHART)
    panel = panel_of(tab)
    enter(panel, "Utilisation", "47")
    code = panel.locator(".sc-keep .sc-code").input_value()
    kernel = int(tab.page.locator(".jp-OutputArea-output pre").first.inner_text())
    os.kill(kernel, signal.SIGKILL)
    told = panel.locator("> .sc-error", has_text="stopped or restarted").first
    told.wait_for(timeout=60_000)
    assert "Run All Cells" in told.text_content()
    for button in tab.page.get_by_role("dialog").get_by_role("button", name="Ok").all():
        button.click()
    tab.wait_for_kernel()
    tab.run_all()
    tab.page.wait_for_function("() => !document.querySelector('.sc-panel > .sc-error')?.textContent")
    panel = panel_of(tab)
    tab.page.wait_for_function("(code) => document.querySelector('.sc-keep .sc-code').value === code", arg=code)
    settled(panel)
    assert panel.get_by_role("spinbutton", name="Utilisation", exact=True).input_value() == "47"
    # Once is enough: what is taken back afterwards stays taken back.
    panel.get_by_role("button", name="Reset all").click()
    settled(panel)
    tab.run_again(1)
    assert panel_of(tab).locator(".sc-keep .sc-code").input_value() == scenarios.encode({})
    tab.close()


# Two tabs -----------------------------------------------------------------------------------------------------------


def test_two_tabs_on_one_notebook_share_one_scenario(chromium, server):
    first, second = lab.Page(chromium, server), lab.Page(chromium, server)
    first.open("notebooks/tabs.ipynb")
    first.run_all(CHART)
    enter(panel_of(first), "Utilisation", "47")
    second.open("notebooks/tabs.ipynb", route="doc/workspaces/second/tree")
    second.run_again(1)
    mine, other = panel_of(first), panel_of(second)
    assert other.get_by_role("spinbutton", name="Utilisation", exact=True).input_value() == "47"
    enter(other, "Years of use", "8")
    first.page.wait_for_function(
        "(text) => document.querySelector('.sc-sentence').textContent === text",
        arg=other.locator(".sc-sentence").text_content(),
    )
    enter(mine, "Utilisation", "48")
    second.page.wait_for_function(
        "(text) => document.querySelector('.sc-sentence').textContent === text",
        arg=mine.locator(".sc-sentence").text_content(),
    )
    assert first.console == second.console == []
    first.close()
    second.close()
