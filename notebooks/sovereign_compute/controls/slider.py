"""An assumption as a plain control of ipywidgets, which sets it for all panels and follows them."""

import math

import ipywidgets

from ..display.tables import at_start
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.assumptions import Assumption, get
from ..inputs.units import unit_words
from .panel import tell_panels
from .widgets import FOLLOWERS

TOLD = 1e-9  # of a step: as far as what a page says lies from what it was told
LOOK = {"style": {"description_width": "12em"}, "layout": {"width": "36em"}}


def slider(id: str) -> ipywidgets.ValueWidget:
    """The control of one assumption: a slider with its range, step and unit, or a list of the words of a choice.

    Over many powers of ten it is a field for a number.

    It is a widget of ipywidgets like any other: put it into a ``VBox``, ``observe`` its ``value``, ``link`` it. It sets
    the assumption for all panels of the notebook, and follows when one of them does. What you set lies on the grid of
    the assumption. CourseError if there is no assumption ``id``.

    >>> utilisation = slider("utilisation")
    >>> utilisation.description, utilisation.min, utilisation.max
    ('Utilisation (%)', 1.0, 100.0)
    """
    if not isinstance(id, str):
        raise CourseError(f"a slider is of one assumption, by its id in quotation marks; {str(id)[:40]!r} is none")
    assumption = at_start(get(id))
    control = _control(assumption)
    control.tooltip = assumption.question
    control.link_to_scenario = _Link(assumption, control)  # lives as long as the control
    return control


def _control(a: Assumption) -> ipywidgets.ValueWidget:
    unit, value = unit_words(a.unit), _now(a)
    look = {**LOOK, "description": a.label if unit in ("", a.label) else f"{a.label} ({unit})", "value": value}
    if a.words:
        return ipywidgets.Dropdown(options=[(word, float(place)) for place, word in enumerate(a.words)], **look)
    if a.scale == "log":
        # A logarithmic slider of ipywidgets would move a value to its nearest stop as soon as it is shown.
        return ipywidgets.BoundedFloatText(min=a.hard_min, max=a.hard_max, step=None, **look)
    return ipywidgets.FloatSlider(min=a.hard_min, max=a.hard_max, step=a.step, readout_format=f".{a.decimals}f", **look)


class _Link:
    """Between a control and the scenario, in both directions."""

    def __init__(self, assumption: Assumption, control: ipywidgets.ValueWidget):
        self._assumption, self._control = assumption, control
        self._following = False
        control.observe(self._moved, "value")
        FOLLOWERS.add(self)

    def _moved(self, change) -> None:
        # A page that is told 40 says 40.00000000000001: an answer to that would undo what was moved meanwhile.
        if self._following or math.isclose(change["new"], _now(self._assumption), abs_tol=TOLD * self._assumption.step):
            return
        scenarios.current[self._assumption.id] = change["new"]
        tell_panels()

    def follow(self) -> None:
        """Show the value of the scenario."""
        self._following = True
        try:
            self._control.value = _now(self._assumption)
        except CourseError:  # an assumption of the learner's that is forgotten
            self._control.disabled = True
        finally:
            self._following = False


def _now(a: Assumption) -> float:
    """The value of the scenario."""
    return scenarios.current.filled([a.id])[a.id]
