"""Link words in the notebooks to ``notebooks/glossary.md``: ``python tests/tools/glossary.py [--check]``.

A word is an entry's heading, or one of the spellings after *Also* below it, with or without a plural s; its first
letter may be large or small. The first use in the text cells of a notebook leads to the entry. Passed over are
headings, code, formulas, links, bold words (names of controls, and words that the text explains on the spot), the first
row of a table, and words in italics (names of presets) unless the word is all that stands in italics. Running this
twice changes nothing. With ``--check`` nothing is written; notebooks that differ are listed and the exit code is 1.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import kept
import nbformat

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
PAGE = "glossary.md"
ENTRY = re.compile(r'^## <a id="(?P<anchor>[^"]+)"></a>(?P<heading>.+)$', flags=re.MULTILINE)
ALSO = re.compile(r"^\*Also: (.+)\.\*$", flags=re.MULTILINE)
SET = re.compile(rf"\[([^\]]+)\]\({re.escape(PAGE)}#[^)]+\)")
CLOSED = re.compile(
    r"```[\s\S]*?```|`[^`]*`|\$\$[\s\S]*?\$\$|\$[^$\n]+\$|^#+ .*$|!?\[[^\]]*\]\([^)]*\)|<[^>\n]+>|\*\*.+?\*\*"
    r"|^\|.*\|\n(?=\|[ :|-]+\|$)|(?<!\*)\*(?P<italic>[^*\n]+)\*",
    flags=re.MULTILINE,
)


@dataclass(frozen=True)
class Entry:
    """One word of the glossary: where its entry is, how it is written, what it means."""

    anchor: str
    heading: str
    also: tuple[str, ...]
    meaning: str


def entries(text: str) -> list[Entry]:
    """The entries of a glossary in their order."""
    found, parts = list(ENTRY.finditer(text)), ENTRY.split(text)
    bodies = parts[3::3]
    return [
        Entry(
            match["anchor"],
            match["heading"],
            tuple(also[1].split(", ")) if (also := ALSO.search(body)) else (),
            ALSO.sub("", body).strip(),
        )
        for match, body in zip(found, bodies, strict=True)
    ]


def _spelt(word: str) -> str:
    """A pattern for one spelling: its first letter large or small, unless the next is large as in GPU."""
    free = word[0].isalpha() and not word[1:2].isupper()
    first = f"[{word[0].upper()}{word[0].lower()}]" if free else re.escape(word[0])
    return first + re.escape(word[1:]) + "s?"


def linked(cells: list[str], words: list[Entry]) -> list[str]:
    """The text cells of a notebook with the first use of every word linked, and no other."""
    anchors = {word: entry.anchor for entry in words for word in (entry.heading, *entry.also)}
    longest = sorted(anchors, key=lambda word: (-len(word), word))
    groups = {f"w{number}": anchors[word] for number, word in enumerate(longest)}
    either = "|".join(f"(?P<w{number}>{_spelt(word)})" for number, word in enumerate(longest))
    pattern = re.compile(rf"(?<![\w/.-])(?:{either})(?![\w-])")
    seen = set()

    def link(match: re.Match) -> str:
        anchor = groups[match.lastgroup]
        if anchor in seen:
            return match[0]
        seen.add(anchor)
        return f"[{match[0]}]({PAGE}#{anchor})"

    def cell(text: str) -> str:
        text, done, at = SET.sub(r"\1", text), [], 0
        for closed in CLOSED.finditer(text):
            done.append(pattern.sub(link, text[at : closed.start()]))
            whole = closed["italic"] and pattern.fullmatch(closed["italic"])
            done.append(f"*{link(whole)}*" if whole else closed[0])
            at = closed.end()
        return "".join([*done, pattern.sub(link, text[at:])])

    return [cell(text) for text in cells]


def filled(path: Path, words: list[Entry]) -> str:
    """The text of a notebook file with its links to the glossary as they should be."""
    notebook = nbformat.read(path, as_version=4)
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell, text in zip(texts, linked([cell.source for cell in texts], words), strict=True):
        cell.source = text
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; say what differs and end with 1")
    check = parser.parse_args().check
    words = entries((FOLDER / PAGE).read_text(encoding="utf-8"))
    return kept.keep(((path, filled(path, words)) for path in sorted(FOLDER.glob("*.ipynb"))), check)


if __name__ == "__main__":
    sys.exit(main())
