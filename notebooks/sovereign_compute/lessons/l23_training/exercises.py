"""Notebook 23, how long training takes: exercises."""

import math

from ...controls.exercises import Exercise, Mistake
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.checkpoints import checkpoint_goodput
from ...models.parts.constants import DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_HOUR, PERCENT
from ...models.parts.utilisation import Test, wall
from ...models.training import FEW_WEEKS, training_needs, training_time

DAYS_PER_YEAR = 365


SMALL_SHARE = 5.0


USUAL = presets("training_time")["gpt5-40"]["values"]


TESTED = "bloom-176b"


def _days(v: dict) -> float:
    return training_time(**v).days


def _small_share(v: dict) -> float:
    """Days with 5 % of what the learner has."""
    return _days(v) / (SMALL_SHARE * PERCENT)


def _share_for_few_weeks(v: dict) -> float:
    """Percent of the whole machine that finishes in the few weeks; above 100 the machine is too small."""
    return v["machine_share"] * training_time(**v).weeks / FEW_WEEKS


def _memory(v: dict) -> float:
    return training_needs(**v).memory_gpus


def _interval(v: dict) -> float:
    return checkpoint_goodput(**v).best_interval * MINUTES_PER_HOUR


def _tested() -> Test:
    return next(test for test in wall() if test.run.id == TESTED)


