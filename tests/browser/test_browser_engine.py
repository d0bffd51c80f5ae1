"""The engine of a page without a kernel, in a real Chromium: its digits are those of numpy and scipy."""

import json
import math
import time
from pathlib import Path

import lab
import numpy as np
import pytest
import scipy.special
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.analysis.simulation import simulate
from sovereign_compute.browser import symbols
from sovereign_compute.browser.data import model_data
from sovereign_compute.controls.widgets import EXPORT, script
from sovereign_compute.inputs import wording
from sovereign_compute.models.registry import all_models

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

FOLDER = Path(symbols.__file__).parent
MODELS = all_models()
SCENARIOS = 24
ENDS = (0.05, 0.95)


@pytest.fixture(scope="module")
def tab(chromium):
    """An empty page with the modules of the engine."""
    page = chromium.new_page()
    for name in ("engine.js", "frozen.js", "special.js", "numerals.js", "statistics.js"):
        names = ", ".join(EXPORT.findall((FOLDER / name).read_text(encoding="utf-8")))
        shared = f"globalThis.the_{name.removesuffix('.js')} = {{ {names} }};"
        page.add_script_tag(type="module", content=f"{script(name, FOLDER)}\n{shared}")
    page.wait_for_function("globalThis.the_statistics")
    yield page
    page.close()


def close(got, want, within: float) -> bool:
    got = math.nan if got is None else got
    return math.isclose(got, want, rel_tol=within, abs_tol=0) or (math.isnan(got) and math.isnan(want))


def scenarios_of(function, count: int = SCENARIOS, seed: int = 3) -> list[dict[str, float]]:
    """Random values, in turn within the ranges and within the hard limits; the first are the course's."""
    rng, found = np.random.default_rng(seed), [complete(function)]
    for place in range(count - 1):
        values = {}
        for id, a in inputs(function).items():
            low, high = (a.hard_min, a.hard_max) if place % 2 else (a.low, a.high)
            values[id] = float(rng.integers(len(a.words))) if a.words else a.snap(rng.uniform(low, high))
        found.append(values)
    return found


def results_of(model, values: dict) -> dict[str, float]:
    """What the function gives on its way for arrays, which the page takes, too."""
    words = {id for id, a in inputs(model.function).items() if a.words}
    with np.errstate(all="ignore"):
        found = model.run(**{id: x if id in words else np.array([x]) for id, x in values.items()})
    return {output.id: float(np.ravel(getattr(found, output.id))[0]) for output in model.outputs}


@pytest.mark.parametrize("seed", [*[[12, stream] for stream in range(4)], [2**32 - 1, 0], [0, 7]])
def test_random_orders_are_those_of_numpy(tab, seed):
    """Of 500 columns, so that every turn of a number by 0 to 63 bits occurs."""
    made = "([seed, columns, n]) => the_frozen.permutations(seed, columns, n).map((order) => [...order])"
    places = np.tile(np.arange(100), (500, 1))
    assert tab.evaluate(made, [seed, *places.shape]) == np.random.default_rng(seed).permuted(places, axis=1).tolist()


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if not model.untraced])
def test_the_page_computes_what_the_kernel_computes(tab, name, capsys):
    model = MODELS[name]
    cases, ids = scenarios_of(model.function), [output.id for output in model.outputs]
    tab.evaluate("(data) => { globalThis.model = new the_engine.Engine(data); }", model_data(model.function))
    found = tab.evaluate("(cases) => cases.map((values) => model.result(values))", cases)
    for values, result in zip(cases, found, strict=True):
        for id, want in results_of(model, values).items():
            assert close(result[id], want, 1e-12), (id, result[id], want, values)
    simulated = """([values, ids, ends]) => {
      const simulation = model.simulate(values);
      return ids.map((id) => [...ends.map((end) => simulation.quantile(id, end)), simulation.mean(id)]);
    }"""
    for values in cases[:3]:
        simulation = simulate(model.function, values)
        columns = tab.evaluate(simulated, [values, ids, ENDS])
        for id, got in zip(ids, columns, strict=True):
            with np.errstate(invalid="ignore"):
                want = [*simulation.quantile(id, ENDS), simulation.mean(id)]
            assert all(close(*pair, 1e-9) for pair in zip(got, want, strict=True)), (id, got, want, values)
    timed = """(values) => {
      const start = performance.now();
      model.simulations.clear();
      model.simulate(values);
      return performance.now() - start;
    }"""
    page = min(tab.evaluate(timed, cases[0]) for _ in range(4))
    kernel = []
    for _ in range(4):
        start = time.perf_counter()
        simulate(model.function)
        kernel.append(1000 * (time.perf_counter() - start))
    with capsys.disabled():
        print(f"\n  draws of {name}: {page:.1f} ms in the page, {page / min(kernel):.1f} times the kernel", end="")


