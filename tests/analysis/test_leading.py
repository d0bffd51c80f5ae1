"""Which controls of a panel lead."""

import numpy as np
import pytest
from sovereign_compute.analysis import settings
from sovereign_compute.analysis.leading import ALL, LEAST, MOST, WORTH, leading
from sovereign_compute.analysis.sensitivity import tornado
from sovereign_compute.controls.assume import assume
from sovereign_compute.inputs.assumptions import ASSUMED, get, in_place
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import all_models


@pytest.mark.parametrize("name", all_models())
def test_those_with_the_widest_effect_lead(name):
    """As the tornado has them, which computes one value after the other; of few assumptions all lead."""
    function = all_models()[name].function
    found, known = leading(function), settings.inputs(function)
    assert len(found) == len(set(found)) and set(found) <= set(known)
    if len(known) <= ALL:
        assert found == tuple(known)
        return
    assert LEAST <= len(found) <= MOST
    frame = tornado(function)
    most = frame.assumption[frame.span >= WORTH * frame.span.max()][:MOST].tolist()
    ties = [span for span, next in zip(frame.span, frame.span[1:], strict=False) if np.isclose(span, next)]
    if not ties:
        assert list(found[: len(most)]) == most


def test_what_is_not_varied_leads_for_want_of_others():
    weights = all_models()["rank_of_services"].function
    assert not any(get(id).varied for id in settings.inputs(weights))
    assert len(leading(weights)) == MOST


def test_a_function_of_ones_own_has_leading_controls_too():
    def my_bill(it_power, electricity_price, pue, staff, lifetime, overhead=1.1, rest=2.0):
        return it_power * electricity_price * pue * overhead + 0 * (staff + lifetime + rest)

    assert set(leading(my_bill)) == {"it_power", "electricity_price", "pue", "my_bill.overhead"}


def test_a_function_without_a_number_leads_as_it_is_written():
    def my_gap(it_power, electricity_price, pue, staff, lifetime, overhead=1.1, rest=2.0):
        return 0.0 if overhead > 0 else float("nan")

    assert leading(my_gap) == ("it_power", "electricity_price", "pue", "staff", "lifetime")


@pytest.mark.usefixtures("learner")
def test_an_assumption_of_ones_own_may_lead():
    before = leading(gpu_hour_cost)
    assert before[0] == "utilisation" and "staff" not in before
    assume("staff", 40, low=2, high=300, why="a test")
    with in_place(ASSUMED):
        assert "staff" in leading(gpu_hour_cost)
    assert leading(gpu_hour_cost) == before
