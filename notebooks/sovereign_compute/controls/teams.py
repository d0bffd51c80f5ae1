"""The facilitator's dashboard: scenario codes of many teams side by side, and why their results differ.

Nothing is written to disk; the page offers the table as a file.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd

from ..analysis.comparison import beside, changes_of, shapley
from ..display import drawing, kinds
from ..display.charts import WIDTH, specification
from ..display.tables import Column, Table, written
from ..errors import CourseError
from ..inputs import data
from ..inputs.scenarios import Scenario, printable
from ..inputs.units import unit_words
from ..inputs.wording import d3_format, number, quantity, signed
from ..models.registry import all_models, find
from ..surroundings import RUN_ALL
from .team_lists import COURSE, read_teams
from .widgets import LongWork, script

TOLD = 3  # contributions that are told one by one
MOST_NAMED = 30  # teams that a chart names and that a table has as columns
TOLD_OF_MANY = 5  # teams that a chart of more names
LONGEST_TOLD = 30  # letters of such a name
PADDING = {"left": 5, "top": 5, "bottom": 5, "right": 40}  # the page's letters may be wider than those of the drawing


def panels() -> dict[str, str]:
    """The models that lessons open a panel on: name, and a title with the number of the first lesson that does.

    The data package lists them, as an installed package has no notebooks to read.
    """
    known = all_models()
    return {name: f"{lesson}: {known[name].title}" for name, lesson in data.package()["panels"].items()}


def _why(function: Callable, base: dict, changes: dict) -> tuple[float, list[tuple[str, float]]]:
    """The difference that a scenario makes, and what contributes to it: the largest, then the others together."""
    frame = shapley(function, base, changes)
    parts = list(zip(frame.label, frame.contribution, strict=True))
    if len(parts) > TOLD + 1:
        parts = [*parts[:TOLD], (f"{len(parts) - TOLD} others", sum(value for _, value in parts[TOLD:]))]
    return float(frame.contribution.sum()), parts


class Comparison:
    """All teams on one model against a base: the course's values or one of the teams.

    ``explain`` goes through the teams and finds why each differs; what it has not reached is left out of ``why``.
    """

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

    def explain(self) -> Iterator[float]:
        """Find out why each team differs from the base; gives the share of the teams that is done, after each."""
        for done, (name, changes) in enumerate(self.teams.items(), start=1):
            if name != self.base:
                try:
                    self.parts[name] = _why(self.function, self.teams.get(self.base, {}), changes)
                except CourseError as error:
                    self.problems.append(f"{name}: {error}.")
            yield done / len(self.teams)

    def ranked(self) -> list[str]:
        """The teams from the highest result to the lowest; those without a finite one come last."""
        return sorted(self.results, key=lambda name: (not math.isfinite(self.results[name]), -self.results[name]))

    def beside(self) -> Table:
        """What the teams have changed, and what came of it: a column for each, or a line for each of many."""
        table = written(self.function, self.frame)
        if len(self.teams) <= MOST_NAMED:
            return table
        shown, digits = table.shown.iloc[:, :2], {output.id: output.digits for output in self.model.outputs}
        heads = [f"{label}, {unit}" if unit else label for label, unit in shown.itertuples(index=False)]
        columns = [
            Column(head, partial(number, digits=digits.get(id))) for head, id in zip(heads, self.frame.id, strict=True)
        ]
        lines = [(column.head, *self.frame[column.of[0]]) for column in table.columns[2:]]
        return Table(lines, table.caption, ["Team", *columns])

    def why(self) -> Table:
        """By how much each team's result differs from the base, and because of which assumptions; the highest first."""
        digits = self.output.digits
        rows = [
            (
                name,
                self.results[name],
                self.parts[name][0],
                ", ".join(f"{label} {signed(value, digits)}" for label, value in self.parts[name][1])
                or "nothing differs",
            )
            for name in self.ranked()
            if name in self.parts
        ]
        unit = unit_words(self.output.unit)
        caption = f"Who differs, and why. Compared with: {self.base}"
        columns = ["Team", Column(f"{self.output.label}{f', {unit}' if unit else ''}", digits)]
        columns += [Column("Difference", partial(signed, digits=digits)), "Because of"]
        return Table(rows, caption, columns)

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
        """One bar per team, the highest first; a dashed line at the course's values. Of many teams some are named."""
        finite = [(name, self.results[name]) for name in self.ranked() if math.isfinite(self.results[name])]
        rows = pd.DataFrame(finite, columns=["team", "result"])
        title, digits = self.output.heading, self.output.digits
        subtitle = "Dashed line: the course's values."
        if len(rows) <= MOST_NAMED:
            drawn = kinds.aside(kinds.bars(rows, category="team", value="result", title=title, text=d3_format(digits)))
        else:
            named = {round(place * (len(rows) - 1) / (TOLD_OF_MANY - 1)) for place in range(TOLD_OF_MANY)}
            rows["told"] = [
                f"{name[:LONGEST_TOLD]}: {number(x, digits)}" if n in named else ""
                for n, (name, x) in enumerate(finite)
            ]
            drawn = kinds.ranked(rows, category="team", value="result", told="told", title=title)
            subtitle = f"Each line is one of {len(rows)} teams. {subtitle}"
        if math.isfinite(self.course):
            line = kinds.reference(self.course, "", axis="x")
            drawn = drawn + line
        return kinds.titled(
            drawn.properties(width=WIDTH, padding=PADDING), f"Teams: {self.model.title}", subtitle, self.sentence()
        )

    def rows(self) -> list[list]:
        """Everything, below a head: team, kind, id, label, unit, course's value and value; None if not finite."""
        found = [["team", "kind", "id", "label", "unit", "course", "value"]]
        rows = list(self.frame.itertuples(index=False, name=None))
        for place, name in enumerate(self.teams, start=5):
            for row in rows:
                numbers = (float(x) if math.isfinite(x) else None for x in (row[4], row[place]))
                found.append([name, *row[:3], unit_words(row[3]), *numbers])
        return found

    def picture(self) -> str:
        """The chart as an SVG file inside an address that a page can show."""
        return drawing.address(specification(self.chart()))


