"""Keeps ``data/datapackage.json``, ``data/README.md`` and ``data/facts_by_age.md`` in step with the tables.

    python tests/tools/datapackage.py          write size, sha256 and row count of every table, the panels of the
                                               lessons, and the two pages
    python tests/tools/datapackage.py --check  change nothing; say what is out of date and end with 1 if anything is

Schemas, titles, licences and the other properties of a table are written by hand in ``datapackage.json``. Beside the
Frictionless ones each table has ``dated_by`` (the column that dates its facts), ``series`` (true if old rows are
history that does not age; or the columns in which an old row is like the newer one that makes it history) and
``lessons`` (the notebooks that rest on it).
"""

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from dependants import KINDS, dependants, panels

FOLDER = Path(__file__).resolve().parents[2] / "data"
TIERS = ("primary", "secondary", "derived", "judgement", "unverified")
MEASURED = ("bytes", "hash", "rows")


def rows(path: Path) -> list[dict]:
    """The rows of a CSV file as texts."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured(resource: dict, folder: Path) -> dict:
    """A resource with size, hash and row count of its file as they are now."""
    content = (folder / resource["path"]).read_bytes()
    kept = {key: value for key, value in resource.items() if key not in (*MEASURED, "schema")}
    return {
        **kept,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": len(rows(folder / resource["path"])),
        "schema": resource["schema"],
    }


def outputs(folder: Path) -> dict[str, str]:
    """File name to the text it should have, for the three files that this tool keeps."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [measured(resource, folder) for resource in package["resources"]]
    package["panels"] = panels()
    tables = {resource["name"]: rows(folder / resource["path"]) for resource in package["resources"]}
    return {
        "datapackage.json": json.dumps(package, indent=2, ensure_ascii=False) + "\n",
        "README.md": readme(package, tables),
        "facts_by_age.md": facts_by_age(package, tables),
    }


def _table(head: list[str], body: list[list]) -> list[str]:
    lines = [head, ["---"] * len(head), *body]
    return ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines]


def _dates(resource: dict, table: list[dict]) -> list[str]:
    column = resource.get("dated_by")
    return sorted({row[column] for row in table if row[column]}) if column else []


def readme(package: dict, tables: dict[str, list[dict]]) -> str:
    """The page that says what the tables hold, under which licence, and how to add to them."""
    tiers = {name: Counter(row["tier"] for row in table if "tier" in row) for name, table in tables.items()}
    lines = [
        f"# {package['title']}",
        "",
        package["description"],
        "",
        "Written by `tests/tools/datapackage.py` from `datapackage.json`; change that file, not this page.",
        "",
        "## Tables",
        "",
    ]
    body = []
    for resource in package["resources"]:
        dates = _dates(resource, tables[resource["name"]])
        span = "–" if not dates else dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        lessons = ", ".join(lesson[:2] for lesson in resource.get("lessons", [])) or "all"
        licence = ", ".join(licence["name"] for licence in resource["licenses"])
        body.append(
            [f"[{resource['name']}]({resource['path']})", resource["title"], resource["rows"], span, lessons, licence]
        )
    lines += _table(["table", "what it holds", "rows", "oldest to newest fact", "lessons", "licence"], body)
    lines += [
        "",
        "`other-open` means: the selection, the aggregates and the wording are CC BY 4.0; the single figures are facts "
        "of the sources named, and no table of a source is copied whole.",
        "",
        "## What the tables say in detail",
        "",
    ]
    for resource in package["resources"]:
        lines.append(f"- **{resource['name']}**: {resource['description']}")
    total = sum(tiers.values(), Counter())
    lines += ["", "## How well the facts are established", ""]
    lines += _table(
        ["table", *TIERS], [[name, *(count[tier] for tier in TIERS)] for name, count in tiers.items() if count]
    )
    lines += [
        "",
        f"In all: {', '.join(f'{total[tier]:,} {tier}' for tier in TIERS)}. *Primary*: read in the publisher's own "
        "document. *Secondary*: read elsewhere. *Derived*: computed, with the formula in the row. *Judgement*: ours, "
        "with the reason. *Unverified*: from memory, or printed by the newspaper report alone.",
        "",
        "## Attribution",
        "",
        *(f"- {line}" for line in package["attribution"]),
        "",
        "## What was left out, and why",
        "",
        *(f"- {entry['what']}: {entry['why']}" for entry in package["dropped"]),
        "",
        "## Adding a vintage",
        "",
        "A TOP500 list, cloud prices, exchange rates, funding rounds and their sources come in by one command, "
        "`tests/tools/vintage.py`. For all else:",
        "",
        "1. Add the source to `sources.csv`, with the address of the publisher's own document where it is known.",
        "2. Add rows; never overwrite one. A new figure for the same thing is a new row with its own date. If it "
        "contradicts an old one, say so in `contradictions.csv`, which links the two.",
        "3. An assumption keeps its `id` and its `code` for ever, and its limits and step once scenario codes are in "
        "use. Change `value`, `low`, `high`, `why` and `reviewed`.",
        "4. Run `uv run --frozen --group test python tests/tools/datapackage.py`, then "
        "`uv run --frozen --group test pytest tests/inputs/test_data.py`.",
        "",
        "What to look up first stands in [facts_by_age.md](facts_by_age.md).",
    ]
    return "\n".join(lines) + "\n"


MOST = 20
RULE = (
    "A fact weighs the years from its date to the last look-up in `sources.csv`, times the number of verdicts, models, "
    "exercises and panels that read it."
)


