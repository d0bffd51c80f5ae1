"""Leaving a provider: closed forms against sums of years, the option in a negotiation, and published migrations."""

import math

import numpy as np
import numpy_financial
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.settings import complete, evaluate, inputs
from sovereign_compute.display.charts import in_words, must_tell
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.l14_leaving import exhibits, migrations
from sovereign_compute.models.independence import hold_up
from sovereign_compute.models.leaving import PARTS, cost_of_leaving, move_time, pay_back
from sovereign_compute.models.leverage import leverage
from sovereign_compute.models.ownership import annuity


def scenarios(function, **fixed):
    """Any values that a panel can hold, some of them fixed."""
    known = {id: a for id, a in inputs(function).items() if id not in fixed}
    drawn = {id: st.integers(0, a.positions - 1).map(a.at) for id, a in known.items()}
    return st.fixed_dictionaries(drawn).map(lambda values: {**values, **fixed})


def year_by_year(values: dict, horizon: float, rise: float | None = None) -> float:
    """Gain from leaving by then (MEUR): the cost, and each year's saving, added up one by one; whole years only."""
    found = cost_of_leaving(**values)
    rise = values["licence_rise"] if rise is None else rise
    bill, total, waited = values["cloud_spending"], -found.move, found.time / 12
    for year in range(1, round(horizon - waited) + 1):
        when = waited + year
        old = bill * (1 + rise / 100) * (1 + values["use_growth"] / 100) ** when
        new = bill * (1 - values["alternative_saving"] / 100) * (1 + values["use_growth"] / 100) ** when
        total += (old - new) / (1 + values["capital_rate"] / 100) ** when
    return total


# Break-even -----------------------------------------------------------------------------------------------------------


@given(rate=st.floats(-0.3, 0.5), yearly=st.floats(0.05, 50), cost=st.floats(0.1, 500))
@settings(max_examples=200, deadline=None)
def test_the_break_even_horizon_is_its_closed_form(rate, yearly, cost):
    assume(abs(rate) > 1e-4 and rate * cost < 0.999 * yearly)
    found = pay_back(rate, yearly, cost)
    assert found == pytest.approx(-math.log(1 - rate * cost / yearly) / math.log(1 + rate), rel=1e-9)
    assert found == pytest.approx(float(numpy_financial.nper(rate, yearly, -cost)), rel=1e-7)
    assert annuity(rate, found) == pytest.approx(yearly / cost, rel=1e-6)  # it is the annuity, the other way round


def test_the_break_even_horizon_at_its_limits():
    assert pay_back(0.0, 2.0, 6.0) == 3.0
    assert pay_back(1e-6, 2.0, 6.0) == pytest.approx(3.0, rel=1e-4)
    assert pay_back(0.05, 1.0, 20.0) == math.inf  # the interest eats the saving
    assert pay_back(0.05, 0.0, 1.0) == pay_back(-0.05, -1.0, 1.0) == math.inf
    many = pay_back(np.array([0.0, 0.05, 0.05, -0.1]), np.array([2.0, 1.0, -1.0, 1.0]), np.array([6.0, 20.0, 1.0, 5.0]))
    assert many.tolist() == pytest.approx([3.0, math.inf, math.inf, pay_back(-0.1, 1.0, 5.0)])


@pytest.mark.parametrize(
    "changes",
    [{}, {"licence_rise": 60}, {"use_growth": 7}, {"capital_rate": 0, "use_growth": 0}, {"use_growth": 30}],
)
@pytest.mark.parametrize("years", [1, 4, 9])
def test_the_model_adds_up_the_years(changes, years):
    values = complete(cost_of_leaving, changes)
    horizon = cost_of_leaving(**values).time / 12 + years  # whole years of saving after the move
    found = cost_of_leaving(**{**values, "planning_years": horizon})
    assert found.gain == pytest.approx(year_by_year(values, horizon), rel=1e-9)
    assert year_by_year(values, horizon, found.bearable_rise) == pytest.approx(0, abs=1e-9)


@given(values=scenarios(cost_of_leaving))
@settings(max_examples=80, deadline=None)
def test_leaving_gains_nothing_at_the_break_even_and_something_after_it(values):
    even = cost_of_leaving(**values).break_even
    assume(math.isfinite(even) and even < 200)
    at = [cost_of_leaving(**{**values, "planning_years": even + more}) for more in (0.0, 1.0)]
    scale = at[0].move + abs(at[1].gain)
    assert at[0].gain == pytest.approx(0, abs=1e-5 * scale)
    assert at[1].gain > 0


def test_a_horizon_that_ends_before_the_move_bears_any_rise():
    found = evaluate(cost_of_leaving, planning_years=1)
    assert found.time > 12 and found.bearable_rise == math.inf
    assert found.gain == pytest.approx(-found.move, rel=1e-4)


