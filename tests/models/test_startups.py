"""Lesson 31: the tail against known samples, luck and thresholds against closed forms, facts, verdicts that follow."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr
from sovereign_compute.analysis.settings import evaluate, inputs
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, frames
from sovereign_compute.lessons.fact_check import verdict
from sovereign_compute.lessons.l31_startups import exercises as exercises_31
from sovereign_compute.lessons.l31_startups import exhibits, luck
from sovereign_compute.models.parts import companies, selection, tails
from sovereign_compute.models.startups import public_part

# The tail -------------------------------------------------------------------------------------------------------------


def test_the_exponent_of_the_european_values_is_that_of_the_curriculum():
    tail = luck.european_tail()
    assert (round(tail.exponent, 2), round(tail.error, 2), tail.count) == (0.96, 0.22, 19)
    assert round(tail.exponent, 2) == inputs(public_part)["tail_exponent"].value
    assert round(100 * tails.top_share(companies.unicorns().usd, 1)) == 17
    assert round(100 * tails.top_share(companies.unicorns().usd, 3)) == 40


def test_the_tail_starts_where_the_list_is_not_thin():
    """Below the start the list has far fewer firms than the law; between the start and twice that, about as many."""
    usd, tail, start = companies.unicorns().usd, luck.european_tail(), companies.TAIL_FROM
    assert tail.count == (usd >= start).sum()
    below = tail.count * ((start / companies.UNICORN) ** tail.exponent - 1)
    assert (round(below), (usd < start).sum()) == (18, 1)
    above = tail.count * (1 - 2**-tail.exponent)
    assert abs(((usd >= start) & (usd < 2 * start)).sum() - above) < 2 * math.sqrt(above)


def test_the_exponent_depends_on_where_one_starts_to_count():
    frame = luck.hill_table().shown
    assert list(frame["Exponent"].iloc[:2]) == ["0.61", "0.96"]
    assert list(frame["Firms"]) == [(companies.unicorns().usd >= least).sum() for least in luck.STARTS]
    from_three = tails.hill(companies.unicorns().usd, 3.0)
    assert from_three.exponent > 1 > from_three.exponent - from_three.error
    from_one = tails.hill(companies.unicorns().usd, companies.UNICORN)
    assert 1.8 < from_three.exponent / from_one.exponent < 2.2  # "twice as large" in the guide


@pytest.mark.parametrize("exponent", [0.4, 0.62, 1.0, 2.5])
def test_hill_finds_the_exponent_of_a_known_pareto_sample(exponent):
    tail = tails.hill(tails.pareto(exponent, 20_000, least=3.0), 3.0)
    assert tail.count == 20_000
    assert abs(tail.exponent - exponent) < 3 * tail.error
    assert tail.error < 0.01 * exponent


def test_the_standard_error_of_hill_is_the_spread_of_its_estimates():
    draws = tails.pareto(0.62, 400 * 200).reshape(400, 200)
    found = [tails.hill(sample, 1.0) for sample in draws]
    spread = np.std([tail.exponent for tail in found])
    assert np.mean([tail.error for tail in found]) == pytest.approx(spread, rel=0.1)
    covered = np.mean([abs(tail.exponent - 0.62) < 1.96 * tail.error for tail in found])
    assert 0.92 < covered < 0.98


@given(st.lists(st.floats(1.001, 1e6), min_size=2, max_size=30), st.floats(0.1, 100))
@settings(max_examples=80, deadline=None)
def test_hill_does_not_depend_on_the_unit(values, factor):
    # Scaled values may round to just below the scaled threshold only if they lie on it, and none does here.
    plain = tails.hill(values, 1.0)
    assert tails.hill([factor * value for value in values], factor).exponent == pytest.approx(plain.exponent, rel=1e-6)


def test_hill_by_hand():
    assert tails.hill([2.0, 4.0, 8.0, 0.5], 1.0) == pytest.approx((0.5 / math.log(2), 0.5 / math.log(2) / 3**0.5, 3))


@pytest.mark.parametrize(("values", "least"), [([2.0], 1.0), ([1.0, 1.0], 1.0), ([], 1.0), ([2.0, 3.0], 0.0)])
def test_hill_refuses_what_has_no_tail(values, least):
    with pytest.raises(CourseError, match=r"least"):
        tails.hill(values, least)


def test_slips_in_the_arguments_are_named():
    with pytest.raises(CourseError, match="count is 4; allowed is 1 to 3"):
        tails.top_share([1, 2, 3], 4)
    with pytest.raises(CourseError, match="exponent is 0; it must lie above 0"):
        tails.pareto(0, 10)
    with pytest.raises(CourseError, match="winning_percent is 0; allowed is above 0 to 100 %"):
        selection.survivors(1.0, 0)
    with pytest.raises(CourseError, match="effect_percent is -100; it must lie above -100 %"):
        selection.calls_needed(-100, 1.0, 4)
    with pytest.raises(CourseError, match="funded is 60; allowed is 1 to half of the 94 applicants"):
        selection.ranked_call(0, 1.0, 94, 60)


def test_draws_have_the_median_of_the_model_and_the_mean_settles_only_for_a_thin_tail():
    draws = tails.pareto(0.62, 2**16)
    assert np.median(draws) == pytest.approx(2 ** (1 / 0.62), rel=0.02)
    assert evaluate(public_part, tail_exponent=0.62).typical == pytest.approx(1000 * 2 ** (1 / 0.62), rel=1e-12)
    thin = tails.running_mean(tails.pareto(3.0, 2**16))
    assert thin[-1] == pytest.approx(1.5, rel=0.01)
    heavy = tails.running_mean(draws)
    assert heavy[-1] > 5 * heavy[2**10]
    assert tails.running_mean([1, 3, 8]).tolist() == [1, 2, 4]


# Luck and thresholds --------------------------------------------------------------------------------------------------


def test_winners_of_equal_firms_are_as_lucky_as_the_closed_form_says():
    spread, share = 1.0, 5
    found = selection.survivors(spread, share, firms=200_000)
    assert found.won.sum() == 10_000
    # The mean of the upper tail of a lognormal distribution.
    closed = math.exp(spread**2 / 2) * ndtr(spread - 1.6448536269514722) / 0.05
    assert found.multiples[found.won].mean() == pytest.approx(closed, rel=0.02)
    assert np.median(found.multiples) == pytest.approx(1, rel=0.02)
    assert (found.won & found.hours).sum() / found.won.sum() == pytest.approx(0.5, abs=0.02)


def test_without_luck_there_is_nothing_to_win():
    assert set(selection.survivors(0.0, 1).multiples) == {1.0}
    assert selection.survivors(1.6, 0.01).won.sum() == 1


def test_estimates_centre_on_the_effect_and_spread_as_the_closed_form_says():
    logs = np.log1p(selection.estimates(40, 1.6, 4, 40_000) / 100)
    assert logs.mean() == pytest.approx(math.log(1.4), abs=4 * 1.6 * math.sqrt(0.5 / 40_000))
    assert logs.std() == pytest.approx(1.6 * math.sqrt(0.5), rel=0.02)


def test_the_calls_needed_find_the_effect_in_four_of_five_studies():
    calls = round(selection.calls_needed(300, 1.6, 4))
    studies = np.log1p(selection.estimates(300, 1.6, 4, 4_000 * calls) / 100).reshape(4_000, calls).mean(axis=1)
    error = 1.6 * math.sqrt(0.5 / calls)
    assert np.mean(studies > selection.Z_TEST * error) == pytest.approx(0.8, abs=0.03)
    assert selection.calls_needed(0, 1.6, 4) == math.inf


def test_the_funded_are_worth_more_by_the_effect_and_nobody_else_is():
    with_effect, without = (selection.ranked_call(effect, 1.6, 94, 4) for effect in (15, 0))
    np.testing.assert_allclose(with_effect[:4] / without[:4], 1.15, rtol=1e-12)
    np.testing.assert_array_equal(with_effect[4:], without[4:])


# The chain ------------------------------------------------------------------------------------------------------------

scenario = st.fixed_dictionaries(
    {id: st.integers(0, a.positions - 1).map(a.at) for id, a in inputs(public_part).items()}
)


@given(scenario)
@settings(max_examples=150, deadline=None)
def test_each_part_is_at_most_the_whole(values):
    found = public_part(**values)
    assert 0 <= found.kept <= found.traced * (1 + 1e-12) <= found.computing * (1 + 1e-12)
    assert values["wage_share"] * (1 - 1e-12) <= found.european <= 100 * (1 + 1e-12)
    assert found.kept_value == pytest.approx(found.typical * found.kept / 100, rel=1e-12)
    assert found.typical >= values["smallest_value"]
    # A winner less what it owes to the prize is an equal loser.
    assert (1 + values["funding_effect"] / 100) * (1 - found.by_effect / 100) == pytest.approx(1, rel=1e-9)


def test_no_public_hours_leave_nothing_but_the_effect_of_a_prize():
    none, course = evaluate(public_part, public_hours_share=0), evaluate(public_part)
    assert none.kept == none.per_start_up == 0
    assert none.by_effect == course.by_effect > 0


# Facts ----------------------------------------------------------------------------------------------------------------


def test_mistral_after_the_money_in_dollars():
    rounds = {row["id"]: row for row in data.records("funding_rounds")}
    after = rounds["mistral-ai-2025-09-09"]
    assert rounds["mistral-ai-2025-09-09-pre"]["valuation_m"] + after["amount_m"] == after["valuation_m"] == 11_700
    dollars = 11.7 * companies.rate("2025-09-09")
    assert round(dollars, 1) == 13.8 == rounds["mistral-ai-2025-09-09-usd"]["valuation_m"] / 1000


def test_winners_exits_and_failures_are_all_in_the_table():
    frame = companies.european()
    assert len(frame) == 41
    assert {"active", "acquired", "failed", "merged", "listed"} <= set(frame.status)
    assert list(companies.prize_winners().company.sort_values()) == [
        "Lingua Custodia / Dragon LLM",
        "Textgain",
        "Tilde",
        "Unbabel",
    ]
    assert luck.funded_and_ranked() == (94, 4)
    shown = exhibits.company_table().shown.set_index("Company")
    assert tuple(shown.loc["Helsing", ["How read", "Evidence"]]) == ("headline", "secondary")
    assert tuple(shown.loc["Quantexa", ["How read", "Evidence"]]) == ("memory", "unverified")
    assert shown.loc["Mistral AI", "Last value"] == "21 bn EUR"
    assert shown.loc["n8n", "Last value"] == "5.2 bn USD (price of a stake)"
    assert shown.loc["Graphcore", "Last value"] == "sold: 0.5 bn USD"
    assert set(exhibits.company_table("failed").frame["Company"]) == set(frame[frame.status == "failed"].company)


def test_every_second_print_of_a_european_value_is_explained():
    ours = set(companies.european().id)
    twice = {
        row["id"]
        for row in data.records("funding_rounds")
        if row["same_as"] and row["company"] in ours and row["valuation_m"]
    }
    # The two texts on Multiverse agree on the value; they differ in whether the money has come.
    assert twice - {"multiverse-computing-2026-07-27-news"} == set(exhibits.PRINTED)


def test_money_by_lead_counts_each_round_once_and_no_debt():
    frame = exhibits.lead_money()
    rounds = frames.table("funding_rounds")
    mistral = rounds[(rounds.company == "mistral-ai") & rounds.same_as.isna()]
    assert frame.set_index("lead").usd["NL"] == pytest.approx(1700 * companies.rate())
    assert frame.set_index("lead").usd["KR"] == pytest.approx(3000 * companies.rate())
    assert "FR and GB and JP" not in set(frame.lead)  # the banks of the debt
    assert len(mistral) == 7
    assert frame.rounds.sum() == 34


def test_debt_is_counted_once_and_its_lenders_are_named_where_they_are_known():
    shown = exhibits.debt_table().shown
    mistral = shown[shown.Company == "Mistral AI"]
    assert list(mistral.Debt) == ["132 million EUR", "830 million USD"]
    assert mistral["Lent by"].iloc[0] == "not published" and mistral["Lent by"].iloc[1].endswith(", FR/GB/JP")
    assert shown.Date.is_monotonic_increasing


def test_silo_events_come_in_order_and_the_firm_before_the_machine():
    events = exhibits.silo_events()
    assert [date for date, *_ in events] == sorted(date for date, *_ in events)
    assert "founded" in events[0][1]
    assert "buys" in events[-1][1]


# Charts say what they draw --------------------------------------------------------------------------------------------


def rows_of(chart) -> list[dict]:
    """All rows that a chart holds, of whatever data set."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_the_tail_chart_shows_each_firm_once():
    points = [row for row in rows_of(luck.tail_chart()) if "name" in row]
    assert sorted(row["rank"] for row in points) == list(range(1, 21))
    assert "0.96 with a standard error of 0.22" in luck.tail_chart().to_dict()["description"]


