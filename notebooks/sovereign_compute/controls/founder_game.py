"""The founder game as a widget: twelve quarters to decide, then what luck and what decisions did; and fixed rules."""

from collections.abc import Mapping
from functools import lru_cache

from ..analysis.settings import complete, inputs
from ..display.tables import Column, Table
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.numerals import number_in
from ..inputs.wording import number, quantity, signed
from ..models.founder import (
    A_YEAR,
    PEOPLE,
    PRICES,
    QUARTERS,
    RAISING,
    ROUNDS,
    ROUTES,
    Decision,
    Game,
    Luck,
    Place,
    State,
    events,
    founder_quarter,
)
from ..models.parts.constants import ONE_QUARTER
from ..models.parts.founder_policy import RULES, Outlook, Quarter, alive, best_policy, play
from ..models.registry import find
from ..surroundings import RUN_ALL
from . import progress
from .widgets import CourseWidget, script

SECTION, ENTRY = "games", "founder"
"""Where the game under way is kept in the learner's file."""
GROUP = "Founder game"
"""The group of the assumptions that nothing but the game uses."""
MOST_GAMES = 999
RENTS = {-1: "cheap", 0: "usual", 1: "expensive"}
PRESENT = {"open": "still open", "refused": "refused, no second try", "closed": "closed"}


def _changes() -> dict[str, float]:
    """What of the learner's scenario the game depends on."""
    return scenarios.current.of(inputs(founder_quarter))


@lru_cache(maxsize=2)
def _outlook(values: tuple) -> Outlook:
    """The best policy for all input values, in the order of the signature; half a second of work the first time."""
    return Outlook(Game(dict(zip(inputs(founder_quarter), values, strict=True))))


def outlook(game: Game) -> Outlook:
    """What the best policy expects in a game."""
    return _outlook(tuple(game.values.values()))


def _million(value: float, digits: int = 1) -> str:
    return number(value, digits)


def founder_rules(**changes) -> Table:
    """What the best policy and simple rules expect for the founders, and how often the firm is alive in the end.

    Both are computed exactly, over all that can happen, for the learner's scenario with changes.
    """
    game = Game(complete(founder_quarter, {**scenarios.current.filled(inputs(founder_quarter)), **changes}))
    best = outlook(game)
    policies = [("The best policy", best_policy(best)), *((rule.name, rule) for rule in RULES)]
    rows = []
    for name, policy in policies:
        expected = best if policy is policies[0][1] else Outlook(game, policy)
        living = Outlook(game, policy, alive).of(0, game.first)
        rows.append((name, expected.of(0, game.first), 100 * living))
    columns = ["Policy", Column("Expected for the founders, million EUR", _million)]
    columns += [Column("Alive after twelve quarters, %", 0)]
    return Table(rows, "What simple rules can expect of this game, and what the best policy can", columns)


# Words ----------------------------------------------------------------------------------------------------------------


def _terms(game: Game) -> list[list[str]]:
    """What a quarter costs and brings, the judgements that only the game has, and its rules."""
    found = [
        [output.label, quantity(getattr(game.terms, output.id), output.unit, output.digits), "computed"]
        for output in find(founder_quarter).outputs
    ]
    chance = f"{number(100 * PRICES[1])} % each"
    rules = [
        ["Chance of a cheap and of an expensive quarter", chance],
        ["A contract lasts, public hours end after", f"{A_YEAR} quarters"],
        ["The account moves in steps of", quantity(game.money_step, "kEUR", 0)],
        ["The product moves in steps of", quantity(game.work_step, "month", 1)],
    ]
    judged = [
        [a.label, quantity(game.values[id], a.unit), f"{a.tier}, {number(a.low)} to {number(a.high)}"]
        for id, a in inputs(founder_quarter).items()
        if a.group == GROUP
    ]
    return found + judged + [[*rule, "rule of the game"] for rule in rules]


def _people(game: Game, team: int) -> str:
    return f"{number(game.values['team'] * game.size[team], 1).removesuffix('.0')} people"


def _source(place: Place) -> str:
    if place.source.kind == "none":
        return "free to choose"
    kind = "contract" if place.source.kind == "contract" else "public hours"
    return f"{kind}, {place.source.left} more quarter{'s' if place.source.left > 1 else ''}"


def _facts(game: Game, state: State, rent: int) -> list[list[str]]:
    """Where a firm stands at the start of a quarter, as pairs of label and text."""
    burn = -game.flow(Place(state.place.team), Decision("rent"), 0, state.work)
    money = game.account(state.money)
    lasts = (
        f"{number(1_000 * money / burn * ONE_QUARTER, 0)} months" if burn > 0 else "for good: it earns what it spends"
    )
    plan = game.values["round_months"]
    return [
        ["Money in the bank", quantity(money, "MEUR", 1)],
        ["Lasts, renting, at today's costs", lasts],
        ["Team", _people(game, state.place.team)],
        ["Product", f"{number(game.work_months(state.work), 0)} months of work, {number(plan)} planned"],
        ["Computing", _source(state.place)],
        ["Rent this quarter", RENTS[rent]],
        ["Round", PRESENT[ROUNDS[state.round]]],
    ]


