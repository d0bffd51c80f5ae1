"""How long money lasts: closed forms, an account kept by hand, first passage against simulation and limits."""

import inspect
import math

import numpy as np
import pytest
import sovereign_compute as sc
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from sovereign_compute.analysis.settings import complete, evaluate, inputs
from sovereign_compute.analysis.simulation import simulate
from sovereign_compute.display.charts import must_tell
from sovereign_compute.display.views.runway import at_work
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.fact_check import verdict
from sovereign_compute.lessons.l32_runway import verdicts as verdicts_32
from sovereign_compute.lessons.l32_runway.exhibits import day_value_chart, need_chart, ruin_chart
from sovereign_compute.models.next_round import next_round, ruin
from sovereign_compute.models.parts.constants import EUROS_PER_THOUSAND, SMALLEST_NOISE
from sovereign_compute.models.parts.special import scaled_normal_tail
from sovereign_compute.models.runway import HORIZON, ROUTES, month_by_month, runway, thousands, waiting_months
from uncertainties import ufloat

FLAT = {"team_growth": 0.0, "revenue_growth": 0.0, "compute_growth": 0.0}
DAYS = 365 / 12


def scenarios(function):
    """Any values that a panel can hold."""
    return st.fixed_dictionaries({id: st.integers(0, a.positions - 1).map(a.at) for id, a in inputs(function).items()})


# Runway -------------------------------------------------------------------------------------------------------------


def test_without_growth_the_money_lasts_for_money_over_burn():
    found = evaluate(runway, **FLAT)
    rent = 12_000 * 2.95 / 1.17 / 1_000
    burn = 12 * 95 / 12 + 25 - 30 + rent
    assert found.burn == pytest.approx(burn, rel=1e-12)
    assert found.cloud == pytest.approx(4_000 / burn, rel=1e-12)
    assert found.reserved == pytest.approx(4_000 / (burn - rent + 12_000 * 2.35 / 1.17 / 1_000), rel=1e-12)
    assert found.compute_share == pytest.approx(100 * rent / (120 + rent), rel=1e-12)


def test_credits_and_hours_add_their_value_over_burn_without_growth():
    found = evaluate(runway, **FLAT)
    assert found.credits - found.cloud == pytest.approx(150 / 1.17 / found.burn, rel=1e-12)
    assert found.public - found.cloud == pytest.approx(50_000 * 2.95 / 1.17 / 1_000 / found.burn, rel=1e-12)


def test_waiting_saves_the_rent_of_the_wait_and_loses_the_wait():
    found = evaluate(runway, **FLAT)
    assert found.waiting == pytest.approx(((30 / 2 + 20) / 0.32 + 14) / DAYS, rel=1e-12)
    rent = 12_000 * 2.95 / 1.17 / 1_000
    free = found.waiting * rent + 50_000 * 2.95 / 1.17 / 1_000
    assert found.wait - found.cloud == pytest.approx(free / found.burn, rel=1e-12)
    assert found.working == pytest.approx(found.wait - found.waiting, rel=1e-12)


def test_the_wait_is_that_of_the_lesson_on_waiting_at_the_limits():
    assert waiting_months(0.0, 223.0, 100.0, 0.0) == pytest.approx(223 / DAYS)
    assert waiting_months(60.0, 30.0, 50.0, 10.0) == pytest.approx((2 * 60 + 10) / DAYS)


def by_hand(v: dict) -> float:
    """The account of a firm with an own cluster, kept as a bookkeeper would; months until it is empty."""
    price = v["cluster_gpus"] * v["gpu_price"] / v["exchange_rate"]
    loan, rate, terms = price * v["debt_share"] / 100, v["debt_rate"] / 100, v["debt_years"]
    monthly = loan * rate / (1 - (1 + rate) ** -terms) / 12
    account, arrives = 1_000 * v["cash"] - (price - loan), v["delivery_days"] / DAYS
    for month in range(HORIZON):
        growth = {id: (1 + v[f"{id}_growth"] / 100) ** month for id in ("team", "revenue", "compute")}
        need = v["compute_need"] * growth["compute"]
        here = min(max(month + 1 - arrives, 0), 1)
        paying = here - min(max(month + 1 - arrives - 12 * terms, 0), 1)
        rented = need - here * min(need, 730 * v["cluster_gpus"])
        out = (v["team"] * v["salary"] / 12 + v["other_costs"]) * growth["team"] - v["revenue"] * growth["revenue"]
        out += rented * v["cloud_price"] / v["exchange_rate"] / 1_000 + paying * monthly
        out += here * v["cluster_gpus"] * v["chip_power"] * 730 * v["electricity_price"] / 1_000
        if out > account:
            return month + account / out
        account -= out
    return HORIZON


