"""A class as it is: what so many learners hand in, with the usual disorder. The same number gives the same class."""

import random

from sovereign_compute.inputs import data
from sovereign_compute.inputs.guess_codes import encode
from sovereign_compute.inputs.scenarios import encode as scenario_code

NAMES = ("Anna", "Ben", "Chloé", "Dmitri", "Éva", "Farid", "Gül", "Hanna", "Ines", "José")
HOSTILE = "<script>alert(1)</script>", '=HYPERLINK("http://x.example")', "'; DROP TABLE grades; --"


def guesses_of(size: int) -> tuple[str, int, int]:
    """The chat of a class with its guess codes, how many of them are sound, and how many lines are to be named."""
    chance, lines, faults = random.Random(size), [], 0
    for n in range(size):
        code = encode({row["id"]: _guess(row, chance) for row in data.records("predictions") if row["at_start"]})
        name = f"{NAMES[n % len(NAMES)]} {n}"
        if n % 20 == 3:  # the last letter is missing
            lines.append(f"{name}: {code[:-1]}")
            faults += 1
        elif n % 20 == 7:  # another kind of code
            lines.append(f"{name} {scenario_code({'utilisation': 60})}")
            faults += 1
        elif n % 20 == 11:  # a narrow window has broken it
            lines.append(f"{code[:30]}\n{code[30:]}")
        elif n % 20 == 13:  # in a link, in quotes
            lines.append(f"https://lms.example/?text={code}&by={n} “{HOSTILE[n % 3]}”")
        else:
            lines.append(f"[{n % 24:02}:00] {name}: {code}")
    return "\n".join(lines), size - faults, faults


def _guess(row: dict, chance: random.Random) -> dict[str, float]:
    low, high = row["minimum"], row["maximum"]
    value = min(max(chance.lognormvariate(0, 1) * 0.05 * high, low), high)
    ends = {"low": max(value / 3, low), "high": min(value * 3, high)} if chance.random() < 0.6 else {}
    return {"value": value, **ends}
