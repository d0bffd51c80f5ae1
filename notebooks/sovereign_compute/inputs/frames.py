"""The tables of ``data/`` as data frames, and frames that are joined from two of them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from . import data as files
from .units import UNITS

if TYPE_CHECKING:
    import pandas as pd  # loaded with the first frame: a panel needs none

DTYPES = {"number": "float64", "integer": "Int64", "boolean": "boolean", "date": "datetime64[us]", "string": "str"}
FULL = {"integer": "int64", "boolean": "bool"}
"""Of columns without gaps: numpy's own types, which index and plot without surprises."""


def data(name: str) -> "pd.DataFrame":
    """One table of the course, or one of its joined frames, as a fresh data frame: changing it changes nothing else.

    Numbers are float64, whole numbers int64 (Int64 where some are missing), full dates datetime64, all else str or
    bool; what is missing is NaN, NA or NaT. Dates that are known to the month or year only stay texts in ISO form, with
    those beside them: they sort as they are, and ``pd.to_datetime(column, format="ISO8601")`` reads them.

    ``attrs`` has name, title, description, units (by column, where a column has one), licence, dates (oldest and newest
    fact), sources (ids in the table ``sources``) and origin (by column, the table and the column that it comes from).
    CourseError: no such table.
    """
    if name not in (known := [*files.names(), *JOINED]):
        raise files.unknown(name, known)
    return JOINED[name]().copy() if name in JOINED else table(name)


def table(name: str, folder: Path = files.FOLDER) -> "pd.DataFrame":
    """One table of a folder, as `data` gives it."""
    return _frame(name, folder).copy()


@cache
def _frame(name: str, folder: Path) -> "pd.DataFrame":
    import pandas as pd

    resource, fields, rows = files.resource(name, folder), files.schema(name, folder), files.records(name, folder)
    columns = {}
    for key, field in fields.items():
        values = [row[key] for row in rows]
        full = None not in values and FULL.get(field["type"])
        columns[key] = pd.Series(values, dtype=full or DTYPES[field["type"]])
    frame = pd.DataFrame(columns)
    dated = [row[column] for row in rows if row[column]] if (column := resource["dated_by"]) else []
    frame.attrs = {
        **{key: resource[key] for key in ("name", "title", "description")},
        "units": {key: unit_of(field) for key, field in fields.items() if unit_of(field)},
        "licence": ", ".join(licence["title"] for licence in resource["licenses"]),
        "dates": (str(min(dated)), str(max(dated))) if dated else None,
        "sources": sorted({row["source"] for row in rows if row.get("source")}),
        "origin": {key: (name, key) for key in fields},
    }
    return frame


def unit_of(field: dict) -> str:
    """The unit of a column in words; empty where it has none."""
    return UNITS.get(field.get("unit", ""), field.get("unit", ""))


# Joined frames --------------------------------------------------------------------------------------------------------

JOINED: dict[str, Callable[[], "pd.DataFrame"]] = {}


def _joined(build: Callable[[], "pd.DataFrame"]) -> Callable[[], "pd.DataFrame"]:
    """Offer a frame under the name of the function that builds it; its docstring is title and description."""
    title, _, description = build.__doc__.partition("\n\n")

    @cache
    def built() -> "pd.DataFrame":
        frame = build()
        said = {"name": build.__name__, "title": title.rstrip("."), "description": " ".join(description.split())}
        frame.attrs = {**frame.attrs, **said}
        return frame

    JOINED[build.__name__] = built
    return built


def _beside(left: "pd.DataFrame", right: "pd.DataFrame", keys: dict[str, str], whose: str) -> "pd.DataFrame":
    """Each row of ``left`` with the one of ``right`` that its keys name, or with none: as many rows as ``left`` has.

    ``keys`` maps columns of the left to those of the right, which are left out. A column that both have says ``whose``
    it is on the right. pandas refuses a key that two rows of the right bear.
    """
    both = [column for column in right.columns if column in left.columns]
    named = {column: f"{whose}_{'name' if column == whose else column}" for column in both}
    named |= {key: f"key_{key}" for key in keys.values()}
    on = [named[key] for key in keys.values()]
    found = left.merge(
        right.rename(columns=named), how="left", left_on=list(keys), right_on=on, validate="many_to_one"
    ).drop(columns=on)

    def of(part: str) -> dict:
        said = {named.get(column, column): said for column, said in right.attrs[part].items()} | left.attrs[part]
        return {column: said[column] for column in found.columns if column in said}

    sources = sorted({*left.attrs["sources"], *right.attrs["sources"]})
    found.attrs = {**left.attrs, "sources": sources, "units": of("units"), "origin": of("origin")}
    return found


