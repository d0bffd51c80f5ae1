"""The five kinds of service that lesson 12 compares, and what the tables say of each with its interval.

Points run from 0 (no independence) to 4 (full). They are judgement: the interval says how far the evidence leaves
them open.
"""

import numpy as np

from ...inputs import data

SHORT = {
    "jupiter": "JUPITER",
    "us-region": "US region",
    "us-trustee": "EU trustee",
    "eu-cloud": "EU cloud",
    "own-cluster": "Own cluster",
}
"""Service of ``data/services.csv`` to its name in charts, in the order of the table."""
FIELDS = {id.replace("-", "_"): name for id, name in SHORT.items()}
"""The same by attribute of a result."""
FULL = 4.0
"""Points of full independence."""


def points(table: str, column: str) -> tuple[list[str], np.ndarray]:
    """What a table says of each service: the names in ``column`` and an array (service, name, [low, value, high])."""
    rows = {(row["service"], row[column]): (row["low"], row["value"], row["high"]) for row in data.records(table)}
    names = list(dict.fromkeys(name for _, name in rows))
    return names, np.array([[rows[service, name] for name in names] for service in SHORT])
