"""Notebook 22, power, heat and carbon of a site: exercises."""

from itertools import pairwise

from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.parts.constants import (
    CENT_PER_KILOWATT_HOUR,
    EUROS_PER_MILLION,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
)
from ...models.power import site_year
from .exhibits import places

FIFTEEN = presets("site_year")["fifteen"]["values"]


def _year(v: dict):
    return site_year(**v)


def _business() -> dict[str, float]:
    """Business price by country in EUR per kWh, without the mean of the EU."""
    frame = places()
    frame = frame[(frame.basis == "business") & (frame.place != "EU")].sort_values("price", kind="stable")
    # Two countries with the same price would teach nothing about prices.
    return dict(frame.drop_duplicates("price")[["place", "price"]].itertuples(index=False, name=None))


def _bills(v: dict) -> dict[str, float]:
    """Bill of a year by country in million EUR, the largest first, for sites of so many MW."""
    energy = {place: v[place] * KILOWATTS_PER_MEGAWATT * HOURS_PER_YEAR for place in _business()}
    bills = {place: energy[place] * price / EUROS_PER_MILLION for place, price in _business().items()}
    return dict(sorted(bills.items(), key=lambda one: -one[1]))


def _clearly_apart(v: dict) -> bool:
    return all(larger > 1.05 * smaller for larger, smaller in pairwise(_bills(v).values()))


def _even_mix(v: dict) -> float:
    """Carbon intensity (g/kWh) at which a year of running causes as much carbon as a year's share of making."""
    return _year(v).making / _year(v).carbon * v["carbon_intensity"]


def _cleanest() -> dict:
    """The place with the least carbon per kWh of those that the lesson compares."""
    return min(places().to_dict("records"), key=lambda row: row["mix"])


