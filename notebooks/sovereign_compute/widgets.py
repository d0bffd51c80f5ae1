"""What the widgets of the course share: script and style from ``static/``, and their whole text in the file."""

from pathlib import Path

import anywidget
import traitlets

STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """The script of a widget, with the shared part in front (a widget loads one module and can import no other)."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in ("dom.js", *names))


class CourseWidget(anywidget.AnyWidget):
    """A widget that is set up once, then sends its state down; ``repr`` is its text for readers without a kernel.

    Stock widgets cut their text at 110 characters. Here the whole text is stored in the notebook, so that GitHub and a
    reader without a kernel show it, and the notebook tests compare it.
    """

    _css = (STATIC / "panel.css").read_text(encoding="utf-8")
    _setup = traitlets.Dict().tag(sync=True)
    _state = traitlets.Dict().tag(sync=True)

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        (bundle[0] if isinstance(bundle, tuple) else bundle)["text/plain"] = repr(self)
        return bundle
