"""Lesson 11: shares of the lists against their rows, against other counts, and what unlisted machines do to them."""

import json

import numpy as np
import pytest
import sovereign_compute as sc
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.settings import complete, evaluate
from sovereign_compute.display.charts import must_tell
from sovereign_compute.display.views.lists import OUTPUTS, _rows
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, scenarios
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.inputs.wording import month
from sovereign_compute.lessons import fact_check
from sovereign_compute.lessons.fact_check import claims, verdict
from sovereign_compute.lessons.l11_fast_computers import exercises as exercises_11
from sovereign_compute.lessons.l11_fast_computers import verdicts as verdicts_11
from sovereign_compute.lessons.l11_fast_computers.exhibits import (
    factor_chart,
    factors,
    gdp_chart,
    makers_chart,
    owner_table,
    rank_table,
    reporting_chart,
    unlisted_chart,
)
from sovereign_compute.models import lists
from sovereign_compute.models.lists import MEASURES, REGIONS, SCOPES, SIDES, share_of_the_list, vintages

NOTEBOOK = "11_who_owns_the_fast_computers"
JUNE_2026 = vintages().index("2026-06")
CHOICES = {
    "list_vintage": st.integers(0, len(vintages()) - 1),
    "list_measure": st.integers(0, len(MEASURES) - 1),
    "list_side": st.integers(0, len(SIDES) - 1),
    "list_scope": st.integers(0, len(SCOPES) - 1),
}
NUMBERS = {
    "unlisted_size": st.integers(0, 200).map(lambda tens: 10 * tens),
    "unlisted_us": st.integers(0, 100),
    "unlisted_china": st.integers(0, 100),
    "unlisted_us_design": st.integers(0, 100),
}


def preset(name: str, **more):
    return evaluate(share_of_the_list, **presets("share_of_the_list")[name]["values"], **more)


# The choices and the tables -------------------------------------------------------------------------------------------


def test_the_words_of_the_choices_are_those_of_the_model():
    assert get("list_vintage").words == vintages()
    assert get("list_measure").words == list(MEASURES)
    assert get("list_side").words == list(SIDES)
    assert get("list_scope").words == list(SCOPES.values())


def test_whole_list_sums_agree_with_another_count_of_the_same_lists():
    systems = list(MEASURES).index("systems in all 500")
    first_ten = list(MEASURES).index("systems in the first ten")
    for v, row in enumerate(data.records("top500_lists")):
        eu, other, us, china, *_ = lists.amounts()[v, systems, 0, 0]
        counted = (row["eu27_systems"], row["europe_systems"], row["us_systems"], row["china_systems"])
        assert (eu, eu + other, us, china) == counted
        eu, other, *_ = lists.amounts()[v, first_ten, 0, 0]
        assert (eu, eu + other) == (row["eu27_in_top10"], row["europe_in_top10"])


def test_every_machine_is_counted_once_on_every_side():
    """By place and by each kind of maker the same machines are shared out."""
    whole = lists.amounts().sum(axis=-1)
    for side in range(1, len(SIDES)):
        # The whole-list sums are printed to two decimals of a PFLOP/s per maker.
        np.testing.assert_allclose(whole[:, :, side], whole[:, :, 0], rtol=2e-4)
    first = whole[:, list(MEASURES).index("systems in the first ten"), :, 0]
    assert (first == 10).all()


def test_the_first_fifty_by_place_are_the_sum_of_their_rows():
    chosen = [row for row in data.records("top500") if row["list"] == "2024-11"]
    japan = sum(row["rpeak_pflops"] for row in chosen if row["country"] == "Japan")
    at = vintages().index("2024-11"), list(MEASURES).index("declared peak of the first fifty"), 0, 0
    assert lists.amounts()[at][REGIONS.index("Japan")] == pytest.approx(japan, rel=1e-12)


def test_no_entry_is_negative_and_the_eu_is_alone_in_its_own_scope():
    assert (lists.amounts() >= -1e-9).all()
    by_place = lists.amounts()[:, :, 0, list(SCOPES).index("EU-27")]
    assert (by_place[..., 1:] == 0).all()


