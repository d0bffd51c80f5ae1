"""Verdicts: computed or judged, with number, reading and evidence, and red when a fact moves."""

import ast
import re
import textwrap

import deciding
import numpy as np
import pytest
from sovereign_compute import surroundings
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.controls import progress
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.lessons import fact_check as factcheck
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.lessons.fact_check import (
    WORDS,
    Undecided,
    Verdict,
    claims,
    decided,
    filters,
    judge,
    judged,
    narrowed,
    verdict,
    verdict_counts,
    verdict_list,
)
from sovereign_compute.lessons.l21_gpu_hour import verdicts as verdicts_21
from sovereign_compute.lessons.l43_fact_check import report
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.parts import calibration
from sovereign_compute.surroundings import of_lesson

NOTEBOOKS = {path.stem for path in data.NOTEBOOKS.glob("*.ipynb")}


def test_each_claim_of_an_existing_lesson_is_decided():
    there = {id for id, claim in claims().items() if claim["notebook"] in NOTEBOOKS}
    assert there <= set(decided())
    assert sum(verdict_counts().values()) == len(claims())


def test_each_verdict_says_what_was_found_how_it_was_read_and_why():
    for id, found in decided().items():
        assert found.found, id
        assert found.reading, id
        assert len(found.because) > 20, id


def test_a_claim_with_neither_function_nor_row_turns_red(monkeypatch):
    monkeypatch.delitem(factcheck.JUDGES, "C38")
    with pytest.raises(Undecided, match="C38 is not decided yet: lesson 21 has no function for it, and data/"):
        verdict("C38")
    assert "C38" not in decided()


def test_a_claim_with_a_function_and_a_row_turns_red(monkeypatch):
    monkeypatch.setitem(factcheck.JUDGES, "C80", verdicts_21._who_paid)
    message = r"C80 is decided twice, by _who_paid in lesson 12 and by its row in data/verdicts\.csv; take one away"
    for ask in (lambda: verdict("C80"), decided, verdict_list):
        with pytest.raises(CourseError, match=message):
            ask()


def test_a_row_is_the_verdict_as_it_stands():
    rows = {row["claim"]: row for row in data.records("verdicts")}
    assert set(judged()) == set(rows) == {id for id in claims() if judge(id) is None}
    for id, row in rows.items():
        assert verdict(id) == Verdict(row["word"], row["found"], row["reading"], row["because"])


def test_the_words_stand_in_the_order_in_which_they_are_counted():
    said = "holds, holds partly, depends on the reading, does not hold, opinion, not testable here"
    assert ", ".join(WORDS) == said


# What decides ---------------------------------------------------------------------------------------------------------


def planted(code: str) -> tuple[str, ast.FunctionDef]:
    """A function as it would stand in what decides the claims of lesson 34."""
    return "lessons.l34_gigafactory.verdicts", ast.parse(textwrap.dedent(code)).body[0]


LITERAL = """
    def _at_stake():
        return Verdict("opinion", "three goals", "what is at stake", "the goals may conflict")
"""
NAMED = """
    def _at_stake():
        word = "opinion"
        return Verdict(word, f"{number(3)} goals", "what is at stake", "the goals may conflict")
"""
BY_KEYWORD = """
    def _at_stake():
        return Verdict(found="three goals", reading="what is at stake", because="they may conflict", word="opinion")
"""
SAME_TWICE = """
    def _at_stake():
        if BILLIONS > 1:
            return Verdict("opinion", "three goals", "what is at stake", "the goals may conflict")
        return Verdict("opinion", "two goals", "what is at stake", "the goals may conflict")
"""
NUMBERS_BESIDE = """
    def _beginning():
        found = evaluate(gigafactory_use)
        return Verdict("opinion", f"{number(found.stranded)} %", "no measure is named", "by the model here")
"""
ROWS_BESIDE = """
    def _call():
        return Verdict("opinion", f"{number(access('eoi-count'))} bids", "no measure is named", "by their number")
"""
COMPUTED = """
    def _need():
        word = "holds" if access("eoi-count") > 10 else "does not hold"
        return Verdict(word, "bids", "by number", "those who showed interest")
"""
EITHER = """
    def _need():
        if access("eoi-count") > 10:
            return Verdict("holds", "many bids", "by number", "those who showed interest")
        return Verdict("does not hold", "few bids", "by number", "those who showed interest")
"""


