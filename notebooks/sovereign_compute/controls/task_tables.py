"""An answer in numbers, a table, a Series or a single one, beside the right one.

A table is compared row by row: its index says what a row is about. Column order, row order, types of columns, names of
the single column and whether the labels stand in the index or in a column make no difference.
"""

import math
import numbers
from collections.abc import Callable

import numpy as np
import pandas as pd

from ..errors import CourseError
from ..inputs.wording import number as written
from .exercises import missed

MOST_ROWS = 100_000
SHOWN = 3  # labels in a sentence
FACTORS = {
    100: "a hundred: per cent and parts of one, or cents and euros",
    1000: "a thousand: kilo and mega, or EUR and thousand EUR",
    1e6: "a million: EUR and million EUR, or W and MW",
    1e9: "a billion: EUR and billion EUR",
    24: "24: hours and days",
    365: "365: days and years",
    8760: "8,760: hours and years",
    12: "12: months and years",
}
"""What stands between units that are often mixed up."""


# Numbers ------------------------------------------------------------------------------------------------------------


def near(a, b, tolerance: float):
    """Whether numbers agree within a relative tolerance, one by one; two that are missing agree."""
    return np.isclose(np.asarray(a, float), np.asarray(b, float), rtol=tolerance, atol=1e-12, equal_nan=True)


def single(given) -> float:
    """One number out of what was given; CourseError says why that is not possible."""
    if isinstance(given, pd.Series | pd.DataFrame | np.ndarray | list | tuple | dict):
        if np.size(given) != 1 or isinstance(given, dict):
            raise CourseError(
                f"{what(given)} came, and one number is asked for. Choose or compute the one that answers."
            )
        given = np.asarray(given).item()
    if isinstance(given, bool | np.bool_ | str) or not isinstance(given, numbers.Real):
        raise CourseError(f"a number is asked for, and {what(given)} came.")
    if math.isnan(given):
        raise CourseError("your number is NaN: a missing value came into the computation. Look for it with isna().")
    return float(given)


def judge_number(task, given, truth: float) -> tuple[bool, str]:
    """A number beside the right one."""
    found = single(given)
    if near(found, truth, task.tolerance):
        return True, "Yes, that is right."
    for value, says in task.mistakes:
        if near(found, value(), task.tolerance):
            return False, says
    return False, factor(np.array([found]), np.array([truth]), task.tolerance) or missed(found, truth)


def factor(found: np.ndarray, truth: np.ndarray, tolerance: float) -> str:
    """What to say if all numbers are off by one of the usual factors; else nothing."""
    for size, words in FACTORS.items():
        for times, way in ((size, "large"), (1 / size, "small")):
            if near(found, truth * times, tolerance).all():
                return f"Too {way} by a factor of {words} are easily mixed up. Look at the units."
    with np.errstate(divide="ignore"):
        if near(found, 1 / truth, tolerance).all():
            return "Upside down: divide the other way round."
    return "The sign is wrong: the size is right." if near(found, -truth, tolerance).all() else ""


# Tables -------------------------------------------------------------------------------------------------------------


def judge(task, given, truth: pd.Series | pd.DataFrame) -> tuple[bool, str]:
    """A table or a Series beside the right one."""
    asked = as_frame(truth)
    found, truth = shaped(given, asked), labelled(asked)
    if same(found, truth, task.tolerance):
        return _in_order(found, truth) if task.ordered else (True, "Yes, that is right.")
    for value, says in task.mistakes:
        if same(found, shaped(value(), asked), task.tolerance):
            return False, says
    for look in (_repeated, _labels, _values):
        if says := look(found, truth, task.tolerance):
            return False, says
    raise AssertionError("tables that differ differ in something")


