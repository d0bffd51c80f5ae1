"""What lesson 26 alone shows: load, batch, what providers charge, and what one GPU-hour becomes."""

import math

import altair as alt
import pandas as pd

from ...analysis.evaluation import evaluation_of
from ...analysis.settings import complete, evaluate
from ...display import kinds
from ...display.charts import BLUE, CONFIG, INK, ORANGE, WIDTH
from ...display.tables import Column, Table
from ...display.views.inference import cheaper
from ...inputs import data, frames
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.fallback import fallback_value as fallback_value
from ...models.inference import answer_cost as answer_cost
from ...models.parts.constants import HOURS_PER_DAY, PERCENT

OPEN_MODEL = "Llama 3.3 70B"
"""The model of the course's values."""
DECIMALS = 2
CACHED, CHARGED = (0, 50, 90), (100, 50, 10)
"""Percent of a prompt that was read before, and of the price that an API asks for it."""
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
LOADS = range(5, 101, 5)
SHARE_FOR_ANSWERS = 1
"""Percent of JUPITER, taken as a round number: how large JARVIS is was not found."""


def load_chart(**changes) -> alt.LayerChart:
    """What a thousand answers cost over the load: on owned and on rented GPUs, against the API."""
    evaluation = evaluation_of(answer_cost, changes, band=False)
    even, called = evaluation.result.break_even, evaluation.result.called
    ways = {"owned": "Own GPUs", "rented": "Rented GPUs", "called": "API"}
    curve = []
    for load in LOADS:
        found = answer_cost(**{**evaluation.values, "serving_load": float(load)})
        curve += [{"load": load, "eur": getattr(found, id), "way": way} for id, way in ways.items()]
    lines = kinds.lines(
        alt.Data(values=curve),
        x="load",
        y="eur",
        x_title="Load (% of what the chips could answer)",
        y_title="EUR per thousand answers (logarithmic)",
        series="way",
        names=list(ways.values()),
        log_y=True,
    )
    layers = [lines]
    if LOADS[0] <= even <= LOADS[-1]:
        point = alt.Chart(alt.Data(values=[{"load": even, "eur": called}]))
        layers.append(point.mark_point(shape="diamond", size=110, filled=True, color=INK).encode(x="load:Q", y="eur:Q"))
    first, last = (answer_cost(**{**evaluation.values, "serving_load": float(load)}) for load in (LOADS[0], LOADS[-1]))
    title = "Calling is cheaper at any load"
    if even <= LOADS[-1]:
        title = f"Below a load of {number(even, 0)} % calling is cheaper, above it owning"
    return alt.layer(*layers).properties(
        title=title,
        description=(
            f"On own GPUs a thousand answers cost {number(first.owned, DECIMALS)} EUR at a load of {LOADS[0]} % and "
            f"{number(last.owned, DECIMALS)} EUR at {LOADS[-1]} %. The API charges {number(called, DECIMALS)} EUR at "
            f"any load. {cheaper(even)}"
        ),
        config=CONFIG,
    )


def caching_table(**changes) -> Table:
    """The break-even load by the part of a prompt that was read before, and by what the API charges for that part."""
    known = "What was read before costs, % of the price"
    rows = []
    for charged in CHARGED:
        at = [
            evaluate(answer_cost, **{**changes, "cached_share": part, "api_cached_price": charged}).break_even
            for part in CACHED
        ]
        rows.append((charged, *(even if even <= 100 else math.nan for even in at)))
    heads = [Column(f"{part} % read before", 0, unit="%", missing="never") for part in CACHED]
    caption = "Load from which owning is cheaper: caching helps whoever keeps what it saves"
    return Table(rows, caption, [known, *heads])


def _batches(changes: dict) -> pd.DataFrame:
    """Cost of a million tokens written and the speed that a reader sees, over the batch, for short and long prompts."""
    values = complete(answer_cost, changes)
    prompts = {"Short prompts (100 tokens)": 100.0, "Long prompts (10,000 tokens)": 10_000.0}
    rows = []
    for name, tokens in prompts.items():
        for batch in BATCHES:
            # Enough chips for the longest contexts, so that only the batch differs.
            at = {**values, "prompt_tokens": tokens, "batch": float(batch), "copy_gpus": 8.0, "cached_share": 0.0}
            found = answer_cost(**at)
            if found.served >= batch:
                rows.append((name, batch, found.token_price, found.speed))
    return pd.DataFrame(rows, columns=["prompts", "batch", "eur", "speed"])


