"""Notebook 25, what waiting costs: exercises and claims."""

from datetime import date

from ..analysis.settings import evaluate
from ..analysis.simulation import simulate
from ..controls.exercises import Exercise, Mistake
from ..display.views.access import SHORT, break_even_points, winner_hours
from ..display.views.queueing import simulated
from ..inputs import data
from ..inputs.assumptions import get
from ..inputs.presets import presets
from ..inputs.wording import number
from ..models.access import allocation, cost_of_waiting
from ..models.parts.batch import RULES
from ..models.parts.constants import PERCENT
from ..models.queueing import queue_wait
from . import reasons
from .fact_check import Verdict, claims, fact, judges

CALL = presets("cost_of_waiting")["call-88"]["values"]
ONE_PLACE = presets("queue_wait")["one-place"]["values"] | {"offered_load": 95}


def _commerce(v: dict) -> float:
    return allocation(**v).commerce


def _break_even(v: dict) -> float:
    return cost_of_waiting(**v).break_even


def _days(v: dict) -> float:
    return cost_of_waiting(**v).public_days


def _paying(v: dict) -> float:
    return cost_of_waiting(**v).worth_paying


def _stretch(v: dict) -> float:
    return queue_wait(**v).wait / v["job_hours"]


def _claimed(claim: str) -> float:
    return float(claims()[claim]["quantity"])


def _best_for_favoured(v: dict) -> str:
    found = simulated(v)
    return min(RULES, key=lambda rule: found["favoured users", rule])


