"""Draws, their distributions and correlations, simulations and the errors of what they say."""

import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import distances, reference
from scipy import stats
from sovereign_compute.analysis import distributions, draws, evaluation
from sovereign_compute.analysis import simulation as uncertainty
from sovereign_compute.analysis.simulation import Simulation, draw, simulate
from sovereign_compute.display.tables import result_table
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.wording import number
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import MODELS, Model, Output
from synthetic import CASH_FLOW, CASH_FLOW_ROWS, assumption, cash_flow, cash_flow_by_hand, frozen_by_hand, rows, world
from units import model_modules

model_modules()
VARIED = [pytest.param(a, id=a.id) for a in [*registry().values(), *CASH_FLOW_ROWS.values()] if a.varied]


# Points ---------------------------------------------------------------------------------------------------------------


def test_points_are_a_net_in_every_dimension():
    for dimension in range(draws.dimensions()):
        unit = draws.points(dimension, 1024)
        assert sorted((unit * 1024).astype(int)) == list(range(1024))


def test_fewer_points_are_the_beginning_of_more():
    np.testing.assert_array_equal(draws.points(3, 2**17)[: 2**10], draws.points(3, 2**10))


@pytest.mark.parametrize("n", [0, 1000, 2**9, 2**18, -1024, 1024.0, "many", 2**300])
def test_other_numbers_of_draws_are_refused(n):
    with pytest.raises(CourseError, match="a power of two from 1,024 to 131,072"):
        simulate(gpu_hour_cost, n=n)


def test_without_a_number_of_draws_there_are_as_many_as_the_model_has():
    assert len(simulate(gpu_hour_cost, n=None).draws["total"]) == 16_384


@pytest.mark.parametrize("dimension", [-1, 512])
def test_dimensions_that_are_not_stored_are_refused(dimension):
    with pytest.raises(CourseError, match="512 dimensions"):
        draws.points(dimension, 1024)


# Distributions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("a", VARIED)
def test_draws_meet_p5_p50_and_p95(a):
    found = np.quantile(draw(a, a.value, 2**14), (0.05, 0.5, 0.95))
    # The middle of a beta distribution is not asked to be exact.
    middle = distributions.BETA_TOLERANCE * a.value if a.distribution == "beta" else 0.002 * (a.high - a.low)
    assert found[0] == pytest.approx(a.low, abs=0.002 * (a.high - a.low))
    assert found[1] == pytest.approx(a.value, abs=middle)
    assert found[2] == pytest.approx(a.high, abs=0.002 * (a.high - a.low))


@pytest.mark.parametrize("a", VARIED)
def test_draws_stay_within_the_hard_limits_wherever_the_value_is(a):
    for value in (a.hard_min, a.low, a.at(a.positions // 2), a.high, a.hard_max):
        drawn = np.asarray(draw(a, value, 2**10))
        assert np.isfinite(drawn).all()
        assert a.hard_min <= drawn.min() <= drawn.max() <= a.hard_max


@example(low=0.03, middle=0.1, high=0.25, scale=1.0)  # a value beside P5: the search needs a second start
@given(
    low=st.floats(0.02, 0.6),
    middle=st.floats(0.1, 0.9),
    high=st.floats(0.1, 0.3),
    scale=st.sampled_from([1.0, 100.0]),
)
@settings(max_examples=60, deadline=None)
def test_beta_is_fitted_to_p5_and_p95_as_scipy_sees_it(low, middle, high, scale):
    low, top = round(low, 3), round(min(low + high, 0.98), 3)
    value = round(low + middle * (top - low), 3)
    limits = {"hard_min": 0.0, "hard_max": scale, "step": scale / 1000}
    a = assumption(distribution="beta", low=low * scale, value=value * scale, high=top * scale, **limits)
    try:
        shape = distributions.beta_shape(a)
    except CourseError as refusal:
        assert "more than 2 % from the value" in str(refusal)
        return
    found = stats.beta(*shape, scale=scale)
    assert found.cdf([a.low, a.high]) == pytest.approx([0.05, 0.95], abs=1e-8)
    assert found.ppf(0.5) == pytest.approx(a.value, rel=0.02)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"low": 0.0, "value": 0.3, "high": 0.6}, "hard limit; move low or high inside, or take another"),
        ({"low": 0.1, "value": 0.5, "high": 0.6}, "more than 2 % from the value 0.5; change value, low or high, or"),
    ],
)
def test_a_beta_row_that_does_not_fit_is_refused(changes, message):
    a = assumption(distribution="beta", hard_min=0.0, hard_max=1.0, step=0.1, **changes)
    with pytest.raises(CourseError, match=message):
        draw(a, a.value)


