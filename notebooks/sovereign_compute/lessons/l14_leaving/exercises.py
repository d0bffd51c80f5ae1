"""Notebook 14, what it costs to leave: exercises."""

from collections.abc import Callable

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.leaving import cost_of_leaving, pay_back
from ...models.leverage import leverage
from ...models.parts.constants import PERCENT, WORKDAYS_PER_YEAR

MILLIONS = {"million EUR": 1.0, "thousand EUR": 0.001}


def _at_list(v: dict) -> float:
    """Charges for the data if the whole list price might be charged (thousand EUR)."""
    return 1000 * cost_of_leaving(**{**v, "charged_share": 100.0}).charges


def _work(v: dict) -> float:
    return cost_of_leaving(**v).work


def _years(v: dict) -> float:
    return float(pay_back(v["rate"] * PERCENT, v["saved"], v["cost"]))


def _bears(v: dict) -> float:
    """Price rise up to which staying is cheaper, without interest (percent of the bill)."""
    return v["cost"] / v["plan"] / v["bill"] / PERCENT - v["cheaper"]


def _threat(v: dict) -> float:
    return leverage(**v).leverage


def _at_today(v: dict) -> float:
    return leverage(**v).today


CHANGES: dict[str, Callable[[dict], dict]] = {
    "half as much work for each workload": lambda v: {"workload_effort": v["workload_effort"] / 2},
    "the move ends with the contract": lambda v: {"contract_left": 0.0},
    "half as many months with two bills": lambda v: {"parallel_months": v["parallel_months"] / 2},
    "no charges for the data, as from January 2027": lambda v: {"charged_share": 0.0},
}
CLEARLY = 1.04  # times as expensive as the cheapest


def _costs(v: dict) -> dict[str, float]:
    return {name: cost_of_leaving(**{**v, **change(v)}).move for name, change in CHANGES.items()}


def _cheapest(v: dict) -> str:
    costs = _costs(v)
    return min(costs, key=costs.get)


def _one_is_clearly_cheapest(v: dict) -> bool:
    first, second, *_ = sorted(_costs(v).values())
    return second > CLEARLY * first


MORE, LESS, NOTHING = "worth more", "worth less", "worth nothing, as before"


def _way(v: dict) -> str:
    """Which way the worth goes if the provider's price becomes a little less certain."""
    if v["belief"] == 0:
        return NOTHING
    return LESS if v["price_uncertainty"] < leverage(**v).turning else MORE


def _clear_way(v: dict) -> bool:
    if v["belief"] == 0:
        return True
    return abs(v["price_uncertainty"] - leverage(**v).turning) > 4


def _why(v: dict) -> dict[str, str]:
    turning = number(leverage(**v).turning, 0)
    return {
        MORE: f"The two prices move together, and below {turning} % the provider’s price comes nearer to the other."
        if _way(v) == LESS
        else "Nobody believes in the move, so no offer comes, whatever prices do.",
        LESS: f"That happens only below {turning} % here, or nowhere."
        if _way(v) == MORE
        else "It is worth nothing now; it cannot become less.",
        NOTHING: "That is so only if nobody believes in the move.",
    }


