"""Read what a class has handed in, and write one table: ``uv run --frozen python notebooks/guides/collect.py FOLDER``.

FOLDER holds a file or a folder for each learner, as Moodle's *Download all submissions* gives it, or any folder with
names. Read are downloads of one's work, notebooks, memos, written work and texts with codes; nothing of them is
executed. The table ``build/class.csv`` has Moodle's columns in front: grades typed into it can be imported there.
"""

import argparse
import csv
import re
import sys
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

import pages
from collect_alike import alike
from collect_read import LARGEST, Work
from sovereign_compute.controls import writing
from sovereign_compute.inputs.scenarios import printable
from sovereign_compute.inputs.wording import listed, number

MOODLE = re.compile(r"(.+?)_(\d+)_assignsubmission_[a-z]+(?:_|$)(.*)", re.S)
"""A learner in the names that Moodle gives: full name, number, and for a single file its own name."""
MOST_FILES = 20_000
HEAD = ("Identifier", "Full name", "Grade", "Feedback comments")  # what Moodle's grading worksheet imports
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_NAMED = 5


def learners(folder: Path) -> dict[tuple[str, str], list[Path]]:
    """The files of each learner, by name and Moodle's number; links and hidden files are left out."""
    found: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*"))[:MOST_FILES]:
        parts = path.relative_to(folder).parts
        if path.is_symlink() or not path.is_file() or any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        given = MOODLE.match(parts[0])
        name = given[1] if given else parts[0] if len(parts) > 1 else path.stem
        found[printable(name), given[2] if given else ""].append(path)
    return dict(found)


def read(folder: Path) -> dict[tuple[str, str], Work]:
    """The work of each learner, with what several have in common among the problems."""
    work: dict[tuple[str, str], Work] = {}
    same: dict[bytes, list[tuple[tuple[str, str], str]]] = defaultdict(list)
    for learner, paths in learners(folder).items():
        work[learner] = Work()
        for path in paths:
            given = MOODLE.match(path.name)
            name = given[3] if given and given[3] else path.name
            try:
                with path.open("rb") as file:
                    content = file.read(LARGEST + 1)
            except OSError:
                work[learner].problems.append(f"{printable(name)}: The file cannot be read.")
                continue
            if content:
                same[sha256(content).digest()].append((learner, printable(name)))
            work[learner].take(name, content)
    for handed in same.values():
        if len({learner for learner, _ in handed}) > 1:
            for learner, name in handed:
                others = listed(sorted({other[0] for other, _ in handed if other != learner}), MOST_NAMED)
                work[learner].problems.append(f"{name}: The same file, byte for byte, was handed in by {others}.")
    return work


def similar(work: dict[tuple[str, str], Work]) -> dict[tuple[str, str], list[str]]:
    """For each learner the texts that are alike in long parts to those of others."""
    asked = {field.id: field.ask for piece in writing.PIECES for field in writing.template(piece)}
    texts: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for learner, one in work.items():
        for id, text in one.texts.items():
            texts[id][learner] = text
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id, of_id in texts.items():
        for one, other, share in alike(of_id, asked.get(id, "")):
            for learner, beside in ((one, other), (other, one)):
                said[learner].append(f"{id}: {number(100 * share, 0)} % as with {beside[0]}")
    return said


def table(work: dict[tuple[str, str], Work]) -> list[list]:
    """A row for each learner below the head: Moodle's columns, counts, texts by heading of the rubric, problems."""
    names = {
        field.id: f"{name}: {field.heading}"
        for piece, name in writing.PIECES.items()
        for field in writing.template(piece)
    }
    head = [
        *HEAD,
        *("Files", "Last day", "Case", "Exercises tried", "Tries", "Hints", "Solutions seen", "Solved"),
        *("Answers that fit", "Answers that do not fit", "Answers not kept", "Guesses", "Ranges", "Own assumptions"),
        *("Scenario codes", "Own cells", "Cells run", *names.values(), "Answers in words", "Similar texts", "Problems"),
    ]
    rows, beside = [head], similar(work)
    for learner, one in sorted(work.items(), key=lambda item: (item[0][0].casefold(), item[0][1])):
        name, identifier = learner
        tries = one.exercises.values()
        fits = list(one.fits.values())
        answers = [f"{id}. {text}" for id, text in sorted(one.texts.items()) if id not in names]
        rows.append(
            [
                *(f"Participant {identifier}" if identifier else "", name, "", ""),
                *(len(one.files), max(one.days, default=""), listed_or_nothing(map(str, sorted(one.cases)))),
                *(sum(bool(entry.get("tries")) for entry in tries), sum(entry.get("tries", 0) for entry in tries)),
                sum(entry.get("hints", 0) for entry in tries),
                sum(bool(entry.get("solution_seen")) for entry in tries),
                *(len(fits), fits.count(True), fits.count(False), fits.count(None)),
                *(len(one.guesses), sum("low" in guess for guess in one.guesses.values())),
                *("\n".join(dict.fromkeys(found)) for found in (one.assumed, one.codes)),
                *(one.own_cells, one.cells_run),
                *(one.texts.get(id, "") for id in names),
                *("\n\n".join(answers), "\n".join(beside.get(learner, [])), "\n".join(one.problems)),
            ]
        )
    return rows


def listed_or_nothing(words) -> str:
    """Several words as a sentence lists them; empty if there are none."""
    return listed(found) if (found := list(words)) else ""


def cell(value):
    """A cell that no spreadsheet computes."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what was handed in, by learner")
    parser.add_argument("--to", type=Path, metavar="FILE", help="the table; else build/class.csv")
    wanted = parser.parse_args(words)
    if not wanted.folder.is_dir():
        print(f"{wanted.folder} is no folder: unpack the download of your platform first")
        return 1
    work = read(wanted.folder)
    if not work:
        print(f"{wanted.folder} holds no file")
        return 1
    rows = table(work)
    path = wanted.to or pages.BUILD / "class.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Spreadsheets take a file for UTF-8 by the mark in front.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([cell(value) for value in row] for row in rows)
    for row in rows[1:]:
        for problem in filter(None, row[-1].split("\n")):
            print(f"{row[1]}: {problem}")
        for pair in filter(None, row[-2].split("\n")):
            print(f"{row[1]}: Similar texts, {pair}. Read both before you think anything of it.")
    print(f"{len(work)} learners; the table is {pages.shown(path.parent)}/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
