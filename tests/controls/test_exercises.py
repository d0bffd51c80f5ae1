"""Exercises: judged for the learner's panel or case, hints in order, usual mistakes named, nothing given away."""

import json
import re
from pathlib import Path

import pytest
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.controls import cases, exercises
from sovereign_compute.controls.checks import check, of_a_lesson
from sovereign_compute.controls.exercises import Exercise, find_exercise
from sovereign_compute.controls.progress import keep, progress
from sovereign_compute.display.tables import Table
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.presets import presets
from sovereign_compute.inputs.wording import number
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
NUMBERS = range(1000, 1020)
"""Of the cases that are looked at; any other would do as well."""
MINE = 4711
RIGHT = find_exercise("21.1").answer(find_exercise("21.1").case(MINE))


@pytest.fixture(autouse=True)
def one_case(monkeypatch):
    """The learner's case is the same in every run."""
    monkeypatch.setattr(cases, "mine", lambda: MINE)


def tell(widget, kind: str, **message) -> dict:
    """Send what the browser would send; returns the card of the exercise, with what is said beside it."""
    widget._receive(widget, {"kind": kind, **message}, [])
    state = widget._state
    return state["cards"][message.get("id", next(iter(state["cards"])))] | {"notice": state["notice"]}


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


@pytest.mark.parametrize("exercise", [e for e in NUMERIC if e.follows], **IDS)
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
    situations = [exercise.case(number) for number in (NUMBERS if exercise.vary else NUMBERS[:1])]
    if exercise.follows:
        situations = [complete(exercise.model, case["values"]) for case in presets(exercise.model.__name__).values()]
    for values in situations:
        judged = {option: exercise.judge(option, values=values) for option in exercise.options()}
        (solution,) = [option for option, (right, _) in judged.items() if right]
        heard = [says for right, says in judged.values() if not right]
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
def test_a_ranking_names_the_first_pair_that_is_the_wrong_way_round(exercise):
    truth = exercise.answer(exercise.values())
    pairs = len(truth) * (len(truth) - 1) // 2
    assert exercise.judge(truth)[0]
    right, says = exercise.judge(truth[::-1])
    assert not right
    assert (
        says == f"“{truth[-2]}” comes before “{truth[-1]}”. In your order 0 of {pairs} pairs are the right way round."
    )
    right, says = exercise.judge([*truth[:-2], truth[-1], truth[-2]])
    assert (right, says.partition(". ")[0]) == (False, f"“{truth[-2]}” comes before “{truth[-1]}”")
    for given in (None, truth[:-1], [truth[0]] * len(truth), [*truth[:-1], None]):
        with pytest.raises(CourseError, match="give each of them a place"):
            exercise.judge(given)


@pytest.mark.parametrize("exercise", [RANGED, *RANGE], **IDS)
def test_a_range_is_right_if_it_holds_the_answer_and_is_neither_narrow_nor_wide(exercise):
    truth, (p5, p95) = exercise.answer(exercise.values()), exercise.band(exercise.values())
    unit, factor = next(iter(exercise.units.items()))
    width = p95 - p5

    def judged(low: float, high: float) -> tuple[bool, str]:
        return exercise.judge([low / factor, high / factor], unit)

    fits = "is about as wide as what the model leaves open."
    assert judged(p5, p95) == (True, f"The answer lies in your range, and it {fits}")
    assert judged(truth - 0.3 * width, truth + 0.3 * width)[0] and judged(truth - 1.9 * width, truth)[0]
    assert judged(p95 + width, p95 + 2 * width) == (
        False,
        f"The answer lies outside your range, although it {fits}",
    )
    narrow = "it is too narrow: it has {} % of the width that the model leaves open, and at least 50 % is asked."
    assert judged(truth - 0.1 * width, truth + 0.1 * width) == (
        False,
        f"The answer lies in your range, but {narrow.format(20)}",
    )
    assert judged(p95 + width, p95 + 1.2 * width) == (
        False,
        f"The answer lies outside your range, and {narrow.format(20)}",
    )
    wide = "it is 4 times as wide as what the model leaves open: at most 2 times will do."
    assert judged(truth - 2 * width, truth + 2 * width) == (False, f"The answer lies in your range, but {wide}")
    with pytest.raises(CourseError, match="lower number comes first"):
        exercise.judge([2, 1], unit)
    with pytest.raises(CourseError, match="type a number first"):
        exercise.judge([1, None], unit)


