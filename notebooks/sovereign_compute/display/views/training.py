"""How training is shown: weeks as a distribution and by share of the machine, size against the scaling laws."""

import math

import altair as alt
import numpy as np

from ...analysis.evaluation import COURSE, COURSE_HEAD, QUANTILES, Evaluation, ranged
from ...analysis.settings import complete
from ...analysis.simulation import simulate
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number, quantity
from ...models.parts.constants import (
    PERCENT,
)
from ...models.training import FEW_WEEKS, optimum, training_time
from .. import kinds
from ..charts import BLUE, VIEWS, WIDTH, View

SOON, LATE = f"within {FEW_WEEKS:.0f} weeks", "longer"
PALE = "#b8b8b8"  # the lines over these bars are black
BINS_PER_DOUBLING = 3
COLUMNS = ("item", "kind", "start", "end", "share", "mark")
AS_PUBLIC = "As other public machines did"
TOP = alt.Legend(orient="top", offset=24)  # clear of the number above a line


def _weeks(weeks: float) -> str:
    return number(weeks, 1 if weeks < 100 else 0)


def _edges(draws: np.ndarray) -> np.ndarray:
    """Bins that double every three, with one edge at the end of the few weeks."""
    ends = np.log2(np.quantile(draws, (0.002, 0.998)) / FEW_WEEKS) * BINS_PER_DOUBLING
    return FEW_WEEKS * 2.0 ** (np.arange(math.floor(ends[0]), math.ceil(ends[1]) + 1) / BINS_PER_DOUBLING)


def as_public(values: dict[str, float]) -> dict[str, float] | None:
    """The same run on the same machine, used as public machines with such chips have been.

    None for other chips or another number of them, and where the scenario says the same already.
    """
    public = complete(training_time, presets("training_time")["public"]["values"])
    if any(values[id] != public[id] for id in ("gpus", "chip_peak")):
        return None
    changed = {**values, **{id: public[id] for id in ("model_flop_utilisation", "precision", "goodput")}}
    return None if changed == values else changed


def soon(values: dict[str, float]) -> float:
    """Percent of the draws around these values in which the run is done within the few weeks."""
    return 100 * simulate(training_time, values).probability("weeks", below=FEW_WEEKS)


def _time_rows(evaluation: Evaluation) -> dict[str, list]:
    """One row per bin, which is drawn only; then what the table lists: the scenario, the other one, and quantiles."""
    bins = bin_rows(evaluation.bands.simulation.draws["weeks"]) if evaluation.bands else {key: [] for key in COLUMNS}
    rows, top = {key: [] for key in COLUMNS}, highest(bins)

    def listed(item: str, weeks: float, mark: str):
        cells = item, _done(weeks), weeks, weeks, top, mark
        for column, cell in zip(rows.values(), cells, strict=True):
            column.append(cell)

    for item, result, mark in (
        ("Your scenario", evaluation.result, "scenario"),
        (evaluation.baseline.head, evaluation.baseline.result, "course"),
    ):
        listed(item, float(result.weeks), mark)
    if public := as_public(evaluation.values):
        listed(AS_PUBLIC, float(training_time(**public).weeks), "public")
    for name, share in QUANTILES.items():
        if evaluation.bands:
            listed(name, float(evaluation.bands.simulation.quantile("weeks", share)), "told")
    return stacked(bins, rows)


def _done(weeks: float) -> str:
    return SOON if weeks <= FEW_WEEKS else LATE


def bin_rows(draws: np.ndarray) -> dict[str, list]:
    """The draws in bins, as rows of the chart; `browser/bins.py` has the same for a page, and for the two below."""
    edges = _edges(draws)
    shares = (100 * np.histogram(draws, edges)[0] / len(draws)).tolist()
    kinds_of = [SOON if end <= FEW_WEEKS * (1 + 1e-9) else LATE for end in edges[1:]]
    columns = ([None] * len(shares), kinds_of, edges[:-1].tolist(), edges[1:].tolist(), shares, ["bin"] * len(shares))
    return dict(zip(COLUMNS, columns, strict=True))


def highest(bins: dict[str, list]) -> float:
    """The share of the fullest bin."""
    return max(bins["share"], default=0.0)


def stacked(first: dict[str, list], then: dict[str, list]) -> dict[str, list]:
    """The rows of one table above those of another with the same columns."""
    return {key: [*first[key], *then[key]] for key in first}


