"""The founder game as a widget: from the first quarter to the verdict, curves, another decision, and its keeping."""

import json
import re

import pytest
from sovereign_compute.analysis.settings import complete, inputs
from sovereign_compute.controls import progress
from sovereign_compute.controls.founder_game import ENTRY, SECTION, FounderGame, founder_game, outlook
from sovereign_compute.controls.founder_words import as_given
from sovereign_compute.display.contract import must_agree
from sovereign_compute.display.views import founder_game as drawn
from sovereign_compute.inputs import scenarios
from sovereign_compute.models.founder import QUARTERS, Game, events, founder_quarter
from sovereign_compute.models.parts.founder_policy import play

pytestmark = pytest.mark.usefixtures("learner")


# The widget -----------------------------------------------------------------------------------------------------------


def tell(widget: FounderGame, kind: str, **message) -> dict:
    widget._receive(widget, {"kind": kind, **message}, [])
    return widget._state


def decide(widget: FounderGame, route: str | None = None, people: str = "0", raising: str = "0") -> dict:
    first = {choice["id"]: choice["options"][0][0] for choice in widget._state["choices"]}
    return tell(widget, "decide", route=route or first["route"], people=people, raising=raising)


def play_through(widget: FounderGame) -> dict:
    for quarter in range(QUARTERS):
        if widget._state["choices"]:
            decide(widget, raising="1" if quarter == 6 else "0")
    return widget._state


def test_twelve_quarters_end_in_a_verdict():
    widget = founder_game()
    assert widget._state["title"] == "Game 1: quarter 1 of 12"
    for luckless in (json.dumps(widget._state), repr(widget)):
        assert "Lost" not in luckless
    state = play_through(widget)
    assert state["title"] == "Game 1: it is over"
    verdict = state["verdict"]
    assert len(verdict["rows"]) == len(state["track"]) == len(state["history"]) == QUARTERS
    assert verdict["text"].startswith("Your founders hold ")
    assert verdict["line"].startswith(f"Game 1, {scenarios.encode({})}: ")
    lost = [float(row[3]) for row in verdict["rows"]]
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
    assert "allowed is" in state["text"]
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
    assert "could not be read" in state["text"]
    assert state["title"] == "Game 1: quarter 1 of 12"


def test_a_game_of_an_earlier_day_goes_on():
    """What lies in the files of learners since the first edition."""
    old = {"number": 3, "scenario": "SC1-P7", "decisions": [["apply", "1", "0"], ["rent", "0", "0"]]}
    progress.keep(SECTION, {ENTRY: old})
    widget = founder_game()
    assert widget._state["title"] == "Game 3: quarter 3 of 12"
    assert widget._state["history"][0][1] == "Rent, and apply for public hours, grow"
    decide(widget)
    kept = progress.kept(SECTION)[ENTRY]
    assert kept == {**old, "decisions": [*old["decisions"], kept["decisions"][-1]]}


# Curves ---------------------------------------------------------------------------------------------------------------


def line(state: dict, who: str, field: str) -> list[float]:
    rows = state["rows"]
    return [rows[field][i] for i, name in enumerate(rows["who"]) if name == who]


def test_curves_show_each_quarter_and_where_they_lead():
    widget = founder_game()
    for _ in range(3):
        state = decide(widget)
    game = widget._game
    assert line(state, drawn.YOURS, "quarter") == [0, 1, 2, 3]
    assert line(state, drawn.YOURS, "cash") == pytest.approx([float(game.account(s.money)) for s in widget._states])
    first, last = zip(line(state, drawn.PACE, "quarter"), line(state, drawn.PACE, "cash"), strict=True)
    assert first == (3, line(state, drawn.YOURS, "cash")[-1])
    # The money is gone in the month that stands beside it, or the three years are over before.
    told = float(re.search(r"lasts (\d+) months", state["facts"][0][2])[1])
    assert last[0] == pytest.approx(min(QUARTERS, 3 + told / 3), abs=0.2)
    assert "worth" not in state["rows"]["kind"] and drawn.BEST not in state["rows"]["who"]
    must_agree("the game", state["rows"], {}, widget._chart["spec"])


def test_curves_of_a_game_that_is_over_have_the_best_policy_and_what_was_expected():
    widget = founder_game()
    state = play_through(widget)
    must_agree("the game", state["rows"], {}, widget._chart["spec"])
    game = Game(complete(founder_quarter))
    best = outlook(game)
    theirs, end = play(best, events(1))
    assert line(state, drawn.BEST, "product") == [
        float(game.work_months(s.work)) for s in (*(q.state for q in theirs), end)
    ]
    rows = state["rows"]
    worth = [to for kind, to in zip(rows["kind"], rows["to"], strict=True) if kind == "worth"]
    assert worth[0] == best.of(0, game.first)
    assert f"{worth[-1]:.1f}" == state["verdict"]["got"]
    moved = sum(rows["to"][i] - rows["from"][i] for i, kind in enumerate(rows["kind"]) if kind in ("luck", "decision"))
    assert worth[0] + moved == pytest.approx(worth[-1])
    assert state["sentence"].startswith("Chart. After 12 quarters") and state["verdict"]["text"] in state["sentence"]


