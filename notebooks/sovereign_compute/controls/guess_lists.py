"""The guesses of a class out of a pasted text: codes as chats, mails and forms give them, and lines typed from paper.

It is text from strangers. What stands beside a code, such as a name, is neither kept nor repeated; a code that cannot
be read is answered by a sentence, while all others count.
"""

import re
from collections.abc import Mapping
from contextlib import suppress

from ..errors import CourseError
from ..inputs import data, guess_codes, share_codes
from ..inputs.guess_codes import GUESSES
from ..inputs.wording import listed, number
from .predictions import rows, stated

MOST = 1_000  # codes in one vote
LONGEST = 500_000  # characters of all lines together
PAPER = re.compile(r"\s*paper\s+(\d\d)\s*:(.*)", re.I)
"""A line that was typed from a sheet: the number of its lesson, and a part for each of its boxes."""
APART = re.compile(r"(?:\bto\b|[()\[\]|\s])+", re.I)
"""What may be typed between a guess and the ends of its range."""
TELLING = 3  # numbers, from which on two codes that are alike are rarely those of two people
NAMED = 5  # lines that one sentence lists

Guesses = dict[str, dict[str, float]]
"""What one person guessed: by question ``value`` and, with a range, ``low`` and ``high``."""


def on_paper(lesson: str) -> list[dict]:
    """The questions of the sheet of a lesson, in its order: 00 has those of the start of the course."""
    if lesson == "00":
        return rows()
    found = [row for row in data.records("predictions") if row["notebook"].startswith(f"{lesson}_")]
    if not found:
        raise CourseError(f"there is no sheet of guesses for lesson {lesson}")
    return found


def read_guesses(text: str) -> tuple[list[Guesses], list[str]]:
    """The guesses of each person, and a sentence for whatever could not be read.

    >>> read_guesses("Anna: GC1-TFG8mV0, Ben: GC1-TFG8mV1")[0]
    [{'gpu-hour': {'value': 2.5}}]
    """
    if len(text) > LONGEST:
        raise CourseError(f"the list of guesses has {len(text):,} characters; {LONGEST:,} are allowed")
    people: list[Guesses] = []
    problems: list[str] = []
    first: dict[str, int] = {}  # in which line a code was seen
    twice: list[int] = []
    left_out = taken = 0  # lines without a code; the last one that a code goes on in
    lines = text.splitlines()
    for place, line in enumerate(lines, start=1):
        starts = [start.start() for start in GUESSES.start.finditer(line)]
        typed = PAPER.fullmatch(line)
        if not starts and not typed:
            if share_codes.START.search(line):
                problems.append(f"Line {place}: this is a scenario code; a guess code starts with {GUESSES.prefix}.")
            else:
                left_out += bool(line.strip()) and place != taken
            continue
        following = lines[place] if place < len(lines) and not GUESSES.start.search(lines[place]) else ""
        for begin, end in zip(starts or [0], [*starts[1:], len(line)], strict=True):
            try:
                if typed:
                    guesses, code = _typed(*typed.groups()), ""
                else:
                    guesses, found, goes_on = _read(line[begin:end], following if end == len(line) else "")
                    code, taken = found.code, place + goes_on
                    problems += [_later(place, found.later)] if found.later else []
                if guesses and len(people) == MOST:
                    raise CourseError(f"{MOST:,} codes are allowed; this is one too many")
            except CourseError as error:
                problems.append(f"Line {place}: {error}.")
                continue
            if not guesses:
                problems.append(f"Line {place}: no guess stands here.")
                continue
            people.append(guesses)
            if code in first and sum(map(len, guesses.values())) >= TELLING:
                twice.append(place)
            first.setdefault(code, place)
    if twice:
        one = len(twice) == 1
        problems.append(
            f"Line{'' if one else 's'} {listed(map(str, twice), NAMED)}: the same guesses and ranges came before; "
            f"{'this code is' if one else 'these codes are'} counted all the same."
        )
    if left_out and (people or problems):
        problems.append(f"{number(left_out)} {'line has' if left_out == 1 else 'lines have'} no guess code.")
    elif left_out:
        problems.append(f"There is no guess code in this text; one starts with {GUESSES.prefix}.")
    return people, problems


def _read(text: str, following: str) -> tuple[Guesses, share_codes.Found, bool]:
    """The guesses of one code, which may go on in the next line; whether it does."""
    try:
        return *guess_codes.read(text), False
    except CourseError:
        if following.strip():
            with suppress(CourseError):
                return *guess_codes.read(f"{text}\n{following}"), True
        raise


def _later(place: int, numbers: list[int]) -> str:
    asked = len({(number + 1) // 2 for number in numbers})
    questions = "1 question was" if asked == 1 else f"{asked} questions were"
    return f"Line {place}: {questions} left out that a later version of the course asks."


def _typed(lesson: str, text: str) -> Guesses:
    """The guesses of a line that was typed from a sheet, box by box."""
    asked, parts = on_paper(lesson), text.split(";")
    if len(parts) > len(asked):
        raise CourseError(f"{len(parts)} boxes are filled in; the sheet of lesson {lesson} has {len(asked)}")
    found: dict[str, Mapping] = {}
    for row, part in zip(asked, parts, strict=False):
        numbers = [word for word in APART.split(part) if word.strip(" -–—")]
        if not numbers:
            continue
        if len(numbers) not in (1, 3):
            raise CourseError(
                f"box {asked.index(row) + 1} has {len(numbers)} numbers; write the guess, or the guess and both ends"
            )
        try:
            found[row["id"]] = stated(row, numbers[0], numbers[1:] or [None, None])
        except CourseError as error:
            raise CourseError(f"box {asked.index(row) + 1}: {error}") from None
    return found
