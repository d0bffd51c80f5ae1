"""The one exception that learners meet: a sentence, never a traceback."""

from collections.abc import Iterable
from difflib import get_close_matches

FEW = 60  # names that are listed where none is close


class CourseError(ValueError):
    """Something a learner, a scenario code or a file got wrong, said in words that name the field and the range."""

    def _render_traceback_(self):
        """What a notebook shows instead of a traceback (an IPython hook)."""
        return [f"Not possible: {self}"]


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a name that is not there: the names that are close to it, or all if they are few."""
    known = sorted(known)
    close = get_close_matches(str(name)[:100], known, 5, 0.5)
    if close:
        return f"close to it: {', '.join(close)}"
    return f"there are {', '.join(known)}" if len(known) <= FEW else "none is close to it"
