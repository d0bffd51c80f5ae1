"""Notebook 11, who owns the fast computers: what decides its claims."""

from ...inputs import data
from ...inputs.wording import month, number
from ...models.lists import (
    EU,
    MEASURES,
    OTHER_EUROPE,
    amounts,
    entries,
    entry,
    list_after,
    lists_with,
    parts_of_the_largest,
    percent_of_the_list,
    printed,
    vintages,
)
from ..fact_check import Verdict, claims, fact, judges
from .exhibits import beside_the_largest, factors

JUPITER = "JUPITER Booster"


PRINTED, LATER = printed(), list_after(printed(), 1)


AT_PRINT = month(PRINTED)


FIRST_TEN, EXASCALE, LEAP = 10, 1_000, 10  # machines; PFLOP/s; a power of ten: else a decade of upgrades


def _europe(measure: str) -> float:
    """Europe's share of the list that was current at print, in percent."""
    had = amounts()[vintages().index(PRINTED), list(MEASURES).index(measure), 0, 0]
    return 100 * (had[EU] + had[OTHER_EUROPE]) / had.sum()


# Claims -----------------------------------------------------------------------------------------------------------


def _on_lists(value) -> str:
    """One value for each list that has JUPITER on it."""
    return ", ".join(f"{value(vintage)} in {month(vintage)}" for vintage in lists_with(JUPITER))


def _europeans(vintage: str) -> list[dict]:
    return [row for row in entries()[vintage] if row["continent"] == "Europe"]


@judges("C01")
def _five_times_hpc6() -> Verdict:
    claimed = float(claims()["C01"]["quantity"])
    fits = [row for row in factors() if round(row["factor"]) == claimed]
    measured = [row for row in factors() if row["reading"].startswith("Linpack, ")]
    return Verdict(
        "holds" if any(row in measured for row in fits) else "depends on the reading" if fits else "does not hold",
        ", ".join(f"{number(row['factor'], 2)} ({row['reading']})" for row in [*measured, *fits]),
        " or ".join(row["reading"] for row in fits) or "no documented reading",
        "the report does not say which power it means: Linpack is measured, a peak comes from data sheets",
    )


@judges("C02")
def _fourth_in_the_world() -> Verdict:
    claimed = float(claims()["C02"]["quantity"])
    ranks = {vintage: entry(vintage, JUPITER)["rank"] for vintage in lists_with(JUPITER)}
    later = any(rank == claimed for rank in ranks.values())
    return Verdict(
        "holds" if ranks[PRINTED] == claimed else "depends on the reading" if later else "does not hold",
        "rank " + _on_lists(lambda vintage: ranks[vintage]),
        "the list that was current when the report appeared",
        "a rank compares those who sent in a result, and the large clusters of companies are not among them",
    )


@judges("C03")
def _hpc6_led_europe() -> Verdict:
    before = {}
    for vintage in vintages()[: vintages().index(PRINTED) + 1]:
        listed = [row for row in _europeans(vintage) if row["system"] != JUPITER]
        if any(row["system"] == "HPC6" for row in listed):
            before[vintage] = listed[0]["system"]
    led = [vintage for vintage, system in before.items() if system == "HPC6"]
    return Verdict(
        "holds" if before and len(led) == len(before) else "depends on the reading" if led else "does not hold",
        f"{number(entry(PRINTED, 'HPC6')['rmax_pflops'])} PFLOP/s, first in Europe on the list of "
        f"{' and '.join(map(month, led)) or 'no date'}, JUPITER aside",
        "listed machines, Switzerland and the United Kingdom included",
        "HPC6 belongs to an energy company, not to a research centre",
    )


@judges("C04")
def _first_in_europe() -> Verdict:
    ranks = {
        vintage: [row["system"] for row in _europeans(vintage)].index(JUPITER) + 1 for vintage in lists_with(JUPITER)
    }
    return Verdict(
        "holds" if ranks[PRINTED] == 1 else "depends on the reading" if 1 in ranks.values() else "does not hold",
        "rank in Europe " + _on_lists(lambda vintage: ranks[vintage]),
        "listed machines, by Linpack",
        "nobody knows of an unlisted European machine of that size, which does not prove that there is none",
    )


@judges("C07")
def _a_trillion_of_what() -> Verdict:
    at_print, later = (entry(vintage, JUPITER)["rmax_pflops"] for vintage in (PRINTED, LATER))
    in_16_bits, in_8_bits = fact("bf16-peak"), fact("fp8-peak")  # EFLOP/s
    reached = later >= EXASCALE or in_16_bits >= 1 or in_8_bits >= 1
    return Verdict(
        "holds" if at_print >= EXASCALE else "depends on the reading" if reached else "does not hold",
        f"{number(at_print / EXASCALE, 2)} × 10¹⁸ in 64 bits at print, {number(later / EXASCALE, 2)} in "
        f"{month(LATER)}; peak {number(in_16_bits, 1)} in 16 bits and {number(in_8_bits, 1)} in 8 bits",
        "64 bits, certified at print" if at_print >= EXASCALE else "shorter numbers, or the later run",
        "what a machine does in a second depends on the length of the numbers, and a result counts only from its day "
        "on",
    )


