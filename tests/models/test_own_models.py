"""Functions that a learner writes as models: what they take and return, what is refused, and what follows a change."""

import dataclasses
import inspect
import linecache
import math
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pytest
import sovereign_compute as sc
from messages import tell
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.controls.panel import PANELS, explore
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import assumptions, scenarios
from sovereign_compute.inputs.own_assumptions import NONE_GIVEN
from sovereign_compute.models import own
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import MODELS, find

pytestmark = pytest.mark.usefixtures("learner", "cells")

BILL = """
def my_bill(it_power, electricity_price, pue_of_mine=1.2, guards=5):
    \"\"\"My bill of a year.\"\"\"
    energy = it_power * pue_of_mine * 8.76 * electricity_price
    return {"energy (MEUR/year)": energy, "all (MEUR/year)": energy + 0.08 * guards}
"""


@pytest.fixture
def cells():
    """What a notebook's cells define: run(code) is the next cell; returns what they have defined until then."""
    defined = {"__name__": "__main__", "np": np, "math": math, "time": time}

    def run(code: str) -> dict:
        name = f"cell {len(linecache.cache)}"
        linecache.cache[name] = len(code), None, code.splitlines(keepends=True), name
        exec(compile(code, name, "exec"), defined)
        return defined

    yield run
    assumptions.ARGUMENTS.clear()
    PANELS.clear()  # ipywidgets keeps all of them


@pytest.fixture
def bill(cells):
    return cells(BILL)["my_bill"]


# What goes in -------------------------------------------------------------------------------------------------------


def test_arguments_come_from_the_course_or_from_their_defaults(bill):
    found = inputs(bill)
    assert list(found) == ["it_power", "electricity_price", "my_bill.pue_of_mine", "my_bill.guards"]
    assert found["it_power"] is assumptions.get("it_power")
    mine = found["my_bill.pue_of_mine"]
    assert (mine.value, mine.low, mine.high, mine.hard_min, mine.hard_max) == (1.2, 0.96, 1.44, 0, 6)
    assert (mine.tier, mine.source, mine.label) == ("unsourced", NONE_GIVEN, "Pue of mine")
    assert found["my_bill.guards"].step == 1


@pytest.mark.parametrize(
    ("default", "low", "high", "hard_min", "hard_max"),
    [
        (4.0, 3.2, 4.8, 0, 20),
        (4, 3, 5, 0, 20),
        (1, 0, 2, 0, 5),
        (0.9, 0.72, 1, 0, 1),
        (0.02, 0.016, 0.024, 0, 0.1),
        (100_000, 80_000, 120_000, 0, 500_000),
        (-3.0, -3.6, -2.4, -15, 15),
        (0.0, -0.4, 0.4, -10, 10),
        (6.02e23, 4.82e23, 7.22e23, 0, 3.01e24),
        (1 / 3, 0.2666666666, 0.4, 0, 1),
        (True, 1, 1, 0, 1),
    ],
)
def test_a_range_lies_around_every_default(cells, default, low, high, hard_min, hard_max):
    function = cells(f"def f(x={default!r}): return x + 1")["f"]
    found = inputs(function)["f.x"]
    assert found.value == pytest.approx(float(default))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    assert (found.hard_min, found.hard_max) == pytest.approx((hard_min, hard_max))
    assert sc.evaluate(function) == pytest.approx(function())


def test_a_whole_number_stays_whole_and_a_yes_stays_a_yes(cells):
    function = cells("def f(years=5, subsidised=True): return sum(range(years)) if subsidised is True else -1")["f"]
    assert sc.evaluate(function) == 10
    assert sc.evaluate(function, years=4) == 6
    assert sc.evaluate(function, subsidised=0) == -1
    assert set(sc.simulate(function).draws["result"]) <= {sum(range(years)) for years in range(11)}


def test_a_default_of_an_assumptions_name_is_not_used_and_that_is_said(cells):
    function = cells("def f(utilisation=50, text='a'): return utilisation")["f"]
    assert sc.evaluate(function) == 80
    first, second = find(function).notes
    assert (
        first
        == "The argument utilisation is an assumption and starts from its value, 80 %. Your default 50 is not used."
    )
    assert "text stays 'a'" in second


