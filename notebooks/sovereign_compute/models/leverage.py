"""What the option to leave is worth in a negotiation: to a firm that is believed, and while prices are uncertain.

Method: at the next renewal a firm that can leave pays the smaller of two bills, the other one with the cost of the move
on top. That right is an option to exchange (Margrabe 1978, Kirk 1995, see ``exit``). A provider that believes in it
lowers its price to just below, so the firm has its worth without moving; one that does not believe in it does not.
"""

from typing import NamedTuple

from .exit import moving_option, ratio_volatility
from .parts.constants import PERCENT
from .parts.special import larger
from .registry import Output, model


class Leverage(NamedTuple):
    """Worth of the option to leave in a negotiation; units as in the outputs of ``leverage``."""

    leverage: object
    option: object
    today: object
    waiting: object
    chance: object
    discount: object
    net: object
    turning: object
    spread: object


@model(
    "What the option to leave is worth in a negotiation",
    Output("leverage", "Worth of being believed", "MEUR", 2),
    Output("option", "Worth of the threat if nobody doubted it", "MEUR", 2),
    Output("today", "Part of that: leaving at today's prices", "MEUR", 2),
    Output("waiting", "Part of that: prices may still move", "MEUR", 2),
    Output("chance", "Chance that leaving is cheaper at the renewal", "percent", 0),
    Output("discount", "Price cut worth as much", "percent", 1),
    Output("net", "Worth less the cost of staying ready", "MEUR", 2),
    Output("turning", "Uncertainty below which more of it lowers the worth", "percent/year**0.5", 0),
    Output("spread", "Uncertainty of the one price over the other", "percent/year**0.5", 0),
    monotone={
        "belief": "+",
        "cloud_spending": "+",
        "contract_years": "+",
        "licence_rise": "+",
        "price_correlation": "-",
        "renewal_years": "+",
    },
)
def leverage(
    *,
    cloud_spending,
    contract_years,
    licence_rise,
    alternative_saving,
    switching_cost,
    price_uncertainty,
    alternative_uncertainty,
    price_correlation,
    renewal_years,
    belief,
    exit_readiness,
) -> Leverage:
    """Worth of the option to leave in the negotiation of the next contract.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. ``belief`` is the chance that the provider
    takes the firm at its word where leaving is cheaper: at 0 the option is worth nothing here. More uncertainty is
    worth more, but for one case: prices that move together. Then a provider's price that becomes a little less certain
    comes nearer to the other one, and the gap moves less; below ``turning`` that outweighs. Leaves out: a provider that
    calls a bluff, repeated negotiations, and what a move breaks.
    """
    bill = cloud_spending * contract_years * (1 + licence_rise * PERCENT)
    other = cloud_spending * contract_years * (1 - alternative_saving * PERCENT)
    uncertainties = price_uncertainty, alternative_uncertainty
    option, chance = moving_option(bill, other, switching_cost, *uncertainties, price_correlation, renewal_years)
    gap = bill - other - switching_cost
    today = larger(gap, 0 * bill)
    scaled = alternative_uncertainty * other / (other + switching_cost)
    worth = option * belief * PERCENT
    return Leverage(
        leverage=worth,
        option=option,
        today=today,
        waiting=option - today,
        chance=chance / PERCENT,
        discount=worth / bill / PERCENT,
        net=worth - exit_readiness * renewal_years,
        turning=larger(price_correlation * scaled, 0 * scaled),
        spread=ratio_volatility(price_uncertainty, scaled, price_correlation),
    )
