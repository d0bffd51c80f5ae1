"""How the worth of start-ups is shown: the chain from value to public hours, the companies, tails, luck, investors."""

import altair as alt
import numpy as np
import pandas as pd

from .. import data, kinds
from ..assumptions import get
from ..charts import CATEGORIES, VIEWS, WIDTH, View
from ..models import selection, tails
from ..readings import Reading
from ..tables import Table, source_words
from ..wording import number

CHAIN = {
    "computing": "Due to computing",
    "traced": "… on public hours",
    "kept": "… staying in Europe",
    "by_effect": "Due to a prize",
    "european": "All that stays",
}
"""The outputs of the main chart with names that fit beside a bar."""
RATE = "eur-usd-2026-08-21"
UNICORN = 1.0
"""The smallest value counted, in billion USD."""
DRAWN = 2_000
UNKNOWN = "not published"


def _rows(reading: Reading) -> dict[str, list]:
    rows = {key: [] for key in ("item", "value", "low", "high", "course")}
    for id, name in CHAIN.items():
        value = float(getattr(reading.result, id))
        low, high = reading.bands.get(id, (value, value))
        rows["item"].append(name)
        rows["value"].append(value)
        rows["low"].append(low)
        rows["high"].append(high)
        rows["course"].append(float(getattr(reading.course, id)))
    return rows


def _chart(rows) -> alt.LayerChart:
    drawn = kinds.bars(
        rows,
        category="item",
        value="value",
        low="low",
        high="high",
        course="course",
        title="USD of 100 USD of value",
        text=".1f",
    )
    return kinds.titled(
        drawn.properties(width=WIDTH - 60),
        "Of 100 dollars of a unicorn's value",
        "Line: 90 % of the draws. Diamond: the course's values. Number: your scenario.",
    )


def _sentence(reading: Reading) -> str:
    found, course, bands = reading.result, reading.course, reading.bands
    band = f" (90 % range {number(bands['kept'][0], 1)} to {number(bands['kept'][1], 1)})" if bands else ""
    moved = f" The course's values give {number(course.kept, 1)}." if reading.changed else ""
    return (
        f"Of 100 USD of value, {number(found.traced, 1)} are due to public hours, and {number(found.kept, 1)} of these "
        f"stay in Europe{band}: {number(found.kept_value, 0)} million of the {number(found.typical, 0)} million USD of "
        f"a median unicorn. Asked as a cause, a prize would explain {number(found.by_effect, 0)} of 100.{moved}"
    )


VIEWS["public_part"] = View(
    _chart,
    _rows,
    _sentence,
    {"item": "Part", "value": "USD of 100 USD", "low": "P5", "high": "P95", "course": "Course's value"},
)


# Companies ------------------------------------------------------------------------------------------------------------


def rate(id: str = RATE) -> float:
    """Dollars for a euro on the date that the id names."""
    return next(row["rate"] for row in data.records("exchange_rates") if row["id"] == id)


def european() -> pd.DataFrame:
    """European companies with their last value in billion USD (NaN where none is known), largest first.

    Euros are converted at one rate of August 2026, whatever the date of the value.
    """
    frame = data.table("startups")
    frame = frame[frame.region == "European"]
    usd = frame.valuation_bn.where(frame.valuation_currency != "EUR", frame.valuation_bn * rate())
    return frame.assign(usd=usd).sort_values(["usd", "id"], ascending=[False, True], ignore_index=True)


def unicorns() -> pd.DataFrame:
    """European companies worth at least a billion USD, largest first."""
    frame = european()
    return frame[frame.usd >= UNICORN].reset_index(drop=True)


def prize_winners() -> pd.DataFrame:
    """The four winners of the Large AI Grand Challenge."""
    frame = european()
    return frame[frame.public_machine.fillna("").str.contains("prize")].reset_index(drop=True)


def _worth(row) -> str:
    if pd.isna(row.valuation_bn):
        if pd.isna(row.exit_bn):
            return "not known"
        return f"sold: {number(row.exit_bn)} bn {row.exit_currency}"
    return f"{number(row.valuation_bn)} bn {row.valuation_currency}"


def company_table(*status: str) -> Table:
    """European companies of the table, or those of some status: winners, exits and failures alike.

    *How read* says on what a value rests: a headline alone, a text, a data set, a tracker, memory.
    """
    frame = european()
    frame = frame[frame.status.isin(status)] if status else frame
    rows = [
        (
            row.company,
            row.country,
            row.founded[:4] if row.founded else "not known",
            f"{row.status} ({row.exit_date})" if row.exit_date else row.status,
            _worth(row),
            row.valuation_date or row.exit_date or "",
            {"headline": "headline only", "memory": "memory: unverified"}.get(row.read_as, row.read_as),
            row.public_machine or "",
        )
        for row in frame.itertuples()
    ]
    columns = ["Company", "Seat", "Founded", "Fate", "Last value", "As of", "How read", "Public machine"]
    return Table(pd.DataFrame(rows, columns=columns), f"{len(rows)} European AI companies and projects")


