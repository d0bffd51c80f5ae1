"""A newer vintage: a made-up list in the format of the TOP500, rows from CSV files, what rests on them, faults."""

import ast
import csv
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import lab
import pandas as pd
import pytest
import top500_sheet
import vintage
from sovereign_compute.inputs import data
from tree import ROOT

PLACES = [
    ("Japan", "Asia", "Fujitsu", "Fujitsu ARM", "Proprietary Network", "Research"),
    ("United States", "North America", "HPE", "AMD Zen-5 (Turin)", "Gigabit Ethernet", "Industry"),
    ("Germany", "Europe", "EVIDEN", "NVIDIA Grace CPU", "Infiniband", "Academic"),
    ("China", "Asia", "NRCPC", "ShenWei", "Custom Interconnect", "Vendor"),
    ("Switzerland", "Europe", "Lenovo", "Intel Granite Rapids", "Omnipath", "Government"),
]
"""Country, continent, maker, processor, network and owner of the ranks 5, 1, 2, 3, 4, and so on by fives."""
UNREAD = ["Previous Rank", "First Rank", "Nmax", "Nhalf", "HPCG [TFlop/s]", "Power Source", "Memory", "Architecture"]
NEWEST = data.records("top500_lists")[-1]["list"]
NUMBER = 2 * (int(NEWEST[:4]) - 1993) + (1 if NEWEST.endswith("06") else 2)
NEW = top500_sheet.vintage(NUMBER + 1)
RELEASED = f"{NEW}-17"


def machines() -> list[dict]:
    """500 machines: rank r has 501 - r PFLOP/s; the first 200 give their power, every second has accelerators."""
    found = []
    for rank in range(1, 501):
        country, continent, maker, processor, network, owner = PLACES[rank % 5]
        power = (12_000.0 if rank <= 10 else 1_000.0) if rank <= 200 else None
        rmax = 1_000.0 * (501 - rank)
        found.append(
            {
                "Rank": rank,
                "First Appearance": NUMBER + 1 if rank % 10 == 1 else 60,
                "Name": {7: "JUPITER Booster", 50: None}.get(rank, f"Machine  {rank}"),
                "Computer": "made up",
                "Site": f"Site {rank}",
                "Manufacturer": maker,
                "Country": country,
                "Year": 2026,
                "Segment": owner,
                "Total Cores": 1_000 * rank,
                "Accelerator/Co-Processor Cores": 900 * rank if rank % 2 == 0 else None,
                "Rmax [TFlop/s]": rmax,
                "Rpeak [TFlop/s]": 1.5 * rmax + 0.04,
                "Power (kW)": power,
                "Energy Efficiency [GFlops/Watts]": rmax / power if power else None,
                "Processor": "Processor 64C",
                "Processor Technology": processor,
                "Accelerator/Co-Processor": "NVIDIA B200" if rank % 2 == 0 else None,
                "Interconnect Family": network,
                "Continent": continent,
                **dict.fromkeys(UNREAD),
            }
        )
    return found


def greenest() -> list[dict]:
    """The same machines with a power, the last first."""
    rows = [row for row in machines() if row["Power (kW)"]][::-1]
    return [
        row | {"Rank": place, "TOP500 Rank": row["Rank"], "Power Quality Level": 2 if place > 1 else None}
        for place, row in enumerate(rows, start=1)
    ]


def write(path: Path, rows: list[dict]) -> Path:
    pd.DataFrame(rows).to_excel(path, index=False, sheet_name="top500")
    return path


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> list[str]:
    """The words that bring the made-up list in."""
    folder = tmp_path_factory.mktemp("sheets")
    list_, green = write(folder / "TOP500.xlsx", machines()), write(folder / "green500.xlsx", greenest())
    return ["top500", str(list_), "--released", RELEASED, "--green500", str(green)]


@pytest.fixture
def copy(tmp_path) -> Path:
    return Path(shutil.copytree(data.FOLDER, tmp_path / "data"))


