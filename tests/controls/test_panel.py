"""The live panel without a browser: messages in, state out."""

import json

import numpy as np
import pytest
from messages import tell
from sovereign_compute import models
from sovereign_compute.analysis import settings
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.controls.panel import Panel, explore
from sovereign_compute.display.charts import VIEWS, view_of
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import assumptions, scenarios
from sovereign_compute.inputs.presets import presets
from sovereign_compute.models.macro import ai_gain
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import MODELS, all_models

pytestmark = pytest.mark.usefixtures("learner")


@pytest.fixture
def panel() -> Panel:
    return explore(gpu_hour_cost)


def test_a_move_changes_rows_sentence_and_code(panel):
    before = dict(panel._state)
    after = tell(panel, "set", values={"utilisation": 40})
    assert after["values"]["utilisation"] == 40
    assert after["changed"] == ["utilisation"]
    assert after["sentence"] != before["sentence"]
    assert scenarios.decode(after["code"]) == {"utilisation": 40}
    total = dict(zip(after["rows"]["item"], after["rows"]["value"], strict=True))["Owned, in all"]
    assert total == pytest.approx(settings.evaluate(gpu_hour_cost, utilisation=40).total, rel=1e-5)


@pytest.mark.parametrize("id", settings.inputs(gpu_hour_cost))
def test_every_control_takes_its_whole_range(panel, id):
    for end in ("hard_min", "low", "value", "high", "hard_max"):
        value = getattr(assumptions.get(id), end)
        state = tell(panel, "set", values={id: value})
        assert state["errors"] == {}
        assert state["values"][id] == value
        numbers = [v for column in state["rows"].values() for v in column if isinstance(v, float)]
        assert all(abs(v) < 1e12 for v in numbers), f"a chart needs finite numbers at {end}"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (None, "Utilisation: the field is empty; allowed is 1 to 100 %"),
        (float("nan"), "Utilisation: nan is not a number one can compute with; allowed is 1 to 100 %"),
        (0, "Utilisation: 0 is out of range; allowed is 1 to 100 %"),
        (100.1, "Utilisation: 100.1 is out of range; allowed is 1 to 100 %"),
        ("<b>all</b>", "Utilisation: '<b>all</b>' is not a number; allowed is 1 to 100 %"),
        ([50], "Utilisation: '[50]' is not a number; allowed is 1 to 100 %"),
        (True, "Utilisation: True is not a number one can compute with; allowed is 1 to 100 %"),
    ],
)
def test_a_bad_value_is_refused_in_words_and_the_last_result_stays(panel, given, says):
    good = tell(panel, "set", values={"utilisation": 50})
    bad = tell(panel, "set", values={"utilisation": given})
    assert bad["errors"] == {"utilisation": says}
    assert bad["rows"] == good["rows"]
    assert bad["values"]["utilisation"] == 50


def test_one_bad_value_among_good_ones_loses_only_itself(panel):
    state = tell(panel, "set", values={"utilisation": 50, "pue": 9, "lifetime": 7})
    assert list(state["errors"]) == ["pue"]
    assert (state["values"]["utilisation"], state["values"]["lifetime"]) == (50, 7)


def test_reset_takes_back_one_or_all(panel):
    tell(panel, "set", values={"utilisation": 50, "lifetime": 7})
    assert tell(panel, "reset", id="lifetime")["changed"] == ["utilisation"]
    assert tell(panel, "reset")["changed"] == []


@pytest.mark.parametrize("id", presets("gpu_hour_cost"))
def test_a_preset_is_one_answer_with_its_values(panel, id):
    tell(panel, "set", values={"staff": 200})
    answers = []
    panel.observe(lambda change: answers.append(change), "_state")
    state = tell(panel, "preset", id=id)
    assert len(answers) == 1
    assert {k: state["values"][k] for k in state["changed"]} == presets("gpu_hour_cost")[id]["values"]
    assert state["notice"]


def test_unknown_messages_say_so_and_change_nothing(panel):
    before = dict(panel.values)
    for kind, message in [("preset", {"id": "none"}), ("load", {"name": "none"}), ("code", {"text": "SC1-nonsense"})]:
        assert tell(panel, kind, **message)["errors"]["panel"]
        assert dict(panel.values) == before


def test_a_code_from_elsewhere_opens_here(panel):
    code = scenarios.Scenario({"utilisation": 33, "gpus": 24000}).code()
    state = tell(panel, "code", text=f"  {code} ")
    assert (state["values"]["utilisation"], state["values"]["gpus"]) == (33, 24000)


def test_saved_scenarios_come_back(panel):
    tell(panel, "set", values={"utilisation": 33})
    tell(panel, "save", name="Half <empty>")
    assert "Half <empty>" in panel._saved
    tell(panel, "reset")
    assert tell(panel, "load", name="Half <empty>")["values"]["utilisation"] == 33
    assert tell(panel, "save", name="  ")["errors"]["panel"]


