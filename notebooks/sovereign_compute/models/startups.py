"""How much of a start-up's value public computing can claim, and how much of that stays in Europe.

Method: an accounting chain. Of the value that a firm creates a part is due to computing, of the computing a part ran
on public machines, and of what remains a part goes to staff and owners in Europe. Beside it stands the causal question:
how much of a winner's value would be missing without the prize.
"""

from typing import NamedTuple

from .parts.constants import PERCENT
from .registry import Output, model


class PublicPart(NamedTuple):
    """What is due to public hours and where it goes; units as in the outputs of ``public_part``."""

    kept: object
    traced: object
    computing: object
    by_effect: object
    european: object
    typical: object
    kept_value: object
    per_start_up: object


@model(
    "What a unicorn owes to public computing",
    Output("kept", "Due to public hours and staying in Europe", "percent", 1),
    Output("traced", "Due to public hours", "percent", 1),
    Output("computing", "Due to computing", "percent", 1),
    Output("by_effect", "Due to a prize, if its effect is as assumed", "percent", 1),
    Output("european", "Staying in Europe, of all value", "percent", 1),
    Output("typical", "Value of the median unicorn", "MUSD", 0),
    Output("kept_value", "Value due to public hours and staying in Europe", "MUSD", 1),
    Output("per_start_up", "That value, spread over all funded start-ups", "MUSD", 2),
    monotone={
        "compute_share_of_value": "+",
        "public_hours_share": "+",
        "european_ownership": "+",
        "wage_share": "+",
    },
)
def public_part(
    *,
    tail_exponent,
    smallest_value,
    unicorn_share,
    compute_share_of_value,
    public_hours_share,
    european_ownership,
    wage_share,
    funding_effect,
) -> PublicPart:
    """The part of a unicorn's value that is due to public hours, and the part of it that stays in Europe.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. Shares are percent of the value that the firm creates. Wages count as staying
    in Europe, and of the rest the part that Europeans own. ``typical`` is the median of a Pareto distribution above
    ``smallest_value``; its mean is infinite at exponents up to one, so no mean is given. ``by_effect`` is the part of
    a winner's value that would be missing without the prize, ``d / (1 + d)``; it is negative where a prize harms.
    Left out: what models that are given away are worth to others, taxes, what the same hours would have done elsewhere,
    wages already paid that the price of a firm does not contain.

    Source: accounting; median of the Pareto distribution from Newman (2005).
    """
    computing = compute_share_of_value
    traced = computing * public_hours_share * PERCENT
    european = wage_share + european_ownership - wage_share * european_ownership * PERCENT
    kept = traced * european * PERCENT
    typical = smallest_value * 2.0 ** (1 / tail_exponent)
    kept_value = typical * kept * PERCENT
    return PublicPart(
        kept=kept,
        traced=traced,
        computing=computing,
        by_effect=funding_effect / (1 + funding_effect * PERCENT),
        european=european,
        typical=typical,
        kept_value=kept_value,
        per_start_up=kept_value * unicorn_share * PERCENT,
    )
