"""Predictions: numbers that a learner writes down before a model gives them, and where they come back."""

from datetime import date

import traitlets

from ..errors import CourseError
from ..inputs import data, guess_codes
from ..inputs.start import of_class
from ..inputs.wording import sentence
from ..surroundings import RUN_ALL
from . import drop_box, progress
from .exercises import as_number
from .widgets import CourseWidget, as_given, script, style

AT_START = "Each comes back in its own lesson, beside what the course finds, and lesson 43 scores them all."
IN_PANEL = "They are now marks in the panel, and come back under “What we found”, beside the answers."
KEPT = "Kept: {kept} of {of}."
REFUSED = {
    "alone": "a range needs a guess beside it: type that, too",
    "half": "a range has two ends: type both, or leave both empty",
    "outside": "{number} is out of range; allowed is {minimum} to {maximum} {unit}",
    "order": "the range {low} to {high} must go from a low to a high number, with your guess {value} in it",
}
"""What is said of guesses; also in a page without a kernel."""
HANDED = {
    "in": "They are in the folder of your class.",
    "other": "Other guesses of yours are in the folder of your class: hand these in to replace them.",
    "not": "They are not in the folder of your class.",
}
LATER = "They come back under “What we found”, beside the answers."


def rows(ids: tuple[str, ...] = ()) -> list[dict]:
    """The predictions of these ids; without one those of the start of the course."""
    known = {row["id"]: row for row in data.records("predictions")}
    unknown = [id for id in ids if id not in known]
    if unknown:
        raise CourseError(f"there is no prediction {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[id] for id in ids] or [row for row in known.values() if row["at_start"]]


class Predictions(CourseWidget):
    """Questions to guess before the model answers; the form keeps the guesses and knows no answer.

    Beside a guess may be a range that the learner would bet on at nine to one. Files from before there were ranges hold
    guesses alone.
    """

    _css = style("exercises.css")
    _esm = script("predictions.js")
    _code = traitlets.Unicode().tag(sync=True)
    """Beside the state, whose texts are told as they are shown: a letter of a code must not change."""

    _handed = traitlets.Dict().tag(sync=True)
    """Whether a class on a hub has these guesses, and what is said of it; empty where there is no folder of a class."""

    def __init__(self, asked: list[dict], comes_back: str):
        self._rows, self._comes_back = {row["id"]: row for row in asked}, comes_back
        fields = [{key: row[key] for key in ("id", "question", "unit")} for row in asked]
        super().__init__(_setup={"fields": fields}, _state=self._current({}, {}, ""))

    def _current(self, given: dict, errors: dict, notice: str) -> dict:
        """What the form shows; ``given`` counts also where it could not be written to the file."""
        kept = {**progress.kept("predictions"), **given}
        kept = {id: kept[id] for id in self._rows if id in kept}
        self._code = guess_codes.encode(kept) if kept else ""
        self._handed = self._in_class()
        return {
            "values": {id: entry["value"] for id, entry in kept.items()},
            "ranges": {id: [entry["low"], entry["high"]] for id, entry in kept.items() if "low" in entry},
            "errors": errors,
            "refused": {},
            "notice": notice,
        }

    def _in_class(self, said: str = "") -> dict:
        """Which guesses of this form the class has: ``said`` if something went wrong, and else where they are."""
        if drop_box.folder() is None or not self._code:
            return {}
        theirs = {id: guess for id, guess in drop_box.handed_in().items() if id in self._rows}
        kind = "not" if not theirs else "in" if theirs == guess_codes.decode(self._code) else "other"
        return {"any": bool(theirs), "said": said or HANDED[kind]}

    def _hand(self, kind: str) -> None:
        """Hand the guesses in, or take them back: only when a learner asks for it."""
        said = ""
        try:
            if kind == "hand in" and self._code:
                drop_box.hand_in(guess_codes.decode(self._code))
            elif kind == "take back":
                drop_box.take_back()
        except CourseError as error:
            said = sentence(str(error))
        self._handed = self._in_class(said)

    def _answer(self, message: dict, buffers) -> dict | None:
        if message.get("kind") in ("hand in", "take back"):
            return self._hand(message["kind"])
        errors, kept = {}, {}
        ranges = message.get("ranges", {})
        for id, given in message.get("values", {}).items():
            ends = ranges.get(id) or [None, None]
            if given is None and ends == [None, None]:
                continue
            try:
                kept[id] = {**stated(self._rows[id], given, ends), "on": date.today().isoformat()}
            except CourseError as error:
                errors[id] = str(error)
        problem = progress.kept_or_why("predictions", kept)
        refused = {id: as_given([message["values"][id], *(ranges.get(id) or [])]) for id in errors}
        notice = KEPT.format(kept=len(kept), of=len(self._rows)) + (f" {self._comes_back}" if kept else "")
        return {**self._current(kept, errors, problem or notice), "refused": refused}

    def __repr__(self) -> str:
        lines = [f"Your predictions. {RUN_ALL} to write them down."]
        return "\n".join([*lines, *(f"  {row['question']}  [{row['unit']}]" for row in self._rows.values())])


def stated(row: dict, given, ends: list) -> dict[str, float]:
    """A guess and, if one was given, its range; CourseError says what is wrong with them."""
    if given is None:
        raise CourseError(REFUSED["alone"])
    if ends.count(None) == 1:
        raise CourseError(REFUSED["half"])
    names = ["value"] if None in ends else ["value", "low", "high"]
    read = (as_number(text, row["unit"], row["minimum"], row["maximum"]) for text in (given, *ends))
    found = dict(zip(names, read, strict=False))
    told = {name: f"{number:g}" for name, number in found.items()}
    told |= {name: f"{row[name]:g}" for name in ("minimum", "maximum")}
    for name, number in found.items():
        if not row["minimum"] <= number <= row["maximum"]:
            raise CourseError(REFUSED["outside"].format(number=told[name], unit=row["unit"], **told))
    if "low" in found and not (found["low"] <= found["value"] <= found["high"] and found["low"] < found["high"]):
        raise CourseError(REFUSED["order"].format(**told))
    return found


def predict(*ids: str, without: tuple[str, ...] = ()) -> Predictions:
    """The prediction form: the ten questions of the start, or those named; and not those that another form asks."""
    left_out = {row["id"] for row in rows(without)} if without else set()
    asked = [row for row in rows(ids) if row["id"] not in left_out]
    if not ids:
        return Predictions(asked, AT_START)
    in_panel = any(row["model"] for row in asked) and not of_class()  # whose panels may have other values
    return Predictions(asked, IN_PANEL if in_panel else LATER)
