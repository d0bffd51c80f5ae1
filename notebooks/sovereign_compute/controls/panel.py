"""The live panel: every assumption of a model as a labelled control, one chart, the result as a sentence.

One widget per model. It shows the picture of the lesson, all results or one of them, beside the course's values or
another scenario. A move sends one small message up; the kernel computes and sends rows down; the chart keeps its view
and gets new data only. A page that is far away shows the move before that: ``optimistic``. The panel composes itself
from the model's signature, so a notebook holds no widget code.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from time import perf_counter

import traitlets

from ..analysis.evaluation import course_values, evaluation_of
from ..analysis.leading import leading
from ..analysis.settings import complete, inputs
from ..display.charts import blueprint, must_tell, named, view_of, views_of
from ..display.guesses import guessed, with_guesses
from ..display.tables import at_start
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.assumptions import ASSUMED, in_place, registry
from ..inputs.own_assumptions import OfClass, Own
from ..inputs.presets import presets
from ..inputs.start import start_words
from ..inputs.wording import number
from ..models.own import look_again, newest
from ..models.registry import find
from ..surroundings import RUN_ALL
from .headline import guesses, headline
from .moves import Move
from .optimistic import Optimistic
from .panel_rows import control, shared
from .progress import LISTENERS
from .whole_scenarios import PANELS, WholeScenarios
from .widgets import FOLLOWERS, CourseWidget, script, sentences

OFFERED = "The course's values are a preset."
COURSE = {"label": "The course's values", "note": "As the text of the lessons has them.", "values": {}}
"""A preset where the learner or a class starts from other values."""
OPENED: set[tuple[str, str]] = set()
"""Codes from the page's address that were opened, each with the model it was opened for."""


