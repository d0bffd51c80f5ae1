"""Notebook 42, the policy lab: exercises and claims."""

from ..analysis.evaluation import read
from ..analysis.settings import complete, evaluate
from ..controls.exercises import Exercise, Mistake
from ..display.views.policy import LEVER_WORDS, next_money
from ..inputs import data
from ..inputs.presets import presets
from ..inputs.wording import number
from ..models.framework import rank_of_services
from ..models.indicator import indicator_game
from ..models.parts.constants import EUROS_PER_MILLION, GPUS_PER_MILLION, GPUS_PER_THOUSAND
from ..models.policy import policy_portfolio
from . import reasons
from .fact_check import Verdict, claims, judges

PRESETS = presets("policy_portfolio")
RANKED = ("machine-only", "sixty-each", "start-ups-first", "people-first")


def _by_hours(v: dict) -> float:
    """Start-ups that the hours would serve if there were help enough."""
    hours = policy_portfolio(**v).start_up_hours * v["lifetime"] * GPUS_PER_MILLION
    return hours / (v["company_gpu_hours"] * GPUS_PER_THOUSAND)


def _pool(v: dict) -> float:
    """Thousand GPU-hours that the credits buy at the cloud's price."""
    return v["spend_credits"] * EUROS_PER_MILLION * v["exchange_rate"] / v["cloud_price"] / GPUS_PER_THOUSAND


def _without_credits(v: dict) -> float:
    """Chance of the first place (percent) if nothing is spent on credits."""
    return policy_portfolio(**{**v, "spend_credits": 0.0}).first_place


def _best_next(v: dict) -> str:
    return next_money()["item"][0]


def _worth() -> dict[str, float]:
    """Net present value (million EUR) of the presets that are ranked, by label, the highest first."""
    worth = {PRESETS[name]["label"]: evaluate(policy_portfolio, **PRESETS[name]["values"]).net_value for name in RANKED}
    return dict(sorted(worth.items(), key=lambda entry: -entry[1]))


EXERCISES = (
    Exercise(
        id="42.1",
        question="At the course's values: in which lever does the next euro bring most?",
        model=policy_portfolio,
        preset={},
        kind="choice",
        options=lambda: sorted(LEVER_WORDS.values()),
        answer=_best_next,
        reasons=lambda v: reasons.next_euros(),
        hints=(
            "Start-ups need hours and help. Which of the two is scarce at the course's values?",
            "The sentence under the panel says it; the chart of the next euro shows it.",
        ),
        solution=lambda v: (
            f"{_best_next(v)}, because help is scarce. That is so in {number(next_money()['first'][0], 0)} % of the "
            "futures: a rank is no measurement."
        ),
    ),
    Exercise(
        id="42.2",
        question=(
            "Your panel, as it is set now: for how many start-ups would the hours do that the programme buys for "
            "start-ups, over the years of use?"
        ),
        model=policy_portfolio,
        units={"start-ups": 1.0},
        answer=_by_hours,
        mistakes=(
            Mistake(lambda v: _by_hours(v) / v["lifetime"], "That is for one year: the machine runs for all of them."),
            Mistake(
                lambda v: policy_portfolio(**v).hours_for,
                "That holds the hours of the JUPITER that stands, too: the question is about the programme.",
            ),
            Mistake(lambda v: policy_portfolio(**v).served, "That is how many are served with the help there is."),
            Mistake(
                lambda v: _by_hours(v) * GPUS_PER_THOUSAND,
                "Computing per start-up is in thousands of GPU-hours: you lost a factor of a thousand.",
            ),
        ),
        hints=(
            "The table of results has the hours for start-ups in a year. For how many years?",
            "Hours a year × years of use / GPU-hours per start-up.",
        ),
        solution=lambda v: (
            f"{number(policy_portfolio(**v).start_up_hours, 1)} million GPU-hours × {number(v['lifetime'])} years / "
            f"{number(v['company_gpu_hours'])} thousand = {number(_by_hours(v), 0)} start-ups; with the help there is, "
            f"about {number(policy_portfolio(**v).served, -2)} more are served."
        ),
    ),
    Exercise(
        id="42.3",
        question="Four presets: order them by net present value at the course's values, the highest first.",
        model=policy_portfolio,
        preset={},
        kind="ranking",
        options=lambda: sorted(PRESETS[name]["label"] for name in RANKED),
        answer=lambda v: list(_worth()),
        hints=(
            "Start-ups bring much of the value here. Which preset leaves them without help?",
            "Load each preset and read the sentence: which has people beside the machine?",
        ),
        solution=lambda v: (
            "{} million EUR. The presets differ in nothing but the money, and in other futures the order "
            "is another.".format("; ".join(f"{label} {number(worth, -2)}" for label, worth in _worth().items()))
        ),
    ),
    Exercise(
        id="42.4",
        question=(
            "Your panel, as it is set now: between which two numbers does the count of start-ups lie that live because "
            "of the programme?"
        ),
        model=policy_portfolio,
        kind="range",
        units={"start-ups": 1.0},
        answer=lambda v: policy_portfolio(**v).extra,
        band=lambda v: read(policy_portfolio, v).bands["extra"],
        hints=(
            "Not those that are served, and not all that survive: only those that would have died.",
            "The gain in survival is not known. Can the lower end be below zero?",
        ),
        solution=lambda v: "The model says {}, and nine draws of ten lie between {} and {}.".format(
            number(policy_portfolio(**v).extra, -2),
            *(number(end, -2) for end in read(policy_portfolio, v).bands["extra"]),
        ),
    ),
    Exercise(
        id="42.5",
        question=(
            "Your panel of the indicator, as it is set now: how many grants are there if every hour goes out in grants "
            "of the rewarded size?"
        ),
        model=indicator_game,
        units={"start-ups": 1.0, "thousand start-ups": 1000.0},
        answer=lambda v: _pool(v) / v["grant_size"],
        mistakes=(
            Mistake(
                lambda v: _pool(v) / v["company_gpu_hours"],
                "That is the count with grants of the size that start-ups need.",
            ),
            Mistake(
                lambda v: _pool(v) / v["grant_size"] / v["exchange_rate"],
                "The cloud's price is in dollars, the credits in euros: convert first.",
            ),
        ),
        hints=(
            "How many GPU-hours do the credits buy at the cloud's price?",
            "Million EUR × USD per EUR / rent of a GPU-hour / size of a grant.",
        ),
        solution=lambda v: (
            f"{number(_pool(v), 0)} thousand GPU-hours / {number(v['grant_size'])} thousand = "
            f"{number(_pool(v) / v['grant_size'], 0)} grants. The panel shows it at a pressure of 100 %."
        ),
    ),
    Exercise(
        id="42.6",
        question=(
            "Your panel, as it is set now, but nothing is spent on credits: how likely does what is offered come first "
            "among the services of lesson 12?"
        ),
        model=policy_portfolio,
        units={"%": 1.0},
        tolerance=0.03,
        answer=_without_credits,
        mistakes=(
            Mistake(lambda v: policy_portfolio(**v).first_place, "That is the chance with the credits."),
            Mistake(
                lambda v: (
                    rank_of_services(**{id: v.get(id, x) for id, x in complete(rank_of_services).items()}).jupiter
                ),
                "That is JUPITER as it is. People and chips of the programme come on top.",
            ),
        ),
        hints=(
            "Where do the hours run that the credits buy?",
            "Set the credits to 0 and read the sentence under the panel; then reset them.",
        ),
        solution=lambda v: (
            f"{number(_without_credits(v), 0)} % instead of {number(policy_portfolio(**v).first_place, 0)} %: rented "
            f"hours have the points of a US region, but for the {number(v['european_cloud_share'], 0)} % that European "
            "clouds sell."
        ),
    ),
)


