"""Tasks of *Your turn*: what a learner computed in a cell is compared with what the data give, and a slip is named.

The right answer, and what each usual mistake would give, are computed when a learner asks; nothing here or in a
notebook holds them. Tries and the day of the solution are kept beside those of the exercises.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from numbers import Real

import altair as alt
import pandas as pd

from ..errors import CourseError
from ..inputs.wording import capital, unparted
from ..surroundings import of_lesson
from . import checks, progress, task_charts, task_functions, task_tables

NOTHING_YET = "Nothing to check yet: put your answer in the place of the three dots, and run the cell again."
SIGNS = {None: "·", True: "✓", False: "✗"}
COLOURS = {None: "#767676", True: "#009e73", False: "#d55e00"}


@dataclass(frozen=True)
class Task:
    """A question that a learner answers with Python.

    ``expected`` computes the right answer, and its type says what may be given:

    - a number; a pandas Series or DataFrame whose index says what each row is about; an Altair chart whose data lie in
      a DataFrame; or a function, which is called with each of ``cases``, dictionaries of keyword arguments.

    ``mistakes`` are pairs: a function that computes what a usual mistake would give, in the same form, and what to say
    of it. Numbers agree within ``tolerance`` (relative). The order of rows counts only if the task is ``ordered``.
    ``finding`` says what the right answer shows, once it is there; its numbers are computed.
    """

    id: str
    question: str
    expected: Callable[[], object]
    finding: Callable[[], str]
    hints: tuple[str, str]
    mistakes: tuple[tuple[Callable[[], object], str], ...] = ()
    tolerance: float = 0.005
    ordered: bool = False
    cases: Callable[[], list[dict]] | None = None

    def judge(self, given) -> tuple[bool, str]:
        """Whether an answer is right, and what to say. CourseError if it is nothing that can be compared."""
        expected = self.expected()
        judge = next(judge for kind, judge in JUDGES if isinstance(expected, kind))
        return judge(self, given, expected)


JUDGES = (
    (alt.TopLevelMixin, task_charts.judge),
    ((pd.Series, pd.DataFrame), task_tables.judge),
    (Callable, task_functions.judge),
    (Real, task_tables.judge_number),
)
"""What the right answer is, and who compares with it."""


class Checked:
    """What is said of an answer: ``right`` is True, False, or None where nothing could be judged."""

    def __init__(self, task: Task, right: bool | None, says: str, notice: str = ""):
        self.task, self.right, self.notice = task, right, notice
        self.says = f"{capital(says)}{'' if says.endswith(('.', ')', '?')) else '.'}"

    def _lines(self) -> list[str]:
        return [f"{SIGNS[self.right]} {self.says}", *([self.notice] if self.notice else [])]

    def __repr__(self) -> str:
        return "\n".join([f"Task {self.task.id}. {self.task.question}", *(f"  {line}" for line in self._lines())])

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{html.escape(unparted(line))}</p>" for line in self._lines())
        hints = "".join(
            f"<details><summary>{name}</summary><p>{html.escape(hint)}</p></details>"
            for name, hint in zip(("Hint", "Second hint"), self.task.hints, strict=True)
        )
        return (
            f'<section aria-label="Task {self.task.id}" style="border-left:4px solid {COLOURS[self.right]};'
            f'padding-left:0.8em"><p><b>Task {self.task.id}.</b> {html.escape(unparted(self.task.question))}</p>'
            f"{said}{'' if self.right else hints}</section>"
        )


def find_task(id: str) -> Task:
    """A task by its number: ``21.T1`` is the first one of *Your turn* in notebook 21."""
    lesson = str(id).partition(".")[0]
    found = of_lesson(lesson, "your_turn")
    if found is None:
        raise CourseError(f"there are no tasks for notebook {lesson!r}")
    for task in found.TASKS:
        if task.id == id:
            return task
    raise CourseError(f"there is no task {id!r}; notebook {lesson} has {', '.join(t.id for t in found.TASKS)}")


def check(id: str | float | Task, answer=...) -> checks.Exercises | Checked:
    """An exercise by its number, as a form; or a task of *Your turn*, with what you have computed.

    ``sc.check("21.1")`` shows an exercise. ``sc.check("21.T1", answer)`` checks a number, a Series, a DataFrame, a
    chart or a function, whatever the task asks for; without an answer it shows what is asked. A `Task` that a teacher
    has written is checked in the same way; its tries are not kept.
    """
    if not isinstance(id, Task) and ".T" not in str(id):
        if answer is not ...:
            raise CourseError(f'exercise {id} is answered in its form: write sc.check("{id}")')
        return checks.check(id)
    task = id if isinstance(id, Task) else find_task(id)
    if answer is ... or answer is None:
        return Checked(task, None, NOTHING_YET)
    try:
        right, says = task.judge(answer)
    except CourseError as error:
        return Checked(task, False, str(error))
    says = f"{says} {task.finding()}" if right else says
    return Checked(task, right, says, "" if task is id else _keep(task.id, right))


def _keep(id: str, right: bool) -> str:
    """Count a try; what to say if that cannot be kept."""
    record = dict(progress.kept("exercises").get(id, {}))
    if "solved" not in record:
        record["tries"] = record.get("tries", 0) + 1
        record |= {"solved": date.today().isoformat()} if right else {}
    return progress.kept_or_why("exercises", {id: record})
