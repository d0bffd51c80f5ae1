"""Notebook 12, *Your turn*: in whose hands lies what a service lacks, and what changes which law reaches its data."""

from collections.abc import Callable

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

CASE = ["provider_seat", "operator", "data_location", "key_holder"]
US = "United States"
ASIA = ("Taiwan", "South Korea")


def _layers() -> pd.DataFrame:
    """The layers with the points that each lacks, as the first cell makes them."""
    layers = frames.data("layers")
    layers["missing"] = 4 - layers.value
    return layers


def _orders() -> pd.DataFrame:
    """The law matrix, as in the first cell."""
    return frames.data("law_matrix")


def american_part() -> pd.Series:
    """The solution of 12.T1, in per cent."""
    layers = _layers()  # cell
    american = layers[layers.control == "United States"].groupby("service").missing.sum()
    return 100 * american / layers.groupby("service").missing.sum()


def what_changes_reach() -> alt.Chart:
    """The solution of 12.T2."""
    orders = _orders()  # cell
    parts = []
    for one in ["key_holder", "data_location"]:
        others = [column for column in CASE if column != one]
        pairs = orders.pivot(index=["law", *others], columns=one, values="reach").dropna()
        changed = pairs.iloc[:, 0] != pairs.iloc[:, 1]
        shares = (100 * changed.groupby("law").mean()).rename("changed")
        parts.append(shares.reset_index().assign(moved=one))
    return (
        alt.Chart(pd.concat(parts), title="Three laws ask who holds the key, one asks where the data lie")
        .mark_bar()
        .encode(
            x=alt.X("changed", title="Pairs in which the reach differs, %"),
            y=alt.Y("law", title="Law"),
            yOffset="moved",
            color=alt.Color("moved", title="What differs"),
        )
    )


def _part_in_words() -> str:
    layers, american = _layers(), american_part()
    asian = 100 * layers[layers.control.isin(ASIA)].groupby("service").missing.sum()
    asian /= layers.groupby("service").missing.sum()
    return (
        f"Of what the US region lacks, {number(american['us-region'], 0)} % lies in American hands. Of what JUPITER "
        f"lacks it is {number(american['jupiter'], 0)} %, and {number(asian['jupiter'], 0)} % lies in Taiwan and South "
        "Korea: foundry and memory. The less a service depends on America, the more of the rest is a question of East "
        "Asia. Each layer counts alike here, and the points are our judgement."
    )


def _changes_in_words() -> str:
    key, place = _pairs("key_holder"), _pairs("data_location")
    return (
        f"In {len(key)} pairs of cases only the holder of the key differs. In {key.sum()} of them the reach differs: "
        "for the CLOUD Act, for FISA 702, and for the European e-Evidence rules as well. A key in the customer's hands "
        "leaves European investigators with ciphertext, just as American ones. In "
        f"{len(place)} pairs only the place of the data differs; the reach does so in {place.sum()}, under article 48 "
        "of the GDPR. So few pairs, and a matrix of our reading: look for the case that we have left out."
    )


# What usual mistakes give


def _part(layers: pd.DataFrame, of: pd.DataFrame | None = None, column: str = "missing") -> pd.Series:
    """Per cent of a column's sum that stands in some layers, by service; ``of`` are all layers if nothing is said."""
    of = _layers() if of is None else of
    return 100 * layers.groupby("service")[column].sum() / of.groupby("service")[column].sum()


def _held(*control: str, **columns: Callable) -> pd.DataFrame:
    """The layers in some hands, with columns computed anew."""
    layers = _layers().assign(**columns)
    return layers[layers.control.isin(control)]


def _at(end: str) -> dict:
    return {"missing": lambda layers: 4 - layers[end]}


def _pairs(one: str) -> pd.Series:
    """For each pair of cases that differ in one column alone: whether the reach differs."""
    others = [column for column in CASE if column != one]
    pairs = _orders().pivot(index=["law", *others], columns=one, values="reach").dropna()
    return pairs.iloc[:, 0] != pairs.iloc[:, 1]


def _bars(count: Callable, *moved: str) -> alt.Chart:
    """The chart of 12.T2 with other numbers."""
    parts = [count(_pairs(one).groupby("law")).rename("changed").reset_index().assign(moved=one) for one in moved]
    return alt.Chart(pd.concat(parts)).mark_bar().encode(x="changed", y="law", yOffset="moved", color="moved")


