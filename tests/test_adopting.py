"""The worked example of the adoption page, carried out as it is written: another machine in lesson 21."""

import csv
import re
import subprocess
import sys

import lab
import pytest
from sovereign_compute import data
from sovereign_compute.assumptions import get

PAGE = lab.ROOT / "notebooks" / "guides" / "adopting.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLE = re.search(r"```csv\n(.+?)```", TEXT, flags=re.S)[1]
ROWS = {row[4]: row for row in csv.reader(EXAMPLE.splitlines())}
SAY = """
import sovereign_compute as sc
from sovereign_compute.presets import presets
print(sc.in_words(sc.gpu_hour_cost, **presets("gpu_hour_cost")["daedalus"]["values"]))
"""


def said(folder) -> str:
    """What lesson 21 of a course says of the preset."""
    done = subprocess.run([sys.executable, "-c", SAY], cwd=folder / "notebooks", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def course(tmp_path):
    """A copy of the course with the rows of the page at the end of the table."""
    lab.course(tmp_path)
    with (tmp_path / "data" / "presets.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(EXAMPLE)
    return tmp_path


def test_the_page_promises_what_the_course_then_says(course):
    promised = re.search(r"<!-- daedalus:start -->\n(.+)\n<!-- daedalus:end -->", TEXT)[1]
    assert promised == f"> {said(course)}"


def test_another_number_in_the_rows_is_noticed(course):
    table = course / "data" / "presets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",gpus,2016,", ",gpus,2500,"), encoding="utf-8")
    assert said(course) not in TEXT


def test_the_rows_are_those_of_the_tables():
    machine = next(row for row in data.records("systems") if row["id"] == "daedalus")
    facts = {row["attribute"]: row for row in data.records("system_facts") if row["system"] == "daedalus"}
    wanted = {
        "gpus": (machine["accelerators"], machine["source"]),
        "it_power": (machine["power_mw"], machine["source"]),
        "capital_cost": (facts["purchase"]["value"], facts["purchase"]["source"]),
        "building_cost": (facts["building"]["value"], facts["building"]["source"]),
    }
    assert machine["owner_kind"] == "EuroHPC"
    for id, (value, source) in wanted.items():
        assert float(ROWS[id][5]) == get(id).accept(value)
        assert ROWS[id][6] == source
