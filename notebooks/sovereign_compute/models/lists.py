"""Who hosts, builds and designs the machines of the TOP500, and what a list of volunteers cannot see.

The lists are read once into arrays of shares by region; the model looks a share up and then asks what it would be if
machines outside the list were counted too. A list ranks machines whose owners ran Linpack and sent the result in:
everything here is about those, until the unlisted ones are added by assumption.
"""

from collections import Counter
from functools import cache
from typing import NamedTuple

import numpy as np

from ..errors import CourseError
from ..inputs import data
from .parts.constants import PERCENT
from .parts.special import looked_up
from .registry import Output, model

TERAFLOPS_PER_PETAFLOPS = 1_000

REGIONS = ("EU-27", "other Europe", "United States", "China", "Japan", "elsewhere", "none, or several")
EU, OTHER_EUROPE, US, CHINA, JAPAN, ELSEWHERE, NONE = range(len(REGIONS))

SIDES = {
    "where it stands": "country",
    "who built it": "system vendor",
    "who designed its accelerators": "accelerator designer",
    "who designed its processors": "processor designer",
}
MEASURES = {
    "systems in the first ten": (10, None, "systems"),
    "systems in the first fifty": (50, None, "systems"),
    "systems in all 500": (500, "systems", "systems"),
    "Linpack of the first ten": (10, "rmax_pflops", "PFLOP/s"),
    "Linpack of the first fifty": (50, "rmax_pflops", "PFLOP/s"),
    "Linpack of all 500": (500, "rmax_pflops", "PFLOP/s"),
    "declared peak of the first fifty": (50, "rpeak_pflops", "PFLOP/s"),
    "reported power of the first fifty": (50, "power_kw", "kW"),
}
"""Words of the choice to how many machines are counted, by which column (none: one each), in which unit."""
SCOPES = {"World": "the world", "Europe": "Europe", "EU-27": "the EU-27"}

# Machines outside the list are added in performance and to the whole world only: nobody knows their number, and no
# source says how many of them stand in Europe beside those counted there.
UNLISTED_IN_MEASURE = np.array([float(unit == "PFLOP/s") for _, _, unit in MEASURES.values()])
UNLISTED_IN_SCOPE = np.array([1.0, 0.0, 0.0])
PLACE = np.array([1.0, 0.0, 0.0, 0.0])
"""One where a side is a place, zero where it is a maker."""


ENTRIES = 50
GROUPS = ("World", "Europe", "EU-27", "United States", "China", "Japan", "Germany")
"""The groups of data/top500_countries.csv that every list must have."""


@cache
def vintages() -> list[str]:
    """The lists by date, oldest first, numbered from 0. CourseError says which rows of which table a list lacks."""
    found = [row["list"] for row in data.records("top500_lists")]
    entered = Counter(row["list"] for row in data.records("top500"))
    added = {(row["list"], row["group"]) for row in data.records("top500_countries")}
    made = {(row["list"], row["dimension"], row["scope"]) for row in data.records("top500_makers")}
    makers = list(SIDES.values())[1:]
    for vintage in found:
        lacking = {
            "top500": [f"{ENTRIES - entered[vintage]} of its first {ENTRIES}"] * (entered[vintage] < ENTRIES),
            "top500_countries": [group for group in GROUPS if (vintage, group) not in added],
            "top500_makers": [
                f"{dimension} in {scope}"
                for dimension in makers
                for scope in SCOPES
                if (vintage, dimension, scope) not in made
            ],
        }
        told = "; ".join(f"data/{table}.csv lacks {', '.join(rows)}" for table, rows in lacking.items() if rows)
        if told:
            raise CourseError(f"the list {vintage} of data/top500_lists.csv is not complete: {told}")
    return found


@cache
def printed() -> str:
    """The list that was current when the report appeared."""
    report = data.row("sources", "newspaper-report-2025")["published"]
    released = {row["list"]: row["released"] for row in data.records("top500_lists")}
    return [vintage for vintage in vintages() if released[vintage] <= report][-1]


def list_after(vintage: str, steps: int) -> str:
    """The list so many lists after another one, or before it."""
    return vintages()[vintages().index(vintage) + steps]


def lists_with(system: str) -> list[str]:
    """The lists that have a machine among their first fifty, oldest first."""
    return [vintage for vintage, rows in entries().items() if any(row["system"] == system for row in rows)]


@cache
def entries() -> dict[str, list[dict]]:
    """The first fifty machines of each list, in order of rank."""
    found: dict[str, list[dict]] = {vintage: [] for vintage in vintages()}
    for row in data.records("top500"):
        found[row["list"]].append(row)
    return found


def entry(vintage: str, system: str) -> dict:
    """One machine of one list; CourseError if it is not among its first fifty."""
    for row in entries().get(vintage, []):
        if row["system"] == system:
            return row
    raise CourseError(
        f"{system!r} is not among the first fifty of the list {vintage!r}; lists are {', '.join(vintages())}"
    )