PRINTED = {
    "mistral-ai-2025-09-09-pre": "before the new money, not after: add it",
    "mistral-ai-2025-09-09-usd": "dollars, not euros: convert at the date",
    "mistral-ai-2026-09-08-usd": "dollars, not euros: convert at the date",
    "lovable-2026-08-12-typo": "a comma in the wrong place",
    "elevenlabs-2025-01-other": "open: two texts, nobody decides",
}
"""Second prints of one round, and what is wrong with them."""


def printed_pairs() -> pd.DataFrame:
    """Rounds that are printed twice: company, date, the value kept, the other one, and their ratio (plain numbers)."""
    rounds = {row["id"]: row for row in data.records("funding_rounds")}
    names = data.table("startups").set_index("id").company
    rows = []
    for id, why in PRINTED.items():
        other, kept = rounds[id], rounds[rounds[id]["same_as"]]
        rows.append(
            {
                "company": names[other["company"]],
                "date": other["as_of"],
                "kept": kept["valuation_m"],
                "kept_as": f"{number(kept['valuation_m'])} million {kept['valuation_currency']}",
                "other_as": f"{number(other['valuation_m'])} million {other['valuation_currency']}",
                "ratio": kept["valuation_m"] / other["valuation_m"],
                "why": why,
            }
        )
    return pd.DataFrame(rows)


def printed_table() -> Table:
    """Pairs of printed values without the explanation, for the learner to find."""
    frame = printed_pairs()
    rows = [
        (row.company, row.date, row.kept_as, row.other_as, f"{number(row.ratio, 2)} times")
        for row in frame.itertuples()
    ]
    columns = ["Company", "Round of", "One print", "Another print", "First over second"]
    return Table(pd.DataFrame(rows, columns=columns), "One round, two values")


# The tail -------------------------------------------------------------------------------------------------------------


def european_tail() -> tails.Tail:
    """Hill's estimate on the European values of at least a billion USD."""
    return tails.hill(unicorns().usd, UNICORN)


def tail_chart() -> alt.LayerChart:
    """How many firms are worth at least so much, on two logarithmic scales, with the power law of the estimate."""
    frame, tail = unicorns(), european_tail()
    rows = pd.DataFrame(
        {"usd": frame.usd, "rank": np.arange(1, len(frame) + 1), "name": frame.company.where(frame.index < 5, "")}
    )
    ends = [UNICORN, float(frame.usd.max())]
    line = [{"usd": v, "rank": tail.count * (v / UNICORN) ** -tail.exponent} for v in ends]
    points = kinds.scatter(
        rows,
        x="usd",
        y="rank",
        x_title="Value, billion USD (logarithmic)",
        y_title="Firms worth at least that (logarithmic)",
        label="name",
        log_x=True,
        log_y=True,
        height=300,
    )
    law = alt.Chart(alt.Data(values=line)).mark_line(strokeDash=[6, 4], color="black")
    one, three = (100 * tails.top_share(frame.usd, count) for count in (1, 3))
    return kinds.titled(
        alt.layer(law.encode(x="usd:Q", y="rank:Q"), points).properties(width=WIDTH - 60),
        f"{tail.count} European values: a power law",
        "Points: firms. Dashed: the power law with the estimated exponent. Values of 2026 are mostly headlines.",
        f"The exponent is {number(tail.exponent, 2)} with a standard error of {number(tail.error, 2)}. The largest "
        f"firm holds {number(one, 0)} % and the three largest {number(three, 0)} % of the sum of {tail.count} values.",
    )


