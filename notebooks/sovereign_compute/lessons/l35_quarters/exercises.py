"""Notebook 35, twelve quarters: exercises."""

from functools import lru_cache

from ...analysis.settings import inputs
from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number, signed
from ...models.founder import QUARTERS, ROUNDS, Game, Place, State, founder_quarter
from ...models.parts.constants import EUROS_PER_MILLION, EUROS_PER_THOUSAND, ONE_QUARTER, PERCENT
from ...models.parts.founder_policy import Outlook, options


def _standstill(v: dict) -> float:
    """What the product loses in a quarter without computing, as an investor would price it (million EUR)."""
    found = founder_quarter(**v)
    return found.priced * (ONE_QUARTER - found.without) / v["round_months"]


# The last answer ------------------------------------------------------------------------------------------------------


def _numbers(v: dict) -> dict:
    """The values of a case that belong to the model."""
    return {id: v[id] for id in inputs(founder_quarter)}


def _done(v: dict) -> float:
    """The part of the planned product that is there, at most 1."""
    return min(1.0, v["product"] / v["round_months"])


def _priced(v: dict) -> float:
    """The product at the price that an investor would pay (million EUR)."""
    return founder_quarter(**_numbers(v)).priced * v["product"] / v["round_months"]


def _kept(v: dict) -> float:
    """The part of the firm that the founders keep."""
    return 1 - v["dilution"] * PERCENT


def _yes(v: dict) -> float:
    """What the founders hold after a yes (million EUR)."""
    return _kept(v) * (_priced(v) + v["money"] + v["round_size"])


def _no(v: dict) -> float:
    """What they hold after a no (million EUR)."""
    return v["unpriced_part"] * PERCENT * _priced(v) + v["money"]


def _chance(v: dict) -> float:
    return v["round_success"] * PERCENT * _done(v)


def _last_answer(v: dict) -> float:
    return _chance(v) * _yes(v) + (1 - _chance(v)) * _no(v)


# The last quarter -----------------------------------------------------------------------------------------------------

ROUTES = {"rent": "Rent on demand", "none": "No computing"}


@lru_cache(maxsize=64)
def _last_quarter(product: float, money: float, answer: str) -> dict[str, float]:
    """What renting and doing without are worth in the last quarter, exactly, at the course's values (million EUR)."""
    game = Game({id: a.value for id, a in inputs(founder_quarter).items()})
    work, steps = round(product / game.work_step), round(money / float(game.account(1)))
    state = State(Place(), ROUNDS.index(answer), work, steps)
    found = options(Outlook(game), QUARTERS - 1, state, 0)
    return {
        name: max(value for decision, value in found.items() if decision.route == id and decision.people == 0)
        for id, name in ROUTES.items()
    }


def _worth(v: dict) -> dict[str, float]:
    return _last_quarter(v["product"], v["money"], v["answer"])


def _better(v: dict) -> str:
    worth = _worth(v)
    return max(worth, key=worth.get)


def _why_not(v: dict) -> dict[str, str]:
    worth = _worth(v)
    return {
        ROUTES["rent"]: f"Rent takes a part of the last money, and an empty account takes all. Renting is worth "
        f"{number(worth[ROUTES['rent']], 1)} million EUR in the mean, doing without "
        f"{number(worth[ROUTES['none']], 1)}.",
        ROUTES["none"]: f"The account can pay the rent, and the work counts. Doing without is worth "
        f"{number(worth[ROUTES['none']], 1)} million EUR in the mean, renting {number(worth[ROUTES['rent']], 1)}.",
    }


# Luck and decisions ---------------------------------------------------------------------------------------------------


def _luck(v: dict) -> float:
    return v["held"] - v["expected"] + v["lost"]


TEAMS = ("Team A", "Team B")


def _result(v: dict, team: str) -> float:
    return v["expected"] + v[f"luck_{team[-1]}"] - v[f"lost_{team[-1]}"]


def _wiser(v: dict) -> str:
    return min(TEAMS, key=lambda team: v[f"lost_{team[-1]}"])


def _line(v: dict, team: str) -> str:
    luck, lost = v[f"luck_{team[-1]}"], v[f"lost_{team[-1]}"]
    held = f"{number(_result(v, team))} = {number(v['expected'])} expected"
    return f"{held}, {signed(luck, 0)} luck, −{number(lost)} decisions"


def _hours(v: dict) -> float:
    return founder_quarter(**_numbers(v)).hours_chance * PERCENT


