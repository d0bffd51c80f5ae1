"""“Draw again”: what is simulated, once more with other random numbers.

The notebook stores the first drawing, which is the same for everybody; each one after it is drawn in its place.
"""

from collections.abc import Callable

from IPython.display import display

from ..surroundings import RUN_ALL
from .widgets import CourseWidget, script


class Redraw(CourseWidget):
    """A button below something simulated. ``show`` takes the number of the drawing: 0 is the one that is stored."""

    _esm = script("redraw.js")
    _undone = ("_drawing",)

    def __init__(self, show: Callable):
        self._show, self._drawing = show, 0
        self._place = display(show(drawing=0), display_id=True)
        super().__init__(_state={"told": ""})

    def _answer(self, message: dict, buffers) -> dict | None:
        if message.get("kind") != "draw":
            return None
        self._drawing += 1
        found = self._show(drawing=self._drawing)
        self._place.update(found)
        said = getattr(found, "description", "")
        return {"told": f"Drawing {self._drawing + 1}. {said}".strip()}

    def __repr__(self) -> str:
        return f"Draw again, with other random numbers. {RUN_ALL} to do so."
