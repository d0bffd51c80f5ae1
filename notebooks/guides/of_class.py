"""The profile of the class that a command is run for, and the notebooks as that class finds them."""

import argparse
import os
from copy import deepcopy
from functools import cache
from pathlib import Path

import nbformat
import running
from sovereign_compute.inputs import profile, scenarios


def add_option(parser: argparse.ArgumentParser) -> None:
    """The option that names a profile."""

    def there(text: str) -> Path:
        if not Path(text).is_file():
            raise argparse.ArgumentTypeError(f"there is no file {text}")
        return Path(text).resolve()

    parser.add_argument("--profile", type=there, metavar="FILE", help="the profile of a class to start from")


def begin(file: Path | None) -> None:
    """Start from a profile, if one is named, and tell what is wrong with the one that holds."""
    if file is not None:
        os.environ[profile.VARIABLE] = str(file)
        scenarios.begin(file)
    for problem in profile.current().problems:
        print(f"The profile of the class: {problem}")


def notebook(path: Path) -> nbformat.NotebookNode:
    """A notebook as its file has it; where the class has a profile, run from there."""
    if profile.current() == profile.Profile():
        return nbformat.read(path, as_version=4)
    # A page is made of what this gives by changing it.
    return deepcopy(_run(path, os.environ.get(profile.VARIABLE) or str(profile.PLACE)))


@cache
def _run(path: Path, file: str) -> nbformat.NotebookNode:
    found = nbformat.read(path, as_version=4)
    running.execute(found, path.parent, file)
    return found
