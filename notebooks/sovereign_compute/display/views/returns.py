"""How a public return is shown: from the headline down to society's euro, as a distribution, and by what decides it."""

from functools import lru_cache

import altair as alt
import numpy as np

from ...analysis.evaluation import COURSE, COURSE_HEAD, HEADS, MARKS, Bands, Baseline, Evaluation, evaluation_of
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost
from ...models.parts.constants import PERCENT
from .. import kinds
from ..charts import BLUE, CONFIG, ORANGE, VIEWS, WIDTH, View

LOSS, GAIN = "less than it costs", "more than it costs"
EDGES = 10.0 ** np.linspace(-2, 3, 21)
"""Bins of the distribution; 1 is one of the edges. What lies outside is counted in the first or the last bin."""


def _steps(values: dict, result) -> list[tuple[str, float]]:
    """From the published ratio to the final one, each step with what is left of the euro (EUR per EUR)."""
    published = values["published_ratio"]
    gain = published * values["value_added_share"] * PERCENT
    due = gain * values["attribution"] * PERCENT
    extra = due * values["additionality"] * PERCENT
    before_taxes = result.ratio * (1 + values["public_funds_cost"] * PERCENT)
    return [
        ("As published", published),
        ("Only the gain to society", gain),
        ("… due to the machine", due),
        ("… and not coming anyway", extra),
        ("… in today's money", before_taxes),
        ("… after the cost of taxes", result.ratio),
    ]


def _return_rows(evaluation: Evaluation) -> dict[str, list]:
    """The six steps, then the draws in bins, which are drawn only."""
    rows = {key: [] for key in ("part", "item", "value", "label", "course", "start", "end", "kind")}

    def add(*cells):
        for column, cell in zip(rows.values(), cells, strict=True):
            column.append(cell)

    for (item, value), (_, own) in zip(
        _steps(evaluation.values, evaluation.result),
        _steps(evaluation.baseline.values, evaluation.baseline.result),
        strict=True,
    ):
        add("step", item, value, number(value, 2 if value < 10 else 1), own, 0.0, 0.0, "")
    if evaluation.bands:
        shares = _shares(evaluation.bands), _compared_shares(evaluation.baseline)
        for start, end, share, own in zip(EDGES, EDGES[1:], *shares, strict=False):
            add("draws", None, share, "", own, float(start), float(end), GAIN if start >= 1 else LOSS)
    return rows


def _shares(bands: Bands) -> list[float]:
    draws = np.clip(bands.simulation.draws["ratio"], EDGES[0], EDGES[-1] * (1 - 1e-12))
    return [float(share) for share in 100 * np.histogram(draws, EDGES)[0] / len(draws)]


@lru_cache(maxsize=8)
def _compared_shares(compared: Baseline) -> list[float]:
    return _shares(compared.bands)


def _return_chart(rows) -> alt.VConcatChart:
    """Above what is left of the published ratio step by step, below where the draws lie, on a scale of their own."""
    steps = kinds.bars(rows, category="item", value="value", label="label", course="course", title="EUR per public EUR")
    # The axis ends with the draws, but is never narrower than from a tenth to ten.
    base = alt.Chart(rows).transform_filter("datum.part == 'draws' && max(datum.value, datum.course) > 0.1")
    scale = alt.Scale(type="log", nice=False)
    axis = alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000], format=",~g")
    across = alt.X("start:Q", title="EUR returned per public EUR (logarithmic)", scale=scale, axis=axis)
    colours = alt.Scale(domain=[LOSS, GAIN], range=[ORANGE, BLUE])
    bars = base.mark_bar(stroke="white", strokeWidth=0.5).encode(
        x=across,
        x2="end:Q",
        y=alt.Y("value:Q", title="Share of the draws (%)"),
        y2=alt.datum(0),
        color=alt.Color("kind:N", scale=colours, legend=None),
    )
    one = alt.Chart(alt.Data(values=[{"at": 1, "loss": LOSS, "gain": GAIN}])).encode(x="at:Q")
    names = [
        one.mark_text(align=side, dx=dx, fontSize=12).encode(y=alt.value(-14), text=f"{which}:N")
        for side, which, dx in (("right", "loss", -8), ("left", "gain", 8))
    ]
    least = alt.Chart(alt.Data(values=[{"at": 0.1}, {"at": 10}])).mark_point(opacity=0).encode(x="at:Q")
    line = one.mark_rule(strokeDash=[6, 4], strokeWidth=2)
    return alt.vconcat(
        steps.transform_filter("datum.part == 'step'"),
        alt.layer(bars, least, line, *names).properties(width=WIDTH, height=150),
        title=alt.Title(
            "What is left of a published return, step by step",
            subtitle=[
                f"Number: your scenario. Dashed outline: {COURSE}.",
                "Below: the result when all assumptions vary within their ranges.",
            ],
        ),
        spacing=28,
        config=CONFIG,
    )


