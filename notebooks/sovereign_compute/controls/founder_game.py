"""The founder game as a widget: twelve quarters to decide; then what luck and decisions did, and what else could be."""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from ..analysis.evaluation import course_values
from ..analysis.settings import complete, inputs
from ..display.views import founder_game as drawn
from ..errors import CourseError
from ..inputs import data, scenarios
from ..inputs.numerals import number_in
from ..inputs.wording import number
from ..models.founder import QUARTERS, Decision, Game, Luck, State, events, founder_quarter
from ..models.parts.founder_policy import Outlook, play
from ..surroundings import RUN_ALL
from . import progress
from .founder_verdict import FOLLOWS, NEAR, verdict, what_if
from .founder_words import as_given, chosen, decided, facts, happened, options, terms
from .widgets import CourseWidget, script, sentences, style

SECTION, ENTRY = "games", "founder"
"""Where the game under way is kept in the learner's file."""
MOST_GAMES = 999
FIRST = "Decide the first quarter."


def _changes() -> dict[str, float]:
    """What of the learner's scenario the game depends on."""
    return scenarios.current.of(inputs(founder_quarter))


@lru_cache(maxsize=2)
def outlook(game: Game) -> Outlook:
    """What the best policy expects in a game; half a second of work the first time."""
    return Outlook(game)


