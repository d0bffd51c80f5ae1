"""What failures cost a training run, how often to save its state, and how long its data travel.

Method: each hour of useful work also takes the time to save the state, and, whenever something breaks, a restart and
on average half the work since the last save (Young 1974; Daly 2006 treats failures during saving and restarting too).
"""

from typing import NamedTuple

from .parts.constants import GIGABITS_PER_TERABYTE, MINUTES_PER_HOUR, PERCENT, SECONDS_PER_HOUR
from .registry import Output, model


class Checkpoints(NamedTuple):
    """Part of the time that counts, at the interval chosen and at the best one (hours and percent)."""

    goodput: object
    best_goodput: object
    best_interval: object
    between_failures: object
    transfer: object


def goodput_of(interval, saving, restart, between_failures):
    """Useful part of the time, from 0 to 1; all four arguments in hours.

    ``1 / (1 + d / t + (t / 2 + R) / M)``: failures are counted per hour of useful work, so that the share stays
    between 0 and 1 where the usual first-order formula turns negative. It is greatest at ``sqrt(2 d M)``.
    """
    return 1 / (1 + saving / interval + (interval / 2 + restart) / between_failures)


@model(
    "What failures cost, and how often to save",
    Output("goodput", "Time that counts, as saved now", "percent", 0),
    Output("best_goodput", "Time that counts, saved at best", "percent", 0),
    Output("best_interval", "Best time between checkpoints", "hour", 2),
    Output("between_failures", "Time between failures", "hour", 1),
    Output("transfer", "Bringing the data", "hour", 1),
    monotone={
        "gpus": "-",
        "machine_share": "-",
        "gpu_hours_per_failure": "+",
        "checkpoint_time": "-",
        "restart_time": "-",
    },
)
def checkpoint_goodput(
    *,
    gpus,
    machine_share,
    gpu_hours_per_failure,
    checkpoint_time,
    restart_time,
    checkpoint_interval,
    data_volume,
    network_speed,
) -> Checkpoints:
    """Goodput of a run on a share of a machine, the best time between checkpoints, and the time to move the data.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array, a pint
    quantity or an uncertain number. Failures are independent and every one stops the run. Leaves out: spare nodes,
    saving while computing goes on, silent errors, and hangs that nobody notices for hours.
    """
    between = gpu_hours_per_failure / (gpus * machine_share * PERCENT)
    saving = checkpoint_time / SECONDS_PER_HOUR
    restart = restart_time / MINUTES_PER_HOUR
    best = (2 * saving * between) ** 0.5
    return Checkpoints(
        goodput=goodput_of(checkpoint_interval, saving, restart, between) / PERCENT,
        best_goodput=goodput_of(best, saving, restart, between) / PERCENT,
        best_interval=best,
        between_failures=between,
        transfer=data_volume * GIGABITS_PER_TERABYTE / network_speed / SECONDS_PER_HOUR,
    )
