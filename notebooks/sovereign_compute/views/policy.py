"""How a portfolio is shown: where the money goes, what comes of it, lever by lever, and what hangs on what."""

import pkgutil
from importlib import import_module

import altair as alt
import pandas as pd

from .. import kinds, models
from ..assumptions import complete, evaluate, get
from ..charts import CONFIG, PALETTE, VIEWS, WIDTH, View
from ..models.constants import GPUS_PER_MILLION, GPUS_PER_THOUSAND
from ..models.policy import LEVERS, policy_portfolio, within_budget
from ..models.registry import MODELS, find
from ..readings import COURSE, COURSE_HEAD, Reading, read
from ..tables import Table
from ..wording import number, quantity

LEVER_WORDS = {
    "machine": "A machine",
    "access": "People who help users",
    "credits": "Credits for start-ups",
    "data": "Data spaces",
    "people": "Training of people",
    "chips": "European chips",
    "gigafactory": "Share of a gigafactory",
    "evaluation": "Evaluation",
}
SHOWN = (
    "captured",
    "science_hours",
    "start_up_hours",
    "industry_hours",
    "days",
    "served",
    "extra",
    "first_place",
    "carbon",
)
PLOT = WIDTH - 260  # labels on the left, numbers with units on the right
BRIEF = {"MEUR": "million EUR", "Mgpu*hour/year": "million a year", "percent": "%", "kt": "thousand tonnes"}
"""Units beside a bar, where its label says the rest."""
STEP = 5.0
"""Million EUR: one step of a lever's slider, for what the next money brings."""


def spending(values: dict) -> dict[str, float]:
    """What each lever gets within the budget, in million EUR."""
    spends = within_budget([values[f"spend_{lever}"] for lever in LEVERS], values["budget"])
    return dict(zip(LEVERS, spends, strict=True))


def _rows(reading: Reading) -> dict[str, list]:
    """Money by lever (million EUR), then outcomes in % of what is compared with, both in words."""
    rows = {key: [] for key in ("part", "item", "value", "course", "shown", "course_shown")}

    def add(*cells):
        for column, cell in zip(rows.values(), cells, strict=True):
            column.append(cell)

    course = spending(reading.compared.values)
    for lever, money in spending(reading.values).items():
        words = [quantity(x, "MEUR", 0) for x in (money, course[lever])]
        add("money", LEVER_WORDS[lever], money, course[lever], *words)
    for id in SHOWN:
        output = reading.model.output(id)
        own, usual = getattr(reading.result, id), getattr(reading.compared.result, id)
        words = [f"{number(x, output.digits)} {BRIEF.get(output.unit, '')}".strip() for x in (own, usual)]
        add("outcome", output.label, _percent(own, usual), 100.0, *words)
    return rows


def _percent(own: float, usual: float) -> float | None:
    """One outcome in percent of another; None, which is not drawn, for percent of nothing."""
    if usual == 0:
        return 100.0 if own == 0 else None
    return 100 * own / usual


def room(base: alt.Chart, share: float) -> alt.Chart:
    """An unseen layer that makes the axis longer than its longest bar by a share of it: there stand the numbers."""
    return (
        base.transform_joinaggregate(longest="max(value)", most="max(course)")
        .transform_calculate(end=f"{1 + share} * max(datum.longest, datum.most)")
        .mark_point(opacity=0)
        .encode(x="end:Q")
    )


