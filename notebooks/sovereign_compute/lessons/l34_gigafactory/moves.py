"""Notebook 34, whether a gigafactory pays: what to try in its panel, and what one should have seen."""

from ...analysis.settings import at_preset, evaluate
from ...controls.moves import Move
from ...display.views.gigafactory_years import full
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.gigafactory_years import GigafactoryPays, gigafactory_pays


def _at(preset: str, **changes: float) -> GigafactoryPays:
    return at_preset(gigafactory_pays, preset, **changes)


def _steady() -> str:
    course, steady = evaluate(gigafactory_pays), _at("steady-rents")
    return (
        f"The owners need {number(steady.needed, 0)} % of the building as public money instead of "
        f"{number(course.needed, 0)} %. The halls are exactly as full as before. A site that is full can still lose "
        "money: the same chip earns less each year."
    )


def _going() -> str:
    course, going = evaluate(gigafactory_pays), _at("going-rent")
    word = "more" if going.net > course.net else "less"
    return (
        f"At the opening {number(going.idle_first, 0)} % stand idle instead of {number(course.idle_first, 0)} %. Yet "
        f"the owners are left with {word}: {number(going.net, 1)} billion EUR instead of {number(course.net, 1)}. They "
        "would rather have empty halls at a high price than full ones at a low price. A state that wants its firms to "
        "compute would not."
    )


def _no_growth() -> str:
    found = _at("no-growth")
    part = 100 * found.idle_owners / found.idle_cost
    return (
        f"{number(found.idle_mean, 0)} % stand idle, which costs {number(found.idle_cost, 1)} billion EUR for one "
        f"site. The owners bear {number(part, 0)} % of that, Union and state the rest: their money is in the building, "
        "whether anybody computes or not."
    )


def _waiting() -> str:
    course, late = evaluate(gigafactory_pays), _at("slow-building")
    return (
        f"{number(late.idle_first, 0)} % stand idle at the opening instead of {number(course.idle_first, 0)} %. "
        f"{full(late.full_after)} Waiting fills the halls, because demand grows meanwhile. But until then Europe rents "
        "elsewhere, and the model does not count the customers who stay there."
    )


def _anchor() -> str:
    low = get("demand_growth").low
    alone, promised = evaluate(gigafactory_pays, demand_growth=low), _at("anchor", demand_growth=low)
    return (
        f"The state pays {number(promised.cover, 1)} billion EUR for hours that nobody uses. The owners bear "
        f"{number(promised.idle_owners, 1)} billion EUR of what stands idle instead of {number(alone.idle_owners, 1)}. "
        "What stands idle costs as much as before. Only the payer is another."
    )


MOVES = {
    "gigafactory_pays": (
        Move(
            "Rents that do not fall",
            "Load this preset. What public part do the owners need now? Were the halls any fuller?",
            _steady,
            "steady-rents",
        ),
        Move(
            "Ask the going rent",
            "Load *At the going rent*. How many GPUs stand idle at the opening? Are the owners better or worse off?",
            _going,
            "going-rent",
        ),
        Move(
            "What if demand does not grow?",
            "Load *No growth*. What does it cost that GPUs stand idle, and who bears it?",
            _no_growth,
            "no-growth",
        ),
        Move(
            "Build more slowly",
            "Load *Opened in 2031*. What does waiting do to the first day? What does the model not count?",
            _waiting,
            "slow-building",
        ),
        Move(
            "A state that promises to pay",
            f"Load *A state as anchor customer* and set *Growth of demand* to {number(get('demand_growth').low)}. Who "
            "pays for the empty halls now?",
            _anchor,
            "anchor",
        ),
    ),
}