def _time_chart(rows) -> alt.LayerChart:
    base = alt.Chart(rows)
    scale = alt.Scale(type="log", nice=False)
    axis = alt.Axis(values=[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096], format=",.0f", grid=False)
    across = alt.X("start:Q", title="Weeks (each mark twice the one before)", scale=scale, axis=axis)
    up = alt.Y("share:Q", title="Share of the draws (%)")
    look = alt.Color("kind:N", title="Done", scale=alt.Scale(domain=[SOON, LATE], range=[BLUE, PALE]), legend=TOP)
    bars = base.transform_filter("datum.mark == 'bin'").mark_bar(stroke="white", strokeWidth=0.5)
    bars = bars.encode(x=across, x2="end:Q", y=up, y2=alt.datum(0), color=look)
    scenario = base.transform_filter("datum.mark == 'scenario'")
    line = scenario.mark_rule(strokeWidth=2.5).encode(x=across)
    label = (
        scenario.transform_calculate(text="format(datum.start, datum.start < 100 ? '.1f' : ',.0f') + ' weeks'")
        .mark_text(dy=-4, baseline="bottom", fontSize=13, fontWeight="bold")
        .encode(x=across, y=alt.value(0), text="text:N")
    )
    course = base.transform_filter("datum.mark == 'course'")
    course = kinds.diamond(course, 70).encode(x=across, y=alt.datum(0))
    public = base.transform_filter("datum.mark == 'public'").mark_rule(strokeWidth=2.5, strokeDash=[6, 4])
    return kinds.titled(
        alt.layer(bars, line, label, public.encode(x=across), course).properties(width=WIDTH, height=240),
        "How long the final run takes",
        [
            f"Bars: what the ranges allow. Line: your scenario. Diamond: {COURSE}.",
            "Dashed: JUPITER used as other public machines with such chips were.",
        ],
    )


def _time_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    band = chance = elsewhere = ""
    if evaluation.bands:
        early = 100 * evaluation.bands.simulation.probability("weeks", below=FEW_WEEKS)
        band = ranged(*map(_weeks, evaluation.bands["weeks"]))
        chance = f" In {number(early, 0)} % of the draws it ends within {number(FEW_WEEKS, 0)} weeks."
        if public := as_public(evaluation.values):
            share = public["model_flop_utilisation"] * public["goodput"] * PERCENT
            elsewhere = (
                f" At the {number(share, 0)} % of the peak that public machines with such chips have reached, it takes "
                f"{_weeks(training_time(**public).weeks)} weeks."
            )
    moved = evaluation.against(f"{_weeks(evaluation.baseline.result.weeks)} weeks")
    return (
        f"The final run takes {quantity(result.days, 'day', 0 if result.days >= 10 else 1)}, or "
        f"{_weeks(result.weeks)} weeks{band}.{chance}{elsewhere}{moved}"
    )


VIEWS["training_time"] = View(
    _time_chart, _time_rows, _time_sentence, {"item": "Final run", "start": "Weeks", "kind": "Done"}, band=False
)


# What a model of a given size asks for -----------------------------------------------------------------------------


def _needs_rows(evaluation: Evaluation) -> dict[str, list]:
    laws = get("scaling_fit").words
    sizes = [optimum(evaluation.result.compute, fit)[0] for fit in range(len(laws))]
    return {
        "item": ["This model", *(f"Best by the law {law}" for law in laws)],
        "billion": [evaluation.values["parameters"], *map(float, sizes)],
        "course": [evaluation.baseline.values["parameters"]]
        + [float(optimum(evaluation.baseline.result.compute, f)[0]) for f in range(len(laws))],
    }


def _needs_chart(rows) -> alt.LayerChart:
    chart = kinds.bars(
        rows, category="item", value="billion", course="course", title="Billion parameters", log=True, step=34
    )
    return kinds.titled(
        chart,
        "How large should a model be for its computing?",
        f"Points: this model, and the best size for the same computing. Diamond: {COURSE}.",
    )


def _needs_sentence(evaluation: Evaluation) -> str:
    result, band = evaluation.result, evaluation.band("gpu_hours", 2)
    moved = evaluation.against(f"{number(evaluation.baseline.result.gpu_hours, 2)} million")
    law = get("scaling_fit").told(evaluation.values["scaling_fit"])
    return (
        f"Training takes {number(result.gpu_hours, 2)} million GPU-hours{band} and the memory of at least "
        f"{number(result.memory_gpus, 1)} GPUs. With the same computing, the scaling law {law} would train "
        f"{number(result.best_parameters, 0)} billion parameters on "
        f"{number(result.best_tokens_per_parameter, 0)} tokens each, instead of "
        f"{number(result.tokens_per_parameter, 0 if result.tokens_per_parameter >= 10 else 1)}.{moved}"
    )


VIEWS["training_needs"] = View(
    _needs_chart,
    _needs_rows,
    _needs_sentence,
    {"item": "Size", "billion": "Billion parameters", "course": COURSE_HEAD},
    band=False,
)
