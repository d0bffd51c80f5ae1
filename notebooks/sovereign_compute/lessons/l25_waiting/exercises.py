"""Notebook 25, what waiting costs: exercises."""

from ...controls.exercises import Exercise, Mistake
from ...display.views.queueing import simulated
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.access import allocation, cost_of_waiting
from ...models.parts.batch import RULES
from ...models.parts.constants import PERCENT
from ...models.queueing import queue_wait
from .. import reasons

WAIT_ALONE = presets("cost_of_waiting")["call-88"]["values"]
"""A call in which nothing counts but the days of evaluation."""
ONE_PLACE = presets("queue_wait")["one-place"]["values"]


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


BETTER = {
    **dict.fromkeys(("cut_off_days", "evaluation_days", "onboarding_days", "application_days", "porting_cost"), "low"),
    "success_rate": "high",
    "gpu_hours_needed": "high",
    "reserved_price": "high",
}
"""To which end of its range an assumption helps waiting."""


def _moved(v: dict) -> dict[str, float]:
    """By label, how much more waiting costs than renting (thousand USD) if one assumption alone moves to that end."""
    return {get(id).label: cost_of_waiting(**{**v, id: getattr(get(id), end)}).difference for id, end in BETTER.items()}


def _turns(v: dict) -> str:
    """The assumption that alone turns the verdict."""
    found = _moved(v)
    return min(found, key=found.get)