@judges("C16")
def _world_class() -> Verdict:
    rank = entry(PRINTED, JUPITER)["rank"]
    german = [row for row in data.records("top500_makers") if {PRINTED, "World", "Germany"} <= {*row.values()}]
    chips, alone = (
        sum(row["rmax_share_percent"] for row in german if row["dimension"].endswith(kind))
        for kind in ("designer", "vendor")
    )
    # The list books the machine on the French firm; the contract is with a German one too.
    shared = percent_of_the_list(PRINTED, JUPITER) * ("ParTec" in data.row("jupiter", "contract")["item"])
    hosts = rank <= FIRST_TEN
    return Verdict(
        "holds" if hosts and chips else "depends on the reading" if hosts or chips else "does not hold",
        f"rank {rank} as a host; German firms built {number(alone, 1)} % of the listed performance without JUPITER, "
        f"{number(alone + shared, 1)} % with it (French and German), and designed {number(chips, 0)} % of the chips",
        "world class as a place for such a machine",
        "running a machine and making its key technologies are two different rankings; the statement is also a wish",
    )


@judges("C26")
def _largest_models() -> Verdict:
    first, second, chips = map(fact, ("ratio-germany-202506", "ratio-germany-202511", "superchips"))
    leap, largest = min(first, second) >= LEAP, [*parts_of_the_largest(chips).values()][-1] >= 1
    return Verdict(
        "holds" if leap and largest else "depends on the reading" if leap or largest else "does not hold",
        f"{number(first, 0)} to {number(second, 0)} times the next German machine; {beside_the_largest(chips)}",
        "what can be computed in Germany, not in the world",
        "for science in Germany it is a leap of a power of ten, but the largest models of the world are trained on "
        "more chips; whether it revolutionises anything is a forecast",
    )


@judges("C46")
def _lumi_before() -> Verdict:
    before = [row for row in _europeans(PRINTED) if row["system"] != JUPITER]
    names = [row["system"] for row in before]
    public = [row["system"] for row in before if row["site"].startswith("EuroHPC")]
    faster = names[: names.index("LUMI")]
    first_public = public[:1] == ["LUMI"]
    return Verdict(
        "holds" if not faster else "depends on the reading" if first_public else "does not hold",
        f"in {AT_PRINT}, JUPITER aside: rank {len(faster) + 1} in Europe, behind {' and '.join(faster) or 'none'}; "
        f"{'first' if first_public else 'not first'} among EuroHPC's machines",
        "machines of the EuroHPC programme" if faster else "all listed machines in Europe",
        "the report does not say in what LUMI was the largest; elsewhere it names a faster Italian machine",
    )


@judges("C81")
def _first_three_american() -> Verdict:
    newest = entries()[vintages()[-1]][0]
    homes = {vintage: [row["country"] for row in entries()[vintage][:3]] for vintage in lists_with(JUPITER)}
    american = {vintage: found.count("United States") for vintage, found in homes.items()}
    return Verdict(
        "holds" if american[PRINTED] == 3 else "depends on the reading" if 3 in american.values() else "does not hold",
        "of the first three, in the US: " + _on_lists(lambda vintage: american[vintage]),
        "the list that was current when the report appeared",
        f"by {month(vintages()[-1])} {newest['system']} in {newest['country']} is the fastest, and a list of "
        "volunteers cannot say who else has what",
    )


@judges("C82")
def _chinese_exascale() -> Verdict:
    there = [
        f"{row['system']}, {number(row['rmax_pflops'], 0)} PFLOP/s, listed in {month(vintage)}"
        for vintage in lists_with(JUPITER)
        for row in entries()[vintage]
        if row["country"] == "China" and row["rmax_pflops"] >= EXASCALE
    ]
    return Verdict(
        "holds" if there else "not testable here",
        there[0] if there else f"no Chinese machine of {number(EXASCALE)} PFLOP/s on a list",
        "work that shows in a later list",
        "a machine of that size that is listed within a year was being built when the report appeared; whether there "
        "are others, nobody outside knows",
    )


@judges("C83")
def _half_of_ten() -> Verdict:
    claimed = float(claims()["C83"]["quantity"])
    count = {
        vintage: sum(row["continent"] == "Europe" for row in entries()[vintage][:FIRST_TEN])
        for vintage in lists_with(JUPITER)
    }
    fits, by_linpack = [v for v in count if count[v] == claimed], number(_europe("Linpack of the first ten"), 0)
    return Verdict(
        "holds" if PRINTED in fits else "depends on the reading" if fits else "does not hold",
        f"in Europe, of ten: {_on_lists(lambda vintage: count[vintage])}; by Linpack {by_linpack} % in {AT_PRINT}",
        "a count of machines, Switzerland included, on the list that was current",
        "a count gives every machine the same weight; by performance the share is another one, and so is "
        "the count on the next list",
    )