class Panel(WholeScenarios, Optimistic, CourseWidget):
    """The panel of one model.

    ``values`` maps every assumption of the model to its value in the scenario. It can be read, observed and set from
    Python or by other widgets; a refused value raises CourseError and leaves everything as it was. All panels of a
    notebook show the one scenario of its learner.
    """

    _esm = script("panel.js")
    _fault = "This setting cannot be shown. That is a fault of the course, not yours. The last one stays."
    _undone = ("_band", "_shown", "_compared", "_chosen", "_from", "_view", "_chart")
    _saved = traitlets.List().tag(sync=True)
    _chart = sentences()
    values = traitlets.Dict()

    def __init__(self, function: Callable, band: bool = True, moves: Sequence[Move] = ()):
        look_again(function)
        for move in moves:
            if move.preset and move.preset not in presets(find(function).name):
                raise CourseError(f"the move {move.title!r} starts from a preset {move.preset!r}, which is not there")
        self._first_band, self._moves = band, tuple(moves)
        self._following = self._stale = False
        self._use(function)
        self._start()
        self._begin()
        super().__init__()
        self._setup = self._describe()
        self._draw()
        self._look()
        self._update()
        PANELS.add(self)
        LISTENERS.add(self)

    def _use(self, function: Callable) -> None:
        """Show a function, which may be the one that a learner has written in the place of the one before."""
        self._model, self._views = find(function), views_of(function)
        self._function, self._results = function, [output.id for output in self._model.outputs]
        view = view_of(function, next(iter(self._views)))
        self._shares, self._leads = view.shares, view.leads
        self._guesses = guesses(self._model)

    def _start(self) -> None:
        """What the panel starts from: the course's assumptions, or the class's or the learner's own in their place."""
        self._own = self._own_now()
        self._inputs = {id: at_start(a) for id, a in inputs(self._function).items()}
        self._starts = start_words(self._inputs)
        self._moved = any(id in registry() for id in self._own)
        self._of_class = any(isinstance(a, OfClass) for a in self._own.values())
        self._starts += f" {OFFERED}" if self._moved else ""
        self._starts = " ".join(filter(None, [self._starts, *self._model.notes]))
        ready = {} if self._model.own else presets(self._model.name)
        self._presets = {**({"course": COURSE} if self._moved else {}), **ready}
        self._preset_changes = {
            id: scenarios.Scenario(preset["values"]).of(self._inputs) for id, preset in self._presets.items()
        }

    def _own_now(self) -> dict[str, Own]:
        return {id: ASSUMED[id] for id in self._model.inputs if id in ASSUMED}

    @property
    def _behind(self) -> bool:
        """Whether it shows another function, or other assumptions, than the learner has now."""
        return self._model.is_old() or self._own != self._own_now()

    def _renew(self) -> None:
        """Start from what the learner has assumed since, with the function as it is written now."""
        self._stale = False  # told again of the next change, whatever comes of this one
        if not self._behind:
            return
        if self._model.is_old():
            self._use(newest(self._function))
            shown, on = self._shown, self._band
            self._begin()
            self._shown, self._band = shown if shown in self._views else self._shown, on
        self._start()
        self._setup = self._describe()
        if self._chosen["with"] == "course":
            self._compared = course_values(self._function)
        self._draw()

    def _begin(self) -> None:
        """How a panel opens: which picture it shows, beside what, with or without the band."""
        self._shown, self._band = next(iter(self._views)), self._first_band
        self._compared, self._chosen = course_values(self._function), {"with": "course", "id": ""}
        self._from = ""  # the preset that was chosen last

    # From the browser ---------------------------------------------------------------------------------------------

    def _answer(self, message: dict, buffers) -> dict:
        start, errors, notice, before = perf_counter(), {}, "", dict(scenarios.current)
        self._renew()
        try:
            notice = self._act(message, errors)
        except CourseError as error:
            errors["panel"] = str(error)
        state = self._computed(errors, notice)
        if message.get("kind") == "seen" and not errors:
            state["seen"] = {"move": message["move"], "text": self._moves[message["move"]].seen()}
        if scenarios.current != before:
            tell_panels(self)
        return {**state, "took": 1000 * (perf_counter() - start)}

    def _act(self, message: dict, errors: dict) -> str:
        """Carry out one wish of the learner; refused values go to ``errors`` by assumption. Returns what to say."""
        scenario, kind = scenarios.current, message.get("kind")
        if kind == "set":
            for id, value in message["values"].items():
                try:
                    scenario[id] = value
                except CourseError as error:
                    errors[id] = str(error)
        elif kind == "reset":
            scenario.restart([message["id"]] if message.get("id") else self._inputs)
            if not message.get("id"):
                self._begin()
                self._draw()
        elif kind == "preset":
            if message["id"] not in self._presets:
                raise CourseError(f"there is no preset {message['id']!r}; there are {', '.join(self._presets)}")
            self._replace(self._presets[message["id"]]["values"])
            self._from = message["id"]
            return self._presets[message["id"]]["note"]
        elif kind == "code":
            return self._open(message["text"])
        elif kind == "save":
            return self._save(message["name"])
        elif kind == "load":
            return self._load(message["name"])
        elif kind == "band":
            self._band = bool(message["on"])
        elif kind == "look":
            self._look()
        elif kind == "seen" and message["move"] not in range(len(self._moves)):
            raise CourseError(f"there is no move {message['move']!r} to tell of; there are {len(self._moves)}")
        elif kind == "compare":
            return self._compare(message["with"], message["id"])
        elif kind == "view":
            if message["id"] not in self._views:
                raise CourseError(f"there is no view {message['id']!r}; there are {', '.join(self._views)}")
            self._shown = message["id"]
            self._draw()
        elif kind == "open":
            # The link's scenario is where a learner starts; after a reload of the page, what was set since is kept, and
            # after a restart of the kernel what the page showed before.
            opened = (self._model.name, message.get("code"))
            code = message.get("left") or (opened[1] if opened not in OPENED else "")
            OPENED.add(opened)
            return self._open(code) if code else ""
        return ""

    def heard(self, section: str) -> None:
        """Show a guess as soon as it is kept: the form stands above the panel, in a cell that has run already."""
        if section != "predictions" or (found := guesses(self._model)) == self._guesses:
            return
        self._guesses = found
        self._draw()
        if not self._stale:
            self._stale = True
            self.send({"kind": "stale"})

    # To the browser -----------------------------------------------------------------------------------------------

    def _update(self) -> None:
        """Show the scenario, where no message of the page asked for it."""
        self._renew()
        self._state = {**self._computed({}, ""), "seq": self._state.get("seq", 0)}

    def _computed(self, errors: dict, notice: str) -> dict:
        """The scenario as the page shows it."""
        band = self._band or not self._view.band  # where it cannot be left out, nothing would bring it back
        with in_place(self._own):
            evaluation = evaluation_of(self._function, scenarios.current.of(self._inputs), band, self._compared)
        rows = guessed(self._view.rows(evaluation), evaluation, self._chart["guesses"])
        state = {
            "values": evaluation.values,
            "changed": [id for id, a in self._inputs.items() if evaluation.values[id] != a.value],
            "rows": {
                key: [float(f"{v:.6g}") if isinstance(v, float) else v for v in column] for key, column in rows.items()
            },
            "headline": headline(evaluation, self._shown if self._shown in self._results else None, self._guesses),
            "sentence": self._view.sentence(evaluation),
            "preset": self._preset(),
            "shares": shared(self._shares, self._inputs, evaluation.values) if self._shares else None,
            "code": scenarios.current.code(),
            "beside": scenarios.current.left_out_of_code(),
            "errors": errors,
            "notice": " ".join(filter(None, [notice, evaluation.note])),
            "band": self._band,
        }
        self._follow(evaluation.values)
        return state

    def _draw(self) -> None:
        """Send the chart without its rows, with the name of what is compared with; seldom, so it is not in a move."""
        compared = self._compared
        self._view = view_of(self._function, self._shown)
        description = self._view.sentence(evaluation_of(self._function, band=False))
        spec = blueprint(self._function, self._shown)
        spec = {**(with_guesses(spec) if self._guesses else spec), "description": description}
        self._chart = {
            "shown": self._shown,
            "compared": {
                **self._chosen,
                "name": compared.name,
                "code": scenarios.encode(compared.changes),
                "changes": None if compared.bands.placed else compared.changes,  # with ranges that a page has not
            },
            "guesses": {id: kept["value"] for id, kept in self._guesses.items()},
            "band": self._view.band,
            "columns": {key: compared.named(head) for key, head in self._view.columns.items()},
            "spec": must_tell(named(spec, compared)),
        }

    def _follow(self, values: dict) -> None:
        self._following = True
        self.values = values
        self._following = False

    @traitlets.observe("values")
    def _values_set(self, change) -> None:
        if self._following or not hasattr(self, "_inputs") or not change["new"]:
            return
        before = scenarios.current.copy()
        try:
            given = {self._model.id_of(id): value for id, value in change["new"].items()}
            self._replace(scenarios.Scenario({**change["old"], **given}))
            self._update()
        except BaseException:
            scenarios.current.clear()
            dict.update(scenarios.current, before)
            self._follow(change["old"])
            raise
        tell_panels(self)

    def _first(self) -> list[str]:
        """The assumptions that stand free: a sum and its parts, those that the view names, or those that decide."""
        if self._shares:
            return [self._shares[0], *self._shares[1]]
        return list(self._leads or leading(self._function))

    def _describe(self) -> dict:
        return {
            "title": self._model.title,
            "start": self._starts,
            "base": course_values(self._function).words,
            **({"rest": "your class's values" if self._of_class else "your own values"} if self._moved else {}),
            "inputs": [control(assumption) for assumption in self._inputs.values()],
            "lead": self._first(),
            "moves": [move.described(self._presets) for move in self._moves],
            "presets": [{"id": id, "label": preset["label"]} for id, preset in self._presets.items()],
            "views": [
                {"id": id, "label": label, "whole": id not in self._results} for id, label in self._views.items()
            ],
        }

    def _blame(self, error: BaseException) -> str:
        return self._model.blame(error) or super()._blame(error)

    # In the file ---------------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        """The panel as text: what a reader without a running kernel sees, and what the notebook tests compare.

        With moves it is there to be tried first, so it does not tell its result.
        """
        if self._stale:
            with suppress(Exception) if self._model.own else nullcontext():  # the page says what is wrong with it
                self._update()
        state = self._state
        lines = [
            f"Panel: {self._model.title}. {RUN_ALL} to move its controls.",
            *filter(None, [self._starts]),
            "",
            *([] if self._moves else [state["sentence"], ""]),
        ]
        width = max(len(a.label) for a in self._inputs.values())
        for id, assumption in self._inputs.items():
            limits = f"(P5 to P95: {number(assumption.low)} to {number(assumption.high)})" if assumption.varied else ""
            mark = f"({assumption.whose})" if isinstance(assumption, Own) else ""
            told = (f"{assumption.label:<{width}}", assumption.told(state["values"][id]), limits, mark)
            lines.append("  ".join(filter(None, told)))
        lines += [""] * bool(self._moves) + [f"{place}. {move}" for place, move in enumerate(self._moves, 1)]
        return "\n".join(lines)


def explore(function: Callable, band: bool = True) -> Panel:
    """The live panel of a model, or of a function of your own. Run again, it opens where you left it.

    A function of your own needs nothing but its ``def``. An argument that is the id of an assumption gets its value,
    range, unit and source; any other needs a default, 4.0 or the whole number 5, or ``sc.assume``. It returns a number,
    a dict, a NamedTuple or a dataclass. A unit stands in brackets behind the name of a result: in the key of the dict,
    or in a line of the docstring; for a single number in the first line.

    >>> def my_bill(it_power, electricity_price, overhead=1.1):
    ...     return {"Bill (MEUR/year)": it_power * overhead * 8.76 * electricity_price}
    >>> explore(my_bill).values["my_bill.overhead"]
    1.1

    Run its cell again after a change, and its panels follow. What the function prints is not shown.
    """
    panel = Panel(function, band)
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if panel._model.own and shell is not None and _after_a_cell not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _after_a_cell)
    return panel


def _after_a_cell(_=None) -> None:
    """Panels of functions that a cell has defined anew follow."""
    if any(panel._model.is_old() for panel in PANELS):
        tell_panels()


def tell_panels(but: Panel | None = None) -> None:
    """Panels follow: their ``values`` at once, their pictures when their browser asks for them.

    A panel whose cell was run again stays in the kernel and never asks, so it is told once and costs no more.
    """
    for panel in list(PANELS):
        if panel is but:
            continue
        if not panel._model.is_old():
            values = complete(panel._function, scenarios.current.of(panel._inputs))
            if values == panel.values and not panel._behind:
                continue
            panel._follow(values)
        if not panel._stale:
            panel._stale = True
            panel.send({"kind": "stale"})
    for follower in list(FOLLOWERS):
        follower.follow()
