"""Verdicts: computed, with number, reading and evidence, and red when a fact moves."""

import pytest
from sovereign_compute import coursemap, data, factcheck
from sovereign_compute.assumptions import evaluate
from sovereign_compute.errors import CourseError
from sovereign_compute.factcheck import (
    Undecided,
    Verdict,
    claims,
    decided,
    fact_check,
    filters,
    verdict,
    verdict_counts,
    verdicts,
)
from sovereign_compute.lessons import lesson_21
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.models.ownership import gpu_hour_cost

NOTEBOOKS = {path.stem for path in coursemap.NOTEBOOKS.glob("*.ipynb")}


def test_each_claim_of_an_existing_lesson_is_decided():
    there = {id for id, claim in claims().items() if claim["notebook"] in NOTEBOOKS}
    assert there <= set(decided())
    assert sum(verdict_counts().values()) == len(claims())


def test_each_verdict_says_what_was_found_how_it_was_read_and_why():
    for id, found in decided().items():
        assert found.found, id
        assert found.reading, id
        assert len(found.because) > 20, id


def test_a_claim_whose_notebook_is_there_but_undecided_turns_red(monkeypatch):
    monkeypatch.delitem(factcheck.JUDGES, "C38")
    with pytest.raises(Undecided, match="C38 is not decided yet: its notebook is 21_what"):
        verdict("C38")
    assert "C38" not in decided()


def test_a_scenario_in_the_place_of_the_courses_values_moves_what_depends_on_it(monkeypatch):
    def cost():
        return Verdict("holds", f"{evaluate(gpu_hour_cost).total:.2f} EUR", "per hour in use", "as the model says")

    monkeypatch.setitem(factcheck.JUDGES, "C09", cost)
    changed = factcheck.verdicts_moved({"utilisation": 40}).frame.set_index("Claim")
    assert list(changed.loc["C09"])[-2:] == ["0.52 EUR", "1.04 EUR"]
    assert "C10" not in changed.index
    assert evaluate(gpu_hour_cost).total == pytest.approx(0.52, abs=0.005)


def test_the_fact_check_narrows_down():
    everything = fact_check().frame
    assert set(everything["Claim"]) == set(decided())
    for name, words in filters().items():
        parts = [len(fact_check(**{name: word}).frame) for word in words if word != factcheck.ALL]
        assert sum(parts) == len(everything)
    with pytest.raises(CourseError, match="evidence cannot be 'gold'; it can be all, "):
        fact_check(evidence="gold")


def test_the_verdicts_of_lesson_21():
    assert {id: verdict(id).word for id in ("C09", "C10", "C11", "C38")} == {
        "C09": "holds partly",
        "C10": "holds",
        "C11": "holds",
        "C38": "depends on the reading",
    }
    assert (
        verdict("C38").found == "4.2 times in chips, 8.0 times in money, 9.5 times in power, 9.7 times in 16-bit speed"
    )


@pytest.mark.parametrize(
    ("claim", "moved", "word"),
    [
        ("C09", {"contract": 500.0}, "holds"),
        ("C09", {"contract": 100.0, "total-cost": 80.0}, "does not hold"),
        ("C10", {"share-eu": 100.0}, "does not hold"),
        ("C11", {"trial-start": "2025-08"}, "does not hold"),
        ("C38", {"gigafactory-chips": 10000.0}, "does not hold"),
    ],
)
def test_a_verdict_follows_the_facts(monkeypatch, claim, moved, word):
    fact = factcheck.fact
    monkeypatch.setattr(lesson_21, "fact", lambda id: moved.get(id, fact(id)))
    assert verdict(claim).word == word


def test_the_table_names_speaker_and_evidence():
    table = verdicts("C09", "C38").frame
    assert all(text.endswith("(the report)") for text in table["Statement (said by)"])
    assert set(table["Evidence"]) <= {"primary", "secondary", "derived", "judgement", "unverified"}


def test_unknown_and_undecided_claims_say_so():
    with pytest.raises(CourseError, match="no claim 'C99'; they run from C01 to C88"):
        verdict("C99")
    with pytest.raises(CourseError, match="'true' is not a verdict; the words are holds, "):
        Verdict("true", "", "", "")


def test_every_claim_has_a_notebook_of_the_course():
    lessons = {row["notebook"] for row in data.records("lessons")}
    assert len(claims()) == 88
    assert {claim["notebook"] for claim in claims().values()} <= lessons


def test_the_course_answers_each_prediction_of_the_start():
    asked = {row["id"]: row for row in data.records("predictions") if row["at_start"]}
    assert set(ANSWERS) == set(asked)
    for id, find in ANSWERS.items():
        assert asked[id]["minimum"] <= find() <= asked[id]["maximum"], id