def test_an_argument_that_is_assumed_afterwards_is_taken(cells):
    function = cells("def f(my_price=4.0): return 2 * my_price")["f"]
    panel = explore(function)
    sc.assume("my_price", 7, low=6, high=9, unit="EUR/hour", source="a survey", why="for a test")
    try:
        assert sc.evaluate(function) == 14
        assert tell(panel, "show")["values"] == {"my_price": 7}
        assert panel._setup["inputs"][0]["tier"] == "your own"
    finally:
        sc.forget("my_price")
    assert sc.evaluate(function) == 8
    assert tell(panel, "show")["values"] == {"f.my_price": 4}


def test_two_functions_do_not_share_an_argument(cells):
    defined = cells("def f(x=1.0): return x\ndef g(x=100.0): return x")
    one, two = explore(defined["f"]), explore(defined["g"])
    tell(two, "set", values={"g.x": 300})
    assert tell(one, "show")["values"] == {"f.x": 1}
    assert sc.evaluate(defined["f"]) == 1


# What comes out -----------------------------------------------------------------------------------------------------


class Tuple(NamedTuple):
    cost: float
    share: float


@dataclasses.dataclass
class Data:
    cost: float
    share: float


def number(utilisation, price=2.0):
    """What it costs (EUR)."""
    return utilisation * price


def mapping(utilisation, price=2.0):
    return {"cost (EUR)": utilisation * price, "share (%)": utilisation}


def named_tuple(utilisation, price=2.0):
    """Two numbers.

    cost (EUR): for all
    share (percent)
    """
    return Tuple(utilisation * price, utilisation)


def data_class(utilisation, price=2.0):
    """cost (EUR)
    share (%)
    """
    return Data(utilisation * price, utilisation)


def test_a_number_has_the_functions_name_and_the_unit_of_the_first_line():
    (output,) = find(number).outputs
    assert (output.heading, find(number).title) == ("Number (EUR)", "What it costs")
    assert str(sc.in_words(number)).startswith("With the values set here, “Number” is 160 EUR (90 % range")


@pytest.mark.parametrize("function", [mapping, named_tuple, data_class])
def test_several_results_have_their_names_and_units(function):
    first, second = find(function).outputs
    assert [first.heading, second.heading] == ["Cost (EUR)", "Share (%)"]
    assert getattr(evaluation_of(function, {"price": 3}).result, first.id) == 240
    assert sc.evaluate(function) == function(80.0, 2.0)
    assert not find(function).each
    state = explore(function)._state
    assert state["rows"]["unit"] == ["EUR", "%"]
    assert state["rows"]["low"] != state["rows"]["value"]


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("cost", "Cost"),
        ("cost_of_all (MEUR)", "Cost of all (million EUR)"),
        ("cost (million EUR)", "Cost (million EUR)"),
        ("share(%)", "Share (%)"),
        ("weight (kg 'm)", "Weight (kg m)"),
        ("(EUR)", "(EUR)"),
        (2030, "2030"),
    ],
)
def test_a_key_holds_a_name_and_its_unit(cells, key, heading):
    function = cells(f"def f(x=1.0): return {{{key!r}: x}}")["f"]
    assert find(function).outputs[0].heading == heading
    assert explore(function)._state["rows"]["value"] == [1.0]


# Simulation ---------------------------------------------------------------------------------------------------------


def test_the_same_function_has_the_same_draws_digit_for_digit(monkeypatch):
    monkeypatch.delitem(MODELS, "gpu_hour_cost")
    mine = sc.simulate(gpu_hour_cost)
    frames = sc.tornado(gpu_hour_cost), sc.sobol(gpu_hour_cost), sc.breakeven(gpu_hour_cost, against="cloud")
    monkeypatch.undo()
    theirs = sc.simulate(gpu_hour_cost)
    assert mine.draws.keys() == theirs.draws.keys()
    for name, column in theirs.draws.items():
        assert (mine.draws[name] == column).all()
    sc.tornado(gpu_hour_cost).equals(frames[0])
    assert sc.sobol(gpu_hour_cost).equals(frames[1])
    assert sc.breakeven(gpu_hour_cost, against="cloud").equals(frames[2])


