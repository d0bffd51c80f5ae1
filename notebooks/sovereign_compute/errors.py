"""The one exception that learners meet: a sentence, never a traceback."""

from collections.abc import Iterable
from difflib import get_close_matches


class CourseError(ValueError):
    """Something a learner, a scenario code or a file got wrong, said in words that name the field and the range."""

    def _render_traceback_(self):
        """What a notebook shows instead of a traceback (an IPython hook)."""
        return [f"Not possible: {self}"]


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a name that is not there: the names that are close to it, or all of them."""
    known = sorted(known)
    close = get_close_matches(str(name), known, 5, 0.5)
    return f"close to it: {', '.join(close)}" if close else f"there are {', '.join(known)}"
