"""Lesson 33: the limits of the production function, what one input does alone, and two vintages of one count."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.settings import at_preset, complete, evaluate
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.display.charts import figure, in_words, must_tell
from sovereign_compute.display.deciding import tornado_chart
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.lessons.fact_check import claims, verdict
from sovereign_compute.lessons.l33_ecosystem import exercises as exercises_33
from sovereign_compute.lessons.l33_ecosystem import exhibits, investment
from sovereign_compute.lessons.l33_ecosystem import verdicts as verdicts_33
from sovereign_compute.models.ecosystem import ceiling, ces, cobb_douglas, ecosystem_output
from told import numbers

NOTEBOOK = "33_does_compute_make_an_ecosystem"
factor = st.floats(0.2, 50)
weight = st.floats(0.05, 0.9)
three = st.tuples(factor, factor, factor)
weights = st.tuples(weight, weight, weight)


# Limits of the production function ------------------------------------------------------------------------------------


@given(weights, three)
@settings(deadline=None)
def test_substitution_of_one_is_cobb_douglas_from_both_sides(shares, grown):
    product = math.prod(x**w for w, x in zip(shares, grown, strict=True))
    assert ces(shares, grown, 1.0) == pytest.approx(product, rel=1e-12)
    for near in (1 - 1e-5, 1 + 1e-5):
        assert ces(shares, grown, near) == pytest.approx(product, rel=2e-4)
    assert ces(shares, grown, 1 + 1e-9) == pytest.approx(product, rel=1e-7)


@given(weights, st.tuples(*[st.floats(0.2, 10)] * 3))
@settings(deadline=None)
def test_substitution_near_zero_is_leontief(shares, grown):
    scarcest, scale = min(grown), sum(shares)
    share = sum(w for w, x in zip(shares, grown, strict=True) if x == scarcest) / scale
    for substitution in (0.05, 0.01, 0.004):
        # The scarcest input alone decides, but for its share, whose power goes to 1.
        bound = share ** (scale / (1 - 1 / substitution))
        found = ces(shares, grown, substitution) / scarcest**scale
        assert 1 - 1e-9 <= found <= bound * (1 + 1e-9)
    assert bound < 1.06


@given(weights, three)
@settings(deadline=None)
def test_substitution_without_end_is_a_weighted_sum(shares, grown):
    mean = sum(w * x for w, x in zip(shares, grown, strict=True)) / sum(shares)
    assert ces(shares, grown, 1e8) == pytest.approx(mean ** sum(shares), rel=1e-5)


@given(weights, st.floats(0.05, 5), st.floats(0.2, 20))
@settings(deadline=None)
def test_twice_of_everything_gives_the_elasticity_of_scale(shares, substitution, times):
    assert ces(shares, (times,) * 3, substitution) == pytest.approx(times ** sum(shares), rel=1e-9)


@given(weights, st.floats(0.1, 5))
@settings(deadline=None)
def test_a_weight_is_the_elasticity_at_todays_point(shares, substitution):
    step = 3e-4  # large enough for what rounding takes from a power close to one
    for place, share in enumerate(shares):
        up, down = (tuple(math.exp(s) if i == place else 1.0 for i in range(3)) for s in (step, -step))
        slope = math.log(ces(shares, up, substitution) / ces(shares, down, substitution)) / (2 * step)
        assert slope == pytest.approx(share, rel=1e-5)


@given(weights, three, st.floats(0.1, 5))
@settings(deadline=None)
def test_output_grows_with_substitution_and_with_each_input(shares, grown, substitution):
    output = ces(shares, grown, substitution)
    assert ces(shares, grown, 1.3 * substitution) >= output * (1 - 1e-9)
    for place in range(3):
        more = tuple(x * (1.5 if i == place else 1) for i, x in enumerate(grown))
        assert ces(shares, more, substitution) >= output * (1 - 1e-12)


def test_an_array_of_substitutions_passes_through_one():
    walk = np.array([0.5, 1.0, 1.0 + 1e-9, 2.0])
    alone = [ces((0.25, 0.5, 0.25), (5.0, 1.2, 1.3), float(sigma)) for sigma in walk]
    np.testing.assert_allclose(ces((0.25, 0.5, 0.25), (5.0, 1.2, 1.3), walk), alone, rtol=1e-12)
    assert alone[1] == cobb_douglas((0.25, 0.5, 0.25), (5.0, 1.2, 1.3)) == pytest.approx(1.74912, abs=1e-5)


@given(weights, st.floats(0.1, 0.7), factor, factor)
@settings(deadline=None)
def test_the_ceiling_is_approached_and_not_passed(shares, substitution, people, pools):
    end = ceiling(shares, (1.0, people, pools), substitution)
    near = ces(shares, (1e30, people, pools), substitution)
    assert near <= end * (1 + 1e-9)
    assert near == pytest.approx(end, rel=1e-3)


def test_there_is_no_ceiling_where_inputs_replace_one_another():
    assert ceiling((0.25, 0.5, 0.25), (1.0, 1.0, 1.0), 1.0) == math.inf
    assert ceiling((0.25, 0.5, 0.25), (1.0, 1.0, 1.0), 2.0) == math.inf


# Computing, people, data ----------------------------------------------------------------------------------------------


def test_the_course_finds_half_of_the_gain_only_in_company():
    found = evaluate(ecosystem_output)
    assert (round(found.output, 2), round(found.alone, 2), round(found.beside, 2)) == (1.58, 1.31, 1.17)
    # By hand: 0.25 × 5^(−2/3) + 0.75, to the power of −3/2.
    assert found.alone == pytest.approx((0.25 * 5 ** (-2 / 3) + 0.75) ** -1.5, rel=1e-12)
    assert found.output - 1 > (found.alone - 1) + (found.beside - 1)


def test_the_marginal_product_falls_if_people_and_data_stand_still():
    walk = [evaluate(ecosystem_output, compute_factor=k, people_factor=1, data_factor=1) for k in (1, 2, 4, 8, 16)]
    gains = [found.next_doubling for found in walk]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] == pytest.approx(walk[0].first_doubling, rel=1e-12)
    shares = [found.weight_then for found in walk]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == pytest.approx(get("elasticity_compute").value, rel=1e-12)


def test_the_elasticity_afterwards_is_the_slope():
    values = complete(ecosystem_output)
    up, down = (
        ecosystem_output(**{**values, "compute_factor": values["compute_factor"] * math.exp(s)}).output
        for s in (1e-6, -1e-6)
    )
    slope = math.log(up / down) / 2e-6
    assert ecosystem_output(**values).weight_then == pytest.approx(slope, rel=1e-6)


def test_presets_of_the_ecosystem_do_what_they_say():
    assert at_preset(ecosystem_output, "twice-all").output == pytest.approx(2, rel=1e-12)
    only = at_preset(ecosystem_output, "only-machine")
    assert only.output == only.alone
    # People and data at the top of their range do what a hundred times the computing does.
    assert at_preset(ecosystem_output, "people-first").output == pytest.approx(
        at_preset(ecosystem_output, "hundred").output, rel=0.03
    )
    # Near 0 of substitution output is little more than what the least of the three has grown by.
    assert at_preset(ecosystem_output, "chain").output == pytest.approx(get("people_factor").value, rel=0.05)
    even = at_preset(ecosystem_output, "even")
    assert even.output == even.cobb_douglas


# Two vintages ---------------------------------------------------------------------------------------------------------


def test_the_later_vintage_of_2021_is_5_instead_of_4_billion():
    frame = investment.vintages().set_index(["year", "vintage"]).value
    assert frame[2021, "counted in 2025"] == pytest.approx(3.599)
    assert frame[2021, "counted in 2026"] == pytest.approx(5.094)
    assert 2025 not in investment.vintages().year.tolist()


def test_every_country_was_revised_upwards():
    frame = investment.revisions()
    assert (frame.times > 1).all()
    assert frame.times.idxmax() == frame.index[frame.geography == "United States"][0]
    assert (frame.second / frame["first"]).tolist() == frame.times.tolist()


def test_the_table_marks_what_is_not_established(monkeypatch):
    table = investment.investment_table().shown.set_index("Where")
    assert table.loc["Germany"].iloc[-1] == "2.0"
    assert table.loc["United States"].tolist() == ["77.7", "112.8", "148.3", "109.1"]
    known = data.records
    doubted = [row | {"tier": "unverified"} for row in known("ai_investment") if row["id"] == "germany-2024-quid"]
    monkeypatch.setattr(data, "records", lambda name: known(name) + (doubted if name == "ai_investment" else []))
    table = investment.investment_table().shown.set_index("Where")
    assert table.loc["Germany"].iloc[-1] == "2.0 (unverified)"


# Charts and sentences -------------------------------------------------------------------------------------------------

CHARTS = {
    "ecosystem": lambda: figure(ecosystem_output),
    "computing": exhibits.computing_chart,
    "computing, replaced": lambda: exhibits.computing_chart(substitution=2),
    "calibration": exhibits.calibration_chart,
    "vintages": investment.vintage_chart,
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_tells_its_result(name):
    must_tell(CHARTS[name]().to_dict())


def test_descriptions_agree_with_the_data():
    ends = exhibits.ceilings()
    assert {round(end, 2) for end in ends.values()} <= set(numbers(exhibits.computing_chart().description))
    assert "no ceiling" in exhibits.computing_chart(substitution=2).description
    frame = exhibits.calibration()
    said = numbers(exhibits.calibration_chart().description)
    assert {round(frame.low.min(), 2), round(frame.high.max(), 2)} <= set(said)


def test_sentences_name_the_course_where_something_moved():
    assert "The course's values give" not in str(in_words(ecosystem_output))
    assert "The course's values give 1.58." in str(in_words(ecosystem_output, compute_factor=2))


# Exercises and verdicts -----------------------------------------------------------------------------------------------


def test_orders_and_choices_have_one_answer():
    for number in range(100):
        doubled = sorted(exercises_33._doublings(find_exercise("33.3").case(number)).values())
        assert doubled[-1] > 1.0001 * doubled[-2], number


def test_the_verdicts_of_lesson_33():
    mine = [id for id, claim in claims().items() if claim["notebook"] == NOTEBOOK]
    assert {id: verdict(id).word for id in mine} == {
        "C33": "opinion",
        "C37": "not testable here",
        "C60": "not testable here",
        "C63": "opinion",
        "C64": "not testable here",
        "C74": "not testable here",
        "C85": "not testable here",
    }
    for id in mine:
        if verdict(id).word == "not testable here":
            assert re.search(r"would (?:first )?have to|a test would", verdict(id).because), id


def test_a_model_in_which_company_does_not_help_would_say_so(monkeypatch):
    real = verdicts_33.evaluate
    flat = lambda f: real(f)._replace(output=1.0, alone=1.3) if f is ecosystem_output else real(f)  # noqa: E731
    monkeypatch.setattr(verdicts_33, "evaluate", flat)
    assert "does not support" in verdict("C33").because


def test_an_axis_without_unit_has_no_empty_brackets():
    titles = re.findall(r'"title": "([^"]*)"', tornado_chart(ecosystem_output).to_json())
    assert "Output, times today’s" in titles
