"""Eight ways to spend a budget, and what comes of them: the models of the course in one chain.

Method: each lever turns money into an effect with diminishing returns, ``(money / sum of reference) ** returns``. What
an effect is worth comes from the models of the other lessons: a machine costs what lesson 21 finds and returns what
lesson 24 finds, credits buy hours at its cloud price, carbon is that of lesson 22. The chain is in three steps, so that
many portfolios can be tried in many futures: ``prices`` (a future, whatever the portfolio), ``effects`` (a portfolio in
a future) and ``outcomes`` (the two together). ``policy_portfolio`` does all three for one portfolio.

If more is asked for than there is, every lever is cut by the same factor: the budget is never exceeded.
"""

from typing import NamedTuple

from .constants import LEAST_HOURS, LEAST_PRICE, PERCENT
from .futures import FUTURE, Prices, prices
from .offer import first_place
from .registry import Output, model
from .special import larger, smaller

LEVERS = ("machine", "access", "credits", "data", "people", "chips", "gigafactory", "evaluation")
"""The levers in the order of the panel; each has a ``spend_`` and a ``returns_`` among the assumptions."""


class Effects(NamedTuple):
    """Effect of each lever as a multiple of one JUPITER (machine) or of what the sum of reference does (the others)."""

    machine: object
    access: object
    credits: object
    data: object
    people: object
    chips: object
    gigafactory: object
    evaluation: object


class PolicyPortfolio(NamedTuple):
    """Outcomes of a portfolio; units as in the outputs of ``policy_portfolio``."""

    net_value: object
    returned: object
    captured: object
    spent: object
    science_hours: object
    start_up_hours: object
    industry_hours: object
    days: object
    served: object
    survivors: object
    extra: object
    own_hours: object
    first_place: object
    carbon: object


def within_budget(spends, budget) -> list:
    """The sums asked for, each cut by the same factor if together they exceed the budget (all MEUR)."""
    factor = budget / larger(sum(spends), budget)
    return [spend * factor for spend in spends]


def effect(spend, reference, returns):
    """Diminishing returns: how many times the effect of ``reference`` the money ``spend`` has (both in MEUR)."""
    return (spend / reference) ** returns


def effects(spends, prices: Prices, returns) -> Effects:
    """What the money for each lever does in a future; ``returns`` are the eight exponents in the order of LEVERS."""
    references = [prices.machine_price] + [prices.scale] * 7
    return Effects(*(effect(*three) for three in zip(spends, references, returns, strict=True)))


def outcomes(prices: Prices, effects: Effects, spent) -> PolicyPortfolio:
    """What comes of a portfolio in a future; ``spent`` is the money that goes out (MEUR).

    Start-ups need computing and help: the scarcer of the two says how many are served. Science returns more where
    people and data stand beside the machine. Evaluation improves what all other money does by the same share.
    """
    p = prices
    better = 1 + p.learning * effects.evaluation
    machine = effects.machine * better
    hours = p.machine_hours * machine
    credit_hours = p.credit_hours * (effects.credits * better)
    giga_hours = p.giga_hours * (effects.gigafactory * better)
    public_hours = hours * p.innovation
    start_up_hours = public_hours + credit_hours

    advice = effects.access * better
    served = smaller(start_up_hours * p.companies_per_hour, p.helped * advice)
    extra = served * p.gain
    trained = p.trained * (effects.people * better)
    usable = effects.data * better
    people = (1 + trained / p.people_base) ** p.people_weight
    data = ((1 + p.data_ceiling * usable) / (1 + usable)) ** p.data_weight
    science = p.science_worth * machine * (1 - p.innovation) * (people * data)
    traded = extra * p.company_worth + giga_hours * p.industry_worth
    captured = science + trained * p.person_worth + p.kept * traded
    cost = spent * p.tax

    everything = hours + credit_hours + giga_hours + LEAST_HOURS
    own = (hours + giga_hours + credit_hours * p.european_cloud) / everything
    skilled = p.people_points * (trained / (trained + p.people_base))
    tried = effects.chips * better
    chip = p.chip_chance * tried / (1 + tried)
    hands = p.staff / (p.staff + p.advisers * advice)
    call = (p.cut_off / 2 + p.evaluation_days * hands) * p.tries + p.onboarding_days * hands
    rented = credit_hours / (start_up_hours + LEAST_HOURS)
    return PolicyPortfolio(
        net_value=captured - cost,
        returned=captured / larger(cost, LEAST_PRICE + 0 * cost),
        captured=captured,
        spent=spent,
        science_hours=hours - public_hours,
        start_up_hours=start_up_hours,
        industry_hours=giga_hours,
        days=call + rented * (p.cloud_days - call),
        served=served,
        survivors=served * (p.survival + p.gain),
        extra=extra,
        own_hours=own / PERCENT,
        first_place=first_place(p.places, own, skilled, p.chip_points, chip) / PERCENT,
        carbon=p.machine_carbon * machine + p.credit_carbon * credit_hours + p.giga_carbon * giga_hours,
    )


