"""Tables that a learner reads: with a caption, headers and no index, in HTML and in plain text."""

import html
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ..analysis import settings
from ..analysis.comparison import FIXED, compare
from ..analysis.evaluation import BAND, evaluation_of
from ..errors import CourseError
from ..inputs import assumptions, data
from ..inputs.presets import presets
from ..inputs.start import start_words
from ..inputs.units import unit_words
from ..inputs.wording import counted, finite, number, signed, span, unparted
from ..models.registry import find

if TYPE_CHECKING:
    import pandas as pd  # loaded with the first table: a panel needs none

BAND_ERROR = "Error of the band"
"""The head of a column of `result_table`."""
SHORT = 22
"""Letters of a number with its unit that a cell keeps on one line."""


@dataclass(frozen=True)
class Column:
    """How one column of a table is shown.

    ``head`` stands above it. ``show`` makes the text of a cell: a function, or the decimals of a number or of a range
    from one to another (below zero: significant figures); without it a cell stands as it is. ``of`` names the columns
    of the frame that a cell is made of, in the order in which ``show`` takes them; without it that is the one named
    like the head. ``unit`` follows each number that has its unit beside it and not in the head, and ``missing`` stands
    where there is none.
    """

    head: str
    show: Callable | int | None = None
    of: tuple[str, ...] = ()
    unit: str = ""
    missing: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return self.of or (self.head,)

    def text(self, *values):
        """What the cell of these values shows."""
        import pandas as pd

        if self.missing and any(map(pd.isna, values)):
            return self.missing
        written = number if len(values) == 1 else span
        show = partial(written, digits=self.show) if isinstance(self.show, int) else self.show
        shown = show(*values) if show else values[0]
        return f"{shown} {self.unit}" if self.unit else shown


class Table:
    """A data frame with a caption and with how its columns are shown: screen readers get headers, tests the text.

    ``frame`` holds the numbers, unrounded; ``frame.attrs["units"]`` the units that stand in the cells and not in the
    heads. ``content`` is such a frame, or its rows as tuples, in the order in which ``columns`` first name its columns.
    A column without a `Column` of its own, given as its name alone, is shown as it is; without any, all are.
    """

    def __init__(self, content: "pd.DataFrame | list[tuple]", caption: str, columns: Iterable[Column | str] = ()):
        import pandas as pd

        self.caption = caption
        framed = isinstance(content, pd.DataFrame)
        heads = tuple(columns) or (content.columns if framed else ())
        self.columns = tuple(c if isinstance(c, Column) else Column(c) for c in heads)
        names = list(dict.fromkeys(name for column in self.columns for name in column.names))
        self.frame = content.copy() if framed else pd.DataFrame(content, columns=names)
        units = {name: column.unit for column in self.columns if column.unit for name in column.names}
        self.frame.attrs = {**self.frame.attrs, "units": {**self.frame.attrs.get("units", {}), **units}}

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, column: str) -> "pd.Series":
        return self.frame[column]

    def to_csv(self, *args, **options) -> str | None:
        """The numbers as CSV; see ``pandas.DataFrame.to_csv``."""
        return self.frame.to_csv(*args, **{"index": False, **options})

    @property
    def shown(self) -> "pd.DataFrame":
        """The table as it is read: a frame of the texts of all cells, below their heads."""
        import pandas as pd

        cells = [map(c.text, *(self.frame[name] for name in c.names)) for c in self.columns]
        return pd.DataFrame(list(zip(*cells, strict=True)), columns=[c.head for c in self.columns])

    def __repr__(self) -> str:
        body = self.shown.to_string(index=False, max_colwidth=60) if len(self) else "(nothing yet)"
        return f"{self.caption}\n{body}"

    def markdown(self) -> str:
        """The table as Markdown, for pages that stand beside the notebooks."""
        shown = self.shown
        rows = [shown.columns, ["---"] * len(shown.columns), *shown.itertuples(index=False, name=None)]
        return "\n".join("| " + " | ".join(str(v).replace("|", "\\|") for v in row) + " |" for row in rows)

    def _repr_html_(self) -> str:
        return self.html()

    def html(self, captioned: bool = True) -> str:
        """The table as HTML: numbers at the right; without its caption where a fold around it says the same."""
        shown = self.shown
        sides = ["right" if self._counts(column, shown[column.head]) else "left" for column in self.columns]
        head = "".join(
            f'<th scope="col" style="text-align:{side}">{html.escape(str(column.head))}</th>'
            for column, side in zip(self.columns, sides, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="text-align:{side}{_whole(v, side)}">{_html(v)}</td>'
                for v, side in zip(row, sides, strict=True)
            )
            + "</tr>\n"
            for row in shown.itertuples(index=False, name=None)
        )
        rows = rows or f'<tr><td colspan="{len(sides)}" style="text-align:left">nothing yet</td></tr>\n'
        name = html.escape(self.caption)
        caption = f'<caption style="text-align:left;font-weight:bold">{name}</caption>\n' if captioned else ""
        named = "" if captioned else f' aria-label="{name}"'
        return (
            f'<table class="sc-data"{named}>\n{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>'
        )

    def _counts(self, column: Column, cells: "pd.Series") -> bool:
        """Whether a column is one of numbers: they are in the frame, and a reader sees them."""
        from pandas.api.types import is_bool_dtype, is_numeric_dtype

        held = self.frame[column.names[0]]
        if not is_numeric_dtype(held) or is_bool_dtype(held):
            return False
        return any(re.match(r"[+−-]?\d", str(cell)) for cell in cells)


