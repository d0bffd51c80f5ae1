"""How long a large training run takes on a machine, and what a model of given size asks for.

Method: training takes about six operations for each parameter that a token passes through (Kaplan and others 2020);
time is operations over useful speed, and useful speed is chips times peak times the two shares that get lost on the
way: utilisation while the run goes on, and the time that counts.
"""

from functools import cache
from typing import NamedTuple

from ..inputs import data
from .parts.constants import (
    ATTENTION_OPERATIONS,
    BYTES_PER_GIGABYTE,
    DAYS_PER_WEEK,
    GPUS_PER_MILLION,
    HOURS_PER_DAY,
    ONE_PARAMETER,
    ONE_TOKEN,
    PARAMETERS_PER_BILLION,
    PERCENT,
    SECONDS_PER_HOUR,
    TERAFLOPS_PER_EXAFLOP,
    TERAFLOPS_PER_YOTTAFLOP,
    TOKENS_PER_TRILLION,
    TRAINING_OPERATIONS,
)
from .registry import Output, model

FITS = ("hoffmann", "besiroglu")
"""Rows of ``data/scaling_constants.csv``, in the order of the words of the assumption ``scaling_fit``."""
FEW_WEEKS = 8.0
"""What the course reads as a few weeks: less than two months."""


class TrainingTime(NamedTuple):
    """Time of the final run, and of the final run with the trials around it, on one share of one machine."""

    days: object
    weeks: object
    gpu_hours: object
    days_with_trials: object
    speed: object


class TrainingNeeds(NamedTuple):
    """What a model of a given size asks for, and the size that the same computing would have served best."""

    gpu_hours: object
    compute: object
    attention: object
    memory_gpus: object
    tokens_per_parameter: object
    best_parameters: object
    best_tokens_per_parameter: object


def peak(chip_peak, precision):
    """Peak of a chip in the precision chosen: 8-bit units are twice as fast as 16-bit ones on all chips compared."""
    return chip_peak * (1 + precision)


def hours(compute, chip_peak, precision, model_flop_utilisation, goodput):
    """GPU-hours that ``compute`` (Yflop) takes; the shares are percentages, the peak is Tflop/s per GPU."""
    useful = peak(chip_peak, precision) * model_flop_utilisation * PERCENT * goodput * PERCENT
    return compute * TERAFLOPS_PER_YOTTAFLOP / useful / SECONDS_PER_HOUR


@model(
    "How long the training takes",
    Output("days", "Final run", "day", 0),
    Output("weeks", "Final run, in weeks", "week", 1),
    Output("gpu_hours", "Computing of the final run", "Mgpu*hour", 1),
    Output("days_with_trials", "Final run and trials", "day", 0),
    Output("speed", "Useful speed of the share", "Eflop/s", 2),
    monotone={
        "training_compute": "+",
        "gpus": "-",
        "machine_share": "-",
        "chip_peak": "-",
        "model_flop_utilisation": "-",
        "goodput": "-",
    },
)
def training_time(
    *,
    training_compute,
    experiment_factor,
    gpus,
    machine_share,
    chip_peak,
    precision,
    model_flop_utilisation,
    goodput,
) -> TrainingTime:
    """Days of a training run of known size on a share of a machine.

    Arguments are assumption ids in the units of ``data/assumptions.csv`` (Yflop, GPUs, percent, Tflop/s per GPU); each
    may be a float, an array of draws, a pint quantity or an uncertain number. ``model_flop_utilisation`` refers to the
    peak in the precision chosen, while the run goes on; ``goodput`` is the part of the time that is not lost to
    failures. Leaves out: the queue, later stages of training, and that a larger part of the machine is used less well.
    """
    needed = hours(training_compute, chip_peak, precision, model_flop_utilisation, goodput)
    share = gpus * machine_share * PERCENT
    days = needed / share / HOURS_PER_DAY
    return TrainingTime(
        days=days,
        weeks=days / DAYS_PER_WEEK,
        gpu_hours=needed / GPUS_PER_MILLION,
        days_with_trials=days * (1 + experiment_factor),
        speed=share
        * peak(chip_peak, precision)
        * model_flop_utilisation
        * PERCENT
        * goodput
        * PERCENT
        / TERAFLOPS_PER_EXAFLOP,
    )


