"""Total cost of ownership of a supercomputer, per GPU-hour that somebody uses.

Method: the purchase is spread over the years of use as an annuity (at 0 % interest that is straight-line
depreciation), running costs are added, and the yearly sum is divided by the GPU-hours in use. Every year is alike:
prices, staff and load do not change over the life of the machine.
"""

import math
from typing import NamedTuple

import numpy as np

from .parts.constants import (
    COMPOUNDING_PERIOD,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    PERCENT,
)
from .parts.special import nominal
from .registry import Output, model


class GpuHourCost(NamedTuple):
    """Cost of one GPU-hour in use by component, and the cloud beside it (EUR per GPU-hour unless said otherwise)."""

    total: object
    machine: object
    building: object
    electricity: object
    maintenance: object
    staff: object
    cloud: object
    break_even_utilisation: object
    yearly_cost: object
    lifetime_cost: object


def annuity(rate, years):
    """Share of a purchase that falls due each year: ``r / (1 - (1 + r) ** -n)``, and ``1 / n`` at 0 % interest.

    ``rate`` (per year) and ``years`` may be floats, arrays of one shape, pint quantities or uncertain numbers; the
    result is per year. Rates below a millionth of a percent count as zero, where the formula would divide 0 by 0.
    Source: any textbook of finance; the tests compare it with ``numpy_financial.pmt``.
    """
    zero = abs(nominal(rate * COMPOUNDING_PERIOD)) < 1e-8
    # A rate of zero is replaced before the division, so that arrays with some zeros raise no warning.
    if isinstance(rate, np.ndarray):
        safe = np.where(zero, 0.01, rate)
        return np.where(zero, 1 / years, safe / (1 - (1 + safe * COMPOUNDING_PERIOD) ** (-years / COMPOUNDING_PERIOD)))
    if zero:
        return 1 / years
    return rate / (1 - (1 + rate * COMPOUNDING_PERIOD) ** (-years / COMPOUNDING_PERIOD))


@model(
    "What one GPU-hour costs",
    Output("total", "Own machine, per GPU-hour in use", "EUR/gpu/hour", 2),
    Output("machine", "Machine", "EUR/gpu/hour", 3),
    Output("building", "Building", "EUR/gpu/hour", 3),
    Output("electricity", "Electricity", "EUR/gpu/hour", 3),
    Output("maintenance", "Maintenance", "EUR/gpu/hour", 3),
    Output("staff", "Staff", "EUR/gpu/hour", 3),
    Output("cloud", "Cloud, the same hour rented", "EUR/gpu/hour", 2),
    Output("break_even_utilisation", "Break-even utilisation", "percent", 0),
    Output("yearly_cost", "Cost of the whole machine in a year", "MEUR/year", 1),
    Output("lifetime_cost", "Cost of the whole machine over its life", "MEUR", 0),
    monotone={
        "capital_cost": "+",
        "lifetime": "-",
        "discount_rate": "+",
        "building_cost": "+",
        "building_lifetime": "-",
        "gpus": "-",
        "availability": "-",
        "utilisation": "-",
        "it_power": "+",
        "pue": "+",
        "electricity_price": "+",
        "maintenance": "+",
        "staff": "+",
        "staff_cost": "+",
    },
)
def gpu_hour_cost(
    *,
    capital_cost,
    lifetime,
    discount_rate,
    building_cost,
    building_lifetime,
    gpus,
    availability,
    utilisation,
    it_power,
    pue,
    electricity_price,
    maintenance,
    staff,
    staff_cost,
    cloud_price,
    exchange_rate,
) -> GpuHourCost:
    """Cost of a GPU-hour in use on an own machine, and the utilisation at which renting costs the same.

    Arguments are assumption ids in the units of ``data/assumptions.csv`` (MEUR, years, percent, MW, EUR/kWh, ...);
    each may be a float, an array of draws, a pint quantity or an uncertain number. ``it_power`` is the mean draw of
    the computing equipment all year round, whether its GPUs are given out or not. ``utilisation`` counts hours given
    out as a share of the hours the machine is up; ``availability`` is that up time as a share of the year.
    """
    rate = discount_rate * PERCENT
    machine = capital_cost * EUROS_PER_MILLION * annuity(rate, lifetime)
    building = building_cost * EUROS_PER_MILLION * annuity(rate, building_lifetime)
    electricity = it_power * KILOWATTS_PER_MEGAWATT * pue * HOURS_PER_YEAR * electricity_price
    upkeep = capital_cost * EUROS_PER_MILLION * maintenance * PERCENT
    people = staff * staff_cost * EUROS_PER_THOUSAND

    hours_up = gpus * HOURS_PER_YEAR * availability * PERCENT
    hours_used = hours_up * utilisation * PERCENT
    yearly = machine + building + electricity + upkeep + people
    cloud = cloud_price / exchange_rate
    return GpuHourCost(
        total=yearly / hours_used,
        machine=machine / hours_used,
        building=building / hours_used,
        electricity=electricity / hours_used,
        maintenance=upkeep / hours_used,
        staff=people / hours_used,
        cloud=cloud,
        break_even_utilisation=yearly / (hours_up * cloud) / PERCENT,
        yearly_cost=yearly / EUROS_PER_MILLION,
        lifetime_cost=yearly / EUROS_PER_MILLION * lifetime,
    )


def level_rent(change: float, rate: float, years: float) -> float:
    """The rent that stays the same over ``years`` and is worth as much as one of 1 today that changes every year.

    ``change`` and ``rate`` are per year, as parts of one; rents fall due and are discounted at every moment:
    ``∫ (1 + change) ** t (1 + rate) ** -t dt / ∫ (1 + rate) ** -t dt``. Who owns a machine while rents fall gives up
    as much: it is what the machine loses in worth.
    """

    def worth(growth: float) -> float:
        return years if abs(growth) < 1e-12 else math.expm1(growth * years) / growth

    discount = -math.log1p(rate)
    return worth(math.log1p(change) + discount) / worth(discount)


def break_even(values: dict[str, float], rent_change: float = 0.0, idle_power: float = 1.0) -> float:
    """The utilisation (percent) at which owning and renting cost the same over the life of the machine.

    ``values`` are those of ``gpu_hour_cost``, as floats. ``rent_change`` is by which part the rent changes each year;
    ``idle_power`` the part of its power that a GPU draws while nobody uses it; ``it_power`` stays the mean at the
    ``utilisation`` of ``values``. At 0 and 1 it is the ``break_even_utilisation`` of the model. Infinite where the
    power of an hour costs more than its rent.
    """
    found = gpu_hour_cost(**values)
    rent = found.cloud * level_rent(rent_change, values["discount_rate"] * PERCENT, values["lifetime"])
    # Per hour that the machine is up: what is paid in any case, and what an hour in use adds.
    used = values["utilisation"] * PERCENT
    power = found.electricity * used / (idle_power + (1 - idle_power) * used)  # with every GPU in use
    paid = (found.total - found.electricity) * used + power * idle_power
    margin = rent - power * (1 - idle_power)
    return paid / margin / PERCENT if margin > 0 else math.inf
