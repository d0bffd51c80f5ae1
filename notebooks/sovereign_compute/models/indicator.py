"""What happens to a goal when its indicator is rewarded: many small grants please a count of start-ups.

Method: a pool of computing hours is given out in grants. Without pressure a grant holds what a start-up needs in the
middle case; under pressure a part of the pool goes out in grants of another size. Needs differ: the share of start-ups
for which a grant is enough is log-logistic with shape two, which puts nine needs of ten within a factor of 4.4 of the
middle one, as the range of the assumption does. Goodhart (1975), Campbell (1979) and Strathern (1997) say why.

Left out: that a small grant may be the first step to a large one, and help by people.
"""

from typing import NamedTuple

from .parts.constants import EUROS_PER_MILLION, GPUS_PER_THOUSAND, PERCENT
from .registry import Output, model


class IndicatorGame(NamedTuple):
    """Indicator and goal of a programme under pressure, and without."""

    saved: object
    grants: object
    saved_without: object
    grants_without: object
    enough: object


def enough(grant, need):
    """Share of start-ups (parts of one) for which a grant is enough; ``need`` is the middle need, in the same unit."""
    squared = (grant / need) ** 2
    return squared / (1 + squared)


@model(
    "An indicator against its goal",
    Output("saved", "Goal: start-ups saved", "company", 0),
    Output("grants", "Indicator: start-ups with a grant", "company", 0),
    Output("saved_without", "Goal without pressure", "company", 0),
    Output("grants_without", "Indicator without pressure", "company", 0),
    Output("enough", "Start-ups for which the rewarded grant is enough", "percent", 0),
)
def indicator_game(
    *, kpi_pressure, grant_size, spend_credits, cloud_price, exchange_rate, company_gpu_hours, survival_gain
) -> IndicatorGame:
    """Start-ups with a grant, which is counted, and start-ups saved by one, which is meant.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. ``kpi_pressure`` is the part of the hours
    that goes out in grants of ``grant_size``; the rest goes out in grants of ``company_gpu_hours``. A start-up is saved
    if its grant is enough and help then makes the difference (``survival_gain``, percentage points).
    """
    hours = spend_credits * EUROS_PER_MILLION * exchange_rate / cloud_price / GPUS_PER_THOUSAND
    steered = kpi_pressure * PERCENT
    gain = survival_gain * PERCENT
    fitting = hours / company_gpu_hours
    small = hours / grant_size
    share = enough(grant_size, company_gpu_hours)
    usual = enough(company_gpu_hours, company_gpu_hours)
    return IndicatorGame(
        saved=gain * (steered * small * share + (1 - steered) * fitting * usual),
        grants=steered * small + (1 - steered) * fitting,
        saved_without=gain * fitting * usual,
        grants_without=fitting,
        enough=share / PERCENT,
    )