class Link(str):
    """A text in a table that leads to an address, where there is one."""

    def __new__(cls, text: str, address: str | None):
        link = super().__new__(cls, text)
        link.address = address if isinstance(address, str) else None
        return link


def _whole(value, side: str) -> str:
    """Keep a short number with its unit, or a date, on one line: a browser breaks a date at its hyphens."""
    text = str(value)
    short = side == "right" and " " in text and len(text) <= SHORT
    return ";white-space:nowrap" if short or re.fullmatch(r"\d{4}(-\d\d){1,2}", text) else ""


def _html(value) -> str:
    if getattr(value, "address", None):
        return f'<a href="{html.escape(value.address)}">{html.escape(value)}</a>'
    return html.escape(unparted(str(value)))


def source_words(id: str) -> str:
    """A source as it is cited in a table: producer and year, or what a learner has named."""
    source = data.source(id)
    return f"{source['producer']}, {source['published'][:4]}" if source["published"] else source["producer"]


def at_start(a: assumptions.Assumption) -> assumptions.Assumption:
    """An assumption as the learner starts from it: the learner's own, the class's, or the course's."""
    return assumptions.ASSUMED.get(a.id, a)


def assumption_table(function: Callable, *groups: str) -> Table:
    """The assumptions of a model with range, tier and source: all of them, or those of some groups.

    Where the learner or a class starts from other values than the course's, these stand here, with the range and the
    source that go with them.
    """
    known = settings.inputs(function)
    shown = [a for a in known.values() if not groups or a.group in groups]
    by_id = {a.id: a for a in shown}
    rows = [
        (
            a.label,
            a.id,
            a.value,
            unit_words(a.unit),
            *((a.low, a.high) if a.varied else (math.nan, math.nan)),
            a.tier,
            source_words(a.source),
        )
        for a in map(at_start, shown)
    ]
    columns = [
        Column("Assumption", of=("Assumption", "Id")),
        Column("Value", lambda value, id, unit: by_id[id].told(value), of=("Value", "Id", "Unit")),
        Column("P5 to P95", span, of=("P5", "P95"), missing="not varied"),
        "Evidence",
        "Source",
    ]
    rest = f" ({len(shown)} of {len(known)} assumptions)" if groups else ""
    says = f". {words}" if (words := start_words([a.id for a in shown])) else ""
    return Table(rows, f"What goes in: {find(function).title}{rest}{says}", columns)


