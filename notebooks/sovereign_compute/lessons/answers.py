"""What the course finds for each prediction, from a model or the facts of its lesson, and where it comes from."""

from collections.abc import Callable
from functools import partial

import numpy as np

from ..analysis.evaluation import BAND, evaluation_of
from ..analysis.settings import complete, evaluate
from ..analysis.simulation import simulate
from ..controls.findings import Finding
from ..controls.founder_game import outlook
from ..inputs.assumptions import get
from ..inputs.data import records, row
from ..inputs.presets import presets
from ..inputs.wording import month
from ..models.access import cost_of_waiting
from ..models.concentration import cloud_shares
from ..models.founder import Game, founder_quarter
from ..models.lists import printed, share_of_the_list, times
from ..models.macro import ai_gain
from ..models.parts import companies, tails
from ..models.parts.utilisation import summary, wall
from ..models.policy import policy_portfolio
from ..models.power import site_year
from ..models.registry import all_models, find
from ..models.returns import public_return
from ..models.runway import runway
from ..models.surveys import survey_mean
from .fact_check import verdict_counts
from .l22_power.exhibits import HOME, places
from .l35_quarters import rounds as games
from .l51_your_own_question import exhibits as irish


def _of(function: Callable, output: str, preset: str = "", band: bool = True) -> Finding:
    """An output of a model with its 90 % range; without one where the question fixes what the range would vary."""
    changes = presets(find(function).name)[preset]["values"] if preset else {}
    low, high = evaluation_of(function, changes).bands[output] if band else (0.0, 0.0)
    value = float(getattr(evaluate(function, **changes), output))
    return Finding(value, _source(function), (low, high) if low < high else None)


def _output(model: str, output: str) -> Finding:
    """What a row of the table names."""
    return _of(all_models()[model].function, output)


def _source(function: Callable) -> str:
    return f"the model “{find(function).title}”"


def _heat_income() -> Finding:
    year, drawn = evaluate(site_year), simulate(site_year).draws
    low, high = np.quantile(100 * drawn["heat_revenue"] / drawn["bill"], BAND)
    return Finding(100 * year.heat_revenue / year.bill, _source(site_year), (float(low), float(high)))


def _carbon_finland() -> Finding:
    carbon = places().drop_duplicates("place").set_index("place").carbon
    return Finding(float(carbon[HOME] / carbon["Finland"]), f"{_source(site_year)} and the mean mix of both grids")


def _disruption_chance() -> Finding:
    bet = get("disruption_probability")
    return Finding(bet.value, f"the assumption “{bet.label}”", (bet.low, bet.high), assumed=True)


def _survey_middle() -> Finding:
    """The printed mean over what a heavy tail makes of a middle one; the range is that of the tail's spread."""
    printed, over = row("roi_studies", "hyperion-printed-revenue")["value_low"], evaluation_of(survey_mean)
    low, high = over.bands["exaggeration"]
    return Finding(printed / over.result.exaggeration, _source(survey_mean), (printed / high, printed / low))


def _free_hours_gain() -> Finding:
    months = evaluate(runway)
    return Finding(months.public - months.cloud, _source(runway))


def _founders() -> Finding:
    """What the best policy of the founder game expects; the range is that of its results in all games."""
    game = Game(complete(founder_quarter))
    low, high = games.table_of_games(game).result.quantile(BAND)
    return Finding(outlook(game).of(0, game.first), "the best policy of the game", (float(low), float(high)))


def _yes_of_an_investor() -> Finding:
    played = games.table_of_games(Game(complete(founder_quarter)))
    return Finding(float(100 * (played["round"] == "closed").mean()), f"{len(played)} games of the best policy")


def _mix_pays() -> Finding:
    chance = simulate(policy_portfolio).probability("net_value", above=0)
    return Finding(100 * chance, f"{_source(policy_portfolio)}, over all draws")


APART: dict[str, Callable[[], Finding]] = {
    "jupiter-hpc6": lambda: Finding(
        times("JUPITER Booster", "HPC6", printed(), "rmax_pflops"), f"the TOP500 list of {month(printed())}"
    ),
    "us-accelerators": lambda: _of(share_of_the_list, "united_states", "eu-accelerators"),
    "us-cloud-share": lambda: Finding(cloud_shares("Europe")["Amazon, Microsoft and Google"], "the published shares"),
    "disruption-chance": _disruption_chance,
    "heat-income": _heat_income,
    "carbon-finland": _carbon_finland,
    "run-guess": lambda: Finding(100 * summary(wall()).median_error, "the published runs against their predictions"),
    "survey-middle": _survey_middle,
    "credit-needed": lambda: _of(public_return, "break_even", band=False),
    "worth-of-a-day": lambda: _of(cost_of_waiting, "break_even", "call-88", band=False),
    "top-three": lambda: Finding(100 * tails.top_share(companies.unicorns().usd, 3), "the table of companies"),
    "runway-months": lambda: _of(runway, "cloud", band=False),
    "free-hours-gain": _free_hours_gain,
    "founders-hold": _founders,
    "investor-yes": _yes_of_an_investor,
    "tasks-for-330": lambda: _of(ai_gain, "tasks_needed", band=False),
    "one-machine": lambda: _of(policy_portfolio, "returned", "machine-only"),
    "mix-pays": _mix_pays,
    "claims-hold": lambda: Finding(verdict_counts()["holds"], "the verdicts of all lessons"),
    "irish-share": lambda: Finding(irish.part(*irish.measured()[2015]), "the Irish statistics"),
    "irish-growth": lambda: Finding(
        irish.growth_needed(irish.claim()["share_percent"], 2, irish.claim()["year"]), "the Irish statistics"
    ),
}
"""What is more, or other, than an output of a model at the course's values with its range."""

ANSWERS: dict[str, Callable[[], Finding]] = {
    row["id"]: APART.get(row["id"]) or partial(_output, row["model"], row["output"]) for row in records("predictions")
}
"""By the id of the prediction, in the order of the table; computed when it is asked for."""