def test_a_damaged_scenario_is_in_the_list_and_says_why_it_does_not_open(panel, learner):
    tell(panel, "set", values={"utilisation": 50})
    tell(panel, "save", name="Half empty")
    damaged = learner / "scenario-other.json"
    damaged.write_text('{"changes": ')
    panel._look()
    assert panel._saved == ["Half empty", "scenario-other.json"]
    state = tell(panel, "load", name="scenario-other.json")
    assert "scenario-other.json was left as it is: this scenario file is damaged in line 1" in state["errors"]["panel"]
    assert (panel.values["utilisation"], damaged.read_text()) == (50, '{"changes": ')


def test_the_cell_run_again_opens_where_the_learner_left_it(panel):
    tell(panel, "set", values={"utilisation": 33})
    assert explore(gpu_hour_cost).values["utilisation"] == 33


def test_other_widgets_can_read_and_set_the_values(panel):
    seen = []
    panel.observe(lambda change: seen.append(change["new"]["utilisation"]), "values")
    panel.values = {**panel.values, "utilisation": 25}
    assert seen[-1] == 25
    assert panel._state["values"]["utilisation"] == 25
    with pytest.raises(CourseError, match="Utilisation: 900 is out of range"):
        panel.values = {**panel.values, "utilisation": 900}
    assert panel.values["utilisation"] == 25


def test_the_band_can_be_left_out(panel):
    rows = tell(panel, "band", on=False)["rows"]
    assert rows["low"] == rows["value"] == rows["high"]
    assert "range" not in panel._state["sentence"]


# Compared with ------------------------------------------------------------------------------------------------------

EVERY = [name for name, model in all_models().items() if model.function.__module__.startswith(models.__name__)]


def another(name: str) -> scenarios.Scenario:
    """A scenario in which something else comes out of a model: a preset, or all that is varied at P95."""
    function, main = MODELS[name].function, MODELS[name].output().id
    varied = {a.id: a.high for a in settings.inputs(function).values() if a.varied}
    for changes in (*(preset["values"] for preset in presets(name).values()), varied):
        if getattr(evaluation_of(function, changes).result, main) != getattr(evaluation_of(function).result, main):
            return scenarios.Scenario(changes)
    raise AssertionError(f"nothing moves {name}")


@pytest.mark.parametrize("name", EVERY)
def test_every_model_draws_and_names_what_it_is_compared_with(name):
    """Picture, table, sentence and subtitle show the other scenario, and nothing speaks of the course's values."""
    panel = explore(MODELS[name].function)
    at_course, text = dict(panel._state), repr(panel)
    drawn = json.dumps(panel._chart)
    scenarios.save("Zebra", another(name))
    state = tell(panel, "compare", **{"with": "saved", "id": "Zebra"})
    assert state["errors"] == {} and state["notice"] == "Compared with the scenario “Zebra”."
    assert state["rows"] != at_course["rows"]
    assert state["values"] == at_course["values"]
    assert "scenario “Zebra”" in state["sentence"]
    spec = json.dumps(panel._chart["spec"], ensure_ascii=False)
    assert "the scenario “Zebra”" in spec.replace('", "', " ")  # a long subtitle stands in lines
    told = " ".join([spec, state["sentence"], *panel._chart["columns"].values()]).lower()
    assert "course's" not in told, told[told.index("course's") - 60 :][:120]
    tell(panel, "compare", **{"with": "course", "id": ""})
    assert panel._state["rows"] == at_course["rows"] and repr(panel) == text
    assert json.dumps(panel._chart) == drawn


@pytest.mark.parametrize("name", EVERY)
def test_every_model_shows_all_results_and_each_of_them(name):
    model = MODELS[name]
    panel = explore(model.function)
    labels = {view["id"]: view["label"] for view in panel._setup["views"]}
    own = ["As in the lesson"] if name in VIEWS else []
    assert list(labels.values())[: len(own) + 1] == [*own, "All results"]
    assert [id for view in panel._setup["views"] if not view["whole"] for id in [view["id"]]] == [
        output.id for output in model.outputs
    ]
    evaluation = evaluation_of(model.function)
    rows = view_of(model.function, "all results").rows(evaluation)
    assert rows["result"] == [output.label for output in model.outputs]
    assert rows["value"] == pytest.approx([float(getattr(evaluation.result, output.id)) for output in model.outputs])
    for output in model.outputs:
        view = view_of(model.function, output.id)
        assert f"“{output.label}” is " in view.sentence(evaluation)
        rows = view.rows(evaluation)
        shares, finite = (
            [x for x in rows["share"] if x],
            np.isfinite(evaluation.bands.simulation.draws[output.id]).mean(),
        )
        assert not shares or 100 * finite - 11 <= sum(shares) <= 100 * finite + 1e-9  # a long tail is left out
        json.dumps(rows, allow_nan=False)