def _cost(game: Game, state: State, route: str, rent: int) -> str:
    """What computing costs in this quarter; an application also takes work."""
    cost = f"{number(game.computing(route, rent, state.work), 0)} thousand EUR"
    if route in ("apply", "wait"):
        cost += f", granted with {number(game.terms.hours_chance, 0)} %"
    return cost


def _options(game: Game, state: State, rent: int) -> list[dict]:
    """The three choices of a quarter, each with its options, their cost or their chance."""
    possible = game.decisions(state.place, state.round)
    routes = list(dict.fromkeys(decision.route for decision in possible))
    people = list(dict.fromkeys(decision.people for decision in possible))
    raising = list(dict.fromkeys(decision.raising for decision in possible))
    chance = f" (closes with {number(100 * game.round_chance(state.work), 0)} %)"
    return [
        {
            "id": "route",
            "label": "Computing",
            "options": [[route, f"{ROUTES[route]}: {_cost(game, state, route, rent)}"] for route in routes],
        },
        {
            "id": "people",
            "label": "People",
            "options": [
                [str(c), f"{PEOPLE[c]}{f', to {_people(game, state.place.team + c)}' if c else ''}"] for c in people
            ],
        },
        {
            "id": "raising",
            "label": "Round",
            "options": [[str(int(x)), RAISING[x] + (chance if x else "")] for x in raising],
        },
    ]


def _decided(decision: Decision) -> str:
    """A decision in a few words."""
    parts = [ROUTES[decision.route], *([PEOPLE[decision.people].lower()] if decision.people else [])]
    return ", ".join([*parts, *(["raise"] if decision.raising else [])])


def _happened(game: Game, before: State, decision: Decision, after: State) -> str:
    """What a quarter brought, in a sentence or two."""
    if not after.money:
        return "The account is empty. The firm is bankrupt."
    paid = after.money - before.money
    parts = []
    if decision.raising:
        closed = ROUNDS[after.round] == "closed"
        parts.append(f"The round {'closed' if closed else 'was refused'}.")
    if decision.route in ("apply", "wait"):
        granted = after.place.source.kind == "hours"
        parts.append(f"Public hours were {'granted' if granted else 'not granted'}.")
    done = game.work_months(after.work - before.work)
    parts.append(
        f"Account {signed(game.account(paid))} million EUR, product +{number(done, 1).removesuffix('.0')} months."
    )
    return " ".join(parts)


# The game -------------------------------------------------------------------------------------------------------------


