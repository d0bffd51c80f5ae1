"""Scenarios: the changed assumptions only, as values, as a short text code and as a readable file.

A code is ``SC1-`` and letters: one big number that holds, for each changed assumption, its ``code`` and its position
on the grid of ``data/assumptions.csv``, then a checksum. Decoding reads numbers and nothing else; every value goes
through the same check as one that is typed.
"""

import json
import os
import string
import zlib
from datetime import date
from pathlib import Path

from .assumptions import get, registry
from .errors import CourseError
from .wording import unit_words

PREFIX = "SC1-"
ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
CHECK = 4096  # two letters of checksum
MAX_CHANGES = 255
MY_COURSE = Path(os.environ.get("SOVEREIGN_COMPUTE_FOLDER") or Path(__file__).resolve().parents[1] / "my_course")
"""Where a learner's own scenarios and progress are kept; deleting the folder forgets them."""


class Scenario(dict):
    """Changed assumptions by id. Setting one checks it; setting it to its registry value removes it."""

    def __init__(self, changes: dict | None = None):
        super().__init__()
        for id, value in (changes or {}).items():
            self[id] = value

    def __setitem__(self, id: str, value) -> None:
        assumption = get(id)
        accepted = assumption.accept(value)
        if accepted == assumption.value:
            self.pop(id, None)
        else:
            super().__setitem__(id, accepted)

    def of(self, ids) -> dict[str, float]:
        """The changes that concern these assumptions."""
        return {id: self[id] for id in ids if id in self}

    def code(self) -> str:
        """The scenario as text, short enough for a chat message or a link."""
        return encode(self)

    def to_json(self, name: str = "") -> str:
        """The scenario as a file a person can read: value, unit, registry value and source of every change."""
        changes = {
            id: {
                "label": get(id).label,
                "value": value,
                "unit": unit_words(get(id).unit),
                "course_value": get(id).value,
                "course_source": get(id).source,
            }
            for id, value in self.items()
        }
        head = {"name": name, "code": self.code(), "saved": date.today().isoformat()}
        return json.dumps({**head, "changes": changes}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Scenario":
        """A scenario from such a file; what is wrong is said by field, and nothing in it is executed."""
        try:
            changes = json.loads(text)["changes"]
            values = {id: entry["value"] for id, entry in changes.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CourseError("this is not a scenario file: 'changes' with a 'value' each is expected") from None
        return cls(values)


current = Scenario()
"""The learner's own scenario in this notebook session, shared by its panels and exercises."""


def encode(changes: dict[str, float]) -> str:
    """Changed values as a code. The empty scenario is the shortest one."""
    ordered = sorted((get(id) for id in changes), key=lambda assumption: assumption.code)
    before = [0, *(assumption.code for assumption in ordered)]
    total = 1  # a leading one keeps leading zeros
    # What is written last is read first: so the last assumption goes in first, and the count at the end.
    for assumption, previous in reversed(list(zip(ordered, before[:-1], strict=True))):
        total = total * assumption.positions + assumption.position(changes[assumption.id])
        total = _push_gap(total, assumption.code - previous)
    body = _letters(total * (MAX_CHANGES + 1) + len(ordered))
    return PREFIX + body + _checksum(body)


def decode(code: str) -> Scenario:
    """The scenario behind a code; CourseError says what is wrong with one that cannot be read."""
    code = str(code).strip()
    if not code.startswith(PREFIX):
        raise CourseError(f"a scenario code starts with {PREFIX}; this one starts with {code[:8]!r}")
    body, check = code[len(PREFIX) : -2], code[-2:]
    wrong = sorted(set(body + check) - set(ALPHABET))
    if wrong:
        raise CourseError(f"a scenario code has letters, digits, - and _ only, not {' '.join(wrong)}")
    if not 1 <= len(body) <= 1000 or _checksum(body) != check:
        raise CourseError("this scenario code is incomplete or mistyped: copy it again, from SC1- to its last letter")
    by_code = {assumption.code: assumption for assumption in registry().values()}
    total, count = divmod(_number(body), MAX_CHANGES + 1)
    scenario, number_of = Scenario(), 0
    for _ in range(count):
        total, gap = _pop_gap(total)
        number_of += gap
        if number_of not in by_code:
            raise CourseError(
                f"this scenario code uses assumption number {number_of}, which this version of the course does not know"
            )
        assumption = by_code[number_of]
        total, position = divmod(total, assumption.positions)
        scenario[assumption.id] = assumption.at(position)
    return scenario


# A gap to the next assumption number: 1 or 2 is one digit of base 3; more takes digits of base 8, of which 7 says
# "seven and go on". Neighbouring numbers, the usual case, cost 1.6 bits each.
def _push_gap(total: int, gap: int) -> int:
    if gap <= 2:
        return total * 3 + gap - 1
    more, last = divmod(gap - 3, 7)
    total = total * 8 + last
    for _ in range(more):
        total = total * 8 + 7
    return total * 3 + 2


def _pop_gap(total: int) -> tuple[int, int]:
    total, digit = divmod(total, 3)
    if digit < 2:
        return total, digit + 1
    gap = 3
    while True:
        total, digit = divmod(total, 8)
        gap += digit
        if digit < 7 or total == 0:
            return total, gap


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


def _checksum(body: str) -> str:
    return _letters(CHECK + zlib.crc32(body.encode()) % CHECK)[-2:]


def saved() -> dict[str, Scenario]:
    """The learner's saved scenarios by name, in the order of saving; files that cannot be read are left out."""
    found = {}
    for path in sorted(MY_COURSE.glob("scenario-*.json"), key=lambda p: p.stat().st_mtime):
        try:
            text = path.read_text(encoding="utf-8")
            found[json.loads(text)["name"]] = Scenario.from_json(text)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def save(name: str, scenario: Scenario) -> Path:
    """Write a scenario to the learner's folder under a name; an older one of the same name is replaced."""
    name = " ".join(str(name).split())[:60]
    slug = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
    if not slug:
        raise CourseError("a scenario needs a name with at least one letter or digit")
    MY_COURSE.mkdir(parents=True, exist_ok=True)
    path = MY_COURSE / f"scenario-{slug}.json"
    path.write_text(scenario.to_json(name), encoding="utf-8")
    return path
