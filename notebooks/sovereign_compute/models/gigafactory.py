"""A gigafactory in numbers: how large, how full, and what a bid for one is worth.

Method: arithmetic. Size is a ratio in four units. Use sets what could be sold against a demand of constant elasticity
at the price that would cover the cost of a full site, in the year in which the sites stand. A bid is a lottery ticket
with a known number of prizes.
"""

from typing import NamedTuple

import numpy as np

from .ownership import annuity
from .parts.constants import (
    COMPOUNDING_PERIOD,
    EUROS_PER_MILLION,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    MILLIONS_PER_BILLION,
    PERCENT,
    TERAFLOPS_PER_EXAFLOP,
)
from .parts.special import smaller
from .registry import Output, model


class GigafactoryTimes(NamedTuple):
    """A gigafactory over JUPITER in four units, and its own size; units as in the outputs of ``gigafactory_times``."""

    chips: object
    money: object
    speed: object
    power: object
    peak: object
    megawatts: object
    money_per_chip: object


class GigafactoryUse(NamedTuple):
    """What is offered, wanted and left over; units as in the outputs of ``gigafactory_use``."""

    stranded: object
    usable: object
    wanted: object
    wanted_then: object
    wanted_today: object
    full_cost: object
    market: object
    rented_cost: object
    sites_filled: object
    yearly_cost: object
    shortfall: object


class BidValue(NamedTuple):
    """What a bid is worth, to whom; units as in the outputs of ``bid_value``."""

    region_net: object
    chance: object
    prize: object
    expected: object
    pays_from: object
    all_bids: object
    country_net: object


def _times(large, small):
    """How many times ``small`` goes into ``large``; infinite where it is nothing."""
    if isinstance(small, np.ndarray):
        nothing = small == 0
        return np.where(nothing, np.inf, large / np.where(nothing, 1.0, small))
    return large / small if small != 0 else np.inf


def grown(today, growth, years):
    """What grows by ``growth`` percent a year comes to after ``years``."""
    return today * (1 + growth * PERCENT * COMPOUNDING_PERIOD) ** (years / COMPOUNDING_PERIOD)


@model(
    "How large a gigafactory is, in JUPITERs",
    Output("chips", "Times JUPITER in chips", "1", 1),
    Output("money", "Times JUPITER in money", "1", 1),
    Output("speed", "Times JUPITER in 16-bit speed", "1", 1),
    Output("power", "Times JUPITER in power", "1", 1),
    Output("peak", "Peak of a gigafactory, 16 bits", "Eflop/s", 0),
    Output("megawatts", "Power of a gigafactory", "MW", 0),
    Output("money_per_chip", "Money per chip", "EUR/gpu", 0),
    monotone={"gigafactory_chips": "+", "gpus": "-"},
    infinite=("money",),
)
def gigafactory_times(
    *,
    gigafactory_chips,
    gigafactory_money,
    next_chip_peak,
    chip_power,
    gpus,
    capital_cost,
    running_cost,
    lifetime,
    chip_peak,
    it_power,
    pue,
) -> GigafactoryTimes:
    """How many times as large as JUPITER a gigafactory is: in chips, money, 16-bit peak and power.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. JUPITER's money is the contract and the running cost of its life; what the
    money for a gigafactory covers was not said. Peaks are dense 16-bit peaks, which no program reaches.
    Source: arithmetic; 100,000 / 23,536 = 4.2.
    """
    peak = gigafactory_chips * next_chip_peak
    megawatts = gigafactory_chips * chip_power / KILOWATTS_PER_MEGAWATT
    money = gigafactory_money * MILLIONS_PER_BILLION
    return GigafactoryTimes(
        chips=gigafactory_chips / gpus,
        money=_times(money, capital_cost + running_cost * lifetime),
        speed=peak / (gpus * chip_peak),
        power=megawatts / (it_power * pue),
        peak=peak / TERAFLOPS_PER_EXAFLOP,
        megawatts=megawatts,
        money_per_chip=money * EUROS_PER_MILLION / gigafactory_chips,
    )


