"""The letters of a code: which assumptions are changed and where on its grid each stands, as one big number.

So are the guesses of a learner, each at its place among the numbers that its question takes: see ``guess_codes``. What
is said here of assumptions holds for questions there; ``Kind`` is all in which the two codes differ.

The number holds, from its low end: the highest assumption number, how many there are, which ones (their rank among
all sets of that size, the combinatorial number system of Lehmer 1964), and then, in ascending order, the position of
each on its grid. This is within a few bits of the shortest possible. The whole is a multiple of a prime: a wrong
letter, or two letters in each other's place, give a number that is not.

A later version of the course only adds assumptions with higher numbers. So what it knows and this one does not stands
at the high end, where it can be left unread. A choice whose words grow with a table keeps the places that it had when
codes were first given out; its later words stand under a second number, see ``CONTINUED``.

A code is pasted out of chats, mails and links, with whatever these put around and into it. ``find`` undoes that; where
it can be undone in several ways, the check number decides.
"""

import itertools
import math
import re
import string
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from ..errors import CourseError


class Kind(NamedTuple):
    """A kind of code: how it begins, what it and what it numbers is called, and the prime that it is a multiple of."""

    prefix: str
    name: str
    numbers: str
    prime: int

    @property
    def start(self) -> re.Pattern:
        """Where such a code begins in a text."""
        return re.compile(rf"(?i:{self.prefix[:-1]})(?=[{JOINTS}])")


ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
HIGHEST = 512  # the highest assumption number that this kind of code can hold
CONTINUED = {261: (232, 15, 64)}
"""A number that no assumption has: the one that it continues, from which position on, and for how many: the choice of a
TOP500 list had fifteen when codes were first given out, and gets two a year."""
LONGEST = 1_000
LONGEST_TEXT = 10_000  # characters in which a code is looked for
MOST_STARTS = 20

HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63"), "-")
DASHES = "\u2013\u2014"  # an editor writes each for one hyphen or for two
JOINTS = "".join(map(re.escape, ["-", *map(chr, HYPHENS), *DASHES]))

SCENARIO = Kind("SC1-", "scenario code", "assumption", 1_019)
"""Of its prime the powers of 64 leave 509 different remainders: letters up to 508 apart cannot be swapped unnoticed."""
PREFIX, START = SCENARIO.prefix, SCENARIO.start
RUN = re.compile(rf"[{JOINTS}][A-Za-z0-9_{JOINTS}\s]*")
INSIDE = re.compile(r"\w([^\w\s&#])[A-Za-z0-9]")  # a sign between letters, where no link goes on
WORD = re.compile("[A-Za-z][a-z]*")  # what a sentence goes on with; few pieces of a code look like it
COMPOSED = re.compile("[\ufb00-\ufb06\uff01-\uff5e]")  # ligatures of a PDF, wide letters of East Asian keyboards


class Broken(CourseError):
    """The check number does not hold."""


class Found(NamedTuple):
    """A code in a text: as it was given out, what it holds (see ``unpack``), and the text on both sides of it."""

    code: str
    positions: dict[int, int]
    later: list[int]
    before: str
    after: str


def pack(changes: Mapping[int, tuple[int, int]], kind: Kind = SCENARIO) -> str:
    """Assumption numbers with (grid size, position) as a code.

    >>> pack({})
    'SC1-P7'
    """
    numbers = sorted(changes)
    if numbers and numbers[-1] > HIGHEST:
        raise CourseError(f"{kind.name}s hold {kind.numbers}s up to number {HIGHEST}, not {numbers[-1]}")
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
    return kind.prefix + _letters((total * (HIGHEST + 1) + top + 1) * kind.prime)


def unpack(code: str, sizes: Mapping[int, int], kind: Kind = SCENARIO) -> tuple[dict[int, int], list[int]]:
    """Positions by assumption number, and the numbers of a later version whose positions cannot be read.

    ``sizes`` are the grid sizes of the assumptions that this version knows. CourseError says what is wrong with a code
    that was not made by ``pack``.
    """
    if not code.startswith(kind.prefix):
        raise CourseError(f"a {kind.name} starts with {kind.prefix}; this one starts with {code[:8]!r}")
    letters = code[len(kind.prefix) :]
    if len(letters) > LONGEST:
        raise CourseError(f"a {kind.name} has at most {LONGEST:,} letters; this one has {len(code):,}")
    wrong = sorted(set(letters) - set(ALPHABET))
    if wrong:
        raise CourseError(f"a {kind.name} has letters, digits, - and _ only, not {' '.join(map(repr, wrong[:5]))}")
    broken = Broken(f"this {kind.name} is incomplete or mistyped: copy it again, from {kind.prefix} to its last letter")
    total, rest = divmod(_number(letters), kind.prime)
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
            f"this {kind.name} uses {kind.numbers} number {later[0]}, which this version of the course does not know; "
            "what follows it cannot be read"
        )
    positions = {}
    for number in known:
        total, positions[number] = divmod(total, sizes[number])
    if total and not later:
        raise broken
    return positions, later