def mean_chart() -> alt.LayerChart:
    """The mean of the first n draws of two power laws: simulated."""
    exponents = {f"α = {number(get('tail_exponent').value)}": get("tail_exponent").value, "α = 2": 2.0}
    at = np.unique(np.geomspace(1, DRAWN, 160).astype(int))
    means = {name: tails.running_mean(tails.pareto(exponent, DRAWN)) for name, exponent in exponents.items()}
    rows = pd.DataFrame(
        [{"n": int(n), "mean": float(mean[n - 1]), "series": name} for name, mean in means.items() for n in at]
    )
    heavy, thin = (float(mean[-1] / mean[DRAWN // 10 - 1]) for mean in means.values())
    drawn = kinds.lines(
        rows,
        x="n",
        y="mean",
        series="series",
        names=list(exponents),
        x_title="Simulated firms counted (logarithmic)",
        y_title="Mean, billion USD (logarithmic)",
        log_x=True,
        log_y=True,
    )
    return kinds.titled(
        drawn,
        "The mean that does not settle (simulated)",
        "Frozen draws of a power law above 1 billion USD. No firm here is real.",
        f"Simulated. From {DRAWN // 10:,} to {DRAWN:,} firms the mean changes by a factor of {number(heavy, 1)} with "
        f"the exponent of the European values and by {number(thin, 2)} with an exponent of 2.",
    )


# Luck and selection ---------------------------------------------------------------------------------------------------


def found_survivors() -> selection.Survivors:
    """A thousand simulated firms at the course's spread and share of winners."""
    return selection.survivors(get("quality_spread").value, get("unicorn_share").value)


def survivors_chart() -> alt.LayerChart:
    """A thousand equally good simulated firms by their value, the winners marked."""
    found = found_survivors()
    logs = np.log10(found.multiples)
    edges = np.arange(np.floor(logs.min() * 4) / 4, logs.max() + 0.25, 0.25)
    names = {"all others": ~found.won, "winners": found.won}
    rows = []
    for name, mask in names.items():
        counts, _ = np.histogram(logs[mask], edges)
        rows += [
            {"at": float(10 ** (edges[i] + 0.125)), "firms": int(count), "kind": name}
            for i, count in enumerate(counts)
            if count
        ]
    colour = alt.Color("kind:N", title=None, scale=alt.Scale(domain=list(names), range=[CATEGORIES[0], CATEGORIES[1]]))
    shape = alt.Shape("kind:N", title=None, scale=alt.Scale(domain=list(names), range=["circle", "diamond"]))
    drawn = (
        alt.Chart(pd.DataFrame(rows))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=alt.X("at:Q", title="Value, times the median firm (logarithmic)", scale=alt.Scale(type="log")),
            y=alt.Y("firms:Q", title="Firms"),
            color=colour,
            shape=shape,
        )
    )
    return kinds.titled(
        drawn.properties(width=WIDTH, height=230),
        "A thousand equal firms (simulated)",
        "They differ by luck alone. No firm here is real.",
        f"Simulated. Of {len(logs):,} equally good firms the {found.won.sum()} luckiest are worth "
        f"{number(float(np.median(found.multiples[found.won])), 0)} times the median firm. "
        f"{(found.won & found.hours).sum()} of them had public hours, given by lot and without any effect.",
    )


def funded_and_ranked() -> tuple[int, int]:
    """How many proposals the Large AI Grand Challenge had and how many it funded."""
    facts = {row["id"]: row["value"] for row in data.records("startup_compute")}
    return int(facts["grand-challenge-proposals"]), len(prize_winners())


def threshold_chart() -> alt.LayerChart:
    """One simulated call with the numbers of the Grand Challenge: values by rank, and the threshold."""
    ranked, funded = funded_and_ranked()
    effect, spread = get("funding_effect").value, get("quality_spread").value
    multiples = selection.ranked_call(effect, spread, ranked, funded)
    names = ["funded", "not funded"]
    rows = pd.DataFrame(
        {
            "rank": np.arange(1, ranked + 1),
            "value": multiples,
            "kind": [names[0]] * funded + [names[1]] * (ranked - funded),
        }
    )
    found = selection.estimates(effect, spread, funded, DRAWN)
    wrong = 100 * float(np.mean(found < 0))
    low, high = np.quantile(found, (0.05, 0.95))
    drawn = kinds.scatter(
        rows,
        x="rank",
        y="value",
        x_title="Rank of the proposal",
        y_title="Value, times the median (logarithmic)",
        kind="kind",
        kinds=names,
        log_y=True,
        zero=True,
        height=230,
    )
    return kinds.titled(
        alt.layer(drawn, kinds.reference(funded + 0.5, "threshold")),
        "At the threshold of one call (simulated)",
        f"{ranked} ranked, {funded} funded, as in the Grand Challenge. All values are made up.",
        f"Simulated with a true effect of {number(effect)} %. In {DRAWN:,} such calls the effect found lies between "
        f"{number(low, 0)} and {number(high, 0)} % nine times in ten, and {number(wrong, 0)} % of them find a loss.",
    )


def design_table() -> Table:
    """How many calls must be pooled to find an effect, at the course's spread of luck."""
    _, funded = funded_and_ranked()
    effect = get("funding_effect")
    sizes = sorted({effect.value, effect.high, 100.0, 300.0})
    rows = [
        (f"{number(size)} %", number(np.ceil(selection.calls_needed(size, get("quality_spread").value, funded)), 0))
        for size in sizes
    ]
    columns = ["Effect of a prize on value", f"Calls with {funded} winners each"]
    return Table(pd.DataFrame(rows, columns=columns), "What it takes to see an effect (5 % two-sided, power 80 %)")


# Counterfactual and owners --------------------------------------------------------------------------------------------


def silo_events() -> list[tuple[str, str, str]]:
    """Dates of Silo AI and of LUMI in order: date, what happened, source."""
    firm = next(row for row in data.records("startups") if row["id"] == "silo-ai")
    opening = next(row for row in data.records("system_facts") if row["id"] == "lumi-lumi-g-heat-promised")
    events = [
        (firm["founded"], "Silo AI is founded in Helsinki", firm["source"]),
        (opening["as_of"], "LUMI opens in Kajaani", opening["source"]),
        (firm["exit_date"], f"{firm['buyer']} ({firm['buyer_country']}) buys Silo AI", firm["source"]),
    ]
    for run in data.records("training_runs"):
        if run["id"] in ("poro-34b", "viking-7b"):
            events.append(
                (run["published"], f"{run['model']} is published, trained on {run['machine']}", run["source"])
            )
    return sorted(events)


def silo_timeline() -> Table:
    """Silo AI and LUMI by date."""
    rows = [(date, event, source_words(source)) for date, event, source in silo_events()]
    return Table(pd.DataFrame(rows, columns=["Date", "Event", "Source"]), "Silo AI and LUMI")


HOURS = ("bloom-176b", "poro-34b", "mistral-7b", "teuken-7b")


def hours_table() -> Table:
    """Public hours of models that the report or this lesson names: what is known, and what is not."""
    rows = [
        (
            row["model"],
            row["organisation"],
            row["machine"],
            "not published" if row["chip_hours"] is None else f"{number(row['chip_hours'])} ({row['hours_kind']})",
            source_words(row["source"]),
        )
        for row in data.records("training_runs")
        if row["id"] in HOURS
    ]
    columns = ["Model", "Trained by", "Machine", "GPU-hours", "Source"]
    return Table(pd.DataFrame(rows, columns=columns), "Which hours were public?")


def acknowledgements() -> Table:
    """Who says where Mistral's first model was trained."""
    rows = [
        (row["as_of"], row["item"], row["tier"], source_words(row["source"]))
        for row in data.records("startup_compute")
        if row["who"] == "Mistral 7B"
    ]
    return Table(pd.DataFrame(rows, columns=["Date", "What it says", "Evidence", "Source"]), "Where Mistral 7B ran")


def lead_money() -> pd.DataFrame:
    """Equity rounds of European companies by the country of the lead investor: lead, million USD, rounds.

    Second prints of a round and debt are left out; a round is counted whole for its lead, because the parts of the
    others are not published.
    """
    ours = set(european().id)
    frame = data.table("funding_rounds")
    frame = frame[frame.company.isin(ours) & frame.same_as.isna()].copy()
    frame = frame.assign(equity=frame.amount_m - frame.debt_m.fillna(0))
    frame = frame[frame.equity > 0]
    frame["usd"] = frame.equity.where(frame.currency != "EUR", frame.equity * rate())
    frame["lead"] = [" and ".join(sorted(lead.split("/"))) if lead else UNKNOWN for lead in frame.lead_country]
    grouped = frame.groupby("lead").usd.agg(["sum", "count"]).reset_index()
    grouped.columns = ["lead", "usd", "rounds"]
    grouped = grouped.assign(unknown=grouped.lead == UNKNOWN)
    return grouped.sort_values(["unknown", "usd"], ascending=[True, False], ignore_index=True)


def lead_chart() -> alt.LayerChart:
    """Who led the rounds of European companies, by country."""
    frame = lead_money()
    known = frame[~frame.unknown]
    share = 100 * known[known.lead.str.contains("US")].usd.sum() / known.usd.sum()
    unknown = frame[frame.unknown].usd.sum()
    drawn = kinds.bars(
        frame.assign(usd=frame.usd / 1000)[["lead", "usd"]],
        category="lead",
        value="usd",
        title="Money raised in rounds led from there, billion USD",
        text=".2f",
        step=22,
    )
    return kinds.titled(
        drawn.properties(width=WIDTH - 60),
        "Who leads the rounds?",
        "Country of the lead investor; several leads: all countries. Debt is left out. Leads partly from memory.",
        f"Rounds with an American lead, alone or beside others, make up {number(share, 0)} % of the "
        f"{number(known.usd.sum() / 1000, 1)} billion USD whose lead is known; for {number(unknown / 1000, 1)} billion "
        "it is not. A lead is not an owner, and shares are not published.",
    )
