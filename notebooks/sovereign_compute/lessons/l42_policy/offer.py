"""How the rank of what a programme offers is shown: over the part of its hours that Europeans run."""

import altair as alt
import numpy as np

from ...analysis.settings import complete
from ...display import kinds
from ...display.charts import ORANGE
from ...inputs.wording import number
from ...models.framework import WEIGHTS
from ...models.parts.constants import PERCENT
from ...models.parts.offer import first_place, grids
from ...models.policy import policy_portfolio

WITH = ["hours alone", "with people", "with a chip, too"]
"""What stands beside the hours: nothing, enough trained people, these and a European chip in use."""


def curves(values: dict, own) -> dict[str, np.ndarray]:
    """Probability of the first place (percent) for parts ``own`` of the hours (percent) at European operators."""
    known = grids([values[id] for id in WEIGHTS], values["weight_concentration"])
    beside = ((0.0, 0.0), (values["people_points"], 0.0), (values["people_points"], 1.0))
    found = [first_place(known, own * PERCENT, people, values["chip_points"], chip) for people, chip in beside]
    return dict(zip(WITH, [place / PERCENT for place in found], strict=True))


def first_place_chart(**changes) -> alt.LayerChart:
    """How likely the first place is, by the part of the hours at European operators; the point is the portfolio."""
    values = complete(policy_portfolio, changes)
    result = policy_portfolio(**values)
    own = np.arange(70.0, 100.5, 1.0)
    found = curves(values, own)
    rows = [
        {"own": float(x), "first": round(float(y), 2), "with": name}
        for name, curve in found.items()
        for x, y in zip(own, curve, strict=True)
    ]
    across, up = "Hours at European operators (%)", "Chance of the first place (%)"
    lines = kinds.lines(
        alt.Data(values=rows), x="own", y="first", x_title=across, y_title=up, series="with", names=WITH, height=220
    )
    here = {"own": float(max(result.own_hours, own[0])), "first": float(result.first_place)}
    point = alt.Chart(alt.Data(values=[here])).mark_point(
        shape="diamond", size=150, filled=True, color=ORANGE, stroke="black", opacity=1
    )
    least, bare, chip = (
        number(float(found[name][at]), 0) for name, at in ((WITH[0], 20), (WITH[0], -1), (WITH[2], -1))
    )
    return kinds.titled(
        alt.layer(lines, point.encode(x="own:Q", y="first:Q")),
        f"With a tenth of its hours abroad, a programme comes first in {least} % instead of {bare} % of cases",
        "First for sovereignty, among the services of lesson 12. Diamond: the portfolio.",
        f"With all hours at European operators the first place has a chance of {bare} %, with 90 % of them {least} %. "
        f"With all of them, trained people and a European chip in use it is {chip} %. The portfolio has "
        f"{number(result.own_hours, 0)} % of its hours there and a chance of {number(result.first_place, 0)} %.",
    )
