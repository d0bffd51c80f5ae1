"""What several test modules share."""

import lab
import pytest
from sovereign_compute import scenarios


@pytest.fixture
def learner(tmp_path, monkeypatch):
    """An own, empty folder and an empty scenario."""
    folder = tmp_path / "my_course"
    monkeypatch.setattr(scenarios, "MY_COURSE", folder)
    scenarios.current.clear()
    yield folder
    scenarios.current.clear()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the course. A module that needs more in it has a fixture of its own of this name."""
    return lab.course(tmp_path_factory.mktemp("course"))


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
