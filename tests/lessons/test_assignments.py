"""Assignments for nbgrader: its metadata by a schema, and what a test cell says to right and wrong answers."""

import re
import sys

import jsonschema
import lab
import nbformat
import pytest
import sovereign_compute as sc
from sovereign_compute.controls.tasks import NOTHING_YET, find_task
from sovereign_compute.inputs import data

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import assignments

LESSONS = {row["notebook"][:2]: row for row in data.records("lessons") if assignments.has_tasks(row)}
COMMON = {
    "schema_version": {"const": 3},
    "grade_id": {"type": "string", "pattern": "^[a-zA-Z0-9_-]+$"},
    "cell_type": {"enum": ["code", "markdown"]},
    "task": {"const": False},
}


def kind(points: int | None = None, **flags) -> dict:
    """What nbgrader asks of one kind of cell."""
    own = COMMON | {name: {"const": value} for name, value in flags.items()}
    own |= {"points": {"const": points}} if points else {}
    return {"properties": own, "required": sorted(own), "additionalProperties": False}


KINDS = {
    "read only": kind(grade=False, locked=True, solution=False),
    "answer": kind(grade=False, locked=False, solution=True),
    "test": kind(assignments.TASK_POINTS, grade=True, locked=True, solution=False),
    "text": kind(assignments.TEXT_POINTS, grade=True, locked=False, solution=True),
}
"""The kinds of cells in nbgrader's third schema that an assignment of the course has."""


def kinds(notebook: nbformat.NotebookNode) -> list[str]:
    """Which kind each cell is; empty for a cell that nbgrader would not take."""
    cells = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    fits = jsonschema.Draft202012Validator
    return [next((name for name, rule in KINDS.items() if fits(rule).is_valid(dict(cell))), "") for cell in cells]


def code(notebook: nbformat.NotebookNode) -> dict[str, str]:
    return {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}


@pytest.mark.parametrize("number", LESSONS)
def test_an_assignment_has_the_cells_that_nbgrader_asks_for(number):
    made = assignments.assignment(LESSONS[number])
    nbformat.validate(made)
    task = ["read only", "answer", "test"]
    assert kinds(made) == ["read only"] * 4 + task * 2 + ["read only", "text"]
    ids = [cell.metadata.nbgrader.grade_id for cell in made.cells]
    assert len(set(ids)) == len(ids) and ids == [cell.id for cell in made.cells]
    assert all(cell.cell_type == cell.metadata.nbgrader.cell_type for cell in made.cells)
    for cell, name in zip(made.cells, kinds(made), strict=True):
        solved = re.findall(r"^### (?:BEGIN|END) SOLUTION$", cell.source, flags=re.M)
        assert solved == (["### BEGIN SOLUTION", "### END SOLUTION"] if name == "answer" else [])
        assert name != "text" or "Full marks" in cell.source


def test_a_cell_that_nbgrader_would_not_take_is_found():
    made = assignments.assignment(LESSONS["14"])
    for planted in ({"points": 5}, {"schema_version": 2}, {"grade_id": "a b"}, {"locked": False}, {"more": 1}):
        wrong = made.copy()
        wrong.cells = [cell.copy() for cell in made.cells]
        test = next(cell for cell in wrong.cells if cell.id == "14-T1-test")
        test.metadata = {"nbgrader": dict(test.metadata.nbgrader) | planted}
        assert kinds(wrong).count("") == 1, planted


@pytest.mark.parametrize("number", LESSONS)
def test_a_test_cell_marks_as_the_task_does(number, learner, capsys):
    """The solution passes, the cell as learners get it does not, and a usual mistake fails with its own sentence."""
    cells = code(assignments.assignment(LESSONS[number]))
    there = {"display": lambda *shown: None}
    for id in ("start", *assignments.GIVEN):
        exec(cells[id], there)
    for task in (find_task(f"{number}.T{n}") for n in (1, 2)):
        name = task.id.replace(".", "-")
        test = cells[f"{name}-test"]
        exec(re.sub(r"^### BEGIN.*### END SOLUTION", "", cells[name], flags=re.M | re.S), there)
        with pytest.raises(AssertionError, match=re.escape(NOTHING_YET)):
            exec(test, there)
        for wrong, says in task.mistakes[:1]:
            with pytest.raises(AssertionError) as failed:
                exec(test, there | {"answer": wrong()})
            assert says.rstrip(".") in str(failed.value)
        exec(cells[name], there)
        exec(test, there)
        assert task.finding() in capsys.readouterr().out
    assert not learner.exists()


def test_the_command_writes_where_nbgrader_looks(tmp_path, capsys):
    assert assignments.main(["14", "21", "00", f"--to={tmp_path}"]) == 0
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.ipynb"))
    names = [LESSONS[number]["notebook"] for number in ("14", "21")]
    assert written == [f"source/{name}/{name}.ipynb" for name in names]
    assert "2 assignments written, with their solutions" in capsys.readouterr().out
    assert nbformat.read(tmp_path / written[0], 4) == assignments.assignment(LESSONS["14"])


def test_a_copy_for_learners_has_no_solutions_to_write(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(assignments, "ANSWERS", tmp_path)
    assert assignments.main(["14", f"--to={tmp_path}"]) == 1
    assert "there is no 14_what_does_it_cost_to_leave.md in the folder answers" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_each_solution_is_one_of_a_task_that_there_is():
    for number, row in LESSONS.items():
        solved, marks = assignments.answered(row)
        assert list(solved) == [f"{number}.T1", f"{number}.T2"] and marks.startswith("Full marks for")
        assert all(sc.check(find_task(id)).task.id == id for id in solved)