EXERCISES = (
    Exercise(
        id="35.1",
        question=(
            "With your values as they are set now: the team of the first quarter rents no computing for a quarter. By "
            "how much less is its product then worth, at the price that an investor would pay?"
        ),
        model=founder_quarter,
        units={"million EUR": 1.0},
        answer=_standstill,
        mistakes=(
            Mistake(
                lambda v: founder_quarter(**v).priced * ONE_QUARTER / v["round_months"],
                "You let the whole team stand still. Without computing it can still do a part of its work.",
            ),
            Mistake(
                lambda v: founder_quarter(**v).priced * founder_quarter(**v).without / v["round_months"],
                "That is what the team still does. The question is about what is missing.",
            ),
            Mistake(
                lambda v: founder_quarter(**v).rent * EUROS_PER_THOUSAND / EUROS_PER_MILLION,
                "That is the rent that the firm saves.",
            ),
        ),
        hints=(
            "How many months of work are missing? And what is one month worth, if the planned product has a price?",
            "Open “What a quarter costs and brings” in the game: priced product / planned months × (3 − months of work "
            "without computing).",
        ),
        solution=lambda v: (
            f"{number(founder_quarter(**v).priced, 1)} / {number(v['round_months'])} × ({number(ONE_QUARTER)} − "
            f"{number(founder_quarter(**v).without, 1)}) = {number(_standstill(v), 2)} million EUR. The firm saves "
            f"{number(founder_quarter(**v).rent * EUROS_PER_THOUSAND / EUROS_PER_MILLION, 2)} million EUR of rent."
        ),
    ),
    Exercise(
        id="35.2",
        question=lambda v: (
            f"The last quarter is over and paid; only an investor’s answer is open. The firm has {number(v['money'])} "
            f"million EUR and {number(v['product'])} of {number(v['round_months'])} planned months of work. An "
            f"investor would pay {number(v['round_size'])} million EUR for {number(v['dilution'])} %; with the whole "
            f"product there, {number(v['round_success'])} of 100 say yes. Without a price, "
            f"{number(v['unpriced_part'])} % of the product’s value count. What can the founders expect?"
        ),
        model=founder_quarter,
        vary={
            "round_size": (6, 20),
            "dilution": (14, 30),
            "round_success": (25, 65),
            "product": [9, 12, 15, 18],
            "money": [1, 2, 3, 4, 5],
        },
        units={"million EUR": 1.0},
        answer=_last_answer,
        mistakes=(
            Mistake(
                lambda v: v["round_success"] * PERCENT * _yes(v) + (1 - v["round_success"] * PERCENT) * _no(v),
                "You took the chance of a whole product. With a part of it the investor says yes less often.",
            ),
            Mistake(_yes, "That is what they hold after a yes. The investor may say no."),
            Mistake(
                lambda v: _chance(v) * (_priced(v) + v["money"] + v["round_size"]) + (1 - _chance(v)) * _no(v),
                "After a yes a part of the firm belongs to the investor.",
            ),
            Mistake(
                lambda v: _chance(v) * _yes(v),
                "After a no the founders still have their money, and a product that counts in part.",
            ),
        ),
        hints=(
            "First find what they hold after a yes and after a no. Then weigh the two by their chances.",
            "The value of the planned product is new money / share sold − new money. Product and chance both grow with "
            "the part of the plan that is there.",
        ),
        solution=lambda v: (
            f"The chance is {number(v['round_success'])} % × {number(v['product'])} / {number(v['round_months'])} = "
            f"{number(100 * _chance(v), 1)} %. After a yes they hold {number(_yes(v), 1)} million EUR, after a no "
            f"{number(_no(v), 1)}. Weighed, that is {number(_last_answer(v), 1)} million EUR. With such numbers "
            "the best policy begins, and goes back quarter by quarter."
        ),
    ),
    Exercise(
        id="35.3",
        question=lambda v: (
            f"It is the last quarter, at the course’s values and the usual rent. The firm has {number(v['money'], 1)} "
            f"million EUR, the team of the start, and {number(v['product'])} months of work done. "
            f"{'An investor has said yes before.' if v['answer'] == 'closed' else 'An investor has said no.'} Should "
            "it rent computing once more, or do without?"
        ),
        vary={
            "money": [0.2, 0.4, 0.6, 1.0],
            "product": [12, 18, 24, 30, 36],
            "answer": ["closed", "refused"],
        },
        kind="choice",
        options=lambda: list(ROUTES.values()),
        answer=_better,
        reasons=_why_not,
        fair=lambda v: abs(_worth(v)[ROUTES["rent"]] - _worth(v)[ROUTES["none"]]) > 0.2,
        hints=(
            "What does a quarter of the team cost, and what is left for luck? Open “What a quarter costs and brings”.",
            "If the account is empty in the end, the founders get nothing: the whole product is at stake, and not only "
            "the rent.",
        ),
        solution=lambda v: (
            f"Exactly, over all luck: renting is worth {number(_worth(v)[ROUTES['rent']], 1)} million EUR in the mean, "
            f"doing without {number(_worth(v)[ROUTES['none']], 1)}."
        ),
    ),
    Exercise(
        id="35.4",
        question=lambda v: (
            f"At the start of a game the best policy expected {number(v['expected'])} million EUR. In the end your "
            f"founders hold {number(v['held'])} million, and your decisions cost {number(v['lost'])} million. What did "
            "luck bring? Write a minus if it was against you."
        ),
        vary={"expected": [60, 64, 71, 78], "held": [22, 31, 48, 95, 118, 127], "lost": [4, 9, 14, 23]},
        units={"million EUR": 1.0},
        answer=_luck,
        mistakes=(
            Mistake(lambda v: v["held"] - v["expected"], "Your decisions have a part in that difference."),
            Mistake(
                lambda v: v["held"] - v["expected"] - v["lost"],
                "What decisions cost is taken from the result, so it has to be added to find luck.",
            ),
            Mistake(
                lambda v: v["expected"] - v["held"] - v["lost"], "The sign is wrong: more luck is a better result."
            ),
        ),
        hints=(
            "Result = expected + luck − decisions.",
            "Solve that for luck: the result, minus what was expected, plus what decisions cost.",
        ),
        solution=lambda v: (
            f"{number(v['held'])} − {number(v['expected'])} + {number(v['lost'])} = {signed(_luck(v), 0)} million EUR."
        ),
    ),
    Exercise(
        id="35.5",
        question=lambda v: (
            f"Two teams have played different games. Team A: {_line(v, 'Team A')}. Team B: {_line(v, 'Team B')}. Which "
            "of them would you have lead your firm?"
        ),
        vary={
            "expected": [64, 71, 78],
            "luck_A": [-44, -31, 28, 52],
            "lost_A": [3, 7, 12],
            "luck_B": [-38, -27, 33, 49],
            "lost_B": [5, 9, 16],
        },
        kind="choice",
        options=lambda: list(TEAMS),
        answer=_wiser,
        reasons=lambda v: {
            team: f"Its decisions cost {number(v[f'lost_{team[-1]}'])} million EUR, those of the other team "
            f"{number(v[f'lost_{other[-1]}'])}. Luck does not come with a team into your firm."
            for team, other in (TEAMS, TEAMS[::-1])
        },
        # The team that decided better is to have the worse result, or the result alone would give the answer.
        fair=lambda v: _wiser(v) == min(TEAMS, key=lambda team: _result(v, team)),
        hints=(
            "Which of the three numbers of a team would come out as good again?",
            "Compare what the decisions cost, and not the results.",
        ),
        solution=lambda v: (
            f"{_wiser(v)}: its decisions cost less, though its founders hold less. With the same luck it would have "
            "come out ahead."
        ),
    ),
    Exercise(
        id="35.6",
        question=lambda v: (
            f"In your region {number(v['success_rate'])} of 100 applications for public hours succeed, and all else is "
            f"at the course’s values. A firm of the game applies in {v['tries']} quarters running, until it is "
            "granted hours. With what chance does it get them by then?"
        ),
        model=founder_quarter,
        vary={"success_rate": (8, 24), "tries": [2, 3, 4]},
        units={"%": 1.0},
        answer=lambda v: 100 * (1 - (1 - _hours(v)) ** v["tries"]),
        mistakes=(
            Mistake(
                lambda v: 100 * (1 - (1 - v["success_rate"] * PERCENT) ** v["tries"]),
                "That is the chance of so many applications. A quarter is longer or shorter than one of them takes.",
            ),
            Mistake(lambda v: 100 * _hours(v), "That is the chance in one quarter; the firm applies again."),
            Mistake(
                lambda v: 100 * (1 - _hours(v)) ** v["tries"],
                "That is the chance that it is still waiting; take it from 100.",
            ),
        ),
        hints=(
            "Set *Rate of success* in the panel, and read the chance of a quarter. What is the chance that all tries "
            "fail?",
            "1 − (1 − chance of a quarter) to the power of the quarters.",
        ),
        solution=lambda v: (
            f"In one quarter the chance is {number(100 * _hours(v), 1)} %. Over {v['tries']} quarters it is 1 − (1 − "
            f"{number(_hours(v), 3)})^{v['tries']} = {number(100 * (1 - (1 - _hours(v)) ** v['tries']), 1)} %."
        ),
    ),
)
