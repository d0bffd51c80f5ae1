"""What a page without a kernel says and draws of a scenario, in a real Chromium, held against the views themselves."""

import math
from itertools import islice
from pathlib import Path

import lab
import numpy as np
import pytest
from sovereign_compute.analysis.evaluation import baseline_of, course_values, evaluation_of
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.browser import symbols
from sovereign_compute.browser.data import model_data, view_data
from sovereign_compute.browser.views import trace_view
from sovereign_compute.controls.widgets import script
from sovereign_compute.display.charts import ALL, OWN, view_of
from sovereign_compute.models.registry import all_models

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

FOLDER = Path(symbols.__file__).parent
MODELS = all_models()
SIMULATE = {"queue_wait": "its view simulates ten thousand jobs with random numbers of numpy"}
"""The models whose own view is not traced, and why."""
SCENARIOS = 10
ASK = """([data, views, cases]) => {
  const engine = new Engine(data), told = views.map((view) => new Told(view, engine));
  return cases.map((one) => told.map((view) => view.of(inputsOf(engine, ...one))));
}"""


@pytest.fixture(scope="module")
def tab(chromium):
    page = chromium.new_page()
    for name, shared in (("engine.js", "Engine"), ("told.js", "Told, inputsOf")):
        page.add_script_tag(
            type="module", content=f"{script(name, FOLDER)}\nObject.assign(globalThis, {{ {shared} }});"
        )
    page.wait_for_function("Boolean(globalThis.Engine && globalThis.Told)")
    yield page
    page.close()


def moved(rng, function, share: float, hard: bool) -> dict[str, float]:
    """Random changes of some of a model's assumptions, within their ranges or within their hard limits."""
    found = {}
    for id, a in inputs(function).items():
        if rng.random() < share:
            low, high = (a.hard_min, a.hard_max) if hard else (a.low, a.high)
            found[id] = float(rng.integers(len(a.words))) if a.words else a.snap(rng.uniform(low, high))
    return found


def evaluations(function, banded: bool, count: int = SCENARIOS):
    """Random scenarios: some beside another, some without the band unless all have it. The first is the course's."""
    rng = np.random.default_rng(12)
    for place in range(count):
        changes = moved(rng, function, 0.4, bool(place % 2)) if place else {}
        compared = course_values(function)
        if place % 3 == 1:
            compared = baseline_of(function, "Mine “2”", moved(rng, function, 0.2, bool(place % 4)))
        yield evaluation_of(function, changes, banded or bool(place % 4), compared)


def differences(tab, function, views: dict, count: int = SCENARIOS) -> list[str]:
    """Where rows and sentence of the page are others than those of views; each as it is traced, or as it is given."""
    model, found = next(m for m in MODELS.values() if m.function is function), []
    told = {shown: data or view_data(trace_view(function, shown), model.name) for shown, data in views.items()}
    for banded in (False, True):
        # The page and the kernel draw a scenario once for all views that show it.
        those = {shown: view for shown in views if (not (view := view_of(function, shown)).band) is banded}
        asked = [model_data(function), [told[shown] for shown in those]]
        # A browser that says nothing for long would be taken for one that hangs.
        for cases in batched(evaluations(function, banded, count) if those else (), SCENARIOS):
            sent = [[e.values, e.baseline.values, bool(e.bands), e.baseline.name] for e in cases]
            for evaluation, pages in zip(cases, tab.evaluate(ASK, [*asked, sent]), strict=True):
                for (shown, view), page in zip(those.items(), pages, strict=True):
                    found += [f"{shown}: {one}" for one in _differences(view, evaluation, page)]
    return found


def batched(items, size: int):
    """Lists of so many items; itertools has it from Python 3.12 on."""
    items = iter(items)
    while some := list(islice(items, size)):
        yield some


def _differences(view, evaluation, page: dict) -> list[str]:
    found = []
    with np.errstate(all="ignore"):
        rows, sentence = view.rows(evaluation), view.sentence(evaluation)
    if page["sentence"] != sentence:
        found.append(f"{page['sentence']!r} instead of {sentence!r}")
    if {key: len(column) for key, column in page["rows"].items()} != {key: len(c) for key, c in rows.items()}:
        return [*found, f"columns {page['rows']} instead of {rows}"]
    numbers = (abs(cell) for column in rows.values() for cell in column if isinstance(cell, float))
    scale = max(filter(math.isfinite, numbers), default=0.0)
    for key, column in rows.items():
        cells = zip(page["rows"][key], column, strict=True)
        found += [f"{key}: {cell!r} instead of {want!r}" for cell, want in cells if not alike(cell, want, scale)]
    return found


def alike(cell, want, scale: float) -> bool:
    """Whether two cells of a chart are the same, numbers to more digits than it is given; ``scale`` is its largest."""
    if not isinstance(want, float):
        return cell == want
    cell = math.nan if cell is None else cell
    if not isinstance(cell, int | float):
        return False
    # Far below anything that is drawn, browsers have powers and logarithms of their own.
    close = math.isclose(cell, want, rel_tol=1e-7, abs_tol=1e-12 * max(scale, 1.0))
    return close or (math.isnan(cell) and math.isnan(want))


@pytest.mark.parametrize("name", MODELS)
def test_the_page_says_and_draws_what_the_kernel_does(tab, name):
    function = MODELS[name].function
    if name in SIMULATE:
        assert trace_view(function).why
    assert differences(tab, function, dict.fromkeys([ALL] if name in SIMULATE else [OWN, ALL])) == []


def test_draws_of_which_the_first_is_infinite_are_not_all_the_same(tab):
    """The fifth scenario is such a one: where hours in the cloud come late, waiting for free ones may always pay."""
    function = MODELS["cost_of_waiting"].function
    *_, last = evaluations(function, True, 5)
    draws = last.bands.simulation.draws["break_even"]
    assert np.isinf(draws[0]) and np.isfinite(draws).any()
    assert differences(tab, function, {"break_even": None}, 5) == []


def test_a_view_that_says_something_else_is_found(tab):
    """The comparison can fail."""
    function = MODELS["site_year"].function
    data = view_data(trace_view(function), "site_year")
    assert differences(tab, function, {OWN: data}) == []
    written = next(node for node in data["nodes"] if isinstance(node, list) and node[0] == "number")
    written[2] += 1  # one decimal more
    assert any("instead of" in one for one in differences(tab, function, {OWN: data}))