def as_frame(table: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """A table or a Series as a frame of its own."""
    return table.to_frame(table.name or "value") if isinstance(table, pd.Series) else table.copy()


def shaped(given, truth: pd.DataFrame) -> pd.DataFrame:
    """What was given in the form of the right answer, with its columns and labels; else a CourseError."""
    keys = list(truth.index.names)
    about = " and ".join(str(key) for key in keys)
    if isinstance(given, dict):
        given = pd.Series(given)
    if not isinstance(given, pd.Series | pd.DataFrame):
        raise CourseError(
            f"{what(given)} came, and a {'Series' if len(truth.columns) == 1 else 'DataFrame'} is asked for: one row "
            f"for each {about}."
        )
    if len(given) > MOST_ROWS:
        raise CourseError(f"your table has {len(given):,} rows; {len(truth)} are asked for. Group or filter first.")
    frame = as_frame(given)
    if frame.columns.nlevels > 1:
        frame.columns = ["_".join(map(str, names)).strip("_") for names in frame.columns]
    if len(keys) == 2 and {frame.index.name, frame.columns.name} == set(keys):  # one key along the top
        frame = frame.stack().rename("value").dropna().to_frame()
    frame = frame.reset_index([name for name in frame.index.names if name is not None and name not in frame.columns])
    if missing := [key for key in keys if key not in frame.columns]:
        frame = _named(frame, given, keys, missing, about)
    return labelled(_columns(frame.set_index(keys), truth))


def _named(frame: pd.DataFrame, given, keys: list, missing: list, about: str) -> pd.DataFrame:
    """The frame with labels under other names, if there is only one way to read it."""
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name]) and name not in keys]
    if len(missing) == len(keys) == 1 and len(texts) == 1:
        return frame.rename(columns={texts[0]: keys[0]})
    if len(missing) == len(keys) == given.index.nlevels and not isinstance(given.index, pd.RangeIndex):
        return frame.assign(**{key: given.index.get_level_values(at) for at, key in enumerate(keys)})
    raise CourseError(
        f"your table does not say for which {about} each row is: there is no index or column "
        f"{', '.join(map(repr, missing))}. After groupby the labels are the index; reset_index(drop=True) loses them."
    )


def _columns(frame: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """The asked columns of a frame; of a single one the name makes no difference."""
    wanted = list(truth.columns)
    if len(wanted) == 1 and wanted[0] not in frame.columns:
        found = [name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])]
        if len(found) != 1:
            listed = ", ".join(map(str, found)) or "none"
            raise CourseError(f"one column of numbers is asked for; yours has {len(found)}: {listed}. Keep the one.")
        frame = frame.rename(columns={found[0]: wanted[0]})
    if missing := [name for name in wanted if name not in frame.columns]:
        raise CourseError(f"your table has no column {', '.join(map(repr, missing))}")
    frame = frame[wanted]
    for name in wanted:
        if pd.api.types.is_numeric_dtype(truth[name]) and not pd.api.types.is_numeric_dtype(frame[name]):
            raise CourseError(f"the column {name!r} holds texts or objects, not numbers")
    return frame


