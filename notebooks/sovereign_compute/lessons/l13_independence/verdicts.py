"""Notebook 13, what independence is worth: what decides its claims."""

import math

from ...inputs import data
from ...inputs.wording import number
from ...models.lists import list_after, parts_of_the_largest, printed
from ...models.parts.constants import DAYS_PER_MONTH, MONTHS_PER_YEAR
from ..fact_check import Verdict, fact, judges
from ..l11_fast_computers.exhibits import beside_the_largest

# Claims -----------------------------------------------------------------------------------------------------------


def _share_of_the_lists(list_: str) -> float:
    """Germany's share of all listed Linpack performance, in percent."""
    for row in data.records("top500_countries"):
        if (row["list"], row["group"]) == (list_, "Germany"):
            return row["rmax_share_percent"]
    return math.nan


def _reference(id: str) -> float:
    return data.row("macro_reference", id)["value"]


@judges("C87")
def _starts_to_catch_up() -> Verdict:
    # The list at print, of the machine's first run, is neither without it nor of the whole of it.
    before, after = (_share_of_the_lists(list_after(printed(), steps)) for steps in (-1, 1))
    part = [*parts_of_the_largest(fact("superchips")).values()][-1]
    # How long the largest site takes to grow by as much computing as JUPITER has.
    days = DAYS_PER_MONTH * MONTHS_PER_YEAR * math.log(1 + part) / math.log(_reference("leader-growth-2026"))
    readings = {"Germany's share of the world list": after > before, "the largest machine for AI": part >= 1}
    true = [name for name, holds in readings.items() if holds]
    return Verdict(
        ("does not hold", "depends on the reading", "holds")[len(true)],
        f"share of the list {number(before, 1)} to {number(after, 1)} %; {beside_the_largest(fact('superchips'))}",
        f"true if catching up is measured by {' and by '.join(true) or 'neither measure'}",
        f"at the pace of 2024 to 2026 the largest site adds as much computing as JUPITER has every {number(days, 0)} "
        "days: a single purchase moves a share once, but a race takes one after the other",
    )
