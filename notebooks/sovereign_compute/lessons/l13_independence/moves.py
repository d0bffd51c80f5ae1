"""Notebook 13, what independence is worth: what to try in its two panels."""

from ...analysis.sensitivity import breakeven
from ...analysis.settings import evaluate
from ...controls.moves import Move
from ...inputs.presets import presets
from ...inputs.wording import counted, listed, number
from ...models.belief import disruption_belief
from ...models.independence import STRATEGIES, independence_value
from .exhibits import readings_of_the_list

CHEAP_MOVE = 5.0
"""Million EUR: what a move may cost once it is easier, in the move about being locked in."""


def cheapest(**changes) -> str:
    """The cheapest strategy, by its output of the model."""
    found = evaluate(independence_value, **changes)
    return min(STRATEGIES, key=lambda id: getattr(found, id))


def _values(preset: str) -> dict[str, float]:
    return presets("independence_value")[preset]["values"]


def _costs(preset: str, *ids: str) -> str:
    """What strategies cost in a preset, in words."""
    found = evaluate(independence_value, **_values(preset))
    return listed(f"“{STRATEGIES[id]}” {number(getattr(found, id), 2)}" for id in ids)


def _standstill() -> str:
    found = evaluate(independence_value, **_values("standstill"))
    return (
        f"The exit is now far ahead: {_costs('standstill', 'keep', 'stay', 'buy')} million EUR a year. The insurance "
        f"is worth {number(found.worth, 2)} million, but the premium and the move cost {number(found.asked, 2)}, and "
        "an exit spares most of the same loss for a fraction of that."
    )


def _locked_in() -> str:
    dear = evaluate(independence_value, **_values("lock-in")).stay
    easy = evaluate(independence_value, **{**_values("lock-in"), "switching_cost": CHEAP_MOVE}).stay
    return (
        f"Staying costs {number(dear, 2)} million EUR a year, and only {number(easy, 2)} if a move costs "
        f"{number(CHEAP_MOVE)} million. The supplier can charge no more above the market than it would cost to "
        "leave. A cheap way out helps even those who never take it."
    )


def _agency() -> str:
    found = evaluate(independence_value, **_values("agency"))
    return (
        f"The exit costs {number(found.keep, 2)} million EUR a year, staying {number(found.stay, 2)}. It is worth "
        f"its money without any fear of risk, because one disruption would cost {number(found.one_loss, 0)} million "
        "and whoever is ready moves instead of waiting."
    )


def _sanctions() -> str:
    frame = breakeven(independence_value, _values("sanctions"), "buy", against="keep").set_index("assumption")
    at = frame.at["disruption_probability", "at"]
    return (
        f"Buying now is the cheapest: {_costs('sanctions', 'buy', 'keep', 'stay')} million EUR a year. Below a "
        f"probability of about {number(at, 0)} % a year the exit wins. A body that expects to be cut off every "
        "second year is far above."
    )


def _same_chips() -> str:
    before, after = evaluate(independence_value), evaluate(independence_value, **_values("common-chips"))
    return (
        f"The insurance falls from {number(before.worth, 2)} to {number(after.worth, 2)} million EUR a year: what "
        "stops the one service stops the other as well. Chips and licences from somewhere else would bring its "
        "worth back."
    )


def _counts() -> dict[int, float]:
    """The probability, in percent a year, by the number of years that one may count in the list."""
    years = sorted(set(readings_of_the_list().values()))
    return {count: float(evaluate(disruption_belief, observed_events=float(count)).mean) for count in years}


def _sign_for_it() -> str:
    found = _counts()
    told = listed(f"{number(chance, 1)} % for {counted(years, 'years')}" for years, chance in found.items())
    ratio = max(found.values()) / min(found.values())
    return (
        f"The same list gives {told}. Nobody disputes the dates. What one counts as a disruption is a matter of "
        f"judgement, and it moves the result by a factor of {number(ratio, 0)}."
    )


def _mood() -> str:
    ways = {cheapest(disruption_probability=round(chance, 1)) for chance in _counts().values()}
    names = listed(f"“{STRATEGIES[id]}”" for id in sorted(ways))
    told = f"{names} is the cheapest with each of them" if len(ways) == 1 else f"the cheapest is one of {names}"
    return (
        f"Take these probabilities in turn: {told}. The count changes what independence is worth, and hardly what "
        "one should do. That is good news for a decision, and bad news for a debate."
    )


MOVES = {
    "independence_value": (
        Move(
            "Work stops",
            "Without the service nobody can work at all. How far is the exit ahead now, and why does the sovereign "
            "service still not win?",
            _standstill,
            "standstill",
        ),
        Move(
            "Locked in",
            f"The owner of a platform raises prices. Lower *Cost of a move* to {number(CHEAP_MOVE)}. Why does staying "
            "become cheaper when leaving does?",
            _locked_in,
            "lock-in",
        ),
        Move(
            "A federal agency",
            "The state does not fear risk. What makes an exit worth its money all the same?",
            _agency,
            "agency",
        ),
        Move(
            "Under sanctions",
            "Lower *Probability of a disruption* until another strategy wins. Would you bet on that value?",
            _sanctions,
            "sanctions",
        ),
        Move(
            "The same chips",
            "The European service runs on the same chips and licences. What has happened to the worth of "
            "independence, and what would bring it back?",
            _same_chips,
            "common-chips",
        ),
    ),
    "disruption_belief": (
        Move(
            "Sign for a number",
            "Read the list of events and set *Years with an event* to the number of years that you would sign for. "
            "How far are you from your neighbour?",
            _sign_for_it,
        ),
        Move(
            "Strategy or mood?",
            "Type the resulting probability into the first panel. Does it change the cheapest strategy?",
            _mood,
        ),
    ),
}
