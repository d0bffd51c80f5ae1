"""Notebook 32, *Your turn*: the luck of applicants, and what dated rounds say about the next one."""

from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.assumptions import get, registry
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.parts.constants import DAYS_PER_MONTH
from ...models.runway import runway


def _rounds() -> pd.DataFrame:
    """Rounds that brought new equity, with their day, as in the first cell."""
    rounds = frames.data("funding_rounds_with_startups")
    rounds["day"] = pd.to_datetime(rounds.as_of, format="ISO8601")
    rounds = rounds[(rounds.amount_m > rounds.debt_m) & ~rounds["round"].str.contains("Secondary")]
    return rounds.sort_values(["company", "day"])


def chance_in_time() -> Callable:
    """The solution of 32.T1, in per cent."""
    import numpy as np

    def chance(days, success_rate, cut_off_days, evaluation_days, onboarding_days):
        tries = (days - onboarding_days) // (cut_off_days / 2 + evaluation_days)
        return 100 * (1 - (1 - success_rate / 100) ** np.maximum(tries, 0))

    return chance


def months_between() -> alt.Chart:
    """The solution of 32.T2."""
    rounds = _rounds()  # cell
    rounds["months"] = rounds.groupby("company").day.diff().dt.days / 365 * 12
    gaps = rounds.dropna(subset="months")[["company", "region", "months"]]
    return (
        alt.Chart(gaps, title="Nearly every round in the table came sooner than the course assumes")
        .mark_point()
        .encode(
            x=alt.X("months", title="Time since the round before, months"),
            y=alt.Y("company", title="Company"),
            color=alt.Color("region", title="Region"),
        )
    )


ASKED = ("success_rate", "cut_off_days", "evaluation_days", "onboarding_days")


def _yearly() -> tuple[dict[str, float], object]:
    """The preset of one call a year: what the function is asked with, and what the model gives."""
    found = evaluation_of(runway, presets("runway")["yearly-call"]["values"], band=False)
    return {id: found.values[id] for id in ASKED}, found.result


def _cases() -> list[dict]:
    yearly, _ = _yearly()
    usual = {id: get(id).value for id in ASKED}
    return [
        *({"days": days, **usual} for days in (90, 180, 365)),
        *({"days": days, **yearly} for days in (10, 400, 1000)),
        {"days": 300, **usual, "success_rate": 100, "evaluation_days": 223},
    ]


def _chance_in_words() -> str:
    yearly, found = _yearly()
    chance = chance_in_time()
    once = yearly["cut_off_days"] / 2 + yearly["evaluation_days"] + yearly["onboarding_days"]
    late = 100 - chance(days=found.wait * DAYS_PER_MONTH, **yearly)
    return (
        "Take the preset “One call a year”. By the lesson, its firm waits "
        f"{number(found.waiting, 0)} months and then works for {number(found.working, 0)}. That is a mean, and no firm "
        f"meets it. Of 100 firms, {number(yearly['success_rate'], 0)} start after {number(once / DAYS_PER_MONTH, 0)} "
        f"months, and {number(late, 0)} have no public hour when their money, {number(found.wait, 0)} months' worth, "
        "is gone."
    )


def _gaps_in_words() -> str:
    gaps = _gaps()
    european = gaps[gaps.region == "European"].months
    others = gaps[gaps.region != "European"].months
    assumed = registry()["round_months"].value
    return (
        f"At European firms a round came {number(european.median(), 0)} months after the one before (the median of "
        f"{len(european)}), at the comparators after {number(others.median(), 0)}. Only {(european >= assumed).sum()} "
        f"of the {len(european)} took the {number(assumed, 0)} months that this lesson assumes, or more. But these are "
        "firms whose next round did come. One that ran dry while it waited has no second row here."
    )


# What usual mistakes give


def _other(tries: Callable, chance: Callable = lambda p, n: 1 - (1 - p) ** n) -> Callable:
    """The function with other tries, as a function of (days, half, whole, decision, setup), or another chance."""

    def given(days, success_rate, cut_off_days, evaluation_days, onboarding_days):
        n = tries(days, cut_off_days / 2, cut_off_days, evaluation_days, onboarding_days)
        return 100 * chance(success_rate / 100, np.maximum(n, 0))

    return given


def _right(days, half, whole, decision, setup):
    return (days - setup) // (half + decision)


def _mean_is_certain(days, success_rate, cut_off_days, evaluation_days, onboarding_days):
    wait = (cut_off_days / 2 + evaluation_days) / (success_rate / 100) + onboarding_days
    return 100.0 * (days >= wait)


def _gaps(rounds: pd.DataFrame | None = None, days: float = 365 / 12) -> pd.DataFrame:
    rounds = (_rounds() if rounds is None else rounds).copy()
    rounds["months"] = rounds.groupby("company").day.diff().dt.days / days
    return rounds.dropna(subset="months")[["company", "region", "months"]]