def _label(value):
    """A label that can be compared: 2024, 2024.0 and "2024" are one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    labels = [tuple(_label(part) for part in (row if isinstance(row, tuple) else (row,))) for row in frame.index]
    index = pd.Index([" / ".join(label) for label in labels])
    return frame.set_axis(index.rename(" / ".join(map(str, frame.index.names))))


def same(found: pd.DataFrame, truth: pd.DataFrame, tolerance: float) -> bool:
    """Whether two tables hold the same, in whatever order of rows."""
    if len(found) != len(truth) or list(found.columns) != list(truth.columns):
        return False
    first, second = (_sorted(frame) for frame in (found, truth))
    return list(first.index) == list(second.index) and all(
        _alike(first[name], second[name], tolerance).all() for name in truth.columns
    )


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    """By label, and rows of one label by their values."""
    for name in frame.columns[::-1]:
        frame = frame.sort_values(name, kind="stable")
    return frame.sort_index(kind="stable")


def _alike(found: pd.Series, truth: pd.Series, tolerance: float) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(truth):
        return near(found, truth, tolerance)
    return found.astype(str).to_numpy() == truth.astype(str).to_numpy()


# What is wrong ------------------------------------------------------------------------------------------------------


def _in_order(found: pd.DataFrame, truth: pd.DataFrame) -> tuple[bool, str]:
    if list(found.index) == list(truth.index):
        return True, "Yes, that is right."
    if list(found.index) == list(truth.index[::-1]):
        return False, "The numbers are right; the order is the other way round."
    return False, f"The numbers are right; the order is not. {truth.index[0]} comes first."


def _repeated(found: pd.DataFrame, truth: pd.DataFrame, tolerance: float) -> str:
    counts = found.index.value_counts()
    if not truth.index.is_unique or counts.empty or counts.iloc[0] == 1:
        return ""
    return (
        f"{counts.index[0]} stands {counts.iloc[0]} times; each {truth.index.name} should stand once. Group first; or "
        "a join met several rows for one key, and multiplied them."
    )


def _labels(found: pd.DataFrame, truth: pd.DataFrame, tolerance: float) -> str:
    extra, missing = found.index.difference(truth.index), truth.index.difference(found.index)
    if len(extra) == len(found) or found.empty:
        return f"The rows are about something else: {truth.index.name} is asked for{_such_as(extra)}."
    years = _shifted(found, truth, tolerance)
    parts = [f"What should not be there: {listed(extra)}."] if len(extra) else []
    parts += [f"What is missing: {listed(missing)}."] if len(missing) else []
    if years or not parts:
        return years
    return " ".join([*parts, "Look at the filter, and at rows that a join dropped."])


def _shifted(found: pd.DataFrame, truth: pd.DataFrame, tolerance: float) -> str:
    """Whether the numbers belong to the year before or after."""
    if not all(label.isdigit() for label in (*found.index, *truth.index)):
        return ""
    for years in (-1, 1):
        moved = found.set_axis([str(int(label) + years) for label in found.index])
        both = moved.index.intersection(truth.index)
        if len(both) > 1 and near(moved.loc[both], truth.loc[both], tolerance).all():
            return f"Right numbers, one {truth.index.name} too {'early' if years > 0 else 'late'}."
    return ""


def _values(found: pd.DataFrame, truth: pd.DataFrame, tolerance: float) -> str:
    found = found.loc[truth.index]
    for name in truth.columns:
        alike = _alike(found[name], truth[name], tolerance)
        if alike.all():
            continue
        where = f" in the column {name!r}" if len(truth.columns) > 1 else ""
        if not pd.api.types.is_numeric_dtype(truth[name]):
            return f"{alike.sum()} of {len(alike)} are right{where}; look at {found.index[~alike][0]}."
        if found[name].isna().sum() > truth[name].isna().sum():
            return f"{found.index[found[name].isna()][0]} has no number{where} (NaN): a join or a division lost it."
        numbers_found, numbers_right = found[name].to_numpy(float), truth[name].to_numpy(float)
        if says := factor(numbers_found, numbers_right, tolerance):
            return says
        if near(np.sort(numbers_found), np.sort(numbers_right), tolerance).all():
            return f"The numbers are right{where}, but not with their labels: sort both together, or neither."
        at = np.flatnonzero(~alike)[0]
        way = "high" if numbers_found[at] > numbers_right[at] else "low"
        yours = written(numbers_found[at], -3)
        return f"{alike.sum()} of {len(alike)} are right{where}. {found.index[at]} is too {way}: you have {yours}."
    return ""


# Words --------------------------------------------------------------------------------------------------------------


def listed(labels) -> str:
    rest = f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
    return ", ".join(label[:40] for label in labels[:SHOWN]) + rest


def _such_as(labels) -> str:
    return f", and yours are {listed(labels)}" if len(labels) else ""


NAMES: dict[type, Callable] = {
    pd.DataFrame: lambda x: f"a DataFrame of {len(x):,} rows and {len(x.columns)} columns",
    pd.Series: lambda x: f"a Series of {len(x):,} values",
    np.ndarray: lambda x: f"an array of {x.size:,} values without labels",
    list: lambda x: f"a list of {len(x):,} values without labels",
    tuple: lambda x: f"a tuple of {len(x):,} values without labels",
    dict: lambda x: f"a dictionary of {len(x):,} values",
    str: lambda x: f"the text {x[:40]!r}",
    bool: lambda x: f"{x}",
}


def what(given) -> str:
    """What was given, in words: type and size, never more than forty letters of it."""
    for kind, words in NAMES.items():
        if isinstance(given, kind):
            return words(given)
    if isinstance(given, numbers.Real):
        return f"the number {written(float(given), -3)}" if math.isfinite(given) else f"{given}"
    return f"something of the type {type(given).__name__}"
