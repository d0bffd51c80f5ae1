"""What lesson 23 alone shows."""

import altair as alt
import numpy as np

from ...analysis.evaluation import evaluation_of
from ...display import kinds
from ...display.charts import BLUE, GREY, INK, ORANGE, PALETTE, WIDTH
from ...display.views.training import TOP
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.checkpoints import checkpoint_goodput as checkpoint_goodput
from ...models.parts.constants import (
    DAYS_PER_WEEK,
    PARAMETERS_PER_BILLION,
    TOKENS_PER_TRILLION,
    TRAINING_OPERATIONS,
)
from ...models.training import FITS, optimum, training_time
from ...models.training import training_needs as training_needs

FIRM = "All firms, by law at most"


ACCESS = {
    "The whole machine": (None, None),
    "The European Union, at most": ("union-share-high", "union-share-high"),
    "Projects for innovation": ("innovation-share", "innovation-share"),
    FIRM: ("commercial-ceiling-machine", "union-share-high"),
    "Firms, 5 % of the machine": ("commercial-share-of-machine", "commercial-share-of-machine"),
    "Firms, 5 % of that quarter": ("commercial-share-of-innovation", "innovation-share"),
}
"""Shares of the machine that the lesson compares: the row of ``data/access.csv``, and the row that it rests on."""


def _span(weeks: float) -> str:
    """A time in the unit in which one would say it."""
    days, years = weeks * DAYS_PER_WEEK, weeks * DAYS_PER_WEEK / 365
    if weeks < 2:
        return f"{number(days, 1 if days < 10 else 0)} days"
    return f"{number(weeks, 1 if weeks < 10 else 0)} weeks" if weeks < 104 else f"{number(years, 1)} years"


def share_chart(**changes) -> alt.LayerChart:
    """Weeks of the run under each rule of access, with the 90 % range."""
    access = {row["id"]: row for row in data.records("access")}
    rows = []
    for name, (id, ground) in ACCESS.items():
        share = 100.0 if id is None else access[id]["value"]
        mark = " †" if ground and access[ground]["tier"] == "unverified" else ""
        evaluation = evaluation_of(training_time, {**changes, "machine_share": share})
        low, high = evaluation.bands["weeks"]
        rows.append(
            {
                "rule": name,
                "label": f"{name}: {number(share)} %{mark}" if id and "5 %" not in name else f"{name}{mark}",
                "share": share,
                "weeks": evaluation.result.weeks,
                "low": low,
                "high": high,
                "said": _span(evaluation.result.weeks),
            }
        )
    base = alt.Chart(alt.Data(values=rows))
    item = alt.Y(
        "label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=170, labelPadding=8)
    )
    ticks = [1, 4, 13, 52, 520, 5200]
    axis = alt.Axis(values=ticks, labelExpr="datum.value >= 52 ? datum.value / 52 + ' y' : datum.value + ' wk'")
    across = alt.X(
        "weeks:Q", title="Time for the final run (weeks, years)", scale=alt.Scale(type="log", nice=False), axis=axis
    )
    band = base.mark_rule(strokeWidth=3, color=PALETTE["component"]).encode(y=item, x="low:Q", x2="high:Q")
    points = base.mark_point(filled=True, size=90, color=BLUE, opacity=1).encode(y=item, x=across)
    label = base.mark_text(dy=-11, fontSize=12).encode(y=item, x=across, text="said:N")
    first, last = rows[0], rows[-1]
    firm = next(row for row in rows if row["rule"] == FIRM)
    said = _span(firm["weeks"])
    return kinds.titled(
        alt.layer(band, points, label).properties(width=WIDTH - 90, height=alt.Step(36)),
        f"The run takes {_span(first['weeks'])} on the whole machine, and {said} on the share for firms",
        "Line: 90 % of the draws. †: only the report says so.",
        f"On the whole machine the run takes {_span(first['weeks'])}; on {number(last['share'])} % of it "
        f"{_span(last['weeks'])}. "
        + " ".join(f"{row['rule']} ({number(row['share'])} %): {_span(row['weeks'])}." for row in rows[1:-1]),
    )


