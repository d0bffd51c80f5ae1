"""What a learner assumes: checked, kept and drawn like the course's assumptions, and marked as the learner's own.

One with an id of the course has another value and range; unit, limits and grid stay, so that scenario codes and models
go on as before. One with a new id has all of its own, on a grid that is as coarse as its numbers allow.
"""

import keyword
import math
import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Literal

from pydantic import ValidationError

from ..errors import CourseError, nearest
from . import data, wording
from .assumptions import Assumption, registry
from .ranges import ends
from .units import UNITS, unit_words

LONGEST = {"id": 40, "label": 60, "unit": 60, "source": 200, "why": 500}
"""Characters of what a learner may write."""
LARGEST, NARROWEST = 1e12, 1e-3
"""No number is larger, and no distance between the limits smaller: texts show six decimals."""
FINEST = 5  # decimal places that a grid may be finer than a hundredth of the distance between the limits
SKEWED = 10  # times the low end: from there on a new range is drawn on a logarithmic scale
MOST = 500  # own assumptions in a file
LAST_CODE = 480  # of an added assumption: behind these the table of draws has what ties groups together
MARKUP = set("<>[]`*_|\\$#~&")  # signs that some page would take for more than a letter
RESERVED = {"band", "changes", "function", "most", "n", "names", "output"}
"""Arguments of the course's own functions: a model could not be given an assumption of that name by name."""
NAMED = 5  # assumptions in a sentence; more are counted
NONE_GIVEN = "none given"


class Own(Assumption):
    """An assumption of a learner's: *your own*, or *unsourced* where source or reason is missing."""

    tier: Literal["your own", "unsourced"]

    @property
    def added(self) -> bool:
        """Whether the course has no such assumption."""
        return self.id not in registry()

    @property
    def whose(self) -> str:
        """A word for it beside its value."""
        return self.tier

    @property
    def ground(self) -> str:
        """Where its number is from, and how well that is established."""
        return f"{self.locator}; evidence: {self.tier}."


class OfClass(Own):
    """An assumption that a class starts from: taken from its profile, with evidence as in the course's table."""

    tier: Literal["primary", "secondary", "derived", "judgement", "unverified"]

    @property
    def whose(self) -> str:
        return "the class's"

    @property
    def ground(self) -> str:
        return f"{self.locator}; looked up {self.accessed}; evidence: {self.tier}."


def made(
    id: str,
    value,
    low=None,
    high=None,
    *,
    unit: str | None = None,
    hard_min=None,
    hard_max=None,
    label: str | None = None,
    source: str = "",
    why: str = "",
    beside: Mapping[str, Assumption],
) -> Own:
    """An assumption of a learner's. CourseError says what cannot be so.

    Without low and high the range of one of the course's moves along with the value, and an added one is not varied.
    ``beside`` are the learner's other ones: each added one has draws of its own.
    """
    source, why = text_in("source", source), text_in("why", why)
    if (low is None) != (high is None):
        raise CourseError(f"{shown(id)}: a range has two ends: give low and high, or neither of them")
    if isinstance(id, str) and id in registry():
        if not (hard_min is hard_max is label is None):
            raise CourseError(f"{id} is an assumption of the course: it keeps its label, hard_min and hard_max")
        fields = _changed(registry()[id], value, low, high, unit)
    else:
        fields = _added(id, value, low, high, unit, hard_min, hard_max, label, beside)
    if not fields["choices"]:
        fields["distribution"] = _distribution(fields)
    today = date.today().isoformat()
    fields |= {"source": source or NONE_GIVEN, "why": why or NONE_GIVEN, "locator": "assumed by you"}
    fields |= {"tier": "your own" if source and why else "unsourced", "accessed": today, "reviewed": today}
    try:
        return Own(**fields)
    except ValidationError as error:
        raise CourseError(f"{fields['label']}: {error.errors()[0]['msg']}") from None


