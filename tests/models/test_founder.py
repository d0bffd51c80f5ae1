"""The founder game: the programme against brute force and simulation, the same luck for all, another decision."""

import math
from functools import cache
from itertools import product

import numpy as np
import pytest
import sovereign_compute as sc
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.controls.founder_game import outlook
from sovereign_compute.errors import CourseError
from sovereign_compute.models.founder import (
    A_YEAR,
    PACE,
    PRICES,
    QUARTERS,
    Decision,
    Game,
    Luck,
    Place,
    Source,
    State,
    events,
    founder_quarter,
)
from sovereign_compute.models.parts.founder_policy import (
    RULES,
    Outlook,
    alive,
    best_policy,
    ends,
    nearest,
    otherwise,
    play,
)
from sovereign_compute.models.runway import runway

POOR = {"cash": 0.9, "round_size": 2.0, "cash_noise": 20.0, "round_months": 6.0}
"""A firm whose account may be empty within two quarters."""

pytestmark = pytest.mark.usefixtures("learner")


def game(quarters: int = QUARTERS, **changes) -> Game:
    return Game(complete(founder_quarter, changes), quarters)


# A quarter ------------------------------------------------------------------------------------------------------------


def test_a_quarter_by_hand():
    found = founder_quarter(**complete(founder_quarter))
    rent = 3 * 12_000 * 2.95 / 1.17 / 1_000
    assert found.burn == pytest.approx(3 * (12 * 95 / 12 + 25 - 30) + rent, rel=1e-12)
    assert found.dear == pytest.approx(1.3 * rent, rel=1e-12)
    assert found.covered == pytest.approx(100 * 50_000 / 4 / 36_000, rel=1e-12)
    assert found.priced == pytest.approx(12 / 0.21 - 12, rel=1e-12)
    assert found.round_chance == pytest.approx(45 * 3 / 20, rel=1e-12)
    assert found.applying == pytest.approx(8 / 12 / (220 / 12), rel=1e-12)


def test_the_wait_for_hours_has_the_mean_of_the_lesson_on_waiting():
    changes = {"success_rate": 10.0}
    chance = founder_quarter(**complete(founder_quarter, changes)).hours_chance / 100
    waiting = sc.evaluate(runway, **changes).waiting
    quarters = np.arange(1, 2_000)
    mean = (quarters * chance * (1 - chance) ** (quarters - 1)).sum()
    assert 3 * mean == pytest.approx(waiting, rel=1e-9)
    assert founder_quarter(**complete(founder_quarter, {"success_rate": 100.0})).hours_chance == 100


@pytest.mark.parametrize("flow", [-361.0, -1_000.0, 0.0, 99.0, 100.0, 250.0])
@pytest.mark.parametrize("noise", [0.0, 60.0, 90.0])
def test_steps_of_the_account_keep_the_mean_and_the_spread_if_a_step_allows(flow, noise):
    found = game(cash_noise=noise)
    middle, chances = found.moves(flow)
    steps = middle + np.array([-1, 0, 1])
    assert sum(chances) == pytest.approx(1, rel=1e-12)
    assert min(chances) >= 0
    mean = float(np.dot(chances, steps))
    assert mean * found.money_step == pytest.approx(flow, abs=1e-9)
    spread = math.sqrt(float(np.dot(chances, (steps - mean) ** 2))) * found.money_step
    least = found.money_step * math.sqrt(abs(mean - middle) * (1 - abs(mean - middle)))
    assert spread == pytest.approx(max(noise * math.sqrt(3), least), rel=1e-9)


def test_a_contract_binds_for_a_year_and_hours_end_after_one():
    rules = game()
    (_, _), (chance, place) = rules.after(Place(), Decision("sign"))
    left = []
    while place.source.kind == "contract":
        assert {d.route for d in rules.decisions(place, 0)} == {"contract"}
        left.append(place.source.left)
        place = rules.after(place, Decision("contract"))[1][1]
    assert (chance, left) == (1, [3, 2, 1])
    (chance, granted), (refused, same) = rules.after(Place(), Decision("wait"))
    assert granted == Place(1, Source("hours", A_YEAR))
    assert same == Place()
    assert chance + refused == 1
    assert chance == pytest.approx(rules.terms.hours_chance / 100)


