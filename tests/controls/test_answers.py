"""Every message of every widget is answered: what nobody thought of leaves the page as it was and is said."""

import logging

import pytest
import sovereign_compute as sc
from sovereign_compute.controls import exercises, founder_game, memo, my_work, portfolio_lab, teams, writing
from sovereign_compute.controls import progress as learner
from sovereign_compute.controls.predictions import predict
from sovereign_compute.controls.reveal import reveal
from sovereign_compute.controls.widgets import STOPPED
from sovereign_compute.inputs import scenarios
from sovereign_compute.models.ownership import gpu_hour_cost

WIDGETS = {
    "panel": (
        lambda: sc.explore(gpu_hour_cost),
        {"kind": "set", "values": {"pue": 1.5}},
        "sovereign_compute.controls.panel.evaluation_of",
    ),
    "exercise": (lambda: sc.check("21.1"), {"kind": "answer", "value": "1"}, exercises.Exercise, "judge"),
    "reveal": (
        lambda: reveal("gpu-hour"),
        {"kind": "answer", "id": "gpu-hour"},
        "sovereign_compute.controls.reveal.answer",
    ),
    "prediction": (lambda: predict("gpu-hour"), {"kind": "keep", "values": {"gpu-hour": "1"}}, learner, "keep"),
    "game": (
        founder_game.founder_game,
        {"kind": "new", "number": "2"},
        founder_game.FounderGame,
        "_shown",
    ),
    "lab": (
        portfolio_lab.portfolio_lab,
        {"kind": "weight", "id": "stakeholder_science", "value": "70"},
        portfolio_lab,
        "_weights",
    ),
    "memo": (memo.memo, {"kind": "write"}, memo, "steps"),
    "text": (
        lambda: writing.write("21_what_does_a_gpu_hour_cost", "discuss"),
        {"kind": "keep", "texts": {"21.discuss.1": "x"}},
        learner,
        "keep",
    ),
    "dashboard": (sc.dashboard, {"kind": "compare", "text": "Owls: SC1-P7"}, teams, "read_teams"),
    "work": (sc.my_work, {"kind": "pack"}, my_work, "pack"),
}


def broken(error: BaseException):
    def fails(*_, **__):
        raise error

    return fails


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("error", [ZeroDivisionError("planted"), KeyError("planted"), KeyboardInterrupt()], ids=repr)
def test_whatever_is_raised_is_said_and_changes_nothing(name, error, monkeypatch, learner, planted, caplog):
    make, message, *place = WIDGETS[name]
    widget = make()
    before, scenario = dict(widget._state), dict(scenarios.current)
    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr(*place, broken(error))
        widget._receive(widget, {**message, "seq": 7}, [])
    said = widget._state
    assert said["seq"] == 7
    assert (STOPPED if isinstance(error, KeyboardInterrupt) else "a fault of the course, not yours") in said["fault"]
    assert {key: said[key] for key in before if key not in ("seq", "fault")} == {
        key: before[key] for key in before if key not in ("seq", "fault")
    }
    assert scenarios.current == scenario
    widget._receive(widget, {**message, "kind": "nothing known", "seq": 8}, [])
    assert widget._state["seq"] == 8
