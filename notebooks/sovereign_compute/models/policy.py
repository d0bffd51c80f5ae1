"""Eight ways to spend a budget, and what comes of them: the models of the course in one chain.

Method: each lever turns money into an effect with diminishing returns, ``(money / sum of reference) ** returns``. What
an effect is worth comes from the models of the other lessons: a machine costs what lesson 21 finds and returns what
lesson 24 finds, credits buy hours at its cloud price, carbon is that of lesson 22. The chain is in three steps, so that
many portfolios can be tried in many futures: ``prices`` (a future, whatever the portfolio), ``effects`` (a portfolio in
a future) and ``outcomes`` (the two together). ``policy_portfolio`` does all three for one portfolio.

If more is asked for than there is, every lever is cut by the same factor: the budget is never exceeded.
"""

import inspect
from typing import NamedTuple

from .constants import (
    COMPOUNDING_PERIOD,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    GPUS_PER_MILLION,
    GPUS_PER_THOUSAND,
    GRAMS_PER_TONNE,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    LEAST_HOURS,
    LEAST_PRICE,
    MILLIONS_PER_BILLION,
    ONE_PERSON,
    PERCENT,
    TONNES_PER_KILOTONNE,
    WORKDAYS_PER_YEAR,
)
from .layers import shares_of_one
from .ownership import gpu_hour_cost
from .registry import Output, model
from .returns import public_return
from .special import larger, smaller

LEVERS = ("machine", "access", "credits", "data", "people", "chips", "gigafactory", "evaluation")
"""The levers in the order of the panel; each has a ``spend_`` and a ``returns_`` among the assumptions."""


class Prices(NamedTuple):
    """What a future says, whatever the portfolio: what the sum of reference buys, and what that is worth."""

    scale: object  # MEUR to which the unit costs of seven levers refer
    machine_price: object  # MEUR over the life of one JUPITER
    machine_hours: object  # million GPU-hours a year of one JUPITER
    innovation: object  # share of the machine for start-ups
    credit_hours: object
    european_cloud: object
    giga_hours: object
    companies_per_hour: object  # start-ups for a million GPU-hours a year
    helped: object  # start-ups that the sum of reference can help
    advisers: object  # people that it pays at a time
    staff: object  # people who do the same work already
    survival: object
    gain: object
    company_worth: object  # MEUR of today for a survivor
    trained: object
    people_base: object
    person_worth: object
    people_weight: object
    data_ceiling: object
    data_weight: object
    science_worth: object  # MEUR of today for a whole JUPITER
    industry_worth: object  # MEUR of today for a million GPU-hours a year
    kept: object
    chip_chance: object
    operator_weight: object
    chip_weight: object
    cut_off: object
    tries: object
    evaluation_days: object
    onboarding_days: object
    cloud_days: object
    machine_carbon: object  # kt of a whole JUPITER over its life
    credit_carbon: object  # kt for a million GPU-hours a year
    giga_carbon: object
    tax: object  # cost of a public euro to society
    learning: object


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
    independence: object
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


