"""What the texts promise, each sentence with the test that holds it; and the promises that no other file tests."""

import re
from functools import cache

import lab
import nbformat
import pytest
from sovereign_compute.analysis.settings import evaluate, inputs
from sovereign_compute.controls import cases
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.wording import number
from sovereign_compute.lessons.l25_waiting import exhibits as exhibits_25
from sovereign_compute.lessons.l43_fact_check import report
from sovereign_compute.models.access import cost_of_waiting
from sovereign_compute.models.next_round import next_round
from sovereign_compute.models.policy import policy_portfolio
from sovereign_compute.models.runway import runway

NOTEBOOKS = lab.ROOT / "notebooks"
PROMISES = {
    "As soon as you keep them, what the course finds appears beside them": (
        "test_predictions.py::test_a_prediction_comes_back_once_it_is_kept_and_not_before"
    ),
    "lesson 43 scores them all": "test_factcheck.py::test_ranges_are_scored_as_calibration",
    "your number is here, and what came out beside it": (
        "test_predictions.py::test_a_prediction_comes_back_once_it_is_kept_and_not_before"
    ),
    "Questions that you did not guess are left out, and so is the one of lesson 13": (
        "test_factcheck.py::test_the_course_answers_each_prediction_and_computes_all_but_one"
    ),
    "A wrong one gets a reason": (
        "test_exercises.py::test_each_wrong_option_has_a_reason_of_its_own_that_is_not_the_solution"
    ),
    "or at least how far off it is": "test_promises.py::test_any_wrong_answer_hears_what_is_wrong_with_it",
    "the worked solution is there when you want it": (
        "test_exercises.py::test_hints_come_one_by_one_and_the_solution_whenever_it_is_wanted"
    ),
    "this file does not hold them": "test_promises.py::test_the_first_notebook_does_not_hold_its_answer",
    "**Reset all** brings back the course's values": (
        "test_panel.py::test_reset_all_resets_values_comparison_view_and_band"
    ),
    "*Reset all* brings a panel back as it opened": (
        "test_panel.py::test_reset_all_resets_values_comparison_view_and_band"
    ),
    "No control and no answer can break the course": "test_security.py::test_any_input_is_a_sentence_or_sound",
    "leads into the controls below a cell": "test_browser_accessibility.py::test_a_lesson_needs_no_mouse",
    "leads to the [glossary](glossary.md) where a notebook first uses it": (
        "test_texts.py::test_a_word_is_linked_once_in_a_notebook"
    ),
    "who pastes it there and sees your panel": "test_browser_panel.py::test_save_load_and_share",
    "opens where its number comes from": "test_browser_panel.py::test_source_is_one_click_away",
    "**Show as table** has the same numbers": "test_browser_panel.py::test_table_has_the_numbers_of_the_chart",
    "They stay on this machine": "lab.py::close_quiet",
    "deleting the folder `my_course` forgets it": (
        "test_exercises.py::test_progress_is_kept_in_one_file_that_can_be_deleted"
    ),
    "nothing that is here already is replaced": "test_archive.py::test_what_is_here_is_never_replaced",
    "predictions, progress and memo to your browser as one file": (
        "test_browser_course.py::test_work_is_downloaded_in_one_click_and_put_back"
    ),
    "run both cells again and watch the small projects": "test_promises.py::test_routes_and_map_follow_the_panel",
    "it carries your ratio into the policy lab": "test_promises.py::test_the_own_ratio_is_carried_into_the_policy_lab",
    "for both panels of this lesson and for lesson 25": "test_promises.py::test_one_code_serves_runway_round_and_wait",
    "must give the same waits": "test_waiting.py::test_simpy_starts_the_same_jobs_at_the_same_time",
    "your game is kept": (
        "test_founder.py::test_a_game_is_there_again_after_the_cell_ran_once_more_and_a_new_one_is_new"
    ),
    "is the same luck for everybody": "test_founder.py::test_the_same_number_is_the_same_luck_for_all",
    "the result splits without a remainder": (
        "test_founder.py::test_a_result_is_expectation_plus_luck_less_lost_by_decisions"
    ),
    "The budget is never exceeded": "test_policy.py::test_the_budget_is_never_exceeded_and_proportions_stay",
    "**Stop** works at any time; what was tried until then counts": (
        "test_policy.py::test_the_lab_can_be_stopped_and_started_again"
    ),
    "a move in any panel moves everything that depends on it, and nothing else": (
        "test_policy.py::test_a_price_moved_in_one_place_moves_every_model_that_has_it_and_no_other"
    ),
    "It is written to your folder as HTML": "test_policy.py::test_the_form_writes_two_files_into_the_learners_folder",
    "change a fact, and it changes": "test_factcheck.py::test_a_verdict_follows_the_facts",
    "Without a code the list is empty": "test_promises.py::test_without_a_code_no_verdict_moves",
    "its caption counts what is left": "test_factcheck.py::test_the_fact_check_narrows_down",
    "names each line that it cannot read": (
        "test_teams.py::test_a_line_that_cannot_be_read_is_named_and_the_others_count"
    ),
    "Codes and names stay on this machine": ("lab.py::close_quiet"),
    "after that nothing in the course uses a network": ("lab.py::close_quiet"),
    "deleting it forgets everything in it": "test_exercises.py::test_progress_is_kept_in_one_file_that_can_be_deleted",
    "nothing leaves the machine": "lab.py::close_quiet",
}
"""A sentence that a learner or a teacher reads, and the test that fails when it is no longer true."""


