"""What independence from a foreign service is worth: an insurance, and three ways to prepare for a disruption.

Method: expected loss plus a risk premium for the variance of the loss (Pratt 1964, Arrow 1965). The loss of a year
counts as one draw: a disruption comes with a small probability, so two in a year, and the square of the probability in
the variance, are neglected. Beside it stands hold-up, which is paid in every year: a supplier can raise its price above
the market until leaving would be cheaper (Klemperer 1995, Farrell and Klemperer 2007). Three strategies are compared by
their cost in a year: stay with the foreign service; keep an exit ready and move only if moving costs less than waiting;
buy the sovereign service now.
"""

import math
from typing import NamedTuple

import numpy as np

from .ownership import annuity
from .parts.constants import COMPOUNDING_PERIOD, PERCENT
from .parts.special import larger, nominal, smaller
from .registry import Output, model

STRATEGIES = {"stay": "Stay", "keep": "Keep an exit", "buy": "Buy now"}
"""Output of the model to the name of the strategy, in the order of how much is spent before anything happens."""


class IndependenceValue(NamedTuple):
    """What independence is worth and costs, and what each strategy costs (MEUR a year unless said otherwise)."""

    worth: object
    asked: object
    fair_premium: object
    stay: object
    keep: object
    buy: object
    avoided: object
    risk_premium: object
    quasi_option: object
    break_even_probability: object
    ever: object
    one_loss: object
    hold_up: object
    spared: object


def weight_of(loss, aversion, wealth):
    """What one disruption weighs (MEUR): its loss, and half the aversion times its square over wealth.

    Times the probability in a year this is the expected loss plus the risk premium of Pratt (1964). Good for a
    ``loss`` (MEUR) that is small against ``wealth`` (MEUR); beyond about a third of it the true weight is larger.
    """
    return loss + 0.5 * aversion / wealth * loss**2


def losses(duration, loss_per_month, avoided, switching_cost) -> tuple:
    """The loss of one disruption (MEUR) for those who stay, who keep an exit, and who have bought independence.

    ``duration`` in months, ``loss_per_month`` in MEUR per month, ``avoided`` in percent, ``switching_cost`` in MEUR.
    An exit is used only where the move and the loss that remains cost less than waiting.
    """
    loss = duration * loss_per_month
    rest = loss * (1 - avoided * PERCENT)
    return loss, smaller(loss, switching_cost + rest), rest


def hold_up(spending, price_rise, years, switching_cost):
    """What a customer who cannot leave easily pays above the market, as the mean of a year (MEUR per year).

    The price of ``spending`` (MEUR per year) starts at the market's and rises each year by ``price_rise`` (percent per
    year) more, over ``years``: the sum is that of a geometric series. Nobody pays more in all than ``switching_cost``
    (MEUR), for which one is rid of it. Nothing is discounted, as the move is not.
    """
    rate = price_rise * PERCENT
    grown = (1 + rate * COMPOUNDING_PERIOD) ** (years / COMPOUNDING_PERIOD)
    risen = spending * (grown / annuity(rate, years) / years - 1)
    return smaller(larger(risen, 0 * risen), switching_cost / years)  # in a single year rounding can leave less than 0


def surcharges(values: dict) -> dict:
    """Yearly hold-up of each strategy (MEUR per year), from the inputs of ``independence_value``.

    An exit that is ready averts a part of it. A sovereign service avoids of it what it avoids of a loss: the rest
    comes through with what it buys abroad itself.
    """
    whole = hold_up(*(values[id] for id in ("cloud_spending", "price_rise", "planning_years", "switching_cost")))
    return {
        "stay": whole,
        "keep": whole * (1 - values["rise_averted"] * PERCENT),
        "buy": whole * (1 - values["loss_avoided"] * PERCENT),
    }


def _probability(cost, benefit):
    """Cost over benefit: from which probability on the benefit pays; 0 where nothing is paid.

    Infinite where no probability is high enough: none is above 1.
    """
    cost = larger(cost, 0 * cost)
    if isinstance(cost, np.ndarray) or isinstance(benefit, np.ndarray):
        cost, benefit = np.broadcast_arrays(cost, benefit)
        nothing = np.where(cost > 0, math.inf, 0.0)
        found = np.divide(cost, benefit, out=nothing, where=benefit > 0)
        return np.where(found * COMPOUNDING_PERIOD > 1, math.inf, found)
    if benefit == 0:
        return math.inf if nominal(cost) > 0 else 0.0
    found = cost / benefit
    return math.inf if nominal(found * COMPOUNDING_PERIOD) > 1 else found


