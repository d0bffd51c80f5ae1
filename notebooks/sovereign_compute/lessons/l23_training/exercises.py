"""Notebook 23, how long training takes: exercises."""

import math

from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.checkpoints import checkpoint_goodput
from ...models.parts.constants import DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_HOUR, PERCENT
from ...models.parts.utilisation import Test, wall
from ...models.training import FEW_WEEKS, training_needs, training_time

DAYS_PER_YEAR = 365


USUAL = presets("training_time")["gpt5-40"]["values"]
"""The usual arithmetic: 40 % of the peak, and not an hour lost."""


TESTED = "bloom-176b"


FASTER_END = {"training_compute": "low", "model_flop_utilisation": "high", "goodput": "high"}
"""Which end of an assumption's range makes the run shorter; the trials change nothing of the final run."""


def _days(v: dict) -> float:
    return training_time(**v).days


def _run(v: dict) -> str:
    return f"{number(v['training_compute'])} × 10²⁴ operations"


def _share_for_few_weeks(v: dict) -> float:
    """Percent of the whole machine that finishes in the few weeks; above 100 the machine is too small."""
    return v["machine_share"] * training_time(**v).weeks / FEW_WEEKS


def _memory(v: dict) -> float:
    return training_needs(**v).memory_gpus


def _interval(v: dict) -> float:
    return checkpoint_goodput(**v).best_interval * MINUTES_PER_HOUR


def _tested() -> Test:
    return next(test for test in wall() if test.run.id == TESTED)


def _at_faster_ends(v: dict) -> dict[str, float]:
    """Weeks of the run with each assumption alone at the end of its range that makes it shorter, by its label."""
    return {get(id).label: training_time(**{**v, id: getattr(get(id), end)}).weeks for id, end in FASTER_END.items()}


def _soon_enough(v: dict) -> str:
    (found,) = (label for label, weeks in _at_faster_ends(v).items() if weeks <= FEW_WEEKS)
    return found


def _why_not(v: dict) -> dict[str, str]:
    found = {
        label: f"The run then takes {number(weeks, 1)} weeks, which is still too long."
        for label, weeks in _at_faster_ends(v).items()
    }
    return found | {
        get("experiment_factor").label: "Trials come before the final run. They do not make it any shorter."
    }


