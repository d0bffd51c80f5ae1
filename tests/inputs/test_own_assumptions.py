"""What a learner assumes: taken or refused in words, where it is seen and where not, and how it is kept."""

import inspect
import json
import math

import numpy as np
import pytest
import sovereign_compute as sc
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.draws import correlations, dimensions, uniform
from sovereign_compute.analysis.evaluation import course_values, evaluation_of
from sovereign_compute.analysis.portfolios import search
from sovereign_compute.analysis.settings import evaluate, standing
from sovereign_compute.analysis.simulation import draw, simulate
from sovereign_compute.controls import memo
from sovereign_compute.controls.assume import assume, forget, my_assumptions
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.controls.my_work import pack, put_back
from sovereign_compute.controls.panel import PANELS, Panel
from sovereign_compute.controls.panel_rows import control
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import own_assumptions, scenarios, share_codes
from sovereign_compute.inputs.assumptions import ASSUMED, get, in_place, registry
from sovereign_compute.inputs.own_assumptions import LAST_CODE, LONGEST, made
from sovereign_compute.inputs.scenarios import Scenario
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.lessons.fact_check import decided
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.returns import public_return

GROUND = {"source": "A study of ours", "why": "People get half of the credit."}
NASTY = "<img src=x onerror=alert(1)> | `a` **b** $c$"

pytestmark = pytest.mark.usefixtures("learner")


def tell(panel: Panel, kind: str, **message) -> dict:
    """Send what the browser would send; returns the answer."""
    panel._receive(panel, {"kind": kind, "seq": panel._state["seq"] + 1, **message}, [])
    return panel._state


@pytest.fixture
def credit():
    """Another attribution than the course's."""
    return assume("attribution", 30, low=10, high=60, **GROUND)


@pytest.fixture
def water():
    """An assumption that the course does not have, and a function that uses it."""
    assume("water_use", 0.5, low=0.1, high=1.8, unit="1", label="Water for cooling", **GROUND)

    def water_of_a_test(*, it_power, water_use):
        return {"volume": it_power * water_use}

    yield water_of_a_test
    PANELS.clear()


# Taken and refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "begins"),
    [
        ("", "No reason was given. The course has "),
        ("A guess", "A guess. The course has "),
        ("A guess?", "A guess? The course has "),
    ],
)
def test_a_row_of_a_panel_says_why_in_sentences_and_what_the_course_has(why, begins):
    assume("attribution", 30, source="A study of ours", why=why)
    assert control(ASSUMED["attribution"])["why"].startswith(begins)


def test_an_own_range_is_met_by_its_draws_and_moves_with_the_value(credit):
    own = ASSUMED["attribution"]
    with in_place(ASSUMED):
        draws = draw(get("attribution"), 30.0)
        assert np.quantile(draws, (0.05, 0.5, 0.95)) == pytest.approx((10, 30, 60), rel=0.01)
        assert np.quantile(draw(own, 45.0), (0.05, 0.95)) == pytest.approx((15, 90), rel=0.01)
    assert (draws.min(), draws.max()) == (0.0, pytest.approx(100, abs=15))
    assert credit.shown.iloc[0].tolist()[:7] == ["attribution", "Attribution", "30", "10 to 60", "18.5", "4 to 45", "%"]


