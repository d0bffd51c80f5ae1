"""Published runs of inference against what the model of lesson 26 says of them: tokens a second, and joules."""

from dataclasses import dataclass
from functools import cache, partial

import altair as alt

from ...display import kinds
from ...display.tables import Column, Table
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number, signed
from ...models.inference import Pace, pace
from ...models.parts.constants import PERCENT
from .. import back_tests
from ..back_tests import middle_factor

UNKNOWN_BATCH = 512
"""Answers at a time where a run did not publish it: our judgement of the highest load; memory may hold fewer."""
DENSE, EXPERTS = "all parameters active", "mixture of experts"
KNOWN = "went into the ranges"


@dataclass(frozen=True)
class Run(back_tests.BackTest):
    """One published run with what the model says: tokens a second of the whole copy, joules a token of the GPUs."""

    joules: float | None

    @property
    def model(self) -> str:
        return self.row["model"]

    @property
    def chip(self) -> str:
        return data.row("chips", self.row["chip"])["chip"].split()[1]

    @property
    def kind(self) -> str:
        return DENSE if self.row["active_billion"] == self.row["size_billion"] else EXPERTS

    @property
    def asked(self) -> str:
        """What the run was: chips, batch, tokens."""
        batch = f", {number(self.row['batch'])} at a time" if self.row["batch"] else ""
        only = "" if self.row["phase"] == "both" else f", {self.row['phase']} alone"
        tokens = f"{number(self.row['prompt_tokens'])} in, {number(self.row['answer_tokens'])} out"
        return f"{number(self.row['gpus'])} × {self.chip}{batch}, {tokens}{only}"

    @property
    def energy_ratio(self) -> float | None:
        return self.joules / self.row["gpu_joules"] if self.joules else None


def _pace(row: dict) -> Pace:
    chip = data.row("chips", row["chip"])
    return pace(
        model_size=row["size_billion"],
        active_share=row["active_billion"] / row["size_billion"] / PERCENT,
        bytes_per_weight=row["weight_bytes"],
        context_memory=row["context_kb"],
        copy_gpus=float(row["gpus"]),
        batch=float(row["batch"] or UNKNOWN_BATCH),
        prompt_tokens=row["prompt_tokens"],
        answer_tokens=row["answer_tokens"],
        gpu_memory=chip["memory_gb"],
        memory_bandwidth=chip["memory_bandwidth_tb_s"],
        bandwidth_use=get("bandwidth_use").value,
        chip_peak=chip["bf16_dense_tflops"],
        compute_use=get("compute_use").value,
    )


@cache
def runs() -> tuple[Run, ...]:
    """All published runs with their predictions at the course's two shares, in the order of the table."""
    found = []
    for row in data.records("inference_runs"):
        at = _pace(row)
        prompt = 0.0 if row["phase"] == "answers" else row["prompt_tokens"] * at.prompt_work
        answer = 0.0 if row["phase"] == "prompts" else row["answer_tokens"] * at.token_work
        counted = row["prompt_tokens"] if row["phase"] == "prompts" else row["answer_tokens"]
        per_token = (prompt + answer) / counted  # GPU-seconds
        watts = data.row("chips", row["chip"])["power_w"]
        joules = watts * per_token if row["gpu_joules"] else None
        found.append(Run(row, row["tokens_per_s"], row["gpus"] / per_token, joules))
    return tuple(found)


def tested() -> tuple[Run, ...]:
    """The runs that no range of the course was read from."""
    return tuple(run for run in runs() if not run.row["used"])


def runs_chart() -> alt.LayerChart:
    """Every published run: predicted over measured tokens a second, by model."""
    rows = [
        {
            "model": run.model,
            "ratio": run.ratio,
            "kind": KNOWN if run.row["used"] else run.kind,
            "run": run.asked,
        }
        for run in sorted(runs(), key=lambda run: (run.kind, run.row["size_billion"]))
    ]
    ticks = alt.Axis(values=[0.5, 0.7, 1, 1.5, 2, 3, 4, 5], format="~g")
    scale = alt.Scale(type="log", nice=False)
    drawn = back_tests.chart(
        rows,
        by="model",
        names=[DENSE, EXPERTS, KNOWN],
        x=alt.X("ratio:Q", title="Predicted over measured (times)", scale=scale, axis=ticks),
        tooltip=["run:N"],
        step=30,
        size=60,
        opacity=0.85,
    )
    by_kind = [[run for run in tested() if run.kind == kind] for kind in (DENSE, EXPERTS)]
    dense, experts = (number(middle_factor(tuple(group)), 2) for group in by_kind)
    far = max(tested(), key=lambda run: run.ratio)
    title = back_tests.finding(tested(), "runs")
    return kinds.titled(
        drawn,
        title,
        back_tests.LINES,
        f"{title}. The middle factor is {dense} for models with all parameters active and {experts} for mixtures "
        f"of experts. The largest miss is {far.model} on {far.asked}: predicted {number(far.ratio, 1)} times the "
        "measured speed.",
    )


def runs_table() -> Table:
    """Every published run with what was measured, what the model says and the error."""
    rows = [
        (
            run.model,
            run.asked,
            run.published,
            run.predicted,
            100 * (run.ratio - 1),
            KNOWN if run.row["used"] else "no",
            data.sources()[run.row["source"]]["producer"],
        )
        for run in runs()
    ]
    columns = [
        *("Model", "Run"),
        *(Column("Measured, tokens a second", 0), Column("Predicted", 0)),
        *(Column("Error", partial(signed, digits=0), unit="%"), "Known before", "Source"),
    ]
    return Table(rows, "Published runs and what the model says of them", columns)


def energy_table() -> Table:
    """Measured joules of the GPUs for each token of an answer, and the model with the rated power of the chip."""
    rows = [
        (run.model, run.asked, run.row["gpu_joules"], run.joules, 100 * (run.energy_ratio - 1))
        for run in runs()
        if run.joules
    ]
    columns = [
        *("Model", "Run", Column("Measured, J per token", 2), Column("Predicted", 2)),
        Column("Error", partial(signed, digits=0), unit="%"),
    ]
    return Table(rows, "Measured energy of a token, GPUs alone", columns)
