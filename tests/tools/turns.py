"""*Your turn* as the pages for teachers show it: solutions of its tasks, and which Python is practised where.

Skills are found in the code by how they look. The cells are those of the notebooks; of a task it is the solution that
counts, as it is printed for teachers.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from inspect import getsource
from pathlib import Path
from textwrap import dedent

import altair as alt
import nbformat
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
WHOLE = "51"
"""The lesson without a part of this name, because learners write Python in all of it."""

SKILLS = {
    "pandas": {
        "Take the rows that fit": (
            'rents[rents.billing == "spot"]',
            r"""\.query\(|\.isin\(|\w\[[(~]?\w+[.[][\w."'[\]]*(?: *(?:==|!=|[<>])|\()""",
        ),
        "Make a new column": ("rents.assign(eur=…)", r'\.assign\(|^ *\w+\["\w+"\] = '),
        "One value for each group": ('.groupby("country")', r"\.groupby\("),
        "Groups by two labels": ('.groupby(["country", "year"])', r"\.groupby\(\["),
        "Several results at once": (".agg(…)", r"\.agg\("),
        "Join two tables": (".merge(…), .join(…)", r"""\.merge\(|(?<!["'])\.join\("""),
        "From long to wide and back": (".unstack(), .pivot(…), .melt(…)", r"\.(?:un)?stack\(|\.pivot|\.melt\("),
        "Missing values": (".dropna(), .notna()", r"\.(?:drop|fill|is|not)na\("),
        "Sort and take the first": (
            ".sort_values(…), .nlargest(…)",
            r"\.sort_values\(|\.n(?:larg|small)est\(|\.idx",
        ),
        "Changes and running totals": (".diff(), .cumsum()", r"\.(?:diff|shift|cumsum|cumprod|pct_change)\("),
        "Dates": ("pd.to_datetime(…)", r"to_datetime\(|\.dt\."),
        "Texts in a column": (".str.contains(…)", r"\.str\b"),
    },
    "Altair": {
        "A chart with its encodings": ("alt.Chart(…).mark_bar().encode(…)", r"\.mark_\w+\("),
        "Charts beside or above one another": (
            "alt.layer(…), .facet(…)",
            r"\.facet\(|alt\.(?:layer|[hv]?concat)\(|\b(?:row|column|facet)=alt",
        ),
        "A logarithmic axis": ('alt.Scale(type="log")', r'type="log"'),
    },
    "ipywidgets": {
        "A function with controls": ("widgets.interact", r"widgets\.interact"),
        "An assumption as a control": ("sc.slider(id)", r"sc\.slider\b"),
    },
    "Models": {
        "Read the code of a model": ("getsource(…)", r"getsource\("),
        "Ask a model": ("sc.evaluate(…)", r"sc\.(?:evaluate|in_words)\("),
        "Write a function": ("def …", r"^ *def "),
        "Arrays": ("np.where(…)", r"\bnp\.\w"),
        "Many draws": ("sc.simulate(…)", r"sc\.simulate\("),
        "What decides": ("sc.tornado(…), sc.breakeven(…)", r"sc\.(?:tornado\w*|sobol|shapley|breakeven)\("),
        "A panel for a function of one's own": ("sc.explore(…)", r"sc\.explore\b(?!\(lesson\.)"),
        "An assumption of one's own": ("sc.assume(…)", r"sc\.assume\b"),
    },
}
"""By library and skill: how it looks, for a reader, and the pattern that finds it."""


def _module(number: str):
    from sovereign_compute.surroundings import of_lesson

    return of_lesson(number, "your_turn")


@cache
def solution(module, task) -> str:
    """The code for a cell that answers a task.

    Of the function that computes the right answer its body is left, without the lines that end in ``# cell``: what
    they fetch is there from the first cell.
    """
    body = re.sub(r'^def .*?:\n|    """.*?"""\n|^.*# cell\n', "", getsource(task.expected), flags=re.M)
    code = re.sub(r"^return ", "answer = ", dedent(body), flags=re.M)
    fixed = {name: value for name, value in vars(module).items() if re.search(rf"\b{name}\b", code)}
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in fixed.items() if name.isupper())
    return _formatted("".join(lines) + code)


def _formatted(code: str) -> str:
    """Code as ``ruff format`` leaves it, which looks at code in Markdown as well."""
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "solution.py", "-"]
    done = subprocess.run(ruff, input=code, text=True, encoding="utf-8", capture_output=True, check=True, cwd=ROOT)
    return done.stdout


def solutions(number: str) -> str:
    """The tasks of a lesson's *Your turn*: what is asked, the code for a cell that answers it, and what that shows."""
    module = _module(number)
    parts = (
        f"**{task.id}.** {task.question}\n\n```python\n{solution(module, task)}```\n\n{task.finding()}\n"
        for task in module.TASKS
    )
    return "\n".join(parts)


@cache
def _lessons() -> dict[str, list[tuple[str, str]]]:
    """By number of a lesson: names and code of the cells in which a learner writes Python.

    Of the text above them the code counts that stands in it: what it asks for in words.
    """
    found = {}
    for path in sorted((ROOT / "notebooks").glob("[1-9]*.ipynb")):
        number, cells = path.name[:2], nbformat.read(path, as_version=4).cells
        found[number] = [
            (cell.id.removeprefix("turn-"), cell.source)
            for cell in cells
            if cell.cell_type == "code" and (cell.id.startswith("turn-") or number == WHOLE)
        ]
        told = [("text", "\n".join(re.findall(r"`([^`]+)`", cell.source))) for cell in cells if cell.id == "turn"]
        found[number] += told
    return found


@cache
def _tasks() -> dict[str, tuple[str, str]]:
    """By its id, the kind of answer that a task takes, and its solution."""
    found = {}
    for number in _lessons():
        module = _module(number)
        for task in module.TASKS if module else ():
            found[task.id] = (kind(task.expected()), solution(module, task))
    return found


def kind(expected) -> str:
    """What is given as an answer, in a word or two."""
    if isinstance(expected, alt.TopLevelMixin):
        return "a chart"
    if isinstance(expected, pd.Series | pd.DataFrame):
        return f"a {type(expected).__name__}"
    return "a function" if callable(expected) else "a number"


def _places(pattern: str) -> tuple[str, str]:
    """Where a skill is used: lessons by cell, and tasks."""
    uses = defaultdict(list)
    for number, cells in _lessons().items():
        for name, code in cells:
            if re.search(pattern, code, flags=re.M) and number != WHOLE:
                uses[name].append(number)
    turns = [number for number, cells in _lessons().items() if cells and number != WHOLE]
    shown = [f"{'all' if numbers == turns else ', '.join(numbers)} ({name})" for name, numbers in uses.items()]
    shown += [WHOLE] if any(re.search(pattern, code, flags=re.M) for _, code in _lessons()[WHOLE]) else []
    return "; ".join(shown), ", ".join(id for id, (_, code) in _tasks().items() if re.search(pattern, code, flags=re.M))


def _markdown(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *((cell or "–" for cell in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def skills() -> str:
    """Which skill is practised where, in Markdown; one that no lesson uses is left out."""
    rows = []
    for library, known in SKILLS.items():
        for skill, (looks, pattern) in known.items():
            cells, tasks = _places(pattern)
            rows += [(library, skill, f"`{looks}`", cells, tasks)] if cells or tasks else []
    return _markdown(("With", "Skill", "Looks like", "Cells that show it", "Tasks that ask for it"), rows)


def levels() -> str:
    """Lesson by lesson: the tables of the course that it opens, skills that no lesson before it used, and tasks."""
    seen, rows = set(), []
    for number, cells in _lessons().items():
        tasks = {id: task for id, task in _tasks().items() if id.startswith(f"{number}.")}
        code = "\n".join([code for _, code in cells] + [code for _, code in tasks.values()])
        if not code:
            continue
        opened = sorted(set(re.findall(r'sc\.data\("(\w+)"\)', code)))
        every = {skill: pattern for known in SKILLS.values() for skill, (_, pattern) in known.items()}
        new = [skill for skill, pattern in every.items() if skill not in seen and re.search(pattern, code, flags=re.M)]
        seen.update(new)
        asked = "; ".join(f"{id}, {kind}" for id, (kind, _) in tasks.items())
        rows.append((number, ", ".join(f"`{name}`" for name in opened), "; ".join(map(_small, new)), asked))
    return _markdown(("Lesson", "Tables of the course", "New in this lesson", "Tasks and their answers"), rows)


def _small(skill: str) -> str:
    return skill[:1].lower() + skill[1:]


PAGES: dict[str, Callable[[], str]] = {"skills": skills, "levels": levels}
