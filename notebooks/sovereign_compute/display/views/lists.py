"""How the lists are shown: shares by region, one machine's true factors, makers, reporting over time, GDP."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number
from ...models.lists import (
    MEASURES,
    NONE,
    REGIONS,
    SCOPES,
    SIDES,
    amounts,
    gdp_shares,
    vintages,
)
from ...models.parts.constants import PERCENT
from ...models.parts.special import looked_up
from ..charts import INK, PALETTE, VIEWS, WIDTH, View
from ..kinds import beside, diamond, titled

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
    # Where the learner has moved nothing there is nothing to compare.
    course = base.transform_filter("datum.course != datum.share")
    course = diamond(course)
    number = beside(base, "share", "high", course="course")
    number = number.mark_text(align="left", dx=9, fontSize=12).encode(y=region, x="at:Q", text="label:N")
    layers = (listed, line, dot.encode(y=region, x="estimate:Q"), course.encode(y=region, x="course:Q"), number)
    return titled(
        # Room for the numbers of the longest bars, which stand beyond the end of the axis.
        alt.layer(*layers).properties(width=WIDTH - 80, height=alt.Step(26), padding={**EDGES, "right": 85}),
        "Who has what share of the list?",
        [
            "Bar, number: as listed. Line, dot, number in brackets: unlisted machines counted.",
            f"White diamond, where it differs: {COURSE}.",
        ],
    )


def _sentence(evaluation: Evaluation) -> str:
    values = evaluation.values
    listed = [(region, getattr(evaluation.result, id)) for region, id in zip(REGIONS, OUTPUTS, strict=True)]
    shares = [f"{_name(region)} {number(share, 1)} %" for region, share in sorted(listed, key=lambda x: -x[1]) if share]
    told = (
        f"List of {_word(values, 'list_vintage', vintages())}, {_word(values, 'list_measure', MEASURES)}, machines in "
        f"{_word(values, 'list_scope', SCOPES.values())}, by {_word(values, 'list_side', SIDES)}: {', '.join(shares)}."
    )
    return told + _outside(evaluation) + _course(evaluation)


def _name(region: str) -> str:
    return (
        region
        if region == "other Europe"
        else {"elsewhere": "all others", REGIONS[NONE]: "none or several"}.get(
            region, f"the {region}" if region in ("EU-27", "United States") else region
        )
    )


def _outside(evaluation: Evaluation) -> str:
    """What unlisted machines make of the shares, where they change anything."""
    told = []
    for region, id in (("the United States", "united_states"), ("the EU-27", "eu27")):
        counted = getattr(evaluation.result, f"{id}_all")
        if counted != getattr(evaluation.result, id):
            told.append(f"{region} {number(counted, 1)} %{evaluation.band(f'{id}_all', 0)}")
    return f" With unlisted machines counted: {', '.join(told)}." if told else ""


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


# One machine, several true headlines --------------------------------------------------------------------------------


# Makers, time, GDP, and what no list shows --------------------------------------------------------------------------
