"""What independence is worth: closed forms, limits, a Monte Carlo price, scipy, and verdicts that follow the facts."""

import math

import numpy as np
import pytest
import sovereign_compute as sc
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom, norm
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.settings import complete, evaluate, inputs
from sovereign_compute.display.charts import must_tell
from sovereign_compute.display.views.independence import shares
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons import fact_check
from sovereign_compute.lessons.fact_check import verdict
from sovereign_compute.lessons.l13_independence import verdicts as verdicts_13
from sovereign_compute.lessons.l13_independence.exhibits import (
    belief_chart,
    disruption_events,
    exit_chart,
    flip_chart,
    flip_table,
    hold_up_chart,
    readings_of_the_list,
    regret_chart,
)
from sovereign_compute.models.belief import disruption_belief, interval, updated
from sovereign_compute.models.exit import exchange_option, exit_option, ratio_volatility
from sovereign_compute.models.independence import STRATEGIES, hold_up, independence_value, losses, outcomes, regrets
from sovereign_compute.models.parts.special import exp, larger, log, log_gamma, normal_cdf, smaller
from uncertainties import ufloat, umath

PRESETS = {name: preset["values"] for name, preset in presets("independence_value").items()}


def scenarios(function):
    """Any values that a panel can hold."""
    return st.fixed_dictionaries({id: st.integers(0, a.positions - 1).map(a.at) for id, a in inputs(function).items()})


def mean_margin(draws: np.ndarray) -> float:
    """Four standard errors of the mean."""
    return 4 * float(draws.std(ddof=1)) / math.sqrt(len(draws))


# Functions for all kinds of number ------------------------------------------------------------------------------------


def test_special_functions_carry_uncertain_numbers_by_their_slope():
    x = ufloat(1.7, 0.03)
    for ours, theirs in ((log, umath.log), (exp, umath.exp), (log_gamma, umath.lgamma)):
        assert ours(x).nominal_value == pytest.approx(theirs(x).nominal_value, rel=1e-12)
        assert ours(x).std_dev == pytest.approx(theirs(x).std_dev, rel=1e-5)
    assert normal_cdf(x).std_dev == pytest.approx(norm.pdf(1.7) * 0.03, rel=1e-12)
    assert normal_cdf(np.array([-1.0, 2.0])) == pytest.approx(norm.cdf([-1.0, 2.0]), rel=1e-12)


def test_smaller_and_larger_work_on_numbers_and_arrays():
    assert (smaller(2.0, 3.0), larger(2.0, 3.0)) == (2.0, 3.0)
    assert smaller(np.array([1.0, 5.0]), 3.0).tolist() == [1.0, 3.0]
    assert larger(3.0, np.array([1.0, 5.0])).tolist() == [3.0, 5.0]


# Insurance ------------------------------------------------------------------------------------------------------------


def test_break_even_probability_without_aversion_and_move_is_premium_over_avoided_loss():
    found = evaluate(independence_value, **PRESETS["new-service"], sovereign_premium=20, loss_avoided=80)
    move = PRESETS["new-service"]["switching_cost"] / 8
    # The supplier of somebody who has nothing to move can hardly ask for more: 80 % of that little is spared.
    asked = 0.20 * 10 + move - 0.80 * move
    assert found.break_even_probability == pytest.approx(100 * asked / (0.80 * 3 * 5.6), rel=1e-12)
    assert found.risk_premium == 0
    assert found.worth == found.avoided == pytest.approx(0.02 * 0.80 * 3 * 5.6, rel=1e-12)


def test_the_risk_premium_is_half_of_aversion_times_the_variance_over_wealth():
    found = evaluate(independence_value, loss_avoided=100, risk_aversion=3, wealth=50)
    assert found.risk_premium == pytest.approx(0.5 * 3 / 50 * 0.02 * 16.8**2, rel=1e-12)
    assert found.fair_premium == pytest.approx(100 * found.worth / 10, rel=1e-12)


@given(scenarios(independence_value))
@settings(max_examples=100, deadline=None)
def test_at_the_break_even_probability_buying_costs_what_staying_costs(values):
    even = independence_value(**values).break_even_probability
    assume(0 < even < math.inf)
    found = independence_value(**{**values, "disruption_probability": even})
    assert found.buy == pytest.approx(found.stay, rel=1e-9, abs=1e-12 * found.asked)
    assert found.worth + found.spared == pytest.approx(found.asked, rel=1e-8)


