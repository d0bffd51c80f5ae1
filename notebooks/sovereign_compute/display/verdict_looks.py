"""How the words of a verdict look, wherever they are shown: a sign, a colour and the word, which mean the same."""

from dataclasses import dataclass

from ..inputs import data

WORDS = tuple(data.schema("verdicts")["word"]["constraints"]["enum"])


@dataclass(frozen=True)
class Look:
    """One word: its sign, the class of its pill in ``panel.css`` and ``outputs.css``, and its colour in charts."""

    sign: str
    pill: str
    colour: str


LOOKS = dict(
    zip(
        WORDS,
        (
            Look("✓", "good", "#009e73"),
            Look("◐", "half", "#e69f00"),
            Look("⇄", "open", "#56b4e9"),
            Look("✗", "bad", "#a3243b"),
            Look("❝", "none", "#c4c9cf"),
            Look("?", "none", "#767676"),
        ),
        strict=True,
    )
)
"""In the order of ``WORDS``; no two colours are alike for any kind of eyes."""


def signed(word: str) -> str:
    """A verdict as it is shown: its sign and its word."""
    return f"{LOOKS[word].sign} {word}"
