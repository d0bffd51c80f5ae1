"""The best policy of the founder game by dynamic programming, the exact worth of fixed rules, and luck told apart.

Method: backward induction (Bellman 1957) over all states that can be reached. The best policy knows the chances and the
rent of the present quarter; it does not see the future.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..founder import PACE, PRICES, ROUNDS, Decision, Game, Luck, Place, State

TIE = 1e-9
"""Decisions whose worth differs by less (MEUR) count as equal: the sums of the programme are rounded."""
SHARES = np.array(list(PRICES.values()))[:, None, None, None]


def alive(game: Game, round: int, work: np.ndarray, money: np.ndarray) -> np.ndarray:
    """1 for a firm that is alive in the end: what to expect of it is the chance of that."""
    return np.where(money > 0, 1.0, 0.0) + 0 * work


class Outlook:
    """What to expect from each state on, under the best policy or a given one; computed where it is asked for.

    Arrays have the shape (rent of the quarter, round, steps of work, steps of money) of ``PRICES`` and ``ROUNDS``, with
    length 1 where a number does not depend on it. ``policy`` takes an outlook, a quarter and a place, and gives pairs:
    a decision, and the share of 1 with which it is taken in each state. ``measure`` says what counts in the end: what
    the founders hold (MEUR), or another function with the arguments of ``Game.worth``.
    """

    def __init__(self, game: Game, policy: Callable | None = None, measure: Callable = Game.worth):
        self.game, self._policy, self._measure = game, policy, measure
        self._known: dict[tuple[int, Place], np.ndarray] = {}

    def at(self, quarter: int, place: Place) -> np.ndarray:
        """Expectation at the start of a quarter, before its rent is known; shape (round, work, money)."""
        if (quarter, place) not in self._known:
            self._known[quarter, place] = self._find(quarter, place)
        return self._known[quarter, place]

    def of(self, quarter: int, state: State) -> float:
        """The same for one state."""
        return float(self.at(quarter, state.place)[state.round, state.work, state.money])

    def work(self, quarter: int) -> np.ndarray:
        """All steps of the product that can be reached by a quarter."""
        return np.arange(PACE * quarter + 1)

    def _find(self, quarter: int, place: Place) -> np.ndarray:
        game = self.game
        if quarter == game.quarters:
            work, money = self.work(quarter)[:, None], np.arange(game.top + 1)[None, :]
            return np.stack([self._measure(game, round, work, money) for round in range(len(ROUNDS))])
        if self._policy is not None:
            chosen = self._policy(self, quarter, place)
            return (SHARES * sum(share * self.worth(quarter, place, d) for d, share in chosen)).sum(axis=0)
        best = np.full((len(PRICES), len(ROUNDS), PACE * quarter + 1, game.top + 1), -np.inf)
        for decision in game.decisions(place, 0):
            part = best[:, :1] if decision.raising else best
            np.maximum(part, self.worth(quarter, place, decision), out=part)
        return (SHARES * best).sum(axis=0)

    def worth(self, quarter: int, place: Place, decision: Decision) -> np.ndarray:
        """What a decision is worth if all later ones follow the policy."""
        game, work, after = self.game, self.work(quarter), self._next(quarter, place, decision)
        if decision.raising:
            # Who cannot pay the quarter does not live to see the round.
            paid = after[2][:, np.minimum(np.arange(game.top + 1) + game.round_steps, game.top)]
            paid[:, 0] = after[2][:, 0]
            chance = game.round_chance(work)[:, None]
            after = (chance * paid + (1 - chance) * after[1])[None]
        dear = decision.route in ("rent", "apply", "hours")
        flows = np.stack([game.flow(place, decision, price, work) for price in (PRICES if dear else [0])])
        middle, chances = game.moves(flows)
        # A window of the account around where it goes; below nothing and above the top it stays there.
        pad = int(np.abs(middle).max()) + 1
        padded = np.pad(after, ((0, 0), (0, 0), (pad, pad)), mode="edge")
        windows = sliding_window_view(padded, game.top + 3, axis=2)
        rows = windows[:, np.arange(len(work))[None, :], middle + pad - 1]
        parts = (rows[..., :-2], rows[..., 1:-1], rows[..., 2:])
        found = sum(chance[None, :, :, None] * part for chance, part in zip(chances, parts, strict=True))
        found[..., 0] = after[:, None, :, 0]
        return found.swapaxes(0, 1)

    def _next(self, quarter: int, place: Place, decision: Decision) -> np.ndarray:
        """Expectation a quarter later, over answers to an application and luck with the work."""
        rows, done = PACE * quarter + 1, self.game.done(place, decision)
        mixed = sum(share * self.at(quarter + 1, there) for share, there in self.game.after(place, decision) if share)
        whole = min(int(done), PACE - 1)
        more = done - whole
        return (1 - more) * mixed[:, whole : whole + rows] + more * mixed[:, whole + 1 : whole + 1 + rows]


def best_policy(best: Outlook) -> Callable:
    """The best decisions of an outlook as a policy of its own: the first of those that are worth the same."""

    def policy(_, quarter: int, place: Place):
        worth = {decision: best.worth(quarter, place, decision) for decision in best.game.decisions(place, 0)}
        shape = (len(PRICES), len(ROUNDS), PACE * quarter + 1, best.game.top + 1)
        most = np.full(shape, -np.inf)
        for decision, q in worth.items():
            part = most[:, :1] if decision.raising else most
            np.maximum(part, q, out=part)
        free = np.ones(shape, dtype=bool)
        for decision, q in worth.items():
            chosen = free & (q >= most - TIE)
            if decision.raising:
                chosen[:, 1:] = False
            free &= ~chosen
            if chosen.any():
                yield decision, chosen

    return policy


@dataclass(frozen=True)
class Rule:
    """A fixed rule: the route where there is a choice, the team to aim for, the product (of the plan) to raise with."""

    name: str
    route: str
    team: int = 1
    ready: float = 1.0

    def decide(self, place: Place, raising: bool = False) -> Decision:
        """The decision of the rule at a place."""
        kind = place.source.kind
        return Decision(self.route if kind == "none" else kind, int(np.sign(self.team - place.team)), raising)

    def __call__(self, outlook: Outlook, quarter: int, place: Place):
        months = outlook.game.work_months(outlook.work(quarter))
        raising = np.zeros((1, len(ROUNDS), len(months), 1))
        raising[0, 0, :, 0] = months >= self.ready * outlook.game.values["round_months"] - TIE
        yield self.decide(place), 1 - raising
        if raising.any():
            yield self.decide(place, True), raising


RULES = (
    Rule("Rent, keep the team, raise with the planned product", "rent"),
    Rule("The same, and apply for public hours at once", "apply"),
    Rule("The same, but rent nothing until the hours come", "wait"),
    Rule("The same with a contract for a year", "sign"),
    Rule("Apply, grow in every quarter", "apply", team=3),
    Rule("No computing, a smaller team", "none", team=0),
    Rule("Apply, keep the team, raise with half the product", "apply", ready=0.5),
    Rule("Apply, keep the team, never raise", "apply", ready=float("inf")),
)


# What was played ------------------------------------------------------------------------------------------------------


class Quarter(NamedTuple):
    """One quarter that was played: what was there, what was decided, and what luck and decision did (MEUR)."""

    state: State
    price: int
    decision: Decision
    best: Decision
    lost: float
    luck: float


def _here(worth: np.ndarray, state: State, price: int) -> float:
    """One number of an array of an outlook: that of a state and of the rent of the quarter."""
    rent, round = min(list(PRICES).index(price), len(worth) - 1), min(state.round, worth.shape[1] - 1)
    return float(worth[rent, round, state.work, state.money])


def options(best: Outlook, quarter: int, state: State, price: int) -> dict[Decision, float]:
    """What each decision is worth in a state (MEUR)."""
    return {
        decision: _here(best.worth(quarter, state.place, decision), state, price)
        for decision in best.game.decisions(state.place, state.round)
    }


def first_of_best(worth: dict[Decision, float]) -> Decision:
    """The best of some decisions; of those that are worth the same the first."""
    most = max(worth.values())
    return next(decision for decision, value in worth.items() if value >= most - TIE)


def play(best: Outlook, luck: list[Luck], decisions: list[Decision] | None = None) -> tuple[list[Quarter], State]:
    """The quarters played and the firm after them; without ``decisions`` the best policy plays to the end.

    A dead firm decides nothing more. Over a whole game, the worth in the end is what the best policy expected at the
    start, plus all luck, less all that decisions lost.
    """
    game, state, played = best.game, best.game.first, []
    for quarter, chances in enumerate(luck[: game.quarters if decisions is None else len(decisions)]):
        if state.money == 0:
            break
        worth = options(best, quarter, state, chances.rent)
        wanted = first_of_best(worth)
        decision = wanted if decisions is None else decisions[quarter]
        after = game.move(state, decision, chances)
        lost = max(worth.values()) - worth[decision]
        gained = best.of(quarter + 1, after) - best.of(quarter, state) + lost
        played.append(Quarter(state, chances.rent, decision, wanted, lost if lost > TIE else 0.0, gained))
        state = after
    return played, state


def nearest(game: Game, state: State, wanted: Decision) -> Decision:
    """The decision of another state as far as it is possible in this one: a part that is not gives way to the first."""
    columns = zip(*game.decisions(state.place, state.round), strict=True)
    return Decision(*(part if part in column else column[0] for part, column in zip(wanted, columns, strict=True)))


def otherwise(
    best: Outlook, luck: list[Luck], played: list[Decision], quarter: int, decision: Decision, follow: bool = True
) -> list[Decision]:
    """The decisions of a whole game in which one was another, on the same luck.

    Afterwards they are the `nearest` to those played, or the best ones: without ``follow``, and where none was played
    because the firm had gone under.
    """
    game, state, made = best.game, best.game.first, []
    for now, chances in enumerate(luck[: game.quarters]):
        if not state.money:
            break
        if now <= quarter:
            made.append(decision if now == quarter else played[now])
        elif follow and now < len(played):
            made.append(nearest(game, state, played[now]))
        else:
            made.append(first_of_best(options(best, now, state, chances.rent)))
        state = game.move(state, made[-1], chances)
    return made


def ends(best: Outlook, luck: list[list[Luck]]) -> list[State]:
    """The firms in the end of many games of the best policy: `play` for each, but faster.

    What a decision is worth is found once for all firms that are at one place in one quarter.
    """
    game, states = best.game, [best.game.first for _ in luck]
    for quarter in range(game.quarters):
        firms: dict[Place, list[int]] = {}
        for firm, state in enumerate(states):
            if state.money:
                firms.setdefault(state.place, []).append(firm)
        for place, there in firms.items():
            worth = {decision: best.worth(quarter, place, decision) for decision in game.decisions(place, 0)}
            for firm in there:
                state, chances = states[firm], luck[firm][quarter]
                possible = {d: _here(worth[d], state, chances.rent) for d in game.decisions(place, state.round)}
                states[firm] = game.move(state, first_of_best(possible), chances)
    return states
