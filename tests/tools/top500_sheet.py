"""From the spreadsheets of the TOP500's site to rows of the course's tables: fifty entries, sums of all 500, Green500.

The site offers each list as ``TOP500_YYYYMM.xlsx``, and the same machines by efficiency as
``green500_top_YYYYMM.xlsx``. The first sheet has a head and one row for each of the 500 machines, with these columns
(those in ``COLUMNS`` and ``GREEN`` are read):

    Rank, Previous Rank, First Appearance, First Rank, Name, Computer, Site, Manufacturer, Country, Year, Segment,
    Total Cores, Accelerator/Co-Processor Cores, Rmax [TFlop/s], Rpeak [TFlop/s], Nmax, Nhalf, HPCG [TFlop/s],
    Power (kW), Power Source, Energy Efficiency [GFlops/Watts], Memory, Architecture, Processor, Processor Technology,
    Processor Speed (MHz), Operating System, OS Family, Accelerator/Co-Processor, Cores per Socket,
    Processor Generation, System Model, System Family, Interconnect Family, Interconnect, Continent, Site ID, System ID

The Green500 has TOP500 Rank and Power Quality Level beside them. No cell says which list it is. First Appearance has
the number of the list on which a machine was new (53 is June 2019), so the highest one is that of the list itself.

Which maker counts as which group stands in ``top500_names.csv``; a name that is not there is refused, not guessed.
"""

import csv
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise
from pathlib import Path

import pandas as pd
from sovereign_compute.errors import CourseError
from sovereign_compute.models.lists import ENTRIES, SCOPES, TERAFLOPS_PER_PETAFLOPS
from sovereign_compute.models.parts.constants import KILOWATTS_PER_MEGAWATT

NAMES = Path(__file__).with_name("top500_names.csv")
SIZE, FIRST_TEN, HUNDREDTH, GREENEST = 500, 10, 100, 25
ANOTHER_RUN = Decimal("0.01")  # a larger difference between efficiency and Rmax over power is no rounding
FIRST_YEAR = 1993
RMAX, RPEAK, POWER, EFFICIENCY = "Rmax [TFlop/s]", "Rpeak [TFlop/s]", "Power (kW)", "Energy Efficiency [GFlops/Watts]"
ACCELERATOR, ACCELERATOR_CORES = "Accelerator/Co-Processor", "Accelerator/Co-Processor Cores"
TEXTS = ["Site", "Manufacturer", "Country"]
COLUMNS = {
    "numbers": ["Rank", RMAX, RPEAK, "First Appearance", "Year", "Total Cores"],
    "numbers that may be missing": [POWER, EFFICIENCY, ACCELERATOR_CORES],
    "texts": [*TEXTS, "Segment", "Processor", "Processor Technology", "Interconnect Family", "Continent"],
    "texts that may be missing": ["Name", ACCELERATOR],
}
GREEN = {
    "numbers": ["Rank", "TOP500 Rank", RMAX, EFFICIENCY],
    "numbers that may be missing": [POWER, "Power Quality Level"],
    "texts": TEXTS,
    "texts that may be missing": ["Name", ACCELERATOR],
}
DIMENSIONS = ("system vendor", "accelerator designer", "processor designer", "network", "owner")


def sheet(path: Path, columns: dict[str, list[str]]) -> list[dict]:
    """The rows of a spreadsheet in order of rank, checked: texts without needless blanks, exact numbers, or None.

    Numbers are decimals, as they are printed: sums are exact and do not depend on the order.
    """
    try:
        found = pd.read_excel(path, dtype=object)
    except FileNotFoundError:
        raise CourseError(f"there is no file {path.name}") from None
    except Exception:  # openpyxl meets other files with errors of many kinds
        raise CourseError(f"{path.name} is not a spreadsheet (xlsx) as the site of the TOP500 offers it") from None
    found.columns = [" ".join(str(name).split()) for name in found]
    wanted = [name for names in columns.values() for name in names]
    if missing := [name for name in wanted if name not in found]:
        raise CourseError(
            f"{path.name}: no column {', '.join(missing)}; expected in the first row are {', '.join(wanted)}"
        )
    rows = [
        {
            name: _cell(f"{path.name}, row {line}, {name}", row[name], kind)
            for kind, names in columns.items()
            for name in names
        }
        for line, row in enumerate(found.to_dict("records"), start=2)
    ]
    return sorted(rows, key=lambda row: row["Rank"])


def _cell(where: str, value, kind: str) -> str | Decimal | None:
    text = "" if pd.isna(value) else " ".join(str(value).split())
    if not text:
        if kind.endswith("missing"):
            return None
        raise CourseError(f"{where}: the cell is empty; expected is a {kind.removesuffix('s')}")
    if kind.startswith("texts"):
        return text
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or number < 0:
        raise CourseError(f"{where}: {text[:40]!r} is not a number; expected is one from 0 on")
    return number


@cache
def _names() -> tuple[dict, ...]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def group(dimension: str, *names: str | None) -> tuple[str, str] | None:
    """Group and seat of the first of these names that the table of names has; None if it has none of them."""
    for name in filter(None, names):
        for row in _names():
            if row["dimension"] == dimension and fnmatchcase(name.casefold(), row["name"].casefold()):
                return row["group"], row["seat"]
    return None


