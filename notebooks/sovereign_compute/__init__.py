"""Sovereign Compute: the models, panels and exercises that the notebooks import.

What all lessons share is an attribute of this package (``import sovereign_compute as sc``); what one lesson alone needs
is one of ``sc.lesson(21)``. Names are loaded on first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_errors = import_module(f"{__name__}.errors")
_surroundings = import_module(f"{__name__}.surroundings")
_surroundings.check()
_surroundings.draw_charts()
_surroundings.look_ahead()

_OFFERED = {
    "analysis.comparison": ("compare", "shapley"),
    "analysis.sensitivity": ("breakeven", "sobol", "tornado"),
    "analysis.settings": ("evaluate",),
    "analysis.simulation": ("simulate",),
    "controls.assume": ("assume", "forget", "my_assumptions"),
    "controls.class_guesses": ("class_guesses",),
    "controls.my_work": ("my_work",),
    "controls.panel": ("explore",),
    "controls.progress": ("progress",),
    "controls.slider": ("slider",),
    "controls.tasks": ("check",),
    "controls.teams": ("dashboard",),
    "display.charts": ("figure", "in_words"),
    "display.deciding": ("attribution_chart", "tornado_chart"),
    "display.dictionary": ("describe", "tables"),
    "display.tables": ("assumption_table", "back_test", "result_table", "side_by_side"),
    "inputs.frames": ("data",),
    "lessons.course": ("lesson",),
}
"""What all lessons share, by the module that defines it. What one lesson alone needs, its folder offers: `lesson`."""

_COMPUTES = ("analysis.settings", "analysis.simulation", "analysis.sensitivity")
"""What computes from ranges: as a learner calls it, it starts from the learner's own assumptions."""

__all__ = sorted(name for names in _OFFERED.values() for name in names)


def __getattr__(name):
    for module, names in _OFFERED.items():
        if name in names:
            found = getattr(_surroundings.load(f"{__name__}.{module}"), name)
            if module.startswith("display."):
                return _surroundings.load(f"{__name__}.display.charts").from_start(found)
            if module in _COMPUTES:
                return _surroundings.load(f"{__name__}.analysis.settings").with_own(found)
            return found
    raise AttributeError(f"sovereign_compute has no {name!r}; {_errors.nearest(name, __all__)}")


def __dir__():
    return __all__
