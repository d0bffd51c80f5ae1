"""A panel in a page without a kernel, in a real Chromium: it answers as the panel with a kernel does, word by word."""

import math
import sys
from pathlib import Path

import lab
import numpy as np
import pytest
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.browser import panels, symbols
from sovereign_compute.browser.panels import accepted, panel_control
from sovereign_compute.controls.panel import Panel
from sovereign_compute.controls.widgets import for_page, script
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.l21_gpu_hour.moves import MOVES
from sovereign_compute.models.registry import all_models

sys.path.append(str(lab.ROOT / "tests" / "inputs"))
from test_scenarios import GOLDEN

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

FOLDER = Path(symbols.__file__).parent
MODELS = all_models()
PANELS = ("gpu_hour_cost", "site_year", "cost_of_waiting", "public_return", "share_of_the_list", "layer_independence")
"""The panels that are asked here, of each kind one; what they show is compared for all in test_browser_views.py."""
TYPED = (
    "61,5",
    "1.000",
    "−60 %",
    "1 e3",
    "",
    "abc",
    "1,2,3",
    "１２",
    "1e400",
    "nan",
    "0x10",
    "1'000",
    "5 EUR",
    "٣",
    "999999999999999999",
)
SAME = (
    "values",
    "changed",
    "headline",
    "sentence",
    "preset",
    "code",
    "shares",
    "errors",
    "notice",
    "band",
    "fault",
    "seq",
    "seen",
)


@pytest.fixture(scope="module")
def tab(chromium):
    found = chromium.new_page()
    shared = "globalThis.PageKernel = PageKernel;"
    found.add_script_tag(type="module", content=f"{script('page_kernel.js', FOLDER)}\n{shared}")
    found.wait_for_function("globalThis.PageKernel !== undefined")
    yield found
    found.close()


def messages(function, rng, count: int = 40) -> list[dict]:
    """What a restless learner would send: moves, typed values, presets, codes, comparisons, other results."""
    known, ready = inputs(function), list(presets(function.__name__))
    views = [output.id for output in MODELS[function.__name__].outputs]

    def one() -> dict:
        id = str(rng.choice(list(known)))
        a = known[id]
        moved = float(rng.integers(len(a.words))) if a.words else rng.uniform(a.hard_min, a.hard_max)
        code = scenarios.encode({id: a.snap(moved)})
        return [
            {"kind": "set", "values": {id: moved}},
            {"kind": "set", "values": {id: moved}},
            {"kind": "set", "values": {id: a.hard_max * 1.5 + 1}},
            {"kind": "set", "values": {id: str(rng.choice(TYPED))}},
            {"kind": "reset", "id": id},
            {"kind": "preset", "id": str(rng.choice([*ready, "none"]))},
            {"kind": "band", "on": bool(rng.integers(2))},
            {"kind": "code", "text": f"Look: {code}!"},
            {
                "kind": "code",
                "text": str(rng.choice([f"{code}x", "SC1-", "owls", code.lower(), f"{code} {code}", "sc1–P7"])),
            },
            {"kind": "compare", "with": "code", "id": code},
            {"kind": "compare", "with": "preset", "id": str(rng.choice([*ready, "none"]))},
            {"kind": "compare", "with": "course", "id": ""},
            {"kind": "view", "id": str(rng.choice(["all results", "nothing", *views]))},
            {"kind": "reset"},
        ][rng.integers(14)]

    return [{**one(), "seq": number} for number in range(1, count + 1)]


def apart(here: dict, kernel: dict) -> list[str]:
    """In what two states differ."""
    found = [
        f"{key}: {here.get(key)!r} instead of {kernel.get(key)!r}" for key in SAME if here.get(key) != kernel.get(key)
    ]
    if list(here["rows"]) != list(kernel["rows"]):
        return [*found, f"columns {list(here['rows'])}"]
    for key, column in kernel["rows"].items():
        cells = zip(here["rows"][key], column, strict=False)
        found += [f"{key}: {cell!r} instead of {want!r}" for cell, want in cells if not alike(cell, want)]
        found += [f"{key}: other cells"] * (len(here["rows"][key]) != len(column))
    return found


def alike(cell, want) -> bool:
    """Two cells of six digits: the last of them may be rounded in the other direction; for 1e-148 a browser has 0."""
    if isinstance(want, float) and isinstance(cell, int | float):
        return math.isclose(cell, want, rel_tol=1.1e-5, abs_tol=1e-12)
    return cell == want


OPEN = """(data) => {
  globalThis.kernel = new PageKernel(data, () => new Uint8Array());
  kernel.long = false; // the band of a long model would follow
  return kernel.get("_setup");
}"""
ASK = """(message) => {
  kernel.answer(message);
  return [kernel.get("_state"), kernel.get("_chart")];
}"""


def differences(tab, function, asked: list[dict], moves=()) -> list[str]:
    """Where a panel in the page answers these messages in another way than the panel with its kernel."""
    setup = tab.evaluate(OPEN, panel_control(function, moves))
    panel = Panel(function, moves=moves)
    found = [] if setup == for_page(panel._setup) else ["another setup"]
    for message in asked:
        state, chart = tab.evaluate(ASK, message)
        panel._receive(None, message, [])
        found += [f"{message}: {one}" for one in apart(state, for_page(panel._state))]
        if chart != for_page(panel._chart):
            found.append(f"{message}: another chart")
    return found


def given_out(first: int) -> list[dict]:
    """Messages that open each code that was once given out, and compare with it."""
    asked = [
        message
        for code in GOLDEN
        for message in ({"kind": "code", "text": code}, {"kind": "compare", "with": "code", "id": code})
    ]
    return [{**message, "seq": number} for number, message in enumerate(asked, start=first)]


@pytest.mark.parametrize("name", PANELS)
def test_the_page_answers_as_the_kernel_does(tab, learner, name):
    answers_as_the_kernel_does(tab, name)


@pytest.mark.parametrize("name", PANELS[:2])
def test_the_page_of_a_class_does_as_well(tab, of_class, name):
    """Its own ranges hold for what it sets, and the course's for what that is compared with."""
    assert of_class.words in panel_control(MODELS[name].function)["setup"]["start"]
    for id in scenarios.current.keys() - inputs(MODELS[name].function):  # a page knows its own model
        scenarios.current.pop(id)
    answers_as_the_kernel_does(tab, name)


def answers_as_the_kernel_does(tab, name: str) -> None:
    function = MODELS[name].function
    moves = MOVES.get(name, ())
    asked = [*messages(function, np.random.default_rng(4)), *given_out(50)]
    asked += [{"kind": "seen", "move": n, "seq": 80 + n} for n in range(len(moves))]
    assert differences(tab, function, asked, moves) == []


def test_a_panel_that_answers_otherwise_is_found(tab, learner, monkeypatch):
    """The comparison can fail: at the words of a refusal, and at a number."""
    function = MODELS["site_year"].function
    id, a = next(iter(inputs(function).items()))
    refused = [{"kind": "set", "values": {id: a.hard_max * 2 + 1}, "seq": 1}]
    assert differences(tab, function, refused) == []
    monkeypatch.setattr(panels, "accepted", lambda a: {**accepted(a), "allowed": "allowed is something else"})
    assert any("something else" in one for one in differences(tab, function, refused))