@model(
    "How full gigafactories would be when they stand",
    Output("stranded", "Standing idle", "percent", 0),
    Output("usable", "Offered: GPUs that can be busy", "gpu", 0),
    Output("wanted", "Wanted at the price that covers cost", "gpu", 0),
    Output("wanted_then", "Wanted then at today’s price", "gpu", 0),
    Output("wanted_today", "Wanted today at today’s price", "gpu", 0),
    Output("full_cost", "Cost of a GPU-hour if full", "EUR/gpu/hour", 2),
    Output("market", "Today’s price of a GPU-hour", "EUR/gpu/hour", 2),
    Output("rented_cost", "Cost of a GPU-hour that is rented", "EUR/gpu/hour", 2),
    Output("sites_filled", "Sites that demand fills", "1", 1),
    Output("yearly_cost", "Cost of all sites in a year", "MEUR/year", 0),
    Output("shortfall", "Not covered by rents", "MEUR/year", 0),
    monotone={
        "demand_gpus": "-",
        "demand_growth": "-",
        "gigafactory_places": "+",
        "gigafactory_money": "+",
        "chip_power": "+",
        "electricity_price": "+",
        "cloud_price": "-",
    },
)
def gigafactory_use(
    *,
    gigafactory_places,
    gigafactory_chips,
    gigafactory_money,
    chip_power,
    lifetime,
    discount_rate,
    maintenance,
    electricity_price,
    availability,
    utilisation,
    demand_gpus,
    demand_growth,
    build_years,
    demand_elasticity,
    cloud_price,
    exchange_rate,
) -> GigafactoryUse:
    """Demand against supply if all sites ask the price that would cover their cost when full.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. Demand is counted in GPUs that are busy all year round; ``demand_gpus`` is
    what would be rented today at today's price. It grows by ``demand_growth`` until the sites stand, in ``build_years``
    from today, and follows the price with a constant elasticity. A full site is up for ``availability`` of the year and
    gives out ``utilisation`` of that. Power is drawn whether a chip is busy or not. ``rented_cost`` spreads the cost of
    all sites over the hours that are rented.
    Left out: growth after that year, rents that fall until then, private sites that serve the same demand, subsidies,
    states and laboratories as customers, staff, the price war that empty sites would start, and users who leave other
    clouds.
    Source: the course's arithmetic; the demand is judgement.
    """
    money = gigafactory_money * MILLIONS_PER_BILLION * EUROS_PER_MILLION
    energy = gigafactory_chips * chip_power * HOURS_PER_YEAR
    site = money * (annuity(discount_rate * PERCENT, lifetime) + maintenance * PERCENT) + energy * electricity_price
    site_usable = gigafactory_chips * availability * PERCENT * utilisation * PERCENT
    usable = gigafactory_places * site_usable
    full_cost = site / (site_usable * HOURS_PER_YEAR)
    market = cloud_price / exchange_rate
    then = grown(demand_gpus, demand_growth, build_years)
    wanted = then * (full_cost / market) ** (-demand_elasticity)
    idle = 1 - smaller(wanted / usable, 1.0)
    yearly = gigafactory_places * site
    return GigafactoryUse(
        stranded=idle / PERCENT,
        usable=usable,
        wanted=wanted,
        wanted_then=then,
        wanted_today=demand_gpus,
        full_cost=full_cost,
        market=market,
        rented_cost=full_cost / smaller(wanted / usable, 1.0),
        sites_filled=wanted / site_usable,
        yearly_cost=yearly / EUROS_PER_MILLION,
        shortfall=yearly * idle / EUROS_PER_MILLION,
    )


@model(
    "What a bid for a gigafactory is worth",
    Output("region_net", "Bid, to its region", "MEUR", 1),
    Output("chance", "Chance of a bid", "percent", 1),
    Output("prize", "Worth of winning, to the region", "MEUR", 0),
    Output("expected", "Chance times worth", "MEUR", 1),
    Output("pays_from", "Worth of winning from which a bid pays", "MEUR", 0),
    Output("all_bids", "Cost of all bids together", "MEUR", 0),
    Output("country_net", "All sites less all bids, less what only moved", "MEUR", 0),
    monotone={
        "bids": "-",
        "gigafactory_places": "+",
        "bid_cost": "-",
        "local_value": "+",
        "lifetime": "+",
        "discount_rate": "-",
    },
)
def bid_value(
    *,
    bids,
    gigafactory_places,
    bid_cost,
    local_value,
    displacement,
    lifetime,
    discount_rate,
) -> BidValue:
    """Expected value of one bid for its region, and of the whole contest for all regions together.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. Every bid has the same chance, places over bids, at most 1. A region counts
    all that comes to it; ``displacement`` is the part that left another region and does not count in ``country_net``.
    Left out: what the site itself costs the public, what a bid teaches those who lose, and bids of unequal quality.
    Source: expected value; the contest as rent seeking goes back to Tullock 1980.
    """
    chance = smaller(gigafactory_places / bids, 1.0)
    prize = local_value / annuity(discount_rate * PERCENT, lifetime)
    return BidValue(
        region_net=chance * prize - bid_cost,
        chance=chance / PERCENT,
        prize=prize,
        expected=chance * prize,
        pays_from=bid_cost / chance,
        all_bids=bids * bid_cost,
        country_net=bids * (chance * prize * (1 - displacement * PERCENT) - bid_cost),
    )