@pytest.mark.parametrize("id", registry())
def test_every_assumption_of_the_course_can_be_another(id):
    course = registry()[id]
    value = course.at(course.positions // 2)
    ends = {} if not course.varied else {"low": course.hard_min, "high": course.hard_max}
    assume(id, value, **ends)
    own = ASSUMED[id]
    assert (own.value, own.tier) == (value, "unsourced")
    assert (own.code, own.unit, own.step, own.hard_min, own.hard_max) == (
        *(course.code, course.unit, course.step, course.hard_min, course.hard_max),
    )
    assert not own.varied or np.isfinite(draw(own, value, 1024)).all()
    assume(id, course.value)
    low, high = ASSUMED[id].low, ASSUMED[id].high
    assert (low, high) == (pytest.approx(course.low, abs=course.step), pytest.approx(course.high, abs=course.step))


def test_without_a_range_the_courses_moves_along():
    assume("utilisation", 60)
    a = registry()["utilisation"]
    assert (ASSUMED["utilisation"].low, ASSUMED["utilisation"].high) == (round(a.low * 60 / 80), 60 * a.high / 80)
    choice = next(a for a in registry().values() if a.choices)
    assume(choice.id, choice.words[1])
    assert ASSUMED[choice.id].value == 1
    with pytest.raises(CourseError, match="is a choice: give its value alone, without low and high"):
        assume(choice.id, 1, low=0, high=1)


@pytest.mark.parametrize(
    ("numbers", "step", "limits"),
    [
        ({"value": 3, "low": 1, "high": 8}, 0.1, (0, 15)),
        ({"value": 0.1234, "low": 0.05, "high": 0.3}, 0.0001, (0, 0.55)),
        ({"value": -5, "low": -9, "high": 2}, 0.1, (-20, 13)),
        ({"value": 40, "low": 30, "high": 60, "unit": "%"}, 1, (0, 100)),
        ({"value": 4e9, "low": 1e9, "high": 9e9}, 1e8, (0, 1.7e10)),
        ({"value": 1 / 3}, 1e-7, (0, 0.6666667)),
        ({"value": 0}, 0.01, (0, 1)),
        ({"value": 5, "hard_min": 5, "hard_max": 6}, 0.01, (5, 6)),
    ],
)
def test_a_new_one_has_the_coarsest_grid_that_holds_its_numbers(numbers, step, limits):
    assume("something_new", **{"unit": "1", **numbers})
    a = ASSUMED["something_new"]
    assert a.step == step
    assert (a.hard_min, a.hard_max) == limits
    assert a.value == pytest.approx(numbers["value"], abs=step / 2)
    assert a.accept(a.value) == a.value
    assert a.label == "Something new"
    assert get("something_new") is a


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"id": "atribution"}, "there is no assumption 'atribution'; close to it: attribution, "),
        ({"id": "atribution"}, 'give its unit, for example unit="percent"'),
        ({"id": "attribution", "value": 130}, "Attribution: 130 is out of range; allowed is 0 to 100 %"),
        ({"id": "attribution", "high": 101}, "high: Attribution: 101 is out of range; allowed is 0 to 100 %"),
        ({"id": "attribution", "low": 50}, "Attribution: low, value, high must rise in this order: low is 50, va"),
        ({"id": "attribution", "low": 60, "high": 10}, "low is 60, value is 30, high is 10"),
        ({"id": "attribution", "high": None}, "'attribution': a range has two ends: give low and high, or neither"),
        ({"id": "attribution", "unit": "year"}, "Attribution: the course has it in %, not in 'year'"),
        ({"id": "attribution", "hard_max": 90}, "attribution is an assumption of the course: it keeps its label, hard"),
        ({"id": "attribution", "value": math.nan}, "Attribution: nan is not a number one can compute with"),
        ({"id": "attribution", "value": "many"}, "Attribution: "),
        ({"id": "attribution", "source": "s" * 201}, "source must have at most 200 characters; this text has 201"),
        ({"id": "attribution", "why": 5}, "why must be a text, not 5"),
        ({"id": "water", "unit": "lightyear"}, "'water': the course has no unit 'lightyear'"),
        ({"id": "water", "unit": 5}, "'water': the course has no unit 5"),
        ({"id": "water", "unit": "1", "value": math.inf}, "Water: value must be a number from -1e+12 to 1e+12, not i"),
        ({"id": "water", "unit": "1", "low": math.nan}, "Water: low must be a number from"),
        ({"id": "water", "unit": "1", "value": True}, "Water: value must be a number from -1e+12 to 1e+12, not True"),
        ({"id": "water", "unit": "1", "value": 10**400}, "Water: value must be a number from"),
        ({"id": "water", "unit": "1", "value": [3]}, "Water: value must be a number from -1e+12 to 1e+12, not [3]"),
        (
            {"id": "water", "unit": "1", "low": 40, "high": 20},
            "Water: low, value, high must rise in this order: l",
        ),
        (
            {"id": "water", "unit": "1", "hard_min": 20},
            "hard_min is 20, low is 10, high is 60, hard_max",
        ),
        ({"id": "water", "unit": "1", "hard_max": 50}, "hard_min is 0, low is 10, high is 60, hard_max is 50"),
        (
            {"id": "water", "unit": "1", "value": 1e-9, "low": 0, "high": 2e-9},
            "is too little to be shown; choose a smaller unit",
        ),
        ({"id": "water", "unit": "1", "label": "<b>Water"}, "label: '<b>Water' must have no < >: write it in words"),
        ({"id": "weight_legal"}, "is a fact or a decision, which the course does not vary: give its value alone"),
        ({"id": "water", "unit": "1", "label": "w" * 61}, "label must have at most 60 characters; this text has 61"),
        ({"id": "class", "unit": "1"}, "'class' cannot be the id of an assumption: it is a word of Python"),
        ({"id": "output", "unit": "1"}, "'output' cannot be the id of an assumption: it is a word of functions of"),
        ({"id": "two words", "unit": "1"}, "'two words' cannot be the id of an assumption: an id has letters"),
        ({"id": "_water", "unit": "1"}, "'_water' cannot be the id"),
        ({"id": "", "unit": "1"}, "'' cannot be the id"),
        ({"id": "w" * 41, "unit": "1"}, "at most 40 characters"),
        ({"id": 21.5, "unit": "1"}, "21.5 cannot be the id of an assumption"),
    ],
)
def test_what_cannot_be_assumed_is_said_and_changes_nothing(wish, says, credit):
    before, current = dict(ASSUMED), dict(scenarios.current)
    with pytest.raises(CourseError) as refused:
        assume(**{"value": 30, "low": 10, "high": 60, **wish})
    assert says in str(refused.value)
    assert len(str(refused.value)) < 300
    assert (ASSUMED, scenarios.current) == (before, current)


