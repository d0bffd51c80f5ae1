"""The policy lab: weights of the stakeholders, and a search among portfolios that can be watched and stopped."""

from collections.abc import Iterator

from ..analysis import portfolios
from ..analysis.portfolios import GOALS
from ..display.views.portfolios import HEADS, best, robust, robustness
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.assumptions import ASSUMED, get, in_place
from ..inputs.wording import number
from ..surroundings import RUN_ALL
from .widgets import LongWork, script, sentences

NOTHING = {"best": [], "rows": {}, "sentence": ""}
"""What the lab has found before it has tried anything: the table, the rows of the map, and what they say."""


class Lab(LongWork):
    """Weights of the stakeholders, a search that can be watched and stopped, and what it found: a table and a map.

    The scenario is the learner's own at the start.
    """

    _esm = script("lab.js")
    _chart = sentences()

    def __init__(self):
        weights = [
            {"id": a.id, "label": a.label, "min": a.hard_min, "max": a.hard_max, "step": a.step}
            for a in (get(f"stakeholder_{goal}") for goal in GOALS)
        ]
        self._search = None
        super().__init__(
            _setup={"weights": weights, "columns": HEADS},
            _chart={"spec": robustness()},
            _state={"share": 0.0, "running": False, "text": "Nothing has been tried yet.", **NOTHING, **_weights()},
        )

    def _answer(self, message: dict, buffers) -> dict | None:
        kind = message.get("kind")
        try:
            if kind == "weight":
                scenarios.current[message["id"]] = message["value"]
            elif kind == "start" and self._task is None:
                changes = portfolios.own(scenarios.current)
                return self._begin(
                    self._steps(changes), lambda whole: self._found(changes, whole), text="Trying …", **NOTHING
                )
            elif kind == "stop":
                self._stop()
        except CourseError as error:
            return {**self._state, "text": str(error), "wrong": message.get("id")}
        return {**self._state, **_weights()}

    def _steps(self, changes: dict) -> Iterator[float]:
        with in_place(ASSUMED):
            self._search = portfolios.search(changes)
        yield from self._search.slices()

    def _found(self, changes: dict, whole: bool) -> dict:
        search, self._search = self._search, None
        if search is None or not search.done:
            return {"text": "Stopped before anything was tried."}
        frame = search.table()
        with in_place(ASSUMED):
            portfolios.keep(changes, frame)
        begin = "Tried" if whole else "Stopped after"
        rows, sentence = robust(frame)
        return {
            "share": search.done / len(search.shares),
            "text": f"{begin} {number(len(frame))} portfolios in {number(search.futures)} futures: "
            f"{number(search.cases)} cases.",
            "best": best(frame).shown.to_numpy().tolist(),
            "rows": rows,
            "sentence": sentence,
        }

    def __repr__(self) -> str:
        values = self._state["weights"]
        weights = ", ".join(f"{w['label']} {number(values[w['id']])} %" for w in self._setup["weights"])
        return f"The lab. {weights}. {self._state['text']} {RUN_ALL} to search."


def _weights() -> dict:
    known = (get(f"stakeholder_{goal}") for goal in GOALS)
    return {"weights": {a.id: scenarios.current.get(a.id, a.value) for a in known}, "wrong": None}


def portfolio_lab() -> Lab:
    """Weigh the goals, then try ten thousand portfolios in a thousand futures."""
    return Lab()
