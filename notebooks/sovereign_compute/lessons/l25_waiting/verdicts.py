"""Notebook 25, what waiting costs: what decides its claims."""

from datetime import date

from ...analysis.settings import evaluate
from ...analysis.simulation import simulate
from ...display.views.access import winner_hours
from ...inputs import data
from ...inputs.assumptions import get
from ...inputs.wording import month, number
from ...models.access import allocation, cost_of_waiting
from ...models.parts.constants import PERCENT
from ..fact_check import Verdict, access, claims, fact, judges
from .exhibits import SHORT, break_even_points


def _claimed(claim: str) -> float:
    return float(claims()[claim]["quantity"])


# Claims -----------------------------------------------------------------------------------------------------------


def _word(readings: dict[str, bool]) -> str:
    """A verdict on several readings: one that fits is enough for it to depend on the reading."""
    return (
        "holds" if all(readings.values()) else "depends on the reading" if any(readings.values()) else "does not hold"
    )


def _fitting(readings: dict[str, bool]) -> str:
    return " or ".join(name for name, fits in readings.items() if fits) or "any of these"


@judges("C41")
def _open_to_europe() -> Verdict:
    share, queue = fact("union-share"), data.row("access", "jupiter-queue")
    return Verdict(
        "holds" if share > 0 and queue["tier"] != "unverified" else "not testable here",
        f"the Union gives out up to {number(share)} % of the time; in {month(queue['as_of'])} "
        "a waiting list was reported",
        "researchers from all over Europe may apply",
        "whoever may apply does not yet get time; how much of the list is AI training was not published",
    )


@judges("C42")
def _widest_for_industry() -> Verdict:
    industry = access("lumi-industry")
    half = fact("union-share") * PERCENT
    there = data.row("systems", "lumi-lumi-g")["accelerators"] * half * industry * PERCENT
    r = evaluate(allocation)
    wide = evaluate(allocation, commercial_reading=1).commerce
    readings = {
        "the legal ceiling, in chips": r.ceiling > there,
        "the ceiling as a share of the machine": fact("commercial-share") > industry,
        "five per cent of the machine, in chips": wide > there,
        "five per cent of the quarter, in chips": r.commerce > there,
    }
    return Verdict(
        _word(readings),
        f"the law allows at most {number(r.ceiling, 0)} chips, the promise is {number(r.commerce, 0)} or "
        f"{number(wide, 0)}; LUMI may give industry up to {number(there, 0)}",
        f"measured by {_fitting(readings)}",
        "LUMI had such a rule before; HLRS counts "
        f"{number(access('hlrs-customers'))} industrial customers and the K computer had "
        f"{number(access('k-companies'))} firms, but for JUPITER no number is published",
    )


@judges("C43")
def _quarter_for_innovation() -> Verdict:
    row = data.row("access", "innovation-share")
    r = evaluate(allocation)
    return Verdict(
        "not testable here"
        if row["tier"] == "unverified"
        else "holds"
        if row["value"] == _claimed("C43")
        else "does not hold",
        f"{number(r.innovation, 0)} superchips; {number(fact('union-share'))} % is all that the Union gives out",
        "a ceiling on the whole machine",
        "we found no rule with this share; the operator's rules of access or its yearly report would decide",
    )


@judges("C44")
def _five_per_cent() -> Verdict:
    narrow, wide = (access(f"commercial-share-of-{of}") for of in ("innovation", "machine"))
    ceiling = access("commercial-ceiling-machine")
    gpus = [number(evaluate(allocation, commercial_reading=n).commerce, 0) for n in (0, 1)]
    within = [share <= ceiling for share in (narrow, wide)]
    return Verdict(
        "does not hold" if not any(within) else "depends on the reading" if narrow != wide else "holds",
        f"{number(narrow)} or {number(wide)} % of the machine, {gpus[0]} or {gpus[1]} superchips",
        "five per cent of the quarter, or of the machine",
        f"both lie below the legal ceiling of {number(ceiling)} %, so the law excludes neither; only the report prints "
        "the share",
    )


