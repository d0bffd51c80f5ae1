"""What a learner's function prints while the course calls it is not shown: it would come once for each call."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

_CHANGING = Lock()
_SILENT: list[int] = []
"""The threads whose printing is not shown now, as often as they asked for it."""


class _OthersAlone(io.TextIOBase):
    """Where all threads print to while one is silent: what the others print goes where it went before."""

    def __init__(self, before):
        self.before = before

    def write(self, text: str) -> int:
        return len(text) if get_ident() in _SILENT else self.before.write(text)

    def flush(self) -> None:
        self.before.flush()


@contextmanager
def silent() -> Iterator[None]:
    """Nothing that this thread prints is shown, for the time of a ``with``.

    A kernel answers a panel in one thread while a cell runs in another, so what the cell prints meanwhile is shown.
    """
    here = get_ident()
    with _CHANGING:
        if not _SILENT:
            sys.stdout = _OthersAlone(sys.stdout)
        _SILENT.append(here)
    try:
        yield
    finally:
        with _CHANGING:
            _SILENT.remove(here)
            if not _SILENT and isinstance(sys.stdout, _OthersAlone):
                sys.stdout = sys.stdout.before
