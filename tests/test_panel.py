"""The live panel without a browser: messages in, state out."""

import pytest
from sovereign_compute import assumptions, scenarios
from sovereign_compute.errors import CourseError
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.panel import Panel, explore
from sovereign_compute.presets import presets

pytestmark = pytest.mark.usefixtures("learner")


@pytest.fixture
def panel() -> Panel:
    return explore(gpu_hour_cost)


def tell(panel: Panel, kind: str, **message) -> dict:
    """Send what the browser would send; returns the answer."""
    panel._receive(panel, {"kind": kind, "seq": panel._state["seq"] + 1, **message}, [])
    return panel._state


def test_a_move_changes_rows_sentence_and_code(panel):
    before = dict(panel._state)
    after = tell(panel, "set", values={"utilisation": 40})
    assert after["values"]["utilisation"] == 40
    assert after["changed"] == ["utilisation"]
    assert after["sentence"] != before["sentence"]
    assert scenarios.decode(after["code"]) == {"utilisation": 40}
    total = dict(zip(after["rows"]["item"], after["rows"]["value"], strict=True))["Own machine, in all"]
    assert total == pytest.approx(assumptions.evaluate(gpu_hour_cost, utilisation=40).total, rel=1e-5)


@pytest.mark.parametrize("id", assumptions.inputs(gpu_hour_cost))
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


def test_the_text_of_the_panel_holds_every_assumption_and_the_result(panel):
    text = repr(panel)
    assert panel._state["sentence"] in text
    assert all(a.label in text for a in assumptions.inputs(gpu_hour_cost).values())
