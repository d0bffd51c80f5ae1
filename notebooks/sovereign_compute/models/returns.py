"""What a public euro in supercomputing returns: down from a published ratio, and up from what can be counted.

Method: costs and benefits of one machine are brought to today's value and divided (benefit-cost ratio) or subtracted
(net present value). Coming down, the benefit that a study claims is cut to the part that is a gain, that is due to
the machine, and that would not have come without it. Coming up, only classes of benefit with a price are added.

Left out: what a machine is worth as insurance against being cut off, what is learned for the next machine, and harm
from its electricity. The benefits of a study are taken as a sum without interest, as nearly all studies add them up.
"""

from typing import NamedTuple

from .ownership import annuity
from .parts.constants import COMPOUNDING_PERIOD, EUROS_PER_MILLION, EUROS_PER_THOUSAND, PERCENT
from .registry import Output, model


class PublicReturn(NamedTuple):
    """What comes back for one public euro, and the sums behind it (EUR per EUR, million EUR or percent)."""

    ratio: object
    net_value: object
    benefit: object
    cost: object
    claimed: object
    credited: object
    break_even: object
    worth_today: object


class CountedBenefits(NamedTuple):
    """Benefits with a price, in million EUR of today over the life of the machine, and what is missing to its cost."""

    ratio: object
    publications: object
    training: object
    suppliers: object
    cost: object
    missing: object


def paid(capital_cost, running_cost, lifetime, rate):
    """What is paid out for a machine, and the same in today's money (both MEUR); ``rate`` is per year.

    The purchase falls due at the start, running costs at the end of each year.
    """
    return capital_cost + running_cost * lifetime, capital_cost + running_cost / annuity(rate, lifetime)


def worth_today(rate, delay, years, fade):
    """Today's value of one euro of benefit that is spread over ``years`` and fades (rates and fading per year).

    The first part comes a year after ``delay``, each later one is smaller by ``fade``. A sum that fades and is
    discounted is an annuity at the rate (r + fade) / (1 - fade). The tests compare it with ``numpy_financial.npv``.
    """
    kept = 1 - fade * COMPOUNDING_PERIOD
    spread = annuity(fade / kept, years) / annuity((rate + fade) / kept, years)
    return spread / (1 + rate * COMPOUNDING_PERIOD) ** (delay / COMPOUNDING_PERIOD)


@model(
    "What a public euro returns",
    Output("ratio", "Returned to society per public euro", "EUR/EUR", 2),
    Output("net_value", "Net present value", "MEUR", 0),
    Output("benefit", "Benefit credited, in today's money", "MEUR", 0),
    Output("cost", "Cost to society, in today's money", "MEUR", 0),
    Output("claimed", "Benefit as the study counts it", "MEUR", 0),
    Output("credited", "Attribution × additionality", "percent", 1),
    Output("break_even", "Break-even attribution × additionality", "percent", 1),
    Output("worth_today", "Today's value of a euro of benefit", "EUR/EUR", 2),
    monotone={
        "published_ratio": "+",
        "value_added_share": "+",
        "attribution": "+",
        "additionality": "+",
        "benefit_delay": "-",
        "benefit_years": "-",
        "benefit_fade": "+",
        "public_funds_cost": "-",
    },
)
def public_return(
    *,
    published_ratio,
    value_added_share,
    attribution,
    additionality,
    benefit_delay,
    benefit_years,
    benefit_fade,
    capital_cost,
    running_cost,
    lifetime,
    discount_rate,
    public_funds_cost,
) -> PublicReturn:
    """What society gets back for a public euro, starting from the ratio that a study publishes.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. ``published_ratio`` times the money paid out
    is the benefit as the study counts it; three shares cut it down, and interest and the cost of raising taxes weigh
    it against the cost. ``break_even`` is the attribution × additionality at which benefit equals cost; above 100 %
    no credit whatever would do. The total of the benefit is given, so a longer or later benefit is worth less.
    """
    rate, fade = discount_rate * PERCENT, benefit_fade * PERCENT
    spent, today = paid(capital_cost, running_cost, lifetime, rate)
    cost = today * (1 + public_funds_cost * PERCENT)
    claimed = published_ratio * spent
    value = worth_today(rate, benefit_delay, benefit_years, fade)
    gain = claimed * value_added_share * PERCENT * value
    credited = attribution * PERCENT * additionality
    benefit = gain * credited * PERCENT
    return PublicReturn(
        ratio=benefit / cost,
        net_value=benefit - cost,
        benefit=benefit,
        cost=cost,
        claimed=claimed,
        credited=credited,
        break_even=cost / gain / PERCENT,
        worth_today=value,
    )


@model(
    "What can be counted from below",
    Output("ratio", "Counted per public euro", "EUR/EUR", 2),
    Output("publications", "Publications, at the cost of making them", "MEUR", 0),
    Output("training", "People trained", "MEUR", 0),
    Output("suppliers", "What suppliers learned", "MEUR", 0),
    Output("cost", "Cost to society, in today's money", "MEUR", 0),
    Output("missing", "What all other use must be worth", "MEUR/year", 0),
    monotone={
        "papers": "+",
        "paper_value": "+",
        "people_trained": "+",
        "wage_premium": "+",
        "supplier_spillover": "+",
        "additionality": "+",
        "public_funds_cost": "-",
    },
)
def counted_benefits(
    *,
    papers,
    paper_value,
    people_trained,
    wage_premium,
    benefit_years,
    benefit_fade,
    supplier_spillover,
    additionality,
    capital_cost,
    running_cost,
    lifetime,
    discount_rate,
    public_funds_cost,
) -> CountedBenefits:
    """Benefits of a machine that have a price, over its cost; and what all its other use would have to be worth.

    Classes and method after the studies of the LHC (Florio and others): publications at the cost of making them,
    the income that training adds, for as many years as a result earns money, and the profit of suppliers, once, as a
    share of the contract. ``additionality`` cuts all three. What results are worth to firms and users has no price
    here: ``missing`` is what it must be, a year, for the machine to pay.
    """
    rate, fade = discount_rate * PERCENT, benefit_fade * PERCENT
    kept = 1 - fade * COMPOUNDING_PERIOD
    million = EUROS_PER_THOUSAND / EUROS_PER_MILLION
    _, today = paid(capital_cost, running_cost, lifetime, rate)
    cost = today * (1 + public_funds_cost * PERCENT)
    real = additionality * PERCENT
    each_year = annuity(rate, lifetime)
    # The premium is whole in the first year and fades from then on.
    premium = wage_premium / annuity((rate + fade) / kept, benefit_years) / kept
    publications = papers * paper_value * million / each_year * real
    training = people_trained * premium * million / each_year * real
    suppliers = supplier_spillover * PERCENT * capital_cost * real
    counted = publications + training + suppliers
    return CountedBenefits(
        ratio=counted / cost,
        publications=publications,
        training=training,
        suppliers=suppliers,
        cost=cost,
        missing=(cost - counted) * each_year,
    )
