"""The kernel around the course: what is not the course's stays as it was found, what is missing is said in words."""

import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import altair as alt
import nbformat
import pytest
import sovereign_compute as sc
from jupyter_client.manager import run_kernel
from sovereign_compute import surroundings
from sovereign_compute.display import charts
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.lessons.course import Lesson
from sovereign_compute.lessons.l21_gpu_hour.exhibits import cloud_chart
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import all_models
from tree import ROOT

NOTEBOOKS = ROOT / "notebooks"
V5 = "application/vnd.vegalite.v5+json"
FRAME = [{"a": "x", "b": 1.23456789012345}, {"a": "y", "b": 2}]


def said(code: str, cwd: Path = NOTEBOOKS, **variables: str) -> str:
    """What a script prints in a Python of its own, which has loaded nothing yet, and where the tests change nothing."""
    environment = {**os.environ, **(variables or {"GRAMMAR_AT_ONCE": "yes"})}
    run = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def in_a_notebook(*cells: str) -> list[dict]:
    """The last line of each cell as IPython shows it, by type; an error has the key ``error``."""
    code = f"""
import json
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(history_manager=None)
shown = []
for cell in {cells!r}:
    done = shell.run_cell(cell, silent=False)
    if done.error_in_exec:
        shown.append({{"error": str(done.error_in_exec)}})
    else:
        shown.append(shell.display_formatter.format(done.result)[0])
print("RESULT" + json.dumps(shown, default=str))
"""
    return json.loads(said(code).rpartition("RESULT")[2])


# Charts that are not the course's ----------------------------------------------------------------------------------

THEIRS = f"import altair as alt\nalt.Chart(alt.Data(values={FRAME!r})).mark_bar().encode(x='a:N', y='b:Q')"
IMPORTS = "import sovereign_compute as sc\nfrom sovereign_compute.models.ownership import gpu_hour_cost"
USED = f"{IMPORTS}\nsc.explore(gpu_hour_cost)\nsc.figure(gpu_hour_cost)"


def theirs():
    return alt.Chart(alt.Data(values=FRAME)).mark_bar().encode(x="a:N", y="b:Q")


@pytest.mark.parametrize("course", ["import sovereign_compute as sc", "import sovereign_compute as sc\nsc.data", USED])
def test_a_chart_of_a_learner_is_altairs_own_in_the_type_that_needs_no_network(course):
    *_, used, bundle = in_a_notebook(course, THEIRS)
    assert set(bundle) == {V5, "text/plain"}
    assert {**bundle[V5], "$schema": ""} == {**theirs().to_dict(), "$schema": ""}  # every digit, nothing added
    assert "v5" in bundle[V5]["$schema"]
    assert (V5 in used) == (course == USED) and ("Chart. " in used["text/plain"]) == (course == USED)


def test_who_chooses_a_way_of_altair_gets_it():
    html, png, course = in_a_notebook(
        f"{USED}\nimport altair as alt\nalt.renderers.enable('html')\n{THEIRS}",
        f"alt.renderers.enable('png')\n{THEIRS}",
        "sc.figure(gpu_hour_cost)",
    )
    assert "vega-embed" in html["text/html"] and V5 not in html
    assert "image/png" in png and V5 not in png
    assert V5 in course


def test_options_of_a_chart_are_kept():
    _, bundle = in_a_notebook(USED, f"import altair as alt\nalt.renderers.set_embed_options(actions=False)\n{THEIRS}")
    assert bundle[V5]["usermeta"] == {"embedOptions": {"actions": False}}


def test_an_error_in_a_chart_is_altairs_own():
    _, bundle = in_a_notebook(USED, "import altair as alt\nalt.Chart(alt.Data(values=[])).encode(x='a:Q', y='nothing')")
    assert V5 not in bundle and "Chart" in bundle["text/plain"]


def test_themes_and_transformers_of_a_learner_change_no_chart_of_the_course():
    before = charts.shown(sc.figure(gpu_hour_cost)), charts.shown(cloud_chart())
    with alt.theme.enable("dark"), alt.data_transformers.enable("json"), alt.renderers.enable("png"):
        assert (charts.shown(sc.figure(gpu_hour_cost)), charts.shown(cloud_chart())) == before


