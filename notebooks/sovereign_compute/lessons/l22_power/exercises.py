"""Notebook 22, power, heat and carbon of a site: exercises."""

from functools import cache
from itertools import pairwise

from ...analysis.settings import complete
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.parts.constants import (
    CENT_PER_KILOWATT_HOUR,
    EUROS_PER_MILLION,
    HOURS_PER_YEAR,
    KILOWATTS_PER_MEGAWATT,
    PERCENT,
)
from ...models.power import site_year
from .exhibits import places
from .moves import THIRD

COOLED = 1.05
"""The PUE that good cooling reaches in exercise 22.3."""
BETTER_END = {"heat_price": "high", "heat_sold": "high", "heat_delivery": "high", "electricity_price": "low"}
"""Which end of an assumption's range lets heat pay more of the bill; PUE changes nothing at either end."""


def _year(v: dict):
    return site_year(**v)


def _cents(v: dict) -> str:
    return f"{number(v['electricity_price'] / CENT_PER_KILOWATT_HOUR)} ct"


def _cleaner(v: dict) -> float:
    """By how many grams per kWh a grid must become cleaner to save as much as cooling at ``COOLED`` does."""
    return v["carbon_intensity"] * (1 - COOLED / v["pue"])


def _heat_for_a_third(v: dict) -> float:
    """The price of heat (EUR/MWh) at which it pays a third of the bill."""
    return THIRD * _year(v).bill * EUROS_PER_MILLION / _year(v).heat_delivered


@cache
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


def _paid_by_heat(v: dict) -> float:
    return _year(v).heat_revenue / _year(v).bill / PERCENT


def _at_better_ends() -> dict[str, float]:
    """What part of the bill heat pays (percent) with each assumption alone at its better end, by its label."""
    course = complete(site_year)
    return {get(id).label: _paid_by_heat({**course, id: getattr(get(id), end)}) for id, end in BETTER_END.items()}


def _most(_: dict) -> str:
    found = _at_better_ends()
    return max(found, key=found.get)


def _why_not(_: dict) -> dict[str, str]:
    found = {
        label: f"Heat then pays {number(share, 2)} % of the bill. Another one brings it further."
        for label, share in _at_better_ends().items()
    }
    return found | {get("pue").label: "It changes the bill and the heat alike. The part that heat pays stays the same."}


