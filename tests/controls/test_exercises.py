"""Exercises: judged with the learner's scenario, hints in order, usual mistakes named, nothing given away."""

import json
import re
from pathlib import Path

import pytest
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.controls import exercises
from sovereign_compute.controls import progress as kept_by_the_learner
from sovereign_compute.controls.exercises import Exercise, check, find_exercise, predict
from sovereign_compute.controls.findings import Finding, beside
from sovereign_compute.controls.progress import progress
from sovereign_compute.display.tables import Table
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, scenarios
from sovereign_compute.inputs.presets import presets
from sovereign_compute.inputs.wording import number
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.surroundings import of_lesson

pytestmark = pytest.mark.usefixtures("learner")
LESSONS = sorted(Path(exercises.__file__).parents[1].joinpath("lessons").glob("l*/exercises.py"))
ALL = [exercise for path in LESSONS for exercise in of_lesson(path.parent.name[1:3], "exercises").EXERCISES]
NUMERIC = [exercise for exercise in ALL if exercise.kind == "number"]
CHOICE = [exercise for exercise in ALL if exercise.kind == "choice"]
RANKING = [exercise for exercise in ALL if exercise.kind == "ranking"]
RANGE = [exercise for exercise in ALL if exercise.kind == "range"]
IDS = {"ids": lambda value: getattr(value, "id", "")}


def tell(widget, kind: str, **message) -> dict:
    """Send what the browser would send; returns the answer."""
    widget._receive(widget, {"kind": kind, **message}, [])
    return widget._state


@pytest.mark.parametrize("exercise", NUMERIC, **IDS)
def test_the_right_number_is_right_in_every_unit_and_nothing_else_is(exercise):
    truth = exercise.answer(exercise.values())
    for unit, factor in exercise.units.items():
        assert exercise.judge(truth / factor, unit)[0]
        assert exercise.judge(truth / factor * (1 + 0.9 * exercise.tolerance), unit)[0]
        for wrong in (1 + 3 * exercise.tolerance, 0.5, 10, -1, 0):
            assert not exercise.judge(truth / factor * wrong, unit)[0]


@pytest.mark.parametrize("exercise", NUMERIC, **IDS)
def test_each_usual_mistake_is_wrong_and_gets_its_own_reason(exercise):
    unit, factor = next(iter(exercise.units.items()))
    values = exercise.values()
    heard = [exercise.judge(mistake.value(values) / factor, unit) for mistake in exercise.mistakes]
    assert heard == [(False, mistake.says) for mistake in exercise.mistakes]


@pytest.mark.parametrize("exercise", NUMERIC, **IDS)
def test_the_right_number_in_the_wrong_unit_is_recognised(exercise):
    units = list(exercise.units)
    truth = exercise.answer(exercise.values())
    for other in units[1:]:
        right, says = exercise.judge(truth / exercise.units[units[0]], other)
        assert not right
        assert "another unit" in says or says in [mistake.says for mistake in exercise.mistakes]


def _moving(exercise, before: float) -> dict[str, float]:
    """A scenario that moves the answer by more than 5 %: one assumption at its P5 or P95, or all of them."""
    known = inputs(exercise.model)
    singles = [{id: end} for id, a in known.items() for end in (a.low, a.high)]
    for changes in (*singles, {id: a.high for id, a in known.items()}, {id: a.hard_max for id, a in known.items()}):
        if exercise.answer(complete(exercise.model, changes)) != pytest.approx(before, rel=0.05):
            return changes
    return {}


@pytest.mark.parametrize("exercise", [e for e in NUMERIC if e.model and e.preset is None], **IDS)
def test_the_answer_follows_the_learners_own_scenario(exercise):
    before = exercise.answer(exercise.values())
    scenarios.current.update(_moving(exercise, before))
    after = exercise.answer(exercise.values())
    assert after != pytest.approx(before, rel=0.05)
    unit, factor = next(iter(exercise.units.items()))
    assert exercise.judge(after / factor, unit)[0]
    assert not exercise.judge(before / factor, unit)[0]


