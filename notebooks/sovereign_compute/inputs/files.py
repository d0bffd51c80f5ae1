"""Files of the learner: read up to a size, written whole or not at all, put aside when damaged, failures in words."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from ..errors import CourseError

LARGEST_FILE = 2_000_000  # characters; a learner who fills every field of all lessons stays below

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EACCES: "its folder cannot be written to",
    errno.EPERM: "its folder cannot be written to",
    errno.EROFS: "its folder cannot be written to",
}


def read(path: Path) -> str:
    """The text of a file, with or without the mark that some editors put first; OSError and UnicodeDecodeError pass.

    CourseError if it is longer than any file of the course: no more of it is read than that takes to see.
    """
    with path.open(encoding="utf-8-sig") as file:
        text = file.read(LARGEST_FILE + 1)
    if len(text) > LARGEST_FILE:
        raise CourseError(f"{path.name} has more than {LARGEST_FILE:,} characters: it is no file of the course")
    return text


def put_aside(path: Path) -> None:
    """Rename a damaged file, so that nothing in it is lost, nor in one that was put aside before."""
    free = path.with_name(f"{path.name}.broken")
    again = 1
    while free.exists():
        again += 1
        free = path.with_name(f"{path.name}.broken-{again}")
    with _said(path):
        os.replace(path, free)


def write(path: Path, text: str, mode: int | None = None) -> None:
    """Write a text file, replacing an older one; CourseError says why if that cannot be done, and the old one stays.

    Only the learner can read it, unless ``mode`` says otherwise.
    """
    with _said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".saving-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
            if mode is not None:
                os.chmod(beside, mode)
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _said(path: Path):
    """What the system refuses, in words."""
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno, f"its folder {path.parent.name} cannot be used")
        raise CourseError(f"{path.name} was not saved: {reason}") from None
