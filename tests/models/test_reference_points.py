"""What the tables must say: the reference points of the curriculum, computed from the rows that the lessons use."""

import math
from collections import Counter

import pandas as pd
import pytest
from rows import by_id
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import registry


def fact(id):
    return by_id("jupiter")[id]["value"]


def top(list_, rank=None, system=None):
    return next(
        row
        for row in data.records("top500")
        if row["list"] == list_ and (row["rank"] == rank or row["system"] == system)
    )


@pytest.mark.parametrize("list_", ["2025-06", "2025-11", "2026-06"])
def test_nodes_and_superchips_from_cores(list_):
    row = top(list_, system="JUPITER Booster")
    assert row["cores"] / (4 * (72 + 132)) == fact("nodes") == 5884
    assert row["accelerator_cores"] / 132 == fact("superchips") == 4 * fact("nodes") == 23536


def test_jupiter_on_the_lists():
    assert [top(name, system="JUPITER Booster")["rank"] for name in ("2025-06", "2025-11", "2026-06")] == [4, 4, 5]
    for name in ("2025-06", "2025-11", "2026-06"):
        row, key = top(name, system="JUPITER Booster"), name.replace("-", "")
        assert row["rank"] == fact(f"rank-{key}")
        assert row["rmax_pflops"] == fact(f"rmax-{key}")
        assert round(row["rpeak_pflops"], 2) == fact(f"rpeak-{key}")
        assert round(row["power_kw"]) == round(fact(f"power-{key}"))
        green = next(g for g in data.records("green500") if (g["list"], g["system"]) == (name, "JUPITER Booster"))
        assert green["green500_rank"] == fact(f"green500-{key}")


@pytest.mark.parametrize(
    ("list_", "measure", "id", "printed"),
    [
        ("2025-06", "rmax_pflops", "ratio-hpc6-hpl-202506", 1.66),
        ("2025-11", "rmax_pflops", "ratio-hpc6-hpl-202511", 2.09),
        ("2025-06", "rpeak_pflops", "ratio-hpc6-rpeak-202506", 1.53),
        ("2025-11", "rpeak_pflops", "ratio-hpc6-rpeak-202511", 2.02),
    ],
)
def test_jupiter_over_hpc6(list_, measure, id, printed):
    ratio = top(list_, system="JUPITER Booster")[measure] / top(list_, system="HPC6")[measure]
    assert round(ratio, 2) == fact(id) == printed


def test_jupiter_over_hpc6_in_16_and_8_bits():
    chips = by_id("chips")
    superchip, other = chips["nvidia-gh200-96-gb"], chips["amd-mi250x"]
    installed = by_id("system_facts")["hpc6-accelerators-installed"]["value"]
    ratio = fact("superchips") / installed
    bf16 = ratio * superchip["bf16_dense_tflops"] / other["bf16_dense_tflops"]
    assert round(bf16, 2) == fact("ratio-hpc6-bf16") == 4.38
    fp8 = ratio * superchip["fp8_dense_tflops"] / other["bf16_dense_tflops"]
    assert round(fp8, 2) == fact("ratio-hpc6-8bit")
    assert round(fact("superchips") * superchip["bf16_dense_tflops"] / 1e6, 1) == fact("bf16-peak")
    assert round(fact("superchips") * superchip["fp8_dense_tflops"] / 1e6, 1) == fact("fp8-peak")


def test_europe_in_the_first_ten():
    summaries = {row["list"]: row for row in data.records("top500_lists")}
    assert [summaries[x]["europe_in_top10"] for x in ("2025-06", "2025-11", "2026-06")] == [5, 5, 4]
    for name in ("2025-06", "2025-11", "2026-06"):
        ten = [row for row in data.records("top500") if row["list"] == name and row["rank"] <= 10]
        share = sum(row["rmax_pflops"] for row in ten if row["continent"] == "Europe") / sum(
            row["rmax_pflops"] for row in ten
        )
        assert round(100 * share, 1) == by_id("dependence")[f"top10-europe-{name.replace('-', '')}"]["value"]
    assert top("2026-06", rank=1)["country"] == "China"


