"""What the texts promise, each sentence with the test that holds it; and the promises that no other file tests."""

import re
from functools import cache

import lab
import nbformat
import pytest
from sovereign_compute.analysis.settings import evaluate, inputs
from sovereign_compute.controls import cases
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.controls.findings import digits
from sovereign_compute.controls.moves import Move
from sovereign_compute.inputs import data, scenarios
from sovereign_compute.inputs.wording import number
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.lessons.l43_fact_check import report
from sovereign_compute.models.policy import policy_portfolio
from sovereign_compute.surroundings import of_lesson

NOTEBOOKS = lab.ROOT / "notebooks"
PROMISES = {
    "the panel marks them": "test_playing.py::test_a_guess_stands_in_the_chart_as_soon_as_it_is_kept",
    "a guess comes back in its lesson": (
        "test_predictions.py::test_a_prediction_comes_back_once_it_is_kept_and_not_before"
    ),
    "lesson 43 scores them all": "test_factcheck.py::test_ranges_are_scored_as_calibration",
    "If you have guessed in lesson 00, your number is here": (
        "test_predictions.py::test_predictions_are_kept_and_refused_by_field"
    ),
    "your guesses of all lessons beside what the course computed": (
        "test_factcheck.py::test_the_course_answers_each_prediction_and_computes_all_but_one"
    ),
    "A wrong answer gets a reason": (
        "test_exercises.py::test_each_wrong_option_has_a_reason_of_its_own_that_is_not_the_solution"
    ),
    "or at least how far off it is": "test_promises.py::test_any_wrong_answer_hears_what_is_wrong_with_it",
    "the worked solution is there when you want it": (
        "test_exercises.py::test_hints_come_one_by_one_and_the_solution_whenever_it_is_wanted"
    ),
    "this file does not hold it": "test_promises.py::test_the_first_notebook_does_not_hold_the_answer_of_its_exercise",
    "*Reset all* brings back the course's values": (
        "test_panel.py::test_reset_all_resets_values_comparison_view_and_band"
    ),
    "*Reset all* brings a panel back as it opened": (
        "test_panel.py::test_reset_all_resets_values_comparison_view_and_band"
    ),
    "Nothing you do here can break the course": "test_security.py::test_any_input_is_a_sentence_or_sound",
    "leads into the controls below a cell": "test_browser_accessibility.py::test_a_lesson_needs_no_mouse",
    "link to the [glossary](glossary.md) where a notebook first uses them": (
        "test_texts.py::test_a_word_is_linked_once_in_a_notebook"
    ),
    "Whoever pastes it into the same place sees your panel": "test_browser_panel.py::test_save_load_and_share",
    "The mark beside each control opens its source": "test_browser_panel.py::test_source_is_one_click_away",
    "**Show as table** below the chart of a panel has the same numbers": (
        "test_browser_panel.py::test_table_has_the_numbers_of_the_chart"
    ),
    "Your guesses stay on this machine": "lab.py::close_quiet",
    "Delete the folder `my_course` to forget it": (
        "test_exercises.py::test_progress_is_kept_in_one_file_that_can_be_deleted"
    ),
    "nothing you have now is overwritten": "test_archive.py::test_what_is_here_is_never_replaced",
    "guesses, progress and memo to your browser as one file": (
        "test_browser_course.py::test_work_is_downloaded_in_one_click_and_put_back"
    ),
    "it carries your ratio into the policy lab": "test_promises.py::test_the_own_ratio_is_carried_into_the_policy_lab",
    "What you set here also holds in the next game": (
        "test_founder_game.py::test_a_game_keeps_the_scenario_it_began_with"
    ),
    "compares it with the panel's faster simulation and with the formulas": (
        "test_waiting.py::test_both_simulations_of_the_check_agree"
    ),
    "with the same number of the game meets the same luck**": (
        "test_founder.py::test_the_same_number_is_the_same_luck_for_all"
    ),
    "your result splits without a remainder": (
        "test_founder.py::test_a_result_is_expectation_plus_luck_less_lost_by_decisions"
    ),
    "each is cut to half": "test_policy.py::test_the_budget_is_never_exceeded_and_proportions_stay",
    "**Stop** works at any time": ("test_policy.py::test_the_lab_can_be_stopped_and_started_again"),
    "Each has one definition in the course. So a move in any panel moves everything that depends on it": (
        "test_policy.py::test_a_price_moved_in_one_place_moves_every_model_that_has_it_and_no_other"
    ),
    "written to your folder as HTML": "test_policy.py::test_the_form_writes_two_files_into_the_learners_folder",
    "Change a fact, and the verdict may change": "test_factcheck.py::test_a_verdict_follows_the_facts",
    "each statement for which your values lead to another number or another verdict": (
        "test_factcheck.py::test_a_scenario_in_the_place_of_the_courses_values_moves_what_depends_on_it"
    ),
    "The cards begin with the lessons that you have worked on": (
        "test_verdicts.py::test_it_opens_with_what_the_learner_has_worked_on"
    ),
    "Judge a statement first; then the card shows what the course finds": (
        "test_verdicts.py::test_no_card_holds_its_verdict_before_it_is_turned"
    ),
    "names each line that it cannot read": (
        "test_teams.py::test_a_line_that_cannot_be_read_is_named_and_the_others_count"
    ),
    "Codes and names stay on this machine": ("lab.py::close_quiet"),
    "After that nothing in the course uses a network": ("lab.py::close_quiet"),
    "nothing leaves the machine": "lab.py::close_quiet",
}
"""A sentence that a learner or a teacher reads, and the test that fails when it is no longer true."""


