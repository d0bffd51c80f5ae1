"""Notebook 32, how long the money lasts: exercises."""

import numpy as np

from ...analysis.evaluation import evaluation_of
from ...controls.exercises import Exercise, Mistake
from ...display.views.runway import at_work, months
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.next_round import next_round
from ...models.parts.constants import EUROS_PER_THOUSAND, MONTHS_PER_YEAR, PERCENT
from ...models.runway import ROUTES, runway, thousands
from .. import reasons

FLAT = presets("runway")["flat"]["values"]


YEARLY_CALL = presets("runway")["yearly-call"]["values"]


BOUGHT = ("cloud", "reserved", "own", "wait")
"""Routes that the ranking compares; those with free hours or credits first lie too close together for one."""


def _rent(v: dict) -> float:
    """Computing rented on demand, this month (thousand EUR)."""
    return v["compute_need"] * v["cloud_price"] / v["exchange_rate"] / EUROS_PER_THOUSAND


def _people(v: dict) -> float:
    """People and other costs, this month (thousand EUR)."""
    return v["team"] * v["salary"] / MONTHS_PER_YEAR + v["other_costs"]


def _flat(v: dict) -> float:
    return runway(**v).cloud


def _stake(v: dict) -> float:
    return next_round(**v).stake


def _order(v: dict) -> list[str]:
    work = at_work(runway(**v))
    return [ROUTES[id] for id in sorted(BOUGHT, key=lambda id: -work[id])]


def _best(v: dict) -> str:
    work = at_work(runway(**v))
    return ROUTES[max(ROUTES, key=work.get)]


def _smallest_grant(v: dict) -> float:
    """The smallest grant (thousand GPU-hours, on the grid of the panel) for which waiting beats renting."""
    a = get("public_hours")
    grants = np.arange(a.hard_min, a.hard_max + a.step, a.step)
    found = runway(**{**v, "public_hours": grants})
    return float(grants[np.argmax(found.working > found.cloud)])


def _band(v: dict) -> tuple[float, float]:
    """What the model leaves open around this money and this team."""
    return evaluation_of(runway, {id: v[id] for id in FIRM}).bands["cloud"]


FIRM = {"cash": (1.5, 5), "team": (10, 24)}
"""What a founder plans with, drawn for each learner."""