def find(text: str, sizes: Mapping[int, int], kind: Kind = SCENARIO) -> Found:
    """The one code in a text, whatever stands around it and was done to it on the way.

    Quotes, brackets, punctuation, a sentence or a link may be around it, invisible characters and line breaks in it; a
    dash may stand for one hyphen or two. Only its first three letters may be in small letters. Of the ways to read it
    one has to hold its check number. CourseError if none does, or two that differ.

    >>> find("Owls: (sc1\u2013P7).", {})[:3]
    ('SC1-P7', {}, [])
    """
    text = str(text)
    if len(text) > LONGEST_TEXT:
        raise CourseError(f"a text with a {kind.name} has at most {LONGEST_TEXT:,} letters; this one has {len(text):,}")
    text = _visible(text)
    starts = list(itertools.islice(kind.start.finditer(text), MOST_STARTS + 1))
    if not starts:
        raise CourseError(f"a {kind.name} starts with {kind.prefix}; this text has none: {text.strip()[:8]!r}")
    if len(starts) > MOST_STARTS:
        raise CourseError(f"this text has more than {MOST_STARTS} {kind.name}s: paste one alone")
    held: dict[str, Found | CourseError] = {}
    broken: dict[str, Broken] = {}
    for start in starts:
        run, before = RUN.match(text, start.end()), text[: start.start()]
        for letters, length in _readings(run[0], len(before) - len(before.rstrip("_"))):
            code = f"{kind.prefix}{letters.lstrip(ALPHABET[0])}"
            if code in held or code in broken:
                continue
            try:
                held[code] = Found(code, *unpack(code, sizes, kind), before, text[run.start() + length :])
            except Broken as error:
                broken[code] = error
            except CourseError as error:
                held[code] = error
    if len(held) > 1:
        raise CourseError(f"this text holds two {kind.name}s, or one that can be read in two ways: paste one alone")
    for found in held.values():
        if isinstance(found, CourseError):
            raise found
        return found
    if inside := INSIDE.match(text, run.end() - 1):
        raise CourseError(f"a {kind.name} has letters, digits, - and _ only, not {inside[1]!r}")
    raise next(iter(broken.values()))


def _visible(text: str) -> str:
    """A text without what nobody sees, without the escapes of links and of Markdown."""
    text = COMPOSED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unquote(text))
    seen = (
        c for c in text if c.isspace() or not (unicodedata.category(c) in ("Cc", "Cf") or "\ufe00" <= c <= "\ufe0f")
    )
    return re.sub(r"\\(?=[-_])", "", "".join(seen))


def _readings(run: str, around: int) -> Iterator[tuple[str, int]]:
    """The letters that a run from the hyphen of its prefix on can stand for, each with how much of the run it takes.

    ``around`` is how many underscores stand in front, which Markdown has behind the code, too.
    """
    pieces = list(re.finditer(r"\S+", run.translate(HYPHENS)))
    # A dash with blanks on both sides is one of a sentence.
    lone = [place for place, piece in enumerate(pieces[:-1]) if place and not piece[0].strip("-" + DASHES)]
    pieces = pieces[: lone[0]] if lone else pieces
    first = 2 if not pieces[0][0].strip("-" + DASHES) else 1  # a break right behind the prefix
    # Behind a blank comes the rest of a broken code, or of a sentence: to its next word, or all of it.
    word = next((place for place, piece in enumerate(pieces) if place >= first and WORD.fullmatch(piece[0])), None)
    for count in {first, word or len(pieces), len(pieces)}:
        whole = "".join(piece[0] for piece in pieces[:count])
        for en, em in itertools.product(("-", "--"), repeat=2):
            letters = whole.replace(DASHES[0], en).replace(DASHES[1], em)[1:]
            for shown in {letters, letters.removesuffix("_" * around)}:
                yield shown, pieces[min(count, len(pieces)) - 1].end()


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
