"""How the model of computing, people and data is shown: what each brings, where it ends, what calibration decides."""

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.wording import number
from .. import kinds
from ..charts import VIEWS, View

BARS = {
    "output": "All three grow",
    "alone": "Only computing grows",
    "beside": "Only people and data",
    "cobb_douglas": "All, by Cobb–Douglas",
}
"""The outputs of the main chart with names that fit beside a bar."""


def _rows(evaluation: Evaluation) -> dict[str, list]:
    return evaluation.bars(BARS, "case")


def _chart(rows):
    drawn = kinds.bars(
        rows,
        category="case",
        value="value",
        low="low",
        high="high",
        course="course",
        title="Output (times today’s)",
        text=".2f",
    )
    return kinds.titled(
        kinds.aside(drawn).properties(width=440),
        "Output if computing grows, alone and with people and data",
        f"Bars and numbers: your scenario. {MARKS}",
    )


INPUTS = {"compute_factor": "computing", "people_factor": "people", "data_factor": "data"}


def grown(values: dict) -> str:
    """What a scenario has more of than today."""
    more = [f"{number(values[id])} times the {what}" for id, what in INPUTS.items() if values[id] != 1]
    if not more:
        return "With the computing, people and data of today"
    *first, last = more
    return f"With {', '.join(first)} and {last}" if first else f"With {last} and nothing else"


def _sentence(evaluation: Evaluation) -> str:
    values, result, band = evaluation.values, evaluation.result, evaluation.band("output", 2)
    moved = evaluation.against(number(evaluation.baseline.result.output, 2))
    others = any(values[id] != 1 for id in INPUTS if id != "compute_factor")
    alone = f" Computing alone would give {number(result.alone, 2)} times." if others else ""
    return (
        f"{grown(values)}, output is {number(result.output, 2)} times today's{band}.{alone} One more doubling of "
        f"computing adds {number(result.next_doubling, 1)} %; the first one, from today on, adds "
        f"{number(result.first_doubling, 1)} %.{moved}"
    )


VIEWS["ecosystem_output"] = View(
    _chart,
    _rows,
    _sentence,
    {"case": "Case", "value": "Times today’s output", **HEADS},
)
