"""Own assumptions: what a learner assumes instead of the course, or beside it, taken, listed and forgotten.

They hold in this notebook as long as its kernel runs, and go into the file of a saved scenario.
"""

import math

from ..display.tables import Column, Table, source_words
from ..errors import CourseError
from ..inputs import profile, scenarios
from ..inputs.assumptions import ASSUMED, Assumption, registry
from ..inputs.own_assumptions import Own, made
from ..inputs.start import of_learner
from ..inputs.units import unit_words
from ..inputs.wording import number, span
from .panel import tell_panels


def assume(
    id: str,
    value: float | str,
    low: float | None = None,
    high: float | None = None,
    *,
    unit: str | None = None,
    hard_min: float | None = None,
    hard_max: float | None = None,
    label: str | None = None,
    source: str = "",
    why: str = "",
) -> Table:
    """Assume something of your own: another value and range than the course has, or something it does not have.

    ``value`` is what you would bet on; one case in twenty lies below ``low`` and one above ``high``. Panels, figures,
    draws and the exercises on your panel start from it; the text, the verdicts and the exercises on a given case keep
    the course's. Without ``source`` and ``why`` it is taken and marked *unsourced*.

    An assumption of the course keeps its unit and limits. Without ``low`` and ``high`` its range moves along with the
    value; one that the course does not vary takes a value alone. A new one needs a ``unit``; ``hard_min`` and
    ``hard_max`` are what a panel accepts, ``label`` is its name. Without ``low`` and ``high`` a new one is not varied.

    It holds in this notebook while its kernel runs; the file of a saved scenario takes it along, a scenario code does
    not. Returns the assumption beside the course's as a table. A CourseError says what cannot be taken; then nothing
    changes.

    >>> assume("attribution", 30, low=10, high=60, why="Half of the credit goes to people.")["Yours"].tolist()
    [30.0]
    >>> forget("attribution")
    """
    limits = {"hard_min": hard_min, "hard_max": hard_max}
    found = made(id, value, low, high, unit=unit, **limits, label=label, source=source, why=why, beside=ASSUMED)
    ASSUMED[id] = found
    scenarios.current[id] = found.value
    tell_panels()
    return _table([found], f"Your own assumption: {found.label}")


def forget(id: str) -> None:
    """Take an own assumption back: the class's or the course's holds again. CourseError if there is none."""
    if id not in (own := of_learner()):
        there_are = f"; there are {', '.join(own)}" if own else ": sc.assume makes one"
        raise CourseError(f"you have no assumption {str(id)[:40]!r} of your own{there_are}")
    of_class = profile.current().assumptions
    if id in of_class:
        ASSUMED[id] = of_class[id]
    else:
        del ASSUMED[id]
    if id in registry():
        scenarios.current.restart([id])
    else:
        scenarios.current.pop(id, None)
    tell_panels()


def my_assumptions() -> Table:
    """All own assumptions beside the course's, in the order in which they were made."""
    return _table(list(of_learner().values()), "Your own assumptions")


def _table(own: list[Own], caption: str) -> Table:
    words = {a.id: a.words for a in own}

    def told(value: float, id: str) -> str:
        return words[id][int(value)] if words[id] else number(value)

    def theirs(low: float, high: float, value: float) -> str:
        return "" if math.isnan(value) else "not varied" if math.isnan(low) else span(low, high)

    columns = [
        *("Id", "Assumption", Column("Yours", told, of=("Yours", "Id"))),
        Column("P5 to P95", span, of=("P5", "P95"), missing="not varied"),
        Column("The course's", told, of=("The course's", "Id"), missing="none"),
        Column("Its P5 to P95", theirs, of=("Its P5", "Its P95", "The course's")),
        *("Unit", "Evidence", "Source", "Why"),
    ]
    return Table([_row(a) for a in own], caption, columns)


def _row(a: Own) -> tuple:
    course = registry().get(a.id)
    value = course.value if course else math.nan
    ground = (unit_words(a.unit), a.tier, source_words(a.source), a.why)
    return a.id, a.label, a.value, *_range(a), value, *_range(course), *ground


def _range(a: Assumption | None) -> tuple[float, float]:
    return (a.low, a.high) if a and a.varied else (math.nan, math.nan)
