"""Tables that a learner reads: with a caption, headers and no index, in HTML and in plain text."""

import html
import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..analysis import distributions, settings
from ..analysis.comparison import compare
from ..analysis.evaluation import BAND, read
from ..errors import CourseError
from ..inputs import assumptions, data
from ..inputs.presets import presets, start, start_words
from ..inputs.units import unit_words
from ..inputs.wording import finite, number, quantity, signed, unparted
from ..models.registry import find

if TYPE_CHECKING:
    import pandas as pd  # loaded with the first table: a panel needs none

BAND_ERROR = "Error of the band"
"""The head of a column of `result_table`."""


class Table:
    """A data frame of finished texts and numbers with a caption; screen readers get headers, tests get the text."""

    def __init__(self, frame: "pd.DataFrame", caption: str):
        self.frame = frame
        self.caption = caption

    def __repr__(self) -> str:
        body = self.frame.to_string(index=False, max_colwidth=60) if len(self.frame) else "(nothing yet)"
        return f"{self.caption}\n{body}"

    def markdown(self) -> str:
        """The table as Markdown, for pages that stand beside the notebooks."""
        rows = [self.frame.columns, ["---"] * len(self.frame.columns), *self.frame.itertuples(index=False, name=None)]
        return "\n".join("| " + " | ".join(str(v).replace("|", "\\|") for v in row) + " |" for row in rows)

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="text-align:left">{html.escape(str(c))}</th>' for c in self.frame.columns
        )
        rows = "".join(
            "<tr>" + "".join(f'<td style="text-align:left{_whole(v)}">{_html(v)}</td>' for v in row) + "</tr>\n"
            for row in self.frame.itertuples(index=False, name=None)
        )
        rows = rows or f'<tr><td colspan="{len(self.frame.columns)}" style="text-align:left">nothing yet</td></tr>\n'
        return (
            f'<table>\n<caption style="text-align:left;font-weight:bold">{html.escape(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
        )


class Link(str):
    """A text in a table that leads to an address."""

    def __new__(cls, text: str, address: str):
        link = super().__new__(cls, text)
        link.address = address
        return link


def _whole(value) -> str:
    """Keep a date on one line: a browser breaks it at its hyphens."""
    return ";white-space:nowrap" if re.fullmatch(r"\d{4}(-\d\d){1,2}", str(value)) else ""


def _html(value) -> str:
    if isinstance(value, Link):
        return f'<a href="{html.escape(value.address)}">{html.escape(value)}</a>'
    return html.escape(unparted(str(value)))


def _of(rows: list[tuple], columns: list[str], caption: str) -> Table:
    import pandas as pd

    return Table(pd.DataFrame(rows, columns=columns), caption)


def table(name: str) -> "pd.DataFrame":
    """One table of ``data/`` as a data frame."""
    return data.table(name)


def source_words(id: str) -> str:
    """A source as it is cited in a table: producer and year, or what a learner has named."""
    source = data.source(id)
    return f"{source['producer']}, {source['published'][:4]}" if source["published"] else source["producer"]


def at_start(a: assumptions.Assumption) -> assumptions.Assumption:
    """An assumption as the learner starts from it: the learner's own, or with the class's value, range and source."""
    if a.id in assumptions.ASSUMED:
        return assumptions.ASSUMED[a.id]
    if a.id not in start().values:
        return a
    value = start().values[a.id]
    low, high = (float(f"{end:.3g}") for end in distributions.ends(a, value))
    ground = {"source": start().sources[a.id], "locator": "chosen for this class", "why": start().note}
    return a.model_copy(update={"value": value, "low": low, "high": high, "tier": "the class's", **ground})