class Dashboard(LongWork):
    """A field for the teams' codes, the choice of a model, and below both tables and a chart."""

    _esm = script("teams.js")

    def __init__(self, text: str = ""):
        self._models = panels()
        setup = {"models": list(self._models.items()), "course": COURSE}
        nothing = {"sentence": "", "tables": [], "picture": "", "rows": []}
        super().__init__(_setup=setup, _state={"running": False, "share": 0.0, "text": text, **nothing})
        for _ in self._compare(text, "", COURSE):  # the cell that makes it waits for all of it
            pass
        self._tell(**self._result(True))

    def _answer(self, message: dict, buffers) -> dict | None:
        kind = message.get("kind")
        if kind == "compare" and self._task is None:
            wanted = [str(message.get(key, "")) for key in ("text", "model", "base")]
            return self._begin(self._compare(*wanted), self._result)
        if kind == "stop":
            self._stop()
        return None

    def _compare(self, text: str, model: str, base: str) -> Iterator[float]:
        """Read the list and set the teams side by side; what is returned goes on to find out why they differ."""
        read, found = {"model": model, "base": COURSE, "teams": [], "problems": [], "text": text}, None
        try:
            if model and model not in self._models:
                raise CourseError(f"there is no model {printable(model)!r} with a panel in a lesson")
            teams, read["problems"] = read_teams(text)
            model = read["model"] = self._fitting(teams, model, read["problems"])
            if teams:
                found = Comparison(all_models()[model].function, teams, base)
        except CourseError as error:
            read["problems"].append(f"{error}.")
        self._read, self._found = read, found
        return found.explain() if found else iter(())

    def _result(self, whole: bool) -> dict:
        """What the page shows of the teams that were compared."""
        state, found = {"sentence": "", "tables": [], "picture": "", "rows": [], **self._read}, self._found
        if found:
            state |= {"base": found.base, "teams": list(found.teams)}
            state["problems"] = [*state["problems"], *found.problems]
            state |= {"sentence": found.sentence(), "picture": found.picture(), "rows": found.rows()}
            state["tables"] = [sent(found.beside()), sent(found.why())]
        if not whole:
            state["problems"] = [*state["problems"], "Stopped. The last table has the teams that came before."]
        return state

    def _fitting(self, teams: dict[str, Scenario], chosen: str, said: list[str]) -> str:
        """The chosen model; if none of the teams' changes concerns it, the one that most concern, and a word on it.

        Of several such the one with the fewest assumptions.
        """
        known = {name: all_models()[name].inputs for name in self._models}
        concern = {name: sum(len(team.of(inputs)) for team in teams.values()) for name, inputs in known.items()}
        fitting = max(known, key=lambda name: (concern[name], -len(known[name])))
        if chosen and (concern[chosen] or not concern[fitting]):
            return chosen
        if chosen:
            said.append(
                f"No team has changed anything in “{self._models[chosen]}”, so the teams are compared on "
                f"“{self._models[fitting]}”."
            )
        return fitting

    def __repr__(self) -> str:
        if self._found is None:
            head = f"Teams side by side. {RUN_ALL} and paste their codes."
            return "\n".join([head, *self._state["problems"]])
        head = [f"Teams side by side. {RUN_ALL} to paste other codes.", *self._state["problems"]]
        parts = [self._found.sentence(), self._found.beside(), self._found.why()]
        return "\n\n".join(["\n".join(head), *map(str, parts)])


def sent(table: Table) -> dict:
    """A table as the page draws it: everything is text."""
    shown = table.shown
    rows = [[str(cell) for cell in row] for row in shown.itertuples(index=False, name=None)]
    return {"caption": table.caption, "columns": list(shown.columns), "rows": rows}


def dashboard(text: str = "") -> Dashboard:
    """Compare the scenario codes of many teams; ``text`` has lines to begin with, each a name and a code."""
    return Dashboard(text.strip())
