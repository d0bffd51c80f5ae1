"""A year of a computing site in electricity, carbon and heat.

Method: mean power times hours is energy; energy times price is the bill, times carbon intensity the carbon. Every hour
of the year is alike: price, grid mix and load are yearly means. Nearly all electricity leaves the computers as heat;
how much of it is planned to be sold, and how much of the plan arrives, are assumptions.
"""

from typing import NamedTuple

from .parts.constants import (
    CENT_PER_KILOWATT_HOUR,
    EUROS_PER_MILLION,
    GRAMS_PER_TONNE,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    PERCENT,
    TONNES_PER_KILOTONNE,
)
from .registry import Output, model


class SiteYear(NamedTuple):
    """What a site takes and gives in a year; units as in the outputs of ``site_year``."""

    bill: object
    net_bill: object
    site_power: object
    energy: object
    cent: object
    carbon: object
    making: object
    carbon_cost: object
    heat_planned: object
    heat_delivered: object
    heat_revenue: object


@model(
    "Power, carbon and heat of a site in a year",
    Output("bill", "Electricity bill", "MEUR/year", 1),
    Output("net_bill", "Electricity bill less heat sold", "MEUR/year", 1),
    Output("site_power", "Power of the site, cooling included", "MW", 1),
    Output("energy", "Electricity", "MWh/year", 0),
    Output("cent", "One cent more per kWh", "MEUR/year", 2),
    Output("carbon", "CO2 of running", "kt/year", 1),
    Output("making", "CO2 of making, per year of use", "kt/year", 1),
    Output("carbon_cost", "CO2 of running at its price", "MEUR/year", 1),
    Output("heat_planned", "Heat planned to be sold", "MWh/year", 0),
    Output("heat_delivered", "Heat delivered", "MWh/year", 0),
    Output("heat_revenue", "Income from heat", "MEUR/year", 2),
    monotone={"it_power": "+", "site_scale": "+", "pue": "+", "electricity_price": "+"},
)
def site_year(
    *,
    it_power,
    site_scale,
    pue,
    electricity_price,
    carbon_intensity,
    carbon_price,
    heat_sold,
    heat_delivery,
    heat_price,
    gpus,
    embodied_carbon,
    lifetime,
) -> SiteYear:
    """Electricity bill, carbon and heat of a site in a year.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. ``it_power`` is the mean over the year, so the load is in it already;
    ``site_scale`` multiplies it, and only it: ``gpus`` counts all chips of the site. ``carbon`` takes the mean mix of
    the country's grid, whatever certificates the operator buys. ``carbon_cost`` is not added to the bill: what power
    stations pay for allowances is in the price of electricity. ``heat_sold`` is the plan, as a share of the energy,
    and ``heat_delivery`` the part of the plan that arrives. Left out: hourly prices, grid charges by peak load, the
    cost of pipes and heat pumps, what the heat replaces.

    Source: arithmetic; reference values 15 MW, 8,760 h, 0.20 EUR/kWh: 26.28 million EUR a year.
    """
    site_power = it_power * site_scale * pue
    energy = site_power * HOURS_PER_YEAR
    kilowatt_hours = energy * KILOWATTS_PER_MEGAWATT
    bill = kilowatt_hours * electricity_price / EUROS_PER_MILLION
    tonnes = kilowatt_hours * carbon_intensity / GRAMS_PER_TONNE
    heat_planned = energy * heat_sold * PERCENT
    heat_delivered = heat_planned * heat_delivery * PERCENT
    heat_revenue = heat_delivered * heat_price / EUROS_PER_MILLION
    return SiteYear(
        bill=bill,
        net_bill=bill - heat_revenue,
        site_power=site_power,
        energy=energy,
        cent=kilowatt_hours * CENT_PER_KILOWATT_HOUR / EUROS_PER_MILLION,
        carbon=tonnes / TONNES_PER_KILOTONNE,
        making=gpus * embodied_carbon / lifetime / TONNES_PER_KILOTONNE,
        carbon_cost=tonnes * carbon_price / EUROS_PER_MILLION,
        heat_planned=heat_planned,
        heat_delivered=heat_delivered,
        heat_revenue=heat_revenue,
    )
