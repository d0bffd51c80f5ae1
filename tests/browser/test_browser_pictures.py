"""The pictures of all panels as a browser draws them: nothing is cut, nothing lies on something else."""

import bare
import lab
import pytest
from playwright.sync_api import expect
from sovereign_compute.controls import progress
from sovereign_compute.controls.panel import explore
from sovereign_compute.inputs import data
from sovereign_compute.inputs.presets import presets
from sovereign_compute.models.registry import MODELS

pytestmark = [
    pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE),
    pytest.mark.usefixtures("learner", "few_draws"),
]

NARROW = 820  # pixels: the narrowest page on which controls and picture stand side by side
PHONE = 360


@pytest.fixture(scope="module")
def page(chromium):
    page = bare.Bare(chromium, NARROW)
    yield page
    page.page.close()


@pytest.fixture(scope="module")
def phone(chromium):
    page = bare.Bare(chromium, PHONE)
    yield page
    page.page.close()


def tell(panel, kind: str, **message) -> None:
    panel._receive(panel, {"kind": kind, "seq": panel._state["seq"] + 1, **message}, [])
    assert panel._state["errors"] == {}


@pytest.mark.parametrize("name", bare.EVERY)
def test_every_picture_holds_its_texts(page, name):
    """Each view, with each preset in those of several results; compared with a preset, the rows keep their order."""
    panel, known = explore(MODELS[name].function), list(presets(name))
    page.open(panel)
    faults, singles = {}, [output.id for output in MODELS[name].outputs]

    def look(*at):
        page.show(panel)
        if found := page.faults():
            faults[at] = found
        return page.names()

    for view in panel._views:
        tell(panel, "reset")
        tell(panel, "compare", **{"with": "course", "id": ""})
        tell(panel, "view", id=view)
        order = look(view, "course")
        for preset in known if view not in singles else known[:1]:
            tell(panel, "preset", id=preset)
            look(view, preset)
        for preset in known[:1]:
            tell(panel, "reset")
            tell(panel, "view", id=view)
            tell(panel, "compare", **{"with": "preset", "id": preset})
            assert look(view, "compared", preset) == order, view
    assert faults == {}


@pytest.mark.parametrize("guess", [0.3, 5.0, 900.0])
@pytest.mark.parametrize("name", bare.EVERY)
def test_a_picture_on_a_phone_holds_its_texts_and_what_was_guessed(phone, name, guess):
    """Short of what was guessed, near it, or far beyond the end of the axis."""
    asked = [row for row in data.records("predictions") if row["model"] == name]
    if not asked and guess != 5:
        return
    progress.keep("predictions", {row["id"]: {"value": guess, "on": "2026-11-23"} for row in asked})
    panel = explore(MODELS[name].function)
    phone.open(panel)
    assert phone.faults() == []


def test_a_title_that_stands_above_the_panel_is_not_said_twice(page):
    for model, twice in (("gpu_hour_cost", True), ("queue_wait", False)):
        panel = explore(MODELS[model].function)
        page.open(panel)
        told = panel._chart["spec"]["title"]
        shown = " ".join(page.page.locator(".sc-chart .role-title text").all_text_contents())
        shown = shown.replace("\N{NO-BREAK SPACE}", " ")
        assert (told["text"] == panel._setup["title"]) == twice
        assert (told["text"] in shown) != twice
        assert " ".join([told["subtitle"]] if isinstance(told["subtitle"], str) else told["subtitle"])[:20] in shown


def test_a_cut_text_and_a_covered_text_are_seen(page):
    panel = explore(MODELS["gpu_hour_cost"].function)
    page.open(panel)
    assert page.faults() == []
    text = "document.querySelector('.sc-chart svg g.mark-text text')"
    page.page.evaluate(f"() => {text}.setAttribute('transform', 'translate(900, 0)')")
    assert page.faults()[0].startswith("cut: ")
    page.show(panel)
    title = "document.querySelector('.sc-chart svg .role-title-text text')"
    page.page.evaluate(f"() => {text}.parentNode.appendChild({title}.cloneNode(true)).setAttribute('transform', '')")
    page.page.evaluate(f"() => {text}.parentNode.appendChild({text}.cloneNode(true))")
    assert any(found.startswith("on each other: ") for found in page.faults())


def test_the_band_is_offered_where_it_is_drawn(page):
    panel = explore(MODELS["gpu_hour_cost"].function)
    page.open(panel)
    box = page.page.get_by_label("90 % band")
    assert box.is_visible()
    tell(panel, "view", id="total")
    page.show(panel)
    assert not box.is_visible()


def test_the_table_of_a_result_in_bins_lists_the_result(page):
    panel = explore(MODELS["gpu_hour_cost"].function)
    page.open(panel)
    tell(panel, "view", id="total")
    page.show(panel)
    page.page.get_by_text("Show as table").click()
    rows = page.page.locator(".sc-table tbody tr")
    expect(rows).to_have_count(5)
    assert rows.first.inner_text().split("\t") == ["Your scenario", f"{panel._state['rows']['start'][30]:.4f}"]