def test_no_probability_is_high_enough_if_nothing_is_avoided_and_any_is_if_nothing_is_asked():
    assert evaluate(independence_value, loss_avoided=0).break_even_probability == math.inf
    cheap = complete(independence_value, {"sovereign_premium": -10})
    assert independence_value(**cheap).break_even_probability == 0
    both = independence_value(**{**cheap, "loss_avoided": np.array([0.0, 50.0])}).break_even_probability
    assert both.tolist() == [0, 0]
    dear = complete(independence_value)
    mixed = independence_value(**{**dear, "loss_avoided": np.array([0.0, 67.0])}).break_even_probability
    assert mixed[0] == math.inf
    assert mixed[1] == independence_value(**dear).break_even_probability


@pytest.mark.parametrize(("p", "years"), [(2, 8), (0.1, 30), (50, 1)])
def test_chance_over_the_horizon_agrees_with_a_count_of_simulated_years(p, years):
    rng = np.random.default_rng(13)
    ever = (rng.random((200_000, years)) < p / 100).any(axis=1)
    found = evaluate(independence_value, disruption_probability=p, planning_years=years).ever
    assert found / 100 == pytest.approx(1 - (1 - p / 100) ** years, rel=1e-12)
    assert abs(found / 100 - ever.mean()) < mean_margin(ever)


# The firm and its supplier --------------------------------------------------------------------------------------------


def test_cloud_staff_and_loss_belong_to_one_firm():
    """Spending over spending per person is the staff, and what a part of its pay costs is the loss of a month."""
    known = {id: data.row("dependence", id)["value"] for id in ("cloud-per-person", "standstill-part", "it-per-person")}
    part = data.row("dependence", "cloud-part-of-it-2026")["value"] / 100
    per_person = known["it-per-person"] / 1000 * part / get("exchange_rate").value
    assert per_person == pytest.approx(known["cloud-per-person"], abs=0.05)
    staff = 1000 * get("cloud_spending").value / known["cloud-per-person"]
    assert staff == pytest.approx(3000, rel=0.03)
    pay = staff * get("staff_cost").value / 12 / 1000
    loss = get("disruption_loss")
    assert loss.value == pytest.approx(pay * known["standstill-part"] / 100, rel=0.03)
    assert loss.low == pytest.approx(0.05 * pay, rel=0.03)
    assert loss.high == pytest.approx(pay, rel=0.03)


def test_a_large_firm_is_large_in_all_that_is_counted():
    sized = ("cloud_spending", "disruption_loss", "wealth", "exit_readiness", "switching_cost")
    assert {get(id).correlation_group for id in sized} == {"size-of-the-firm"}


def test_hold_up_is_the_mean_surcharge_and_never_more_than_the_move():
    # 10 % a year over three years: nothing, 1.0 and 2.1 of the 10 million EUR of each year.
    assert hold_up(10.0, 10.0, 3.0, 1000.0) == pytest.approx((0 + 1.0 + 2.1) / 3, rel=1e-12)
    assert hold_up(10.0, 10.0, 3.0, 2.4) == pytest.approx(2.4 / 3, rel=1e-12)
    assert hold_up(10.0, 0.0, 8.0, 6.0) == 0
    assert 0 <= hold_up(10.0, 2.8, 1.0, 6.0) < 1e-12
    many = hold_up(10.0, np.array([0.0, 10.0, 50.0]), 3.0, 6.0)
    assert many == pytest.approx([0, 31 / 30, 2])


@given(scenarios(independence_value))
@settings(max_examples=100, deadline=None)
def test_hold_up_agrees_with_the_bills_of_each_year(values):
    years, rise = values["planning_years"], 1 + values["price_rise"] / 100
    bills = sum(values["cloud_spending"] * (rise**year - 1) for year in range(round(years)))
    found = independence_value(**values)
    assert found.hold_up * years == pytest.approx(min(bills, values["switching_cost"]), rel=1e-6, abs=1e-6)
    assert found.spared == pytest.approx(found.hold_up * values["loss_avoided"] / 100, rel=1e-9, abs=1e-12)


def test_without_price_rises_only_the_insurance_is_left():
    calm, found = evaluate(independence_value, price_rise=0), evaluate(independence_value)
    assert (calm.hold_up, calm.spared) == (0, 0)
    paid = {"stay": 0.75, "keep": 0.75 * 0.5, "buy": 0.75 * 0.33}
    for id, surcharge in paid.items():
        assert getattr(found, id) - getattr(calm, id) == pytest.approx(surcharge, rel=1e-9)
    assert found.worth == calm.worth


