"""How the lists are shown: shares by region, one machine's true factors, makers, reporting over time, GDP."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import month, number
from ...models.lists import (
    EU,
    MEASURES,
    REGIONS,
    SCOPES,
    amounts,
    gdp_shares,
    vintages,
)
from ...models.parts.constants import PERCENT
from ...models.parts.special import looked_up
from ..charts import INK, PALETTE, VIEWS, WIDTH, View
from ..kinds import beside, ghost, titled

OUTPUTS = ("eu27", "other_europe", "united_states", "china", "japan", "elsewhere", "none")
EDGES = {"left": 5, "top": 5, "bottom": 5}


def _word(values: dict, choice: str, words) -> str:
    return list(words)[int(values[choice])]


def _unit(values: dict) -> str:
    return _word(values, "list_measure", [unit for _, _, unit in MEASURES.values()])


def _label(share: float, estimate: float) -> str:
    counted = "" if estimate == share else f" ({number(estimate, 1)})"
    return number(share, 1) + counted


def _rows(evaluation: Evaluation) -> dict[str, list]:
    """A bar per region: the listed share, a line where unlisted machines are estimated, the course's value, the sum."""
    values = evaluation.values
    at = [values[id] for id in ("list_vintage", "list_measure", "list_side", "list_scope")]
    unit = _unit(values)
    whole_world = _word(values, "list_scope", SCOPES) == "World"
    rows = {key: [] for key in ("region", "share", "estimate", "low", "high", "course", "amount", "gdp", "label")}
    for region, id in enumerate(OUTPUTS):
        share = getattr(evaluation.result, id)
        estimate = getattr(evaluation.result, f"{id}_all", share)
        low, high = evaluation.bands.get(f"{id}_all", (estimate, estimate))
        rows["region"].append(evaluation.model.output(id).label)
        rows["share"].append(share)
        rows["estimate"].append(estimate)
        rows["low"].append(low)
        rows["high"].append(high)
        rows["course"].append(getattr(evaluation.baseline.result, id))
        rows["amount"].append(f"{number(looked_up(amounts()[..., region], *at), 0)} {unit}")
        weight = gdp_shares().get(REGIONS[region]) if whole_world else None
        rows["gdp"].append(number(share * PERCENT / weight, 2) if weight else "")
        rows["label"].append(_label(share, estimate))
    return rows


def _chart(rows) -> alt.LayerChart:
    base = alt.Chart(rows)
    region = alt.Y(
        "region:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=120, labelPadding=8)
    )
    share = alt.X("share:Q", title="Share (%)", scale=alt.Scale(domain=[0, 100]))
    listed = base.mark_bar(height=16, color=PALETTE["component"]).encode(y=region, x=share)
    estimated = base.transform_filter("datum.high > datum.low")
    line = estimated.mark_rule(strokeWidth=2).encode(y=region, x="low:Q", x2="high:Q")
    dot = estimated.mark_point(shape="circle", filled=True, size=60, color=INK, opacity=1)
    course = ghost(base, 22, "share", "course")
    number = beside(base, "share", "high", course="course")
    number = number.mark_text(align="left", dx=9, fontSize=12).encode(y=region, x="at:Q", text="label:N")
    layers = (
        listed,
        line,
        dot.encode(y=region, x="estimate:Q"),
        course.encode(y=region, x=alt.X("course:Q", stack=None)),
        number,
    )
    return titled(
        # Room for the numbers of the longest bars, which stand beyond the end of the axis.
        alt.layer(*layers).properties(width=WIDTH - 80, height=alt.Step(26), padding={**EDGES, "right": 85}),
        "Who has what share of the list?",
        [
            "Bars: machines on the list. Lines and brackets: our estimate if unlisted machines are counted too.",
            f"Dashed outline, where it differs: {COURSE}.",
        ],
    )


PLACES = ["the EU-27", "the rest of Europe", "the United States", "China", "Japan", "all other countries"]
"""How a sentence names the regions, but for the last."""
MADE = ["", "firms from ", "accelerators from ", "processors from "]
"""What is from a region, by side."""
UNKNOWN = "machines with none, or with several,"


def _sentence(evaluation: Evaluation) -> str:
    """Who has most and what the EU has, as listed and with unlisted machines."""
    values, result = evaluation.values, evaluation.result
    names = [_word(values, "list_side", [made + place for made in MADE]) for place in PLACES]
    shares = [(name, getattr(result, id)) for name, id in zip([*names, UNKNOWN], OUTPUTS, strict=True)]
    first, second = sorted(shares, key=lambda share: -share[1])[:2]
    what = f"{_word(values, 'list_measure', MEASURES)} in {_word(values, 'list_scope', SCOPES.values())}"
    told = (
        f"The largest share is that of {first[0]}: {number(first[1], 1)} % of the {what}, list of "
        f"{_word(values, 'list_vintage', list(map(month, vintages())))}."
    )
    return told + _beside(first, second, shares[EU]) + _outside(evaluation) + _course(evaluation)


def _beside(first: tuple, second: tuple, eu: tuple) -> str:
    """The share of the EU or, where that is the largest, the one that comes next."""
    if eu[1] < first[1]:
        return f" For {eu[0]} it is {number(eu[1], 1)} %."
    return f" For {second[0]} it is {number(second[1], 1)} %." if second[1] > 0 else ""


def _outside(evaluation: Evaluation) -> str:
    """What unlisted machines make of the EU's share, where they change anything."""
    share = evaluation.result.eu27_all
    if share == evaluation.result.eu27:
        return ""
    band = evaluation.band("eu27_all", int(share < 2))
    return f" If unlisted machines are counted too, the EU's share is {number(share, 1)} %{band}."


def _course(evaluation: Evaluation) -> str:
    course = evaluation.baseline.result
    return evaluation.against(
        f"the EU-27 {number(course.eu27, 1)} % as listed and {number(course.eu27_all, 1)} % with unlisted machines"
    )


VIEWS["share_of_the_list"] = View(
    _chart,
    _rows,
    _sentence,
    {
        "region": "Region",
        "share": "Share, %",
        "amount": "In all",
        "gdp": "Over its share of world GDP",
        "estimate": "With unlisted, %",
        "low": "P5",
        "high": "P95",
        "course": f"{COURSE_HEAD}, %",
    },
)
