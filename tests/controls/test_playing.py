"""What a panel shows first: one number, the preset that is set, a guess, moves, and what is left of a budget."""

import re

import pytest
from messages import tell
from sovereign_compute.analysis import settings
from sovereign_compute.controls import progress
from sovereign_compute.controls.moves import Move
from sovereign_compute.controls.panel import Panel, explore
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.presets import presets
from sovereign_compute.inputs.units import unit_words
from sovereign_compute.inputs.wording import number
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.policy import LEVERS, policy_portfolio
from sovereign_compute.models.registry import MODELS, all_models, find
from sovereign_compute.models.runway import HORIZON, runway

pytestmark = pytest.mark.usefixtures("learner")

ALSO = {("times", ""), ("USD", "%")}
"""Units of questions that are those of a result in other words: a per cent is one of 100 USD."""
GUESS = {"value": 5.0, "low": 1.0, "high": 20.0, "on": "2026-11-23"}
MOVES = (
    Move(
        "Half empty", "Load this preset.", lambda: f"It costs {settings.evaluate(gpu_hour_cost).total:.2f}.", "report"
    ),
    Move("More years?", "Use the machine longer.", lambda: "Cheaper."),
)


def total(**changes) -> str:
    return number(settings.evaluate(gpu_hour_cost, **changes).total, 2)


def marks(panel: Panel) -> list[str]:
    """What stands beside the guesses in the chart's rows."""
    return [told for told in panel._state["rows"].get("guess_told", []) if told]


# One number -----------------------------------------------------------------------------------------------------------


def test_the_headline_is_the_main_result_with_its_range_and_what_was_before():
    panel = explore(gpu_hour_cost)
    told = panel._state["headline"]
    assert (told["value"], told["unit"], told["before"]) == (total(), "EUR per GPU-hour", "")
    label, ends = told["text"].split(" · ")
    assert label == find(gpu_hour_cost).output().label
    low, high = map(float, re.fullmatch(r"nine in ten answers lie between (\S+) and (\S+)", ends).groups())
    assert low < float(total()) < high
    told = tell(panel, "set", values={"utilisation": 40})["headline"]
    assert (told["value"], told["before"]) == (total(utilisation=40), total())
    assert "nine in ten" not in tell(panel, "band", on=False)["headline"]["text"]


def test_the_headline_is_the_result_that_is_shown_alone():
    panel = explore(gpu_hour_cost)
    told = tell(panel, "view", id="break_even_utilisation")["headline"]
    even = settings.evaluate(gpu_hour_cost).break_even_utilisation
    output = find(gpu_hour_cost).output("break_even_utilisation")
    assert (told["value"], told["unit"]) == (number(even, output.digits), "%")


def test_what_a_model_does_not_look_beyond_is_so_much_or_more():
    panel = explore(runway)
    told = tell(panel, "set", values={"cash": 1000})["headline"]
    assert (told["value"], told["unit"]) == (f"{HORIZON} or more", "months")
    assert told["before"] == f"{settings.evaluate(runway).cloud:.1f}"
    said = tell(panel, "view", id="cloud")["sentence"].replace("\N{NO-BREAK SPACE}", " ")
    assert f"is {HORIZON} months or more" in said


# Presets --------------------------------------------------------------------------------------------------------------


def test_a_preset_stays_named_until_a_value_moves():
    panel = explore(gpu_hour_cost)
    assert panel._state["preset"] == {"id": "", "from": ""}
    assert tell(panel, "preset", id="report-80")["preset"] == {"id": "report-80", "from": ""}
    assert tell(panel, "band", on=False)["preset"]["id"] == "report-80"
    label = presets("gpu_hour_cost")["report-80"]["label"]
    assert tell(panel, "set", values={"pue": 1.5})["preset"] == {"id": "", "from": label}
    assert tell(panel, "reset", id="pue")["preset"]["id"] in ("report-80", "")
    assert tell(panel, "reset")["preset"] == {"id": "", "from": ""}


def test_values_that_are_those_of_a_preset_are_called_by_its_name():
    values = presets("gpu_hour_cost")["report-80"]["values"]
    assert tell(explore(gpu_hour_cost), "set", values=values)["preset"]["id"] == "report-80"