@cache
def _texts() -> str:
    """Everything that is told in notebooks, beside panels, in guides and in README, with single spaces."""
    cells = [
        cell.source
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    ]
    pages = [path.read_text(encoding="utf-8") for path in (lab.ROOT / "README.md", *NOTEBOOKS.rglob("*.md"))]
    moves = [move for row in data.records("lessons") for move in _moves(row["notebook"][:2])]
    return " ".join(
        " ".join([*cells, *pages, *(move.text for move in moves), *(move.seen() for move in moves)]).split()
    )


def _moves(lesson: str) -> list[Move]:
    """All moves of a lesson; without a panel there are none."""
    found = getattr(of_lesson(lesson, "moves"), "MOVES", {})
    return [move for moves in found.values() for move in moves]


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


def test_the_first_notebook_does_not_hold_the_answer_of_its_exercise():
    exercise = find_exercise("00.1")
    truth = exercise.answer(exercise.values())
    cells = nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4).cells
    told = " ".join(" ".join([*map(_shown, cells), *(cell.source for cell in cells)]).split())
    assert "0.52 EUR" in told  # the notebook does say what the course's own values give
    assert exercise.solution(exercise.values()) not in told
    assert not re.search(rf"\b({number(truth, 1)}|{number(truth, 2)}) EUR|\b{number(100 * truth, 0)} ct", told)


def _shown(cell) -> str:
    """The stored output of a cell, as text."""
    outputs = [*(output.get("data", {}) for output in cell.get("outputs", []))]
    texts = [text for output in outputs for kind, text in output.items() if kind.startswith("text/")]
    return " ".join([*texts, *(output.get("text", "") for output in cell.get("outputs", []))])


def told_too_early(cells: list) -> set[str]:
    """The guesses of the start that the first notebook answers before, or without, asking for them."""
    early = set()
    for row in (row for row in data.records("predictions") if row["at_start"]):
        asked = next((n for n, cell in enumerate(cells) if row["question"] in _shown(cell)), len(cells))
        before = " ".join(f"{cell.source} {_shown(cell)}" for cell in cells[:asked])
        found = ANSWERS[row["id"]]()
        told = f"{number(found.value, digits(found.value))} {row['unit']}"
        if told in " ".join(before.split()) or (row["model"] and re.search(rf"\.{row['model']}\b", before)):
            early.add(row["id"])
    return early


def test_the_first_notebook_asks_for_each_guess_before_it_tells_the_answer():
    cells = nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4).cells
    assert told_too_early(cells) == set()
    forms = [cell for cell in cells if "lesson.predictions(" in cell.source]
    late = [*(cell for cell in cells if cell not in forms), *forms]
    assert told_too_early(late) == {"gpu-hour", "break-even"}


def test_the_own_ratio_is_carried_into_the_policy_lab(learner):
    scenarios.current["attribution"] = 50
    code = scenarios.current.code()
    carried = scenarios.decode(code).of(inputs(policy_portfolio))
    assert evaluate(policy_portfolio, **carried).captured > evaluate(policy_portfolio).captured


def test_without_a_code_no_verdict_moves(learner):
    from sovereign_compute.lessons.fact_check import verdicts_moved

    assert len(verdicts_moved(report.scenario("")).frame) == 0
