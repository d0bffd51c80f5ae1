"""Lesson 34: gigafactories in four units, demand on one day and over the years, what is left for owners, bids."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.settings import at_preset, complete, evaluate, inputs, standing
from sovereign_compute.controls import progress
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.display.charts import figure, in_words, must_tell
from sovereign_compute.display.views import gigafactory
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get, registry
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons import fact_check
from sovereign_compute.lessons.fact_check import claims, fact, verdict
from sovereign_compute.lessons.l34_gigafactory import call, exhibits, first_day
from sovereign_compute.lessons.l34_gigafactory import exercises as exercises_34
from sovereign_compute.lessons.l34_gigafactory import verdicts as verdicts_34
from sovereign_compute.models.gigafactory import bid_value, gigafactory_times, gigafactory_use
from sovereign_compute.models.gigafactory_years import gigafactory_pays
from told import numbers

NOTEBOOK = "34_does_a_gigafactory_pay"


# One day: size and use ------------------------------------------------------------------------------------------------


def test_four_times_is_4_and_8_and_10_and_14():
    found = at_preset(gigafactory_times, "opening-power")
    assert (round(found.chips, 1), round(found.money), round(found.power)) == (4.2, 8, 14)
    assert 9 < found.speed < 10
    assert found.chips == pytest.approx(fact("gigafactory-chips") / fact("superchips"), rel=1e-12)
    assert found.megawatts == pytest.approx(fact("gigafactory-power"), rel=1e-12)
    assert found.money_per_chip == pytest.approx(40_000, rel=1e-12)


def test_the_money_of_jupiter_is_that_of_the_selection():
    values = complete(gigafactory_times)
    total = values["capital_cost"] + values["running_cost"] * values["lifetime"]
    assert total == pytest.approx(fact("total-cost"), rel=0.005)


def test_a_machine_that_cost_nothing_is_infinitely_smaller_in_money():
    nothing = {**complete(gigafactory_times), "capital_cost": 0.0, "running_cost": 0.0}
    assert gigafactory_times(**nothing).money == math.inf
    column = gigafactory_times(
        **{**complete(gigafactory_times), "capital_cost": np.array([0.0, 273.0]), "running_cost": 0.0}
    ).money
    assert column[0] == math.inf
    assert column[1] == pytest.approx(4_000 / 273, rel=1e-12)


def test_the_mean_bid_is_what_the_bidders_named():
    rows = {row["id"]: row["value"] for row in data.records("access")}
    chips = rows["eoi-gpus"] * 1e6 / rows["eoi-count"]
    money = rows["eoi-money"] / rows["eoi-count"]
    values = presets("gigafactory_times")["mean-bid"]["values"]
    assert values["gigafactory_chips"] == pytest.approx(chips, rel=0.02)
    assert values["gigafactory_money"] == pytest.approx(money, rel=0.02)


use = st.fixed_dictionaries(
    {id: st.floats(a.low, a.high) for id, a in inputs(gigafactory_use).items() if a.low < a.high}
).map(lambda chosen: {**complete(gigafactory_use), **chosen})


@given(use)
@settings(max_examples=80, deadline=None)
def test_rents_and_shortfall_are_the_cost(values):
    found = gigafactory_use(**values)
    rented = found.usable * (1 - found.stranded / 100)
    rents = rented * 8_760 * found.full_cost / 1e6
    assert rents + found.shortfall == pytest.approx(found.yearly_cost, rel=1e-9)
    assert rented * 8_760 * found.rented_cost / 1e6 == pytest.approx(found.yearly_cost, rel=1e-9)
    assert rented == pytest.approx(min(found.wanted, found.usable), rel=1e-9)
    assert found.sites_filled * found.usable / values["gigafactory_places"] == pytest.approx(found.wanted, rel=1e-9)


@given(use)
@settings(max_examples=80, deadline=None)
def test_demand_has_its_elasticity(values):
    found = gigafactory_use(**values)
    measured = -math.log(found.wanted / found.wanted_then) / math.log(found.full_cost / found.market)
    if abs(math.log(found.full_cost / found.market)) > 1e-3:
        assert measured == pytest.approx(values["demand_elasticity"], rel=1e-6)


def test_the_cost_of_a_full_site_by_hand():
    values = complete(gigafactory_use)
    found = gigafactory_use(**values)
    annuity = 0.03 / (1 - 1.03**-6)
    chip = 40_000 * (annuity + 0.01) + 1.5 * 8_760 * 0.20
    assert found.full_cost == pytest.approx(chip / (8_760 * 0.95 * 0.80), rel=1e-12)
    assert at_preset(gigafactory_use, "fixed-need").wanted == found.wanted_then
    assert found.wanted_then == pytest.approx(60_000 * 1.4**3.5, rel=1e-12)
    assert at_preset(gigafactory_use, "as-today").wanted_then == found.wanted_today == 60_000
    assert at_preset(gigafactory_use, "as-bidders-say").stranded == 0
    assert at_preset(gigafactory_use, "one-site").stranded == 0


def test_idle_sites_by_what_is_wanted_with_private_plans_as_points():
    frame, values = first_day.plans(), complete(gigafactory_use)
    assert list(frame.gpus) == sorted(frame.gpus)
    found = frame.set_index("who")
    assert found.loc["SoftBank, France: first stage by 2031"].gpus == pytest.approx(3_100_000 / values["chip_power"])
    assert found.loc["Stargate Norway: one site by the end of 2026"].gpus == 100_000
    for row in frame.itertuples():
        wanted = row.gpus * (1.56391 / 2.52137) ** -1
        assert row.idle == pytest.approx(max(0, 100 - 100 * wanted / 418_000), abs=0.1)
    now = evaluate(gigafactory_use)
    assert found.loc["Demand when the sites open, as assumed"].idle == pytest.approx(now.stranded)
    assert found.loc["Demand today, as assumed"].idle > 2 * now.stranded
    shown = first_day.plan_table().shown.to_numpy()[:, 1:].ravel()
    assert all(len(text.replace(",", "").replace(".", "").strip("0")) <= 2 for text in shown), shown


# A bid ----------------------------------------------------------------------------------------------------------------


def test_a_bid_by_hand():
    found = evaluate(bid_value)
    assert found.chance == pytest.approx(100 * 5.5 / 10, rel=1e-12)
    prize = sum(60 / 1.03**year for year in range(1, 7))
    assert found.prize == pytest.approx(prize, rel=1e-12)
    assert found.region_net == pytest.approx(prize * 5.5 / 10 - 3, rel=1e-12)
    assert found.all_bids == 30
    assert found.country_net == pytest.approx(5.5 * prize * 0.5 - 30, rel=1e-12)
    early = at_preset(bid_value, "early-plan")
    assert (early.all_bids, early.chance) == (228, pytest.approx(100 * 4.5 / 76, rel=1e-12))


def test_a_bid_breaks_even_where_it_says():
    found = evaluate(bid_value)
    assert found.pays_from * found.chance / 100 == pytest.approx(get("bid_cost").value, rel=1e-12)


def test_fewer_bids_than_places_all_win():
    found = evaluate(bid_value, bids=3, gigafactory_places=5)
    assert found.chance == 100
    assert found.expected == found.prize


def test_regions_simulated_one_by_one_get_what_is_expected():
    values = complete(bid_value, {"gigafactory_places": 5})
    found = bid_value(**values)
    rng = np.random.default_rng(33)
    rounds = 20_000
    # One region among the bidders, and places drawn without putting back.
    wins = rng.random((rounds, int(values["bids"]))).argsort(axis=1)[:, :5] == 0
    net = wins.any(axis=1) * found.prize - values["bid_cost"]
    assert net.mean() == pytest.approx(found.region_net, abs=3 * net.std() / math.sqrt(rounds))


# The call -------------------------------------------------------------------------------------------------------------


def test_the_money_by_source_is_that_of_the_facts():
    frame = call.money()
    wide = frame.pivot(index="plan", columns="source", values="money")
    assert wide.sum(axis=1).tolist() == pytest.approx([30, 20, 20])
    public = {plan: round(100 * (1 - row.Private / row.sum())) for plan, row in wide.iterrows()}
    access = {row["id"]: row["value"] for row in data.records("access")}
    assert public == {
        "Plan of 2025": access["gigafactory-public-ceiling"],
        "Reported in June 2026": access["gigafactory-public-share"],
        "Call of August 2026": access["gigafactory-public-call"],
    }
    assert get("union_part").value + get("state_part").value == access["gigafactory-public-ceiling"]
    given = access["gigafactory-union-money"]
    assert get("union_part").high == pytest.approx(100 * given / 20, abs=0.5)
    assert get("union_part").low == pytest.approx(100 * given / access["gigafactory-money-call"], abs=0.5)


def test_the_table_of_chances_is_places_over_bids():
    shown = call.chance_table().shown.set_index("Bids")
    assert shown.loc[shown.index[call.BIDS.index(10)]].tolist()[:3] == ["40", "55", "70"]


# Charts and sentences -------------------------------------------------------------------------------------------------

CHARTS = {
    "sizes": lambda: figure(gigafactory_times),
    "use": lambda: figure(gigafactory_use),
    "bid": lambda: figure(bid_value),
    "pays": lambda: figure(gigafactory_pays),
    "demand": first_day.demand_chart,
    "years": exhibits.years_chart,
    "payers": exhibits.who_pays_chart,
    "money": call.money_chart,
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_tells_its_result(name):
    must_tell(CHARTS[name]().to_dict())


def test_descriptions_agree_with_the_data():
    found = evaluate(gigafactory_use)
    wanted = {round(found.full_cost, 2), round(found.market, 2), round(found.usable / 1000)}
    assert wanted <= set(numbers(first_day.demand_chart().description))
    years = evaluate(gigafactory_pays)
    assert {round(years.idle_first), round(years.idle_mean)} <= set(numbers(exhibits.years_chart().description))
    frame = exhibits.years()
    opening = np.interp(get("build_years").value, frame.year, frame.wanted)
    assert 100 * (1 - opening / 418) == pytest.approx(years.idle_first, abs=0.5)
    bills = exhibits.idle_bills().groupby("case", sort=False).cost.sum()
    assert bills.iloc[0] == pytest.approx(years.idle_cost)
    still = at_preset(gigafactory_pays, "no-growth").idle_cost
    assert bills.iloc[2] == pytest.approx(bills.iloc[3]) == pytest.approx(still)


def test_demand_runs_through_its_two_named_points():
    frame, found = first_day.demand(), evaluate(gigafactory_use)
    for price, gpus in ((found.full_cost, found.wanted), (found.market, found.wanted_then)):
        at = np.exp(np.interp(math.log(price), np.log(frame.price), np.log(frame.wanted)))
        assert at == pytest.approx(gpus / 1000, rel=1e-6)


def test_sentences_name_the_course_where_something_moved():
    assert "The course's values give 25 %." in str(in_words(gigafactory_use, demand_gpus=100_000))
    assert "The course's values give 175.8 million EUR." in str(in_words(bid_value, bids=76))
    assert "The course's values give −0.9 billion EUR." in str(in_words(gigafactory_pays, rent_fall=0))
    assert "They never fill up." in str(in_words(gigafactory_pays, demand_growth=0))
    assert "Not even a building paid by the public" in str(in_words(gigafactory_pays, demand_growth=0))
    assert "need no public money" in str(in_words(gigafactory_pays, rent_fall=0, asking_price=2.5))


# Exercises and verdicts -----------------------------------------------------------------------------------------------


def test_orders_and_choices_have_one_answer():
    for number in range(100):
        found = gigafactory_times(**find_exercise("34.4").case(number))
        sizes = sorted(getattr(found, id) for id in gigafactory.SIZES)
        assert all(larger > 1.0001 * size for size, larger in pairwise(sizes)), number
        nets = sorted(exercises_34._nets(find_exercise("34.3").case(number)).values())
        assert nets[-1] > nets[-2] + 0.05, number


def test_years_of_an_exercise_fill_the_sites():
    for number in range(40):
        values = find_exercise("34.1").case(number)
        then = values["demand_gpus"] * (1 + values["demand_growth"] / 100) ** find_exercise("34.1").answer(values)
        assert then == pytest.approx(values["gigafactory_places"] * 76_000, rel=1e-9)


def test_what_was_kept_for_a_moved_exercise_is_read_in_its_new_place(learner):
    progress.keep("exercises", {"33.4": {"tries": 2}, "33.5": {"tries": 1}, "33.1": {"tries": 3}})
    assert progress.kept("exercises") == {"34.4": {"tries": 2}, "34.5": {"tries": 1}, "33.1": {"tries": 3}}
    progress.keep("exercises", {"34.4": {"tries": 5}})
    assert progress.kept("exercises")["34.4"] == {"tries": 5}


@pytest.mark.parametrize(("old", "new"), progress.MOVED["exercises"].items())
def test_an_id_that_moved_is_not_given_out_again(old, new):
    assert find_exercise(new).id == new
    with pytest.raises(CourseError, match=old):
        find_exercise(old)


def test_the_verdicts_of_lesson_34():
    mine = [id for id, claim in claims().items() if claim["notebook"] == NOTEBOOK]
    assert {id: verdict(id).word for id in mine} == {
        "C34": "opinion",
        "C35": "depends on the reading",
        "C39": "not testable here",
    }
    assert "would have to" in verdict("C39").because
    assert "named 39,474 each" in verdict("C39").found


@pytest.mark.parametrize(
    ("moved", "word"),
    [
        ({"gigafactory-fund": 60_000.0}, "holds"),
        ({"gigafactory-fund": 5_000.0}, "does not hold"),
    ],
)
def test_the_money_for_one_site_follows_the_fund(monkeypatch, moved, word):
    known = fact_check.fact
    monkeypatch.setattr(verdicts_34, "fact", lambda id: moved.get(id, known(id)))
    assert verdict("C35").word == word


def test_verdicts_on_gigafactories_print_no_number_that_a_judged_demand_decides():
    before = {id: verdict(id) for id in ("C34", "C39")}
    with standing({"demand_gpus": registry()["demand_gpus"].value * 1.5}):
        assert {id: verdict(id) for id in before} == before


def test_the_chance_of_a_bid_follows_the_call_and_not_the_interest():
    assert "a chance of 55 %" in verdict("C35").found
    with standing(presets("bid_value")["early-plan"]["values"]):
        assert "a chance of 6 %" in verdict("C35").found


@pytest.mark.parametrize(("low", "high", "word"), [(500_000, 900_000, "holds"), (1_000, 60_000, "does not hold")])
def test_the_need_of_industry_follows_the_range_of_demand(monkeypatch, low, high, word):
    known = verdicts_34.get
    moved = known("demand_gpus").model_copy(update={"low": low, "high": high})
    monkeypatch.setattr(verdicts_34, "get", lambda id: moved if id == "demand_gpus" else known(id))
    assert verdict("C39").word == word