@pytest.mark.parametrize("exercise", RANGE, **IDS)
def test_a_range_that_is_right_is_drawn_beside_that_of_the_model_and_no_other_is(exercise):
    unit, factor = next(iter(exercise.units.items()))
    p5, p95 = (end / factor for end in exercise.band(exercise.values()))
    widget = check(exercise.id)
    assert tell(widget, "answer", value=[p95 * 2, p95 * 3], unit=unit)["strip"] is None
    found, mine = tell(widget, "answer", value=[p5, p95], unit=unit)["strip"]["marks"]
    assert found["reach"] == mine["reach"] and mine["at"] is None and found["at"] is not None
    assert tell(widget, "answer", value=[p95 * 2, p95 * 3], unit=unit)["strip"] is None


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
        asked = (exercise.text(), exercise.text(exercise.case(cases.EXAMPLE)))
        words = set(re.findall(r"[\d.,]*\d", visible.replace(asked[0], "").replace(asked[1], "")))
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
    assert (state["right"], state["feedback"]) == (None, "Type a number first.")
    assert check("21.1")._state["done"] == {"21.1": "open"}


def test_progress_is_kept_in_one_file_that_can_be_deleted(learner):
    widget = check("21.1")
    tell(widget, "answer", value=24 * RIGHT, unit="EUR per GPU-hour")
    assert widget._state["done"] == {"21.1": "tried"}
    tell(widget, "hint")
    tell(widget, "answer", value=RIGHT, unit="EUR per GPU-hour")
    assert widget._state["done"] == check("21.1")._state["done"] == {"21.1": "solved"}
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
    widget = check("21.1")
    state = tell(widget, "answer", value=RIGHT, unit="EUR per GPU-hour")
    assert state["right"] and widget._state["done"] == {"21.1": "solved"}
    assert "progress.json was not saved" in state["notice"]


@pytest.mark.parametrize("exercise", ALL, **IDS)
def test_an_exercise_is_found_by_its_number_without_quotation_marks(exercise):
    assert find_exercise(float(exercise.id)) is exercise


@pytest.mark.parametrize("lesson", [path.parent.name[1:3] for path in LESSONS])
def test_the_exercises_of_a_lesson_are_one_control_in_which_each_has_its_card(lesson):
    known = of_lesson(lesson, "exercises").EXERCISES
    widget = of_a_lesson(lesson)
    assert [card["id"] for card in widget._setup["cards"]] == [exercise.id for exercise in known]
    assert widget._state["done"] == {exercise.id: "open" for exercise in known}
    last = known[-1]
    assert tell(widget, "hint", id=last.id)["hints"] == list(last.hints[:1])
    assert all(not card["hints"] for id, card in widget._state["cards"].items() if id != last.id)
    keep("exercises", {known[0].id: {"tries": 2}})
    keep("exercises", {last.id: {"tries": 1, "solved": "2026-11-30"}})
    done = of_a_lesson(lesson)._state["done"]
    assert done[last.id] == "solved" and (last is known[0] or done[known[0].id] == "tried")
    text = repr(widget)
    assert all(text.count(f"Exercise {exercise.id}. ") == 1 for exercise in known)


def test_unknown_names_list_the_known_ones():
    with pytest.raises(CourseError, match=r"notebook 21 has 21\.1, 21\.2"):
        find_exercise("21.9")
    for lesson in ("99", "*", "**", "[", "21_what", ""):
        with pytest.raises(CourseError, match=re.escape(f"no exercises for notebook {lesson!r}")):
            find_exercise(f"{lesson}.1")