def test_what_a_provider_can_take_is_the_cost_of_the_move():
    # no interest, no growth, no discount elsewhere, no time lost: the step that one bears adds up to the move
    calm = {"use_growth": 0, "capital_rate": 0, "alternative_saving": 0, "workload_effort": 0.01, "workloads": 1}
    values = complete(cost_of_leaving, calm)
    found = cost_of_leaving(**values)
    years = values["planning_years"] - found.time / 12
    taken = values["cloud_spending"] * found.bearable_rise / 100
    assert taken == pytest.approx(found.move / years, rel=1e-9)
    # lesson 13 has the same bound, over the whole horizon
    assert hold_up(values["cloud_spending"], 50, years, found.move) == pytest.approx(taken, rel=1e-9)
    assert found.hold_up == hold_up(values["cloud_spending"], values["price_rise"], 8, found.move)


# Parts of the cost ----------------------------------------------------------------------------------------------------


def test_the_parts_by_hand():
    found = evaluate(cost_of_leaving)
    day = 95_000 / 220 / 1e6
    assert found.work == pytest.approx(3000 * 2 * day)
    assert found.training == pytest.approx(3000 * 0.5 * day)
    assert found.parallel == pytest.approx(10 * 0.95 * 3 / 12)
    assert found.contract == pytest.approx(10 * 0.5 * 3 / 12)
    assert found.charges == pytest.approx(2_000_000 * 0.05 / 1.17 * 0.2 / 1e6)
    assert found.move == pytest.approx(sum(getattr(found, part) for part in PARTS), rel=1e-12)
    assert found.time == pytest.approx(2.5 * (3000 * 2 / 220 * 12) ** 0.38)
    assert move_time(1.0) == 2.5


def test_the_parts_add_up_to_about_what_lesson_13_takes_for_a_move():
    assert evaluate(cost_of_leaving).move == pytest.approx(get("switching_cost").value, rel=0.2)


@given(values=scenarios(cost_of_leaving, charged_share=0.0))
@settings(max_examples=40, deadline=None)
def test_from_january_2027_a_provider_charges_nothing(values):
    found = cost_of_leaving(**values)
    assert found.charges == 0
    at_list = cost_of_leaving(**{**values, "charged_share": 100.0})
    assert at_list.move - found.move == pytest.approx(at_list.charges, rel=1e-6, abs=1e-9)


def test_charges_are_the_smallest_part_even_at_list_price():
    found = evaluate(cost_of_leaving, charged_share=100)
    assert found.charges == min(getattr(found, part) for part in PARTS) < 0.02 * found.move


# The option in a negotiation ------------------------------------------------------------------------------------------


@given(values=scenarios(leverage, belief=0.0))
@settings(max_examples=60, deadline=None)
def test_an_option_that_nobody_believes_in_is_worth_nothing(values):
    found = leverage(**values)
    assert found.leverage == found.discount == 0
    assert found.net == pytest.approx(-values["exit_readiness"] * values["renewal_years"])
    assert leverage(**{**values, "belief": 100.0}).leverage == pytest.approx(found.option, rel=1e-12, abs=1e-300)


@given(values=scenarios(leverage))
@settings(max_examples=80, deadline=None)
def test_more_uncertainty_is_worth_more_but_for_prices_that_move_together(values):
    turning = leverage(**values).turning
    walk = np.linspace(0, 200, 81)
    worth = leverage(**{**values, "price_uncertainty": walk}).leverage
    size = 1e-9 * (1 + np.abs(worth).max())
    above = walk[:-1] >= turning
    assert (np.diff(worth)[above] >= -size).all()
    assert (np.diff(worth)[walk[1:] <= turning] <= size).all()
    if values["price_correlation"] <= 0:
        assert turning == 0 and above.all()


def test_the_exception_is_there():
    # two prices that move together: a provider that becomes a little uncertain comes nearer to the others
    together = {"price_correlation": 0.9, "alternative_uncertainty": 30, "licence_rise": 15}
    calm, turning = (evaluate(leverage, **together, price_uncertainty=x) for x in (0, 20))
    assert turning.leverage < 0.8 * calm.leverage and calm.turning > 20
    assert evaluate(leverage, price_uncertainty=60).leverage > 1.5 * evaluate(leverage).leverage


def test_the_option_has_the_monte_carlo_price():
    values = complete(leverage)
    rng = np.random.default_rng(1978)
    a, b = rng.standard_normal((2, 400_000))
    b = values["price_correlation"] * a + math.sqrt(1 - values["price_correlation"] ** 2) * b
    years = values["renewal_years"]
    prices = []
    for start, uncertainty, noise in ((33.0, "price_uncertainty", a), (28.5, "alternative_uncertainty", b)):
        deviation = values[uncertainty] / 100 * math.sqrt(years)
        prices.append(start * np.exp(deviation * noise - deviation**2 / 2))
    payoff = np.maximum(prices[0] - prices[1] - values["switching_cost"], 0)
    assert leverage(**values).option == pytest.approx(payoff.mean(), rel=0.02)