def test_reserved_are_the_arguments_of_what_a_model_is_given_to():
    for name in ("evaluate", "figure", "in_words", "result_table", "tornado_chart", "explore", "simulate"):
        named = [p.name for p in inspect.signature(getattr(sc, name)).parameters.values() if p.kind != p.VAR_KEYWORD]
        assert set(named) <= own_assumptions.RESERVED, name


def test_every_added_one_has_draws_of_its_own_and_the_same_in_every_session():
    for place in range(60):
        assume(f"number_{place}", 5, low=1, high=9, unit="1")
    codes = [a.code for a in ASSUMED.values()]
    assert len({*codes, *(a.code for a in registry().values())}) == len(codes) + len(registry())
    assert dimensions() - len(correlations()) >= LAST_CODE
    assert np.isfinite(uniform(ASSUMED["number_0"], 1024)).all()
    alone = made("number_0", 5, 1, 9, unit="1", beside={})
    assert alone.code == ASSUMED["number_0"].code
    assume("number_0", 6, low=1, high=9, unit="1")
    assert ASSUMED["number_0"].code == alone.code


def test_more_than_there_are_draws_for_is_refused(monkeypatch):
    monkeypatch.setattr(own_assumptions, "LAST_CODE", max(a.code for a in registry().values()) + 1)
    assume("first", 5, unit="1")
    with pytest.raises(CourseError, match="there are draws for 1 assumptions of your own"):
        assume("second", 5, unit="1")
    assume("first", 6, unit="1")


def test_added_ranges_over_a_power_of_ten_are_drawn_on_a_logarithmic_scale():
    assume("wide", 10, low=1, high=100, unit="1")
    assume("narrow", 10, low=5, high=20, unit="1")
    assert [ASSUMED[id].distribution for id in ("wide", "narrow")] == ["lognormal", "normal"]
    draws = draw(ASSUMED["wide"], 10.0)
    assert np.quantile(draws, (0.05, 0.5, 0.95)) == pytest.approx((1, 10, 100), rel=0.02)


# Where it is seen -----------------------------------------------------------------------------------------------------


def test_what_a_learner_calls_starts_from_it_and_says_so(credit):
    values = {"attribution": 30.0}
    assert sc.evaluate(public_return) == evaluate(public_return, **values)
    assert sc.evaluate(public_return, attribution=18.5) == evaluate(public_return)
    mine, courses = sc.simulate(public_return), simulate(public_return, values)
    assert mine.quantile("ratio", 0.05) > courses.quantile("ratio", 0.05)
    row = sc.tornado(public_return).set_index("assumption").loc["attribution"]
    assert (row.low, row.high) == (10, 60)
    for show in (sc.in_words, sc.result_table, sc.assumption_table):
        assert "Your own assumptions: Attribution." in repr(show(public_return))
    for chart in (sc.figure(public_return), sc.tornado_chart(public_return)):
        assert chart.description.endswith("Your own assumptions: Attribution.")
    table = sc.assumption_table(public_return).shown.set_index("Assumption").loc["Attribution"]
    assert table.tolist() == ["30 %", "10 to 60", "your own", "A study of ours"]
    assert "Your own" not in repr(sc.in_words(gpu_hour_cost))
    # A scenario that is asked for is the course's with these changes, and what is assumed holds there, too.
    told = repr(sc.in_words(public_return, additionality=50))
    assert told.endswith("Your own assumptions: Attribution.")


