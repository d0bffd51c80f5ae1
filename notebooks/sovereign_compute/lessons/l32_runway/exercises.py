"""Notebook 32, how long the money lasts: exercises."""

from ...analysis.evaluation import evaluation_of
from ...controls.exercises import Exercise, Mistake
from ...display.views.runway import at_work, months
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.founder import founder_quarter
from ...models.next_round import next_round
from ...models.parts.constants import (
    DAYS_PER_MONTH,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    MONTHS_PER_YEAR,
    ONE_QUARTER,
    PERCENT,
)
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


def _wait(v: dict) -> float:
    return runway(**v).waiting


def _stake(v: dict) -> float:
    return next_round(**v).stake


def _standstill(v: dict) -> float:
    """What the product loses in a quarter without computing, as an investor would price it (million EUR)."""
    found = founder_quarter(**v)
    return found.priced * (ONE_QUARTER - found.without) / v["round_months"]


def _order(v: dict) -> list[str]:
    work = at_work(runway(**v))
    return [ROUTES[id] for id in sorted(BOUGHT, key=lambda id: -work[id])]


def _best(v: dict) -> str:
    work = at_work(runway(**v))
    return ROUTES[max(ROUTES, key=work.get)]


EXERCISES = (
    Exercise(
        id="32.1",
        question="Preset “Nothing grows”: for how many months does the money last, with computing rented on demand?",
        model=runway,
        preset=FLAT,
        units={"months": 1.0, "years": MONTHS_PER_YEAR},
        answer=_flat,
        mistakes=(
            Mistake(
                lambda v: thousands(v["cash"]) / (_people(v) + _rent(v)),
                "You left out the revenue: it pays for a part.",
            ),
            Mistake(
                lambda v: thousands(v["cash"]) / (_people(v) - v["revenue"]),
                "You left out the computing: it is rented each month.",
            ),
            Mistake(
                lambda v: thousands(v["cash"]) / (_people(v) - v["revenue"] + _rent(v) * v["exchange_rate"]),
                "The rent is in dollars, the account in euros: convert first.",
            ),
        ),
        hints=(
            "What leaves the account in a month, and what comes in? Then divide.",
            "Money / (people × cost / 12 + other costs + GPU-hours × rent / exchange rate − revenue), in thousand EUR.",
        ),
        solution=lambda v: (
            f"{number(thousands(v['cash']))} / ({number(_people(v), 1)} + {number(_rent(v), 1)} − "
            f"{number(v['revenue'])}) = {number(_flat(v), 1)} months."
        ),
    ),
    Exercise(
        id="32.2",
        question=(
            "Your scenario, as it is set now: a team as in the first quarter of the game rents nothing for a quarter. "
            "By how much is its product worth less, at an investor's price?"
        ),
        model=founder_quarter,
        units={"million EUR": 1.0},
        answer=_standstill,
        mistakes=(
            Mistake(
                lambda v: founder_quarter(**v).priced * ONE_QUARTER / v["round_months"],
                "You stopped the team: without computing it still does a part of its work.",
            ),
            Mistake(
                lambda v: founder_quarter(**v).priced * founder_quarter(**v).without / v["round_months"],
                "That is what the team still does; asked is what is missing.",
            ),
            Mistake(
                lambda v: founder_quarter(**v).rent * EUROS_PER_THOUSAND / EUROS_PER_MILLION,
                "That is the rent that the firm saves.",
            ),
        ),
        hints=(
            "How many months of work are missing, and what is one worth if the planned product has a price?",
            "Open “What a quarter costs and brings” in the game: priced product / planned months × (3 − months of work "
            "without computing).",
        ),
        solution=lambda v: (
            f"{number(founder_quarter(**v).priced, 1)} / {number(v['round_months'])} × ({number(ONE_QUARTER)} − "
            f"{number(founder_quarter(**v).without, 1)}) = {number(_standstill(v), 2)} million EUR, against "
            f"{number(founder_quarter(**v).rent * EUROS_PER_THOUSAND / EUROS_PER_MILLION, 2)} million EUR of rent."
        ),
    ),
    Exercise(
        id="32.3",
        question=(
            "Your panel, as it is set now: how many months pass, on average, from being ready to the first public job?"
        ),
        model=runway,
        units={"months": 1.0, "days": 1 / DAYS_PER_MONTH},
        answer=_wait,
        mistakes=(
            Mistake(
                lambda v: (v["cut_off_days"] / 2 + v["evaluation_days"] + v["onboarding_days"]) / DAYS_PER_MONTH,
                "You let every application succeed; who is refused waits again.",
            ),
            Mistake(
                lambda v: (
                    ((v["cut_off_days"] + v["evaluation_days"]) / (v["success_rate"] * PERCENT) + v["onboarding_days"])
                    / DAYS_PER_MONTH
                ),
                "Who is ready on any day waits half a period for the cut-off on average, not a whole one.",
            ),
            Mistake(
                lambda v: (
                    (v["cut_off_days"] / 2 + v["evaluation_days"] + v["onboarding_days"])
                    / (v["success_rate"] * PERCENT)
                    / DAYS_PER_MONTH
                ),
                "Accounts and software are set up once, after the yes.",
            ),
        ),
        hints=(
            "How often must one apply until it works, and what is repeated each time?",
            "(Half a period + evaluation) / rate of success + onboarding, in days; a month has 30.4 of them.",
        ),
        solution=lambda v: (
            f"({number(v['cut_off_days'])} / 2 + {number(v['evaluation_days'])}) / "
            f"{number(v['success_rate'] * PERCENT)} + {number(v['onboarding_days'])} = "
            f"{number(_wait(v) * DAYS_PER_MONTH, 0)} days, or {number(_wait(v), 1)} months."
        ),
    ),
    Exercise(
        id="32.4",
        question=(
            "At the course's values: which route leaves most months at work? Months in which the firm waits for its "
            "computing do not count."
        ),
        model=runway,
        preset={},
        kind="choice",
        options=lambda: sorted(ROUTES.values()),
        answer=_best,
        reasons=reasons.months_at_work,
        hints=(
            "The longest bar is not the answer if a part of it is waiting.",
            "Compare the first part of each bar; the table below the panel has the decimals.",
        ),
        solution=lambda v: (
            "; ".join(f"{ROUTES[id]} {number(work, 1)}" for id, work in at_work(runway(**v)).items())
            + " months at work."
        ),
    ),
    Exercise(
        id="32.5",
        question=(
            "A yearly call (preset “One call a year”), all else at the course's values: put four routes in order, the "
            "most months at work first."
        ),
        model=runway,
        preset=YEARLY_CALL,
        kind="ranking",
        options=lambda: sorted(ROUTES[id] for id in BOUGHT),
        answer=_order,
        hints=(
            "Choose the preset and look at the part of the last bar that is waiting.",
            "Half a year and three months for each try, and most tries fail: how much of the money is left then?",
        ),
        solution=lambda v: (
            ", then ".join(_order(v)) + f": the wait takes {months(_wait(v))}, more than the money of the firm allows."
            if runway(**v).working == 0
            else ", then ".join(_order(v)) + "."
        ),
    ),
    Exercise(
        id="32.6",
        question=(
            "Your panel of the next round, as it is set now: if the round comes, what is the part of the old owners "
            "worth after it?"
        ),
        model=next_round,
        units={"million EUR": 1.0},
        answer=_stake,
        mistakes=(
            Mistake(
                lambda v: v["round_size"] / (v["dilution"] * PERCENT),
                "That is the whole firm after the money; the new owners hold a part of it.",
            ),
            Mistake(
                lambda v: v["round_size"] * (1 - v["dilution"] * PERCENT),
                "You took a part of the new money; first find what the whole firm is worth at that price.",
            ),
        ),
        hints=(
            "If a fifth of the firm costs 12, what does all of it cost?",
            "Size / dilution is the value after the money; the old owners hold the rest of 100 %.",
        ),
        solution=lambda v: (
            f"{number(v['round_size'])} / {number(v['dilution'] * PERCENT)} × "
            f"(1 − {number(v['dilution'] * PERCENT)}) = {number(_stake(v), 1)} million EUR, "
            "which is also the value before the money."
        ),
    ),
    Exercise(
        id="32.7",
        question=(
            "At the course's values: between which two numbers of months lies the time that the money lasts, on "
            "demand? Give a range that you would bet on at nine to one."
        ),
        model=runway,
        preset={},
        kind="range",
        units={"months": 1.0},
        answer=_flat,
        band=lambda v: evaluation_of(runway).bands["cloud"],
        hints=(
            "The plan gives one number. How well does a founder know growth two years ahead?",
            "A firm whose revenue grows by a tenth each month may never run dry; one that stands still does soon.",
        ),
        solution=lambda v: (
            f"The model gives {number(_flat(v), 1)} months and leaves open "
            f"{number(evaluation_of(runway).bands['cloud'][0], 1)} to "
            f"{months(evaluation_of(runway).bands['cloud'][1])}."
        ),
    ),
)
