"""How the way to public computing time is shown: two bills side by side, the slices of the machine, the routes."""

import numpy as np

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number
from ..charts import VIEWS, View
from ..kinds import bars, summed, titled

# Two bills ---------------------------------------------------------------------------------------------------------

PARTS = ["days without a job", "applying and moving", "rent"]


def _bill(r) -> dict[str, tuple[float, float, float]]:
    return {"Public, free": (r.delay, r.work, 0.0), "Cloud, rented": (r.cloud_delay, 0.0, r.rent)}


def _bills(evaluation: Evaluation) -> dict[str, list]:
    r = evaluation.result
    bill, other = _bill(r), _bill(evaluation.baseline.result)
    days = {"Public, free": r.public_days, "Cloud, rented": r.public_days - r.days_lost}
    return {
        "way": [way for way in bill for _ in PARTS],
        "part": PARTS * 2,
        "cost": [cost for costs in bill.values() for cost in costs],
        "total": [sum(bill[way]) for way in bill for _ in PARTS],
        "course": [sum(other[way]) for way in bill for _ in PARTS],
        "days": [days[way] for way in bill for _ in PARTS],
    }


def _bill_chart(rows):
    return titled(
        summed(
            rows, category="way", value="cost", part="part", parts=PARTS, title="Thousand USD", text=",.0f", step=46
        ),
        "Wait for free hours, or rent at once?",
        f"What a day is worth decides. Bold: your scenario, in all. Dashed outline: {COURSE}.",
    )


def _bill_sentence(evaluation: Evaluation) -> str:
    r, course = evaluation.result, evaluation.baseline.result
    public, cloud = r.delay + r.work, r.rent + r.cloud_delay
    text = (
        f"Free hours after {number(r.public_days, 0)} days cost {number(public, 0)} thousand USD, "
        f"rented ones {number(cloud, 0)} thousand: {'renting' if r.difference > 0 else 'waiting'} is cheaper by "
        f"{number(abs(r.difference), 0)} thousand"
    )
    if evaluation.bands:
        share = 100 * evaluation.bands.simulation.probability("difference", above=0)
        text += f" (in {number(share, 0)} % of the draws renting is the cheaper way)"
    once = f" Who applies once and rents after a refusal pays {number(abs(r.once), 0)} thousand "
    once += f"{'more' if r.once > 0 else 'less'} than who rents at once."
    moved = evaluation.against(f"{number(course.break_even, 0)} USD")
    return f"{text}.{once} {_threshold(r)}{moved}"


def _threshold(r) -> str:
    if not np.isfinite(r.break_even):
        return "The cloud is not faster here, so no value of a day speaks for it."
    if r.break_even == 0:
        return "Renting costs less than the work for the free hours: it is cheaper whatever a day is worth."
    return f"Renting wins as soon as a day is worth more than {number(r.break_even, 0)} USD."


VIEWS["cost_of_waiting"] = View(
    _bill_chart,
    _bills,
    _bill_sentence,
    {
        "way": "Way",
        "part": "Part",
        "cost": "Thousand USD",
        "total": "In all",
        "course": f"{COURSE_HEAD}, in all",
        "days": "Days until the first job",
    },
    band=False,
)

# Slices of the machine -----------------------------------------------------------------------------------------------

SLICES = {
    "union": "The Union's half",
    "innovation": "A quarter: innovation",
    "ceiling": "Commerce by law, at most",
    "commerce": "Commerce as promised",
}


def winner_hours() -> float:
    """GPU-hours that a winner of the Grand Challenge of 2024 got on average."""
    row = data.row("access_calls", "grand-challenge-2024")
    return row["gpu_hours"] / row["funded"]


def _sliced(gpus: float, r) -> dict[str, float]:
    """GPUs, day and night for a year, by slice."""
    slices = {"The whole machine": gpus} | {label: getattr(r, id) for id, label in SLICES.items()}
    return slices | {"One prize winner": winner_hours() / 1e6 / (r.machine_hours / gpus), "Your project": r.project}


def _slices(evaluation: Evaluation) -> dict[str, list]:
    compared, gpus = evaluation.baseline, evaluation.values["gpus"]
    slices = _sliced(gpus, evaluation.result)
    return {
        "slice": list(slices),
        "gpus": list(slices.values()),
        "course": list(_sliced(compared.values["gpus"], compared.result).values()),
        "hours": [n * evaluation.result.machine_hours / gpus for n in slices.values()],
    }


def _slice_chart(rows):
    return titled(
        bars(rows, category="slice", value="gpus", course="course", title="GPUs, all year", text=",.0f"),
        "Who gets how much of the machine",
        f"What a share of a share comes to. Number: your scenario. Dashed outline: {COURSE}.",
    )


def _slice_sentence(evaluation: Evaluation) -> str:
    r = evaluation.result
    of = get("commercial_reading").told(evaluation.values["commercial_reading"])
    moved = evaluation.against(number(evaluation.baseline.result.commerce, 0))
    return (
        f"{number(evaluation.values['commercial_share'])} % {of} are {number(r.commerce, 0)} GPUs for commerce alone, "
        f"{number(r.commerce_hours, 1)} of {number(r.machine_hours, 1)} million GPU-hours a year; the law would allow "
        f"{number(r.ceiling, 0)}. A winner of the Grand Challenge of 2024 got "
        f"{number(winner_hours() / 1e6 / (r.machine_hours / evaluation.values['gpus']), 0)}.{moved}"
    )


VIEWS["allocation"] = View(
    _slice_chart,
    _slices,
    _slice_sentence,
    {
        "slice": "Slice",
        "gpus": "GPUs for a year",
        "course": COURSE_HEAD,
        "hours": "Million GPU-hours a year",
    },
    band=False,
)


# Routes ------------------------------------------------------------------------------------------------------------
