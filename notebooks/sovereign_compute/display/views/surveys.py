"""How a survey of successes is shown: what it prints against what all projects have, and how far it jumps."""

import re

import altair as alt
import numpy as np

from ...analysis.evaluation import HEADS, MARKS, Reading, read
from ...inputs import data
from ...inputs.wording import number
from ...models.surveys import repeated_surveys, share_of_largest, survey_mean
from .. import kinds
from ..charts import VIEWS, View

SURVEYS = ("k-2016-revenue", "eu-2015-income", "hyperion-2022-revenue")


def sample_size(study: str) -> int:
    """How many cases a study of ``data/roi_studies.csv`` rests on: the first number in the words on its sample."""
    row = data.row("roi_studies", study)
    return int(re.search(r"\d+", row["sample"])[0])


def _rows(reading: Reading) -> dict[str, list]:
    return reading.bars({id: reading.model.output(id).label for id in ("printed", "everyone", "middle")})


def _chart(rows) -> alt.LayerChart:
    chart = kinds.banded(rows, title="USD per USD")
    return kinds.titled(chart, "What a survey of successes prints", MARKS)


def _sentence(reading: Reading) -> str:
    result, band = reading.result, reading.band("printed", 0)
    share = reading.values["success_share"]
    rest = "nothing comes back from those that fail" if share < 100 else "no project fails"
    moved = reading.against(number(reading.compared.result.printed, 0))
    return (
        f"A survey of successes prints {number(result.printed, 0)} USD per USD{band}, though the middle success "
        f"returns {number(result.middle)}; over all projects the mean is {number(result.everyone, 0)}, "
        f"as {rest}.{moved}"
    )


VIEWS["survey_mean"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "What", "value": "USD per USD", **HEADS},
)


def selection_chart(**changes) -> alt.LayerChart:
    """Simulated: one population of projects, what is true of it, and what surveys of its successes would print."""
    reading = read(survey_mean, changes, band=False)
    result, values = reading.result, reading.values
    shape = values["median_return"], values["return_spread"]
    rows = [
        {"item": "All projects, mean", "value": result.everyone},
        {"item": "Successes, middle one", "value": result.middle},
        {"item": "Successes, mean", "value": result.printed},
    ]
    rows = [{**row, "low": row["value"], "high": row["value"]} for row in rows]
    sizes = sorted(sample_size(study) for study in SURVEYS)
    for size in sizes:
        low, middle, high = np.quantile(repeated_surveys(*shape, size), (0.05, 0.5, 0.95))
        rows.append({"item": f"Survey of {size} successes", "value": middle, "low": low, "high": high})
    largest = share_of_largest(*shape, sizes[-1])
    chart = kinds.bars(
        alt.Data(values=rows), category="item", value="value", low="low", high="high", title="USD per USD", text=",.0f"
    )
    return kinds.titled(
        chart,
        "The same projects, asked again and again (simulated)",
        "Bar: truth, or the middle one of 4,000 surveys. Line: 90 % of the surveys. Number: the bar.",
        f"Simulated, not measured. The mean over all projects is {number(result.everyone, 0)} USD per USD. A survey of "
        f"{sizes[-1]} successes prints from {number(rows[-1]['low'], 0)} to {number(rows[-1]['high'], 0)}, one of "
        f"{sizes[0]} from {number(rows[3]['low'], 0)} to {number(rows[3]['high'], 0)}, by chance alone; in the larger "
        f"one a single case carries {number(100 * largest, 0)} % of the sum.",
    )