# Moves ----------------------------------------------------------------------------------------------------------------


def test_what_should_have_been_seen_is_told_when_it_is_asked_for():
    panel = Panel(gpu_hour_cost, moves=MOVES)
    told = repr(panel._setup) + repr(panel._state) + repr(panel)
    assert "It costs" not in told and "Cheaper." not in told
    assert panel._state["sentence"] not in repr(panel)
    assert "1. Half empty. Load this preset." in repr(panel) and "2. More years? Use the machine longer." in repr(panel)
    assert panel._setup["moves"][0]["label"] == presets("gpu_hour_cost")["report"]["label"]
    assert tell(panel, "seen", move=0)["seen"] == {"move": 0, "text": f"It costs {total()}."}
    assert "seen" not in tell(panel, "set", values={"pue": 1.5})
    assert tell(panel, "seen", move=7)["errors"]["panel"] == "there is no move 7 to tell of; there are 2"


def test_a_move_from_a_preset_that_is_not_there_is_refused():
    with pytest.raises(CourseError, match="'Half empty' starts from a preset 'none'"):
        Panel(gpu_hour_cost, moves=[Move("Half empty", "Load it.", str, "none")])


# Guesses --------------------------------------------------------------------------------------------------------------


def test_a_guess_stands_in_the_chart_as_soon_as_it_is_kept():
    panel = explore(gpu_hour_cost)
    assert marks(panel) == [] and "guess_at" not in repr(panel._chart)
    progress.keep("predictions", {"gpu-hour": GUESS})
    state = tell(panel, "show")
    assert state["headline"]["guess"] == "You guessed 5 (1 to 20)"
    assert marks(panel) == ["your guess 5.00"]
    place = state["rows"]["guess"].index(5.0)
    assert state["rows"]["value"][place] == pytest.approx(float(settings.evaluate(gpu_hour_cost).total), rel=1e-5)
    assert "guess_at" in repr(panel._chart)
    assert marks(explore(gpu_hour_cost)) == ["your guess 5.00"]
    tell(panel, "set", values={"utilisation": 40})
    assert marks(panel) == ["your guess 5.00"]


def test_a_guess_of_another_model_or_another_section_changes_nothing():
    panel = explore(gpu_hour_cost)
    before = panel._chart
    progress.keep("texts", {"21-1": {"text": "mine", "on": "2026-11-23"}})
    progress.keep("predictions", {"jupiter-hpc6": GUESS})
    assert panel._chart == before and tell(panel, "show")["headline"]["guess"] == ""


def test_predictions_name_outputs_in_their_own_unit():
    """A guess is drawn on the axis of the result, so both have one unit."""
    all_models()
    named = [row for row in data.records("predictions") if row["model"]]
    assert named
    for row in named:
        output = MODELS[row["model"]].output(row["output"])
        words = unit_words(output.unit)
        assert words.startswith(row["unit"]) or (row["unit"], words) in ALSO, (row["id"], row["unit"], words)


# Budgets --------------------------------------------------------------------------------------------------------------


def test_a_budget_says_what_is_left_and_what_is_too_much():
    panel = explore(policy_portfolio)
    assert panel._setup["lead"] == ["budget", *(f"spend_{lever}" for lever in LEVERS)]
    values = registry()
    spent = sum(values[f"spend_{lever}"].value for lever in LEVERS)
    budget = values["budget"].value
    told = tell(panel, "set", values={"spend_machine": values["spend_machine"].value - 40})["shares"]
    assert told["text"] == f"Left to spend: {number(budget - spent + 40)} of {number(budget)} million EUR."
    assert not told["over"] and sum(told["parts"]) == pytest.approx(100 * (spent - 40) / budget)
    told = tell(panel, "set", values={"spend_machine": values["spend_machine"].value + 100})["shares"]
    asked = spent + 100
    assert told["over"] and sum(told["parts"]) == pytest.approx(100)
    assert told["text"] == (
        f"That is {number(asked - budget)} million EUR too much: each gets only {number(100 * budget / asked, 0)} %."
    )
    assert explore(gpu_hour_cost)._state["shares"] is None
