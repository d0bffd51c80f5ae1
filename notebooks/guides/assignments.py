"""Write the tasks of *Your turn* as assignments for nbgrader: a notebook a lesson, with its solutions, for lecturers.

``uv run --frozen python notebooks/guides/assignments.py [NN ...]`` writes ``build/nbgrader/``, a course folder of
nbgrader. Its own ``generate_assignment`` takes the solutions out, so that learners and lecturers have one source.
"""

import re
import sys
from pathlib import Path

import nbformat
import pages
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from sovereign_compute.controls import writing
from sovereign_compute.controls.tasks import find_task
from sovereign_compute.errors import CourseError

ANSWERS = pages.GUIDES / "answers"
SCHEMA = 3
"""The version of nbgrader's metadata that is written."""
GIVEN = ("turn-data", "turn-chart")
"""The cells of *Your turn* that the solutions need."""
TASK_POINTS, TEXT_POINTS = 2, 3
HEAD = """# {question}

Tasks of notebook {number}, *Your turn*. Run the first cells, which are those of the lesson. In a cell that begins \
with `answer = ...`, put your code in the place of the lines below it, and let `answer` be what the task asks for. The \
next cell checks it and says what is wrong with it. Each task gives {task} points, and your text up to {text}.
"""
TEST = """from sovereign_compute.controls.tasks import find_task

checked = sc.check(find_task("{id}"), answer)
assert checked.right, checked.says
print(checked.says)
"""
"""A task that is handed over itself is checked without counting the try: who marks has none."""
SOLVED = "answer = ...  # {kind}\n### BEGIN SOLUTION\n{code}### END SOLUTION"


def has_tasks(row: dict) -> bool:
    """Whether a lesson has tasks that are checked."""
    return pages.of_lesson(row["notebook"][:2], "your_turn") is not None


def _marked(cell: dict, grade_id: str, *, solution: bool = False, points: int = 0) -> dict:
    """A cell with nbgrader's metadata: what has no solution is locked, and what has points is graded."""
    told = {"grade": bool(points), "grade_id": grade_id, "locked": not solution, "schema_version": SCHEMA}
    told |= {"solution": solution, "task": False, "cell_type": cell["cell_type"]}
    cell["metadata"] = {"nbgrader": told | ({"points": points} if points else {})}
    cell["id"] = grade_id
    return cell


def answered(row: dict) -> tuple[dict[str, str], str]:
    """The solution of each task of a lesson by its id, and what gives full marks to the text; out of its answers."""
    path = ANSWERS / f"{row['notebook']}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(
            f"there is no {path.name} in the folder answers: this is a copy for learners, and the solutions are in the "
            "copy of whoever teaches"
        ) from None
    codes = re.findall(r"^\*\*(\d\d\.T\d)\.\*\* .*?^```python\n(.*?)^```$", text, flags=re.M | re.S)
    marks = re.search(r"^\*\*[^*\n]+\*\* (Full marks .+)$", text, flags=re.M)
    return dict(codes), marks[1]


def assignment(row: dict) -> nbformat.NotebookNode:
    """The tasks of a lesson as the source of an assignment: set-up, task, solution and test, then the text."""
    number, (codes, marks) = row["notebook"][:2], answered(row)
    lesson = nbformat.read(pages.NOTEBOOKS / f"{row['notebook']}.ipynb", as_version=4)
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    asking = [re.search(r'= \.\.\.  # (.+)\n.*sc\.check\("([^"]+)"', cell.source) for cell in code]
    about = HEAD.format(question=row["question"], number=number, task=TASK_POINTS, text=TEXT_POINTS)
    cells = [_marked(new_markdown_cell(about), "about"), _marked(new_code_cell(code[0].source), "start")]
    cells += [_marked(new_code_cell(cell.source), cell.id) for cell in code if cell.id in GIVEN]
    for kind, id in (found.groups() for found in asking if found):
        name, solved = id.replace(".", "-"), SOLVED.format(kind=kind, code=codes[id])
        cells += [
            _marked(new_markdown_cell(f"**Task {id}.** {find_task(id).question}"), f"{name}-task"),
            _marked(new_code_cell(solved), name, solution=True),
            _marked(new_code_cell(TEST.format(id=id).strip()), f"{name}-test", points=TASK_POINTS),
        ]
    for field in writing.answers(row["notebook"], "hand in"):
        name = field.id.replace(".", "-")
        cells += [
            _marked(new_markdown_cell(f"**To hand in.** {field.ask}"), f"{name}-task"),
            _marked(new_markdown_cell(marks), name, solution=True, points=TEXT_POINTS),
        ]
    return new_notebook(cells=cells, metadata=lesson.metadata)


def path_of(folder: Path, row: dict) -> Path:
    """Where nbgrader looks for the source of an assignment in the folder of a course."""
    return folder / "source" / row["notebook"] / f"{row['notebook']}.ipynb"


def main(words: list[str] | None = None) -> int:
    wanted = pages.options(__doc__).parse_args(words)
    folder = wanted.to or pages.BUILD / "nbgrader"
    try:
        made = {path_of(folder, row): assignment(row) for row in pages.chosen(wanted.lessons) if has_tasks(row)}
    except CourseError as error:
        print(error)
        return 1
    for path, notebook in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
    print(f"{len(made)} assignments written, with their solutions; they are in {pages.shown(folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