@cache
def _texts() -> str:
    """Everything that is told in notebooks, guides and README, with single spaces."""
    cells = [
        cell.source
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    ]
    pages = [path.read_text(encoding="utf-8") for path in (lab.ROOT / "README.md", *NOTEBOOKS.rglob("*.md"))]
    return " ".join(" ".join([*cells, *pages]).split())


@pytest.mark.parametrize(("promise", "held"), PROMISES.items())
def test_a_promise_is_made_and_held_by_a_test_that_exists(promise, held):
    assert promise in _texts()
    file, _, name = held.partition("::")
    assert f"def {name}(" in next((lab.ROOT / "tests").rglob(file)).read_text(encoding="utf-8")


# What no other file tests ---------------------------------------------------------------------------------------------


def test_any_wrong_answer_hears_what_is_wrong_with_it():
    """Named slips and options have reasons of their own; other numbers, orders and ranges hear how they miss."""
    far = find_exercise("21.1")
    case = far.case(cases.EXAMPLE)
    truth = far.answer(case)
    for wrong, says in ((truth * 1.37, "Too high, but in the right region"), (truth * 7.3, "and not by a little")):
        assert says in far.judge(wrong, next(iter(far.units)), case)[1]
    order = find_exercise("22.5")
    case = order.case(cases.EXAMPLE)
    right = order.answer(case)
    assert "pairs are the right way round" in order.judge([right[1], right[0], *right[2:]], values=case)[1]
    wide = find_exercise("31.7")
    assert "The answer lies outside your range, and it is too narrow" in wide.judge([94, 95], "USD")[1]


def test_the_first_notebook_does_not_hold_its_answer():
    exercise = find_exercise("00.1")
    truth = exercise.answer(exercise.values())
    cells = nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4).cells
    shown = [
        text
        for cell in cells
        for output in cell.get("outputs", [])
        for kind, text in output.get("data", {}).items()
        if kind.startswith("text/")
    ]
    told = " ".join(" ".join([*shown, *(cell.source for cell in cells)]).split())
    assert "0.52 EUR" in told  # the notebook does say what the course's own values give
    assert exercise.solution(exercise.values()) not in told
    assert not re.search(rf"\b({number(truth, 1)}|{number(truth, 2)}) EUR|\b{number(100 * truth, 0)} ct", told)


def test_the_own_ratio_is_carried_into_the_policy_lab(learner):
    scenarios.current["attribution"] = 50
    code = scenarios.current.code()
    carried = scenarios.decode(code).of(inputs(policy_portfolio))
    assert evaluate(policy_portfolio, **carried).captured > evaluate(policy_portfolio).captured


def test_routes_and_map_follow_the_panel(learner):
    before = exhibits_25.routes().frame, exhibits_25.route_map().to_dict()["description"]
    scenarios.current["porting_cost"] = 0
    after = exhibits_25.routes().frame, exhibits_25.route_map().to_dict()["description"]
    assert not before[0].equals(after[0])
    assert before[1] != after[1]


def test_one_code_serves_runway_round_and_wait():
    shared = [id for id in inputs(runway) if id in inputs(next_round) and id in inputs(cost_of_waiting)]
    assert {"cut_off_days", "evaluation_days", "success_rate"} <= set(shared)
    code = scenarios.Scenario({"success_rate": 10}).code()
    for function in (runway, next_round, cost_of_waiting):
        assert function(**{id: a.value for id, a in inputs(function).items()}) != evaluate(
            function, **scenarios.decode(code).of(inputs(function))
        )


def test_without_a_code_no_verdict_moves(learner):
    from sovereign_compute.lessons.fact_check import verdicts_moved

    assert len(verdicts_moved(report.scenario("")).frame) == 0