# Reference values of the course ---------------------------------------------------------------------------------------


def test_five_of_ten_in_2025_and_four_in_2026():
    assert preset("half-of-ten").europe == pytest.approx(50, rel=1e-12)
    assert preset("half-of-ten", list_scope=0).eu27 == pytest.approx(40, rel=1e-12)
    assert preset("a-year-later").europe == pytest.approx(40, rel=1e-12)
    november = {**presets("share_of_the_list")["half-of-ten"]["values"], "list_vintage": vintages().index("2025-11")}
    assert evaluate(share_of_the_list, **november).europe == pytest.approx(50, rel=1e-12)


def test_the_same_ten_are_31_percent_by_linpack():
    assert round(preset("same-by-linpack").europe) == 31
    first = lists.entries()["2025-06"][:10]
    europe = sum(row["rmax_pflops"] for row in first if row["continent"] == "Europe")
    assert preset("same-by-linpack").europe == pytest.approx(
        100 * europe / sum(row["rmax_pflops"] for row in first), rel=1e-12
    )


def test_accelerators_in_the_eu_are_of_us_design():
    result = preset("eu-accelerators")
    assert round(result.united_states, 1) == 91.6
    assert result.eu27 == 0
    # Whose chips a machine has is known; what is unlisted is not estimated for Europe.
    assert result.united_states_all == result.united_states


def test_jupiter_is_fourth_fourth_fifth_and_first_in_europe():
    frame = rank_table().frame
    assert list(frame["Rank"])[:3] == [4, 4, 5]
    assert list(frame["Rank in Europe"])[:3] == [1, 1, 1]
    assert list(frame["Rank by efficiency"])[:3] == [21, 14, 17]
    assert list(frame["First ten in Europe"])[:3] == [5, 5, 4]


def test_jupiter_over_hpc6_in_every_reading():
    found = {row["reading"]: round(row["factor"], 2) for row in factors()}
    assert found == {
        "Linpack, list of 2025-06": 1.66,
        "Linpack, list of 2025-11": 2.09,
        "64-bit peak, list of 2025-06": 1.53,
        "64-bit peak, list of 2025-11": 2.02,
        "Linpack per watt, 2025-06": 1.07,
        "16-bit peak, all HPC6 chips": 4.38,
        "16-bit peak, chips of the runs": 4.57,
        "8 bits against 16 bits": 8.76,
    }
    facts = {row["id"]: row["value"] for row in data.records("jupiter")}
    assert round(lists.sixteen_bit_times(installed=True), 2) == facts["ratio-hpc6-bf16"]
    assert round(lists.sixteen_bit_times(installed=True), 1) == 4.4


def test_gdp_puts_the_eu_beside_the_us():
    found = dict(lists.per_gdp("2026-06"))
    assert found["EU-27"] == pytest.approx(1000 * 4602.26 / 18349.4, rel=1e-12)
    assert found["United States"] == pytest.approx(1000 * 7031.44 / 27360.9, rel=1e-12)
    assert next(iter(found)) == "Finland"


def test_the_panel_sets_a_share_against_the_share_of_gdp_where_both_are_of_the_world():
    rows = _rows(evaluation_of(share_of_the_list, {"list_vintage": JUNE_2026}, band=False))
    assert rows["gdp"][0] == f"{4602.26 / 18732.74 / (18349.4 / 105435):.2f}"
    assert [bool(text) for text in rows["gdp"]] == [True, False, True, True, True, False, False]
    assert rows["amount"][0] == "4,602 PFLOP/s"
    assert set(_rows(evaluation_of(share_of_the_list, {"list_scope": 2}, band=False))["gdp"]) == {""}


def test_a_machine_as_large_as_jupiter_is_as_fast_as_jupiter():
    assert lists.as_listed(23_536, "2025-06") == pytest.approx(793.4, rel=1e-12)
    assert lists.as_listed(200_000, "2025-06") == pytest.approx(200_000 / 23_536 * 793.4, rel=1e-12)


