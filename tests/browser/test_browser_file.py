"""One file with a live panel, opened from the disk in a real Chromium: no kernel, no network, no text made to code."""

import json

import lab
import pytest
from playwright.sync_api import expect
from sovereign_compute.analysis.leading import leading
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.browser.page import page
from sovereign_compute.display.charts import in_words
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.lessons.l21_gpu_hour.moves import MOVES
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.runway import runway

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

ASSUMPTION = inputs(gpu_hour_cost)["utilisation"]
TIMED = """async (presses) => {
  const kernel = document.querySelector(".sc-panel"), slider = kernel.querySelector("input[type=range]");
  const times = [];
  for (let n = 0; n < presses; n += 1) {
    const chart = kernel.querySelector(".sc-chart"), start = performance.now();
    const drawn = new Promise((resolve) => {
      new MutationObserver((_, seen) => { seen.disconnect(); resolve(); })
        .observe(chart, { subtree: true, attributes: true, childList: true, characterData: true });
    });
    slider[n % 2 ? "stepUp" : "stepDown"]();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn;
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[presses >> 1];
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The pages of a panel with its moves, and of one whose band takes long."""
    folder = tmp_path_factory.mktemp("pages")
    for name, made in {"cost": page(gpu_hour_cost, MOVES["gpu_hour_cost"]), "runway": page(runway)}.items():
        (folder / f"{name}.html").write_text(made, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in ("cost", "runway")}


@pytest.fixture
def opened(chromium, files):
    """Opens a page; afterwards it has asked for nothing, and nothing went wrong in it."""
    context = chromium.new_context(viewport={"width": 1200, "height": 1000})
    tab, asked, wrong = context.new_page(), [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))

    def open_it(name: str = "cost", more: str = ""):
        tab.goto(files[name] + more)
        expect(tab.locator(".sc-chart svg")).to_be_visible()
        return tab

    yield open_it
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == [] and wrong == []
    context.close()


def said(**changes) -> str:
    return unparted(in_words(gpu_hour_cost, **changes).text)


def test_a_file_is_a_live_panel(opened, capsys):
    tab = opened()
    sentence = tab.locator(".sc-sentence")
    expect(sentence).to_have_text(said())
    field = tab.get_by_role("spinbutton", name=ASSUMPTION.label)
    field.fill("61,5")
    field.press("Enter")
    expect(sentence).to_have_text(said(utilisation=61.5))
    field.fill("1000")
    field.press("Enter")
    expect(tab.get_by_text("1,000 is out of range; allowed is")).to_be_visible()
    tab.get_by_role("button", name="What you should have seen").click()
    expect(tab.locator(".sc-seen")).to_have_text(unparted(MOVES["gpu_hour_cost"][0].seen()))
    tab.get_by_role("button", name="Load “").click()
    expect(tab.get_by_label("Preset")).to_have_value(MOVES["gpu_hour_cost"][0].preset)
    with capsys.disabled():
        print(f"\n  from a move to the repainted chart, median: {tab.evaluate(TIMED, 30):.0f} ms", end="")


def test_what_is_saved_stays_in_the_browser(opened):
    tab = opened()
    tab.get_by_role("spinbutton", name=ASSUMPTION.label).fill("70")
    tab.get_by_role("spinbutton", name=ASSUMPTION.label).press("Enter")
    tab.get_by_text("Save, load, share").click()
    tab.get_by_label("Save as").fill("Mine <b>")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_text("Saved in this browser as “Mine <b>”.")).to_be_visible()
    tab.reload()
    expect(tab.locator(".sc-sentence")).to_have_text(said())
    tab.get_by_text("Save, load, share").click()
    tab.get_by_label("Saved", exact=True).select_option("Mine <b>")
    expect(tab.locator(".sc-sentence")).to_have_text(said(utilisation=70))
    tab.get_by_label("Compare with").select_option("saved:Mine <b>")
    expect(tab.get_by_text("Compared with the scenario “Mine <b>”.")).to_be_visible()


def test_what_lies_in_the_browser_is_names_and_numbers(opened):
    tab, script = opened(), '<img src=x onerror="window.stung = true">'
    kept = {script: {"utilisation": 70}, "x" * 100: {}, "no": "text", "bad": {"utilisation": script, "pue": 1.5}}
    place = "sovereign-compute scenarios"
    for text in ("{", "null", "[1]", '"x"', json.dumps(kept)):
        tab.evaluate("([place, text]) => localStorage.setItem(place, text)", [place, text])
        tab.reload()
        expect(tab.locator(".sc-sentence")).to_have_text(said())
    tab.get_by_text("Save, load, share").click()
    names = tab.get_by_label("Saved", exact=True)
    assert names.locator("option").all_inner_texts() == ["Choose…", script, "bad"]
    names.select_option("bad")
    expect(tab.get_by_text(f"{ASSUMPTION.label}: '{script[:40]}' is not a number")).to_be_visible()
    names.select_option(script)
    expect(tab.locator(".sc-sentence")).to_have_text(said(utilisation=70))
    assert tab.evaluate("window.stung") is None


def test_a_link_carries_a_scenario(opened):
    changes = {"utilisation": 55.0, "lifetime": 8.0}
    tab = opened(more=f"?scenario={scenarios.encode(changes)}")
    expect(tab.locator(".sc-sentence")).to_have_text(said(**changes))


def test_the_band_of_a_long_model_follows_the_move(opened, capsys):
    tab, moved = opened("runway"), inputs(runway)[leading(runway)[0]]
    field = tab.get_by_role("spinbutton", name=moved.label)
    field.fill(str(moved.high))
    field.press("Enter")
    expect(tab.locator(".sc-sentence")).to_have_text(unparted(in_words(runway, **{moved.id: moved.high}).text))
    with capsys.disabled():
        print(f"\n  the same for the longest model: {tab.evaluate(TIMED, 10):.0f} ms", end="")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_theme_of_the_system(opened, scheme):
    tab = opened()
    tab.emulate_media(color_scheme=scheme)
    expect(tab.locator("body")).to_have_attribute("data-jp-theme-light", str(scheme == "light").lower())