def test_the_charts_of_made_up_firms_say_so():
    for chart in (luck.mean_chart(), luck.survivors_chart(), luck.threshold_chart()):
        spec = chart.to_dict()
        assert "simulated" in spec["title"]["text"]
        assert spec["description"].startswith("Simulated")


def test_the_chart_of_equal_firms_holds_a_thousand():
    rows = rows_of(luck.survivors_chart())
    assert sum(row["firms"] for row in rows) == 1_000
    assert sum(row["firms"] for row in rows if row["kind"] == "winners") == 10


def test_the_chart_of_leads_holds_all_the_money():
    total = sum(row["usd"] for row in rows_of(exhibits.lead_chart()) if "usd" in row)
    assert total == pytest.approx(exhibits.lead_money().usd.sum() / 1000)


# Verdicts -------------------------------------------------------------------------------------------------------------


def test_the_verdicts_of_lesson_31():
    words = {id: verdict(id).word for id in ("C61", "C62", "C65", "C66", "C67", "C68", "C69", "C70", "C88")}
    assert words == {
        "C61": "holds",
        "C62": "holds partly",
        "C65": "holds partly",
        "C66": "holds",
        "C67": "holds partly",
        "C68": "holds",
        "C69": "does not hold",
        "C70": "depends on the reading",
        "C88": "not testable here",
    }