@pytest.mark.parametrize("exercise", CHOICE, **IDS)
def test_one_option_of_a_choice_is_right(exercise):
    options = exercise.options()
    assert [exercise.judge(option)[0] for option in options].count(True) == 1
    with pytest.raises(CourseError, match="choose one"):
        exercise.judge(None)


@pytest.mark.parametrize("exercise", CHOICE, **IDS)
def test_each_wrong_option_has_a_reason_of_its_own_that_is_not_the_solution(exercise):
    cases = presets(exercise.model.__name__) if exercise.model and exercise.preset is None else {"course": {}}
    for case in cases.values():
        scenarios.current.clear()
        scenarios.current.update(case.get("values", {}))
        judged = {option: exercise.judge(option) for option in exercise.options()}
        (solution,) = [option for option, (right, _) in judged.items() if right]
        heard = [says.removeprefix("No. ") for right, says in judged.values() if not right]
        assert len(set(heard)) == len(heard)
        for says in heard:
            assert re.fullmatch(r"[A-Z0-9“].{15,}\.", says)
            assert 1 <= len(re.findall(r"[.!?](?: |$)", says)) <= 2, says
            assert solution not in says


def test_a_choice_without_reasons_is_refused():
    with pytest.raises(CourseError, match="exercise 0 is a choice: it needs a reason for each wrong option"):
        _exercise("choice", options=lambda: ["a", "b"], answer=lambda v: "a")


def _exercise(kind: str, **more) -> Exercise:
    """An exercise of a kind that shows how it judges, whether or not a lesson has one yet."""
    common = {
        "id": "0",
        "question": "?",
        "model": gpu_hour_cost,
        "solution": lambda v: "",
        "hints": ("", ""),
        "preset": {},
    }
    return Exercise(kind=kind, **common, **more)


ORDER = ["large", "middle", "small"]
RANKED = _exercise("ranking", options=lambda: sorted(ORDER), answer=lambda v: ORDER)
RANGED = _exercise(
    "range", units={"EUR": 1.0, "ct": 0.01}, answer=lambda v: gpu_hour_cost(**v).total, band=lambda v: (0.42, 0.70)
)


@pytest.mark.parametrize("exercise", [RANKED, *RANKING], **IDS)
def test_a_ranking_counts_the_pairs_in_order(exercise):
    truth = exercise.answer(exercise.values())
    pairs = len(truth) * (len(truth) - 1) // 2
    assert exercise.judge(truth)[0]
    assert exercise.judge(truth[::-1]) == (False, f"Not yet: 0 of {pairs} pairs stand in the right order.")
    for given in (None, truth[:-1], [truth[0]] * len(truth), [*truth[:-1], None]):
        with pytest.raises(CourseError, match="a place of its own"):
            exercise.judge(given)


@pytest.mark.parametrize("exercise", [RANGED, *RANGE], **IDS)
def test_a_range_is_right_if_it_holds_the_answer_and_hears_of_its_width(exercise):
    truth, (p5, p95) = exercise.answer(exercise.values()), exercise.band(exercise.values())
    factor = next(iter(exercise.units.values()))
    unit = next(iter(exercise.units))
    assert exercise.judge([p5 / factor, p95 / factor], unit) == (
        True,
        "Yes, it lies in your range. Your range is about as wide as what the model leaves open.",
    )
    assert "narrower" in exercise.judge([truth / factor, truth / factor], unit)[1]
    assert "wider" in exercise.judge([(p5 - 10 * (p95 - p5)) / factor, p95 / factor], unit)[1]
    assert not exercise.judge([p95 * 2 / factor, p95 * 3 / factor], unit)[0]
    with pytest.raises(CourseError, match="lower number comes first"):
        exercise.judge([2, 1], unit)
    with pytest.raises(CourseError, match="type a number first"):
        exercise.judge([1, None], unit)


