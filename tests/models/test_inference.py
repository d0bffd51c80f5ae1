"""Answers of AI models: the roofline against its closed forms, published runs, prices and energy; the fallback."""

from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.settings import complete, evaluate
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.fact_check import verdict
from sovereign_compute.lessons.l26_answer import exhibits, runs
from sovereign_compute.models.fallback import fallback_value
from sovereign_compute.models.inference import answer_cost, crossing_batch, experts_read, pace
from sovereign_compute.models.ownership import annuity, gpu_hour_cost


def paced(**changes):
    """The pace at the course's values but for changes."""
    values = complete(answer_cost, changes)
    names = pace.__code__.co_varnames[: pace.__code__.co_kwonlyargcount]
    return pace(**{name: values[name] for name in names})


# Pace -----------------------------------------------------------------------------------------------------------------


def test_one_answer_alone_waits_for_the_weights():
    found = paced(batch=1, context_memory=1, prompt_tokens=1, answer_tokens=1)
    # 70.6 billion bytes over two chips of 4 TB/s, 60 % of it used
    assert found.step == pytest.approx(70.6e9 / (2 * 4e12 * 0.60), rel=1e-5)
    assert found.step == found.reading > found.arithmetic


@given(
    share=st.floats(1, 100),
    peak=st.floats(200, 5000),
    compute=st.floats(10, 80),
    bandwidth=st.floats(0.5, 20),
    use=st.floats(20, 90),
)
@settings(max_examples=60, deadline=None)
def test_memory_and_arithmetic_take_as_long_at_the_crossing(share, peak, compute, bandwidth, use):
    batch = crossing_batch(share, peak, compute, bandwidth, use)
    # by hand: P · e / (W · m · a), in operations for each byte of 16-bit weights
    assert batch == pytest.approx(peak * 1e12 * compute / (bandwidth * 1e12 * use) / (share / 100), rel=1e-9)
    for bytes_ in (0.5, 1.0, 2.0):  # reading all the weights, and the arithmetic of that batch: the precision cancels
        reading = 1e9 * bytes_ / (bandwidth * 1e12 * use / 100)
        arithmetic = 2 * 1e9 * share / 100 * batch / (peak * 1e12 * 2 / bytes_ * compute / 100)
        assert reading == pytest.approx(arithmetic, rel=1e-9)


def test_below_the_crossing_memory_decides_and_above_it_arithmetic():
    at = evaluate(answer_cost).crossing
    short = {"context_memory": 1, "prompt_tokens": 1, "answer_tokens": 1}
    below, above = paced(batch=0.95 * at, **short), paced(batch=1.05 * at, **short)
    assert below.step == below.reading > below.arithmetic
    assert above.step == above.arithmetic > above.reading


def test_long_contexts_leave_memory_in_charge_at_any_batch():
    found = paced(prompt_tokens=30_000, batch=10_000, copy_gpus=64)
    assert found.served > 4 * evaluate(answer_cost).crossing
    assert found.step == found.reading


@pytest.mark.parametrize(
    ("share", "batch", "read"), [(100, 1, 1), (100, 64, 1), (5, 1, 0.05), (5, 2, 0.0975), (5, 500, 1)]
)
def test_more_answers_wake_more_experts(share, batch, read):
    assert experts_read(share, batch) == pytest.approx(read, abs=1e-9)


def test_the_batch_is_cut_to_what_fits_and_a_copy_gets_the_chips_that_it_needs():
    roomy, tight = paced(batch=64), paced(batch=64, copy_gpus=1, prompt_tokens=4000)
    assert roomy.served == 64
    assert tight.copy == 1
    assert tight.served == pytest.approx((96 * 0.9 - 70.6) / (4200 * 164e3 / 1e9), rel=1e-9) and tight.served < 64
    large = paced(model_size=405, copy_gpus=1)
    assert 4 < (405 + 1200 * 164e3 / 1e9) / 86.4 < 5
    assert large.served == pytest.approx(1) and large.copy == 5  # a server has no fraction of a chip


# Money and energy -----------------------------------------------------------------------------------------------------


