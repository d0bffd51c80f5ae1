"""What a model with open weights is worth that a firm keeps ready for the day on which its API goes dark.

Method: an outage of known length, lost days until the firm has switched, and after that the part of the work that the
fallback does worse; times the chance of an outage in a year.
"""

from typing import NamedTuple

from .parts.constants import PERCENT
from .parts.special import smaller
from .registry import Output, model


class Fallback(NamedTuple):
    """What a model kept ready is worth; units as in the outputs of ``fallback_value``."""

    net: object
    worth: object
    averted: object
    loss_unprepared: object
    loss_prepared: object


@model(
    "What an open-weight fallback is worth",
    Output("net", "Worth of the fallback less its cost", "kEUR/year", 1),
    Output("worth", "Loss averted in a mean year", "kEUR/year", 1),
    Output("averted", "Loss averted in one outage", "kEUR", 0),
    Output("loss_unprepared", "Loss in one outage, unprepared", "kEUR", 0),
    Output("loss_prepared", "Loss in one outage, prepared", "kEUR", 0),
    monotone={
        "disruption_probability": "+",
        "outage_days": "+",
        "outage_loss": "+",
        "cold_switch": "+",
        "warm_switch": "-",
        "fallback_quality": "+",
        "fallback_cost": "-",
    },
)
def fallback_value(
    *,
    disruption_probability,
    outage_days,
    outage_loss,
    cold_switch,
    warm_switch,
    fallback_quality,
    fallback_cost,
) -> Fallback:
    """Worth of open weights kept ready for an outage of a model that is called, less what that costs in a year.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. Until a firm has switched (``warm_switch``
    days if it is prepared, ``cold_switch`` if not) it loses ``outage_loss`` a day; after that only the part that the
    fallback does worse (``fallback_quality``, percent). Who is prepared is never later than who is not. Leaves out:
    that GPUs may be scarce on a day when everybody switches, and that a firm may fear risk (lesson 13).
    """

    def loss(days):
        dark = smaller(days, outage_days)
        return outage_loss * (dark + (outage_days - dark) * (1 - fallback_quality * PERCENT))

    unprepared, prepared = loss(cold_switch), loss(smaller(warm_switch, cold_switch))
    averted = unprepared - prepared
    worth = disruption_probability * PERCENT * averted
    return Fallback(
        net=worth - fallback_cost,
        worth=worth,
        averted=averted,
        loss_unprepared=unprepared,
        loss_prepared=prepared,
    )