@pytest.mark.parametrize(
    ("code", "fixed", "nothing"),
    [
        (LITERAL, True, True),
        (NAMED, True, True),
        (BY_KEYWORD, True, True),
        (SAME_TWICE, True, True),
        (NUMBERS_BESIDE, True, False),
        (ROWS_BESIDE, True, False),
        (COMPUTED, False, False),
        (EITHER, False, False),
    ],
    ids=["literal", "named", "keyword", "twice", "model", "table", "computed", "either"],
)
def test_a_function_with_a_fixed_word_is_seen(code, fixed, nothing):
    assert (deciding.is_fixed(*planted(code)), deciding.reads_nothing(*planted(code))) == (fixed, nothing)


def test_no_function_judges_in_words_alone():
    found = [id for id, function in deciding.functions().items() if deciding.reads_nothing(*function)]
    assert found == [], f"{found}: nothing is computed; make each a row of data/verdicts.csv"


def test_how_the_claims_are_decided_is_said_with_numbers_that_add_up():
    functions = deciding.functions()
    assert set(functions) == {id for id in claims() if judge(id)}
    fixed = [id for id, function in functions.items() if deciding.is_fixed(*function)]
    assert " ".join(sorted(fixed)) == "C17 C21 C25 C33 C34 C37 C63 C64 C74 C84 C85 C86"
    computed, numbers_only, rows = map(int, re.findall(r"\d+", deciding.told()))
    assert (computed, numbers_only, rows) == (len(functions) - len(fixed), len(fixed), len(judged())) == (64, 12, 12)
    assert computed + numbers_only + rows == len(claims())


def test_a_scenario_in_the_place_of_the_courses_values_moves_what_depends_on_it(monkeypatch):
    def cost():
        return Verdict("holds", f"{evaluate(gpu_hour_cost).total:.2f} EUR", "per hour in use", "as the model says")

    monkeypatch.setitem(factcheck.JUDGES, "C09", cost)
    changed = factcheck.verdicts_moved({"utilisation": 40}).frame.set_index("Claim")
    assert list(changed.loc["C09"])[-2:] == ["0.52 EUR", "1.04 EUR"]
    assert "C10" not in changed.index
    assert evaluate(gpu_hour_cost).total == pytest.approx(0.52, abs=0.005)


def test_the_list_of_verdicts_narrows_down():
    everything = decided()
    assert list(verdict_list().frame["Claim"]) == list(everything)
    for name, words in filters().items():
        parts = [len(narrowed(everything, **{name: word})) for word in words if word != factcheck.ALL]
        assert sum(parts) == len(everything)
    with pytest.raises(CourseError, match="evidence cannot be 'gold'; it can be all, "):
        verdict_list(evidence="gold")


def test_a_lesson_that_cannot_be_imported_is_not_taken_for_one_that_decides_nothing(monkeypatch):
    def load(module):
        raise ModuleNotFoundError(f"planted: {module}")

    monkeypatch.setattr(surroundings, "load", load)
    with pytest.raises(ModuleNotFoundError, match=r"planted: sovereign_compute\.lessons\.l21_gpu_hour\.verdicts"):
        judge("C09")


def test_the_list_of_verdicts_names_the_function_or_the_row_that_decides():
    table = verdict_list().shown.set_index("Claim")
    for id, row in table.iterrows():
        tier, place = row["Evidence; decided by"].split("; ")
        where, name = place.split(", ")
        assert tier == claims()[id]["tier"]
        if where == "data/verdicts.csv":
            assert name == id and judge(id) is None
        else:
            lesson = where.removeprefix("lesson ")
            assert lesson == claims()[id]["notebook"][:2]
            assert judge(id) is getattr(of_lesson(lesson, "verdicts"), name)


def test_what_would_have_to_be_known_is_said_of_each_open_statement():
    table = report.still_open().frame
    assert len(table) == verdict_counts()["not testable here"] > 0
    assert list(table["Claim"]) == [id for id, found in decided().items() if found.word == "not testable here"]
    assert all(re.search("would|need", text) for text in table["What would have to be known"])


