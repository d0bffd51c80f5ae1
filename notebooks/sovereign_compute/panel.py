"""The live panel: every assumption of a model as a labelled control, one chart, the result as a sentence.

One widget per model. A move sends one small message up; the kernel computes and sends rows down; the chart keeps its
view and gets new data only. The panel composes itself from the model's signature, so a notebook holds no widget code.
"""

import json
from collections.abc import Callable

import traitlets

from . import data, scenarios
from .assumptions import Assumption, inputs
from .charts import CONFIG, must_tell, view_of
from .errors import CourseError
from .models.registry import find
from .presets import presets
from .readings import read
from .widgets import STATIC, CourseWidget, script
from .wording import number, quantity, unit_words


class Panel(CourseWidget):
    """The panel of one model.

    ``values`` maps every assumption of the model to its value in the scenario. It can be read, observed and set from
    Python or by other widgets; a refused value raises CourseError and leaves everything as it was.
    """

    _esm = script("panel.js")
    values = traitlets.Dict()

    def __init__(self, function: Callable, band: bool = True):
        self._function = function
        self._model = find(function)
        self._view = view_of(function)
        self._inputs = inputs(function)
        self._band = band
        self._following = False
        self._presets = presets(self._model.name)
        super().__init__()
        self._setup = self._describe()
        self._update()
        self.on_msg(self._receive)

    # From the browser ---------------------------------------------------------------------------------------------

    def _receive(self, _, message: dict, buffers) -> None:
        if message.get("kind") == "vega":
            self.send({"kind": "vega"}, [(STATIC / "vega.min.js").read_bytes()])
            return
        errors, notice = {}, ""
        try:
            notice = self._act(message, errors)
        except CourseError as error:
            errors["panel"] = str(error)
        self._update(message.get("seq", 0), errors, notice)

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
            for id in [message["id"]] if message.get("id") else list(self._inputs):
                scenario.pop(id, None)
        elif kind == "preset":
            self._replace(self._presets[message["id"]]["values"])
            return self._presets[message["id"]]["note"]
        elif kind == "code":
            scenario_from_code = scenarios.decode(message["text"])
            self._replace(scenario_from_code.of(self._inputs))
            return f"{len(scenario_from_code)} changed assumptions loaded from the code."
        elif kind == "save":
            path = scenarios.save(message["name"], scenario)
            return f"Saved as notebooks/{path.parent.name}/{path.name}."
        elif kind == "load":
            self._replace(scenarios.saved()[message["name"]].of(self._inputs))
            return f"Scenario {message['name']!r} loaded."
        elif kind == "band":
            self._band = bool(message["on"])
        return ""

    def _replace(self, changes: dict) -> None:
        checked = scenarios.Scenario(changes)
        for id in self._inputs:
            scenarios.current.pop(id, None)
        scenarios.current.update(checked)

    # To the browser -----------------------------------------------------------------------------------------------

    def _update(self, seq: int = 0, errors: dict | None = None, notice: str = "") -> None:
        reading = read(self._function, scenarios.current.of(self._inputs), self._band)
        rows = self._view.rows(reading)
        self._state = {
            "seq": seq,
            "values": reading.values,
            "changed": [id for id in self._inputs if id in scenarios.current],
            "rows": {
                key: [float(f"{v:.6g}") if isinstance(v, float) else v for v in column] for key, column in rows.items()
            },
            "sentence": self._view.sentence(reading),
            "code": scenarios.current.code(),
            "errors": errors or {},
            "notice": notice,
            "saved": list(scenarios.saved()),
            "band": self._band,
        }
        self._following = True
        self.values = reading.values
        self._following = False

    @traitlets.observe("values")
    def _values_set(self, change) -> None:
        if self._following or not hasattr(self, "_inputs") or not change["new"]:
            return
        try:
            self._replace(scenarios.Scenario({**change["old"], **change["new"]}))
        finally:
            self._update()

    def _describe(self) -> dict:
        import altair as alt

        chart = self._view.chart(alt.NamedData("rows")).properties(description=self._state_sentence())
        return {
            "title": self._model.title,
            "inputs": [_control(assumption) for assumption in self._inputs.values()],
            "presets": [{"id": id, "label": preset["label"]} for id, preset in self._presets.items()],
            "columns": self._view.columns,
            "spec": must_tell(json.loads(chart.properties(config=CONFIG).to_json())),
        }

    def _state_sentence(self) -> str:
        return self._view.sentence(read(self._function, band=False))

    # In the file ---------------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        """The panel as text: what a reader without a running kernel sees, and what the notebook tests compare."""
        state = self._state
        lines = [
            f"Panel: {self._model.title}. Run this cell (Shift+Enter) to move its controls.",
            "",
            state["sentence"],
            "",
        ]
        width = max(len(a.label) for a in self._inputs.values())
        for id, assumption in self._inputs.items():
            limits = f"(P5 to P95: {number(assumption.low)} to {number(assumption.high)})" if assumption.varied else ""
            lines.append(
                f"{assumption.label:<{width}}  {quantity(state['values'][id], assumption.unit)}  {limits}".rstrip()
            )
        return "\n".join(lines)


def explore(function: Callable, band: bool = True) -> Panel:
    """The live panel of a model. Run again, it opens where the learner left it."""
    return Panel(function, band)


def _control(a: Assumption) -> dict:
    source = data.sources()[a.source]
    return {
        "id": a.id,
        "label": a.label,
        "unit": unit_words(a.unit),
        "group": a.group,
        "min": a.hard_min,
        "max": a.hard_max,
        "step": a.step,
        "decimals": a.decimals,
        "log": a.scale == "log",
        "value": a.value,
        "question": a.question,
        "range": f"{number(a.low)} to {quantity(a.high, a.unit)} (P5 to P95)" if a.varied else "not varied",
        "why": a.why,
        "tier": a.tier,
        "source": f"{source['producer']}: {source['title']}"
        + (f" ({source['published']})" if source["published"] else ""),
        "locator": a.locator,
        "accessed": a.accessed,
        "url": source["url"],
    }
