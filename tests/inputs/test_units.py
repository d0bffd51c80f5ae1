"""The one table of units: nothing of the course has a unit that is not in it, and nothing in it is left over."""

import csv
import shutil

import pint
import pytest
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import assumptions, data
from sovereign_compute.inputs.units import COUNTED, UNITS, unit_words
from sovereign_compute.inputs.wording import quantity
from sovereign_compute.models.parts import constants
from sovereign_compute.models.registry import MODELS, Output, model
from units import known_to_pint, model_modules, unit_registry, unspelled

model_modules()
UNKNOWN = r"the unit 'smoots' is unknown; add it to UNITS in inputs/units\.py with its words$"


def used() -> dict[str, str]:
    """The units of all assumptions and outputs, each with one that has it."""
    outputs = {o.unit: f"{name}.{o.id}" for name, model in MODELS.items() for o in model.outputs}
    return outputs | {a.unit: id for id, a in assumptions.registry().items()}


@pytest.fixture
def fresh():
    """The registry of the proofs is built from the table as this test has it, and forgotten afterwards."""
    unit_registry.cache_clear()
    yield
    unit_registry.cache_clear()


def test_every_unit_has_words_and_a_spelling_and_is_used():
    assert set(used()) == set(UNITS)
    assert unspelled() == []
    assert len(set(UNITS.values())) == len(UNITS), "two units that read alike"


def test_what_is_counted_is_what_pint_does_not_know():
    assert [word for word in COUNTED if word in pint.UnitRegistry()] == []
    assert [word for word in COUNTED if not any(word in unit for unit in UNITS)] == []


@pytest.mark.parametrize("name", constants.UNIT_OF)
def test_a_conversion_is_between_units_of_the_table_and_as_large_as_pint_has_it(name):
    unit, value = constants.UNIT_OF[name], getattr(constants, name)
    assert unit_registry().Quantity(1.0, unit).magnitude == 1
    real = known_to_pint().Quantity(value, unit)
    if "/" in unit and real.dimensionless and name != "WORKDAYS_PER_YEAR":  # of those a year has fewer
        assert real.to("").magnitude == pytest.approx(1, rel=1e-3)  # the course's year has 365 days, pint's 365.25


def test_a_unit_that_pint_cannot_read_is_found(fresh, monkeypatch):
    monkeypatch.setitem(UNITS, "smoot/gpu", "smoots per GPU")
    (fault,) = unspelled()
    assert "'smoot/gpu'" in fault
    assert "COUNTED" in fault


def test_an_assumption_with_an_unknown_unit_is_refused(tmp_path):
    folder = shutil.copytree(data.FOLDER, tmp_path / "data")
    with open(folder / "assumptions.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["id"] == "attribution")
    row["unit"] = "smoots"
    with open(folder / "assumptions.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    line = rows.index(row) + 2
    said = rf"^data/assumptions.csv, line {line} \(attribution\): {UNKNOWN}"
    with pytest.raises(CourseError, match=said):
        assumptions.registry(folder)


def test_an_output_with_an_unknown_unit_is_refused_at_registration():
    def height(*, it_power):
        return it_power

    said = f"^the output tall of height: {UNKNOWN}"
    with pytest.raises(CourseError, match=said):
        model("How tall", Output("tall", "Tall", "smoots", 1))(height)
    assert "height" not in MODELS


@pytest.mark.parametrize("write", [unit_words, lambda unit: quantity(1.0, unit)])
def test_a_number_with_an_unknown_unit_is_refused(write):
    with pytest.raises(CourseError, match=f"^a number: {UNKNOWN}"):
        write("smoots")