def prices(
    *,
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
    layer_operator,
    layer_chip_design,
    european_cloud_share,
    gigafactory_chips,
    gigafactory_money,
    private_leverage,
    chip_power,
    evaluation_gain,
) -> Prices:
    """A future: what money buys and what that is worth, from the models of lessons 21, 22 and 24.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; arrays are one value per future.
    """
    cost = gpu_hour_cost(
        capital_cost=capital_cost,
        lifetime=lifetime,
        discount_rate=discount_rate,
        building_cost=building_cost,
        building_lifetime=building_lifetime,
        gpus=gpus,
        availability=availability,
        utilisation=utilisation,
        it_power=it_power,
        pue=pue,
        electricity_price=electricity_price,
        maintenance=maintenance,
        staff=staff,
        staff_cost=staff_cost,
        cloud_price=cloud_price,
        exchange_rate=exchange_rate,
    )
    science = public_return(
        published_ratio=published_ratio,
        value_added_share=value_added_share,
        attribution=attribution,
        additionality=additionality,
        benefit_delay=benefit_delay,
        benefit_years=benefit_years,
        benefit_fade=benefit_fade,
        capital_cost=capital_cost,
        running_cost=running_cost,
        lifetime=lifetime,
        discount_rate=discount_rate,
        public_funds_cost=public_funds_cost,
    )
    million = EUROS_PER_THOUSAND / EUROS_PER_MILLION
    used = HOURS_PER_YEAR * availability * PERCENT * utilisation * PERCENT / GPUS_PER_MILLION
    person_years = reference_spend / (staff_cost * million)
    chips = reference_spend * (1 + private_leverage) * gigafactory_chips / (gigafactory_money * MILLIONS_PER_BILLION)
    # Private owners keep what their money earns, and users pay for power.
    surplus = (cost.cloud - chip_power * pue * electricity_price) / (1 + private_leverage)
    later = science.worth_today
    per_kilowatt_hour = carbon_intensity / GRAMS_PER_TONNE / TONNES_PER_KILOTONNE
    chip_hours = GPUS_PER_MILLION * lifetime * chip_power * pue * per_kilowatt_hour
    making = embodied_carbon / TONNES_PER_KILOTONNE
    alive = company_survival * PERCENT
    helped_alive = smaller(larger((company_survival + survival_gain) * PERCENT, 0 * alive), 1 + 0 * alive)
    owners = european_ownership * PERCENT
    operator_weight, chip_weight = shares_of_one((layer_operator, layer_chip_design))
    return Prices(
        scale=reference_spend,
        machine_price=larger(cost.lifetime_cost, LEAST_PRICE + 0 * cost.lifetime_cost),
        machine_hours=gpus * used,
        innovation=innovation_share * PERCENT,
        credit_hours=reference_spend * EUROS_PER_MILLION / cost.cloud / lifetime / GPUS_PER_MILLION,
        european_cloud=european_cloud_share * PERCENT,
        giga_hours=chips * used,
        companies_per_hour=lifetime * GPUS_PER_MILLION / (company_gpu_hours * GPUS_PER_THOUSAND),
        helped=person_years * WORKDAYS_PER_YEAR / ONE_PERSON / company_support_days,
        advisers=person_years / lifetime,
        staff=staff + ONE_PERSON,
        survival=alive,
        gain=helped_alive - alive,
        company_worth=company_value * (1 - displacement * PERCENT) * later,
        trained=reference_spend / (training_cost * million),
        people_base=people_trained * lifetime + ONE_PERSON,
        person_worth=wage_premium * million * benefit_years * additionality * PERCENT * later,
        people_weight=elasticity_people,
        data_ceiling=data_factor,
        data_weight=elasticity_data,
        science_worth=science.benefit,
        industry_worth=surplus * GPUS_PER_MILLION * lifetime * additionality * PERCENT * later / EUROS_PER_MILLION,
        kept=wage_share * PERCENT + (1 - wage_share * PERCENT) * owners,
        chip_chance=chip_success
        * PERCENT
        / (1 + discount_rate * PERCENT * COMPOUNDING_PERIOD) ** (chip_delay / COMPOUNDING_PERIOD),
        operator_weight=operator_weight,
        chip_weight=chip_weight,
        cut_off=cut_off_days,
        tries=1 / (success_rate * PERCENT),
        evaluation_days=evaluation_days,
        onboarding_days=onboarding_days,
        cloud_days=cloud_wait_days,
        machine_carbon=it_power * KILOWATTS_PER_MEGAWATT * pue * HOURS_PER_YEAR * lifetime * per_kilowatt_hour
        + gpus * making,
        credit_carbon=chip_hours,
        giga_carbon=chip_hours + making / used,
        tax=1 + public_funds_cost * PERCENT,
        learning=evaluation_gain * PERCENT,
    )


FUTURE = frozenset(inspect.signature(prices).parameters)
"""Assumptions that describe a future; with the budget, the spending and its returns they are the whole chain."""


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
    controlled = (hours + giga_hours + credit_hours * p.european_cloud) / everything
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
        independence=(p.operator_weight * controlled + p.chip_weight * chip) / PERCENT,
        carbon=p.machine_carbon * machine + p.credit_carbon * credit_hours + p.giga_carbon * giga_hours,
    )


@model(
    "What a portfolio of eight levers brings",
    Output("net_value", "Net present value to Europe", "MEUR", 0),
    Output("returned", "Captured in Europe per public euro", "EUR/EUR", 2),
    Output("captured", "Value captured in Europe, in today's money", "MEUR", 0),
    Output("spent", "Money spent", "MEUR", 0),
    Output("science_hours", "Hours for science", "Mgpu*hour/year", 1),
    Output("start_up_hours", "Hours for start-ups", "Mgpu*hour/year", 1),
    Output("industry_hours", "Hours for industry", "Mgpu*hour/year", 1),
    Output("days", "Days to a start-up's first job", "day", 0),
    Output("served", "Start-ups served", "company", 0),
    Output("survivors", "Of these alive after five years", "company", 0),
    Output("extra", "Survivors who owe it to the programme", "company", 0),
    Output("independence", "Independence of the hours", "percent", 0),
    Output("carbon", "CO2 over the life of the machines", "kt", 0),
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
    layer_operator,
    layer_chip_design,
    european_cloud_share,
    gigafactory_chips,
    gigafactory_money,
    private_leverage,
    chip_power,
    evaluation_gain,
) -> PolicyPortfolio:
    """What a way of spending the budget brings, through the models of the course in one chain.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. ``independence`` is a proxy: the part of all hours that runs at a European
    operator, and the discounted chance of a European chip, weighed as the layers of lesson 12 weigh operator and chip
    design. ``net_value`` counts what stays in Europe, less the money and the cost of raising it.

    Left out: feedback between levers beyond the ones named, the worth of independence itself in euros (lesson 13),
    what chips earn, carbon at a price, the years before a machine runs, and that prices answer to demand.
    """
    given = locals()
    spends = within_budget([given[f"spend_{lever}"] for lever in LEVERS], budget)
    returns = [given[f"returns_{lever}"] for lever in LEVERS]
    future = prices(**{id: value for id, value in given.items() if id in FUTURE})
    return outcomes(future, effects(spends, future, returns), sum(spends))
