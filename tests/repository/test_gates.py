"""The gates themselves: a planted fault turns the suite red, and the same thing without the fault is green."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import registry
from tools import notebooks as tool
from tree import ROOT

TABLE = "import sovereign_compute as sc\n\nsc.result_table(sc.lesson(21).gpu_hour_cost)"
CALL = "import urllib.request\n\nurllib.request.urlopen('http://192.0.2.1/', timeout=3)"
LOOK_UP = "import socket\n\nsocket.getaddrinfo('example.org', 80)"


def _changed_number(notebook):
    shown = notebook.cells[0].outputs[-1].data  # above it stands the status line of the lesson
    assert "0.52" in shown["text/plain"]
    shown["text/plain"] = shown["text/plain"].replace("0.52", "0.53")


def _never_run(notebook):
    notebook.cells[0].execution_count, notebook.cells[0].outputs = None, []


def _compared_no_more(notebook):
    notebook.cells[0].metadata["tags"] = ["nbval-ignore-output"]


def _new_output(notebook):
    notebook.cells[0].source += "\nprint('more')"


def _another_kind(notebook):
    output = notebook.cells[0].outputs[-1]
    notebook.cells[0].outputs[-1] = nbformat.v4.new_output("display_data", output.data)


NOTEBOOKS = {
    "sound": (TABLE, None),
    "changed_number": (TABLE, _changed_number),
    "never_run": (TABLE, _never_run),
    "compared_no_more": (TABLE, _compared_no_more),
    "new_output": (TABLE, _new_output),
    "exception": ("1 / 1", lambda notebook: notebook.cells[0].update(source="1 / 0")),
    "network_call": ("1 / 1", lambda notebook: notebook.cells[0].update(source=CALL)),
    "network_look_up": ("1 / 1", lambda notebook: notebook.cells[0].update(source=LOOK_UP)),
    "another_kind": (TABLE, _another_kind),
    "left_by_an_editor": (TABLE, lambda notebook: notebook.cells[0].metadata.update(collapsed=True)),
}
OF_THE_FILE = {"another_kind", "left_by_an_editor"}
"""What nbval does not compare, and the tool would store otherwise."""
SKIPPED = "import pytest\n\n\n@pytest.mark.skip(reason='no page here')\ndef test_page():\n    raise AssertionError\n"


@pytest.fixture(scope="module")
def verdict(tmp_path_factory) -> str:
    """What the suite says of a copy of the course whose notebooks are the ones above."""
    copy = tmp_path_factory.mktemp("course")
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    ignore = shutil.ignore_patterns("__pycache__", "*.ipynb", "my_course", "pictures")
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    shutil.copytree(ROOT / "tests" / "offline", copy / "tests" / "offline", ignore=ignore)
    shutil.copy(ROOT / "tests" / "nbval.cfg", copy / "tests")
    (copy / "tests" / "tools").mkdir()
    for name in ("kept.py", "notebooks.py"):
        shutil.copy(ROOT / "tests" / "tools" / name, copy / "tests" / "tools")
    executed = {}
    for name, (source, plant) in NOTEBOOKS.items():
        path = copy / "notebooks" / f"{name}.ipynb"
        if source not in executed:
            nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
            executed[source] = tool.regenerated(path)
        notebook = nbformat.reads(executed[source], as_version=4)
        if plant:
            plant(notebook)
        nbformat.write(notebook, path)
    for name in ("one", "two"):
        (copy / "notebooks" / f"test_{name}.py").write_text(SKIPPED)
    command = [sys.executable, "-m", "pytest", "-n=2", "-rfE", "-p", "no:cacheprovider", "notebooks"]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
    assert run.returncode == 1, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("name", [name for name, (_, plant) in NOTEBOOKS.items() if plant])
def test_a_planted_fault_in_a_notebook_turns_the_suite_red(verdict, name):
    where = r"(::Cell 0|$| - )" if name not in OF_THE_FILE else "::the file"
    assert re.search(rf"^(FAILED|ERROR) notebooks/{name}\.ipynb{where}", verdict, flags=re.M)
    assert (f"{name}.ipynb::Cell" in verdict) != (name in OF_THE_FILE) or f"ERROR notebooks/{name}" in verdict


def test_a_sound_notebook_stays_green(verdict):
    assert "notebooks/sound.ipynb" not in verdict.partition("short test summary")[2]


def test_skipped_tests_say_why_in_one_line(verdict):
    assert verdict.count("no page here") == verdict.count("2 skipped: no page here") == 1


@pytest.mark.parametrize(("processors", "processes"), [(1, 2), (2, 3), (4, 5), (64, 5)])
def test_a_larger_machine_runs_more_tests_at_once(request, monkeypatch, processors, processes):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(processors)), raising=False)
    assert request.config.hook.pytest_xdist_auto_num_workers(config=request.config) == processes


def test_no_test_reaches_beyond_this_machine():
    with pytest.raises(OSError, match="without a network"):
        socket.create_connection(("192.0.2.1", 80), timeout=3)
    with pytest.raises(OSError, match="without a network"):
        socket.getaddrinfo("example.org", 80)


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the tables, to plant faults in."""
    return Path(shutil.copytree(data.FOLDER, tmp_path / "data"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",eurohpc-contract-2023,contract value", ",,contract value", "source"),
        (
            ",eurohpc-contract-2023,contract value",
            ",nobody-2020,contract value",
            "'nobody-2020' is not in data/sources.csv",
        ),
        (",273,265,300,", ",273,280,300,", "hard_min <= low <= value <= high <= hard_max does not hold"),
        (",273,265,300,", ",nan,265,300,", "value"),
        (",secondary,", ",certain,", "tier"),
    ],
)
def test_a_planted_fault_in_an_assumption_is_refused(copied, old, new, says):
    path = copied / "assumptions.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError, match=re.escape(says)):
        registry(copied)
