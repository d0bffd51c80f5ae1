"""Notebook 22, power, heat and carbon of a site: what decides its claims."""

from ...inputs import data
from ...inputs.wording import month, number
from ...models.lists import printed
from ...models.parts.constants import HOURS_PER_YEAR, KILOWATTS_PER_MEGAWATT, PERCENT
from ..fact_check import Verdict, fact, judges
from .efficiency import LARGE, large_machines

# Claims -----------------------------------------------------------------------------------------------------------


@judges("C05")
def _milestone_of_efficiency() -> Verdict:
    rank, own = fact("green500-202506"), fact("efficiency-202506")
    large = large_machines(printed())
    best = large[0]["system"].startswith("JUPITER")
    smaller = [
        row
        for row in data.records("green500")
        if row["list"] == printed() and row["gflops_per_watt"] > own and row["green500_rank"] < rank
    ]
    largest = max(smaller, key=lambda row: row["power_kw"] or 0, default=None)
    ahead = (
        f"the largest machine that beats it is {largest['system']}, with "
        f"{number(largest['power_kw'] / KILOWATTS_PER_MEGAWATT, 1)} MW"
        if largest
        else "no machine beats it"
    )
    return Verdict(
        "holds" if rank == 1 else "depends on the reading" if best else "does not hold",
        f"with {number(own, 1)} GFLOPS per watt it has rank {number(rank)} of the Green500 of {month(printed())}; it "
        f"is {'the first' if best else 'not the first'} of the {len(large)} machines with at least {number(LARGE)} MW",
        "the most efficient machine of its size" if best else "the most efficient machine, or that of its size",
        f"{ahead}; the first place that was reported belongs to a small test module of the same design",
    )


@judges("C36")
def _fit_for_the_site() -> Verdict:
    drawn = fact("power-202511") / KILOWATTS_PER_MEGAWATT
    capacity, wanted = fact("power-capacity"), fact("gigafactory-power")
    heat = data.row("site_energy", "heat-jupiter")["value"]
    duty = data.row("site_energy", "heat-duty-germany")["value"] * PERCENT
    warm = wanted * HOURS_PER_YEAR * duty / KILOWATTS_PER_MEGAWATT
    enough, large_enough = capacity >= drawn, capacity >= wanted
    if not enough:
        word = "does not hold"
    elif not large_enough:
        word = "depends on the reading"
    else:
        word = "holds" if heat else "holds partly"
    delivered = f"it delivered {number(heat)} MWh of heat" if heat else "we found no heat that it delivered"
    return Verdict(
        word,
        f"the site can take {number(capacity)} MW, JUPITER draws {number(drawn, 1)} MW and a gigafactory needs "
        f"{number(wanted)} MW; {delivered}",
        "a grid strong enough for JUPITER" if enough else "a grid strong enough for the machine that is there",
        f"a gigafactory draws {number(wanted / capacity, 1)} times the capacity, and the law would make it sell "
        f"{number(warm, 0)} GWh of heat a year; one would have to know the connection to the grid and who needs heat "
        "near by. We did not count research and firms",
    )
