"""How a belief in disruptions is shown: before and after counting, and under different readings of the list."""

import altair as alt

from ...analysis.evaluation import COURSE, HEADS, Evaluation
from ...inputs.wording import number, quantity
from ...models.belief import interval, updated
from .. import kinds
from ..charts import VIEWS, View

AXIS = "Probability of a disruption (% a year)"


def after_events(v: dict[str, float]) -> tuple:
    """The Beta distribution after counting, from the inputs of ``disruption_belief``."""
    return updated(v["prior_events"], v["prior_years"], v["observed_events"], v["observed_years"])


def _belief_rows(evaluation: Evaluation) -> dict[str, list]:
    before = evaluation.values["prior_events"], evaluation.values["prior_years"]
    lows, highs = zip(interval(*before), interval(*after_events(evaluation.values)), strict=True)
    return {
        "when": ["Before counting", "After counting"],
        "value": [float(evaluation.result.prior), float(evaluation.result.mean)],
        "low": list(lows),
        "high": list(highs),
        "course": [float(evaluation.baseline.result.prior), float(evaluation.baseline.result.mean)],
    }


def _belief_chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, category="when", title=AXIS, text=".1f", step=30)
    return kinds.titled(chart, "How likely a disruption is", f"Line: 90 % of the belief. Dashed outline: {COURSE}.")


def _belief_sentence(evaluation: Evaluation) -> str:
    v, result = evaluation.values, evaluation.result
    low, high = interval(*after_events(v))
    moved = evaluation.against(f"{number(evaluation.baseline.result.mean, 1)} %")
    counted = f"{_counted(v['observed_events'])} in {quantity(v['observed_years'], 'year')}"
    return (
        f"You count {counted}: a disruption then has a probability of {number(result.mean, 1)} % a year (90 % range "
        f"{number(low, 1)} to {number(high, 1)}). Before, it was {number(result.prior, 1)} %. The chance of at least "
        f"one within {quantity(v['planning_years'], 'year')} is {number(result.ever, 0)} %.{moved}"
    )


def _counted(events: float) -> str:
    return f"{number(events)} year{'' if events == 1 else 's'} with an event"


VIEWS["disruption_belief"] = View(
    _belief_chart, _belief_rows, _belief_sentence, {"when": "Belief", "value": "% a year", **HEADS}, band=False
)
