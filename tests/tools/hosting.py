"""What a term costs on a rented machine: the table in ``notebooks/guides/hosting.md``, from ``data/hosting.csv``.

What a learner takes was measured with ``hub_load.py``; the rest are the round numbers that the page explains.
"""

import math

import pandas as pd
from sovereign_compute.display.tables import Table
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import number
from sovereign_compute.models.parts.companies import rate

PER_LEARNER = 0.35  # GiB: a server and a lesson take about 0.25, and some leave a second notebook open
FOR_ITSELF = 2.0  # GiB: the hub, the proxy and the system
PER_PROCESSOR = 8  # learners who start at the same moment, for each virtual processor
WEEKS, HOURS = 13, 2  # a term, and a class in each week
GROUPS = (30, 300)
MOST_MACHINES, MOST_ROOM = 5, 4  # machines of a fitting size: not a crowd of small ones, not one that stands empty


def places(vcpus: float, memory: float) -> int:
    """How many learners one machine holds."""
    return int(min((memory - FOR_ITSELF) / PER_LEARNER, vcpus * PER_PROCESSOR))


def term_costs() -> Table:
    """What a term costs, for each machine and group: on in class only, and on all the time."""
    dollars = rate()
    found = []
    for row in data.records("hosting"):
        held = places(row["vcpus"], row["memory"])
        name = f"{row['provider']}, {row['provider_country']}, {row['vcpus']:g} vCPU, {row['memory']:g} GiB"
        hourly = row["price"] / (dollars if row["currency"] == "USD" else 1)
        for learners in GROUPS:
            machines = math.ceil(learners / held)
            if machines <= MOST_MACHINES and held <= MOST_ROOM * learners:
                found.append((learners, machines * hourly, machines, name, f"{row['observed_to']}, {row['tier']}"))
    rows = [
        (learners, name, machines, *(number(hourly * h, 0) for h in (WEEKS * HOURS, WEEKS * 7 * 24)), seen)
        for learners, hourly, machines, name, seen in sorted(found)
    ]
    columns = ["Learners", "Machine", "How many", "EUR, on in class", "EUR, on all term", "Seen, evidence"]
    return Table(pd.DataFrame(rows, columns=columns), "A term on rented machines")