# Claims -----------------------------------------------------------------------------------------------------------


@judges("C28")
def _fits_the_plan() -> Verdict:
    wanted = data.row("access", "gigafactory-coalition")
    return Verdict(
        "opinion",
        f"the {wanted['item']} for {wanted['where']}; what it says of JUPITER was not looked up",
        "whether a machine fits a plan is for those who made the plan to say",
        "a plan for a stronger location names aims, and a machine is one of many means to them",
    )


@judges("C71")
def _no_strategy() -> Verdict:
    waves = [row["value"] for row in data.records("access") if row["id"].startswith("ai-factories-wave")]
    return Verdict(
        "opinion",
        f"{number(sum(waves))} AI Factories chosen in {len(waves)} rounds",
        "what counts as common, and as a strategy, is open",
        claims()["C71"]["evidence"].rstrip("."),
    )


@judges("C75")
def _new_possibilities() -> Verdict:
    open_to = [row for row in data.records("access_routes") if "start-up" in row["for_whom"]]
    return Verdict(
        "opinion",
        f"{len(open_to)} routes to European machines that are open to start-ups are on the course's list",
        "a possibility is not a result",
        "which possibilities are new, and to whom, was not said",
    )


@judges("C86")
def _measurable_goals() -> Verdict:
    # Both ratios are the same for any money and any gain; with these they exist in every scenario.
    values = {**complete(indicator_game), "spend_credits": 1.0, "survival_gain": 1.0}
    found = indicator_game(**{**values, "kpi_pressure": 100.0})
    grants, saved = found.grants / found.grants_without, found.saved / found.saved_without
    gamed = grants > 1 > saved
    return Verdict(
        "opinion",
        f"rewarded alone, a count of start-ups rises to {number(grants, 1)} times while the goal changes to "
        f"{number(saved, 1)} times",
        "what funders ought to do is a norm, not a fact",
        f"the example {'shows' if gamed else 'does not show'} how an indicator is gamed; without any, nothing "
        "can be checked either",
    )
