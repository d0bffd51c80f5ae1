"""Make a lesson that passes the tests and waits for its texts: ``python tests/tools/new_lesson.py NN SLUG QUESTION``.

It writes a folder under ``lessons/``, the notebook with its outputs, the guide, and the lesson's rows in ``data/``, in
two of the paths and in README.md. Each text that a teacher replaces says that it is to be written. Until then figure,
panel and exercises are those of a model that the course has (``--model``), and the predictions are those of lesson 00.
"""

import argparse
import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import datapackage
import glossary
import guides
import lessons
import marked
import nbformat

import notebooks

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
PACKAGE = FOLDER / "sovereign_compute"
TABLE = ROOT / "data" / "lessons.csv"
PATHS = FOLDER / "guides" / "paths"
MINUTES = 45
MAP = "00_start_here.ipynb"
"""The notebook that lists all lessons."""
NOT_IN_THE_TERM = "Not in these thirteen weeks:"

EXHIBITS = '''"""What lesson {number} alone shows."""

from ...models.{module} import {model} as {model}
'''

EXERCISES = '''"""Notebook {number}, to be written: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.{module} import {model}


def _result(v: dict, output: str) -> float:
    return float(getattr({model}(**v), output))


# To be written: these four stand for yours. Each has two hints, a solution, and a usual mistake with what to say of it.
EXERCISES = (
{exercises})
'''

EXERCISE = """    Exercise(
        id="{number}.{n}",
        question=(
            "To be written: a question. Until then, a number from the table of results: what is "
            "“{label}” at {where}?"
        ),
        model={model},
        {preset}
        units={{"{unit}": 1.0}},
        answer=lambda v: _result(v, "{output}"),
        mistakes=(Mistake(lambda v: 1000 * _result(v, "{output}"), "A thousand times too much: mind the unit."),),
        hints=("The table of results has it.", "Look for the row of that name."),
        solution=lambda v: f"The model gives {{number(_result(v, '{output}'), 3)}} {unit}.",
    ),
"""

VERDICTS = '''"""Notebook {number}, to be written: what decides its claims.

None yet. A claim is a row of ``data/claims.csv``, and here is the function that decides it, under ``@judges("C00")``.
"""
'''

YOUR_TURN = '''"""Notebook {number}, *Your turn*, to be written."""

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number


def middle_grid() -> float:
    """The solution of {number}.T1, in g CO2 per kWh."""
    grids = frames.data("grid_carbon")  # cell
    return float(grids.carbon_g_per_kwh.median())


# To be written: this task stands for yours. Look first for what the data say and the lesson does not.
TASKS = (
    Task(
        id="{number}.T1",
        question="To be written: a question. Until then: what is the median of carbon_g_per_kwh in grids?",
        expected=middle_grid,
        finding=lambda: f"To be written: what that shows. The median is {{number(middle_grid(), 0)}} g CO2 per kWh.",
        hints=("A column has a method for it.", "grids.carbon_g_per_kwh.median() gives it."),
        mistakes=((lambda: frames.data("grid_carbon").carbon_g_per_kwh.mean(), "That is the mean, not the median."),),
    ),
)
'''

MOVES = '''"""What lesson {number} asks its learners to try, to be written."""

from ...analysis.settings import evaluate
from ...controls.moves import Move
from ...inputs.wording import number
from ...models.{module} import {model}


def _result() -> str:
    return f"To be written: what one should have seen. The model gives {{number(evaluate({model}).{output}, 2)}}."


# To be written: these three stand for yours. A move may begin with a preset of the model: preset="its id".
MOVES = {{
    "{model}": (
        Move("To be written: first", "To be written: what to do, and what to ask oneself.", _result),
        Move("To be written: second", "To be written: what to do, and what to ask oneself.", _result),
        Move("To be written: third", "To be written: what to do, and what to ask oneself.", _result),
    )
}}
'''

TO_BE_WRITTEN = "To be written:"
QUESTIONS = "\n".join(f"{n}. {TO_BE_WRITTEN} a question with two good sides." for n in range(1, 4))

