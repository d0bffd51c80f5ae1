"""Notebook 32, how long the money lasts: what to try in its two panels, and what one should have seen."""

import math

from ...analysis.settings import at_preset, complete, evaluate
from ...analysis.simulation import simulate
from ...controls.moves import Move
from ...display.views.runway import at_work, months
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number, quantity
from ...models.next_round import next_round
from ...models.parts.constants import DAYS_PER_MONTH, HOURS_PER_MONTH, HOURS_PER_THOUSAND, PERCENT
from ...models.runway import runway


def _half_the_computing() -> str:
    usual = evaluate(runway).cloud
    half = evaluate(runway, compute_need=get("compute_need").value / 2).cloud
    still = evaluate(runway, team_growth=0).cloud
    more = "A team that stops growing" if still > half else "Half the computing"
    return (
        f"With half the computing the money lasts {months(half)} instead of {number(usual, 1)}. With a team that does "
        f"not grow it lasts {months(still)}. {more} saves more. The computing bill is the one that everybody talks "
        "about, "
        "but people are paid every month."
    )


def _a_first_trial() -> str:
    trial, values = at_preset(runway, "playground"), presets("runway")["playground"]["values"]
    days = values["public_hours"] * HOURS_PER_THOUSAND / get("compute_need").value * DAYS_PER_MONTH
    return (
        f"A firm that rents meanwhile gains {quantity(trial.public - trial.cloud, 'month', 1)}. The free hours are all "
        f"that it needs for {number(days, 0)} days, and the people go on being paid. Nobody lives longer by that; but "
        "a "
        "first trial costs nothing either."
    )


def _one_call() -> str:
    found = at_preset(runway, "yearly-call")
    return (
        f"Waiting for public hours. The firm waits {months(found.waiting)} on average and pays its people all the "
        f"while, so {months(found.working)} are left for work. By renting it would have {months(found.cloud)}. The "
        "hours are free, but the time is not."
    )


def _two_million() -> str:
    found = at_preset(runway, "prize")
    work = at_work(found)
    best = max(work, key=work.get)
    right = "Yes" if best == "wait" else "No"
    return (
        f"{right}. Computing is now {number(found.compute_share, 0)} % of this month's spending: rented, it empties "
        f"the account after {months(found.cloud)}. The firm that waits has {months(work['wait'])} at work. Waiting "
        "pays if "
        "the need is large, the grant as large, and the success certain. Few applicants know that they will win."
    )


def _buy_instead() -> str:
    case = complete(runway, presets("runway")["prize"]["values"])
    gpus = math.ceil(case["compute_need"] / HOURS_PER_MONTH)
    found = runway(**{**case, "cluster_gpus": gpus})
    price = gpus * case["gpu_price"] / case["exchange_rate"] / 1000
    paid = price * (1 - case["debt_share"] * PERCENT)
    return (
        f"To cover the need takes {number(gpus)} GPUs for {number(price, 1)} million EUR, of which "
        f"{number(paid, 1)} million are paid with the order. The firm has {number(case['cash'])} million. The money "
        f"then lasts {months(found.own)}, and the machines come after {number(case['delivery_days'])} days."
    )


def _plan_and_draws() -> str:
    drawn, plan = simulate(next_round).mean("ruin"), evaluate(next_round).ruin
    told = "less than 0.1" if plan < 0.05 else number(plan, 1)
    return (
        f"If all goes to plan, the risk is {told} %. Across all draws it is {number(drawn, 0)} %. Nobody knows growth, "
        "prices and the date of the round, and the draws hold rich and poor firms alike. A founder knows more than the "
        "draws do, and less than the plan says."
    )


def _late() -> str:
    late, usual = at_preset(next_round, "late"), evaluate(next_round)
    return (
        f"On plan, the risk of a firm that rents rises to {number(late.ruin, 0)} %, and to "
        f"{number(late.ruin_wait, 0)} % for one that waits for public hours. One month more would now cost the owners "
        f"{number(late.month_value, -2)} "
        f"thousand EUR, instead of {number(usual.month_value, 0)} thousand. At the edge of the money a month is worth "
        "nearly everything."
    )


MOVES = {
    "runway": (
        Move(
            "Half the computing",
            "Halve *Computing in a month*. Then reset it, and set *Growth of the team* to zero instead. Which of the "
            "two lengthens the life of the firm more?",
            _half_the_computing,
        ),
        Move(
            "A first trial",
            "Load *AI Factory playground*. What do the free hours bring, and why so little?",
            _a_first_trial,
            "playground",
        ),
        Move(
            "One call a year",
            "Load *One call a year*. Which way now leaves the fewest months at work, and why?",
            _one_call,
            "yearly-call",
        ),
        Move(
            "Two million hours",
            "Load *Winner of the Grand Challenge*. Is it right to wait now? What is different from the move before?",
            _two_million,
            "prize",
        ),
        Move(
            "Buy instead",
            "Load *Winner of the Grand Challenge* and raise *GPUs to buy* until they cover the need. What stops you?",
            _buy_instead,
            "prize",
        ),
    ),
    "next_round": (
        Move(
            "Plan and draws",
            "Compare each bar, which is the plan, with its upright line, the mean of all draws. Why are they so far "
            "apart?",
            _plan_and_draws,
        ),
        Move(
            "Six months late",
            "Load *A round six months late*. For whom does the risk rise most? What is one more month worth now?",
            _late,
            "late",
        ),
    ),
}