def left_over(value: float) -> str:
    """A ratio as far as three guessed shares carry it: with two figures, with one below a tenth."""
    return number(value, -2 if value >= 0.1 else -1)


def pays_in(simulation) -> str:
    """In how many of the draws a public return is above one, to the nearest 5 %: guesses carry no more."""
    share = 5 * round(20 * simulation.probability("net_value", above=0))
    if share == 0:
        return "hardly any draw"
    return "nearly all draws" if share == 100 else f"about {number(share, 0)} % of the draws"


def _return_sentence(evaluation: Evaluation) -> str:
    result, printed = evaluation.result, number(evaluation.values["published_ratio"])
    if evaluation.bands:
        low, high = (left_over(end) for end in evaluation.bands["ratio"])
        said = (
            f"Of {printed} published euros {low} to {high} are left in nine draws of ten. At the values set here "
            f"{left_over(result.ratio)} is left, and the machine returns more than it costs in "
            f"{pays_in(evaluation.bands.simulation)}."
        )
    else:
        said = f"Of {printed} published euros {left_over(result.ratio)} is left."
    return f"{said} {_credit(result)}{evaluation.against(left_over(evaluation.baseline.result.ratio))}"


def _credit(result) -> str:
    if result.break_even > 100:
        return "It would not pay even if all of the benefit were due to it."
    return (
        f"It pays once attribution × additionality reaches {number(result.break_even, 1)} %; here it is "
        f"{number(result.credited, 1)} %."
    )


VIEWS["public_return"] = View(
    _return_chart,
    _return_rows,
    _return_sentence,
    {"item": "What", "value": "EUR per public EUR", "course": COURSE_HEAD},
    band=False,
)


# Benefits with a price ---------------------------------------------------------------------------------------------

CLASSES = ("publications", "training", "suppliers")


def _counted_rows(evaluation: Evaluation) -> dict[str, list]:
    """The classes and the cost, in million EUR of today."""
    return evaluation.bars({id: evaluation.model.output(id).label for id in (*CLASSES, "cost")})


def _counted_chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, title="Million EUR in today's money, over the life of the machine")
    return kinds.titled(chart, "Benefits that have a price, and the cost", MARKS)


def _counted_sentence(evaluation: Evaluation) -> str:
    result, band = evaluation.result, evaluation.band("ratio", 2)
    rented = evaluation_of(gpu_hour_cost, band=False).result
    rent = rented.cloud * rented.yearly_cost / rented.total
    moved = evaluation.against(number(evaluation.baseline.result.ratio, 2))
    if result.missing <= 0:
        rest = "That alone pays for the machine."
    else:
        rest = (
            f"For the machine to pay, all other use must be worth {number(result.missing, 0)} million EUR a year. "
            f"That is {number(100 * result.missing / rent, 0)} % of what a cloud would charge for the same hours."
        )
    return f"Benefits that have a price return {number(result.ratio, 2)} EUR per public euro{band}. {rest}{moved}"


VIEWS["counted_benefits"] = View(
    _counted_chart,
    _counted_rows,
    _counted_sentence,
    {"item": "What", "value": "Million EUR", **HEADS},
)