def test_american_accelerators_in_the_eu():
    rows = [
        row
        for row in data.records("top500_makers")
        if (row["list"], row["scope"], row["dimension"]) == ("2026-06", "EU-27", "accelerator designer")
    ]
    american = {row["name"]: row["rmax_share_percent"] for row in rows if row["control_country"] == "United States"}
    assert {name: round(share, 1) for name, share in american.items()} == {"NVIDIA": 57.3, "AMD": 33.9, "Intel": 0.4}
    assert round(sum(american.values()), 1) == 91.6


def test_cost_of_a_gpu_hour():
    total, years = fact("total-cost"), fact("operation-years")
    full = total * 1e6 / (fact("superchips") * years * 8760)
    assert round(full, 2) == 0.40
    assert round(full / 0.8, 2) == 0.51
    assert fact("contract") + fact("running-cost") == total
    assert fact("share-eu") + fact("share-federal") + fact("share-state") == total


def test_energy_and_carbon_of_a_year():
    megawatt_hours = 15 * 8760
    assert round(megawatt_hours * 1e3 * fact("electricity-price-hpc") / 1e6, 1) == 26.3
    assert round(fact("electricity-year"), 1) == 26.3
    carbon = {(row["place"], row["year"]): row["carbon_g_per_kwh"] for row in data.records("grid_carbon")}
    assert round(carbon["Germany", 2024]) == 344 == registry()["carbon_intensity"].value
    assert round(megawatt_hours * carbon["Germany", 2024] / 1e6, 1) == fact("carbon-year")
    heat = by_id("system_facts")
    assert heat["lumi-lumi-g-heat-promised"]["value"] == 20
    assert heat["lumi-lumi-g-heat-delivered-share"]["value"] == 10


def test_carbon_of_making_lies_between_the_footprints_in_print():
    facts, made = by_id("chip_facts"), registry()["embodied_carbon"]
    in_print = {row["id"]: row["value"] for row in facts.values() if row["attribute"].startswith("CO2 of making")}
    assert in_print["h100-making-board"] == 1_312 / 8
    assert round(2_274 / 8) == in_print["b200-making-board"]
    assert round(in_print["h100-making-board"] + 5_700 / 8, -1) == round(in_print["h100-making-server"], -1)
    assert round(made.value, 2) == round(in_print["a100-making-with-host"] / 1e3, 2)
    assert made.low <= min(in_print.values()) / 1e3 <= max(in_print.values()) / 1e3 <= made.high
    assert {row["unit"] for row in facts.values() if row["id"] in in_print} == {"kg"}


def test_published_training_runs():
    runs = by_id("training_runs")
    hours = {"bloom-176b": 1_082_990, "llama-3-1-405b": 30.84e6, "deepseek-v3": 2.664e6, "apertus-70b": 6e6}
    assert {id: runs[id]["chip_hours"] for id in hours} == hours
    assert Counter(row["grade"] for row in runs.values()) == {"A": 22, "B": 11, "C": 5, "X": 7, "none": 23}


@pytest.mark.parametrize(
    ("flop", "utilisation", "days"),
    [("gpt5-flop", 0.40, 82), ("gpt5-flop", 0.30, 109), ("gpt5-flop-low", 0.40, 25), ("gpt5-flop-high", 0.30, 331)],
)
def test_days_of_a_large_run_on_the_whole_machine(flop, utilisation, days):
    peak = by_id("chips")["nvidia-gh200-96-gb"]["bf16_dense_tflops"] * 1e12 * fact("superchips")
    assert peak == pytest.approx(registry()["chip_peak"].value * 1e12 * registry()["gpus"].value)
    compute = by_id("macro_reference")[flop]["value"]
    assert round(compute / (peak * utilisation) / 86_400) == days
    assert by_id("macro_reference")["gpt5-flop"]["value"] == pytest.approx(registry()["training_compute"].value * 1e24)


def test_utilisation_range_is_that_of_the_graded_runs():
    implied = sorted(
        6e21
        * row["active_parameters_billion"]
        * row["tokens_trillion"]
        / (row["chip_hours"] * 3600 * row["peak_tflops"] * 1e12)
        for row in data.records("training_runs")
        if row["grade"] in "AB"
    )
    a = registry()["model_flop_utilisation"]
    # The hours contain lost time, so what they imply is the utilisation while running times the time that counts.
    goodput = registry()["goodput"].value / 100
    assert len(implied) == 33
    assert 100 * implied[1] == pytest.approx(goodput * a.low, abs=0.5)
    assert 100 * implied[16] == pytest.approx(goodput * a.value, abs=0.5)
    assert 100 * implied[31] == pytest.approx(goodput * a.high, abs=0.5)


