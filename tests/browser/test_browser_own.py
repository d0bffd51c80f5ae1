"""A function of a learner's in a real JupyterLab and a real Chromium: written, explored, broken, mended, kept."""

import lab
import pytest
from playwright.sync_api import expect
from test_browser_panel import PanelOnPage

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

WRITTEN = '''def my_cost(utilisation, price=4.0):
    """My hour (EUR)."""
    return price * 80 / utilisation'''
BROKEN = '''def my_cost(utilisation, price=4.0):
    """My hour (EUR)."""
    return price * hours / utilisation'''
MENDED = '''def my_cost(utilisation, price=4.0, people=2):
    """My hour (EUR)."""
    if people > 4:
        return price
    return (price + people) * 80 / utilisation'''
CELLS = ("import sovereign_compute as sc", WRITTEN, "sc.explore(my_cost)", 'sc.slider("utilisation")')


WRITTEN = {"own": CELLS}


@pytest.fixture
def tab(chromium, server):
    tab = lab.Page(chromium, server)
    tab.open("notebooks/own.ipynb")
    yield tab
    tab.close_quiet()


def write(tab, number: int, code: str) -> None:
    """Type other code into a cell, and run it."""
    tab.page.evaluate(f"([n, code]) => {lab.NOTEBOOK}.widgets[n].model.sharedModel.setSource(code)", [number, code])
    tab.run_again(number)


def test_a_function_is_explored_broken_mended_saved_shared_and_there_again(tab, folder):
    tab.run_all(".sc-panel .sc-chart svg")
    panel, page = PanelOnPage(tab), tab.page
    panel.settled()
    assert panel.sentence.startswith("With the values set here, “My cost” is 4 EUR (90 % range ")
    expect(panel.root.get_by_role("button", name="Source of Price: unsourced")).to_have_count(1)
    expect(panel.root.get_by_label("Preset", exact=True)).to_have_count(0)
    panel.enter("Price", 6)
    assert "is 6 EUR" in panel.sentence

    write(tab, 1, BROKEN)
    expect(panel.root.locator("> .sc-error").first).to_contain_text(
        "my_cost stopped with NameError in line 3 (return price * hours / utilisation): name 'hours' is not defined."
    )
    assert "is 6 EUR" in panel.sentence

    write(tab, 1, MENDED)
    expect(panel.field("People")).to_have_value("2")
    panel.settled()
    assert "is 8 EUR" in panel.sentence
    assert panel.problem == ""
    expect(panel.root).to_contain_text("because line 3 (if people > 4:) does not take arrays")

    # A plain control and the panel are one.
    handle = page.locator(".widget-slider").filter(has_text="Utilisation (%)").get_by_role("slider")
    panel.enter("Utilisation", 40)
    expect(page.locator(".widget-readout")).to_have_text("40")
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(panel.field("Utilisation")).to_have_value("41")
    panel.enter("Utilisation", 40)
    assert "is 16 EUR" in panel.sentence

    panel.keep()
    expect(panel.root).to_contain_text("The code does not hold Price of your function")
    panel.root.get_by_label("Save as").fill("Mine")
    panel.root.get_by_role("button", name="Save", exact=True).click()
    expect(panel.root.locator("> .sc-notice")).to_contain_text("Saved as notebooks/my_course/scenario-mine.json.")
    code = panel.root.get_by_label("Code (copy it").input_value()
    panel.reset()
    assert "is 6 EUR" in panel.sentence
    tab.save()

    tab.open("notebooks/own.ipynb")
    panel = PanelOnPage(tab)
    expect(panel.field("People")).to_have_value("2")
    panel.settled()
    panel.keep()
    panel.root.get_by_label("Code (copy it").fill(code)
    panel.root.get_by_label("Code (copy it").press("Enter")
    panel.settled()
    assert "is 12 EUR" in panel.sentence  # without the price, which no code holds
    panel.choose("Saved", "Mine")
    assert "is 16 EUR" in panel.sentence
