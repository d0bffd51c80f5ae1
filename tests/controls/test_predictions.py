"""Predictions: kept or refused by field, marked in the panel, and back beside what the course finds; never before."""

import json
import re

import pytest
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.controls.findings import Finding, beside, strip
from sovereign_compute.controls.predictions import predict
from sovereign_compute.controls.progress import kept
from sovereign_compute.controls.reveal import reveal
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import number
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.models.registry import all_models

pytestmark = pytest.mark.usefixtures("learner")
QUESTIONS = data.records("predictions")
"""All predictions, of the start and of the lessons."""


def tell(widget, kind: str, **message) -> dict:
    """Send what the browser would send; returns the answer."""
    widget._receive(widget, {"kind": kind, **message}, [])
    return widget._state


def test_predictions_are_kept_and_refused_by_field(learner):
    form = predict("gpu-hour", "break-even")
    form._receive(form, {"kind": "keep", "values": {"gpu-hour": 2.5, "break-even": 400}}, [])
    assert form._state["values"] == {"gpu-hour": 2.5}
    assert form._state["errors"] == {"break-even": "400 is out of range; allowed is 0 to 100 %"}
    form._receive(form, {"kind": "keep", "values": {"gpu-hour": None, "break-even": 40}}, [])
    assert predict()._state["values"] == {"gpu-hour": 2.5, "break-even": 40}


def test_a_range_is_kept_beside_its_guess_and_goes_when_it_is_emptied(learner):
    form = predict("gpu-hour")
    form._receive(form, {"kind": "keep", "values": {"gpu-hour": 2.5}, "ranges": {"gpu-hour": [1, 4]}}, [])
    assert form._state["ranges"] == predict()._state["ranges"] == {"gpu-hour": [1, 4]}
    form._receive(form, {"kind": "keep", "values": {"gpu-hour": 2}, "ranges": {"gpu-hour": [None, None]}}, [])
    assert (form._state["values"], form._state["ranges"]) == ({"gpu-hour": 2}, {})


@pytest.mark.parametrize(
    ("value", "ends", "says"),
    [
        (None, [1, 4], "a range needs a guess beside it: type that, too"),
        (2, [1, None], "a range has two ends: type both, or leave both empty"),
        (2, [4, 1], "the range 4 to 1 must go from a low to a high number, with your guess 2 in it"),
        (2, [3, 4], "the range 3 to 4 must go from a low to a high number, with your guess 2 in it"),
        (2, [2, 2], "the range 2 to 2 must go from a low to a high number, with your guess 2 in it"),
        (2, [0, 4], "0 is out of range; allowed is 0.01 to 1000 EUR"),
    ],
)
def test_a_range_that_is_none_is_refused_with_a_reason(learner, value, ends, says):
    form = predict("gpu-hour")
    form._receive(form, {"kind": "keep", "values": {"gpu-hour": value}, "ranges": {"gpu-hour": ends}}, [])
    assert form._state["errors"] == {"gpu-hour": says}
    assert form._state["values"] == {}


