"""Eight ways to spend a budget, and what comes of them: the models of the course in one chain.

Method: each lever turns money into an effect with diminishing returns, ``(money / sum of reference) ** returns``. What
an effect is worth comes from the models of the other lessons: a machine costs what lesson 21 finds and returns what
lesson 24 finds, credits buy hours at its cloud price, carbon is that of lesson 22. All of it comes on top of a JUPITER
that stands, so that a lever that needs a machine has one. The chain is in three steps, so that many portfolios can be
tried in many futures: ``prices`` (a future, whatever the portfolio), ``effects`` (a portfolio in a future) and
``outcomes`` (the two together). ``policy_portfolio`` does all three for one portfolio.

If more is asked for than there is, every lever is cut by the same factor: the budget is never exceeded.
"""

from typing import NamedTuple

from .ecosystem import ces
from .parts.constants import LEAST_HOURS, LEAST_PRICE, ONE_COMPANY, PERCENT
from .parts.futures import FUTURE, Prices, prices
from .parts.offer import first_place
from .parts.special import larger
from .registry import Output, model

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
    hours_for: object
    help_for: object
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


def start_ups_served(hours_for, help_for, substitution):
    """Start-ups served with hours that would do for ``hours_for`` of them and help for ``help_for`` (all companies).

    A CES function with equal weights: where both do for as many, so many are served; near a substitution of 0 the
    scarcer decides, at 1 it is the geometric mean.
    """
    return ces((0.5, 0.5), (hours_for / ONE_COMPANY, help_for / ONE_COMPANY), substitution) * ONE_COMPANY


def outcomes(prices: Prices, effects: Effects, spent) -> PolicyPortfolio:
    """What comes of a portfolio in a future; ``spent`` is the money that goes out (MEUR).

    Start-ups need computing and help, and one makes up for the other only in part; a machine brings both. People and
    data raise the science of the JUPITER that stands and of new machines. All outcomes are what is added to that
    JUPITER, but ``hours_for`` and ``help_for`` contain it. Evaluation improves what all other money does by the same
    share.
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
    hours_for = p.hours_stand + start_up_hours * p.companies_per_hour
    help_for = p.help_stands + p.help_brought * machine + p.helped * advice
    before = start_ups_served(p.hours_stand, p.help_stands, p.substitution)
    served = start_ups_served(hours_for, help_for, p.substitution) - before
    extra = served * p.gain
    trained = p.trained * (effects.people * better)
    usable = effects.data * better
    people = (1 + trained / p.people_base) ** p.people_weight
    data = ((1 + p.data_ceiling * usable) / (1 + usable)) ** p.data_weight
    science = p.science_worth * (1 - p.innovation) * ((1 + machine) * (people * data) - 1)
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
        hours_for=hours_for,
        help_for=help_for,
        served=served,
        survivors=served * (p.survival + p.gain),
        extra=extra,
        own_hours=own / PERCENT,
        first_place=first_place(p.places, own, skilled, p.chip_points, chip) / PERCENT,
        carbon=p.machine_carbon * machine + p.credit_carbon * credit_hours + p.giga_carbon * giga_hours,
    )


@model(
    "What a portfolio of eight levers brings",
    Output("net_value", "Net present value to Europe", "MEUR", -2),
    Output("returned", "Captured in Europe per public euro", "EUR/EUR", -1),
    Output("captured", "Value captured in Europe", "MEUR", -2),
    Output("spent", "Money spent", "MEUR", 0),
    Output("science_hours", "Hours for science", "Mgpu*hour/year", -2),
    Output("start_up_hours", "Hours for start-ups", "Mgpu*hour/year", -2),
    Output("industry_hours", "Hours for industry", "Mgpu*hour/year", -2),
    Output("days", "Days to the first job", "day", -2),
    Output("hours_for", "Start-ups for whom the hours would do", "company", -2),
    Output("help_for", "Start-ups for whom the help would do", "company", -2),
    Output("served", "Start-ups served", "company", -2),
    Output("survivors", "Start-ups served, alive after five years", "company", -2),
    Output("extra", "Start-ups saved", "company", -2),
    Output("own_hours", "Hours at European operators", "percent", 0),
    Output("first_place", "Comes first in sovereignty", "percent", 0),
    Output("carbon", "CO2 over the whole life", "kt", -2),
    # Not in what science returns: with a ceiling of data below today's, money for data would cost it a part.
    monotone={"expert_premium": "+", "expert_years": "+", "public_funds_cost": "-"},
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
    expert_premium,
    expert_years,
    user_staff,
    advisers_now,
    substitution,
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
    ``net_value`` counts what stays in Europe, less the money and the cost of raising it. Chips bring no euros by
    definition: their worth is in the first place. Evaluation of nothing brings nothing.

    Left out: feedback between levers beyond the ones named, the worth of independence itself in euros (lesson 13),
    what chips earn, carbon at a price, the years before a machine runs, how many start-ups want help, and that prices
    answer to demand.
    """
    given = locals()
    spends = within_budget([given[f"spend_{lever}"] for lever in LEVERS], budget)
    returns = [given[f"returns_{lever}"] for lever in LEVERS]
    future = prices(**{id: value for id, value in given.items() if id in FUTURE})
    return outcomes(future, effects(spends, future, returns), sum(spends))
