"""Bring a newer vintage into ``data/``: a TOP500 list, cloud prices, exchange rates, funding rounds, their sources.

    python tests/tools/vintage.py top500 FILE --released 2025-06-10 [--green500 FILE]
    python tests/tools/vintage.py cloud_prices FILE

The first reads the spreadsheet that the site of the TOP500 offers for a list (its columns: ``top500_sheet.py``), and
with ``--green500`` the one of the Green500 of the same date. It writes the fifty entries, every sum that the course
holds about a list, and the row of the source, and puts the newest list into the assumption ``list_vintage``.

The second adds the rows of a CSV file with the columns of the table; instead of ``cloud_prices`` also
``exchange_rates``, ``funding_rounds``, and ``sources`` for the documents that they come from.

A row that is there already stays; one that contradicts it, a missing part or a value that breaks a rule of the table is
said in one sentence, and nothing is written. What was added is told, and which assumptions rest on the table and
whether their values still agree with it. Run twice, it changes nothing the second time.
"""

import argparse
import csv
import io
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))

import datapackage
import top500_sheet
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import Assumption, registry
from sovereign_compute.lessons.l22_power.efficiency import LARGE
from sovereign_compute.models.parts.constants import KILOWATTS_PER_MEGAWATT

TABLES = {
    "top500": ("top500_lists", "top500", "top500_countries", "top500_makers", "green500"),
    "cloud_prices": ("cloud_prices",),
    "exchange_rates": ("exchange_rates",),
    "funding_rounds": ("funding_rounds",),
    "sources": (),
}
"""What the command is asked for, and the tables that assumptions may rest on."""
LIST = "list_vintage"
SERIES = {
    "cloud_prices": ("observed_to", "price", ("provider", "gpu", "billing")),
    "exchange_rates": ("as_of", "rate", ("base", "quote")),
}
"""Table to its date, its figure, and the columns in which the rows of one series are alike."""
WORDS = {"source", "tier", "note", "title", "published", "accessed", "licence"}
"""Columns in which a list that is read again may differ."""
SITE = "https://top500.org/lists/top500/"
NEXT = "Then run tests/tools/notebooks.py and tests/tools/guides.py, and read what changed."


# Tables as lines of text ----------------------------------------------------------------------------------------------


def lines(folder: Path, name: str) -> list[str]:
    """The lines of a table, its head first; no cell of the tables that are changed here goes over two lines."""
    return (folder / f"{name}.csv").read_text(encoding="utf-8").removesuffix("\n").split("\n")


def cells(text: Iterable[str]) -> list[dict]:
    """Rows by column, all as texts."""
    return list(csv.DictReader(text, strict=True))


def rows_of(folder: Path, name: str) -> list[dict]:
    """The rows of a table of the data by column, all as texts."""
    return datapackage.rows(folder / f"{name}.csv")


