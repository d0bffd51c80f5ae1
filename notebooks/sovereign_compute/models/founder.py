"""The founder game: what a quarter costs and brings, and the rules by which twelve of them follow one another.

Method: a Markov decision process with a small number of states. The account is kept in steps and the product in steps
of work, as in a trinomial tree: luck moves both to neighbouring steps with probabilities that keep the mean exactly and
the spread of the account as far as a step allows.
"""

import math
from typing import NamedTuple

import numpy as np

from ..errors import CourseError
from .parts.constants import (
    EUROS_PER_MILLION,
    EUROS_PER_THOUSAND,
    HOURS_PER_THOUSAND,
    MONTHS_PER_YEAR,
    ONE_MONTH,
    ONE_PERSON,
    ONE_QUARTER,
    PERCENT,
    SMALLEST_PART,
    WORKDAYS_PER_YEAR,
)
from .parts.special import larger, smaller
from .registry import Output, model
from .runway import thousands, waiting_months

QUARTERS = 12
A_YEAR = 4
"""Quarters for which a contract is signed, and after which public hours that were not used are gone."""
LEVELS = 80
"""Steps of the account between nothing and the money of the start and the round together, at most."""
FEWEST = 4
"""Steps of the account that the money of the start must have: with fewer, rounding would decide."""
PACE = 2
"""Steps of the product that the largest team can do in a quarter."""
TEAMS = 4
"""Sizes of the team: one step smaller than at the start, as at the start, one and two steps larger."""
PRICES = {-1: 0.25, 0: 0.5, 1: 0.25}
"""Rent of a quarter (cheap, usual, dear) and how likely it is."""
SEED = 32


class FounderQuarter(NamedTuple):
    """What a quarter costs, what work it brings, and what luck may do to it."""

    burn: object
    left: object
    rent: object
    dear: object
    reserved: object
    hire: object
    leaving: object
    noise: object
    without: object
    raising: object
    applying: object
    covered: object
    later: object
    hours_chance: object
    earning: object
    round_chance: object
    priced: object
    unpriced: object