@pytest.mark.parametrize("exercise", ALL, **IDS)
def test_nothing_gives_the_answer_away_before_it_is_asked_for(exercise):
    widget = check(exercise.id)
    visible = json.dumps([widget._setup, widget._state], ensure_ascii=False) + repr(widget)
    solution = exercise.solution(exercise.values())
    assert solution not in visible
    assert not any(hint in visible for hint in exercise.hints)
    if exercise.kind == "number":
        truth = exercise.answer(exercise.values())
        given = {number(truth / factor, digits) for factor in exercise.units.values() for digits in (1, 2, 3)}
        words = set(re.findall(r"[\d.,]*\d", visible.replace(exercise.question, "")))
        assert not {text for text in given if len(text) > 3} & words


@pytest.mark.parametrize("exercise", ALL, **IDS)
def test_hints_come_one_by_one_and_the_solution_whenever_it_is_wanted(exercise):
    assert tell(check(exercise.id), "solution")["solution"] == exercise.solution(exercise.values())
    widget = check(exercise.id)
    assert tell(widget, "hint")["hints"] == list(exercise.hints[:1])
    assert tell(widget, "hint")["hints"] == list(exercise.hints)
    assert tell(widget, "hint")["hints"] == list(exercise.hints)
    assert tell(widget, "solution")["solution"] == exercise.solution(exercise.values())


def test_the_solution_names_the_right_number():
    for exercise in NUMERIC:
        truth = exercise.answer(exercise.values())
        texts = {number(truth / f, d) for f in exercise.units.values() for d in (0, 1, 2, 3)}
        assert any(text in exercise.solution(exercise.values()) for text in texts), exercise.id


@pytest.mark.parametrize("given", [None, "", " ", float("nan"), float("inf"), [1]])
def test_what_is_no_number_is_asked_for_again(given):
    state = tell(check("21.1"), "answer", value=given, unit="EUR per GPU-hour")
    assert (state["right"], state["feedback"]) == (False, "type a number first")


def test_progress_is_kept_in_one_file_that_can_be_deleted(learner):
    widget = check("21.1")
    tell(widget, "answer", value=9.6, unit="EUR per GPU-hour")
    tell(widget, "hint")
    tell(widget, "answer", value=0.404, unit="EUR per GPU-hour")
    (row,) = progress().frame.itertuples(index=False, name=None)
    assert row[:3] == ("21.1", 2, 1)
    assert [path.name for path in learner.iterdir()] == ["progress.json"]
    (learner / "progress.json").unlink()
    assert "(nothing yet)" in repr(progress())


def test_a_damaged_progress_file_is_kept_aside_and_said(learner):
    learner.mkdir()
    (learner / "progress.json").write_text('{"exercises": {"21.1": ')
    assert isinstance(progress(), Table)
    tell(check("21.1"), "hint")
    assert (learner / "progress.json.broken").read_text() == '{"exercises": {"21.1": '
    assert json.loads((learner / "progress.json").read_text())["exercises"]["21.1"]["hints"] == 1


def test_a_folder_that_cannot_be_written_is_said_and_the_answer_still_judged(learner):
    learner.write_text("a file where the folder should be")
    state = tell(check("21.1"), "answer", value=0.404, unit="EUR per GPU-hour")
    assert state["right"]
    assert "progress.json was not saved" in state["notice"]


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


@pytest.mark.parametrize("exercise", ALL, **IDS)
def test_an_exercise_is_found_by_its_number_without_quotation_marks(exercise):
    assert find_exercise(float(exercise.id)) is exercise


