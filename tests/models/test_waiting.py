"""Lesson 25: shares and delays by hand, queues against closed forms, simpy and ciw, backfill by its invariants."""

import itertools
import math
import re
import time

import ciw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import gammaln
from sovereign_compute.analysis.draws import uniform
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.analysis.settings import complete, evaluate
from sovereign_compute.analysis.simulation import simulate
from sovereign_compute.display.charts import must_tell
from sovereign_compute.display.views import access as views
from sovereign_compute.display.views.queueing import simulated
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons import fact_check
from sovereign_compute.lessons.fact_check import claims, verdict
from sovereign_compute.lessons.l25_waiting import exhibits as exhibits_25
from sovereign_compute.lessons.l25_waiting import verdicts as verdicts_25
from sovereign_compute.lessons.l25_waiting.exhibits import queue_check
from sovereign_compute.models.access import allocation, call_days, cost_of_waiting
from sovereign_compute.models.next_round import next_round
from sovereign_compute.models.parts import simpy_queue
from sovereign_compute.models.parts.batch import (
    RULES,
    Jobs,
    easy_backfill,
    first_come_first_served,
    mean_and_error,
    reserved_part,
    waits,
    widest,
    workload,
)
from sovereign_compute.models.queueing import erlang_c, queue_wait

LOADS = (0.5, 0.7, 0.8, 0.9, 0.95)
SERVERS = (1, 2, 5, 20, 100)
GRID = [(servers, load) for servers in SERVERS for load in LOADS]
BASE = {"job_hours": 1.0, "arrival_variability": 1.0, "service_variability": 1.0}


def chance(number, servers, load, seed=25, **more) -> Jobs:
    """Narrow jobs of one hour on average, arrivals and lengths exponential unless said otherwise."""
    given = {**BASE, **more}
    return workload(number, servers=servers, offered_load=100 * load, wide_share=0.0, seed=seed, **given)


# Shares and delays by hand --------------------------------------------------------------------------------------------


def test_the_slices_of_the_machine_are_those_of_the_curriculum():
    rounded = presets("allocation")["round-number"]["values"]
    narrow = evaluate(allocation, **rounded)
    wide = evaluate(allocation, **rounded, commercial_reading=1)
    found = (narrow.innovation, narrow.ceiling, wide.commerce, narrow.commerce)
    assert found == pytest.approx((6_000, 2_400, 1_200, 300), rel=1e-12)
    assert [gpus * 8_760 / 1e6 for gpus in found] == pytest.approx([52.56, 21.024, 10.512, 2.628], rel=1e-12)
    assert narrow.machine_hours == pytest.approx(210.24, rel=1e-12)
    assert [gpus / 10 for gpus in (narrow.commerce, wide.commerce, narrow.innovation)] == pytest.approx([30, 120, 600])
    assert views.winner_hours() == 2e6
    assert round(evaluate(allocation, gpu_hours_needed=2e6).project) == 228


@pytest.mark.parametrize(
    ("preset", "hours", "days", "usd"), [("call-88", 5e4, 88, 1_335), ("prize-223", 2e6, 223, 21_076)]
)
def test_break_even_value_of_a_day(preset, hours, days, usd):
    result = evaluate(cost_of_waiting, **presets("cost_of_waiting")[preset]["values"])
    assert round(result.break_even) == usd
    assert result.break_even == pytest.approx(2.35 * hours / days, rel=2e-5)  # a cloud order takes a minute
    assert result.public_days == days


def test_the_chart_of_break_even_uses_the_same_three_points():
    assert [round(point["usd"]) for point in exhibits_25.break_even_points()] == [29_375, 1_335, 21_076]


def test_at_break_even_and_at_the_rent_worth_paying_both_ways_cost_the_same():
    values = complete(cost_of_waiting)
    result = cost_of_waiting(**values)
    assert cost_of_waiting(**{**values, "delay_value": result.break_even}).difference == pytest.approx(0, abs=1e-9)
    assert cost_of_waiting(**{**values, "reserved_price": result.worth_paying}).difference == pytest.approx(0, abs=1e-9)