def _changed(course: Assumption, value, low, high, unit: str | None) -> dict:
    """The course's assumption with another value and range, on its own grid."""
    if unit is not None and _unit(course.id, unit) != course.unit:
        kept = unit_words(course.unit) or "no unit"
        raise CourseError(f"{course.label}: the course has it in {kept}, not in {shown(unit)}")
    value = course.accept(course.words.index(value) if value in course.words else value)
    if course.varied and low is None:
        low, high = ends(course, value)
    if not course.varied and low is not None:  # a model may take no more than one number of it
        what = "a choice" if course.choices else "a fact or a decision, which the course does not vary"
        raise CourseError(f"{course.label} is {what}: give its value alone, without low and high")
    low, high = (value if end is None else _end(course, name, end) for name, end in (("low", low), ("high", high)))
    _check_order(course.label, low=low, value=value, high=high)
    return {**course.model_dump(), "value": value, "low": low, "high": high}


def _check_order(label: str, **numbers: float) -> None:
    if sorted(numbers.values()) != [*numbers.values()]:
        told = ", ".join(f"{name} is {wording.number(x)}" for name, x in numbers.items())
        raise CourseError(f"{label}: {', '.join(numbers)} must rise in this order: {told}")


def _end(course: Assumption, name: str, given) -> float:
    try:
        return course.accept(given)
    except CourseError as error:
        raise CourseError(f"{name}: {error}") from None


def _added(id, value, low, high, unit, hard_min, hard_max, label, beside: Mapping[str, Assumption]) -> dict:
    """An assumption that the course does not have."""
    _check_id(id)
    if unit is None:
        raise CourseError(
            f"there is no assumption {id!r}; {nearest(id, registry())}; to add one of your own, give its unit, "
            'for example unit="percent", or unit="1" for a plain number'
        )
    unit = _unit(id, unit)
    label = text_in("label", label or id.replace("_", " ").capitalize())
    if wrong := sorted(MARKUP & set(label)):
        raise CourseError(f"label: {label!r} must have no {' '.join(wrong)}: write it in words")
    value = _number(label, "value", value)
    low, high = (value if end is None else _number(label, n, end) for n, end in (("low", low), ("high", high)))
    _check_order(label, low=low, value=value, high=high)
    width = (high - low) or abs(value) or 1.0
    least, most = (0.0 if low >= 0 else low - width), (100.0 if unit == "percent" and high <= 100 else high + width)
    hard_min = least if hard_min is None else _number(label, "hard_min", hard_min)
    hard_max = most if hard_max is None else _number(label, "hard_max", hard_max)
    _check_order(label, hard_min=hard_min, low=low, high=high, hard_max=hard_max)
    if hard_max - hard_min < NARROWEST:
        raise CourseError(
            f"{label}: from hard_min {wording.number(hard_min)} to hard_max {wording.number(hard_max)} is too little "
            "to be shown; choose a smaller unit"
        )
    numbers = {"value": value, "low": low, "high": high, "hard_min": hard_min, "hard_max": hard_max}
    step = _step(numbers.values(), hard_max - hard_min)
    ways = {"hard_min": math.floor, "hard_max": math.ceil}  # so that nothing lies outside
    year = date.today().year
    return {
        **{name: _on(step, x, ways.get(name, round)) for name, x in numbers.items()},
        "id": id,
        "code": beside[id].code if id in beside else _code(id, {a.code for a in beside.values()}),
        "symbol": id,
        "label": label,
        "question": "You added this assumption.",
        "unit": unit,
        "step": step,
        "scale": "linear",
        "choices": None,
        "group": "Your own",
        "correlation_group": "none",
        "valid_year": year,
        "currency_year": year if "EUR" in unit or "USD" in unit else None,
    }


def _check_id(id) -> None:
    if not (isinstance(id, str) and id.isidentifier() and len(id) <= LONGEST["id"]) or id.startswith("_"):
        raise CourseError(
            f"{shown(id)} cannot be the id of an assumption: an id has letters, digits and _ only, starts with a "
            f"letter and has at most {LONGEST['id']} characters"
        )
    if keyword.iskeyword(id) or id in RESERVED:
        whose = "Python" if keyword.iskeyword(id) else "functions of the course"
        raise CourseError(f"{id!r} cannot be the id of an assumption: it is a word of {whose}; take another name")


