"""The hours of a module, for the form of a university: from the term path, the lessons, and our judgement."""

import re
from pathlib import Path

GUIDES = Path(__file__).resolve().parents[2] / "notebooks" / "guides"
STEP = re.compile(r"^\| (\d+) \| (\d+) \| .+? \| (.+?) \|$", flags=re.M)
AT_HOME = (
    90  # minutes before and after each session: exercises that were left over, *Your turn*, a source in the original
)
WORK = {"memo": 20, "verdict": 10, "range": 6, "half-term test": 3}
"""Hours for what is handed in, as judgement; the shares of the mark are in the term path."""
POINT = (25, 30)  # hours of one ECTS point, by the ECTS Users' Guide of 2015


def told() -> str:
    """The workload as a table, and the points that follow from it, in Markdown."""
    from sovereign_compute.inputs import data

    steps = STEP.findall((GUIDES / "paths" / "term_of_thirteen_weeks.md").read_text(encoding="utf-8"))
    stated = {row["notebook"]: row["minutes"] for row in data.records("lessons")}
    weeks = len({week for week, _, _ in steps})
    taught = [link[1] for _, _, where in steps if (link := re.search(r"/(\w+)\.ipynb\)", where)) and link[1] in stated]
    session = sum(int(minutes) for _, minutes, _ in steps) / 60
    lessons = sum(stated[lesson] for lesson in taught) / 60
    rest, home = session - lessons, weeks * AT_HOME / 60
    total = session + home + sum(WORK.values())
    rows = [
        (f"{weeks} sessions, of which {len(taught)} lessons by their stated minutes", lessons),
        ("and presentations, exercises and sources in the same sessions", rest),
        (f"before and after each session, {AT_HOME} minutes", home),
        *((f"{name}, at home", hours) for name, hours in WORK.items()),
        ("**together**", total),
    ]
    lines = ["| Work | Hours |", "| --- | --- |", *(f"| {what} | {hours:.1f} |" for what, hours in rows)]
    few, many = (total / hours for hours in reversed(POINT))
    points = f"{total:.1f} hours are {few:.1f} ECTS points of {POINT[1]} hours, or {many:.1f} of {POINT[0]} hours."
    return "\n".join([*lines, "", f"{points} Rounded, the module has **{round(few)} points**.", ""])
