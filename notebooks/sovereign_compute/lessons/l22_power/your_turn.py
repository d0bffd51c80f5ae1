"""Notebook 22, *Your turn*: what counts more for the CO2 of a computation, the chip or the grid."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number


def _machines(back: int = 0) -> pd.DataFrame:
    """The first fifty of the newest list, as in the first cell, or of one so many lists back."""
    machines = frames.data("top500")
    return machines[machines.list == sorted(machines.list.unique())[-1 - back]]


def _grids(back: int = 0) -> pd.DataFrame:
    """The grids of the newest year, as in the first cell, or of one so many years back."""
    grids = frames.data("grid_carbon")
    return grids[grids.year == grids.year.max() - back]


def carbon_of_work() -> pd.Series:
    """The solution of 22.T1, in kg CO2 per hour for each PFLOP/s."""
    machines, grids = _machines(), _grids()  # cell
    known = machines[machines.power_kw.notna()].merge(grids, left_on="country", right_on="place")
    known["kg"] = known.power_kw * known.carbon_g_per_kwh / 1000
    sums = known.groupby("country")[["kg", "rmax_pflops"]].sum()
    return sums.kg / sums.rmax_pflops


def chip_and_grid() -> alt.Chart:
    """The solution of 22.T2."""
    machines, grids = _machines(), _grids()  # cell
    known = machines[machines.power_kw.notna()].merge(grids, left_on="country", right_on="place")
    return (
        alt.Chart(known, title="Grids differ by far more than machines do")
        .mark_point()
        .encode(
            x=alt.X("gflops_per_watt", title="Efficiency, GFLOPS per watt"),
            y=alt.Y("carbon_g_per_kwh", title="Grid, g CO2 per kWh"),
            size=alt.Size("rmax_pflops", title="PFLOP/s"),
            color=alt.Color("eu27", title="In the EU"),
        )
    )


def _work_in_words() -> str:
    carbon, work = (
        sums["Germany"] / sums["Finland"] for sums in (carbon_of_work(), _ratio(_joined(), "rmax_pflops", "power_kw"))
    )
    return (
        f"In Germany each PFLOP/s causes {number(carbon, 1)} times as much CO2 as in Finland. Yet JUPITER in Germany "
        f"does {number(work, 1)} times as many operations per watt as LUMI, the older machine in Finland. The grid "
        "counts for more than the chip."
    )


def _spread(column: pd.Series) -> float:
    return column.quantile(0.9) / column.quantile(0.1)


def _spread_in_words() -> str:
    known = _joined()
    return (
        "Leave out the highest and the lowest tenth of the machines. Efficiency then differs by a factor of "
        f"{number(_spread(known.gflops_per_watt), 1)}, and the grids by a factor of "
        f"{number(_spread(known.carbon_g_per_kwh), 1)}. A better place saves more than a better machine; what one more "
        "consumer adds to a clean grid is another question."
    )


# What usual mistakes give


def _joined(machines: pd.DataFrame | None = None, grids: pd.DataFrame | None = None) -> pd.DataFrame:
    """Machines with power, each with its grid and its kg of CO2 per hour."""
    machines, grids = _machines() if machines is None else machines, _grids() if grids is None else grids
    known = machines[machines.power_kw.notna()].merge(grids, left_on="country", right_on="place")
    return known.assign(kg=known.power_kw * known.carbon_g_per_kwh / 1000)


def _ratio(known: pd.DataFrame, above: str = "kg", below: str = "rmax_pflops") -> pd.Series:
    sums = known.groupby("country")[[above, below]].sum()
    return sums[above] / sums[below]


def _each(middle: str) -> pd.Series:
    known = _joined()
    return (known.kg / known.rmax_pflops).groupby(known.country).agg(middle)


def _with_all_machines() -> pd.Series:
    """Machines without power count in the performance all the same."""
    return (_joined().groupby("country").kg.sum() / _machines().groupby("country").rmax_pflops.sum()).dropna()


def _chart_of(known: pd.DataFrame) -> alt.Chart:
    """The chart of 22.T2 with other rows."""
    return (
        alt.Chart(known)
        .mark_point()
        .encode(x="gflops_per_watt", y="carbon_g_per_kwh", size="rmax_pflops", color="eu27")
    )


def _with_the_mean_of_the_eu() -> pd.DataFrame:
    """The EU's mean grid for its members."""
    eu = _grids().set_index("place").carbon_g_per_kwh["EU"]
    known = _joined()
    known["kg"] = known.kg.where(~known.eu27, known.power_kw * eu / 1000)
    return known