TASKS = (
    Task(
        id="12.T1",
        question=(
            "Add up the points that a service lacks over its layers. What part of them lies in layers that the United "
            "States control (control)? Give per cent: a Series with the services (service) as labels. Each layer "
            "counts alike; mixed control is not American."
        ),
        expected=american_part,
        finding=_part_in_words,
        hints=(
            "Two sums for each service: one over the American layers, one over all. Then divide.",
            'layers.groupby("service").missing.sum() has what each service lacks in all.',
        ),
        mistakes=(
            (
                lambda: _held(US).groupby("service").missing.sum(),
                "Those are points. Divide by all points that the service lacks.",
            ),
            (
                lambda: _part(_held(US), column="value"),
                "That is a part of the points that a service has; what it lacks is in the column missing.",
            ),
            (
                lambda: 100 * _held(US).groupby("service").size() / _layers().groupby("service").size(),
                "That counts layers; add up the points that they lack.",
            ),
            (lambda: _part(_held(US, "mixed")), "Layers with mixed control are among them; leave those out above."),
            (
                lambda: _part(_held(US, *ASIA)),
                "Taiwan and South Korea are among them; only the United States are asked for.",
            ),
            (lambda: _part(_held(*ASIA)), "That is the part of Taiwan and South Korea."),
            (lambda: _part(_layers().query("control != 'EU'")), "That is everything outside the EU."),
            (lambda: 100 - _part(_held(US)), "That is the part that is not American."),
            (
                lambda: _part(_held(US), _held(US, "EU", *ASIA)),
                "The layers with mixed control are missing below: divide by all points.",
            ),
            (lambda: _part(_held(US), _held(US, "mixed", *ASIA)), "The layers of the EU are missing below."),
            (
                lambda: _held(US).groupby("service").missing.sum() / _held(US).missing.sum() * 100,
                "You divided by what all services lack together; divide by what the service itself lacks.",
            ),
            (
                lambda: 100 * _held(US).groupby("service").missing.sum() / (4 * _layers().groupby("service").size()),
                "You divided by all points that there are; divide by those that are missing.",
            ),
            (
                lambda: _part(_held(US, **_at("high")), _layers().assign(**_at("high"))),
                "That is at the highest points that fit (high); the middle ones are in value.",
            ),
            (
                lambda: _part(_held(US, **_at("low")), _layers().assign(**_at("low"))),
                "That is at the lowest points that fit (low); the middle ones are in value.",
            ),
            (
                lambda: 100 * _held(US).groupby("service").missing.mean() / _layers().groupby("service").missing.mean(),
                "Those are means of layers; add up (sum).",
            ),
        ),
    ),
    Task(
        id="12.T2",
        question=(
            "What changes which law reaches the data: where they lie, or who holds the key? Compare pairs of cases "
            "under one law that differ in one column alone: once in key_holder, once in data_location. In what per "
            "cent of the pairs does reach differ? Draw bars: that along one axis, the laws along the other. A column "
            "moved names the column that differs. Show it by colour, and side by side (yOffset or xOffset). State the "
            "finding as title."
        ),
        expected=what_changes_reach,
        finding=_changes_in_words,
        hints=(
            "A pair is one row of a pivot: its index is the law and the three other columns. dropna() leaves out what "
            "has no partner.",
            'For the keys: orders.pivot(index=["law", …], columns="key_holder", values="reach").dropna().',
        ),
        mistakes=(
            (
                lambda: _bars(lambda pairs: pairs.mean(), "key_holder", "data_location"),
                "Those are parts of one; per cent are asked for.",
            ),
            (
                lambda: _bars(lambda pairs: 100 - 100 * pairs.mean(), "key_holder", "data_location"),
                "Those are the pairs in which the reach stays the same.",
            ),
            (
                lambda: _bars(lambda pairs: pairs.sum(), "key_holder", "data_location"),
                "Those are numbers of pairs; per cent of the pairs are asked for.",
            ),
            (
                lambda: _bars(lambda pairs: 100 * pairs.mean(), "key_holder"),
                "The pairs that differ in place are missing.",
            ),
        ),
    ),
)
