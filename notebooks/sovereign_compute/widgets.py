"""What the widgets of the course share: script and style from ``static/``, and their whole text in the file."""

from pathlib import Path

import anywidget
import traitlets

from .wording import unparted

SPOKEN = {"feedback", "hints", "notice", "problems", "question", "sentence", "solution", "subtitle", "text"}
"""The keys of what widgets are sent that hold sentences."""
STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """The script of a widget, with the shared part in front (a widget loads one module and can import no other)."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in ("dom.js", *names))


def shown(sent, spoken: bool = False):
    """What a widget is sent, with its sentences as they are shown."""
    if isinstance(sent, dict):
        return {key: shown(part, key in SPOKEN) for key, part in sent.items()}
    if isinstance(sent, list):
        return [shown(part, spoken) for part in sent]
    return unparted(sent) if spoken and isinstance(sent, str) else sent


def sentences() -> traitlets.Dict:
    """A trait for what a widget is sent, which holds sentences."""
    return traitlets.Dict().tag(sync=True, to_json=lambda sent, _: shown(sent))


class CourseWidget(anywidget.AnyWidget):
    """A widget that is set up once, then sends its state down; ``repr`` is its text for readers without a kernel.

    Stock widgets cut their text at 110 characters. Here the whole text is stored in the notebook, so that GitHub and a
    reader without a kernel show it, and the notebook tests compare it.
    """

    _css = (STATIC / "panel.css").read_text(encoding="utf-8")
    _setup = sentences()
    _state = sentences()

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        (bundle[0] if isinstance(bundle, tuple) else bundle)["text/plain"] = repr(self)
        return bundle
