"""The kernel that the course runs in: what it must have, and that everything in it stays as it was found."""

import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from .errors import CourseError

PYTHON = (3, 11)
NEEDED = (
    "IPython",
    "altair",
    "anywidget",
    "ipywidgets",
    "numpy",
    "pandas",
    "pydantic",
    "scipy",
    "simpy",
    "traitlets",
    "vl_convert",
)
"""What the package imports, most of it only when it is used."""
FIRST = (f"{__package__}.controls.panel", f"{__package__}.display.charts", "pandas", "scipy.special")
"""What the first panel imports; it takes a second."""
RUN_ALL = "Choose Run → Run All Cells"
"""What brings widgets to life: one cell alone would lack the import at the top of its notebook."""
TO_THE_COURSE = "Start JupyterLab as the README says, or choose the kernel of the course under Kernel → Change Kernel"


def check(version: tuple = sys.version_info) -> None:
    """Raise a CourseError that says what to do if this kernel cannot run the course."""
    if version[:2] < PYTHON:
        needed, here = (".".join(map(str, numbers[:2])) for numbers in (PYTHON, version))
        raise CourseError(f"the course needs Python {needed} or newer, and this kernel has {here}. {TO_THE_COURSE}.")
    if lacking := [name for name in NEEDED if not find_spec(name)]:
        raise CourseError(f"this kernel lacks what the course needs: {', '.join(lacking)}. {TO_THE_COURSE}.")


def load(module: str) -> ModuleType:
    """A module of the course, on its first use."""
    _import_jsonschema()
    return import_module(module)


def _import_jsonschema(slow: str = "rfc3987_syntax") -> None:
    """Import jsonschema, which altair uses, without its grammar of international addresses.

    That grammar takes a second at the start of every notebook, and nothing here asks for it. A stand-in, there during
    the import alone, builds it for whoever asks: jsonschema checks what it always does.
    """
    if {slow, "jsonschema"} & set(sys.modules) or not find_spec(slow):
        return
    stand_in = ModuleType(slow)
    stand_in.is_valid_syntax = lambda *arguments: import_module(slow).is_valid_syntax(*arguments)
    sys.modules[slow] = stand_in
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[slow]


def of_lesson(number: str, part: str) -> ModuleType | None:
    """A module of the folder of a lesson, by the lesson's number; None if there is no such lesson or no such part."""
    name = _modules().get(number, {}).get(part)
    return load(name) if name else None


def modules_of_lesson(number: str, apart: tuple[str, ...]) -> list[ModuleType]:
    """The modules of the folder of a lesson but for those named, in the order of their names."""
    return [load(name) for part, name in _modules().get(number, {}).items() if part not in apart]


@cache
def _modules() -> dict[str, dict[str, str]]:
    """The full names of the modules of the lessons, by the lesson's number and the module's own name."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / "lessons").glob("l*/*.py")):
        of_this = found.setdefault(path.parent.name[1:].partition("_")[0], {})
        of_this[path.stem] = f"{__package__}.lessons.{path.parent.name}.{path.stem}"
    return found


def look_ahead() -> None:
    """Have what a panel needs imported as soon as the cell that imports the course has been answered.

    It happens between two cells, in the thread that runs them: beside a cell it would race with the cell's own imports.
    Outside of a notebook nothing happens.
    """
    if "ipykernel" in sys.modules:
        with suppress(RuntimeError):  # no loop runs
            sys.modules["asyncio"].get_running_loop().call_later(0.1, _import_first)


def _import_first() -> None:
    for module in FIRST:
        with suppress(Exception):  # whoever needs it will be told
            load(module)


def draw_charts() -> None:
    """Have charts drawn by what the page ships: Altair's usual way loads its scripts from the internet.

    Altair itself is left alone. The notebook is told how to show a chart, at the place that IPython has for it.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        formatter = shell.display_formatter.mimebundle_formatter
        formatter.for_type_by_name("altair.vegalite.v6.api", "TopLevelMixin", _shown)


def _shown(chart):
    return import_module(f"{__package__}.display.charts").shown(chart)
