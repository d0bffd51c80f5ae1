"""Guided moves: what a lesson asks its learners to try in a panel, and what they should have seen."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One thing to try.

    ``text`` says what to do and what to ask oneself, and gives no answer. ``seen`` tells the answer with the numbers of
    the model; it is computed when a learner asks for it. ``preset`` is the preset that the move starts from.
    """

    title: str
    text: str
    seen: Callable[[], str]
    preset: str = ""

    def __str__(self) -> str:
        return f"{self.title}{'' if self.title.endswith(('?', '!')) else '.'} {self.text}"

    def described(self, presets: dict[str, dict]) -> dict[str, str]:
        """What the page is told of it, with the name of its preset; not what one should have seen."""
        label = presets[self.preset]["label"] if self.preset else ""
        return {"title": self.title, "text": self.text, "preset": self.preset, "label": label}
