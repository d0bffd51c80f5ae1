"""How the queue is shown: the wait over the load by formula, and the simulated wait under three rules."""

from functools import lru_cache

import altair as alt
import numpy as np

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number, quantity
from ...models.parts.batch import RULES, mean_and_error, waits, workload
from ...models.queueing import queue_wait
from ..charts import CONFIG, INK, VIEWS, WIDTH, View
from ..kinds import heat_map, lines

JOBS = 10_000
LOADS = list(range(50, 99, 2))
CURVES = ["chance", "uneven"]
KINDS = ("narrow jobs", "wide jobs", "favoured users")
MACHINE = ("servers", "offered_load", "job_hours", "arrival_variability", "service_variability")


def jobs_to_come(values: dict, number_of_jobs: int = JOBS, **more):
    return workload(
        number_of_jobs,
        **{id: values[id] for id in MACHINE},
        runtime_overestimate=values["runtime_overestimate"],
        reserved_share=values["reserved_share"],
        **more,
    )


@lru_cache(maxsize=16)
def _simulated(values: tuple) -> dict[tuple[str, str], float]:
    """Mean hours of waiting by kind of job and rule, and for all jobs; the first tenth of the jobs is left out."""
    values = dict(values)
    jobs, places = jobs_to_come(values), int(values["servers"])
    warm = np.arange(len(jobs.arrival)) >= JOBS // 10
    wide = jobs.width > 1
    kinds = dict(zip(KINDS, (~wide & ~jobs.favoured, wide, jobs.favoured), strict=True)) | {"all": warm}
    found = {}
    for number_of_rule, rule in enumerate(RULES):
        hours = waits(jobs, places, number_of_rule, values["reserved_share"])
        for kind, chosen in kinds.items():
            if (chosen & warm).any():
                found[kind, rule] = float(hours[chosen & warm].mean())
        found["error", rule] = mean_and_error(hours)[1]
    return found


def simulated(values: dict) -> dict[tuple[str, str], float]:
    """Mean hours of waiting by (kind of job or ``all``, rule); with ``error`` for a kind, the standard error of all."""
    return _simulated(tuple(values.items()))


def _queue_rows(evaluation: Evaluation) -> dict[str, list]:
    rows = {key: [] for key in ("part", "load", "what", "rule", "wait", "course")}

    def add(*row):
        for key, cell in zip(rows, row, strict=True):
            rows[key].append(cell)

    curve = queue_wait(**{**evaluation.values, "offered_load": np.array(LOADS, dtype=float)})
    for name, hours in zip(CURVES, (curve.wait_random, curve.wait), strict=True):
        for load, wait in zip(LOADS, hours, strict=True):
            add("formula", float(load), name, "", float(wait), None)
    compared = [("compared", evaluation.baseline)] if evaluation.differs else []
    for part, scenario in (("here", evaluation), *compared):
        add(part, scenario.values["offered_load"], CURVES[1], "", float(scenario.result.wait), None)
    found, other = simulated(evaluation.values), simulated(evaluation.baseline.values)
    for kind in KINDS:
        for rule in RULES:
            if (wait := found.get((kind, rule))) is not None:
                add("simulation", evaluation.values["offered_load"], kind, rule, wait, other.get((kind, rule), wait))
    return rows


def _queue_chart(rows):
    curves = lines(
        rows,
        x="load",
        y="wait",
        x_title="Load (% of the places)",
        y_title="Mean wait (hours)",
        series="what",
        names=CURVES,
        apart=True,
        height=190,
    ).transform_filter("datum.part == 'formula'")
    marks = [
        alt.Chart(rows)
        .transform_filter(f"datum.part == {part!r}")
        .mark_point(shape="diamond", size=110, filled=True, fill=fill, stroke="black", opacity=1)
        .encode(x="load:Q", y="wait:Q")
        for part, fill in (("compared", "white"), ("here", INK))
    ]
    table = heat_map(
        rows,
        x="rule",
        y="what",
        value="wait",
        course="course",
        title="Mean wait (hours)",
        text=",.1f",
        x_title="Simulated: mean hours",
    ).transform_filter("datum.part == 'simulation'")
    return alt.vconcat(
        alt.layer(curves, *marks).properties(width=WIDTH - 130),
        table,
        title=alt.Title(
            "How long does a job wait?",
            subtitle=[
                "Above: by formula, every job takes one place. Black diamond: your load. “Chance”: nothing is uneven.",
                "Below: 10,000 simulated jobs, one in ten of which takes a quarter of the machine.",
                f"White diamond, and in brackets where it differs: {COURSE}.",
            ],
        ),
        spacing=16,
        config=CONFIG,
    )


def _queue_sentence(evaluation: Evaluation) -> str:
    values, r = evaluation.values, evaluation.result
    rule, first = RULES[int(values["queue_rule"])], RULES[0]
    found = simulated(values)
    moved = evaluation.against(f"{number(evaluation.baseline.result.wait, 1)} by formula")
    other = f" and {number(found['all', first], 0)} under “{first}”" if rule != first else ""
    return (
        f"At {number(values['offered_load'])} % load a job waits {quantity(r.wait, 'hour', 1)} on average, by formula."
        f"{moved} In the simulation, where wide jobs stand in line as well, it waits "
        f"{quantity(found['all', rule], 'hour', 0)} (± {number(found['error', rule], 0)}) under “{rule}”{other}."
    )


VIEWS["queue_wait"] = View(
    _queue_chart,
    _queue_rows,
    _queue_sentence,
    {
        "part": "Part",
        "load": "Load, %",
        "what": "What",
        "rule": "Rule",
        "wait": "Mean wait, hours",
        "course": COURSE_HEAD,
    },
    band=False,
)
