"""A page far away shows a move at once and the kernel confirms it: a panel in Chromium, its kernel in the test."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import lab
import numpy as np
import pytest
import sovereign_compute as sc
from sovereign_compute.browser import optimistic, views
from sovereign_compute.controls.panel import Panel, explore
from sovereign_compute.controls.progress import keep
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.presets import presets
from sovereign_compute.models.registry import all_models
from wire import Wire

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

MODELS = all_models()
NEAR, FAR = 15, 100  # milliseconds
DRAWN = "() => document.querySelector('.sc-chart svg').ariaLabel === document.querySelector('.sc-sentence').textContent"
READY = ["optimistic.js", "model", "view its own"]


@pytest.fixture
def tab(chromium):
    tab = chromium.new_page()
    tab.errors = []
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.on("console", lambda said: tab.errors.append(said.text) if said.type == "error" else None)
    yield tab
    assert tab.errors == []
    tab.close()


def asked(wire: Wire) -> list[str]:
    """What the page has asked for to answer with."""
    return [name for name in wire.files if "woff2" not in name and "vega" not in name]


def moved(wire: Wire, way: float, times: int = 4) -> Wire:
    """After some moves of a control and back, each answered after so many milliseconds."""
    id, a = next((id, a) for id, a in wire.panel._inputs.items() if not a.words)
    near = a.at(a.position(a.value) + (1 if a.value < a.hard_max else -1))
    for place in range(times):
        wire.move(id, a.value if place % 2 else near)
        assert wire.answer(way) == 1
    wire.answer()
    return wire


@pytest.fixture
def ready(tab, learner):
    """The panel of a model, ready to answer; what it compares its answers with is the kernel's."""
    return lambda panel: moved(Wire(tab, panel), FAR)


def test_a_kernel_nearby_is_asked_for_nothing(tab, learner):
    wire = moved(Wire(tab, explore(MODELS["gpu_hour_cost"].function)), NEAR, 12)
    assert asked(wire) == []
    before = wire.shown()
    wire.move("utilisation", 40)
    assert {**wire.shown(), "busy": False} == before
    assert wire.answer() == 1 and wire.shown() != before


def test_a_kernel_that_works_long_is_not_far_away(tab, learner, monkeypatch):
    wire = Wire(tab, explore(MODELS["gpu_hour_cost"].function))
    computed = wire.panel._computed
    monkeypatch.setattr(wire.panel, "_computed", lambda *given: [computed(*given) for _ in range(30)][-1])
    assert asked(moved(wire, NEAR, 6)) == []


def test_a_page_far_away_shows_a_move_before_the_kernel_has_heard_of_it(ready):
    wire = ready(explore(MODELS["gpu_hour_cost"].function))
    assert asked(wire) == READY
    before = wire.shown()
    wire.move("utilisation", 40)
    early = wire.shown()
    assert early["busy"] and all(early[part] != before[part] for part in ("sentence", "headline", "table"))
    assert "1.04 EUR" in early["sentence"]
    wire.tab.wait_for_function(DRAWN)
    wire.tab.evaluate("() => { wire.said = []; }")
    assert wire.answer(FAR) == 1
    assert wire.shown() == {**early, "busy": False}
    assert wire.tab.evaluate("wire.said") == []  # a screen reader has nothing to say twice


def test_an_answer_to_an_older_move_is_not_shown_and_the_last_one_is(ready):
    wire = ready(explore(MODELS["gpu_hour_cost"].function))
    shown = []
    for value in (60, 50, 40):
        wire.move("utilisation", value)
        shown.append(wire.shown()["sentence"])
    assert len(set(shown)) == 3
    wire.tab.evaluate("() => { wire.said = []; }")
    assert wire.answer(FAR, most=1) == 1  # the first
    assert wire.shown()["sentence"] == shown[-1] and wire.shown()["busy"]
    assert wire.answer(FAR) == 1  # the other two in one
    assert wire.shown()["sentence"] == shown[-1] and not wire.shown()["busy"]
    assert wire.tab.evaluate("wire.said") == []


def test_the_kernel_is_right_where_the_page_says_something_else(ready, monkeypatch):
    """A wrong number in what the page computes with is seen for the time that the kernel takes, once."""
    model = optimistic.model

    def wrong(*given) -> bytes:
        found = json.loads(model(*given))
        constants = found["model"]["program"]["constants"]
        assert 8760 in constants
        found["model"]["program"]["constants"] = [4380 if x == 8760 else x for x in constants]
        return json.dumps(found).encode()

    monkeypatch.setattr(optimistic, "model", wrong)
    wire = ready(explore(MODELS["gpu_hour_cost"].function))
    wire.move("utilisation", 40)
    early = wire.shown()
    wire.answer(FAR)
    told = wire.shown()
    assert wire.panel._state["headline"]["value"] == "1.04"
    assert "1.04 EUR" in told["sentence"] and "1.04" in told["headline"]
    assert early["busy"] and "1.04" not in early["headline"] and early["table"] != told["table"]
    wire.move("utilisation", 50)  # the page was wrong, and waits from now on
    assert wire.shown() == {**told, "busy": True}
    wire.answer(FAR)
    assert wire.shown()["sentence"] != told["sentence"]
    assert asked(wire) == READY