EXERCISES = (
    Exercise(
        id="32.1",
        question=lambda v: (
            f"A firm has {number(v['cash'], 1)} million EUR and {number(v['team'])} people. It earns "
            f"{number(v['revenue'])} thousand EUR a month and rents {number(v['compute_need'])} GPU-hours a month on "
            "demand. Nothing grows, and all else is at the course's values. For how many months does its money last?"
        ),
        model=runway,
        preset=FLAT,
        vary={"cash": (1.5, 4.5), "team": (10, 20), "revenue": (15, 40), "compute_need": (20_000, 40_000)},
        units={"months": 1.0, "years": MONTHS_PER_YEAR},
        answer=_flat,
        mistakes=(
            Mistake(
                lambda v: thousands(v["cash"]) / (_people(v) + _rent(v)),
                "You left out the revenue: it pays for a part of the costs.",
            ),
            Mistake(
                lambda v: thousands(v["cash"]) / (_people(v) - v["revenue"]),
                "You left out the computing, which is rented every month.",
            ),
            Mistake(
                lambda v: thousands(v["cash"]) / (_people(v) - v["revenue"] + _rent(v) * v["exchange_rate"]),
                "The rent is in dollars and the account in euros: convert it first.",
            ),
        ),
        hints=(
            "Load *Nothing grows*, then set the four numbers. Or ask on paper what leaves the account in a month, and "
            "what comes in.",
            "Money / (people × cost / 12 + other costs + GPU-hours × rent / exchange rate − revenue), in thousand EUR.",
        ),
        solution=lambda v: (
            f"{number(thousands(v['cash']))} / ({number(_people(v), 1)} + {number(_rent(v), 1)} − "
            f"{number(v['revenue'])}) = {number(_flat(v), 1)} months."
        ),
    ),
    Exercise(
        id="32.4",
        question=lambda v: (
            f"A firm needs {number(v['compute_need'])} GPU-hours a month. It can get credits of "
            f"{number(v['cloud_credits'])} thousand USD or {number(v['public_hours'])} thousand public GPU-hours. All "
            "else is at the course's values. Which way leaves it most months at work?"
        ),
        model=runway,
        vary={"compute_need": (2_000, 60_000), "cloud_credits": (25, 350), "public_hours": (5, 150)},
        kind="choice",
        options=lambda: sorted(ROUTES.values()),
        answer=_best,
        reasons=reasons.months_at_work,
        hints=(
            "The longest bar is not the answer if a part of it is waiting.",
            "Set the three numbers in the first panel and compare the first part of each bar. “Show as table” has the "
            "decimals.",
        ),
        solution=lambda v: (
            "Months at work: "
            + "; ".join(f"{ROUTES[id]} {number(work, 1)}" for id, work in at_work(runway(**v)).items())
            + "."
        ),
    ),
    Exercise(
        id="32.5",
        question=lambda v: (
            f"There is one call a year. A firm has {number(v['cash'], 1)} million EUR and needs "
            f"{number(v['compute_need'])} GPU-hours a month. Put four ways in order, the most months at work first."
        ),
        model=runway,
        preset=YEARLY_CALL,
        vary={"cash": (1.5, 12), "compute_need": (3_000, 40_000)},
        kind="ranking",
        options=lambda: sorted(ROUTES[id] for id in BOUGHT),
        answer=_order,
        hints=(
            "Load *One call a year*, then set money and need. Which part of the last bar is waiting?",
            "A cluster is partly paid with the order, long before it runs. What does that do to a small account?",
        ),
        solution=lambda v: (
            f"{', then '.join(_order(v))}. The wait takes {months(runway(**v).waiting)}"
            + (", and the money is gone before." if runway(**v).working == 0 else ".")
        ),
    ),
    Exercise(
        id="32.6",
        question=lambda v: (
            f"In the next round, new owners pay {number(v['round_size'], 1)} million EUR for "
            f"{number(v['dilution'])} % of the firm. What is the part of the old owners worth then?"
        ),
        model=next_round,
        vary={"round_size": (5, 40), "dilution": (12, 32)},
        units={"million EUR": 1.0},
        answer=_stake,
        mistakes=(
            Mistake(
                lambda v: v["round_size"] / (v["dilution"] * PERCENT),
                "That is the whole firm after the money. The new owners hold a part of it.",
            ),
            Mistake(
                lambda v: v["round_size"] * (1 - v["dilution"] * PERCENT),
                "You took a part of the new money. First find what the whole firm is worth at that price.",
            ),
        ),
        hints=(
            "If a fifth of the firm costs 12, what does all of it cost?",
            "New money / share sold is the value after the round. The old owners hold the rest of 100 %.",
        ),
        solution=lambda v: (
            f"{number(v['round_size'])} / {number(v['dilution'] * PERCENT)} × "
            f"(1 − {number(v['dilution'] * PERCENT)}) = {number(_stake(v), 1)} million EUR. That is also the value of "
            "the firm before the money."
        ),
    ),
    Exercise(
        id="32.7",
        question=lambda v: (
            f"A founder plans with {number(v['cash'], 1)} million EUR and {number(v['team'])} people, and rents on "
            "demand. All else is as uncertain as in your panel. For how many months does the money last? Give a range "
            "that you would bet on at "
            "nine to one."
        ),
        model=runway,
        vary=FIRM,
        kind="range",
        units={"months": 1.0},
        answer=_flat,
        band=_band,
        hints=(
            "The plan gives one number. How well does a founder know growth two years ahead?",
            "If revenue grows by a tenth each month, the money may never run out. If it stands still, it soon does.",
        ),
        solution=lambda v: (
            f"On plan the money lasts {number(_flat(v), 1)} months. Nine times in ten the model gives "
            f"{number(_band(v)[0], 1)} to {months(_band(v)[1])}."
        ),
    ),
    Exercise(
        id="32.8",
        question=lambda v: (
            f"A firm has {number(v['cash'], 1)} million EUR and needs {number(v['compute_need'])} GPU-hours a month. "
            "How many thousand public GPU-hours must it get, so that waiting for them leaves more months at work than "
            "renting on demand? All else is at the course's values."
        ),
        model=runway,
        vary={"cash": (6, 8.5), "compute_need": (60_000, 100_000)},
        units={"thousand GPU-hours": 1.0, "GPU-hours": 0.001},
        tolerance=0.03,
        answer=_smallest_grant,
        mistakes=(
            Mistake(
                lambda v: v["compute_need"] * runway(**v).waiting / 1000,
                "That is what the firm would use during the wait. It also pays its people in that time.",
            ),
            Mistake(
                lambda v: v["compute_need"] * runway(**v).cloud / 1000,
                "That is all that the firm could rent with its money. It needs less to be better off.",
            ),
        ),
        hints=(
            "Set money and need in the first panel. Then raise *Public GPU-hours*, and compare two bars.",
            "The months at work of the last bar must pass the first bar. Mind that the wait does not count.",
        ),
        solution=lambda v: (
            f"{number(_smallest_grant(v))} thousand GPU-hours. The firm waits {months(runway(**v).waiting)}; by "
            f"renting its money would last {months(runway(**v).cloud)}. A small grant is used up before it has made up "
            "for the "
            "wait."
        ),
    ),
)