def batch_chart(**changes) -> alt.LayerChart:
    """What a million tokens of answers cost on rented chips over the batch, with the batch where arithmetic decides."""
    frame, crossing = _batches(changes), evaluate(answer_cost, **changes).crossing
    names = list(frame.prompts.unique())
    short = frame[frame.prompts == names[0]]
    times = short.eur.iloc[0] / short.eur.iloc[-1]
    slower = short.speed.iloc[0] / short.speed.iloc[-1]
    lines = kinds.lines(
        frame[["prompts", "batch", "eur"]],
        x="batch",
        y="eur",
        x_title="Answers at a time (logarithmic)",
        y_title="EUR per million tokens written (logarithmic)",
        series="prompts",
        names=names,
        log_x=True,
        log_y=True,
        points=True,
    )
    mark = kinds.reference(crossing, f"arithmetic decides from {number(crossing, 0)} on")
    title = f"Many answers at a time make a token up to {number(times, 0)} times cheaper"
    return alt.layer(lines, mark).properties(
        title=alt.Title(title, subtitle="On eight rented chips, as many as fit. Dashed: the closed form."),
        description=(
            f"{title}: a million tokens written cost {number(short.eur.iloc[0], DECIMALS)} EUR one at a time and "
            f"{number(short.eur.iloc[-1], DECIMALS)} EUR for {number(short.batch.iloc[-1])} at a time, with short "
            f"prompts. Each reader then sees {number(slower, 1)} times fewer tokens a second. From a batch of "
            f"{number(crossing, 0)} on, arithmetic takes longer than reading the weights, and more answers help little."
        ),
        config=CONFIG,
    )


def bills(**changes) -> pd.DataFrame:
    """What each provider charges for a thousand answers of the scenario, in EUR, cheapest first.

    Columns: provider, provider_country, model, open_weights, eur. Tokens read before have the provider's price for
    them, or the usual one where there is none.
    """
    values = complete(answer_cost, changes)
    frame = frames.table("token_prices")
    cached = frame.cached_usd.fillna(frame.prompt_usd)
    part = values["cached_share"] * PERCENT
    read = values["prompt_tokens"] * (frame.prompt_usd * (1 - part) + cached * part)
    usd = (read + values["answer_tokens"] * frame.answer_usd) / 1000  # a thousand answers, prices for a million tokens
    frame = frame.assign(eur=usd / values["exchange_rate"])
    columns = ["provider", "provider_country", "model", "open_weights", "eur"]
    return frame[columns].sort_values(["eur", "provider"], kind="stable", ignore_index=True)


def price_chart(**changes) -> alt.LayerChart:
    """The bill for the same answers of the same open model at each provider, with the cost on rented GPUs."""
    frame = bills(**changes).query("model == @OPEN_MODEL")
    rented = evaluate(answer_cost, **changes).rented
    load = complete(answer_cost, changes)["serving_load"]
    times = frame.eur.max() / frame.eur.min()
    title = f"The same answers cost up to {number(times, 0)} times as much at another provider"
    bars = alt.Chart(frame[["provider", "eur"]])
    item = alt.Y("provider:N", sort=None, title=None)
    x = alt.X("eur:Q", title="EUR per thousand answers")
    chart = alt.layer(
        bars.mark_bar(height=10, color=BLUE).encode(y=item, x=x),
        bars.mark_text(align="left", dx=6).encode(y=item, x=x, text=alt.Text("eur:Q", format=".2f")),
        alt.Chart(alt.Data(values=[{"rented": rented}]))
        .mark_rule(strokeDash=[6, 4], strokeWidth=2, color=ORANGE)
        .encode(x="rented:Q"),
    )
    cheaper_there = int((frame.eur < rented).sum())
    return chart.properties(
        width=WIDTH,
        height=alt.Step(18),
        title=alt.Title(title, subtitle=f"{OPEN_MODEL}, November 2026. Dashed: rented GPUs at a load of {load:g} %."),
        description=(
            f"{title}: {number(frame.eur.min(), DECIMALS)} EUR at {frame.provider.iloc[0]}, "
            f"{number(frame.eur.max(), DECIMALS)} EUR at {frame.provider.iloc[-1]}. "
            f"On rented GPUs they cost {number(rented, DECIMALS)} EUR; {cheaper_there} of {len(frame)} providers "
            "charge less than that."
        ),
        config=CONFIG,
    )