def test_what_is_infinite_is_said_and_not_drawn():
    panel = explore(ai_gain)
    tell(panel, "view", id="all results")
    state = tell(panel, "set", values={"cost_saving": 0})
    rows = dict(zip(state["rows"]["result"], state["rows"]["value"], strict=True))
    assert rows["Tasks that the headline needs, productivity alone"] is None
    assert "no finite number" in tell(panel, "view", id="tasks_needed")["sentence"]
    json.dumps(panel._state, allow_nan=False)


def compared(panel: Panel, what: str, id: str = "") -> dict:
    return tell(panel, "compare", **{"with": what, "id": id})


def test_a_preset_or_a_code_can_be_compared_with(panel):
    state = compared(panel, "preset", "report-80")
    total = settings.evaluate(gpu_hour_cost, **presets("gpu_hour_cost")["report-80"]["values"]).total
    assert state["sentence"].endswith(f"The scenario “The report's 500 million, 80 % used” gives {total:.2f}.")
    code = scenarios.Scenario({"utilisation": 40}).code()
    state = compared(panel, "code", f" {code} ")
    assert (
        f"The scenario “{code}” gives {settings.evaluate(gpu_hour_cost, utilisation=40).total:.2f}" in state["sentence"]
    )
    assert panel._chart["columns"]["course"] == f"Scenario “{code}”"
    assert panel._chart["compared"]["code"] == code
    tell(panel, "set", values={"utilisation": 40})
    assert "gives" not in panel._state["sentence"]  # both are the same now
    assert "gives" in tell(panel, "reset", id="utilisation")["sentence"]  # what is compared with stays


@pytest.mark.parametrize("function", [gpu_hour_cost, ai_gain])
def test_reset_all_resets_values_comparison_view_and_band(function):
    scenarios.save("Mine", scenarios.Scenario({"utilisation": 40, "workers": 40}))
    panel, opened = explore(function), explore(function)
    id, assumption = next(entry for entry in settings.inputs(function).items() if entry[1].varied)
    assert tell(panel, "set", values={id: assumption.high})["changed"] == [id]
    compared(panel, "saved", "Mine")
    tell(panel, "view", id=list(panel._views)[-1])
    tell(panel, "band", on=False)
    assert panel._chart != opened._chart
    state = tell(panel, "reset")
    assert panel._chart == opened._chart
    assert {**opened._state, "seq": state["seq"], "fault": "", "took": state["took"]} == state


def test_a_scenario_of_another_model_says_that_it_changes_nothing_here(panel):
    scenarios.save("Return only", scenarios.Scenario({"published_ratio": 40}))
    state = compared(panel, "saved", "Return only")
    assert "It changes nothing here, so it gives what the course's values give." in state["notice"]
    assert "Return only" not in state["sentence"]
    tell(panel, "set", values={"utilisation": 40})
    assert "The scenario “Return only” gives 0.52." in panel._state["sentence"]


@pytest.mark.parametrize(
    ("what", "id", "says"),
    [
        ("saved", "Gone", "there is no saved scenario 'Gone' any more; its file was moved, renamed or deleted"),
        ("code", "SC1-nonsense", "incomplete or mistyped"),
        ("preset", "none", "there is no preset 'none' to compare with; there are report"),
        ("what", "", "there is no preset"),
    ],
)
def test_what_cannot_be_compared_with_is_refused_in_words(panel, what, id, says):
    compared(panel, "preset", "report-80")
    before = panel._chart, panel._state["rows"]
    assert says in compared(panel, what, id)["errors"]["panel"]
    assert (panel._chart, panel._state["rows"]) == before
    assert "there is no view 'none'" in tell(panel, "view", id="none")["errors"]["panel"]


def test_a_deleted_file_is_refused_but_what_is_compared_with_stays(panel, learner):
    path = scenarios.save("Mine", scenarios.Scenario({"utilisation": 40}))
    compared(panel, "saved", "Mine")
    path.unlink()
    assert "The scenario “Mine” gives" in tell(panel, "look")["sentence"]
    assert panel._saved == []
    assert "any more" in compared(panel, "saved", "Mine")["errors"]["panel"]


def test_two_panels_compare_each_for_itself_and_know_of_what_is_saved(panel):
    other = explore(gpu_hour_cost)
    compared(panel, "preset", "report-80")
    tell(panel, "set", values={"utilisation": 33})
    tell(panel, "save", name="Mine")
    assert other._saved == ["Mine"]
    assert "The course's values give" in tell(other, "show")["sentence"]
    compared(other, "saved", "Mine")
    tell(panel, "set", values={"utilisation": 20})
    assert "“Mine” gives" in tell(other, "show")["sentence"] and "“The report's" in panel._state["sentence"]
    tell(other, "save", name="Mine")  # saved anew, it is compared with as it is now
    assert "gives" not in other._state["sentence"]


# In the file --------------------------------------------------------------------------------------------------------


def test_the_text_of_the_panel_holds_every_assumption_and_the_result(panel):
    text = repr(panel)
    assert panel._state["sentence"] in text
    assert all(a.label in text for a in settings.inputs(gpu_hour_cost).values())