@model(
    "What independence is worth",
    Output("worth", "Worth of independence as an insurance", "MEUR/year", 2),
    Output("asked", "Cost of independence: premium, and the move spread", "MEUR/year", 2),
    Output("fair_premium", "Premium worth paying if nothing has to be moved", "percent", 1),
    Output("stay", "Stay", "MEUR/year", 2),
    Output("keep", "Keep an exit", "MEUR/year", 2),
    Output("buy", "Buy now", "MEUR/year", 2),
    Output("avoided", "Expected loss avoided by the sovereign service", "MEUR/year", 3),
    Output("risk_premium", "Risk premium: peace of mind on top of it", "MEUR/year", 3),
    Output("quasi_option", "Quasi-option value: being able to decide afterwards", "MEUR/year", 3),
    Output("break_even_probability", "Break-even probability: buying beats staying", "percent/year", 0),
    Output("ever", "Chance of at least one disruption within the horizon", "percent", 0),
    Output("one_loss", "Loss of one disruption", "MEUR", 1),
    Output("hold_up", "Hold-up: what whoever stays pays above the market", "MEUR/year", 2),
    Output("spared", "Part of it that buying spares", "MEUR/year", 2),
    monotone={
        "disruption_probability": "+",
        "disruption_duration": "+",
        "disruption_loss": "+",
        "loss_avoided": "+",
        "risk_aversion": "+",
        "wealth": "-",
    },
    infinite=("break_even_probability",),
)
def independence_value(
    *,
    cloud_spending,
    sovereign_premium,
    disruption_probability,
    disruption_duration,
    disruption_loss,
    loss_avoided,
    risk_aversion,
    wealth,
    planning_years,
    exit_readiness,
    switching_cost,
    price_rise,
    rise_averted,
) -> IndependenceValue:
    """The worth of independence as an insurance, and the yearly cost of staying, keeping an exit ready, buying now.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. ``worth`` is the expected loss that the
    sovereign service avoids plus the risk premium saved; ``fair_premium`` is the same over the spending. Whoever buys
    now pays the premium and the cost of the move, spread over the horizon without interest. Whoever keeps an exit
    moves only if the move and the loss that remains cost less than the whole loss. All three pay hold-up (see
    ``surcharges``). ``quasi_option`` is what the freedom to decide after the event, and better terms before it, save
    against the better of the two fixed decisions (Arrow and Fisher 1974, Henry 1974): keeping an exit is the cheapest
    strategy exactly where this exceeds the cost of readiness.

    Left out: what a disruption costs others, functions that the sovereign service lacks (see ``exit_option``), a
    lock-in that grows with the years, and what is paid after an emergency move.
    """
    paid = surcharges(locals())
    rate = disruption_probability * PERCENT
    loss, moved, rest = losses(disruption_duration, disruption_loss, loss_avoided, switching_cost)
    stayed, left, bought = (weight_of(lost, risk_aversion, wealth) for lost in (loss, moved, rest))
    fixed = cloud_spending * sovereign_premium * PERCENT + switching_cost / planning_years
    spared = paid["stay"] - paid["buy"]
    stay, buy = paid["stay"] + rate * stayed, paid["buy"] + fixed + rate * bought
    free = paid["keep"] + rate * left
    gain = smaller(stay, buy) - free
    avoided = rate * (loss - rest)
    return IndependenceValue(
        worth=rate * (stayed - bought),
        asked=fixed,
        fair_premium=rate * (stayed - bought) / cloud_spending / PERCENT,
        stay=stay,
        keep=exit_readiness + free,
        buy=buy,
        avoided=avoided,
        risk_premium=rate * (stayed - bought) - avoided,
        quasi_option=larger(gain, 0 * gain),
        break_even_probability=_probability(fixed - spared, stayed - bought) / PERCENT,
        ever=(1 - (1 - rate * COMPOUNDING_PERIOD) ** (planning_years / COMPOUNDING_PERIOD)) / PERCENT,
        one_loss=loss,
        hold_up=paid["stay"],
        spared=spared,
    )


def outcomes(values: dict, months: float) -> dict[str, float]:
    """What each strategy has cost in the end (MEUR over the horizon) if one disruption of ``months`` came; 0: none.

    ``values`` are the inputs of ``independence_value``, as numbers. Nothing is weighted with a probability here: this
    is what the books say afterwards, and regret compares it.
    """
    loss, moved, rest = losses(months, values["disruption_loss"], values["loss_avoided"], values["switching_cost"])
    years = values["planning_years"]
    premium = values["cloud_spending"] * values["sovereign_premium"] * PERCENT
    paid = {id: surcharge * years for id, surcharge in surcharges(values).items()}
    return {
        "stay": paid["stay"] + loss,
        "keep": paid["keep"] + values["exit_readiness"] * years + moved,
        "buy": paid["buy"] + premium * years + values["switching_cost"] + rest,
    }


def regrets(costs: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """State to strategy to cost, as regret: the cost beyond that of the best strategy in this state (Savage 1951)."""
    return {state: {id: cost - min(of.values()) for id, cost in of.items()} for state, of in costs.items()}
