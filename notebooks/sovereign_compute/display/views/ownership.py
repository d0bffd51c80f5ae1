"""How the cost of a GPU-hour is shown: piece by piece, against utilisation and against dated cloud prices."""

import altair as alt

from ...analysis.evaluation import HEADS, MARKS, Evaluation
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost
from ..charts import CONFIG, PALETTE, VIEWS, WIDTH, View
from ..kinds import ghost

COMPONENTS = ("machine", "building", "electricity", "maintenance", "staff")


def _cost_rows(evaluation: Evaluation) -> dict[str, list]:
    """A waterfall: each component starts where the one before it ends; then the sum, and the cloud from zero.

    What is compared with is a waterfall, too.
    """
    keys = ("item", "kind", "start", "end", "value", "label", "low", "high", "course", "ghost_start", "ghost_end")
    rows = {key: [] for key in keys}
    names = {"total": "Owned, in all", "cloud": "Rented from a cloud"}
    reached = other = 0.0
    for id in (*COMPONENTS, "total", "cloud"):
        value, component = getattr(evaluation.result, id), id in COMPONENTS
        low, high = evaluation.bands.get(id, (value, value))
        rows["item"].append(names.get(id) or evaluation.model.output(id).label)
        rows["kind"].append("component" if component else "own" if id == "total" else "cloud")
        rows["start"].append(reached if component else 0.0)
        rows["end"].append(reached + value if component else value)
        rows["value"].append(value)
        rows["label"].append(number(value, evaluation.model.output(id).digits))
        rows["low"].append(low)
        rows["high"].append(high)
        rows["course"].append(course := getattr(evaluation.baseline.result, id))
        rows["ghost_start"].append(other if component else 0.0)
        rows["ghost_end"].append(other + course if component else course)
        reached, other = (reached + value, other + course) if component else (reached, other)
    return rows


def _cost_chart(rows) -> alt.VConcatChart:
    """Two scales: the pieces of the own machine above, the whole of it against the cloud below."""
    return alt.vconcat(
        _cost_part(rows, "datum.kind != 'cloud'", "EUR per GPU-hour in use, piece by piece"),
        _cost_part(rows, "datum.kind != 'component'", "EUR per GPU-hour, owned and rented"),
        title=alt.Title(
            "What one GPU-hour costs",
            subtitle=f"{MARKS} Number: your scenario.",
        ),
        spacing=16,
        config=CONFIG,
    )


def _cost_part(rows, which: str, title: str) -> alt.LayerChart:
    base = alt.Chart(rows).transform_filter(which)
    item = alt.Y(
        "item:N", sort=None, title=None, axis=alt.Axis(labelPadding=8, ticks=False, domain=False, minExtent=130)
    )
    kinds = alt.Scale(
        domain=["component", "own", "cloud"], range=[PALETTE[kind] for kind in ("component", "own", "cloud")]
    )
    bars = base.mark_bar(height=16).encode(
        y=item, x=alt.X("start:Q", title=title), x2="end:Q", color=alt.Color("kind:N", legend=None, scale=kinds)
    )
    sums = base.transform_filter("datum.kind != 'component'")
    band = sums.mark_rule(strokeWidth=2).encode(y=item, x="low:Q", x2="high:Q")
    course = ghost(base, 21).encode(y=item, x=alt.X("ghost_start:Q", title=title), x2="ghost_end:Q")
    label = (
        base.transform_calculate(at="max(datum.end, datum.ghost_end, datum.kind == 'component' ? 0 : datum.high)")
        .mark_text(align="left", dx=10, fontSize=12)
        .encode(y=item, x="at:Q", text="label:N")
    )
    return alt.layer(bars, band, course, label).properties(width=WIDTH, height=alt.Step(24))


def _cost_sentence(evaluation: Evaluation) -> str:
    result, band = evaluation.result, evaluation.band("total", 2)
    moved = evaluation.against(number(evaluation.baseline.result.total, 2))
    return (
        f"One GPU-hour in use costs {number(result.total, 2)} EUR{band}. A cloud charges "
        f"{number(result.cloud, 2)} EUR. {cheaper(result.break_even_utilisation)}{_contract(evaluation.values)}{moved}"
    )


def _contract(values: dict) -> str:
    """The same against a contract, which is nearer to owning for years; nothing where the scenario rents as cheaply."""
    rent = get("reserved_price").value
    if values["cloud_price"] <= rent:
        return ""
    found = gpu_hour_cost(**{**values, "cloud_price": rent})
    even = found.break_even_utilisation
    told = f"owning needs more than {number(even, 0)} %" if even <= 100 else "renting is always cheaper"
    return f" Against a one-year contract at {number(found.cloud, 2)} EUR, {told}."


def cheaper(break_even: float) -> str:
    if break_even > 100:
        return "Renting is cheaper, however busy the machine is."
    return f"Owning is cheaper than renting once more than {number(break_even, 0)} % of the hours are used."


VIEWS["gpu_hour_cost"] = View(
    _cost_chart,
    _cost_rows,
    _cost_sentence,
    {"item": "Part", "value": "EUR per GPU-hour in use", **HEADS},
)


# Against utilisation, and against dated prices --------------------------------------------------------------------
