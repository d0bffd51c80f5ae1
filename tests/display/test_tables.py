"""Tables that a learner reads hold numbers, and write them when they are shown."""

import ast
import json
import re
from collections.abc import Callable
from importlib import import_module
from inspect import isfunction, signature
from pkgutil import walk_packages

import numpy as np
import pandas as pd
import pytest
import sovereign_compute as sc
from pandas.api.types import is_numeric_dtype
from sovereign_compute.display.tables import Column, Link, Table
from sovereign_compute.inputs import data
from sovereign_compute.inputs.units import SINGULAR, UNITS
from sovereign_compute.inputs.wording import signed, span
from tree import ROOT

# What a column can be ------------------------------------------------------------------------------------------------

RUNS = Table(
    [("A", 1234.5, 10.0, 20.0, -3.0, None), ("B", np.inf, 5.0, 5.0, np.nan, 2.0)],
    "Runs",
    [
        "Run",
        Column("Hours", 1),
        Column("90 % interval", span, of=("Low, %", "High, %"), unit="%"),
        Column("Error, points", signed, missing="unknown"),
        Column("Rank", "no. {:.0f}".format, missing="–"),
    ],
)


def test_a_table_shows_words_and_holds_numbers():
    assert RUNS.shown.to_numpy().tolist() == [
        ["A", "1,234.5", "10 to 20 %", "−3.0", "–"],
        ["B", "inf", "5 %", "unknown", "no. 2"],
    ]
    assert list(RUNS.shown.columns) == ["Run", "Hours", "90 % interval", "Error, points", "Rank"]
    assert list(RUNS.frame.columns) == ["Run", "Hours", "Low, %", "High, %", "Error, points", "Rank"]
    assert all(is_numeric_dtype(RUNS[name]) for name in RUNS.frame.columns[1:])
    assert RUNS.frame.attrs["units"] == {"Low, %": "%", "High, %": "%"}


def test_a_table_can_be_asked_like_a_frame():
    assert len(RUNS) == 2
    assert RUNS["Hours"].iloc[0] == 1234.5
    assert RUNS.to_csv().splitlines()[1] == "A,1234.5,10.0,20.0,-3.0,"


def test_a_frame_is_shown_as_it_is_unless_columns_say_how():
    frame = pd.DataFrame({"a": ["x"], "b": [1.25], "c": ["hidden"]})
    assert Table(frame, "t").shown.to_numpy().tolist() == [["x", 1.25, "hidden"]]
    table = Table(frame, "t", ["a", Column("b", 0)])
    assert table.shown.to_numpy().tolist() == [["x", "1"]]
    table.frame.loc[0, "b"] = 7
    assert frame.loc[0, "b"] == 1.25 and table["c"].tolist() == ["hidden"]


def test_a_link_leads_where_there_is_an_address():
    table = Table(
        [("here", "https://example.org/?a&b"), ("nowhere", None)], "t", [Column("Where", Link, of=("Where", "To"))]
    )
    assert table._repr_html_().count("<a href=") == 1
    assert '<a href="https://example.org/?a&amp;b">here</a>' in table._repr_html_()
    assert table["To"].isna().tolist() == [False, True]


# What functions compute ----------------------------------------------------------------------------------------------


def told(function: Callable) -> str:
    """What a docstring says of columns, with those of a table or of another function that it refers to."""
    text = function.__doc__ or ""
    for name in re.findall(r"those\s+of\s+`+(\w+)`+", text):
        text += " ".join(data.schema(name)) if name in data.names() else told(function.__globals__[name])
    return text


def undocumented(function: Callable) -> list[str]:
    """The columns of the frame that a function gives and its docstring does not name."""
    return [column for column in function().columns if not re.search(rf"\b{column}\b", told(function))]


