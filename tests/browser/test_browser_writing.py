"""Fields for text in a real JupyterLab: what is typed is there after a reload, a restart and on the page to hand in."""

import lab
import pytest
from playwright.sync_api import expect
from sovereign_compute.controls import progress
from sovereign_compute.controls.writing import KEPT

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

CELLS = ("import sovereign_compute as sc\nlesson = sc.lesson(21)", 'lesson.write("discuss")', "sc.my_work()")
FIRST, SECOND = "Which is it?\nThe <b>whole</b> machine.", "Marginal cost."


WRITTEN = {"answers": CELLS}


@pytest.fixture
def tab(chromium, server):
    tab = lab.Page(chromium, server)
    tab.open("notebooks/answers.ipynb")
    tab.run_all(".sc-panel textarea")
    yield tab
    tab.close()


def form(tab):
    return tab.page.locator(".sc-panel", has=tab.page.locator("textarea"))


def test_what_is_typed_is_kept_through_a_reload_and_a_restart(tab):
    page = tab.page
    first, second = form(tab).get_by_label("A minister says"), form(tab).get_by_label("Should a university pay")
    first.fill(FIRST)  # kept while the cursor is still in the field
    expect(form(tab).get_by_role("status")).to_have_text(KEPT)
    expect(form(tab).locator(".sc-left").first).to_have_text(f"{progress.LONGEST_TEXT - len(FIRST):,} letters left")
    second.fill("x" * (progress.LONGEST_TEXT + 1))
    expect(second).to_have_value("x" * progress.LONGEST_TEXT)
    second.fill(SECOND)
    second.press("Tab")
    expect(form(tab).get_by_role("status")).to_have_text(KEPT)

    tab.save()
    tab.open("notebooks/answers.ipynb")
    expect(first).to_have_value(FIRST)

    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(form(tab).get_by_role("alert")).to_contain_text("Run All Cells")
    second.fill(SECOND + " Or none?")  # into a form without a kernel: the next one takes it over
    tab.wait_for_kernel()
    tab.run_all(".sc-panel textarea")
    expect(first).to_have_value(FIRST)
    expect(second).to_have_value(SECOND + " Or none?")
    expect(form(tab).get_by_role("status")).to_have_text(KEPT)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download what I have written as a page (HTML)").click()
    handed_in = download.value.path().read_text(encoding="utf-8")
    assert "The &lt;b&gt;whole&lt;/b&gt; machine." in handed_in and "Or none?" in handed_in
    assert tab.outside == []