def test_a_file_from_before_there_were_ranges_still_loads(learner):
    learner.mkdir()
    old = {"predictions": {"gpu-hour": {"value": 2.5, "on": "2026-11-01"}}}
    (learner / "progress.json").write_text(json.dumps(old))
    state = predict("gpu-hour")._state
    assert (state["values"], state["ranges"]) == ({"gpu-hour": 2.5}, {})


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["id"])
def test_a_prediction_comes_back_once_it_is_kept_and_not_before(row, learner):
    found, form, back = ANSWERS[row["id"]](), predict(row["id"]), reveal(row["id"])
    assert row["minimum"] <= found.value <= row["maximum"]
    assert tell(back, "show")["found"] == {}
    told = number(found.value, 0 if abs(found.value) >= 10 else 2)
    asked = set(re.findall(r"[\d.,]*\d", json.dumps([form._setup, back._setup])))
    guess = (row["minimum"] + row["maximum"]) / 2
    state = tell(form, "keep", values={row["id"]: guess}, ranges={row["id"]: [row["minimum"], row["maximum"]]})
    shown = json.dumps([form._setup, state | {"values": {}, "ranges": {}}, repr(form), repr(back)])
    assert told not in set(re.findall(r"[\d.,]*\d", shown)) - asked
    assert back._state["late"]  # the page asks for what is new
    card = tell(back, "show")["found"][row["id"]]
    assert not back._state["late"]
    assert told in card["source"] or number(found.value) in card["source"]
    assert f"You guessed {number(guess)}" in card["source"] and "at the course's values." in card["source"]
    # Whoever comes back, or has guessed at the start of the course, finds it again; the file holds the guess alone.
    assert reveal(row["id"])._state["late"]
    assert tell(reveal(row["id"]), "show")["found"] == back._state["found"]
    assert set(kept("predictions")[row["id"]]) == {"value", "low", "high", "on"}


def test_without_a_guess_the_answer_is_shown_to_whoever_asks_for_it():
    back = reveal("gpu-hour", "break-even")
    assert "0.52" not in json.dumps([back._setup, back._state]) + repr(back)
    found = tell(back, "answer", id="gpu-hour")["found"]
    assert set(found) == {"gpu-hour"}
    assert found["gpu-hour"]["sentence"] == "The course finds 0.52 EUR (90 % range 0.42 to 0.7)."
    assert [mark["kind"] for mark in found["gpu-hour"]["strip"]["marks"]] == ["found"]
    assert set(tell(back, "show")["found"]) == {"gpu-hour"}
    tell(predict("gpu-hour"), "keep", values={"gpu-hour": 5})
    assert tell(back, "show")["found"]["gpu-hour"]["sentence"] == "Ten times too high."


def test_the_form_says_where_guesses_come_back():
    start = predict()
    assert [row["id"] for row in QUESTIONS if row["at_start"]] == [field["id"] for field in start._setup["fields"]]
    assert "Each comes back in its own lesson" in tell(start, "keep", values={"gpu-hour": 2.5})["notice"]
    assert "marks in the panel" in tell(predict("gpu-hour"), "keep", values={"gpu-hour": 2.5})["notice"]
    assert "marks" not in tell(predict("heat-income"), "keep", values={"heat-income": 2.5})["notice"]
    assert tell(predict("gpu-hour"), "keep", values={"gpu-hour": None})["notice"] == "Kept: 0 of 1."


def test_a_guess_that_cannot_be_written_down_is_said(learner):
    learner.write_text("a file where the folder should be")
    state = tell(predict("gpu-hour"), "keep", values={"gpu-hour": 2.5})
    assert "progress.json was not saved" in state["notice"] and state["values"] == {"gpu-hour": 2.5}


# In the panel ---------------------------------------------------------------------------------------------------------

MARKED = [row for row in QUESTIONS if row["model"] or row["output"]]


@pytest.mark.parametrize("row", MARKED, ids=lambda row: row["id"])
def test_a_guess_is_marked_where_the_model_gives_the_answer_at_the_courses_values(row):
    model = all_models()[row["model"]]
    assert float(getattr(evaluate(model.function), model.output(row["output"]).id)) == ANSWERS[row["id"]]().value


# The sentence and the axis --------------------------------------------------------------------------------------------

SURE, UNSURE = Finding(0.5, "the test"), Finding(40.0, "the test", (30.0, 60.0))
HOLDS = " The course’s own 90 % range holds your guess."


