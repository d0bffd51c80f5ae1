"""Verdict cards: judged first, then turned; what was judged is kept, and filters leave what was asked for."""

from html.parser import HTMLParser
from itertools import combinations

import pytest
from coloraide import Color
from sovereign_compute.controls import progress
from sovereign_compute.controls.verdicts import PAGE, Answer, Filters, Statement, Verdicts
from sovereign_compute.display.verdict_looks import LOOKS, WORDS
from sovereign_compute.inputs import data
from sovereign_compute.lessons.cards import WORKED, fact_check, verdicts
from sovereign_compute.lessons.fact_check import ALL, claims, decided, filters, narrowed, verdict

pytestmark = pytest.mark.usefixtures("learner")


def told(cards: Verdicts, **message) -> dict:
    """What the page is told after a message."""
    cards._receive(None, message, [])
    return cards._state


def card(cards: Verdicts, id: str) -> dict:
    return next(card for card in cards._state["cards"] if card["id"] == id)


def test_no_card_holds_its_verdict_before_it_is_turned():
    asked = []
    made = Verdicts("Two", [Statement(id, id, "x", lambda id=id: asked.append(id)) for id in ("A", "B")])
    assert [card["answer"] for card in made._state["cards"]] == [None, None] and asked == []
    cards = verdicts("C09", "C38")
    for id in ("C09", "C38"):
        assert verdict(id).because not in str(cards._setup) + str(cards._state)


def test_who_judges_sees_the_verdict_of_the_course_beside_his_own():
    cards = verdicts("C09", "C10", "C38")
    state = told(cards, kind="judge", id="C09", word="holds")
    answer = card(cards, "C09")["answer"]
    found = verdict("C09")
    assert (answer["word"], answer["sign"], answer["pill"]) == (found.word, "◐", "half")
    assert answer["text"].rstrip(".").casefold() == found.because.casefold()
    assert answer["mine"] == "You judged: holds."
    heads = {part["head"]: part["text"] for part in answer["rests"]}
    assert heads["Found"] == found.found and heads["Reading taken"] == found.reading
    assert card(cards, "C38")["answer"] is None
    assert state["told"] == "You have judged 1 of 3. The course agrees in none of them."
    assert told(cards, kind="judge", id="C10", word="holds")["told"].endswith("The course agrees in 1 of them.")
    assert card(cards, "C10")["answer"]["mine"] == "You judged the same: holds."


def test_what_was_judged_is_there_on_another_day():
    told(verdicts("C09", "C38"), kind="judge", id="C38", word="opinion")
    assert progress.kept("verdicts")["C38"]["word"] == "opinion"
    again = verdicts("C09", "C38")
    assert card(again, "C38")["mine"] == "opinion" and card(again, "C38")["answer"]
    assert card(again, "C09")["answer"] is None
    everywhere = fact_check()
    assert card(everywhere, "C38")["answer"]["mine"] == "You judged: opinion."


def test_who_does_not_want_to_play_turns_one_or_all_and_judges_nothing():
    cards = verdicts("C09", "C10", "C38")
    assert told(cards, kind="turn", id="C10")["closed"] == 2
    assert card(cards, "C10")["answer"]["mine"] == ""
    assert told(cards, kind="turn all")["closed"] == 0
    assert progress.kept("verdicts") == {} and cards._state["told"] == ""


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"kind": "judge", "id": "C99", "word": "holds"}, "there is no statement 'C99' among these cards"),
        ({"kind": "judge", "id": ["C09"], "word": "holds"}, "there is no statement"),
        ({"kind": "judge", "id": "C09", "word": "true"}, "a verdict is one of holds, "),
        ({"kind": "judge", "id": "C09", "word": None}, "a verdict is one of holds, "),
        ({"kind": "turn", "id": "C10"}, "there is no statement 'C10' among these cards"),
    ],
)
def test_what_no_card_sends_is_refused_in_words(message, says):
    cards = verdicts("C09")
    state = told(cards, **message)
    assert says in state["notice"] and not state.get("fault")
    assert progress.kept("verdicts") == {} and card(cards, "C09")["answer"] is None


@pytest.mark.parametrize("entry", [{"word": "true"}, {"on": "2026-11-30"}, {"word": 3}, {"word": "holds", "on": "now"}])
def test_a_verdict_that_no_card_can_have_kept_is_left_out(entry):
    progress.keep("verdicts", {"C09": entry})
    assert progress.kept("verdicts") == {}
    assert card(verdicts("C09"), "C09")["answer"] is None


# All of them ----------------------------------------------------------------------------------------------------------


def ids(state: dict) -> list[str]:
    return [card["id"] for card in state["cards"]]


