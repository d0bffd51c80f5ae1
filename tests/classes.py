"""A class as it is: what so many learners hand in, with the usual disorder. The same number gives the same class."""

import io
import json
import random
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import data
from sovereign_compute.inputs.guess_codes import decode, encode
from sovereign_compute.inputs.scenarios import encode as scenario_code

NAMES = ("Anna", "Ben", "Chloé", "Dmitri", "Éva", "Farid", "Gül", "Hanna", "Ines", "José")
HOSTILE = "<script>alert(1)</script>", '=HYPERLINK("http://x.example")', "'; DROP TABLE grades; --"


def guesses_of(size: int) -> tuple[str, int, int]:
    """The chat of a class with its guess codes, how many of them are sound, and how many lines are to be named."""
    chance, lines, faults = random.Random(size), [], 0
    for n in range(size):
        code = encode({row["id"]: guess(row, chance) for row in data.records("predictions") if row["at_start"]})
        name = f"{NAMES[n % len(NAMES)]} {n}"
        if n % 20 == 3:  # the last letter is missing
            lines.append(f"{name}: {code[:-1]}")
            faults += 1
        elif n % 20 == 7:  # another kind of code
            lines.append(f"{name} {scenario_code({'utilisation': 60})}")
            faults += 1
        elif n % 20 == 11:  # a narrow window has broken it
            lines.append(f"{code[:30]}\n{code[30:]}")
        elif n % 20 == 13:  # in a link, in quotes
            lines.append(f"https://lms.example/?text={code}&by={n} “{HOSTILE[n % 3]}”")
        else:
            lines.append(f"[{n % 24:02}:00] {name}: {code}")
    return "\n".join(lines), size - faults, faults


def guess(row: dict, chance: random.Random, spread: float = 1) -> dict[str, float]:
    """A guess of a question, for six in ten with a range; with less spread guesses lie nearer together."""
    low, high = row["minimum"], row["maximum"]
    value = min(max(chance.lognormvariate(0, spread) * 0.05 * high, low), high)
    ends = {"low": max(value / 3, low), "high": min(value * 3, high)} if chance.random() < 0.6 else {}
    return {"value": value, **ends}


def votes(count: int, ids: list[str], seed: int, spread: float = 1) -> list[str]:
    """The guess codes of so many learners for some questions, in lines as a chat has them."""
    rows, chance = {row["id"]: row for row in data.records("predictions")}, random.Random(seed)
    codes = [encode({id: guess(rows[id], chance, spread) for id in ids}) for _ in range(count)]
    return [f"{('', f'Pair {n}: ', '> ')[n % 3]}{code}" for n, code in enumerate(codes)]


def asked(line: str) -> list[str]:
    """The questions that the guess code at the end of a line is about."""
    return list(decode(line.split()[-1]))


# What a class hands in ------------------------------------------------------------------------------------------------

SOLVED = ("21.1", "21.5", "23.1", "23.2")
"""Exercises that everybody has solved, each for a case of their own."""
OLD = {
    "exercises": {"21.1": {"tries": 1, "solved": "2025-01-01"}, "21.99x": {"tries": 1}},
    "predictions": {"gone": {"value": 1}},
}


@dataclass
class Class:
    """How many learners there are, and by name the sentence that must be among the problems of those with one."""

    learners: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    alike: list[set[str]] = field(default_factory=list)


def progress_of(number: int, wrong: bool = False) -> dict:
    """What a learner's progress.json holds who has solved everything; ``wrong`` if one answer was changed."""
    record = {"tries": 2, "hints": 1, "solved": "2026-11-02", "solution_seen": False}
    solved = {}
    for id in SOLVED:
        exercise = find_exercise(id)
        unit, factor = next(iter(exercise.units.items()))
        given = exercise.answer(exercise.case(number)) / factor * (1.5 if wrong else 1)
        solved[id] = {**record, "given": given, "unit": unit, "case": number}
    return {"cases": {"exercises": {"number": number}}, "exercises": solved}


def essay(seed: int) -> str:
    """A text of a hundred words that no other seed gives."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("aeioulmnrst", k=6)) for _ in range(100))


def packed(**files: str | bytes) -> bytes:
    """A zip of some files, named as in ``progress_json``."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            # A time of its own would make another file of the same content in the next second.
            archive.writestr(zipfile.ZipInfo(".".join(name.rsplit("_", 1))), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def hand_in(folder: Path, size: int) -> Class:
    """Write what a class hands in, in the folders and with the names of Moodle's download."""
    made, before = Class(size), b""
    for n in range(size):
        name, kind = f"{NAMES[n % len(NAMES)]} {n}", n % 20
        kept = progress_of(1000 + 7 * n % 9000, wrong=kind == 7)
        kept["predictions"] = {"gpu-hour": {"value": 2.5, "low": 1, "high": 4, "on": "2026-11-01"}}
        kept["texts"] = {"memo.claim": {"text": essay(n - 2 * (kind == 6)), "on": "2026-11-03"}}
        file, content = "my_work.zip", packed(progress_json=json.dumps(kept))
        if kind == 1:
            file, content = "memo.md", b""
            made.problems[name] = "memo.md: The file is empty."
        elif kind == 6:
            made.alike.append({name, f"{NAMES[(n - 2) % len(NAMES)]} {n - 2}"})
        elif kind == 3:
            content = content[: len(content) // 2]
            made.problems[name] = "my_work.zip: It is no zip, or it was damaged on the way."
        elif kind == 5:
            file, content = "codes.txt", f"{scenario_code({'utilisation': 60})[:-1]}x\n".encode()
            made.problems[name] = "This scenario code is incomplete or mistyped"
        elif kind == 7:
            made.problems[name] = "Exercise 21.1 is marked as solved, but the answer that was kept does not fit case"
        elif kind == 9:
            content = packed(progress_json=json.dumps(OLD))
            made.problems[name] = "2 entries are none of this version of the course: an older one, or changed."
        elif kind == 11:
            kept["texts"] = {"memo.claim": {"text": HOSTILE[n % 3], "on": "2026-11-03"}}
            content = packed(progress_json=json.dumps(kept))
        elif kind == 13:
            content = before
            made.problems[name] = "my_work.zip: The same file, byte for byte, was handed in by"
        elif kind == 15:
            file, content = "21_what_does_a_gpu_hour_cost.ipynb", NOTEBOOK.encode()
        elif n == 17:
            content = packed(progress_json=b" " * 20_000_001)
            made.problems[name] = "progress.json: The file has 20,000,001 bytes; at most 20,000,000 are read."
        elif kind == 19:
            file, content = "work.exe", b"MZ"
            made.problems[name] = "work.exe: A file of this kind is not read"
        before = content
        place = folder / f"{name}_{5000 + n}_assignsubmission_file_"
        place.mkdir(parents=True)
        (place / file).write_bytes(content)
    return made


NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "code", "execution_count": 1, "source": ["import sovereign_compute as sc\n"], "outputs": []},
            {
                "cell_type": "code",
                "execution_count": 2,
                "source": 'sc.assume("cloud_price", 4, low=3, high=7, source="three offers", why="the middle one")\n'
                'open("stung", "w").write("executed")',
                "outputs": [],
            },
        ],
    }
)