FRAMES = {
    f"{module.name}.{name}": function
    for module in walk_packages(sc.__path__, "sovereign_compute.")
    if ".lessons." in module.name or ".views." in module.name or module.name.endswith("companies")
    for name, function in vars(import_module(module.name)).items()
    if isfunction(function)
    and function.__module__ == module.name
    and not name.startswith("_")
    and signature(function).return_annotation is pd.DataFrame
    and all(p.default is not p.empty or p.kind is p.VAR_KEYWORD for p in signature(function).parameters.values())
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_that_is_computed_says_what_its_columns_are(name):
    assert undocumented(FRAMES[name]) == []


def test_a_column_that_nothing_tells_of_is_found():
    def planted() -> pd.DataFrame:
        """Columns: year, and those of ``gdp``."""
        return pd.DataFrame(columns=["year", "gdp_busd", "share"])

    assert undocumented(planted) == ["share"]
    assert len(FRAMES) > 15


# What the notebooks show ----------------------------------------------------------------------------------------------

PATHS = sorted((ROOT / "notebooks").glob("[0-4]*.ipynb"))
NUMBER = r"[+−-]?\d[\d,]*(?:\.\d+)?"
WORDS = "|".join(re.escape(words) for words in sorted({*UNITS.values(), *SINGULAR.values(), "times"} - {""}))
NUMERIC = re.compile(rf"{NUMBER}(?: (?:to|±) {NUMBER})?(?: (?:{WORDS}))?")
NO_NUMBER = re.compile(r"[^\d]{0,30}")
LABELS = {"Exercise"}
"""Heads of columns whose cells look like numbers and name things."""


def unnumbered(table: Table) -> list[str]:
    """The heads below which all cells are numbers, with or without a unit, while the frame holds texts."""
    shown = table.shown
    found = []
    for column in table.columns:
        cells = [str(cell) for cell in shown[column.head]]
        numbers = [cell for cell in cells if NUMERIC.fullmatch(cell)]
        others = [cell for cell in cells if not NUMERIC.fullmatch(cell)]
        parts = 2 if any(re.search(r"\d to |± ", cell) for cell in numbers) else 1
        held = sum(is_numeric_dtype(table.frame[name]) for name in column.names)
        if numbers and all(map(NO_NUMBER.fullmatch, others)) and held < parts and column.head not in LABELS:
            found.append(column.head)
    return found


def tables_of(notebook: dict) -> dict[str, Table]:
    """The tables that the cells of a notebook ask for, by the call; what needs no notebook around it."""
    space, found = {"sc": sc}, {}
    for cell in notebook["cells"]:
        if cell["id"].startswith("turn"):  # the learner's own, with pandas' own tables
            continue
        tree = ast.parse("".join(cell["source"]) if cell["cell_type"] == "code" else "")
        for node in tree.body:
            if isinstance(node, ast.Assign) and "widgets." not in ast.unparse(node):
                exec(compile(ast.Module([node], []), "cell", "exec"), space)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and re.fullmatch(r"(sc|lesson)\.\w+", ast.unparse(node.func)):
                function = eval(ast.unparse(node.func), space)
                if signature(function).return_annotation in (Table, "Table"):
                    found[ast.unparse(node)] = eval(ast.unparse(node), space)
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:2])
def test_what_a_notebook_shows_as_numbers_is_numbers_in_the_frame(path):
    tables = tables_of(json.loads(path.read_text("utf-8")))
    assert tables
    found = {call: heads for call, table in tables.items() if (heads := unnumbered(table))}
    assert not found, f"texts where a reader sees numbers, so nobody can compute with .frame: {found}"


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["1.5", "2"], True),
        (["1,234 million EUR", "never"], True),
        (["1 to 2", "not varied"], True),
        (["+3 %", "−5 %"], True),
        (["2 of 10", "3 of 10"], False),
        (["in 2025", "4"], False),
        (["never", "–"], False),
        (["2025-06", "2025-11"], False),
    ],
)
def test_a_planted_text_in_the_place_of_a_number_is_found(cells, wrong):
    table = Table(pd.DataFrame({"What": cells}), "t")
    assert unnumbered(table) == (["What"] if wrong else [])


def test_a_range_with_one_number_behind_it_is_found():
    one = Table([(1.0,)], "t", [Column("Range", "{} to 2".format, of=("Low",))])
    assert unnumbered(one) == ["Range"]
