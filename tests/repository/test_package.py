"""The package as a learner meets it: its names, its sentences for slips, and how little it loads."""

import doctest
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import sovereign_compute as sc
from sovereign_compute.display.tables import Link, Table, references
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import number, quantity, signed, significant
from sovereign_compute.lessons.course import Lesson, course_map, lesson, row_of
from sovereign_compute.models.ownership import gpu_hour_cost

PACKAGE = Path(sc.__file__).parent


def test_every_public_name_is_there_again_and_again():
    for _ in range(2):
        assert all(callable(getattr(sc, name)) for name in sc.__all__)


def test_the_public_names_are_few():
    assert len(sc.__all__) == len(set(sc.__all__)) <= 30


def called(source: str, of: str) -> set[str]:
    """The names of the package, or of a lesson, that a cell calls or hands on."""
    return set(re.findall(rf"\b{of}\.(\w+)", source))


@pytest.mark.parametrize("path", sorted(PACKAGE.parent.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_name_that_a_notebook_calls_is_offered(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    unknown = called(code, "sc") - set(sc.__all__)
    assert not unknown, f"{path.name} calls sc.{', sc.'.join(unknown)}: what all lessons share stands in __init__.py"
    if number := path.stem[:2] if path.stem[0].isdigit() else "":
        mine = Lesson(row_of(int(number)))
        unknown = called(code, "lesson") - set(dir(mine))
        folder = f"lessons/l{number}_…"
        assert not unknown, f"{path.name} calls lesson.{', lesson.'.join(unknown)}: import it in {folder}/exhibits.py"
        assert f"sc.lesson({int(number)})" in code


def test_the_names_that_a_cell_calls_are_found():
    cell = "display(sc.figure(lesson.gpu_hour_cost), lesson.cloud_chart())"
    assert (called(cell, "sc"), called(cell, "lesson")) == ({"figure"}, {"gpu_hour_cost", "cloud_chart"})


def test_a_lesson_offers_what_its_folder_has_and_nothing_else(capsys):
    mine = lesson(21)
    assert "Economics of supercomputers" in capsys.readouterr().out
    assert {"exercises", "predictions", "verdicts", "references", "gpu_hour_cost", "cloud_chart"} <= set(dir(mine))
    assert mine.gpu_hour_cost is gpu_hour_cost
    assert not {"number", "Table", "get"} & set(dir(mine)), "what an exhibit is made of is not offered"
    with pytest.raises(AttributeError, match="lesson 21 has no 'cloud_chat'; close to it: cloud_chart"):
        mine.cloud_chat  # noqa: B018
    for wrong in ("21", True, 99, None):
        with pytest.raises(CourseError, match=r"there is no lesson .*; the course has 0, 11, 12"):
            lesson(wrong)


def test_no_public_name_is_also_a_module():
    """Importing a module puts it under its name into the package, over the function of that name."""
    modules = {path.stem for path in PACKAGE.iterdir()}
    assert not modules & set(sc.__all__)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(AttributeError, match=r"no 'explor'; close to it: explore"):
        sc.explor  # noqa: B018
    with pytest.raises(AttributeError, match=r"no 'zzz'; there are .*assumption_table, "):
        sc.zzz  # noqa: B018


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, sovereign_compute; print({'pandas', 'altair', 'scipy', 'numpy', 'anywidget'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True)
    assert run.stdout.strip() == "set()"


MODULES = [path.relative_to(PACKAGE).with_suffix("").parts for path in sorted(PACKAGE.rglob("*.py"))]


@pytest.mark.parametrize("module", [".".join(parts) for parts in MODULES if parts[-1] != "__init__"])
def test_the_examples_in_the_docstrings_run(module):
    assert doctest.testmod(import_module(f"sovereign_compute.{module}")).failed == 0


def test_an_error_of_the_course_is_a_sentence_and_no_traceback():
    assert CourseError("the field is empty")._render_traceback_() == ["Not possible: the field is empty"]


def test_a_table_escapes_what_it_shows_and_heads_its_columns():
    table = Table(pd.DataFrame([("<b>1</b>", Link("a & b", 'x"y'))], columns=["Name", "Where"]), "A <caption>")
    assert table._repr_html_().count('<th scope="col"') == 2
    assert "&lt;b&gt;1&lt;/b&gt;" in table._repr_html_()
    assert '<a href="x&quot;y">a &amp; b</a>' in table._repr_html_()
    assert "A &lt;caption&gt;" in table._repr_html_()
    assert table.markdown().splitlines()[1] == "| --- | --- |"


def test_a_table_keeps_dates_whole_and_says_that_it_is_empty():
    page = Table(pd.DataFrame([("2025-06-10", "2025-06", "in 2025-06", 2025)], columns=list("abcd")), "t")._repr_html_()
    assert page.count("white-space:nowrap") == 2
    assert "nothing yet" in Table(pd.DataFrame(columns=["a", "b"]), "t")._repr_html_()


def test_the_map_links_what_exists_and_names_the_rest():
    questions = course_map().shown["Question"]
    there = {path.name for path in data.NOTEBOOKS.glob("[0-9]*.ipynb")}
    assert {question.address for question in questions if isinstance(question, Link)} == there
    assert sum(str(question).endswith("(not in this folder)") for question in questions) == len(questions) - len(there)


def test_references_name_each_source_once():
    titles = references("skypilot-catalog", function=gpu_hour_cost)["Title"]
    assert len(set(titles)) == len(titles)
    with pytest.raises(CourseError, match="no source nowhere"):
        references("nowhere")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1234.5, 1, "1,234.5"), (0.5, None, "0.5"), (-0.001, 2, "0.00"), (-1.5, 0, "−2"), (1e6, None, "1,000,000")],
)
def test_numbers_are_written_one_way(value, digits, text):
    assert number(value, digits) == text


def test_quantities_and_significant_figures():
    assert [signed(x, 0) for x in (2, -2, 0.4, -0.4)] == ["+2", "−2", "0", "0"]
    assert quantity(273, "MEUR") == "273 million EUR"
    assert quantity(1.1, "1") == "1.1"
    assert [significant(x, 2) for x in (0, 1234, -0.01234)] == [0, 1200, -0.012]
