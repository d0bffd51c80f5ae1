"""How an indicator and its goal are shown: both as a share of what they are without pressure."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number, quantity
from .. import kinds
from ..charts import VIEWS, WIDTH, View
from .policy import room


def _rows(evaluation: Evaluation) -> dict[str, list]:
    rows = {key: [] for key in ("item", "value", "course")}
    for id in ("grants", "grants_without", "saved", "saved_without"):
        rows["item"].append(evaluation.model.output(id).label)
        rows["value"].append(float(getattr(evaluation.result, id)))
        rows["course"].append(float(getattr(evaluation.baseline.result, id)))
    return rows


def _chart(rows) -> alt.LayerChart:
    chart = kinds.bars(rows, category="item", value="value", course="course", title="Start-ups", text=",.0f")
    chart = alt.layer(*chart.layer, room(alt.Chart(rows), 0.15), data=rows).properties(
        width=WIDTH - 220, height=alt.Step(24)
    )
    return kinds.titled(chart, "Start-ups with a grant, and start-ups saved", f"Dashed outline: {COURSE}.")


def _sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    moved = evaluation.against(f"{number(evaluation.baseline.result.saved, 0)} saved")
    return (
        f"The indicator counts {quantity(result.grants, 'company', 0)} with a grant instead of "
        f"{number(result.grants_without, 0)}. The programme saves {quantity(result.saved, 'company', 0)} instead of "
        f"{number(result.saved_without, 0)}. For {number(result.enough, 0)} % of start-ups the rewarded grant is "
        f"enough.{moved}"
    )


VIEWS["indicator_game"] = View(
    _chart, _rows, _sentence, {"item": "What", "value": "Start-ups", "course": COURSE_HEAD}, band=False
)