EXERCISES = (
    Exercise(
        id="22.1",
        question=lambda v: (
            f"A site draws {number(v['it_power'])} MW all year, cooling included, and pays "
            f"{number(100 * v['electricity_price'])} ct per kWh. What is its electricity bill for a year?"
        ),
        model=site_year,
        preset=FIFTEEN,
        vary={"it_power": (3, 28), "electricity_price": (0.06, 0.35)},
        units={"million EUR": 1.0, "EUR": 1e-6},
        answer=lambda v: _year(v).bill,
        mistakes=(
            Mistake(
                lambda v: _year(v).bill / KILOWATTS_PER_MEGAWATT,
                "A megawatt is a thousand kilowatts, and the price is per kilowatt-hour.",
            ),
            Mistake(lambda v: _year(v).bill * 100, "A price of so many ct is a hundredth of as many EUR."),
            Mistake(lambda v: _year(v).bill / 365, "That is the bill of one day."),
            Mistake(
                lambda v: _year(v).bill * get("pue").value, "Cooling is in these megawatts already: no PUE on top."
            ),
        ),
        hints=(
            f"Power times hours is energy. A year has {HOURS_PER_YEAR:,.0f} hours.",
            "Turn megawatts into kilowatts, multiply by the hours of a year and by the price in EUR.",
        ),
        solution=lambda v: (
            f"{number(v['it_power'])} MW × {KILOWATTS_PER_MEGAWATT:,.0f} kW/MW × {HOURS_PER_YEAR:,.0f} h × "
            f"{number(v['electricity_price'])} EUR/kWh = {number(_year(v).bill, 2)} million EUR."
        ),
    ),
    Exercise(
        id="22.2",
        question="Your panel, as it is set now: how much more does a year cost if the price rises by one cent per kWh?",
        model=site_year,
        units={"million EUR": 1.0, "EUR": 1e-6},
        answer=lambda v: _year(v).cent,
        mistakes=(
            Mistake(lambda v: _year(v).cent / v["pue"], "PUE is missing: cooling and losses pay the cent too."),
            Mistake(lambda v: _year(v).cent * 10, "One cent is 0.01 EUR, not 0.1 EUR."),
            Mistake(lambda v: _year(v).cent * v["lifetime"], "That is for all years of use; the question is one year."),
        ),
        hints=(
            "The price of today does not matter. What does?",
            "Energy of the year in kWh, cooling included, times 0.01 EUR.",
        ),
        solution=lambda v: (
            f"{number(_year(v).energy, 0)} MWh × {KILOWATTS_PER_MEGAWATT:,.0f} kWh/MWh × "
            f"{number(CENT_PER_KILOWATT_HOUR)} EUR = {number(_year(v).cent, 2)} million EUR."
        ),
    ),
    Exercise(
        id="22.3",
        question="Your panel, as it is set now: how much CO2 does a year of running cause, by the mix of the grid?",
        model=site_year,
        units={"thousand tonnes": 1.0, "tonnes": 1e-3},
        answer=lambda v: _year(v).carbon,
        mistakes=(
            Mistake(
                lambda v: _year(v).carbon / v["pue"], "PUE is missing: cooling and losses take electricity as well."
            ),
            Mistake(
                lambda v: _year(v).carbon + _year(v).making,
                "That includes the making of the chips; the question is about running.",
            ),
            Mistake(
                lambda v: _year(v).carbon / KILOWATTS_PER_MEGAWATT,
                "The mix is in grams per kilowatt-hour, and a megawatt-hour has a thousand of them.",
            ),
        ),
        hints=(
            "Energy times carbon intensity. Which units do they have?",
            "One gram per kWh is one kilogram per MWh. A thousand tonnes are a million kilograms.",
        ),
        solution=lambda v: (
            f"{number(_year(v).energy, 0)} MWh × {number(v['carbon_intensity'])} kg/MWh = "
            f"{number(_year(v).carbon, 1)} thousand tonnes."
        ),
    ),
    Exercise(
        id="22.4",
        question="Your panel, as it is set now: how much money does the delivered heat bring in a year?",
        model=site_year,
        units={"million EUR": 1.0, "EUR": 1e-6},
        answer=lambda v: _year(v).heat_revenue,
        mistakes=(
            Mistake(
                lambda v: _year(v).heat_planned * v["heat_price"] / 1e6,
                "That is the plan. Only part of the plan arrives.",
            ),
            Mistake(
                lambda v: _year(v).heat_delivered * v["electricity_price"] * KILOWATTS_PER_MEGAWATT / 1e6,
                "You sold heat at the price of electricity; warm water is worth much less.",
            ),
            Mistake(
                lambda v: _year(v).energy * v["heat_price"] / 1e6,
                "That is all energy of the site; only a part is planned to be sold, and less arrives.",
            ),
            Mistake(
                lambda v: _year(v).heat_revenue / v["pue"],
                "In this model the plan is a share of all energy of the site, cooling included.",
            ),
        ),
        hints=(
            "Energy, then the share planned to be sold, then the share of the plan that arrives.",
            "Mind the unit: heat is priced per megawatt-hour, electricity per kilowatt-hour.",
        ),
        solution=lambda v: (
            f"{number(_year(v).energy, 0)} MWh × {number(v['heat_sold'])} % × {number(v['heat_delivery'])} % × "
            f"{number(v['heat_price'])} EUR/MWh = {number(_year(v).heat_revenue, 3)} million EUR, against a bill of "
            f"{number(_year(v).bill, 1)}."
        ),
    ),
    Exercise(
        id="22.5",
        question=lambda v: (
            f"Four sites pay the business prices of the table “The same site in other places”. All year they draw "
            f"{', '.join(f'{number(v[place])} MW in {place}' for place in sorted(_business()))}. Put their electricity "
            "bills in order, the largest first."
        ),
        vary={place: list(range(4, 31)) for place in _business()},
        fair=_clearly_apart,
        kind="ranking",
        options=lambda: sorted(_business()),
        answer=lambda v: list(_bills(v)),
        hints=(
            "All hours are alike, so power times price is enough for the order.",
            "The table has several kinds of price; take the rows of business prices only.",
        ),
        solution=lambda v: (
            "; ".join(
                f"{place} {number(v[place])} MW × {number(100 * _business()[place])} ct, {number(bill, 1)} million EUR"
                for place, bill in _bills(v).items()
            )
            + "."
        ),
    ),
    Exercise(
        id="22.6",
        question=lambda v: (
            f"To make one GPU caused {number(v['embodied_carbon'])} tonnes of CO2. A machine has {number(v['gpus'])} "
            f"of them and is used for {number(v['lifetime'])} years. Its computers draw {number(v['it_power'])} MW, at "
            f"a PUE of {number(v['pue'])}. How clean would the grid have to be for a year of "
            "running to cause no more CO2 than a year's share of making the chips?"
        ),
        model=site_year,
        vary={
            "gpus": (5_000, 60_000),
            "embodied_carbon": (0.2, 1.2),
            "lifetime": (4, 9),
            "it_power": (4, 28),
            "pue": (1.05, 1.5),
        },
        units={"g per kWh": 1.0, "kg per kWh": 1e3},
        answer=_even_mix,
        mistakes=(
            Mistake(
                lambda v: _even_mix(v) * v["lifetime"],
                "That sets all that making causes against one year of running. Spread it over the years of use.",
            ),
            Mistake(lambda v: _even_mix(v) * v["pue"], "PUE is missing: cooling and losses take electricity as well."),
            Mistake(lambda v: v["carbon_intensity"] / _even_mix(v), "That is how many times cleaner it would be."),
        ),
        hints=(
            "Making does not care where the machine stands. Running does.",
            "Spread the CO2 of making over the years, and divide it by the electricity of a year. One kilogram per MWh "
            "is one gram per kWh.",
        ),
        solution=lambda v: (
            f"{number(v['gpus'], 0)} GPUs × {number(v['embodied_carbon'])} t / {number(v['lifetime'])} years = "
            f"{number(1000 * _year(v).making, 0)} t a year; over {number(_year(v).energy, 0)} MWh that is "
            f"{number(_even_mix(v), 1)} g per kWh. On a dirtier grid running causes more than making. The cleanest "
            f"place of the table, {_cleanest()['place']}, has {number(_cleanest()['mix'], 0)}."
        ),
    ),
)
