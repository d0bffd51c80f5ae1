"""A copy that was worked in comes to a newer version of the course by the commands of README.md, and loses nothing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tree import ROOT

NOTEBOOK = "notebooks/21_what_does_a_gpu_hour_cost.ipynb"
IDENTITY = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def git(folder: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(["git", *IDENTITY, "-C", folder, *words], capture_output=True, text=True)


def commands() -> str:
    """The commands of README.md that bring a newer version."""
    part = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Your own files\n")[2].partition("\n## ")[0]
    (found,) = re.findall(r"```bash\n(.*?)```", part, re.S)
    assert 1 <= len(found.splitlines()) <= 3
    return found


@pytest.fixture
def mine(tmp_path) -> Path:
    """A clone in which a notebook was run and something kept, while its origin has a newer text of the same cell."""
    origin, mine = tmp_path / "origin", tmp_path / "my copy"
    (origin / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / ".gitignore", origin)
    shutil.copy(ROOT / NOTEBOOK, origin / NOTEBOOK)
    git(origin, "init", "--quiet")
    git(origin, "add", ".")
    assert git(origin, "commit", "--quiet", "-m", "one").returncode == 0
    assert git(tmp_path, "clone", "--quiet", str(origin), str(mine)).returncode == 0
    text = (origin / NOTEBOOK).read_text(encoding="utf-8")
    (origin / NOTEBOOK).write_text(text.replace('"# ', '"# New: ', 1), encoding="utf-8")
    assert git(origin, "commit", "--quiet", "-am", "two").returncode == 0
    (mine / NOTEBOOK).write_text(text.replace('"# ', '"# Mine: ', 1), encoding="utf-8")
    (mine / "notebooks" / "my_course").mkdir()
    (mine / "notebooks" / "my_course" / "progress.json").write_text('{"exercises": {"21.1": {"tries": 1}}}')
    return mine


def test_the_commands_of_the_readme_bring_the_new_text_and_keep_the_work(mine):
    assert git(mine, "pull").returncode != 0, "the plain way works: then README may say so"
    before = {path: path.read_bytes() for path in (mine / "notebooks").rglob("*") if path.is_file()}
    done = subprocess.run(["bash", "-e", "-c", commands()], cwd=mine, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    new = mine.parent / "sovereign-compute-new"
    assert '"# New: ' in (new / NOTEBOOK).read_text(encoding="utf-8")
    kept = Path("notebooks", "my_course", "progress.json")
    assert (new / kept).read_bytes() == before[mine / kept]
    assert git(new, "status", "--porcelain").stdout == ""
    assert {path: path.read_bytes() for path in (mine / "notebooks").rglob("*") if path.is_file()} == before
