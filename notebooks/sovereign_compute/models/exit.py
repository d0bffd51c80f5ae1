"""The option to leave: what the right to exchange one service for another is worth while both values are uncertain.

Method: Margrabe (1978) for a move that costs nothing, which is exact for two values with lognormal changes; Kirk's
approximation (1995) where the move has a price. Nothing is discounted, because neither service pays a dividend while
one waits: each value is that of its whole use from the day of the decision.
"""

from typing import NamedTuple

import numpy as np

from .parts.constants import PERCENT
from .parts.special import larger, log, nominal, normal_cdf
from .registry import Output, model


class ExitOption(NamedTuple):
    """Worth of the right to move (MEUR), its parts, and what keeping it costs."""

    option: object
    today: object
    waiting: object
    independent: object
    chance: object
    affordable: object
    readiness: object
    spread: object


def exchange_option(gain, loss, deviation):
    """Worth of the right to give up ``loss`` and get ``gain`` (both in one unit, above zero): Margrabe's formula.

    ``deviation`` is the standard deviation of the logarithm of their ratio at the end of the time (volatility of the
    ratio times the root of the time), without unit. At a deviation of 0 the right is worth what it brings at once:
    ``max(gain - loss, 0)``. Returns the worth and the probability of using it, as a market without aversion to risk
    sees it.
    """
    at_once = larger(gain - loss, 0 * gain)
    if isinstance(deviation, np.ndarray):
        certain = deviation == 0
        worth, chance = _exchange(gain, loss, np.where(certain, 1.0, deviation))
        return np.where(certain, at_once, worth), np.where(certain, 1.0 * (gain > loss), chance)
    if deviation == 0:
        return at_once, 1.0 * (nominal(gain) > nominal(loss))
    return _exchange(gain, loss, deviation)


def _exchange(gain, loss, deviation):
    first = log(gain / loss) / deviation + deviation / 2
    chance = normal_cdf(first - deviation)
    return gain * normal_cdf(first) - loss * chance, chance


def ratio_volatility(first, second, correlation):
    """Volatility of the ratio of two values from their volatilities (one unit) and their correlation."""
    return (first**2 + second**2 - 2 * correlation * first * second) ** 0.5


def moving_option(gain, loss, cost, gain_volatility, loss_volatility, correlation, years):
    """Worth of the right to give up ``loss`` and pay ``cost``, and get ``gain`` (one unit), after ``years``.

    Volatilities are in percent per root of a year. The cost is added to what is given up, and the volatility of the
    sum is scaled by the part that is uncertain (Kirk 1995): exact at no cost. Returns worth and chance, as
    ``exchange_option`` does.
    """
    given_up = loss + cost
    volatility = ratio_volatility(gain_volatility, loss_volatility * loss / given_up, correlation)
    return exchange_option(gain, given_up, volatility * PERCENT * years**0.5)


@model(
    "What an exit kept open is worth",
    Output("option", "Worth of the right to move", "MEUR", 2),
    Output("today", "Part of it: moving today", "MEUR", 2),
    Output("waiting", "Part of it: being able to wait and see", "MEUR", 2),
    Output("independent", "Worth of the right if the two values were unrelated", "MEUR", 2),
    Output("chance", "Chance that one will move", "percent", 0),
    Output("affordable", "What readiness may cost at most", "MEUR/year", 2),
    Output("readiness", "What readiness costs in all", "MEUR", 2),
    Output("spread", "Volatility of the one value over the other", "percent/year**0.5", 1),
    monotone={"sovereign_value": "+", "value_correlation": "-", "option_years": "+"},
)
def exit_option(
    *,
    sovereign_value,
    foreign_value,
    sovereign_volatility,
    foreign_volatility,
    value_correlation,
    option_years,
    exit_readiness,
    switching_cost,
) -> ExitOption:
    """Worth of being able to change from the foreign to the sovereign service within ``option_years``.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. The right is exchanged at the end of its
    life: neither value pays anything in between, so an earlier exchange would give away time. ``moving_option`` is a
    few per cent off at costs as large as the values. Left out: jumps, which are what a disruption is (see
    ``independence_value``), and a right that somebody else can end.
    """

    def worth(correlation):
        volatilities = sovereign_volatility, foreign_volatility
        return moving_option(sovereign_value, foreign_value, switching_cost, *volatilities, correlation, option_years)

    option, chance = worth(value_correlation)
    at_once = sovereign_value - foreign_value - switching_cost
    today = larger(at_once, 0 * foreign_value)
    return ExitOption(
        option=option,
        today=today,
        waiting=option - today,
        independent=worth(0.0)[0],
        chance=chance / PERCENT,
        affordable=option / option_years,
        readiness=exit_readiness * option_years,
        spread=ratio_volatility(sovereign_volatility, foreign_volatility, value_correlation),
    )