QUESTIONS = data.records("predictions")
"""All predictions, of the start and of the lessons."""


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["id"])
def test_a_prediction_comes_back_in_its_lesson_once_it_is_kept_and_not_before(row, learner):
    lesson = data.NOTEBOOKS / f"{row['notebook']}.ipynb"
    assert "lesson.predictions()" in lesson.read_text()
    found, form = ANSWERS[row["id"]](), predict(row["id"])
    assert row["minimum"] <= found.value <= row["maximum"]
    assert form._state["found"] == {}
    told = number(found.value, 0 if abs(found.value) >= 10 else 2)
    given_away = re.findall(r"[\d.,]*\d", json.dumps([form._setup, form._state]) + repr(form))
    assert told not in set(given_away) - set(re.findall(r"[\d.,]*\d", json.dumps(form._setup)))
    guess = (row["minimum"] + row["maximum"]) / 2
    state = tell(form, "keep", values={row["id"]: guess}, ranges={row["id"]: [row["minimum"], row["maximum"]]})
    shown = state["found"][row["id"]]
    assert told in shown["lines"][1]["words"] or number(found.value) in shown["lines"][1]["words"]
    assert shown["lines"][0]["words"].startswith(number(guess))
    assert shown["source"].startswith("From the ") and ", at the course's values." in shown["source"]
    # Whoever comes back, or has guessed at the start of the course, finds it again; the file holds the guess alone.
    assert predict(row["id"])._state["found"] == state["found"]
    assert set(kept_by_the_learner.kept("predictions")[row["id"]]) == {"value", "low", "high", "on"}


def test_the_form_of_the_start_leaves_the_findings_to_the_lessons():
    form = predict()
    assert [row["id"] for row in QUESTIONS if row["at_start"]] == [field["id"] for field in form._setup["fields"]]
    state = tell(form, "keep", values={"gpu-hour": 2.5})
    assert (state["values"], state["found"]) == ({"gpu-hour": 2.5}, {})


def test_a_guess_that_cannot_be_written_down_is_answered_all_the_same(learner):
    learner.write_text("a file where the folder should be")
    state = tell(predict("gpu-hour"), "keep", values={"gpu-hour": 2.5})
    assert "progress.json was not saved" in state["notice"]
    assert state["found"]["gpu-hour"]["sentence"] == "4.8 times too high."


SURE, UNSURE = Finding(0.5, "the test"), Finding(40.0, "the test", (30.0, 60.0))


@pytest.mark.parametrize(
    ("unit", "kept", "found", "says"),
    [
        ("EUR", (5,), SURE, "10 times too high."),
        ("EUR", (5, 1, 9), SURE, "10 times too high; your range missed it."),
        ("EUR", (0.1, 0.01, 1), SURE, "5 times too low, but your range holds it."),
        ("EUR", (0.6,), SURE, "20 % too high."),
        ("EUR", (-1,), SURE, "1.5 EUR too low."),
        ("EUR", (0.5, 0.4, 0.9), SURE, "Right, and your range holds it."),
        (
            "%",
            (50, 45, 55),
            UNSURE,
            "10 points too high; your range missed it. The course’s own 90 % range holds your guess.",
        ),
        ("%", (92,), UNSURE, "2.3 times too high."),
        (
            "%",
            (10,),
            Finding(2.0, "the test", (0.3, 8.0), assumed=True),
            "Nobody has computed this number: the course assumes 2 % and would bet on 0.3 to 8 %. Your guess lies "
            "outside that range.",
        ),
    ],
)
def test_a_sentence_says_how_far_off_a_guess_is(unit, kept, found, says):
    names = ("value", "low", "high")
    shown = beside({"unit": unit}, dict(zip(names, kept, strict=False)), found)
    assert shown["sentence"] == says
    places = [place for line in shown["lines"] for place in (line["at"], *line["reach"])]
    assert all(2 <= place <= 98 for place in places)
    order = sorted(zip([*kept, found.value, *(found.ends or ())], places, strict=True))
    assert [place for _, place in order] == sorted(places)


def test_unknown_names_list_the_known_ones():
    with pytest.raises(CourseError, match=r"notebook 21 has 21\.1, 21\.2"):
        find_exercise("21.9")
    for lesson in ("99", "*", "**", "[", "21_what", ""):
        with pytest.raises(CourseError, match=re.escape(f"no exercises for notebook {lesson!r}")):
            find_exercise(f"{lesson}.1")
    with pytest.raises(CourseError, match="there are jupiter-hpc6"):
        predict("nothing")