def test_the_own_cluster_is_the_fewest_servers_that_cover_the_need_and_its_price_holds_the_server():
    need, gpus, price = (get(id) for id in ("compute_need", "cluster_gpus", "gpu_price"))
    for at in ("low", "value"):
        assert getattr(gpus, at) == 8 * math.ceil(getattr(need, at) / 730 / 8)
    assert gpus.high >= need.high / 730
    for at, chip in (("low", 25), ("value", 35), ("high", 45)):
        assert getattr(price, at) == pytest.approx(chip * 4 / 3, abs=0.5)


@pytest.mark.parametrize("gpus", [8, 16, 64])
@pytest.mark.parametrize("cash", [4.0, 8.0, 30.0])
def test_an_own_cluster_against_an_account_kept_by_hand(gpus, cash):
    values = complete(runway, {"cluster_gpus": gpus, "cash": cash})
    assert runway(**values).own == pytest.approx(by_hand(values), rel=1e-12)


def test_who_cannot_pay_the_order_has_no_month_and_who_earns_enough_has_all():
    assert evaluate(runway, cluster_gpus=1_000).own == 0
    assert evaluate(runway, revenue=500).cloud == HORIZON
    # A firm that was empty once does not rise again, however its revenue grows.
    late = evaluate(runway, cash=0.1, revenue_growth=50)
    assert late.cloud == pytest.approx(100 / late.burn, rel=1e-12)


@given(scenarios(runway))
@settings(max_examples=60, deadline=None)
def test_free_things_never_shorten_the_runway_and_no_route_leaves_the_horizon(values):
    found = runway(**values)
    assert all(0 <= getattr(found, id) <= HORIZON + 1e-9 for id in ROUTES)
    assert found.credits >= found.cloud - 1e-9
    assert found.public >= found.cloud - 1e-9
    assert found.wait >= found.public - 1e-9
    assert 0 <= found.working <= found.wait


def test_small_needs_favour_what_is_free_and_large_ones_a_lower_price():
    small, large = (at_work(evaluate(runway, compute_need=need)) for need in (3_000, 60_000))
    assert max(small, key=small.get) in ("credits", "public")
    assert max(large, key=large.get) == "reserved"
    prize = at_work(evaluate(runway, **presets("runway")["prize"]["values"]))
    assert max(prize, key=prize.get) == "wait"


# Ruin ---------------------------------------------------------------------------------------------------------------


def test_ruin_without_drift_follows_the_reflection_principle():
    for cash, noise, months in ((500.0, 60.0, 20.0), (100.0, 60.0, 20.0), (4_000.0, 180.0, 34.0)):
        reflected = 2 * norm.cdf(-cash / (noise * math.sqrt(months)))
        assert ruin(cash, 0.0, noise, months) == pytest.approx(reflected, rel=1e-12)


def test_ruin_in_the_end_of_a_rising_account_is_exponential():
    assert ruin(300.0, 10.0, 60.0, 1e6) == pytest.approx(math.exp(-2 * 10 * 300 / 60**2), rel=1e-9)


@pytest.mark.parametrize("drift", [-200.0, -30.0, -1.0, 1.0, 30.0])
def test_ruin_agrees_with_the_formula_as_printed(drift):
    cash, noise, months = 900.0, 180.0, 20.0
    spread = noise * math.sqrt(months)
    printed = norm.cdf((-cash - drift * months) / spread)
    printed += math.exp(-2 * drift * cash / noise**2) * norm.cdf((-cash + drift * months) / spread)
    assert ruin(cash, drift, noise, months) == pytest.approx(printed, rel=1e-9)
    both = ruin(np.array([cash, cash]), np.array([drift, -drift]), noise, months)
    assert both[0] == pytest.approx(printed, rel=1e-9)


def test_ruin_does_not_overflow_where_the_account_sinks_fast():
    assert ruin(4_000.0, -1_000.0, 0.1, 20.0) == pytest.approx(1.0)
    assert ruin(4_000.0, -100.0, 0.1, 20.0) == 0.0
    assert scaled_normal_tail(3.0) == pytest.approx(math.exp(4.5) * norm.sf(3.0), rel=1e-12)
    step = 1e-6
    slope = (scaled_normal_tail(2 + step) - scaled_normal_tail(2 - step)) / (2 * step)
    assert scaled_normal_tail(ufloat(2.0, 0.1)).std_dev == pytest.approx(0.1 * abs(slope), rel=1e-6)


def account_paths(values: dict, *, runs: int, steps: int = 30, seed: int = 32):
    """Simulated accounts on demand until the round: those that touch zero, as an array of shape (runs,) of bool.

    ``values`` are the inputs of ``next_round`` as numbers. The flows keep their order, month by month, which the closed
    form does not; noise moves in ``steps`` steps a month, and between two steps the chance to have touched zero is that
    of a Brownian bridge, so that no crossing is missed.
    """
    rng = np.random.default_rng(seed)
    flow = [values[id] for id in inspect.signature(month_by_month).parameters]
    rent = values["cloud_price"] / values["exchange_rate"] / EUROS_PER_THOUSAND
    account, alive = np.full(runs, thousands(values["cash"])), np.ones(runs)
    dt, noise = 1 / steps, max(values["cash_noise"], SMALLEST_NOISE)
    for month, net, need in month_by_month(*flow):
        for step in range(steps):
            length = min(dt, values["round_months"] - month - step * dt)
            if length <= 1e-9:
                return rng.uniform(size=runs) > alive
            after = account - (net + need * rent) * length + rng.normal(size=runs) * noise * length**0.5
            touched = np.exp(-2 * np.maximum(account, 0) * np.maximum(after, 0) / (noise**2 * length))
            account, alive = after, alive * (1 - touched)
    return rng.uniform(size=runs) > alive


