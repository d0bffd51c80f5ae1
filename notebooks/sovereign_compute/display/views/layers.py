"""How independence by layer is shown: the dial of the mean, three settings of it side by side."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number
from ...models.layers import independence
from ...models.parts.services import SHORT
from .. import kinds
from ..charts import VIEWS, View
from ..prose import the


def weights_of_layers(values: dict) -> list[float]:
    return [value for id, value in values.items() if id != "substitution_exponent"]


def _ends(values: dict) -> list[list[float]]:
    """Low, middle and high of each service in percent."""
    low, middle, high = (
        independence(weights_of_layers(values), values["substitution_exponent"], end) for end in range(3)
    )
    return [[100 * float(x) for x in ends] for ends in zip(low, middle, high, strict=True)]


def _layer_rows(evaluation: Evaluation) -> dict[str, list]:
    low, value, high = zip(*_ends(evaluation.values), strict=True)
    return {
        "service": list(SHORT.values()),
        "value": list(value),
        "low": list(low),
        "high": list(high),
        "course": [float(x) for x in evaluation.baseline.result],
    }


def _layer_chart(rows) -> alt.LayerChart:
    return kinds.titled(
        kinds.banded(rows, category="service", title="% of full independence", text=".0f", domain=[0, 100]),
        "How independent is each service, over all its layers?",
        f"Line: what the evidence leaves open. Dashed outline: {COURSE}.",
    )


def _way(exponent: float) -> str:
    if exponent == 0:
        return "the geometric mean"
    return "the weighted mean" if exponent == 1 else f"an exponent of {number(exponent)}"


def _apart(first: str, ends: dict[str, list[float]]) -> str:
    """From how many services the evidence tells the most independent one apart."""
    others = [name for name in ends if name != first]
    near = [name for name in others if ends[name][2] >= ends[first][0]]
    if not near:
        return f"The evidence is good enough to tell {the(first)} apart from all others."
    which = "any other service" if len(near) == len(others) else f"{len(near)} of the {len(others)} others"
    return f"The evidence is too uncertain to tell {the(first)} apart from {which}."


def _layer_sentence(evaluation: Evaluation) -> str:
    ends = dict(zip(SHORT.values(), _ends(evaluation.values), strict=True))
    order = sorted(ends, key=lambda name: -ends[name][1])
    first, last = order[0], order[-1]
    before = dict(zip(SHORT.values(), evaluation.baseline.result, strict=True))
    moved = (
        f" {evaluation.baseline.within} {the(first)} has {number(before[first], 0)} %." if evaluation.differs else ""
    )
    told = {name: f"{number(v, 0)} % ({number(low, 0)} to {number(high, 0)})" for name, (low, v, high) in ends.items()}
    return (
        f"With {_way(evaluation.values['substitution_exponent'])}, {the(first)} has {told[first]} of full independence "
        f"and {the(last)} {told[last]}. {_apart(first, ends)}{moved}"
    )


VIEWS["layer_independence"] = View(
    _layer_chart,
    _layer_rows,
    _layer_sentence,
    {
        "service": "Service",
        "value": "% of full independence",
        "low": "Least",
        "high": "Most",
        "course": COURSE_HEAD,
    },
    band=False,
)
