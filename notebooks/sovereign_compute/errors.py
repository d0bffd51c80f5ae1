"""The one exception of the course, a sentence and never a traceback; and how those of a learner's code are shown."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from types import TracebackType

COURSE = Path(__file__).parent
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


def without_the_course(error: Exception) -> None:
    """Let a notebook show an error of a learner's own code with the learner's lines, and none of the course's."""
    if not hasattr(error, "_render_traceback_"):
        with suppress(AttributeError, TypeError):  # some exceptions take no attributes
            error._render_traceback_ = partial(_rendered, error)


def _rendered(error: Exception) -> list[str]:
    """What a notebook shows instead of the whole traceback (an IPython hook)."""
    frames, last = [], error.__traceback__
    while last is not None:
        if not Path(last.tb_frame.f_code.co_filename).is_relative_to(COURSE):
            frames.append(last)
        last = last.tb_next
    for frame in reversed(frames):
        last = TracebackType(last, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return sys.modules["IPython"].get_ipython().InteractiveTB.structured_traceback(type(error), error, last)
