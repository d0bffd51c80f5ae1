"""Every registered model: numbers of four kinds, units, limits, directions; and the reference values of the course."""

import itertools
import math
from typing import NamedTuple

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.settings import complete, evaluate, inputs
from sovereign_compute.display.charts import in_words
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.lessons.l21_gpu_hour.exhibits import IDLE_POWER, own_or_rent_table
from sovereign_compute.models.ownership import annuity, break_even, gpu_hour_cost
from sovereign_compute.models.parts import constants
from sovereign_compute.models.registry import MODELS, Model, Output, find
from uncertainties import ufloat
from uncertainties.umath import isinf
from units import model_modules, unit_faults

model_modules()
ALL = [pytest.param(model, id=name) for name, model in MODELS.items()]
ENDS = ("hard_min", "low", "value", "high", "hard_max")


def choices_of(model: Model) -> list[dict]:
    """The course's values, and these with each word of each choice in turn."""
    base = complete(model.function)
    words = [(id, float(word)) for id, a in inputs(model.function).items() for word in range(len(a.words))]
    return [base, *({**base, id: word} for id, word in words if word != base[id])]


def numbers_of(model: Model) -> dict:
    return {id: a for id, a in inputs(model.function).items() if not a.choices}


def faults_of(model: Model, result) -> list[str]:
    """Outputs that are not finite numbers and not declared as infinite."""
    faults = []
    for output in model.outputs:
        values = np.asarray(getattr(result, output.id), dtype=float)
        bad = np.isnan(values) if output.id in model.infinite else ~np.isfinite(values)
        if bad.any():
            faults.append(f"{output.id} is {values[bad].flat[0]}")
    return faults


# Four kinds of number -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ALL)
def test_signature_is_assumptions_and_outputs_are_attributes(model):
    values = complete(model.function)
    assert list(values) == list(model.inputs)
    fields, outputs = set(model.function(**values)._fields), {output.id for output in model.outputs}
    assert fields == outputs, (
        f"each field that {model.name} returns has an Output in its @model, and the other way round"
    )