def test_the_chart_of_hold_up_adds_up_the_bills():
    said = hold_up_chart().to_dict()
    bills = sum(10 * (1.028**year - 1) for year in range(8))
    assert f"add up to {bills:.1f} million EUR in 8 years" in said["description"]
    assert (
        "A move costs 6.0. Nobody pays more than the smaller of the two, 0.75 million EUR a year."
        in said["description"]
    )
    must_tell(said)
    must_tell(hold_up_chart(price_rise=0, planning_years=1).to_dict())


def test_a_cheaper_move_makes_staying_cheaper():
    assert evaluate(independence_value, switching_cost=2).stay < evaluate(independence_value).stay


# Strategies -----------------------------------------------------------------------------------------------------------


@given(scenarios(independence_value))
@settings(max_examples=120, deadline=None)
def test_keeping_an_exit_is_cheapest_exactly_if_the_quasi_option_exceeds_its_cost(values):
    found = independence_value(**values)
    margin = found.quasi_option - values["exit_readiness"]
    assume(abs(margin) > 1e-9 * max(found.stay, abs(found.buy), values["exit_readiness"]))
    assert found.quasi_option >= 0
    assert (margin > 0) == (found.keep < min(found.stay, found.buy))


def test_an_exit_is_used_only_if_the_move_costs_less_than_waiting():
    assert losses(3, 1.5, 67, 6) == pytest.approx((4.5, 4.5, 1.485))
    assert losses(12, 1.5, 67, 6) == pytest.approx((18, 6 + 5.94, 5.94))
    # At a short disruption nobody moves; what is left of the option is better terms: half of the hold-up of 6 / 8.
    assert evaluate(independence_value, disruption_duration=1).quasi_option == pytest.approx(0.375)


def test_what_is_paid_on_average_is_what_the_strategies_cost_without_aversion():
    """The books of one year, averaged over years with and without a disruption, are the model's expected cost."""
    values = complete(
        independence_value, {"risk_aversion": 0, "planning_years": 1, "disruption_duration": 12, "disruption_loss": 4}
    )
    quiet, bad = outcomes(values, 0), outcomes(values, 12)
    found = independence_value(**values)
    for id in STRATEGIES:
        assert getattr(found, id) == pytest.approx(0.98 * quiet[id] + 0.02 * bad[id], rel=1e-12)


def test_regret_is_never_negative_and_somebody_has_none():
    costs = {months: outcomes(complete(independence_value, {"rise_averted": 0}), months) for months in (0, 1, 12)}
    found = regrets(costs)
    for state, of in found.items():
        assert min(of.values()) == 0
        assert {id: value + min(costs[state].values()) for id, value in of.items()} == pytest.approx(costs[state])
    assert found[0]["stay"] == found[1]["stay"] == 0
    assert found[12]["keep"] == 0


def test_the_presets_have_three_different_winners():
    winner = {
        name: min(STRATEGIES, key=lambda id: getattr(evaluate(independence_value, **values), id))
        for name, values in PRESETS.items()
    }
    assert winner == {
        "new-service": "stay",
        "standstill": "keep",
        "agency": "keep",
        "sanctions": "buy",
        "same-price": "buy",
        "common-chips": "stay",
        "lock-in": "keep",
    }


def test_shares_of_the_draws_add_up_and_follow_the_band():
    found = shares(evaluation_of(independence_value))
    assert sum(found.values()) == pytest.approx(100)
    # Staying and keeping an exit share the draws; buying at the usual premium hardly ever wins.
    assert found["buy"] < 2 < min(found["stay"], found["keep"])
    assert shares(evaluation_of(independence_value, band=False)) == {}


# Belief ---------------------------------------------------------------------------------------------------------------


@given(scenarios(disruption_belief))
@settings(max_examples=100, deadline=None)
def test_the_update_is_that_of_the_beta_distribution(values):
    a, b = updated(**{id: value for id, value in values.items() if id != "planning_years"})
    count = min(values["observed_events"], values["observed_years"])
    assert (a, b) == pytest.approx(
        (values["prior_events"] + count, values["prior_years"] + values["observed_years"] - count)
    )
    found, law = disruption_belief(**values), beta(a, b)
    assert found.mean / 100 == pytest.approx(law.mean(), rel=1e-9)
    assert found.deviation / 100 == pytest.approx(law.std(), rel=1e-9)
    years = int(values["planning_years"])
    assert found.ever / 100 == pytest.approx(1 - betabinom(years, a, b).pmf(0), rel=1e-8, abs=1e-10)
    assert interval(a, b) == pytest.approx(tuple(100 * law.ppf([0.05, 0.95])), rel=1e-6, abs=1e-9)


