"""The drop box of a class: a folder of a hub into which learners put their guess code, and which the dashboard reads.

It is there only where whoever runs the hub has made it (see notebooks/guides/hosting.md) and says so in the variable
``SOVEREIGN_COMPUTE_CLASS_FOLDER``; then nothing goes into it until a learner presses a button. Each learner has one
file, whose long random name nobody can guess, as learners can write there and list nothing. What lies in the folder is
text from strangers: it is read up to a bound, never followed and never executed.
"""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import CourseError
from ..inputs import files, guess_codes, scenarios
from ..inputs.wording import number

VARIABLE = "SOVEREIGN_COMPUTE_CLASS_FOLDER"
OWN = ".handed-in"  # in the learner's folder: the name of the learner's file; no download takes it along
LETTERS = 32  # of such a name
LARGEST = 4_000  # bytes of a file; the longest code has a tenth of them
MOST = 5_000  # files that are looked at
READABLE = 0o644  # whoever leads the class has another account than the learner
NOT_WHOLE = "it is no file of the course, or it was not written to its end"


def folder() -> Path | None:
    """The folder of the class, if there is one."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named and Path(named).is_dir() else None


# What a learner does --------------------------------------------------------------------------------------------------


def _own(folder: Path) -> Path:
    """The file of this learner in the folder; its name is drawn once."""
    place = scenarios.MY_COURSE / OWN
    with suppress(OSError, UnicodeDecodeError, CourseError):
        if re.fullmatch(f"[0-9a-f]{{{LETTERS}}}", name := files.read(place).strip()):
            return folder / f"{name}.txt"
    name = secrets.token_hex(LETTERS // 2)
    files.write(place, name)
    return folder / f"{name}.txt"


def handed_in() -> dict[str, dict]:
    """The guesses that this learner has in the folder now."""
    box = folder()
    if box is None or not (scenarios.MY_COURSE / OWN).exists():
        return {}
    with suppress(OSError, CourseError):
        return guess_codes.decode(_text(_own(box)))
    return {}


def hand_in(guesses: Mapping[str, Mapping]) -> None:
    """Put guesses into the folder, beside those of other forms; CourseError says why if that cannot be done."""
    box = folder()
    if box is None:
        raise CourseError("there is no folder of a class: ask whoever runs the hub")
    files.write(_own(box), guess_codes.encode({**handed_in(), **guesses}) + "\n", mode=READABLE)


def take_back() -> None:
    """Take everything of this learner out of the folder."""
    box = folder()
    if box is None:
        return
    try:
        _own(box).unlink(missing_ok=True)
    except OSError:
        raise CourseError("your file could not be taken out of the folder: ask whoever runs the hub") from None


# What the dashboard does ----------------------------------------------------------------------------------------------


def collected(box: Path) -> tuple[list[str], list[str]]:
    """The guess codes in a folder, in the order of the random names, and a sentence for each file without one."""
    try:
        with os.scandir(box) as found:
            names = sorted(entry.name for entry, _ in zip(found, range(MOST + 1), strict=False))
    except OSError:
        raise CourseError(
            f"the folder {scenarios.printable(box.name)!r} cannot be read: is it there, and is it yours?"
        ) from None
    codes, problems = [], []
    for name in names[:MOST]:
        try:
            codes.append(guess_codes.read(_text(box / name))[1].code)
        except CourseError as error:
            problems.append(f"File {scenarios.printable(name)!r}: {error}.")
        except OSError:
            problems.append(f"File {scenarios.printable(name)!r}: it cannot be read.")
    if len(names) > MOST:
        problems.append(f"The folder has more than {number(MOST)} files; the others were not read.")
    return codes, problems


def _text(path: Path) -> str:
    """What a small plain file holds: no link is followed, and nothing waits for a device or a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink():
        raise CourseError("it is a link, and links are not followed")
    handle = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise CourseError("it is no plain file")
        content = os.read(handle, LARGEST + 1)
    finally:
        os.close(handle)
    if len(content) > LARGEST:
        raise CourseError(f"it has more than {number(LARGEST)} bytes")
    if not content.strip():
        raise CourseError("it is empty")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise CourseError(NOT_WHOLE) from None
