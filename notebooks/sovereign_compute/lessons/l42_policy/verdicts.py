"""Notebook 42, the policy lab: what decides its claims."""

from ...analysis.settings import complete
from ...inputs.wording import number
from ...models.indicator import indicator_game
from ..fact_check import Verdict, judges

# Claims -----------------------------------------------------------------------------------------------------------


@judges("C86")
def _measurable_goals() -> Verdict:
    # Both ratios are the same for any money and any gain; with these they exist in every scenario.
    values = {**complete(indicator_game), "spend_credits": 1.0, "survival_gain": 1.0}
    found = indicator_game(**{**values, "kpi_pressure": 100.0})
    grants, saved = found.grants / found.grants_without, found.saved / found.saved_without
    gamed = grants > 1 > saved
    return Verdict(
        "opinion",
        f"if a count of start-ups is rewarded alone, it becomes {number(grants, 1)} times as large, and the goal "
        f"{number(saved, 1)} times",
        "what funders ought to do is a norm, not a fact",
        f"the example {'shows' if gamed else 'does not show'} how an indicator is gamed; without any, nothing "
        "can be checked either",
    )
