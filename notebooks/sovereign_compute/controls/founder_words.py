"""The founder game in words: where a firm stands, what can be decided and at what price, and what a quarter brought."""

from ..analysis.settings import inputs
from ..errors import CourseError
from ..inputs.wording import number, quantity, signed
from ..models.founder import (
    A_YEAR,
    PEOPLE,
    PRICES,
    RAISING,
    ROUNDS,
    ROUTES,
    Decision,
    Game,
    Place,
    State,
    founder_quarter,
)
from ..models.parts.constants import ONE_QUARTER
from ..models.registry import find

GROUP = "Founder game"
"""The group of the assumptions that nothing but the game uses."""
RENTS = {-1: "cheap", 0: "usual", 1: "expensive"}
PRESENT = {"open": "still open", "refused": "refused, no second try", "closed": "closed"}


def terms(game: Game) -> list[list[str]]:
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


def people(game: Game, team: int) -> str:
    return f"{number(game.values['team'] * game.size[team], 1).removesuffix('.0')} people"


def facts(game: Game, state: State, rent: int) -> list[list[str]]:
    """Where a firm stands at the start of a quarter: label, what there is, and what to know of it."""
    burn = -game.flow(Place(state.place.team), Decision("rent"), 0, state.work)
    money = game.account(state.money)
    lasts = (
        f"lasts {number(1_000 * money / burn * ONE_QUARTER, 0)} months, renting"
        if burn > 0
        else "it earns what it spends"
    )
    kind, left = state.place.source
    free = kind == "none"
    chance = f"a round now closes with {number(100 * game.round_chance(state.work), 0)} %"
    return [
        ["Money", quantity(money, "MEUR", 1), lasts if state.money else "the firm is bankrupt"],
        [
            "Product",
            f"{number(game.work_months(state.work), 0)} months of work",
            f"{number(game.values['round_months'])} planned",
        ],
        ["Team", people(game, state.place.team), f"{number(game.values['team'])} at the start"],
        ["Round", PRESENT[ROUNDS[state.round]], chance if ROUNDS[state.round] == "open" else ""],
        [
            "Computing",
            "free to choose" if free else "contract" if kind == "contract" else "public hours",
            "" if free else f"{left} more quarter{'s' if left > 1 else ''}",
        ],
        ["Rent", RENTS[rent], "this quarter"],
    ]


def cost(game: Game, state: State, route: str, rent: int) -> str:
    """What computing costs in this quarter; an application also takes work."""
    said = f"{number(game.computing(route, rent, state.work), 0)} thousand EUR"
    if route in ("apply", "wait"):
        said += f", granted with {number(game.terms.hours_chance, 0)} %"
    return said


def pay(game: Game, state: State, change: int) -> str:
    """What the team costs in this quarter if it changes so; computing apart."""
    free = Decision("none", change)
    earned = game.values["revenue"] * ONE_QUARTER * game.growth("revenue_growth", state.work)
    return f"{number(earned - game.flow(state.place, free, 0, state.work), 0)} thousand EUR"


def options(game: Game, state: State, rent: int) -> list[dict]:
    """The three choices of a quarter, each with its options: value, name, and cost or chance."""
    possible = game.decisions(state.place, state.round)
    routes, changes, raising = (list(dict.fromkeys(column)) for column in zip(*possible, strict=True))
    chance = f"closes with {number(100 * game.round_chance(state.work), 0)} %"
    return [
        {
            "id": "route",
            "label": "Computing",
            "options": [[route, ROUTES[route], cost(game, state, route, rent)] for route in routes],
        },
        {
            "id": "people",
            "label": "People",
            "options": [
                [
                    str(c),
                    f"{PEOPLE[c]}{f' to {people(game, state.place.team + c)}' if c else ''}",
                    pay(game, state, c),
                ]
                for c in changes
            ],
        },
        {
            "id": "raising",
            "label": "Round",
            "options": [[str(int(x)), RAISING[x], chance if x else ""] for x in raising],
        },
    ]


def chosen(choices: list[dict], given: dict) -> Decision:
    """The decision that a page asks for; CourseError names the choice, what was given, and what is allowed."""
    for choice in choices:
        allowed = {value: name for value, name, _ in choice["options"]}
        if str(given.get(choice["id"])) not in allowed:
            raise CourseError(
                f"{choice['label']}: {str(given.get(choice['id']))[:40]!r} is not possible in this quarter; allowed is "
                f"{' or '.join(allowed.values())}"
            )
    return Decision(str(given["route"]), int(given["people"]), str(given["raising"]) == "1")


def as_given(decision: Decision) -> dict[str, str]:
    """A decision as the page and the learner's file have it."""
    return {"route": decision.route, "people": str(decision.people), "raising": str(int(decision.raising))}


def decided(decision: Decision) -> str:
    """A decision in a few words."""
    parts = [ROUTES[decision.route], *([PEOPLE[decision.people].lower()] if decision.people else [])]
    return ", ".join([*parts, *(["raise"] if decision.raising else [])])


def happened(game: Game, before: State, decision: Decision, after: State) -> str:
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
