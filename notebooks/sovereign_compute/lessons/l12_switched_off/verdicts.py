"""Notebook 12, who can switch you off: what decides its claims."""

from ...analysis.settings import evaluate
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.data import row
from ...inputs.wording import listed, number
from ...models.concentration import cloud_market, cloud_shares
from ...models.ownership import gpu_hour_cost
from ...models.parts.constants import EUROS_PER_MILLION, PERCENT
from ...models.parts.services import FULL
from ..fact_check import Verdict, claims, fact, judges

# Claims -----------------------------------------------------------------------------------------------------------


def layers_of(service: str) -> list[dict]:
    """The layers of one service."""
    return [found for found in data.records("layers") if found["service"] == service]


def _points(service: str, *layers: str) -> float:
    return sum(found["value"] for found in layers_of(service) if found["layer"] in layers)


SECONDS_PER_DAY = 86_400


FLOP_PER_EXAFLOP = 1e18


DAYS_OF_A_LARGE_RUN = 100


"""Large runs have taken one to three months."""


TRUMPS_RETURN = "2025-01-20"


MONTH_OF_THE_HEARING = "2025-06"


"""As the report dates it."""


CHIPS = ("chip design", "foundry", "memory", "network")


ORDERS = ("operator", "data", "law")


"""Where the two meanings of dependence lie: who makes the technology, and who can give or refuse orders."""


@judges("C06")
def _processors() -> Verdict:
    claimed, count = claims()["C06"]["quantity"], fact("superchips")
    memory = {id: row("chips", id)["memory_gb"] for id in ("nvidia-gh200-96-gb", "nvidia-h200-sxm")}
    counted = round(count, -3) == float(claimed)
    same = fact("gpu-memory") == memory["nvidia-h200-sxm"]
    return Verdict(
        "holds" if counted and same else "holds partly" if counted or same else "does not hold",
        f"{number(count)} superchips, {number(fact('gpu-memory'))} GB each; an H200 has "
        f"{number(memory['nvidia-h200-sxm'])} GB",
        "the number, rounded to thousands",
        "maker and number are right, but the product is the GH200, a processor and an accelerator in one, with less "
        "memory",
    )


@judges("C15")
def _less_dependent() -> Verdict:
    orders = _points("jupiter", *ORDERS) - _points("us-region", *ORDERS)
    chips = _points("jupiter", *CHIPS) - _points("us-region", *CHIPS)
    word = {0: "does not hold", 1: "depends on the reading", 2: "holds"}[(orders > 0) + (chips > 0)]
    return Verdict(
        word,
        f"against a US region {number(orders)} points more where orders are given (of {FULL * len(ORDERS):.0f}), "
        f"{number(chips)} more in chips and network",
        "who runs it and whose courts decide" if orders > chips else "who makes the technology",
        "for its users it replaces services that are run from the US, but the technology comes from the same makers",
    )


@judges("C19")
def _without_help() -> Verdict:
    utilisation = get("model_flop_utilisation").value * PERCENT
    per_day = fact("bf16-peak") * FLOP_PER_EXAFLOP * utilisation * SECONDS_PER_DAY
    days = row("macro_reference", "gpt4-flop")["value"] / per_day
    outside = [found["layer"] for found in layers_of("jupiter") if found["control"] not in ("EU", "mixed")]
    foreign = f", but {listed(outside)} come from elsewhere" if outside else ""
    able = days <= DAYS_OF_A_LARGE_RUN
    return Verdict(
        "does not hold" if not able else "depends on the reading" if outside else "holds",
        f"a model like GPT-4 would take the whole machine {number(days, 0)} days; {len(outside)} of its layers come "
        "from outside",
        "nobody outside needs to be asked for computing time",
        f"Europe decides, runs the machine and trains the model{foreign}; and public machines in Europe had trained "
        "large models before",
    )