CELLS = (
    ("title", "slide", "# {question}"),
    ("start", "-", "{import}\n\nlesson = sc.lesson({number})"),
    (
        "aims",
        "notes",
        f"{TO_BE_WRITTEN} the story in at most 120 words.\n\n**After this lesson you can**\n\n"
        f"- {TO_BE_WRITTEN} what a learner can do, with a verb.\n\n"
        "## Your guess\n\nWrite down your guess before you see a number. It stays in your own folder. "
        f"{TO_BE_WRITTEN} a prediction of this lesson in data/predictions.csv; until then those of lesson 00 are here.",
    ),
    ("predict-form", "notes", "lesson.predictions()"),
    (
        "play",
        "skip",
        "## Try it\n\nChange one thing at a time, and say what will happen before you let go of the slider.",
    ),
    ("panel", "slide", "lesson.play(lesson.{model})"),
    ("answer", "skip", f"## What we found\n\n{TO_BE_WRITTEN} the finding in one sentence."),
    ("figure", "slide", "display(lesson.reveal())\nsc.figure(lesson.{model})"),
    ("model", "skip", f"## Why\n\n{TO_BE_WRITTEN} the model in words and one formula."),
    ("inside", "skip", "display(lesson.behind(lesson.{model}))\nsc.tornado_chart(lesson.{model})"),
    (
        "omissions",
        "skip",
        f"## What this number leaves out\n\n{TO_BE_WRITTEN} what is left out, and in whose favour.\n\n## Exercises\n\n"
        "Take a hint when you need one; the worked solution is there when you want it.",
    ),
    ("exercises", "skip", "lesson.exercises()"),
    (
        "turn",
        "skip",
        f"## Your turn\n\n{TO_BE_WRITTEN} for each cell one thing to change, for those who write some Python.",
    ),
    ("turn-data", "skip", 'grids = sc.data("grid_carbon")\ngrids.tail()'),
    (
        "turn-chart",
        "skip",
        'import altair as alt\n\nalt.Chart(grids, title="Grids", description="One line for each place, by year.")'
        '.mark_line().encode(\n    x="year:O",\n    y=alt.Y("carbon_g_per_kwh", title="g CO2 per kWh"),\n'
        '    color="place",\n    detail="tier",\n)',
    ),
    (
        "turn-control",
        "skip",
        "import ipywidgets as widgets\n\n\n@widgets.interact(place=sorted(grids.place.unique()))\n"
        "def one_place(place):\n    print(grids[grids.place == place].carbon_g_per_kwh.median())",
    ),
    ("turn-model", "skip", "from inspect import getsource\n\nprint(getsource(lesson.{model}))"),
    ("turn-task", "skip", 'answer = ...  # your number\nsc.check("{number}.T1", answer)'),
    ("discuss", "slide", f"## Discuss\n\n{QUESTIONS}"),
    (
        "next",
        "skip",
        f"## Next\n\n{TO_BE_WRITTEN} where to go from here. The [map of the course]({MAP}) shows what is there.",
    ),
    ("references", "skip", "lesson.references(function=lesson.{model})"),
)
"""The cells of the notebook in their order: id, place in the slides, source."""

PLACES = (
    "Your guess",
    "Try it",
    "Try it",
    "What we found",
    "Why",
    "What this number leaves out",
    "Exercises",
    "Discuss",
)
PROMPT = f"""{{n}}. **“{TO_BE_WRITTEN} an opinion, as people say it.”**
   *For:* {TO_BE_WRITTEN.lower()} the strongest argument for it.
   *Against:* {TO_BE_WRITTEN.lower()} the strongest argument against it.
"""
GUIDE = f"""# Guide: {{lowered}}

For whoever teaches [lesson {{number}}](../{{notebook}}.ipynb). {TO_BE_WRITTEN} what it assumes.

## Aim

{TO_BE_WRITTEN} what learners can do afterwards.

## Opening question

“{TO_BE_WRITTEN} a question that everybody can answer with a guess?” Hands up for each; write the counts on the board.

## Timetable for {MINUTES} minutes

| Minute | What happens | Where |
| --- | --- | --- |
{{timetable}}

## Numbers at the course's values

<!-- results:{{model}}:start -->
<!-- results:{{model}}:end -->

## Five prompts, with the strongest argument on each side

{{prompts}}
## Usual misconceptions

- *{TO_BE_WRITTEN}* what people take for true, and what shows that it is not.

## Short of time

- {TO_BE_WRITTEN} what to leave out, and what never.

## No wifi, dead projector

Everything runs without a network once it is installed. {TO_BE_WRITTEN} what to write on the board.

To print beforehand, with boxes for guesses and empty axes in front, and chart, numbers and three prompts on the back:
`uv run --frozen python notebooks/guides/worksheets.py {{number}}`.

## Outcomes to check

A learner who took the lesson can answer without notes: {TO_BE_WRITTEN.lower()} two or three questions.

The answers, and the solutions of *Your turn*, are in the folder `answers` beside this guide. The offline kit and the
hub leave it out.
"""
ANSWERS = f"""# Answers: {{lowered}}

For whoever teaches [lesson {{number}}](../../{{notebook}}.ipynb). Neither the offline kit nor the hub gives this folder
to learners.

## Outcomes to check

- *{TO_BE_WRITTEN.lower()} two or three questions.* {TO_BE_WRITTEN} an answer to each.

## Your turn

<!-- tasks:{{number}}:start -->
<!-- tasks:{{number}}:end -->
"""


