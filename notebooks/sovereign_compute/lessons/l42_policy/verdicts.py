"""Notebook 42, the policy lab: what decides its claims."""

from ...analysis.settings import complete
from ...inputs import data
from ...inputs.wording import number
from ...models.indicator import indicator_game
from ..fact_check import Verdict, claims, judges

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
