"""The facilitator's dashboard: scenario codes of many teams side by side, and why their results differ.

What is pasted is text from strangers: names are cut to one line, codes are checked, and a line that cannot be read is
answered by a sentence while all others count. Nothing is written to disk; the page offers the table as a CSV file.
"""

import base64
import csv
import io
import math
import re
import sys
from collections.abc import Callable

import pandas as pd

from . import kinds, scenarios
from .charts import WIDTH
from .codes import PREFIX
from .comparison import beside, changes_of, shapley, written
from .coursemap import panels
from .errors import CourseError
from .models.registry import find
from .scenarios import Scenario, printable
from .tables import Table
from .widgets import CourseWidget, script
from .wording import number, quantity, signed, unit_words

MOST_TEAMS = 40
LONGEST = 60_000  # characters of all lines together
CODE = re.compile(rf"(?:^|[\s,;:|]){re.escape(PREFIX)}(\S*)\s*$")
COURSE = "The course's values"
TOLD = 3  # contributions that are told one by one
FORMULA = "=+-@\t"  # a spreadsheet would compute a cell that begins with one of these


def read_teams(text: str) -> tuple[dict[str, Scenario], list[str]]:
    """Teams by name from lines of name and scenario code, and a sentence for whatever could not be read.

    >>> teams, problems = read_teams("Owls: SC1-P7")
    >>> list(teams), problems
    (['Owls'], [])
    """
    if len(text) > LONGEST:
        raise CourseError(f"the list of teams has {len(text):,} characters; {LONGEST:,} are allowed")
    teams: dict[str, Scenario] = {}
    problems = []
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            name, scenario = _team(line)
            if name.casefold() in {COURSE.casefold(), *map(str.casefold, teams)}:
                raise CourseError(f"the name {name!r} is taken already; give this team another one")
            if len(teams) == MOST_TEAMS:
                raise CourseError(f"{MOST_TEAMS} teams are allowed; {name!r} is one too many")
            teams[name] = scenario
            problems += [f"Line {place}, {name}: {said}." for said in scenario.problems.values()]
        except CourseError as error:
            problems.append(f"Line {place}: {error}.")
    return teams, problems


def _team(line: str) -> tuple[str, Scenario]:
    found = CODE.search(line)
    if not found:
        raise CourseError(f"{printable(line)!r} does not end in a scenario code, which starts with {PREFIX}")
    name = printable(line[: found.start()].strip(" \t,;:|"))
    if not name:
        raise CourseError("the code stands alone; write the team's name in front of it")
    return name, scenarios.decode(PREFIX + found[1])


def _why(function: Callable, base: dict, changes: dict) -> tuple[float, list[tuple[str, float]]]:
    """The difference that a scenario makes, and what contributes to it: the largest, then the others together."""
    frame = shapley(function, base, changes)
    parts = list(zip(frame.label, frame.contribution, strict=True))
    if len(parts) > TOLD + 1:
        parts = [*parts[:TOLD], (f"{len(parts) - TOLD} others", sum(value for _, value in parts[TOLD:]))]
    return float(frame.contribution.sum()), parts


