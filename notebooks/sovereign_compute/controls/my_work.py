"""Everything a learner has made as one file to take away, and back again on another day or another machine.

A borrowed machine forgets. What comes back may have been changed on the way, so nothing of it is copied: each part is
read as what it should be, checked like anything typed, and written anew. What is here already is never replaced.

What is packed can be put back: packing looks at the same bounds and reads each file in the same way, and says what
cannot while it is still here.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from ..errors import CourseError
from ..inputs import data, scenarios
from ..inputs.scenarios import printable
from ..surroundings import RUN_ALL
from . import memo, progress, writing, written
from .widgets import CourseWidget, script

LARGEST_ZIP = 4_000_000  # bytes; a message to the kernel may have 10 million
MOST_FILES = 1_000
LONGEST_GAME = 2_000  # characters; twelve quarters have half of that
LARGEST_TEXT = 2_000_000  # bytes; a memo with its pictures has less than half
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


SAID = {
    "empty": "there is nothing to download yet: keep a prediction, answer an exercise or save a scenario",
    "downloaded": "Downloaded: {names}.",
    "size": "this file has {size} bytes; a download of this course has at most {most}",
    "foreign": "this is not a download of this course, or it was damaged on the way",
    "back": "Put back: {names}.",
    "nothing": "Nothing was put back: what can be used is here already.",
    "left": " Left out: {names}.",
    "section": "{count} of your {section}",
    "unsound": "{count} of the {section} in progress.json: this version of the course has none like it",
    "scenario": "scenario {name}",
    "taken": "another scenario named {name} is here already and stays",
    "unknown": "is none of the files that this course keeps",
}
"""What is said of downloads; also in a page without a kernel."""


# To take away ---------------------------------------------------------------------------------------------------------


def pack() -> tuple[bytes, list[str], list[str]]:
    """The files of the learner's folder as a zip, their names, and what of them cannot be put back, in words.

    CourseError if there are none, or too much for one download.
    """
    folder = scenarios.MY_COURSE
    paths = [path for path in sorted(folder.glob("[!.]*")) if path.is_file() and not path.is_symlink()]
    if not paths:
        raise CourseError(SAID["empty"])
    if len(paths) > MOST_FILES:
        raise CourseError(
            f"{folder.name} has {len(paths):,} files; one download takes at most {MOST_FILES:,}: move some of them away"
        )
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
    with zipfile.ZipFile(packed) as archive:
        _, left_out = _parts(archive)
    return packed.getvalue(), [path.name for path in paths], left_out


# And back -------------------------------------------------------------------------------------------------------------


def put_back(content: bytes) -> tuple[list[str], list[str]]:
    """Take over what a zip of ``pack`` holds; what was put back and what was left out with the reason, in words.

    CourseError if it is no such file at all.
    """
    if len(content) > LARGEST_ZIP:
        raise CourseError(SAID["size"].format(size=f"{len(content):,}", most=f"{LARGEST_ZIP:,}"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts, left_out = _parts(archive)
    except DAMAGED as error:
        if isinstance(error, CourseError):  # a ValueError of its own
            raise
        raise CourseError(SAID["foreign"]) from None
    done = []
    for name, put in parts:
        try:
            part, without = put()
            done += part
            left_out += without
        except CourseError as error:
            left_out.append(f"{printable(name)}: {error}")
    return done, left_out


def _parts(archive: zipfile.ZipFile) -> tuple[list[tuple[str, Callable]], list[str]]:
    """By name what puts each file back, and what cannot be put back, in words; nothing is written yet."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise CourseError(f"this file holds {len(entries):,} files; a download of this course at most {MOST_FILES:,}")
    parts, left_out = [], []
    for entry in entries:
        try:
            parts.append((entry.filename, _part(entry.filename, _text(archive, entry))))
        except CourseError as error:
            left_out.append(f"{printable(entry.filename)}: {error}")
    return parts, left_out


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


def _part(name: str, text: str) -> Callable[[], tuple[list[str], list[str]]]:
    """What puts one file back; the name is compared, and never used as a place to write to."""
    if re.fullmatch(r"scenario-[^/\\]+\.json", name):
        return partial(_take_scenario, name, *scenarios.named(text, name))
    if name == "progress.json":
        return partial(_take_progress, progress_in(text))
    if name == "memo.md":
        return partial(_take_memo, memo.words(text))
    if name == "memo.html":
        return lambda: ([], [])  # written anew from the words of memo.md
    raise CourseError(SAID["unknown"])