def test_every_row_of_the_registry_can_be_drawn():
    for a in registry().values():
        assert np.ndim(draw(a, a.value, 2**10)) == (1 if a.varied else 0)


def test_a_moved_value_takes_its_range_along():
    price = assumption(value=2.0, low=1.0, high=4.0)
    np.testing.assert_allclose(draw(price, 4.0, 2**10), np.clip(2 * draw(price, 2.0, 2**10), 0, 10))
    assert draw(price, 0.0) == 0.0
    rate = assumption(value=0.0, low=-1.0, high=2.0, hard_min=-5.0, hard_max=5.0)
    np.testing.assert_allclose(draw(rate, 1.0, 2**10), np.clip(1 + draw(rate, 0.0, 2**10), -5, 5))


def test_a_moved_share_stays_a_share():
    share = assumption(distribution="beta", value=0.5, low=0.3, high=0.7, hard_min=0.0, hard_max=1.0)
    moved = draw(share, 0.9, 2**10)
    assert 0.7 < np.quantile(moved, 0.05) < np.quantile(moved, 0.95) < 1
    assert np.median(moved) == pytest.approx(0.9, abs=0.001)
    assert len(np.unique(moved)) == 2**10  # nothing is cut off at the limit
    assert draw(share, 1.0) == 1.0


# Correlation ----------------------------------------------------------------------------------------------------------

TOGETHER = rows(
    {"id": "gas", "correlation_group": "energy"},
    {"id": "power", "correlation_group": "energy", "distribution": "lognormal"},
    {"id": "subsidy", "correlation_group": "-energy"},
    {"id": "wage"},
    {"id": "chips", "correlation_group": "hardware"},
    {"id": "racks", "correlation_group": "hardware"},
)


@pytest.mark.parametrize("strength", [0.0, 0.3, 0.6, 0.9])
def test_rank_correlation_is_the_one_of_the_table(strength):
    wanted = {
        ("gas", "power"): strength,
        ("gas", "subsidy"): -strength,
        ("power", "subsidy"): -strength,
        ("chips", "racks"): 0.5,
    }
    with world(TOGETHER, correlations={"energy": strength, "hardware": 0.5}):
        uncertainty._spread.cache_clear()
        drawn = {id: draw(a, a.value) for id, a in TOGETHER.items()}
        uncertainty._spread.cache_clear()
    for one, other in itertools.combinations(TOGETHER, 2):
        target = wanted.get((one, other), 0.0)
        assert stats.spearmanr(drawn[one], drawn[other]).statistic == pytest.approx(target, abs=0.01), (one, other)
    for id, a in TOGETHER.items():
        np.testing.assert_allclose(
            np.quantile(drawn[id], (0.05, 0.5, 0.95)), [a.low, a.value, a.high], atol=0.001 * (a.high - a.low)
        )


def test_correlation_with_a_group_that_is_not_in_the_table_is_refused():
    with pytest.raises(CourseError, match=r"'weather' is not in data/correlations\.csv"):
        draw(assumption(correlation_group="-weather"), 2.0)


def test_every_correlation_group_of_the_registry_is_known_and_has_a_dimension_left():
    for a in registry().values():
        draws.group_of(a)
        assert a.code <= draws.dimensions() - len(draws.correlations())


@pytest.mark.parametrize("strength", [None, -0.1, 1.0])
def test_a_strength_out_of_range_is_refused(strength, monkeypatch):
    row = {"group": "energy", "correlation": strength}
    monkeypatch.setattr(data, "records", lambda name: [row])
    with pytest.raises(CourseError, match="from 0 to below 1"):
        draws.correlations.__wrapped__()


def both(*, gas, power, subsidy, wage, chips, racks):
    return Both(gas + power, gas + subsidy)


class Both(NamedTuple):
    up: object
    level: object