class FounderGame(CourseWidget):
    """Twelve quarters, one decision in each, against the best policy on the same luck.

    The game under way (its number, its scenario, the decisions so far) lies in the learner's file, so that it is there
    again when the cell is run once more or the kernel was restarted. It keeps the scenario with which it began.
    """

    _esm = script("founder.js")
    _undone = ("_game", "_number", "_changes", "_luck", "_decisions", "_states")

    def __init__(self):
        problem = self._resume()
        super().__init__(_setup={"most": MOST_GAMES}, _state=self._shown(problem or "Decide the first quarter."))

    def _begin(self, which: int, changes: Mapping[str, float]) -> None:
        game = Game(complete(founder_quarter, changes))  # a CourseError leaves the game before as it is
        self._game, self._number, self._changes = game, which, dict(changes)
        self._luck: list[Luck] = events(which)
        self._decisions: list[Decision] = []
        self._states = [game.first]

    def _resume(self) -> str:
        """Take up the game that was kept, or begin the first one; says what was wrong with the one that was kept."""
        kept = progress.kept(SECTION).get(ENTRY, {})
        try:
            if kept:
                self._begin(_number(kept.get("number")), scenarios.decode(str(kept.get("scenario"))))
                for parts in kept["decisions"]:
                    self._decide(*parts)
                return self._news() if self._decisions else ""
        except (CourseError, KeyError, TypeError):
            self._begin(1, {})
            return "The game that was kept could not be read; here is a new one."
        try:
            self._begin(1, _changes())
        except CourseError as error:
            self._begin(1, {})
            return f"{error}. This game has the course's values."
        return ""

    @property
    def _over(self) -> bool:
        return len(self._decisions) == QUARTERS or not self._states[-1].money

    def _decide(self, route: str, people, raising) -> None:
        if self._over:
            raise CourseError("this game is over: begin a new one")
        state, luck = self._states[-1], self._luck[len(self._decisions)]
        given = {"route": str(route), "people": str(people), "raising": str(raising)}
        for choice in _options(self._game, state, luck.rent):
            allowed = dict(choice["options"])
            if given[choice["id"]] not in allowed:
                raise CourseError(
                    f"{choice['label']}: {given[choice['id']][:40]!r} is not possible in this quarter; allowed is "
                    f"{' or '.join(allowed.values())}"
                )
        decision = Decision(given["route"], int(given["people"]), given["raising"] == "1")
        self._decisions.append(decision)
        self._states.append(self._game.move(state, decision, luck))

    def _news(self) -> str:
        """What the last quarter brought."""
        return _happened(self._game, self._states[-2], self._decisions[-1], self._states[-1])

    def _keep(self) -> str:
        """Keep the game; an empty text, or why that was not possible."""
        decisions = [[d.route, str(d.people), str(int(d.raising))] for d in self._decisions]
        game = {"number": self._number, "scenario": scenarios.encode(self._changes), "decisions": decisions}
        try:
            progress.keep(SECTION, {ENTRY: game})
        except CourseError as error:
            return str(error)
        return ""

    def _answer(self, message: dict, buffers) -> dict:
        try:
            if message.get("kind") == "new":
                self._begin(_number(message.get("number")), _changes())
                says = f"Game {self._number} begins."
            else:
                self._decide(*(message.get(part) for part in ("route", "people", "raising")))
                says = self._news()
        except CourseError as error:
            return {**self._state, "error": str(error)}
        shown = self._shown(says)
        return shown | {"notice": self._keep()}

    def _shown(self, says: str) -> dict:
        quarter, state = len(self._decisions), self._states[-1]
        over = self._over
        rent = 0 if over else self._luck[quarter].rent
        turns = zip(self._states[:-1], self._decisions, self._states[1:], strict=True)
        return {
            "error": "",
            "notice": "",
            "title": f"Game {self._number}: " + ("it is over" if over else f"quarter {quarter + 1} of {QUARTERS}"),
            "number": self._number,
            "says": says,
            "facts": _facts(self._game, state, rent)[: 4 if over else None],
            "choices": [] if over else _options(self._game, state, rent),
            "terms": _terms(self._game),
            "history": [
                [str(i), _decided(decision), _happened(self._game, before, decision, after)]
                for i, (before, decision, after) in enumerate(turns, start=1)
            ],
            "verdict": self._verdict() if over else None,
        }

    def _verdict(self) -> dict:
        """What came out, what the best policy got from the same luck, and what luck and each decision did."""
        best = outlook(self._game)
        played, end = play(best, self._luck, self._decisions)
        _, there = play(best, self._luck)
        got, could = (float(self._game.worth(s.round, s.work, s.money)) for s in (end, there))
        expected = best.of(0, self._game.first)
        luck, lost = sum(q.luck for q in played), sum(q.lost for q in played)
        worst = _worst(played)
        named = ", ".join(f"quarter {i} ({_million(q.lost)})" for i, q in worst) or "none"
        return {
            "text": (
                f"Your founders hold {quantity(got, 'MEUR', 1)}. The best policy expected {_million(expected)}; luck "
                f"{'added' if luck >= 0 else 'took'} {_million(abs(luck))}, decisions cost {_million(lost)}. On the "
                f"same luck the best policy {'holds' if there.money else 'goes under and holds'} {_million(could)}."
            ),
            "worst": f"Decisions that cost most, in million EUR: {named}.",
            "line": (
                f"Game {self._number}, {scenarios.encode(self._changes)}: {_million(got)} = {_million(expected)} "
                f"expected, {signed(luck)} luck, {signed(-lost)} decisions"
            ),
            "rows": [
                [
                    str(i),
                    _decided(q.decision),
                    _decided(q.best) if q.lost else "the same, or worth as much",
                    _million(q.lost, 2),
                    signed(q.luck, 2),
                ]
                for i, q in enumerate(played, start=1)
            ],
            "bars": [[str(i), round(-q.lost, 2), round(q.luck, 2)] for i, q in enumerate(played, start=1)],
            "told": (
                f"Chart. By quarter, what the decision cost and what luck brought. Decisions cost {_million(lost)} "
                f"million EUR in all, most in: {named}. Luck brought {signed(luck)} in all."
            ),
        }

    def __repr__(self) -> str:
        game = Game(complete(founder_quarter))
        facts = [f"  {label:<36}{text}" for label, text in _facts(game, game.first, 0)]
        return "\n".join([f"The founder game. {RUN_ALL} to play.", *facts])


def _worst(played: list[Quarter]) -> list[tuple[int, Quarter]]:
    """The decisions that cost most, three at most, as number of the quarter and quarter; none that cost nothing."""
    dear = [(i, q) for i, q in enumerate(played, start=1) if q.lost]
    return sorted(dear, key=lambda pair: -pair[1].lost)[:3]


def _number(given) -> int:
    """The number of a game as a learner gives it."""
    try:
        found = number_in(str(given), "", 1, MOST_GAMES, float.is_integer)
    except CourseError:
        found = 0
    if not (1 <= found <= MOST_GAMES and found == int(found)):
        raise CourseError(
            f"Number of the game: {str(given)[:20]!r} cannot be played; allowed is a whole number from 1 to "
            f"{MOST_GAMES}"
        )
    return int(found)


def founder_game() -> FounderGame:
    """Play a founder for twelve quarters; everybody with the same number of the game meets the same luck."""
    return FounderGame()