def test_verdicts_predictions_given_cases_and_comparison_keep_the_courses():
    def found():
        cases = {id: find_exercise(id) for id in ("24.1", "21.1")}
        return {
            "verdicts": {id: (v.word, v.reading) for id, v in decided().items()},
            "predictions": {id: repr(ANSWERS[id]()) for id in ("gpu-hour", *list(ANSWERS)[:3])},
            "given": {id: repr(e.answer(e.values())) for id, e in cases.items() if e.preset is not None},
            "course": course_values(public_return).bands["ratio"],
            "compare": sc.compare(public_return, {}, {"lifetime": 5}).to_csv(),
            "text": repr(sc.back_test(gpu_hour_cost)),
        }

    before = found()
    for id in ("attribution", "utilisation", "electricity_price", "capital_cost"):
        a = registry()[id]
        assume(id, a.at(a.positions // 3), low=a.hard_min, high=a.hard_max)
    assert found() == before
    with standing({id: a.value for id, a in ASSUMED.items()}):  # so that the comparison can fail
        assert found()["predictions"] != before["predictions"]


def test_an_exercise_on_the_panel_knows_the_own_range(credit):
    inside = []
    for exercise in (find_exercise("21.4"), find_exercise("21.1")):
        exercise = type(exercise)(
            **{**exercise.__dict__, "answer": lambda v: inside.append(get("attribution").high) or 1.0, "kind": "number"}
        )
        exercise.judge("1", values={})
    expected = [60.0 if find_exercise(id).follows else 45.0 for id in ("21.4", "21.1")]
    assert inside == expected
    assert set(expected) == {60.0, 45.0}


def test_a_new_edition_of_an_added_one_is_seen_everywhere(water):
    first = course_values(water).result.volume
    assert sc.evaluate(water, it_power=10)["volume"] == 5
    assume("water_use", 1, low=0.5, high=2, unit="1")
    assert course_values(water).result.volume == 2 * first
    assert sc.evaluate(water, it_power=10)["volume"] == 10
    assert evaluation_of(water).bands["volume"][0] > 0.5 * first


def test_the_search_of_the_lab_and_its_cache_see_an_own_range():
    few = {"portfolios": 8, "futures": 1024}
    before = search({}, **few).run().table()
    assume("returns_access", registry()["returns_access"].value, low=0.1, high=1.5)
    with in_place(ASSUMED):
        after = search({}, **few).run().table()
    assert not before.equals(after)
    assert before.equals(search({}, **few).run().table())


# Panels ---------------------------------------------------------------------------------------------------------------


def test_an_open_panel_follows_and_says_whose_range_it_is():
    panel = Panel(public_return)
    setup, band = panel._setup, panel._state["sentence"]
    sent = []
    panel.send = sent.append
    assume("attribution", 30, low=10, high=60, **GROUND)
    assert sent == [{"kind": "stale"}]
    assert panel.values["attribution"] == 30
    state = tell(panel, "show")
    row = next(row for row in panel._setup["inputs"] if row["id"] == "attribution")
    was = next(row for row in setup["inputs"] if row["id"] == "attribution")
    assert row["range"] == "10 to 60 % (P5 to P95)"
    assert (row["tier"], row["source"]) == ("your own", "A study of ours")
    assert row["why"] == "People get half of the credit. The course has 18.5 % (4 to 45)."
    assert row["ground"] == "assumed by you; evidence: your own."
    assert was["ground"].endswith("looked up 2026-11-23; evidence: judgement.")
    assert (row["min"], row["max"], row["step"]) == (was["min"], was["max"], was["step"])
    assert panel._setup["start"] == "Your own assumptions: Attribution. The course's values are a preset."
    assert state["changed"] == []
    assert state["sentence"] != band
    assert "30 %  (P5 to P95: 10 to 60)  (your own)" in repr(panel)
    assert "The course's values give 1.2." in state["sentence"]
    forget("attribution")
    assert tell(panel, "show")["sentence"] == band
    assert panel._setup == setup


def test_the_courses_values_are_a_preset_and_reset_goes_back_to_the_own_one(credit):
    panel = Panel(public_return)
    assert tell(panel, "preset", id="course")["values"]["attribution"] == 18.5
    assert tell(panel, "reset", id="attribution")["values"]["attribution"] == 30
    assert tell(panel, "set", values={"attribution": 40})["changed"] == ["attribution"]
    assert tell(panel, "reset")["values"]["attribution"] == 30


def test_a_forgotten_addition_leaves_its_panel_with_a_sentence(water):
    panel = Panel(water)
    state = tell(panel, "set", values={"water_use": 1})
    assert state["values"]["water_use"] == 1
    forget("water_use")
    refused = tell(panel, "set", values={"it_power": 20})
    assert "water_of_a_test needs water_use, which is no assumption." in refused["fault"]
    assert refused["values"] == state["values"]
    assert repr(panel)
    assume("water_use", 0.7, unit="1")
    assert tell(panel, "show")["values"]["water_use"] == 0.7


def test_forgetting_what_is_not_there_says_what_is(credit):
    with pytest.raises(CourseError, match="no assumption 'utilisation' of your own; there are attribution"):
        forget("utilisation")
    forget("attribution")
    assert scenarios.current == {}
    with pytest.raises(CourseError, match=r"of your own: sc\.assume makes one"):
        forget("attribution")


# Kept and shared ------------------------------------------------------------------------------------------------------


def test_a_saved_scenario_brings_its_own_assumptions_into_a_new_session(credit, water):
    panel = Panel(water)
    tell(panel, "set", values={"water_use": 1.2})
    sentence = Panel(public_return)._state["sentence"]
    tell(panel, "save", name="Ours")
    kept = my_assumptions().frame
    ASSUMED.clear()
    scenarios.current.clear()
    other = Panel(public_return)
    assert other._state["sentence"] != sentence
    state = tell(other, "load", name="Ours")
    assert "It brings your own assumptions: Attribution and Water for cooling." in state["notice"]
    assert state["sentence"] == sentence
    assert kept.equals(my_assumptions().frame)
    assert "left out" not in state["notice"].lower()
    assert tell(Panel(water), "load", name="Ours")["values"]["water_use"] == 1.2


def test_a_saved_scenario_is_compared_with_by_its_own_range(credit):
    scenarios.save("Ours", scenarios.current)
    forget("attribution")
    panel = Panel(public_return)
    tell(panel, "compare", **{"with": "saved", "id": "Ours"})
    with in_place(scenarios.saved()["Ours"].own):
        expected = simulate(public_return, {"attribution": 30}).quantile("ratio", (0.05, 0.95))
    assert panel._compared.bands["ratio"] == tuple(expected)


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"attribution": {"value": 30, "low": 10, "high": 200}}, "high: Attribution: 200 is out of range"),
        ({"attribution": {"value": 30, "low": "x", "high": 50}}, "low: Attribution: "),
        ({"attribution": 30}, "'attribution': the file has no value for it"),
        ({"attribution": {"value": 30, "unit": "year"}}, "the course has it in %, not in 'year'"),
        ({"attribution": {"value": 30, "source": ["a"]}}, "source must be a text"),
        ({"water use": {"value": 30, "unit": "%"}}, "cannot be the id of an assumption"),
        ({"water": {"value": 30}}, "give its unit"),
        ({"water": {"value": {"deep": []}, "unit": "%"}}, "Water: value must be a number"),
        ({"water": {"value": 3, "unit": "%", "label": 7}}, "label must be a text"),
    ],
)
def test_a_damaged_entry_of_a_file_is_left_out_with_its_reason(own, says):
    scenario = Scenario.from_json(json.dumps({"changes": {"lifetime": {"value": 5}}, "own": own}))
    assert scenario == {"lifetime": 5}
    assert scenario.own == {}
    assert says in "; ".join(scenario.problems.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["value", "low", "high", "unit", "hard_min", "hard_max", "label", "source", "why", "id", "code"]
)


