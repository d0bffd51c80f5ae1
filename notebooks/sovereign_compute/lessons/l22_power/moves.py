"""What lesson 22 asks its learners to try."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.parts.constants import EUROS_PER_MILLION, PERCENT
from ...models.power import site_year

THIRD = 1 / 3
"""The part of the bill that the learner is to make heat pay."""


def _part(part: float, whole: float) -> str:
    return f"{number(part / whole / PERCENT, 0)} %"


def _finland() -> str:
    home, north = at_preset(site_year, "fifteen"), at_preset(site_year, "fifteen-finland")
    return (
        f"The CO2 falls more. The bill goes down to {_part(north.bill, home.bill)} of the German one, and the CO2 to "
        f"{_part(north.carbon, home.carbon)}. Power is cheaper in Finland, but above all it is cleaner."
    )


def _france() -> str:
    home, moved = at_preset(site_year, "fifteen"), at_preset(site_year, "fifteen-france")
    before, after = (year.making / (year.making + year.carbon) / PERCENT for year in (home, moved))
    return (
        f"Making the chips caused {number(before, 0)} % of the CO2 in Germany, and causes {number(after, 0)} % of it "
        "on the French grid. The chips have not changed. Their part grew because running the machine causes so much "
        "less."
    )


def _heat() -> str:
    year = at_preset(site_year, "all-heat")
    needed = THIRD * year.bill * EUROS_PER_MILLION / year.heat_delivered
    return (
        f"No. Even if nearly all heat is sold, it pays {_part(year.heat_revenue, year.bill)} of the bill. To pay a "
        f"third, a megawatt-hour of heat must bring {number(needed, 0)} EUR. The course expects "
        f"{number(get('heat_price').value)} EUR, because warm water is worth far less than electricity."
    )


def _cooling() -> str:
    course, best = evaluate(site_year), evaluate(site_year, pue=1)
    saved = course.bill - best.bill
    return (
        f"Perfect cooling saves {number(saved, 1)} million EUR a year, or {_part(saved, course.bill)} of the bill. "
        "There is nothing more to gain with cooling, because a PUE cannot be below 1. A cheaper contract or a "
        "cleaner grid can do more."
    )


def _gigafactory() -> str:
    large = at_preset(site_year, "gigafactory")
    return (
        f"One cent is now worth {number(large.cent, 0)} million EUR a year. For that sum an operator hires "
        "negotiators. They talk to power producers about contracts of many years, and to the state about network "
        "charges and taxes."
    )


MOVES = {
    "site_year": (
        Move(
            "Move to Finland",
            "Load *The rule of thumb: 15 MW*, then *The same 15 MW in Finland*. Which falls more, the bill or the CO2?",
            _finland,
            preset="fifteen",
        ),
        Move(
            "Change only the grid",
            "Look at the two bars of CO2, then load *The same 15 MW on the French grid*. What part of the CO2 now "
            "comes from making the chips? Why is it larger than before?",
            _france,
            preset="fifteen",
        ),
        Move(
            "Sell all the heat",
            "Load this preset. Does heat pay for the electricity? Now raise *Price of heat* until it pays a third.",
            _heat,
            preset="all-heat",
        ),
        Move(
            "Cool for nothing",
            "Reset everything, then set *PUE* to 1: cooling takes no power at all. How much does that save? Could "
            "better cooling save more?",
            _cooling,
        ),
        Move(
            "Ten times as large",
            "Load *A gigafactory*. What is one cent per kilowatt-hour worth now? Who would negotiate for it, and with "
            "whom?",
            _gigafactory,
            preset="gigafactory",
        ),
    )
}