def _take_scenario(file: str, name: str, scenario: scenarios.Scenario) -> tuple[list[str], list[str]]:
    here = scenarios.saved().get(name)
    if here is not None and here.to_json() == scenario.to_json():
        return [], []
    if here is not None:
        raise CourseError(SAID["taken"].format(name=repr(name)))
    scenarios.save(name, scenario)
    return [SAID["scenario"].format(name=repr(name))], [f"{file}: {why}" for why in scenario.problems.values()]


def progress_in(text: str) -> dict:
    """What a text that should be progress.json holds; CourseError if it is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise CourseError("is damaged") from None
    if not isinstance(content, dict):
        raise CourseError("holds no progress")
    return content


def known_of(section: str, content: dict) -> tuple[dict[str, dict], int]:
    """The entries of a section that this version of the course can have written, by id, and how many are others."""
    found = content.get(section)
    found = progress.renamed(section, found) if isinstance(found, dict) else {}
    known = {id: e for id, e in found.items() if progress.sound(section, e) and _asked(section, id, e)}
    return known, len(found) - len(known)


def _take_progress(content: dict) -> tuple[list[str], list[str]]:
    done, left_out = [], []
    for section in progress.FIELDS:
        known, unsound = known_of(section, content)
        # Answers belong to their cases: a number that was drawn here stays only if something has been answered here.
        drawn = section == "cases" and not progress.kept("exercises")
        here = {} if drawn else progress.kept(section)
        new = {id: entry for id, entry in known.items() if id not in here}
        if new:
            progress.keep(section, new)
            done.append(SAID["section"].format(count=len(new), section=section))
        if unsound:
            left_out.append(SAID["unsound"].format(count=unsound, section=section))
    return done, left_out


def _asked(section: str, id: str, entry: dict) -> bool:
    """Whether an entry belongs to something that this course asks, and can be an answer to it."""
    if section == "games":
        return id == "founder" and len(json.dumps(entry)) <= LONGEST_GAME
    if not entry.keys() <= progress.FIELDS[section].keys():
        return False
    if section == "predictions":
        row = {row["id"]: row for row in data.records("predictions")}.get(id)
        return row is not None and all(
            row["minimum"] <= entry[name] <= row["maximum"] for name in ("value", "low", "high") if name in entry
        )
    if section == "cases":
        return id == "exercises" and "number" in entry
    if section == "texts":
        return "text" in entry and writing.known(id)
    return re.fullmatch(r"\d\d\.T?\d{1,2}", id) is not None


def _take_memo(typed: dict) -> tuple[list[str], list[str]]:
    if (scenarios.MY_COURSE / "memo.md").exists():
        raise CourseError("a memo is here already and stays")
    memo.write(**typed)
    return ["the memo"], []


# The buttons ------------------------------------------------------------------------------------------------------


WRITTEN = {"html": written.as_html, "md": written.as_markdown}


class MyWork(CourseWidget):
    """Buttons that download the learner's folder, or what was written alone; a field that puts a download back."""

    _esm = script("archive.js")

    def __init__(self):
        super().__init__(_setup={"largest": LARGEST_ZIP, "written": True}, _state={"text": ""})

    def _answer(self, message: dict, buffers) -> dict | None:
        try:
            if message.get("kind") == "pack":
                content, names, left_out = pack()
                self.send({"kind": "packed"}, [content])
                text = SAID["downloaded"].format(names=", ".join(names))
                if left_out:
                    text += f" In the file, but not to be put back by the button: {'; '.join(left_out)}."
            elif message.get("kind") in WRITTEN:
                self.send({"kind": message["kind"]}, [WRITTEN[message["kind"]]().encode()])
                text = "Downloaded: what you have written."
            elif message.get("kind") == "put back" and buffers:
                done, left_out = put_back(bytes(buffers[0]))
                text = SAID["back"].format(names=", ".join(done)) if done else SAID["nothing"]
                text += SAID["left"].format(names="; ".join(left_out)) if left_out else ""
                text += " Run the cells with your predictions and your progress again to see it." if done else ""
            else:
                return None
        except CourseError as error:
            text = f"{str(error)[:1].upper()}{str(error)[1:]}."
        return {"text": text}

    def __repr__(self) -> str:
        return f"Your work. {RUN_ALL} to download all of it as one file, or to put it back."


def my_work() -> MyWork:
    """Download what you have made as one file, and put it back on another day or another machine."""
    return MyWork()