@given(
    id=st.sampled_from(["attribution", "gpus", "water", "eval", "a b"]) | st.text(max_size=50),
    entry=st.dictionaries(FIELDS, JSON | st.sampled_from(["%", "1", 30, 0.5]), min_size=1) | JSON,
)
@settings(deadline=None, max_examples=300)
def test_whatever_a_file_holds_is_taken_or_left_out_in_words(id, entry):
    scenario = Scenario.from_json(json.dumps({"changes": {}, "own": {id: entry}}))
    assert len(scenario.own) + len(scenario.problems) == 1
    for found in (scenario, scenario.copy()):
        again = Scenario.from_json(found.to_json())
        assert again.own == scenario.own
        assert again.problems == {}


def test_a_file_with_more_than_can_be_is_none():
    own = {f"number_{place}": {"value": 1} for place in range(own_assumptions.MOST + 1)}
    with pytest.raises(CourseError, match="501 own assumptions, more than can be"):
        Scenario.from_json(json.dumps({"changes": {}, "own": own}))


@pytest.mark.parametrize("own", [None, [], "x", 5])
def test_files_without_own_assumptions_open_as_before(own):
    scenario = Scenario.from_json(json.dumps({"changes": {"lifetime": {"value": 5}}, "own": own}))
    assert (scenario, scenario.own, scenario.problems) == ({"lifetime": 5}, {}, {})
    assert "own" not in json.loads(scenario.to_json())