class Comparison:
    """All teams on one model against a base: the course's values or one of the teams."""

    def __init__(self, function: Callable, teams: dict[str, Scenario], base: str = COURSE):
        self.function, self.base = function, base if base in teams else COURSE
        self.model, self.output = find(function), find(function).output()
        self.teams = {name: changes_of(function, dict(team.of(find(function).inputs))) for name, team in teams.items()}
        self.frame = beside(function, list(self.teams.values()), list(self.teams))
        main = self.frame[(self.frame.kind == "result") & (self.frame.id == self.output.id)].iloc[0]
        self.course, self.results = float(main.iloc[4]), dict(zip(teams, map(float, main.iloc[5:]), strict=True))
        self.problems = [
            f"{name}: changes that concern other models and do not count here: {len(team) - len(self.teams[name])}."
            for name, team in teams.items()
            if len(team) > len(self.teams[name])
        ]
        self.parts: dict[str, tuple[float, list[tuple[str, float]]]] = {}
        for name, changes in self.teams.items():
            if name == self.base:
                continue
            try:
                self.parts[name] = _why(function, self.teams.get(self.base, {}), changes)
            except CourseError as error:
                self.problems.append(f"{name}: {error}.")

    def why(self) -> Table:
        """By how much each team's result differs from the base, and because of which assumptions."""
        digits = self.output.digits
        rows = [
            (
                name,
                number(self.results[name], digits),
                signed(whole, digits),
                ", ".join(f"{label} {signed(value, digits)}" for label, value in parts) or "nothing differs",
            )
            for name, (whole, parts) in self.parts.items()
        ]
        unit = unit_words(self.output.unit)
        caption = f"Who differs, and why. Compared with: {self.base}"
        columns = ["Team", f"{self.output.label}{f', {unit}' if unit else ''}", "Difference", "Because of"]
        return Table(pd.DataFrame(rows, columns=columns), caption)

    def sentence(self) -> str:
        """Who lies highest and lowest."""
        known = {name: value for name, value in self.results.items() if math.isfinite(value)}
        if not known:
            return f"{self.output.label}: no team has a finite result."
        low, high = min(known, key=known.get), max(known, key=known.get)
        ends = [quantity(known[name], self.output.unit, self.output.digits) for name in (low, high)]
        course = quantity(self.course, self.output.unit, self.output.digits)
        if known[low] == known[high]:
            return f"{self.output.label}: {ends[0]} for every team; the course's values give {course}."
        return (
            f"{self.output.label} goes from {ends[0]} ({low}) to {ends[1]} ({high}); the course's values give {course}."
        )

    def chart(self):
        """One bar per team; a dashed line at the course's values."""
        rows = pd.DataFrame(
            [(name, value) for name, value in self.results.items() if math.isfinite(value)], columns=["team", "result"]
        )
        title, text = self.output.heading, f",.{self.output.digits}f"
        drawn = kinds.bars(rows, category="team", value="result", title=title, text=text)
        if math.isfinite(self.course):
            line = kinds.reference(self.course, "", axis="x")
            drawn = drawn + line
        subtitle = "Dashed line: the course's values."
        return kinds.titled(drawn.properties(width=WIDTH), f"Teams: {self.model.title}", subtitle, self.sentence())

    def csv(self) -> str:
        """Everything as rows of team, kind, id, label, unit, course's value and value."""
        file = io.StringIO()
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["team", "kind", "id", "label", "unit", "course", "value"])
        for place, name in enumerate(self.teams, start=5):
            shown = f"'{name}" if name[0] in FORMULA else name
            for row in self.frame.itertuples(index=False, name=None):
                out.writerow([shown, row[0], row[1], row[2], unit_words(row[3]), row[4], row[place]])
        return file.getvalue()

    def picture(self) -> str:
        """The chart as an SVG file inside an address that a page can show."""
        import vl_convert  # large, and needed here only when there is something to draw

        svg = vl_convert.vegalite_to_svg(vl_spec=self.chart().to_dict(), vl_version="5.8")
        return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


class Dashboard(CourseWidget):
    """A field for the teams' codes, the choice of a model, and below both tables and a chart."""

    _esm = script("teams.js")

    def __init__(self, text: str = ""):
        self._models = panels()
        setup = {"models": list(self._models.items()), "course": COURSE}
        super().__init__(_setup=setup)
        self._state = self._compare(text, "", COURSE)

    def _answer(self, message: dict, buffers) -> dict | None:
        if message.get("kind") != "compare":
            return None
        return self._compare(*(str(message.get(key, "")) for key in ("text", "model", "base")))

    def _compare(self, text: str, model: str, base: str) -> dict:
        state = {"model": model, "base": COURSE, "teams": [], "problems": [], "sentence": "", "tables": []}
        state |= {"picture": "", "csv": "", "text": text}
        self._found = None
        try:
            if model and model not in self._models:
                raise CourseError(f"there is no model {printable(model)!r} with a panel in a lesson")
            teams, state["problems"] = read_teams(text)
            model = state["model"] = model or self._fitting(teams)
            if teams:
                function = getattr(sys.modules[__package__], model)
                self._found = found = Comparison(function, teams, base)
                state |= {"base": found.base, "teams": list(teams), "problems": state["problems"] + found.problems}
                state |= {"sentence": found.sentence(), "picture": found.picture(), "csv": found.csv()}
                state["tables"] = [_sent(written(function, found.frame)), _sent(found.why())]
        except CourseError as error:
            state["problems"] = [*state["problems"], f"{error}."]
        return state

    def _fitting(self, teams: dict[str, Scenario]) -> str:
        """The model that most of the teams' changes concern; of several the one with the fewest assumptions."""
        known = {name: find(getattr(sys.modules[__package__], name)).inputs for name in self._models}
        return max(known, key=lambda name: (sum(len(t.of(known[name])) for t in teams.values()), -len(known[name])))

    def __repr__(self) -> str:
        if self._found is None:
            head = "Teams side by side. Run this cell (Shift+Enter) and paste their codes."
            return "\n".join([head, *self._state["problems"]])
        head = ["Teams side by side. Run this cell (Shift+Enter) to paste other codes.", *self._state["problems"]]
        parts = [self._found.sentence(), written(self._found.function, self._found.frame), self._found.why()]
        return "\n\n".join(["\n".join(head), *map(str, parts)])


def _sent(table: Table) -> dict:
    frame = table.frame
    rows = [[str(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]
    return {"caption": table.caption, "columns": list(frame.columns), "rows": rows}


def dashboard(text: str = "") -> Dashboard:
    """Compare the scenario codes of many teams; ``text`` has lines to begin with, each a name and a code."""
    return Dashboard(text.strip())