def test_the_verdicts_of_lesson_21():
    assert {id: verdict(id).word for id in ("C09", "C10", "C11", "C38")} == {
        "C09": "holds partly",
        "C10": "holds",
        "C11": "holds partly",
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
        ("C11", {"trial-start": "2025-07"}, "holds"),
        ("C38", {"gigafactory-chips": 10000.0}, "does not hold"),
    ],
)
def test_a_verdict_follows_the_facts(monkeypatch, claim, moved, word):
    fact = factcheck.fact
    monkeypatch.setattr(verdicts_21, "fact", lambda id: moved.get(id, fact(id)))
    assert verdict(claim).word == word


def test_the_table_names_speaker_and_evidence():
    table = verdict_list(lesson="21").frame
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


# Predictions ----------------------------------------------------------------------------------------------------------


def test_the_interval_score_is_lowest_for_the_range_that_is_meant():
    draws = np.linspace(0.0005, 0.9995, 1000)
    meant = np.mean([calibration.interval_score(0.05, 0.95, x) for x in draws])
    for low, high in ((0.2, 0.8), (0.0, 1.0), (0.05, 0.8), (-0.5, 1.5)):
        assert np.mean([calibration.interval_score(low, high, x) for x in draws]) > meant


def test_stretched_ranges_hold_nine_of_ten_and_no_narrower_ones_do():
    found = list(np.random.default_rng(3).normal(size=10))
    ranges = [(-0.5, 0.3)] * 10
    factor = calibration.stretch(ranges, found)

    def held(factor: float) -> int:
        middle, half = -0.1, 0.4 * factor
        return sum(middle - half <= x <= middle + half for x in found)

    assert held(factor * 1.0001) == 9
    assert held(factor * 0.9999) == 8


def test_luck_is_the_binomial_of_scipy():
    from scipy.stats import binom

    assert [calibration.luck(n) for n in range(1, 31)] == [
        next(hits for hits in range(n + 1) if binom.cdf(hits, n, 0.9) > 0.05) for n in range(1, 31)
    ]


@pytest.mark.usefixtures("learner")
def test_nothing_kept_is_said_kindly():
    assert "You have kept no ranges yet. That is no loss" in str(report.calibration_in_words())
    # Before there is a guess, no answer stands on the page or in the file.
    assert str(report.predictions_scored()) == "What you believed\n(nothing yet)"


@pytest.mark.usefixtures("learner")
@pytest.mark.parametrize(
    ("around", "every", "kind"), [(0.5, 1, "too wide"), (0.01, 2, "too narrow"), (0.11, 1, "about as wide as they")]
)
def test_ranges_are_scored_as_calibration(around, every, kind):
    # Every other guess is right to the digit, or misses by a tenth.
    kept, asked = {}, [place for place, find in enumerate(ANSWERS.values()) if not find().assumed]
    held = sum(place % every == 0 for place in asked)
    for place, (id, find) in enumerate(ANSWERS.items()):
        value = float(find().value) * (1.1 if place % 2 else 1.0)
        kept[id] = {"value": value, "low": value * (1 - around), "high": value * (1 + around)}
    progress.keep("predictions", kept)
    says = str(report.calibration_in_words())
    assert says.startswith(f"{held} of your {len(asked)} ranges held the number; calibrated ones hold nine of ten")
    assert f"Your ranges were {kind}" in says
    table = report.predictions_scored().shown
    assert list(table["Held"]).count("yes") == held
    first = kept["jupiter-hpc6"]
    width = (first["high"] - first["low"]) / first["value"]
    assert table.iloc[0]["Interval score (times the finding)"] == f"{width:.1f}"


@pytest.mark.usefixtures("learner")
def test_points_alone_are_shown_and_few_ranges_are_not_judged():
    progress.keep(
        "predictions", {"gpu-hour": {"value": 1.0}, "claims-hold": {"value": 20.0, "low": 10.0, "high": 40.0}}
    )
    assert str(report.calibration_in_words()) == (
        "1 of your 1 range held the number; calibrated ones hold nine of ten. Fewer than 5 are too few to say more."
    )
    table = report.predictions_scored().shown
    assert list(table["Your 90 % range"]) == ["–", "10 to 40"]


def test_the_course_answers_each_prediction_and_computes_all_but_one():
    asked = {row["id"]: row for row in data.records("predictions")}
    assert set(ANSWERS) == set(asked)
    assert [id for id, find in ANSWERS.items() if find().assumed] == ["disruption-chance"]