EXERCISES = (
    Exercise(
        id="23.1",
        question=lambda v: (
            f"A run of {_run(v)} uses all of JUPITER at {number(v['model_flop_utilisation'])} % of the 16-bit peak, "
            f"and {number(v['goodput'])} % of the time counts. How long does it take?"
        ),
        model=training_time,
        vary={"training_compute": (10, 150), "model_flop_utilisation": (15, 45), "goodput": (75, 95)},
        units={"days": 1.0, "weeks": DAYS_PER_WEEK},
        answer=_days,
        mistakes=(
            Mistake(
                lambda v: _days(v) * v["model_flop_utilisation"] * PERCENT,
                "That is the time at the full peak: no run reaches it.",
            ),
            Mistake(lambda v: _days(v) * v["goodput"] * PERCENT, "The lost time is missing: it makes the run longer."),
            Mistake(lambda v: _days({**v, "precision": 1}), "That is twice the speed: the peak in 8 bits, not in 16."),
            Mistake(lambda v: _days(v) * HOURS_PER_DAY, "Those are hours; a day has 24 of them."),
        ),
        hints=(
            "First the useful speed: chips × peak × utilisation × time that counts. The panel has the first two; the "
            "peak is in 10¹² operations a second.",
            "Operations divided by useful speed are seconds; a day has 86,400.",
        ),
        solution=lambda v: (
            f"{number(v['gpus'])} × {number(v['chip_peak'])} × 10¹² × {number(v['model_flop_utilisation'])} % × "
            f"{number(v['goodput'])} % = {number(training_time(**v).speed, 2)} × 10¹⁸ operations a second; {_run(v)} "
            f"take {number(_days(v), 1)} days."
        ),
    ),
    Exercise(
        id="23.2",
        question=lambda v: (
            f"A firm gets {number(v['machine_share'])} % of JUPITER for a run of {_run(v)}. All else is as in the "
            "course. How long does the run take?"
        ),
        model=training_time,
        vary={"machine_share": (1, 12), "training_compute": (10, 120)},
        units={"years": float(DAYS_PER_YEAR), "weeks": DAYS_PER_WEEK, "days": 1.0},
        answer=_days,
        mistakes=(
            Mistake(lambda v: _days({**v, "machine_share": 100}), "That is the time on the whole machine."),
            Mistake(
                lambda v: _days({**v, "machine_share": 100}) * (2 - v["machine_share"] * PERCENT),
                "Losing most of the chips does not just add that part to the time. The few that remain do all the "
                "work.",
            ),
        ),
        hints=(
            "Set both values in the panel, or think: time and chips are inversely proportional.",
            "The course's time, times your operations over the course's, divided by your share.",
        ),
        solution=lambda v: (
            f"{number(_days({**v, 'machine_share': 100}), 1)} days on the whole machine / "
            f"{number(v['machine_share'])} % = {number(_days(v), 0)} days, or {number(_days(v) / DAYS_PER_YEAR, 2)} "
            "years."
        ),
    ),
    Exercise(
        id="23.3",
        question=lambda v: (
            f"A run of {_run(v)} reaches {number(v['model_flop_utilisation'])} % of the peak. All else is as in the "
            f"course. Which share of the whole machine would finish it in exactly {number(FEW_WEEKS)} weeks? (More "
            "than 100 % means that the machine is too small.)"
        ),
        model=training_time,
        vary={"training_compute": (5, 60), "model_flop_utilisation": (15, 45)},
        units={"%": 1.0},
        answer=_share_for_few_weeks,
        mistakes=(
            Mistake(
                lambda v: _share_for_few_weeks(v) * DAYS_PER_WEEK,
                "You divided days by weeks: a week has seven days.",
            ),
            Mistake(
                lambda v: _share_for_few_weeks(v) * v["goodput"] * PERCENT,
                "The lost time is missing: the course counts some.",
            ),
        ),
        hints=(
            "Share × time stays the same: it is the work that must be done.",
            f"Find the weeks on the whole machine in the panel, and divide them by {number(FEW_WEEKS)}.",
        ),
        solution=lambda v: (
            f"{number(v['machine_share'])} % × {number(training_time(**v).weeks, 2)} weeks / {number(FEW_WEEKS)} "
            f"weeks = {number(_share_for_few_weeks(v), 1)} %."
        ),
    ),
    Exercise(
        id="23.4",
        question=lambda v: (
            f"A model with {number(v['parameters'])} billion parameters takes {number(v['bytes_per_parameter'])} bytes "
            f"for each while it is trained. How many GPUs of {number(v['gpu_memory'])} GB hold it, if activations take "
            f"{number(v['activation_share'])} % of the memory?"
        ),
        model=training_needs,
        vary={"parameters": (50, 900), "bytes_per_parameter": (12, 18), "activation_share": (15, 42)},
        units={"GPUs": 1.0},
        answer=_memory,
        mistakes=(
            Mistake(
                lambda v: _memory({**v, "activation_share": 0}),
                "That leaves no memory for activations: only a part of each GPU is free for the model.",
            ),
            Mistake(
                lambda v: _memory(v) * 2 / v["bytes_per_parameter"],
                "Two bytes hold a parameter in use. In training the gradient, a master copy and two moments are added.",
            ),
            Mistake(
                lambda v: _memory({**v, "activation_share": 100 - v["activation_share"]}),
                "That is the memory that activations take, not the memory that they leave.",
            ),
        ),
        hints=(
            "How many GB does the model take? How many GB of each GPU are free for it?",
            "Billions of parameters × bytes are GB. Divide them by the free part of a GPU.",
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
        question=lambda v: (
            f"A run on all of JUPITER breaks once in {number(v['gpu_hours_per_failure'], 0)} GPU-hours, and it takes "
            f"{number(v['checkpoint_time'])} seconds to save its state. How much time should lie between two "
            "checkpoints?"
        ),
        model=checkpoint_goodput,
        vary={"gpu_hours_per_failure": (9_000, 60_000), "checkpoint_time": (8, 90)},
        units={"minutes": 1.0, "hours": MINUTES_PER_HOUR, "seconds": 1 / MINUTES_PER_HOUR},
        answer=_interval,
        mistakes=(
            Mistake(lambda v: _interval(v) / 2**0.5, "The factor 2 under the root is missing."),
            Mistake(
                lambda v: _interval(v) * (v["gpus"] * v["machine_share"] * PERCENT) ** 0.5,
                "Those are GPU-hours: divide them by the number of GPUs to get the hours between failures.",
            ),
            Mistake(
                lambda v: checkpoint_goodput(**v).between_failures * MINUTES_PER_HOUR,
                "That is the time between failures: waiting so long loses half of it each time.",
            ),
        ),
        hints=(
            "How many hours lie between two failures of all GPUs together?",
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
            "BLOOM-176B was trained on A100 chips of a public machine. Give a range that you are 90 % sure contains "
            "its GPU-hours."
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
            "with such chips make of the peak, and how much that varies.",
        ),
        solution=lambda v: (
            f"The run took {number(_tested().run.hours, 2)} million GPU-hours. Without any run of its makers the model "
            f"says {number(_tested().low, 2)} to {number(_tested().high, 2)} million."
        ),
    ),
    Exercise(
        id="23.7",
        question=lambda v: (
            f"In your case {number(v['machine_share'])} % of JUPITER work on the run, and all else is as in the "
            "course. Which assumption, moved alone to the better end of its 90 % range, makes the report's “few "
            f"weeks” true, that is, at most {number(FEW_WEEKS)} weeks? Try it in the panel."
        ),
        model=training_time,
        vary={"machine_share": (70, 95)},
        kind="choice",
        options=lambda: sorted(get(id).label for id in (*FASTER_END, "experiment_factor")),
        answer=_soon_enough,
        reasons=_why_not,
        hints=(
            "The run must become half as long. Whose range spans a factor of two?",
            "The range of each assumption opens at the mark of its evidence. Which end is less than half, or more than "
            "twice, the value?",
        ),
        solution=lambda v: (
            "; ".join(f"{label} {number(weeks, 1)} weeks" for label, weeks in _at_faster_ends(v).items())
            + ". The one number that decides is known only to the firm."
        ),
    ),
)