def _chart(rows) -> alt.VConcatChart:
    base = alt.Chart(rows)
    bars = kinds.bars(rows, category="item", value="value", course="course", title="Million EUR", step=21)
    # Rows of the other part would lengthen the axis, so each layer is filtered before it is measured.
    money = alt.layer(*kinds.aside(bars).layer, room(base.transform_filter("datum.part == 'money'"), 0.1), data=rows)
    money = money.properties(width=PLOT, height=alt.Step(21))
    item = alt.Y("item:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, minExtent=130))
    # A row without a percentage is drawn all the same: left out, it would come last, in another order than before.
    base = base.transform_calculate(
        bar="isValid(datum.value) ? datum.value : 0",
        told="isValid(datum.value) ? datum.shown : datum.shown + ' instead of ' + datum.course_shown",
    )
    x = alt.X("bar:Q", title=f"% of the outcome with {COURSE}", axis=alt.Axis(tickCount=5))
    bar = base.mark_bar(height=13, color=PALETTE["own"]).encode(y=item, x=x)
    line = base.mark_rule(strokeDash=[6, 4], strokeWidth=1.5).encode(x="course:Q")
    # Behind the dashed line, too, or it would run through the number.
    at = "isValid(datum.value) ? max(datum.value, datum.course) : datum.course"
    label = base.transform_calculate(at=at).mark_text(align="left", dx=6, fontSize=12)
    wide = room(base.transform_filter("datum.part == 'outcome'"), 0.4)
    outcome = alt.layer(bar, line, label.encode(y=item, x="at:Q", text="told:N"), wide)
    outcome = outcome.properties(width=PLOT, height=alt.Step(21))
    return alt.vconcat(
        money.transform_filter("datum.part == 'money'"),
        outcome.transform_filter("datum.part == 'outcome'"),
        title=alt.Title(
            "Where the money goes, and what comes of it",
            subtitle=f"Bars, numbers: your scenario. Diamond and dashed line: {COURSE}.",
        ),
        spacing=24,
        config=CONFIG,
    )


def scarce(values: dict, result) -> str:
    """Whether start-ups lack hours or help, in a sentence."""
    if result.start_up_hours == 0 or result.served == 0:
        missing = "hours" if result.start_up_hours == 0 else "help"
        return f"No start-up is served: there {'are' if missing == 'hours' else 'is'} no {missing} for them."
    used = result.served * values["company_gpu_hours"] * GPUS_PER_THOUSAND
    given = result.start_up_hours * values["lifetime"] * GPUS_PER_MILLION
    if used < given * (1 - 1e-9):
        return "Help is scarce: more hours would serve nobody more."
    return "Hours are scarce: more help would serve nobody more."


def _sentence(reading: Reading) -> str:
    result, values, band = reading.result, reading.values, reading.band("net_value", 0)
    chance = ""
    if reading.bands:
        above = reading.bands.simulation.probability("net_value", above=0)
        chance = f", and is above zero in {number(100 * above, 0)} % of the draws"
    asked = sum(values[f"spend_{lever}"] for lever in LEVERS)
    cut = ""
    if asked > values["budget"]:
        cut = (
            f" You asked for {number(asked, 0)} million EUR; the budget is {number(values['budget'], 0)}, so every "
            f"lever was cut to {number(100 * values['budget'] / asked, 0)} %."
        )
    moved = reading.against(number(reading.compared.result.net_value, 0))
    return (
        f"{quantity(result.spent, 'MEUR', 0)} bring Europe {quantity(result.captured, 'MEUR', 0)} in today's money; "
        f"less the cost to society that is {number(result.net_value, 0)} million EUR{band}{chance}. "
        f"{quantity(result.served, 'company', 0)} are served and {number(result.extra, 0)} of them live because of it. "
        f"What is offered comes first among the services of lesson 12 in {number(result.first_place, 0)} % of cases. "
        f"{scarce(values, result)}{cut}{moved}"
    )


VIEWS["policy_portfolio"] = View(
    _chart, _rows, _sentence, {"item": "What", "shown": "Value", "course_shown": COURSE_HEAD}, band=False
)


# Lever by lever -------------------------------------------------------------------------------------------------------


def alone(**changes) -> dict[str, float]:
    """Value captured (million EUR) if the whole budget goes into one lever, by lever."""
    budget = complete(policy_portfolio, changes)["budget"]
    found = {}
    for lever in LEVERS:
        only = {f"spend_{other}": budget if other == lever else 0.0 for other in LEVERS}
        found[lever] = float(evaluate(policy_portfolio, **{**changes, **only}).captured)
    return found


def next_money(**changes) -> dict[str, float]:
    """Value captured (EUR) for one more euro in a lever, the others as they are, by lever."""
    values = complete(policy_portfolio, changes)
    spends = spending(values)
    base = {**values, **{f"spend_{lever}": spends[lever] for lever in LEVERS}}
    now = policy_portfolio(**base).captured
    more = {**base, "budget": values["budget"] + STEP}
    return {
        lever: float(policy_portfolio(**{**more, f"spend_{lever}": spends[lever] + STEP}).captured - now) / STEP
        for lever in LEVERS
    }


def alone_chart(**changes) -> alt.LayerChart:
    """The whole budget in one lever, beside the mix: what Europe captures."""
    mix = read(policy_portfolio, changes, band=False).result
    found = {"The mix": float(mix.captured), **{LEVER_WORDS[lever]: x for lever, x in alone(**changes).items()}}
    rows = alt.Data(values=[{"item": item, "value": value} for item, value in found.items()])
    nothing = ", ".join(f"“{item}”" for item, value in found.items() if round(value) == 0) or "none of them"
    best = max(list(found)[1:], key=found.get)
    return kinds.titled(
        kinds.bars(rows, category="item", value="value", title="Million EUR captured in Europe", text=",.0f"),
        "The whole budget in one lever",
        "Above all: the mix of the scenario.",
        f"The mix captures {number(found['The mix'], 0)} million EUR. Of the levers alone the best is “{best}” "
        f"with {number(found[best], 0)}; nothing at all comes from {nothing}.",
    )


def next_money_chart(**changes) -> alt.LayerChart:
    """What one more euro in each lever brings, starting from the portfolio of the scenario."""
    found = next_money(**changes)
    order = sorted(found, key=found.get, reverse=True)
    rows = alt.Data(values=[{"item": LEVER_WORDS[lever], "value": found[lever]} for lever in order])
    chart = kinds.bars(rows, category="item", value="value", title="EUR captured per additional EUR", text=".2f")
    nothing = " and ".join(f"“{LEVER_WORDS[lever]}”" for lever in order if abs(found[lever]) < 0.005)
    last = f"least in “{LEVER_WORDS[order[-1]]}”, {number(found[order[-1]], 2)} EUR"
    return kinds.titled(
        chart,
        "Where would the next euro do most?",
        f"Each lever alone gets {number(STEP)} million EUR more.",
        f"One more euro brings most in “{LEVER_WORDS[order[0]]}”, {number(found[order[0]], 2)} EUR, and "
        f"{f'nothing in {nothing}' if nothing else last}.",
    )


# What hangs on what ---------------------------------------------------------------------------------------------------


def moved(id: str) -> list[str]:
    """Outputs of the portfolio that change when an assumption moves from its P5 to its P95."""
    assumption = get(id)
    low, high = (evaluate(policy_portfolio, **{id: end}) for end in (assumption.low, assumption.high))
    return [o.id for o in find(policy_portfolio).outputs if getattr(low, o.id) != getattr(high, o.id)]


def chain_table(*ids: str) -> Table:
    """Assumptions that the portfolio shares with other models of the course, and the outcomes that they move."""
    for module in pkgutil.iter_modules(models.__path__):  # importing a module registers its models
        import_module(f"{models.__name__}.{module.name}")
    model = find(policy_portfolio)
    rows = []
    for id in ids:
        others = [m.title for m in MODELS.values() if id in m.inputs and m is not model]
        labels = [model.output(output).label for output in moved(id)]
        still = [o.label for o in model.outputs if o.label not in labels]
        rows.append((get(id).label, "; ".join(sorted(others)) or "nothing else", ", ".join(still) or "nothing"))
    columns = ["Assumption", "Also goes into", "Does not move"]
    return Table(pd.DataFrame(rows, columns=columns), "One assumption, many models")
