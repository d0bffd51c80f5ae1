"""The live controls of the site: which of them a cell shows, in the order in which it shows them."""

import ast
from collections.abc import Callable
from functools import cache

import pages
from sovereign_compute.browser import controls
from sovereign_compute.browser.forks import Untraceable
from sovereign_compute.browser.panels import panel_control
from sovereign_compute.inputs import profile
from sovereign_compute.lessons.course import Lesson, row_of
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

SHOWN = {*pages.LIVE, "my_work"}
"""What a notebook calls to show a control."""


def calls(source: str) -> list[tuple[str, ast.Call]]:
    """The calls in a cell that show a control, with what they show."""
    try:
        found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except SyntaxError:  # a line for IPython
        return []
    found.sort(key=lambda call: (call.lineno, call.col_offset))
    named = [(call.func.attr, call) for call in found if isinstance(call.func, ast.Attribute)]
    return [(name, call) for name, call in named if name in SHOWN]


def control(number: str, kind: str, call: ast.Call) -> dict | None:
    """The control of a call in a lesson, as it lives without a kernel; None if it does not."""
    make = MAKERS.get(kind)
    if make is None:
        return None
    try:
        return make(number, call)
    except Untraceable:
        return None


def _panel(number: str, call: ast.Call) -> dict | None:
    name = call.args[0].attr if isinstance(call.args[0], ast.Attribute) else ""
    if name not in all_models():  # a function of the notebook
        return None
    known = of_lesson(number, "moves") if call.func.attr == "play" else None
    return panel(name, tuple(known.MOVES[name]) if known else ())


def panel(name: str, moves: tuple = ()) -> dict:
    """The panel of a model, with the moves beside it; each is made once for a class."""
    return _panel_of(repr(profile.current()), name, moves)


@cache
def _panel_of(whose: str, name: str, moves: tuple) -> dict:
    """The panel in the class whose profile is written so."""
    return panel_control(all_models()[name].function, moves)


@cache
def _exercises_of(whose: str, number: str) -> dict:
    """The exercises of a lesson in the class whose profile is written so: a page and its slides share them."""
    return controls.exercises_control(number)


def _guesses(make: Callable) -> Callable:
    def made(number: str, call: ast.Call) -> dict:
        given = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
        return make(*asked(number, call), **given)

    return made


def asked(number: str, call: ast.Call) -> tuple[str, ...]:
    """The ids of the predictions that a call in a lesson names, or else all of that lesson."""
    named = tuple(ast.literal_eval(arg) for arg in call.args)
    return named or tuple(Lesson(row_of(int(number)))._mine("predictions"))


MAKERS: dict[str, Callable] = {
    "explore": _panel,
    "play": _panel,
    "predictions": _guesses(controls.predictions_control),
    "reveal": _guesses(controls.reveal_control),
    "exercises": lambda number, call: _exercises_of(repr(profile.current()), number),
    "my_work": lambda number, call: controls.work_control(),
}