def _unit(id: str, given) -> str:
    """The spelling of a unit that is given by its spelling or its words."""
    if isinstance(given, str) and (found := given if given in UNITS else _SPELLED.get(given)):
        return found
    raise CourseError(
        f"{shown(id)}: the course has no unit {shown(given)}; {nearest(given, {*UNITS, *_SPELLED} - {''})}; "
        'unit="1" is a plain number, whose label can say what it counts'
    )


_SPELLED = {words: unit for unit, words in UNITS.items()}


def shown(given) -> str:
    """What was given, as a sentence can hold it."""
    text = str(given)
    shown = text if len(text) <= LONGEST["id"] else f"{text[: LONGEST['id']]}…"
    return repr(shown) if isinstance(given, str) else shown


def text_in(field: str, given) -> str:
    """A text on one line; CourseError if it is none or too long."""
    if not isinstance(given, str):
        raise CourseError(f"{field} must be a text, not {shown(given)}")
    text = wording.one_line(given)
    if len(text) > (most := LONGEST[field]):
        raise CourseError(f"{field} must have at most {most} characters; this text has {len(text):,}")
    return text


def _number(label: str, field: str, given) -> float:
    try:
        found = math.nan if isinstance(given, str | bool) else float(given)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not abs(found) <= LARGEST:  # nor what is no number
        raise CourseError(f"{label}: {field} must be a number from {-LARGEST:g} to {LARGEST:g}, not {shown(given)}")
    return found


def _step(numbers: Collection[float], span: float) -> float:
    """The coarsest power of ten of which all numbers are multiples, at most a hundredth of the span; or the finest."""
    first = math.floor(math.log10(span / 100))
    for exponent in range(first, first - FINEST, -1):
        step = float(f"1e{exponent}")
        if all(math.isclose(x / step, round(x / step), rel_tol=1e-9, abs_tol=1e-6) for x in numbers):
            break
    return step


def _on(step: float, x: float, rounded) -> float:
    """The multiple of a step that is near a number."""
    near = round(x / step)
    place = near if math.isclose(x / step, near, rel_tol=1e-9, abs_tol=1e-6) else rounded(x / step)
    return float(f"{place * step:.12g}")


def _code(id: str, used: Collection[int]) -> int:
    """The number of the draws of an added assumption: the same in every session, where no other one has it."""
    taken = {a.code for a in registry().values()} | set(used)
    free = [code for code in range(max(taken - set(used)) + 1, LAST_CODE + 1) if code not in taken]
    if not free:
        raise CourseError(f"there are draws for {len(used)} assumptions of your own, and you have as many already")
    return free[zlib.crc32(id.encode()) % len(free)]


def _distribution(fields: dict) -> str:
    """Normal or lognormal, with a half of its own on each side of the value, so that all three numbers are met."""
    low, high = fields["low"], fields["high"]
    if low == high:
        return "fixed"
    skewed = fields["distribution"] == "lognormal" if fields["id"] in registry() else high >= SKEWED * low
    return "lognormal" if low > 0 and skewed else "normal"


# In sentences and in files --------------------------------------------------------------------------------------------


def listed(own: Iterable[Assumption]) -> str:
    """The labels of some assumptions, for a sentence."""
    return wording.listed((a.label for a in own), NAMED)


def entry(a: Own) -> dict:
    """An assumption as it is written to a file; where its source is one of the course's, in full."""
    kept = {"label": a.label, "value": a.value, "low": a.low, "high": a.high, "unit": unit_words(a.unit)}
    limits = {"hard_min": a.hard_min, "hard_max": a.hard_max} if a.added else {}
    ground = {"source": data.cited(a.source), "why": a.why}
    return {**kept, **limits, **{name: "" if text == NONE_GIVEN else text for name, text in ground.items()}}


def taken(id: str, found, beside: Mapping[str, Assumption]) -> Own:
    """An assumption from an entry of a file; CourseError says what is wrong with it."""
    names = ("value", "low", "high", "unit", "source", "why")
    course = registry().get(id)
    if course is None:
        names += ("hard_min", "hard_max", "label")
    elif not course.varied:
        names = tuple(name for name in names if name not in ("low", "high"))  # both were the value
    if not isinstance(found, dict) or "value" not in found:
        raise CourseError(f"{shown(id)}: the file has no value for it")
    return made(id, **{name: found[name] for name in names if name in found}, beside=beside)