BRANCHES = {
    "if": "return x if x > 1 else 1.0",
    "math": "return math.exp(x)",
    "max": "return max(x, 1.0)",
    "while": "n = 0\n    while x > 0.5:\n        x, n = x / 2, n + 1\n    return n",
    "another answer": "return float(np.mean(x)) * 2",
    "isinstance": "return x if isinstance(x, float) else 0 * x",
}


@pytest.mark.parametrize("body", BRANCHES.values(), ids=BRANCHES)
def test_what_does_not_take_arrays_is_called_for_one_draw_at_a_time(cells, body):
    function = cells(f"def f(x=1.0):\n    {body}")["f"]
    simulation = sc.simulate(function)
    assert len(simulation.draws["result"]) == own.FEWER_DRAWS
    whole = cells("def g(x=1.0): return x")["g"]
    singles = [function(x) for x in sc.simulate(whole, n=own.FEWER_DRAWS).draws["result"].tolist()]
    assert simulation.draws["result"].tolist() == pytest.approx(singles, rel=1e-12)
    (note,) = find(function).notes
    assert "is called for one draw at a time" in note
    assert "np.where for if" in note


def test_what_works_with_arrays_is_called_with_arrays(cells):
    function = cells("def f(x=1.0, y=2.0): return np.where(x > 1, x, np.maximum(y, 1.9))")["f"]
    assert find(function).notes == ()
    assert len(sc.simulate(function).draws["result"]) == 2**14


def test_a_function_may_change_what_it_was_given(cells):
    defined = cells("def f(x=1.0, y=2.0):\n    x *= 3\n    return x + y\ndef g(x=1.0, y=2.0): return 3 * x + y")
    assert find(defined["f"]).notes == ()
    assert (sc.simulate(defined["f"]).draws["result"] == sc.simulate(defined["g"]).draws["result"]).all()
    assert sc.sobol(defined["f"]).total.tolist() == sc.sobol(defined["g"]).total.tolist()


def test_a_slow_function_has_a_result_and_no_band(cells, monkeypatch):
    monkeypatch.setattr(own, "SLOW", 0.0)
    monkeypatch.setattr(own, "LONGEST", 0.0)
    function = cells("def f(x=1.0): return 2 * x")["f"]
    state = explore(function)._state
    assert state["sentence"] == "With the values set here, “F” is 2."
    assert state["notice"].startswith("There is no 90 % band. f is slow, so it is not simulated: one call takes")
    assert tell(explore(function), "view", id="result")["sentence"] == state["sentence"]
    assert "no band" in str(sc.result_table(function))
    with pytest.raises(CourseError, match="f is slow"):
        sc.simulate(function)


def test_draws_without_a_number_are_said(cells):
    function = cells("def f(x=0.0): return np.sqrt(x + 0.2)")["f"]
    notice = explore(function)._state["notice"]
    assert "There is no 90 % band. f gives no number (NaN) for result in" in notice
    assert "np.maximum" in notice
    assert np.isnan(sc.breakeven(function, threshold=5.0)["at"][0])


# What is refused ----------------------------------------------------------------------------------------------------


class Cost:
    def __init__(self, price=1.0):
        self.price = price


def forever(x=1.0):
    return forever(x)


