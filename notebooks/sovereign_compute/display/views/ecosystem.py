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


def grown(factor: float, what: str) -> str:
    """An input of the model beside what there is of it today."""
    return f"no more {what}" if factor == 1 else f"{number(factor)} times the {what}"


def _sentence(evaluation: Evaluation) -> str:
    values, result, band = evaluation.values, evaluation.result, evaluation.band("output", 2)
    moved = evaluation.against(number(evaluation.baseline.result.output, 2))
    inputs = [grown(values[id], what) for id, what in INPUTS.items()]
    return (
        f"With {inputs[0]}, {inputs[1]} and {inputs[2]}, output is {number(result.output, 2)} times today's{band}. "
        f"Computing alone would bring it to {number(result.alone, 2)} times. One more doubling of computing adds "
        f"{number(result.next_doubling, 1)} %; the first one, alone, adds {number(result.first_doubling, 1)} %.{moved}"
    )


VIEWS["ecosystem_output"] = View(
    _chart,
    _rows,
    _sentence,
    {"case": "Case", "value": "Times today’s output", **HEADS},
)

