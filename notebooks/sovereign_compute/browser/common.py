"""What all controls of a page are told."""

from ..controls.widgets import SPOKEN, CourseWidget
from ..inputs import wording


def control(kind: str, **more) -> dict:
    """What a control of a page works with: what all of them are told, where it is not told otherwise, and ``more``.

    ``units`` are the words that a line does not part from a number, and ``sentences`` the keys of sentences, as
    `spoken.js` takes them.
    """
    told = {"fault": CourseWidget._fault, "units": wording.first_words(), "sentences": sorted(SPOKEN)}
    return {"control": kind, **told, **more}