EXERCISES = (
    Exercise(
        id="25.1",
        question=(
            "At most a quarter of the machine is for innovation, and at least five per cent of that for commerce. "
            "Read it narrowly: how many superchips work for commerce alone?"
        ),
        model=allocation,
        preset={},
        units={"GPUs": 1.0},
        answer=_commerce,
        mistakes=(
            Mistake(lambda v: _commerce({**v, "commercial_reading": 1}), "That is five per cent of the machine."),
            Mistake(lambda v: allocation(**v).innovation, "That is the quarter. Take five per cent of it."),
            Mistake(
                lambda v: v["gpus"] * (v["innovation_share"] + v["commercial_share"]) * PERCENT,
                "Shares of shares are multiplied, not added.",
            ),
        ),
        hints=("Five per cent of a quarter: multiply.", "0.05 × 0.25 × the superchips of the Linpack run."),
        solution=lambda v: (
            f"{number(v['commercial_share'])} % × {number(v['innovation_share'])} % × {number(v['gpus'])} = "
            f"{number(_commerce(v), 1)} superchips."
        ),
    ),
    Exercise(
        id="25.2",
        question=(
            "A firm can rent 50,000 GPU-hours at 2.35 USD now, or get them free after 88 days. Nothing else counts. "
            "What must a day be worth to it before renting is cheaper?"
        ),
        model=cost_of_waiting,
        preset=CALL,
        units={"USD per day": 1.0, "thousand USD per day": 1000.0},
        answer=_break_even,
        mistakes=(
            Mistake(lambda v: cost_of_waiting(**v).rent * 1000, "That is the whole rent. Spread it over the days."),
            Mistake(lambda v: v["gpu_hours_needed"] / v["evaluation_days"], "Those are GPU-hours a day; price them."),
            Mistake(lambda v: _break_even(v) / 24, "That is the value of an hour."),
        ),
        hints=("What does the firm save by waiting, and for how many days does it wait?", "Hours × price / days."),
        solution=lambda v: (
            f"{number(v['gpu_hours_needed'])} × {number(v['reserved_price'])} USD / "
            f"{number(v['evaluation_days'])} days = {number(_break_even(v), 0)} USD a day."
        ),
    ),
    Exercise(
        id="25.3",
        question=(
            "Your first panel, as it is set now: how many days pass on average from being ready to the first "
            "public job?"
        ),
        model=cost_of_waiting,
        units={"days": 1.0},
        answer=_days,
        mistakes=(
            Mistake(
                lambda v: _days({**v, "success_rate": 100}), "That is for one who succeeds at once: mind the rate."
            ),
            Mistake(
                lambda v: _days({**v, "cut_off_days": 2 * v["cut_off_days"]}),
                "On average you wait half a period for the next cut-off, not a whole one.",
            ),
            Mistake(lambda v: _days(v) - v["onboarding_days"], "The days from the yes to the first job are missing."),
        ),
        hints=(
            "How long does one try take, and how many tries does it take on average?",
            "(half a period + evaluation) / rate of success + days until the first job.",
        ),
        solution=lambda v: (
            f"({number(v['cut_off_days'])} / 2 + {number(v['evaluation_days'])}) / "
            f"{number(v['success_rate'] * PERCENT, 2)} + {number(v['onboarding_days'])} = {number(_days(v), 1)} days."
        ),
    ),
    Exercise(
        id="25.4",
        question=(
            "Your first panel, as it is set now: up to which rent per GPU-hour is the cloud the cheaper way, delay and "
            "work for the public hours counted?"
        ),
        model=cost_of_waiting,
        units={"USD per GPU-hour": 1.0, "ct per GPU-hour": 0.01},
        answer=_paying,
        mistakes=(
            Mistake(lambda v: _paying({**v, "porting_cost": 0}), "Moving the software is money too."),
            Mistake(lambda v: _paying(v) - v["reserved_price"], "That is the difference to the present rent."),
        ),
        hints=("At that rent both ways cost the same.", "(value of a day × days later + work) / GPU-hours."),
        solution=lambda v: (
            f"({number(v['delay_value'])} USD × {number(cost_of_waiting(**v).days_lost, 1)} days + "
            f"{number(cost_of_waiting(**v).work * 1000, 0)} USD) / {number(v['gpu_hours_needed'])} GPU-hours = "
            f"{number(_paying(v), 2)} USD."
        ),
    ),
    Exercise(
        id="25.5",
        question=(
            "One place, arrivals and lengths pure chance, 95 % load. How long does a job wait, in lengths of a "
            "mean job?"
        ),
        model=queue_wait,
        preset=ONE_PLACE,
        units={"lengths": 1.0},
        answer=_stretch,
        mistakes=(
            Mistake(lambda v: _stretch(v) + 1, "That counts the job itself as well."),
            Mistake(lambda v: _stretch({**v, "offered_load": 90}), "That is the wait at 90 % load."),
            Mistake(lambda v: v["offered_load"] * PERCENT, "That is the chance to wait at all."),
        ),
        hints=("How much of the place is free? Waiting goes with one over it.", "Load / (1 − load)."),
        solution=lambda v: (
            f"{number(v['offered_load'] * PERCENT)} / (1 − {number(v['offered_load'] * PERCENT)}) = "
            f"{number(_stretch(v), 1)} lengths; at 90 % it was {number(_stretch({**v, 'offered_load': 90}), 1)}. "
            f"Five points of load double the wait."
        ),
    ),
    Exercise(
        id="25.6",
        question=(
            "One place of twenty is kept for young firms, who bring half of what would fill it. By which rule do "
            "their jobs wait least at the course's values?"
        ),
        model=queue_wait,
        preset={},
        kind="choice",
        options=lambda: list(RULES),
        answer=_best_for_favoured,
        reasons=lambda v: reasons.waits({rule: simulated(v)["favoured users", rule] for rule in RULES}),
        hints=(
            "Twenty places that serve everybody even out a rush; one place does not.",
            "Look at the lowest row of the second panel: “favoured users”.",
        ),
        solution=lambda v: (
            "Mean hours of the favoured: "
            + ", ".join(f"{rule} {number(simulated(v)['favoured users', rule], 1)}" for rule in RULES)
            + f". So “{_best_for_favoured(v)}”: a small reserve gives up the gain from sharing."
        ),
    ),
)


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
        f"up to {number(share)} % of the time is the Union's to give; a waiting list was reported in {queue['as_of']}",
        "open to apply, across Europe",
        "open to apply is not the same as served; how much of the list is AI training was not published",
    )


@judges("C42")
def _widest_for_industry() -> Verdict:
    industry = data.row("access", "lumi-industry")["value"]
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
        f"by law at most {number(r.ceiling, 0)} chips, promised {number(r.commerce, 0)} or {number(wide, 0)}; "
        f"LUMI may give industry up to {number(there, 0)}",
        f"width as {_fitting(readings)}",
        "the rule itself is LUMI's; by firms served, HLRS counts "
        f"{number(data.row('access', 'hlrs-customers')['value'])} and the K computer had "
        f"{number(data.row('access', 'k-companies')['value'])}; for JUPITER none are published",
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
        "no rule with this share was found; the operator's rules of access or its yearly report would decide",
    )