def _chart_of(gaps: pd.DataFrame) -> alt.Chart:
    """The chart of 32.T2 with other rows."""
    return alt.Chart(gaps).mark_point().encode(x="months", y="company", color="region")


def _all_rounds() -> pd.DataFrame:
    rounds = frames.data("funding_rounds_with_startups")
    rounds["day"] = pd.to_datetime(rounds.as_of, format="ISO8601")
    return rounds.sort_values(["company", "day"])


def _across_companies() -> pd.DataFrame:
    """Gaps between rows, whatever company they belong to."""
    rounds = _rounds()
    rounds["months"] = rounds.day.diff().dt.days / 365 * 12
    return rounds.dropna(subset="months")[["company", "region", "months"]]


TASKS = (
    Task(
        id="32.T1",
        question=(
            "Public hours in time? A firm applies until it succeeds. Each try takes half a period (cut_off_days) and "
            "the evaluation (evaluation_days); it succeeds with success_rate, in per cent. Then comes the setup "
            "(onboarding_days). Write a function of days, success_rate, cut_off_days, evaluation_days and "
            "onboarding_days. It gives the chance, in per cent, that the first public job runs within so many days."
        ),
        expected=chance_in_time,
        finding=_chance_in_words,
        hints=(
            "How many whole tries fit into the days, once the setup is taken off? Two slashes divide without a rest.",
            "Not in time means that all tries failed, so first compute the chance of that. np.maximum(tries, 0) keeps "
            "the number of tries from falling below zero.",
        ),
        cases=_cases,
        mistakes=(
            (
                lambda: _other(_right, lambda p, n: p * (n > 0)),
                "That is one try. Who is refused tries again, as often as the days allow.",
            ),
            (
                lambda: _other(_right, lambda p, n: p * n),
                "You added the chances of the tries. Multiply the chances that each one fails, and take that from one.",
            ),
            (
                lambda: _other(_right, lambda p, n: np.minimum(p * n, 1)),
                "You added the chances and cut them at one. Multiply the chances that each try fails.",
            ),
            (
                lambda: _other(_right, lambda p, n: (1 - p) ** n),
                "That is the chance that it does not come in time; take it from 100.",
            ),
            (
                lambda: _other(_right, lambda p, n: p * (1 - p) ** np.maximum(n - 1, 0) * (n > 0)),
                "That is the chance that the last try in time is the one that succeeds; an earlier one does as well.",
            ),
            (
                lambda: _other(lambda days, half, whole, decision, setup: (days - setup) / (half + decision)),
                "Your firm makes a part of a try. Only whole tries end with a decision: divide with two slashes.",
            ),
            (
                lambda: _other(lambda days, half, whole, decision, setup: (days - setup) // (whole + decision)),
                "Who is ready on any day waits half a period for the cut-off on average, not a whole one.",
            ),
            (
                lambda: _other(lambda days, half, whole, decision, setup: days // (half + decision)),
                "The setup is missing: the first job runs onboarding_days after the yes.",
            ),
            (
                lambda: _other(lambda days, half, whole, decision, setup: days // (half + decision + setup)),
                "Accounts and software are set up once, after the yes; you did it in each try.",
            ),
            (
                lambda: _other(lambda days, half, whole, decision, setup: (days - setup) // decision),
                "The wait for the cut-off is missing; each try begins with it.",
            ),
            (
                lambda: _mean_is_certain,
                "You took the mean wait as certain. Some firms succeed at the first try, others at the fifth.",
            ),
        ),
    ),
    Task(
        id="32.T2",
        question=(
            "How long after one round does the next one come? From rounds, compute for each round the months since the "
            "round before of the same company (days / 365 × 12). Draw points: the months along one axis, company along "
            "the other, region by colour. First rounds have no months; leave them out. State the finding as title."
        ),
        expected=months_between,
        finding=_gaps_in_words,
        hints=(
            "The rounds are sorted by company and day already. groupby, then diff() gives the step to the row before.",
            'rounds.groupby("company").day.diff().dt.days has the days; dropna(subset=...) leaves out first rounds.',
        ),
        mistakes=(
            (lambda: _chart_of(_gaps(days=1)), "Those are days; months are asked for."),
            (lambda: _chart_of(_gaps(days=365)), "Those are years; months are asked for."),
            (
                lambda: _chart_of(_across_companies()),
                "From one company to the next there is no step: group by company before you take the difference.",
            ),
            (
                lambda: _chart_of(_gaps(_all_rounds())),
                "Sales of old shares and pure debt are among them. Take rounds from the first cell.",
            ),
            (
                lambda: _chart_of(_gaps(_rounds().query("region == 'European'"))),
                "Only European firms are in it; the comparators are asked for as well.",
            ),
        ),
    ),
)