@pytest.mark.parametrize("model", ALL)
def test_array_gives_what_each_float_gives(model):
    rng = np.random.default_rng(5)
    for base in choices_of(model):
        numbers = {id: rng.uniform(a.low, a.high, 17) for id, a in numbers_of(model).items()}
        together = model.function(**{**base, **numbers})
        for row in range(17):
            alone = model.function(**{**base, **{id: float(x[row]) for id, x in numbers.items()}})
            for output in model.outputs:
                column = np.broadcast_to(getattr(together, output.id), (17,))
                assert column[row] == pytest.approx(float(getattr(alone, output.id)), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("model", ALL)
def test_one_array_among_floats_is_enough(model):
    base = complete(model.function)
    for id, a in numbers_of(model).items():
        ends = np.array([a.low, a.high])
        together = model.function(**{**base, id: ends})
        for row, end in enumerate(ends):
            alone = model.function(**{**base, id: float(end)})
            for output in model.outputs:
                column = np.broadcast_to(getattr(together, output.id), (2,))
                assert column[row] == pytest.approx(float(getattr(alone, output.id)), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("model", ALL)
def test_units_are_proven(model):
    for base in choices_of(model):
        assert unit_faults(model, base) == []


@pytest.mark.filterwarnings("error::FutureWarning")  # comparing uncertain numbers is to go: models compare `nominal`
@pytest.mark.parametrize("model", ALL)
def test_uncertain_numbers_propagate_like_the_derivatives(model):
    for base in choices_of(model):
        sigma = {id: (a.high - a.low) / 3.29 for id, a in numbers_of(model).items() if a.varied}
        found = model.function(**{**base, **{id: ufloat(base[id], s) for id, s in sigma.items()}})
        variance = dict.fromkeys((o.id for o in model.outputs), 0.0)
        for id, s in sigma.items():
            step = 1e-4 * s
            up, down = (model.function(**{**base, id: base[id] + d}) for d in (step, -step))
            for output in variance:
                variance[output] += ((getattr(up, output) - getattr(down, output)) / (2 * step) * s) ** 2
        for output in variance:
            value = getattr(found, output)
            if not isinf(value):
                assert getattr(value, "std_dev", 0.0) == pytest.approx(math.sqrt(variance[output]), rel=1e-5, abs=1e-12)


def test_conversion_constants_and_their_units_are_the_same_list():
    named = {name for name, value in vars(constants).items() if name.isupper() and isinstance(value, float)}
    assert named == set(constants.UNIT_OF), "a constant of models/parts/constants.py has its unit in UNIT_OF there"


# Limits and directions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ALL)
def test_matrix_of_ends_is_finite(model):
    known = numbers_of(model)
    for base in choices_of(model):
        for rest in ENDS:
            others = {**base, **{id: getattr(a, rest) for id, a in known.items()}}
            for id, end in itertools.product(known, ENDS):
                values = {**others, id: getattr(known[id], end)}
                assert faults_of(model, model.function(**values)) == [], f"{id} at {end}, all others at {rest}"


@pytest.mark.parametrize("model", ALL)
@given(chosen=st.data())
@settings(max_examples=60, deadline=None)
def test_any_values_within_the_limits_give_numbers(model, chosen):
    values = {
        id: a.at(chosen.draw(st.integers(0, a.positions - 1), label=id)) for id, a in inputs(model.function).items()
    }
    assert faults_of(model, model.function(**values)) == []


def direction_faults(model: Model) -> list[str]:
    """Inputs that move the main output against their declared direction somewhere within the hard limits."""
    rng = np.random.default_rng(7)
    known = numbers_of(model)
    main = model.outputs[0].id
    faults = []
    for base, (id, sign) in itertools.product(choices_of(model), model.monotone.items()):
        walk = np.array([known[id].at(p) for p in np.linspace(0, known[id].positions - 1, 50).astype(int)])
        for _ in range(20):
            others = {i: a.at(int(rng.integers(a.positions))) for i, a in known.items()}
            path = np.broadcast_to(getattr(model.function(**{**base, **others, id: walk}), main), walk.shape)
            path = path[np.isfinite(path)]  # from infinite to infinite is no step
            steps = np.diff(path) * (1 if sign == "+" else -1)
            if (steps < -1e-12 * np.abs(path[:-1])).any():  # a step of rounding size is none either
                faults.append(f"{id} is not {sign} in {main}")
                break
    return faults


@pytest.mark.parametrize("model", ALL)
def test_declared_directions_hold_across_the_limits(model):
    assert set(model.monotone) <= set(numbers_of(model))
    assert direction_faults(model) == []


# The gates themselves -------------------------------------------------------------------------------------------------


class Bill(NamedTuple):
    cost: object


def right_bill(*, it_power, pue, electricity_price):
    return Bill(it_power * constants.KILOWATTS_PER_MEGAWATT * pue * constants.HOURS_PER_YEAR * electricity_price)


def bill_without_kilowatts(*, it_power, pue, electricity_price):
    return Bill(it_power * pue * constants.HOURS_PER_YEAR * electricity_price)


def bill_plus_a_price(*, it_power, pue, electricity_price):
    return Bill(it_power * pue + electricity_price)


def bill_with_a_hidden_factor(*, it_power, pue, electricity_price):
    return Bill(it_power * 1000.0 * pue * constants.HOURS_PER_YEAR * electricity_price)


def planted(function, unit="EUR/year"):
    return Model(function, "planted", (Output("cost", "Cost", unit, 2),)), {
        "it_power": 13.0,
        "pue": 1.1,
        "electricity_price": 0.2,
    }


def test_the_unit_proof_accepts_a_right_model():
    assert unit_faults(*planted(right_bill)) == []


@pytest.mark.parametrize(
    ("function", "unit"),
    [
        (right_bill, "MEUR/year"),
        (right_bill, "EUR/hour"),
        (bill_without_kilowatts, "EUR/year"),
        (bill_plus_a_price, "EUR/year"),
        (bill_with_a_hidden_factor, "EUR/year"),
    ],
)
def test_the_unit_proof_finds_a_planted_fault(function, unit):
    assert unit_faults(*planted(function, unit)) != []


def test_a_direction_that_does_not_hold_is_found():
    directions = {"utilisation": "+", "pue": "+", "electricity_price": "-"}
    model = Model(gpu_hour_cost, "planted", MODELS["gpu_hour_cost"].outputs, directions)
    assert direction_faults(model) == ["utilisation is not + in total", "electricity_price is not - in total"]


def test_a_result_that_is_no_number_is_found():
    outputs = (Output("cost", "Cost", "EUR", 2),)
    for value in (math.nan, math.inf, np.array([1.0, -math.inf])):
        assert faults_of(Model(right_bill, "planted", outputs), Bill(value)) != []
    assert faults_of(Model(right_bill, "planted", outputs, {}, ("cost",)), Bill(math.inf)) == []
    assert faults_of(Model(right_bill, "planted", outputs, {}, ("cost",)), Bill(math.nan)) != []


def test_what_is_no_function_is_refused():
    with pytest.raises(CourseError, match="not a model of this course"):
        find(Bill(1.0))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_name_in_quotation_marks_is_told_what_to_write(name):
    with pytest.raises(CourseError, match=rf"'{name}' is not a model .* without quotation marks, as lesson\.{name}$"):
        find(name)


def test_an_unknown_output_is_refused_by_name():
    with pytest.raises(CourseError, match="no output 'cost'"):
        find(gpu_hour_cost).output("cost")


# Annuity and reference values -----------------------------------------------------------------------------------------


@given(st.floats(1e-4, 0.5), st.floats(0.5, 60))
@settings(deadline=None)
def test_annuity_is_the_payment_of_a_loan(rate, years):
    assert annuity(rate, years) == pytest.approx(-numpy_financial.pmt(rate, years, 1.0), rel=1e-9)


@given(st.floats(1e-4, 0.3), st.integers(1, 40))
@settings(deadline=None)
def test_annuity_pays_the_purchase_back(rate, years):
    worth = sum(annuity(rate, years) / (1 + rate) ** year for year in range(1, years + 1))
    assert worth == pytest.approx(1, rel=1e-9)


def test_annuity_at_no_interest_is_straight_line_and_continuous_there():
    assert annuity(0.0, 6) == 1 / 6
    assert annuity(1e-7, 6.0) == pytest.approx(1 / 6, rel=1e-6)
    np.testing.assert_allclose(
        annuity(np.array([0.0, 0.03]), 6.0), [1 / 6, -numpy_financial.pmt(0.03, 6, 1)], rtol=1e-12
    )
    np.testing.assert_allclose(annuity(0.0, np.array([5.0, 8.0])), [1 / 5, 1 / 8], rtol=1e-15)


def preset(name: str) -> dict:
    return {row["assumption"]: row["value"] for row in data.records("presets") if row["preset"] == name}


def test_the_report_reads_40_cents_at_full_use():
    result = evaluate(gpu_hour_cost, **preset("report"))
    assert result.total == pytest.approx(500e6 / (23_536 * 8_760 * 6), rel=1e-14)
    assert f"{result.total:.2f}" == "0.40"


def test_the_report_reads_51_cents_at_80_percent():
    result = evaluate(gpu_hour_cost, **preset("report-80"))
    assert result.total == pytest.approx(500e6 / (23_536 * 8_760 * 6 * 0.8), rel=1e-14)
    assert f"{result.total:.2f}" == "0.51"


def test_fifteen_megawatts_for_a_year_cost_26_million():
    without = {"capital_cost": 0, "staff": 0, "building_cost": 0, "maintenance": 0}
    result = evaluate(gpu_hour_cost, **without, it_power=15, pue=1, electricity_price=0.2)
    assert result.yearly_cost == pytest.approx(26.28, rel=1e-12)


@given(
    change=st.floats(-0.4, 0.2),
    rate=st.sampled_from([0.0, 0.5, 3.0, 8.0]),
    idle=st.floats(0, 1),
    years=st.floats(2, 10),
)
@settings(max_examples=60, deadline=None)
def test_break_even_with_a_path_of_rents_and_idle_power_costs_the_same_both_ways(change, rate, idle, years):
    values = complete(gpu_hour_cost, {"discount_rate": rate, "lifetime": years})
    even = break_even(values, change, idle)
    found = gpu_hour_cost(**{**values, "utilisation": 100})  # per hour that the machine is up
    # The mean power is that of the scenario's own utilisation.
    drawn = (idle + (1 - idle) * even / 100) / (idle + (1 - idle) * values["utilisation"] / 100)
    own = found.total - found.electricity * (1 - drawn)
    moments = (np.arange(20_000) + 0.5) / 20_000 * values["lifetime"]
    weights = (1 + rate / 100) ** -moments
    rent = found.cloud * np.average((1 + change) ** moments, weights=weights)
    assert own == pytest.approx(rent * even / 100, rel=1e-6)


def test_break_even_without_either_is_that_of_the_model_and_moves_the_right_way():
    values = complete(gpu_hour_cost)
    usual = gpu_hour_cost(**values).break_even_utilisation
    assert break_even(values) == pytest.approx(usual, rel=1e-12)
    found = [break_even(values, change) for change in (0.1, -0.1, -0.2, -0.3)]
    assert [round(even) for even in found] == [12, 22, 29, 39]
    assert round(break_even(values, idle_power=0.35)) == 14
    assert break_even({**values, "cloud_price": 0.1}, idle_power=0) == math.inf
    table = own_or_rent_table().shown
    assert table.iloc[4, 2] == "+12"  # as whoever subtracts the two numbers shown finds
    assert list(table.iloc[:, 1]) == ["17", "21", "12", "22", "29", "39", "14", "26"]
    assert set(own_or_rent_table(cloud_price=0.1).shown.iloc[:, 1].drop(1)) == {"never"}


def test_the_sentence_holds_owning_against_a_contract_too():
    even = evaluate(gpu_hour_cost, **presets("gpu_hour_cost")["year-contract"]["values"])
    assert presets("gpu_hour_cost")["year-contract"]["values"]["cloud_price"] == get("reserved_price").value
    said = f"a one-year contract at {even.cloud:.2f} EUR, owning needs more than {even.break_even_utilisation:.0f} %."
    assert said in str(in_words(gpu_hour_cost))
    assert "renting is always cheaper" in str(in_words(gpu_hour_cost, capital_cost=2_000))
    assert "contract" not in str(in_words(gpu_hour_cost, **presets("gpu_hour_cost")["year-contract"]["values"]))


def test_the_mean_power_is_the_full_one_for_hours_in_use_and_a_part_of_it_for_the_others():
    full = data.row("jupiter", "power-202606")["value"] / 1_000
    used = get("availability").value * get("utilisation").value / 10_000
    mean = full * (used + (1 - used) * IDLE_POWER / 100)
    assert get("it_power").value == pytest.approx(mean, rel=0.03)
    assert get("it_power").low < data.row("jupiter", "power-inauguration")["value"] < full < get("it_power").high


def test_parts_add_up_and_break_even_costs_what_the_cloud_costs():
    result = evaluate(gpu_hour_cost, building_cost=100)
    parts = result.machine + result.building + result.electricity + result.maintenance + result.staff
    assert parts == pytest.approx(result.total, rel=1e-12)
    at_break_even = gpu_hour_cost(
        **{**complete(gpu_hour_cost, {"building_cost": 100}), "utilisation": result.break_even_utilisation}
    )
    assert at_break_even.total == pytest.approx(result.cloud, rel=1e-12)
