"""What lesson 22 alone shows."""

import math
from collections import defaultdict

import altair as alt
import pandas as pd

from ...analysis.settings import complete
from ...display import kinds
from ...display.charts import CONFIG, GREY, ORANGE, WIDTH
from ...display.tables import Column, Table, source_words
from ...inputs import data
from ...inputs.frames import POWER_BASES, power_prices
from ...inputs.presets import presets
from ...inputs.wording import month, number, signed
from ...models.parts.constants import KILOWATTS_PER_MEGAWATT, PERCENT
from ...models.power import site_year

POWERS = {
    "power-inauguration": "Said at the opening",
    "power-202506": "Linpack run, June 2025",
    "power-202511": "Linpack run, Nov. 2025",
    "power-plan": "Named by the operator",
    "power-capacity": "Capacity of the site",
}


def powers() -> pd.DataFrame:
    """The powers of JUPITER that are in print. Columns: figure, megawatts, bill (MEUR/year at the course's price)."""
    facts = {row["id"]: row for row in data.records("jupiter")}
    rows = []
    for id, words in POWERS.items():
        fact = facts[id]
        power = fact["value"] / (KILOWATTS_PER_MEGAWATT if fact["unit"] == "kW" else 1)
        # Which of them include cooling is not said, so no PUE comes on top.
        year = site_year(**{**complete(site_year), "it_power": power, "pue": 1.0})
        rows.append((f"{words}: {number(power, 1)} MW", power, year.bill))
    return pd.DataFrame(rows, columns=["figure", "megawatts", "bill"])


def power_chart() -> alt.LayerChart:
    """What a year costs at each of the powers of JUPITER in print."""
    frame = powers()
    low, high = frame.loc[frame.bill.idxmin()], frame.loc[frame.bill.idxmax()]
    ends = f"{number(low.bill, 0)} to {number(high.bill, 0)}"
    return kinds.titled(
        kinds.bars(frame, category="figure", value="bill", title="Million EUR a year", text=".1f").properties(
            width=WIDTH - 100
        ),
        f"A year costs {ends} million EUR, depending on which published power is meant",
        "All year at the course's price of electricity, with nothing added for cooling.",
        f"A year of JUPITER costs from {number(low.bill, 1)} million EUR ({low.figure}) to {number(high.bill, 1)} "
        f"million EUR ({high.figure}), depending on which power is meant.",
    )


BUSINESS = "business"
"""The basis of prices on which most places have one."""


BASIS_WORDS = {BUSINESS: "Business price, firms of all sizes", "wholesale": "Industry with large consumption"}


HOME, NORTH = "Germany", "Finland"


def _heading(basis: str) -> str:
    """What the prices of a basis are, and of which part of a year."""
    date = power_prices(basis).as_of[0]
    halves = {"06": "first", "12": "second"}
    when = f"{halves[date[5:]]} half of {date[:4]}" if date[5:] in halves else f"January to {month(date)}"
    return f"{BASIS_WORDS[basis]}, {when}, {POWER_BASES[basis]}"


def places(**changes) -> pd.DataFrame:
    """A year of the site in every place with a price on one of the two bases and a grid mix.

    Columns: basis, place, price (EUR/kWh), mix (g/kWh), price_source (id), bill and against_home (MEUR/year), carbon
    (kt/year). Only rows of one basis may be compared in money.
    """
    values = complete(site_year, changes)
    mix = _latest_mix()
    rows = []
    for basis in POWER_BASES:
        priced = power_prices(basis).to_dict("records")
        years = {
            row["place"]: site_year(
                **{
                    **values,
                    "electricity_price": row["price"],
                    "carbon_intensity": mix[row["place"]]["carbon_g_per_kwh"],
                }
            )
            for row in priced
            if row["place"] in mix
        }
        for row in priced:
            if row["place"] in years:
                year, grid = years[row["place"]], mix[row["place"]]
                change = year.bill - years[HOME].bill
                known = (row["price"], grid["carbon_g_per_kwh"], row["source"])
                rows.append((basis, row["place"], *known, year.bill, change, year.carbon))
    columns = ["basis", "place", "price", "mix", "price_source", "bill", "against_home", "carbon"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["basis", "bill", "carbon", "place"], ignore_index=True)


def _latest_mix() -> dict[str, dict]:
    latest: dict[str, dict] = {}
    for row in data.records("grid_carbon"):
        if row["place"] not in latest or row["year"] > latest[row["place"]]["year"]:
            latest[row["place"]] = row
    return latest


