"""Notebook 42, the policy lab: exercises."""

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete, evaluate
from ...controls.exercises import Exercise, Mistake
from ...display.views.policy import LEVER_WORDS, next_money
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.framework import rank_of_services
from ...models.indicator import indicator_game
from ...models.parts.constants import EUROS_PER_MILLION, GPUS_PER_MILLION, GPUS_PER_THOUSAND
from ...models.policy import policy_portfolio
from .. import reasons

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
        band=lambda v: evaluation_of(policy_portfolio, v).bands["extra"],
        hints=(
            "Not those that are served, and not all that survive: only those that would have died.",
            "The gain in survival is not known. Can the lower end be below zero?",
        ),
        solution=lambda v: "The model says {}, and nine draws of ten lie between {} and {}.".format(
            number(policy_portfolio(**v).extra, -2),
            *(number(end, -2) for end in evaluation_of(policy_portfolio, v).bands["extra"]),
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