def line(row: dict) -> str:
    """A row as it stands in a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row.values())
    return out.getvalue()


def merge(folder: Path, name: str, rows: Iterable[dict], where: str, again: bool) -> list[str] | None:
    """The lines of a table with the rows that it lacks; None if it lacks none.

    CourseError names a row that is there with another value. ``again`` is for lists: their sums may be rounded at
    another step, and ``WORDS`` may differ.
    """
    old, key = lines(folder, name), data.resource(name, folder)["schema"]["primaryKey"]
    columns, key = list(data.schema(name, folder)), [key] if isinstance(key, str) else key
    known = {tuple(row[column] for column in key): row for row in cells(old)}
    added = []
    for row in ({column: str(row.get(column, "")) for column in columns} for row in rows):
        id = tuple(row[column] for column in key)
        there = known.setdefault(id, row)
        if there is row:
            added.append(line(row))
        for column in columns:
            if not same(there[column], row[column], again) and not (again and column in WORDS):
                raise CourseError(
                    f"{where}: {' '.join(id)} in data/{name}.csv has {there[column]!r} as {column}, not "
                    f"{row[column]!r}; a new figure is a row with its own date, and what contradicts another goes into "
                    "contradictions.csv"
                )
    found = old[1:] + added
    if "list" in columns:  # lists stand in the order of time
        found.sort(key=lambda text: next(csv.reader([text]))[columns.index("list")])
    return [old[0], *found] if added else None


def same(old: str, new: str, rounded: bool) -> bool:
    """Whether two cells say the same; rounded ones may differ by one in the last digit."""
    last = 10.0 ** -max(len(text.partition(".")[2]) for text in (old, new)) if rounded else 0.0
    try:
        return old == new or abs(float(old) - float(new)) <= 1.01 * last
    except ValueError:
        return False


# From files to rows ---------------------------------------------------------------------------------------------------


def from_csv(folder: Path, name: str, path: Path) -> list[dict]:
    """The rows of a CSV file, each cell held against the rules of its column; references are looked up."""
    try:
        rows = cells(path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError, csv.Error):
        raise CourseError(f"{path.name}: there is no such file, or it is no CSV file in UTF-8") from None
    fields = data.schema(name, folder)
    if not rows or [column for column in rows[0] if column is not None] != list(fields):
        raise CourseError(f"{path.name}: expected are rows with the columns {', '.join(fields)}")
    known = {}
    for rule in data.resource(name, folder)["schema"].get("foreignKeys", []):
        target, column = rule["reference"]["resource"] or name, rule["reference"]["fields"]
        own = rows if target == name else []
        known[rule["fields"]] = target, {row[column] for row in [*rows_of(folder, target), *own]}
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise CourseError(f"{path.name}, row {number}: expected are {len(fields)} cells")
        for column, field in fields.items():
            try:
                data._converter(field)(row[column])
                target, ids = known.get(column, ("", {row[column]}))
                if row[column] and row[column] not in ids:
                    raise ValueError(f"is not in data/{target}.csv: add it there first")
            except ValueError as broken:
                raise CourseError(f"{path.name}, row {number}, {column}: {row[column]!r} {broken}") from None
    return rows


def from_sheets(folder: Path, path: Path, released: date, greenest: Path | None) -> dict[str, list[dict]]:
    """The rows of a list, by table, with that of its source."""
    number, machines = top500_sheet.read(path)
    vintage = top500_sheet.vintage(number)
    year, month = map(int, vintage.split("-"))
    if abs(12 * (released.year - year) + released.month - month) > 1:
        raise CourseError(
            f"{path.name}, First Appearance: its newest machines came with list {number}, that of {vintage}; expected "
            f"is the list released on {released}"
        )
    there = [row["list"] for row in rows_of(folder, "top500_lists")]
    if vintage not in there and there[-1] != top500_sheet.vintage(number - 1):
        raise CourseError(
            f"{path.name}: it is the list of {vintage}, the newest in the data is that of {there[-1]}; lists are added "
            "one after the other, because scenario codes count them"
        )
    found = {
        "top500_lists": [top500_sheet.summary(machines, released.isoformat())],
        "top500": top500_sheet.entries(machines),
        "top500_countries": top500_sheet.countries(machines),
        "top500_makers": top500_sheet.makers(machines),
        "green500": top500_sheet.green(greenest, machines, Followed(folder)) if greenest else [],
    }
    source = {
        "id": f"top500-{vintage}",
        "producer": "TOP500",
        "title": f"{ordinal(number)} {'TOP500 and Green500 lists' if greenest else 'TOP500 list'}",
        "url": f"{SITE}{year}/{month:02d}/",
        "published": released,
        "accessed": date.today(),
        "licence": "TOP500.org copyright; single entries cited with attribution",
        "note": "read in the official spreadsheet",
    }
    read = {"top500": "primary", "green500": "primary"}
    return {"sources": [source]} | {
        name: [{"list": vintage, "source": source["id"], "tier": read.get(name, "derived")} | row for row in rows]
        for name, rows in found.items()
    }


def ordinal(number: int) -> str:
    """A number as an ordinal.

    >>> ordinal(68), ordinal(71), ordinal(112)
    ('68th', '71st', '112th')
    """
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(last, 'th')}"


class Followed:
    """Whether the Green500 of the course follows a machine wherever it ranks: a large one, or one that it has below."""

    def __init__(self, folder: Path):
        rows = rows_of(folder, "green500")
        beyond = {row["system"] for row in rows if int(row["green500_rank"]) > top500_sheet.GREENEST}
        self.names = beyond | {row["system"] for row in rows if self.large(float(row["power_kw"] or 0))}

    @staticmethod
    def large(power) -> bool:
        return power >= LARGE * KILOWATTS_PER_MEGAWATT

    def __call__(self, name: str | None, power) -> bool:
        return name in self.names or self.large(power)


# What rests on a table ------------------------------------------------------------------------------------------------


def with_newest(folder: Path, lists: list[str]) -> list[str]:
    """The lines of the assumptions with every list as a choice.

    The value follows if it was the newest list; a class that reads another one keeps that.
    """
    found = lines(folder, "assumptions")
    place, row = next((place, row) for place, row in enumerate(cells(found), start=1) if row["id"] == LIST)
    last, today = str(len(lists) - 1), date.today().isoformat()
    follows = int(row["value"]) == row["choices"].count("|")
    row |= {"choices": "|".join(lists), "hard_max": last}
    if follows:
        row |= dict.fromkeys(("value", "low", "high"), last) | dict.fromkeys(("accessed", "reviewed"), today)
        row |= {"source": f"top500-{lists[-1]}", "valid_year": lists[-1][:4], "tier": "primary"}
        row |= {"why": "The newest list in the data."}
    found[place] = line(row)
    return found


def resting(folder: Path, names: Iterable[str]) -> list[str]:
    """A sentence for each assumption that names one of these tables, or a source of its rows, as its basis."""
    tables = {name: data.records(name, folder) for name in names}
    sources = {row["source"] for rows in tables.values() for row in rows}
    return [
        f"{a.id}, {a.told(a.value)}: {agreement(a, tables)}"
        for a in registry(folder).values()
        if a.source in sources or not set(tables).isdisjoint(a.locator.split())
    ]


def agreement(a: Assumption, tables: dict[str, list[dict]]) -> str:
    """Whether the value of an assumption is that of the newest row of its basis."""
    if a.id == LIST:
        newest = tables["top500_lists"][-1]["list"]
        return "the newest list" if a.told(a.value) == newest else f"does not follow, the newest list is {newest}"
    if a.choices:
        return "how a list is read, whichever it is"
    for name, (dated, figure, alike) in SERIES.items():
        own = [row for row in tables.get(name, []) if row["source"] == a.source]
        if own:
            last = max(own, key=lambda row: row[dated])
            series = [row for row in tables[name] if all(row[column] == last[column] for column in alike)]
            newest = max(series, key=lambda row: row[dated])
            if a.snap(newest[figure]) == a.value:
                return f"agrees with the newest row, {newest['id']}"
            return (
                f"does not follow the newest row, {newest['id']} with {newest[figure]:g}; if it should, change value, "
                "low, high, source and why in data/assumptions.csv"
            )
    return f"rests on {a.source}, {a.locator}, which stays"


# The command ----------------------------------------------------------------------------------------------------------


def changes(folder: Path, table: str, file: Path, released: date | None, greenest: Path | None) -> dict[str, list[str]]:
    """The tables that would change, by name, as lines."""
    lists = table == "top500"
    rows = from_sheets(folder, file, released, greenest) if lists else {table: from_csv(folder, table, file)}
    found = {name: merge(folder, name, new, file.name, again=lists) for name, new in rows.items()}
    found = {name: new for name, new in found.items() if new}
    if "top500_lists" in found:
        found["assumptions"] = with_newest(folder, [row["list"] for row in cells(found["top500_lists"])])
    return found


def put(folder: Path, texts: dict[str, str]) -> list[str]:
    """Write files of the data; their names."""
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def bring(folder: Path, found: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    """Write tables and what is made from them, all or nothing; what rests on the tables ``names`` as sentences.

    CourseError if any table of the course would break a rule.
    """
    with tempfile.TemporaryDirectory() as made:
        trial = Path(shutil.copytree(folder, Path(made) / "data"))
        written = put(trial, {f"{name}.csv": "\n".join(new) + "\n" for name, new in found.items()})
        written += put(trial, datapackage.outputs(trial))
        for name in data.names(trial):
            data.records(name, trial)
        told = resting(trial, names)
        if found:
            for file in written:
                shutil.copyfile(trial / file, folder / file)
    return told


def main(arguments: list[str] | None = None, folder: Path = datapackage.FOLDER) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("table", choices=TABLES)
    parser.add_argument(
        "file", type=Path, help="the spreadsheet of a list (xlsx), or a CSV file with the table's columns"
    )
    parser.add_argument(
        "--released", type=date.fromisoformat, metavar="DATE", help="day on which the list was published"
    )
    parser.add_argument(
        "--green500", type=Path, metavar="FILE", help="the spreadsheet of the Green500 of the same date"
    )
    asked = parser.parse_args(arguments)
    if asked.table == "top500" and not asked.released:
        parser.error("a list needs --released, the day on which it was published, as 2025-06-10")
    try:
        before = {name: len(lines(folder, name)) for name in data.names(folder)}
        found = changes(folder, asked.table, asked.file, asked.released, asked.green500)
        told = bring(folder, found, TABLES[asked.table])
    except CourseError as error:
        print(f"Nothing was written. {error}", file=sys.stderr)
        return 1
    for name, new in found.items():
        more = len(new) - before[name]
        told_of = f"{more} row{'s' * (more > 1)} added" if more else f"{LIST} changed"
        print(f"data/{name}.csv: {told_of}")
    print(NEXT if found else "Nothing is new: no file was changed.")
    if told:
        print("What rests on it:")
        print("\n".join(f"- {sentence}" for sentence in told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