EXERCISES = (
    Exercise(
        id="23.1",
        question=(
            "The usual arithmetic: a run of 66 × 10²⁴ operations, all of JUPITER, 40 % of the 16-bit peak, not an hour "
            "lost. How long does it take?"
        ),
        model=training_time,
        preset=USUAL,
        units={"days": 1.0, "weeks": DAYS_PER_WEEK},
        answer=_days,
        mistakes=(
            Mistake(
                lambda v: _days(v) * v["model_flop_utilisation"] * PERCENT,
                "That is the time at the full peak: no run reaches it.",
            ),
            Mistake(lambda v: _days({**v, "precision": 1}), "That is twice the speed: the peak in 8 bits, not in 16."),
            Mistake(lambda v: _days(v) * HOURS_PER_DAY, "Those are hours; a day has 24 of them."),
            Mistake(lambda v: 1 / _days(v), "Upside down: operations over speed, not speed over operations."),
        ),
        hints=(
            "First the useful speed: superchips × peak × utilisation. The peak is given in 10¹² operations a second.",
            "Operations over useful speed are seconds; a day has 86,400.",
        ),
        solution=lambda v: (
            f"{number(v['gpus'])} × {number(v['chip_peak'])} × 10¹² × {number(v['model_flop_utilisation'])} % = "
            f"{number(training_time(**v).speed, 2)} × 10¹⁸ operations a second; {number(v['training_compute'])} × 10²⁴ "
            f"of them take {number(_days(v), 1)} days."
        ),
    ),
    Exercise(
        id="23.2",
        question=(
            f"Your panel, as it is set now, but you get only {number(SMALL_SHARE)} % of the share that is set there. "
            "How long does the final run take?"
        ),
        model=training_time,
        units={"years": float(DAYS_PER_YEAR), "weeks": DAYS_PER_WEEK, "days": 1.0},
        answer=_small_share,
        mistakes=(
            Mistake(_days, "That is the time on your present share."),
            Mistake(lambda v: _days(v) * SMALL_SHARE * PERCENT, "The other way round: fewer chips take longer."),
            Mistake(
                lambda v: _days(v) * (2 - SMALL_SHARE * PERCENT),
                "Losing 95 % of the chips does not add 95 % to the time: what remains does all the work.",
            ),
        ),
        hints=(
            "In this model time and chips are inversely proportional. Which factor is that here?",
            "One over five per cent is twenty.",
        ),
        solution=lambda v: (
            f"{number(_days(v), 1)} days / {number(SMALL_SHARE)} % = {number(_small_share(v), 0)} days, or "
            f"{number(_small_share(v) / DAYS_PER_YEAR, 2)} years."
        ),
    ),
    Exercise(
        id="23.3",
        question=(
            f"Your panel, as it is set now: which share of the whole machine would finish the run in exactly "
            f"{number(FEW_WEEKS)} weeks? (More than 100 % means: the machine is too small.)"
        ),
        model=training_time,
        units={"%": 1.0},
        answer=_share_for_few_weeks,
        mistakes=(
            Mistake(
                lambda v: v["machine_share"] * FEW_WEEKS / training_time(**v).weeks,
                "Upside down: less time needs a larger share.",
            ),
            Mistake(
                lambda v: v["machine_share"] * _days(v) / FEW_WEEKS,
                "You divided days by weeks: a week has seven days.",
            ),
        ),
        hints=(
            "Share × time stays the same: it is the work that has to be done.",
            "Your share × your weeks / 8 weeks.",
        ),
        solution=lambda v: (
            f"{number(v['machine_share'])} % × {number(training_time(**v).weeks, 2)} weeks / {number(FEW_WEEKS)} "
            f"weeks = {number(_share_for_few_weeks(v), 1)} %."
        ),
    ),
    Exercise(
        id="23.4",
        question=(
            "A model with 406 billion parameters is trained with 16 bytes for each. How many GPUs of 96 GB does it "
            "take to hold it, if 31 % of the memory goes to activations?"
        ),
        model=training_needs,
        preset={},
        units={"GPUs": 1.0},
        answer=_memory,
        mistakes=(
            Mistake(
                lambda v: _memory({**v, "activation_share": 0}),
                "That leaves no memory for activations: only part of the 96 GB is free for the model.",
            ),
            Mistake(
                lambda v: _memory(v) * 2 / v["bytes_per_parameter"],
                "Two bytes hold a parameter in use; in training the gradient, a master copy and two moments come too.",
            ),
            Mistake(
                lambda v: _memory({**v, "activation_share": 100 - v["activation_share"]}),
                "31 % is what the activations take, not what they leave.",
            ),
        ),
        hints=(
            "How many GB does the model take? How many GB of each GPU are free for it?",
            "406 × 16 GB, divided by 69 % of 96 GB.",
        ),
        solution=lambda v: (
            f"{number(v['parameters'])} × {number(v['bytes_per_parameter'])} = "
            f"{number(v['parameters'] * v['bytes_per_parameter'])} GB; each GPU has "
            f"{number(v['gpu_memory'] * (1 - v['activation_share'] * PERCENT), 1)} GB free: "
            f"{number(_memory(v), 1)} GPUs, so {math.ceil(_memory(v))}."
        ),
    ),
    Exercise(
        id="23.5",
        question=(
            "A run on all of JUPITER breaks once in 24,000 GPU-hours, and saving its state takes 40 seconds. How much "
            "time should lie between two checkpoints?"
        ),
        model=checkpoint_goodput,
        preset={},
        units={"minutes": 1.0, "hours": MINUTES_PER_HOUR, "seconds": 1 / MINUTES_PER_HOUR},
        answer=_interval,
        mistakes=(
            Mistake(lambda v: _interval(v) / 2**0.5, "The factor 2 under the root is missing."),
            Mistake(
                lambda v: _interval(v) * (v["gpus"] * v["machine_share"] * PERCENT) ** 0.5,
                "24,000 are GPU-hours: divide them by the number of GPUs to get the hours between failures.",
            ),
            Mistake(
                lambda v: checkpoint_goodput(**v).between_failures * MINUTES_PER_HOUR,
                "That is the time between failures: waiting so long loses half of it each time.",
            ),
        ),
        hints=(
            "How many hours lie between two failures of 23,536 GPUs?",
            "The square root of 2 × time to save × time between failures, both in the same unit.",
        ),
        solution=lambda v: (
            f"Something breaks every {number(checkpoint_goodput(**v).between_failures * MINUTES_PER_HOUR, 1)} minutes; "
            f"√(2 × {number(v['checkpoint_time'] / MINUTES_PER_HOUR, 3)} × "
            f"{number(checkpoint_goodput(**v).between_failures * MINUTES_PER_HOUR, 1)}) = "
            f"{number(_interval(v), 2)} minutes."
        ),
    ),
    Exercise(
        id="23.6",
        question=(
            "BLOOM-176B was trained on A100 chips of a public machine. Give a range that holds its GPU-hours at nine "
            "to one, before you look it up on the wall."
        ),
        model=training_time,
        preset={},
        kind="range",
        units={"million GPU-hours": 1.0, "thousand GPU-hours": 1e-3},
        answer=lambda v: _tested().run.hours,
        band=lambda v: (_tested().low, _tested().high),
        hints=(
            "Six operations for each of 176 billion parameters and 366 billion tokens; a chip can do 312 × 10¹² in a "
            "second.",
            "At full peak that is a third of a million GPU-hours. The table of classes says what public machines "
            "with such chips make of the peak.",
        ),
        solution=lambda v: (
            f"The run took {number(_tested().run.hours, 2)} million GPU-hours; without any run of its makers the model "
            f"says {number(_tested().low, 2)} to {number(_tested().high, 2)} million."
        ),
    ),
)
