"""What all controls of a page are told of texts."""

from ..controls import widgets
from ..inputs import wording


def spoken() -> dict:
    """The words that a line does not part from a number, and the keys of sentences, as `spoken.js` takes them."""
    return {"units": wording.first_words(), "sentences": sorted(widgets.SPOKEN)}