def assumption_table(function: Callable, *groups: str) -> Table:
    """The assumptions of a model with range, tier and source: all of them, or those of some groups.

    Where the learner or a class starts from other values than the course's, these stand here, with the range and the
    source that go with them.
    """
    known = settings.inputs(function).values()
    shown = [a for a in known if not groups or a.group in groups]
    rows = [
        (
            a.label,
            a.told(a.value),
            f"{number(a.low)} to {number(a.high)}" if a.varied else "not varied",
            a.tier,
            source_words(a.source),
        )
        for a in map(at_start, shown)
    ]
    columns = ["Assumption", "Value", "P5 to P95", "Evidence", "Source"]
    rest = f" ({len(shown)} of {len(known)} assumptions)" if groups else ""
    says = f". {words}" if (words := start_words([a.id for a in shown])) else ""
    return _of(rows, columns, f"What goes in: {find(function).title}{rest}{says}")


def result_table(function: Callable, **changes) -> Table:
    """All results of a model with their 90 % bands, at the course's values or with some of them changed.

    The error of a band is the larger standard error of its two ends, with one significant digit.
    """
    reading = read(function, changes)
    rows = []
    for output in reading.model.outputs:
        band = "no band", "–"
        if reading.bands:
            low, high = reading.bands[output.id]
            error = max(reading.bands.simulation.error(output.id, q) for q in BAND)
            ends = " to ".join(finite(end, digits=output.digits) for end in (low, high))
            band = ends, number(float(f"{error:.1g}")) if math.isfinite(error) else "–"
            band = ("does not vary", "–") if math.isclose(low, high) else band
        rows.append(
            (
                output.label,
                finite(getattr(reading.result, output.id), digits=output.digits),
                *band,
                unit_words(output.unit),
            )
        )
    columns = ["Result", "Value", "90 % band", BAND_ERROR, "Unit"]
    told = f"{BAND_ERROR.lower()}: how far its ends would move with other draws"
    said = " ".join(filter(None, [f"{reading.model.title} ({told}).", *reading.model.notes, reading.note]))
    return _of(rows, columns, said.removesuffix("."))


def offers(exchange_rate: float) -> "pd.DataFrame":
    """Dated rents of single GPUs in EUR, cheapest provider first; market indices are left out.

    Columns: provider, home, gpu, region, billing, eur, observed (the last day or month in which it was seen).
    """
    frame = data.table("cloud_prices")
    frame = frame[frame.billing != "index"]
    eur = frame.price.where(frame.currency == "EUR", frame.price / exchange_rate)
    frame = frame.assign(eur=eur, home=frame.provider_country, observed=frame.observed_to)
    order = frame.groupby("provider").eur.min().rename("least")
    frame = frame.join(order, on="provider").sort_values(["least", "provider", "eur", "id"], ignore_index=True)
    return frame[["provider", "home", "gpu", "region", "billing", "eur", "observed"]]


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
                    quantity(row["value"], row["unit"], digits),
                    number(found, digits),
                    _off(off),
                    row["kind"],
                    source_words(row["source"]),
                )
            )
    columns = ["Case", "Number to meet", "Model", "Error", "Kind", "Source"]
    return _of(rows, columns, f"Tested against known numbers: {find(function).title}")


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
        title = Link(source["title"], source["url"]) if source["url"] else source["title"]
        rows.append((source["producer"], title, source["published"] or "no date", source["licence"]))
    return _of(rows, ["Producer", "Title", "Published", "Licence"], "References")


def side_by_side(function: Callable, *scenarios: Mapping | str, names: list[str] | None = None) -> Table:
    """Two to four scenarios as a table to read: what they change, then what comes out."""
    return written(function, compare(function, *scenarios, names=names))


def written(function: Callable, frame) -> Table:
    """A comparison as a table to read."""
    import pandas as pd

    digits = {output.id: output.digits for output in find(function).outputs}
    rows = [
        (row[2], unit_words(row[3]), *(number(value, digits.get(row[1])) for value in row[4:]))
        for row in frame.itertuples(index=False, name=None)
    ]
    standing = "Starting values" if find(function).made else "Course's values"
    columns = ["Assumption or result", "Unit", standing, *frame.columns[5:]]
    return Table(pd.DataFrame(rows, columns=columns), f"Side by side: {find(function).title}")
