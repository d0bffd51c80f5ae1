"""Cases: each learner has another one, from a number that is kept, and whoever knows it computes the answer again."""

import json
import math
from functools import cache
from pathlib import Path

import pytest
from sovereign_compute.analysis.settings import complete
from sovereign_compute.controls import cases, exercises
from sovereign_compute.controls.checks import check
from sovereign_compute.controls.exercises import Exercise, Mistake
from sovereign_compute.controls.progress import HIGHEST_CASE, LOWEST_CASE, kept
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.surroundings import of_lesson

pytestmark = pytest.mark.usefixtures("learner")
LESSONS = sorted(Path(exercises.__file__).parents[1].joinpath("lessons").glob("l*/exercises.py"))
ALL = [exercise for path in LESSONS for exercise in of_lesson(path.parent.name[1:3], "exercises").EXERCISES]
VARIED = [exercise for exercise in ALL if exercise.vary]
NUMBERS = range(LOWEST_CASE, LOWEST_CASE + 40)
"""Of the cases that are looked at; any other would do as well."""
FEWEST = 4
"""Cases of an exercise: with fewer, neighbours would have the same."""


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(cases, "_mine", {})


def made(**more) -> Exercise:
    common = {"id": "0", "question": "?", "solution": lambda v: "", "hints": ("", ""), "model": gpu_hour_cost}
    return Exercise(**{**common, "answer": lambda v: gpu_hour_cost(**v).total, "units": {"EUR": 1.0}, **more})


def test_the_number_is_drawn_once_and_kept(learner):
    number = cases.mine()
    assert LOWEST_CASE <= number <= HIGHEST_CASE
    assert json.loads((learner / "progress.json").read_text()) == {"cases": {"exercises": {"number": number}}}
    cases._mine.clear()  # another day
    assert cases.mine() == number
    (learner / "progress.json").write_text('{"cases": {"exercises": {"number": 12}}}')
    assert LOWEST_CASE <= cases.mine() <= HIGHEST_CASE != 12


def test_the_number_stays_for_the_session_where_nothing_can_be_written(learner):
    learner.write_text("a file where the folder should be")
    assert cases.mine() == cases.mine()


def test_nothing_is_drawn_where_no_exercise_varies(learner):
    fixed = next(exercise for exercise in ALL if not exercise.vary)
    check(fixed.id)
    assert not learner.exists()


def test_the_case_on_the_page_is_judged_whatever_the_file_says_since(learner):
    exercise = next(exercise for exercise in VARIED if exercise.kind == "number")
    widget = check(exercise.id)
    number = int(widget._setup["cards"][0]["case"])
    assert kept("cases")["exercises"]["number"] == number
    (learner / "progress.json").unlink()
    truth = exercise.answer(exercise.case(number))
    message = {
        "kind": "answer",
        "value": truth / next(iter(exercise.units.values())),
        "unit": next(iter(exercise.units)),
    }
    widget._receive(widget, message, [])
    assert widget._state["cards"][exercise.id]["right"]


def possible(exercise: Exercise) -> int:
    """How many cases there can be: every value of a list, and every position of a slider between two ends."""
    counts = [
        get(name).position(between[1]) - get(name).position(between[0]) + 1
        if isinstance(between, tuple)
        else len(set(between))
        for name, between in exercise.vary.items()
    ]
    assert math.prod(counts) >= FEWEST, f"{exercise.id} has {math.prod(counts)} cases: {FEWEST} are the fewest"
    return math.prod(counts)


@cache
def drawn(id: str) -> list[dict]:
    """The cases of an exercise."""
    exercise = next(exercise for exercise in VARIED if exercise.id == id)
    return [exercise.case(number) for number in NUMBERS]


@pytest.mark.parametrize("exercise", VARIED, ids=lambda exercise: exercise.id)
def test_cases_differ_and_so_do_their_answers(exercise):
    found = drawn(exercise.id)
    assert [exercise.case(number) for number in NUMBERS] == found
    enough = min(possible(exercise), len(NUMBERS)) / 2
    assert len({repr(case) for case in found}) > enough
    assert len({exercise.text(case) for case in found}) > enough
    answers = [repr(exercise.answer(case)) for case in found]
    most = max(map(answers.count, answers))
    assert most < len(answers) / 2 if exercise.kind == "number" else most < len(answers), "nobody would have to compute"
    for name, between in exercise.vary.items():
        if isinstance(between, tuple):
            assert all(between[0] <= case[name] <= between[1] and case[name] != get(name).value for case in found)
        else:
            assert {case[name] for case in found} <= set(between)


