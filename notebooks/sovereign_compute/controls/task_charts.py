"""An Altair chart of a learner beside the one that was asked for: its mark, what it encodes, its data and its words.

Names of columns, sizes, colours, sorting and everything else in the look of a chart are the learner's choice.
"""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from ..errors import CourseError
from .task_tables import MOST_ROWS, labelled, listed, same, what

SAME_MARKS = ({"point", "circle", "square"}, {"line", "trail"})
"""Marks that say the same."""
WORDS = {
    "x": "along the x axis",
    "y": "along the y axis",
    "color": "by colour",
    "shape": "by shape",
    "size": "by size",
    "column": "in columns",
    "row": "in rows",
    "xOffset": "side by side (xOffset)",
    "yOffset": "side by side (yOffset)",
}
"""The encodings that can be asked for; others are as the learner likes."""
AXES = ("x", "y")


@dataclass(frozen=True)
class Channel:
    """One encoding: the column as it is named and its values, its aggregate, and the title that a reader sees.

    Values that are ``apart``, such as years, say what a row is about: they agree or not, with no tolerance.
    """

    field: str
    values: tuple
    aggregate: str
    title: str
    apart: bool


@dataclass(frozen=True)
class Drawn:
    """What a chart shows: its mark, its encodings, and its title."""

    mark: str
    channels: dict[str, Channel]
    title: str


def judge(task, given, expected: alt.TopLevelMixin) -> tuple[bool, str]:
    """A chart beside the one that was asked for; everything that is lacking is said at once."""
    if not isinstance(given, alt.TopLevelMixin):
        raise CourseError(f"{what(given)} came, and an Altair chart is asked for: chart = alt.Chart(…)")
    (asked,), drawn = read(expected), read(given)
    if not drawn:
        raise CourseError("your chart has no mark with data of its own: alt.Chart(data).mark_bar().encode(…)")
    says = min((lacking(asked, one, task.tolerance) for one in drawn), key=len)
    if says:
        for value, named in task.mistakes:
            if not any(lacking(*read(value()), one, task.tolerance, words=False) for one in drawn):
                return False, named
        return False, " ".join(says)
    return True, "Yes, that is the chart."


def read(chart: alt.TopLevelMixin) -> list[Drawn]:
    """What the layers and parts of a chart show; CourseError if Altair cannot build it or the data lie elsewhere."""
    try:
        spec = chart.to_dict(context={"pre_transform": False})
    except Exception as error:
        raise CourseError(f"Altair cannot build this chart: {str(error).strip().splitlines()[0][:200]}") from None
    sets = spec.get("datasets", {})
    return list(_units(spec, {}, sets, ""))


def _units(spec: dict, above: dict, sets: dict, title: str):
    data, title = spec.get("data") or above.get("data"), _text(spec.get("title")) or title
    encoding = {**above.get("encoding", {}), **spec.get("encoding", {})}
    inherited = {
        "data": data,
        "encoding": encoding,
        "transform": [*above.get("transform", []), *spec.get("transform", [])],
    }
    parts = [part for key in ("layer", "hconcat", "vconcat", "concat") for part in spec.get(key, [])]
    parts += [spec["spec"]] if "spec" in spec else []
    for part in parts:
        yield from _units(part, inherited, sets, title)
    if parts or "mark" not in spec:
        return
    if inherited["transform"]:
        raise CourseError("your chart computes inside (transform_…): compute with pandas, so that it can be compared")
    rows = (sets.get(data.get("name")) or data.get("values")) if data else None
    if not isinstance(rows, list):
        raise CourseError("your chart reads its data from elsewhere: give it a DataFrame, as in alt.Chart(frame)")
    if len(rows) > MOST_ROWS:
        raise CourseError(f"your chart holds {len(rows):,} rows: filter or group first")
    mark = spec["mark"] if isinstance(spec["mark"], str) else spec["mark"]["type"]
    yield Drawn(
        mark, {name: _channel(encoding[name], rows) for name in WORDS if "field" in encoding.get(name, {})}, title
    )


def _channel(encoding: dict, rows: list[dict]) -> Channel:
    field = encoding["field"].replace("\\", "")
    title = encoding.get("title", encoding.get("axis", {}).get("title") if encoding.get("axis") else None)
    return Channel(
        field,
        tuple(row.get(field) for row in rows),
        str(encoding.get("aggregate", "")),
        field if title is None else _text(title),
        encoding.get("type") in ("nominal", "ordinal"),
    )


def _text(title) -> str:
    if isinstance(title, dict):
        title = title.get("text", "")
    return " ".join(title) if isinstance(title, list) else str(title or "")