BOTH = Model(both, "Both", (Output("up", "Up", "1", 1), Output("level", "Level", "1", 1)))


def test_what_moves_together_widens_a_sum_and_what_moves_apart_narrows_it(monkeypatch):
    monkeypatch.setitem(MODELS, "both", BOTH)
    spread = {}
    for strength in (0.0, 0.8):
        with world(TOGETHER, BOTH, correlations={"energy": strength, "hardware": 0.0}):
            uncertainty._spread.cache_clear()
            found = simulate(both)
            expected = reference(both, bits=17)
        uncertainty._spread.cache_clear()
        for output in ("up", "level"):
            spread[output, strength] = float(np.std(found.draws[output]))
            assert spread[output, strength] == pytest.approx(np.std(expected[output]), rel=0.01)
    assert spread["up", 0.8] > 1.2 * spread["up", 0.0]
    assert spread["level", 0.8] < 0.8 * spread["level", 0.0]


def test_alone_of_its_group_an_assumption_keeps_its_own_draws():
    with world({"gas": TOGETHER["gas"]}, correlations={"energy": 0.9}):
        assert draws.tied([TOGETHER["gas"]]) == set()
        assert draws.tied([TOGETHER["gas"], TOGETHER["subsidy"]]) == {"energy"}
        np.testing.assert_array_equal(draws.uniform(TOGETHER["gas"], 2**10), draws.points(0, 2**10))


# Simulation -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def thirty_years():
    with world(CASH_FLOW_ROWS, CASH_FLOW):
        yield


def test_simulation_is_the_model_on_draws_written_by_hand(thirty_years):
    by_hand = cash_flow_by_hand(frozen_by_hand(2**12))
    np.testing.assert_allclose(simulate(cash_flow, n=2**12).draws["worth"], by_hand, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("n", [2**10, 2**12, 2**13, 2**17])
def test_chunks_leave_no_seam(thirty_years, n):
    values = {id: draw(a, a.value, n) for id, a in CASH_FLOW_ROWS.items()}
    np.testing.assert_array_equal(simulate(cash_flow, n=n).draws["worth"], cash_flow(**values).worth)


def test_quantiles_of_the_cash_flow_are_within_one_percent_of_a_million_draws(thirty_years):
    expected = reference(cash_flow)["worth"]
    off = [distance / expected.std() for distance, _ in distances(cash_flow, "worth", expected)]
    assert max(off) <= 0.01, off


def test_quantiles_of_the_gpu_hour_are_within_one_percent_of_a_million_draws():
    for output, expected in reference(gpu_hour_cost).items():
        off = [distance for distance, _ in distances(gpu_hour_cost, output, expected)]
        assert max(off) <= 0.01 * expected.std(), output


def test_the_error_that_is_shown_is_the_real_one():
    """Over all models: as often within it as 16 blocks promise (95 % within 2.13), and hardly ever far beyond."""
    found, far = {}, {}
    for name, model in MODELS.items():
        for output, expected in reference(model.function, bits=18).items():
            if np.isfinite(expected).all() and expected.std() > 0:
                for quantile, (distance, error) in enumerate(distances(model.function, output, expected)):
                    ratio = distance / (error + 1e-9 * np.abs(expected).max())
                    found[name, output, quantile] = ratio
                    if ratio > 6:
                        far[name, output, quantile] = distance / expected.std()
    # One of several hundred lies beyond 6 once in a hundred such tests (Student, 15 degrees of freedom), or where an
    # output hangs on two assumptions whose points fill their square unevenly: the blocks then err together. Even so the
    # quantile is within a hundredth of the standard deviation.
    assert {name for name, _, _ in far} <= {"founder_quarter"} and all(off < 0.01 for off in far.values()), far
    assert np.mean([ratio <= 2.13 for ratio in found.values()]) >= 0.90


def test_digits_are_the_same_in_another_process():
    script = (
        "from sovereign_compute.analysis.simulation import simulate;"
        "from sovereign_compute.models.ownership import gpu_hour_cost as model;"
        "print(*(float(x).hex() for x in simulate(model).quantile('total', (0.05, 0.5, 0.95))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(uncertainty.__file__).parents[2])}
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    here = simulate(gpu_hour_cost).quantile("total", (0.05, 0.5, 0.95))
    assert run.stdout.split() == [float(x).hex() for x in here]


def test_digits_are_those_of_every_other_machine(thirty_years):
    found = simulate(cash_flow).quantile("worth", (0.05, 0.5, 0.95))
    assert found == pytest.approx([-648.7847532446943, 314.98055342828377, 1625.0279330054702], rel=1e-9)


def test_nothing_varies_if_everything_is_fixed():
    fixed = rows(
        *({"id": id, "distribution": "fixed", **dict.fromkeys(("low", "value", "high"), 1.0)} for id in CASH_FLOW_ROWS)
    )
    with world(fixed, CASH_FLOW):
        found = simulate(cash_flow, n=2**10).draws["worth"]
    assert len(np.unique(found)) == 1


# What a simulation says -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def normal():
    """A simulation whose output is a normal variable, mean 3 and standard deviation 2."""
    return Simulation("normal", {"x": 3 + 2 * stats.norm.ppf(draws.points(0, 2**14))})


def test_numbers_agree_with_the_normal_distribution(normal):
    true = stats.norm(3, 2)
    assert normal.mean("x") == pytest.approx(3, abs=1e-3)
    assert normal.quantile("x", [0.05, 0.95]) == pytest.approx(true.ppf([0.05, 0.95]), abs=2e-3)
    assert normal.probability("x", above=4) == pytest.approx(true.sf(4), abs=1e-3)
    assert normal.probability("x", below=0) == pytest.approx(true.cdf(0), abs=1e-3)
    assert normal.probability("x", above=0, below=4) == pytest.approx(true.cdf(4) - true.cdf(0), abs=1e-3)


def test_the_error_is_that_of_random_draws():
    """On independent draws the error by blocks is the textbook's: of a median, sqrt(pi / 2) sd / sqrt(n)."""
    rng = np.random.default_rng(3)
    found = [Simulation("random", {"x": rng.standard_normal(2**14)}).error("x", 0.5) for _ in range(40)]
    assert np.mean(found) == pytest.approx(np.sqrt(np.pi / 2) / 128, rel=0.12)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: s.quantile("x", 1.5), "from 0 to 1"),
        (lambda s: s.quantile("x", [0.5, -1]), "from 0 to 1"),
        (lambda s: s.error("x", np.nan), "from 0 to 1"),
        (lambda s: s.quantile("y", 0.5), "no output 'y'; choose from x"),
        (lambda s: s.probability("x"), "threshold"),
    ],
)
def test_a_question_without_sense_is_refused(normal, ask, message):
    with pytest.raises(CourseError, match=message):
        ask(normal)


