"""What the course finds for the ten predictions of the start, each from the model or the facts of its lesson."""

from ..assumptions import evaluate
from ..factcheck import verdict_counts
from ..models.access import cost_of_waiting
from ..models.lists import share_of_the_list, times
from ..models.macro import ai_gain
from ..models.ownership import gpu_hour_cost
from ..models.power import site_year
from ..models.returns import public_return
from ..models.training import training_time
from ..presets import presets

ANSWERS = {
    "jupiter-hpc6": lambda: times("JUPITER Booster", "HPC6", "2025-06", "rmax_pflops"),
    "us-accelerators": lambda: (
        evaluate(share_of_the_list, **presets("share_of_the_list")["eu-accelerators"]["values"]).united_states
    ),
    "gpu-hour": lambda: evaluate(gpu_hour_cost).total,
    "break-even": lambda: evaluate(gpu_hour_cost).break_even_utilisation,
    "electricity-bill": lambda: evaluate(site_year).bill,
    "gpt5-weeks": lambda: evaluate(training_time).weeks,
    "euro-return": lambda: evaluate(public_return).ratio,
    "days-to-start": lambda: evaluate(cost_of_waiting).public_days,
    "ai-billions": lambda: evaluate(ai_gain).task_gain,
    "claims-hold": lambda: verdict_counts()["holds"],
}
