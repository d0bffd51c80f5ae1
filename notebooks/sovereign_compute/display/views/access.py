"""How the way to public computing time is shown: two bills side by side, the slices of the machine, the routes."""

import numpy as np

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import number, quantity
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
        f"In bold: the sum in your scenario. Dashed outline: {COURSE}.",
    )


def _bill_sentence(evaluation: Evaluation) -> str:
    r, course = evaluation.result, evaluation.baseline.result
    gap = f"{number(abs(r.difference), 0)} thousand USD"
    days = quantity(r.public_days, "day", 0)
    if abs(r.difference) < 0.5:
        text = f"Waiting {days} for free hours costs as much as renting."
    elif r.difference > 0:
        text = f"Waiting {days} for free hours costs {gap} more than renting."
    else:
        text = f"Waiting {days} for free hours is cheaper than renting, by {gap}."
    moved = evaluation.against(
        f"{number(course.break_even, 0)} USD" if np.isfinite(course.break_even) else "no such value"
    )
    share = ""
    if evaluation.bands:
        above = 100 * evaluation.bands.simulation.probability("difference", above=0)
        share = f" Renting is cheaper in {number(above, 0)} % of the draws."
    return f"{text} {_threshold(r)}{moved}{share}"


def _threshold(r) -> str:
    if not np.isfinite(r.break_even):
        return "The cloud is no faster here, so no value of a day makes renting pay."
    if r.break_even == 0:
        return "Renting costs less than the work for the free hours, so it pays whatever a day is worth."
    return f"Renting pays as soon as a day is worth more than {number(r.break_even, 0)} USD."


VIEWS["cost_of_waiting"] = View(
    _bill_chart,
    _bills,
    _bill_sentence,
    {
        "way": "Way",
        "part": "Part",
        "cost": "Thousand USD",
        "total": "Sum",
        "course": f"{COURSE_HEAD}, sum",
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
        "Who gets how much of the machine?",
        f"Number: your scenario. Dashed outline: {COURSE}.",
    )


def _slice_sentence(evaluation: Evaluation) -> str:
    r = evaluation.result
    of = get("commercial_reading").told(evaluation.values["commercial_reading"])
    moved = evaluation.against(number(evaluation.baseline.result.commerce, 0))
    winner = winner_hours() / 1e6 / (r.machine_hours / evaluation.values["gpus"])
    return (
        f"{number(evaluation.values['commercial_share'])} % {of} comes to {number(r.commerce, 0)} GPUs for commerce "
        f"alone.{moved} The law would allow {number(r.ceiling, 0)}. A single winner of the Grand Challenge of 2024 got "
        f"{number(winner, 0)} on average."
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
