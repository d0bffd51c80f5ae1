"""Write ``binder/requirements.txt`` from ``uv.lock``: what Binder and conda install, exact and with hashes.

Run ``uv run --frozen --group test python tests/tools/lock.py`` after every ``uv lock``. Only what the notebooks need is
exported, the package's dependencies and the default groups, for every platform and every Python that the project
supports. ``tests/repository/test_environment.py`` checks the file against the lock without this script.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = "binder/requirements.txt"
COMMAND = "uv run --frozen --group test python tests/tools/lock.py"
HEADER = f"# Made from uv.lock by `{COMMAND}`; edit pyproject.toml, run `uv lock`, and make it anew.\n"


def export(root: Path = ROOT) -> str:
    """The text of the file. A lock that uv cannot read, or a missing uv, ends the program with uv's own words."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        sys.exit("uv is not installed: pip install uv")
    options = ["--frozen", "--no-emit-project", "--no-header", "--no-annotate"]
    done = subprocess.run([uv, "export", *options, "--directory", root], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    return HEADER + done.stdout


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    (ROOT / TARGET).write_text(export(), encoding="utf-8", newline="\n")
    print(f"{TARGET} is up to date with uv.lock")
