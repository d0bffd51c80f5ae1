"""What lesson 21 alone shows."""

import math
from collections.abc import Callable
from functools import partial

import altair as alt
import pandas as pd

from ...analysis import settings
from ...analysis.evaluation import evaluation_of
from ...display.charts import BLUE, CONFIG, INK, ORANGE, WIDTH
from ...display.tables import Column, Table
from ...display.views.ownership import cheaper
from ...inputs import frames
from ...inputs.assumptions import get
from ...inputs.wording import number, signed
from ...models.ownership import break_even, gpu_hour_cost
from ...models.parts.constants import PERCENT


def offers(exchange_rate: float) -> pd.DataFrame:
    """Dated rents of single GPUs in EUR, cheapest provider first; market indices are left out.

    Columns: provider, home (its seat), gpu, region, billing, eur (EUR per GPU-hour), observed (the last day or month in
    which it was seen). ``exchange_rate`` is in USD per EUR.
    """
    frame = frames.table("cloud_prices")
    frame = frame[frame.billing != "index"]
    eur = frame.price.where(frame.currency == "EUR", frame.price / exchange_rate)
    frame = frame.assign(eur=eur, home=frame.provider_country, observed=frame.observed_to)
    order = frame.groupby("provider").eur.min().rename("least")
    frame = frame.join(order, on="provider").sort_values(["least", "provider", "eur", "id"], ignore_index=True)
    return frame[["provider", "home", "gpu", "region", "billing", "eur", "observed"]]


def cloud_prices(function: Callable, **changes) -> Table:
    """The dated rents by provider, converted at the exchange rate of the scenario."""
    rate = settings.complete(function, changes)["exchange_rate"]
    rows = [
        (
            provider,
            group.home.iloc[0],
            ", ".join(sorted({gpu.split()[0] for gpu in group.gpu})),
            group.eur.min(),
            group.eur.max(),
            len(group),
            group.observed.max(),
        )
        for provider, group in offers(rate).groupby("provider", sort=False)
    ]
    columns = [
        "Provider",
        "Seat",
        "GPUs",
        Column("Cheapest, EUR", 2),
        Column("Most expensive, EUR", 2),
        "Offers",
        "Last seen",
    ]
    return Table(rows, f"Rent of one GPU for an hour, at {number(rate)} USD per EUR", columns)


RENT_CHANGES = (10, -10, -20, -30)
"""Percent a year: rents of one chip fell for two years and rose in the third, so the cases lie on both sides."""


IDLE_POWER = 35
"""Percent of its full power that a GPU draws while nobody uses it: our judgement, from 30 to 40."""


def break_even_chart(**changes) -> alt.LayerChart:
    """The cost of a GPU-hour in use over utilisation, with the cloud's price and its range as a band."""
    evaluation = evaluation_of(gpu_hour_cost, changes)
    low, high = evaluation.bands["cloud"]
    even = evaluation.result.break_even_utilisation
    curve = [
        {"utilisation": u, "eur": gpu_hour_cost(**{**evaluation.values, "utilisation": u}).total} for u in range(5, 101)
    ]
    x = alt.X("utilisation:Q", title="Utilisation (% of the hours that are up)", scale=alt.Scale(domain=[0, 100]))
    y = alt.Y("eur:Q", title="EUR per GPU-hour in use")
    band = alt.Chart(alt.Data(values=[{"from": 0, "to": 100, "low": low, "high": high}]))
    band = band.mark_rect(opacity=0.18, color=ORANGE).encode(
        x=alt.X("from:Q"), x2="to:Q", y=alt.Y("low:Q"), y2="high:Q"
    )
    cloud = alt.Chart(
        alt.Data(values=[{"eur": evaluation.result.cloud, "label": "Rented from a cloud, with its 90 % range"}])
    )
    rule = cloud.mark_rule(color=ORANGE, strokeWidth=2, strokeDash=[6, 4]).encode(y="eur:Q")
    name = cloud.mark_text(align="right", dy=-8, fontSize=12).encode(x=alt.datum(100), y="eur:Q", text="label:N")
    own = alt.Chart(alt.Data(values=curve)).mark_line(color=BLUE, strokeWidth=3).encode(x=x, y=y)
    end = alt.Chart(alt.Data(values=[{**curve[-1], "label": "Owned"}]))
    end = end.mark_text(align="right", dy=-10, fontSize=12).encode(x=x, y=y, text="label:N")
    layers = [band, rule, name, own, end]
    if even <= 100:
        point = alt.Chart(alt.Data(values=[{"utilisation": even, "eur": evaluation.result.cloud}]))
        layers.append(point.mark_point(shape="diamond", size=110, filled=True, color=INK, opacity=1).encode(x=x, y=y))
    return alt.layer(*layers).properties(
        width=WIDTH,
        height=260,
        title=cheaper(even).removesuffix("."),
        description=(
            f"Owning costs {number(curve[0]['eur'], 2)} EUR per GPU-hour in use at "
            f"{curve[0]['utilisation']} % utilisation and {number(curve[-1]['eur'], 2)} EUR at 100 %; a cloud charges "
            f"{number(evaluation.result.cloud, 2)} EUR ({number(low, 2)} to {number(high, 2)}). {cheaper(even)}"
        ),
        config=CONFIG,
    )


