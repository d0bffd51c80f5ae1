"""Notebook 34, whether a gigafactory pays: what decides its claims."""

from ...analysis.settings import complete, evaluate
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.gigafactory import bid_value, gigafactory_use
from ...models.parts.constants import GPUS_PER_MILLION, MILLIONS_PER_BILLION
from ..fact_check import Verdict, access, fact, judges

BILLIONS = 2
"""From how many on one speaks of billions."""


@judges("C34")
def _a_gigafactory_next() -> Verdict:
    found = evaluate(gigafactory_use)
    limit = fact("industry-quota-gpus")
    price = "below" if found.full_cost < found.market else "not below"
    return Verdict(
        "opinion",
        f"industry may use at most {number(limit, 0)} superchips of JUPITER; a full gigafactory could rent out a "
        f"GPU-hour for {number(found.full_cost, 2)} EUR, {price} the {number(found.market, 2)} of a cloud",
        "what has to come next is a choice, not a fact",
        "the reason behind it can be tested once price and terms of access are known; neither was, and a site that is "
        "not full must ask for more",
    )


@judges("C35")
def _billions_for_one_site() -> Verdict:
    each = fact("gigafactory-fund") / fact("gigafactory-count") / MILLIONS_PER_BILLION
    public = each / (1 + get("private_leverage").value)
    contest = complete(bid_value)
    chance = bid_value(**contest).chance
    word = "holds" if public >= BILLIONS else "depends on the reading" if each >= BILLIONS else "does not hold"
    return Verdict(
        word if chance > 0 else "does not hold",
        f"{number(each)} billion EUR for each of {number(fact('gigafactory-count'))} sites, about {number(public, 1)} "
        f"of it public; each of {number(contest['bids'])} equal bids has a chance of {number(chance, 0)} %",
        "all money that is raised, private money included"
        if word == "depends on the reading"
        else "public money for one site",
        f"every bidder may become a site; the Union gives {number(access('gigafactory-union-money'))} billion EUR "
        f"for all of them, the call of 2026 has up to {number(access('gigafactory-sites-call'))} places, and each "
        "country may enter one bid, so a site has to win at home first",
    )


@judges("C39")
def _computing_that_industry_needs() -> Verdict:
    known, found = get("demand_gpus"), evaluate(gigafactory_use)
    places = complete(gigafactory_use)["gigafactory_places"]
    mean_bid = access("eoi-gpus") * GPUS_PER_MILLION / access("eoi-count")
    site = found.usable / places
    if known.low >= found.usable:
        word = "holds"
    elif known.high < site:
        word = "does not hold"
    else:
        word = "not testable here"
    return Verdict(
        word,
        f"one site offers {number(site, 0)} GPUs that can be busy, all planned sites {number(found.usable, 0)}; the "
        f"proposals of 2025 named {number(mean_bid, 0)} each on average",
        "need is what firms rent, not what bidders name",
        "we found no figure for what industry needs; one would have to know what it rents today and what it has "
        "ordered at a price",
    )