def result_table(function: Callable, **changes) -> Table:
    """All results of a model with their 90 % bands, at the course's values or with some of them changed.

    The error of a band is the larger standard error of its two ends, with one significant digit.
    """
    evaluation = evaluation_of(function, changes)
    outputs = {output.id: output for output in evaluation.model.outputs}
    rows = []
    for id, output in outputs.items():
        low = high = error = math.nan
        if evaluation.bands:
            low, high = evaluation.bands[id]
            error = max(evaluation.bands.simulation.error(id, q) for q in BAND)
        known = math.isfinite(error) and not math.isclose(low, high)
        result = getattr(evaluation.result, id)
        rows.append((output.label, id, result, low, high, error if known else math.nan, unit_words(output.unit)))

    def told(value: float, id: str) -> str:
        return finite(value, digits=outputs[id].digits)

    def band(low: float, high: float, id: str) -> str:
        if not evaluation.bands:
            return "no band"
        return "does not vary" if math.isclose(low, high) else f"{told(low, id)} to {told(high, id)}"

    columns = [
        Column("Result", of=("Result", "Id")),
        Column("Value", told, of=("Value", "Id")),
        Column("90 % band", band, of=("P5", "P95", "Id")),
        Column(BAND_ERROR, lambda error: number(float(f"{error:.1g}")), missing="–"),
        "Unit",
    ]
    moves = f"{BAND_ERROR.lower()}: how far its ends would move with other draws"
    said = " ".join(filter(None, [f"{evaluation.model.title} ({moves}).", *evaluation.model.notes, evaluation.note]))
    return Table(rows, said.removesuffix("."), columns)


def back_test(function: Callable) -> Table:
    """What a model says of cases with a known number, and by how much it is off."""
    rows = []
    for row in data.records("published"):
        if row["model"] == find(function).name:
            values = settings.complete(function, presets(row["model"])[row["preset"]]["values"])
            found, digits = getattr(function(**values), row["output"]), row["decimals"]
            off = 100 * (round(found, digits) / row["value"] - 1)
            rows.append(
                (
                    row["case"],
                    row["value"],
                    unit_words(row["unit"]),
                    digits,
                    found,
                    off,
                    row["kind"],
                    source_words(row["source"]),
                )
            )
    columns = [
        "Case",
        Column("Number to meet", counted, of=("Number to meet", "Unit", "Decimals")),
        Column("Model", number, of=("Model", "Decimals")),
        Column("Error", _off, of=("Error, %",)),
        "Kind",
        "Source",
    ]
    return Table(rows, f"{find(function).title}: {_tested([off for *_, off, _, _ in rows])}", columns)


def _tested(off: list[float]) -> str:
    """How far a model is off from known numbers, in per cent."""
    worst, many = max(map(abs, off), default=0), "one known number" if len(off) == 1 else f"{len(off)} known numbers"
    if worst < 0.5:
        return f"the model matches {many}"
    return f"tested against {many}, the model is off by at most {number(worst, 0)} %"


def _off(percent: float) -> str:
    """An error in words: none only where the numbers read the same."""
    return "none" if percent == 0 else f"{signed(percent, 0)} %" if abs(percent) >= 0.5 else "below 0.5 %"


def references(*ids: str, function: Callable | None = None) -> Table:
    """The sources behind a lesson: those of a model's assumptions and any others by id."""
    used = {a.source for a in settings.inputs(function).values()} if function else set()
    unknown = [id for id in ids if id not in data.sources()]
    if unknown:
        raise CourseError(f"there is no source {', '.join(unknown)} in data/sources.csv")
    rows = []
    for id in sorted(used | set(ids), key=lambda id: (source_words(id).lower(), id)):
        source = data.source(id)
        rows.append((source["producer"], source["title"], source["url"], source["published"]))
    columns = ["Producer", Column("Title", Link, of=("Title", "Address")), Column("Published", missing="no date")]
    return Table(rows, f"References: {len(rows)} sources", columns)


def side_by_side(function: Callable, *scenarios: Mapping | str, names: list[str] | None = None) -> Table:
    """Two to four scenarios as a table to read: what they change, then what comes out."""
    return written(function, compare(function, *scenarios, names=names))


def written(function: Callable, frame: "pd.DataFrame") -> Table:
    """A comparison as a table to read."""
    digits = {output.id: output.digits for output in find(function).outputs}

    def told(value: float, id: str) -> str:
        return number(value, digits.get(id))

    standing = "Starting values" if find(function).made else "Course's values"
    scenarios = {"course": standing} | {name: name for name in frame.columns[len(FIXED) :]}
    columns = [Column("Assumption or result", of=("label",)), Column("Unit", unit_words, of=("unit",))]
    columns += [Column(head, told, of=(name, "id")) for name, head in scenarios.items()]
    return Table(frame, f"Side by side: {find(function).title}", columns)