def test_a_chart_made_of_the_courses_text_is_theirs():
    copied = alt.Chart.from_dict(cloud_chart().to_dict())
    assert "usermeta" not in charts.shown(copied)[V5]


def of_altair() -> dict:
    registries = {"renderers": alt.renderers, "transformers": alt.data_transformers, "themes": alt.theme._themes}
    return {name: (r.active, r.names(), dict(r.options)) for name, r in registries.items()}


def needs_nothing(value) -> bool:
    empty = inspect.Parameter.empty
    kinds = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD
    parameters = inspect.signature(value).parameters.values()
    return callable(value) and all(p.default is not empty or p.kind in kinds for p in parameters)


LESSONS = [Lesson(row) for row in data.records("lessons")]
OFFERED = {name: getattr(sc, name) for name in sc.__all__}
OFFERED |= {f"{lesson!r:.9} {name}": getattr(lesson, name) for lesson in LESSONS for name in dir(lesson)}
ALONE = [name for name, value in OFFERED.items() if needs_nothing(value)]


@pytest.mark.parametrize("name", ALONE)
def test_a_use_of_the_course_leaves_altair_as_it_was(name, learner):
    before = of_altair()
    found = OFFERED[name]()
    repr(found)
    if isinstance(found, alt.TopLevelMixin):
        assert isinstance(found.config, charts.Look), "without the course's look its rules are not held"
        assert charts.shown(found)["text/plain"].startswith("Chart. ")
        # What is shown is not checked by Altair; here it is.
        assert found.to_dict()["description"] == charts.specification(found)["description"]
    assert of_altair() == before


@pytest.mark.parametrize("function", [model.function for model in all_models().values()], ids=lambda f: f.__name__)
def test_a_panel_leaves_altair_as_it_was(function, learner):
    before = of_altair()
    repr(sc.explore(function))
    assert charts.shown(sc.figure(function))["text/plain"].startswith("Chart. ")
    assert of_altair() == before


def test_there_is_something_to_try():
    assert sum(name.endswith("_chart") for name in ALONE) > 30


# Modules of others -------------------------------------------------------------------------------------------------

GRAMMAR = "rfc3987_syntax"
ADDRESS = "import jsonschema; print(*(jsonschema.FormatChecker().conforms(a, 'iri') for a in ('http://a.de/ü', 'a b')))"


def test_no_module_of_another_package_is_missing_or_replaced():
    use = f"{IMPORTS}\nimport sys; sc.figure(gpu_hour_cost); "
    assert (
        said(f"{use} print({GRAMMAR!r} in sys.modules, [n for n, m in sys.modules.items() if m is None])") == "False []"
    )
    # Nobody asked for the grammar, so it was not built; who asks gets what jsonschema gives without the course.
    assert said(f"{use} {ADDRESS}") == said(ADDRESS) == "True False"
    assert said(f"{use} import {GRAMMAR}; print({GRAMMAR}.is_valid_syntax('iri', 'http://a.de/ü'))") == "True"


def test_a_python_that_a_test_starts_builds_the_grammar_for_whoever_asks():
    there = f"print({GRAMMAR!r} in sys.modules)"
    use = f"import sys, nbformat; {there}; {ADDRESS}; {there}"
    assert said(use, OF_A_TEST="yes").split() == ["False", "True", "False", "True"]


def test_a_module_that_was_there_before_stays():
    use = f"import sys, {GRAMMAR}; import sovereign_compute as sc; sc.figure;"
    assert said(f"{use} print(sys.modules[{GRAMMAR!r}] is {GRAMMAR})") == "True"


def test_what_a_panel_needs_is_there_once_the_first_cell_was_answered():
    """In a kernel alone: a script that imports the course loads nothing more."""
    with run_kernel(kernel_name="python3", cwd=str(NOTEBOOKS)) as kernel:

        def run(code: str) -> str:
            told = []
            done = kernel.execute_interactive(code, timeout=120, output_hook=lambda m: told.append(m["content"]))
            assert done["content"]["status"] == "ok", done["content"]
            return "".join(content.get("text", "") for content in told).strip()

        run("import sys\nimport sovereign_compute as sc")
        for _ in range(10_000):
            if run(f"print(all(name in sys.modules for name in {surroundings.FIRST!r}))") == "True":
                break
        else:
            raise AssertionError(f"{surroundings.FIRST} were not imported")
        assert run(f"{IMPORTS}\nsc.explore(gpu_hour_cost)\nprint('fine')") == "fine"
    assert said("import sys, sovereign_compute; print('altair' in sys.modules)") == "False"