@pytest.mark.parametrize("exercise", VARIED, ids=lambda exercise: exercise.id)
def test_every_case_is_judged_as_well_as_any_other(exercise):
    """The right answer is right, each slip hears its reason, and the solution names the answer."""
    for values in drawn(exercise.id):
        truth = exercise.answer(values)
        if exercise.kind == "number":
            unit, factor = next(iter(exercise.units.items()))
            assert exercise.judge(truth / factor, unit, values)[0]
            for mistake in exercise.mistakes:
                assert exercise.judge(mistake.value(values) / factor, unit, values) == (False, mistake.says)
        elif exercise.kind in ("choice", "ranking"):
            assert exercise.judge(truth, values=values)[0]
        else:
            unit, factor = next(iter(exercise.units.items()))
            assert exercise.judge([end / factor for end in exercise.band(values)], unit, values)[0]
        assert exercise.solved(values)


def test_a_value_that_is_drawn_lies_on_the_grid_within_its_ends_and_is_never_the_courses():
    row = get("utilisation")
    found = {cases.drawn({"utilisation": (79, 81)}, number, "0")["utilisation"] for number in NUMBERS}
    assert found == {79, 81} and row.value == 80
    wide = [cases.drawn({"gpus": (1_000, 1_000_000)}, number, "0")["gpus"] for number in NUMBERS]
    assert all(get("gpus").accept(value) == value == float(f"{value:.3g}") for value in wide)
    assert min(wide) < 10_000 and max(wide) > 100_000
    assert {cases.drawn({"firm": ["a", "b"]}, number, "0")["firm"] for number in NUMBERS} == {"a", "b"}


def test_cases_of_this_version_stay_what_they_are():
    """A lecturer computes again what learners were asked; so what a number means does not change."""
    assert cases.drawn({"utilisation": (30, 70), "electricity_price": (0.1, 0.4)}, 4711, "0.1") == {
        "utilisation": 49,
        "electricity_price": 0.186,
    }


def test_a_preset_is_what_a_case_starts_from():
    exercise = made(preset={"discount_rate": 0}, vary={"utilisation": (30, 70)})
    values = exercise.case(4711)
    assert values["discount_rate"] == 0 and not exercise.follows
    assert {id for id, value in values.items() if value != complete(gpu_hour_cost)[id]} == {
        "discount_rate",
        "utilisation",
    }


def test_a_case_that_is_not_fair_or_hides_a_slip_is_drawn_again():
    vary = {"utilisation": (30, 90)}
    fair = made(vary=vary, fair=lambda v: v["utilisation"] > 80)
    assert all(fair.case(number)["utilisation"] > 80 for number in NUMBERS)
    # At 50 % this slip would be right.
    slip = Mistake(lambda v: gpu_hour_cost(**v).total * v["utilisation"] / 50, "You divided by 50.")
    shaken = [made(vary=vary, mistakes=(slip,)).case(number)["utilisation"] for number in range(1000, 1400)]
    plain = [made(vary=vary).case(number)["utilisation"] for number in range(1000, 1400)]
    assert 50 in plain and not {49, 50, 51} & set(shaken)
    with pytest.raises(CourseError, match="exercise 0: none of 200 cases is fair"):
        made(vary=vary, fair=lambda v: False).case(4711)


@pytest.mark.parametrize("vary", [{"nothing": (1, 2)}, {"utilisation": (1, 2, 3)}])
def test_what_cannot_be_varied_is_said(vary):
    with pytest.raises(CourseError, match=f"exercise 0 varies {next(iter(vary))}: a tuple has the two ends"):
        made(vary=vary)


def test_a_case_without_a_model_is_what_was_drawn():
    exercise = made(
        model=None, vary={"firms": [2, 4, 8]}, question=lambda v: f"{v['firms']} firms?", answer=lambda v: v["firms"]
    )
    assert {exercise.text(exercise.case(number)) for number in NUMBERS} == {"2 firms?", "4 firms?", "8 firms?"}
