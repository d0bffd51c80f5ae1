"""What panels and figures start from: the course's values, before them the class's, and before these the learner's.

A class's assumptions lie among the learner's own in ``ASSUMED``, so that whatever starts from these starts from those.
"""

from collections.abc import Iterable

from . import profile
from .assumptions import ASSUMED
from .own_assumptions import OfClass, Own, listed


def of_class() -> dict[str, Own]:
    """What the class assumes, where the learner does not assume something else."""
    return {id: a for id, a in ASSUMED.items() if isinstance(a, OfClass)}


def of_learner() -> dict[str, Own]:
    """What the learner of this session assumes."""
    return {id: a for id, a in ASSUMED.items() if not isinstance(a, OfClass)}


def start_values() -> dict[str, float]:
    """What panels and figures start from instead of the course's values."""
    return {id: a.value for id, a in ASSUMED.items()}


def start_words(ids: Iterable[str]) -> str:
    """How what starts from them says so; empty where these assumptions start from the course's values."""
    asked = set(ids)
    found = [a for id, a in ASSUMED.items() if id in asked]
    own = [a for a in found if not isinstance(a, OfClass)]
    of_class = profile.current().words if len(found) > len(own) else ""
    return " ".join(filter(None, [of_class, f"Your own assumptions: {listed(own)}." if own else ""]))


def begin() -> None:
    """Assume what the class assumes, and nothing else."""
    ASSUMED.clear()
    ASSUMED.update(profile.current().assumptions)


begin()
