"""Lesson 12: concentration, layers, ranks under disagreement, the law as a table, verdicts that follow the facts."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, gamma, hmean, triang
from sovereign_compute.analysis.settings import complete, evaluate
from sovereign_compute.display import charts
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons import fact_check
from sovereign_compute.lessons.fact_check import claims, verdict
from sovereign_compute.lessons.l12_switched_off import verdicts as verdicts_12
from sovereign_compute.lessons.l12_switched_off.exhibits import (
    concentration_chart,
    layer_map,
    score_chart,
    three_means_chart,
    weight_flips,
)
from sovereign_compute.lessons.l12_switched_off.law import law_events, law_matrix
from sovereign_compute.models import concentration, framework, layers
from sovereign_compute.models.concentration import (
    effective_number,
    hhi,
    hhi_interval,
    market_concentration,
    market_intervals,
)
from sovereign_compute.models.framework import (
    DRAWS,
    WEIGHTS,
    dirichlet_shapes,
    point_draws,
    rank_of_services,
    rank_probabilities,
    service_ranks,
    stratified,
    triangle,
    weight_draws,
)
from sovereign_compute.models.layers import layer_independence, power_mean, shares_of_one
from sovereign_compute.models.parts.services import SHORT

COURSE = complete(rank_of_services)
OFFICIAL = [COURSE[id] for id in WEIGHTS]


def shapes(weights=OFFICIAL, agreement=40.0) -> tuple[float, ...]:
    (row,) = dirichlet_shapes(weights, agreement)
    return row


# Concentration ------------------------------------------------------------------------------------------------------


def test_reference_values_of_concentration():
    found = {market: tuple(map(round, ends)) for market, ends in market_intervals().items()}
    assert found["Cloud, world, by firm"] == (1506, 1554)
    assert found["Cloud, Europe, by firm"] == (1641, 1874)
    assert found["Cloud, Europe, by jurisdiction"] == (5125, 7450)
    assert found["EUV machines, world (Dutch)"] == (10_000, 10_000)
    assert found["AI chips, world"][0] == 8100
    assert found["Chip foundries, world"][0] == 5184


def test_effective_numbers_of_firms():
    world, europe, orders = (
        market_intervals()[f"Cloud, {name}"]
        for name in ("world, by firm", "Europe, by firm", "Europe, by jurisdiction")
    )
    assert round(effective_number(world[0]), 1) == 6.6
    assert [round(effective_number(end), 1) for end in reversed(europe)] == [5.3, 6.1]
    assert [round(effective_number(end), 1) for end in reversed(orders)] == [1.3, 2.0]


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=12))
@settings(deadline=None)
def test_hhi_is_between_equal_shares_and_monopoly_and_does_not_mind_the_order(parts):
    shares = [100 * part / sum(parts) for part in parts]
    index = hhi(shares)
    assert 10_000 / len(shares) - 1e-6 <= index <= 10_000 + 1e-6
    assert hhi(shares[::-1]) == pytest.approx(index, rel=1e-12)
    assert hhi([25] * 4) == pytest.approx(2500, rel=1e-12)


@given(st.floats(1, 60), st.floats(0.1, 5), st.integers(1, 40))
@settings(deadline=None)
def test_any_split_of_the_rest_lies_in_the_interval(rest, largest, pieces):
    named = [60.0 - rest / 2, 40.0 - rest / 2]
    low, high = hhi_interval(named, rest, largest)
    share = min(rest / pieces, largest)
    # As many firms of this share as the rest holds, and one with what is left over.
    split = [share] * int(rest / share)
    split.append(max(rest - sum(split), 0))
    assert low <= hhi(named + split) <= high + 1e-6


def test_shares_that_do_not_make_a_whole_are_refused():
    with pytest.raises(CourseError, match=r"shares: they add up to 90 %; allowed is 100 %"):
        hhi_interval([50, 20], 20, 2)
    with pytest.raises(CourseError, match="none of them below 0"):
        hhi_interval([120], -20, 2)


def test_the_market_model_meets_the_interval_to_a_tenth_of_a_percent():
    low, high = market_intervals()["Cloud, Europe, by firm"]
    ends = presets("market_concentration")
    assert evaluate(market_concentration, **ends["least"]["values"]).by_firm == pytest.approx(low, rel=1e-3)
    assert evaluate(market_concentration, **ends["most"]["values"]).by_firm == pytest.approx(high, rel=1e-3)
    found = evaluate(market_concentration)
    assert (found.jurisdiction_least, found.jurisdiction_most) == pytest.approx((5125, 7450), rel=1e-12)
    assert sum(concentration.NAMED) == pytest.approx(0.04)


def test_european_providers_hold_no_more_than_the_three_leave():
    found = evaluate(market_concentration, us_cloud_share=80, european_cloud_share=60)
    assert found.jurisdiction_least == pytest.approx(80**2 + 20**2, rel=1e-12)
    assert found.jurisdiction_most == pytest.approx(80**2 + 20**2, rel=1e-12)


# Layers -------------------------------------------------------------------------------------------------------------

POSITIVE = st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.01, 1)), min_size=2, max_size=11)


@given(POSITIVE)
@settings(deadline=None)
def test_the_dial_passes_through_the_known_means(pairs):
    values, weights = zip(*pairs, strict=True)
    shares = np.array(weights) / sum(weights)
    assert power_mean(values, shares, 1.0) == pytest.approx(np.average(values, weights=shares), rel=1e-9)
    assert power_mean(values, shares, 0.0) == pytest.approx(math.exp(shares @ np.log(values)), rel=1e-9)
    assert power_mean(values, shares, -1.0) == pytest.approx(hmean(values, weights=shares), rel=1e-9)
    assert power_mean(values, shares, 1e-6) == pytest.approx(power_mean(values, shares, 0.0), rel=1e-4)
    assert power_mean(values, shares, -200.0) == pytest.approx(min(values), rel=0.05)


def test_weights_that_are_all_zero_count_alike_and_a_zero_weight_not_at_all():
    assert shares_of_one([0.0] * 4) == pytest.approx([0.25] * 4)
    assert shares_of_one([30.0, 0.0]) == pytest.approx([1, 0], abs=1e-9)


def test_the_way_of_adding_up_decides_who_is_ahead():
    mean = evaluate(layer_independence, substitution_exponent=1)
    geometric = evaluate(layer_independence, substitution_exponent=0)
    assert max(mean) == mean.jupiter == pytest.approx(63, abs=1e-6)
    assert max(geometric) == geometric.eu_cloud
    middle = layers.POINTS[:, :, 1].min(axis=1)
    assert dict(zip(SHORT, middle, strict=True)) == {
        "jupiter": 0.5, "us-region": 0, "us-trustee": 0.5, "eu-cloud": 0.5, "own-cluster": 0.5,
    }  # fmt: skip


def test_the_text_says_what_the_least_independence_decides(monkeypatch):
    """Lesson 12 names both results for the US region, and by how much the lower ends fall."""
    weights = [value for id, value in complete(layer_independence).items() if id != "substitution_exponent"]
    low, middle, _ = (layers.independence(weights, 0.0, end) for end in range(3))
    monkeypatch.setattr(layers, "LEAST", 0.001)
    lower, changed, _ = (layers.independence(weights, 0.0, end) for end in range(3))
    us = list(SHORT).index("us-region")
    assert (round(100 * middle[us]), round(100 * changed[us])) == (15, 12)
    assert [a for a, b in zip(middle, changed, strict=True) if a != b] == [middle[us]]
    assert all(after < 0.505 * before for before, after in zip(low, lower, strict=True))


def test_counting_jurisdictions_is_called_our_own_index():
    assert "our own index" in charts.in_words(market_concentration).text
    assert "our own index" in str(concentration_chart().to_dict()["title"])


def test_layers_and_objectives_stand_in_the_order_of_the_arguments():
    names = [layer.replace(" ", "_").removeprefix("system_") for layer in layers.LAYERS]
    assert [f"layer_{name}" for name in names] == [id for id in complete(layer_independence) if id.startswith("layer")]
    assert [row["objective"] for row in data.records("framework")] == framework.OBJECTIVES
    assert [row["weight_percent"] for row in data.records("framework")] == OFFICIAL
    assert sum(OFFICIAL) == 100
    assert list(SHORT) == [row["id"] for row in data.records("services")]


# Ranks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "agreement", "a", "b"), [(0.5, 2, 1, 1), (0.3, 10, 2, 1), (0.15, 40, 1, 0.2), (0.7, 5, 1, 3)]
)
def test_two_options_meet_the_closed_form(first, agreement, a, b):
    """The first wins if w a > (1 - w) b, and w has a beta distribution."""
    found = rank_probabilities((agreement * first, agreement * (1 - first)), np.array([[a, 0], [0, b]]))
    exact = beta.sf(b / (a + b), agreement * first, agreement * (1 - first))
    assert found[0, 0] == pytest.approx(exact, abs=0.01)
    assert found.sum(axis=0) == pytest.approx([1, 1])


def test_weights_have_the_mean_and_the_spread_of_a_dirichlet_distribution():
    drawn = weight_draws(shapes())
    drawn = drawn / drawn.sum(axis=1, keepdims=True)
    part = np.array(OFFICIAL) / 100
    assert drawn.mean(axis=0) == pytest.approx(part, abs=2e-3)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt(part * (1 - part) / 41), rel=0.05)


def test_points_follow_the_triangle_and_stay_within():
    unit = (np.arange(999) + 0.5) / 999
    low, value, high = 1.0, 1.5, 4.0
    exact = triang.ppf(unit, (value - low) / (high - low), low, high - low)
    assert triangle(unit, *map(np.asarray, (low, value, high))) == pytest.approx(exact, rel=1e-12)
    assert (triangle(unit, *map(np.asarray, (4.0, 4.0, 4.0))) == 4).all()
    assert (point_draws() >= framework.POINTS[..., 0]).all()
    assert (point_draws() <= framework.POINTS[..., 2]).all()


def test_ranks_agree_with_another_sampler():
    rng = np.random.default_rng(2026)
    n = 2**15
    weights = rng.dirichlet(40 * np.array(OFFICIAL) / 100, n)
    low, value, high = (framework.POINTS[..., end] for end in range(3))
    points = np.where(
        high > low, rng.triangular(low, value, np.where(high > low, high, low + 1), (n, *low.shape)), value
    )
    totals = np.einsum("dk,dok->do", weights, points)
    first = np.bincount(totals.argmax(axis=1), minlength=5) / n
    assert service_ranks(shapes())[:, 0] == pytest.approx(first, abs=0.015)


@given(st.lists(st.integers(0, 100), min_size=8, max_size=8), st.floats(1, 1000))
@settings(deadline=None, max_examples=15)
def test_every_place_is_taken_and_every_service_has_one(weights, agreement):
    found = service_ranks(shapes(list(map(float, weights)), agreement))
    assert found.sum(axis=0) == pytest.approx(np.ones(5))
    assert found.sum(axis=1) == pytest.approx(np.ones(5))
    assert found.min() >= 0


def test_the_order_in_which_options_and_objectives_stand_does_not_matter():
    scores, order = framework.POINTS[..., 1], [3, 0, 4, 1, 2]
    plain = rank_probabilities(shapes(), scores)
    assert rank_probabilities(shapes(), scores[order]) == pytest.approx(plain[order])
    weights = weight_draws(shapes())
    turned = np.einsum("dk,ok->do", weights[:, ::-1], scores[:, ::-1])
    assert np.allclose(turned, np.einsum("dk,ok->do", weights, scores))


def test_options_that_are_alike_share_their_places():
    found = rank_probabilities((1.0, 1.0), np.array([[1, 1], [1, 1], [0, 0]]))
    assert found.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]


def test_draws_are_frozen_and_even():
    once = stratified(3, stream=9).copy()
    stratified.cache_clear()
    assert (stratified(3, stream=9) == once).all()
    assert all((np.sort(column) == (np.arange(DRAWS) + 0.5) / DRAWS).all() for column in once.T)
    assert gamma.ppf(once[:, 0], 3).mean() == pytest.approx(3, rel=1e-3)


def test_full_agreement_and_full_evidence_is_the_naked_score():
    scores = framework.POINTS[..., 1]
    plain = scores @ OFFICIAL
    found = rank_probabilities(shapes(agreement=1e7), scores)
    assert found[:, 0].argmax() == plain.argmax() == list(SHORT).index("jupiter")
    assert found[:, 0].max() > 0.999
    # ... while under disagreement and open evidence another service leads: the surprise of the lesson.
    assert service_ranks(shapes())[:, 0].argmax() == list(SHORT).index("eu-cloud")


def test_the_gate_falls_with_the_level_and_moves_no_rank():
    found = [evaluate(rank_of_services, minimum_level=level) for level in range(5)]
    passes = np.array([result[5:] for result in found])
    assert (np.diff(passes, axis=0) <= 0).all()
    assert (passes[0] == 100).all()
    assert (passes[3:] == 0).all()
    assert len({result[:5] for result in found}) == 1


def test_a_service_of_a_type_that_won_the_tender_can_reach_the_level_that_it_asked_for():
    """In April 2026 three European clouds and a group with licensed American technology met SEAL-2 everywhere."""
    asked = presets("rank_of_services")["as-tendered"]["values"]
    passes = dict(zip(SHORT, evaluate(rank_of_services, **asked)[5:], strict=True))
    assert passes["eu-cloud"] > 50
    assert passes["us-trustee"] > 0
    assert passes["us-region"] == 0
    levels = {row["level"]: row["meaning"] for row in data.records("framework_levels")}
    assert "material dependence remains" in levels["SEAL-2"]


def test_whose_weights_decide_who_leads():
    leaders = {}
    for id, preset in presets("rank_of_services").items():
        first = evaluate(rank_of_services, **preset["values"])[:5]
        leaders[id] = list(SHORT)[int(np.argmax(first))]
    assert leaders["law-first"] == leaders["equal"] == leaders["audit-first"] == "jupiter"
    assert leaders["chips-first"] == leaders["as-tendered"] == "eu-cloud"


def test_no_preset_moves_the_last_place():
    for preset in presets("rank_of_services").values():
        values = {**COURSE, **preset["values"]}
        ranks = service_ranks(shapes([values[id] for id in WEIGHTS], values["weight_concentration"]))
        assert ranks[list(SHORT).index("us-region"), 4] > 0.95


def test_a_flip_in_the_table_is_a_flip_in_the_model():
    frame = weight_flips().frame.set_index("Objective")
    said = frame.loc["Legal"].iloc[-1]
    weight, who = re.fullmatch(r"from (\d+): (.+)", said).groups()
    names = list(SHORT.values())

    def leader(legal: float) -> str:
        return names[int(np.argmax(evaluate(rank_of_services, weight_legal=legal)[:5]))]

    assert leader(int(weight)) == who == "JUPITER"
    assert leader(int(weight) - 1) == frame.loc["Legal", "Most often first"] == "EU cloud"


# Charts, tables, verdicts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", [score_chart, layer_map, three_means_chart, concentration_chart])
def test_charts_tell_and_are_the_same_twice(chart):
    first, second = (charts.must_tell(chart().to_dict()) for _ in range(2))
    assert first["description"] == second["description"]


@pytest.mark.parametrize("model", [rank_of_services, layer_independence, market_concentration])
def test_views_of_presets_say_what_the_model_gives(model):
    for preset in presets(model.__name__).values():
        said = charts.in_words(model, **preset["values"]).text
        assert charts.figure(model, **preset["values"]).to_dict()["description"] == said
        leading = {float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*\.?\d*", said)}
        result = evaluate(model, **preset["values"])
        expected = result.by_firm if model is market_concentration else max(result[:5])
        assert float(f"{expected:.0f}") in leading


def test_the_descriptions_name_the_numbers_of_the_charts():
    assert "1,641 to 1,874 by firm" in concentration_chart().to_dict()["description"]
    assert "JUPITER 3.08 and EU cloud 3.05" in score_chart().to_dict()["description"]
    assert "JUPITER, 63.0 %" in three_means_chart().to_dict()["description"]
    assert "chip design, foundry, memory" in layer_map().to_dict()["description"]


def test_the_law_matrix_has_a_word_for_every_law_in_every_arrangement():
    frame = law_matrix().frame
    assert frame.shape == (10, 8)
    assert frame.notna().all().all()
    place = frame[(frame["Data in"] == "EU") & (frame["Keys with"] == "provider")].set_index("Seat of the provider")
    assert place.loc["United States", "CLOUD Act"] == "reaches"
    assert place.loc["EU", "CLOUD Act"] == "unlikely"


def test_events_keep_denial_and_mark_of_evidence():
    frame = law_events().frame
    assert list(frame["Date"]) == sorted(frame["Date"])
    assert {"report", "denial", "testimony"} <= set(frame["Kind"])
    assert set(frame["Evidence"]) == {"primary", "secondary"}


WORDS = {
    "C06": "holds partly",
    "C14": "opinion",
    "C15": "depends on the reading",
    "C19": "depends on the reading",
    "C20": "depends on the reading",
    "C29": "holds",
    "C30": "holds partly",
    "C31": "holds",
    "C32": "holds partly",
    "C80": "opinion",
}


def test_the_verdicts_of_lesson_12():
    mine = {id for id, claim in claims().items() if claim["notebook"].startswith("12")}
    assert {id: verdict(id).word for id in mine} == WORDS
    assert all(verdict(id).found and verdict(id).reading and len(verdict(id).because) > 20 for id in mine)


@pytest.mark.parametrize(
    ("claim", "moved", "word"),
    [
        ("C06", {"gpu-memory": 141.0}, "holds"),
        ("C06", {"superchips": 9000.0}, "does not hold"),
        ("C19", {"bf16-peak": 1.0}, "does not hold"),
        ("C20", {"industry-quota": 100.0}, "holds"),
    ],
)
def test_a_verdict_follows_the_facts(monkeypatch, claim, moved, word):
    fact = fact_check.fact
    monkeypatch.setattr(verdicts_12, "fact", lambda id: moved.get(id, fact(id)))
    assert verdict(claim).word == word


@pytest.mark.parametrize(
    ("claim", "table", "change", "word"),
    [
        ("C15", "layers", lambda r: r | ({"value": 4.0} if r["service"] == "jupiter" else {}), "holds"),
        ("C15", "layers", lambda r: r | {"value": 2.0}, "does not hold"),
        ("C19", "layers", lambda r: r | {"control": "EU"}, "holds"),
        ("C30", "law_matrix", lambda r: r | {"reach": "reaches"}, "holds"),
        ("C30", "law_matrix", lambda r: r | {"reach": "unlikely"}, "does not hold"),
        ("C31", "disruptions", lambda r: r | {"disputed": True}, "depends on the reading"),
        ("C32", "law_facts", lambda r: r | {"as_of": "2024-01-01"}, "does not hold"),
        ("C32", "law_facts", lambda r: r | {"content": "it happens all the time"}, "holds"),
    ],
)
def test_a_verdict_follows_the_tables(monkeypatch, claim, table, change, word):
    records = data.records

    def moved(name, *rest):
        return [change(dict(row)) for row in records(name, *rest)] if name == table else records(name, *rest)

    monkeypatch.setattr(verdicts_12.data, "records", moved)
    assert verdict(claim).word == word


def test_the_layers_are_under_the_control_that_the_opinion_on_a_symbol_names():
    (row,) = [row for row in data.records("verdicts") if row["claim"] == "C14"]
    cited = {data.row(*at.split("/"))["layer"]: data.row(*at.split("/"))["control"] for at in row["rests_on"].split()}
    european, american = ([layer for layer, by in cited.items() if by == who] for who in ("EU", "United States"))
    named = f"{', '.join(european[:-1])} and {european[-1]}"
    assert row["found"] == f"{named} are under European control, {' and '.join(american)} under American"


NEW_EVENTS = {"icc-accounts-2025", "nayara-2025", "ai-models-2026"}


def test_the_events_of_2025_and_2026_flip_one_verdict_and_no_other(monkeypatch):
    after = {id: verdict(id).word for id in claims()}
    records = data.records

    def before(name, *rest):
        return [row for row in records(name, *rest) if name != "disruptions" or row["id"] not in NEW_EVENTS]

    monkeypatch.setattr(data, "records", before)
    words = {id: verdict(id).word for id in claims()}
    assert {id for id in words if words[id] != after[id]} == {"C31"}
    assert (words["C31"], after["C31"]) == ("depends on the reading", "holds")


def test_the_disputed_and_the_undisputed_are_counted_apart():
    cuts = [row for row in data.records("disruptions") if row["interruption"]]
    assert {row["id"]: row["disputed"] for row in cuts} == {
        "icc-mailbox-2025": True, "icc-accounts-2025": False, "ai-models-2026": False,
    }  # fmt: skip
    assert verdict("C31").found.startswith("2 interruptions that nobody disputes and 1 disputed since")
    # The mirror case hit nobody in Europe: it is on the list, and no interruption in the sense of the list.
    assert not data.row("disruptions", "nayara-2025")["interruption"]


@pytest.mark.parametrize(("three", "word"), [(40.0, "holds partly"), (20.0, "does not hold")])
def test_the_verdict_on_clouds_follows_the_share(monkeypatch, three, word):
    monkeypatch.setattr(verdicts_12, "cloud_shares", lambda geography: {"Amazon, Microsoft and Google": three})
    assert verdict("C29").word == word