@cache
def _home() -> dict[str, int]:
    """Country of a machine or of its maker to region, as the lists themselves draw Europe and the EU."""
    named = {"United States": US, "China": CHINA, "Japan": JAPAN, "none": NONE, "various": NONE, None: NONE}
    places = {row["country"]: EU if row["eu27"] else OTHER_EUROPE for row in data.records("top500") if _european(row)}
    return places | named


def _european(row: dict) -> bool:
    return row["continent"] == "Europe"


@cache
def _processor_country() -> dict[str, str]:
    makers = data.records("top500_makers")
    return {row["name"]: row["control_country"] for row in makers if row["dimension"] == "processor designer"}


def _country(row: dict, side: str) -> str | None:
    """The country that a machine counts for."""
    if side == "processor designer":
        return _processor_country().get(row["processor_maker"])
    return row[{"country": "country", "system vendor": "vendor_country"}.get(side, "accelerator_country")]


def _counted(row: dict, scope: str) -> bool:
    return scope == "World" or (_european(row) and (scope == "Europe" or row["eu27"]))


@cache
def amounts() -> np.ndarray:
    """What each region has: array of list, measure, side, scope, region, in the unit of the measure."""
    shape = (len(vintages()), len(MEASURES), len(SIDES), len(SCOPES), len(REGIONS))
    found = np.zeros(shape)
    for v, vintage in enumerate(vintages()):
        for m, (depth, column, _) in enumerate(MEASURES.values()):
            if depth == 500:
                continue
            for row in entries()[vintage][:depth]:
                amount = 1 if column is None else row[column] or 0
                for s, side in enumerate(SIDES.values()):
                    region = _home().get(_country(row, side), ELSEWHERE)
                    for c, scope in enumerate(SCOPES):
                        found[v, m, s, c, region] += amount if _counted(row, scope) else 0
    _add_whole_lists(found)
    return found


def _add_whole_lists(found: np.ndarray) -> None:
    """All 500 machines: from the sums by country and by maker, since single entries go down to rank fifty only."""
    columns = {m: column for m, (depth, column, _) in enumerate(MEASURES.values()) if depth == 500}
    sides, scopes = list(SIDES.values()), list(SCOPES)
    for row in data.records("top500_makers"):
        if row["dimension"] in sides:
            at = vintages().index(row["list"]), sides.index(row["dimension"]), scopes.index(row["scope"])
            region = _home().get(row["control_country"], ELSEWHERE)
            for m, column in columns.items():
                found[at[0], m, at[1], at[2], region] += row[column]
    places = {(row["list"], row["group"]): row for row in data.records("top500_countries")}
    for v, vintage in enumerate(vintages()):
        for m, column in columns.items():
            eu, europe, world = (places[vintage, group][column] for group in ("EU-27", "Europe", "World"))
            rest = [places[vintage, REGIONS[region]][column] for region in (US, CHINA, JAPAN)]
            found[v, m, 0, 0] = [eu, europe - eu, *rest, world - europe - sum(rest), 0]
            found[v, m, 0, 1, :2] = eu, europe - eu
            found[v, m, 0, 2, 0] = eu


@cache
def _shares() -> np.ndarray:
    return amounts() / amounts().sum(axis=-1, keepdims=True)


@cache
def _unlisted_eu() -> float:
    """The EU's part of what neither the US nor China hold of the performance of AI clusters."""
    share = {
        row["holder"]: row["share_percent"]
        for row in data.records("market_shares")
        if row["market"] == "AI cluster performance" and row["holder"] in ("United States", "China", "EU")
    }
    return share["EU"] / (100 - share["United States"] - share["China"])


class ListShares(NamedTuple):
    """Shares of a list by region (percent), and three of them with unlisted machines counted."""

    eu27: object
    other_europe: object
    europe: object
    united_states: object
    china: object
    japan: object
    elsewhere: object
    none: object
    eu27_all: object
    united_states_all: object
    china_all: object


