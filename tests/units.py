"""The unit proof: a model is run once with quantities, and every unit it meets is a unit of its own.

Hours and years, kilowatts and megawatts, euros and millions of euros are unrelated here. So a conversion that a model
forgets, or does twice, leaves a unit behind that its declared output does not have; nothing is converted silently.
"""

import contextlib
import importlib
import pkgutil
import re
import sys
from functools import cache
from unittest import mock

import pint
from sovereign_compute import models
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.units import COUNTED, UNITS
from sovereign_compute.models.parts import constants
from sovereign_compute.models.registry import Model

ENERGY = re.compile(r"([kMGT]?)Wh")


def model_modules() -> list:
    """All modules of models and of their parts; importing them registers what they hold."""
    names = [module.name for module in pkgutil.walk_packages(models.__path__, f"{models.__name__}.")]
    return [importlib.import_module(name) for name in names]


@cache
def known_to_pint() -> pint.UnitRegistry:
    """What pint knows, with what the course counts besides: where a spelling is looked up."""
    known = pint.UnitRegistry()
    known.define("B- = 1e9")
    for word in COUNTED:
        known.define(f"{word} = [{word}]")
    return known


@cache
def unit_registry() -> pint.UnitRegistry:
    """Every word of the course's units that pint knows as a base unit; only kWh and the like are products."""
    words = {word for unit in UNITS for word in re.findall(r"[A-Za-z_]\w*", unit) if word in known_to_pint()}
    energies = {word for word in words if ENERGY.fullmatch(word)}
    words |= {word.removesuffix("h") for word in energies} | {"hour"}
    units = pint.UnitRegistry(None)
    for word in sorted(words - energies):
        units.define(f"{word} = [{word}]")
    for word in sorted(energies):
        units.define(f"{word} = {word.removesuffix('h')} * hour")
    return units


def unspelled() -> list[str]:
    """Units that have words and that pint cannot read, one sentence each."""
    found = []
    for unit in UNITS:
        try:
            unit_registry().Quantity(1.0, unit)
        except (pint.PintError, AttributeError) as error:
            found.append(f"inputs/units.py, {unit!r}: {error}; spell it as pint does or add its word to COUNTED")
    return found


@contextlib.contextmanager
def constants_with_units(units: pint.UnitRegistry, *modules):
    """The conversion constants as quantities, in every module that holds one by name."""
    with contextlib.ExitStack() as stack:
        for module in modules:
            for name, unit in constants.UNIT_OF.items():
                if hasattr(module, name):
                    stack.enter_context(mock.patch.object(module, name, units.Quantity(getattr(constants, name), unit)))
        yield


def unit_faults(model: Model, values: dict[str, float]) -> list[str]:
    """What is wrong with the units of a model at these inputs: one sentence per output, none if all are as declared."""
    known = registry()
    units = unit_registry()
    plain = model.function(**values)
    # A choice is a number that selects, not a quantity.
    quantities = {
        id: value if known[id].choices else units.Quantity(float(value), known[id].unit) for id, value in values.items()
    }
    with constants_with_units(units, *model_modules(), sys.modules[model.function.__module__]):
        try:
            found = model.function(**quantities)
        except pint.PintError as error:
            return [f"{model.name}: {error}"]
    faults = []
    for output in model.outputs:
        expected, value = units.Quantity(1.0, output.unit), units.Quantity(getattr(found, output.id))
        if value.dimensionality != expected.dimensionality:
            faults.append(
                f"{model.name}.{output.id} comes out in {value.units}, declared is {expected.units}: a conversion "
                "of models/parts/constants.py is missing, or the declared unit is wrong"
            )
        elif abs(value.to(expected.units).magnitude - getattr(plain, output.id)) > 1e-9 * abs(
            getattr(plain, output.id)
        ):
            faults.append(f"{model.name}.{output.id} is another number with units than without")
    return faults
