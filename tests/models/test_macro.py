"""Lesson 41: two roads to a headline, adoption as a curve fitted on four points, forecasts on one basis."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.sensitivity import tornado
from sovereign_compute.analysis.settings import complete, evaluate, inputs
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.display.charts import figure, in_words, must_tell
from sovereign_compute.display.deciding import tornado_chart
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.lessons.fact_check import verdict
from sovereign_compute.lessons.l41_growth import diffusion, exhibits, forecasts
from sovereign_compute.lessons.l41_growth import exercises as exercises_41
from sovereign_compute.lessons.l41_growth import verdicts as verdicts_41
from sovereign_compute.models.macro import adopted, ai_gain
from sovereign_compute.models.parts.diffusion import fit


def case(name: str):
    return evaluate(ai_gain, **presets("ai_gain")[name]["values"])


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\.?\d*", text)]


# Reference values -----------------------------------------------------------------------------------------------------


def test_the_task_model_gives_the_published_productivity():
    found = case("productivity")
    assert found.task_tfp == pytest.approx(100 * 0.046 * 0.144, rel=1e-12)
    assert (round(found.task_tfp, 2), found.task_gdp) == (0.66, found.task_tfp)


def test_the_headline_would_need_53_percent_of_all_tasks():
    assert evaluate(ai_gain).tasks_needed == pytest.approx(100 * 330 / 4300 / 0.144, rel=1e-12)
    assert round(case("productivity").tasks_needed) == 53


def test_half_of_the_firms_give_147_billion_and_all_of_them_294():
    assert case("condition").with_firms == pytest.approx(0.5 * 46e6 * 100 * 64 / 1e9, rel=1e-12)
    assert (round(case("condition").with_firms), round(case("everybody").with_firms)) == (147, 294)
    assert case("everybody").with_firms == case("everybody").everybody == case("everybody").put_to_use


def test_the_published_effect_on_gdp_is_met():
    row = next(row for row in data.records("macro_forecasts") if row["id"] == "acemoglu-gdp")
    assert round(evaluate(ai_gain).task_gdp, 2) == row["high"]
    assert evaluate(ai_gain).task_gain == pytest.approx(4300 * row["high"] / 100, rel=0.001)


def test_what_it_takes_does_nearly_what_it_says():
    assert case("what-it-takes").with_firms == pytest.approx(330, rel=0.02)
    hours = {row["id"]: row["value"] for row in data.records("macro_reference")}
    year = 1e3 * hours["hours-germany"] / hours["workers-germany"]
    assert round(year / presets("ai_gain")["what-it-takes"]["values"]["hours_saved"]) == 6


def test_published_numbers_are_met_or_missed_as_the_lesson_says():
    for row in data.records("published"):
        if row["model"] == "ai_gain":
            found = round(getattr(case(row["preset"]), row["output"]), row["decimals"])
            assert (found == row["value"]) == (row["kind"] == "arithmetic"), row["id"]


# Properties -----------------------------------------------------------------------------------------------------------

scenario = st.fixed_dictionaries({id: st.integers(0, a.positions - 1).map(a.at) for id, a in inputs(ai_gain).items()})


@given(scenario)
@settings(max_examples=150, deadline=None)
def test_each_step_can_only_take_away(values):
    found = ai_gain(**values)
    assert 0 <= found.put_to_use <= found.with_firms * (1 + 1e-12) <= found.everybody * (1 + 1e-9)
    assert found.by_then <= found.everybody * (1 + 1e-9)
    ends = sorted((values["adoption_now"], values["adoption_ceiling"]))
    assert ends[0] * (1 - 1e-9) <= found.adoption_then <= ends[1] * (1 + 1e-9)


@given(scenario)
@settings(max_examples=150, deadline=None)
def test_with_the_tasks_it_needs_the_task_model_gives_the_headline(values):
    found = ai_gain(**values)
    if math.isfinite(found.tasks_needed):
        there = ai_gain(**{**values, "task_share": found.tasks_needed_invested})
        assert there.task_gain == pytest.approx(values["headline_gain"], rel=1e-9)
        alone = ai_gain(**{**values, "task_share": found.tasks_needed, "capital_response": 1.0})
        assert alone.task_gain == pytest.approx(values["headline_gain"], rel=1e-9)
    else:
        assert values["cost_saving"] == found.task_gain == 0


def test_adoption_is_the_logistic_curve():
    share = adopted(20.0, 0.35, 86.0, np.arange(0.0, 30.0))
    odds = np.log(share / (86 - share))
    np.testing.assert_allclose(np.diff(odds), 0.35, rtol=1e-9)
    assert share[0] == pytest.approx(20, rel=1e-12)
    # On a ceiling of all firms: the two speeds that the tables name reach half in these years.
    odds = math.log(4)
    for speed, years in ((0.47, 2.9), (0.27, 5.1)):
        assert round(odds / speed, 1) == years
        assert adopted(20.0, speed, 100.0, odds / speed) == pytest.approx(50, rel=1e-9)


# The fit --------------------------------------------------------------------------------------------------------------


@given(st.floats(0.05, 1.0), st.floats(30, 100), st.floats(2018, 2035))
@settings(max_examples=100, deadline=None)
def test_a_curve_without_noise_is_found_again(speed, ceiling, middle):
    years = np.array([2021.0, 2023.0, 2024.0, 2025.0])
    shares = ceiling / (1 + np.exp(-speed * (years - middle)))
    curve = fit(years, shares, ceiling)
    assert curve.speed == pytest.approx(speed, rel=1e-6)
    assert curve.year(ceiling / 2) == pytest.approx(middle, abs=1e-4)
    np.testing.assert_allclose(curve.share(years), shares, rtol=1e-9)
    np.testing.assert_allclose(curve.band(2030.0), curve.share(2030.0), rtol=1e-4)


def test_the_fit_is_that_of_scipy():
    points, ceiling = diffusion.survey(), 86.0
    curve = fit(points.year, points.share, ceiling)
    line = stats.linregress(points.year, np.log(points.share / (ceiling - points.share)))
    assert curve.speed == pytest.approx(line.slope, rel=1e-9)
    half = stats.t.ppf(0.95, 2) * line.stderr
    assert curve.speed_band == pytest.approx((line.slope - half, line.slope + half), rel=1e-9)
    at_mean = stats.t.ppf(0.95, 2) * curve.spread / 2
    odds = [math.log(share / (ceiling - share)) for share in curve.band(curve.mean)]
    assert odds == pytest.approx([curve.at_mean - at_mean, curve.at_mean + at_mean], rel=1e-9)


def test_the_interval_holds_a_new_point_as_often_as_it_says():
    rng, years, ceiling = np.random.default_rng(41), np.array([2021.0, 2023.0, 2024.0, 2025.0]), 86.0
    runs, held, curve_held = 3000, 0, 0
    for _ in range(runs):
        odds = -1.4 + 0.3 * (np.append(years, 2027.0) - 2025) + rng.normal(0, 0.3, 5)
        shares = ceiling / (1 + np.exp(-odds))
        curve = fit(years, shares[:4], ceiling)
        low, high = curve.band(2027.0, observation=True)
        held += low <= shares[4] <= high
        low, high = curve.band(2027.0)
        curve_held += low <= ceiling / (1 + math.exp(1.4 - 0.6)) <= high
    # Four standard errors of a share of 0.9 in so many runs.
    assert abs(held / runs - 0.9) < 4 * math.sqrt(0.09 / runs)
    assert abs(curve_held / runs - 0.9) < 4 * math.sqrt(0.09 / runs)


@pytest.mark.parametrize(
    ("years", "shares", "ceiling", "says"),
    [
        ([2021, 2023], [7, 8], 86, "at least 3 points, not 2"),
        ([2021, 2023, 2024], [7, 8, 90], 86, "between 0 and the ceiling of 86 %"),
        ([2021, 2023, 2024], [0, 8, 9], 86, "between 0 and the ceiling"),
        ([2021, 2021, 2021], [7, 8, 9], 86, "at least two years"),
    ],
)
def test_points_that_make_no_curve_are_refused(years, shares, ceiling, says):
    with pytest.raises(CourseError, match=says):
        fit(years, shares, ceiling)


def test_a_share_that_is_never_reached_is_never_reached():
    falling = fit([2021, 2023, 2025], [20, 15, 10], 86)
    assert falling.year(50) == math.inf
    assert fit([2021, 2023, 2025], [10, 15, 20], 40).year(50) == math.inf


def test_the_survey_is_the_revised_series_of_all_firms():
    points = diffusion.survey()
    assert dict(zip(points.year, points.share, strict=True)) == {2021: 7.7, 2023: 8.1, 2024: 13.5, 2025: 20.0}
    assert registry()["adoption_now"].value == points.share.iloc[-1]


def test_the_speed_of_the_model_is_one_that_the_survey_allows():
    low, high = diffusion.fitted().speed_band
    speed = registry()["adoption_speed"]
    assert speed.low <= diffusion.fitted().speed <= speed.high
    assert low < speed.value < high


def test_the_last_point_is_missed_by_the_curve_and_held_by_its_interval():
    frame = diffusion.left_out().set_index("year")
    assert len(frame) == 4
    assert frame.predicted[2025] == pytest.approx(13.8, abs=0.05)
    assert frame.low[2025] < frame.share[2025] < frame.high[2025]
    # The text says that the first point lies outside.
    assert list(frame.index[(frame.share < frame.low) | (frame.share > frame.high)]) == [2021]


def test_half_of_the_firms_early_late_or_never():
    early, centre, late = diffusion.half_years()
    assert (round(early), round(centre), late) == (2027, 2031, math.inf)
    curve = diffusion.fitted()
    assert curve.share(centre) == pytest.approx(50, rel=1e-9)
    assert curve.band(early)[1] == pytest.approx(50, abs=1)
    assert diffusion.half_years(adoption_ceiling=45) == (math.inf, math.inf, math.inf)


# Forecasts and gaps ---------------------------------------------------------------------------------------------------


def test_forecasts_come_onto_one_basis():
    frame = forecasts.forecasts().set_index("id")
    assert len(frame) == len(data.records("macro_forecasts"))
    assert frame.high["iw-330"] == pytest.approx(100 * 330 / 4300)
    assert (frame.low["acemoglu-tfp"], frame.high["acemoglu-tfp"]) == (0.53, 0.66)
    assert frame.high["growth-mckinsey"] == pytest.approx(100 * (1.033**10 - 1))
    assert frame.high["mckinsey-value"] == pytest.approx(100 * 4400 / 105_435)
    assert forecasts.forecasts(forecast_years=1).set_index("id").high["growth-mckinsey"] == pytest.approx(3.3)
    assert forecasts.forecasts(gdp=8600).set_index("id").high["iw-330"] == pytest.approx(100 * 330 / 8600)
    assert (frame.low <= frame.high).all()


def test_the_gap_is_closed_where_the_table_says():
    frame = exhibits.gaps()
    assert set(frame.assumption[frame["at"].isna()]) == {"adopting_firms", "capital_response"}
    for row in frame.dropna().itertuples():
        values = {**complete(ai_gain), row.assumption: row.at}
        assert getattr(ai_gain(**values), row.road) == pytest.approx(330, rel=1e-5)
    # The text says that none of them does it within its range.
    table = exhibits.gap_table().shown
    assert set(table["Within that range?"]) == {"no"}
    assert list(table["Alone it would have to be"]).count("no value is enough") == 2
    assert "yes" in set(exhibits.gap_table(headline_gain=200).frame["Within that range?"])


def test_one_assumption_is_worth_about_180_billion():
    tasks, hours = tornado(ai_gain, None, "task_gain"), tornado(ai_gain)
    assert (tasks.assumption[0], hours.assumption[0]) == ("task_share", "hours_saved")
    assert tasks.span[0] == pytest.approx(184, abs=1)
    assert hours.span[0] == pytest.approx(191, abs=1)


# Charts and sentences -------------------------------------------------------------------------------------------------

CHARTS = {
    "figure": lambda: figure(ai_gain),
    "figure, nothing saved": lambda: figure(ai_gain, cost_saving=0, hours_saved=0),
    "adoption": diffusion.adoption_chart,
    "adoption, low ceiling": lambda: diffusion.adoption_chart(adoption_ceiling=45),
    "forecasts": forecasts.forecast_chart,
    "tornado": lambda: tornado_chart(ai_gain, "task_gain"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_tells_its_result(name):
    must_tell(CHARTS[name]().to_dict())


def test_descriptions_agree_with_the_data():
    early, centre, _ = diffusion.half_years()
    told = diffusion.adoption_chart().description
    assert {round(early), round(centre), 20} <= set(numbers(told))
    assert "the lower end in no year" in told
    frame = forecasts.forecasts()
    told = numbers(forecasts.forecast_chart().description)
    # The heading of the lesson and the title of the chart speak of nine.
    assert told[0] == len(frame) - len(forecasts.SUPERSEDED) == 9
    assert told[1:3] == [round(frame.low.min(), 2), round(frame.high.max())]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "AI would have to pay off in 53 % of all tasks, or in 30 % if firms also invest"),
        ({"cost_saving": 0}, "Where tasks save nothing"),
        ({"cost_saving": 2}, "At this saving even all tasks would not reach the headline"),
        ({"cost_saving": 7}, "AI would have to pay off in more than all tasks, or in 63 %"),
        ({"hours_saved": 50}, "The course's values give 147 and 50."),
    ],
)
def test_the_sentence_follows_the_scenario(changes, says):
    assert says in str(in_words(ai_gain, **changes))


def test_the_sentence_names_both_roads_and_their_bands():
    bands = evaluation_of(ai_gain).bands
    told = numbers(str(in_words(ai_gain)))
    wanted = [147, *(round(x) for x in bands["with_firms"]), 330, 50, *(round(x) for x in bands["task_gain"])]
    assert set(wanted) <= set(told)


# Exercises and verdicts -----------------------------------------------------------------------------------------------


def test_the_verdicts():
    assert {id: verdict(id).word for id in ("C17", "C22", "C23", "C24")} == {
        "C17": "opinion",
        "C22": "depends on the reading",
        "C23": "depends on the reading",
        "C24": "holds partly",
    }
    assert numbers(verdict("C22").found) == [147, 50, 294, 50]


@pytest.mark.parametrize(
    ("claim", "moved", "word"),
    [
        ("C23", {"rank-japan": 5.0}, "holds"),
        ("C24", {"rank-key-technologies": 15.0}, "holds"),
    ],
)
def test_a_verdict_follows_the_ranks(monkeypatch, claim, moved, word):
    before = verdicts_41.reference
    monkeypatch.setattr(verdicts_41, "reference", lambda id: moved.get(id, before(id)))
    assert verdict(claim).word == word


@pytest.mark.parametrize(
    ("quantity", "word"), [("5000", "does not hold"), ("331", "does not hold"), ("330", "depends on the reading")]
)
def test_the_verdict_on_the_headline_follows_the_claim(monkeypatch, quantity, word):
    known = verdicts_41.claims()
    moved = {**known, "C22": {**known["C22"], "quantity": float(quantity)}}
    monkeypatch.setattr(verdicts_41, "claims", lambda: moved)
    assert verdict("C22").word == word


def test_predictions_are_answered_by_the_task_model():
    assert ANSWERS["ai-billions"]().value == evaluate(ai_gain).task_gain
    assert round(evaluate(ai_gain).tasks_needed) == 53


@pytest.mark.parametrize(("id", "found"), [("41.4", exercises_41._at_high), ("41.5", exercises_41._stated)])
def test_the_orders_and_choices_have_one_answer(id, found):
    for number in range(100):
        sizes = sorted(found(find_exercise(id).case(number)).values())
        assert all(larger > 1.001 * size for size, larger in pairwise(sizes)), (number, sizes)