def test_a_machine_that_is_not_there_is_named_with_the_lists():
    with pytest.raises(
        CourseError, match="'LineShine' is not among the first fifty of the list '2025-06'; lists are 2019-06"
    ):
        lists.entry("2025-06", "LineShine")
    with pytest.raises(CourseError, match="'HPC6' is not among the first fifty of the list '2031-06'"):
        lists.entry("2031-06", "HPC6")


# Properties -----------------------------------------------------------------------------------------------------------


@given(st.fixed_dictionaries({**CHOICES, **NUMBERS}))
@settings(max_examples=150, deadline=None)
def test_shares_sum_to_one_hundred_and_estimates_lie_between_list_and_guess(values):
    result = evaluate(share_of_the_list, **values)
    assert sum(getattr(result, id) for id in OUTPUTS) == pytest.approx(100, rel=1e-9)
    assert result.europe == pytest.approx(result.eu27 + result.other_europe, rel=1e-12)
    three = [getattr(result, f"{id}_all") for id in ("eu27", "united_states", "china")]
    assert all(-1e-9 <= share <= 100 + 1e-9 for share in three)
    assert sum(three) <= 100 + 1e-9


@given(st.fixed_dictionaries(CHOICES), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_nothing_unlisted_leaves_the_list_as_it_is(choices, us):
    result = evaluate(share_of_the_list, **choices, unlisted_size=0, unlisted_us=us)
    for id in ("eu27", "united_states", "china"):
        assert getattr(result, f"{id}_all") == pytest.approx(getattr(result, id), rel=1e-12)


@given(st.fixed_dictionaries(NUMBERS))
@settings(max_examples=60, deadline=None)
def test_what_is_outside_is_shared_out_in_closed_form(values):
    result = evaluate(share_of_the_list, **values)
    size, us, china = (values[id] / 100 for id in ("unlisted_size", "unlisted_us", "unlisted_china"))
    outside = {"united_states": us, "china": (1 - us) * china, "eu27": (1 - us) * (1 - china) * 4 / 10}
    for id, share in outside.items():
        expected = (getattr(result, id) + 100 * size * share) / (1 + size)
        assert getattr(result, f"{id}_all") == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(st.fixed_dictionaries(CHOICES), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_more_abroad_is_never_more_at_home(choices, us):
    less = evaluate(share_of_the_list, **choices, unlisted_us=us, unlisted_us_design=us)
    more = evaluate(share_of_the_list, **choices, unlisted_us=us + 1, unlisted_us_design=us + 1)
    assert more.united_states_all >= less.united_states_all
    assert more.eu27_all <= less.eu27_all
    assert more.china_all <= less.china_all


def test_choices_may_be_arrays_too():
    base = complete(share_of_the_list)
    together = share_of_the_list(
        **{**base, "list_vintage": np.arange(len(vintages()) * 1.0), "list_scope": np.zeros(len(vintages()))}
    )
    for v in range(len(vintages())):
        alone = share_of_the_list(**{**base, "list_vintage": float(v)})
        for output in alone._fields:
            assert getattr(together, output)[v] == pytest.approx(getattr(alone, output), rel=1e-12)


# Charts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        (factor_chart, ["1.66", "2.09", "4.4", "8.8"]),
        (makers_chart, ["91.6 %"]),
        (reporting_chart, ["32.3 %", "228", "1.4 %", "12.7 %"]),
        (gdp_chart, ["Finland", "1,414", "257", "251"]),
        (unlisted_chart, ["200,000", "6,742", "El Capitan"]),
        (lambda: sc.figure(share_of_the_list, list_vintage=JUNE_2026), ["24.6 %", "37.5 %", "10.9 %"]),
        (
            lambda: sc.figure(share_of_the_list, list_vintage=JUNE_2026, list_side=2, list_scope=2),
            ["91.6 %", "For accelerators from the EU-27 it is 0.0 %"],
        ),
    ],
)
def test_each_chart_tells_what_it_shows(chart, says):
    told = must_tell(json.loads(chart().to_json()))["description"]
    assert [words for words in says if words not in told] == []


@pytest.mark.parametrize("name", presets("share_of_the_list"))
def test_the_sentence_names_the_largest_share_first(name):
    values = presets("share_of_the_list")[name]["values"]
    result = evaluate(share_of_the_list, **values)
    told = str(sc.in_words(share_of_the_list, **values))
    largest = max(getattr(result, id) for id in OUTPUTS)
    assert f"{largest:.1f} %" in told.partition(",")[0]
    assert "with unlisted machines" in told  # the course's own choices, for comparison


