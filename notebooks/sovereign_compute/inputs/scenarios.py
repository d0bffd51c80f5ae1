"""Scenarios: the changed assumptions only, as values, as a short text code and as a readable file.

Changed means: other than the course's value, also where a class starts from values of its own. So a code or a file has
the same numbers in every class.

Whatever comes from elsewhere, a code, a file or a link, is read as numbers and nothing else; every value goes through
the same check as one that is typed. What could not be taken over is said by field in ``Scenario.problems``.

A file also has what the learner assumed on their own, with range, unit, source and reason; a code has values of the
course's assumptions only.
"""

import json
import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..errors import CourseError
from . import data, files, own_assumptions, profile, share_codes, start
from .assumptions import ARGUMENTS, ASSUMED, Assumption, course_row, registry
from .own_assumptions import OfClass, listed
from .units import unit_words
from .wording import one_line

MY_COURSE = Path(os.environ.get("SOVEREIGN_COMPUTE_FOLDER") or data.NOTEBOOKS / "my_course")
"""Where a learner's own scenarios and progress are kept; deleting the folder forgets them."""


def place(file: str) -> str:
    """Where a file of the learner lies, in words: from the folder of the notebooks on."""
    return f"{data.NOTEBOOKS.name}/{MY_COURSE.name}/{file}"


LARGEST_ENTRY = 2_000  # characters of what is kept of an assumption that this version does not know
NOT_HERE = "this version of the course has no such assumption"


class Scenario(dict):
    """Changed assumptions by id. Setting one checks it; setting it to its registry value removes it.

    ``problems`` says by id what of a code or file was not taken over; ``unknown`` keeps entries of a file that only
    another version of the course knows, so that saving writes them back. ``own`` are the learner's own assumptions by
    id.

    >>> Scenario({"utilisation": "60", "lifetime": 6})
    {'utilisation': 60.0}
    """

    def __init__(self, changes: dict | None = None):
        super().__init__()
        self.problems: dict[str, str] = {}
        self.unknown: dict[str, dict] = {}
        self.own: dict[str, own_assumptions.Own] = {}
        self.update(changes or {})

    def _known(self, id: str) -> Assumption:
        """What an id stands for here; the course's assumption where it has one."""
        return course_row(id) if id in registry() or id not in self.own else self.own[id]

    def __setitem__(self, id: str, value) -> None:
        assumption = self._known(id)
        accepted = assumption.accept(value)
        if accepted == assumption.value:
            self.pop(id, None)
        else:
            super().__setitem__(id, accepted)

    def update(self, changes: dict) -> None:
        """Set several, or none if one of them is refused."""
        accepted = {id: self._known(id).accept(value) for id, value in changes.items()}
        for id, value in accepted.items():
            self[id] = value

    def copy(self) -> "Scenario":
        """Another scenario with the same changes, own assumptions, problems and unknown entries."""
        other = Scenario()
        dict.update(other, self)
        other.problems, other.unknown, other.own = dict(self.problems), dict(self.unknown), dict(self.own)
        return other

    def restart(self, ids) -> None:
        """Put these assumptions back to what the learner starts from: see ``start_values``."""
        values = start.start_values()
        for id in ids:
            self[id] = values.get(id, self._known(id).value)

    def of(self, ids) -> dict[str, float]:
        """The changes that concern these assumptions."""
        return {id: self[id] for id in ids if id in self}

    def filled(self, ids) -> dict[str, float]:
        """All values of these assumptions: what is changed, and the course's for the rest."""
        return {id: self.get(id, self._known(id).value) for id in ids}

    def code(self) -> str:
        """The scenario as text, short enough for a chat message or a link; see ``left_out_of_code``."""
        return encode(self.of(registry()))

    def to_json(self, name: str = "") -> str:
        """The scenario as a file a person can read: value, unit, registry value and source of every change."""
        head = {"name": name, "code": self.code(), "saved": date.today().isoformat()}
        head["registry"] = data.package()["version"]
        changes = {id: _entry(self._known(id), value) for id, value in self.items()}
        own = {"own": {id: own_assumptions.entry(a) for id, a in self.own.items()}} if self.own else {}
        return json.dumps({**head, "changes": {**changes, **self.unknown}, **own}, indent=2, ensure_ascii=False) + "\n"

    def left_out_of_code(self) -> str:
        """What the scenario holds and its code does not, as a sentence; empty if that is nothing."""
        own = [a for a in self.own.values() if not isinstance(a, OfClass)]
        added, ranges = [a for a in own if a.added], [a for a in own if not a.added]
        parts = [f"your range and source of {listed(ranges)}"] if ranges else []
        parts += [f"{listed(added)}, which you added"] if added else []
        arguments = [ARGUMENTS[id] for id in self if id in ARGUMENTS]
        parts += [f"{listed(arguments)} of your function"] if arguments else []
        return f"The code does not hold {', nor '.join(parts)}. The file of a saved scenario does." if parts else ""

    @classmethod
    def from_json(cls, text: str) -> "Scenario":
        """A scenario from such a file; what is wrong with single fields is in ``problems``.

        CourseError if it is no such file at all.
        """
        scenario = cls()
        changes, own = _parts_of(text)
        for take, entries in ((scenario._take_own, own), (scenario._take, changes)):
            for id, entry in entries.items():
                try:
                    take(id, entry)
                except CourseError as error:
                    scenario.problems[printable(id)] = str(error)
        return scenario

    def _take_own(self, id: str, entry) -> None:
        of_class = profile.current().assumptions.get(id)
        same = of_class is not None and own_assumptions.entry(of_class) == entry
        self.own[id] = of_class if same else own_assumptions.taken(id, entry, {**ASSUMED, **self.own})

    def _take(self, id: str, entry) -> None:
        shown = printable(id)
        if not isinstance(entry, dict) or "value" not in entry:
            raise CourseError(f"{shown}: the file has no value for it")
        if id not in registry() and id not in self.own and id not in ARGUMENTS:
            # Only words and numbers are kept: nothing that is nested deeper than it can be written again.
            kept = {key: x for key, x in entry.items() if isinstance(x, (str, int, float))}
            sound = "value" in kept and len(json.dumps({id: kept})) <= LARGEST_ENTRY
            if sound:
                self.unknown[id] = kept
            what = "its entry is kept" if sound else "its entry is not kept: too long, or without a plain value"
            whose = "no function here has this argument" if "." in id else NOT_HERE
            raise CourseError(f"{shown}: {whose}; {what}")
        known = self._known(id)
        unit = unit_words(known.unit)
        if entry.get("unit", unit) != unit:
            found = printable(entry["unit"])
            raise CourseError(
                f"{known.label}: the file has it in {found or 'no unit'}, the course in {unit or 'no unit'}"
            )
        self[id] = entry["value"]