EXERCISES = (
    Exercise(
        id="14.1",
        question="Your panel, as it is set now: what would the old provider charge for the data, if it might still "
        "charge its whole list price?",
        model=cost_of_leaving,
        units={"thousand EUR": 1.0, "million EUR": 1000.0},
        answer=_at_list,
        mistakes=(
            Mistake(lambda v: _at_list(v) * v["charged_share"] * PERCENT, "That is what may be charged now, a part."),
            Mistake(lambda v: _at_list(v) * v["exchange_rate"], "That is in dollars; divide by the dollars per euro."),
            Mistake(lambda v: _at_list(v) / 1000, "A thousand times too little: a TB has 1,000 GB."),
        ),
        hints=(
            "How many GB are the stored data, and what does the list ask for one?",
            "TB × 1,000 × USD per GB, over the dollars per euro.",
        ),
        solution=lambda v: (
            f"{number(v['stored_data'])} TB × 1,000 × {number(v['egress_price'], 3)} USD / "
            f"{number(v['exchange_rate'])} = {number(_at_list(v), 1)} thousand EUR."
        ),
    ),
    Exercise(
        id="14.2",
        question=lambda v: (
            f"A firm has {number(v['workloads'])} servers to move. Each takes {number(v['workload_effort'], 2)} days "
            f"of work. A person costs {number(v['salary'])} thousand EUR a year and works {number(WORKDAYS_PER_YEAR)} "
            "days. What does the work cost?"
        ),
        model=cost_of_leaving,
        vary={"workloads": (500, 20000), "workload_effort": (0.7, 8), "salary": (60, 140)},
        units=MILLIONS,
        answer=_work,
        mistakes=(
            Mistake(lambda v: _work(v) * WORKDAYS_PER_YEAR / 365, "A year has 365 days, but nobody works on all."),
            Mistake(lambda v: _work(v) / v["workload_effort"], "The days for each server are missing."),
            Mistake(lambda v: _work(v) * 1000, "A thousand times too much: the cost of a person is in thousands."),
        ),
        hints=("How many days of work is that in all, and how many years of one person?", "Days over 220, times pay."),
        solution=lambda v: (
            f"{number(v['workloads'])} × {number(v['workload_effort'], 2)} days / {number(WORKDAYS_PER_YEAR)} = "
            f"{number(v['workloads'] * v['workload_effort'] / WORKDAYS_PER_YEAR, 1)} years of one person, at "
            f"{number(v['salary'])} thousand EUR: {number(_work(v), 2)} million EUR."
        ),
    ),
    Exercise(
        id="14.3",
        question=lambda v: (
            f"A move costs {number(v['cost'], 1)} million EUR at once. Each year after it saves "
            f"{number(v['saved'], 2)} million, paid at the end of the year, and use does not grow. Money must earn "
            f"{number(v['rate'], 1)} % a year. After how many years has the move paid back?"
        ),
        model=cost_of_leaving,
        preset={},
        vary={
            "cost": [3.0, 4.5, 6.0, 8.0, 12.0],
            "saved": [0.8, 1.2, 1.5, 2.0, 3.0],
            "rate": [4.0, 6.0, 8.0, 10.0, 12.0],
        },
        fair=lambda v: 0.15 < v["rate"] * PERCENT * v["cost"] / v["saved"] < 0.75,
        units={"years": 1.0, "months": 1 / 12},
        tolerance=0.03,
        answer=_years,
        mistakes=(
            Mistake(lambda v: v["cost"] / v["saved"], "That is without interest; later savings are worth less."),
            Mistake(
                lambda v: v["cost"] / v["saved"] * (1 + v["rate"] * PERCENT),
                "Interest is due in every year until then, not in one.",
            ),
            Mistake(lambda v: v["saved"] / v["cost"], "Upside down: cost over saving."),
        ),
        hints=(
            "The savings are an annuity. For how many years is it worth as much as the move costs?",
            "−ln(1 − rate × cost / saving) / ln(1 + rate).",
        ),
        solution=lambda v: (
            f"−ln(1 − {number(v['rate'], 1)} % × {number(v['cost'], 1)} / {number(v['saved'], 2)}) / ln(1 + "
            f"{number(v['rate'], 1)} %) = {number(_years(v), 2)} years."
        ),
    ),
    Exercise(
        id="14.4",
        question=lambda v: (
            f"A firm pays {number(v['bill'])} million EUR a year and would use the new provider for "
            f"{number(v['plan'])} years. The move costs {number(v['cost'], 1)} million, and the new provider charges "
            f"{number(v['cheaper'])} % less than the old one does today. There is no interest and no growth. Up to "
            "which price rise of the old provider is it cheaper to stay?"
        ),
        model=cost_of_leaving,
        preset={},
        vary={
            "bill": [4.0, 5.0, 8.0, 10.0, 12.0],
            "plan": [3.0, 4.0, 5.0, 6.0, 8.0],
            "cost": [4.0, 6.0, 9.0, 14.0],
            "cheaper": [2.0, 3.0, 5.0, 8.0],
        },
        fair=lambda v: 3 < _bears(v) < 90,
        units={"%": 1.0},
        tolerance=0.03,
        answer=_bears,
        mistakes=(
            Mistake(lambda v: _bears(v) + v["cheaper"], "The new provider is cheaper already; take that off."),
            Mistake(lambda v: _bears(v) + 2 * v["cheaper"], "A cheaper provider makes you bear less, not more."),
            Mistake(
                lambda v: v["cost"] / v["bill"] / PERCENT - v["cheaper"],
                "The cost of the move counts once, the price rise in every year.",
            ),
            Mistake(lambda v: _bears(v) / 100, "That is the part of one; give it as a percentage."),
        ),
        hints=(
            "Spread the cost of the move over the years. What part of the bill is that?",
            "Cost over years over bill, in per cent, less what the other provider is cheaper by.",
        ),
        solution=lambda v: (
            f"{number(v['cost'], 1)} / {number(v['plan'])} years / {number(v['bill'])} million = "
            f"{number(_bears(v) + v['cheaper'], 1)} %, less {number(v['cheaper'])} %: {number(_bears(v), 1)} %."
        ),
    ),
    Exercise(
        id="14.5",
        question=lambda v: (
            f"A firm moves {number(v['workloads'])} workloads with {number(v['stored_data'])} TB. Each takes "
            f"{number(v['workload_effort'], 2)} days. Two bills run for {number(v['parallel_months'])} months, and the "
            f"contract for {number(v['contract_left'])} months after the move. All else is as the course assumes. "
            "Which of these changes, made alone, makes the move cheapest?"
        ),
        model=cost_of_leaving,
        vary={
            "workloads": [500.0, 1500.0, 6000.0, 15000.0],
            "workload_effort": [0.8, 3.0, 5.0],
            "stored_data": [200.0, 4000.0, 15000.0],
            "parallel_months": (1, 12),
            "contract_left": (1, 15),
        },
        fair=_one_is_clearly_cheapest,
        kind="choice",
        options=lambda: sorted(CHANGES),
        answer=_cheapest,
        reasons=lambda v: {
            name: f"The move then costs {number(cost, 2)} million EUR instead of "
            f"{number(cost_of_leaving(**v).move, 2)}. Another change does more."
            for name, cost in _costs(v).items()
        },
        hints=(
            "Set the five numbers in the panel. Which parts are the longest bars?",
            "Halving a part saves half of it; ending one saves all of it.",
        ),
        solution=lambda v: (
            "; ".join(
                f"{name}: {number(cost, 2)} million EUR"
                for name, cost in sorted(_costs(v).items(), key=lambda one: one[1])
            )
            + "."
        ),
    ),
    Exercise(
        id="14.6",
        question=lambda v: (
            f"Prices stand still until the renewal. A contract of {number(v['contract_years'], 1)} years costs "
            f"{number(v['cloud_spending'])} million EUR a year. The provider then asks for {number(v['licence_rise'])} "
            f"% more; another one charges {number(v['alternative_saving'])} % less than today, and a move costs "
            f"{number(v['switching_cost'], 1)} million. The provider believes in the move with a chance of "
            f"{number(v['belief'])} %. What is the option to leave worth in the negotiation?"
        ),
        model=leverage,
        preset={"price_uncertainty": 0, "alternative_uncertainty": 0},
        vary={
            "contract_years": [2.0, 3.0, 4.0, 5.0],
            "cloud_spending": [5.0, 8.0, 10.0, 20.0],
            "licence_rise": (20, 80),
            "alternative_saving": (2, 30),
            "switching_cost": [2.0, 4.0, 5.0, 8.0],
            "belief": (20, 80),
        },
        fair=lambda v: _at_today(v) > 1,
        units=MILLIONS,
        tolerance=0.03,
        answer=_threat,
        mistakes=(
            Mistake(_at_today, "That is what leaving saves. How likely is it that the provider believes in it?"),
            Mistake(
                lambda v: (_at_today(v) + v["switching_cost"]) * v["belief"] * PERCENT,
                "The cost of the move is missing.",
            ),
            Mistake(lambda v: _at_today(v) * (1 - v["belief"] * PERCENT), "That is the part that is not believed."),
        ),
        hints=(
            "How much do the two bills of the whole contract differ? What is left after the move?",
            "(Bill with the rise − other bill − move) × chance of being believed.",
        ),
        solution=lambda v: (
            f"{number(v['cloud_spending'])} × {number(v['contract_years'], 1)} × "
            f"({number(100 + v['licence_rise'])} − {number(100 - v['alternative_saving'])}) % − "
            f"{number(v['switching_cost'], 1)} = {number(_at_today(v), 2)} million, times {number(v['belief'])} %: "
            f"{number(_threat(v), 2)} million EUR."
        ),
    ),
    Exercise(
        id="14.7",
        question=lambda v: (
            f"The provider’s price changes by {number(v['price_uncertainty'])} % per √year, that of the other one by "
            f"{number(v['alternative_uncertainty'])} %, with a correlation of {number(v['price_correlation'], 2)}. The "
            f"provider believes in a move with a chance of {number(v['belief'])} %. All else is as the course assumes. "
            "The provider’s price becomes a little less certain. What is the option to leave then?"
        ),
        model=leverage,
        vary={
            "price_uncertainty": [5.0, 10.0, 15.0, 30.0, 50.0],
            "alternative_uncertainty": [10.0, 20.0, 40.0, 60.0],
            "price_correlation": [0.2, 0.8, 0.9],
            "belief": [0.0, 30.0, 70.0],
        },
        fair=_clear_way,
        kind="choice",
        options=lambda: [MORE, LESS, NOTHING],
        answer=_way,
        reasons=_why,
        hints=(
            "Does anybody believe in the move? If so: is the price far from certain, or nearly certain?",
            "Prices that move together: more uncertainty helps only above correlation × the other’s uncertainty.",
        ),
        solution=lambda v: (
            "Nobody believes in the move, so the option is worth nothing in the negotiation."
            if _way(v) == NOTHING
            else f"The gap between the prices moves least at about {number(leverage(**v).turning, 0)} %. At "
            f"{number(v['price_uncertainty'])} % a little more makes the option {_way(v)}."
        ),
    ),
)