@pytest.mark.parametrize("months", [24.0, 26.0, 28.0])
@pytest.mark.parametrize("noise", [60.0, 180.0])
def test_ruin_of_a_flat_plan_agrees_with_simulated_accounts(months, noise):
    runs = 20_000
    values = complete(next_round, {**FLAT, "cash": 3.0, "round_months": months, "cash_noise": noise})
    chance = next_round(**values).ruin / 100
    margin = 4 * math.sqrt(max(chance * (1 - chance), 1 / runs) / runs)
    assert abs(account_paths(values, runs=runs, steps=4).mean() - chance) < margin


@pytest.mark.parametrize("months", [20.0, 25.0, 27.0, 30.0])
def test_spreading_growing_flows_evenly_costs_at_most_a_point_and_a_half(months):
    values = complete(next_round, {"round_months": months})
    simulated = 100 * account_paths(values, runs=20_000, steps=4).mean()
    assert abs(simulated - next_round(**values).ruin) < 1.5


def test_the_planned_account_is_that_of_the_runway():
    last = math.floor(evaluate(runway).cloud)
    before, after = (evaluate(next_round, round_months=at) for at in (last, last + 1))
    assert before.left > 0 > after.left
    assert last + before.left / (before.left - after.left) == pytest.approx(evaluate(runway).cloud, rel=1e-12)


def test_stake_and_value_of_a_month():
    found, later = (evaluate(next_round, round_months=at) for at in (26.0, 27.0))
    assert found.stake == pytest.approx(12 / 0.21 - 12, rel=1e-12)
    lost = 0.45 * 1_000 * found.stake * (later.ruin - found.ruin) / 100
    assert found.month_value == pytest.approx(lost, rel=1e-9)
    assert found.day_value == pytest.approx(lost * 1_000 * 1.17 / DAYS, rel=1e-9)
    assert found.month_burn == pytest.approx(1_000 * (found.left - later.left), rel=1e-9)
    assert found.reached == pytest.approx(45 * (1 - found.ruin / 100), rel=1e-12)


def test_a_month_is_worth_nothing_then_everything_then_nothing():
    early, edge, after = (evaluate(next_round, round_months=at).day_value for at in (12.0, 26.0, 40.0))
    assert early < 1
    assert edge > 100_000
    assert after < 1


def test_who_waits_is_later_and_runs_dry_more_often():
    found = evaluate(next_round, round_months=24)
    assert found.ruin_wait > found.ruin > max(found.ruin_credits, found.ruin_public)


# What is shown and decided --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", [need_chart, ruin_chart, day_value_chart])
def test_charts_tell_what_they_show_at_other_values_too(chart):
    first, second = chart(), chart(cash=8)
    must_tell(first.to_dict())
    must_tell(second.to_dict())
    assert first.description != second.description


def test_sentences_name_the_horizon_and_the_course():
    told = str(sc.in_words(runway, cash=105))
    assert f"{HORIZON} months or more" in told
    assert "The course's values give 26.9 months" in told
    # What nobody knows leads, the plan of one firm comes after it.
    mean = simulate(next_round).mean("ruin")
    said = str(sc.in_words(next_round))
    assert (
        said.startswith(f"Across all draws, {mean:.0f} % of the firms")
        and "on plan the risk is less than 0.1 %" in said
    )
    assert "on plan the risk is 32.3 %" in str(sc.in_words(next_round, **presets("next_round")["late"]["values"]))


def test_the_verdict_on_a_start_up_follows_what_is_documented(monkeypatch):
    assert verdict("C77").word == "holds partly"
    monkeypatch.setattr(verdicts_32, "_customers_on_record", lambda: 4)
    assert verdict("C77").word == "holds"
    records = verdicts_32.data.records
    elsewhere = [{**row, "public_machine": None} if row["id"] == "seedbox-ai" else row for row in records("startups")]
    monkeypatch.setattr(verdicts_32.data, "records", lambda name: elsewhere if name == "startups" else records(name))
    assert verdict("C77").word == "not testable here"


def test_money_that_outlasts_the_horizon_is_told_as_that_and_not_as_a_number():
    pictures = [vl_convert.vegalite_to_svg(sc.figure(runway, cash=cash).to_dict()) for cash in (4, 1000)]
    assert [picture.count(">60+</text>") for picture in pictures] == [0, len(ROUTES)]