def lacking(asked: Drawn, drawn: Drawn, tolerance: float, words: bool = True) -> list[str]:
    """What a chart lacks of another, with its axes exchanged if it then lacks less; its ``words`` may be left out."""
    turned = Drawn(drawn.mark, {_turned(name): channel for name, channel in drawn.channels.items()}, drawn.title)
    return min((_lacking(asked, one, tolerance, words) for one in (drawn, turned)), key=len)


def _turned(channel: str) -> str:
    return channel.translate(str.maketrans("xy", "yx")) if channel[0] in AXES else channel


def _lacking(asked: Drawn, drawn: Drawn, tolerance: float, words: bool) -> list[str]:
    says = []
    if asked.mark != drawn.mark and not any({asked.mark, drawn.mark} <= marks for marks in SAME_MARKS):
        says.append(f"The mark is {drawn.mark!r}; {asked.mark!r} is asked for (mark_{asked.mark}).")
    for name, channel in asked.channels.items():
        if name not in drawn.channels:
            more = {other: found for other, found in drawn.channels.items() if other not in asked.channels}
            elsewhere = [WORDS[other] for other, found in more.items() if _shows(found, channel, tolerance)]
            instead = f" It is {elsewhere[0]} now." if elsewhere else ""
            says.append(f"Nothing is told {WORDS[name]}: {channel.field} is asked for there.{instead}")
        elif drawn.channels[name].aggregate != channel.aggregate:
            says.append(_aggregate(WORDS[name], drawn.channels[name], channel))
        elif not _shows(drawn.channels[name], channel, tolerance):
            says.append(_other_data(WORDS[name], drawn.channels[name], channel))
    if not says and not _same(drawn.channels, asked.channels, tolerance):
        says.append("Each column is right by itself; their rows do not belong together. Was one sorted alone?")
    if words:
        says += _words(asked, drawn)
    return says


def _words(asked: Drawn, drawn: Drawn) -> list[str]:
    """Title and units: an axis title of the asked chart ends with its unit, after a comma."""
    says = []
    if not drawn.title:
        says.append("A title is missing: say what you found, as in alt.Chart(data, title=“…”).")
    elif drawn.title.rstrip().endswith("?"):
        says.append("The title asks; let it state what you found.")
    for name in AXES:
        _, comma, unit = asked.channels[name].title.rpartition(", ") if name in asked.channels else ("", "", "")
        short = unit.split(" ")[0]
        if comma and name in drawn.channels and short.lower() not in drawn.channels[name].title.lower():
            says.append(f"The title of the axis with {drawn.channels[name].field} lacks its unit, {unit}.")
    return says


def _aggregate(where: str, drawn: Channel, asked: Channel) -> str:
    if drawn.aggregate:
        return (
            f"What is drawn {where} is {drawn.aggregate}({drawn.field}), computed in the chart: compute it with pandas."
        )
    return f"{asked.aggregate}({asked.field}) is asked for {where}."


def _shows(drawn: Channel, asked: Channel, tolerance: float) -> bool:
    """Whether two encodings show the same values, in whatever order."""
    return _same({"it": drawn}, {"it": asked}, tolerance)


def _same(drawn: dict[str, Channel], asked: dict[str, Channel], tolerance: float) -> bool:
    """Whether the same rows are drawn in the encodings that are asked for."""
    apart = {name for name, channel in asked.items() if channel.apart}
    return same(*(_rows({name: channels[name] for name in asked}, apart) for channels in (drawn, asked)), tolerance)


def _rows(channels: dict[str, Channel], apart: set[str]) -> pd.DataFrame:
    """What is drawn as a table: numbers are its columns, all else and what stands ``apart`` its labels."""
    frame = pd.DataFrame({name: pd.Series(channel.values, dtype=object) for name, channel in channels.items()})
    numeric = [name for name in frame if name not in apart and all(type(x) in (int, float) for x in frame[name])]
    texts = [name for name in frame if name not in numeric]
    return labelled(frame.set_index(texts) if texts else frame.set_axis([0] * len(frame)))[numeric].astype(float)


def _other_data(where: str, drawn: Channel, asked: Channel) -> str:
    if len(drawn.values) != len(asked.values):
        return (
            f"{len(drawn.values)} values of {drawn.field} are drawn {where}; {len(asked.values)} are asked for. "
            "Look at the filter, and group before you draw."
        )
    known = sorted({str(value) for value in asked.values if not isinstance(value, float)})
    such = f" (values: {listed(known)})" if known else ""
    return f"What is drawn {where}, {drawn.field}, is not {asked.field} as it is asked for{such}."