@judges("C44")
def _five_per_cent() -> Verdict:
    narrow, wide = (data.row("access", f"commercial-share-of-{of}")["value"] for of in ("innovation", "machine"))
    ceiling = data.row("access", "commercial-ceiling-machine")["value"]
    gpus = [number(evaluate(allocation, commercial_reading=n).commerce, 0) for n in (0, 1)]
    within = [share <= ceiling for share in (narrow, wide)]
    return Verdict(
        "does not hold" if not any(within) else "depends on the reading" if narrow != wide else "holds",
        f"{number(narrow)} or {number(wide)} % of the machine, {gpus[0]} or {gpus[1]} superchips",
        "five per cent of the quarter, or of the machine",
        f"both are below the legal ceiling of {number(ceiling)} %, so neither is ruled out; only the report prints it",
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
        f"JUPITER has {number(next_one, 0)} times the speed of the next German machine; by its share business would "
        f"have had {number(slices['five per cent of the quarter'] / claimed, 0)} to "
        f"{number(slices['the whole quarter'] / claimed, 0)} GPUs before, and it had some {number(base.value)}",
        "machines that the public runs, the largest before, and all of JUPITER",
        f"all of JUPITER is {number(fact('superchips') / base.low, 1)} times the {number(base.low)} GPUs that are our "
        "least for business; one firm's figures imply that base, and chips are counted alike whatever their age",
    )


@judges("C47")
def _two_ways() -> Verdict:
    open_to = [row for row in data.records("access_routes") if "start-up" in row["for_whom"]]
    factory = [row for row in open_to if row["route"].startswith("AI Factory")]
    other = [row for row in open_to if row not in factory]
    return Verdict(
        "holds" if factory and other else "holds partly" if open_to else "does not hold",
        f"{len(factory)} modes of the AI Factories and {len(other)} other routes are open to start-ups",
        "open to apply",
        "the older access for AI was replaced by the modes in 2025",
    )


@judges("C48")
def _factory_late() -> Verdict:
    row = data.row("access_calls", "jaif")
    after = (date.fromisoformat(row["started"]) - date.fromisoformat(fact("inauguration"))).days
    return Verdict(
        "holds partly" if 0 < after <= 100 else "does not hold",
        f"it opened {after} days after the inauguration, {number(row['days'])} days after it was chosen",
        "about to open",
        "that it was late cannot be told: no planned date of opening was found",
    )


@judges("C49")
def _limited() -> Verdict:
    modes = [row for row in data.records("access_routes") if row["maximum_gpu_hours"]]
    most = max(row["maximum_gpu_hours"] for row in modes)
    year = evaluate(allocation).machine_hours * 1e6
    return Verdict(
        "holds" if modes else "not testable here",
        f"from {number(min(row['maximum_gpu_hours'] for row in modes))} to {number(most)} GPU-hours by route",
        "a limit for each way in",
        f"the largest is {number(100 * most / year, 1)} % of a year of the machine; small ones were read elsewhere",
    )


@judges("C50")
def _jarvis() -> Verdict:
    row = data.row("jupiter", "jarvis")
    confirmed = "not confirmed" not in row["note"]
    return Verdict(
        "holds" if confirmed else "holds partly",
        row["text"],
        "as a plan",
        "the plan is documented; whether the service ran by then was not found, and the operator's page would decide",
    )


@judges("C72")
def _laborious() -> Verdict:
    return Verdict(
        "opinion",
        "no days, no rate of refusal for JUWELS",
        "an impression of one who speaks for applicants",
        "days from application to first job, and the share refused, would have to be published to test it",
    )


@judges("C76")
def _early_start() -> Verdict:
    worth = get("delay_value")
    readings = {p["route"]: p["usd"] < worth.value for p in break_even_points()}
    told = ", ".join(f"{number(p['usd'], 0)} USD ({p['route']}, {number(p['days'])} days)" for p in break_even_points())
    share = 100 * simulate(cost_of_waiting).probability("difference", above=0)
    return Verdict(
        _word(readings),
        f"a day must be worth {told}; a young firm's is put at {number(worth.low)} to {number(worth.high)}",
        f"against {_fitting(readings)}, at {number(worth.value)} USD a day",
        f"with odds, work and moving counted, renting is cheaper in {number(share, 0)} % of the draws; what a day is "
        "worth is our judgement",
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
        "the training itself takes as long on the same chips; the modes' days are as readers of the calls have them",
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
