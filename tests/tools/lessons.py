"""Write the table of notebooks in README.md from ``data/lessons.csv`` and the notebooks that exist.

Run ``uv run --frozen --group test python tests/tools/lessons.py`` after adding a notebook.
"""

import argparse
import csv
from pathlib import Path

import marked


def table(root: Path = marked.ROOT) -> str:
    """The table in Markdown: a notebook that exists is a link, another one is marked as planned."""
    lines = ["| Notebook | Question | Minutes | Assumes |", "| --- | --- | --- | --- |"]
    part = None
    with (root / "data/lessons.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] != part:
                part = row["part"]
                lines.append(f"| **{part}** | | | |")
            name = row["notebook"]
            there = (root / "notebooks" / f"{name}.ipynb").exists()
            cell = f"[{name}](notebooks/{name}.ipynb)" if there else f"{name} *(planned)*"
            lines.append(f"| {cell} | {row['question']} | {row['minutes']} | {row['assumes']} |")
    return "\n".join(lines)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    marked.write("lessons", table())
    print("README.md lists the notebooks of data/lessons.csv")