RNG = np.random.default_rng(8)
SPECIAL = {
    "ndtr": [RNG.uniform(-8, 8, 400)],
    "erfcx": [RNG.uniform(-5, 60, 400)],
    "ndtri": [RNG.uniform(0, 1, 400)],
    "gammaln": [10 ** RNG.uniform(0.5, 4, 400)],
    "betainc": [10 ** RNG.uniform(-0.3, 2, 400), 10 ** RNG.uniform(-0.3, 2, 400), RNG.uniform(0.01, 0.99, 400)],
    "betaincinv": [10 ** RNG.uniform(-0.3, 2, 400), 10 ** RNG.uniform(-0.3, 2, 400), RNG.uniform(0.001, 0.999, 400)],
    "gammaincinv": [10 ** RNG.uniform(-0.5, 2, 400), RNG.uniform(0.001, 0.999, 400)],
}


@pytest.mark.parametrize("name", SPECIAL)
def test_special_functions_are_those_of_scipy(tab, name):
    rows = np.transpose(SPECIAL[name]).tolist()
    found = tab.evaluate(f"(rows) => rows.map((row) => the_special.{name}(...row))", rows)
    want = getattr(scipy.special, name)(*SPECIAL[name])
    assert np.allclose(found, want, rtol=1e-11, atol=1e-300 if name != "betainc" else 1e-14)


def test_every_special_function_of_a_model_is_in_the_page():
    assert set(symbols.SPECIAL) <= set(SPECIAL)


def test_numbers_are_written_as_python_writes_them(tab):
    values = [
        0.0,
        -0.0,
        0.5,
        1.5,
        2.5,
        0.125,
        2.675,
        -0.04,
        1e21,
        123456.5,
        999.9995,
        1e-7,
        12345678.9,
        -1234.5,
        1e15 / 3,
        1.125e12,
        -9.995e12,
        999_999_999_999.6,
        1e308,
        1.797e308,
    ]
    values += [float(x) for x in RNG.normal(0, 1, 60) * 10 ** RNG.uniform(-6, 9, 60)]
    cases = [(value, digits) for value in values for digits in (None, 0, 1, 2, 3, -1, -2, -4)]
    found = tab.evaluate("(cases) => cases.map(([value, digits]) => the_numerals.number(value, digits))", cases)
    assert found == [wording.number(*case) for case in cases]
    cases = [(value, digits) for value, digits in cases if digits is not None and digits >= 0]
    found = tab.evaluate("(cases) => cases.map(([value, digits]) => the_numerals.signed(value, digits))", cases)
    assert found == [wording.signed(*case) for case in cases]
    found = tab.evaluate("(values) => values.map((value) => the_numerals.figures(value))", values)
    assert found == [float(f"{value:.6g}") for value in values]
    cases = [(value, digits) for value in values if abs(value) < 1e18 for digits in (0, 1, 2, -1, -3)]
    found = tab.evaluate("(cases) => cases.map(([value, digits]) => the_numerals.rounded(value, digits))", cases)
    assert found == [round(*case) for case in cases]


def test_histograms_are_those_of_numpy(tab):
    column, edges = RNG.normal(0, 1, 3000), np.linspace(-2, 2, 9)
    column[:9] = edges  # on the edges themselves
    asked = "([column, edges]) => the_statistics.histogram(Float64Array.from(column), edges)"
    assert tab.evaluate(asked, [column.tolist(), edges.tolist()]) == np.histogram(column, edges)[0].tolist()


def test_the_order_of_what_matters_is_that_of_the_kernel(tab):
    from sovereign_compute.analysis.sensitivity import tornado

    function = MODELS["gpu_hour_cost"].function
    tab.evaluate("(data) => { globalThis.model = new the_engine.Engine(data); }", model_data(function))
    found = tab.evaluate("(values) => model.tornado(values, 'total')", complete(function))
    frame = tornado(function)
    assert [one["id"] for one in found[: len(frame)]] == frame.assumption.tolist()
    assert np.allclose([one["ends"] for one in found[: len(frame)]], frame[["at_low", "at_high"]], rtol=1e-12)


def test_what_the_page_is_given_is_json():
    for name in ("gpu_hour_cost", "cost_of_waiting", "share_of_the_list"):
        data = model_data(MODELS[name].function)
        assert json.loads(json.dumps(data, allow_nan=False)) == json.loads(json.dumps(data))
