"""How three strategies before a disruption are shown: their cost, where the cheapest changes, and what one regrets."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number
from ...models.independence import STRATEGIES, surcharges
from .. import kinds
from ..charts import VIEWS, View

PARTS = ["Paid for sure", "Price rises", "Disruptions"]
"""What a strategy pays for being prepared; its hold-up; the expected loss by disruptions with its risk premium."""


def shares(evaluation: Evaluation) -> dict[str, float]:
    """In how many of the draws each strategy is the cheapest, in percent; empty where no band was asked for."""
    if not evaluation.bands:
        return {}
    return {id: 100 * share for id, share in evaluation.bands.simulation.least(STRATEGIES).items()}


def _value_rows(evaluation: Evaluation) -> dict[str, list]:
    rows = {key: [] for key in ("strategy", "part", "value", "total", "course", "cheapest")}
    # What is paid whatever happens; all beyond it is the price of disruptions.
    sure = {"stay": 0.0, "keep": evaluation.values["exit_readiness"], "buy": float(evaluation.result.asked)}
    risen = surcharges(evaluation.values)
    cheapest = shares(evaluation)
    for id, name in STRATEGIES.items():
        total = float(getattr(evaluation.result, id))
        for part, value in zip(PARTS, (sure[id], risen[id], total - sure[id] - risen[id]), strict=True):
            rows["strategy"].append(name)
            rows["part"].append(part)
            rows["value"].append(float(value))
            rows["total"].append(total)
            rows["course"].append(float(getattr(evaluation.baseline.result, id)))
            rows["cheapest"].append(round(cheapest[id], 1) if cheapest else "")
    return rows


def _value_chart(rows) -> alt.LayerChart:
    chart = kinds.summed(
        rows, category="strategy", value="value", part="part", parts=PARTS, title="Million EUR a year", text=".2f"
    )
    return kinds.titled(chart, "What each strategy costs", f"Bold: your scenario, in all. Dashed outline: {COURSE}.")


def _value_sentence(evaluation: Evaluation) -> str:
    result, values, band = evaluation.result, evaluation.values, evaluation.band("worth", 2)
    first, second, third = sorted(STRATEGIES, key=lambda id: getattr(result, id))
    often = shares(evaluation)
    drawn = f" and is the cheapest in {number(often[first], 0)} % of the draws" if often else ""
    others = " and ".join(f"“{STRATEGIES[id]}” costs {number(getattr(result, id), 2)}" for id in (second, third))
    moved = evaluation.against(f"a worth of {number(evaluation.baseline.result.worth, 2)}")
    # The risk premium is an approximation for small risks.
    large = result.one_loss > values["wealth"] / 3
    caution = " One disruption is large against the wealth: the risk premium is only a hint here." if large else ""
    return (
        f"“{STRATEGIES[first]}” costs {number(getattr(result, first), 2)} million EUR a year{drawn}; {others}. As an "
        f"insurance, independence is worth {number(result.worth, 2)} million EUR a year{band}, or "
        f"{number(result.fair_premium, 1)} % of the spending on cloud. {_from(result.break_even_probability)}"
        f"{caution}{moved}"
    )


def _from(probability: float) -> str:
    if probability > 100:
        return "No probability of a disruption makes buying cheaper than staying."
    digits = int(probability < 10)
    if number(probability, digits) == number(0, digits):
        return "Buying is cheaper than staying even if a disruption hardly ever comes."
    return (
        f"Buying is cheaper than staying once the probability of a disruption is above {number(probability, digits)} % "
        "a year."
    )


VIEWS["independence_value"] = View(
    _value_chart,
    _value_rows,
    _value_sentence,
    {
        "strategy": "Strategy",
        "part": "Part",
        "value": "Million EUR a year",
        "total": "In all",
        "course": f"{COURSE_HEAD}, in all",
        "cheapest": "Cheapest, % of the draws",
    },
    band=False,
)
