"""Views and exercises without a kernel in a real Firefox, whose powers and logarithms are its own."""

import firefox
import pytest
from sovereign_compute.browser.controls import exercises_control
from sovereign_compute.browser.page import document
from sovereign_compute.controls.widgets import script
from sovereign_compute.display.charts import ALL, OWN
from test_browser_views import FOLDER, MODELS, SIMULATE, differences

pytestmark = pytest.mark.skipif(firefox.excused(), reason=firefox.HOW_TO_GET_ONE)

SCENARIOS = 20
# JSON has no number that is infinite or none.
PLAIN = "(_, x) => (typeof x === 'number' && !Number.isFinite(x) ? { number: String(x) } : x)"


def number_in(entry):
    """What was none of JSON's numbers, as a number again."""
    if isinstance(entry, dict) and entry.keys() == {"number"}:
        return float(entry["number"].replace("Infinity", "inf"))
    if isinstance(entry, dict):
        return {key: number_in(value) for key, value in entry.items()}
    return [number_in(value) for value in entry] if isinstance(entry, list) else entry


class Engine:
    """A tab with the engine of a page; ``evaluate`` as that of Playwright."""

    def __init__(self, tab: firefox.Tab):
        self.tab = tab

    def evaluate(self, function: str, argument):
        told = f"(argument) => JSON.parse(JSON.stringify(({function})(argument), {PLAIN}))"
        return number_in(self.tab.run(told, argument))


@pytest.fixture(scope="module")
def tab():
    with firefox.browser() as found:
        yield firefox.Tab(found)


@pytest.fixture(scope="module")
def engine(tab, tmp_path_factory):
    parts = {"engine.js": "Engine", "told.js": "Told, inputsOf"}
    made = "".join(
        f'<script type="module">{script(name, FOLDER)}\nObject.assign(globalThis, {{ {shared} }});</script>'
        for name, shared in parts.items()
    )
    file = tmp_path_factory.mktemp("firefox") / "engine.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{made}", encoding="utf-8")
    tab.open(file.as_uri())
    tab.until("() => Boolean(globalThis.Engine && globalThis.Told)")
    return Engine(tab)


@pytest.mark.parametrize("name", MODELS)
def test_firefox_says_and_draws_what_the_kernel_does(engine, name):
    shown = ALL if name in SIMULATE else OWN
    assert differences(engine, MODELS[name].function, {shown: None}, SCENARIOS) == []


def test_an_exercise_lives_in_firefox(tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(document("Firefox", [exercises_control("00")]), encoding="utf-8")
    tab.open(file.as_uri())
    tab.type_in(".sc-check input", "owls", "Enter")
    said = "(text) => document.querySelector('.sc-feedback').textContent === text"
    tab.until(said, "! No answer yet. 'owls' is not a number.")
    assert tab.wrong == []