def _add_group(path: Path, rows: list[dict], dimension: str, *columns: str) -> None:
    """Give every row its group and seat; CourseError names at once all that the table of names lacks."""
    unknown: dict[str, Decimal] = {}
    for row in rows:
        names = [row[column] for column in columns]
        row[dimension] = group(dimension, *names) if any(names) else ("none", "none")
        if row[dimension] is None:
            unknown.setdefault(names[0], row["Rank"])
    if unknown:
        named = ", ".join(f"{name!r} (rank {rank:f})" for name, rank in unknown.items())
        raise CourseError(
            f"{path.name}, {columns[0]}: {named} not found in tests/tools/{NAMES.name}; add a row for each, with the "
            f"dimension {dimension!r}, the group that the course counts it to, and the seat of that group"
        )


def read(path: Path) -> tuple[int, list[dict]]:
    """The number of a TOP500 list and its 500 machines in order of rank, with the groups that the course adds up."""
    rows = sheet(path, COLUMNS)
    ranks = [int(row["Rank"]) for row in rows]
    if ranks != list(range(1, SIZE + 1)):
        missing = sorted(set(range(1, SIZE + 1)) - set(ranks))
        lacks = f"no row for rank {missing[0]}" if missing else f"{len(ranks)} rows"
        raise CourseError(f"{path.name}, Rank: {lacks}; expected are the ranks 1 to {SIZE}, each once")
    for before, row in pairwise(rows):
        if row[RMAX] > before[RMAX]:
            raise CourseError(
                f"{path.name}, rank {row['Rank']}, {RMAX}: {row[RMAX]:f} is more than the rank before has; expected is "
                "the TOP500, in its order"
            )
    _add_group(path, rows, "system vendor", "Manufacturer")
    _add_group(path, rows, "processor designer", "Processor Technology", "Processor")
    _add_group(path, rows, "accelerator designer", ACCELERATOR)
    _add_group(path, rows, "network", "Interconnect Family")
    for row in rows:
        row["owner"] = (row["Segment"].lower(), "not applicable")
        row["Country"] = _country(row)
        row["EU-27"], row["Europe"] = group("bloc", row["Country"]) is not None, row["Continent"] == "Europe"
    return int(max(row["First Appearance"] for row in rows)), rows


def _country(row: dict) -> str:
    return (group("country", row["Country"]) or (row["Country"],))[0]


def vintage(number: int) -> str:
    """Year and month of a list by its number.

    >>> vintage(1), vintage(53)
    ('1993-06', '2019-06')
    """
    return f"{FIRST_YEAR + (number - 1) // 2}-{'06' if number % 2 else '11'}"


def plain(value: Decimal | None, digits: int) -> str:
    """A number as the tables have it: rounded, without zeros at the end; empty if there is none.

    >>> plain(Decimal("16.590"), 4), plain(Decimal(1500), 0), plain(None, 1)
    ('16.59', '1500', '')
    """
    if value is None:
        return ""
    text = f"{round(value, digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sum(rows: Iterable[dict]) -> Decimal:
    """Linpack performance in PFLOP/s."""
    return sum((row[RMAX] for row in rows), Decimal()) / TERAFLOPS_PER_PETAFLOPS


def _peta(value: Decimal, digits: int = 4) -> str:
    return plain(value / TERAFLOPS_PER_PETAFLOPS, digits)


def _share(part: list[dict], whole: list[dict], digits: int = 2) -> str:
    return plain(100 * _sum(part) / _sum(whole), digits)


def entries(rows: list[dict]) -> Iterable[dict]:
    """Rows of the table top500."""
    for row in rows[:ENTRIES]:
        lacks = [what for what, column in (("name", "Name"), ("power", POWER)) if row[column] is None]
        yield {
            "rank": int(row["Rank"]),
            "system": row["Name"] or "",
            "site": row["Site"],
            "country": row["Country"],
            "continent": row["Continent"],
            "eu27": str(row["EU-27"]).lower(),
            "segment": row["owner"][0],
            "vendor": row["system vendor"][0],
            "vendor_country": row["system vendor"][1],
            "processor": row["Processor"],
            "processor_maker": row["processor designer"][0],
            "accelerator": row[ACCELERATOR] or "",
            "accelerator_maker": row["accelerator designer"][0],
            "accelerator_country": row["accelerator designer"][1],
            "installed_year": int(row["Year"]),
            "cores": int(row["Total Cores"]),
            "accelerator_cores": plain(row[ACCELERATOR_CORES], 0),
            "rmax_pflops": _peta(row[RMAX]),
            "rpeak_pflops": _peta(row[RPEAK]),
            "power_kw": plain(row[POWER], 1),
            "gflops_per_watt": plain(row[EFFICIENCY], 2),
            "note": "; ".join(f"no {what} given" for what in lacks),
        }