def place_chart(**changes) -> alt.HConcatChart:
    """Bill and carbon of the same site by country: side by side one panel for each basis of prices, on equal axes."""
    frame = places(**changes)
    wide, tall = 1.15 * float(frame.bill.max()), 1.1 * float(frame.carbon.max())
    across = alt.X(
        "bill:Q",
        title="Electricity bill (million EUR a year)",
        scale=alt.Scale(domain=[0, wide]),
        axis=alt.Axis(tickCount=8),
    )
    up = alt.Y("carbon:Q", title="CO2 (1,000 t a year)", scale=alt.Scale(domain=[0, tall]))
    parts, said = [], []
    for basis in POWER_BASES:
        rows = frame[frame.basis == basis]
        shown = alt.Chart(rows[["place", "bill", "carbon"]])
        home = alt.condition(f"datum.place == '{HOME}'", alt.value("diamond"), alt.value("circle"))
        colour = alt.condition(f"datum.place == '{HOME}'", alt.value(ORANGE), alt.value(GREY))
        points = shown.mark_point(filled=True, size=90, opacity=1).encode(x=across, y=up, shape=home, color=colour)
        names = shown.mark_text(align="left", dx=9, fontSize=12).encode(x=across, y=up, text="place:N")
        heading = alt.Title(_heading(basis).split(", ", 1), fontSize=12, fontWeight="normal")
        parts.append(alt.layer(points, names).properties(width=0.6 * WIDTH, height=230, title=heading))
        cheap, dear = rows.iloc[0], rows.iloc[-1]
        said.append(
            f"{_heading(basis)}: from {number(cheap.bill, 1)} million EUR in {cheap.place} "
            f"to {number(dear.bill, 1)} in {dear.place}."
        )
    clean, dirty = frame.loc[frame.carbon.idxmin()], frame.loc[frame.carbon.idxmax()]
    business = frame[frame.basis == BUSINESS].set_index("place")
    north, home = business.loc[NORTH], business.loc[HOME]
    bill, carbon = (f"{number(100 * north[what] / home[what], 0)} %" for what in ("bill", "carbon"))
    return alt.hconcat(
        *parts,
        spacing=30,
        title=alt.Title(
            f"In {NORTH} the same site pays {bill} of the German bill and causes {carbon} of the CO2",
            subtitle="Diamond: Germany. Each panel has its own kind of price: compare money only within one of them.",
        ),
        description=(
            f"{' '.join(said)} CO2 from {number(clean.carbon, 1)} ({clean.place}) to {number(dirty.carbon, 1)} "
            f"thousand tonnes ({dirty.place})."
        ),
        config=CONFIG,
    )


def place_table(**changes) -> Table:
    """The numbers behind ``place_chart``, with the difference to Germany on the same basis."""
    rows = [
        (
            BASIS_WORDS[row.basis].partition(",")[0],
            row.place,
            100 * row.price,
            row.mix,
            row.bill,
            math.nan if row.place == HOME else row.against_home,
            row.carbon,
            source_words(row.price_source),
        )
        for row in places(**changes).itertuples()
    ]
    columns = ["Kind of price", "Place", Column("ct per kWh", 1), Column("g CO2 per kWh", 0)]
    columns += [Column("Bill, million EUR", 1), Column("Compared with Germany, million EUR", signed, missing="–")]
    columns += [Column("CO2, thousand t", 1), "Source of the price"]
    return Table(rows, "The same site in other places, one year", columns)


def lumi_heat() -> dict[str, float]:
    """LUMI's heat in MWh a year: electricity it takes (model), heat promised (derived), heat delivered (read).

    The promise was a share of the town's heat. What was delivered is known in MWh and as such a share, so the town's
    heat, and with it the promise in MWh, follows.
    """
    facts = {row["attribute"]: row["value"] for row in data.records("system_facts") if row["system"] == "lumi-lumi-g"}
    year = site_year(**complete(site_year, presets("site_year")["lumi"]["values"]))
    town = facts["heat delivered"] / (facts["heat delivered share"] * PERCENT)
    return {
        "electricity": year.energy,
        "promised": town * facts["heat promised"] * PERCENT,
        "delivered": facts["heat delivered"],
    }


def heat_chart() -> alt.LayerChart:
    """LUMI: the electricity it takes, the heat that was promised, the heat that a meter saw."""
    heat = lumi_heat()
    words = {
        "electricity": "Electricity taken (model)",
        "promised": "Heat promised in 2022",
        "delivered": "Heat delivered in 2025",
    }
    rows = pd.DataFrame({"what": words.values(), "gwh": [heat[id] / 1000 for id in words]})
    part = number(100 * heat["delivered"] / heat["promised"], 0)
    return kinds.titled(
        kinds.bars(rows, category="what", value="gwh", title="GWh a year", text=".1f").properties(width=WIDTH - 70),
        f"LUMI delivered {part} % of the heat that had been promised",
        "The promise was a fifth of the heat that the town of Kajaani uses.",
        f"LUMI takes {number(rows.gwh[0], 1)} GWh of electricity a year; the promised heat was "
        f"{number(rows.gwh[1], 1)} GWh, {number(100 * heat['promised'] / heat['electricity'], 0)} % of that; delivered "
        f"were {number(rows.gwh[2], 1)} GWh, {part} % of the promise.",
    )


GRIDS = ["Germany", "Finland", "France"]


def carbon_chart(**changes) -> alt.LayerChart:
    """Carbon of the same site by the grid mix of each year, and zero as certificates have it."""
    values = complete(site_year, changes)
    by_place = defaultdict(dict)
    for row in data.records("grid_carbon"):
        if row["place"] in GRIDS:
            year = site_year(**{**values, "carbon_intensity": row["carbon_g_per_kwh"]})
            by_place[row["place"]][row["year"]] = year.carbon
    frame = pd.DataFrame(
        [(place, year, carbon) for place in GRIDS for year, carbon in sorted(by_place[place].items())],
        columns=["country", "year", "carbon"],
    )
    first, last = int(frame.year.min()), int(frame.year.max())
    lines = kinds.lines(
        frame,
        x="year",
        y="carbon",
        x_title="Grid mix of the year",
        y_title="CO2 (1,000 t a year)",
        series="country",
        names=GRIDS,
        points=True,
    )
    lines.layer[0].encoding.x.axis = alt.Axis(format="d", tickCount=last - first)
    told = "; ".join(
        f"{place} {number(by_place[place][first], 1)} to {number(by_place[place][last], 1)}" for place in GRIDS
    )
    paper = kinds.reference(0.0, "with certificates: zero on paper", axis="y")
    return kinds.titled(
        alt.layer(lines, paper),
        f"On paper zero, on the grid {number(by_place[GRIDS[0]][last], 0)} thousand tonnes a year in {GRIDS[0]}",
        "The same site every year and everywhere: only the power stations of the country change.",
        f"CO2 of the site in thousand tonnes a year, by the grid of {first} to that of {last}: {told}. Certificates "
        "for renewable power bring each of them to zero on paper.",
    )
