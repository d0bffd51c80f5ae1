"""Notebook 12, who can switch you off: what to try in its two panels."""

from ...analysis.settings import complete, evaluate, inputs
from ...controls.moves import Move
from ...display.prose import the
from ...display.views.framework import ranks_of_services
from ...inputs.presets import presets
from ...inputs.wording import listed, number
from ...models.framework import rank_of_services
from ...models.layers import layer_independence
from ...models.parts.services import FIELDS, SHORT

FIRST, LAST = 0, -1
"""Places."""


def _ranks(preset: str = "", **changes) -> dict[str, list[float]]:
    """The chance of each place, in percent, by service."""
    values = presets("rank_of_services")[preset]["values"] if preset else {}
    chances = ranks_of_services(complete(rank_of_services, {**values, **changes}))
    return dict(zip(SHORT.values(), chances.tolist(), strict=True))


def _first(preset: str = "", **changes) -> tuple[str, str]:
    """Who is most often first, and in how many of the judgements, in words."""
    chances = _ranks(preset, **changes)
    name = max(chances, key=lambda name: chances[name][FIRST])
    return the(name), f"{number(chances[name][FIRST], 0)} %"


def _passing(level: str) -> dict[str, float]:
    """The chance of each service to reach a level in every objective, in percent."""
    choice = inputs(rank_of_services)["minimum_level"].words.index(level)
    found = evaluate(rank_of_services, minimum_level=choice)
    return {name: getattr(found, f"{id}_passes") for id, name in FIELDS.items()}


def _gates() -> str:
    low, asked, high = (_passing(level) for level in ("SEAL-1", "SEAL-2", "SEAL-3"))
    fails = [name for name in low if not low[name]]
    best = max(asked, key=asked.get)
    seen = listed(the(name) for name in high if high[name]) if max(high.values()) else "nobody"
    return (
        f"At SEAL-1 only {listed(map(the, fails))} fails. At SEAL-2, which the tender of 2026 required, {the(best)} "
        f"passes in {number(asked[best], 0)} % of the judgements. At SEAL-3 our points let {seen} pass, although the "
        "buyer saw three clouds there: we are stricter, or the buyer was kinder."
    )


def _two_experts() -> str:
    (lawyer, much), (engineer, more) = _first("law-first"), _first("chips-first")
    return (
        f"With the lawyer's weights {lawyer} is first in {much} of the judgements, with the engineer's {engineer} in "
        f"{more}. The services are the same, and so is the evidence. Only what counts has changed."
    )


def _all_alike() -> str:
    (now, share), (alike, other) = _first(), _first("equal")
    return (
        f"With equal weights {alike} is first, in {other} of the judgements; with the official ones {now}, in {share}. "
        "Equal weights are a choice as well: whoever splits one objective in two doubles its say."
    )


def _any_weights() -> str:
    chances = _ranks("no-view")
    last = max(chances, key=lambda name: chances[name][LAST])
    return (
        f"Last place: {the(last)} is last in {number(chances[last][LAST], 0)} % of the judgements, whatever the "
        "weights. For that, nobody has to agree on anything. The first place stays open."
    )


def _certain() -> str:
    highest = inputs(rank_of_services)["weight_concentration"].hard_max
    first, share = _first(weight_concentration=highest)
    return (
        f"No. Even if everybody agrees on the weights, {first} is first in only {share} of the judgements. What is "
        "left is what we do not know about the services themselves: nobody has published an audit."
    )


def _layers(preset: str) -> dict[str, float]:
    found = evaluate(layer_independence, **presets("layer_independence")[preset]["values"])
    return {name: getattr(found, id) for id, name in FIELDS.items()}


def _chips_or_orders() -> str:
    chips, orders = _layers("only-chips"), _layers("only-orders")
    low, high = min(chips.values()), max(chips.values())
    full = [the(name) for name, share in orders.items() if round(share) == round(max(orders.values()))]
    return (
        f"If only chips count, all five services are alike, at {number(low, 0)} to {number(high, 0)} %. If only orders "
        f"count, {listed(full)} reach {number(max(orders.values()), 0)} % and the US region "
        f"{number(min(orders.values()), 0)} %. Who made the parts and who gives the orders are two different questions."
    )


def _weakest() -> str:
    found = _layers("weakest")
    rest = sorted(found.values())[1:]
    return (
        f"Four services fall to {number(rest[-1], 0)} %, because the weakest layer, chip design, is the same for "
        f"all. The US region falls to {number(min(found.values()), 0)} %. Whoever asks for the weakest link cannot "
        "tell the European services apart."
    )


MOVES = {
    "rank_of_services": (
        Move(
            "The lawyer, the engineer",
            "Load *The lawyer*, then *The engineer*. Who is first for each? Both look at the same five services.",
            _two_experts,
            "law-first",
        ),
        Move(
            "Everything equal",
            "All eight objectives get the same weight. Who is first now, and why is this no neutral choice either?",
            _all_alike,
            "equal",
        ),
        Move(
            "Any weights at all",
            "Nobody agrees on anything. Which place is nearly certain all the same?",
            _any_weights,
            "no-view",
        ),
        Move(
            "Perfect agreement",
            "Press Reset and raise *Agreement about the weights* to its end. Does that make the first place certain?",
            _certain,
        ),
        Move(
            "A gate, not a score",
            "Set *Level required* to SEAL-1, SEAL-2 and SEAL-3. Who fails where? In the tender of 2026 the buyer saw "
            "three European clouds at SEAL-3.",
            _gates,
            "as-tendered",
        ),
    ),
    "layer_independence": (
        Move(
            "Chips or orders",
            "Load *Only chips count*, then *Only orders count*. Which services change places, and which do not?",
            _chips_or_orders,
            "only-chips",
        ),
        Move(
            "The weakest link",
            "Move *Compensation between layers* from 1 down to −10. What happens to the differences?",
            _weakest,
            "weakest",
        ),
    ),
}
