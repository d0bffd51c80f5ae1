"""The lessons of the course: which there are, how long they take, what they assume."""

from collections.abc import Callable
from inspect import isfunction

from IPython.display import display

from .. import __version__
from ..controls import paper, writing
from ..controls import reveal as revealing
from ..controls.checks import Exercises, of_a_lesson
from ..controls.panel import Panel
from ..controls.predictions import Predictions, predict
from ..controls.redraw import Redraw
from ..controls.verdicts import Verdicts
from ..display import folds
from ..display.charts import from_start
from ..display.prose import Prose
from ..display.tables import Column, Link, Table, references
from ..errors import CourseError, nearest
from ..inputs import data, profile
from ..inputs.wording import day, number
from ..models.registry import MODELS, find
from ..surroundings import RUN_ALL, modules_of_lesson, of_lesson
from .cards import verdicts

ANOTHER_DAY = f"Back another day, or does a cell say “model not found”? {RUN_ALL}."
FOLLOWS = (
    "Panels, figures and exercises on your panel start from them. The text, the statements of the report, the presets, "
    "the predictions and the exercises on a given case keep the course's values."
)


APART = ("__init__", "exercises", "moves", "verdicts", "your_turn")
"""Modules of a lesson's folder that are shown by calls of their own."""
SHOWS = tuple(f"{__package__.rpartition('.')[0]}.{room}." for room in ("lessons", "controls", "display.views"))
"""Rooms whose functions a lesson offers if its exhibits have them; so it does with models that are registered."""

FROM_START = (f"{__package__}.l", f"{__package__.rpartition('.')[0]}.display.")
"""What shows something of the scenario, and so starts from what the class starts from."""


def row_of(number: int) -> dict:
    """One row of ``data/lessons.csv``, by the number that its notebook begins with."""
    rows = {int(row["notebook"].partition("_")[0]): row for row in data.records("lessons")}
    if isinstance(number, bool) or number not in rows:
        raise CourseError(f"there is no lesson {number!r}; the course has {', '.join(map(str, rows))}")
    return rows[number]