def _by_size(rows: list[dict], column: str) -> list[tuple]:
    """The parts of a list by the values of a column, most performance first."""
    parts: dict = {}
    for row in rows:
        parts.setdefault(row[column], []).append(row)
    return sorted(parts.items(), key=lambda part: -_sum(part[1]))


def _in_scope(rows: list[dict], scope: str) -> list[dict]:
    return rows if scope == "World" else [row for row in rows if row[scope]]


def countries(rows: list[dict]) -> Iterable[dict]:
    """Rows of the table top500_countries: the world, continents, the EU and countries, each kind by performance."""
    parts = [("world", "World", rows), ("world", "First ten", rows[:FIRST_TEN])]
    parts += [("continent", *part) for part in _by_size(rows, "Continent")]
    parts += [("bloc", "EU-27", _in_scope(rows, "EU-27"))]
    parts += [("country", *part) for part in _by_size(rows, "Country")]
    for kind, name, part in parts:
        power = [row[POWER] for row in part if row[POWER] is not None]
        yield {
            "kind": kind,
            "group": name,
            "systems": len(part),
            "rmax_pflops": plain(_sum(part), 2),
            "rmax_share_percent": _share(part, rows),
            "power_mw": plain(sum(power) / int(KILOWATTS_PER_MEGAWATT), 2) if power else "",
            "systems_with_power": len(power),
            "best_rank": int(part[0]["Rank"]),
            "note": "sum over the entries of the group" + ("" if power else "; none of them gave its power"),
        }


def makers(rows: list[dict]) -> Iterable[dict]:
    """Rows of the table top500_makers, most performance first in each dimension of each scope."""
    for scope in SCOPES:
        counted = _in_scope(rows, scope)
        for dimension in DIMENSIONS:
            for (name, seat), part in _by_size(counted, dimension):
                yield {
                    "scope": scope,
                    "dimension": dimension,
                    "name": name,
                    "control_country": seat,
                    "systems": len(part),
                    "rmax_pflops": plain(_sum(part), 2),
                    "rmax_share_percent": _share(part, counted),
                    "note": "sum over the entries of the group, over that of the scope",
                }


def summary(rows: list[dict], released: str) -> dict:
    """The row of the table top500_lists."""
    ten = rows[:FIRST_TEN]
    return {
        "released": released,
        "first_system": rows[0]["Name"] or rows[0]["Site"],
        "first_pflops": _peta(rows[0][RMAX]),
        "tenth_pflops": _peta(rows[FIRST_TEN - 1][RMAX]),
        "hundredth_pflops": _peta(rows[HUNDREDTH - 1][RMAX]),
        "last_pflops": _peta(rows[-1][RMAX]),
        "sum_pflops": plain(_sum(rows), 1),
        "top10_share_percent": _share(ten, rows, 1),
        "europe_in_top10": sum(row["Europe"] for row in ten),
        "eu27_in_top10": sum(row["EU-27"] for row in ten),
        "accelerated_systems": sum(row["accelerator designer"][0] != "none" for row in rows),
        "china_systems": sum(row["Country"] == "China" for row in rows),
        "us_systems": sum(row["Country"] == "United States" for row in rows),
        "eu27_systems": sum(row["EU-27"] for row in rows),
        "europe_systems": sum(row["Europe"] for row in rows),
        "note": "sums and counts over the 500 entries",
    }


def green(path: Path, top: list[dict], named: Callable[[str | None, Decimal], bool]) -> Iterable[dict]:
    """Rows of the table green500: the 25 most efficient machines, and those of which ``named`` says yes.

    ``top`` is the TOP500 of the same date; ``named`` gets the name of a machine and its power in kW.
    """
    rows = sheet(path, GREEN)
    speed = {row["Rank"]: row[RMAX] for row in top}
    _add_group(path, rows, "system vendor", "Manufacturer")
    for row in rows:
        rank = row["TOP500 Rank"]
        if speed.get(rank) != row[RMAX]:
            raise CourseError(
                f"{path.name}, rank {row['Rank']}, {RMAX}: {row[RMAX]:f}, and not what rank {rank} of the TOP500 has; "
                "expected is the Green500 of the same date"
            )
        if row["Rank"] <= GREENEST or named(row["Name"], row[POWER] or Decimal()):
            yield {
                "green500_rank": int(row["Rank"]),
                "top500_rank": int(rank),
                "system": row["Name"] or row["Site"],
                "site": row["Site"],
                "country": _country(row),
                "vendor": row["system vendor"][0],
                "accelerator": row[ACCELERATOR] or "",
                "rmax_pflops": _peta(row[RMAX]),
                "power_kw": plain(row[POWER], 2),
                "gflops_per_watt": plain(row[EFFICIENCY], 3),
                "power_quality_level": plain(row["Power Quality Level"], 0),
                "note": "; ".join(_green_notes(row)),
            }


def _green_notes(row: dict) -> Iterable[str]:
    if not row[POWER]:
        yield "power not given"
    elif abs(row[RMAX] / row[POWER] / row[EFFICIENCY] - 1) > ANOTHER_RUN:
        yield "efficiency of another run than that of Rmax and power"
    if row["Power Quality Level"] is None:
        yield "quality level of the power figure not given"