EXERCISES = (
    Exercise(
        id="22.1",
        question=lambda v: (
            f"The computers of a site draw {number(v['it_power'])} MW on average, its PUE is {number(v['pue'])}, and a "
            f"kilowatt-hour costs {_cents(v)}. What does a year of electricity cost?"
        ),
        model=site_year,
        vary={"it_power": (9, 16), "pue": (1.08, 1.3), "electricity_price": (0.1, 0.28)},
        units={"million EUR": 1.0, "EUR": 1e-6},
        answer=lambda v: _year(v).bill,
        mistakes=(
            Mistake(lambda v: _year(v).bill / v["pue"], "Cooling and losses are missing: they also take electricity."),
            Mistake(
                lambda v: _year(v).bill / KILOWATTS_PER_MEGAWATT,
                "A megawatt is a thousand kilowatts, and the price is per kilowatt-hour.",
            ),
            Mistake(lambda v: _year(v).bill * 100, "The price is in cents: divide it by a hundred."),
            Mistake(lambda v: _year(v).bill / 365, "That is the bill of one day."),
        ),
        hints=(
            f"Power times hours is energy. A year has {HOURS_PER_YEAR:,.0f} hours.",
            "Multiply the power by the PUE, turn megawatts into kilowatts, and multiply by hours and price.",
        ),
        solution=lambda v: (
            f"{number(v['it_power'])} MW × {number(v['pue'])} × {KILOWATTS_PER_MEGAWATT:,.0f} kW/MW × "
            f"{HOURS_PER_YEAR:,.0f} h × {number(v['electricity_price'])} EUR/kWh = {number(_year(v).bill, 2)} "
            "million EUR."
        ),
    ),
    Exercise(
        id="22.2",
        question=lambda v: (
            f"The computers of a site draw {number(v['it_power'])} MW on average, and its PUE is {number(v['pue'])}. "
            "Somebody negotiates one cent less per kilowatt-hour. What is that worth in a year?"
        ),
        model=site_year,
        vary={"it_power": (5, 20), "pue": (1.08, 1.4)},
        units={"million EUR": 1.0, "EUR": 1e-6},
        answer=lambda v: _year(v).cent,
        mistakes=(
            Mistake(lambda v: _year(v).cent / v["pue"], "PUE is missing: cooling and losses become cheaper, too."),
            Mistake(lambda v: _year(v).cent * 10, "One cent is 0.01 EUR, not 0.1 EUR."),
            Mistake(lambda v: _year(v).bill, "That is the whole bill at the course's price. The question is one cent."),
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
        question=lambda v: (
            f"A site has a PUE of {number(v['pue'])}, on a grid of {number(v['carbon_intensity'])} g CO2 per kWh. "
            f"Better cooling would bring the PUE down to {number(COOLED)}. By how much would the grid have to become "
            "cleaner to save as much CO2?"
        ),
        model=site_year,
        vary={"pue": (1.15, 1.5), "carbon_intensity": (150, 600)},
        units={"g per kWh": 1.0, "kg per kWh": 1e3},
        answer=_cleaner,
        mistakes=(
            Mistake(
                lambda v: v["carbon_intensity"] - _cleaner(v),
                "That is how clean the grid would have to be. The question is by how much cleaner.",
            ),
            Mistake(
                lambda v: v["carbon_intensity"] * (v["pue"] - COOLED),
                "You took the difference of the two PUE. What counts is which part of the old PUE is saved.",
            ),
            Mistake(
                lambda v: v["carbon_intensity"] * (v["pue"] / COOLED - 1),
                "You compared with the new PUE. Saving is a part of what the site draws today.",
            ),
        ),
        hints=(
            "CO2 is proportional to the PUE, and to the carbon intensity of the grid.",
            "By which part does the PUE fall? The grid must fall by the same part.",
        ),
        solution=lambda v: (
            f"The PUE falls by 1 − {number(COOLED)} / {number(v['pue'])} = "
            f"{number((1 - COOLED / v['pue']) / PERCENT, 1)} %. The grid must fall by the same part: "
            f"{number(_cleaner(v), 1)} of {number(v['carbon_intensity'])} g per kWh."
        ),
    ),
    Exercise(
        id="22.4",
        question=lambda v: (
            f"An operator pays {_cents(v)} per kilowatt-hour, plans to sell {number(v['heat_sold'])} % of the energy "
            f"as heat, and delivers {number(v['heat_delivery'])} % of the plan. At which price of heat would it pay "
            "a third of the electricity bill?"
        ),
        model=site_year,
        vary={"electricity_price": (0.1, 0.25), "heat_sold": (20, 80), "heat_delivery": (30, 85)},
        units={"EUR per MWh": 1.0, "ct per kWh": 10.0},
        answer=_heat_for_a_third,
        mistakes=(
            Mistake(
                lambda v: _heat_for_a_third(v) * v["heat_delivery"] * PERCENT,
                "That would do if the whole plan arrived. Only a part of it does.",
            ),
            Mistake(lambda v: _heat_for_a_third(v) / THIRD, "That pays the whole bill; a third is asked."),
            Mistake(
                lambda v: THIRD * v["electricity_price"] * KILOWATTS_PER_MEGAWATT,
                "That would do if all energy were sold as heat.",
            ),
        ),
        hints=(
            "You need not know how large the site is. Think of one megawatt-hour of electricity.",
            "A third of its price, divided by the part of it that is sold and arrives as heat.",
        ),
        solution=lambda v: (
            f"A megawatt-hour costs {number(v['electricity_price'] * KILOWATTS_PER_MEGAWATT)} EUR, and a third of "
            f"that is {number(THIRD * v['electricity_price'] * KILOWATTS_PER_MEGAWATT, 1)} EUR. Divided by "
            f"{number(v['heat_sold'])} % × {number(v['heat_delivery'])} % it is {number(_heat_for_a_third(v), 0)} "
            f"EUR per MWh of heat. The course expects {number(get('heat_price').value)} EUR."
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
            f"Making one GPU caused {number(v['embodied_carbon'])} tonnes of CO2. A machine has {number(v['gpus'])} "
            f"of them and is used for {number(v['lifetime'])} years. Its computers draw {number(v['it_power'])} MW, at "
            f"a PUE of {number(v['pue'])}. How clean must the grid be for a year of "
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
            "Making the chips causes the same CO2 wherever the machine runs. Running does not.",
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
    Exercise(
        id="22.7",
        question=(
            "Heat pays a small part of the bill. Which assumption, moved alone to the better end of its 90 % range, "
            "raises that part most? Try it in the panel."
        ),
        model=site_year,
        preset={},
        kind="choice",
        options=lambda: sorted([*_at_better_ends(), get("pue").label]),
        answer=_most,
        reasons=_why_not,
        hints=(
            "The range of each assumption opens at the mark of its evidence.",
            "By which factor does each end differ from the value? The largest factor wins.",
        ),
        solution=lambda v: (
            "; ".join(f"{label} {number(share, 2)} %" for label, share in _at_better_ends().items())
            + f". At the course's values it is {number(_paid_by_heat(v), 2)} %. {get('pue').label} changes nothing."
        ),
    ),
)
