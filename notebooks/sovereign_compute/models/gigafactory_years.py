"""Whether a gigafactory pays its owners: demand that grows while the sites are built and used, rents that fall.

Method: present value at the opening. The years of use are cut into twelve equal parts, and each part has the demand
and the rent of its middle; money of later years is discounted at the return that the owners want. Demand grows from
today on, also while the sites are built. It reacts to the price asked over the going rent.
"""

from typing import NamedTuple

import numpy as np

from .gigafactory import grown
from .parts.constants import (
    COMPOUNDING_PERIOD,
    EUROS_PER_BILLION,
    EUROS_PER_MILLION,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    MILLIONS_PER_BILLION,
    PERCENT,
)
from .parts.special import larger, log, smaller
from .registry import Output, model

PARTS = 12
"""Equal parts of the years of use: half a year each at six years."""


class GigafactoryPays(NamedTuple):
    """What one site brings, to whom, and who pays what stands idle; units as in ``gigafactory_pays``."""

    net: object
    needed: object
    public_part: object
    idle_first: object
    idle_mean: object
    full_after: object
    break_even_rent: object
    income: object
    running: object
    building: object
    grants: object
    cover: object
    idle_cost: object
    idle_union: object
    idle_states: object
    idle_owners: object
    building_per_megawatt: object


def years_until(ratio, growth):
    """Years until demand, now one ``ratio``-th of supply, has grown to it: ``ln(ratio) / ln(1 + growth)``.

    Zero where there is enough demand at once, infinite where it does not grow; ``growth`` in percent a year.
    """
    short = larger(log(ratio), 0.0)
    pace = larger(log(1 + growth * PERCENT * COMPOUNDING_PERIOD), 0.0)
    if isinstance(short, np.ndarray) or isinstance(pace, np.ndarray):
        moving = pace > 0
        found = np.where(moving, short / np.where(moving, pace, 1.0), np.inf)
        return np.where(short > 0, found, 0.0) * COMPOUNDING_PERIOD
    if short == 0:
        return 0.0 * COMPOUNDING_PERIOD
    return (short / pace if pace != 0 else np.inf) * COMPOUNDING_PERIOD


@model(
    "Whether a gigafactory pays its owners",
    Output("net", "Left for the owners of a site", "BEUR", 2),
    Output("needed", "Public part at which owners break even", "percent", 0),
    Output("public_part", "Public part of the building", "percent", 0),
    Output("idle_first", "Idle when the sites open", "percent", 0),
    Output("idle_mean", "Idle over all years of use", "percent", 0),
    Output("full_after", "Years from opening until full", "year", 1),
    Output("break_even_rent", "Rent that a full site needs at opening", "EUR/gpu/hour", 2),
    Output("income", "Rents of a site", "BEUR", 2),
    Output("running", "Power and upkeep of a site", "BEUR", 2),
    Output("building", "Building and chips of a site", "BEUR", 2),
    Output("grants", "Public money for a site", "BEUR", 2),
    Output("cover", "Paid by the state for unsold hours", "BEUR", 2),
    Output("idle_cost", "Cost of what stands idle", "BEUR", 2),
    Output("idle_union", "Idle cost borne by the Union", "BEUR", 2),
    Output("idle_states", "Idle cost borne by the host state", "BEUR", 2),
    Output("idle_owners", "Idle cost borne by the owners", "BEUR", 2),
    Output("building_per_megawatt", "Building and chips per megawatt", "MEUR/MW", 1),
    monotone={
        "demand_gpus": "+",
        "demand_growth": "+",
        "rent_fall": "-",
        "gigafactory_places": "-",
        "gigafactory_money": "-",
        "union_part": "+",
        "state_part": "+",
        "unsold_cover": "+",
        "chip_power": "-",
        "electricity_price": "-",
        "cloud_price": "+",
    },
    infinite=("full_after",),
)
def gigafactory_pays(
    *,
    gigafactory_places,
    gigafactory_chips,
    gigafactory_money,
    chip_power,
    lifetime,
    required_return,
    maintenance,
    electricity_price,
    availability,
    utilisation,
    demand_gpus,
    demand_growth,
    build_years,
    demand_elasticity,
    asking_price,
    rent_fall,
    cloud_price,
    exchange_rate,
    union_part,
    state_part,
    unsold_cover,
) -> GigafactoryPays:
    """Present value of one of several equal sites for its owners, and who bears the cost of what stands idle.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. All money is for one site, at its opening. ``asking_price`` is asked when the
    sites open; it and all other rents fall by ``rent_fall`` a year, because the chips age. A new chip rents for as much
    at the opening as today (``cloud_price``). Demand and its elasticity are as in ``gigafactory_use``. The Union and
    the host state pay their parts of the building, whether it is used or not; ``unsold_cover`` is the part of unsold
    hours that the host state pays for at the price asked. The cost of an idle hour is its part of building and running.
    Left out: chips that are replaced during the years of use, what they are worth afterwards, staff, taxes, loans,
    private sites that take demand away, and customers who sign for years before the building begins.
    Source: net present value, mid-period; ``years_until`` is the closed form of exponential growth.
    """
    megawatts = gigafactory_chips * chip_power / KILOWATTS_PER_MEGAWATT
    building = gigafactory_money * MILLIONS_PER_BILLION * EUROS_PER_MILLION
    energy = gigafactory_chips * chip_power * HOURS_PER_YEAR
    yearly = building * maintenance * PERCENT + energy * electricity_price
    usable = gigafactory_chips * availability * PERCENT * utilisation * PERCENT
    price_effect = (asking_price / (cloud_price / exchange_rate)) ** (-demand_elasticity)
    opening = grown(demand_gpus, demand_growth, build_years) * price_effect / gigafactory_places

    part = lifetime / PARTS
    sold, unsold, full, years, busy = 0.0, 0.0, 0.0, 0.0, 0.0
    for step in range(PARTS):
        age = (step + 0.5) * part
        worth = part / grown(1.0, required_return, age)
        rent = asking_price * grown(1.0, -rent_fall, age) * worth
        in_use = smaller(grown(opening, demand_growth, age) / usable, 1.0)
        sold, unsold, full = sold + rent * in_use, unsold + rent * (1 - in_use), full + rent
        years, busy = years + worth, busy + in_use / PARTS
    hours = usable * HOURS_PER_YEAR
    income, cover = sold * hours, unsold * hours * unsold_cover * PERCENT
    running, public = yearly * years, (union_part + state_part) * PERCENT
    grants, idle = building * public, 1 - busy
    idle_union = idle * building * union_part * PERCENT
    idle_states = idle * building * state_part * PERCENT + cover
    idle_cost = idle * (building + running)

    def billions(euros):
        return euros / EUROS_PER_BILLION

    return GigafactoryPays(
        net=billions(income + cover + grants - building - running),
        needed=(building + running - income - cover) / building / PERCENT,
        public_part=public / PERCENT,
        idle_first=(1 - smaller(opening / usable, 1.0)) / PERCENT,
        idle_mean=idle / PERCENT,
        full_after=years_until(usable / opening, demand_growth),
        break_even_rent=asking_price * (building - grants + running) / (full * hours),
        income=billions(income),
        running=billions(running),
        building=billions(building),
        grants=billions(grants),
        cover=billions(cover),
        idle_cost=billions(idle_cost),
        idle_union=billions(idle_union),
        idle_states=billions(idle_states),
        idle_owners=billions(idle_cost - idle_union - idle_states),
        building_per_megawatt=building / EUROS_PER_MILLION / megawatts,
    )
