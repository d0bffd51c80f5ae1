"""Lesson 35: tables of many games, rules that learners write, and what simple rules can expect."""

import re

import pytest
import sovereign_compute as sc
from sovereign_compute.analysis.settings import complete
from sovereign_compute.controls.founder_game import outlook
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import scenarios
from sovereign_compute.lessons.l35_quarters import exhibits, your_turn
from sovereign_compute.lessons.l35_quarters.rounds import games
from sovereign_compute.models.founder import Game, events, founder_quarter
from sovereign_compute.models.parts.founder_policy import RULES, Outlook, play
from tools import guides

pytestmark = pytest.mark.usefixtures("learner")


def test_the_table_has_the_games_of_the_best_policy():
    game, table = Game(complete(founder_quarter)), games(most=20)
    for row in table.itertuples():
        _, end = play(outlook(game), events(row.game))
        assert row.result == pytest.approx(float(game.worth(end.round, end.work, end.money)), abs=1e-6)
    assert list(table.columns) == ["game", "result", "round", "product", "money", "team"]
    assert len(games()) == 999


def test_a_rule_plays_what_it_says_and_gives_way_where_it_cannot():
    game = Game(complete(founder_quarter))
    told = []

    def rule(firm):
        told.append(firm)
        return "sign", 3, firm.product >= 21

    table = games(rule, most=3)
    assert [told[0].quarter, told[0].money, told[0].product, told[0].round] == [1, 4.0, 0.0, "open"]
    assert told[1].computing == "contract"
    assert max(firm.team for firm in told) == 3
    assert set(table["round"]) <= {"open", "refused", "closed"}
    rent = games(lambda firm: ("rent", 0, False), most=40)
    assert rent.result.max() < outlook(game).of(0, game.first)


@pytest.mark.parametrize(
    ("given", "words"),
    [(None, "returned None"), (("rent", 0), "three things"), (("steal", 0, False), "route: 'steal' is not known")],
)
def test_a_rule_that_returns_something_else_is_told(given, words):
    with pytest.raises(CourseError, match=words):
        games(lambda firm: given, most=1)


@pytest.mark.parametrize("most", [0, 1000, True, 2.5])
def test_only_so_many_games_can_be_played(most):
    with pytest.raises(CourseError, match="allowed is a whole number from 1 to 999"):
        games(most=most)


def test_the_rule_of_the_answers_comes_near_the_best_policy():
    answers = (guides.FOLDER / "answers" / "35_twelve_quarters.md").read_text("utf-8")
    code = re.search(r"`(\(\"sign\" if .*?)` comes within a tenth", answers)[1]
    mine, best = games(eval(f"lambda firm: {code}"), most=200), games(most=200)
    assert 0.9 < mine.result.mean() / best.result.mean() < 1
    still = games(lambda firm: ("sign", 0, firm.product >= 21), most=200)
    assert still.result.mean() < 0.8 * mine.result.mean()


def test_rules_follow_the_scenario():
    scenarios.current.update({"cash": 6.0})
    shown = exhibits.founder_rules().shown
    rules = Game(complete(founder_quarter, {"cash": 6.0}))
    assert list(shown["Policy"]) == ["The best policy", *(rule.name for rule in RULES)]
    found = [Outlook(rules, policy).of(0, rules.first) for policy in (None, *RULES)]
    assert list(shown.iloc[:, 1]) == [f"{value:.1f}" for value in found]
    assert max(found[1:]) < found[0]


def test_the_texts_hold():
    """The safest rule is worth least, one answer decides, and the best policy asks late."""
    shown = exhibits.founder_rules().shown
    worth, living = (shown.iloc[:, column].astype(float) for column in (1, 2))
    assert living.idxmax() == worth.idxmin()
    assert your_turn.part_of_the_answer() > 90
    assert str(exhibits.luck_chart().title.text).endswith("one answer decides")
    assert "or less the best policy asks an investor" in exhibits.policy_chart().title.text


def test_a_rich_firm_has_another_map():
    assert "nowhere asks an investor" in exhibits.policy_chart(quarter=1).description
    assert sc.lesson(35).policy_chart(quarter=2, round_success=100).description.startswith("In quarter 2")
