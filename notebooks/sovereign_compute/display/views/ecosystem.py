"""How the model of computing, people and data is shown: what each brings, where it ends, what calibration decides."""

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import HEADS, MARKS, Reading, read
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ecosystem import ceiling, ecosystem_output
from .. import kinds
from ..charts import VIEWS, View

BARS = {
    "output": "All three grow",
    "alone": "Only computing grows",
    "beside": "Only people and data",
    "cobb_douglas": "All, as Cobb–Douglas",
}
"""The outputs of the main chart with names that fit beside a bar."""


def _rows(reading: Reading) -> dict[str, list]:
    return reading.bars(BARS, "case")


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
        "What more computing brings, alone and in company",
        f"Bar, number at the right: your scenario. {MARKS}",
    )


INPUTS = {"compute_factor": "computing", "people_factor": "people", "data_factor": "data"}


def grown(factor: float, what: str) -> str:
    """An input of the model beside what there is of it today."""
    return f"no more {what}" if factor == 1 else f"{number(factor)} times the {what}"


def _sentence(reading: Reading) -> str:
    values, result, band = reading.values, reading.result, reading.band("output", 2)
    moved = reading.against(number(reading.compared.result.output, 2))
    inputs = [grown(values[id], what) for id, what in INPUTS.items()]
    return (
        f"With {inputs[0]}, {inputs[1]} and {inputs[2]}, output is {number(result.output, 2)} times today's{band}; if "
        f"only computing grows, {number(result.alone, 2)} times. One more doubling of computing would add "
        f"{number(result.next_doubling, 1)} %, the first alone {number(result.first_doubling, 1)} %.{moved}"
    )


VIEWS["ecosystem_output"] = View(
    _chart,
    _rows,
    _sentence,
    {"case": "Case", "value": "Times today’s output", **HEADS},
)


# Where more computing ends ----------------------------------------------------------------------------------------

ALONE, TOGETHER = "stand still", "grow along"
WALK = np.geomspace(1, 100, 41)


def _weights(values: dict) -> tuple:
    return values["elasticity_compute"], values["elasticity_people"], values["elasticity_data"]


def ceilings(**changes) -> dict[str, float]:
    """What output comes to with computing without end: people and data as today, and as the scenario has them."""
    values = read(ecosystem_output, changes, band=False).values
    beside = {ALONE: (1.0, 1.0), TOGETHER: (values["people_factor"], values["data_factor"])}
    return {
        name: ceiling(_weights(values), (1.0, *factors), values["substitution"]) for name, factors in beside.items()
    }


def computing(**changes) -> pd.DataFrame:
    """Output over computing. Columns: computing (times today's), beside (what people and data do), output."""
    values = read(ecosystem_output, changes, band=False).values
    beside = {ALONE: (1.0, 1.0), TOGETHER: (values["people_factor"], values["data_factor"])}
    rows = []
    for name, (people, data) in beside.items():
        grown = ecosystem_output(
            **{**values, "compute_factor": WALK, "people_factor": people, "data_factor": data},
        ).output
        rows += [(float(x), name, float(y)) for x, y in zip(WALK, grown, strict=True)]
    return pd.DataFrame(rows, columns=["computing", "beside", "output"])


def computing_chart(**changes) -> alt.LayerChart:
    """Output over computing: people and data stand still, or grow as the scenario has it; with the ceilings."""
    frame, ends = computing(**changes), ceilings(**changes)
    last = frame[frame.computing == frame.computing.max()].set_index("beside").output
    drawn = kinds.lines(
        frame,
        x="computing",
        y="output",
        x_title="Computing (times today’s)",
        y_title="Output (times today’s)",
        series="beside",
        names=[ALONE, TOGETHER],
        log_x=True,
        zero=False,
    )
    layers, told = [drawn], []
    for name, end in ends.items():
        if np.isfinite(end):
            layers.append(kinds.reference(round(end, 6), f"ceiling {number(end, 2)}", axis="y"))
        told.append(
            f"if people and data {name}, a hundred times the computing gives {number(last[name], 2)} times the output, "
            + (f"and no amount more than {number(end, 2)}" if np.isfinite(end) else "and there is no ceiling")
        )
    return kinds.titled(
        alt.layer(*layers),
        "How far does computing carry?",
        "Each line says what people and data do. Level, dashed: what no amount of computing passes.",
        f"{'; '.join(told).capitalize()}.",
    )


# What the calibration decides -------------------------------------------------------------------------------------


def calibration(**changes) -> pd.DataFrame:
    """Output if only computing grows, over substitution, for the range of the weight of computing.

    Columns: substitution, and output at the P5, the value and the P95 of the weight (low, output, high).
    """
    values = read(ecosystem_output, changes, band=False).values
    weight = get("elasticity_compute")
    walk = np.linspace(0.1, 2, 39)
    found = {
        name: ecosystem_output(**{**values, "substitution": walk, "elasticity_compute": at}).alone
        for name, at in {"low": weight.low, "output": values["elasticity_compute"], "high": weight.high}.items()
    }
    return pd.DataFrame({"substitution": walk, **found})


def calibration_chart(**changes) -> alt.LayerChart:
    """Output if only computing grows, over the elasticity of substitution; band: the weight of computing."""
    frame = calibration(**changes)
    values = read(ecosystem_output, changes, band=False).values
    first, last = frame.iloc[0], frame.iloc[-1]
    times = number(values["compute_factor"])
    drawn = kinds.lines(
        frame,
        x="substitution",
        y="output",
        low="low",
        high="high",
        x_title="Elasticity of substitution (0: none, 1: Cobb–Douglas)",
        y_title="Output (times today’s)",
        zero=False,
    )
    return kinds.titled(
        alt.layer(drawn, kinds.reference(values["substitution"], "your scenario" if changes else "course's value")),
        f"{times} times the computing and nothing else",
        "Band: weight of computing from its P5 to its P95. Both numbers are judgement.",
        f"With {times} times the computing alone, output is {number(first.output, 2)} times today's at a substitution "
        f"of {number(first.substitution)} and {number(last.output, 2)} times at {number(last.substitution)}; with the "
        f"weight of computing anywhere in its range, between {number(frame.low.min(), 2)} and "
        f"{number(frame.high.max(), 2)}.",
    )