def test_what_is_refused_is_said_by_the_kernel(ready):
    wire = ready(explore(MODELS["gpu_hour_cost"].function))
    before = wire.shown()
    wire.move("utilisation", "abc")
    assert wire.shown() == {**before, "busy": True}
    wire.answer(FAR)
    error = wire.tab.locator("[id$='-utilisation-error']")
    assert error.text_content().startswith("Utilisation: 'abc' is not a number")
    wire.move("utilisation", "１２,5")  # what can be read in another way of writing is read as the kernel does
    early = wire.shown()
    wire.answer(FAR)
    assert {**wire.shown(), "busy": True} == early != before


def test_what_is_no_move_waits_for_the_kernel(ready):
    """A preset, and a move after it, as nobody knows yet from where."""
    wire = ready(explore(MODELS["gpu_hour_cost"].function))
    wire.move("utilisation", 40)
    first = wire.shown()
    preset = next(iter(presets("gpu_hour_cost")))
    wire.tab.locator("[id$='-preset']").select_option(preset)
    wire.move("utilisation", 30)
    assert wire.shown() == first
    assert wire.answer(FAR, most=2) == 2
    middle = wire.shown()  # the preset is answered, so the move that waits is
    assert middle["busy"] and middle["sentence"] != first["sentence"]
    assert wire.answer(FAR) == 1
    assert wire.shown() == {**middle, "busy": False}


def test_a_view_is_asked_for_once_when_it_is_turned_to(ready):
    wire = ready(explore(MODELS["site_year"].function))
    for shown in ("bill", "its own", "bill"):
        wire.tab.locator("[id$='-shown']").select_option(shown)
        wire.answer(FAR)
    assert asked(wire) == [*READY, "view bill"]
    wire.move("it_power", 20)
    early = wire.shown()
    wire.answer(FAR)
    assert {**wire.shown(), "busy": True} == early


def test_a_view_that_cannot_be_traced_waits_as_before(ready):
    wire = ready(explore(MODELS["queue_wait"].function))
    assert asked(wire) == READY
    before, (id, a) = wire.shown(), next(iter(wire.panel._inputs.items()))
    wire.move(id, a.at(a.position(a.value) - 1))
    assert wire.shown() == {**before, "busy": True}
    assert wire.answer(FAR) == 1 and wire.shown() != before


def test_the_band_of_a_long_model_comes_with_the_kernels_answer(ready):
    wire = ready(explore(MODELS["runway"].function))
    id, a = next((id, a) for id, a in wire.panel._inputs.items() if a.varied)
    for place in (3, 6):  # the page has said less, not something else
        wire.move(id, a.at(a.position(a.value) + place))
        early = wire.shown()
        assert early["busy"] and "nine in ten" not in early["headline"]
        wire.answer(FAR)
        told = wire.shown()
        assert "nine in ten" in told["headline"] and told["headline"].startswith(early["headline"][:10])


def test_a_kernel_that_has_gone_confirms_nothing(ready):
    wire = ready(explore(MODELS["gpu_hour_cost"].function))
    before = wire.shown()
    wire.move("utilisation", 40)
    assert wire.shown()["sentence"] != before["sentence"]
    wire.tab.evaluate("() => wire.tell('comm_live_update')")
    assert wire.shown()["sentence"] == before["sentence"]
    wire.move("utilisation", 30)
    assert wire.shown()["sentence"] == before["sentence"]
    assert wire.tab.evaluate("sovereignCompute.left['What one GPU-hour costs']") == wire.panel._state["code"]


def test_what_is_assumed_since_is_asked_for_anew(ready):
    wire = ready(explore(MODELS["public_return"].function))
    sc.assume("attribution", 30, low=10, high=60, source="A study", why="People get half of the credit.")
    wire._deliver()
    wire.answer(FAR)
    assert "Your own assumptions: Attribution." in wire.tab.locator(".sc-start").text_content()
    wire.answer(FAR)
    assert asked(wire) == [*READY, *READY[1:]]
    wire.tab.evaluate("() => { document.querySelector('.sc-table').open = true; }")
    wire.move("attribution", 45)
    early = wire.shown()
    wire.answer(FAR)
    assert {**wire.shown(), "busy": True} == early


def test_beside_a_scenario_with_ranges_of_its_own_the_page_waits(ready):
    """It has the course's ranges, and a learner's, but not those that another learner saved."""
    sc.assume("attribution", 30, low=10, high=60, source="A study", why="People get half of the credit.")
    scenarios.save("Ours", scenarios.current)
    sc.forget("attribution")
    wire = ready(explore(MODELS["public_return"].function))
    for saved, changes in (("saved:Ours", None), ("course:", {})):
        wire.tab.locator("[id$='-compared']").select_option(saved)
        wire.answer(FAR)
        assert wire.panel._chart["compared"]["changes"] == changes
        before = wire.shown()
        wire.move("attribution", 45 if changes is None else 50)
        assert (wire.shown() == {**before, "busy": True}) == (changes is None)
        wire.answer(FAR)