def test_optimum_of_both_scaling_laws():
    for id, expected in (("hoffmann", "printed"), ("besiroglu", "refit")):
        c = by_id("scaling_constants")[id]
        power = c["beta"] / (c["alpha"] + c["beta"])
        g = (c["alpha"] * c["a"] / (c["beta"] * c["b"])) ** (1 / (c["alpha"] + c["beta"]))
        parameters = g * (5.76e23 / 6) ** power
        ratio = 5.76e23 / 6 / parameters**2
        assert round(ratio) == by_id("macro_reference")[f"tokens-per-parameter-{expected}"]["value"]


def test_failure_rates():
    f = {id: row["value"] for id, row in by_id("failures").items()}
    assert sum(row["value"] for row in data.records("failures") if row["kind"] == "cause") == f["llama3-total"] == 419
    assert round(100 * f["llama3-faulty-gpu"] / f["llama3-total"], 1) == f["llama3-faulty-gpu-computed"]
    assert round(f["llama3-gpus"] * f["llama3-days"] * 24 / f["llama3-total"]) == f["llama3-gpu-hours"]
    four = [f[id] for id in ("meta-rsc-gpu-hours", "opt-gpu-hours", "llama3-gpu-hours", "bloom-gpu-hours")]
    mean = math.prod(four) ** 0.25
    assert registry()["gpu_hours_per_failure"].value == pytest.approx(mean, rel=0.01)


def test_returns():
    studies = by_id("roi_studies")
    value = {id: row["value_low"] for id, row in studies.items()}
    assert round(100 * value["hyperion-printed-profit"] / value["hyperion-printed-revenue"]) == 9
    assert round(1e3 * value["k-2016-revenue-total"] / value["k-2016-revenue"], 1) == 4.7
    assert round(1e3 * value["k-2016-savings-total"] / value["k-2016-savings"], 1) == 24.8
    lumi = studies["lumi-csc"]
    breakeven = [round(100 / x, 1) for x in (lumi["value_high"], lumi["value_low"])]
    assert breakeven == [2.7, 4.0]
    assert round(100 / value["archer2-2025"]) == 12
    assert round(100 / value["hllhc-bcr"]) == 59
    assert [value[f"hyperion-{x}-revenue"] for x in ("2020", "printed", "2022")] == [463, 502, 509.3]
    assert value["eu-2015-income"] == 867
    implied = 100 * 0.5 * value["hyperion-printed-revenue"] / registry()["gdp"].value
    assert implied == pytest.approx(5.84, abs=0.005)


def test_break_even_value_of_a_day():
    price = by_id("cloud_prices")["semianalysis-index-h100-world-index-2026-03"]["price"]
    assert price == registry()["reserved_price"].value == 2.35
    calls, routes = by_id("access_calls"), by_id("access_routes")
    small = price * routes["fast-lane"]["maximum_gpu_hours"] / calls["ffplus-1"]["days"]
    large = price * routes["grand-challenge"]["maximum_gpu_hours"] / calls["grand-challenge-2024"]["days"]
    assert (round(small), round(large)) == (1335, 21076)
    for id, start, end in (
        ("grand-challenge-2024", "opened", "decided"),
        ("ffplus-1", "deadline", "started"),
        ("ffplus-2-programme", "deadline", "started"),
        ("ffplus-2-other", "deadline", "started"),
    ):
        days = (pd.Timestamp(calls[id][end]) - pd.Timestamp(calls[id][start])).days
        assert days == calls[id]["days"]


def test_allocation_shares():
    access = {id: row["value"] for id, row in by_id("access").items()}
    assert access["union-share-high"] * access["commercial-ceiling"] / 100 == access["commercial-ceiling-machine"]
    assert (
        access["innovation-share"] * access["commercial-share-of-machine"] / 100
        == access["commercial-share-of-innovation"]
    )
    assert round(fact("superchips") * 8760 / 1e6, 2) == access["gpu-hours-year-linpack"]