def test_where_the_cloud_is_not_faster_no_value_of_a_day_speaks_for_it():
    slow = evaluate(cost_of_waiting, cloud_wait_days=400, cut_off_days=0, evaluation_days=4, success_rate=100)
    assert slow.break_even == math.inf
    assert "no faster" in views.VIEWS["cost_of_waiting"].sentence(
        evaluation_of(cost_of_waiting, {"cloud_wait_days": 400, "success_rate": 100}, band=False)
    )
    assert evaluate(cost_of_waiting, gpu_hours_needed=100).break_even == 0
    values = {**complete(cost_of_waiting), "cloud_wait_days": np.array([0.1, 400.0])}
    found = cost_of_waiting(**values).break_even
    assert math.isfinite(found[0])
    assert found[1] == math.inf


@pytest.mark.parametrize("rate", [1.0, 32.0, 100.0])
def test_who_applies_once_and_then_rents_is_the_mean_of_a_yes_and_a_no(rate):
    """A yes is a call that takes everybody; a no is one try for nothing, and after it what renting costs anyway."""
    found, yes = (evaluate(cost_of_waiting, success_rate=q) for q in (rate, 100))
    a_try = get("cut_off_days").value / 2 + get("evaluation_days").value
    work = get("application_days").value / 220 * get("staff_cost").value * get("exchange_rate").value
    no = a_try * get("delay_value").value / 1_000 + work
    assert found.once == pytest.approx((rate * yes.difference + (100 - rate) * no) / 100, rel=1e-9)
    assert yes.once == pytest.approx(yes.difference, rel=1e-12)


def test_a_crowded_programme_is_slow_and_refuses_more():
    drawn = simulate(cost_of_waiting)
    for slow in ("cut_off_days", "evaluation_days", "onboarding_days"):
        ranks = [uniform(get(id), 2**13, together=True) for id in ("success_rate", slow)]
        together = stats.spearmanr(*ranks).statistic
        assert together == pytest.approx(-0.6, abs=0.03)
    # The text of the lesson: trying until it works costs more than ten times as much as one try.
    assert drawn.mean("difference") > 10 * drawn.mean("once") > 0


def test_a_day_is_worth_the_pay_for_work_that_stands_still():
    """Lessons 25 and 32 rest on one firm: its pay, and the part of its work that goes on without computing."""
    team, salary, rate, on = (get(id).value for id in ("team", "salary", "exchange_rate", "work_without"))
    worth = get("delay_value")
    assert worth.value == pytest.approx(team * salary * 1_000 * rate / 365 * (1 - on / 100), rel=0.02)
    assert worth.low == pytest.approx(evaluate(next_round).day_value, rel=0.05)
    assert worth.high < evaluate(next_round, round_months=26).day_value


@pytest.mark.parametrize(
    ("cut_off", "evaluation", "rate", "onboarding"),
    [(30, 20, 32, 14), (14, 7, 75, 3), (0, 88, 100, 0), (0, 20, 32, 14)],
)
def test_the_mean_of_many_applicants_is_what_the_formula_says(cut_off, evaluation, rate, onboarding):
    call = {"cut_off_days": cut_off, "evaluation_days": evaluation, "success_rate": rate}
    days = call_days(**call, onboarding_days=onboarding, applicants=100_000)
    expected = evaluate(cost_of_waiting, **call, onboarding_days=onboarding).public_days
    assert abs(days.mean() - expected) <= 2.5 * days.std() / math.sqrt(len(days)) + 1e-9


def test_nobody_computes_before_a_cut_off_and_a_decision():
    days = call_days(cut_off_days=30, evaluation_days=20, success_rate=100, onboarding_days=14, applicants=10_000)
    assert 14 + 5 <= days.min() < 20
    assert 64 < days.max() <= 14 + 35 + 30
    assert np.median(
        call_days(cut_off_days=30, evaluation_days=20, success_rate=10, onboarding_days=0, applicants=9_999)
    ) < (call_days(cut_off_days=30, evaluation_days=20, success_rate=10, onboarding_days=0, applicants=9_999).mean())