def printable(text) -> str:
    """A text from elsewhere as it may be shown and stored: one line of at most 60 letters."""
    return one_line(str(text)[:1_000])[:60]


def _entry(assumption: Assumption, value: float) -> dict:
    """One change as it is written to a file."""
    entry = {"label": assumption.label, "value": value, "unit": unit_words(assumption.unit)}
    if assumption.choices:
        entry["meaning"] = assumption.told(value)
    if assumption.id not in registry():
        return entry
    return {**entry, "course_value": assumption.value, "course_source": data.cited(assumption.source)}


def _parts_of(text: str) -> tuple[dict, dict]:
    """The changes that a scenario file lists, and the own assumptions, not yet checked."""
    if len(text) > (most := files.LARGEST_FILE):
        raise CourseError(f"this is not a scenario file: it has {len(text):,} characters, more than {most:,}")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise CourseError(f"this scenario file is damaged in line {error.lineno}, column {error.colno}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        raise CourseError("this is not a scenario file: it holds what no scenario holds") from None
    changes = content.get("changes") if isinstance(content, dict) else None
    if not isinstance(changes, dict):
        raise CourseError("this is not a scenario file: 'changes' with a 'value' each is expected")
    own = content.get("own")
    own = own if isinstance(own, dict) else {}
    if len(own) > own_assumptions.MOST:
        raise CourseError(f"this is not a scenario file: it has {len(own):,} own assumptions, more than can be")
    return changes, own


current = Scenario(start.start_values())
"""The learner's own scenario in this notebook session, shared by its panels and exercises."""
current.own = ASSUMED


def begin(file: Path | None = None) -> None:
    """Begin anew, from the profile of a class or from the course's values; what was assumed and set is forgotten."""
    profile.choose(file)
    start.begin()
    current.clear()
    current.update(start.start_values())


def encode(changes: dict[str, float]) -> str:
    """Changed values of the course's assumptions as a code. The empty scenario is the shortest one.

    >>> decode(encode({"utilisation": 60}))
    {'utilisation': 60.0}
    """
    known = [a for a in map(course_row, changes) if a.id in registry()]
    return share_codes.pack(dict(_place(a, a.position(a.accept(changes[a.id]))) for a in known))


def _place(assumption: Assumption, position: int) -> tuple[int, tuple[int, int]]:
    """Where a position of an assumption stands in a code: its number, and (grid size, position) there."""
    for number, (continues, first, size) in share_codes.CONTINUED.items():
        if continues == assumption.code:
            return (continues, (first, position)) if position < first else (number, (size, position - first))
    return assumption.code, (assumption.positions, position)


def _grids() -> dict[int, tuple[Assumption, int, int]]:
    """What stands under each number of a code: the assumption, the first of its positions, and how many follow."""
    grids = {a.code: (a, 0, a.positions) for a in registry().values()}
    for number, (continues, first, size) in share_codes.CONTINUED.items():
        if continues in grids:
            assumption = grids[continues][0]
            grids |= {continues: (assumption, 0, first), number: (assumption, first, size)}
    return grids


def read(text: str) -> tuple[Scenario, share_codes.Found]:
    """The scenario whose code stands in a text, and how it was found; CourseError says what is wrong with the text.

    What a later version of the course has added is left out and named in ``problems``.
    """
    grids = _grids()
    found = share_codes.find(text, {number: size for number, (_, _, size) in grids.items()})
    scenario = Scenario()
    for number, position in found.positions.items():
        assumption, first, _ = grids[number]
        if first + position < assumption.positions:
            scenario[assumption.id] = assumption.at(first + position)
        else:
            scenario.problems[assumption.id] = (
                f"{assumption.label}: the code has a word that a later version of the course added; it was left out"
            )
    for number in found.later:
        scenario.problems[f"number {number}"] = (
            f"assumption number {number} comes from a later version of the course and was left out"
        )
    return scenario, found


def decode(code: str) -> Scenario:
    """The scenario behind a code; see ``read``."""
    return read(code)[0]


# Files ----------------------------------------------------------------------------------------------------------------


def named(text: str, file: str) -> tuple[str, Scenario]:
    """Name and scenario of such a file's text; without a name in it that of the file. CourseError if it holds none."""
    scenario = Scenario.from_json(text)
    return printable(json.loads(text).get("name") or "") or Path(file).stem.removeprefix("scenario-"), scenario


@lru_cache(maxsize=1_000)
def _read(path: Path, changed: int, size: int) -> tuple[str, Scenario] | str:
    """Name and scenario of a file, or what is wrong with it; ``changed`` and ``size`` tell its states apart."""
    try:
        return named(files.read(path), path.name)
    except CourseError as error:
        return str(error)
    except (OSError, UnicodeDecodeError):
        return "this file cannot be read"


def read_again() -> None:
    """Forget what files held: there are assumptions now that were not known when they were read."""
    _read.cache_clear()


def _files() -> list[tuple[Path, tuple[str, Scenario] | str]]:
    found = []
    for path in MY_COURSE.glob("scenario-*.json"):
        try:
            state = path.stat()
        except OSError:  # deleted a moment ago
            continue
        found.append((state.st_mtime_ns, path.name, path, state.st_size))
    return [(path, _read(path, changed, size)) for changed, _, path, size in sorted(found)]


def saved() -> dict[str, Scenario]:
    """The learner's saved scenarios by name, in the order of saving; ``unreadable`` names files that hold none."""
    return {found[0]: found[1].copy() for _, found in _files() if not isinstance(found, str)}


def unreadable() -> dict[str, str]:
    """Files in the learner's folder that should hold a scenario and do not: file name to what is wrong."""
    return {path.name: found for path, found in _files() if isinstance(found, str)}


def save(name: str, scenario: Scenario) -> Path:
    """Write a scenario to the learner's folder under a name; an older one of the same name is replaced.

    The file appears whole or not at all. CourseError if the folder cannot be written to.
    """
    name = printable(name)
    slug = "".join(c if c.isalnum() else "-" for c in name.lower())[:40].strip("-")
    if not slug:
        raise CourseError("a scenario needs a name with at least one letter or digit")
    held = {path.name: found[0] for path, found in _files() if not isinstance(found, str)}
    file, again = f"scenario-{slug}.json", 1
    while held.get(file, name) != name:  # another name of the same letters
        again += 1
        file = f"scenario-{slug}-{again}.json"
    path = MY_COURSE / file
    try:
        files.write(path, scenario.to_json(name))
    except CourseError as error:
        raise CourseError(f"{error}. Note down its code instead: {scenario.code()}") from None
    return path
