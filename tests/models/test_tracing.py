"""Every model, traced once with symbols, computes from its graph what the function computes."""

import math

import numpy as np
import pytest
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.browser.forks import Untraceable
from sovereign_compute.browser.joining import joining
from sovereign_compute.browser.symbols import Graph
from sovereign_compute.browser.trace import trace
from sovereign_compute.models.registry import Output, all_models, find, model

MODELS = all_models()
CASES, COMBINATIONS = 24, 4


def scenarios_of(function, seed: int = 7):
    """Random values of a model, within its ranges and its hard limits; a choice is one number for all of them."""
    rng = np.random.default_rng(seed)
    for place in range(COMBINATIONS):
        values = {}
        for id, a in inputs(function).items():
            if a.words:
                values[id] = float(rng.integers(len(a.words)))
                continue
            low, high = (a.hard_min, a.hard_max) if place % 2 else (a.low, a.high)
            drawn = rng.uniform(low, high, CASES)
            values[id] = np.array([low, high, *(a.snap(x) for x in drawn[2:])])
        yield values


def misses(function) -> list[str]:
    """Outputs that the graph of a model gives otherwise than the function does."""
    traced, found = trace(function), []
    for values in scenarios_of(function):
        with np.errstate(all="ignore"):
            whole = traced.numpy(values)
            for case in range(CASES):
                one = {id: float(np.broadcast_to(value, CASES)[case]) for id, value in values.items()}
                # One row as an array: a function may go other ways with a float, which differ in the last digits.
                row = {id: value if inputs(function)[id].words else np.array([value]) for id, value in one.items()}
                result = find(function).run(**row)
                for id, column in whole.items():
                    want, got = np.ravel(getattr(result, id))[0], np.broadcast_to(column, CASES)[case]
                    if not (np.isclose(got, want, rtol=1e-12, atol=0) or (math.isnan(got) and math.isnan(want))):
                        found.append(f"{id} is {got} instead of {want} for {one}")
    return found


@pytest.mark.parametrize("name", MODELS)
def test_every_model_traces_or_says_why_not(name):
    if MODELS[name].untraced:
        with pytest.raises(Untraceable, match=r"\w+ \w+ \w+"):
            trace(MODELS[name].function)
    else:
        assert misses(MODELS[name].function) == []


def test_a_wrong_operation_is_found(monkeypatch):
    """The comparison can fail."""
    from sovereign_compute.browser import symbols

    monkeypatch.setitem(symbols.ARITHMETIC, "div", lambda a, b: np.divide(a, b) * (1 + 1e-9))
    assert misses(MODELS["site_year"].function)


def test_a_function_of_a_learner_traces():
    def my_cost(utilisation, price=4.0, discount=False):
        at = price * 80 / utilisation if utilisation > 50 else price * math.sqrt(2)
        return {"Cost (EUR)": max(at, 1.5), "Reduced (EUR)": at * (0.9 if discount else 1)}

    traced = trace(my_cost)
    cost, reduced = traced.outputs
    values = {"utilisation": np.array([40.0, 80.0, 100.0]), "my_cost.price": 4.0, "my_cost.discount": 1.0}
    found = traced.numpy(values)
    assert np.allclose(found[cost], [4 * math.sqrt(2), 4, 3.2]) and np.allclose(found[reduced], found[cost] * 0.9)


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (lambda utilisation: float(f"{utilisation:.1f}"), "written without number"),
        (lambda utilisation: sum(1 for _ in range(int(utilisation))), "int"),
        (lambda utilisation: math.gamma(utilisation / 80), "math.gamma"),
    ],
)
def test_what_cannot_be_traced_says_why(function, why):
    def my_model(utilisation):
        return function(utilisation)

    with pytest.raises(Untraceable, match=why):
        trace(my_model)


def test_a_model_may_say_that_it_is_not_traced():
    @model("A title", Output("result", "A result", "1", 1), untraced="Its loop ends where a number says.")
    def not_traced(*, utilisation):
        return utilisation

    try:
        with pytest.raises(Untraceable, match="Its loop ends"):
            trace(not_traced)
    finally:
        del MODELS["not_traced"]


def test_the_same_operation_is_noted_once():
    graph = Graph()
    x = graph.symbol("input", value="x")
    assert ((x + 1) * (x + 1)).node.args[0] is (x + 1).node
    assert (graph.symbol("const", value=None)).node.op == "const"


def test_texts_keep_the_places_of_what_is_written_into_them():
    graph = Graph()
    x = graph.symbol("input", value="x")

    def told(value):
        return f"It is {'much' if value > 3 else 'little'} indeed."

    node = graph.node(joining(graph, told)(x))
    assert [part.value if part.op == "const" else part.op for part in node.args] == ["It is ", "where", " indeed."]


def test_questions_of_lists_that_differ_are_those_of_the_caller():
    graph = Graph()
    x = graph.symbol("input", value="x")

    def several(value):
        return [1.0, 2.0] if value > 3 else [1.0]

    found = graph.forks.all_ways(
        lambda: sum(joining(graph, several)(x)), lambda asked, results: (asked.op, results[True], results[False])
    )
    assert found == ("gt", 3.0, 1.0)