def test_presets_agree_with_the_tables():
    routes = {row["id"]: row for row in data.records("access_routes")}
    calls = {row["id"]: row for row in data.records("access_calls")}
    known = {id: preset["values"] for id, preset in presets("cost_of_waiting").items()}
    assert (
        known["call-88"]["evaluation_days"] == calls["ffplus-1"]["days"] == routes["industrial-call"]["decision_days"]
    )
    assert known["prize-223"]["evaluation_days"] == calls["grand-challenge-2024"]["days"]
    assert known["fast-lane"]["evaluation_days"] == routes["fast-lane"]["decision_days"]
    assert known["fast-lane"]["cut_off_days"] == routes["fast-lane"]["cut_off_days"]
    assert known["call-odds"]["cut_off_days"] == routes["industrial-call"]["cut_off_days"]
    assert known["call-odds"]["success_rate"] == round(
        100 * calls["ffplus-1"]["funded"] / calls["ffplus-1"]["proposals"]
    )


# Closed forms ---------------------------------------------------------------------------------------------------------


@given(st.integers(1, 200), st.floats(0.05, 0.99))
@settings(max_examples=80, deadline=None)
def test_erlang_c_is_the_sum_of_the_textbook(servers, load):
    offered = servers * load
    log_terms = [k * math.log(offered) - gammaln(k + 1) for k in range(servers + 1)]
    last = math.exp(log_terms[-1]) / (1 - load)
    assert erlang_c(servers, load) == pytest.approx(last / (sum(map(math.exp, log_terms[:-1])) + last), rel=1e-9)


def test_one_server_is_the_queue_of_pollaczek_and_khinchine():
    for load in (50, 90, 95):
        for scv in (0, 1, 4):
            given = {"servers": 1, "offered_load": load, "job_hours": 3, "arrival_variability": 1}
            found = evaluate(queue_wait, **given, service_variability=scv)
            assert found.wait == pytest.approx(load / (100 - load) * (1 + scv) / 2 * 3, rel=1e-12)
            assert found.probability == pytest.approx(load, rel=1e-12)


def test_arrays_of_servers_and_loads_are_what_single_numbers_are():
    together = erlang_c(np.array([1.0, 7.0, 100.0]), np.array([0.3, 0.9, 0.95]))
    assert together == pytest.approx([erlang_c(1, 0.3), erlang_c(7, 0.9), erlang_c(100, 0.95)], rel=1e-13)


def test_jobs_in_the_queue_are_arrivals_times_wait():
    found = evaluate(queue_wait)
    per_hour = get("servers").value * get("offered_load").value / 100 / get("job_hours").value
    assert found.waiting_jobs == pytest.approx(per_hour * found.wait, rel=1e-12)  # Little


# The simulation against formulas and other simulators ----------------------------------------------------------------


