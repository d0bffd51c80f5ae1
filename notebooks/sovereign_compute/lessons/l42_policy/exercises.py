"""Notebook 42, the policy lab: exercises."""

from collections.abc import Callable

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import evaluate
from ...controls.exercises import Exercise, Mistake
from ...display.views.policy import LEVER_WORDS, next_money
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.indicator import indicator_game
from ...models.parts.constants import PERCENT
from ...models.policy import LEVERS, policy_portfolio
from .. import reasons

PRESETS = presets("policy_portfolio")
RANKED = ("machine-only", "sixty-each", "start-ups-first", "people-first")
NOTHING = {f"spend_{lever}": 0.0 for lever in LEVERS}
STEP = 5
"""Million EUR: one step of a lever's slider."""


def _meets(value: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling ``value`` becomes zero between two ends, to far less than a slider can be set."""
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) > 0 else (low, middle)
    return low


def _portfolio(v: dict) -> dict:
    """The values of the portfolio that the case is about."""
    return PRESETS[v["portfolio"]]["values"]


def _label(v: dict) -> str:
    return PRESETS[v["portfolio"]]["label"]


def _best_next(v: dict) -> str:
    return next_money(**_portfolio(v))["item"][0]


def _help_for_the_hours(v: dict) -> float:
    """Million EUR for people who help users at which help is as plentiful as hours."""

    def short(money: float) -> float:
        found = policy_portfolio(**{**v, "spend_access": money})
        return found.hours_for - found.help_for

    return _meets(short, 0.0, v["budget"] - v["spend_machine"])


def _worth(v: dict) -> dict[str, float]:
    """Net present value (million EUR) of the presets that are ranked, by label, the highest first."""
    gain = v["survival_gain"]
    worth = {
        PRESETS[name]["label"]: evaluate(
            policy_portfolio, **{**PRESETS[name]["values"], "survival_gain": gain}
        ).net_value
        for name in RANKED
    }
    return dict(sorted(worth.items(), key=lambda entry: -entry[1]))


def _extra_band(v: dict) -> tuple[float, float]:
    return evaluation_of(policy_portfolio, _portfolio(v)).bands["extra"]


def _extra(v: dict) -> float:
    return evaluate(policy_portfolio, **_portfolio(v)).extra


def _still_saved(v: dict) -> float:
    """Start-ups saved under pressure, in per cent of those saved without."""
    found = indicator_game(**v)
    return found.saved / found.saved_without / PERCENT


def _credits_for(v: dict) -> float:
    """Million EUR for credits at which the chance of the first place has fallen to that of the case."""
    values = {id: x for id, x in v.items() if id != "chance"}

    def above(money: float) -> float:
        return policy_portfolio(**{**values, "spend_credits": money}).first_place - v["chance"]

    return _meets(above, 0.0, v["budget"])


EXERCISES = (
    Exercise(
        id="42.1",
        question=lambda v: f"Take the portfolio “{_label(v)}”. In which lever does the next euro bring Europe most?",
        model=policy_portfolio,
        vary={"portfolio": ["machine-only", "start-ups-first", "industry", "one-jupiter"]},
        kind="choice",
        options=lambda: sorted(LEVER_WORDS.values()),
        answer=_best_next,
        reasons=lambda v: reasons.next_euros(_portfolio(v)),
        hints=(
            "Start-ups need hours and help. Which of the two is scarce in this portfolio?",
            f"Load it and raise the budget by {STEP} million. Give them to one lever after the other, and compare what "
            "Europe gets back.",
        ),
        solution=lambda v: (
            f"{_best_next(v)}. It brings most in {number(next_money(**_portfolio(v))['first'][0], 0)} % of the "
            "futures: a rank is no measurement."
        ),
    ),
    Exercise(
        id="42.2",
        question=lambda v: (
            f"Only two levers: {number(v['spend_machine'])} million EUR go into a machine. How many million must go "
            "into people who help users, so that help and hours are enough for the same number of start-ups?"
        ),
        model=policy_portfolio,
        preset=NOTHING,
        vary={"spend_machine": [60, 80, 120, 150, 180, 200]},
        units={"million EUR": 1.0},
        tolerance=0.05,
        answer=_help_for_the_hours,
        mistakes=(
            Mistake(lambda v: v["spend_machine"], "The same money does not buy as much help as hours."),
            Mistake(lambda v: v["budget"] - v["spend_machine"], "That is all the rest, and more than enough."),
        ),
        hints=(
            "Set all other levers to 0. The sentence in the panel says which of the two is scarcer.",
            "Move the people until it says that hours and help would each be enough for about as many.",
        ),
        solution=lambda v: (
            f"About {number(_help_for_the_hours(v), 0)} million EUR. JUPITER alone has hours for many more start-ups "
            "than it can help, so the first money for help serves the hours that are there already."
        ),
    ),
    Exercise(
        id="42.3",
        question=lambda v: (
            f"Suppose help raises the survival of a start-up by {number(v['survival_gain'])} points. Order these four "
            "presets by net present value, the highest first."
        ),
        model=policy_portfolio,
        vary={"survival_gain": [0, 2, 12, 16]},
        kind="ranking",
        options=lambda: sorted(PRESETS[name]["label"] for name in RANKED),
        answer=lambda v: list(_worth(v)),
        hints=(
            "The more help saves, the more the levers for start-ups are worth. Which preset leaves them without help?",
            "Load each preset, set the gain in survival, and note the large number.",
        ),
        solution=lambda v: (
            "{} million EUR. The presets differ in nothing but the money, and with another gain in survival the order "
            "may be another.".format("; ".join(f"{label} {number(worth, -2)}" for label, worth in _worth(v).items()))
        ),
    ),
    Exercise(
        id="42.4",
        question=lambda v: (
            f"Take the portfolio “{_label(v)}”. How many start-ups live because of it? Give a range that you would bet "
            "on at nine to one."
        ),
        model=policy_portfolio,
        vary={"portfolio": ["sixty-each", "start-ups-first", "people-first", "home-grown"]},
        kind="range",
        units={"start-ups": 1.0},
        answer=_extra,
        band=_extra_band,
        hints=(
            "Not those that are served, and not all that survive: only those that would have died without it.",
            "Nobody knows the gain in survival. Can the lower end be below zero?",
        ),
        solution=lambda v: "The model says {}, and nine draws of ten lie between {} and {}.".format(
            number(_extra(v), -2), *(number(end, -2) for end in _extra_band(v))
        ),
    ),
    Exercise(
        id="42.5",
        question=lambda v: (
            f"A funder rewards the number of grants, each of {number(v['grant_size'])} thousand GPU-hours, and "
            f"{number(v['kpi_pressure'])} % of the hours follow the reward. Without the reward the programme would "
            "save some start-ups. What part of them does it still save?"
        ),
        model=indicator_game,
        preset={"spend_credits": 500.0},
        vary={"grant_size": [2, 4, 8, 10, 15, 20], "kpi_pressure": [60, 70, 80, 90, 100]},
        units={"%": 1.0},
        tolerance=0.05,
        answer=_still_saved,
        mistakes=(
            Mistake(
                lambda v: indicator_game(**v).grants / indicator_game(**v).grants_without / PERCENT,
                "That is the indicator: grants, compared with those without the reward. The question is about the "
                "goal.",
            ),
            Mistake(
                lambda v: indicator_game(**v).enough,
                "That is how many need no more than the rewarded grant. Some hours still go out as before.",
            ),
        ),
        hints=(
            "The panel of the indicator, in the last part of the lesson, has start-ups saved with pressure and "
            "without.",
            "Spend 500 million on credits there, so that rounding does not matter, and open “Show as table”.",
        ),
        solution=lambda v: (
            f"{number(indicator_game(**v).saved, 1)} / {number(indicator_game(**v).saved_without, 1)} = "
            f"{number(_still_saved(v), 0)} %, while the indicator counts "
            f"{number(indicator_game(**v).grants / indicator_game(**v).grants_without, 1)} times as many grants."
        ),
    ),
    Exercise(
        id="42.6",
        question=lambda v: (
            "Start from the course's portfolio and change only the credits for start-ups. From how many million EUR on "
            f"does the programme come first for sovereignty in less than {number(v['chance'])} % of cases?"
        ),
        model=policy_portfolio,
        vary={"chance": [5, 10, 15, 20, 25]},
        units={"million EUR": 1.0},
        tolerance=0.06,
        answer=_credits_for,
        mistakes=(
            Mistake(
                lambda v: v["spend_credits"],
                "That is what the course spends. The chance there is higher: see the chart in the panel.",
            ),
        ),
        hints=(
            "Where do the hours run that credits buy?",
            "Move one slider, and watch “Comes first in sovereignty” in the chart. Above the budget all levers are "
            "cut.",
        ),
        solution=lambda v: (
            f"From about {number(_credits_for(v), 0)} million EUR on. Most of the hours that credits buy are rented "
            f"abroad; European clouds sell only {number(v['european_cloud_share'], 0)} % of their market."
        ),
    ),
)