@cache
def scaling_constants(fit: str) -> tuple[float, float, float]:
    """Exponent of the optimum, its factor for parameters, and the tokens per parameter that go with one pair.

    From the loss ``E + A / N ** alpha + B / D ** beta`` (Hoffmann and others 2022): at a given number of pairs N D it
    is least where ``N = G (N D) ** p`` with ``p = beta / (alpha + beta)``. Returns (p, G, 1 / G ** 2).
    """
    row = data.row("scaling_constants", fit)
    total = row["alpha"] + row["beta"]
    factor = (row["alpha"] * row["a"] / (row["beta"] * row["b"])) ** (1 / total)
    return row["beta"] / total, factor, factor**-2


def optimum(compute, scaling_fit):
    """Parameters (billion) and tokens per parameter with the least loss for ``compute`` (Yflop).

    ``scaling_fit`` selects from ``FITS``. Counts training only: a model that many people will use is better made
    smaller and trained longer than this.
    """
    power, factor, ratio = scaling_constants(FITS[int(scaling_fit)])
    one = ONE_PARAMETER * ONE_TOKEN
    pairs = compute / TRAINING_OPERATIONS * PARAMETERS_PER_BILLION * TOKENS_PER_TRILLION / one
    parameters = factor * pairs**power * ONE_PARAMETER / PARAMETERS_PER_BILLION
    return parameters, ratio * pairs ** (1 - 2 * power) * ONE_TOKEN / ONE_PARAMETER


@model(
    "What a model of this size asks for",
    Output("gpu_hours", "Computing of the final run", "Mgpu*hour", 2),
    Output("compute", "Operations", "Yflop", 3),
    Output("attention", "Attention, beside the rest", "percent", 1),
    Output("memory_gpus", "GPUs needed to hold the model", "gpu", 0),
    Output("tokens_per_parameter", "Tokens per parameter", "token/parameter", 0),
    Output("best_parameters", "Best size for this computing", "Gparameter", 0),
    Output("best_tokens_per_parameter", "Best tokens per parameter", "token/parameter", 0),
    monotone={
        "parameters": "+",
        "tokens": "+",
        "chip_peak": "-",
        "model_flop_utilisation": "-",
        "goodput": "-",
        "model_depth": "+",
        "model_width": "+",
        "context_length": "+",
    },
)
def training_needs(
    *,
    parameters,
    tokens,
    model_depth,
    model_width,
    context_length,
    attention_term,
    scaling_fit,
    chip_peak,
    precision,
    model_flop_utilisation,
    goodput,
    gpu_memory,
    bytes_per_parameter,
    activation_share,
) -> TrainingNeeds:
    """GPU-hours, least number of GPUs and the best size for the same computing, for a dense model.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array, a pint
    quantity or an uncertain number, but ``attention_term``, ``scaling_fit`` and ``precision`` select and are plain
    numbers. ``parameters`` are those that each token passes through; a mixture of experts holds more in memory than
    that, and the memory floor here is then too low. Attention counts every pair of tokens in the context; code that
    skips the half that looks ahead needs half as much.
    """
    dense = parameters * tokens * TRAINING_OPERATIONS
    attention = model_depth * model_width * context_length * tokens * ATTENTION_OPERATIONS
    compute = dense + attention_term * attention
    room = gpu_memory * BYTES_PER_GIGABYTE * (1 - activation_share * PERCENT)
    best_parameters, best_ratio = optimum(compute, scaling_fit)
    return TrainingNeeds(
        gpu_hours=hours(compute, chip_peak, precision, model_flop_utilisation, goodput) / GPUS_PER_MILLION,
        compute=compute,
        attention=attention / dense / PERCENT,
        memory_gpus=parameters * PARAMETERS_PER_BILLION * bytes_per_parameter / room,
        tokens_per_parameter=tokens * TOKENS_PER_TRILLION / (parameters * PARAMETERS_PER_BILLION),
        best_parameters=best_parameters,
        best_tokens_per_parameter=best_ratio,
    )