# What the page says is what the kernel says ---------------------------------------------------------------------------


def my_cost(utilisation, price=4.0):
    """My hour (EUR)."""
    return price * 80 / utilisation


def goes_through(wire: Wire, moves: int = 5) -> None:
    """A page that is ready shows at once what its kernel then says, whatever is moved."""
    rng = np.random.default_rng(3)
    known = list(wire.panel._inputs.items())
    for _ in range(moves):
        id, a = known[rng.integers(len(known))]
        wire.move(id, int(rng.integers(len(a.words))) if a.words else a.snap(rng.uniform(a.low, a.high)))
        early = wire.shown()
        assert wire.answer(FAR) == 1
        assert {**wire.shown(), "busy": True} == early, (id, scenario_of(wire))


def scenario_of(wire: Wire) -> str:
    return wire.panel._state["code"]


@pytest.mark.parametrize("name", ["site_year", "cost_of_waiting", "layer_independence", "share_of_the_list"])
def test_a_page_says_at_once_what_the_kernel_says(ready, name):
    wire = ready(explore(MODELS[name].function))
    assert asked(wire) == READY
    goes_through(wire)


def test_the_same_beside_another_scenario_and_a_guess(ready):
    keep("predictions", {"gpu-hour": {"value": 1.5}})
    panel = Panel(MODELS["gpu_hour_cost"].function)
    assert panel._chart["guesses"]
    wire = ready(panel)
    wire.tab.locator("[id$='-compared']").select_option(f"preset:{next(iter(presets('gpu_hour_cost')))}")
    wire.answer(FAR)
    goes_through(wire)


def test_the_same_in_a_class(tab, of_class):
    wire = moved(Wire(tab, explore(MODELS["gpu_hour_cost"].function)), FAR)
    assert asked(wire) == READY
    goes_through(wire)


def test_the_same_of_a_function_of_a_learner(ready):
    wire = ready(explore(my_cost))
    assert len(asked(wire)) == 3
    goes_through(wire)


# What the kernel hands over -------------------------------------------------------------------------------------------


def test_every_model_but_one_view_can_be_answered_at_once(learner):
    for name, model in MODELS.items():
        assert len(optimistic.model(model.function, {})) > 1_000
        for shown in list(Panel(model.function)._views)[:2]:
            if (name, shown) != ("queue_wait", "its own"):
                assert len(optimistic.view(model.function, {}, shown)) > 500


def test_while_one_thread_traces_others_compute_and_a_second_trace_waits(learner, monkeypatch):
    """A kernel that runs a cell answers panels in another thread."""
    model, panel = MODELS["next_round"].function, Panel(MODELS["next_round"].function)
    id, a = next((id, a) for id, a in panel._inputs.items() if a.varied)
    alone, message = views.trace_view(model), {"kind": "set", "values": {id: a.at(a.position(a.value) + 1)}}
    begun, go_on, evaluated = threading.Event(), threading.Event(), views.evaluated

    def halfway(*given):
        begun.set()
        assert go_on.wait(60)
        return evaluated(*given)

    monkeypatch.setattr(views, "evaluated", halfway)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(views.trace_view, MODELS["runway"].function)
        assert begun.wait(60)
        second = threads.submit(views.trace_view, model)
        try:
            meanwhile = panel._answer(message, [])
        finally:
            go_on.set()
        found = [first.result(), second.result()]
    afterwards = Panel(model)._answer(message, [])
    meanwhile, afterwards = (json.dumps({**state, "took": 0}, allow_nan=False) for state in (meanwhile, afterwards))
    assert meanwhile == afterwards
    assert [one.why for one in found] == [{}, alone.why]
    assert len(found[1].order()) == len(alone.order()) > 100


def by_branches(utilisation, price=4.0):
    """By hand (EUR)."""
    return price if utilisation > 70 else price * 2


def broken(utilisation, price=4.0):
    """Broken (EUR)."""
    return price / utilisation


@pytest.mark.parametrize("name", ["model", "view all results"])
@pytest.mark.parametrize("function", [by_branches, broken])
def test_of_what_cannot_be_answered_nothing_is_handed_over(learner, function, name, monkeypatch):
    """Of one that is called for one draw at a time, and of one whose code fails meanwhile."""
    sent, panel = [], Panel(function)
    monkeypatch.setattr(panel, "send", lambda content, buffers: sent.append((content["name"], buffers[0])))
    if function is broken:
        monkeypatch.setattr(function, "__code__", (lambda utilisation, price=4.0: missing).__code__)  # noqa: F821
    panel._hand_over(name)
    assert [name for name, found in sent if not found] == [name] * (function is broken or name == "model")