# Kernels and folders that are not the course's ---------------------------------------------------------------------


def third_party() -> set[str]:
    """Packages that the course's package imports, anywhere."""
    found = set()
    for path in (NOTEBOOKS / "sovereign_compute").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            found |= {name.partition(".")[0] for name in names}
    return found - set(sys.stdlib_module_names)


def test_what_a_kernel_needs_is_what_the_package_imports():
    assert set(surroundings.NEEDED) == third_party()


@pytest.mark.parametrize("lacking", [["pydantic"], ["anywidget", "simpy"], list(surroundings.NEEDED)])
def test_another_kernel_is_told_what_to_do(lacking):
    told = in_a_notebook(
        f"import sys\nsys.modules.update(dict.fromkeys({lacking!r}))",
        "import sovereign_compute as sc",
    )[-1]["error"]
    assert told.startswith(f"this kernel lacks what the course needs: {', '.join(sorted(lacking))}. Start JupyterLab")
    assert "Change Kernel" in told


def test_an_older_python_is_told_what_to_do():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"].startswith(f">={'.'.join(map(str, surroundings.PYTHON))},")
    with pytest.raises(CourseError, match=r"Python 3\.11 or newer, and this kernel has 3\.9\. Start JupyterLab"):
        surroundings.check((3, 9, 1))
    # What is read before the check must be readable by an older Python.
    for name in ("__init__", "surroundings", "errors"):
        ast.parse((NOTEBOOKS / "sovereign_compute" / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_without_the_tables_the_first_cell_of_every_lesson_says_so(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__", "my_course", "*.ipynb")
    shutil.copytree(NOTEBOOKS / "sovereign_compute", tmp_path / "notebooks" / "sovereign_compute", ignore=ignored)
    lessons = [nbformat.read(path, 4) for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
    cells = [next(cell.source for cell in lesson.cells if cell.cell_type == "code") for lesson in lessons]
    code = f"""
for cell in {cells!r}:
    try:
        exec(cell)
    except Exception as error:
        print(*error._render_traceback_())
"""
    told = "data/datapackage.json is missing: the notebooks folder needs the data folder of the course beside it"
    lines = said(code, tmp_path / "notebooks").splitlines()
    assert len(lines) == len(lessons) and all(line.startswith(f"Not possible: {told}") for line in lines)


@pytest.fixture(scope="module")
def away() -> dict[str, str]:
    """What the first code cell of each notebook says in another folder, one after the other in one IPython."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    cells = [(path.stem, nbformat.read(path, 4).cells) for path in paths]
    first = {name: next(cell.source for cell in lesson if cell.cell_type == "code") for name, lesson in cells}
    code = f"""
import contextlib, io, json
from IPython.core.interactiveshell import InteractiveShell
shell, told = InteractiveShell.instance(history_manager=None, colors="nocolor"), {{}}
for name, cell in {first!r}.items():
    with contextlib.redirect_stdout(io.StringIO()) as told[name]:
        shell.run_cell(cell)
print("RESULT" + json.dumps({{name: text.getvalue() for name, text in told.items()}}))
"""
    return json.loads(said(code, ROOT).rpartition("RESULT")[2])


@pytest.mark.parametrize("name", [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))])
def test_a_notebook_away_from_the_course_says_so_in_pythons_error(away, name):
    """Another folder, papermill from the root: Python shows the line that failed, which says what to do."""
    assert "Open this in the course's folder, or %pip install git+COURSE-ADDRESS" in away[name]


@pytest.mark.parametrize("text", ["README.md", "notebooks/00_start_here.ipynb"])
def test_who_meets_a_notebook_alone_reads_why(text):
    told = (ROOT / text).read_text(encoding="utf-8")
    with pytest.raises(AssertionError, match="No module named 'sovereign_compute'"):
        said("import sovereign_compute", ROOT)
    assert "No module named 'sovereign_compute'" in told and "odel not found*" in told