TASKS = (
    Task(
        id="22.T1",
        question=(
            "How much CO2 does a computation cause, by country? Take the machines whose power is known. Give kg of CO2 "
            "per hour for each PFLOP/s (rmax_pflops): a Series with the countries as labels."
        ),
        expected=carbon_of_work,
        finding=_work_in_words,
        hints=(
            "Power in kW times grams per kWh is grams per hour. Leave out machines without power before you add.",
            "A country's ratio is the sum of its CO2 over the sum of its PFLOP/s, not the mean of the ratios.",
        ),
        mistakes=(
            (
                lambda: _each("mean"),
                "That is a mean of ratios: a small machine counts as much as a large one. Add first, then divide.",
            ),
            (lambda: _each("median"), "That is a median of ratios. Add CO2 and performance, then divide the sums."),
            (lambda: _each("min"), "That is the best machine of each country; all of them together are asked for."),
            (
                _with_all_machines,
                "Machines without power are in the performance, but not in the CO2. Leave them out of both.",
            ),
            (
                lambda: _ratio(_joined(grids=_grids(1))),
                "That is the grid of the year before; use the newest year.",
            ),
            (
                lambda: _ratio(_joined(grids=frames.data("grid_carbon"))),
                "Each machine is in it once for each year of the grid: the join multiplied it. Choose one year first.",
            ),
            (
                lambda: _ratio(_joined(frames.data("top500"))),
                "Machines of all lists are added, most of them many times. Choose one list first.",
            ),
            (
                lambda: _ratio(_joined(_machines(1))),
                "That is the list before the newest one.",
            ),
            (lambda: _ratio(_joined(), below="rpeak_pflops"), "That is per declared peak; rmax_pflops is measured."),
            (lambda: _ratio(_joined(), above="power_kw"), "That is kW for each PFLOP/s; the grid is missing."),
            (
                lambda: _ratio(_joined(), below="power_kw"),
                "That is CO2 for each kilowatt-hour. Divide by performance, not by power.",
            ),
            (
                lambda: _ratio(_with_the_mean_of_the_eu()),
                "You took the mean of the EU for its members; each country has a grid of its own in the table.",
            ),
            (
                lambda: _joined().groupby("country").kg.sum(),
                "Those are kg per hour of all machines of a country. Divide by their performance.",
            ),
            (lambda: _ratio(_joined(_machines().query("eu27"))), "Only machines in the EU are in it."),
        ),
    ),
    Task(
        id="22.T2",
        question=(
            "Which differs more between machines, efficiency or grid? Draw the machines of 22.T1 as points: "
            "gflops_per_watt along one axis, carbon_g_per_kwh along the other, rmax_pflops by size and eu27 by colour. "
            "State the finding as title."
        ),
        expected=chip_and_grid,
        finding=_spread_in_words,
        hints=(
            "Join machines and grids as in the first cell, and leave out the machines without power.",
            "Both axes can begin at zero; then a factor can be seen.",
        ),
        mistakes=(
            (
                lambda: _chart_of(_joined(grids=_grids(1))),
                "That is the grid of the year before; use the newest year.",
            ),
            (
                lambda: _chart_of(_joined(grids=frames.data("grid_carbon"))),
                "Each machine is in it once for each year of the grid: the join multiplied it. Choose one year first.",
            ),
            (lambda: _chart_of(_joined(_machines().query("eu27"))), "Only machines in the EU are in it."),
        ),
    ),
)
