"""What the page is told of an assumption, for its row in the panel."""

from collections.abc import Mapping

from ..inputs import data
from ..inputs.assumptions import Assumption, registry
from ..inputs.own_assumptions import NONE_GIVEN, Own
from ..inputs.units import unit_words
from ..inputs.wording import number, quantity

SLIDER_STEPS = 200


def _course_range(a: Assumption) -> str:
    return f" ({number(a.low)} to {number(a.high)})" if a.varied else ""


def _stops(a: Assumption) -> list[float]:
    """Where the slider of a logarithmic assumption can stand: in equal ratios, each a value of the grid."""
    if a.scale != "log" or a.words:
        return []
    ratio = a.hard_max / a.hard_min
    return list(dict.fromkeys(a.snap(a.hard_min * ratio ** (step / SLIDER_STEPS)) for step in range(SLIDER_STEPS + 1)))


def control(a: Assumption) -> dict:
    """The row of an assumption: its field, its slider, its range and what it rests on, as `panel.js` shows them."""
    source = data.source(a.source)
    own = isinstance(a, Own)
    course = registry().get(a.id) if own else None
    why = "No reason was given." if a.why == NONE_GIVEN else a.why if a.why[-1] in ".!?" else f"{a.why}."
    theirs = f" The course has {course.told(course.value)}{_course_range(course)}." if course else ""
    return {
        "id": a.id,
        "label": a.label,
        "unit": unit_words(a.unit),
        "group": a.group,
        "min": a.hard_min,
        "max": a.hard_max,
        "step": a.step,
        "decimals": a.decimals,
        "stops": _stops(a),
        "words": a.words,
        "shown": a.told(a.value),
        "question": a.question,
        "range": f"{number(a.low)} to {quantity(a.high, a.unit)} (P5 to P95)" if a.varied else "not varied",
        "why": f"{why}{theirs}",
        "tier": a.tier,
        "source": data.cited(a.source) + (f" ({source['published']})" if source["published"] else ""),
        "ground": a.ground if own else f"{a.locator}; looked up {a.accessed}; evidence: {a.tier}.",
        "url": source["url"],
    }


def shared(shares: tuple[str, tuple[str, ...]], inputs: Mapping[str, Assumption], values: Mapping[str, float]) -> dict:
    """A sum and what is paid from it: the part of each in percent of the larger of both, and what is left, in words."""
    whole, parts = shares
    unit, there, asked = inputs[whole].unit, values[whole], sum(values[part] for part in parts)
    of = f"of {quantity(there, unit)}"
    left = f"Left to spend: {number(there - asked)} {of}."
    if asked > there:
        left = f"That is {quantity(asked - there, unit)} too much: each gets only {number(100 * there / asked, 0)} %."
    return {
        "text": left,
        "over": asked > there,
        "parts": [100 * values[part] / max(asked, there) for part in parts],
    }