@model(
    "Who has what share of the list",
    Output("eu27", "EU-27", "percent", 1),
    Output("other_europe", "Other Europe", "percent", 1),
    Output("europe", "Europe, both together", "percent", 1),
    Output("united_states", "United States", "percent", 1),
    Output("china", "China", "percent", 1),
    Output("japan", "Japan", "percent", 1),
    Output("elsewhere", "Elsewhere", "percent", 1),
    Output("none", "None, or several", "percent", 1),
    Output("eu27_all", "EU-27, unlisted machines counted", "percent", 1),
    Output("united_states_all", "United States, unlisted machines counted", "percent", 1),
    Output("china_all", "China, unlisted machines counted", "percent", 1),
)
def share_of_the_list(
    *,
    list_vintage,
    list_measure,
    list_side,
    list_scope,
    unlisted_size,
    unlisted_us,
    unlisted_china,
    unlisted_us_design,
) -> ListShares:
    """Shares of one list in one measure, by place or by maker, as listed and with unlisted machines counted.

    The four choices are whole numbers: list (``vintages()``), measure (``MEASURES``), side (``SIDES``) and scope
    (``SCOPES``). A listed share is the region's sum over the sum of all. ``unlisted_size`` is the performance outside
    the list in percent of what is counted on it; the share with it is (listed + size × share outside) / (1 + size).
    Outside, the US hold ``unlisted_us`` percent by place and ``unlisted_us_design`` by maker; of the rest, China holds
    ``unlisted_china`` percent by place and all of it by maker. Counts, power, Europe and the EU get no such addition.

    Sources: tables top500, top500_countries, top500_makers, market_shares. Left out: machines on the list of which
    several are one (parts of a system), owners from elsewhere than the place, and what Linpack does not measure.
    """
    at = list_vintage, list_measure, list_side, list_scope
    listed = [looked_up(_shares()[..., region], *at) for region in range(len(REGIONS))]
    place = looked_up(PLACE, list_side)
    size = (
        unlisted_size
        * PERCENT
        * (looked_up(UNLISTED_IN_MEASURE, list_measure) * looked_up(UNLISTED_IN_SCOPE, list_scope))
    )
    us = unlisted_us * PERCENT * place + unlisted_us_design * PERCENT * (1 - place)
    china = (1 - us) * (unlisted_china * PERCENT * place + (1 - place))
    eu = (1 - us - china) * _unlisted_eu()

    def counted(region: int, share):
        return (listed[region] + size * share) / (1 + size) / PERCENT

    shares = [share / PERCENT for share in listed]
    return ListShares(
        *shares[:2],
        shares[EU] + shares[OTHER_EUROPE],
        *shares[2:],
        eu27_all=counted(EU, eu),
        united_states_all=counted(US, us),
        china_all=counted(CHINA, china),
    )


# One machine against another ---------------------------------------------------------------------------------------


def times(first: str, second: str, vintage: str, column: str) -> float:
    """How many times one machine has of ``column`` what another one has on the same list.

    ``column`` is rmax_pflops, rpeak_pflops or gflops_per_watt of data/top500.csv.

    >>> round(times("JUPITER Booster", "HPC6", "2025-06", "rmax_pflops"), 2)
    1.66
    """
    return entry(vintage, first)[column] / entry(vintage, second)[column]


def sixteen_bit_times(installed: bool) -> float:
    """JUPITER over HPC6 in dense 16-bit peak: chips of the Linpack run, for HPC6 also all that are installed."""
    peak = {row["id"]: row["bf16_dense_tflops"] for row in data.records("chips")}
    chips = {row["id"]: row["accelerators"] for row in data.records("systems")}
    owned = {row["id"]: row["value"] for row in data.records("system_facts")}["hpc6-accelerators-installed"]
    hpc6 = owned if installed else chips["hpc6"]
    return chips["jupiter-booster"] * peak["nvidia-gh200-96-gb"] / (hpc6 * peak["amd-mi250x"])


def percent_of_the_list(vintage: str, system: str) -> float:
    """Linpack performance of one machine in percent of all 500 on that list."""
    whole = next(row["rmax_pflops"] for row in data.records("top500_countries") if row["list"] == vintage)
    return entry(vintage, system)["rmax_pflops"] / whole / PERCENT


def as_listed(chips: float, vintage: str) -> float:
    """Linpack performance in PFLOP/s of so many chips, each as fast as one of JUPITER's on that list."""
    own = {row["id"]: row["accelerators"] for row in data.records("systems")}["jupiter-booster"]
    return chips * entry(vintage, "JUPITER Booster")["rmax_pflops"] / own


def largest_unlisted() -> dict:
    """The largest AI machine known when JUPITER was listed: the row of data/macro_reference.csv, chips as value.

    The larger ones of today have chips with little 64-bit arithmetic: what they would reach in Linpack is not known.
    """
    return data.row("macro_reference", "colossus-chips")


def parts_of_the_largest(superchips: float) -> dict[str, float]:
    """What so many of JUPITER's superchips are of the largest known AI machine: month to fraction of its computing.

    In March 2025 both have chips of one generation, so chips are counted; later, dense 16-bit peak, which the source
    gives in chips of the type H100.
    """
    peak = {row["id"]: row["bf16_dense_tflops"] for row in data.records("chips")}
    then, now = largest_unlisted(), data.row("macro_reference", "leader-h100")
    in_h100 = superchips * peak["nvidia-gh200-96-gb"] / peak["nvidia-h100-sxm"]
    return {then["as_of"]: superchips / then["value"], now["as_of"]: in_h100 / now["value"]}


def per_gdp(vintage: str) -> list[tuple[str, float]]:
    """Listed Linpack performance over GDP by country, EU-27 and World: TFLOP/s per billion USD of 2023, most first."""
    gdp = {row["country"]: row["gdp_busd"] for row in data.records("gdp")}
    rows = [row for row in data.records("top500_countries") if row["list"] == vintage and row["group"] in gdp]
    found = [(row["group"], TERAFLOPS_PER_PETAFLOPS * row["rmax_pflops"] / gdp[row["group"]]) for row in rows]
    return sorted(found, key=lambda pair: -pair[1])


@cache
def gdp_shares() -> dict[str, float]:
    """Share of the world's GDP of 2023 (fraction) of those regions that the table of GDP has as a whole."""
    gdp = {row["country"]: row["gdp_busd"] for row in data.records("gdp")}
    return {region: gdp[region] / gdp["World"] for region in REGIONS if region in gdp}
