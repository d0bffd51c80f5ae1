"""How an indicator and its goal are shown: both as a share of what they are without pressure."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Reading
from ...analysis.settings import complete
from ...inputs.wording import number, quantity
from ...models.indicator import indicator_game
from .. import kinds
from ..charts import VIEWS, WIDTH, View
from .policy import room

NAMES = ["indicator: start-ups with a grant", "goal: start-ups saved"]


def _rows(reading: Reading) -> dict[str, list]:
    rows = {key: [] for key in ("item", "value", "course")}
    for id in ("grants", "grants_without", "saved", "saved_without"):
        rows["item"].append(reading.model.output(id).label)
        rows["value"].append(float(getattr(reading.result, id)))
        rows["course"].append(float(getattr(reading.compared.result, id)))
    return rows


def _chart(rows) -> alt.LayerChart:
    chart = kinds.bars(rows, category="item", value="value", course="course", title="Start-ups", text=",.0f")
    chart = alt.layer(*chart.layer, room(alt.Chart(rows), 0.15), data=rows).properties(
        width=WIDTH - 220, height=alt.Step(24)
    )
    return kinds.titled(chart, "What is counted, and what is meant", f"Diamond: {COURSE}.")


def _sentence(reading: Reading) -> str:
    result = reading.result
    moved = reading.against(f"{number(reading.compared.result.saved, 0)} saved")
    return (
        f"The indicator reads {quantity(result.grants, 'company', 0)} with a grant instead of "
        f"{number(result.grants_without, 0)}; the goal reaches {number(result.saved, 0)} saved instead of "
        f"{number(result.saved_without, 0)}. The rewarded grant is enough for {number(result.enough, 0)} % of "
        f"them.{moved}"
    )


VIEWS["indicator_game"] = View(
    _chart, _rows, _sentence, {"item": "What", "value": "Start-ups", "course": COURSE_HEAD}, band=False
)


def _curve(values: dict) -> list[dict]:
    """Indicator and goal over the pressure, each in percent of its value without pressure."""
    rows = []
    for pressure in range(0, 101, 5):
        found = indicator_game(**{**values, "kpi_pressure": float(pressure)})
        rows.append({"pressure": pressure, "series": NAMES[0], "index": _share(found.grants, found.grants_without)})
        rows.append({"pressure": pressure, "series": NAMES[1], "index": _share(found.saved, found.saved_without)})
    return rows


def _share(now: float, without: float) -> float:
    return 100 * now / without if without else 100.0


def indicator_chart(**changes) -> alt.LayerChart:
    """Indicator and goal as the pressure rises."""
    rows = _curve(complete(indicator_game, changes))
    chart = kinds.lines(
        alt.Data(values=rows),
        x="pressure",
        y="index",
        x_title="Hours steered by the indicator (%)",
        y_title="% of the value without pressure",
        series="series",
        names=NAMES,
        log_y=True,
    ).properties(width=WIDTH - 190)
    last = {row["series"]: row["index"] for row in rows[-2:]}
    return kinds.titled(
        chart,
        "The indicator rises, the goal falls",
        "All hours under pressure at the right, none at the left.",
        f"With all hours under pressure the indicator stands at {number(last[NAMES[0]], 0)} % and the goal at "
        f"{number(last[NAMES[1]], 0)} % of what they are without.",
    )
