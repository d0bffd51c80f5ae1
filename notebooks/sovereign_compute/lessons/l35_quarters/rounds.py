"""Many games in a table: of the best policy, or of a rule that a learner has written."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from ...analysis.settings import complete, inputs
from ...controls import founder_game, founder_verdict
from ...controls.founder_game import MOST_GAMES
from ...errors import CourseError
from ...inputs import scenarios
from ...models.founder import ROUNDS, ROUTES, Decision, Game, Luck, State, events, founder_quarter
from ...models.parts.founder_policy import ends, nearest

DIGITS = 6
"""Decimals of a table: the last ones of a double differ between machines."""


class Firm(NamedTuple):
    """What a rule is told at the start of a quarter: money in million EUR, product in months of work."""

    quarter: int
    money: float
    product: float
    team: int
    round: str
    computing: str
    rent: int


def game_values(changes: dict) -> dict[str, float]:
    """All values of the game: those of the learner's scenario, with changes."""
    return complete(founder_quarter, {**scenarios.current.filled(inputs(founder_quarter)), **changes})


@lru_cache
def _luck(most: int) -> list[list[Luck]]:
    return [events(number) for number in range(1, most + 1)]


@lru_cache(maxsize=4)
def _ends(game: Game) -> list[State]:
    """The firms in the end of all games of the best policy."""
    return ends(founder_game.outlook(game), _luck(MOST_GAMES))


def table_of_games(game: Game, firms: list[State] | None = None) -> pd.DataFrame:
    """One row for each game: what the founders hold, and the firm in the end. By itself of the best policy."""
    firms = _ends(game) if firms is None else firms
    return pd.DataFrame(
        {
            "game": range(1, len(firms) + 1),
            "result": [founder_verdict.held(game, end) for end in firms],
            "round": [ROUNDS[end.round] for end in firms],
            "product": [float(game.work_months(end.work)) for end in firms],
            "money": [float(game.account(end.money)) for end in firms],
            "team": [game.values["team"] * game.size[end.place.team] for end in firms],
        }
    ).round(DIGITS)


def games(rule: Callable | None = None, most: int = MOST_GAMES, **changes) -> pd.DataFrame:
    """Games in a table, of the best policy or of a rule: number of the ``game``, ``result`` (what the founders hold,
    million EUR), ``round``, months of ``product``, ``money`` (million EUR) and ``team`` in the end.

    A rule is a function of the firm at the start of a quarter (``quarter``, ``money``, ``product``, ``team``,
    ``round``, ``computing``, ``rent``). It returns where computing comes from ("rent", "apply", "wait", "sign" or
    "none"), whether the team grows (above 0), stays (0) or shrinks (below 0), and whether to raise a round. What is not
    possible gives way to the first choice that is. CourseError if it returns anything else.
    """
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MOST_GAMES:
        raise CourseError(f"most: {most!r} games cannot be played; allowed is a whole number from 1 to {MOST_GAMES}")
    game = Game(game_values(changes))
    if rule is None:
        return table_of_games(game).head(most)
    return table_of_games(game, [_played(game, rule, luck) for luck in _luck(most)])


def _played(game: Game, rule: Callable, luck: list[Luck]) -> State:
    state = game.first
    for quarter, chances in enumerate(luck, start=1):
        if not state.money:
            break
        firm = Firm(
            quarter,
            float(game.account(state.money)),
            float(game.work_months(state.work)),
            state.place.team,
            ROUNDS[state.round],
            state.place.source.kind,
            chances.rent,
        )
        state = game.move(state, nearest(game, state, _decision(rule(firm))), chances)
    return state


def _decision(given) -> Decision:
    """What a rule returned, as a decision."""
    try:
        route, people, raising = given
        decision = Decision(str(route), (people > 0) - (people < 0), bool(raising))
    except (TypeError, ValueError):
        raise CourseError(
            f"the rule returned {repr(given)[:40]}; it is to return three things: route, people, raise"
        ) from None
    if decision.route not in ROUTES:
        raise CourseError(f"route: {decision.route[:20]!r} is not known; allowed is {', '.join(ROUTES)}")
    return decision
