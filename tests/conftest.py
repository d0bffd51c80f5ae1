"""What several test modules share."""

import os
from functools import partial
from unittest.mock import patch

os.environ["SOVEREIGN_COMPUTE_PROFILE"] = os.devnull  # the course's values, whatever class there is here
os.environ.pop("PYTEST_ADDOPTS", None)  # taken already; what runs pytest inside of a test reads what it prints

import lab
import pytest
import tree
from sovereign_compute.analysis import evaluation, simulation
from sovereign_compute.controls.widgets import CourseWidget
from sovereign_compute.inputs import assumptions, profile, scenarios, units


def pytest_collection_modifyitems(items):
    """Files that drive a browser take turns with the others: several browsers at once would get in each other's way."""
    files = list(dict.fromkeys(item.path for item in items))
    browser = [path for path in files if path.name.startswith("test_browser_")]
    others = [path for path in files if path not in browser]
    # A place for each file on a line from 0 to 1, on which either kind is spread evenly.
    place = {path: (n + 0.5) / len(kind) for kind in (browser, others) for n, path in enumerate(kind)}
    items.sort(key=lambda item: place[item.path])


def pytest_generate_tests(metafunc):
    """A module's ``NOTEBOOKS`` are what its tests see in their ``tab``, one after the other."""
    if "tab" in metafunc.fixturenames and hasattr(metafunc.module, "NOTEBOOKS"):
        metafunc.parametrize("tab", metafunc.module.NOTEBOOKS, indirect=True, scope="module")


@pytest.fixture(autouse=True)
def no_fault_is_hidden(request, monkeypatch):
    """What a widget would tell a learner as a fault of the course fails a test, except where one is planted."""
    if "planted" in request.fixturenames:
        return

    def blame(self, error):
        raise error

    monkeypatch.setattr(CourseWidget, "_blame", blame)


@pytest.fixture
def planted():
    """This test plants a fault and reads what the learner is told of it."""


@pytest.fixture
def learner(tmp_path, monkeypatch):
    """An own, empty folder, an empty scenario and nothing assumed."""
    folder = tmp_path / "my_course"
    monkeypatch.setattr(scenarios, "MY_COURSE", folder)
    assumptions.ASSUMED.clear()
    scenarios.current.clear()
    with patch.dict(units.UNITS):  # a unit that a learner writes is known from then on
        yield folder
    assumptions.ASSUMED.clear()
    scenarios.current.clear()


@pytest.fixture(params=sorted((tree.ROOT / "data" / "profiles").glob("*.toml")), ids=lambda path: path.stem)
def of_class(request, learner):
    """A learner of a class that starts from one of the profiles that the course has as examples."""
    scenarios.begin(request.param)
    yield profile.current()
    scenarios.begin()


@pytest.fixture
def few_draws(monkeypatch):
    """Bands from a thousand draws: enough where a test asks whether they can be shown, not how wide they are."""
    monkeypatch.setattr(evaluation, "simulate", partial(simulation.simulate, n=2**10))
    yield
    evaluation._course_values.cache_clear()  # later tests compare with the course's values of all draws


@pytest.fixture(scope="module")
def folder(request, tmp_path_factory):
    """A copy of the course, with the notebooks that a module has in ``WRITTEN``: their cells by name.

    A module that needs more in it has a fixture of its own of this name, which takes this one.
    """
    found = lab.course(tmp_path_factory.mktemp("course"))
    for name, cells in getattr(request.module, "WRITTEN", {}).items():
        lab.write(found / "notebooks" / f"{name}.ipynb", *cells)
    return found


@pytest.fixture(scope="module")
def server(folder):
    """The address of a JupyterLab over the copy."""
    with lab.jupyter(folder) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    """One headless Chromium."""
    with lab.browser() as found:
        yield found


@pytest.fixture(scope="module")
def turned(request, chromium, server):
    """Opens one notebook after the other in the JupyterLab of one tab, which is a new one after a failure."""
    tab, failed = None, 0

    def turn(name: str) -> lab.Page:
        nonlocal tab, failed
        if tab and request.session.testsfailed == failed:
            tab.turn_to(f"notebooks/{name}.ipynb")
        else:
            if tab:
                tab.close()
            tab = lab.Page(chromium, server)
            tab.open(f"notebooks/{name}.ipynb")
        failed, tab.name = request.session.testsfailed, name
        return tab

    yield turn
    if tab:
        tab.close()


@pytest.fixture(scope="module")
def tab(request, turned):
    """A notebook after Run All Cells; what was done there asked no other machine and logged no error."""
    tab = turned(request.param)
    tab.run_all()
    tab.lay_out_all()
    tab.wait_for_controls()
    yield tab
    tab.assert_quiet()
