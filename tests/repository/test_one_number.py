"""The way of one number, as CONTRIBUTING.md has it: each file and name is there, and each sees a changed value."""

import ast
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import sovereign_compute
import worked
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.settings import complete, standing
from sovereign_compute.analysis.simulation import simulate
from sovereign_compute.controls import memo
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.controls.panel import Panel
from sovereign_compute.display.charts import view_of
from sovereign_compute.inputs import data, scenarios
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.lessons import fact_check
from sovereign_compute.models.power import site_year

pytestmark = pytest.mark.usefixtures("learner")

PACKAGE = Path(sovereign_compute.__file__).parent
PRICE = 0.5
WALK = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$", worked.part("One number on its way", worked.page()), re.M)


def there(path: str, name: str) -> bool:
    """Whether a file defines a name at its top level, or holds it as its text goes: a row, or a function of a page."""
    text = (PACKAGE / path).read_text(encoding="utf-8")
    if path.endswith(".csv"):
        return re.search(rf"^{name},", text, re.M) is not None
    if path.endswith(".js"):
        return re.search(rf"\bfunction {name}\(", text) is not None
    names = set()
    for node in ast.parse(text).body:
        with suppress(AttributeError):
            names.add(node.name)
        names |= {target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)}
    return name in names


@pytest.mark.parametrize(("path", "name", "happens"), WALK, ids=lambda value: value.rpartition("/")[2][:30])
def test_each_step_names_a_file_and_what_is_in_it(path, name, happens):
    assert there(path, name), f"CONTRIBUTING.md: {name} is not in {path}"


def test_the_walk_is_short_and_a_wrong_step_is_seen():
    assert 10 <= len(WALK) <= 18
    assert not there("models/power.py", "site_month")
    assert not there("controls/panel.js", "paint")
    assert not there("../../data/assumptions.csv", "electricity")


def told(path: str):
    """What a step makes of the learner's price of the moment."""
    changes = scenarios.current.of(["electricity_price"])
    evaluation = evaluation_of(site_year, changes)
    return {
        "inputs/scenarios.py": lambda: scenarios.current.code(),
        "analysis/settings.py": lambda: complete(site_year, changes)["electricity_price"],
        "models/power.py": lambda: site_year(**complete(site_year, changes)).bill,
        "analysis/simulation.py": lambda: simulate(site_year, changes).quantile("bill", 0.95),
        "analysis/evaluation.py": lambda: (evaluation.result.bill, evaluation.bands["bill"]),
        "display/views/power.py": lambda: (
            view_of(site_year).rows(evaluation),
            view_of(site_year).sentence(evaluation),
        ),
        "controls/panel.py": lambda: (Panel(site_year)._state["rows"], Panel(site_year)._state["sentence"]),
        "lessons/l21_gpu_hour/exercises.py": lambda: find_exercise("21.4").answer(find_exercise("21.4").values()),
        "lessons/l34_gigafactory/verdicts.py": lambda: verdict(changes),
        "controls/memo.py": written_tables,
    }[path]()


def written_tables() -> list[str]:
    name = next(name for name in memo.write(on=date(2026, 1, 1)) if name.endswith(".md"))
    text = (scenarios.MY_COURSE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("| ")]


def verdict(changes: dict) -> str:
    with standing(changes):
        return fact_check.verdict("C34").found


MOVED = list(dict.fromkeys(path for path, _, _ in WALK if path.split("/")[0] not in ("..",) and path.endswith(".py")))
READ = ("inputs/data.py", "inputs/assumptions.py")
"""These read the row itself, which the next test changes."""


@pytest.mark.parametrize("path", [path for path in MOVED if path not in READ])
def test_a_changed_value_is_seen_at_each_step(path, monkeypatch, few_draws):
    monkeypatch.setattr(memo, "_png", lambda chart: ("AAAA", chart.to_dict()["description"]))
    before = told(path)
    scenarios.current["electricity_price"] = PRICE
    assert told(path) != before


def test_a_changed_row_is_what_is_read(tmp_path):
    for path in data.FOLDER.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "assumptions.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    row = data.row("assumptions", "electricity_price")
    at = next(n for n, line in enumerate(lines) if line.startswith("electricity_price,"))
    value, high = f",{row['value']:g},", f",{row['high']:g},"
    assert lines[at].count(value) == lines[at].count(high) == 1
    lines[at] = lines[at].replace(value, ",0.25,")
    table.write_text("".join(lines), encoding="utf-8")
    (found,) = [row["value"] for row in data.records("assumptions", tmp_path) if row["id"] == "electricity_price"]
    assert found == registry(tmp_path)["electricity_price"].value == 0.25