REFUSED = {
    "*args": ("def f(*values): return 1", "f takes *values: name each argument"),
    "**kwargs": ("def f(x=1.0, **more): return 1", "f takes **more: name each argument"),
    "positional": ("def f(x=1.0, /): return 1", "f takes x without its name: leave out the /"),
    "generator": ("def f(x=1.0): yield x", "f is a generator: write return instead of yield"),
    "async": ("async def f(x=1.0): return x", "f is async: write def without async"),
    "no argument": ("def f(): return 1", "f has 0 arguments"),
    "nothing to move": ("def f(text='a'): return 1", "f has no argument with a number as its default"),
    "unknown": (
        "def f(electricity_prise): return 1",
        "f needs electricity_prise, which is no assumption. Near to it are electricity_price",
    ),
    "a name of its own": (
        "def f(my_very_own): return 1",
        'as in my_very_own=5.0, or add it with sc.assume("my_very_own"',
    ),
    "None": ("def f(x=1.0): x * 2", "f returns nothing (None); its last line needs return"),
    "text": ("def f(x=1.0): return 'much'", "f returns 'much' (str), which is no number; return a number, a dict"),
    "a text in a dict": ("def f(x=1.0): return {'a': 1, 'b': 'much'}", "f returns 'much' (str) for b"),
    "None in a dict": ("def f(x=1.0): return {'a': None}", "f returns nothing (None) for a; return a number"),
    "NaN": ("def f(x=1.0): return math.nan", "f gives nan for result at the values it starts from"),
    "infinity": ("def f(x=1.0): return {'a': math.inf}", "f gives inf for a at the values it starts from"),
    "array": ("def f(x=1.0): return np.array([x, x])", "f returns 2 values (ndarray), which is no number"),
    "list": ("def f(x=1.0): return [x, x]", "f returns 2 values (list), which is no number; return a number, a dict"),
    "complex": ("def f(x=1.0): return 1j * x", "f returns 1j (complex), which is no number"),
    "empty": ("def f(x=1.0): return {}", "f returns no result"),
    "too many": ("def f(x=1.0): return {i: i for i in range(30)}", "f returns 30 results; a panel shows at most 20"),
    "tiny": ("def f(x=1e-23): return x", "the default of x is 1e-23; a control can have 0 and numbers from 1e-06"),
    "NaN default": ("def f(x=math.nan): return x", "the default of x is nan"),
    "exit": ("def f(x=1.0): raise SystemExit", "f ends the program"),
    "a class": ("class f: pass", "f is a class; a model is a function written with def"),
    "builtin": ("f = print", "print is not written with def"),
    "a result": ("f = 5", "5 is not a model of this course"),
}