def years(date: str) -> float:
    """A date as a number of years; a year without a month is its middle.

    >>> years("2025"), years("2025-04-10")
    (2025.5, 2025.25)
    """
    return int(date[:4]) + (int(date[5:7] or 7) - 1) / 12


def weighed(package: dict, tables: dict[str, list[dict]]) -> list[tuple]:
    """What to look up first: weight, date, table, ids, what reads them, source; heaviest first.

    Rows of one table, date and source that the same number of things read are one fact. Of a series only the newest
    row counts: older ones are history.
    """
    now = years(max(row["accessed"] for row in tables["sources"]))
    found = defaultdict(list)
    for resource in package["resources"]:
        name, column, key = resource["name"], resource.get("dated_by"), resource["schema"].get("primaryKey")
        dated = [row for row in tables[name] if column and row[column] and row.get("source")]
        alike, newest = resource.get("series"), {}
        for row in dated:
            series = _series(row, alike)
            newest[series] = max(newest.get(series, ""), row[column])
        ids = [_id(row, key) for row in tables[name]]
        read = dependants(name, ids) if dated else {}
        for row in dated:
            if (not alike or row[column] == newest[_series(row, alike)]) and (by := read[_id(row, key)]):
                found[row[column], name, row["source"], tuple(by[kind] for kind in KINDS)].append(_id(row, key))
    facts = [
        ((now - years(date)) * sum(by), date, name, ids, by, source) for (date, name, source, by), ids in found.items()
    ]
    return sorted(facts, key=lambda fact: (-fact[0], fact[1:3], fact[3]))


def _series(row: dict, alike: bool | list[str]) -> tuple[str, ...]:
    return tuple(row[column] for column in alike) if isinstance(alike, list) else ()


def _id(row: dict, key: str | list[str]) -> str:
    return row[key] if isinstance(key, str) else " ".join(row[part] for part in key)


def _where(source: str, sources: dict[str, dict]) -> str:
    known = sources.get(source, {"producer": source, "title": "", "url": ""})
    where = f"{known['producer']}: {known['title']}" if known["title"] else known["producer"]
    return f"[{where}]({known['url']})" if known["url"] else where


def facts_by_age(package: dict, tables: dict[str, list[dict]]) -> str:
    """The page that says which facts to look up again, those on which most depends first, and where."""
    sources = {row["id"]: row for row in tables["sources"]}
    first = [
        [
            f"{weight:.0f}",
            date,
            name,
            ids[0] if len(ids) == 1 else f"{ids[0]} and {len(ids) - 1} more",
            ", ".join(
                f"{n} {kind.removesuffix('s') if n == 1 else kind}" for n, kind in zip(by, KINDS, strict=True) if n
            ),
            _where(source, sources),
        ]
        for weight, date, name, ids, by, source in weighed(package, tables)[:MOST]
    ]
    ages = []
    unverified = []
    for resource in package["resources"]:
        name, column = resource["name"], resource.get("dated_by")
        key = resource["schema"].get("primaryKey")
        for row in tables[name]:
            if row.get("tier") == "unverified":
                row_id = _id(row, key)
                lessons = [row["notebook"]] if "notebook" in row else resource.get("lessons", [])
                unverified.append(
                    [name, row_id, ", ".join(lesson[:2] for lesson in lessons) or "all", row.get("source")]
                )
        if not column:
            continue
        dated = defaultdict(list)
        for row in tables[name]:
            if row[column] and row.get("source"):
                dated[row["source"]].append(row[column])
        for source, dates in dated.items():
            # Old rows of a series are history; only its newest ones can be overtaken.
            kept = [max(dates)] * dates.count(max(dates)) if resource.get("series") is True else dates
            ages.append((min(kept), max(kept), name, source, len(kept)))
    lines = [
        "# Facts by age",
        "",
        "What to look up again, with the place to look. Written by `tests/tools/datapackage.py`.",
        "",
        f"## The {MOST} facts that most need a look",
        "",
        RULE,
        "",
        *_table(["weight", "as of", "table", "row", "read by", "where to look"], first),
        "",
        "## Not verified: look these up before anything else",
        "",
        *_table(["table", "row", "lessons", "source"], unverified),
        "",
        "## All dated facts, oldest first",
        "",
    ]
    body = []
    for oldest, newest, name, source, n in sorted(ages):
        span = oldest if oldest == newest else f"{oldest} to {newest}"
        body.append([span, name, n, _where(source, sources)])
    lines += _table(["as of", "table", "facts", "where to look"], body)
    return "\n".join(lines) + "\n"


def outdated(folder: Path = FOLDER) -> list[str]:
    """What is out of date, one sentence per file."""
    found = []
    for name, text in outputs(folder).items():
        path = folder / name
        now = path.read_text(encoding="utf-8") if path.exists() else ""
        if now == text:
            continue
        if name == "datapackage.json" and now:
            old = {resource["name"]: resource for resource in json.loads(now)["resources"]}
            changed = [
                resource["name"]
                for resource in json.loads(text)["resources"]
                if any(resource[key] != old[resource["name"]].get(key) for key in MEASURED)
            ]
            found.append(
                f"data/{name}: size, hash or rows of {', '.join(changed) or 'no table, but its layout or its panels'}"
            )
        else:
            found.append(f"data/{name} is not what the tables say")
    return found


def main(arguments: list[str] | None = None, folder: Path = FOLDER) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, say what is out of date")
    if parser.parse_args(arguments).check:
        found = outdated(folder)
        print("\n".join(found) or "data package: up to date")
        return 1 if found else 0
    for name, text in outputs(folder).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print("data package: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
