"""How the use of AI in firms spreads: the curve on the survey's four points with its band, and the points left out."""

import math

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.settings import complete
from ...display import kinds
from ...display.charts import INK, WIDTH
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.wording import number, signed
from ...models.macro import ai_gain
from ...models.parts.diffusion import BAND, Curve, fit

HALF = 50.0
HORIZON = 2040


def survey() -> pd.DataFrame:
    """Share of the EU's firms that use AI, by year, as revised: columns year and share (percent)."""
    rows = [
        (row["year"], row["share_percent"])
        for row in data.records("ai_adoption")
        if (row["geography"], row["group"]) == ("EU", "all enterprises")
    ]
    return pd.DataFrame(sorted(rows), columns=["year", "share"])


def fitted(**changes) -> Curve:
    """The curve through all points of the survey, below the ceiling of the scenario."""
    points = survey()
    return fit(points.year, points.share, complete(ai_gain, changes)["adoption_ceiling"])


def half_years(**changes) -> tuple[float, float, float]:
    """When half of the firms use AI: by the upper end of the band, by the curve, by the lower end (or infinite)."""
    curve = fitted(**changes)
    # A tenth of a year is finer than anything that four points can say.
    years = np.arange(survey().year.max(), HORIZON + 60, 0.1)
    low, high = curve.band(years)
    first = years[high >= HALF]
    last = years[low >= HALF]
    return (
        float(first[0]) if len(first) else math.inf,
        curve.year(HALF),
        float(last[0]) if len(last) else math.inf,
    )


def adoption_chart(**changes) -> alt.LayerChart:
    """The survey's points, the logistic curve through them and its 90 % band."""
    points, curve = survey(), fitted(**changes)
    years = np.arange(points.year.min(), HORIZON + 1)
    low, high = curve.band(years)
    rows = [
        {"year": int(y), "share": float(s), "low": float(lo), "high": float(hi)}
        for y, s, lo, hi in zip(years, curve.share(years), low, high, strict=True)
    ]
    lines = kinds.lines(
        alt.Data(values=rows),
        x="year",
        y="share",
        x_title="Year",
        y_title="Firms in the EU that use AI (%)",
        low="low",
        high="high",
    )
    # Years are no thousands: without a comma, and only whole ones.
    lines.layer[0].encoding.x.axis = lines.layer[1].encoding.x.axis = alt.Axis(format="d", tickMinStep=1)
    dots = alt.Chart(points).mark_point(filled=True, size=80, color=INK, opacity=1, shape="diamond")
    dots = dots.encode(x="year:Q", y="share:Q")
    early, centre, late = half_years(**changes)
    latest = points.iloc[-1]
    chart = alt.layer(lines, dots, kinds.reference(HALF, "half of all firms", axis="y"))
    return kinds.titled(
        chart.properties(width=WIDTH - 40, height=280),
        _title(early, centre, late),
        f"Diamonds: survey. Line: logistic curve with a ceiling of {number(curve.ceiling)} %. "
        f"Band: its {number(100 * BAND, 0)} % interval.",
        f"{number(latest.share)} % of the EU's firms used AI in {latest.year:.0f}. The curve passes {HALF:.0f} % in "
        f"{_when(centre)}, the upper end of its band in {_when(early)}, the lower end in {_when(late)}. "
        f"Its speed is {number(curve.speed, 2)} a year (90 % interval {number(curve.speed_band[0], 2)} to "
        f"{number(curve.speed_band[1], 2)}).",
    )


def _when(year: float) -> str:
    return "no year" if math.isinf(year) else f"{year:.0f}"


def _title(early: float, centre: float, late: float) -> str:
    """When half of all firms use AI, as a finding."""
    if math.isinf(centre):
        return "The curve never reaches half of all firms"
    between = f"as early as {_when(early)}, or {'never' if math.isinf(late) else f'as late as {_when(late)}'}"
    return f"The curve reaches half of all firms in {_when(centre)}; it may be {between}"


def left_out(**changes) -> pd.DataFrame:
    """Each point of the survey, predicted from the others: year, share, predicted, low, high (percent)."""
    points, ceiling = survey(), complete(ai_gain, changes)["adoption_ceiling"]
    rows = []
    for row in points.itertuples():
        others = points[points.year != row.year]
        curve = fit(others.year, others.share, ceiling)
        low, high = curve.band(row.year, observation=True)
        rows.append((row.year, row.share, float(curve.share(row.year)), float(low), float(high)))
    return pd.DataFrame(rows, columns=["year", "share", "predicted", "low", "high"])


def adoption_test(**changes) -> Table:
    """Does the curve find a point of the survey that it has not seen?"""
    rows = [
        (
            row.year,
            row.share,
            row.predicted,
            row.predicted - row.share,
            *(row.low, row.high),
        )
        for row in left_out(**changes).itertuples()
    ]
    columns = ["Year left out", Column("Survey", 1, unit="%"), Column("Curve through the others", 1, unit="%")]
    columns += [Column("Error, points", signed), Column("90 % interval", 1, of=("Low", "High"), unit="%")]
    return Table(rows, "Does the curve predict a point that it has not seen?", columns)