def test_growing_costs_at_once_and_works_later_and_shrinking_the_other_way_round():
    rules = game()
    grown, kept, shrunk = (Decision("rent", change) for change in (1, 0, -1))
    assert rules.flow(Place(), kept, 0, 0) - rules.flow(Place(), grown, 0, 0) == pytest.approx(rules.terms.hire)
    saved = rules.terms.hire - rules.terms.leaving
    assert rules.flow(Place(), shrunk, 0, 0) - rules.flow(Place(), kept, 0, 0) == pytest.approx(saved)
    assert rules.done(Place(), grown) == rules.done(Place(), kept) > rules.done(Place(), shrunk)
    assert rules.done(Place(), Decision("none")) == pytest.approx(0.4 * rules.done(Place(), kept))


def test_too_little_money_for_the_account_of_the_game_is_said_in_words():
    with pytest.raises(CourseError, match=r"Money in the bank: 0\.1 million EUR .*allowed is 0\.7 million EUR or more"):
        game(cash=0.1)
    assert game(cash=0.7).first.money >= 4


@pytest.mark.parametrize("end", ["hard_min", "hard_max"])
def test_the_programme_gives_a_number_at_every_end_of_every_assumption(end):
    for id, a in inputs(founder_quarter).items():
        try:
            short = game(2, **{id: getattr(a, end)})
        except CourseError as error:
            assert id in ("cash", "round_size", "cash_noise"), id
            assert "allowed is" in str(error)
            continue
        found = Outlook(short).of(0, short.first)
        assert math.isfinite(found), id
        assert found >= 0, id


# The programme --------------------------------------------------------------------------------------------------------


def outcomes(rules: Game, state: State, price: int, decision: Decision):
    """All that can follow a decision, with its chance: luck put together from the rules for one firm."""
    _, (down, same, up) = rules.moves(rules.flow(state.place, decision, price, state.work))
    done = rules.done(state.place, decision)
    more = done - min(math.floor(done), PACE - 1)
    granted = rules.after(state.place, decision)[0][0]
    closes = rules.round_chance(state.work) if decision.raising else 0.0
    rent = {1: 0.1, 0: 0.5, -1: 0.9}[price]
    account = ((down / 2, down), (down + same / 2, same), (1 - up / 2, up))
    yes_or_no = [((1 - p / 2, p), ((1 - p) / 2, 1 - p)) for p in (more, granted, closes)]
    for (a, pa), (w, pw), (h, ph), (r, pr) in product(account, *yes_or_no):
        if chance := pa * pw * ph * pr:
            yield chance, rules.move(state, decision, Luck(rent, a, w, h, r))


def brute_force(rules: Game, quarter: int, state: State) -> float:
    """The best expectation by trying every decision in every state that luck can lead to."""

    @cache
    def tried(quarter: int, state: State) -> float:
        if quarter == rules.quarters or not state.money:
            return float(rules.worth(state.round, state.work, state.money))
        return sum(share * max(hoped(quarter, state, price)) for price, share in PRICES.items())

    def hoped(quarter: int, state: State, price: int):
        for decision in rules.decisions(state.place, state.round):
            yield sum(chance * tried(quarter + 1, after) for chance, after in outcomes(rules, state, price, decision))

    return tried(quarter, state)


