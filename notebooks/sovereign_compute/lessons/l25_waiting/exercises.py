"""Notebook 25, what waiting costs: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...display.views.queueing import simulated
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.access import allocation, cost_of_waiting
from ...models.parts.batch import RULES
from ...models.parts.constants import PERCENT
from ...models.queueing import queue_wait
from .. import reasons

CALL = presets("cost_of_waiting")["call-88"]["values"]


ONE_PLACE = presets("queue_wait")["one-place"]["values"] | {"offered_load": 95}


def _commerce(v: dict) -> float:
    return allocation(**v).commerce


def _break_even(v: dict) -> float:
    return cost_of_waiting(**v).break_even


def _days(v: dict) -> float:
    return cost_of_waiting(**v).public_days


def _paying(v: dict) -> float:
    return cost_of_waiting(**v).worth_paying


def _stretch(v: dict) -> float:
    return queue_wait(**v).wait / v["job_hours"]


def _best_for_favoured(v: dict) -> str:
    found = simulated(v)
    return min(RULES, key=lambda rule: found["favoured users", rule])


EXERCISES = (
    Exercise(
        id="25.1",
        question=(
            "At most a quarter of the machine is for innovation, and at least five per cent of that for commerce. "
            "Read it narrowly: how many superchips work for commerce alone?"
        ),
        model=allocation,
        preset={},
        units={"GPUs": 1.0},
        answer=_commerce,
        mistakes=(
            Mistake(lambda v: _commerce({**v, "commercial_reading": 1}), "That is five per cent of the machine."),
            Mistake(lambda v: allocation(**v).innovation, "That is the quarter. Take five per cent of it."),
            Mistake(
                lambda v: v["gpus"] * (v["innovation_share"] + v["commercial_share"]) * PERCENT,
                "Shares of shares are multiplied, not added.",
            ),
        ),
        hints=("Five per cent of a quarter: multiply.", "0.05 × 0.25 × the superchips of the Linpack run."),
        solution=lambda v: (
            f"{number(v['commercial_share'])} % × {number(v['innovation_share'])} % × {number(v['gpus'])} = "
            f"{number(_commerce(v), 1)} superchips."
        ),
    ),
    Exercise(
        id="25.2",
        question=(
            "A firm can rent 50,000 GPU-hours at 2.35 USD now, or get them free after 88 days. Nothing else counts. "
            "What must a day be worth to it before renting is cheaper?"
        ),
        model=cost_of_waiting,
        preset=CALL,
        units={"USD per day": 1.0, "thousand USD per day": 1000.0},
        answer=_break_even,
        mistakes=(
            Mistake(lambda v: cost_of_waiting(**v).rent * 1000, "That is the whole rent. Spread it over the days."),
            Mistake(lambda v: v["gpu_hours_needed"] / v["evaluation_days"], "Those are GPU-hours a day; price them."),
            Mistake(lambda v: _break_even(v) / 24, "That is the value of an hour."),
        ),
        hints=("What does the firm save by waiting, and for how many days does it wait?", "Hours × price / days."),
        solution=lambda v: (
            f"{number(v['gpu_hours_needed'])} × {number(v['reserved_price'])} USD / "
            f"{number(v['evaluation_days'])} days = {number(_break_even(v), 0)} USD a day."
        ),
    ),
    Exercise(
        id="25.3",
        question=(
            "Your first panel, as it is set now: how many days pass on average from being ready to the first "
            "public job?"
        ),
        model=cost_of_waiting,
        units={"days": 1.0},
        answer=_days,
        mistakes=(
            Mistake(
                lambda v: _days({**v, "success_rate": 100}), "That is for one who succeeds at once: mind the rate."
            ),
            Mistake(
                lambda v: _days({**v, "cut_off_days": 2 * v["cut_off_days"]}),
                "On average you wait half a period for the next cut-off, not a whole one.",
            ),
            Mistake(lambda v: _days(v) - v["onboarding_days"], "The days from the yes to the first job are missing."),
        ),
        hints=(
            "How long does one try take, and how many tries does it take on average?",
            "(half a period + evaluation) / rate of success + days until the first job.",
        ),
        solution=lambda v: (
            f"({number(v['cut_off_days'])} / 2 + {number(v['evaluation_days'])}) / "
            f"{number(v['success_rate'] * PERCENT, 2)} + {number(v['onboarding_days'])} = {number(_days(v), 1)} days."
        ),
    ),
    Exercise(
        id="25.4",
        question=(
            "Your first panel, as it is set now: up to which rent per GPU-hour is the cloud the cheaper way, delay and "
            "work for the public hours counted?"
        ),
        model=cost_of_waiting,
        units={"USD per GPU-hour": 1.0, "ct per GPU-hour": 0.01},
        answer=_paying,
        mistakes=(
            Mistake(lambda v: _paying({**v, "porting_cost": 0}), "Moving the software is money too."),
            Mistake(lambda v: _paying(v) - v["reserved_price"], "That is the difference to the present rent."),
        ),
        hints=("At that rent both ways cost the same.", "(value of a day × days later + work) / GPU-hours."),
        solution=lambda v: (
            f"({number(v['delay_value'])} USD × {number(cost_of_waiting(**v).days_lost, 1)} days + "
            f"{number(cost_of_waiting(**v).work * 1000, 0)} USD) / {number(v['gpu_hours_needed'])} GPU-hours = "
            f"{number(_paying(v), 2)} USD."
        ),
    ),
    Exercise(
        id="25.5",
        question=(
            "One place, arrivals and lengths pure chance, 95 % load. How long does a job wait, in lengths of a "
            "mean job?"
        ),
        model=queue_wait,
        preset=ONE_PLACE,
        units={"lengths": 1.0},
        answer=_stretch,
        mistakes=(
            Mistake(lambda v: _stretch(v) + 1, "That counts the job itself as well."),
            Mistake(lambda v: _stretch({**v, "offered_load": 90}), "That is the wait at 90 % load."),
            Mistake(lambda v: v["offered_load"] * PERCENT, "That is the chance to wait at all."),
        ),
        hints=("How much of the place is free? Waiting goes with one over it.", "Load / (1 − load)."),
        solution=lambda v: (
            f"{number(v['offered_load'] * PERCENT)} / (1 − {number(v['offered_load'] * PERCENT)}) = "
            f"{number(_stretch(v), 1)} lengths; at 90 % it was {number(_stretch({**v, 'offered_load': 90}), 1)}. "
            f"Five points of load double the wait."
        ),
    ),
    Exercise(
        id="25.6",
        question=(
            "One place of twenty is kept for young firms, who bring half of what would fill it. By which rule do "
            "their jobs wait least at the course's values?"
        ),
        model=queue_wait,
        preset={},
        kind="choice",
        options=lambda: list(RULES),
        answer=_best_for_favoured,
        reasons=lambda v: reasons.waits({rule: simulated(v)["favoured users", rule] for rule in RULES}),
        hints=(
            "Twenty places that serve everybody even out a rush; one place does not.",
            "Look at the lowest row of the second panel: “favoured users”.",
        ),
        solution=lambda v: (
            "Mean hours of the favoured: "
            + ", ".join(f"{rule} {number(simulated(v)['favoured users', rule], 1)}" for rule in RULES)
            + f". So “{_best_for_favoured(v)}”: a small reserve gives up the gain from sharing."
        ),
    ),
)
