"""Files of the learner appear whole or not at all, and a folder that cannot be written to is said in words."""

import errno
import os
import tempfile
from pathlib import Path

from .errors import CourseError

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EACCES: "its folder cannot be written to",
    errno.EPERM: "its folder cannot be written to",
    errno.EROFS: "its folder cannot be written to",
}


def write(path: Path, text: str) -> None:
    """Write a text file, replacing an older one; CourseError says why if that cannot be done, and the old one stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".saving-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = REASONS.get(error.errno, f"its folder {path.parent.name} cannot be used")
        raise CourseError(f"{path.name} was not saved: {reason}") from None
