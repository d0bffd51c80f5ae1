"""The kinds of chart: each draws, tells, and is readable without seeing its colours."""

from itertools import combinations

import altair as alt
import pandas as pd
import pytest
import vl_convert
from coloraide import Color
from sovereign_compute.display import kinds
from sovereign_compute.display.charts import CATEGORIES, shown

MACHINES = pd.DataFrame(
    {
        "machine": ["Alpha", "Beta", "Gamma"],
        "cost": [10, 25, 5],
        "low": [8, 20, 1],
        "high": [12, 40, 9],
        "then": [9, 20, 7],
    }
)
YEARS = pd.DataFrame(
    [(year, name, year**p) for name, p in (("JUPITER", 1), ("LUMI", 1.3), ("Alps", 0.7)) for year in range(1, 9)],
    columns=["year", "machine", "cost"],
)
PARTS = pd.DataFrame(
    [(m, part, i + 1) for m in ("A", "B") for i, part in enumerate(["Energy", "Staff"])],
    columns=["machine", "part", "cost"],
)
BINS = pd.DataFrame({"from": [-1, 0], "to": [0, 1], "share": [30, 70]})
RANKS = pd.DataFrame(
    {"option": ["Own", "Own", "Cloud", "Cloud"], "rank": [1, 2, 1, 2], "probability": [70, 30, 30, 70]}
)

CHARTS = {
    "bars": (
        kinds.bars(MACHINES, category="machine", value="cost", title="MEUR", low="low", high="high", course="then"),
        ["Alpha", "Beta", "Gamma", "25"],
    ),
    "logarithmic bars": (
        kinds.bars(MACHINES, category="machine", value="cost", title="MEUR", low="low", high="high", log=True),
        ["Alpha", "25"],
    ),
    "numbers aside": (
        kinds.aside(
            kinds.bars(MACHINES, category="machine", value="cost", title="MEUR", low="low", high="high", course="then")
        ),
        ["Alpha", "Beta", "Gamma", "25"],
    ),
    "ranked": (
        kinds.ranked(MACHINES, category="machine", value="cost", told="machine", title="MEUR"),
        ["Alpha", "Gamma", "MEUR"],
    ),
    "stacked": (
        kinds.stacked(PARTS, category="machine", value="cost", part="part", parts=["Energy", "Staff"], title="MEUR"),
        ["Energy", "Staff"],
    ),
    "lines": (
        kinds.lines(
            YEARS,
            x="year",
            y="cost",
            x_title="Year",
            y_title="MEUR",
            series="machine",
            names=["JUPITER", "LUMI", "Alps"],
        ),
        ["JUPITER", "LUMI", "Alps"],
    ),
    "band": (
        kinds.lines(MACHINES, x="then", y="cost", x_title="Year", y_title="MEUR", low="low", high="high"),
        ["MEUR"],
    ),
    "histogram": (kinds.histogram(BINS, start="from", end="to", share="share", title="MEUR"), ["MEUR"]),
    "heat map": (
        kinds.heat_map(RANKS, x="rank", y="option", value="probability", title="%", x_title="Rank"),
        ["Own", "Cloud", "70"],
    ),
    "scatter": (
        kinds.scatter(
            MACHINES, x="cost", y="high", x_title="MEUR", y_title="MW", kind="machine", kinds=["Alpha", "Beta", "Gamma"]
        ),
        ["Alpha", "Beta", "Gamma"],
    ),
    "reference": (
        alt.layer(
            kinds.lines(MACHINES, x="then", y="cost", x_title="Year", y_title="MEUR"), kinds.reference(8, "today")
        ),
        ["today"],
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_kind_draws_in_the_version_that_jupyterlab_ships_and_prints_its_names(name):
    chart, words = CHARTS[name]
    told = kinds.titled(chart, "What it costs", description="Beta costs most, with 25 million euros.")
    spec = shown(told)["application/vnd.vegalite.v5+json"]
    svg = vl_convert.vegalite_to_svg(vl_spec=spec, vl_version="5.8")
    assert all(f">{word}</text>" in svg for word in [*words, "What it costs"])
    assert "NaN" not in svg


def test_numbers_aside_stand_beyond_the_longest_mark():
    numbers = CHARTS["numbers aside"][0].to_dict()["layer"][-1]
    assert numbers["encoding"]["text"]["field"] == "cost"
    assert numbers["encoding"]["x"] == {"value": "width"} and numbers["mark"]["dx"] > 0


def test_a_part_prints_its_number_where_it_has_room():
    parts = pd.DataFrame([("A", "Energy", 96), ("A", "Staff", 4)], columns=["machine", "part", "cost"])
    names = {"category": "machine", "value": "cost", "part": "part", "parts": ["Energy", "Staff"], "title": "MEUR"}
    usual, close = (
        vl_convert.vegalite_to_svg(kinds.stacked(parts, **names, **least).to_dict()) for least in ({}, {"least": 0.02})
    )
    assert ">96</text>" in usual and ">4</text>" not in usual
    assert ">96</text>" in close and ">4</text>" in close


@pytest.mark.parametrize("eyes", ["protan", "deutan", "tritan", None])
def test_colours_differ_for_every_kind_of_eyes(eyes):
    """At least 10 units of CIEDE2000 between any two colours of one chart."""
    seen = [Color(colour).filter(eyes) if eyes else Color(colour) for colour in CATEGORIES]
    assert min(first.delta_e(second, method="2000") for first, second in combinations(seen, 2)) >= 10
