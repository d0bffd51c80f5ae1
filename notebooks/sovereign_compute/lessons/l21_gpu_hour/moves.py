"""What lesson 21 asks its learners to try."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ownership import gpu_hour_cost
from .exhibits import offers


def _euros(value: float) -> str:
    return f"{number(value, 2)} EUR"


def _report() -> str:
    report, course = at_preset(gpu_hour_cost, "report"), evaluate(gpu_hour_cost)
    return (
        "Interest, electricity, upkeep and staff disappear. The preset treats the sum as complete, so they are not "
        f"added again. The hour now costs {_euros(report.total)} instead of {_euros(course.total)}. It is cheaper "
        "because the preset lets every GPU work in every hour of six years. No real machine does."
    )


def _half() -> str:
    factor = at_preset(gpu_hour_cost, "half-empty").total / evaluate(gpu_hour_cost).total
    return (
        f"The hour costs {number(factor, 1)} times as much. You could have known: the yearly bill stays the same, and "
        "fewer hours share it."
    )


def _north() -> str:
    course, north = evaluate(gpu_hour_cost).total, at_preset(gpu_hour_cost, "nordic").total
    longer = evaluate(gpu_hour_cost, lifetime=get("lifetime").value + 2).total
    more = "Cheap power" if north < longer else "Two more years of use"
    return (
        f"Cheap power brings the hour from {_euros(course)} down to {_euros(north)}. Two more years of use bring it "
        f"down to {_euros(longer)}. {more} saves more. Neither halves the price."
    )


def _list_prices() -> str:
    course, listed = evaluate(gpu_hour_cost), at_preset(gpu_hour_cost, "list-price")
    return (
        f"Owning now pays only above {number(listed.break_even_utilisation, 0)} % utilisation, instead of "
        f"{number(course.break_even_utilisation, 0)} %. Large public buyers do not pay list prices. A firm that "
        "buys a few dozen GPUs may have to."
    )


def _cheapest_rent() -> str:
    half = at_preset(gpu_hour_cost, "half-empty").total
    frame = offers(get("exchange_rate").value)
    cheapest = frame.loc[frame.eur.idxmin()]
    found = "Nobody does" if cheapest.eur > half else f"{cheapest.provider} does"
    return (
        f"Renting wins as soon as the rent is below {_euros(half)}. Does anybody in the price list offer that? "
        f"{found}. Its cheapest hour costs {_euros(cheapest.eur)}, {cheapest.billing}. A spot offer can be taken away "
        "at any minute."
    )


MOVES = {
    "gpu_hour_cost": (
        Move(
            "The report's 500 million",
            "Load this preset. Which parts of the bill disappear? Why is the hour cheaper although the sum is larger?",
            _report,
            preset="report",
        ),
        Move(
            "Half empty",
            "Load this preset. By which factor does the price rise? Could you have known it without a computer?",
            _half,
            preset="half-empty",
        ),
        Move(
            "Cheap power or more years?",
            "Load *In the north*: Finnish power. Then reset, and use the machine two years longer. Which saves more?",
            _north,
            preset="nordic",
        ),
        Move(
            "At list prices",
            "Load this preset. How busy must the machine now be? Who pays list prices?",
            _list_prices,
            preset="list-price",
        ),
        Move(
            "Let the cloud win",
            "Load *Half empty* again, and lower the rent until renting is cheaper. Does anybody offer such a rent?",
            _cheapest_rent,
            preset="half-empty",
        ),
    )
}
