"""Sentences for a notebook whose numbers are computed."""

from ..inputs.wording import unparted


class Prose:
    """A text in Markdown; a notebook shows it as prose, a test and a reader without Markdown see the same words."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return unparted(self.text)


def the(service: str) -> str:
    """One of the five services of lesson 12 as a sentence names it."""
    return service if service == "JUPITER" else f"the {service.replace('Own', 'own')}"
