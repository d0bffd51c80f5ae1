"""What lesson 26 asks its learners to try."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...inputs.assumptions import get
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.fallback import fallback_value
from ...models.inference import answer_cost

MANY = 256
COSTLY_DAY = 100
"""Thousand EUR that a firm loses in a day without answers: the upper end of the course's range."""


def _euros(value: float) -> str:
    return f"{number(value, 2)} EUR"


def _office() -> str:
    course, office = evaluate(answer_cost), at_preset(answer_cost, "office-hours")
    return (
        f"Answers on GPUs of your own now cost {_euros(office.owned)} a thousand instead of {_euros(course.owned)}, "
        f"and rented ones {_euros(office.rented)}. The API still charges {_euros(office.called)}: it sells the idle "
        "hours of one customer to another. Whoever owns chips pays for the night."
    )


def _batch() -> str:
    one, many = evaluate(answer_cost, batch=1), evaluate(answer_cost, batch=MANY)
    return (
        f"One at a time, a thousand answers cost {_euros(one.owned)}; {MANY} at a time, {_euros(many.owned)}. The chip "
        "reads all weights for each new token, whether for one reader or for many. But each reader sees "
        f"{number(many.speed, 0)} tokens a second instead of {number(one.speed, 0)}."
    )


def _document() -> str:
    found = at_preset(answer_cost, "long-document")
    asked = get("batch").value
    return (
        f"A thousand answers now cost {_euros(found.owned)}, and only {number(found.served, 0)} of {number(asked)} at "
        f"a time find room. The API charges {_euros(found.called)}, nearly all of it for reading. The energy rises to "
        f"{number(found.energy, 1)} Wh for each answer."
    )


def _cheapest() -> str:
    found = at_preset(answer_cost, "cheapest-api")
    return (
        f"Your own GPUs must now be busy for {number(found.break_even, 0)} % of the time, day and night. That is "
        f"{number(found.break_even_answers, 0)} thousand answers a day for one copy. Few firms ask that often. Whether "
        "this provider earns anything at its price is not known."
    )


def _closed() -> str:
    found, values = at_preset(answer_cost, "closed-api"), presets("answer_cost")["closed-api"]["values"]
    return (
        f"The closed model costs {_euros(found.called)} for a thousand answers, {number(found.called / found.owned, 0)}"
        f" times as much as the open one on your own GPUs. Its maker charges {number(values['api_cached_price'])} % of "
        "the price for what was read before. Whether it is worth that depends on what the open model cannot do."
    )


def _kilo(value: float, digits: int = 0) -> str:
    return f"{number(value, digits)} thousand EUR"


def _likely() -> str:
    found, course = at_preset(fallback_value, "likely"), evaluate(fallback_value)
    chance = get("disruption_probability").value * get("fallback_cost").value / course.worth
    return (
        f"Now it pays: the fallback averts {_kilo(found.worth, 1)} in a mean year and costs "
        f"{_kilo(get('fallback_cost').value)}. What it averts in one outage is the same as before. Readiness pays from "
        f"a chance of {number(chance, 1)} % a year on."
    )


def _short() -> str:
    found, course = at_preset(fallback_value, "two-days"), evaluate(fallback_value)
    return (
        f"The fallback averts {_kilo(found.averted)} instead of {_kilo(course.averted)}. A firm that is unprepared has "
        "not switched after two days, and loses both. One that is prepared loses half a day, and then the part of the "
        "work that the open model does worse."
    )


def _long() -> str:
    found, course = at_preset(fallback_value, "half-a-year"), evaluate(fallback_value)
    return (
        f"An outage of half a year costs {_kilo(found.loss_unprepared)} without a fallback and "
        f"{_kilo(found.loss_prepared)} with one. But the fallback averts {_kilo(found.averted)}, and "
        f"{_kilo(course.averted)} in an outage of {number(get('outage_days').value)} days. It saves the days of "
        "switching. After that everybody works with the weaker model."
    )


def _costly_day() -> str:
    found = evaluate(fallback_value, outage_loss=COSTLY_DAY)
    return (
        f"One outage now costs {_kilo(found.loss_unprepared)} without a fallback. Readiness averts "
        f"{_kilo(found.worth, 1)} in a mean year: it pays even at a chance of "
        f"{number(get('disruption_probability').value)} %. Insurance is for firms whose answers are their product."
    )


MOVES = {
    "fallback_value": (
        Move(
            "A likelier outage",
            "Load this preset. Does the fallback pay now? Move the probability: from which chance on does it?",
            _likely,
            preset="likely",
        ),
        Move(
            "Back after two days",
            "Load this preset. Who loses what in these two days, and who never switches?",
            _short,
            preset="two-days",
        ),
        Move(
            "An order that stays",
            "Load this preset: the model is gone for half a year. Does a longer outage make readiness worth more?",
            _long,
            preset="half-a-year",
        ),
        Move(
            "An expensive day",
            f"Reset. Set the *Loss of a day without it* to {COSTLY_DAY}. Which firms lose that much?",
            _costly_day,
        ),
    ),
    "answer_cost": (
        Move(
            "Office hours only",
            "Load this preset: nobody asks at night. Which of the three ways costs more now, and which does not?",
            _office,
            preset="office-hours",
        ),
        Move(
            "One at a time",
            f"Reset. Set *Answers at a time* to 1, then to {MANY}. What does it do to the cost, and what to a reader?",
            _batch,
        ),
        Move(
            "A long document",
            "Load this preset. What becomes scarce? What does the API charge for?",
            _document,
            preset="long-document",
        ),
        Move(
            "The cheapest API",
            "Load this preset. How busy would your own GPUs have to be? How many answers a day is that?",
            _cheapest,
            preset="cheapest-api",
        ),
        Move(
            "Against a closed model",
            "Load this preset. What would the closed model have to do better to be worth its price?",
            _closed,
            preset="closed-api",
        ),
    ),
}
