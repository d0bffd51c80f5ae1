"""The founder game: the programme against brute force and simulation, the same luck for all, and the widget."""

import json
import math
import re
from functools import cache
from itertools import product

import numpy as np
import pytest
import sovereign_compute as sc
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.controls import progress
from sovereign_compute.controls.founder_game import ENTRY, SECTION, FounderGame, founder_game, founder_rules, outlook
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import scenarios
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
from sovereign_compute.models.parts.founder_policy import RULES, Outlook, alive, best_policy, play
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


# The widget -----------------------------------------------------------------------------------------------------------


def tell(widget: FounderGame, kind: str, **message) -> dict:
    widget._receive(widget, {"kind": kind, **message}, [])
    return widget._state


def decide(widget: FounderGame, route: str | None = None, people: str = "0", raising: str = "0") -> dict:
    first = {choice["id"]: choice["options"][0][0] for choice in widget._state["choices"]}
    return tell(widget, "decide", route=route or first["route"], people=people, raising=raising)


def play_through(widget: FounderGame) -> dict:
    for quarter in range(QUARTERS):
        state = decide(widget, raising="1" if quarter == 6 else "0")
    return state


def test_twelve_quarters_end_in_a_verdict():
    widget = founder_game()
    assert widget._state["title"] == "Game 1: quarter 1 of 12"
    for luckless in (json.dumps(widget._state), repr(widget)):
        assert "Lost" not in luckless
    state = play_through(widget)
    assert state["title"] == "Game 1: it is over"
    verdict = state["verdict"]
    assert len(verdict["rows"]) == len(verdict["bars"]) == len(state["history"]) == QUARTERS
    assert verdict["text"].startswith("Your founders hold ")
    assert verdict["line"].startswith(f"Game 1, {scenarios.encode({})}: ")
    lost = [-bar[1] for bar in verdict["bars"]]
    dearest = sorted(range(QUARTERS), key=lambda quarter: -lost[quarter])[:3]
    assert verdict["worst"].count("quarter") == 3
    assert all(f"quarter {quarter + 1} (" in verdict["worst"] for quarter in dearest)
    assert tell(widget, "decide", route="rent", people="0", raising="0")["error"].startswith("this game is over")


def test_a_game_is_there_again_after_the_cell_ran_once_more_and_a_new_one_is_new():
    widget = founder_game()
    decide(widget, people="1")
    decide(widget)
    again = founder_game()
    assert {**again._state, "seq": 0, "fault": ""} == {**widget._state, "seq": 0}
    assert again._state["title"] == "Game 1: quarter 3 of 12"
    assert repr(again) == repr(FounderGame())
    assert tell(again, "new", number="17")["title"] == "Game 17: quarter 1 of 12"
    assert founder_game()._state["title"] == "Game 17: quarter 1 of 12"


def test_a_game_keeps_the_scenario_it_began_with():
    scenarios.current.update({"cash": 6.0})
    widget = founder_game()
    assert widget._state["facts"][0][1] == "6.0 million EUR"
    decide(widget)
    scenarios.current.clear()
    assert founder_game()._state["history"] == widget._state["history"]
    assert founder_game()._changes == {"cash": 6.0}
    assert tell(widget, "new", number="1")["facts"][0][1] == "4.0 million EUR"
    scenarios.current.update({"cash": 0.1})
    assert "Money in the bank" in tell(widget, "new", number="2")["error"]
    assert widget._state["title"] == "Game 1: quarter 1 of 12"


def test_what_the_game_assumes_and_how_it_rounds_is_shown():
    terms = founder_game()._state["terms"]
    judged = {a.label for a in inputs(founder_quarter).values() if a.group == "Founder game"}
    assert {label for label, _, evidence in terms if evidence.startswith("judgement")} == judged
    assert ["The account moves in steps of", "200 thousand EUR", "rule of the game"] in terms
    assert len(terms) == len({label for label, *_ in terms})


def test_a_scenario_too_poor_for_the_game_gets_the_courses_values_and_is_told():
    scenarios.current.update({"cash": 0.1})
    state = founder_game()._state
    assert "allowed is" in state["says"]
    assert state["facts"][0][1] == "4.0 million EUR"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"kind": "decide", "route": "steal", "people": "0", "raising": "0"}, r"Computing: 'steal' .*allowed is Rent"),
        ({"kind": "decide", "route": "rent", "people": "7", "raising": "0"}, r"People: '7' .*allowed is Keep"),
        ({"kind": "decide", "route": "rent", "people": "0"}, r"Round: 'None' .*allowed is Do not raise"),
        ({"kind": "new", "number": ""}, r"Number of the game: '' .*from 1 to 999"),
        ({"kind": "new", "number": "1.5"}, r"'1\.5' cannot be played"),
        ({"kind": "new", "number": "1000"}, r"'1000' cannot be played"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_and_changes_nothing(message, words):
    widget = founder_game()
    state = tell(widget, **message)
    assert re.search(words, state["error"])
    assert state["title"] == "Game 1: quarter 1 of 12"
    assert decide(widget)["error"] == ""


@pytest.mark.parametrize(
    "kept",
    [
        {"number": 0, "scenario": "SC1-P7", "decisions": []},
        {"number": 1, "scenario": "no code", "decisions": []},
        {"number": 1, "scenario": "SC1-P7"},
        {"number": 1, "scenario": "SC1-P7", "decisions": [["rent", "0"]]},
        {"number": 1, "scenario": "SC1-P7", "decisions": [["contract", "0", "0"]]},
        {"number": 1, "scenario": "SC1-P7", "decisions": 7},
    ],
)
def test_a_damaged_game_is_answered_by_a_new_one(kept):
    progress.keep(SECTION, {ENTRY: kept})
    state = founder_game()._state
    assert "could not be read" in state["says"]
    assert state["title"] == "Game 1: quarter 1 of 12"


def test_rules_follow_the_scenario():
    scenarios.current.update({"cash": 6.0})
    shown = founder_rules().shown
    rules = game(cash=6.0)
    assert list(shown["Policy"]) == ["The best policy", *(rule.name for rule in RULES)]
    found = [Outlook(rules, policy).of(0, rules.first) for policy in (None, *RULES)]
    assert list(shown.iloc[:, 1]) == [f"{value:.1f}" for value in found]
    assert max(found[1:]) < found[0]
