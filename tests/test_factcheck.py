"""Verdicts: computed, with number, reading and evidence, and red when a fact moves."""

import pytest
from sovereign_compute import data, factcheck
from sovereign_compute.errors import CourseError
from sovereign_compute.factcheck import Verdict, claims, verdict, verdicts
from sovereign_compute.lessons import lesson_21

NOTEBOOK = "21_what_does_a_gpu_hour_cost"


def test_each_claim_of_an_existing_lesson_is_decided():
    for id, claim in claims().items():
        if claim["notebook"] == NOTEBOOK:
            found = verdict(id)
            assert found.found
            assert found.reading
            assert len(found.because) > 20


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
    assert list(table["Said by"]) == ["the report", "the report"]
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