@pytest.mark.parametrize(
    "state",
    [
        None,
        State(Place(2, Source("hours", 2)), 0, 2, 5),
        State(Place(3, Source("contract", 1)), 0, 3, 4),
        State(Place(0, Source()), 1, 4, 3),
        State(Place(3, Source("hours", 1)), 2, 4, 6),
    ],
)
@pytest.mark.parametrize("changes", [{}, POOR], ids=["course", "poor"])
def test_the_programme_finds_what_brute_force_finds(changes, state):
    rules = game(4, **changes)
    # Two quarters before the end, so that a decision of today meets one of tomorrow.
    start = state or rules.first._replace(work=2)
    assert Outlook(rules).of(2, start) == pytest.approx(brute_force(rules, 2, start), rel=1e-12, abs=1e-12)


def test_brute_force_would_notice_a_programme_that_forgets_the_bill_of_a_contract(monkeypatch):
    rules = game(4, **POOR)
    start = State(Place(1, Source("contract", 2)), 0, 2, 6)
    truth = brute_force(rules, 2, start)
    monkeypatch.setattr(Game, "computing", lambda *_: 0.0)
    assert Outlook(rules).of(2, start) > truth + 0.01


def test_the_best_policy_is_worth_what_the_programme_says():
    rules = game()
    best = outlook(rules)
    policy = best_policy(best)
    assert Outlook(rules, policy).of(0, rules.first) == pytest.approx(best.of(0, rules.first), rel=1e-12)


def test_simulated_games_of_the_best_policy_have_the_mean_of_the_programme():
    rules = game()
    best = outlook(rules)
    ends = [play(best, events(number))[1] for number in range(1, 81)]
    held = np.array([float(rules.worth(end.round, end.work, end.money)) for end in ends])
    error = held.std(ddof=1) / math.sqrt(len(held))
    assert error < 7
    assert abs(held.mean() - best.of(0, rules.first)) < 3 * error


@pytest.mark.parametrize("changes", [{}, {"cash": 2.0}, {"compute_need": 60_000.0, "public_hours": 1_000.0}])
def test_no_fixed_rule_is_better_than_the_best_policy(changes):
    rules = game(6, **changes)
    most = Outlook(rules).of(0, rules.first)
    found = [Outlook(rules, rule).of(0, rules.first) for rule in RULES]
    assert max(found) <= most + 1e-9
    assert min(found) < most - 0.5


def test_a_rule_by_hand():
    """Without noise of any kind a rule is an account: contract signed, team kept, nothing raised."""
    changes = {"cash": 8.0, "revenue": 0.0, "compute_growth": 0.0, "revenue_growth": 0.0, "work_without": 100.0}
    rules = game(3, **changes)
    never = next(rule for rule in RULES if rule.ready == math.inf)
    alone = Outlook(rules, type(never)("by hand", "sign", ready=math.inf))
    spent = 3 * (3 * (12 * 95 / 12 + 25) + 3 * 12_000 * 2.35 / 1.17 / 1_000) / 1_000
    product_worth = 0.3 * (12 / 0.21 - 12) * 9 / 20
    assert alone.of(0, rules.first) == pytest.approx(8 - spent + product_worth, rel=1e-9)


def test_the_chance_to_be_alive_is_one_for_the_rich_and_falls_for_the_poor():
    rule = RULES[0]
    rich, poor = game(4, cash=20.0), game(4, **POOR)
    assert Outlook(rich, rule, alive).of(0, rich.first) == 1
    assert 0 < Outlook(poor, rule, alive).of(0, poor.first) < 0.9


def test_more_money_or_more_product_is_never_worse():
    best = outlook(game())
    for place in (Place(), Place(3, Source("contract", 2)), Place(0, Source("hours", 1))):
        worth = best.at(8, place)
        assert (np.diff(worth, axis=2) >= -1e-9).all()
        assert (worth[:, :, 0] == 0).all()


# What was played ------------------------------------------------------------------------------------------------------


def test_the_same_number_is_the_same_luck_for_all():
    assert events(1) == events(1)
    assert events(1) != events(2)
    assert events(1)[0].price == pytest.approx(0.8486, abs=1e-4)
    rents = [luck.rent for number in range(1, 500) for luck in events(number)]
    assert abs(np.mean(np.array(rents) == 1) - PRICES[1]) < 0.02
    assert abs(np.mean(np.array(rents) == -1) - PRICES[-1]) < 0.02


