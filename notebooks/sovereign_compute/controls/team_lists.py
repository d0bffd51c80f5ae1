"""Names and scenario codes of teams out of a pasted text, as a chat, a mail or a spreadsheet gives it.

It is text from strangers: names are cut to one line, codes are checked, and a line that cannot be read is answered by
a sentence while all others count.
"""

import re

from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.scenarios import Scenario, printable
from ..inputs.share_codes import PREFIX, START, Found

MOST_TEAMS = 200
LONGEST = 100_000  # characters of all lines together: two hundred links
BETWEEN = " \t\n,;:|=→–—"  # what is written between a name and a code
LEADING = " \t\n,;:|•"
OPENING, CLOSING = "([{<«„“”‘'\"`*_~", ")]}>»“”’'\"`*_~.,;:!?"
WHOLE = re.compile(r"""\((.*)\)|\[(.*)\]|"(.*)"|'(.*)'|[„“](.*)[“”]|(?:\*\*?|__?)(.*?)(?:\*\*?|__?)""")
COURSE = "The course's values"


def read_teams(text: str) -> tuple[dict[str, Scenario], list[str]]:
    """Teams by name from lines with a name and a scenario code, and a sentence for whatever could not be read.

    Name and code may stand in either order, the name on the line before the code or, if none does, on the line after.

    >>> teams, problems = read_teams("Owls: SC1-P7")
    >>> list(teams), problems
    (['Owls'], [])
    """
    if len(text) > LONGEST:
        raise CourseError(f"the list of teams has {len(text):,} characters; {LONGEST:,} are allowed")
    teams: dict[str, Scenario] = {}
    problems: dict[int, list[str]] = {}  # by line
    lines = [(place, line) for place, line in enumerate(text.splitlines(), start=1) if printable(line)]
    waiting: list[tuple[int, str]] = []  # lines without a code since the last code
    while lines:
        place, line = lines.pop(0)
        if not START.search(line):
            waiting.append((place, line))
            continue
        said = problems.setdefault(place, [])
        name = ""
        try:
            scenario, name = _team(line, lines)
        except CourseError as error:
            said.append(f"Line {place}: {error}.")
            scenario, name = None, _name(Found("", {}, [], line[: START.search(line).start()], ""))
        if not name and (others := waiting or lines[: bool(lines) and not START.search(lines[0][1])]):
            # Also where the code cannot be read: its name must not go to the code of another team.
            beside = others[-1]
            (waiting if waiting else lines).remove(beside)
            name = printable(beside[1].strip(BETWEEN))
        if scenario is not None:
            try:
                teams[_free(name, teams)] = scenario
                said += [f"Line {place}, {name}: {why}." for why in scenario.problems.values()]
            except CourseError as error:
                said.append(f"Line {place}: {error}.")
        problems |= map(_without, waiting)
        waiting = []
    problems |= map(_without, waiting)
    return teams, [why for _, said in sorted(problems.items()) for why in said]


def _free(name: str, teams: dict) -> str:
    """The name of a team that can be taken in."""
    if not name:
        raise CourseError("the code stands alone; write the team's name beside it")
    if name.casefold() in {COURSE.casefold(), *map(str.casefold, teams)}:
        raise CourseError(f"the name {name!r} is taken already; give this team another one")
    if len(teams) == MOST_TEAMS:
        raise CourseError(f"{MOST_TEAMS} teams are allowed; {name!r} is one too many")
    return name


def _without(line: tuple[int, str]) -> tuple[int, list[str]]:
    place, text = line
    return place, [f"Line {place}: {printable(text)!r} has no scenario code, which starts with {PREFIX}."]


def _team(line: str, following: list[tuple[int, str]]) -> tuple[Scenario, str]:
    """Scenario and name of a line, the name empty if there is none; takes the next line if the code goes on there."""
    try:
        scenario, found = scenarios.read(line)
    except CourseError as error:
        if not following or START.search(following[0][1]):
            raise
        try:
            scenario, found = scenarios.read(f"{line}\n{following[0][1]}")
        except CourseError:
            raise error from None
        following.pop(0)
    return scenario, _name(found)


def _name(found: Found) -> str:
    """What stands beside a code as the name of its team: without the link, quotes or brackets around the code."""
    before = re.sub(r"\S*[/?&]\S*$", "", found.before).rstrip(OPENING)
    after = re.sub(rf"^(?:[&#]\S*|[{re.escape(CLOSING)}]+(?=\s|$))", "", found.after).lstrip(BETWEEN)
    for side in (before, after):
        name = re.sub(rf"(?:[{BETWEEN}-]|[-=]>)+$", "", side).lstrip(LEADING)
        whole = WHOLE.fullmatch(name)
        if name := printable(next(filter(None, whole.groups()), "") if whole else name):
            return name
    return ""