def price_table(**changes) -> Table:
    """Every price list for the open model, with its bill for the scenario over the cost on rented GPUs."""
    found, lists = evaluate(answer_cost, **changes), frames.table("token_prices").set_index(["model", "provider"])
    rows = []
    for one in bills(**changes).query("model == @OPEN_MODEL").itertuples():
        asked = lists.loc[(OPEN_MODEL, one.provider)]
        row = (one.provider, one.provider_country, asked.prompt_usd, asked.answer_usd, one.eur, one.eur / found.rented)
        rows.append(row)
    columns = [
        *("Provider", "Seat", Column("Million tokens read, USD", 2), Column("Million tokens written, USD", 2)),
        *(Column("A thousand answers, EUR", DECIMALS), Column("Over the cost on rented GPUs", 2, unit="times")),
    ]
    caption = (
        f"{OPEN_MODEL}, price lists of November 2026. The model’s cost on rented GPUs: {number(found.prompt_price, 2)} "
        f"EUR for a million tokens read, {number(found.token_price, 2)} for a million written"
    )
    return Table(rows, caption, columns)


def model_prices(**changes) -> Table:
    """What the course's answers cost at the median provider, by model; closed models at their maker."""
    frame = bills(**changes)
    cheapest = frame[frame.open_weights].groupby("model").eur.median().min()
    rows = [
        (
            model,
            "yes" if group.open_weights.iloc[0] else "no",
            len(group),
            group.eur.min(),
            group.eur.median(),
            group.eur.max(),
            group.eur.median() / cheapest,
        )
        for model, group in frame.groupby("model", sort=False)
    ]
    rows.sort(key=lambda row: row[4])
    columns = [
        *("Model", "Open weights", "Providers"),
        *(Column(f"{name}, EUR", DECIMALS) for name in ("Cheapest", "Median", "Highest")),
        Column("Median over the cheapest model’s", 1, unit="times"),
    ]
    return Table(rows, "A thousand answers of the same length, November 2026", columns)


def hour_table(**changes) -> Table:
    """What one busy GPU-hour becomes in answers, by what is asked and of which model."""
    cases = {"As in the panel": changes}
    known = presets("answer_cost")
    for id in ("small-model", "experts", "long-document", "agent", "reasoning", "one-at-a-time"):
        cases[known[id]["label"]] = known[id]["values"]
    jupiter = known["jupiter-hour"]["values"]["owned_hour"]
    rows = []
    for name, values in cases.items():
        found = evaluate(answer_cost, **values)
        rows.append(
            (name, found.gpu_answers, found.energy, found.speed, found.wait, 1000 * jupiter / found.gpu_answers)
        )
    columns = [
        "Case",
        Column("Answers of a busy GPU-hour", 0),
        Column("Wh for each", 2),
        Column("Tokens a second for a reader", 0),
        Column("Seconds to the end", 0),
        Column("EUR per thousand at JUPITER’s hour", 3),
    ]
    return Table(rows, "What one GPU-hour becomes", columns)


def stated_energy(**changes) -> Table:
    """What makers say of the energy of an answer and what others measured, beside the model's."""
    found = evaluate(answer_cost, **changes)
    rows = [
        (row["what"], row["kind"], row["value"], row["as_of"], row["tier"]) for row in data.records("answer_energy")
    ]
    rows.append(("As in the panel, with server and cooling", "model", found.energy, "", "derived"))
    rows.sort(key=lambda row: row[2])
    columns = ["Answer", "Kind", Column("Wh", 3), "Date", "Evidence"]
    return Table(rows, "The energy of an answer: what is in each figure differs", columns)


def machine_table(**changes) -> Table:
    """Answers a day of a part of JUPITER, and how many people that would serve: what JARVIS may mean."""
    chips = get("gpus").value * SHARE_FOR_ANSWERS * PERCENT
    rows = []
    for id in ("jupiter-hour", "experts", "small-model"):
        preset = presets("answer_cost")[id]
        found = evaluate(answer_cost, **{**preset["values"], **changes})
        load = complete(answer_cost, {**preset["values"], **changes})["serving_load"] * PERCENT
        day = found.gpu_answers * chips * HOURS_PER_DAY * load / 1e6
        rows.append((preset["label"], chips, day, 1e6 * day / 10))
    columns = ["Case", Column("Superchips", 0), Column("Million answers a day", 1), Column("People with ten a day", 0)]
    return Table(rows, f"What {SHARE_FOR_ANSWERS} % of JUPITER could answer", columns)