def test_a_table_of_results_says_how_far_other_draws_would_move_the_band():
    found = result_table(gpu_hour_cost)
    rows = found.shown.set_index("Result")
    simulation = simulate(gpu_hour_cost)
    error = max(simulation.error("cloud", q) for q in (0.05, 0.95))
    told = rows.loc["Cloud, the same hour rented", "Error of the band"]
    assert told == number(float(f"{error:.1g}")) == "0.02"
    # Other draws are there in the halves of these. The difference of two halves errs twice as much as the whole.
    first, second = (np.quantile(half, 0.95) for half in np.split(simulation.draws["cloud"], 2))
    assert 0 < abs(first - second) < 4 * 2 * error
    assert tuple(rows.loc["Building", ["90 % band", "Error of the band"]]) == ("does not vary", "–")
    assert "how far its ends would move" in found.caption


# Reading --------------------------------------------------------------------------------------------------------------


def test_a_reading_holds_result_course_and_bands():
    reading = evaluation.evaluation_of(gpu_hour_cost, {"utilisation": 60})
    assert reading.differs
    assert reading.result.total > reading.baseline.result.total
    assert dict(reading.bands).keys() == {output.id for output in reading.model.outputs}
    low, high = simulate(gpu_hour_cost, {"utilisation": 60}).quantile("total", evaluation.BAND)
    assert reading.bands["total"] == (low, high)
    assert reading.bands.get("colour", "none") == "none"


def test_a_reading_without_band_runs_no_simulation(monkeypatch):
    monkeypatch.setattr(evaluation, "simulate", None)
    assert not evaluation.evaluation_of(gpu_hour_cost, band=False).bands
    assert not evaluation.evaluation_of(gpu_hour_cost).differs