@pytest.mark.parametrize(
    ("unit", "guess", "found", "says"),
    [
        ("EUR", (5,), SURE, "Ten times too high."),
        ("EUR", (5, 1, 20), SURE, "Ten times too high; your range, 1 to 20, missed it."),
        ("EUR", (4.81,), SURE, "Ten times too high."),
        ("EUR", (1.2,), SURE, "2.4 times too high."),
        ("EUR", (9,), SURE, "18 times too high."),
        ("EUR", (0.1, 0.05, 1), SURE, "Five times too low, but your range, 0.05 to 1, held it."),
        ("EUR", (0.6,), SURE, "20 % too high."),
        ("EUR", (0.46, 0.4, 0.9), SURE, "Close: 8 % too low, and your range, 0.4 to 0.9, held it."),
        (
            "EUR",
            (5, 0.1, 100),
            SURE,
            "Ten times too high; your range, 0.1 to 100, held it, but it is so wide that it could hardly miss.",
        ),
        ("EUR", (-1,), SURE, "1.5 EUR too low."),
        ("EUR", (0.5, 0.4, 0.9), SURE, "Right, and your range, 0.4 to 0.9, held it."),
        ("%", (50, 45, 55), UNSURE, f"10 points too high; your range, 45 to 55, missed it.{HOLDS}"),
        ("%", (44,), UNSURE, f"Close: 4 points too high.{HOLDS}"),
        ("%", (92,), UNSURE, "2.3 times too high."),
        (
            "%",
            (41, 0, 100),
            UNSURE,
            "Close: 1 point too high; your range, 0 to 100, held it, but it is so wide that it could hardly miss."
            + HOLDS,
        ),
        ("%", (3,), Finding(2.0, "the test"), "1 point too high."),
        ("of 88", (30,), Finding(16.0, "the test"), "14 too many."),
        ("of 88", (10,), Finding(16.0, "the test"), "6 too few."),
        (
            "%",
            (10,),
            Finding(2.0, "the test", (0.3, 8.0), assumed=True),
            "Nobody has computed this number: the course assumes 2 % and would bet on 0.3 to 8 %. Your guess lies "
            "outside that range.",
        ),
    ],
)
def test_a_sentence_says_how_far_off_a_guess_is(unit, guess, found, says):
    entry = dict(zip(("value", "low", "high"), guess, strict=False))
    assert beside({"unit": unit}, entry, found)["sentence"] == says


@pytest.mark.parametrize(
    ("found", "reach", "guess", "ends", "ticks"),
    [
        (0.5, None, 5, (1, 20), ["0.5", "1", "2", "5", "10", "20"]),
        (0.5, (0.42, 0.7), 0.6, None, ["0", "0.2", "0.4", "0.6", "0.8"]),
        (0.5, None, 5000, None, ["0.1", "1", "10", "100", "1,000", "10,000"]),
        (17, (7, 26), 60, (40, 80), ["0", "20", "40", "60", "80"]),
        (2.0, None, -3, (-8, 1), ["−10", "−7.5", "−5", "−2.5", "0", "2.5"]),
        (0.0, None, 0, None, ["0", "0.25"]),
        (100, None, 100, None, ["0", "25", "50", "75", "100"]),
    ],
)
def test_guess_and_finding_lie_in_their_order_on_an_axis_with_round_ends(found, reach, guess, ends, ticks):
    drawn = strip("EUR", found, reach, guess, ends)
    assert [tick["text"] for tick in drawn["ticks"]] == ticks
    assert [drawn["ticks"][0]["at"], drawn["ticks"][-1]["at"]] == [0, 100]
    first, second = drawn["marks"]
    places = [first["at"], *first["reach"], second["at"], *second["reach"]]
    numbers = [found, *(reach or ()), guess, *(ends or ())]
    assert all(0 <= place <= 100 for place in places)
    assert [place for _, place in sorted(zip(numbers, places, strict=True))] == sorted(places)
    assert (first["text"], second["text"]) == (f"found: {number(found)}", f"your guess {number(guess)}")


def test_an_unknown_prediction_lists_the_known_ones():
    for call in (predict, reveal):
        with pytest.raises(CourseError, match="there are jupiter-hpc6"):
            call("nothing")