@model(
    "What a portfolio of eight levers brings",
    Output("net_value", "Net present value to Europe", "MEUR", 0),
    Output("returned", "Captured in Europe per public euro", "EUR/EUR", 2),
    Output("captured", "Value captured in Europe", "MEUR", 0),
    Output("spent", "Money spent", "MEUR", 0),
    Output("science_hours", "Hours for science", "Mgpu*hour/year", 1),
    Output("start_up_hours", "Hours for start-ups", "Mgpu*hour/year", 1),
    Output("industry_hours", "Hours for industry", "Mgpu*hour/year", 1),
    Output("days", "Days to the first job", "day", 0),
    Output("served", "Start-ups served", "company", 0),
    Output("survivors", "Start-ups served, alive after five years", "company", 0),
    Output("extra", "Start-ups saved", "company", 0),
    Output("own_hours", "Hours at European operators", "percent", 0),
    Output("first_place", "Comes first in sovereignty", "percent", 0),
    Output("carbon", "CO2 over the whole life", "kt", 0),
    monotone={
        "published_ratio": "+",
        "value_added_share": "+",
        "attribution": "+",
        "wage_premium": "+",
        "public_funds_cost": "-",
    },
)
def policy_portfolio(
    *,
    budget,
    spend_machine,
    spend_access,
    spend_credits,
    spend_data,
    spend_people,
    spend_chips,
    spend_gigafactory,
    spend_evaluation,
    returns_machine,
    returns_access,
    returns_credits,
    returns_data,
    returns_people,
    returns_chips,
    returns_gigafactory,
    returns_evaluation,
    reference_spend,
    capital_cost,
    lifetime,
    discount_rate,
    building_cost,
    building_lifetime,
    gpus,
    availability,
    utilisation,
    it_power,
    pue,
    electricity_price,
    maintenance,
    staff,
    staff_cost,
    cloud_price,
    exchange_rate,
    carbon_intensity,
    embodied_carbon,
    published_ratio,
    value_added_share,
    attribution,
    additionality,
    benefit_delay,
    benefit_years,
    benefit_fade,
    running_cost,
    public_funds_cost,
    innovation_share,
    cut_off_days,
    evaluation_days,
    onboarding_days,
    success_rate,
    cloud_wait_days,
    company_support_days,
    company_gpu_hours,
    company_survival,
    survival_gain,
    company_value,
    displacement,
    european_ownership,
    wage_share,
    training_cost,
    people_trained,
    wage_premium,
    elasticity_people,
    data_factor,
    elasticity_data,
    chip_success,
    chip_delay,
    weight_strategic,
    weight_legal,
    weight_data,
    weight_operational,
    weight_supply,
    weight_technology,
    weight_security,
    weight_environment,
    weight_concentration,
    chip_points,
    people_points,
    european_cloud_share,
    gigafactory_chips,
    gigafactory_money,
    private_leverage,
    chip_power,
    evaluation_gain,
) -> PolicyPortfolio:
    """What a way of spending the budget brings, through the models of the course in one chain.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. ``first_place`` is how likely what the programme offers ranks first among the
    services of lesson 12, in JUPITER's place there and with the weights of there: see ``models/offer.py``. A rank says
    nothing of how many hours are offered.
    ``net_value`` counts what stays in Europe, less the money and the cost of raising it.

    Left out: feedback between levers beyond the ones named, the worth of independence itself in euros (lesson 13),
    what chips earn, carbon at a price, the years before a machine runs, and that prices answer to demand.
    """
    given = locals()
    spends = within_budget([given[f"spend_{lever}"] for lever in LEVERS], budget)
    returns = [given[f"returns_{lever}"] for lever in LEVERS]
    future = prices(**{id: value for id, value in given.items() if id in FUTURE})
    return outcomes(future, effects(spends, future, returns), sum(spends))
