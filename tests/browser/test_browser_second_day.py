"""A notebook that was run, saved and shut down, opened another day: in JupyterLab with and without our settings."""

import json

import lab
import pytest
from playwright.sync_api import expect
from sovereign_compute.lessons import course

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

LESSON = "21_what_does_a_gpu_hour_cost"
OWN = (
    "import ipywidgets\nimport sovereign_compute as sc\nlesson = sc.lesson(21)",
    "sc.explore(sc.lesson(21).gpu_hour_cost)",
    "ipywidgets.IntSlider(7)",
    'sc.check("21.1")',
)
VIEW = "application/vnd.jupyter.widget-view+json"
DEAD = "model not found"


WRITTEN = dict.fromkeys(("restarted", "renamed", "bare"), OWN)


@pytest.fixture(scope="module")
def bare(folder):
    with lab.jupyter(folder, bare=True) as address:
        yield address


def widgets_in(path) -> int:
    """How many widgets the file names."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return sum(VIEW in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))


class Day(lab.Page):
    """A notebook in a page of its own."""

    def __init__(self, chromium, address: str, name: str):
        super().__init__(chromium, address)
        self.name = name
        self.look()

    def look(self) -> None:
        """Open the notebook, or load it again, and wait until all of it is there."""
        self.open(f"notebooks/{self.name}.ipynb")
        self.unfold()
        self.lay_out_all()
        self.page.wait_for_function(f"""() => {lab.NOTEBOOK}.widgets.every((cell) => cell.model.type !== 'code'
            || cell.outputArea.layout.widgets.length >= cell.model.outputs.length)""")

    def shows(self, live: int = 0, dead: int = 0) -> None:
        alive = self.page.locator(".jp-OutputArea-output:has(.sc-panel, .widget-slider)")
        gone = self.page.locator(".jp-OutputArea-output", has_text=f": {DEAD}")
        expect(alive).to_have_count(live, timeout=lab.LONGEST)
        expect(gone).to_have_count(dead, timeout=lab.LONGEST)  # the kernel has to be there first

    def save(self) -> None:
        self.command("docmanager:save")
        self.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")

    def end(self) -> None:
        """Save, shut the kernel down and leave."""
        self.save()
        self.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.close()


def output(day, cell: int):
    return day.page.locator(".jp-Cell").nth(cell).locator(".jp-OutputArea-output")


def test_a_lesson_of_another_day_shows_its_text_and_lives_again_when_run(chromium, server, folder):
    path = folder / "notebooks" / f"{LESSON}.ipynb"
    first = Day(chromium, server, LESSON)
    first.run_all(".sc-panel .sc-chart svg")
    first.wait_for_controls()
    first.save()
    live = widgets_in(path)
    assert live >= 8, live  # guesses, panel, what was found, exercises, cards, fields for text, tasks
    first.shows(live=live)
    first.look()
    first.shows(live=live)  # the kernel runs: what lives is back
    first.end()
    assert widgets_in(path) == live

    second = Day(chromium, server, LESSON)
    second.shows()
    told = second.page.locator(".jp-RenderedText").filter(has_text="Run All Cells")
    expect(told.filter(has_text="Panel: What one GPU-hour costs")).to_have_count(1)
    expect(told.filter(has_text="What we found, beside your guesses")).to_have_count(1)
    second.look()
    second.shows()  # now a kernel runs, in which nothing was made yet
    second.run_all(".sc-panel .sc-chart svg")
    second.shows(live=live)
    second.save()
    assert second.page.locator(".jp-Dialog").count() == 0  # no "changed on disk"
    assert widgets_in(path) == live
    assert second.outside == []
    second.close()


def test_after_a_restart_a_page_that_is_loaded_again_shows_text(chromium, server):
    day = Day(chromium, server, "restarted")
    day.run_all(".sc-panel .sc-chart svg")
    day.shows(live=3)
    day.save()
    day.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    day.wait_for_kernel()
    day.look()
    day.shows()
    day.page.locator(".jp-Cell").nth(0).locator(".jp-InputArea-editor").click()
    for cell in (0, 1):
        day.run_cell(cell)
    day.save()
    day.look()
    day.shows(live=1)  # what was run again lives, the rest is text
    expect(output(day, 2)).to_contain_text("IntSlider(value=7)")
    expect(output(day, 3)).to_contain_text("Run All Cells")
    day.close()


def test_a_notebook_that_is_renamed_keeps_its_widgets(chromium, server):
    day = Day(chromium, server, "renamed")
    day.run_all(".sc-panel .sc-chart svg")
    day.save()
    day.page.evaluate("() => jupyterapp.shell.currentWidget.context.rename('moved.ipynb')")
    day.name = "moved"
    day.look()
    day.shows(live=3)
    day.close()


def test_without_our_settings_the_line_under_the_title_says_what_to_press(chromium, bare):
    first = Day(chromium, bare, "bare")
    first.run_all(".sc-panel .sc-chart svg")
    first.shows(live=3)
    first.end()
    second = Day(chromium, bare, "bare")
    second.shows(dead=3)
    assert DEAD in course.ANOTHER_DAY
    expect(output(second, 0)).to_contain_text(course.ANOTHER_DAY)
    second.run_all(".sc-panel .sc-chart svg")
    second.shows(live=3)
    second.close()
