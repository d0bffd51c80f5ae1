"""What a panel gives a page that shows a move before the kernel has answered it, where the way between them is long."""

from importlib import import_module

from ..errors import CourseError

SCRIPT, MODEL, VIEW = "optimistic.js", "model", "view "
"""What a page asks for by name, the last with the id of a view: `optimistic.js`."""


class Optimistic:
    """The part of a ``Panel`` that hands this over; nothing where a model or a view cannot be traced.

    It is that of the function and the assumptions which the panel shows, whatever the learner has changed since.
    """

    def _hand_over(self, name: str) -> None:
        if name not in (SCRIPT, MODEL, *(f"{VIEW}{id}" for id in self._views)):
            super()._hand_over(name)
            return
        # Only a page far away asks, so only then is there a tracer.
        traced = import_module("..browser.optimistic", __package__)
        try:
            if name == SCRIPT:
                found = traced.script()
            elif name == MODEL:
                found = traced.model(self._function, self._own)
            else:
                found = traced.view(self._function, self._own, name.removeprefix(VIEW))
        except CourseError:
            found = b""
        except Exception:  # of a learner's function, which can do anything
            if not self._model.own:
                raise
            found = b""
        self.send({"kind": "file", "name": name}, [found])
