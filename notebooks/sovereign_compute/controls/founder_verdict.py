"""The founder game looked back on: what luck and decisions did, and what another decision would have changed."""

from ..inputs import scenarios
from ..inputs.wording import number, quantity, signed
from ..models.founder import Decision, Game, Luck, State
from ..models.parts.founder_policy import Outlook, Quarter, options, otherwise, play
from .founder_words import as_given, decided, facts
from .founder_words import options as choices_of

FOLLOWS = {"yours": "Go on as you did", "best": "The best policy goes on"}
"""What follows a decision that is tried afterwards."""
NEAR = 0.05
"""Results that differ by less (MEUR) are the same to a reader."""


def _million(value: float, digits: int = 1) -> str:
    return number(value, digits)


def held(game: Game, end: State) -> float:
    """What the founders hold of a firm in the end (MEUR)."""
    return float(game.worth(end.round, end.work, end.money))


def _worst(played: list[Quarter]) -> list[tuple[int, Quarter]]:
    """The decisions that cost most, three at most, as number of the quarter and quarter; none that cost nothing."""
    dear = [(i, q) for i, q in enumerate(played, start=1) if q.lost]
    return sorted(dear, key=lambda pair: -pair[1].lost)[:3]


def verdict(best: Outlook, played: list[Quarter], end: State, there: State, number_of: int, changes: dict) -> dict:
    """What came out, what the best policy (``there``) got from the same luck, and what luck and each decision did."""
    game, expected = best.game, best.of(0, best.game.first)
    got, could = held(game, end), held(game, there)
    luck, lost = sum(q.luck for q in played), sum(q.lost for q in played)
    named = ", ".join(f"quarter {i} ({_million(q.lost)})" for i, q in _worst(played)) or "none"
    return {
        "got": _million(got),
        "parts": [
            ["The best policy expected", _million(expected), ""],
            ["luck", signed(luck), "luck"],
            ["your decisions", signed(-lost), "lost"],
        ],
        "text": (
            f"Your founders hold {quantity(got, 'MEUR', 1)}. The best policy expected {_million(expected)}; luck "
            f"{'added' if luck >= 0 else 'took'} {_million(abs(luck))}, decisions cost {_million(lost)}. On the "
            f"same luck the best policy {'holds' if there.money else 'goes under and holds'} {_million(could)}."
        ),
        "worst": f"Decisions that cost most, in million EUR: {named}.",
        "line": (
            f"Game {number_of}, {scenarios.encode(changes)}: {_million(got)} = {_million(expected)} "
            f"expected, {signed(luck)} luck, {signed(-lost)} decisions"
        ),
        "rows": [
            [
                str(i),
                decided(q.decision),
                decided(q.best) if q.lost else "the same, or worth as much",
                _million(q.lost, 2),
                signed(q.luck, 2),
            ]
            for i, q in enumerate(played, start=1)
        ],
    }


# What if --------------------------------------------------------------------------------------------------------------


def what_if(
    best: Outlook, luck: list[Luck], played: list[Quarter], end: State, quarter: int, decision: Decision, then: str
) -> tuple[dict, list[State]]:
    """The game with another decision in one quarter (from 0), on the same luck: what to show, and the firms from then.

    Without a change of the decision the rest can still be another: that of the best policy.
    """
    game, here, yours = best.game, played[quarter], [q.decision for q in played]
    made = otherwise(best, luck, yours, quarter, decision, then == "yours")
    replayed, after = play(best, luck, made)
    states = [*(q.state for q in replayed), after]
    worth = options(best, quarter, here.state, here.price)
    gain, change = worth[decision] - worth[here.decision], held(game, states[-1]) - held(game, end)
    now = quantity(held(game, after), "MEUR", 1)
    said = [f"On the luck of this game your founders would hold {now} instead of {_million(held(game, end))}."]
    if decision != here.decision:
        said = [_before(gain), *said, _moral(gain, change)]
    if then == "yours":
        said.append(_moved(yours, made, quarter))
    if made == yours:
        said = ["That is what you decided. Choose something else, and see."]
    return {
        "quarter": quarter + 1,
        "title": f"Quarter {quarter + 1}: what if?",
        "had": _had(game, here),
        "choices": choices_of(game, here.state, here.price),
        "given": as_given(decision),
        "yours": as_given(here.decision),
        "best": as_given(here.best),
        "then": then,
        "text": " ".join(filter(None, said)),
    }, states[quarter:]


def _had(game: Game, here: Quarter) -> str:
    """Where the firm stood, in a sentence."""
    money, product, team, *_ = facts(game, here.state, here.price)
    return f"The firm had {money[1]}, {product[1]} and {team[1]}. You decided: {decided(here.decision)}."


def _before(gain: float) -> str:
    """What the other decision was worth before its luck was known."""
    if abs(gain) < NEAR:
        return "Before the luck was known, this decision was worth as much as yours."
    more = "more" if gain > 0 else "less"
    return (
        f"Before the luck was known, this decision was worth {quantity(abs(gain), 'MEUR', 1)} {more} than yours, with "
        "the best policy after both."
    )


def _moral(gain: float, change: float) -> str:
    """What expectation and result say of each other."""
    if abs(gain) < NEAR or abs(change) < NEAR or (gain > 0) == (change > 0):
        return ""
    return (
        "A better decision that ends worse: such is luck."
        if gain > 0
        else "A worse decision that ends better: such is luck."
    )


def _moved(yours: list[Decision], made: list[Decision], quarter: int) -> str:
    """Where later decisions could not stay as they were."""
    other = [i for i in range(quarter + 1, min(len(yours), len(made))) if yours[i] != made[i]]
    said = []
    if other:
        numbers = ", ".join(str(i + 1) for i in other)
        said.append(
            f"Not all that you decided later was possible: in quarter{'s' if len(other) > 1 else ''} {numbers} the "
            "nearest thing was done."
        )
    if len(made) > len(yours):
        said.append(f"From quarter {len(yours) + 1} on, when your firm was gone, the best policy decided.")
    return " ".join(said)