# Published migrations -------------------------------------------------------------------------------------------------


def test_at_least_six_published_migrations_are_held_against_the_model():
    tested = migrations.tests()
    known = {row["id"]: row for row in data.records("migrations")}
    assert len({test.row["id"] for test in tested}) >= 6
    assert {"completed", "abandoned", "stayed"} <= {test.row["outcome"] for test in tested}
    assert len(migrations.of(migrations.COST)) >= 6 and len(migrations.of(migrations.TIME)) >= 5
    table = migrations.migrations_table().frame
    assert len(table) == len(tested) and table["Error"].notna().all()
    assert {row["source"] for row in known.values()} <= set(data.sources())
    shown = migrations.all_migrations().frame
    assert len(shown) == len(known)


def test_a_migration_is_predicted_by_hand():
    day = 95_000 / 220 / 1e6
    found = {(test.row["id"], test.what): test for test in migrations.tests()}
    assert found["att", "cost"].published == pytest.approx(45 / 1.0831)
    assert found["att", "cost"].predicted == pytest.approx(75_000 * 2 * day)  # servers: nobody relearns
    assert found["munich-linux", "cost"].predicted == pytest.approx(15_000 * 2.5 * day)
    assert found["anexia", "time"].predicted == pytest.approx(2.5 * (12_000 * 2 / 220 * 12) ** 0.38)
    assert found["lidl", "time"].predicted == pytest.approx(2.5 * (500e6 / 95_000 * 12) ** 0.38)


def test_what_the_lesson_says_of_the_misses():
    cost = {test.row["id"]: test for test in migrations.of(migrations.COST)}
    office = [test.ratio for test in cost.values() if test.row["kind"] == "office programs"]
    whole = [test.ratio for test in cost.values() if test.row["kind"] == "whole workplace"]
    assert min(office) > 2.5 and max(whole) < 0.8 and 1 < cost["att"].ratio < 2
    near = sum(test.near for test in migrations.tests())
    assert 0.4 < near / len(migrations.tests()) < 0.75  # about half: the lesson says how little that is
    times = {(row["who"], what): times for row, what, times in migrations.plans()}
    assert times["Birmingham City Council", "cost"] == pytest.approx(144.4 / 19)
    assert all(over > 1.5 for over in times.values())


def test_published_savings_pay_back_when_their_owners_say():
    rows = {row["id"]: row for row in data.records("migrations")}
    assert migrations.paid_back(rows["schleswig-holstein"]) < 1  # the ministry: in less than a year
    assert 0.25 < migrations.paid_back(rows["37signals-servers"]) < 0.75  # the firm: within half a year


# Exhibits and sentences -----------------------------------------------------------------------------------------------


def test_the_law_ends_the_charge_and_it_matters_to_an_archive():
    table = exhibits.charges_table().frame
    charges, part = table["Charges, thousand EUR"], table["Part of the cost of the move"]
    assert charges.tolist() == sorted(charges[:3], reverse=True) + sorted(charges[3:], reverse=True)
    assert charges.iloc[2] == charges.iloc[5] == 0
    assert part.iloc[0] < 2 < 25 < part.iloc[3]
    facts = {row["id"]: row for row in data.records("law_facts")}
    assert facts["data-act-29"]["as_of"] == "2027-01-12"
    assert len(exhibits.law_table()) == 7 and len(exhibits.egress_table()) == len(data.records("egress_prices"))


@pytest.mark.parametrize(
    ("show", "changes"),
    [
        (exhibits.gain_chart, {"workload_effort": 6}),
        (exhibits.bearable_chart, {"workload_effort": 6}),
        (exhibits.belief_chart, {"switching_cost": 2}),
        (exhibits.together_chart, {"switching_cost": 2}),
    ],
)
def test_charts_of_the_lesson_follow_the_scenario(show, changes):
    usual, other = show().to_dict(), show(**changes).to_dict()
    must_tell(usual)
    assert usual["description"] != other["description"]


def test_a_move_that_never_pays_back_is_said():
    never = {"licence_rise": 0, "alternative_saving": -20}
    assert exhibits.gain_chart(**never).to_dict()["title"]["text"].endswith("never pays back")
    assert in_words(cost_of_leaving, **never).text.startswith("Leaving never pays back.")
    late = in_words(cost_of_leaving, planning_years=3).text
    assert "too late for a plan of 3" in late
    assert "staying is cheaper at any price" in in_words(cost_of_leaving, planning_years=1).text
    assert "even if the provider did not raise" in in_words(cost_of_leaving, alternative_saving=40).text


def test_the_negotiation_is_put_into_words():
    nobody = in_words(leverage, belief=0).text
    assert nobody.startswith("An option to leave that nobody believes in is worth nothing.")
    assert "worth less, not more" in in_words(leverage, **presets("leverage")["same-licences"]["values"]).text
    assert "worth less, not more" not in in_words(leverage).text