def test_a_belief_that_may_be_wrong_leaves_more_quiet_horizons_than_its_mean():
    found = evaluate(disruption_belief)
    assert found.ever / 100 < 1 - (1 - found.mean / 100) ** 8


def test_the_list_of_events_can_be_read_in_four_ways():
    assert list(readings_of_the_list().values()) == [0, 1, 2, 4, 5]


# The option to leave --------------------------------------------------------------------------------------------------


def test_margrabe_at_its_limits():
    assert exchange_option(20.0, 22.0, 0.0) == (0.0, 0.0)
    assert exchange_option(25.0, 22.0, 0.0) == (3.0, 1.0)
    worth, chance = exchange_option(np.array([20.0, 25.0, 25.0]), 22.0, np.array([0.0, 0.0, 0.3]))
    assert worth[:2].tolist() == [0.0, 3.0]
    assert chance[:2].tolist() == [0.0, 1.0]
    assert worth[2] == exchange_option(25.0, 22.0, 0.3)[0]
    # Nearly no time or uncertainty is nearly none; without end the right is worth the whole of what one gets.
    assert exchange_option(25.0, 22.0, 1e-4)[0] == pytest.approx(3.0, rel=1e-9)
    assert exchange_option(20.0, 22.0, 40.0)[0] == pytest.approx(20.0, rel=1e-9)
    # Perfect correlation at equal volatility leaves nothing that could drift apart.
    assert ratio_volatility(0.3, 0.3, 1.0) == 0
    assert ratio_volatility(0.3, 0.4, 0.0) == pytest.approx(0.5)


@given(st.floats(0.1, 100), st.floats(0.1, 100), st.floats(0.01, 3))
@settings(deadline=None)
def test_margrabe_keeps_parity_bounds_and_scale(gain, loss, deviation):
    worth, chance = exchange_option(gain, loss, deviation)
    other, _ = exchange_option(loss, gain, deviation)
    assert worth - other == pytest.approx(gain - loss, rel=1e-9, abs=1e-9)
    assert max(gain - loss, 0) - 1e-9 <= worth <= gain + 1e-9
    assert 0 <= chance <= 1
    assert exchange_option(3 * gain, 3 * loss, deviation)[0] == pytest.approx(3 * worth, rel=1e-9)


def test_equal_values_follow_the_error_function():
    assert exchange_option(20.0, 20.0, 0.6)[0] == pytest.approx(20 * math.erf(0.6 / math.sqrt(8)), rel=1e-12)