def shares(geography, as_of="2025-06"):
    return {
        row["holder"]: row["share_percent"]
        for row in data.records("market_shares")
        if (row["market"], row["geography"], row["as_of"]) == ("cloud infrastructure", geography, as_of)
    }


def test_concentration_of_cloud_markets():
    world = shares("World")
    rest = world.pop("all unnamed")
    named = sum(share**2 for share in world.values())
    smallest = min(world.values())
    assert (named, named + rest / smallest * smallest**2) == (1506, 1554)
    europe = shares("Europe")
    three, others = europe["Amazon, Microsoft and Google"], (europe["SAP"], europe["Deutsche Telekom"])
    known = sum(share**2 for share in others)
    low = 3 * (three / 3) ** 2 + known
    split = [world[firm] for firm in ("Amazon", "Microsoft", "Google")]
    rest = 100 - three - sum(others)
    high = sum((three * part / sum(split)) ** 2 for part in split) + known + rest / smallest * smallest**2
    assert (round(low), round(high)) == (1641, 1874)


def test_concentration_by_jurisdiction():
    rows = by_id("market_shares")
    american = rows["cloud-infrastructure-europe-all-us-providers-2025-06"]
    european = rows["cloud-infrastructure-europe-all-european-providers-2025-06"]["share_percent"]
    assert american["share_percent"] ** 2 + european**2 == 5125
    assert american["share_percent_high"] ** 2 + european**2 == 7450


def test_weights_of_the_framework():
    weights = [row["weight_percent"] for row in data.records("framework")]
    assert weights == [15, 10, 10, 15, 20, 15, 10, 5]
    names = ("strategic", "legal", "data", "operational", "supply", "technology", "security", "environment")
    assert weights == [registry()[f"weight_{name}"].value for name in names]


def test_tail_of_european_values():
    rate = by_id("exchange_rates")["eur-usd-2026-08-21"]["rate"]
    values = [
        row["valuation_bn"] * (rate if row["valuation_currency"] == "EUR" else 1)
        for row in data.records("startups")
        if row["region"] == "European" and row["status"] == "active" and row["valuation_bn"] is not None
    ]
    counted = [value for value in values if value >= 2]
    exponent = len(counted) / sum(math.log(value / 2) for value in counted)
    assert len(counted) == 19
    assert round(exponent, 2) == 0.96 == registry()["tail_exponent"].value
    error = exponent / math.sqrt(len(counted))
    assert round(error, 2) == 0.22
    a = registry()["tail_exponent"]
    assert (a.low, a.high) == (round(exponent - 1.64 * error, 2), round(exponent + 1.64 * error, 2))


def test_mistral_in_two_currencies():
    rounds = by_id("funding_rounds")
    assert rounds["mistral-ai-2025-09-09"]["valuation_m"] == 11_700
    assert rounds["mistral-ai-2025-09-09-usd"]["valuation_m"] == 13_800


def test_the_chip_of_leonardo_is_faster_than_an_a100():
    """The list gives its peak of 64 bit; the 16-bit peak is taken to stand in the same ratio to that of an A100."""
    chips, facts = by_id("chips"), by_id("system_facts")
    (entry,) = (row for row in data.records("top500") if row["list"] == "2026-06" and row["system"] == "Leonardo")
    each = 1e3 * entry["rpeak_pflops"] / facts["leonardo-accelerators-installed"]["value"]
    peak = chips["nvidia-a100-64gb"]["bf16_dense_tflops"]
    assert peak == round(chips["nvidia-a100-sxm-80gb"]["bf16_dense_tflops"] * each / 19.5)
    r = {id: row["value"] for id, row in by_id("macro_reference").items()}
    days = r["gpt4-flop"] / (facts["leonardo-accelerators-installed"]["value"] * peak * 1e12 * 0.34 * 86_400)
    assert r["time-claim-gpt4-course"] == round(days)
    assert round(0.34 * days / r["time-claim-gpt4"], 2) == 0.41