def state(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def rows(folder: Path, name: str) -> list[dict]:
    return vintage.cells(vintage.lines(folder, name))


def new(folder: Path, name: str, /, **wanted: str) -> list[dict]:
    """The rows of the new list in a table, those with some values."""
    found = [row for row in rows(folder, name) if row["list"] == NEW]
    return [row for row in found if all(row[column] == value for column, value in wanted.items())]


# A list ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listed(sheets, tmp_path_factory) -> Path:
    """The course with the made-up list brought in."""
    course = lab.course(tmp_path_factory.mktemp("course"))
    assert vintage.main(sheets, course / "data") == 0
    return course


def test_the_fifty_entries_and_every_sum_are_those_of_the_closed_form(listed):
    folder = listed / "data"
    (summary,) = new(folder, "top500_lists")
    assert summary == {
        "list": NEW,
        "released": RELEASED,
        "first_system": "Machine 1",
        "first_pflops": "500",
        "tenth_pflops": "491",
        "hundredth_pflops": "401",
        "last_pflops": "1",
        "sum_pflops": "125250",
        "top10_share_percent": "4",  # 4,955 of 125,250
        "europe_in_top10": "4",
        "eu27_in_top10": "2",
        "accelerated_systems": "250",
        "china_systems": "100",
        "us_systems": "100",
        "eu27_systems": "100",
        "europe_systems": "200",
        "source": f"top500-{NEW}",
        "tier": "derived",
        "note": "sums and counts over the 500 entries",
    }
    assert [int(row["rank"]) for row in new(folder, "top500")] == list(range(1, 51))
    seventh, last = new(folder, "top500", rank="7")[0], new(folder, "top500", rank="50")[0]
    assert (seventh["system"], seventh["eu27"]) == ("JUPITER Booster", "true")
    assert (seventh["vendor"], seventh["vendor_country"]) == ("Eviden (Bull, Atos)", "France")
    assert (seventh["accelerator"], seventh["accelerator_maker"], seventh["accelerator_cores"]) == ("", "none", "")
    # 741.00004 PFLOP/s, and 494,000 / 12,000.
    assert (seventh["rmax_pflops"], seventh["rpeak_pflops"], seventh["gflops_per_watt"]) == ("494", "741", "41.17")
    assert (last["system"], last["note"], last["accelerator_cores"]) == ("", "no name given", "45000")
    (world,), (ten,) = (new(folder, "top500_countries", group=name) for name in ("World", "First ten"))
    assert (world["rmax_pflops"], world["power_mw"], world["systems_with_power"]) == ("125250", "310", "200")
    assert (ten["rmax_pflops"], ten["rmax_share_percent"], ten["power_mw"]) == ("4955", "3.96", "120")
    # Ranks 2, 7, ... 497 have 499, 494, ... 4 PFLOP/s: a hundred with a mean of 251.5.
    for kind, name in (("bloc", "EU-27"), ("country", "Germany")):
        (group,) = new(folder, "top500_countries", kind=kind, group=name)
        assert (group["systems"], group["rmax_pflops"], group["rmax_share_percent"]) == ("100", "25150", "20.08")
        assert (group["best_rank"], group["power_mw"], group["systems_with_power"]) == ("2", "62", "40")
    assert [row["group"] for row in new(folder, "top500_countries", kind="continent")] == [
        "Europe", "Asia", "North America"
    ]  # fmt: skip
    (eviden,) = new(folder, "top500_makers", scope="Europe", name="Eviden (Bull, Atos)")
    assert (eviden["rmax_pflops"], eviden["rmax_share_percent"]) == ("25150", "50.2")  # of 25,150 + 24,950
    designers = new(folder, "top500_makers", scope="World", dimension="accelerator designer")
    assert {row["name"]: row["rmax_pflops"] for row in designers} == {"none": "62750", "NVIDIA": "62500"}
    assert {row["name"] for row in new(folder, "top500_makers", scope="World", dimension="network")} == {
        "Ethernet", "InfiniBand", "custom", "Omni-Path"
    }  # fmt: skip
    assert {row["dimension"] for row in new(folder, "top500_makers", scope="EU-27")} == set(top500_sheet.DIMENSIONS)


def test_the_green500_has_the_first_places_and_the_machines_that_the_course_follows(listed):
    found = new(listed / "data", "green500")
    # By construction the least fast are first; below place 25 stand the ten with 12 MW.
    assert [int(row["green500_rank"]) for row in found] == [*range(1, 26), *range(191, 201)]
    assert found[0]["note"] == "quality level of the power figure not given"
    assert [row["top500_rank"] for row in found if row["system"] == "JUPITER Booster"] == ["7"]


def test_a_list_that_was_brought_in_is_part_of_a_sound_package_and_brought_in_once(listed, sheets, capsys):
    folder = listed / "data"
    before = state(folder)
    assert vintage.main(sheets, folder) == 0
    assert "Nothing is new: no file was changed." in capsys.readouterr().out
    assert state(folder) == before
    assert vintage.datapackage.outdated(folder) == []
    (source,) = [row for row in rows(folder, "sources") if row["id"] == f"top500-{NEW}"]
    assert (source["title"], source["published"]) == (f"{NUMBER + 1}th TOP500 and Green500 lists", RELEASED)
    unchanged = {"presets.csv", "jupiter.csv", "claims.csv", "cloud_prices.csv"}
    assert {name: before[name] for name in unchanged} == {name: state(data.FOLDER)[name] for name in unchanged}


ASK = """
from sovereign_compute.inputs import scenarios
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.lessons.fact_check import decided
from sovereign_compute.models.lists import share_of_the_list
from sovereign_compute.inputs.presets import presets
for id, preset in presets("share_of_the_list").items():
    if "list_vintage" in preset["values"]:
        print("preset", id, evaluate(share_of_the_list, **preset["values"]))
for id, verdict in decided().items():
    print("verdict", id, verdict.word)
for vintage, code in {"2019-06": "SC1-59z", "2025-11": "SC1-Bd_LSL"}.items():
    print("code", vintage == get("list_vintage").told(scenarios.decode(code)["list_vintage"]))
print("default", get("list_vintage").told(get("list_vintage").value))
"""


def asked(course: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=course / "notebooks", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_with_a_new_list_the_course_reads_it_and_old_presets_verdicts_and_codes_stay(listed):
    before, after = asked(ROOT), asked(listed)
    assert before[-1] == f"default {NEWEST}"
    assert after[-1] == f"default {NEW}"
    assert after[:-1] == before[:-1]
    assert len(before) > 95


def test_every_preset_that_names_a_month_says_which_list_it_reads():
    texts = {row["preset"]: row["note"] for row in data.records("presets") if row["model"] == "share_of_the_list"}
    said = {row["preset"] for row in data.records("presets") if row["assumption"] == "list_vintage"}
    assert {id for id, text in texts.items() if re.search(r"(June|November) 20\d\d", text)} <= said


def test_what_rests_on_the_lists_follows_or_says_that_it_does_not(copy, sheets, capsys):
    hand = [line.replace(",14,14,14,0,14,1,", ",3,3,3,0,14,1,") for line in vintage.lines(copy, "assumptions")]
    untouched = Path(shutil.copytree(copy, copy.parent / "untouched"))
    (copy / "assumptions.csv").write_text("\n".join(hand) + "\n", encoding="utf-8")
    assert vintage.main(sheets, untouched) == 0
    assert f"- list_vintage, {NEW}: the newest list" in capsys.readouterr().out
    assert vintage.main(sheets, copy) == 0
    told = capsys.readouterr().out
    assert f"- list_vintage, 2020-11: does not follow, the newest list is {NEW}" in told
    assert "- gpus, 23,536 GPUs: rests on top500-2025-06, accelerator cores / 132, which stays" in told
    row = next(row for row in rows(copy, "assumptions") if row["id"] == "list_vintage")
    assert (row["value"], row["hard_max"], row["choices"].split("|")[-1]) == ("3", "15", NEW)


# What is refused ------------------------------------------------------------------------------------------------------


def changed(rank: int, column: str, value):
    def plant(found: list[dict]) -> list[dict]:
        return [row | {column: value} if row["Rank"] == rank else row for row in found]

    return plant


def without(column: str):
    return lambda found: [{key: value for key, value in row.items() if key != column} for row in found]


def of_list(number: int):
    return lambda found: [row | {"First Appearance": min(row["First Appearance"], number)} for row in found]


REFUSED = {
    "no column": (
        without("Rmax [TFlop/s]"),
        r"list.xlsx: no column Rmax \[TFlop/s\]; expected in the first row are Rank",
    ),
    "no row": (
        lambda found: found[:76] + found[77:],
        "list.xlsx, Rank: no row for rank 77; expected are the ranks 1 to",
    ),
    "a rank twice": (lambda found: [*found, found[9]], "list.xlsx, Rank: 501 rows; expected are the ranks 1 to 500"),
    "no number": (
        changed(77, "Rmax [TFlop/s]", "about 400"),
        r"list.xlsx, row 78, Rmax \[TFlop/s\]: 'about 400' is not a number; expected is one from 0 on",
    ),
    "below zero": (changed(3, "Power (kW)", -1), r"row 4, Power \(kW\): '-1' is not a number"),
    "an empty cell": (changed(5, "Country", " "), "list.xlsx, row 6, Country: the cell is empty; expected is a text"),
    "another order": (changed(8, "Rmax [TFlop/s]", 1e9), "list.xlsx, rank 8, .*more than the rank before has"),
    "an unknown maker": (
        changed(9, "Manufacturer", "Acme"),
        r"list.xlsx, Manufacturer: 'Acme' \(rank 9\) not found in tests/tools/top500_names.csv; add a row for each, "
        "with the dimension 'system vendor'",
    ),
    "an unknown chip": (changed(8, "Accelerator/Co-Processor", "Abacus"), r"'Abacus' \(rank 8\) not found"),
    "an unknown continent": (changed(2, "Continent", "Atlantis"), "continent: 'Atlantis' must be one of Africa"),
    "another date": (
        of_list(NUMBER - 2),
        r"First Appearance: its newest machines came with list .*expected is the list r",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_faulty_list_is_one_sentence_and_nothing_is_written(copy, tmp_path, capsys, fault):
    plant, said = REFUSED[fault]
    before = state(copy)
    path = write(tmp_path / "list.xlsx", plant(machines()))
    assert vintage.main(["top500", str(path), "--released", RELEASED], copy) == 1
    told = capsys.readouterr()
    assert re.search(said, told.err), told.err
    assert told.err.startswith("Nothing was written. ")
    assert (told.err.count("\n"), told.out) == (1, "")
    assert state(copy) == before


def test_a_list_out_of_turn_is_refused(copy, tmp_path, capsys):
    path = write(tmp_path / "list.xlsx", [row | {"First Appearance": NUMBER + 2} for row in machines()])
    later = top500_sheet.vintage(NUMBER + 2)
    assert vintage.main(["top500", str(path), "--released", f"{later}-10"], copy) == 1
    assert f"the newest in the data is that of {NEWEST}; lists are added one after the other" in capsys.readouterr().err


def test_a_list_with_other_values_than_before_is_refused(listed, tmp_path, capsys):
    folder = Path(shutil.copytree(listed / "data", tmp_path / "data"))
    before = state(folder)
    path = write(tmp_path / "list.xlsx", changed(7, "Name", "JUPITER")(machines()))
    assert vintage.main(["top500", str(path), "--released", RELEASED], folder) == 1
    said = f"{NEW} 7 in data/top500.csv has 'JUPITER Booster' as system, not 'JUPITER'"
    assert said in capsys.readouterr().err
    assert state(folder) == before


def test_files_of_another_kind_are_refused(copy, tmp_path, sheets, capsys):
    page = tmp_path / "page.xlsx"
    page.write_text("<html>", encoding="utf-8")
    assert vintage.main(["top500", str(page), "--released", RELEASED], copy) == 1
    assert "page.xlsx is not a spreadsheet (xlsx)" in capsys.readouterr().err
    assert vintage.main(["top500", str(tmp_path / "none.xlsx"), "--released", RELEASED], copy) == 1
    assert "there is no file none.xlsx" in capsys.readouterr().err
    other = write(tmp_path / "green.xlsx", [row | {"Rmax [TFlop/s]": 1.0} for row in greenest()])
    assert vintage.main([*sheets[:-1], str(other)], copy) == 1
    assert "green.xlsx, rank 1, Rmax [TFlop/s]: 1, and not what rank 200" in capsys.readouterr().err


# Rows from a CSV file -------------------------------------------------------------------------------------------------

RATE = {"base": "EUR", "quote": "USD", "source": "ecb-2026-08", "tier": "secondary", "note": ""}
PRICE = {
    "provider": "AIMultiple index", "provider_kind": "index", "provider_country": "", "gpu": "H100", "region": "world",
    "region_group": "world", "billing": "index", "gpus": "1", "currency": "USD", "observed_from": "",
    "source": "aimultiple-2026", "tier": "secondary", "note": "",
}  # fmt: skip
ADDED = {
    "exchange_rates": (
        {"id": "eur-usd-2027-01-04", "rate": "1.1", "as_of": "2027-01-04", **RATE},
        "exchange_rate, 1.17 USD per EUR: does not follow the newest row, eur-usd-2027-01-04 with 1.1",
    ),
    "cloud_prices": (
        {"id": "index-2027", "price": "2.95", "observed_to": "2027-01", **PRICE},
        "cloud_price, 2.95 USD per GPU-hour: agrees with the newest row, index-2027",
    ),
    "funding_rounds": (
        {"id": "mistral-ai-2027-01", "company": "mistral-ai", "as_of": "2027-01", "round": "Series E",
         "currency": "EUR", "read_as": "document", "source": "mistral-ai-2025-09", "tier": "primary"},
        "",
    ),
    "sources": (
        {"id": "ecb-2027-01", "producer": "European Central Bank", "title": "Euro reference exchange rates",
         "accessed": "2027-01-05", "licence": "free with attribution"},
        "",
    ),
}  # fmt: skip


def table(path: Path, name: str, *found: dict) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(data.schema(name)), restval="")
        writer.writeheader()
        writer.writerows(found)
    return path


@pytest.mark.parametrize("name", ADDED)
def test_rows_are_added_once_and_what_rests_on_them_is_told(copy, tmp_path, capsys, name):
    row, said = ADDED[name]
    path, old = table(tmp_path / "new.csv", name, row), vintage.lines(copy, name)
    assert vintage.main([name, str(path)], copy) == 0
    told = capsys.readouterr().out
    assert f"data/{name}.csv: 1 row added" in told
    assert said in told
    assert vintage.lines(copy, name)[:-1] == old
    assert rows(copy, name)[-1] == {column: row.get(column, "") for column in data.schema(name)}
    assert vintage.datapackage.outdated(copy) == []
    before = state(copy)
    assert vintage.main([name, str(path)], copy) == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert state(copy) == before


def test_the_newest_rate_is_the_one_that_values_are_converted_at(monkeypatch):
    from sovereign_compute.errors import CourseError
    from sovereign_compute.models.parts import companies

    whole = data.records("exchange_rates")
    newer = {**whole[0], "id": "new", "as_of": "2027-01-04", "rate": 1.1}
    monkeypatch.setattr(data, "records", lambda name, *more: [*whole, newer])
    assert (companies.rate(), companies.rate("2025-09-09"), companies.rate("2023-08")) == (1.1, 1.1795, 1.085)
    with pytest.raises(CourseError, match=r"no rate of EUR in USD of 1999; it has those of 2023-08-24, 2023-10-03"):
        companies.rate("1999")


def rate(**more: str) -> dict:
    return ADDED["exchange_rates"][0] | more


FAULTS = {
    "another value": (
        [rate(id="eur-usd-2026-08-21", as_of="2026-08-21", rate="1.2")],
        "eur-usd-2026-08-21 in data/exchange_rates.csv has '1.1699' as rate, not '1.2'; a new figure is a row with",
    ),
    "no number": ([rate(rate="one")], "new.csv, row 2, rate: 'one' must be a number"),
    "no date": ([rate(as_of="January")], "new.csv, row 2, as_of: 'January' must match the pattern"),
    "an unknown source": (
        [rate(), rate(id="b", source="hearsay")],
        "new.csv, row 3, source: 'hearsay' is not in data/sources.csv: add it there first",
    ),
    "one id for two": ([rate(), rate(rate="1.3")], "eur-usd-2027-01-04 in data/exchange_rates.csv has '1.1' as rate"),
    "no rows": ([], "new.csv: expected are rows with the columns id, base, quote"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_row_is_one_sentence_and_nothing_is_written(copy, tmp_path, capsys, fault):
    found, said = FAULTS[fault]
    before = state(copy)
    path = table(tmp_path / "new.csv", "exchange_rates", *found)
    assert vintage.main(["exchange_rates", str(path)], copy) == 1
    assert said in capsys.readouterr().err
    assert state(copy) == before


def test_other_columns_and_other_files_are_refused(copy, tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text("id,rate\na,1\n", encoding="utf-8")
    for file, said in ((path, "expected are rows with the columns id, base"), (tmp_path / "no.csv", "no such file")):
        assert vintage.main(["exchange_rates", str(file)], copy) == 1
        assert said in capsys.readouterr().err


def test_a_list_without_its_day_is_refused(copy, capsys):
    with pytest.raises(SystemExit):
        vintage.main(["top500", "TOP500.xlsx"], copy)
    assert "a list needs --released" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["assumptions", *vintage.TABLES["top500"], *list(vintage.TABLES)[1:]])
def test_a_table_is_its_lines(name):
    text = (data.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert "\n".join(vintage.lines(data.FOLDER, name)) + "\n" == text
    assert len(rows(data.FOLDER, name)) == len(vintage.lines(data.FOLDER, name)) - 1


# No vintage in code ---------------------------------------------------------------------------------------------------

EVENTS = {"2025-01-20": "a change of government", "2025-06": "a hearing, as the report dates it"}
"""Days of history that a verdict is about; the second only in the lesson on law."""
COHORT = ["2022-06"]
"""The list whose machines a learner follows through all later ones: a newer list makes them longer, and not another."""


def named_vintages(source: str) -> list[str]:
    """Dates, and rows of rates, prices and lists by a date, that stand as a constant in code."""
    tree = ast.parse(source)
    texts = {id(part.value) for part in ast.walk(tree) if isinstance(part, ast.Expr)}
    rows = {row["id"] for name in ("exchange_rates", "cloud_prices") for row in data.records(name)}
    return [
        part.value
        for part in ast.walk(tree)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in texts
        if re.fullmatch(r"(top500-)?20\d\d-\d\d(-\d\d)?", part.value) or part.value in rows
    ]


def test_no_code_names_a_vintage():
    code = [*(ROOT / "notebooks/sovereign_compute").rglob("*.py"), *(ROOT / "tests/tools").glob("*.py")]
    code += (ROOT / "notebooks/guides").glob("*.py")
    found = {f"{path.parent.name}/{path.name}": named_vintages(path.read_text(encoding="utf-8")) for path in code}
    assert {name: words for name, words in found.items() if words} == {
        "l12_switched_off/verdicts.py": list(EVENTS),
        "l11_fast_computers/your_turn.py": COHORT,
    }


@pytest.mark.parametrize("line", ['LIST = "2026-06"', 'times("a", "b", "2025-11")', 'rate("eur-usd-2026-08-21")'])
def test_a_vintage_in_code_is_found(line):
    assert len(named_vintages(f'"""Since 2019-06."""\n{line}\n')) == 1