def _simulated(gain, loss, cost, first, second, correlation, years, n=400_000):
    """Payoffs of the right to move at its end, by Monte Carlo with antithetic draws."""
    rng = np.random.default_rng(1978)
    a, b = rng.standard_normal((2, n // 2))
    a, b = np.concatenate([a, -a]), np.concatenate([b, -b])
    b = correlation * a + math.sqrt(1 - correlation**2) * b
    gained = gain * np.exp(first * math.sqrt(years) * a - first**2 * years / 2)
    lost = loss * np.exp(second * math.sqrt(years) * b - second**2 * years / 2)
    return np.maximum(gained - lost - cost, 0)


@pytest.mark.parametrize("correlation", [-0.5, 0.5, 0.9])
def test_a_free_move_has_the_monte_carlo_price(correlation):
    payoff = _simulated(20, 22, 0, 0.25, 0.30, correlation, 5)
    deviation = ratio_volatility(0.25, 0.30, correlation) * math.sqrt(5)
    worth, _ = exchange_option(20.0, 22.0, deviation)
    assert abs(worth - payoff.mean()) < mean_margin(payoff)


@pytest.mark.parametrize(("correlation", "cost"), [(0.5, 6), (0.0, 6), (0.5, 2), (0.8, 6)])
def test_kirks_price_of_a_costly_move_is_near_the_monte_carlo_price(correlation, cost):
    payoff = _simulated(20, 22, cost, 0.25, 0.30, correlation, 5)
    found = evaluate(exit_option, value_correlation=correlation, switching_cost=cost).option
    assert found == pytest.approx(payoff.mean(), rel=0.06)


@pytest.mark.parametrize(("correlation", "printed"), [(-0.5, 4.7530), (0.0, 3.7970), (0.5, 2.5537)])
def test_kirks_price_agrees_with_the_table_of_a_handbook(correlation, printed):
    """Haug, The Complete Guide to Option Pricing Formulas (1998): futures at 122 and 120, strike 3, 0.1 years, 10 %."""
    deviation = ratio_volatility(0.20, 0.20 * 120 / 123, correlation) * math.sqrt(0.1)
    worth, _ = exchange_option(122.0, 123.0, deviation)
    assert worth * math.exp(-0.1 * 0.1) == pytest.approx(printed, abs=1e-3)


def test_the_right_to_move_falls_with_correlation_and_with_the_cost_of_the_move():
    walk = np.linspace(-0.95, 0.95, 39)
    values = complete(exit_option)
    assert (np.diff(exit_option(**{**values, "value_correlation": walk}).option) < 0).all()
    assert (np.diff(exit_option(**{**values, "switching_cost": np.geomspace(0.01, 40, 39)}).option) < 0).all()
    found = exit_option(**values)
    assert found.independent == exit_option(**{**values, "value_correlation": 0.0}).option
    assert found.option == found.waiting
    assert found.today == 0


# Charts and claims ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{}, *PRESETS.values()], ids=["course", *PRESETS])
def test_sentences_and_charts_name_the_cheapest_strategy_first(values):
    found = evaluate(independence_value, **values)
    first = min(STRATEGIES, key=lambda id: getattr(found, id))
    sentence = sc.in_words(independence_value, **values).text
    assert f"“{STRATEGIES[first]}” costs {getattr(found, first):.2f} million EUR a year and is the cheapest" in sentence
    rows = sc.figure(independence_value, **values).to_dict()
    assert {"Paid for sure", "Price rises", "Disruptions"} <= set(str(rows).split("'"))
    for chart in (sc.figure(independence_value, **values), flip_chart(**values), regret_chart(**values)):
        must_tell(chart.to_dict())


def test_the_flip_chart_says_what_break_even_finds():
    at = flip_table().shown.set_index("Assumption, moved alone").loc["Loss per month"].iloc[1]
    assert at == "3.55 million EUR per month"
    assert "from about 3.5 million EUR per month “Keep an exit”" in flip_chart().to_dict()["description"]


def test_the_flip_table_counts_the_others_only_if_there_are_several():
    names = flip_table().frame["Assumption, moved alone"]
    assert not names.str.contains("other 1").any()
    assert "Aversion to risk" in set(names)


def test_charts_of_belief_and_exit_state_their_numbers():
    said = belief_chart().to_dict()["description"]
    assert f"{evaluate(disruption_belief).mean:.1f} % a year to “Reported interruptions (2)”" in said
    said = exit_chart().to_dict()["description"]
    assert f"{evaluate(exit_option, value_correlation=0.95).option:.2f} million EUR at 0.95" in said
    for chart in (belief_chart(), exit_chart(), sc.figure(exit_option), sc.figure(disruption_belief)):
        must_tell(chart.to_dict())
    assert len(disruption_events().frame) == len(sc.data("disruptions"))


def test_a_large_loss_comes_with_a_caution():
    assert "only a hint" in sc.in_words(independence_value, disruption_loss=60).text
    assert "only a hint" not in sc.in_words(independence_value).text


def test_the_verdict_on_catching_up():
    found = verdict("C87")
    assert found.word == "depends on the reading"
    assert "3.4 to 9.3 %; 12 % of the chips of the largest AI machine known in March 2025, 2 % of the" in found.found
    assert "every 6 days" in found.because


@pytest.mark.parametrize(
    ("chips", "lists", "word"),
    [
        (1_200_000.0, {}, "holds"),
        (250_000.0, {}, "depends on the reading"),
        (23_536.0, {"2025-11": 3.0}, "does not hold"),
        (1_200_000.0, {"2025-11": 3.0}, "depends on the reading"),
    ],
)
def test_the_verdict_follows_the_facts(monkeypatch, chips, lists, word):
    share = verdicts_13._share_of_the_lists
    monkeypatch.setattr(verdicts_13, "fact", lambda id: chips if id == "superchips" else fact_check.fact(id))
    monkeypatch.setattr(verdicts_13, "_share_of_the_lists", lambda list_: lists.get(list_, share(list_)))
    assert verdict("C87").word == word
