"""Everything a learner has made as one file to take away, and back again on another day or another machine.

A borrowed machine forgets. What comes back may have been changed on the way, so nothing of it is copied: each part is
read as what it should be, checked like anything typed, and written anew. What is here already is never replaced.
"""

import io
import json
import re
import zipfile
import zlib

from . import data, learner, scenarios
from .errors import CourseError
from .scenarios import printable
from .views import memo
from .widgets import CourseWidget, script

LARGEST_ZIP = 4_000_000  # bytes; a message to the kernel may have 10 million
MOST_FILES = 200
LONGEST_GAME = 2_000  # characters; twelve quarters have half of that
LARGEST_TEXT = 2_000_000  # bytes; a memo with its pictures has less than half
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


# To take away ---------------------------------------------------------------------------------------------------------


def pack() -> tuple[bytes, list[str]]:
    """The files of the learner's folder as a zip, and their names; CourseError if there are none, or too much."""
    folder = scenarios.MY_COURSE
    paths = [path for path in sorted(folder.glob("[!.]*")) if path.is_file() and not path.is_symlink()]
    if not paths:
        raise CourseError("there is nothing to download yet: keep a prediction, answer an exercise or save a scenario")
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                archive.writestr(path.name, path.read_bytes())
    except OSError:
        raise CourseError(f"a file in {folder.name} cannot be read: {path.name}") from None
    if len(packed.getvalue()) > LARGEST_ZIP:
        biggest = max(paths, key=lambda path: path.stat().st_size).name
        raise CourseError(f"{folder.name} is too large for one download; its largest file is {biggest}: move it away")
    return packed.getvalue(), [path.name for path in paths]


# And back -------------------------------------------------------------------------------------------------------------


def put_back(content: bytes) -> tuple[list[str], list[str]]:
    """Take over what a zip of ``pack`` holds; what was put back and what was left out with the reason, in words.

    CourseError if it is no such file at all.
    """
    if len(content) > LARGEST_ZIP:
        raise CourseError(
            f"this file has {len(content):,} bytes; a download of this course has at most {LARGEST_ZIP:,}"
        )
    done, left_out = [], []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise CourseError(
                    f"this file holds {len(entries):,} files; a download of this course at most {MOST_FILES}"
                )
            for entry in entries:
                try:
                    part, without = _take(entry.filename, _text(archive, entry))
                    done += part
                    left_out += without
                except CourseError as error:
                    left_out.append(f"{printable(entry.filename)}: {error}")
    except CourseError:  # a ValueError of its own
        raise
    except DAMAGED:
        raise CourseError("this is not a download of this course, or it was damaged on the way") from None
    return done, left_out


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """What an entry holds, never more than allowed, whatever the zip says about its size."""
    with archive.open(entry) as file:
        raw = file.read(LARGEST_TEXT + 1)
    if len(raw) > LARGEST_TEXT:
        raise CourseError(f"has more than {LARGEST_TEXT:,} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise CourseError("is no text") from None


def _take(name: str, text: str) -> tuple[list[str], list[str]]:
    """One file by its name; the name is compared, and never used as a place to write to."""
    if re.fullmatch(r"scenario-[^/\\]+\.json", name):
        return _take_scenario(name, text)
    if name == "progress.json":
        return _take_progress(text)
    if name == "memo.md":
        return _take_memo(text)
    if name == "memo.html":
        return [], []  # written anew from the words of memo.md
    raise CourseError("is none of the files that this course keeps")


def _take_scenario(file: str, text: str) -> tuple[list[str], list[str]]:
    name, scenario = scenarios.named(text, file)
    here = scenarios.saved().get(name)
    if here == scenario:
        return [], []
    if here is not None:
        raise CourseError(f"another scenario named {name!r} is here already and stays")
    scenarios.save(name, scenario)
    return [f"scenario {name!r}"], [f"{file}: {why}" for why in scenario.problems.values()]


def _take_progress(text: str) -> tuple[list[str], list[str]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise CourseError("is damaged") from None
    if not isinstance(content, dict):
        raise CourseError("holds no progress")
    done, left_out = [], []
    for section in learner.FIELDS:
        found = content.get(section)
        found = found if isinstance(found, dict) else {}
        known = {id: e for id, e in found.items() if learner.sound(section, e) and _asked(section, id, e)}
        here, unsound = learner.kept(section), len(found) - len(known)
        new = {id: entry for id, entry in known.items() if id not in here}
        if new:
            learner.keep(section, new)
            done.append(f"{len(new)} of your {section}")
        if unsound:
            left_out.append(f"{unsound} of the {section} in progress.json: this version of the course has none like it")
    return done, left_out


def _asked(section: str, id: str, entry: dict) -> bool:
    """Whether an entry belongs to something that this course asks, and can be an answer to it."""
    if section == "games":
        return id == "founder" and len(json.dumps(entry)) <= LONGEST_GAME
    if not entry.keys() <= learner.FIELDS[section].keys():
        return False
    if section == "predictions":
        row = {row["id"]: row for row in data.records("predictions")}.get(id)
        return row is not None and all(
            row["minimum"] <= entry[name] <= row["maximum"] for name in ("value", "low", "high") if name in entry
        )
    return re.fullmatch(r"\d\d\.\d{1,2}", id) is not None


def _take_memo(text: str) -> tuple[list[str], list[str]]:
    if (scenarios.MY_COURSE / "memo.md").exists():
        raise CourseError("a memo is here already and stays")
    memo.write(**memo.words(text))
    return ["the memo"], []


# The two buttons ------------------------------------------------------------------------------------------------------


class MyWork(CourseWidget):
    """A button that downloads the learner's folder, and a field that puts a download back."""

    _esm = script("archive.js")

    def __init__(self):
        super().__init__(_setup={"largest": LARGEST_ZIP}, _state={"text": ""})

    def _answer(self, message: dict, buffers) -> dict | None:
        try:
            if message.get("kind") == "pack":
                content, names = pack()
                self.send({"kind": "packed"}, [content])
                text = f"Downloaded: {', '.join(names)}."
            elif message.get("kind") == "put back" and buffers:
                done, left_out = put_back(bytes(buffers[0]))
                text = (
                    f"Put back: {', '.join(done)}."
                    if done
                    else "Nothing was put back: what can be used is here already."
                )
                text += f" Left out: {'; '.join(left_out)}." if left_out else ""
                text += " Run the cells with your predictions and your progress again to see it." if done else ""
            else:
                return None
        except CourseError as error:
            text = f"{str(error)[:1].upper()}{str(error)[1:]}."
        return {"text": text}

    def __repr__(self) -> str:
        return "Your work: run this cell (Shift+Enter) to download all of it as one file, or to put it back."


def my_work() -> MyWork:
    """Download what you have made as one file, and put it back on another day or another machine."""
    return MyWork()