class FounderGame(CourseWidget):
    """Twelve quarters, one decision in each, against the best policy on the same luck.

    The game under way (its number, its scenario, the decisions so far) lies in the learner's file, so that it is there
    again when the cell is run once more or the kernel was restarted. It keeps the scenario with which it began. What is
    tried after the end is not kept.
    """

    _css = style("founder.css")
    _esm = script("founder.js")
    _chart = sentences()
    _begun = 0  # games of this widget: a new one has its choices made anew
    _undone = ("_game", "_begun", "_number", "_changes", "_luck", "_decisions", "_states", "_tried", "_chart")

    def __init__(self):
        problem = self._resume()
        told = [{"source": data.cited(id)} for id in dict.fromkeys(a.source for a in inputs(founder_quarter).values())]
        super().__init__(
            _setup={
                "most": MOST_GAMES,
                "quarters": QUARTERS,
                "follows": [[id, words] for id, words in FOLLOWS.items()],
                # What stands below a picture that is taken away.
                "title": "Founder game",
                "inputs": told,
                "compared": {"name": "", "code": ""},
                "base": course_values(founder_quarter).words,
            },
            _chart={},
            _state={},
        )
        self._state = self._shown(problem or FIRST)

    def _begin(self, which: int, changes: Mapping[str, float]) -> None:
        game = Game(complete(founder_quarter, changes))  # a CourseError leaves the game before as it is
        self._game, self._number, self._changes = game, which, dict(changes)
        self._luck: list[Luck] = events(which)
        self._decisions: list[Decision] = []
        self._states = [game.first]
        self._tried: tuple[int, Decision, str] | None = None
        self._begun += 1
        self.__dict__.pop("_played", None)

    def _resume(self) -> str:
        """Take up the game that was kept, or begin the first one; says what was wrong with the one that was kept."""
        kept = progress.kept(SECTION).get(ENTRY, {})
        try:
            if kept:
                self._begin(_number(kept.get("number")), scenarios.decode(str(kept.get("scenario"))))
                for route, people, raising in kept["decisions"]:
                    self._decide({"route": route, "people": people, "raising": raising})
                return self._news() if self._decisions else ""
        except (CourseError, KeyError, TypeError, ValueError):
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

    @property
    def _rent(self) -> int:
        return 0 if self._over else self._luck[len(self._decisions)].rent

    def _decide(self, given: dict) -> None:
        if self._over:
            raise CourseError("this game is over: begin a new one")
        state, luck = self._states[-1], self._luck[len(self._decisions)]
        decision = chosen(options(self._game, state, luck.rent), given)
        self._decisions.append(decision)
        self._states.append(self._game.move(state, decision, luck))

    def _try(self, given: dict) -> None:
        """Another decision in a quarter of a game that is over; without one, what was decided there."""
        if not self._over:
            raise CourseError("what another decision would have brought is told when the game is over")
        quarter = _whole(given.get("quarter"), "Quarter", len(self._decisions), "was not played") - 1
        then = str(given.get("then", "yours"))
        if then not in FOLLOWS:
            raise CourseError(f"What follows: {then[:20]!r} is not possible; allowed is {' or '.join(FOLLOWS)}")
        decision = self._decisions[quarter]
        if "route" in given:
            decision = chosen(options(self._game, self._states[quarter], self._luck[quarter].rent), given)
        self._tried = (quarter, decision, then)

    def _news(self) -> str:
        """What the last quarter brought."""
        return happened(self._game, self._states[-2], self._decisions[-1], self._states[-1])

    def _keep(self) -> str:
        """Keep the game; an empty text, or why that was not possible."""
        decisions = [list(as_given(decision).values()) for decision in self._decisions]
        game = {"number": self._number, "scenario": scenarios.encode(self._changes), "decisions": decisions}
        try:
            progress.keep(SECTION, {ENTRY: game})
        except CourseError as error:
            return str(error)
        return ""

    def _answer(self, message: dict, buffers) -> dict | None:
        kind = message.get("kind")
        try:
            if kind == "new":
                self._begin(_number(message.get("number")), _changes())
                says = f"Game {self._number} begins. {FIRST}"
            elif kind == "what if":
                self._try(message)
                return self._shown(self._news())
            elif kind == "decide":
                self._decide(message)
                says = self._news()
            else:
                return None
        except CourseError as error:
            return {**self._state, "error": str(error)}
        shown = self._shown(says)
        return shown | {"notice": self._keep()}

    @cached_property
    def _played(self) -> tuple:
        """The quarters of a game that is over, and those of the best policy on the same luck; worked out once."""
        best = outlook(self._game)
        return play(best, self._luck, self._decisions), play(best, self._luck)

    def _shown(self, says: str) -> dict:
        game, quarter, state = self._game, len(self._decisions), self._states[-1]
        over = self._over
        turns = list(zip(self._states, self._decisions, self._states[1:], strict=False))
        shown = {
            "error": "",
            "notice": "",
            "title": f"Game {self._number}: " + ("it is over" if over else f"quarter {quarter + 1} of {QUARTERS}"),
            "number": self._number,
            "begun": self._begun,
            "code": scenarios.encode(self._changes),
            "played": quarter,
            "text": says,
            "facts": facts(game, state, self._rent)[: 4 if over else None],
            "choices": [] if over else options(game, state, self._rent),
            "terms": terms(game),
            "history": [
                [str(i), decided(decision), happened(game, before, decision, after)]
                for i, (before, decision, after) in enumerate(turns, start=1)
            ],
            "verdict": None,
            "track": [],
            "other": None,
        }
        return shown | (self._looked_back() if over else self._under_way())

    def _under_way(self) -> dict:
        """The curves while the game goes on, and where they lead if nothing changes."""
        rows = [*drawn.pace(self._game, self._states[-1], len(self._decisions))]
        return self._drawn((drawn.YOURS, drawn.PACE), rows, {})

    def _looked_back(self) -> dict:
        """What is shown after the end: the verdict, all curves, and another decision if one is tried."""
        best = outlook(self._game)
        (played, end), (theirs, there) = self._played
        firms = {drawn.BEST: (0, [*(q.state for q in theirs), there])}
        other = None
        if self._tried:
            other, states = what_if(best, self._luck, played, end, *self._tried)
            if states != self._states[self._tried[0] :]:
                firms[drawn.OTHER] = (self._tried[0], states)
        rows = list(drawn.outlook_rows(best, played))
        shown = verdict(best, played, end, there, self._number, self._changes)
        names = (drawn.YOURS, *firms)
        return {
            "verdict": shown,
            "track": [[str(i), number(q.lost, 1) if q.lost >= NEAR else ""] for i, q in enumerate(played, start=1)],
            "other": other,
            **self._drawn(names, rows, firms, shown["text"]),
        }

    def _drawn(
        self, names: tuple[str, ...], rows: list[dict], firms: dict[str, tuple[int, list[State]]], said: str = ""
    ) -> dict:
        """The rows of the chart and what they say; the chart itself is sent where it is another one."""
        spec = drawn.curves(names, self._over)
        if self._chart.get("spec") != spec:
            self._chart = {"spec": spec}
        lines = [row for who, (start, states) in firms.items() for row in drawn.firm(self._game, who, states, start)]
        lines = [*lines, *drawn.firm(self._game, drawn.YOURS, self._states), *rows]
        told = drawn.told(self._game, self._states, {who: states[-1] for who, (_, states) in firms.items()})
        return {
            "rows": drawn.columns([*lines, *drawn.events(self._game, self._states), drawn.plan(self._game)]),
            "sentence": f"{told} {said}".strip(),
        }

    def __repr__(self) -> str:
        game = Game(complete(founder_quarter))
        lines = [f"  {label:<12}{' · '.join(filter(None, parts))}" for label, *parts in facts(game, game.first, 0)]
        return "\n".join([f"The founder game. {RUN_ALL} to play.", *lines])


def _whole(given, field: str, most: int, why: str) -> int:
    """A whole number from 1 on, as a learner gives it; CourseError names the field and says ``why`` it is none."""
    try:
        found = number_in(str(given), "", 1, most, float.is_integer)
    except CourseError:
        found = 0
    if not (1 <= found <= most and found == int(found)):
        raise CourseError(f"{field}: {str(given)[:20]!r} {why}; allowed is a whole number from 1 to {most}")
    return int(found)


def _number(given) -> int:
    """The number of a game as a learner gives it."""
    return _whole(given, "Number of the game", MOST_GAMES, "cannot be played")


def founder_game() -> FounderGame:
    """Play a founder for twelve quarters; everybody with the same number of the game meets the same luck."""
    return FounderGame()
