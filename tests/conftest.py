"""What several test modules share."""

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