def test_the_simulation_agrees_with_erlang_c_over_the_grid():
    """Within two standard errors; of 25 points one or two may miss by chance, none by much."""
    off, runs = {}, 16
    for point, (servers, load) in enumerate(GRID):
        # Independent runs; a tenth of each is dropped while the empty machine fills.
        number = 5_000 if load < 0.9 else 20_000
        seeds = range(1_000 * point, 1_000 * point + runs)
        means = []
        for jobs in (chance(number, servers, load, seed=seed) for seed in seeds):
            means.append(float((first_come_first_served(jobs, servers) - jobs.arrival)[number // 10 :].mean()))
        exact = erlang_c(servers, load) / (servers * (1 - load))
        # A hundred half-empty places let nobody wait in any run: the floor is a millionth of a job's length.
        error = max(float(np.std(means, ddof=1)) / math.sqrt(runs), 1e-6)
        off[servers, load] = (float(np.mean(means)) - exact) / error
    assert sum(abs(x) > 2 for x in off.values()) <= 3, off
    assert max(map(abs, off.values())) < 4, off
    assert abs(sum(off.values())) < 2.5 * math.sqrt(len(off)), off  # no common bias either


@pytest.mark.parametrize("servers", [1, 5, 20, 100])
@pytest.mark.parametrize("load", [0.5, 0.95])
def test_simpy_starts_the_same_jobs_at_the_same_time(servers, load):
    jobs = workload(1_000, servers=servers, offered_load=100 * load, **BASE)  # wide ones among them
    told = list(zip(*(column.tolist() for column in (jobs.arrival, jobs.runtime, jobs.width)), strict=True))
    slow = simpy_queue.first_come_first_served(told, servers)
    assert first_come_first_served(jobs, servers) == pytest.approx(slow, rel=1e-9, abs=1e-9)


class Listed(ciw.dists.Distribution):
    """These values in turn. ciw copies its distributions, and since Python 3.14 its own ``Sequential`` has no copy."""

    def __init__(self, values: list[float]):
        self.values, self.given = values, 0

    def sample(self, t=None, ind=None) -> float:
        self.given += 1
        return self.values[self.given - 1]


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (1, 0.95), (20, 0.7), (20, 0.95), (100, 0.95)])
def test_ciw_gives_the_same_waits_for_the_same_jobs(servers, load):
    jobs = chance(800, servers, load)
    gaps = np.diff(jobs.arrival, prepend=0.0).tolist()
    network = ciw.create_network(
        arrival_distributions=[Listed([*gaps, math.inf])],
        service_distributions=[Listed(jobs.runtime.tolist())],
        number_of_servers=[servers],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(800, method="Finish")
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    ours = first_come_first_served(jobs, servers) - jobs.arrival
    assert [record.waiting_time for record in records] == pytest.approx(ours, abs=1e-9)


def ciw_wait(servers, load, number, seed) -> float:
    """The mean wait of the last three quarters of so many jobs, from another simulator and its own random numbers."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(servers * load)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        number_of_servers=[servers],
    )
    simulation = ciw.Simulation(network)
    # A few more than are counted, so that hardly one of those is still running at the end.
    simulation.simulate_until_max_customers(number + 5 * servers, method="Finish")
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    return float(np.mean([record.waiting_time for record in records[number // 4 : number]]))


def test_ciw_with_its_own_random_numbers_agrees_over_the_grid():
    """Within two standard errors; of twelve points one may miss by chance, none by much."""
    off, number = {}, 1_000
    for point, (servers, load) in enumerate(itertools.product((1, 5, 20, 100), (0.5, 0.8, 0.95))):
        theirs = [ciw_wait(servers, load, number, seed=100 * point + run) for run in range(12)]
        runs = [chance(number, servers, load, seed=5_000 + 100 * point + run) for run in range(60)]
        ours = [float((first_come_first_served(jobs, servers) - jobs.arrival)[number // 4 :].mean()) for jobs in runs]
        error = math.hypot(*(np.std(means, ddof=1) / math.sqrt(len(means)) for means in (theirs, ours)))
        off[servers, load] = (np.mean(theirs) - np.mean(ours)) / max(error, 1e-6)
    assert sum(abs(x) > 2 for x in off.values()) <= 1, off
    assert max(map(abs, off.values())) < 4, off


def test_random_jobs_offer_the_load_and_the_unevenness_asked_for():
    jobs = workload(
        200_000, servers=20, offered_load=80, job_hours=10, arrival_variability=2, service_variability=3,
        runtime_overestimate=2.5, reserved_share=20,
    )  # fmt: skip
    gaps = np.diff(jobs.arrival)
    assert (jobs.runtime * jobs.width).sum() / jobs.arrival[-1] / 20 == pytest.approx(0.8, rel=0.02)
    assert gaps.var() / gaps.mean() ** 2 == pytest.approx(2, rel=0.03)
    assert jobs.runtime.var() / jobs.runtime.mean() ** 2 == pytest.approx(3, rel=0.04)
    assert (jobs.estimate / jobs.runtime).mean() == pytest.approx(2.5, rel=0.01)
    assert (jobs.estimate >= jobs.runtime).all()
    favoured = (jobs.runtime * jobs.width)[jobs.favoured].sum() / (jobs.runtime * jobs.width).sum()
    assert favoured == pytest.approx(0.5 * 0.2, rel=0.03)
    assert set(jobs.width) == {1, widest(20)}
    assert (jobs.width[jobs.favoured] == 1).all()


# Backfill -------------------------------------------------------------------------------------------------------------


def trace(*jobs) -> Jobs:
    """Jobs from (arrival, runtime, estimate, width)."""
    columns = [np.array(column, dtype=float) for column in zip(*jobs, strict=True)]
    return Jobs(columns[0], columns[1], columns[2], columns[3].astype(int), np.zeros(len(jobs), dtype=bool))


HAND = trace(
    (0, 10, 10, 3),  # A takes three of four places until 10
    (1, 5, 5, 4),  # B needs all four: it is promised 10
    (2, 8, 8, 1),  # C fits beside A and ends at 10: it may overtake
    (3, 3, 9, 1),  # D fits nowhere; at 10 B takes all
    (4, 2, 2, 2),  # E comes after D
)


def test_a_trace_worked_by_hand():
    found = easy_backfill(HAND, 4)
    assert found.start.tolist() == [0, 10, 2, 15, 15]
    assert found.promised[1] == 10
    assert first_come_first_served(HAND, 4).tolist() == [0, 10, 15, 15, 15]


def test_a_job_that_would_delay_the_first_does_not_overtake_and_spare_places_may_be_used():
    late = trace((0, 10, 10, 3), (1, 5, 5, 4), (2, 8, 8.5, 1))  # by its estimate it ends at 10.5
    assert easy_backfill(late, 4).start.tolist() == [0, 10, 15]
    spare = trace((0, 10, 10, 3), (1, 5, 5, 3), (2, 30, 30, 1), (3, 30, 30, 1))  # one of four stays free beside B
    assert easy_backfill(spare, 4).start.tolist() == [0, 10, 2, 15]
    early = trace((0, 4, 10, 3), (1, 5, 5, 4), (2, 1, 9, 1))  # A ends sooner than its user thought
    assert easy_backfill(early, 4).start.tolist() == [0, 4, 9]


def overbooked(jobs: Jobs, start: np.ndarray, places: int) -> bool:
    """Whether more places are taken at some moment than there are (ends come before starts)."""
    moments = np.concatenate([start, start + jobs.runtime])
    change = np.concatenate([jobs.width, -jobs.width])
    order = np.lexsort((change, moments))
    return bool((np.cumsum(change[order]) > places).any())


def idle_while_the_first_fits(jobs: Jobs, start: np.ndarray, places: int) -> int:
    """Jobs at the head of the line that fitted at some event and were not started then."""
    order, found = np.argsort(start, kind="stable"), 0
    events = np.unique(np.concatenate([jobs.arrival, start + jobs.runtime]))
    for job in order:
        head_since = max(jobs.arrival[job], start[:job].max() if job else 0.0)
        for now in events[(events >= head_since) & (events < start[job])]:
            running = (start <= now) & (now < start + jobs.runtime)
            found += places - jobs.width[running].sum() >= jobs.width[job]
    return found


JOB = st.tuples(
    st.integers(0, 30), st.integers(1, 12), st.sampled_from([1.0, 1.5, 3.0]), st.integers(1, 4)
)  # gaps and lengths in whole hours make many events meet


@given(st.lists(JOB, min_size=1, max_size=40), st.integers(4, 8))
@settings(max_examples=150, deadline=None)
def test_backfill_keeps_its_invariants(made, places):
    rows = sorted((arrival, length, length * factor, width) for arrival, length, factor, width in made)
    jobs = trace(*rows)
    for start in (easy_backfill(jobs, places).start, first_come_first_served(jobs, places)):
        assert not np.isnan(start).any()
        assert (start >= jobs.arrival).all()
        assert not overbooked(jobs, start, places)
        assert idle_while_the_first_fits(jobs, start, places) == 0
    found = easy_backfill(jobs, places)
    promised = ~np.isnan(found.promised)
    assert (found.start[promised] <= found.promised[promised]).all()


def test_the_invariants_can_fail():
    assert overbooked(HAND, np.array([0.0, 1, 2, 3, 4]), 4)
    assert idle_while_the_first_fits(HAND, np.array([0.0, 20, 25, 25, 25]), 4) > 0


def test_long_backfilled_runs_keep_the_promise_and_do_all_the_work():
    given = {"offered_load": 95, "job_hours": 20, "arrival_variability": 2, "service_variability": 3}
    jobs = workload(10_000, servers=20, **given, runtime_overestimate=2.5)
    found = easy_backfill(jobs, 20)
    promised = ~np.isnan(found.promised)
    assert promised.sum() > 1_000
    assert (found.start[promised] <= found.promised[promised] + 1e-9).all()
    assert not overbooked(jobs, found.start, 20)
    assert found.start.mean() < first_come_first_served(jobs, 20).mean()


def test_narrow_jobs_with_true_estimates_gain_nothing_from_backfill():
    jobs = chance(3_000, 10, 0.9)
    assert easy_backfill(jobs, 10).start == pytest.approx(first_come_first_served(jobs, 10), rel=1e-12)


def test_a_reserved_part_is_used_by_its_class_alone():
    jobs = workload(
        4_000,
        servers=20,
        offered_load=80,
        job_hours=10,
        arrival_variability=1,
        service_variability=1,
        reserved_share=20,
    )
    start = reserved_part(jobs, 20, 20)
    for theirs, part in ((jobs.favoured, 4), (~jobs.favoured, 16)):
        some = Jobs(*(column[theirs] for column in jobs))
        assert not overbooked(some, start[theirs], part)
    assert reserved_part(jobs, 20, 0) == pytest.approx(easy_backfill(jobs, 20).start)
    one = workload(200, servers=1, offered_load=80, **BASE, reserved_share=20)
    assert reserved_part(one, 1, 20) == pytest.approx(easy_backfill(one, 1).start)  # one place cannot be shared out


def test_a_small_reserve_hurts_its_own_class_and_a_large_one_helps_it():
    small = simulated(complete(queue_wait))
    assert small["favoured users", RULES[2]] > small["favoured users", RULES[1]]
    large = simulated(complete(queue_wait, {"reserved_share": 25}))
    assert large["favoured users", RULES[2]] < large["favoured users", RULES[1]]
    assert large["wide jobs", RULES[2]] > small["wide jobs", RULES[2]]


def test_ten_thousand_jobs_follow_a_slider(capsys):
    """Printed, not asserted: how long a tenth of a second and a second are in jobs, on this machine now."""
    given = {id: get(id).value for id in ("job_hours", "arrival_variability", "service_variability")}
    lines = []
    for number, target in ((10_000, 0.1), (100_000, 1.0)):
        jobs = workload(number, servers=20, offered_load=88, **given, runtime_overestimate=2.5, reserved_share=5)
        for rule, name in enumerate(RULES):
            began = time.perf_counter()
            hours = waits(jobs, 20, rule, 5)
            lines.append(f"{number} jobs, {name}: {(time.perf_counter() - began) / target:.2f} of {target} s")
            assert (hours >= 0).all()
    with capsys.disabled():
        print("\n" + "\n".join(lines))


def test_the_error_of_a_mean_covers_the_exact_wait():
    jobs = chance(100_000, 5, 0.8)
    mean, error = mean_and_error(first_come_first_served(jobs, 5) - jobs.arrival)
    assert abs(mean - erlang_c(5, 0.8)) <= 3 * error
    assert error < 0.1 * mean


# What the learner sees ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", [exhibits_25.break_even_of_a_day, exhibits_25.call_chart, exhibits_25.route_map])
def test_a_chart_tells_and_is_the_same_again(chart):
    assert must_tell(chart().to_dict()) == chart().to_dict()


def test_routes_come_by_their_cost_and_only_those_that_serve_the_need_are_shown():
    before = exhibits_25.routes().frame
    assert "AI Factory, playground" not in set(before["Route"])
    costs = before["In total, thousand USD"].tolist()
    assert costs == sorted(costs)
    after = exhibits_25.routes(gpu_hours_needed=2_000).frame
    assert {"AI Factory, playground", "cloud, on demand"} <= set(after["Route"])
    assert "AI Factory, large scale" not in set(after["Route"])


def test_the_map_changes_sides_with_the_cost_of_moving():
    def cloud(**changes):
        found = re.match(
            r"Of 30 cases the cloud is cheapest in (\d+)", exhibits_25.route_map(**changes).to_dict()["description"]
        )
        return int(found[1])

    assert cloud(porting_cost=0) < cloud(porting_cost=20) < cloud(porting_cost=400)


def test_both_simulations_of_the_check_agree():
    frame = queue_check(1_000).shown
    assert (frame.iloc[:, 1] == frame.iloc[:, 2]).all()
    assert frame.iloc[0, 4] == f"{evaluate(queue_wait).wait_random:.2f}"


def test_ten_times_turned_round():
    frame = exhibits_25.ten_times(gpus=24_000).shown
    assert list(frame.iloc[:, 2])[:2] == ["30", "120"]
    assert frame.iloc[3, 2] == "600"


# Verdicts -------------------------------------------------------------------------------------------------------------

OURS = [id for id, claim in claims().items() if claim["notebook"] == "25_what_does_waiting_cost"]


def test_the_verdicts_of_the_lesson():
    assert {id: verdict(id).word for id in OURS} == {
        "C41": "holds",
        "C42": "depends on the reading",
        "C43": "not testable here",
        "C44": "depends on the reading",
        "C45": "depends on the reading",
        "C47": "holds",
        "C48": "holds partly",
        "C49": "holds",
        "C72": "opinion",
        "C76": "depends on the reading",
        "C78": "depends on the reading",
        "C79": "depends on the reading",
    }
    assert all(len(verdict(id).because) > 20 and verdict(id).found and verdict(id).reading for id in OURS)
    assert verdict("C76").found.startswith("a day must be worth 29,375 USD (fast lane, 4 days), 1,335 USD")
    assert f"in {100 * simulate(cost_of_waiting).probability('difference', above=0):.0f} % of the draws" in (
        verdict("C76").because
    )


@pytest.mark.parametrize(
    ("claim", "table", "id", "moved", "word"),
    [
        ("C41", "access", "jupiter-queue", {"tier": "unverified"}, "not testable here"),
        ("C43", "access", "innovation-share", {"tier": "secondary"}, "holds"),
        ("C43", "access", "innovation-share", {"tier": "secondary", "value": 10.0}, "does not hold"),
        ("C44", "access", "commercial-ceiling-machine", {"value": 1.0}, "does not hold"),
        ("C44", "access", "commercial-share-of-innovation", {"value": 5.0}, "holds"),
        ("C48", "access_calls", "jaif", {"started": "2026-06-01"}, "does not hold"),
        ("C78", "access_routes", "industrial-call", {"decision_days": 5.0}, "depends on the reading"),
        ("C79", "access_routes", "industrial-call", {"decision_days": 5.0}, "does not hold"),
        ("C76", "access_routes", "industrial-call", {"decision_days": 5.0}, "does not hold"),
    ],
)
def test_a_verdict_follows_the_tables(monkeypatch, claim, table, id, moved, word):
    records = data.records

    def changed(name, *more):
        return [row | moved if name == table and row["id"] == id else row for row in records(name, *more)]

    monkeypatch.setattr(data, "records", changed)
    assert verdict(claim).word == word


def test_ten_times_needs_a_public_machine_or_business_with_few_gpus(monkeypatch):
    known = fact_check.fact
    monkeypatch.setattr(verdicts_25, "fact", lambda id: 5.0 if id == "ratio-germany-202506" else known(id))
    assert verdict("C45").word == "does not hold"
    few = get("business_gpus").model_copy(update={"low": 100.0})
    monkeypatch.setattr(verdicts_25, "get", lambda id: few if id == "business_gpus" else get(id))
    assert verdict("C45").word == "depends on the reading"


def test_a_fact_of_the_machine_moves_a_verdict(monkeypatch):
    fact = fact_check.fact
    monkeypatch.setattr(verdicts_25, "fact", lambda id: 0.0 if id == "union-share" else fact(id))
    assert verdict("C41").word == "not testable here"
