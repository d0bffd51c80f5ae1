"""Fill the numbers into the guides and into README.md: ``python tests/tools/guides.py [--check]``.

Between ``<!-- results:MODEL:start -->`` and its end stands what the model gives at the course's values, between
``<!-- back-test:MODEL:start -->`` and its end how it meets known numbers, between ``<!-- table:NAME:start -->`` and its
end the table of that name in the package, between ``<!-- tasks:NN:start -->`` and its end the tasks of *Your turn* in
lesson NN with their solutions, between ``<!-- verdicts:report:start -->`` and its end how many statements
of the report got which verdict, and between ``<!-- verdicts:ways:start -->`` and its end how they are decided.
Between ``<!-- headings:NAME:start -->`` and its end stands what written work answers, from ``data/writing.csv``.
Between ``<!-- workload:term:start -->`` and its end stands what a term of the course takes, in hours and ECTS points.
Between ``<!-- python:skills:start -->`` and its end stands which skill is practised where, and between
``<!-- python:levels:start -->`` and its end what each lesson adds.
"""

import argparse
import re
import sys
from collections.abc import Callable
from inspect import unwrap
from pathlib import Path

import deciding
import kept
import turns
import workload

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks" / "guides"
MARKED = re.compile(
    r"(<!-- (results|back-test|table|verdicts|costs|headings|tasks|python|workload):(\w+):start -->\n)"
    r".*?(<!-- \2:\3:end -->)",
    flags=re.S,
)


def offered(name: str) -> Callable:
    """What some lesson offers under a name."""
    from sovereign_compute.inputs import data
    from sovereign_compute.lessons.course import Lesson

    lessons = map(Lesson, data.records("lessons"))
    return next(getattr(lesson, name) for lesson in lessons if name in dir(lesson))


HEADINGS = {
    "heading": "Heading",
    "verdict": "In a verdict",
    "range": "In a range",
    "memo": "In a memo",
    "criterion": "Marked as",
}
"""The columns of ``data/writing.csv`` that the term path shows, with their heads there."""


def headings() -> str:
    """What a verdict, a range and a memo answer, in Markdown."""
    from sovereign_compute.inputs import data

    rows = [[row[name] for name in HEADINGS] for row in data.records("writing")]
    lines = [list(HEADINGS.values()), ["---"] * len(HEADINGS), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def filled(text: str) -> str:
    """The text of a guide with its numbers as they are now."""
    sys.path.insert(0, str(FOLDER.parent))
    import hosting
    from sovereign_compute.display.tables import BAND_ERROR, Table, back_test, result_table
    from sovereign_compute.lessons.l43_fact_check.report import verdict_table

    def results(model) -> Table:
        """How exact the simulation is stands in the notebook; the sheet to print has no room for it."""
        table = result_table(model)
        return Table(table.frame, model.__name__, [column for column in table.columns if column.head != BAND_ERROR])

    def numbers(found: re.Match) -> str:
        if found[2] == "headings":
            return found[1] + headings() + found[4]
        if found[2] == "workload":
            return found[1] + workload.told() + "\n" + found[4]
        if found[2] == "costs":
            return found[1] + hosting.term_costs().markdown() + "\n" + found[4]
        if found.group(2, 3) == ("verdicts", "ways"):
            return found[1] + deciding.told() + "\n" + found[4]
        if found[2] == "tasks":
            return found[1] + turns.solutions(found[3]) + found[4]
        if found[2] == "python":
            return found[1] + turns.PAGES[found[3]]() + found[4]
        tables = {"results": results, "back-test": back_test, "table": lambda table: unwrap(table)()}
        table = verdict_table() if found[2] == "verdicts" else tables[found[2]](offered(found[3]))
        return found[1] + table.markdown() + "\n" + found[4]

    return MARKED.sub(numbers, text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; say what differs and end with 1")
    check = parser.parse_args().check
    paths = [ROOT / "README.md", *sorted(FOLDER.rglob("*.md"))]
    return kept.keep(((path, filled(path.read_text(encoding="utf-8"))) for path in paths), check)


if __name__ == "__main__":
    sys.exit(main())