@model(
    "A quarter of the founder game",
    Output("burn", "Spent beyond revenue, first quarter, renting", "kEUR", 0),
    Output("left", "Money after such a quarter", "kEUR", 0),
    Output("rent", "Computing on demand", "kEUR", 0),
    Output("dear", "Computing on demand in an expensive quarter", "kEUR", 0),
    Output("reserved", "Computing with a contract of a year", "kEUR", 0),
    Output("hire", "One step more of the team", "kEUR", 0),
    Output("leaving", "Pay for those who leave, one step", "kEUR", 0),
    Output("noise", "Noise of the account in a quarter", "kEUR", 0),
    Output("without", "Work of a quarter without computing", "month", 1),
    Output("raising", "Work of a quarter in which a round is raised", "month", 1),
    Output("applying", "Work that an application takes", "month", 2),
    Output("covered", "Computing of a quarter that public hours cover", "percent", 0),
    Output("later", "Computing on demand once the planned product is there", "kEUR", 0),
    Output("hours_chance", "Chance of public hours from the next quarter on", "percent", 0),
    Output("earning", "Revenue of a quarter once the planned product is there", "kEUR", 0),
    Output("round_chance", "Chance of a round after a quarter's work", "percent", 1),
    Output("priced", "The planned product, priced by an investor", "MEUR", 1),
    Output("unpriced", "The planned product without an investor", "MEUR", 1),
    monotone={
        "team": "+",
        "salary": "+",
        "other_costs": "+",
        "revenue": "-",
        "compute_need": "+",
        "cloud_price": "+",
        "exchange_rate": "-",
    },
)
def founder_quarter(
    *,
    cash,
    team,
    salary,
    other_costs,
    revenue,
    revenue_growth,
    compute_need,
    compute_growth,
    cloud_price,
    reserved_price,
    exchange_rate,
    public_hours,
    cut_off_days,
    evaluation_days,
    success_rate,
    onboarding_days,
    application_days,
    round_months,
    round_size,
    round_success,
    dilution,
    cash_noise,
    team_step,
    severance_months,
    work_without,
    raising_effort,
    price_swing,
    unpriced_part,
) -> FounderQuarter:
    """What a quarter of the founder game costs (kEUR) and brings (months of work of the team of the start).

    Arguments are assumption ids in the units of ``data/assumptions.csv``. The wait for public hours is that of
    lesson 25 with whole quarters: the chance in each is the same, its mean is the wait, and it is never shorter than a
    quarter. They are given out evenly over a year. Revenue and need grow with the work done instead of with the
    calendar; the planned product is the work of ``round_months`` by the team of the start. An investor then pays
    ``round_size`` for the part ``dilution``, which prices the firm before the money as in `next_round`. Left out: help
    that comes with public hours, other founders, markets that come or go, taxes.
    """
    people, part = team * salary / MONTHS_PER_YEAR, larger(dilution, SMALLEST_PART + 0 * dilution) * PERCENT
    rent = compute_need * cloud_price / exchange_rate / EUROS_PER_THOUSAND * ONE_QUARTER
    burn = (people + other_costs - revenue) * ONE_QUARTER + rent
    waiting = waiting_months(cut_off_days, evaluation_days, success_rate, onboarding_days)
    covered = public_hours * HOURS_PER_THOUSAND / (compute_need * ONE_QUARTER * A_YEAR)
    priced = round_size * (1 - part) / part
    return FounderQuarter(
        burn=burn,
        left=thousands(cash) - burn,
        rent=rent,
        dear=rent * (1 + price_swing * PERCENT),
        reserved=compute_need * reserved_price / exchange_rate / EUROS_PER_THOUSAND * ONE_QUARTER,
        hire=people * team_step * PERCENT * ONE_QUARTER,
        leaving=people * team_step * PERCENT * severance_months,
        noise=cash_noise * ONE_QUARTER**0.5,
        without=work_without * PERCENT * ONE_QUARTER,
        raising=(1 - raising_effort * PERCENT) * ONE_QUARTER,
        applying=application_days * ONE_PERSON / team * MONTHS_PER_YEAR / WORKDAYS_PER_YEAR,
        covered=smaller(covered, 1.0 + 0 * covered) / PERCENT,
        later=rent * (1 + compute_growth * PERCENT * ONE_MONTH) ** (round_months / ONE_MONTH),
        hours_chance=ONE_QUARTER / larger(waiting, ONE_QUARTER + 0 * waiting) / PERCENT,
        earning=revenue * (1 + revenue_growth * PERCENT * ONE_MONTH) ** (round_months / ONE_MONTH) * ONE_QUARTER,
        round_chance=round_success * smaller(ONE_QUARTER / round_months, 1.0 + 0 * (ONE_QUARTER / round_months)),
        priced=priced,
        unpriced=priced * unpriced_part * PERCENT,
    )


# The rules of the game ------------------------------------------------------------------------------------------------

ROUTES = {
    "rent": "Rent on demand",
    "apply": "Rent, and apply for public hours",
    "wait": "Apply for public hours, rent nothing",
    "sign": "Sign a contract for a year",
    "none": "No computing",
    "contract": "The contract runs",
    "hours": "Public hours, rent the rest",
}
PEOPLE = {0: "Keep the team", 1: "Grow", -1: "Shrink"}
RAISING = {False: "Do not raise", True: "Raise a round now"}
ROUNDS = ("open", "refused", "closed")


class Source(NamedTuple):
    """Where computing comes from: a free choice ("none"), a contract or public hours for so many more quarters."""

    kind: str = "none"
    left: int = 0


class Place(NamedTuple):
    """What a firm has beside its round, product and money: size of the team (0 to 3) and source of computing."""

    team: int = 1
    source: Source = Source()


class State(NamedTuple):
    """A firm at the start of a quarter: place, round (index of ``ROUNDS``), steps of work done, steps of money.

    Without money it has gone under.
    """

    place: Place
    round: int
    work: int
    money: int