def refusal(number: str, slug: str, question: str) -> str:
    """Why there can be no such lesson, in one sentence; empty if there can."""
    there = [row["notebook"] for row in datapackage.rows(TABLE)]
    if not re.fullmatch(r"\d\d", number):
        return f"the number of a lesson has two digits, and {number!r} is another text"
    if taken := [name for name in there if name.startswith(number)]:
        return f"the number {number} is that of {taken[0]}; choose one that no lesson has"
    if not any(name[0] == number[0] for name in there if not name.startswith("00")):
        digits = sorted({name[0] for name in there if not name.startswith("00")})
        return f"no part of the course has numbers like {number}; they begin with {', '.join(digits)}"
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", slug):
        return f"the slug {slug!r} can have small letters and digits, in words joined by _, as in who_repairs_it"
    if not re.fullmatch(r"[A-Z][^?\n]*\?", question):
        return f"the question begins with a capital and ends with its only question mark, and {question!r} does not"
    return ""


def results(model: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The module of a model, and of four results that are not zero: id, label, unit in words. Ends in a sentence."""
    sys.path.insert(0, str(FOLDER))
    from sovereign_compute.analysis.settings import evaluate
    from sovereign_compute.inputs.units import unit_words
    from sovereign_compute.models.registry import all_models

    known = all_models()
    if model not in known:
        sys.exit(f"Not possible: {model!r} is no model of the course, as gpu_hour_cost and site_year are.")
    function, outputs = known[model].function, known[model].outputs
    values = evaluate(function)
    found = [
        (output.id, output.label, unit_words(output.unit) or "as a number")
        for output in outputs
        if 0.01 < abs(float(getattr(values, output.id))) < 1e9
    ]
    if len(found) < 4 or found[0][0] != outputs[0].id:
        sys.exit(f"Not possible: {model} has too few results for four exercises; take a model with more.")
    return function.__module__.rpartition(".models.")[2], found[:4]


def first_line() -> str:
    """The line with which every notebook imports the course."""
    cells = nbformat.read(FOLDER / MAP, as_version=4).cells
    return next(cell.source for cell in cells if cell.cell_type == "code").splitlines()[0]


def exercises(number: str, model: str) -> str:
    """The module with four exercises: on results at the course's values, and the first one on the learner's panel."""
    module, found = results(model)
    parts = []
    for n, (output, label, unit) in enumerate(found, start=1):
        where, preset = ("your panel, as it is set now", "") if n == 1 else ("the course's values", "preset={},")
        parts.append(
            EXERCISE.format(
                number=number, n=n, label=label, where=where, model=model, preset=preset, unit=unit, output=output
            )
        )
    return EXERCISES.format(number=number, module=module, model=model, exercises="".join(parts))


def notebook(known: dict[str, str]) -> nbformat.NotebookNode:
    """The notebook, with its words of the glossary linked and nothing run."""
    cells = []
    for id, place, source in CELLS:
        source = source.format(**known)
        make = (
            nbformat.v4.new_code_cell
            if source.startswith(("sc.", "lesson", "display", "import ", "from ", "grids", "answer"))
            else nbformat.v4.new_markdown_cell
        )
        cells.append(make(source, id=id, metadata={"slideshow": {"slide_type": place}}))
    texts = [cell for cell in cells if cell.cell_type == "markdown"]
    words = glossary.entries((FOLDER / glossary.PAGE).read_text(encoding="utf-8"))
    for cell, text in zip(texts, glossary.linked([cell.source for cell in texts], words), strict=True):
        cell.source = text
    return nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA)


def guide(known: dict[str, str]) -> str:
    """The guide without its numbers, which the tool of the guides fills in."""
    step = MINUTES // len(PLACES)
    rows = [f"| {n * step} | {TO_BE_WRITTEN} what happens | {place} |" for n, place in enumerate(PLACES)]
    prompts = "".join(PROMPT.format(n=n) for n in range(1, 6))
    return GUIDE.format(**known, lowered=lowered(known), timetable="\n".join(rows), prompts=prompts)


def lowered(known: dict[str, str]) -> str:
    """The question as it goes on after a colon."""
    return known["question"][0].lower() + known["question"][1:]


def with_row(known: dict[str, str]) -> str:
    """The table of lessons with the new one, in the order of the numbers."""
    rows = datapackage.rows(TABLE)
    part = next(row["part"] for row in rows if row["notebook"][0] == known["number"][0])
    new = [known["notebook"], part, known["question"], str(MINUTES), "to be written"]
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(rows[0])
    # The start of the course is in no part of numbers.
    lines.writerows(sorted([*(list(row.values()) for row in rows), new]))
    return text.getvalue()


def with_step(known: dict[str, str], text: str) -> str:
    """The path for one alone with a last step more, and its minutes."""
    rows = re.findall(r"^\| (\d+) \| (\d+) \| .*\n", text, flags=re.M)
    last = list(re.finditer(r"^\| \d+ \| \d+ \| .*\n", text, flags=re.M))[-1].end()
    row = f"| {int(rows[-1][0]) + 1} | {MINUTES} | {TO_BE_WRITTEN} what it adds | {link(known)} |\n"
    total = sum(int(minutes) for _, minutes in rows)
    return (text[:last] + row + text[last:]).replace(f"makes {total} minutes", f"makes {total + MINUTES} minutes")


def beside_the_term(known: dict[str, str], text: str) -> str:
    """The path of a term, whose weeks are full: it names the lesson below its table."""
    if NOT_IN_THE_TERM in text:
        return re.sub(rf"^({NOT_IN_THE_TERM} .*)\.$", lambda found: f"{found[1]}, {link(known)}.", text, flags=re.M)
    last = list(re.finditer(r"^\| \d+ \| \d+ \| .*\n", text, flags=re.M))[-1].end()
    return f"{text[:last]}\n{NOT_IN_THE_TERM} {link(known)}.\n{text[last:]}"


def link(known: dict[str, str]) -> str:
    return f"[{known['number']}, {known['slug'].replace('_', ' ')}](../../{known['notebook']}.ipynb)"


def texts(known: dict[str, str]) -> dict[Path, str]:
    """Every file that is made or changed by hand of this tool, with its text; what is computed comes after."""
    folder = PACKAGE / "lessons" / f"l{known['notebook']}"
    term, alone = PATHS / "term_of_thirteen_weeks.md", PATHS / "self_study.md"
    return {
        folder / "__init__.py": f'"""Notebook {known["number"]}, to be written."""\n',
        folder / "exhibits.py": EXHIBITS.format(module=results(known["model"])[0], **known),
        folder / "exercises.py": exercises(known["number"], known["model"]),
        folder / "moves.py": MOVES.format(
            module=results(known["model"])[0], output=results(known["model"])[1][0][0], **known
        ),
        folder / "verdicts.py": VERDICTS.format(**known),
        folder / "your_turn.py": YOUR_TURN.format(**known),
        FOLDER / f"{known['notebook']}.ipynb": nbformat.writes(notebook(known)).rstrip("\n") + "\n",
        guides.FOLDER / f"{known['notebook']}.md": guide(known),
        guides.FOLDER / "answers" / f"{known['notebook']}.md": ANSWERS.format(**known, lowered=lowered(known)),
        TABLE: with_row(known),
        term: beside_the_term(known, term.read_text(encoding="utf-8")),
        alone: with_step(known, alone.read_text(encoding="utf-8")),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("number", help="two digits; the first one is that of a part of the course")
    parser.add_argument("slug", help="the rest of the file names, as who_repairs_it")
    parser.add_argument("question", help="the title of the notebook")
    parser.add_argument("--model", default="gpu_hour_cost", help="whose panel stands there until yours does")
    given = parser.parse_args()
    if why := refusal(given.number, given.slug, given.question):
        sys.exit(f"Not possible: {why}.")
    known = {**vars(given), "notebook": f"{given.number}_{given.slug}"}
    known["import"] = first_line()
    made = texts(known)
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    code = [str(path) for path in made if path.suffix == ".py"]
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *code], check=True)
    datapackage.main([])
    for name in (f"{known['notebook']}.ipynb", MAP):
        path = FOLDER / name
        path.write_text(notebooks.regenerated(path), encoding="utf-8", newline="\n")
    for name in (f"{known['notebook']}.md", f"answers/{known['notebook']}.md", "python.md"):
        page = guides.FOLDER / name
        page.write_text(guides.filled(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    marked.write("lessons", lessons.table())
    print(
        f"Lesson {given.number} is there. Its texts begin with “{TO_BE_WRITTEN}”; CONTRIBUTING.md says what they need:"
    )
    print("\n".join(f"  {path.relative_to(ROOT).as_posix()}" for path in made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