@pytest.mark.parametrize(("code", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_model_is_refused_in_words(cells, code, says):
    before = dict(scenarios.current)
    function = cells(code)["f"]
    for use in (sc.explore, sc.tornado, sc.simulate, sc.figure, sc.in_words, sc.evaluate):
        if use is sc.evaluate and says.startswith("f gives"):
            continue
        with pytest.raises(CourseError) as refused:
            use(function)
        assert says in str(refused.value)
    assert scenarios.current == before


def test_errors_of_the_function_are_its_own(cells):
    with pytest.raises(ZeroDivisionError) as raised:
        sc.explore(cells("def f(x=0.0):\n    return 1 / x")["f"])
    assert raised.traceback[-1].lineno + 1 == 2
    with pytest.raises(RecursionError):
        sc.explore(forever)


def test_a_notebook_shows_an_error_with_the_learners_lines_only():
    from IPython.testing.globalipapp import get_ipython, start_ipython

    shell = start_ipython() or get_ipython()
    shell.run_cell("import sovereign_compute as sc\ndef f(x=0.0):\n    return 1 / x", silent=True)
    with pytest.raises(ZeroDivisionError) as raised:
        shell.run_cell("sc.explore(f)", silent=True).raise_error()
    text = "".join(raised.value._render_traceback_())
    assert "return" in text and "ZeroDivisionError" in text
    assert "panel.py" not in text and "own.py" not in text


def test_a_lambda_is_a_function_too():
    function = lambda utilisation, price=2.0: utilisation * price  # noqa: E731
    assert find(function).title == "Your function"
    assert sc.evaluate(function, price=3) == 240


def test_what_a_function_prints_floods_nothing(cells, capsys):
    function = cells("def f(x=1.0):\n    print('here')\n    return x if x > 1 else 1.0")["f"]
    panel = explore(function)
    tell(panel, "set", values={"f.x": 2})
    sc.simulate(function)
    assert "here" not in capsys.readouterr().out


def test_what_another_thread_prints_meanwhile_is_shown(cells, capsys):
    """A kernel answers a panel in one thread while a cell runs in another."""
    before, begun, go_on = sys.stdout, threading.Event(), threading.Event()

    def waits(x=1.0):
        print("not shown")
        begun.set()
        assert go_on.wait(60)
        return x

    def comes_to_an_end(x=1.0):
        print("not shown")
        return x

    with ThreadPoolExecutor() as threads:
        answered = threads.submit(find, waits)
        assert begun.wait(60)
        print("shown")
        find(comes_to_an_end)
        print("shown too")
        go_on.set()
        answered.result()
    assert sys.stdout is before
    assert capsys.readouterr().out == "shown\nshown too\n"


def test_texts_of_the_function_are_bounded(cells):
    name = "x" * 200
    function = cells(f"def {name}(a=1.0):\n    '''{'<b>' * 100}'''\n    return {{'{'y' * 500}': a}}")[name]
    model = find(function)
    assert max(map(len, (model.name, model.title, *(o.label for o in model.outputs)))) <= 60
    assert explore(function)._state["sentence"]


# In the panel -------------------------------------------------------------------------------------------------------


def test_a_panel_moves_saves_loads_and_compares(bill):
    panel = explore(bill)
    assert panel._setup["title"] == "My bill of a year"
    assert panel._setup["presets"] == []
    state = tell(panel, "set", values={"my_bill.guards": 10, "electricity_price": 0.3})
    assert "The default values give" in state["sentence"]
    assert state["beside"] == "The code does not hold Guards of your function. The file of a saved scenario does."
    assert scenarios.decode(state["code"]) == {"electricity_price": 0.3}
    tell(panel, "save", name="Mine")
    assert tell(panel, "reset")["values"]["my_bill.guards"] == 5
    tell(panel, "compare", **{"with": "saved", "id": "Mine"})
    assert "The scenario “Mine” gives" in panel._state["sentence"]
    assert tell(panel, "load", name="Mine")["values"]["my_bill.guards"] == 10
    assert tell(panel, "code", text="SC1-P7")["values"]["my_bill.guards"] == 5
    panel.values = {"guards": 7}
    assert panel.values["my_bill.guards"] == 7


def test_a_saved_scenario_is_whole_again_when_its_function_is(cells, bill):
    panel = explore(bill)
    tell(panel, "set", values={"my_bill.guards": 10})
    tell(panel, "save", name="Mine")
    scenarios.current.clear()
    assumptions.ARGUMENTS.clear()
    scenarios.read_again()
    assert "no function here has this argument" in scenarios.saved()["Mine"].problems["my_bill.guards"]
    panel = explore(cells(BILL)["my_bill"])
    assert tell(panel, "load", name="Mine")["values"]["my_bill.guards"] == 10


def test_a_move_that_fails_says_in_which_line_and_leaves_all_as_it_was(cells):
    panel = explore(cells("def f(utilisation, x=1.0):\n    y = 2\n    return y * utilisation / x")["f"])
    good = tell(panel, "set", values={"f.x": 2})
    bad = tell(panel, "set", values={"f.x": 0})
    assert bad["fault"] == (
        "f stopped with ZeroDivisionError in line 3 (return y * utilisation / x): float division by zero. "
        "The panel shows what it showed before."
    )
    assert {**bad, "fault": "", "seq": 0} == {**good, "seq": 0}
    assert scenarios.current == {"f.x": 2}
    with pytest.raises(ZeroDivisionError):
        panel.values = {"x": 0}
    assert (panel.values["f.x"], scenarios.current) == (2, {"f.x": 2})
    assert tell(panel, "set", values={"f.x": 4})["fault"] == ""


def test_a_panel_follows_its_function(cells):
    panel = explore(cells("def f(x=1.0): return x")["f"])
    tell(panel, "set", values={"f.x": 2})
    cells("def f(x=1.0): return 10 * x")
    assert (
        tell(panel, "show")["sentence"]
        == "With the values set here, “F” is 20 (90 % range 16 to 24). The default values give 10."
    )
    cells("def f(x=1.0): return lost * x")
    state = tell(panel, "show")
    assert state["fault"].startswith("f stopped with NameError in line 1 (def f(x=1.0): return lost * x): name 'lost'")
    assert "is 20" in state["sentence"]
    assert not panel._stale  # told again of what mends it
    cells("def f(x=3.0, y=2.0): return x + y")
    state = tell(panel, "show")
    assert (state["values"], state["fault"]) == ({"f.x": 3, "f.y": 2}, "")
    assert [row["id"] for row in panel._setup["inputs"]] == ["f.x", "f.y"]


def test_what_a_function_calls_may_change(cells):
    defined = cells("def part(x): return x\ndef f(x=1.0): return part(x)")
    explore(defined["f"])
    cells("def part(x): return {'a': x, 'b': 2 * x}")
    with pytest.raises(CourseError, match=r"f returned result at first, and with these values a, b"):
        sc.simulate(defined["f"])
    assert explore(defined["f"])._state["rows"]["result"] == ["A", "B"]


def test_a_copy_of_a_models_name_is_shown_for_itself(cells):
    panel = explore(cells("def gpu_hour_cost(capital_cost, share=0.5): return capital_cost * share")["gpu_hour_cost"])
    assert panel._setup["presets"] == []
    assert panel._state["rows"]["result"] == ["Gpu hour cost"]


def test_tables_charts_and_scenarios_beside_each_other(bill):
    assert "unsourced" in str(sc.assumption_table(bill))
    assert "Starting values" in sc.side_by_side(bill, {}, {"guards": 9}).shown.columns
    assert sc.shapley(bill, {}, {"guards": 9, "it_power": 10}).assumption.tolist() == ["it_power", "my_bill.guards"]
    assert sc.compare(bill, {"guards": 6}, {"my_bill.guards": 7}).iloc[0].tolist()[4:] == [5, 6, 7]
    assert sc.figure(bill, guards=6).to_dict()["title"]["subtitle"].endswith("Dashed outline: the default values.")
    assert "Guards" in sc.tornado_chart(bill, output="all (MEUR/year)").to_dict()["description"]
    assert set(sc.tornado(bill).columns) == set(sc.tornado(gpu_hour_cost).columns)
    with pytest.raises(CourseError, match="my_bill has no assumption sta; it uses it_power"):
        sc.evaluate(bill, sta=3)


# A plain control ----------------------------------------------------------------------------------------------------


def test_a_slider_and_the_panels_follow_each_other(bill):
    panel, slider = explore(bill), sc.slider("electricity_price")
    moved = []
    slider.observe(lambda change: moved.append(change["new"]), "value")
    tell(panel, "set", values={"electricity_price": 0.3})
    assert (slider.value, moved) == (0.3, [0.3])
    slider.value = 0.1234567
    assert slider.value == panel.values["electricity_price"] == scenarios.current["electricity_price"]
    assert slider.value in moved
    assert slider.value == assumptions.get("electricity_price").snap(0.1234567)
    other = sc.slider("my_bill.guards")
    other.value = 9
    assert tell(panel, "show")["values"]["my_bill.guards"] == 9
    panel.values = {"guards": 3}
    assert other.value == 3


@pytest.mark.parametrize(
    ("id", "now", "told", "moved"),
    [("utilisation", 40, 40.00000000000001, 41), ("revenue_growth", 0, 3.6e-15, 0.5)],
)
def test_what_a_page_makes_of_the_number_that_it_was_told_is_no_move(id, now, told, moved):
    """An answer to it would undo what was moved meanwhile."""
    scenarios.current[id] = now
    slider, heard = sc.slider(id), []
    slider.observe(lambda change: heard.append(change["new"]), "value")
    slider.value = told
    assert heard == [told]
    slider.value = moved
    assert heard[1:] == [moved] == [scenarios.current[id]]


@pytest.mark.parametrize("id", assumptions.registry())
def test_every_assumption_has_a_slider_over_its_range(id):
    a, slider = assumptions.get(id), sc.slider(id)
    assert slider.description.startswith(a.label)
    assert slider.value == pytest.approx(a.value)
    for end in (a.hard_min, a.hard_max, a.value):
        slider.value = float(end)
        assert scenarios.current.filled([id])[id] == end


def test_a_slider_needs_an_assumption():
    with pytest.raises(CourseError, match="there is no assumption 'x'"):
        sc.slider("x")
    with pytest.raises(CourseError, match="by its id in quotation marks"):
        sc.slider(gpu_hour_cost)


def test_a_copied_model_of_the_course_is_the_learners_and_the_course_keeps_its_own(cells):
    copied = "from sovereign_compute.models.ownership import *\n" + inspect.getsource(gpu_hour_cost)
    mine = cells(copied.replace("    exchange_rate,\n", "    exchange_rate,\n    idle=0.5,\n"))["gpu_hour_cost"]
    found = find(mine)
    assert found.own
    assert "gpu_hour_cost.idle" in found.inputs
    assert found.title == find(gpu_hour_cost).title
    assert found.outputs == find(gpu_hour_cost).outputs
    assert sc.lesson(21).gpu_hour_cost is gpu_hour_cost

    panel = explore(mine)
    cells(copied.replace("yearly = ", "yearly = 0 * "))
    assert panel._model.is_old()  # its panel follows, as that of any function in a cell