def test_the_makers_of_the_eu_are_the_three_largest_of_each_kind():
    frame = owner_table().shown
    assert list(frame["Role"].value_counts()) == [3, 3, 3, 3]
    nvidia = frame[frame["Role"] == "accelerator designer"].iloc[0]
    assert (nvidia["Share of Linpack"], nvidia["Who"]) == ("57.3 %", "NVIDIA, United States; chips made in Taiwan")


# Exercises and verdicts -----------------------------------------------------------------------------------------------


def test_only_one_count_makes_half_of_it_european():
    shares = {measure: verdicts_11._europe(measure) for measure in MEASURES}
    assert [measure for measure, share in shares.items() if share >= 49.5] == ["systems in the first ten"]


def test_the_question_on_the_own_panel_follows_it(learner):
    exercise = next(e for e in exercises_11.EXERCISES if e.id == "11.6")
    assert exercise.answer(exercise.values()) == "the United States"
    scenarios.current["list_measure"] = 2
    assert exercise.answer(exercise.values()) == exercises_11.NOBODY


def test_the_verdicts_of_lesson_11():
    mine = [id for id, claim in claims().items() if claim["notebook"] == NOTEBOOK]
    assert {id: verdict(id).word for id in mine} == {
        "C01": "depends on the reading",
        "C02": "holds",
        "C03": "holds",
        "C04": "holds",
        "C07": "depends on the reading",
        "C16": "depends on the reading",
        "C26": "depends on the reading",
        "C46": "depends on the reading",
        "C81": "holds",
        "C82": "holds",
        "C83": "holds",
    }
    assert "31 %" in verdict("C83").found
    assert verdict("C02").found.startswith("rank 4 in June 2025, 4 in November 2025, 5 in June 2026")
    assert "12 % of the chips of the largest AI machine known in March 2025, 2 % of the" in verdict("C26").found
    # Not 0.6 alone: a German firm is a party to the contract for JUPITER, which the list books on the French one.
    assert "0.6 % of the listed performance without JUPITER, 6.3 % with it (French and German)" in verdict("C16").found


def test_the_largest_machine_is_dated_and_only_a_machine_of_its_chips_is_put_on_the_list():
    then, now = lists.parts_of_the_largest(23_536).values()
    assert (then, now) == pytest.approx((0.118, 0.0212), rel=0.01)
    # Seven months to double, as its source says.
    assert data.row("macro_reference", "leader-growth-2026")["value"] == pytest.approx(2 ** (12 / 7), rel=1e-3)
    assert lists.largest_unlisted()["id"] == "colossus-chips"


def changed(monkeypatch, system: str, **cells):
    """The lists with some cells of one machine changed, in every list."""
    moved = {
        vintage: [{**row, **cells} if row["system"] == system else row for row in rows]
        for vintage, rows in lists.entries().items()
    }
    monkeypatch.setattr(verdicts_11, "entries", lambda: moved)
    monkeypatch.setattr(
        verdicts_11, "entry", lambda vintage, name: next(row for row in moved[vintage] if row["system"] == name)
    )


@pytest.mark.parametrize(
    ("claim", "system", "cells", "word"),
    [
        ("C02", "JUPITER Booster", {"rank": 3}, "does not hold"),
        ("C03", "HPC6", {"continent": "Asia"}, "does not hold"),
        ("C04", "El Capitan", {"continent": "Europe"}, "does not hold"),
        ("C07", "JUPITER Booster", {"rmax_pflops": 1100.0}, "holds"),
        ("C16", "JUPITER Booster", {"rank": 11}, "does not hold"),
        ("C46", "HPC6", {"continent": "Asia"}, "depends on the reading"),
        ("C46", "LUMI", {"site": "CSC"}, "does not hold"),
        ("C81", "Frontier", {"country": "Canada"}, "does not hold"),
        ("C82", "LineShine", {"rmax_pflops": 900.0}, "not testable here"),
        ("C83", "HPC6", {"continent": "Asia"}, "does not hold"),
    ],
)
def test_a_verdict_follows_the_lists(monkeypatch, claim, system, cells, word):
    changed(monkeypatch, system, **cells)
    assert verdict(claim).word == word


