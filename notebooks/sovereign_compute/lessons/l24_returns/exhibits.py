"""What lesson 24 alone shows."""

import re

import altair as alt
import numpy as np

from ...analysis.evaluation import evaluation_of
from ...analysis.sensitivity import sobol
from ...display import kinds
from ...display.charts import ORANGE, PALETTE, WIDTH
from ...inputs import data
from ...inputs.wording import number, span
from ...models.returns import counted_benefits as counted_benefits
from ...models.returns import public_return
from ...models.surveys import SEED, repeated_surveys, share_of_largest, survey_mean


def variance_chart(**changes) -> alt.LayerChart:
    """Shares of the variance of the return that each assumption explains, alone and with others (Sobol' indices)."""
    frame = sobol(public_return, changes)
    frame = frame[frame.total_low > 0.005].head(6)
    # The last digits of a bootstrap hang on the order of additions, and that on the machine: they are rounded away.
    rows = [
        {"item": row.label, "order": order} | {key: round(100 * x, 3) for key, x in ends.items()}
        for row in frame.itertuples()
        for order, ends in (
            ("alone", {"share": row.first, "low": row.first_low, "high": row.first_high}),
            ("with others", {"share": row.total, "low": row.total_low, "high": row.total_high}),
        )
    ]
    names = ["alone", "with others"]
    base = alt.Chart(alt.Data(values=rows))
    item = alt.Y("item:N", sort=None, title=None)
    x = alt.X("share:Q", title="Share of the variance of the return (%)", scale=alt.Scale(zero=True))
    offset = alt.YOffset("order:N", sort=names)
    rule = base.mark_rule(strokeWidth=2, color="#444").encode(y=item, yOffset=offset, x="low:Q", x2="high:Q")
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        y=item,
        yOffset=offset,
        x=x,
        color=alt.Color("order:N", title=None, scale=alt.Scale(domain=names, range=[PALETTE["own"], ORANGE])),
        shape=alt.Shape("order:N", title=None, scale=alt.Scale(domain=names, range=["circle", "diamond"])),
    )
    first = frame.iloc[0]
    headline = frame[frame.assumption == "published_ratio"]
    told = (
        f"; the published return itself explains {number(100 * headline['first'].iloc[0], 0)} %"
        if len(headline)
        else "; the published return itself explains next to nothing"
    )
    one, *others = first.label.split(", ")
    who = " and ".join([one, *map(str.lower, others)]) + (" explain" if others else " explains")
    chart = alt.layer(rule, points).properties(width=WIDTH - 130, height=alt.Step(15))
    return kinds.titled(
        chart,
        f"{who} {number(100 * first.total, 0)} % of the uncertainty",
        "Alone: what an assumption explains by itself. With others: also what it explains together with them.",
        f"{who} "
        f"{number(100 * first['first'], 0)} % of the variance alone and {number(100 * first.total, 0)} % together with "
        f"others{told}.",
    )


SURVEYS = ("k-2016-revenue", "eu-2015-income", "hyperion-2022-revenue")


def sample_size(study: str) -> int:
    """How many cases a study of ``data/roi_studies.csv`` rests on: the first number in the words on its sample."""
    row = data.row("roi_studies", study)
    return int(re.search(r"\d+", row["sample"])[0])


def selection_chart(drawing: int = 0, **changes) -> alt.LayerChart:
    """Simulated: one population of projects, what is true of it, and what surveys of its successes would print.

    ``drawing``: the number of the drawing; each has surveys of its own.
    """
    evaluation = evaluation_of(survey_mean, changes, band=False)
    result, values = evaluation.result, evaluation.values
    shape = values["median_return"], values["return_spread"]
    rows = [
        {"item": "All projects, mean", "value": result.everyone},
        {"item": "Successes, median", "value": result.middle},
        {"item": "Successes, mean", "value": result.printed},
    ]
    rows = [{**row, "low": row["value"], "high": row["value"]} for row in rows]
    sizes = sorted(sample_size(study) for study in SURVEYS)
    for size in sizes:
        means = repeated_surveys(*shape, size, seed=SEED + drawing)
        low, middle, high = np.quantile(means, (0.05, 0.5, 0.95))
        row = {"item": f"Survey of {size} successes", "value": middle, "low": low, "high": high}
        rows.append({**row, "one": float(means[0])})
    largest = share_of_largest(*shape, sizes[-1])
    chart = kinds.bars(
        alt.Data(values=rows), category="item", value="value", low="low", high="high", title="USD per USD", text=",.0f"
    )
    one = alt.Chart(alt.Data(values=[row for row in rows if "one" in row]))
    item = alt.Y("item:N", sort=None, title=None)
    chart = alt.layer(chart, kinds.diamond(one).encode(y=item, x="one:Q"))
    return kinds.titled(
        chart.properties(width=WIDTH),
        f"By chance alone a survey of {sizes[0]} successes prints {span(rows[3]['low'], rows[3]['high'], 0)} USD",
        "Simulated. Bar: the truth, or the median of 4,000 surveys. Line: 90 % of the surveys. Diamond: one of them.",
        f"Simulated, not measured. The mean over all projects is {number(result.everyone, 0)} USD per USD. A survey of "
        f"{sizes[-1]} successes prints from {number(rows[-1]['low'], 0)} to {number(rows[-1]['high'], 0)}, one of "
        f"{sizes[0]} from {number(rows[3]['low'], 0)} to {number(rows[3]['high'], 0)}, by chance alone; in the larger "
        f"one a single case carries {number(100 * largest, 0)} % of the sum. One survey of each size "
        f"printed {', '.join(number(row['one'], 0) for row in rows if 'one' in row)}.",
    )
