"""The letters of a scenario code: which assumptions are changed and where on its grid each stands, as one big number.

The number holds, from its low end: the highest assumption number, how many there are, which ones (their rank among
all sets of that size, the combinatorial number system of Lehmer 1964), and then, in ascending order, the position of
each on its grid. This is within a few bits of the shortest possible. The whole is a multiple of a prime: a wrong
letter, or two letters in each other's place, give a number that is not.

A later version of the course only adds assumptions with higher numbers. So what it knows and this one does not stands
at the high end, where it can be left unread.
"""

import math
import string
from collections.abc import Mapping

from .errors import CourseError

PREFIX = "SC1-"
ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
PRIME = 1_019  # the powers of 64 leave 509 different remainders, so letters up to 508 apart cannot be swapped unnoticed
HIGHEST = 512  # the highest assumption number that this kind of code can hold
LONGEST = 1_000


def pack(changes: Mapping[int, tuple[int, int]]) -> str:
    """Assumption numbers with (grid size, position) as a code.

    >>> pack({})
    'SC1-P7'
    """
    numbers = sorted(changes)
    if numbers and numbers[-1] > HIGHEST:
        raise CourseError(f"scenario codes hold assumptions up to number {HIGHEST}, not {numbers[-1]}")
    total = 0
    for number in reversed(numbers):
        size, position = changes[number]
        total = total * size + position
    top = numbers[-1] if numbers else 0
    if numbers:
        # The highest is known, so the rank is among the sets of all others below it.
        rank = sum(math.comb(number - 1, place) for place, number in enumerate(numbers[:-1], start=1))
        total = total * math.comb(top - 1, len(numbers) - 1) + rank
        total = total * top + len(numbers) - 1
    return PREFIX + _letters((total * (HIGHEST + 1) + top + 1) * PRIME)


def unpack(code: str, sizes: Mapping[int, int]) -> tuple[dict[int, int], list[int]]:
    """Positions by assumption number, and the numbers of a later version whose positions cannot be read.

    ``sizes`` are the grid sizes of the assumptions that this version knows. CourseError says what is wrong with a code
    that was not made by ``pack``.
    """
    code = str(code).strip()
    if not code.startswith(PREFIX):
        raise CourseError(f"a scenario code starts with {PREFIX}; this one starts with {code[:8]!r}")
    letters = code[len(PREFIX) :]
    if len(letters) > LONGEST:
        raise CourseError(f"a scenario code has at most {LONGEST:,} letters; this one has {len(code):,}")
    wrong = sorted(set(letters) - set(ALPHABET))
    if wrong:
        raise CourseError(f"a scenario code has letters, digits, - and _ only, not {' '.join(map(repr, wrong[:5]))}")
    broken = CourseError("this scenario code is incomplete or mistyped: copy it again, from SC1- to its last letter")
    total, rest = divmod(_number(letters), PRIME)
    if rest or not total:
        raise broken
    total, top = divmod(total - 1, HIGHEST + 1)
    numbers: list[int] = []
    if top:
        total, fewer = divmod(total, top)
        total, rank = divmod(total, math.comb(top - 1, fewer))
        numbers.append(top)
        for number in range(top - 1, 0, -1):
            ways = math.comb(number - 1, fewer)
            if fewer and ways <= rank:
                numbers.append(number)
                rank, fewer = rank - ways, fewer - 1
        numbers.reverse()
    later = [number for number in numbers if number not in sizes]
    known = numbers[: len(numbers) - len(later)]
    if numbers[len(known) :] != later:
        raise CourseError(
            f"this scenario code uses assumption number {later[0]}, which this version of the course does not know; "
            "what follows it cannot be read"
        )
    positions = {}
    for number in known:
        total, positions[number] = divmod(total, sizes[number])
    if total and not later:
        raise broken
    return positions, later


def _letters(value: int) -> str:
    letters = []
    while value:
        value, digit = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * len(ALPHABET) + ALPHABET.index(letter)
    return value
