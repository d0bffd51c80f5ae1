"""A new model needs a function and rows, and nothing else: here is one, and all of the course works with it."""

import pytest
from sovereign_compute import explore, simulate, sobol, tornado
from sovereign_compute.analysis.comparison import compare, shapley
from sovereign_compute.controls import panel
from sovereign_compute.controls.exercises import Check, Exercise
from sovereign_compute.display import charts
from sovereign_compute.inputs import data, scenarios
from synthetic import CASH_FLOW, CASH_FLOW_ROWS, cash_flow, world

pytestmark = pytest.mark.usefixtures("learner")


@pytest.fixture(autouse=True)
def thirty_years(monkeypatch):
    """The model of synthetic.py with its twelve rows, in the place of the course's own."""
    monkeypatch.setattr(charts, "VIEWS", {})
    monkeypatch.setattr(panel, "PANELS", set())  # those of other tests know nothing of this registry
    source = next(iter(data.sources().values()))
    monkeypatch.setattr(data, "sources", lambda: {row.source: source for row in CASH_FLOW_ROWS.values()})
    with world(CASH_FLOW_ROWS, CASH_FLOW):
        yield


def tell(widget, kind: str, **message) -> dict:
    widget._receive(widget, {"kind": kind, "seq": 1, **message}, [])
    return widget._state


def test_its_panel():
    shown = explore(cash_flow)
    assert [control["id"] for control in shown._setup["inputs"]] == list(CASH_FLOW_ROWS)
    before = shown._state["sentence"]
    state = tell(shown, "set", values={"purchase": CASH_FLOW_ROWS["purchase"].hard_max})
    assert state["errors"] == {}
    assert state["sentence"] != before
    assert "The course's values give" in state["sentence"]
    assert tell(shown, "set", values={"purchase": -1e9})["errors"]["purchase"].startswith("Purchase")


def test_its_results_and_what_they_are_compared_with():
    shown = explore(cash_flow)
    assert [view["label"] for view in shown._setup["views"]] == ["All results", "Worth", "First"]
    code = scenarios.Scenario({"purchase": CASH_FLOW_ROWS["purchase"].high}).code()
    state = tell(shown, "compare", **{"with": "code", "id": code})
    other = cash_flow(**{**values(), "purchase": CASH_FLOW_ROWS["purchase"].high})
    assert state["rows"]["course"] == pytest.approx([other.worth, other.first_year], rel=1e-5)
    assert f"The scenario “{code}” gives" in state["sentence"]
    state = tell(shown, "view", id="first_year")
    assert state["sentence"].startswith("With the values set here, “First” is ")
    assert sum(part == "draws" for part in state["rows"]["part"]) == 30


def test_its_picture_tells_what_it_shows():
    text = charts.figure(cash_flow).to_dict()["description"]
    assert text == charts.in_words(cash_flow).text
    assert "90 % range" in text


def test_its_draws_and_what_matters():
    assert simulate(cash_flow).quantile("worth", 0.5) == pytest.approx(cash_flow(**values()).worth, rel=0.25)
    assert tornado(cash_flow).span.is_monotonic_decreasing
    assert set(sobol(cash_flow).columns) >= {"assumption", "first", "total"}


def values() -> dict[str, float]:
    return {id: row.value for id, row in CASH_FLOW_ROWS.items()}


def test_its_scenarios():
    scenarios.current["purchase"] = CASH_FLOW_ROWS["purchase"].high
    code = scenarios.current.code()
    assert scenarios.decode(code) == scenarios.current
    frame = compare(cash_flow, {}, code)
    assert frame.id[0] == "purchase"
    assert shapley(cash_flow, {}, code).assumption.tolist() == ["purchase"]


def test_its_exercises():
    exercise = Exercise(
        id="0.1",
        question="What is it worth?",
        model=cash_flow,
        units={"MEUR": 1.0},
        answer=lambda v: cash_flow(**v).worth,
        solution=lambda v: f"{cash_flow(**v).worth}",
        hints=("Discount.", "Add up."),
    )
    widget = Check(exercise)
    assert tell(widget, "answer", value=cash_flow(**values()).worth, unit="MEUR")["right"]
    assert not tell(widget, "answer", value=1e9, unit="MEUR")["right"]
