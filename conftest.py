"""Strict notebook tests: what nbval alone would let pass is an error here."""

import difflib
import itertools
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

# Kernels and tests start with an empty folder of the learner, never with somebody's own.
LEARNER = tempfile.TemporaryDirectory(prefix="learner-")
os.environ["SOVEREIGN_COMPUTE_FOLDER"] = LEARNER.name

# Tests start hundreds of Pythons. Where none may keep its bytecode, each would compile all that it imports, for most of
# its time; while tests run it is kept as usual.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.dont_write_bytecode = False

# More at once would fill the memory of a usual laptop: each has a browser, a JupyterLab and its kernels.
MOST_PROCESSORS = 4

# No test and no kernel that a test starts may reach beyond this machine.
OFFLINE = str(Path(__file__).parent / "tests" / "offline")
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [OFFLINE, os.environ.get("PYTHONPATH")]))
sys.path.insert(0, OFFLINE)
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402, F401


class StrictNotebook(IPyNbFile):
    """A notebook in which every code cell was run and is compared."""

    def collect(self):
        items = list(super().collect())
        for item in items:
            if item.cell.source.strip() and item.cell.execution_count is None:
                raise self.CollectError(
                    f"{self.path.name}, {item.name}: never run, so nothing would be compared; "
                    f"run tests/tools/notebooks.py {self.path.name}"
                )
            if item.options["skip"] or not item.options["check"]:
                raise self.CollectError(f"{self.path.name}, {item.name}: a tag or comment turns the comparison off")
        return [*items, Stored.from_parent(self, name="the file", cells=items)]


class Stored(pytest.Item):
    """Regenerating a notebook with what its cells have just put out changes nothing in its file, but for pictures."""

    def __init__(self, cells: list[IPyNbCell], **how):
        super().__init__(**how)
        self.cells = cells

    def runtest(self):
        from tools import notebooks as tool

        ran = [cell.test_outputs for cell in self.cells]
        # Where not all of the cells were asked for, the tool runs the notebook itself.
        texts = self.path.read_text(encoding="utf-8"), tool.regenerated(self.path, None if None in ran else ran)
        stored, now = (tool.without_pictures(text).splitlines() for text in texts)
        if now != stored:
            said = f"run tests/tools/notebooks.py {self.path.name} and read the difference:"
            differ = difflib.unified_diff(stored, now, "stored", "regenerated", lineterm="", n=2)
            pytest.fail("\n".join([said, *itertools.islice(differ, 60)]), pytrace=False)

    def reportinfo(self):
        return self.path, None, f"{self.path.name}: the file"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    found = yield
    return [StrictNotebook.from_parent(parent, path=n.path) if type(n) is IPyNbFile else n for n in found]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a browser test waits half of its time for others."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, MOST_PROCESSORS) + 1


def pytest_addoption(parser):
    parser.addoption("--lesson", action="append", default=[], metavar="NN", help="make handouts of these lessons alone")
    parser.addoption("--reversed", action="store_true", help="run the last test first: none may rest on another")


def pytest_collection_modifyitems(config, items):
    if config.option.reversed and not any(type(item.parent) is StrictNotebook for item in items):
        items.reverse()


def pytest_configure(config):
    if config.option.nbval_sanitize_with:  # also right when pytest is started in a subfolder
        config.option.nbval_sanitize_with = str(config.rootpath / "tests" / "nbval.cfg")


def pytest_terminal_summary(terminalreporter):
    """One line for each reason why tests were skipped, however many files they stand in."""
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.getreports("skipped"))
    for reason, number in reasons.items():
        terminalreporter.write_line(f"{number} skipped: {reason}")
