"""Exercises in a page without a kernel, in a real Chromium: they judge and explain word by word as the kernel's do."""

import json
from pathlib import Path

import lab
import pytest
from sovereign_compute.analysis.settings import complete
from sovereign_compute.browser import symbols
from sovereign_compute.browser.controls import exercises_control
from sovereign_compute.controls import progress
from sovereign_compute.controls.checks import Exercises
from sovereign_compute.controls.exercises import Exercise, of
from sovereign_compute.controls.widgets import for_page, script
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.data import records
from sovereign_compute.lessons.l21_gpu_hour.exercises import EXERCISES

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

FOLDER = Path(symbols.__file__).parent
LESSONS = [row["notebook"][:2] for row in records("lessons")]
NUMBERS = (4711, 1000, 9999)
"""Learners, by the number of their cases."""
ONE_BY_ONE = (
    *("11.1", "11.2", "11.3", "11.4", "11.5", "11.7", "12.1", "12.2", "12.3", "12.4", "23.4", "25.6"),
    *("31.3", "32.4", "32.8", "33.2", "35.3", "35.6", "42.1", "42.2", "42.4", "42.6", "43.1", "43.2"),
)
"""Exercises of which a page has some cases by number, and not those of all learners."""
NO_ANSWERS = {
    "number": ("", None, "abc", "1,2,3", "1.000.5", "12 parsecs", "1e400", []),
    "choice": (None, "", "owls"),
    "ranking": (None, [], ["owls"], "owls"),
    "range": (None, [None, None], ["1", ""], ["2", "1"], ["1", "x"], "1"),
}
MADE = """([data, number, panel]) => {
  const learner = new Learner();
  learner.progress.own = { cases: { exercises: { number } } };
  for (const [name, model] of Object.entries(data.models)) learner.engines.set(name, new Engine(model));
  for (const name of panel ? Object.keys(data.models) : []) {
    learner.panels.set(name, { valuesNow: () => ({ ...data.start[name], ...panel }) });
  }
  globalThis.kernel = new ExerciseKernel(data, () => new Uint8Array(), learner);
  return kernel.get("_setup");
}"""
ASKED = "(message) => { kernel.answer(message); return kernel.get('_state'); }"


@pytest.fixture(scope="module")
def tab(chromium):
    found = chromium.new_page()
    for name, shared in {"exercise_kernel": "ExerciseKernel", "learner": "Learner", "engine": "Engine"}.items():
        found.add_script_tag(
            type="module", content=f"{script(name, FOLDER)}\nObject.assign(globalThis, {{ {shared} }});"
        )
    found.wait_for_function("Boolean(globalThis.ExerciseKernel && globalThis.Learner && globalThis.Engine)")
    yield found
    found.close()