def _powers(first: int, last: int) -> alt.Axis:
    """An axis with one mark for each power of ten."""
    return alt.Axis(values=[10.0**n for n in range(first, last + 1)], format=",~g")


CHINCHILLA = "Chinchilla 70B"


NAMED = (
    (("Lucie-7B", "Llama 3.1 405B"), {"align": "right", "dx": 2, "dy": -10}),
    (("Apertus-70B", "BLOOM-176B"), {"align": "left", "dx": 8}),
    ((CHINCHILLA,), {"align": "left", "dx": 6, "dy": 14}),
)
"""The models that the chart names, each name on the side where it covers no point; their points are black."""


def scaling_chart() -> alt.LayerChart:
    """Tokens per parameter of published runs against the optimum of both sets of constants."""
    runs = [
        {
            "model": row["model"],
            "compute": n * d * TRAINING_OPERATIONS,
            "ratio": d * TOKENS_PER_TRILLION / (n * PARAMETERS_PER_BILLION),
        }
        for row in data.records("training_runs")
        if (n := row["active_parameters_billion"]) and (d := row["tokens_trillion"]) and not row["mixture_of_experts"]
    ]
    laws = get("scaling_fit").words
    ends = min(run["compute"] for run in runs), max(run["compute"] for run in runs)
    lines = [
        {"law": law, "compute": float(compute), "ratio": float(optimum(float(compute), fit)[1])}
        for fit, law in enumerate(laws)
        for compute in np.geomspace(*ends, 24)
    ]
    x = alt.X(
        "compute:Q", title="Training compute (10²⁴ FLOP)", scale=alt.Scale(type="log", nice=False), axis=_powers(-2, 1)
    )
    y = alt.Y("ratio:Q", title="Tokens per parameter", scale=alt.Scale(type="log", nice=False), axis=_powers(0, 3))
    named = [model for models, _ in NAMED for model in models]
    points = alt.Chart(alt.Data(values=runs)).mark_point(filled=True, size=45, opacity=0.9)
    ink = alt.condition(f"indexof({named!r}, datum.model) >= 0", alt.value(INK), alt.value(GREY))
    points = points.encode(x=x, y=y, color=ink, tooltip=["model:N", alt.Tooltip("ratio:Q", format=".0f")])
    names = [
        alt.Chart(alt.Data(values=[run for run in runs if run["model"] in models]))
        .mark_text(fontSize=11, **place)
        .encode(x=x, y=y, text="model:N")
        for models, place in NAMED
    ]
    base = alt.Chart(alt.Data(values=lines))
    colour = alt.Color("law:N", title="Best", scale=alt.Scale(domain=laws, range=[ORANGE, BLUE]), legend=TOP)
    dash = alt.StrokeDash("law:N", title="Best", scale=alt.Scale(domain=laws, range=[[6, 4], [1, 0]]), legend=TOP)
    curves = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
    chinchilla = next(run for run in runs if run["model"] == CHINCHILLA)
    printed, refit = (optimum(chinchilla["compute"], fit)[1] for fit in range(len(FITS)))
    above = sum(run["ratio"] > optimum(run["compute"], 1)[1] for run in runs)
    return kinds.titled(
        alt.layer(curves, points, *names).properties(width=WIDTH - 60, height=300),
        f"{above} of {len(runs)} models were trained on more tokens than the corrected law finds best",
        "Each point is a published dense model. Lines: the tokens per parameter that give the best model.",
        f"Chinchilla was trained with {number(chinchilla['ratio'], 0)} tokens per parameter. The constants printed in "
        f"its paper advise {number(printed, 0)}, the refit {number(refit, 0)}. {above} of {len(runs)} dense models "
        "lie above the refit.",
    )