def test_what_a_thousand_answers_cost_by_hand():
    values, found = complete(answer_cost, {}), evaluate(answer_cost)
    at = paced()
    seconds = 1000 * 0.5 * at.prompt_work + 400 * at.token_work
    assert found.gpu_answers == pytest.approx(3600 / seconds, rel=1e-12)
    assert found.owned == pytest.approx(values["owned_hour"] / 0.40 * 1000 / found.gpu_answers, rel=1e-12)
    assert found.rented == pytest.approx(values["cloud_price"] / 1.17 / 0.40 * 1000 / found.gpu_answers, rel=1e-12)
    assert found.called == pytest.approx((1000 * 0.55 + 400 * 0.71) / 1e6 / 1.17 * 1000, rel=1e-12)
    assert found.energy == pytest.approx(1.0 * 1.1 * seconds / 3600 * 1000, rel=1e-12)
    assert found.wait == pytest.approx(500 * at.prompt_work / at.copy + 400 * at.step, rel=1e-12)


@pytest.mark.parametrize("changes", [{}, {"api_cached_price": 10}, {"model_size": 8, "prompt_tokens": 3000}])
def test_at_the_break_even_load_owning_costs_what_the_api_costs(changes):
    found = evaluate(answer_cost, **changes)
    # a load lies on a grid in the course's rows, so the function is called with it
    there = answer_cost(**{**complete(answer_cost, changes), "serving_load": found.break_even})
    assert there.owned == pytest.approx(there.called, rel=1e-9)
    answers = found.gpu_answers * found.copy * 24 * found.break_even / 100 / 1000
    assert found.break_even_answers == pytest.approx(answers, rel=1e-9)
    plain = answer_cost(
        **{**complete(answer_cost, changes), "cached_share": 0, "serving_load": found.break_even_uncached}
    )
    assert plain.owned == pytest.approx(plain.called, rel=1e-9)


def test_a_discount_for_cached_tokens_makes_the_api_harder_to_beat():
    full, tenth = evaluate(answer_cost), evaluate(answer_cost, api_cached_price=10)
    assert full.break_even < full.break_even_uncached  # own chips save the reading, the API keeps the price
    assert tenth.break_even > full.break_even
    assert tenth.break_even_uncached == full.break_even_uncached


def test_the_hour_of_an_owner_is_that_of_a_server_at_list_price():
    server = 310_000 / 1.17 / 8 * annuity(0.05, 4) / 8760
    power = get("server_power").value * 1.25 * get("electricity_price").value
    assert round(server, 2) == 1.07 and round(power, 2) == 0.25
    upkeep = get("owned_hour").value - server - power
    assert 0.2 < upkeep < 0.35  # a tenth of the server's price in a year is 0.38
    public = evaluate(gpu_hour_cost)
    assert round(public.total * get("utilisation").value / 100, 2) == 0.42


# The fallback ---------------------------------------------------------------------------------------------------------


def test_a_fallback_saves_the_days_that_it_is_sooner():
    found = evaluate(fallback_value)
    assert found.loss_unprepared == pytest.approx(20 * (12 + 6 * 0.2))
    assert found.loss_prepared == pytest.approx(20 * (0.5 + 17.5 * 0.2))
    assert found.averted == pytest.approx(20 * 0.8 * 11.5)
    assert found.net == pytest.approx(0.02 * found.averted - get("fallback_cost").value)


def test_an_outage_shorter_than_a_switch_is_sat_out():
    found = evaluate(fallback_value, outage_days=0.4)
    assert found.averted == pytest.approx(0) and found.net == pytest.approx(-get("fallback_cost").value)


def test_who_is_prepared_is_never_later():
    found = evaluate(fallback_value, warm_switch=30, cold_switch=3)
    assert found.averted == 0


# Published numbers ----------------------------------------------------------------------------------------------------


def test_six_chips_and_models_and_more_lie_within_a_factor_of_two():
    tested = runs.tested()
    near = {(run.model, run.chip) for run in tested if run.near}
    assert len(near) >= 6 and len({model for model, _ in near}) >= 6 and len({chip for _, chip in near}) >= 3
    dense = tuple(run for run in tested if run.kind == runs.DENSE)
    experts = tuple(run for run in tested if run.kind == runs.EXPERTS)
    assert len(dense) + len(experts) == len(tested) >= 60
    assert sum(run.near for run in tested) / len(tested) > 0.75
    assert sum(run.near for run in dense) / len(dense) > 0.85
    assert runs.middle_factor(dense) < 1.3 < 1.5 < runs.middle_factor(experts) < 1.7  # what the lesson says of experts


def test_a_run_is_predicted_by_hand():
    run = next(run for run in runs.runs() if run.row["id"] == "mlenergy-llama-3-1-405b-32")
    context = (100 + 372 / 2) * 516.1e3
    step = (405.85e9 + 32 * context) / (8 * 3.35e12 * 0.60)
    prompt = 100 * 2 * 405.85e9 / (8 * 2 * 989.5e12 * 0.35)
    assert run.predicted == pytest.approx(372 / (372 * step / 32 + prompt), rel=1e-3)