def test_macro_headlines():
    r = {id: row["value"] for id, row in by_id("macro_reference").items()}
    assert round(r["labour-saving"] * r["labour-share"], 3) == r["cost-saving"]
    assert round(100 * r["tasks-share"] * r["cost-saving"], 2) == 0.66
    forecasts = by_id("macro_forecasts")
    assert forecasts["acemoglu-tfp"]["high"] == 0.66
    headline = forecasts["iw-330"]["high"]
    assert round(100 * headline / r["gdp-germany-2024"] / r["cost-saving"]) == 53
    half = r["firms-adopting"] / 100 * r["hours-saved"] * r["workers-germany"] * 1e6 * r["value-per-hour"] / 1e9
    assert round(half) == 147
    added = r["gdp-germany-2024"] * r["gva-germany-2023"] / r["gdp-germany-2023"]
    assert r["value-per-hour"] == pytest.approx(added / r["hours-germany"], rel=0.001)
    later = added * r["gdp-germany-2025"] / r["gdp-germany-2024"]
    assert (registry()["value_per_hour"].low, registry()["value_per_hour"].high) == (
        round(r["gva-germany-2023"] / r["hours-germany"]),
        round(later / r["hours-germany"]),
    )
    a = registry()
    assert a["task_share"].value == pytest.approx(100 * r["tasks-share"])
    assert a["cost_saving"].value == pytest.approx(100 * r["cost-saving"])
    same = {"hours_saved": "hours-saved", "adopting_firms": "firms-adopting", "value_per_hour": "value-per-hour"}
    assert all(a[id].value == r[row] for id, row in same.items())
    # Round figures, as the curriculum reckons with them.
    assert a["gdp"].value == pytest.approx(r["gdp-germany-2024"], rel=0.002)
    assert a["workers"].value == pytest.approx(r["workers-germany"], rel=0.002)


def test_adoption_speed():
    share = {
        row["year"]: row["share_percent"] / 100
        for row in data.records("ai_adoption")
        if row["id"] == f"eu-{row['year']}"
    }
    logit = {year: math.log(x / (1 - x)) for year, x in share.items() if year in (2021, 2024, 2025)}
    slow, fast = (logit[2025] - logit[2021]) / 4, logit[2025] - logit[2024]
    assert (round(-logit[2025] / fast, 1), round(-logit[2025] / slow)) == (2.9, 5)
    a = registry()["adoption_speed"]
    assert a.low <= slow < a.value < fast <= a.high


def test_gigafactories():
    fund, chips = fact("gigafactory-fund") / fact("gigafactory-count"), fact("gigafactory-chips")
    assert fund * 1e6 / chips == 40_000
    assert round(chips / fact("superchips"), 1) == 4.2
    assert fund / fact("total-cost") == 8
    access = {id: row["value"] for id, row in by_id("access").items()}
    assert round(access["eoi-gpus"] * 1e6 / access["eoi-count"], -2) == 39_500
    assert access["eoi-count"] == fact("expressions-count")
    a = registry()
    assert access["gigafactory-bids-expected"] == a["bids"].value
    assert fact("gigafactory-count") <= a["gigafactory_places"].value < access["gigafactory-sites-call"]
    assert access["gigafactory-sites-call"] == a["gigafactory_places"].high
    money, public = fact("gigafactory-fund") / 1000, 2 * access["gigafactory-union-money"]
    assert access["gigafactory-public-share"] == round(100 * public / money)
    assert round((money - public) / public, 1) == a["private_leverage"].value
    assert round(access["gigafactory-money-call"] / public - 1, 1) == a["private_leverage"].high
    assert a["private_leverage"].low < 100 / access["gigafactory-public-ceiling"] - 1 < a["private_leverage"].high
    assert a["gigafactory_money"].low < access["gigafactory-money-call"] / access["gigafactory-sites-call"]


def test_default_count_of_disruptions():
    events = data.records("disruptions")
    a = registry()
    assert len({row["as_of"][:4] for row in events if row["interruption"]}) == a["observed_events"].value
    assert 2026 - int(min(row["as_of"] for row in events)[:4]) == a["observed_years"].value


def test_export_limit():
    facts, limit = by_id("chip_facts"), 21_000
    assert facts["mi325x-tpp"]["value"] < limit < facts["b200-tpp"]["value"]
    for id in ("h200-tpp", "mi325x-tpp", "b200-tpp"):
        chip = by_id("chips")[facts[id]["chip"]]
        assert facts[id]["value"] == 8 * chip["fp8_dense_tflops"]
