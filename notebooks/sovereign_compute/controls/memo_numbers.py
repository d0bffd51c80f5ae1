"""Numbers in the text of a memo beside those in its tables: which agree, which differ, which stand in no row."""

import re
from dataclasses import dataclass

from ..inputs.stated import Stated, overlap, ratio, stated
from .paper import Block

NEAR = 1.25  # a number this near to that of a row may be meant for it
FAR = 10.0  # and one this far from it is not, even where the sentence names the row
MOST = 8  # sentences of each kind
_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter words do not name a row


@dataclass(frozen=True)
class Row:
    """A number of a table: the label of its row, what is told of that, and the number."""

    label: str
    words: str
    number: Stated


def rows_of(blocks: list[Block]) -> list[Row]:
    """All numbers in the tables of a memo.

    A table has one unit, or a last column named Unit. With that a row is about one thing: its number, then its range.
    """
    found = []
    for block in blocks:
        head, *body = block.rows or ((),)
        own = bool(head) and head[-1] == "Unit"
        for label, *cells in body:
            unit = cells.pop() if own else block.unit
            for cell in cells:
                words = f"{cells[0]} ({', '.join(cells[1:])})" if own else cell
                numbers = stated(f"{cell} {unit}", every=True)
                found += [Row(label, f"{words} {unit}".strip(), number) for number in numbers]
    return found


def told(text: str, blocks: list[Block]) -> list[str]:
    """What to say about the numbers of a text, a sentence each; nothing where it states none."""
    known = rows_of(blocks)
    agree, differ, nowhere = 0, [], []
    for number in stated(text):
        if any(overlap(number, row.number) for row in known):
            agree += 1
        elif meant := _meant(number, known):
            differ.append(f"Your text says “{number.words}”. The memo has {meant.words} for “{meant.label}”.")
        else:
            nowhere.append(f"“{number.words}” is in no table of the memo. Say where it comes from.")
    found = [f"{agree} of the numbers in your text stand{'s' if agree == 1 else ''} in the memo, too."] if agree else []
    return [*found, *differ[:MOST], *nowhere[:MOST]]


def _meant(number: Stated, known: list[Row]) -> Row | None:
    """The row that a number is most likely meant for: one that its sentence names, or one very near to it."""
    here = _words(number.sentence)
    alike = [row for row in known if _alike(number, row.number)]
    named = {row: len(here & _words(row.label)) for row in alike}
    most = max(named.values(), default=0)
    best = min((row for row in alike if named[row] == most), key=lambda row: ratio(number, row.number), default=None)
    return best if best and ratio(number, best.number) <= (FAR if most else NEAR) else None


def _alike(number: Stated, other: Stated) -> bool:
    """Whether two numbers can be of the same kind: money beside money, a share beside a share."""
    if number.unit or other.unit:
        return number.unit == other.unit or (not number.unit and other.unit != "%")
    return number.scale == 1 or other.scale > 1


def _words(text: str) -> set[str]:
    """The words that can name a row, without the s of their plural."""
    return {word.rstrip("s") for word in _WORD.findall(text.casefold())}
