"""What is one click away: closed folds for tables and for the code of a model.

A fold is HTML's own ``<details>``: it needs no script, JupyterLab and nbconvert keep it, and a reader without HTML has
the same as text.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import getsource, unwrap

from IPython.display import Code

from ..models.registry import find
from .charts import from_start
from .tables import Table, assumption_table, result_table


@dataclass(frozen=True)
class Listing:
    """Code to read, with the name of where it is."""

    code: str
    place: str

    def __repr__(self) -> str:
        return self.place

    def _repr_html_(self) -> str:
        coloured = Code(self.code, language="python")._repr_html_()  # with a style sheet of its own, which is not taken
        shown = re.search(r"<pre>(?:<span></span>)?(.*)</pre>", coloured, flags=re.S)[1]
        named = f'tabindex="0" role="group" aria-label="{html.escape(self.place)}"'
        return f'<div class="highlight sc-listing"><pre {named}>{shown}</pre></div>'


class Folded:
    """Parts that are closed until they are asked for, each below one line that says what it is.

    ``parts`` are pairs of that line and what opens below it: a `Table`, whose caption is left out where the line says
    the same, or a `Listing`.
    """

    def __init__(self, *parts: tuple[str, Table | Listing]):
        self.parts = parts

    @property
    def tables(self) -> list[Table]:
        """The tables, for whoever computes with their ``frame``."""
        return [part for _, part in self.parts if isinstance(part, Table)]

    def __repr__(self) -> str:
        return "\n\n".join(_text(line, part) for line, part in self.parts)

    def _repr_html_(self) -> str:
        folds = "\n".join(
            f'<details class="sc-fold"><summary>{html.escape(line)}</summary>\n{_html(line, part)}\n</details>'
            for line, part in self.parts
        )
        return f'<div class="sc-folds">\n{folds}\n</div>'


def _text(line: str, part: Table | Listing) -> str:
    return repr(part) if isinstance(part, Table) and part.caption == line else f"{line}\n{part!r}"


def _html(line: str, part: Table | Listing) -> str:
    return part.html(captioned=part.caption != line) if isinstance(part, Table) else part._repr_html_()


def folded(*tables: Table) -> Folded:
    """Tables that stay closed until a reader wants them; the caption of each is the line to click."""
    return Folded(*((table.caption, table) for table in tables))


def behind(function: Callable) -> Folded:
    """What a model rests on: its assumptions with their sources, all its results with their ranges, and its code."""
    assumed, found = assumption_table(function), from_start(result_table)(function)
    parts = [
        (f"All {len(assumed)} assumptions, with ranges and sources", assumed),
        (f"All {len(found)} results, with 90 % ranges", found),
    ]
    listing = code(function)
    return Folded(*parts, *([("The model as code", listing)] if listing else []))


def code(function: Callable) -> Listing | None:
    """The code of a model; nothing where Python no longer has it, as of one that was typed at a prompt."""
    plain = unwrap(find(function).function)
    try:
        found = getsource(plain)
    except OSError:
        return None
    # What is registered above it, the folds before this one show. Some Pythons have another text instead of none.
    begins = found.find(f"def {plain.__name__}(")
    return Listing(found[begins:].rstrip(), f"{plain.__module__}.{plain.__qualname__}") if begins >= 0 else None
