"""The worked example of CONTRIBUTING.md: its steps are read from the page and made in a copy of the course."""

import csv
import json
import re
import shlex
import textwrap
from dataclasses import dataclass
from pathlib import Path

from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.share_codes import CONTINUED
from tree import ROOT

STEP = re.compile(
    r"\*\*`(?P<path>[^`]+)`\*\*(?:, in `(?P<inside>\w+)`)?(?P<words>[^*]*?)^ *```\w+\n(?P<code>.*?)^ *```$", re.S | re.M
)
BELOW = re.compile(r"below the (?:line|cell) `([^`]+)`")


@dataclass(frozen=True)
class Step:
    """One change of a file: where, inside which dictionary or below which line or cell if anywhere, and the code."""

    path: str
    inside: str
    below: str
    code: str
    numbered: bool
    """Whether it is one of the numbered steps; the others may be left out."""

    def make(self, root: Path) -> None:
        """Make the change in a copy of the course."""
        place = root / self.path
        if place.suffix == ".csv":
            lines = place.read_text(encoding="utf-8") + numbered(self)
            place.write_text(lines, encoding="utf-8", newline="\n")
        elif place.suffix == ".ipynb":
            _add_cell(place, self.below, self.code.rstrip())
        elif self.below:
            text = place.read_text(encoding="utf-8")
            assert text.count(f"\n{self.below}\n") == 1, f"{self.path} has no line {self.below}"
            text = text.replace(f"\n{self.below}\n", f"\n{self.below}\n{self.code}")
            place.write_text(text, encoding="utf-8", newline="\n")
        elif self.inside:
            head = re.compile(rf"^{self.inside}\b.*\{{\n", re.M)
            lines = textwrap.indent(self.code, "    ")
            text, made = head.subn(lambda found: found[0] + lines, place.read_text(encoding="utf-8"))
            assert made == 1, f"{self.path} has no dictionary {self.inside}"
            place.write_text(text, encoding="utf-8", newline="\n")
        else:
            assert not place.exists(), f"{self.path} is to be a new file"
            place.write_text(self.code, encoding="utf-8", newline="\n")


def numbered(step: Step) -> str:
    """Rows of a table; assumptions get the next free codes, which are others once the course has grown."""
    if not step.path.endswith("assumptions.csv"):
        return step.code
    rows, free = list(csv.reader(step.code.splitlines())), next_code()
    old = [row[1] for row in rows]
    lines = [
        line.replace(f",{code},", f",{free + n},", 1)
        for n, (line, code) in enumerate(zip(step.code.splitlines(), old, strict=True))
    ]
    return "\n".join(lines) + "\n"


def next_code() -> int:
    """The next number that a new assumption may have."""
    return max([*(a.code for a in registry().values()), *CONTINUED]) + 1


def _add_cell(path: Path, below: str, source: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    places = [n for n, cell in enumerate(notebook["cells"]) if below in "".join(cell["source"])]
    cell = {"cell_type": "code", "execution_count": None, "id": "worked", "outputs": []}
    cell |= {"metadata": {"slideshow": {"slide_type": "skip"}}, "source": [source]}
    notebook["cells"].insert(places[0] + 1, cell)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def page(root: Path = ROOT) -> str:
    return (root / "CONTRIBUTING.md").read_text(encoding="utf-8")


def part(heading: str, text: str) -> str:
    """What stands under a heading of the page, up to the next one of its kind."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def steps(text: str) -> list[Step]:
    """The changes of files in a part of the page, in their order."""
    found = []
    for match in STEP.finditer(text):
        below = BELOW.search(match["words"])
        numbered = bool(re.search(r"^\d\. $", text[: match.start()].rpartition("\n")[2]))
        code = textwrap.dedent(match["code"])
        found.append(Step(match["path"], match["inside"] or "", below[1] if below else "", code, numbered))
    return found


def commands(text: str) -> list[list[str]]:
    """The commands of the shell in a part of the page, from ``python`` or ``pytest`` on."""
    lines = "".join(re.findall(r"^```bash\n(.*?)^```$", text, flags=re.S | re.M)).splitlines()
    return [shlex.split(line.partition("--group test ")[2]) for line in lines]
