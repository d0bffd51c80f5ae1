"""How power, carbon and heat of a site are shown: the year in money and tonnes, the powers in print, places, heat."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import CONFIG, VIEWS, WIDTH, View

PARTS = {
    "bill": ("Electricity bill", "money"),
    "heat_revenue": ("Income from heat", "money"),
    "carbon_cost": ("CO2 at its price", "money"),
    "cent": ("One cent per kWh", "money"),
    "carbon": ("CO2 of electricity", "carbon"),
    "making": ("CO2 of making chips", "carbon"),
}
"""The outputs that the main chart shows: a name that fits beside a bar, and on which of its two scales."""


def _year_rows(evaluation: Evaluation) -> dict[str, list]:
    rows = evaluation.bars({id: name for id, (name, _) in PARTS.items()})
    kinds_of = [kind for _, kind in PARTS.values()]
    units = {"money": "million EUR a year", "carbon": "thousand tonnes a year"}
    labels = [number(v, evaluation.model.output(id).digits) for id, v in zip(PARTS, rows["value"], strict=True)]
    told = {"kind": kinds_of, "unit": [units[kind] for kind in kinds_of], "label": labels}
    return {"item": rows.pop("item"), **told, **rows}


def _year_chart(rows) -> alt.VConcatChart:
    """Two scales: money above, carbon below."""
    titles = {"money": "Million EUR a year", "carbon": "Thousand tonnes of CO2 a year"}
    parts = [
        kinds.banded(rows, label="label", title=title)
        .transform_filter(f"datum.kind == '{kind}'")
        .properties(width=WIDTH - 60)
        for kind, title in titles.items()
    ]
    return alt.vconcat(
        *parts,
        title=alt.Title(
            "A year of electricity, heat and CO2",
            subtitle=f"{MARKS} Number: your scenario.",
        ),
        spacing=16,
        config=CONFIG,
    )


def _year_sentence(evaluation: Evaluation) -> str:
    result = evaluation.result
    if result.bill:
        heat = f"The heat sold pays back {number(100 * result.heat_revenue / result.bill, 1)} % of the bill."
    else:
        heat = f"The heat sold brings {number(result.heat_revenue, 2)} million EUR."
    moved = evaluation.against(f"{number(evaluation.baseline.result.bill, 1)} million EUR")
    return (
        f"A year of electricity costs {number(result.bill, 1)} million EUR{evaluation.band('bill', 1)}. It causes "
        f"{number(result.carbon, 1)} thousand tonnes of CO2. {heat}{moved}"
    )


VIEWS["site_year"] = View(
    _year_chart,
    _year_rows,
    _year_sentence,
    {"item": "In a year", "unit": "Unit", "value": "Value", **HEADS},
)