class Lesson:
    """What one lesson offers: its exhibits and models by name, and its exercises, predictions, verdicts and sources.

    The names are those of the functions in the lesson's folder, read when they are asked for.
    """

    def __init__(self, row: dict):
        self._row = row
        self._number = row["notebook"].partition("_")[0]

    def __repr__(self) -> str:
        return f"Lesson {self._number}: {self._row['question']}"

    def __dir__(self) -> list[str]:
        return sorted({*(name for name in vars(Lesson) if not name.startswith("_")), *self._offered()})

    def __getattr__(self, name: str) -> Callable:
        found = {} if name.startswith("_") else self._offered()
        if name not in found:
            raise AttributeError(f"lesson {self._number} has no {name!r}; {nearest(name, dir(self))}")
        function = found[name]
        return from_start(function) if function.__module__.startswith(FROM_START) else function

    def _offered(self) -> dict[str, Callable]:
        found = {}
        for module in modules_of_lesson(self._number, APART):
            for name, function in vars(module).items():
                if isfunction(function) and not name.startswith("_"):
                    model = MODELS.get(name)
                    if function.__module__.startswith(SHOWS) or (model and model.function is function):
                        found[name] = function
        return found

    def status(self) -> Prose:
        """The lines under the title: minutes, what the lesson assumes, dates, and what to press another day."""
        row, due = self._row, profile.current().due.get(int(self._number))
        as_of = max(source["accessed"] for source in data.sources().values())
        line = (
            f"*{row['part']} · about {row['minutes']} minutes · assumes: {row['assumes']} · data as of {as_of} · "
            f"version {__version__}{f' · due {day(due.isoformat())}' if due else ''}*"
        )
        return Prose("\n\n".join([line, f"*{ANOTHER_DAY}*", *of_class(int(self._number))]))

    def predictions(self, *ids: str, without: tuple[str, ...] = ()) -> Predictions:
        """The form for the guesses of this lesson, or those named; in lesson 00 for those of the whole course.

        ``without`` leaves out what another form of the notebook asks.
        """
        return predict(*(ids or self._mine("predictions")), without=without)

    def reveal(self, *ids: str) -> revealing.Reveal:
        """What the course finds for the predictions of this lesson, or those named, beside the learner's guesses."""
        return revealing.reveal(*(ids or self._mine("predictions")))

    def play(self, function: Callable) -> Panel:
        """The panel of a model with the moves of this lesson beside it."""
        return Panel(function, moves=of_lesson(self._number, "moves").MOVES[find(function).name])

    def exercises(self) -> Exercises:
        """All exercises of this lesson, one below the other."""
        return of_a_lesson(self._number)

    def verdicts(self) -> Verdicts:
        """The statements of the report that this lesson tests, as cards to judge and to turn."""
        return verdicts(*self._mine("claims"))

    def references(self, *ids: str, function: Callable | None = None) -> folds.Folded:
        """The sources behind this lesson, folded: those of a model's assumptions, and others by id."""
        return folds.folded(references(*ids, function=function))

    def behind(self, model: Callable) -> folds.Folded:
        """What a model rests on, folded: assumptions with their sources, results with their ranges, and the code."""
        return folds.behind(model)

    def folded(self, *tables: Table) -> folds.Folded:
        """Tables that stay closed until a reader wants them; the caption of each is the line to click."""
        return folds.folded(*tables)

    def draw_again(self, show: Callable) -> Redraw:
        """Something simulated, with a button that draws it once more with other random numbers."""
        return Redraw(show)

    def write(self, what: str = "discuss") -> writing.Writing:
        """Fields for text: the questions under a heading of this lesson's notebook, or ``"verdict"`` or ``"range"``."""
        return writing.write(self._row["notebook"], what)

    def _mine(self, table: str) -> list[str]:
        return [row["id"] for row in data.records(table) if row["notebook"] == self._row["notebook"]]


def of_class(number: int) -> list[str]:
    """What a lesson says of the class, from its profile: paragraphs in Markdown; none where there is no profile."""
    here = profile.current()
    names = [here.names[name] for name in ("course", "class") if name in here.names]
    names += [f"taught by {here.names['teacher']}"] if "teacher" in here.names else []
    told = [f"*{paper.plain(' · '.join(names))}*"] if names else []
    told += [] if here.has(number) else ["Your class leaves this lesson out."]
    told += [f"{paper.plain(here.words)} {FOLLOWS}"] if here.words else []
    if here.problems:
        faults = "".join(f"\n- {paper.plain(problem)}" for problem in here.problems)
        told.append(f"The profile of your class has faults. The course goes on without what they name:\n{faults}")
    return told


def lesson(number: int) -> Lesson:
    """One lesson by its number: shows its status line, and gives what it offers."""
    found = Lesson(row_of(number))
    display(found.status())
    return found


def lessons() -> list[dict]:
    """The rows of ``data/lessons.csv`` that the class has, in order."""
    return [row for row in data.records("lessons") if profile.current().has(int(row["notebook"][:2]))]


def course_map() -> Table:
    """The notebooks of the class in order, with the days on which they are due; those in this folder are links."""
    rows, due = [], profile.current().due
    for row in lessons():
        file = f"{row['notebook']}.ipynb"
        there = file if (data.NOTEBOOKS / file).exists() else None
        place = int(row["notebook"].partition("_")[0])
        by = [due[place].isoformat() if place in due else None] if due else []
        rows.append((place, row["part"], row["question"], there, row["minutes"], row["assumes"], *by))

    def linked(question: str, file: str | None) -> str:
        return Link(question, file) if isinstance(file, str) else f"{question} (not in this folder)"

    columns = [Column("No.", "{:02}".format), "Part", Column("Question", linked, of=("Question", "File"))]
    columns += [Column("Minutes", number), "Assumes", *([Column("Due", day, missing="–")] if due else [])]
    return Table(rows, "Map of the course", columns)