@pytest.mark.parametrize(
    ("claim", "moved", "word"),
    [
        ("C26", {"superchips": 1_200_000.0}, "holds"),
        ("C26", {"ratio-germany-202506": 2.0}, "does not hold"),
        ("C07", {"bf16-peak": 0.5, "fp8-peak": 0.9}, "depends on the reading"),
    ],
)
def test_a_verdict_follows_the_facts(monkeypatch, claim, moved, word):
    fact = fact_check.fact
    monkeypatch.setattr(verdicts_11, "fact", lambda id: moved.get(id, fact(id)))
    assert verdict(claim).word == word


@pytest.mark.parametrize(("factor", "word"), [(5.2, "holds"), (3.0, "does not hold")])
def test_five_times_holds_if_five_is_measured_and_fails_if_nothing_comes_near(monkeypatch, factor, word):
    readings = [{"reading": "Linpack, list of 2025-06", "factor": factor, "kind": "measured"}]
    monkeypatch.setattr(verdicts_11, "factors", lambda: readings)
    assert verdict("C01").word == word


# A new list -------------------------------------------------------------------------------------------------------

LAST = vintages()[-1]
NEW = f"{LAST[:4]}-11" if LAST.endswith("06") else f"{int(LAST[:4]) + 1}-06"
TABLES = ("top500_lists", "top500", "top500_countries", "top500_makers")
ADDED = {name: [row | {"list": NEW} for row in data.records(name) if row["list"] == LAST] for name in TABLES}


@pytest.fixture
def with_rows(monkeypatch):
    """Put further rows behind those of the tables, as somebody does who adds a list; undone after the test."""
    caches = [found for found in vars(lists).values() if hasattr(found, "cache_clear")]
    whole = data.records

    def add(**rows):
        monkeypatch.setattr(data, "records", lambda name, *more: whole(name, *more) + rows.get(name, []))
        for found in caches:
            found.cache_clear()

    yield add
    monkeypatch.undo()
    for found in caches:
        found.cache_clear()


SHOWS = [gdp_chart, makers_chart, rank_table, owner_table, factor_chart]
LACKING = {
    "top500": (ADDED["top500"][:40], "data/top500.csv lacks 10 of its first 50"),
    "top500_countries": ([], "data/top500_countries.csv lacks World, Europe, EU-27, United States"),
    "top500_makers": (
        [row for row in ADDED["top500_makers"] if (row["dimension"], row["scope"]) != ("system vendor", "EU-27")],
        "data/top500_makers.csv lacks system vendor in EU-27",
    ),
}


@pytest.mark.parametrize("table", LACKING)
@pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.__name__)
def test_a_list_that_is_not_complete_is_a_sentence_that_names_the_missing_rows(with_rows, show, table):
    rows, said = LACKING[table]
    with_rows(**{**ADDED, table: rows})
    with pytest.raises(CourseError, match=f"the list {NEW} of data/top500_lists.csv is not complete: .*{said}"):
        show()


def test_all_that_a_new_list_lacks_is_named_at_once(with_rows):
    with_rows(top500_lists=ADDED["top500_lists"])
    with pytest.raises(CourseError) as caught:
        vintages()
    assert all(f"data/{name}.csv lacks" in str(caught.value) for name in LACKING)


def test_a_new_list_appears_in_tables_charts_and_verdicts(with_rows):
    with_rows(**ADDED)
    assert rank_table().frame.List.tolist() == [*lists.lists_with("JUPITER Booster")[:-1], NEW]
    assert month(NEW) in owner_table().caption
    assert month(NEW) in str(gdp_chart().to_dict()["title"])
    for claim in ("C02", "C04", "C81", "C83"):
        assert verdict(claim).found.count(month(NEW)) == 1
    assert f"by {month(NEW)} " in verdict("C81").because
    assert "in June 2026, when one large machine was entered" in reporting_chart().description
