"""Lesson 34: what a site leaves its owners, against integrals, closed forms, and the model of its first day."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from sovereign_compute.analysis.settings import at_preset, complete, evaluate, inputs
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.models.gigafactory import gigafactory_use
from sovereign_compute.models.gigafactory_years import gigafactory_pays, years_until
from sovereign_compute.models.ownership import annuity


def within(model) -> st.SearchStrategy[dict]:
    """Values of a model, each anywhere in its range."""
    ranges = {id: st.floats(a.low, a.high) for id, a in inputs(model).items() if a.low < a.high}
    return st.fixed_dictionaries(ranges).map(lambda chosen: {**complete(model), **chosen})


def integrated(v: dict, returns) -> float:
    """The present value of what ``returns`` gives for an age and a part in use, integrated by SciPy."""
    usable = v["gigafactory_chips"] * v["availability"] * v["utilisation"] / 1e4
    ratio = v["asking_price"] / (v["cloud_price"] / v["exchange_rate"])
    opening = v["demand_gpus"] * (1 + v["demand_growth"] / 100) ** v["build_years"] * ratio ** -v["demand_elasticity"]

    def yearly(age):
        wanted = opening / v["gigafactory_places"] * (1 + v["demand_growth"] / 100) ** age
        worth = (1 + v["required_return"] / 100) ** -age
        return worth * returns(age, min(1, wanted / usable)) * usable * 8_760 / 1e9

    full = float(years_until(usable / opening * v["gigafactory_places"], v["demand_growth"]))
    kink = [full] if 0 < full < v["lifetime"] else None
    return quad(yearly, 0, v["lifetime"], points=kink)[0]


@given(within(gigafactory_pays))
@settings(max_examples=60, deadline=None)
def test_rents_are_those_of_every_moment(values):
    found = gigafactory_pays(**values)
    fall = 1 - values["rent_fall"] / 100
    rents = integrated(values, lambda age, in_use: values["asking_price"] * fall**age * in_use)
    assert found.income == pytest.approx(rents, rel=0.01, abs=0.002)


@given(within(gigafactory_pays))
@settings(max_examples=60, deadline=None)
def test_money_and_idle_costs_add_up(values):
    found = gigafactory_pays(**{**values, "unsold_cover": 30.0})
    assert found.net == pytest.approx(found.income + found.cover + found.grants - found.running - found.building)
    borne = found.idle_union + found.idle_states + found.idle_owners
    assert borne == pytest.approx(found.idle_cost, abs=1e-12)
    assert found.idle_cost == pytest.approx(found.idle_mean / 100 * (found.building + found.running), abs=1e-12)
    assert found.grants == pytest.approx(found.building * found.public_part / 100)


@given(within(gigafactory_pays))
@settings(max_examples=60, deadline=None)
def test_owners_break_even_at_the_public_part_that_is_named(values):
    needed = gigafactory_pays(**values).needed
    even = gigafactory_pays(**{**values, "union_part": needed / 2, "state_part": needed / 2})
    assert even.net == pytest.approx(0, abs=1e-9)


@given(within(gigafactory_pays))
@settings(max_examples=60, deadline=None)
def test_a_full_site_breaks_even_at_the_rent_that_is_named(values):
    rent = gigafactory_pays(**values).break_even_rent
    full = gigafactory_pays(**{**values, "asking_price": rent, "demand_gpus": 1e12})
    assert full.idle_mean == 0
    assert full.net == pytest.approx(0, abs=1e-9)


def test_the_first_day_is_that_of_the_model_of_one_day():
    use, asked = evaluate(gigafactory_use), get("asking_price")
    assert asked.value == round(use.full_cost, 2)
    found = evaluate(gigafactory_pays, asking_price=asked.value)
    assert found.idle_first == pytest.approx(use.stranded, abs=0.5)
    # Without interest, growth and subsidy: the purchase by the years, and a year of power and upkeep.
    even, v = at_preset(gigafactory_pays, "no-interest"), complete(gigafactory_pays)
    chip = 40_000 * float(annuity(0.0, v["lifetime"])) + 400 + 1.5 * 8_760 * 0.20
    assert even.break_even_rent == pytest.approx(chip / (8_760 * 0.95 * 0.80), rel=1e-12)


@given(st.floats(1.01, 50), st.floats(1, 200))
@settings(deadline=None)
def test_years_until_full_are_the_closed_form(ratio, growth):
    years = float(years_until(ratio, growth))
    assert (1 + growth / 100) ** years == pytest.approx(ratio, rel=1e-9)
    assert float(years_until(1 / ratio, growth)) == 0


def test_years_until_full_without_growth():
    assert years_until(4.0, 0.0) == years_until(4.0, -10.0) == math.inf
    assert years_until(0.5, -10.0) == 0
    column = years_until(np.array([4.0, 0.5, 4.0]), np.array([0.0, 0.0, 100.0]))
    assert column.tolist() == [math.inf, 0, pytest.approx(2)]


def test_what_the_lesson_says_of_the_years():
    course, steady, going = (
        evaluate(gigafactory_pays),
        at_preset(gigafactory_pays, "steady-rents"),
        at_preset(gigafactory_pays, "going-rent"),
    )
    assert course.net < 0 < min(steady.net, going.net)
    assert course.needed > course.public_part > max(steady.needed, going.needed)
    assert going.idle_first > course.idle_first == steady.idle_first
    assert at_preset(gigafactory_pays, "slow-building").full_after == 0
    assert at_preset(gigafactory_pays, "no-growth").full_after == math.inf
    promised = at_preset(gigafactory_pays, "anchor")
    assert promised.idle_cost == course.idle_cost
    assert promised.idle_owners < course.idle_owners


def test_the_back_test_fails_where_the_text_says_so():
    found = at_preset(gigafactory_pays, "munich-start")
    row = next(row for row in data.records("published") if row["id"] == "giga-munich-idle")
    assert found.idle_first == 0 < row["value"] == 100 - data.row("access", "munich-in-use")["value"]
