"""What lesson 33 alone shows."""

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...display import kinds
from ...display.charts import ORANGE, WIDTH
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ecosystem import ceiling, ecosystem_output

ALONE, TOGETHER = "people and data stand still", "people and data grow, too"

WALK = np.geomspace(1, 100, 41)


def _weights(values: dict) -> tuple:
    return values["elasticity_compute"], values["elasticity_people"], values["elasticity_data"]


def ceilings(**changes) -> dict[str, float]:
    """What output comes to with computing without end: people and data as today, and as the scenario has them."""
    values = evaluation_of(ecosystem_output, changes, band=False).values
    beside = {ALONE: (1.0, 1.0), TOGETHER: (values["people_factor"], values["data_factor"])}
    return {
        name: ceiling(_weights(values), (1.0, *factors), values["substitution"]) for name, factors in beside.items()
    }


def computing(**changes) -> pd.DataFrame:
    """Output over computing. Columns: computing (times today's), beside (what people and data do), output."""
    values = evaluation_of(ecosystem_output, changes, band=False).values
    beside = {ALONE: (1.0, 1.0), TOGETHER: (values["people_factor"], values["data_factor"])}
    rows = []
    for name, (people, held) in beside.items():
        grown = ecosystem_output(
            **{**values, "compute_factor": WALK, "people_factor": people, "data_factor": held},
        ).output
        rows += [(float(x), name, float(y)) for x, y in zip(WALK, grown, strict=True)]
    return pd.DataFrame(rows, columns=["computing", "beside", "output"])


def computing_chart(**changes) -> alt.LayerChart:
    """Output over computing: people and data stand still, or grow as the scenario has it; with the ceilings."""
    frame, ends = computing(**changes), ceilings(**changes)
    evaluation = evaluation_of(ecosystem_output, changes, band=False)
    times, alone = evaluation.values["compute_factor"], evaluation.result.alone
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
    ).properties(width=WIDTH - 170)
    point = alt.Chart(alt.Data(values=[{"computing": times, "output": round(alone, 6)}])).encode(
        x="computing:Q", y="output:Q"
    )
    layers, told = [drawn], []
    for name, end in ends.items():
        if np.isfinite(end):
            layers.append(kinds.reference(round(end, 6), f"never above {number(end, 2)}", axis="y"))
        told.append(
            f"if {name}, a hundred times the computing gives {number(last[name], 2)} times today's output, "
            + (f"and no amount of it more than {number(end, 2)}" if np.isfinite(end) else "and there is no ceiling")
        )
    # Below the line: above it stands the other one.
    layers.append(point.mark_point(shape="diamond", size=110, filled=True, color=ORANGE, opacity=1))
    layers.append(
        point.mark_text(align="left", dx=8, dy=12, fontSize=12, fontWeight="bold").encode(
            text=alt.value(number(alone, 2))
        )
    )
    return kinds.titled(
        alt.layer(*layers),
        f"{number(times)} times the computing alone gives {number(alone, 2)} times the output",
        "Dashed: levels that no amount of computing can pass.",
        f"{number(times)} times the computing, with the people and data of today, gives {number(alone, 2)} times "
        f"today's output. {'; '.join(told).capitalize()}.",
    )


def calibration(**changes) -> pd.DataFrame:
    """Output if only computing grows, over substitution, for the range of the weight of computing.

    Columns: substitution, and output at the P5, the value and the P95 of the weight (low, output, high).
    """
    values = evaluation_of(ecosystem_output, changes, band=False).values
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
    values = evaluation_of(ecosystem_output, changes, band=False).values
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
        f"{number(frame.low.min(), 1)} to {number(frame.high.max(), 1)} times the output, "
        "by two numbers that nobody has measured",
        f"Output from {times} times the computing alone. Band: weight of computing from its P5 to its P95.",
        f"With {times} times the computing alone, output is {number(first.output, 2)} times today's at a substitution "
        f"of {number(first.substitution)} and {number(last.output, 2)} times at {number(last.substitution)}. With the "
        f"weight of computing anywhere in its range, it is between {number(frame.low.min(), 2)} and "
        f"{number(frame.high.max(), 2)}.",
    )