@judges("C20")
def _dependence_shrinks() -> Verdict:
    market = row("dependence", "europe-cloud-market")["value"] * 1e3
    machine = evaluate(gpu_hour_cost)
    hours = machine.yearly_cost * EUROS_PER_MILLION / machine.total
    worth = hours * machine.cloud / EUROS_PER_MILLION
    share = 100 * worth / market
    industry = share * fact("industry-quota") * PERCENT
    before = row("market_shares", "cloud-infrastructure-europe-all-european-providers-2022")["share_percent"]
    now = cloud_market("Europe")["all European providers"]
    # Shares are published in whole percents: less than half of one cannot be seen.
    return Verdict(
        "holds" if industry >= 0.5 else "depends on the reading" if share > 0 else "does not hold",
        f"all its GPU-hours are worth {number(share, 1)} % of the European cloud market, those open to industry at "
        f"most {number(industry, 2)} %",
        "for those who get time on it",
        f"in the market it cannot be seen: European providers had {number(before)} % in 2022 and "
        f"{number(now['share_percent'])} % in {now['as_of'][:4]} (hours at the cloud price of lesson 21)",
    )


@judges("C29")
def _left_with_clouds() -> Verdict:
    three = cloud_shares("Europe")["Amazon, Microsoft and Google"]
    without = row("dependence", "no-us-provider")["value"]
    return Verdict(
        "holds" if three > 50 else "holds partly" if three > 33 else "does not hold",
        f"the three largest US providers hold {number(three)} % of the European market",
        "share of revenue from cloud infrastructure",
        f"a survey that a vendor paid for found {number(without)} % of firms without any US provider; shares of "
        "computing for AI alone are not published, and machines that firms own are left out",
    )


@judges("C30")
def _american_law() -> Verdict:
    cases = [
        found for found in data.records("law_matrix") if found["law"] == "CLOUD Act" and found["data_location"] == "EU"
    ]
    reach = [found["reach"] for found in cases]
    within = sum(word in ("reaches", "likely") for word in reach)
    upheld = row("law_facts", "latombe")["as_of"]
    return Verdict(
        "holds" if within == len(cases) else "holds partly" if within else "does not hold",
        f"of {len(cases)} arrangements with the data in the EU the CLOUD Act reaches {within}; in "
        f"{reach.count('limited')} it meets encrypted data, in {reach.count('disputed')} lawyers differ, in "
        f"{reach.count('unlikely')} it is unlikely to apply",
        "legal power over providers under US jurisdiction that hold the keys",
        "not the place of the server protects the data but the seat of the provider and the keys; an order needs "
        f"legal process, and the EU court upheld the transfer framework on {upheld}",
    )


@judges("C31")
def _risk_visible() -> Verdict:
    since = TRUMPS_RETURN
    events = [found for found in data.records("disruptions") if found["as_of"] >= since[:7]]
    cuts = [found for found in events if found["interruption"] and found["as_of"] >= since]
    disputed = [found for found in cuts if found["disputed"]]
    rethink = row("dependence", "bitkom-rethink")["value"]
    happened = len(cuts) > len(disputed)
    return Verdict(
        "holds" if happened else "depends on the reading" if rethink or cuts else "does not hold",
        f"{len(cuts) - len(disputed)} interruptions that nobody disputes and {len(disputed)} disputed since {since}; "
        f"{number(rethink)} % of cloud users reconsider because of US policy",
        "services were cut off" if happened else "visible to those who were asked",
        "that people see a risk does not mean that it grew: the government before had already set chip quotas for EU "
        "states, and no firm in Europe is known to have stood still",
    )


@judges("C32")
def _under_oath() -> Verdict:
    hearing = row("law_facts", "senate-hearing")
    there = hearing["as_of"].startswith(MONTH_OF_THE_HEARING) and "oath" in (hearing["note"] or "")
    less = "never happened" in hearing["content"]
    return Verdict(
        "does not hold" if not there else "holds partly" if less else "holds",
        f"hearing of {hearing['as_of']}, {hearing['note']}",
        "that access cannot be ruled out",
        "date, oath and person are right, but what he said is that nothing can be guaranteed and that no such handover "
        "had ever taken place",
    )
