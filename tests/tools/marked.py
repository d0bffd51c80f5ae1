"""The parts of README.md that a tool writes: what stands between ``<!-- name:start -->`` and ``<!-- name:end -->``."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def _part(name: str) -> re.Pattern:
    return re.compile(rf"(<!-- {name}:start -->\n)(.*?)(\n<!-- {name}:end -->)", re.DOTALL)


def read(text: str, name: str) -> str:
    """What stands between the markers; ends the program in words where there is not exactly one such part."""
    found = _part(name).findall(text)
    if len(found) != 1:
        sys.exit(
            f"README.md needs the markers <!-- {name}:start --> and <!-- {name}:end --> once, each on its own line"
        )
    return found[0][1]


def write(name: str, body: str, readme: Path = README) -> None:
    """Put a new body between the markers of a file."""
    text = readme.read_text(encoding="utf-8")
    read(text, name)
    new = _part(name).sub(lambda match: match[1] + body + match[3], text)
    readme.write_text(new, encoding="utf-8", newline="\n")