def entries(exercise: Exercise, values: dict) -> list[dict]:
    """What learners give: the right answer, slips, wrong answers, and what is no answer."""
    unit, factor = next(iter(exercise.units.items()), ("", 1.0))
    other = list(exercise.units)[-1] if exercise.units else ""
    truth = exercise.answer(values)
    given = []
    if exercise.kind == "number":
        slips = [mistake.value(values) for mistake in exercise.mistakes]
        sizes = [truth, *slips, 0.4 * truth, 1.4 * truth, 5 * truth, -truth, 0.0]
        given = [{"value": f"{size / factor:.12g}", "unit": unit} for size in sizes]
        given += [{"value": f"{truth / factor:.12g}", "unit": other}]
    elif exercise.kind == "choice":
        given = [{"value": option} for option in exercise.options()]
    elif exercise.kind == "ranking":
        given = [{"value": order} for order in (list(truth), truth[::-1], [*truth[1:], truth[0]])]
    elif exercise.kind == "range":
        low, high = exercise.band(values)
        parts = ((0, 1), (0.4, 0.6), (-3, 4), (1.5, 2.5), (1.2, 1.3), (-0.25, 1.25))
        ends = [[low + part * (high - low) for part in pair] for pair in parts]
        given = [{"value": [f"{end / factor:.9g}" for end in pair], "unit": unit} for pair in ends]
    return [*given, *({"value": value, "unit": unit} for value in NO_ANSWERS[exercise.kind])]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_page_judges_as_the_kernel_does(tab, learner, lesson):
    data = exercises_control(lesson)
    assert not learner.exists()  # whoever makes a page draws no case of their own
    pools = {card["id"]: card["pool"] for card in data["cards"]}
    assert {id for id, pool in pools.items() if pool} == {id for id in ONE_BY_ONE if id.startswith(lesson)}
    for number in NUMBERS:
        setup = tab.evaluate(MADE, [data, number, None])
        progress.keep("cases", {"exercises": {"number": number}})
        kernel = Exercises(of(lesson), data["name"])
        cards = [dict(card) for card in kernel._setup["cards"]]
        for card in cards:  # where cases are told one by one, that of the learner is one of them
            if pool := pools[card["id"]]:
                exercise, mine = kernel.exercises[card["id"]], pool[number % len(pool)]
                kernel._values[card["id"]] = exercise.case(mine)
                card |= {"case": str(mine), "question": exercise.text(kernel._values[card["id"]])}
        assert setup == for_page({**kernel._setup, "cards": cards})
        for id, exercise in kernel.exercises.items():
            values = kernel._values.get(id) or exercise.values()
            asked = [{"kind": "answer", "id": id, **given} for given in entries(exercise, values)]
            asked += [{"kind": kind, "id": id} for kind in ("hint", "solution", "hint", "hint")]
            for seq, message in enumerate(asked, 1):
                state = tab.evaluate(ASKED, {**message, "seq": seq})
                kernel._receive(None, {**message, "seq": seq}, [])
                want = for_page(kernel._state)
                assert state["cards"][id] == want["cards"][id], (number, message)
                assert state["done"] == want["done"] and state["seq"] == seq
        (learner / "progress.json").unlink()


def test_an_exercise_about_the_panel_follows_it(tab, learner):
    data, panel = exercises_control("21"), {"gpus": 12_000.0, "utilisation": 55.0}
    tab.evaluate(MADE, [data, 4711, panel])
    scenarios.current.update(panel)
    for exercise in (exercise for exercise in EXERCISES if exercise.follows):
        values = complete(exercise.model, panel)
        for given in entries(exercise, values):
            card = tab.evaluate(ASKED, {"kind": "answer", "id": exercise.id, **given})["cards"][exercise.id]
            kernel = Exercises([exercise], "one")
            kernel._receive(None, {"kind": "answer", "id": exercise.id, **given}, [])
            assert card["feedback"] == for_page(kernel._state)["cards"][exercise.id]["feedback"], given


@pytest.mark.parametrize("lesson", ["12", "22"])
def test_the_file_does_not_tell_an_answer(learner, lesson):
    """Neither a sentence of the feedback nor a solution can be read in the file, nor the number of a fixed case."""
    data = exercises_control(lesson)
    written = json.dumps(data, ensure_ascii=False)
    for exercise in of(lesson):
        values = exercise.values()
        told = [*exercise.hints, exercise.solved(values), *(mistake.says for mistake in exercise.mistakes)]
        told += list(exercise.reasons(values).values()) if exercise.reasons else []
        assert [text for text in told if text in written] == []
        assert "That is it." not in written


def test_a_judge_that_is_wrong_is_found(tab, learner):
    """The comparison can fail."""
    data = exercises_control("21")
    card = next(card for card in data["cards"] if card["id"] == "21.2")
    tab.evaluate(MADE, [data, 4711, None])
    right = entries(EXERCISES[1], EXERCISES[1].values())[0]
    assert tab.evaluate(ASKED, {"kind": "answer", "id": "21.2", **right})["cards"]["21.2"]["right"] is True
    card["parts"]["judge"].reverse()  # the judge of another unit
    tab.evaluate(MADE, [data, 4711, None])
    assert tab.evaluate(ASKED, {"kind": "answer", "id": "21.2", **right})["cards"]["21.2"]["right"] is False