def test_a_code_has_values_of_the_courses_assumptions_and_says_what_it_lacks(credit, water):
    scenarios.current["water_use"] = 1
    assert scenarios.decode(scenarios.current.code()) == {"attribution": 30}
    told = (
        "The code does not hold your range and source of Attribution, nor Water for cooling, which you added. "
        "The file of a saved scenario does."
    )
    assert Panel(public_return)._state["beside"] == scenarios.current.left_out_of_code() == told
    ASSUMED.clear()
    assert scenarios.current.left_out_of_code() == ""
    assert share_codes.PREFIX in scenarios.current.code()


def test_my_work_takes_it_away_and_puts_it_back(credit, learner):
    scenarios.save("Ours", scenarios.current)
    packed, _, left_out = pack()
    assert left_out == []
    assert put_back(packed) == ([], [])
    (learner / "scenario-ours.json").unlink()
    ASSUMED.clear()
    assert put_back(packed) == (["scenario 'Ours'"], [])
    assert scenarios.saved()["Ours"].own["attribution"].high == 60
    other = Scenario({"attribution": 30})
    scenarios.save("Ours", other)
    assert "another scenario named 'Ours' is here already" in put_back(packed)[1][0]


def test_a_memo_has_range_source_and_reason(learner, few_draws):
    assume("returns_access", 0.5, low=0.3, high=0.9, source=NASTY, why=NASTY)
    memo.write({"claim": "Do it."})
    page, text = ((learner / name).read_text(encoding="utf-8") for name in memo.FILES)
    label = registry()["returns_access"].label
    assert f"<td>{label}</td><td>0.5 (90 % range 0.3 to 0.9)</td>" in page
    assert f"{label}, your own: &lt;img src=x onerror=alert(1)&gt; | `a` **b** $c$. Reason: " in page
    assert "<img src=x" not in page + text
    assert "\\*\\*b\\*\\*" in text


# Bounded and escaped --------------------------------------------------------------------------------------------------


def test_texts_of_a_learner_are_shown_as_text():
    table = assume("attribution", 30, source=NASTY, why=NASTY)
    for shown in (table, my_assumptions(), sc.assumption_table(public_return)):
        assert "<img" not in shown._repr_html_()
    long = {"source": "s" * LONGEST["source"], "why": "w" * LONGEST["why"], "label": "L" * LONGEST["label"]}
    assume("w" * LONGEST["id"], 3, unit="1", **long)
    assert len(ASSUMED) == 2


def test_many_are_counted_in_sentences():
    for place in range(8):
        assume(f"number_{place}", 5, unit="1")
    assert scenarios.current.left_out_of_code() == (
        "The code does not hold Number 0, Number 1, Number 2, Number 3, Number 4 and 3 more, which you added. "
        "The file of a saved scenario does."
    )