def test_what_happened_is_marked_where_it_happened():
    widget = founder_game()
    state = play_through(widget)
    rows = state["rows"]
    marks = {rows["quarter"][i]: rows["said"][i] for i, kind in enumerate(rows["kind"]) if kind == "event"}
    assert marks == {7: "round refused" if "was refused" in state["history"][6][2] else "round closed"}


# What if --------------------------------------------------------------------------------------------------------------


def test_another_decision_is_told_with_both_numbers_and_drawn():
    widget = founder_game()
    state = play_through(widget)
    asked = tell(widget, "what if", quarter="3")
    assert asked["other"]["given"] == asked["other"]["yours"]
    assert asked["other"]["text"].startswith("That is what you decided.")
    assert asked["rows"] == state["rows"]
    lost = float(state["verdict"]["rows"][2][3])
    best = tell(widget, "what if", quarter="3", **asked["other"]["best"], then="best")
    assert lost > 0 and f"this decision was worth {lost:.1f} million EUR more than yours" in best["other"]["text"]
    found = re.search(r"would hold ([\d.]+) million EUR instead of ([\d.]+)\.", best["other"]["text"])
    assert found[2] == state["verdict"]["got"] != found[1]
    assert line(best, drawn.OTHER, "quarter")[0] == 2
    assert line(best, drawn.OTHER, "cash")[0] == line(best, drawn.YOURS, "cash")[2]
    must_agree("the game", best["rows"], {}, widget._chart["spec"])
    assert best["verdict"] == state["verdict"]


def test_the_best_policy_may_go_on_without_another_decision():
    widget = founder_game()
    state = play_through(widget)
    yours = tell(widget, "what if", quarter="1")["other"]["yours"]
    told = tell(widget, "what if", quarter="1", **yours, then="best")["other"]["text"]
    assert told.startswith("On the luck of this game") and "before" not in told.lower()
    assert f"instead of {state['verdict']['got']}." in told


def test_a_better_decision_that_ends_worse_is_called_luck():
    """Somewhere in a few games there is one, and one that is worse and ends better."""
    said = set()
    for number in range(1, 4):
        widget = founder_game()
        tell(widget, "new", number=str(number))
        play_through(widget)
        for quarter in range(1, len(widget._decisions) + 1):
            best = tell(widget, "what if", quarter=str(quarter))["other"]["best"]
            said |= set(
                re.findall(
                    r"A \w+ decision that ends \w+",
                    tell(widget, "what if", quarter=str(quarter), **best)["other"]["text"],
                )
            )
    assert said == {"A better decision that ends worse"}  # the best decision is never a worse one


def test_what_is_tried_is_not_kept_and_ends_with_the_game():
    widget = founder_game()
    play_through(widget)
    kept = progress.kept(SECTION)[ENTRY]
    tell(widget, "what if", quarter="2", route="none", people="-1", raising="0")
    assert progress.kept(SECTION)[ENTRY] == kept
    assert founder_game()._state["other"] is None
    tell(widget, "new", number="2")
    assert play_through(widget)["other"] is None


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"quarter": "0"}, r"Quarter: '0' was not played; allowed is a whole number from 1 to 12"),
        ({"quarter": "2.5"}, r"Quarter: '2\.5' was not played"),
        ({"quarter": "x" * 99}, r"Quarter: 'x{20}' was not played"),
        ({"quarter": "2", "then": "luck"}, r"What follows: 'luck' is not possible; allowed is yours or best"),
        (
            {"quarter": "2", "route": "contract", "people": "0", "raising": "0"},
            r"Computing: 'contract' is not possible",
        ),
    ],
)
def test_what_cannot_be_tried_is_said_in_words(message, words):
    widget = founder_game()
    play_through(widget)
    before = widget._state["verdict"]
    state = tell(widget, "what if", **message)
    assert re.search(words, state["error"])
    assert state["verdict"] == before and state["other"] is None


def test_nothing_is_told_of_other_decisions_before_the_end():
    widget = founder_game()
    decide(widget)
    assert "when the game is over" in tell(widget, "what if", quarter="1")["error"]
    told = json.dumps({key: part for key, part in widget._state.items() if key != "error"})
    assert "best" not in told.lower()


def test_a_decision_goes_to_the_page_and_back():
    given = as_given(founder_game()._game.decisions(founder_game()._game.first.place, 0)[-1])
    assert set(given) == {choice["id"] for choice in founder_game()._state["choices"]}