EXERCISES = (
    Exercise(
        id="25.1",
        question=lambda v: (
            f"Suppose that {number(v['innovation_share'])} % of JUPITER is set aside for innovation, and "
            f"{number(v['commercial_share'])} % of that for commerce. How many of its {number(v['gpus'])} superchips "
            "work for commerce alone?"
        ),
        model=allocation,
        vary={"innovation_share": (10, 40), "commercial_share": (3, 15)},
        units={"GPUs": 1.0},
        answer=_commerce,
        mistakes=(
            Mistake(
                lambda v: _commerce({**v, "commercial_reading": 1}),
                "You took the share for commerce of the whole machine. Take it of the part for innovation.",
            ),
            Mistake(
                lambda v: allocation(**v).innovation,
                "That is the whole part for innovation. Commerce gets a share of it.",
            ),
            Mistake(
                lambda v: v["gpus"] * (v["innovation_share"] + v["commercial_share"]) * PERCENT,
                "You added the two shares. A share of a share is a product.",
            ),
        ),
        hints=(
            "How many superchips are set aside for innovation? How many of those go to commerce?",
            "Multiply: one share, as a decimal, times the other, times the superchips.",
        ),
        solution=lambda v: (
            f"{number(v['commercial_share'])} % × {number(v['innovation_share'])} % × {number(v['gpus'])} = "
            f"{number(_commerce(v), 1)} superchips."
        ),
    ),
    Exercise(
        id="25.2",
        question=lambda v: (
            f"A firm can rent {number(v['gpu_hours_needed'])} GPU-hours now, at {number(v['reserved_price'], 2)} USD "
            f"each. Or it gets them free after {number(v['evaluation_days'])} days, and nothing else costs anything. "
            "From which value of a day on is renting cheaper?"
        ),
        model=cost_of_waiting,
        preset=WAIT_ALONE,
        vary={
            "gpu_hours_needed": (20_000, 400_000),
            "reserved_price": (1.7, 3.2),
            "evaluation_days": (20, 240),
        },
        units={"USD per day": 1.0, "thousand USD per day": 1000.0},
        answer=_break_even,
        mistakes=(
            Mistake(
                lambda v: cost_of_waiting(**v).rent * 1000,
                "That is the whole rent. Spread it over the days of waiting.",
            ),
            Mistake(
                lambda v: v["gpu_hours_needed"] / v["evaluation_days"],
                "Those are GPU-hours for each day. What do they cost?",
            ),
            Mistake(
                lambda v: _break_even(v) / 24, "That is the value of an hour of waiting. The question is about a day."
            ),
        ),
        hints=(
            "What does the firm save by waiting, and for how many days does it wait?",
            "GPU-hours × rent / days.",
        ),
        solution=lambda v: (
            f"{number(v['gpu_hours_needed'])} × {number(v['reserved_price'], 2)} USD / "
            f"{number(v['evaluation_days'])} days = {number(_break_even(v), 0)} USD a day."
        ),
    ),
    Exercise(
        id="25.3",
        question=lambda v: (
            f"A call has a cut-off every {number(v['cut_off_days'])} days and takes {number(v['evaluation_days'])} "
            f"days to decide. {number(v['success_rate'])} % of applications succeed, and a refused firm tries again. "
            f"After the yes, {number(v['onboarding_days'])} days pass until the first job. How many days does a firm "
            "wait on average?"
        ),
        model=cost_of_waiting,
        vary={
            "cut_off_days": (40, 160),
            "evaluation_days": (30, 90),
            "success_rate": (25, 60),
            "onboarding_days": (25, 45),
        },
        units={"days": 1.0},
        answer=_days,
        mistakes=(
            Mistake(
                lambda v: _days({**v, "success_rate": 100}),
                "You let the first application succeed. How often must a firm apply on average?",
            ),
            Mistake(
                lambda v: _days({**v, "cut_off_days": 2 * v["cut_off_days"]}),
                "A firm may be ready on any day. On average it waits half a period for the cut-off, not a whole one.",
            ),
            Mistake(
                lambda v: _days(v) - v["onboarding_days"],
                "You stopped at the yes. The first job comes some days later.",
            ),
            Mistake(
                lambda v: (
                    (v["cut_off_days"] / 2 + v["evaluation_days"] + v["onboarding_days"])
                    / (v["success_rate"] * PERCENT)
                ),
                "Accounts and software are set up once, after the yes, not in every round.",
            ),
        ),
        hints=(
            "How long does one try take, and how many tries does it take on average?",
            "(Half a period + decision) / share of success + days until the first job.",
        ),
        solution=lambda v: (
            f"({number(v['cut_off_days'])} / 2 + {number(v['evaluation_days'])}) / "
            f"{number(v['success_rate'] * PERCENT, 2)} + {number(v['onboarding_days'])} = {number(_days(v), 1)} days."
        ),
    ),
    Exercise(
        id="25.4",
        question=lambda v: (
            f"For your firm a day is worth {number(v['delay_value'])} USD, it needs {number(v['gpu_hours_needed'])} "
            f"GPU-hours, and {number(v['success_rate'])} % of applications succeed. All else is at the course's "
            "values. Set your first panel so, and find the rent per GPU-hour at which both ways cost the same."
        ),
        model=cost_of_waiting,
        vary={"delay_value": (400, 2_500), "gpu_hours_needed": (40_000, 200_000), "success_rate": (25, 70)},
        units={"USD per GPU-hour": 1.0, "ct per GPU-hour": 0.01},
        answer=_paying,
        mistakes=(
            Mistake(
                lambda v: _paying({**v, "porting_cost": 0}), "You left out that moving the software costs money, too."
            ),
            Mistake(
                lambda v: _paying(v) - v["reserved_price"],
                "That is how far the rent may rise. The question is about the rent itself.",
            ),
        ),
        hints=(
            "Move *Rent for a year* until the sentence changes sides; *Rent that is worth paying* among the results "
            "says it exactly.",
            "(Value of a day × days later + work) / GPU-hours.",
        ),
        solution=lambda v: (
            f"({number(v['delay_value'])} USD × {number(cost_of_waiting(**v).days_lost, 1)} days + "
            f"{number(cost_of_waiting(**v).work * 1000, 0)} USD) / {number(v['gpu_hours_needed'])} GPU-hours = "
            f"{number(_paying(v), 2)} USD."
        ),
    ),
    Exercise(
        id="25.5",
        question=lambda v: (
            f"A machine has one place. Jobs arrive and last as chance wants, and the load is "
            f"{number(v['offered_load'])} %. How long does a job wait, in lengths of a mean job?"
        ),
        model=queue_wait,
        preset=ONE_PLACE,
        vary={"offered_load": (75, 95)},
        units={"lengths": 1.0},
        answer=_stretch,
        mistakes=(
            Mistake(lambda v: _stretch(v) + 1, "You counted the job itself as well. Only its wait is asked for."),
            Mistake(lambda v: v["offered_load"] * PERCENT, "That is the chance that a job has to wait at all."),
        ),
        hints=(
            "Which part of the place is free? The wait goes with one over it.",
            "Load / (1 − load), with the load as a decimal.",
        ),
        solution=lambda v: (
            f"{number(v['offered_load'] * PERCENT)} / (1 − {number(v['offered_load'] * PERCENT)}) = "
            f"{number(_stretch(v), 1)} lengths. Leave half as much empty, and the wait about doubles: "
            f"{number(_stretch({**v, 'offered_load': 50 + v['offered_load'] / 2}), 1)} lengths."
        ),
    ),
    Exercise(
        id="25.6",
        question=lambda v: (
            f"A machine has twenty places and a load of {number(v['offered_load'])} %. An operator keeps "
            f"{number(v['reserved_share'])} % of it for young firms, who bring half of the work that would fill that "
            "part. Under which rule do their jobs wait least?"
        ),
        model=queue_wait,
        vary={"offered_load": (76, 94), "reserved_share": (5, 20)},
        kind="choice",
        options=lambda: list(RULES),
        answer=_best_for_favoured,
        reasons=lambda v: reasons.waits({rule: simulated(v)["favoured users", rule] for rule in RULES}),
        hints=(
            "Twenty places that serve everybody even out a rush. How many places does the reserve have?",
            "Set load and reserve in the panel of the queue, and look at its lowest row: “favoured users”.",
        ),
        solution=lambda v: (
            "Mean hours of the young firms: "
            + ", ".join(f"{rule} {number(simulated(v)['favoured users', rule], 1)}" for rule in RULES)
            + f". So “{_best_for_favoured(v)}” is best for them. A small reserve gives up the gain from sharing; a "
            "large one pays off for those who have it."
        ),
    ),
    Exercise(
        id="25.7",
        question=(
            "At the course's values renting is cheaper. Only one of these assumptions, moved alone to the better end "
            "of its range, makes waiting cheaper. Which one?"
        ),
        model=cost_of_waiting,
        preset={},
        kind="choice",
        options=lambda: sorted(get(id).label for id in BETTER),
        answer=_turns,
        reasons=lambda v: {
            label: f"Then waiting still costs {number(gap, 0)} thousand USD more. Another assumption turns the verdict."
            for label, gap in _moved(v).items()
            if gap > 0
        },
        hints=(
            "Move each of them in the first panel to the end that helps waiting, and reset it before the next.",
            "What makes free hours worth more?",
        ),
        solution=lambda v: (
            f"“{_turns(v)}”: at the upper end of its range waiting is cheaper by "
            f"{number(-_moved(v)[_turns(v)], 0)} thousand USD. The wait stays as long, but the rent grows with the "
            "project. That is why a large grant is worth a long wait."
        ),
    ),
)
