"""Tornado, Sobol' indices against SALib and closed forms, and break-even points."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from SALib.analyze import sobol as salib
from sovereign_compute.analysis import sensitivity
from sovereign_compute.analysis.sensitivity import breakeven, indices, picked, sample, sobol, tornado
from sovereign_compute.analysis.settings import complete, evaluate
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import Model, Output
from synthetic import CASH_FLOW, CASH_FLOW_ROWS, cash_flow, rows, world


@pytest.fixture
def thirty_years():
    with world(CASH_FLOW_ROWS, CASH_FLOW):
        yield


class Sum(NamedTuple):
    total: object
    other: object


def weighted_sum(*, first, second, third, fourth):
    return Sum(first + 2 * second + 3 * third, 10.0 - first + 0 * fourth)


def product(*, first, second, third, fourth):
    return Sum(first * second, third + fourth * 0)


SUM = Model(weighted_sum, "Sum", (Output("total", "Total", "1", 1), Output("other", "Other", "1", 1)))
PRODUCT = Model(product, "Product", (Output("total", "Total", "1", 1), Output("other", "Other", "1", 1)))
# Symmetric normal ranges: standard deviation 1, and wide limits, so that the variances are known exactly.
UNIT = {"value": 10.0, "low": 10 - 1.645, "high": 10 + 1.645, "hard_min": 0.0, "hard_max": 20.0, "step": 0.001}
FOUR = rows(*({"id": id, **UNIT} for id in ("first", "second", "third", "fourth")))
ZERO = {"value": 0.0, "low": -1.645, "high": 1.645, "hard_min": -20.0, "hard_max": 20.0, "step": 0.001}
FOUR_AROUND_ZERO = rows(*({"id": id, **ZERO} for id in FOUR))


# Tornado --------------------------------------------------------------------------------------------------------------


def test_tornado_moves_one_at_a_time_to_p5_and_p95():
    frame = tornado(gpu_hour_cost)
    assert list(frame) == ["assumption", "label", "low", "high", "at_low", "at_high", "base", "span"]
    assert frame.span.is_monotonic_decreasing
    base = evaluate(gpu_hour_cost).total
    for row in frame.itertuples():
        a = get(row.assumption)
        assert (row.low, row.high, row.base) == (pytest.approx(a.low), pytest.approx(a.high), base)
        assert row.at_low == pytest.approx(evaluate(gpu_hour_cost, **{a.id: a.low}).total)
        assert row.span == abs(row.at_high - row.at_low) > 0


def test_tornado_leaves_out_what_does_not_move_the_output():
    assert set(tornado(gpu_hour_cost, output="cloud").assumption) == {"cloud_price", "exchange_rate"}
    assert "staff_cost" not in set(tornado(gpu_hour_cost, {"staff": 0}).assumption)
    assert "building_lifetime" not in set(tornado(gpu_hour_cost).assumption)


def test_tornado_range_follows_a_moved_value():
    frame = tornado(gpu_hour_cost, {"electricity_price": 0.4}).set_index("assumption")
    assert frame.loc["electricity_price", ["low", "high"]].tolist() == pytest.approx([0.3, 0.5])


# Sobol' ---------------------------------------------------------------------------------------------------------------


def test_indices_of_a_sum_are_the_squares_of_its_weights():
    with world(FOUR, SUM):
        frame = sobol(weighted_sum).set_index("assumption")
    assert set(frame.index) == {"first", "second", "third"}
    for id, share in {"first": 1 / 14, "second": 4 / 14, "third": 9 / 14}.items():
        assert frame.loc[id, "first"] == pytest.approx(share, abs=0.005)
        assert frame.loc[id, "total"] == pytest.approx(share, abs=0.005)
        assert frame.loc[id, "first_low"] <= share <= frame.loc[id, "first_high"]
        assert frame.loc[id, "total_low"] <= share <= frame.loc[id, "total_high"]


def test_a_product_around_zero_acts_only_together_and_says_so():
    with world(FOUR_AROUND_ZERO, PRODUCT):
        frame = sobol(product)
    assert set(frame.assumption) == {"first", "second"}
    assert frame.total.tolist() == pytest.approx([1, 1], abs=0.1)
    assert (frame["first"] >= 0).all()
    assert (frame.first_low == 0).all()
    assert set(frame.says) == {"first order not distinguishable from zero"}


@pytest.mark.parametrize("output", ["worth", "first_year"])
def test_no_index_is_negative_and_small_ones_say_so(thirty_years, output):
    frame = sobol(cash_flow, output=output, n=2**10)
    numbers = frame[["first", "first_low", "first_high", "total", "total_low", "total_high"]]
    assert (numbers >= 0).all(axis=None)
    assert ((frame.first_low > 0) | frame.says.str.contains("not distinguishable from zero")).all()
    assert frame.says.str.contains("not distinguishable").any()


@pytest.mark.parametrize("changes", [{}, {"growth": 0.03, "rate": 0.08}])
def test_indices_are_those_of_salib_within_its_interval(thirty_years, changes):
    blocks, first, second = sample(cash_flow, changes, 2**12)
    found = picked(cash_flow, complete(cash_flow, changes), blocks, first, second, "worth")
    # SALib wants the rows of the first draws, of each exchange, of the second, draw after draw.
    order = [0, *range(2, len(found)), 1]
    names = [block[0].id for block in blocks]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    oracle = salib.analyze(problem, found[order].T.ravel(), calc_second_order=False, seed=1)
    ours = dict(zip(("S1", "ST", "S1_conf", "ST_conf"), indices(found), strict=True))
    for name in ("S1", "ST"):
        # SALib takes the mean of all rows off, we that of the two independent sets: the sixth digit may differ.
        np.testing.assert_allclose(ours[name], oracle[name], atol=2e-6)
        # Two bootstraps of 100 resamples agree about the width to a third.
        np.testing.assert_allclose(ours[f"{name}_conf"], oracle[f"{name}_conf"], rtol=0.35, atol=1e-4)


def test_the_frame_holds_these_indices_and_is_the_same_each_time(thirty_years):
    frame = sobol(cash_flow)
    blocks, first, second = sample(cash_flow)
    found = indices(picked(cash_flow, complete(cash_flow), blocks, first, second, "worth"))
    by_id = frame.set_index("assumption")
    for block, total in zip(blocks, found[1], strict=True):
        assert by_id.loc[block[0].id, "total"] == max(0, total)
    assert frame.equals(sobol(cash_flow))


def test_correlated_assumptions_are_one_row():
    together = rows(
        {"id": "first", **UNIT, "correlation_group": "energy"},
        {"id": "second", **UNIT, "correlation_group": "energy"},
        {"id": "third", **UNIT, "correlation_group": "alone"},
        {"id": "fourth", **UNIT},
    )
    sensitivity._relative.cache_clear()
    with world(together, SUM, correlations={"energy": 0.6, "alone": 0.6}):
        frame = sobol(weighted_sum).set_index("assumption")
    sensitivity._relative.cache_clear()
    assert set(frame.index) == {"first+second", "third"}
    assert frame.loc["first+second", "label"] == "First, Second"
    assert frame.loc["first+second", "says"] == "correlated (energy): one block"
    assert frame.loc["third", "says"] == ""
    linear = 2 * math.sin(math.pi / 6 * 0.6)
    block, alone = 1 + 4 + 2 * 2 * linear, 9
    assert frame.loc["first+second", "first"] == pytest.approx(block / (block + alone), abs=0.01)
    assert frame.loc["third", "total"] == pytest.approx(alone / (block + alone), abs=0.01)


def test_an_output_that_nothing_moves_has_an_empty_table():
    fixed = rows(*({"id": id, "distribution": "fixed", **dict.fromkeys(("low", "value", "high"), 1.0)} for id in FOUR))
    with world(fixed, SUM):
        assert len(sobol(weighted_sum)) == 0
        assert len(tornado(weighted_sum)) == 0


def test_an_infinite_output_is_refused_in_words():
    def reciprocal(*, first, second, third, fourth):
        with np.errstate(divide="ignore"):
            return Sum(1 / np.maximum(first, 0), second + third + fourth)

    model = Model(reciprocal, "Reciprocal", (Output("total", "Total", "1", 1),))
    with world(FOUR_AROUND_ZERO, model), pytest.raises(CourseError, match="Total is infinite"):
        sobol(reciprocal)


def test_too_many_inputs_for_the_stored_draws_are_refused(thirty_years, monkeypatch):
    monkeypatch.setattr(sensitivity, "dimensions", lambda: 20)
    with pytest.raises(CourseError, match="varies 12 quantities; draws are stored for 10"):
        sobol(cash_flow)


# Break-even -----------------------------------------------------------------------------------------------------------


def test_break_even_meets_the_threshold_at_the_value_it_names():
    frame = breakeven(gpu_hour_cost, threshold=0.6).set_index("assumption")
    for id, row in frame[frame["at"].notna()].iterrows():
        # `complete` would round to the grid; the crossing itself lies between two grid values.
        values = {**complete(gpu_hour_cost), id: row["at"]}
        assert gpu_hour_cost(**values).total == pytest.approx(0.6, rel=1e-6), id
        assert evaluate(gpu_hour_cost, **{id: row["set_to"]}).total > 0.6, id
        assert row["says"] == ""
    assert frame.loc["exchange_rate", "says"] == "never within its bounds"
    assert math.isnan(frame.loc["exchange_rate", "at"])


def test_break_even_against_the_cloud_is_the_models_own():
    frame = breakeven(gpu_hour_cost, against="cloud").set_index("assumption")
    result = evaluate(gpu_hour_cost)
    assert frame.loc["utilisation", "at"] == pytest.approx(result.break_even_utilisation, rel=1e-6)
    assert frame.loc["cloud_price", "at"] == pytest.approx(result.total * 1.17, rel=1e-6)


def test_set_to_is_the_nearest_grid_value_that_turns_the_decision():
    frame = breakeven(gpu_hour_cost, threshold=0.6).dropna(subset="at")
    for row in frame.itertuples():
        a = get(row.assumption)
        back = a.at(a.position(row.set_to) - (1 if row.set_to > row.value else -1))
        assert (
            evaluate(gpu_hour_cost, **{row.assumption: back}).total
            <= 0.6
            < evaluate(gpu_hour_cost, **{row.assumption: row.set_to}).total
        )


def test_break_even_comes_in_the_order_of_the_moves(thirty_years):
    frame = breakeven(cash_flow, threshold=0)
    assert frame.moves.is_monotonic_increasing
    first = frame.iloc[0]
    edge = get(first.assumption).low
    assert first.moves == pytest.approx((first.value - first["at"]) / (first.value - edge))


def test_of_two_crossings_the_nearer_one_is_found():
    def hump(*, first, second, third, fourth):
        return Sum(-((first - 8) * (first - 13)), second + third + fourth)

    model = Model(hump, "Hump", (Output("total", "Total", "1", 1),))
    with world(FOUR, model):
        row = breakeven(hump, threshold=0).iloc[0]
    assert row["at"] == pytest.approx(8, abs=1e-6)
    assert row["set_to"] == pytest.approx(7.999)


def test_a_decision_on_the_edge_turns_with_the_first_step():
    with world(FOUR, SUM):
        row = breakeven(weighted_sum, threshold=60).set_index("assumption").loc["third"]
    assert row["at"] == pytest.approx(10, abs=1e-6)
    assert row["set_to"] in (9.999, 10.001)


def test_a_choice_names_the_word_that_turns_the_decision():
    def mode(*, first, second, third, fourth):
        # A choice is one number: models may branch on it.
        return Sum(first if second == 0 else -first, third + fourth)

    model = Model(mode, "Mode", (Output("total", "Total", "1", 1),))
    choice = {"distribution": "choice", "choices": "own|rent|apply", "value": 0.0, "low": 0.0, "high": 0.0}
    choice |= {"hard_min": 0.0, "hard_max": 2.0, "step": 1.0}
    with world({**FOUR, **{"second": rows({"id": "second", **choice})["second"]}}, model):
        frame = breakeven(mode, threshold=0).set_index("assumption")
    assert frame.loc["second", ["at", "set_to"]].tolist() == [1, 1]
    assert frame.loc["second", "says"] == "with rent"
    assert frame.loc["third", "says"] == "never within its bounds"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({}, "threshold"),
        ({"threshold": 1.0, "against": "cloud"}, "threshold"),
        ({"threshold": math.nan}, "must be a number"),
        ({"against": "yearly_cost"}, "different units"),
        ({"against": "colour"}, "no output 'colour'"),
        ({"output": "colour", "threshold": 1.0}, "no output 'colour'"),
    ],
)
def test_a_question_without_sense_is_refused(question, message):
    with pytest.raises(CourseError, match=message):
        breakeven(gpu_hour_cost, **question)