def cloud_chart(**changes) -> alt.LayerChart:
    """Every dated offer in EUR, one row per provider, against the own machine."""
    evaluation = evaluation_of(gpu_hour_cost, changes)
    frame = offers(evaluation.values["exchange_rate"])
    own = evaluation.result.total
    dearest, cheapest = frame.loc[frame.eur.idxmax()], frame.loc[frame.eur.idxmin()]
    dearer = int((frame.groupby("provider").eur.min() > own).sum())
    kinds = ["on-demand", "spot"]
    points = (
        alt.Chart(frame[["provider", "gpu", "region", "billing", "eur", "observed"]])
        .mark_point(size=60, filled=True, opacity=0.9)
        .encode(
            y=alt.Y("provider:N", sort=None, title=None),
            x=alt.X("eur:Q", title="EUR per GPU-hour"),
            color=alt.Color("billing:N", title="Rented", scale=alt.Scale(domain=kinds, range=[BLUE, ORANGE])),
            shape=alt.Shape(
                "billing:N", title="Rented", scale=alt.Scale(domain=kinds, range=["circle", "triangle-up"])
            ),
            tooltip=["provider:N", "gpu:N", "region:N", "billing:N", alt.Tooltip("eur:Q", format=".2f"), "observed:N"],
        )
    )
    line = alt.Chart(alt.Data(values=[{"own": own}])).mark_rule(strokeDash=[6, 4], strokeWidth=2).encode(x="own:Q")
    return alt.layer(points, line).properties(
        width=WIDTH,
        height=alt.Step(19),
        title=alt.Title(
            f"{dearer} of {frame.provider.nunique()} providers charge more than owning costs",
            subtitle=f"A point is one offer, seen {frame.observed.min()} to {frame.observed.max()}. Dashed: owning.",
        ),
        description=(
            f"{len(frame)} dated offers of {frame.provider.nunique()} providers, from {number(cheapest.eur, 2)} EUR "
            f"({cheapest.provider}, {cheapest.billing}) to {number(dearest.eur, 2)} EUR ({dearest.provider}) "
            f"per GPU-hour; owning costs {number(own, 2)} EUR."
        ),
        config=CONFIG,
    )


def own_or_rent_table(**changes) -> Table:
    """The break-even utilisation where rents do not stay as they are, and where idle GPUs draw less power."""
    values = evaluation_of(gpu_hour_cost, changes, band=False).values
    yearly = {**values, "cloud_price": get("reserved_price").value}
    fall, idle = -20 * PERCENT, IDLE_POWER * PERCENT
    cases = [("As in the panel", break_even(values))]
    cases += [("Rent of a contract for one year", break_even(yearly))]
    for change in RENT_CHANGES:
        word = "rises" if change > 0 else "falls"
        cases.append((f"Rent {word} by {abs(change)} % each year", break_even(values, change * PERCENT)))
    cases += [
        (f"Idle GPUs draw {IDLE_POWER} % of the power", break_even(values, idle_power=idle)),
        (f"Rent falls by 20 % each year, idle GPUs draw {IDLE_POWER} %", break_even(values, fall, idle)),
    ]
    usual = cases[0][1]
    rows = [
        (
            name,
            even if even <= 100 else math.nan,
            math.nan if name == cases[0][0] or even > 100 else round(even) - round(usual),
        )
        for name, even in cases
    ]
    columns = [
        "Case",
        Column("Owning is cheaper from a utilisation of, %", 0, missing="never"),
        Column("Against the panel, points", partial(signed, digits=0), missing="–"),
    ]
    return Table(rows, "Where rents fall, the machine must be busier", columns)