MONEY = ("EUR", "USD", "CHF")
BOARDS = {
    "H100": "nvidia-h100-sxm",
    "H100 SXM": "nvidia-h100-sxm",
    "H100 PCIe": "nvidia-h100-pcie",
    "H200": "nvidia-h200-sxm",
    "H200 SXM": "nvidia-h200-sxm",
    "GH200": "nvidia-gh200-96-gb",
}
"""The row of ``chips`` for what a seller calls a GPU. A bare name is read as the SXM board, which large clouds rent."""


@_joined
def chips_with_prices():
    """Prices of chips, with what the chips can do.

    One row for each dated price of a chip: of the street, of its release, or of a contract. A chip with several prices
    has several rows; one without a price has none.
    """
    facts = table("chip_facts")
    prices = _kept(facts, facts.unit.isin(MONEY))
    return _beside(prices, table("chips"), {"chip": "id"}, "chip")


@_joined
def cloud_prices_with_chips():
    """Rents of GPUs, with what the chips can do.

    One row for each rent. A bare H100 or H200 is read as the SXM board; an NVL or NVLink board has no row in chips, and
    its cells are empty.
    """
    rents = table("cloud_prices")
    chip = rents.gpu.map(BOARDS).astype("str")
    rents = rents.assign(chip_id=chip)
    rents.attrs["origin"]["chip_id"] = ("chips", "id")
    return _beside(rents, table("chips"), {"chip_id": "id"}, "chip")


@_joined
def systems_with_facts():
    """Money, heat and efficiency of the machines, with the machines.

    One row for each fact, so a machine has as many rows as there are facts on it, and several where sources
    contradict each other: choose an attribute before you add anything up.
    """
    return _beside(table("system_facts"), table("systems"), {"system": "id"}, "system")


@_joined
def top500_with_owners():
    """The first fifty of each TOP500 list, with the owner of a machine where the course knows it.

    One row for each place on a list. The id is that of a row in systems; a machine is matched by its name on the list
    and its country.
    """
    lists, systems = table("top500"), table("systems")
    places = lists[["list", "rank", "system", "country"]].rename(columns={"system": "listed_as"})
    named = systems.merge(places, left_on=["list", "top500_rank", "country"], right_on=["list", "rank", "country"])
    named.attrs = systems.attrs
    owners = named[["id", "listed_as", "country", "owner_kind"]]
    return _beside(lists, owners, {"system": "listed_as", "country": "country"}, "owner")


@_joined
def funding_rounds_with_startups():
    """Funding rounds, with the companies.

    One row for each round. Rows that print a round a second time are left out, so that no money is counted twice.
    """
    rounds = table("funding_rounds")
    return _beside(_kept(rounds, rounds.same_as.isna()), table("startups"), {"company": "id"}, "company")


@_joined
def systems_with_power_prices():
    """Machines with their power, and what power costs and emits where they stand.

    One row for each machine whose power is known. The price is the newest one of businesses without recoverable taxes,
    the carbon that of the newest year; both are empty where the course has none of that country.
    """
    systems, grid = table("systems"), table("grid_carbon")
    grid = _kept(grid, grid.year == grid.year.max())
    machines = _kept(systems, systems.power_mw.notna())
    priced = _beside(machines, power_prices("business"), {"country": "place"}, "price")
    return _beside(priced, grid, {"country": "place"}, "grid")


POWER_BASES = {"business": "without recoverable taxes", "wholesale": "market part only"}
"""Customer and tax basis of the prices of power that may stand beside one another."""


def power_prices(customer: str) -> "pd.DataFrame":
    """The newest prices of a customer on its basis, all of one date. Columns: those of ``electricity_prices``."""
    prices = table("electricity_prices")
    prices = _kept(prices, (prices.customer == customer) & (prices.basis == POWER_BASES[customer]))
    return _kept(prices, prices.as_of == prices.as_of.max())


def _kept(frame: "pd.DataFrame", which) -> "pd.DataFrame":
    return frame[which].reset_index(drop=True)
