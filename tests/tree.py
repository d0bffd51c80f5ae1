"""The files that belong to the project, for the tests that look at all of them."""

import gzip
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BINARY = {".png", ".npy", ".ttf", ".woff2"}
MADE = {
    ".git",
    ".venv",
    "__pycache__",
    "my_course",
    ".ipynb_checkpoints",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
}
# A folder of the machine itself, as an output or a careless constant would show it; jovyan is the user in every
# container of Jupyter.
MACHINE_PATH = re.compile(
    r"(?<![\w.~/-])/(?:work|tmp|root|home/(?!jovyan\b)\w+|Users/\w+)(?:/[\w.~-]|(?![\w/-]|\.\w))|\b[A-Z]:\\+Users\\"
)


def _git(root: Path, *words: str) -> str | None:
    done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def files(root: Path = ROOT) -> list[Path]:
    """All files that git keeps or would keep; in a downloaded archive all but those made later."""
    top = _git(root, "rev-parse", "--show-toplevel")
    if top and Path(top.strip()) == root.resolve():
        names = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        found = [root / name for name in names.split("\0") if name]
    else:
        found = [path for path in root.rglob("*") if MADE.isdisjoint(path.relative_to(root).parts)]
    return sorted({path for path in found if path.is_file()})


def texts(root: Path = ROOT) -> dict[str, str]:
    """The text of every file of the project, by its path from the root with forward slashes.

    What is stored packed stands there unpacked, under its name without the ending.
    """
    return {
        path.relative_to(root).as_posix().removesuffix(".gz"): _text(path)
        for path in files(root)
        if path.suffix not in BINARY
    }


def _text(path: Path) -> str:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return file.read()


def copied(to: Path, root: Path = ROOT) -> Path:
    """A copy of the project in another folder, without what was made later: for whoever changes something in it."""
    for path in files(root):
        place = to / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    return compiled(to, root)


def compiled(copy: Path, root: Path = ROOT) -> Path:
    """Lend a copy the bytecode of its scripts, as far as there is some, so that nothing has to compile them again.

    Python uses it for a script of the same size and time, and so not for one that a test changes; likewise pytest,
    which has another for what holds its tests.
    """
    for path in () if sys.dont_write_bytecode else copy.rglob("*.py"):
        place = Path(importlib.util.cache_from_source(path))
        ours = Path(importlib.util.cache_from_source(root / path.relative_to(copy)))
        for made in ours.parent.glob(f"{ours.stem}*.pyc"):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(made, place.parent)
    return copy
