"""What a panel does with whole scenarios: presets, files and codes, and what it is compared with."""

import weakref

from ..analysis.evaluation import baseline_of, course_values
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.assumptions import ASSUMED, in_place
from ..inputs.own_assumptions import OfClass, listed

CODE_SHOWN = 16  # letters of a code that stand for a scenario without a name
PANELS = weakref.WeakSet()
"""All panels of this notebook session."""


class WholeScenarios:
    """The part of a ``Panel`` that puts one scenario in the place of another; each returns what to say of it."""

    def _open(self, code: str) -> str:
        return f"Assumptions changed by the code: {self._take(scenarios.decode(code))}"

    def _save(self, name: str) -> str:
        path = scenarios.save(name, scenarios.current)
        for panel in list(PANELS):
            panel._look()
        if self._chosen == {"with": "saved", "id": scenarios.printable(name)}:
            self._compare(self._chosen["with"], self._chosen["id"])
        return f"Saved as {scenarios.place(path.name)}."

    def _load(self, name: str) -> str:
        return f"Scenario {name!r} loaded, assumptions changed: {self._take(self._kept(name))}"

    def _kept(self, name: str) -> scenarios.Scenario:
        self._look()
        saved = scenarios.saved()
        if name in saved:
            return saved[name]
        if why := scenarios.unreadable().get(name):
            raise CourseError(f"{name} was left as it is: {why}")
        raise CourseError(f"there is no saved scenario {name!r} any more; its file was moved, renamed or deleted")

    def _take(self, scenario: scenarios.Scenario) -> str:
        """Put a scenario in the place of the present one; how many assumptions it changes, and what was left out."""
        own = {id: a for id, a in scenario.own.items() if id in self._inputs or a.added}
        ASSUMED.update(own)
        for id in own:
            scenarios.current.pop(id, None)  # set under other limits, perhaps
        self._renew()
        self._replace(changes := scenario.of(self._inputs))
        yours = [a for a in own.values() if not isinstance(a, OfClass)]
        brought = f" It brings your own assumptions: {listed(yours)}." if yours else ""
        return f"{len(changes)}.{brought}{_left_out(scenario)}"

    def _replace(self, changes: dict) -> None:
        checked = scenarios.Scenario(changes)
        for id in self._inputs:
            scenarios.current.pop(id, None)
        scenarios.current.update(checked)

    def _compare(self, what: str, id: str) -> str:
        """Compare with the course's values, a preset, a saved scenario or a code. Returns what to say."""
        if what == "course":
            name, scenario = "", scenarios.Scenario()
        elif what == "preset" and id in self._presets:
            name, scenario = self._presets[id]["label"], scenarios.Scenario(self._presets[id]["values"])
        elif what == "saved":
            name, scenario = id, self._kept(id)
        elif what == "code":
            scenario, found = scenarios.read(id)
            id = found.code
            name = id if len(id) <= CODE_SHOWN else f"{id[:CODE_SHOWN]}…"
        else:
            raise CourseError(f"there is no preset {id!r} to compare with; there are {', '.join(self._presets)}")
        changes = scenario.of(self._inputs)
        with in_place(scenario.own):
            self._compared = baseline_of(self._function, name, changes) if name else course_values(self._function)
        self._chosen = {"with": what, "id": id}
        self._draw()
        same = "" if changes or not name else " It changes nothing here, so it gives what the course's values give."
        return f"Compared with {self._compared.words}.{same}{_left_out(scenario)}"

    def _preset(self) -> dict:
        """The preset that is set, or none, and the one that was changed since."""
        changes = scenarios.current.of(self._inputs)
        found = [id for id, values in self._preset_changes.items() if values == changes]
        id = self._from if self._from in found else next(iter(found), "")
        changed = self._from if not id and self._from in self._presets else ""
        return {"id": id, "from": self._presets[changed]["label"] if changed else ""}

    def _look(self) -> None:
        """Read the names of what is saved, from the disk, so never on a move. A damaged file says so when chosen."""
        self._saved = [*scenarios.saved(), *scenarios.unreadable()]


def _left_out(scenario: scenarios.Scenario) -> str:
    """What of a code or file was not taken over, in sentences."""
    return "".join(f" Left out: {why}." for why in scenario.problems.values())