class Decision(NamedTuple):
    """What is decided in a quarter."""

    route: str = "rent"
    people: int = 0
    raising: bool = False


class Game:
    """The rules with numbers: ``values`` are all inputs of ``founder_quarter``. Games with the same ones are equal.

    CourseError if the money of the start is too little for the steps in which the account has to be kept.
    """

    def __init__(self, values: dict[str, float], quarters: int = QUARTERS):
        self.values, self.quarters = values, quarters
        self.terms = founder_quarter(**values)
        cash, size = thousands(values["cash"]), thousands(values["round_size"])
        # Noise that is larger than a step would have to jump over steps.
        least = max((cash + size) / LEVELS, self.terms.noise * math.sqrt(4 / 3))
        start = math.floor(cash / least + 1e-9)
        if start < FEWEST:
            raise CourseError(
                f"Money in the bank: {values['cash']:g} million EUR is too little for the game beside a round of "
                f"{values['round_size']:g} million EUR and this noise of the account; allowed is "
                f"{math.ceil(FEWEST * least / 100) / 10:g} million EUR or more"
            )
        self.money_step = cash / start
        self.round_steps = round(size / self.money_step)
        self.top = start + self.round_steps
        self.size = [1 + (team - 1) * values["team_step"] * PERCENT for team in range(TEAMS)]
        self.work_step = ONE_QUARTER * self.size[-1] / PACE
        self.first = State(Place(), 0, 0, start)

    def _numbers(self) -> tuple:
        return frozenset(self.values.items()), self.quarters

    def __eq__(self, other) -> bool:
        return isinstance(other, Game) and self._numbers() == other._numbers()

    def __hash__(self) -> int:
        return hash(self._numbers())

    def decisions(self, place: Place, round: int) -> list[Decision]:
        """What can be decided; of decisions that are worth the same the first counts as the best."""
        kind = place.source.kind
        routes = [kind] if kind != "none" else [route for route in ROUTES if route not in ("contract", "hours")]
        people = [change for change in PEOPLE if 0 <= place.team + change < TEAMS]
        raising = [False, True] if ROUNDS[round] == "open" else [False]
        return [Decision(*parts) for parts in ((r, p, x) for x in raising for p in people for r in routes)]

    def growth(self, id: str, work):
        """Growth of need or revenue (``id``) with the work done, as a factor."""
        return (1 + self.values[id] * PERCENT) ** self.work_months(work)

    def computing(self, route: str, price: int, work):
        """Cost of computing in a quarter (kEUR); ``price`` is -1, 0 or 1 for a cheap, usual or expensive quarter."""
        need = self.growth("compute_growth", work)
        rent = self.terms.rent * (1 + price * self.values["price_swing"] * PERCENT)
        if route == "hours":
            hours = self.values["public_hours"] * HOURS_PER_THOUSAND / A_YEAR
            return rent * np.maximum(need - hours / (self.values["compute_need"] * ONE_QUARTER), 0.0)
        cost = {"rent": rent, "apply": rent, "sign": self.terms.reserved, "contract": self.terms.reserved}
        return cost.get(route, 0.0) * need

    def flow(self, place: Place, decision: Decision, price: int, work):
        """What a quarter adds to the account (kEUR) after so many steps of the product."""
        v, team = self.values, place.team + decision.people
        people = (v["team"] * self.size[team] * v["salary"] / MONTHS_PER_YEAR + v["other_costs"]) * ONE_QUARTER
        people += self.terms.leaving if decision.people < 0 else 0.0
        earned = v["revenue"] * ONE_QUARTER * self.growth("revenue_growth", work)
        return earned - people - self.computing(decision.route, price, work)

    def done(self, place: Place, decision: Decision) -> float:
        """Steps of the product that a quarter brings in the mean."""
        # Newcomers work from the next quarter on, those who leave are gone at once.
        months = ONE_QUARTER * min(self.size[place.team], self.size[place.team + decision.people])
        months *= self.values["work_without"] * PERCENT if decision.route in ("none", "wait") else 1.0
        months *= 1 - self.values["raising_effort"] * PERCENT if decision.raising else 1.0
        months -= self.terms.applying if decision.route in ("apply", "wait") else 0.0
        return max(0.0, months) / self.work_step

    def after(self, place: Place, decision: Decision) -> list[tuple[float, Place]]:
        """Places a quarter later with their chances; first the one with public hours if some were applied for."""
        team, left = place.team + decision.people, (A_YEAR if decision.route == "sign" else place.source.left) - 1
        kind = "contract" if decision.route == "sign" else place.source.kind
        chance = self.terms.hours_chance * PERCENT if decision.route in ("apply", "wait") else 0.0
        granted = Place(team, Source("hours", A_YEAR))
        return [(chance, granted), (1 - chance, Place(team, Source(kind, left) if left > 0 else Source()))]

    def work_months(self, work):
        """Steps of the product as months of work of the team of the start."""
        return work * self.work_step

    def round_chance(self, work):
        """Chance that a round closes, of 1: that of the plan once the planned product is there, less before."""
        done = np.minimum(1.0, self.work_months(work) / self.values["round_months"])
        return self.values["round_success"] * PERCENT * done

    def moves(self, flow):
        """A flow of money (kEUR) as steps of the account: the middle one, and the chances of one less, it, one more."""
        steps = np.clip(np.asarray(flow) / self.money_step, -1.0 * self.top, 1.0 * self.top)
        middle = np.rint(steps)
        off = steps - middle
        spread = np.clip((self.terms.noise / self.money_step) ** 2, np.abs(off) - off**2, 1 - off**2) + off**2
        return middle.astype(int), ((spread - off) / 2, 1 - spread, (spread + off) / 2)

    def account(self, money):
        """Steps of the account as million EUR."""
        return money * self.money_step * EUROS_PER_THOUSAND / EUROS_PER_MILLION

    def worth(self, round: int, work, money):
        """What the founders hold in the end (MEUR): their part of the product and of the account; 0 for a dead firm."""
        product = self.terms.priced * self.work_months(work) / self.values["round_months"]
        part = 1 - max(self.values["dilution"], SMALLEST_PART) * PERCENT
        alone = self.values["unpriced_part"] * PERCENT * product + self.account(money)
        held = part * (product + self.account(money)) if ROUNDS[round] == "closed" else alone
        return np.where(np.asarray(money) > 0, held, 0.0)

    def move(self, state: State, decision: Decision, luck: "Luck") -> State:
        """The firm a quarter later, with this luck."""
        middle, (down, same, _) = self.moves(self.flow(state.place, decision, luck.rent, state.work))
        money = state.money + int(middle) + (-1 if luck.account < down else 0 if luck.account < down + same else 1)
        done = self.done(state.place, decision)
        whole = min(math.floor(done), PACE - 1)
        work = state.work + whole + int(luck.work >= 1 - (done - whole))
        (chance, granted), (_, place) = self.after(state.place, decision)
        place = granted if luck.hours >= 1 - chance else place
        if money <= 0:
            return State(place, state.round, work, 0)
        if not decision.raising:
            return State(place, state.round, work, min(money, self.top))
        if luck.round >= 1 - self.round_chance(state.work):
            return State(place, ROUNDS.index("closed"), work, min(money + self.round_steps, self.top))
        return State(place, ROUNDS.index("refused"), work, min(money, self.top))


class Luck(NamedTuple):
    """The random numbers of a quarter, each from 0 (bad luck) to 1."""

    price: float
    account: float
    work: float
    hours: float
    round: float

    @property
    def rent(self) -> int:
        """Rent of the quarter: 1 dear, 0 usual, -1 cheap."""
        return 1 if self.price < PRICES[1] else 0 if self.price < PRICES[1] + PRICES[0] else -1


def events(number: int, quarters: int = QUARTERS) -> list[Luck]:
    """The luck of every quarter in the game of a number: the same for all who play it, whatever they decide."""
    return [Luck(*map(float, row)) for row in np.random.default_rng([SEED, number]).random((quarters, 5))]
