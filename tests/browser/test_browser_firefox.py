"""A page without a kernel in a real Firefox, whose powers and logarithms are its own: it says and draws the same."""

import firefox
import pytest
from sovereign_compute.browser.controls import exercises_control, predictions_control
from sovereign_compute.browser.page import document
from sovereign_compute.browser.panels import panel_control
from sovereign_compute.controls.widgets import script
from sovereign_compute.display.charts import ALL, OWN, in_words
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.models.ownership import gpu_hour_cost
from test_browser_views import FOLDER, MODELS, SIMULATE, differences

pytestmark = pytest.mark.skipif(firefox.FIREFOX is None, reason=firefox.HOW_TO_GET_ONE)

SCENARIOS = 20
DRAWN = "() => Boolean(document.querySelector('.sc-chart svg') && document.querySelector('.sc-check'))"


@pytest.fixture(scope="module")
def tab():
    with firefox.tab() as found:
        yield found


@pytest.fixture(scope="module")
def engine(tab, tmp_path_factory):
    """The tab with the engine of a page, and nothing else."""
    parts = {"engine.js": "Engine", "told.js": "Told, inputsOf"}
    made = "".join(
        f'<script type="module">{script(name, FOLDER)}\nObject.assign(globalThis, {{ {shared} }});</script>'
        for name, shared in parts.items()
    )
    file = tmp_path_factory.mktemp("firefox") / "engine.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{made}", encoding="utf-8")
    tab.goto(file.as_uri())
    assert tab.evaluate("() => Boolean(globalThis.Engine && globalThis.Told)")
    return tab


@pytest.mark.parametrize("name", MODELS)
def test_firefox_says_and_draws_what_the_kernel_does(engine, name):
    shown = ALL if name in SIMULATE else OWN
    assert differences(engine, MODELS[name].function, shown, count=SCENARIOS) == []


def test_a_page_lives_in_firefox(tab, tmp_path):
    """A panel answers a typed number, an exercise an answer, and nothing went wrong."""
    file = tmp_path / "page.html"
    controls = [predictions_control("gpu-hour"), panel_control(gpu_hour_cost), exercises_control("00")]
    file.write_text(document("Firefox", controls), encoding="utf-8")
    tab.goto(file.as_uri())
    waited = f"""() => new Promise((resolve) => {{
      const look = () => (({DRAWN})() ? resolve(true) : setTimeout(look, 50));
      look();
    }})"""
    assert tab.evaluate(waited)
    typed = """([field, text]) => new Promise((resolve) => {
      const inputs = [...document.querySelectorAll(".sc-live input[type=text]")];
      const input = inputs.find((one) => one.labels[0]?.textContent === field);
      const said = document.querySelector(".sc-sentence");
      const changes = { childList: true, characterData: true, subtree: true };
      new MutationObserver(() => resolve(said.textContent)).observe(said, changes);
      input.value = text;
      for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
    })"""
    assert tab.evaluate(typed, ["Utilisation", "61,5"]) == unparted(in_words(gpu_hour_cost, utilisation=61.5).text)
    judged = """() => new Promise((resolve) => {
      const card = document.querySelector(".sc-check"), said = card.querySelector(".sc-feedback");
      new MutationObserver(() => resolve(said.textContent)).observe(said, { childList: true, subtree: true });
      card.querySelector("input").value = "owls";
      card.querySelector("form").requestSubmit();
    })"""
    assert tab.evaluate(judged) == "! No answer yet. 'owls' is not a number."