@pytest.mark.parametrize(
    ("claim", "id", "moved", "word"),
    [
        ("C61", "poro-34b", {"machine": "own"}, "does not hold"),
        ("C62", "silo-ai", {"founded": "2023"}, "holds"),
        ("C62", "silo-ai", {"exit_date": "2021-05"}, "does not hold"),
        ("C65", "mistral-7b", {"machine": "Leonardo"}, "holds"),
        ("C65", "mistral-7b", {"machine": "CoreWeave"}, "does not hold"),
        ("C66", "bloom-176b", {"chip_hours": 2e6}, "holds partly"),
        ("C66", "bloom-176b", {"machine": "own"}, "does not hold"),
        ("C67", "hugging-face", {"country": "FR"}, "holds partly"),
        ("C67", "mistral-ai", {"country": "US"}, "does not hold"),
        ("C68", "mistral-ai-2025-09-09", {"valuation_m": 10_000.0}, "does not hold"),
        ("C69", "hugging-face", {"valuation_currency": "EUR"}, "holds"),
        ("C70", "mistral-ai", {"public_machine": None}, "does not hold"),
        ("C88", "silo-ai", {"public_machine": None}, "does not hold"),
    ],
)
def test_a_verdict_follows_the_facts(monkeypatch, claim, id, moved, word):
    row = data.row
    monkeypatch.setattr(data, "row", lambda table, of: {**row(table, of), **(moved if of == id else {})})
    assert verdict(claim).word == word


def test_two_european_firms_among_the_first_ten_would_hold(monkeypatch):
    row, frame = data.row, companies.unicorns()
    shorter = frame[frame.company != "Ineffable Intelligence"].reset_index(drop=True)
    at_home = {"country": "FR"}
    monkeypatch.setattr(companies, "unicorns", lambda: shorter)
    monkeypatch.setattr(data, "row", lambda table, of: row(table, of) | (at_home if of == "hugging-face" else {}))
    assert verdict("C67").word == "holds"


def test_prizes_and_values_enter_the_verdict_on_both_cases(monkeypatch):
    richer = companies.unicorns()
    richer = pd.concat([richer, companies.prize_winners()], ignore_index=True)
    monkeypatch.setattr(companies, "unicorns", lambda: richer)
    assert verdict("C70").found.startswith("4 of 4 prize winners")


def test_the_slip_of_the_decimal_is_the_only_ratio_of_ten():
    ratios = exercises_31._pairs()
    assert sum(ratio == pytest.approx(10) for ratio in ratios.values()) == 1
    assert ratios[exercises_31._slip({})] == pytest.approx(10)