@judges("C45")
def _ten_times() -> Verdict:
    base, claimed = get("business_gpus"), _claimed("C45")
    slices = {
        "five per cent of the quarter": evaluate(allocation).commerce,
        "five per cent of the machine": evaluate(allocation, commercial_reading=1).commerce,
        "the whole quarter": evaluate(allocation).innovation,
        "the whole machine": fact("superchips"),
    }
    # The smallest base that we think possible is the one most favourable to the claim.
    next_one = fact("ratio-germany-202506")
    readings = {name: gpus / base.low >= claimed for name, gpus in slices.items()} | {"next": next_one >= claimed}
    return Verdict(
        _word(readings),
        f"JUPITER has {number(next_one, 0)} times the speed of the next German machine; if its share is ten times as "
        f"much, business had {number(slices['five per cent of the quarter'] / claimed, 0)} to "
        f"{number(slices['the whole quarter'] / claimed, 0)} GPUs before, but it seems to have had some "
        f"{number(base.value)}",
        "all of JUPITER, compared with the largest public machine before",
        f"all of JUPITER is {number(fact('superchips') / base.low, 1)} times the {number(base.low)} GPUs that are our "
        "lowest estimate for business; one firm's figures imply that base, and a chip counts as a chip at any age",
    )


@judges("C47")
def _two_ways() -> Verdict:
    open_to = [row for row in data.records("access_routes") if "start-up" in row["for_whom"]]
    factory = [row for row in open_to if row["route"].startswith("AI Factory")]
    other = [row for row in open_to if row not in factory]
    return Verdict(
        "holds" if factory and other else "holds partly" if open_to else "does not hold",
        f"{len(factory)} modes of the AI Factories and {len(other)} other routes are open to start-ups",
        "start-ups are allowed to apply",
        "these modes replaced the older access for AI in 2025",
    )


@judges("C48")
def _factory_late() -> Verdict:
    row = data.row("access_calls", "jaif")
    after = (date.fromisoformat(row["started"]) - date.fromisoformat(fact("inauguration"))).days
    return Verdict(
        "holds partly" if 0 < after <= 100 else "does not hold",
        f"it opened {after} days after the inauguration, {number(row['days'])} days after it was chosen",
        "about to open",
        "nobody can say that it was late: we found no planned date of opening",
    )


@judges("C49")
def _limited() -> Verdict:
    modes = [row for row in data.records("access_routes") if row["maximum_gpu_hours"]]
    most = max(row["maximum_gpu_hours"] for row in modes)
    year = evaluate(allocation).machine_hours * 1e6
    return Verdict(
        "holds" if modes else "not testable here",
        f"from {number(min(row['maximum_gpu_hours'] for row in modes))} to {number(most)} GPU-hours by route",
        "each way in has its limit",
        f"the largest is {number(100 * most / year, 1)} % of what the machine does in a year; the small limits were "
        "read elsewhere",
    )


@judges("C76")
def _early_start() -> Verdict:
    worth = get("delay_value")
    readings = {p["route"]: p["usd"] < worth.value for p in break_even_points()}
    told = ", ".join(f"{number(p['usd'], 0)} USD ({p['route']}, {number(p['days'])} days)" for p in break_even_points())
    share = 100 * simulate(cost_of_waiting).probability("difference", above=0)
    return Verdict(
        _word(readings),
        f"a day must be worth {told}; we put that of a young firm at {number(worth.low)} to {number(worth.high)}",
        f"compared with the {_fitting(readings)}, at {number(worth.value)} USD a day",
        f"if odds, work and moving count as well, renting is cheaper in {number(share, 0)} % of the draws; what a day "
        "is worth is our judgement",
    )


@judges("C78")
def _longer_than_cloud() -> Verdict:
    cloud = get("cloud_wait_days")
    days = {SHORT[row["id"]]: row["decision_days"] for row in data.records("access_routes") if row["id"] in SHORT}
    public = {name: days[name] for name in ("playground", "fast lane", "FFplus call", "prize")}
    # Markedly longer: longer than a cloud order that takes as long as we think possible.
    readings = {name: value > cloud.high for name, value in public.items()}
    return Verdict(
        _word(readings),
        ", ".join(f"{name} {number(value)} days" for name, value in public.items())
        + f"; a cloud order {number(cloud.low)} to {number(cloud.high)}",
        f"days to a decision or start, for {_fitting(readings)}",
        "the training itself takes as long on the same chips; the days of the modes come from readers of the calls",
    )


@judges("C79")
def _pays_more() -> Verdict:
    price, worth = get("reserved_price").value, get("delay_value").value
    extra = {p["route"]: worth * p["days"] / p["hours"] for p in break_even_points()}
    readings = {name: value > price for name, value in extra.items()}
    return Verdict(
        _word(readings),
        "an hour may cost up to "
        + ", ".join(f"{number(value, 2)} USD ({name})" for name, value in extra.items())
        + f"; the rent is {number(price, 2)}",
        f"instead of {_fitting(readings)}, at {number(worth)} USD a day",
        f"for {number(winner_hours() / 1e6, 0)} million GPU-hours the same day buys far less; a firm can also rent now "
        "and apply for later",
    )
