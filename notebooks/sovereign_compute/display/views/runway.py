"""How long the money lasts by the way to computing: the routes, where the best one changes, and their days."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...inputs.wording import number
from ...models.runway import HORIZON, ROUTES
from .. import kinds
from ..charts import CATEGORIES, VIEWS, View

PARTS = ["At work", "Waiting"]


def at_work(found) -> dict[str, float]:
    """Months at work by route, from a result of ``runway``: all that the money lasts, less the wait where one waits."""
    return {id: found.working if id == "wait" else getattr(found, id) for id in ROUTES}


def months(value: float) -> str:
    """Months in words; money beyond the horizon counts as lasting that long."""
    return f"{HORIZON} months or more" if value >= HORIZON else f"{number(value, 1)} months"


def _runway_rows(evaluation: Evaluation) -> dict[str, list]:
    rows = {key: [] for key in ("route", "part", "value", "total", "low", "high", "course")}
    for id, name in ROUTES.items():
        total = float(getattr(evaluation.result, id))
        work = float(at_work(evaluation.result)[id])
        low, high = evaluation.bands.get(id, (total, total))
        for part, value in zip(PARTS, (work, total - work), strict=True):
            rows["route"].append(name)
            rows["part"].append(part)
            rows["value"].append(value)
            rows["total"].append(total)
            rows["low"].append(low)
            rows["high"].append(high)
            # In all, a long wait would look like a long time at work.
            rows["course"].append(float(at_work(evaluation.baseline.result)[id]))
    return rows


def _runway_chart(rows) -> alt.LayerChart:
    title = "Months until the account is empty"
    # The sum stands at the right; its parts are numbered only where there are two.
    stack = kinds.stacked(
        rows, category="route", value="value", part="part", parts=PARTS, title=title, step=30, least=1
    )
    stack.layer[0].encoding.color.legend = alt.Legend(orient="bottom")
    base, item = alt.Chart(rows), alt.Y("route:N", sort=None, title=None)
    once = base.transform_filter(f"datum.part == '{PARTS[0]}'")
    both = base.transform_filter("0.07 * datum.total < datum.value && datum.value < datum.total")
    both = both.transform_calculate(at=f"datum.part == '{PARTS[0]}' ? 0 : datum.total - datum.value").mark_text(
        align="left", dx=6, fontSize=12
    )
    ink = alt.condition(f"datum.part == '{PARTS[0]}'", alt.value("white"), alt.value("black"))
    total = once.transform_calculate(told=f"datum.total >= {HORIZON} ? '{HORIZON}+' : format(datum.total, '.1f')")
    total = total.mark_text(**kinds.COLUMN, fontWeight="bold")
    chart = alt.layer(
        stack,
        both.encode(y=item, x="at:Q", text=alt.Text("value:Q", format=".1f"), color=ink),
        kinds.ghost(once, 25).encode(y=item, x=alt.X("course:Q", title=title, stack=None)),
        total.encode(y=item, x=alt.value("width"), text="told:N"),
    )
    return kinds.titled(
        chart,
        "How long the money lasts",
        f"In bold: months in your scenario ({HORIZON}+: or more). Dashed outline: months at work with {COURSE}.",
    )


def _best(work: dict[str, float]) -> str:
    """The route with the most time at work, or how many have it."""
    longest = max(work, key=work.get)
    others = [id for id in work if id == longest or work[id] == work[longest]]
    if len(others) == 1:
        return f"“{ROUTES[longest]}” leaves most time at work: {months(work[longest])}."
    return f"{len(others)} of the ways leave as much time at work as any: {months(work[longest])}."


def _runway_sentence(evaluation: Evaluation) -> str:
    found = evaluation.result
    moved = evaluation.against(months(evaluation.baseline.result.cloud))
    lost = min(found.waiting, found.wait)
    return (
        f"If the firm rents on demand, its money lasts {months(found.cloud)}.{moved} {_best(at_work(found))} A firm "
        f"that waits for public hours loses {months(lost)} and has {months(found.working)} at "
        "work."
    )


VIEWS["runway"] = View(
    _runway_chart,
    _runway_rows,
    _runway_sentence,
    {
        "route": "Route",
        "part": "Part",
        "value": "Months",
        "total": f"In all ({HORIZON}: or more)",
        "low": "P5, in all",
        "high": "P95, in all",
        "course": f"{COURSE_HEAD}, at work",
    },
    band=False,
)


# Routes -------------------------------------------------------------------------------------------------------------


def look(drawn: dict[str, str]) -> dict:
    """Colour and dash of the lines of some routes, each the same in every chart; ``drawn`` has their names by route."""
    names = list({**ROUTES, **drawn}.values())
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=320, symbolSize=400, values=list(drawn.values()))
    channels = {"color": (alt.Color, CATEGORIES), "strokeDash": (alt.StrokeDash, kinds.DASHES)}
    return {
        key: channel("route:N", scale=alt.Scale(type="ordinal", domain=names, range=values), title=None, legend=legend)
        for key, (channel, values) in channels.items()
    }