def test_the_runs_that_went_into_the_shares_are_marked_and_give_them():
    used = {run.row["id"]: run for run in runs.runs() if run.row["used"]}
    alone = used["mlenergy-llama-3-3-70b-8"].row
    # the time of one step, from the speed that one reader saw
    reached = alone["size_billion"] * alone["weight_bytes"] / (4 * 3350 * alone["batch"] / alone["tokens_per_s"])
    assert reached == pytest.approx(get("bandwidth_use").value / 100, abs=0.03)
    peaks = []
    for tokens in ("5000-500", "128-2048"):
        row = used[f"trtllm-llama-3-3-70b-h100-{tokens}"].row
        both = 1 + row["prompt_tokens"] / row["answer_tokens"]
        peaks.append(row["tokens_per_s"] * both * 2 * 70.6e9 / (2 * 1979e12))
    assert min(peaks) < get("compute_use").value / 100 < max(peaks)


def test_measured_energy_lies_near_the_rated_power_times_the_time():
    measured = [run for run in runs.runs() if run.joules]
    dense = [run for run in measured if run.kind == runs.DENSE]
    assert len(dense) >= 10 and all(0.5 < run.energy_ratio < 2 for run in dense)
    assert sum(0.5 <= run.energy_ratio <= 2 for run in measured) >= 0.75 * len(measured)
    stated = {row["id"]: row["value"] for row in data.records("answer_energy")}
    assert stated["llama-3-3-70b-512"] < evaluate(answer_cost).energy < stated["gemini-median"]


def test_price_lists_of_one_month_lie_around_the_cost_on_rented_gpus():
    lists = [row for row in data.records("token_prices") if row["model"] == exhibits.OPEN_MODEL]
    assert len(lists) >= 6 and len({row["observed"] for row in lists}) == 1
    assert get("api_prompt_price").value == pytest.approx(median(row["prompt_usd"] for row in lists), abs=0.005)
    assert get("api_answer_price").value == pytest.approx(median(row["answer_usd"] for row in lists), abs=0.005)
    rented = evaluate(answer_cost).rented
    times = exhibits.bills().query("model == @exhibits.OPEN_MODEL").eur / rented
    assert len(times) == len(lists) and times.min() > 1 / 3 and times.max() < 2
    assert sum(1 / 2 < each < 2 for each in times) >= 6


def test_what_the_lesson_says_in_words():
    found = evaluate(answer_cost)
    assert max(found.owned, found.rented, found.called) < 1  # EUR per thousand: a tenth of a cent each
    known = presets("answer_cost")
    for id in ("long-document", "agent", "reasoning"):  # the guide: four to twenty times as much energy
        assert 3.5 < evaluate(answer_cost, **known[id]["values"]).energy / found.energy < 25
    assert 50 / (found.gpu_answers * found.copy * 24 / 1000) < found.break_even / 100 / 2  # the answer on 50,000 a day
    assert found.energy < 8 / 60  # a lamp of eight watts in a minute
    assert not evaluate(fallback_value).net > 0 > -evaluate(fallback_value, disruption_probability=10).net


def test_caching_helps_owners_where_the_api_keeps_its_price_and_hurts_them_where_it_does_not():
    loads = exhibits.caching_table().frame.set_index("What was read before costs, % of the price")
    assert list(loads.columns) == [f"{part} % read before" for part in exhibits.CACHED]
    assert loads.loc[100].is_monotonic_decreasing and loads.loc[10].is_monotonic_increasing
    assert loads.iloc[:, 0].nunique() == 1  # nothing read before: the discount does not matter


@pytest.mark.parametrize("show", [exhibits.load_chart, exhibits.batch_chart, exhibits.price_chart])
def test_charts_of_the_lesson_follow_the_scenario(show):
    usual, other = show().to_dict(), show(prompt_tokens=4000, chip_peak=2250).to_dict()
    assert usual["description"] != other["description"]


def test_a_load_that_no_owner_reaches_is_said():
    described = exhibits.load_chart(owned_hour=20).to_dict()
    assert described["title"] == "Calling is cheaper at any load"
    assert "however busy" in described["description"]


# Verdict --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("note", "word"), [(None, "holds partly"), ("confirmed", "holds")])
def test_the_verdict_on_jarvis_follows_whether_its_date_was_confirmed(monkeypatch, note, word):
    row = data.row("jupiter", "jarvis")
    monkeypatch.setattr(data, "row", lambda table, id: row | ({"note": note} if note else {}))
    assert verdict("C50").word == word
