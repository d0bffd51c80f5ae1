"""A future, whatever the portfolio: what money for eight levers buys, and what that is worth.

Prices come from the models of the other lessons: a machine costs what lesson 21 finds and returns what lesson 24 finds,
credits buy hours at its cloud price, carbon is counted as in lesson 22. Sovereignty is the rank of
lesson 12. A JUPITER stands already: its hours for start-ups, those who help them, and its science are what new money
adds to. Days to the first job: half a period and the decision, as often as it takes, then the start.
"""

import inspect
from typing import NamedTuple

from ..framework import WEIGHTS
from ..ownership import annuity, gpu_hour_cost
from ..registry import find
from ..returns import public_return
from .constants import (
    COMPOUNDING_PERIOD,
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    GPUS_PER_MILLION,
    GPUS_PER_THOUSAND,
    GRAMS_PER_TONNE,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    LEAST_PRICE,
    MILLIONS_PER_BILLION,
    ONE_COMPANY,
    ONE_PERSON,
    PERCENT,
    TONNES_PER_KILOTONNE,
    WORKDAYS_PER_YEAR,
)
from .offer import grids
from .special import larger, smaller


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
    hours_stand: object  # start-ups for whom the hours of the JUPITER that stands would do
    help_stands: object  # start-ups for whom the help that is there would do
    help_brought: object  # the same for the help that one more JUPITER brings
    substitution: object  # of hours and help
    advisers: object  # people that it pays at a time
    staff: object  # people who do the same work already
    survival: object
    gain: object
    company_worth: object  # MEUR of today for a survivor
    trained: object
    people_base: object
    person_worth: object  # MEUR of today for a trained expert
    people_weight: object
    data_ceiling: object
    data_weight: object
    science_worth: object  # MEUR of today for a whole JUPITER
    industry_worth: object  # MEUR of today for a million GPU-hours a year
    kept: object
    chip_chance: object
    chip_points: object  # of a European chip, for the supply chain
    people_points: object  # of trained people, for technology
    places: object  # grids of models/offer.py
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
) -> Prices:
    """A future: what money buys and what that is worth, from the models of lessons 21, 22 and 24.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; arrays are one value per future.
    """
    given = locals()
    cost, science = (model(**{id: given[id] for id in find(model).inputs}) for model in (gpu_hour_cost, public_return))
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
    helped_a_year = WORKDAYS_PER_YEAR / ONE_PERSON / company_support_days
    companies_per_hour = lifetime * GPUS_PER_MILLION / (company_gpu_hours * GPUS_PER_THOUSAND)
    innovation = innovation_share * PERCENT
    hours_stand = gpus * used * innovation * companies_per_hour
    with_machine = staff * user_staff * PERCENT * innovation
    help_stands = (with_machine + advisers_now) * lifetime * helped_a_year
    trained_by = (1 + discount_rate * PERCENT * COMPOUNDING_PERIOD) ** (benefit_delay / COMPOUNDING_PERIOD)
    career = 1 / annuity(discount_rate * PERCENT, expert_years) / trained_by
    return Prices(
        scale=reference_spend,
        machine_price=larger(cost.lifetime_cost, LEAST_PRICE + 0 * cost.lifetime_cost),
        machine_hours=gpus * used,
        innovation=innovation,
        credit_hours=reference_spend * EUROS_PER_MILLION / cost.cloud / lifetime / GPUS_PER_MILLION,
        european_cloud=european_cloud_share * PERCENT,
        giga_hours=chips * used,
        companies_per_hour=companies_per_hour,
        helped=person_years * helped_a_year,
        hours_stand=larger(hours_stand, ONE_COMPANY + 0 * hours_stand),
        help_stands=larger(help_stands, ONE_COMPANY + 0 * help_stands),
        help_brought=with_machine * lifetime * helped_a_year,
        substitution=substitution,
        advisers=person_years / lifetime,
        staff=staff + ONE_PERSON,
        survival=alive,
        gain=helped_alive - alive,
        company_worth=company_value * (1 - displacement * PERCENT) * later,
        trained=reference_spend / (training_cost * million),
        people_base=people_trained * lifetime + ONE_PERSON,
        person_worth=expert_premium * million * career * additionality * PERCENT,
        people_weight=elasticity_people,
        data_ceiling=data_factor,
        data_weight=elasticity_data,
        science_worth=science.benefit,
        industry_worth=surplus * GPUS_PER_MILLION * lifetime * additionality * PERCENT * later / EUROS_PER_MILLION,
        kept=wage_share * PERCENT + (1 - wage_share * PERCENT) * owners,
        chip_chance=chip_success
        * PERCENT
        / (1 + discount_rate * PERCENT * COMPOUNDING_PERIOD) ** (chip_delay / COMPOUNDING_PERIOD),
        chip_points=chip_points,
        people_points=people_points,
        places=grids([given[id] for id in WEIGHTS], weight_concentration),
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