@pytest.mark.parametrize("number", [1, 4, 6])
@pytest.mark.parametrize("rule", [0, 4, 5])
def test_a_result_is_expectation_plus_luck_less_lost_by_decisions(number, rule):
    rules = game()
    best, luck, state, decisions = outlook(rules), events(number), rules.first, []
    for chances in luck:
        if state.money:
            wanted = RULES[rule].decide(state.place)
            state = rules.move(state, wanted, chances)
            decisions.append(wanted)
    played, end = play(best, luck, decisions)
    assert end == state
    held = float(rules.worth(end.round, end.work, end.money))
    told = best.of(0, rules.first) + sum(q.luck for q in played) - sum(q.lost for q in played)
    assert held == pytest.approx(told, abs=1e-6)
    assert all(q.lost >= 0 for q in played)
    assert sum(q.lost for q in played) > 1


def test_the_best_policy_loses_nothing_by_decisions():
    played, _ = play(outlook(game()), events(3))
    assert [q.lost for q in played] == [0] * len(played)
    assert all(q.decision == q.best for q in played)


def test_luck_has_no_direction():
    """The mean of what luck brings is nothing, whatever is decided."""
    rules = game()
    best = outlook(rules)
    luck = [sum(q.luck for q in play(best, events(number), [Decision("sign")])[0]) for number in range(1, 201)]
    assert abs(np.mean(luck)) < 3 * np.std(luck) / math.sqrt(len(luck))


def test_many_games_end_as_each_does_alone():
    rules = game()
    best, luck = outlook(rules), [events(number) for number in range(1, 31)]
    assert ends(best, luck) == [play(best, chances)[1] for chances in luck]


# What if --------------------------------------------------------------------------------------------------------------


def test_a_decision_that_is_not_possible_gives_way_part_by_part():
    rules = game()
    bound = State(Place(3, Source("contract", 2)), 2, 4, 6)
    assert nearest(rules, bound, Decision("rent", 1, True)) == Decision("contract", 0, False)
    free = State(Place(1), 0, 4, 6)
    assert nearest(rules, free, Decision("contract", -1, True)) == Decision("rent", -1, True)
    assert nearest(rules, free, Decision("sign", 1, False)) == Decision("sign", 1, False)


def test_the_same_decision_again_changes_nothing():
    best, luck = outlook(game()), events(4)
    made = [q.decision for q in play(best, luck)[0]]
    for quarter in (0, 5, len(made) - 1):
        assert otherwise(best, luck, made, quarter, made[quarter]) == made


@pytest.mark.parametrize("number", [1, 4, 6])
def test_after_another_decision_the_best_policy_loses_nothing_more(number):
    rules = game()
    best, luck = outlook(rules), events(number)
    poor = [Decision("rent")] * 12
    made = otherwise(best, luck, poor, 3, Decision("wait", 1), follow=False)
    assert made[:4] == [*poor[:3], Decision("wait", 1)]
    played, end = play(best, luck, made)
    assert [q.lost for q in played[4:]] == [0] * len(played[4:])
    told = best.of(0, rules.first) + sum(q.luck - q.lost for q in played)
    assert float(rules.worth(end.round, end.work, end.money)) == pytest.approx(told, abs=1e-6)


def test_who_had_gone_under_is_followed_by_the_best_policy():
    rules = game()
    best, luck = outlook(rules), events(6)
    greedy = []
    state = rules.first
    for chances in luck:
        if state.money:
            greedy.append(nearest(rules, state, Decision("rent", 1)))
            state = rules.move(state, greedy[-1], chances)
    assert not state.money and len(greedy) < QUARTERS
    made = otherwise(best, luck, greedy, 1, Decision("none", -1))
    assert len(made) > len(greedy)
    assert all(q.lost == 0 for q in play(best, luck, made)[0][len(greedy) :])
