"""The package away from the course: built as a wheel, and installed where nothing of this folder is on the path."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import nbformat
import pytest
from sovereign_compute.controls import teams
from tree import ROOT, copied, files

LESSON = "21_what_does_a_gpu_hour_cost.ipynb"
PLACES = {"notebooks/sovereign_compute/": "sovereign_compute/", "data/": "sovereign_compute/data/"}
"""What the wheel holds: folders of the course, and where their files lie in it."""
RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(notebook, kernel_name="python3").execute(cwd=".")
nbformat.write(notebook, sys.argv[1])
"""

AFTER = (
    "from sovereign_compute.inputs import data, scenarios\n"
    "print(data.FOLDER, scenarios.save('mine', scenarios.current))",
    "from sovereign_compute.controls import teams\nprint(teams.panels())",
    "sc.dashboard('Owls SC1-OtQqb')",
    "from sovereign_compute.lessons.course import course_map\ncourse_map()",
)


def started(words: list, cwd: Path, **variables) -> subprocess.CompletedProcess:
    """A program that knows of this machine neither the course nor a network, nor a folder of the learner."""
    environment = {name: value for name, value in os.environ.items() if name != "SOVEREIGN_COMPUTE_FOLDER"}
    environment |= {"PYTHONPATH": str(ROOT / "tests" / "offline"), **variables}
    return subprocess.run([*map(str, words)], cwd=cwd, env=environment, capture_output=True, text=True)


def built(root: Path, to: Path) -> Path:
    """The wheel of the project in a folder, by the means of the test environment."""
    done = started([sys.executable, "-m", "hatchling", "build", "--target=wheel", f"--directory={to}"], root)
    assert done.returncode == 0, done.stderr
    (wheel,) = to.glob("*.whl")
    return wheel


def lacking(wheel: Path) -> list[str]:
    """Files of the package and its tables that are not in the wheel."""
    there = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        inside + path.relative_to(ROOT / ours).as_posix()
        for ours, inside in PLACES.items()
        for path in files()
        if path.is_relative_to(ROOT / ours)
    }
    return sorted(wanted - there)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """The Python of an environment with the wheel, which finds the other packages in that of the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    found = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    places = {"base": str(folder), "platbase": str(folder)}
    ours = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    Path(sysconfig.get_path("purelib", "venv", places), "tests.pth").write_text("\n".join(ours), encoding="utf-8")
    # Without an index pip refuses if the packages of the tests are not all that the wheel asks for.
    done = started([found, "-m", "pip", "--isolated", "install", "--no-index", wheel], folder)
    assert done.returncode == 0, done.stderr
    return found


def run(python: Path, folder: Path, *cells: str) -> list:
    """The outputs of each cell of a notebook in a folder; an error ends it."""
    path = folder / "mine.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    done = started([python, "-c", RUN, path], folder)
    assert done.returncode == 0, done.stderr
    return [cell.outputs for cell in nbformat.read(path, 4).cells]


def said(outputs: list) -> str:
    return "\n".join(output.get("text") or output["data"]["text/plain"] for output in outputs)


def test_the_wheel_has_all_files_of_the_package_and_the_licences(wheel):
    assert lacking(wheel) == []
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/licenses/" in name}
    assert names == {"LICENSE", "LICENSE-CC-BY", "OFL.txt", "vega.LICENSE.txt"}


def test_a_lesson_alone_runs_in_another_folder(python, tmp_path):
    """Every cell of the lesson as it is; then where things lie, and what speaks of the other lessons."""
    lesson = nbformat.read(ROOT / "notebooks" / LESSON, 4)
    cells = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    *_, places, panels, dashboard, course_map = run(python, tmp_path, *cells, *AFTER)
    tables, saved = map(Path, said(places).split())
    assert tables.is_relative_to(python.parents[1]) and not tables.is_relative_to(ROOT)
    assert saved.parent == tmp_path / "my_course" and saved.exists()
    assert said(panels).strip() == str(teams.panels())
    assert "Owls" in said(dashboard)
    assert "(not in this folder)" in said(course_map)


def test_the_lines_of_the_readme_work(python, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"### In a notebook of your own\n.*?^```python\n(.*?)^```", readme, flags=re.M | re.S)
    lesson, *lines = [line for line in block.splitlines() if line and not line.startswith("import ")]
    assert len(lines) == 2
    shown = run(python, tmp_path, f"import sovereign_compute as sc\n{lesson}", *lines)
    assert all(said(outputs) for outputs in shown)


def test_a_wheel_without_the_tables_is_found_and_says_so(tmp_path):
    root = copied(tmp_path / "course")
    project = root / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    included = '"data" = "sovereign_compute/data"\n'
    assert included in text
    project.write_text(text.replace(included, ""), encoding="utf-8")
    wheel = built(root, tmp_path / "wheel")
    assert "sovereign_compute/data/datapackage.json" in lacking(wheel)
    code = "import sovereign_compute as sc\ntry: sc.lesson(21)\nexcept Exception as error: print(error)"
    done = started([sys.executable, "-c", code], tmp_path, PYTHONPATH=str(wheel))
    assert done.stdout.startswith("data/datapackage.json is missing: "), done.stderr
    assert "installed package has it inside" in done.stdout
