"""How the right to leave is shown: what it is worth and costs, and how that falls when both services fall together."""

import altair as alt
import numpy as np

from ...analysis.evaluation import HEADS, MARKS, Reading, read
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
from ...models.exit import exit_option
from .. import kinds
from ..charts import VIEWS, View

SHOWN = {"option": "The right to move", "independent": "… if the values were unrelated", "readiness": "Readiness costs"}


def _exit_rows(reading: Reading) -> dict[str, list]:
    return reading.bars(SHOWN)


def _exit_chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, title="Million EUR", text=".2f")
    return kinds.titled(chart, "What an exit kept open is worth", MARKS)


def _exit_sentence(reading: Reading) -> str:
    result, years, band = reading.result, reading.values["option_years"], reading.band("option", 1)
    moved = reading.against(number(reading.compared.result.option, 2))
    pays = "pays" if result.option > result.readiness else "does not pay"
    return (
        f"The right to move within {number(years)} years is worth {number(result.option, 2)} million EUR{band}; "
        f"keeping it costs {number(result.readiness, 2)}, so by itself it {pays}. If the two values were "
        f"unrelated it would be worth {number(result.independent, 2)}.{moved}"
    )


VIEWS["exit_option"] = View(
    _exit_chart,
    _exit_rows,
    _exit_sentence,
    {"item": "What", "value": "Million EUR", **HEADS},
)


def exit_chart(**changes) -> alt.LayerChart:
    """The worth of the exit over the correlation of the two services, for a calm, a usual and a stormy world."""
    values = read(exit_option, changes, band=False).values
    a, b = get("value_correlation"), get("foreign_volatility")
    walk = np.linspace(a.hard_min, a.hard_max, 39)
    worlds = {f"{name} ({number(at)} %)": at for name, at in (("calm", b.low), ("usual", b.value), ("stormy", b.high))}
    curves = {
        name: exit_option(**{**values, a.id: walk, b.id: volatility}).option for name, volatility in worlds.items()
    }
    rows = [
        {"correlation": float(x), "option": float(y), "world": name}
        for name, curve in curves.items()
        for x, y in zip(walk, curve, strict=True)
    ]
    cost = exit_option(**values).readiness
    chart = kinds.lines(
        alt.Data(values=rows),
        x="correlation",
        y="option",
        x_title="Correlation of the two values (1: they fall together)",
        y_title="Worth of the right to move (million EUR)",
        series="world",
        names=list(worlds),
    )
    # At the right end the lower two lie so close that their names would meet.
    lowest, _, highest = sorted(worlds, key=lambda name: curves[name][-1])
    chart.layer[-1].mark.dy = alt.expr(f"datum.world == {lowest!r} ? 5 : datum.world == {highest!r} ? 0 : -5")
    calm, usual, stormy = curves.values()
    middle = len(walk) // 2
    return kinds.titled(
        alt.layer(chart, kinds.reference(cost, f"readiness costs {number(cost, 1)}", axis="y")),
        "An exit onto the same chips is worth less",
        f"One line each for how much the foreign value changes in a year ({b.label.lower()}).",
        f"At usual uncertainty the right to move is worth {quantity(usual[0], 'MEUR', 2)} at a correlation of "
        f"{number(walk[0], 2)} and {quantity(usual[-1], 'MEUR', 2)} at {number(walk[-1], 2)}; keeping it costs "
        f"{quantity(cost, 'MEUR', 1)}. At a correlation of {number(walk[middle], 2)} it is worth "
        f"{number(calm[middle], 2)} in the calm world and {number(stormy[middle], 2)} in the stormy one.",
    )