def test_the_cards_come_by_the_dozen():
    cards = fact_check()
    assert len(ids(cards._state)) == PAGE and cards._state["count"] == f"{len(decided())} of {len(claims())} statements"
    seen = 0
    while cards._state["more"] > 0:
        seen = cards._state["more"]
        told(cards, kind="more")
    assert 0 < seen <= PAGE and ids(cards._state) == list(decided())


@pytest.mark.parametrize("name", ["lesson", "verdict", "subject", "speaker", "evidence"])
def test_each_list_narrows_the_cards_down_to_what_it_says(name):
    cards, everything = fact_check(), decided()
    for word in filters()[name][1:]:
        state = told(cards, kind="narrow", chosen={name: word})
        wanted = list(narrowed(everything, **{name: word}))
        assert state["count"].startswith(f"{len(wanted)} of ") and ids(state) == wanted[:PAGE]


def test_a_search_finds_words_wherever_they_stand():
    cards = fact_check()
    found = ids(told(cards, kind="narrow", chosen={"search": "hpc6 THE report"}))
    rows = {id: f"{row['statement']} {row['speaker_role']}".lower() for id, row in claims().items()}
    assert found and found == [id for id, text in rows.items() if "hpc6" in text and "the report" in text]
    assert ids(told(cards, kind="narrow", chosen={"search": "<script>"})) == []
    assert cards._state["count"] == f"0 of {len(claims())} statements"


@pytest.mark.parametrize("chosen", [None, "all", {"verdict": "true"}, {"nothing": "all"}, {"lesson": ["21"]}])
def test_a_choice_that_no_list_offers_changes_nothing(chosen):
    cards = fact_check()
    before = ids(cards._state)
    state = told(cards, kind="narrow", chosen=chosen)
    assert ids(state) == before and not state.get("fault")


def test_it_opens_with_what_the_learner_has_worked_on():
    assert fact_check()._state["chosen"]["lesson"] == ALL
    progress.keep("exercises", {"21.3": {"tries": 1}})
    progress.keep("verdicts", {"C20": {"word": "holds"}})
    cards = fact_check()
    assert cards._state["chosen"]["lesson"] == WORKED
    lessons = {claims()[id]["notebook"][:2] for id in cards.filters.find(**cards._state["chosen"])}
    assert lessons == {"21", claims()["C20"]["notebook"][:2]}
    assert told(cards, kind="narrow", chosen={"lesson": ALL})["count"].startswith(f"{len(claims())} of ")


def test_a_guess_of_lesson_00_counts_for_no_lesson_and_one_of_a_lesson_does():
    asked = {row["at_start"]: row for row in data.records("predictions")}
    progress.keep("predictions", {asked[True]["id"]: {"value": 1.0}})
    assert progress.worked_on() == set()
    progress.keep("predictions", {asked[False]["id"]: {"value": 1.0}})
    assert progress.worked_on() == {asked[False]["notebook"][:2]}


# Without a kernel, and without colours --------------------------------------------------------------------------------


class Text(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, text):
        self.text += text


def test_a_reader_without_a_kernel_has_each_statement_with_its_verdict():
    cards = verdicts("C09", "C38")
    page = cards._repr_mimebundle_()
    page = (page[0] if isinstance(page, tuple) else page)["text/html"]
    for id in ("C09", "C38"):
        for text in (repr(cards), Text(page).text):
            assert claims()[id]["statement"] in text
            assert f"{LOOKS[verdict(id).word].sign} {verdict(id).word}" in text
    assert page.count("<details") == 2 and " open" not in page.replace(" opening", "")


def test_what_a_card_says_is_escaped():
    evil = "<img src=x onerror=alert(1)>"
    page = Verdicts(evil, [Statement("A", evil, evil, lambda: Answer("holds", evil))])._html()
    assert "<img" not in page


@pytest.mark.parametrize("eyes", ["protan", "deutan", "tritan", None])
def test_the_words_differ_by_sign_and_for_every_kind_of_eyes_by_colour(eyes):
    assert list(LOOKS) == list(WORDS) and len({look.sign for look in LOOKS.values()}) == len(WORDS)
    seen = [Color(look.colour).filter(eyes) if eyes else Color(look.colour) for look in LOOKS.values()]
    assert min(first.delta_e(second, method="2000") for first, second in combinations(seen, 2)) >= 10


def test_filters_begin_with_what_leaves_all_in():
    lists = {"size": ("Size", [ALL, "large"])}
    found = Verdicts("t", [Statement("A", "a", "x", lambda: Answer("holds", "."))], Filters(lists, lambda **_: ["A"]))
    assert found._state["chosen"] == {"size": ALL, "search": ""}
