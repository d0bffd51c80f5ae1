"""Notebook 22, power, heat and carbon of a site: what decides its claims."""

from ...inputs import data
from ...inputs.wording import number
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
        f"the largest machine ahead of it is {largest['system']} with "
        f"{number(largest['power_kw'] / KILOWATTS_PER_MEGAWATT, 1)} MW"
        if largest
        else "no machine is ahead of it"
    )
    return Verdict(
        "holds" if rank == 1 else "depends on the reading" if best else "does not hold",
        f"{number(own, 1)} GFLOPS per watt, rank {number(rank)} of the Green500 of {printed()}; "
        f"{'first' if best else 'not first'} of {len(large)} machines from {number(LARGE)} MW on",
        "the most efficient machine of its size" if best else "the most efficient machine, or that of its size",
        f"{ahead}; the first place that was reported belongs to a test module of the same design",
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
    delivered = f"{number(heat)} MWh of heat delivered" if heat else "no delivery of heat was found"
    return Verdict(
        word,
        f"capacity {number(capacity)} MW, drawn {number(drawn, 1)} MW, a gigafactory {number(wanted)} MW; {delivered}",
        "a grid strong enough for JUPITER" if enough else "a grid strong enough for what stands there",
        f"a gigafactory draws {number(wanted / capacity, 1)} times the capacity and would have to place "
        f"{number(warm, 0)} GWh of heat a year under the law; the grid connection and the demand for heat around the "
        "site would have to be known. Research and firms were not counted",
    )
