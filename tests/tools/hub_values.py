"""Hold ``binder/hub/values.yaml`` against a chart: ``python tests/tools/hub_values.py CHART``.

CHART is the folder of JupyterHub's Helm chart with ``values.yaml`` and ``values.schema.yaml`` in it, as its repository
has it under ``jupyterhub/``. A key that the chart does not know, or a value it does not take, ends the program with 1.
"""

import argparse
import sys
from pathlib import Path

import yaml
from jsonschema import Draft7Validator

VALUES = Path(__file__).resolve().parents[2] / "binder" / "hub" / "values.yaml"


def merged(below, above):
    """The chart's values with ours on top, as Helm does it: maps are joined, everything else is replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: merged(below.get(key), value) for key, value in above.items()}}
    return above


def faults(values: dict, defaults: dict, schema: dict) -> list[str]:
    """What a chart does not accept, each with its place."""
    found = Draft7Validator(schema).iter_errors(merged(defaults, values))
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("chart", metavar="CHART", type=Path, help="folder of JupyterHub's Helm chart")
    chart = parser.parse_args().chart
    read = (yaml.safe_load(path.read_text()) for path in (VALUES, chart / "values.yaml", chart / "values.schema.yaml"))
    wrong = faults(*read)
    print("\n".join(wrong) or "the chart accepts the values")
    sys.exit(bool(wrong))
